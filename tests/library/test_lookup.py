"""Where things are found by name, in which order, and what is said when they are not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from interviewer.library import Broken, Library, Listing, NotFound, lookup
from interviewer.library.lookup import Place, built_in_folder
from interviewer.library.source import Source, read
from interviewer.question import Question, QuestionBank
from interviewer.settings import config_folder
from tests.library.samples import BANK, PERSONA, RUBRIC, planted, write_library


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """A working folder, a user's folder and what is built in, of which the last holds the samples."""
    found = {name: tmp_path / name for name in ("working", "user", "built_in")}
    for folder in found.values():
        folder.mkdir()
    write_library(found["built_in"])
    monkeypatch.chdir(found["working"])
    monkeypatch.setenv("INTERVIEWER_CONFIG_DIR", str(found["user"]))
    monkeypatch.setattr(lookup, "built_in_folder", lambda: found["built_in"])
    return found


def write(folder: Path, path: str, text: str) -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_what_is_built_in_is_found(folders: dict[str, Path]) -> None:
    library = Library.default()
    assert library.persona("pair").title == "A pair"
    assert library.rubric("depth").criterion("method").weight == 0.6
    assert library.bank("basics").question("q-two").minutes == 4
    assert library.question("q-two").text == "What did you learn last year?"
    (listing,) = library.personas()
    assert listing == Listing("persona", "pair", "A pair", "built in", folders["built_in"] / "personas/pair.yaml")
    assert not listing.broken


def test_earlier_places_hide_later_ones(folders: dict[str, Path]) -> None:
    library = Library.default()
    write(folders["user"], "rubrics/depth.yaml", RUBRIC.replace("title: Depth", "title: Mine"))
    assert library.rubric("depth").title == "Mine"
    write(folders["working"], "rubrics/other-name.yaml", RUBRIC.replace("title: Depth", "title: Here"))
    assert library.rubric("depth").title == "Here"
    assert [(found.title, found.origin) for found in library.rubrics()] == [("Here", "working folder")]
    path = write(folders["working"], "elsewhere/depth.yml", RUBRIC.replace("title: Depth", "title: There"))
    assert library.rubric(str(path)).title == "There"
    assert library.rubric("elsewhere/depth.yml").title == "There"


def test_a_file_answers_to_its_name_too(folders: dict[str, Path]) -> None:
    write(folders["working"], "rubrics/draft.yaml", RUBRIC.replace("id: depth", "id: depth-2"))
    library = Library.default()
    assert library.rubric("draft") is library.rubric("depth-2")
    assert {listing.id for listing in library.rubrics()} == {"depth", "depth-2"}


def test_a_persona_uses_what_hides_its_rubric(folders: dict[str, Path]) -> None:
    write(folders["working"], "rubrics/depth.yaml", RUBRIC.replace("id: method", "id: manner"))
    with pytest.raises(Broken, match="`method` is not a criterion") as raised:
        Library.default().persona("pair")
    assert {fault.where for fault in raised.value.faults} == {
        "people[ada].cares.method",
        "decision.heavy[#1]",
    }


def test_a_malformed_file_breaks_nothing_else(folders: dict[str, Path]) -> None:
    write(folders["working"], "rubrics/broken.yaml", "id: [\n")
    write(folders["working"], "rubrics/binary.yml", "\0")
    write(folders["working"], "rubrics/notes.txt", "not a rubric")
    write(folders["working"], "personas/wrong.yaml", RUBRIC.replace("id: depth", "id: wrong"))
    (folders["working"] / "rubrics/folder.yaml").mkdir()
    library = Library.default()
    assert library.rubric("depth").id == "depth"
    assert library.persona("pair").id == "pair"
    listed = {listing.id: listing for listing in library.rubrics()}
    assert {name: listing.broken for name, listing in listed.items()} == {
        "binary": True,
        "broken": True,
        "folder": True,
        "depth": False,
    }
    assert listed["broken"].fault is not None
    assert "bracket" in listed["broken"].fault.problem
    (wrong,) = [listing for listing in library.personas() if listing.broken]
    assert wrong.fault is not None
    assert wrong.fault.problem == "this is a rubric, not a persona"
    with pytest.raises(Broken, match=r"broken\.yaml cannot be used"):
        library.rubric("broken")


def test_all_faults_come_with_a_broken_file(folders: dict[str, Path]) -> None:
    text = planted(BANK, ("criterion: method", "criterion: zzz"), ("minutes: 4", "minutes: 400"))
    write(folders["working"], "personas/questions/basics.yaml", text)
    with pytest.raises(Broken, match="There is 1 more") as raised:
        Library.default().bank("basics")
    assert [fault.line for fault in raised.value.faults] == [34, 43]
    assert raised.value.path.name == "basics.yaml"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("piar", r"There is no persona `piar`\. Did you mean `pair`\?"),
        ("zzzzz", r"There is no persona `zzzzz`\. There is only `pair`\."),
        ("", r"There is no persona ``\. There is only `pair`\."),
        ("a\x1b[31m", r"\\x1b"),
    ],
)
@pytest.mark.usefixtures("folders")
def test_a_name_that_matches_nothing(name: str, words: str) -> None:
    with pytest.raises(NotFound, match=words):
        Library.default().persona(name)


def test_where_there_is_nothing_at_all() -> None:
    library = Library(())
    assert library.personas() == library.rubrics() == library.banks() == []
    with pytest.raises(NotFound, match="There is no rubric at all"):
        library.rubric("depth")
    with pytest.raises(NotFound, match="no question `x`"):
        library.question("x")


@pytest.mark.usefixtures("folders")
def test_a_path_that_leads_nowhere_or_to_another_kind(tmp_path: Path) -> None:
    library = Library.default()
    with pytest.raises(Broken, match="no such file"):
        library.persona("./none.yaml")
    with pytest.raises(Broken, match="folder"):
        library.persona(f"{tmp_path}/")
    with pytest.raises(Broken, match="this is a rubric, not a persona"):
        library.persona(str(tmp_path / "built_in/rubrics/depth.yaml"))


def test_a_persona_given_by_path_finds_what_lies_around_it(tmp_path: Path) -> None:
    path = write_library(tmp_path / "mine") / "personas/pair.yaml"
    library = Library(())
    assert library.persona(str(path)).id == "pair"
    assert library.bank("basics").id == "basics"
    assert library.rubrics()[0].origin == "beside the file"


def test_banks_and_questions_share_one_name_space(folders: dict[str, Path]) -> None:
    library = Library.default()
    assert isinstance(library.bank_or_question("basics"), QuestionBank)
    assert isinstance(library.bank_or_question("q-one"), Question)
    assert isinstance(
        library.bank_or_question(str(folders["built_in"] / "personas/questions/basics.yaml")), QuestionBank
    )
    with pytest.raises(NotFound, match=r"Did you mean `q-one`\?"):
        library.bank_or_question("q-on")


def test_a_file_is_read_once_until_it_changes(folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library.default()
    reads: list[Path] = []

    def reading(path: Path, name: str) -> Source:
        reads.append(path)
        return read(path, name)

    monkeypatch.setattr(lookup, "read", reading)
    first = library.persona("pair")
    assert len(reads) == 3
    assert library.persona("pair") is first
    assert library.personas()[0].id == "pair"
    assert len(reads) == 3
    write(folders["built_in"], "personas/pair.yaml", PERSONA.replace("title: A pair", "title: Another pair"))
    assert library.persona("pair").title == "Another pair"
    assert len(reads) == 4


def test_the_folder_of_the_built_in_files_is_built_in(folders: dict[str, Path]) -> None:
    places = (Place("working folder", folders["built_in"]), Place("built in", folders["built_in"]))
    assert [listing.origin for listing in Library(places).personas()] == ["built in"]


def test_the_users_folder_is_the_systems_unless_said_otherwise(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INTERVIEWER_CONFIG_DIR", str(tmp_path))
    assert config_folder() == tmp_path
    monkeypatch.delenv("INTERVIEWER_CONFIG_DIR")
    assert "interviewer" in str(config_folder())


def test_built_in_files_lie_in_the_package_or_at_the_top_of_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = Path(__file__).resolve().parents[2]
    assert built_in_folder() == top
    module = tmp_path / "site-packages/interviewer/library/lookup.py"
    module.parent.mkdir(parents=True)
    monkeypatch.setattr(lookup, "__file__", str(module))
    assert built_in_folder() == tmp_path / "site-packages"
    write_library(module.parents[1] / "content")
    assert built_in_folder() == tmp_path / "site-packages/interviewer/content"


def test_importing_the_library_does_not_import_the_parser() -> None:
    code = "import sys, interviewer.library; sys.exit('yaml' in sys.modules or 'platformdirs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
