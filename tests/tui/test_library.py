"""The library: what it shows of every transcript, and what its keys do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from interviewer.settings import Settings
from interviewer.transcript import archive
from interviewer.transcript.entries import Unreadable
from interviewer.transcript.events import Imported
from interviewer.transcript.labels import LABELS, change_label, noted, read_labels, tagged, titled
from interviewer.transcript.removal import deleted
from interviewer.tui.app import Start
from interviewer.tui.screens.ask import AskScreen
from interviewer.tui.screens.confirm import ConfirmScreen
from interviewer.tui.screens.export import ExportScreen
from interviewer.tui.screens.library.rows import Broken, Heading, Line, View, draw, rows, title_row
from interviewer.tui.screens.library.screen import LibraryScreen
from interviewer.tui.screens.library.shelf import Shelf, read_shelf
from interviewer.tui.screens.write import WriteScreen
from interviewer.tui.widgets.long_list import LongList
from tests.transcript.made import branch, transcript
from tests.tui import content
from tests.tui.driving import Bare, until

Compare = Callable[..., bool]


class Library(Bare):
    """The application with the library open. What would be opened from it is noted down instead."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            Settings(transcripts=folder, engine="offline", theme="interviewer-dark"), start=Start(first=LibraryScreen)
        )
        self.opened: list[tuple[str, str]] = []

    def resume_interview(self, path: Path) -> Any:
        self.opened.append(("resume", path.stem))

    def open_scorecard(self, path: Path) -> Any:
        self.opened.append(("scorecard", path.stem))


def fill(folder: Path) -> None:
    """Two that are unfinished, four that are over, one of them labelled, and branches."""
    transcript(folder, "left", seconds=754.0, day=1)
    transcript(folder, "due", seconds=1800.0, day=0, closed=True, origin=Imported(file="call.vtt", form="captions"))
    transcript(folder, "good", verdict="strong-yes", share=0.81, day=3, seconds=1700.0, dollars="0.42")
    transcript(folder, "bad", verdict="strong-no", share=0.12, day=2, seconds=900.0, persona="panel")
    transcript(folder, "unclear", verdict="no-decision", share=0.9, day=4)
    branch(folder, "again", "good", answer=3, day=5)
    branch(folder, "orphan", "gone", answer=2, day=6)
    change_label(folder, "bad", lambda label: titled(label, "Monday [red]call"))
    change_label(folder, "bad", lambda label: tagged(label, ["second-try"]))
    change_label(folder, "bad", lambda label: noted(label, "Forgot the runway."))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of transcripts, and one sample."""
    fill(tmp_path / "mine")
    transcript(tmp_path / "shipped", "sample", verdict="yes", share=0.6)
    monkeypatch.setattr(archive, "samples_folder", lambda: tmp_path / "shipped")
    return tmp_path / "mine"


async def opened(pilot: Pilot[None]) -> LibraryScreen:
    """The library, once it has been read."""
    await until(pilot, lambda: isinstance(pilot.app.screen, LibraryScreen) and bool(pilot.app.screen._rows))
    screen = pilot.app.screen
    assert isinstance(screen, LibraryScreen)
    return screen


def contents(folder: Path) -> dict[str, bytes]:
    """Every transcript as it is on the medium."""
    return {path.name: path.read_bytes() for path in folder.glob("*.jsonl")}


def names(screen: LibraryScreen) -> list[str]:
    """The files that are listed, from top to bottom."""
    return [row.entry.path.stem for row in screen._rows if isinstance(row, Line)]


def here(screen: LibraryScreen) -> str:
    """The file that is highlighted."""
    assert screen._entry is not None
    return screen._entry.path.stem


def about(screen: LibraryScreen) -> str:
    """What the side tells."""
    return str(screen.query_one("#about-text", Static).content)


# ---- Rows ------------------------------------------------------------------------------------------------------------


def plain(shelf: Shelf, view: View | None = None, width: int = 76) -> list[str]:
    """The list as lines of text."""
    return [draw(row, width).plain.rstrip() for row in rows(shelf, view or View())]


def test_unfinished_come_first_then_the_rest_then_samples_then_what_cannot_be_read(folder: Path) -> None:
    (folder / "noise.jsonl").write_text("noise")
    shelf = read_shelf(folder)
    kinds = [row.text if isinstance(row, Heading) else type(row) for row in rows(shelf, View())]
    assert kinds == [
        *("Go on where you left off (4)", Line, Line, Line, Line),
        *("Finished (3)", Line, Line, Line),
        *("Samples that come with interviewer, made by the offline engine (1)", Line),
        *("Files that cannot be read (1)", Broken),
    ]


def test_a_row_tells_title_tags_verdict_share_length_and_date_in_its_columns(folder: Path) -> None:
    lines = plain(read_shelf(folder))
    assert "Monday [red]call  #second-try" in lines[8]
    assert lines[8].split()[-8:] == ["Strong", "no", "12%", "15", "min", "8", "May", "2026"]
    assert "scorecard due" in lines[4] and "from call.vtt" in lines[4]
    assert "90%" not in lines[6], "no number without a decision"
    assert "parent is gone" in lines[1] and "branch" in lines[2]
    titles = title_row("share", 76).plain
    assert titles.index("Share ▾") + len("Share ▾") == lines[8].index("12%") + 3
    for width in (60, 76, 200):
        assert title_row("date", width).cell_length == width
        assert all(Content(line).cell_length <= width for line in plain(read_shelf(folder), width=width))


def test_in_a_tree_a_branch_stands_under_its_parent_with_the_moment(folder: Path) -> None:
    lines = plain(read_shelf(folder), View(as_tree=True))
    place = next(number for number, line in enumerate(lines) if "└" in line)
    assert lines[place].startswith("└ The founder  answer 2, 00:") and "Strong yes" in lines[place - 1]


def test_a_search_leaves_only_what_fits(folder: Path) -> None:
    shelf = read_shelf(folder)
    assert [line.split("  ")[0] for line in plain(shelf, View(words="RUNWAY #second"))][1:] == ["Monday [red]call"]
    assert plain(shelf, View(words="nobody")) == []


def test_without_a_transcript_the_list_says_what_to_do() -> None:
    assert "begin one" in plain(Shelf())[0]
    assert plain(Shelf(unreadable=(Unreadable(Path("x.jsonl"), "bad\x1b[31m"),)))[-1] == "x.jsonl  bad"


# ---- The list --------------------------------------------------------------------------------------------------------


class Listed(App[None]):
    """A long list alone: rows 0 and 3 are headings."""

    def compose(self) -> ComposeResult:
        yield LongList(lambda index, _: Content(f"row {index}"))

    def on_mount(self) -> None:
        self.query_one(LongList).fill(5000, {0, 3})


async def test_moving_steps_over_headings_and_draws_only_what_is_in_sight() -> None:
    app = Listed()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        listed = app.query_one(LongList)
        drawn: list[int] = []
        listed._draw = lambda index, _: drawn.append(index) or Content(f"row {index}")  # type: ignore[func-returns-value]
        for key, expected in {"down": 2, "j": 4, "k": 2, "home": 1, "up": 1, "pagedown": 10, "end": 4999}.items():
            await pilot.press(key)
            assert listed.highlighted == expected, key
        assert "row 4999" in "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        await pilot.press("pageup", "home")
        assert len(drawn) < 100
        await pilot.click(listed, offset=(5, 4))
        assert listed.highlighted == 4
        listed.fill(1, {0})
        assert listed.highlighted is None
        await pilot.press("down", "end", "pageup", "enter")


# ---- The screen ------------------------------------------------------------------------------------------------------


async def test_search_as_you_type_sort_and_back(folder: Path) -> None:
    app = Library(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert names(screen) == ["orphan", "again", "left", "due", "unclear", "good", "bad", "sample"]
        assert here(screen) == "orphan"
        await pilot.press("s")
        assert names(screen)[4:7] == ["unclear", "good", "bad"]
        await pilot.press("slash", *"pan")
        assert names(screen) == ["bad"] and here(screen) == "bad"
        await pilot.press("down", "v")
        assert isinstance(app.focused, LongList)
        assert "Forgot the runway." in about(screen) and "Monday [red]call" in about(screen)
        await pilot.press("enter")
        assert app.opened == [("scorecard", "bad")]
        await pilot.press("slash", "x")
        assert screen.query_one(Input).value == "x", "what is typed takes the place of the words before"
        assert names(screen) == [] and "Nothing fits" in about(screen)
        await pilot.press("escape")
        assert len(names(screen)) == 8 and isinstance(app.focused, LongList)
        await pilot.press("home", "enter")
        assert app.opened[1:] == [("resume", "orphan")]
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not screen)


async def test_title_tags_and_note_are_asked_for_and_kept(folder: Path) -> None:
    app = Library(folder)
    original = contents(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, AskScreen) and app.focused is not None)
        app.screen.query_one(Input).value = "Second [b]try\x1b[31m"
        await pilot.press("enter")
        await until(pilot, lambda: screen._entry is not None and screen._entry.title == "Second [b]try")
        await pilot.press("g")
        await until(pilot, lambda: isinstance(app.screen, AskScreen) and app.focused is not None)
        asking = app.screen
        asking.query_one(Input).value = "x" * 40
        await pilot.press("enter")
        assert app.screen is asking and "32 characters" in str(asking.query_one("#hint", Static).content)
        asking.query_one(Input).value = "Founder, warm-up"
        await pilot.press("enter")
        await until(pilot, lambda: screen._entry is not None and len(screen._entry.label.tags) == 2)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen) and app.focused is not None)
        await pilot.press(*"Hm", "ctrl+s")
        await until(pilot, lambda: "Hm" in about(screen))
    label = read_labels(folder).by_name["orphan"]
    assert (label.title, label.tags, label.note) == ("Second [b]try", ("founder", "warm-up"), "Hm")
    assert contents(folder) == original


async def test_a_note_that_cannot_be_kept_is_given_back(folder: Path) -> None:
    (folder / LABELS).write_text('{"schema_version": 99, "labels": {}}')
    app = Library(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen) and app.focused is not None)
        first = app.screen
        await pilot.press("H", "m", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen) and app.screen is not first)
        assert app.screen.query_one(TextArea).text == "Hm"
        assert any("later version" in note.message for note in app._notifications)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))


async def test_what_is_deleted_comes_back_with_u_and_a_sample_cannot_be(folder: Path) -> None:
    app = Library(folder)
    async with app.run_test(size=(140, 45)) as pilot:
        screen = await opened(pilot)
        await pilot.press("down", "d")
        await until(pilot, lambda: "again" not in names(screen))
        assert here(screen) == "left", "the next one"
        assert [one.name for one in deleted(folder)[0]] == ["again"]
        await pilot.press("u")
        await until(pilot, lambda: "again" in names(screen))
        assert here(screen) == "again"
        await pilot.press("end")
        await pilot.pause()
        assert here(screen) == "sample" and "offline" in about(screen)
        assert "d" not in screen.active_bindings and "u" not in screen.active_bindings
        await pilot.press("d", "u")
        assert "sample" in names(screen)


async def test_a_file_of_another_kind_is_shown_before_it_is_brought_in(folder: Path, tmp_path: Path) -> None:
    record = tmp_path / "call.txt"
    record.write_text("Q: How did you measure the launch?\nA: With traces. It fell from 9 minutes to 2.\n")
    app = Library(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("i")
        await until(pilot, lambda: isinstance(app.screen, AskScreen) and app.focused is not None)
        app.screen.query_one(Input).value = str(record)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen) and app.focused is not None)
        assert "call.txt" in str(app.screen.query_one("#text", Static).content)
        assert len(contents(folder)) == 7, "nothing is written yet"
        await pilot.press("y")
        await until(pilot, lambda: len(names(screen)) == 9)
        assert "from call.txt" in draw(screen._rows[1], 100).plain and "import" in here(screen)


async def test_an_interview_is_saved_for_others_in_the_form_that_is_chosen(folder: Path, tmp_path: Path) -> None:
    app = Library(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        for expected in ("Saved", "is there already"):
            await pilot.press("x")
            await until(pilot, lambda: isinstance(app.screen, ExportScreen) and app.focused is not None)
            await pilot.press("right")
            app.screen.query_one(Input).value = str(tmp_path)
            await pilot.press("enter")
            await until(pilot, lambda: any(expected in note.message for note in app._notifications))  # noqa: B023
    assert (tmp_path / "orphan.md").stat().st_mode & 0o777 == 0o600


async def test_home_leads_here(tmp_path: Path) -> None:
    app = content.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await until(pilot, lambda: isinstance(app.screen, LibraryScreen))


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
def test_looks(snap_compare: Compare, folder: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]) -> None:
    monkeypatch.chdir(folder.parent)  # so that files are named in a way that is always the same

    async def before(pilot: Pilot[None]) -> None:
        await opened(pilot)
        await pilot.press("t", "down", "down", "v")

    assert snap_compare(Library(Path("mine")), terminal_size=size, run_before=before)
