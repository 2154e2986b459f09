"""The form that leads to a batch: what it proposes, what it asks for."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from interviewer.batch_session import Task
from interviewer.tui.screens.batch.setup import BatchSetupScreen, Wish, missing, out_beside, task_of
from tests.tui.batch.one_batch import Grading, in_phase, source, told
from tests.tui.driving import until


def test_a_folder_is_proposed_beside_the_source() -> None:
    assert out_beside("/data/spring.csv") == "/data/spring-grades"
    assert out_beside("/data/folder/") == "/data/folder-grades"


def test_a_form_says_what_is_missing_first() -> None:
    full = Wish("answers", "a.csv", "ml-concepts", "", "", "out")
    assert missing(full) is None
    assert task_of(full) == Task("a.csv", Path("out"), rubric="ml-concepts")
    for blank, field in (
        (Wish("answers", "", "r", "", "", "o"), "source"),
        (Wish("answers", "a", "", "", "", "o"), "rubric"),
        (Wish("answers", "a", "r", "", "", ""), "out"),
    ):
        found = missing(blank)
        assert found is not None and found[0] == field
    assert missing(Wish("submissions", "a", "", "", "", "o")) is None


async def test_a_form_leads_to_the_plan(tmp_path: Path) -> None:
    path = source(tmp_path)
    async with Grading(tmp_path, BatchSetupScreen).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "ml-concepts" in told(pilot.app.screen, "#rubrics"))
        form = pilot.app.screen
        form.query_one("#source", Input).value = path
        await pilot.press("ctrl+s")
        assert form.focused is form.query_one("#rubric"), "what is missing is asked for"
        form.query_one("#rubric", Input).value = "ml-concepts"
        await pilot.press("ctrl+s")
        await in_phase(pilot, "ready")
        assert (tmp_path / "answers-grades" / "ledger.sqlite").exists()
