"""Brings interviews into the library from files, after showing what was recognised, and saves them for others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from interviewer.text import one_line
from interviewer.tui.screens.ask import AskScreen

if TYPE_CHECKING:
    from interviewer.imports.making import Judged
    from interviewer.imports.recognise import Held, Own
    from interviewer.tui.app import InterviewerApp
    from interviewer.tui.screens.export import Wish


@dataclass
class Recognised(Message):
    """A file was looked at, and nothing is written yet."""

    found: Held | Own
    judged: Judged
    lines: tuple[str, ...]
    """What it was recognised as, in words."""


def ask_for_file(app: InterviewerApp, take: Callable[[Path], None]) -> None:
    """Asks which file to bring in."""

    def wrong(text: str) -> str | None:
        return None if _path(text).is_file() else "There is no such file."

    def done(text: str | None) -> None:
        if text:
            take(_path(text))

    hint = (
        "A transcript or export of interviewer, captions (.vtt, .srt), or text with Q:/A: or names before a colon. "
        "You see what was recognised before anything is saved."
    )
    app.push_screen(
        AskScreen("Import from a file", hint, check=wrong, longest=4096, placeholder="path of a file"), done
    )


def _path(text: str) -> Path:
    try:
        return Path(text.strip("'\"")).expanduser()
    except RuntimeError:
        return Path(text)


def look_at(app: InterviewerApp, path: Path) -> Recognised:
    """Recognises a file, with the persona that is going to judge it. Raises what the importers raise."""
    from interviewer.imports.bring import judged_by
    from interviewer.imports.preview import preview
    from interviewer.imports.recognise import Held, recognise

    found = recognise(path)
    with app.library_lock:
        judged = judged_by(app.library, seniority=app.settings.seniority)
    lines = preview(found)
    if isinstance(found, Held):
        lines += (f"  Judged by   {judged.persona.title}, rubric {judged.main.title}",)
        lines += ("", "Another candidate or persona: interviewer import FILE --candidate NAME --persona PERSONA")
    return Recognised(found, judged, lines)


def bring_in(app: InterviewerApp, seen: Recognised) -> tuple[Path, str]:
    """Saves what was recognised; returns where it is and what to say. Raises what the importers raise."""
    from interviewer.imports import bring
    from interviewer.imports.recognise import Held

    kept = bring.bring_in(seen.found, app.settings.transcripts, seen.judged)
    said = [one_line(kept.remark)] if kept.remark else []
    said += ["Imported."] if kept.new else []
    said += ["Enter grades it."] if kept.new and isinstance(seen.found, Held) else []
    return kept.path, " ".join(said)


def save(app: InterviewerApp, path: Path, wish: Wish) -> str:
    """Saves an interview in another form, for its owner alone; returns what to say.

    Raises:
        TranscriptError: it cannot be read or written, or there is such a file already.
    """
    from interviewer.exports.choose import export
    from interviewer.transcript.disk import cannot, write_new
    from interviewer.transcript.redacted import Redaction
    from interviewer.transcript.store import TranscriptError

    redaction = None if wish.hidden == "nothing" else Redaction(figures=wish.hidden == "figures")
    exported = export(path, wish.form, app.settings.transcripts, redaction)
    target = wish.where / exported.name if wish.where.is_dir() else wish.where
    try:
        write_new(target, exported.data)
    except FileExistsError:
        raise TranscriptError(f"{target}: is there already. Name another file, or move that one away.") from None
    except OSError as error:
        raise cannot(target, "be written", error) from None
    return " ".join((f"Saved {target}.", *exported.remarks))
