"""One batch on the screen, and what is seen of it, for tests of its screens."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from interviewer.batch_session import Task
from interviewer.settings import Settings
from interviewer.tui.app import Start
from interviewer.tui.screens.batch.screen import BatchScreen
from tests.tui.driving import Bare, until


class Grading(Bare):
    """The application with a batch open."""

    def __init__(self, folder: Path, first: Callable[[], Screen[None]]) -> None:
        settings = Settings(transcripts=folder, engine="offline", theme="interviewer-dark")
        super().__init__(settings, start=Start(first=first))


def source(folder: Path, answers: Sequence[str] = ("one is good", "two is bad", "", "three is good")) -> str:
    """A file of answers, as one gives it to the product."""
    path = folder / "answers.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["id", "question", "answer"])
        table.writerows((f"id-{place}", "What is [b]overfitting?", text) for place, text in enumerate(answers, 1))
    return str(path)


def batch(folder: Path, *, begin: bool = False, rubric: str = "ml-concepts", at_once: int | None = None) -> Grading:
    """The application with the batch of `source` open."""
    task = Task(str(folder / "answers.csv"), folder / "out", rubric=rubric, at_once=at_once)
    return Grading(folder, lambda: BatchScreen(task, begin=begin))


async def in_phase(pilot: Pilot[None], *phases: str) -> BatchScreen:
    """The screen, once it is in one of these phases."""

    def reached() -> bool:
        return isinstance(pilot.app.screen, BatchScreen) and pilot.app.screen._phase in phases

    await until(pilot, reached)
    screen = pilot.app.screen
    assert isinstance(screen, BatchScreen)
    return screen


def told(screen: Screen[Any], where: str) -> str:
    """What is written there."""
    return "\n".join(str(one.content) for one in screen.query(where).results(Static))
