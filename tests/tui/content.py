"""A folder of content and one of transcripts, for tests of the screens that everything begins on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from interviewer.interview.results import build_scorecard
from interviewer.interview.state import begin
from interviewer.library import Library
from interviewer.library.lookup import Place
from interviewer.persona import Persona, Verdict
from interviewer.settings import Settings
from interviewer.transcript.events import Finished, Header, Move, Turn
from interviewer.transcript.store import ENDING, TranscriptWriter
from interviewer.tui.app import InterviewerApp, Start
from tests import sample

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)

BROKEN = "id: mistyped\nversion: 1\ntitle: Mistyped\ntaglin: Nearly right.\npeople: []\nplan: []\n"


def founder() -> Persona:
    """One person who decides alone. Parts of the texts look like markup and are none."""
    return sample.persona(
        id="founder",
        title="The founder [red]",
        tagline="One conversation, and an answer [today].",
        about="You talk with somebody who needs help this month.",
    )


def panel() -> Persona:
    """Three people who decide together."""
    return sample.persona(
        panel=True,
        id="panel",
        title="The panel",
        tagline="Three people, three notebooks, and a table at the end on which all of them are laid side by side.",
        about="Three people who compare what they heard.",
    )


def library(folder: Path, *, broken: bool = False) -> Library:
    """A library of two personas, and one that cannot be used if wanted."""
    write(folder / "personas" / "founder.yaml", founder())
    write(folder / "personas" / "panel.yaml", panel())
    write(folder / "personas" / "questions" / "sample-bank.yaml", sample.bank())
    write(folder / "rubrics" / "sample.yaml", sample.rubric())
    if broken:
        (folder / "personas" / "mistyped.yaml").write_text(BROKEN, encoding="utf-8")
    return Library((Place("your folder", folder),))


def write(path: Path, document: Any) -> None:
    """Writes a document as the YAML file that somebody could have written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = document.model_dump(mode="json", by_alias=True, exclude_none=True)
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")


def app(folder: Path, start: Start | None = None, *, broken: bool = False, **settings: Any) -> InterviewerApp:
    """The application over such a library, with transcripts in the same folder."""
    values: dict[str, Any] = {"engine": "offline", "theme": "interviewer-dark", "pace": 0.0} | settings
    return InterviewerApp(Settings(transcripts=folder / "transcripts", **values), library(folder, broken=broken), start)


def header(name: str, persona: Persona | None = None, day: int = 4) -> Header:
    """What a transcript with this id begins with."""
    return sample.header(id=name, created=NOON.replace(day=day), persona=persona or founder())


def unfinished(folder: Path, name: str, seconds: float = 754.0, day: int = 4) -> Path:
    """An interview that was left after its greeting."""
    path = folder / "transcripts" / f"{name}{ENDING}"
    with TranscriptWriter.create(path, header(name, day=day)) as writer:
        writer.append(Turn(seq=1, clock=seconds, at=NOON, move=Move(kind="open", speaker="ana"), text="Hello."))
    return path


def finished(folder: Path, name: str, verdict: Verdict = "yes", share: float | None = 0.66, day: int = 1) -> Path:
    """An interview that is over, with its scorecard."""
    path = folder / "transcripts" / f"{name}{ENDING}"
    first = header(name, panel(), day)
    card = build_scorecard(begin(first)).model_copy(update={"verdict": verdict, "share": share})
    with TranscriptWriter.create(path, first) as writer:
        writer.append(Finished(seq=1, clock=1700.0, at=NOON, scorecard=card))
    return path
