"""The forms in which an interview is given away, by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from interviewer.transcript.bundle import Bundle, as_log, pack
from interviewer.transcript.reading import Transcript, read
from interviewer.transcript.redacted import Redaction, redacted
from interviewer.transcript.redaction import PROMISE
from interviewer.transcript.runs import read_runs, runs_path

Form = Literal["md", "html", "json", "jsonl"]

FORMS: dict[Form, str] = {
    "md": "Markdown",
    "html": "one page for a browser, to replay and print",
    "json": "one JSON document with the grading runs, which `interviewer import` reads",
    "jsonl": "the transcript as it is kept",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """What is given away."""

    name: str
    """A name for the file, with its ending."""
    data: bytes
    remarks: tuple[str, ...] = ()


def export(path: Path, form: Form, folder: Path, redaction: Redaction | None = None) -> Exported:
    """A transcript in another form; `folder` is where grading runs are kept.

    Raises:
        TranscriptError: it cannot be read.
    """
    transcript = read(path)
    name = path.stem
    if form in {"json", "jsonl"}:
        bundle = _bundle(path, transcript, folder, redaction)
        remarks = (PROMISE,) if redaction else ()
        data = pack(bundle).encode() if form == "json" else bundle.log
        return Exported(f"{_redacted(name, redaction)}.{form}", data, remarks)
    if redaction:
        safe = redacted(transcript.header, transcript.events, (), redaction)
        transcript = replace(transcript, header=safe.header, events=safe.events)
    from interviewer.exports.story import story_of

    story = story_of(transcript, _facts(redaction))
    if form == "md":
        from interviewer.exports.markdown import as_markdown

        text = as_markdown(story)
    else:
        from interviewer.exports.page import as_page

        text = as_page(story)
    remarks = (*((story.caveat,) if story.caveat else ()), *((PROMISE,) if redaction else ()))
    return Exported(f"{_redacted(name, redaction)}.{form}", text.encode(), remarks)


def _facts(redaction: Redaction | None) -> tuple[tuple[str, str], ...]:
    if redaction is None:
        return ()
    return (("Redacted", "names, addresses, telephone numbers, links" + (", figures" if redaction.figures else "")),)


def _redacted(name: str, redaction: Redaction | None) -> str:
    return f"{name}-redacted" if redaction else name


def _bundle(path: Path, transcript: Transcript, folder: Path, redaction: Redaction | None) -> Bundle:
    """The log and its grading runs as they are kept, or made anew with placeholders."""
    if redaction is None:
        kept = runs_path(folder, transcript.header.id)
        return Bundle(path.read_bytes(), kept.read_bytes() if kept.is_file() else b"")
    runs = read_runs(folder, transcript.header.id).runs
    safe = redacted(transcript.header, transcript.events, runs, redaction)
    lines = b"".join(run.model_dump_json(by_alias=True).encode() + b"\n" for run in safe.runs)
    return Bundle(as_log(safe.header, safe.events), lines)
