"""Which part may import which: arrows only point down, and what is heavy is imported where it is used."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fresh import loaded_after

PACKAGE = Path(__file__).parent.parent / "interviewer"

FLOORS = (
    ("__main__",),
    ("cli",),
    ("tui",),
    ("session", "batch_session", "agreement", "imports"),
    ("engines", "replay", "progress", "exports"),
    ("interview", "batch"),
    ("scorecard_text", "brief_audit"),
    ("transcript", "grading", "library"),
    ("scorecard",),
    ("persona",),
    ("question",),
    ("rubric", "markup"),
    ("profile", "settings", "text", "providers"),
    ("cost",),
    ("document", "vocabulary", "table"),
    ("__init__",),
)
"""Top to bottom. Parts on one floor do not know of each other, but for the pairs below."""

NEIGHBOURS: frozenset[tuple[str, str]] = frozenset({("profile", "text")})
"""Part, and the part on the same floor that it may import."""

ONLY_UNDER = {
    "textual": "tui/",
    "rich": "tui/",
    "anthropic": "providers/",
    "openai": "providers/",
    "httpx2": "providers/",
}
"""Package of others -> the only place that may import it."""


def modules() -> list[Path]:
    """Every module of the product."""
    return sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a module imports anywhere in it."""
    inside = ("interviewer", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = inside[: len(inside) - node.level + 1] if node.level else ()
            whole = ".".join([*base, *([node.module] if node.module else [])])
            if whole == "interviewer":
                yield from ((node.lineno, f"interviewer.{name.name}") for name in node.names)
            else:
                yield node.lineno, whole


def part_of(path: Path) -> str:
    """The part that a module belongs to: its folder at the top, or itself."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def floor(part: str) -> int:
    """The floor of a part, 0 being the top."""
    found = [index for index, parts in enumerate(FLOORS) if part in parts]
    assert found, f"`{part}` stands on no floor: give it one in {Path(__file__).name}"
    return found[0]


def targets(path: Path) -> Iterator[tuple[int, str]]:
    """Line and part of everything of the product that a module imports."""
    for line, name in imports(path):
        if name == "interviewer" or name.startswith("interviewer."):
            part = [*name.split("."), "__init__"][1]
            known = (PACKAGE / part).is_dir() or (PACKAGE / f"{part}.py").is_file()
            yield line, part if known else "__init__"


def test_arrows_only_point_down() -> None:
    wrong = []
    for path in modules():
        part = part_of(path)
        if part == "__init__":
            continue  # the public names; what it gives out, it imports when it is asked for
        for line, target in targets(path):
            if target == part or (part, target) in NEIGHBOURS or floor(target) > floor(part):
                continue
            wrong.append(f"{path.relative_to(PACKAGE)}:{line}: {part} imports {target}")
    assert not wrong, "\n".join(wrong)


def test_every_part_of_the_product_has_a_floor() -> None:
    assert {part_of(path) for path in modules()} <= {part for parts in FLOORS for part in parts}


def test_packages_of_others_are_imported_only_where_they_belong() -> None:
    wrong = []
    for path in modules():
        where = path.relative_to(PACKAGE).as_posix()
        for line, name in imports(path):
            place = ONLY_UNDER.get(name.split(".")[0])
            if place is not None and not where.startswith(place):
                wrong.append(f"{where}:{line}: imports {name}, which belongs under {place}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("sdk", ["anthropic", "openai"])
def test_each_sdk_is_imported_in_one_file_and_only_when_used(sdk: str) -> None:
    files = set()
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(name.split(".")[0] == sdk for _, name in imports(path)):
            files.add(path.name)
        at_import = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        names = [alias.name for node in at_import for alias in node.names]
        names += [node.module or "" for node in at_import if isinstance(node, ast.ImportFrom)]
        assert sdk not in {name.split(".")[0] for name in names}, f"{path.name} imports {sdk} when it is imported"
    assert len(files) <= 1, f"{sdk} is imported in {', '.join(sorted(files))}"


def test_the_interview_and_the_graders_know_no_engine_and_no_screen() -> None:
    for path in modules():
        if part_of(path) in {"interview", "grading", "transcript", "library"}:
            assert not {part for _, part in targets(path)} & {"engines", "tui", "cli", "session", "providers"}


def test_asking_for_the_version_loads_next_to_nothing() -> None:
    loaded = loaded_after("from interviewer.cli import main\nassert main(['--version']) == 0")
    assert not loaded & {"textual", "rich", "pydantic", "yaml", "anthropic", "openai", "httpx2", "asyncio", "argparse"}


def test_an_offline_interview_loads_no_sdk_and_no_screen(tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text("I shipped a model. It cut the time from 9 minutes to 2.\n", encoding="utf-8")
    words = ["interview", "seed-founder", "--plain", "--answers", str(answers), "--seed", "1"]
    words += ["--transcripts", str(tmp_path / "transcripts")]
    loaded = loaded_after(f"from interviewer.cli import main\nassert main({words!r}) == 0")
    assert "pydantic" in loaded
    assert not loaded & {"textual", "rich", "anthropic", "openai", "httpx2", "pypdf"}
