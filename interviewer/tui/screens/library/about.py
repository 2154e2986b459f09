"""What the side of the library tells of the transcript that is highlighted."""

from __future__ import annotations

from textual.content import Content

from interviewer.cost import money
from interviewer.text import one_line
from interviewer.transcript.events import Branched, Imported
from interviewer.tui import wording
from interviewer.tui.screens.library.rows import Broken, Heading, Line, Row, moment
from interviewer.tui.screens.library.shelf import Shelf
from interviewer.tui.wording import QUIET

_TITLE = "bold $primary"

_KEYS = (("e", "rename"), ("g", "tags"), ("n", "note"), ("c", "gradings"), ("x", "export"))
"""What can be done with a transcript and has no place at the bottom of the screen."""

NOTHING = Content.assemble(
    ("Nothing here yet\n\n", _TITLE),
    "Interviews appear here as soon as they begin, and stay until you delete them.\n\n",
    ("Esc", "bold"),
    " goes back, where you choose who interviews you.",
)
"""For a library without a single transcript."""

NO_MATCH = Content.assemble(
    ("Nothing fits\n\n", _TITLE),
    "Each word that you type must stand in the persona, the title, a tag, the note or the verdict.\n\n",
    ("Esc", "bold"),
    " shows all again.",
)
"""For words that nothing has."""


def about(row: Row | None, shelf: Shelf, *, searching: bool = False) -> Content:
    """All there is to say of a row before it is opened."""
    match row:
        case Line():
            return _about_line(row, shelf)
        case Broken(file):
            return Content.assemble((f"{one_line(file.path.name)}\n\n", _TITLE), one_line(file.problem))
        case Heading() | None:
            return NO_MATCH if searching else NOTHING


def _about_line(line: Line, shelf: Shelf) -> Content:
    entry = line.entry
    parts: list[str | tuple[str, str]] = [(f"{one_line(entry.title)}\n", _TITLE)]
    if entry.label.title:
        parts.append((f"{one_line(entry.persona_title)}\n", QUIET))
    if entry.label.tags:
        parts.append((" ".join(f"#{tag}" for tag in entry.label.tags) + "\n", "$text-primary"))
    parts.append(f"\n{_state(line)}\n")
    if entry.label.note:
        parts.append(f"\n{entry.label.note}\n")
    parts.append("\n")
    for name, fact in _facts(line, shelf):
        parts += [(f"{name:<10}", QUIET), f"{fact}\n"]
    parts.append("\n")
    both = [("b", "both answers")] if line.entry.parent and not line.leaf.gone else []
    for key, does in (*_KEYS, *both):
        parts += [(key, "bold"), ("\u00a0" + does.replace(" ", "\u00a0") + "   ", QUIET)]
    return Content.assemble(*parts)


def _state(line: Line) -> str:
    entry = line.entry
    if entry.unfinished:
        if entry.closed:
            return "Said and done; only the scorecard is missing."
        return f"Not over yet. {wording.minutes_of(entry.seconds)} of {entry.minutes} minutes are gone."
    shown = entry.share if entry.verdict != "no-decision" else None
    share = "" if shown is None else f", {shown:.0%} of what could be reached"
    return f"Verdict: {wording.verdict(entry.verdict)}{share}."


def _facts(line: Line, shelf: Shelf) -> list[tuple[str, str]]:
    entry = line.entry
    engine = one_line(entry.engine) + (f", {one_line(entry.model)}" if entry.model else "")
    facts = [
        ("Held", wording.moment(entry.created).strip()),
        ("Length", f"{wording.minutes_of(entry.seconds)} min"),
        ("Mode", one_line(entry.mode)),
        ("Engine", engine),
    ]
    if entry.dollars is not None:
        facts.append(("Cost", money(entry.dollars)))
    match entry.origin:
        case Branched(parent=parent):
            other = shelf.find(parent)
            name = one_line(other.title) if other else f"{parent}, which is no longer here"
            where = f", {moment(line.point)}" if line.point else ""
            facts.append(("Branch", f"of {name}{where}"))
        case Imported(file=file, form=form):
            facts.append(("Imported", f"from {one_line(file)} ({form})"))
        case None:
            pass
    branches = sum(other.parent == entry.id for other in shelf.entries)
    if branches:
        facts.append(("Branches", str(branches)))
    return [*facts, ("File", one_line(str(entry.path)))]
