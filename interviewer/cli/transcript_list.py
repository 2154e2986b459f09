"""Lists of saved interviews as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from interviewer.cost import money
from interviewer.text import clock_time, one_line
from interviewer.transcript.archive import listing, samples
from interviewer.transcript.branches import branch_point
from interviewer.transcript.entries import Entry
from interviewer.transcript.events import Branched, Imported
from interviewer.transcript.removal import Deleted, deleted
from interviewer.transcript.selection import Leaf, Order, Wanted, select, tree


def print_list(folder: Path, wanted: Wanted, order: Order, *, of_samples: bool, as_tree: bool, as_json: bool) -> int:
    """Prints the transcripts that are wanted. Returns the exit code."""
    own, broken = listing(folder)
    shipped = samples(folder)
    entries = select(shipped if of_samples else own, wanted, order)
    known = (*own, *shipped)
    leaves = tree(entries, known) if as_tree else tuple(Leaf(entry, 0, _is_gone(entry, known)) for entry in entries)
    if as_json:
        print(json.dumps([_row(leaf.entry) for leaf in leaves], indent=2))
        return 0
    if not leaves:
        _say_why_empty(folder, wanted, bool(own), bool(broken))
    for leaf in leaves:
        print("\n".join(_lines(leaf)))
    paid = [entry.dollars for entry in entries if entry.dollars is not None]
    if paid:
        print(f"Language models in all: {money(sum(paid, Decimal(0)))} for {len(paid)} finished interviews.")
    for unreadable in () if of_samples else broken:
        print(one_line(unreadable.problem))
    return 0


def print_deleted(folder: Path, *, as_json: bool) -> int:
    """Prints what was deleted and can be restored. Returns the exit code."""
    there, broken = deleted(folder)
    if as_json:
        print(json.dumps([_deleted_row(one) for one in there], indent=2))
        return 0
    if not there and not broken:
        print(f"Nothing in {folder} was deleted.")
    for one in there:
        print(f"deleted {_minute(one.when)}  {one_line(one.title)}\n    {one_line(one.name)}")
    for unreadable in broken:
        print(one_line(unreadable.problem))
    return 0


def _say_why_empty(folder: Path, wanted: Wanted, any_own: bool, any_broken: bool) -> None:
    if wanted != Wanted():
        print("No transcript is like that.")
    elif not any_own and not any_broken:
        print(
            f"No interviews in {folder} yet. Begin one with: interviewer\n"
            "Samples that come with interviewer: interviewer transcripts --samples"
        )


def _lines(leaf: Leaf) -> Iterable[str]:
    entry, indent = leaf.entry, "    " * leaf.depth
    state = (entry.verdict or "").replace("-", " ") or "unfinished"
    share = "" if entry.share is None or entry.verdict == "no-decision" else f"{entry.share:.0%}"
    title = one_line(entry.title)
    if entry.label.title:
        title += f" ({one_line(entry.persona_title)})"
    tags = "".join(f"  #{tag}" for tag in entry.label.tags)
    when = _minute(entry.created)
    yield f"{indent}{when}  {entry.seconds / 60:3.0f} min  {one_line(state):<12} {share:>4}  {title}{tags}"
    # The name of the file is what other commands take: an id of another's making may differ.
    facts = [one_line(entry.path.stem), _origin(leaf)]
    facts += [money(entry.dollars)] if entry.dollars is not None else []
    facts += [f"made by the {one_line(entry.engine)} engine"] if entry.sample else []
    yield indent + "    " + "  ".join(fact for fact in facts if fact)
    for line in entry.label.note.splitlines():
        yield f"{indent}    | {line}"


def _origin(leaf: Leaf) -> str:
    match leaf.entry.origin:
        case Branched() as origin:
            point = branch_point(leaf.entry.path, origin)
            where = f" at answer {point.number} ({clock_time(point.clock)})" if point else ""
            return f"branch of {origin.parent}{where}" + (", parent is gone" if leaf.gone else "")
        case Imported(file=file):
            return f"imported from {one_line(file)}"
        case _:
            return ""


def _is_gone(entry: Entry, known: Iterable[Entry]) -> bool:
    return entry.parent is not None and all(other.id != entry.parent for other in known)


def _minute(when: Any) -> str:
    return str(when.astimezone().strftime("%Y-%m-%d %H:%M"))


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "persona": entry.persona,
        "persona_title": entry.persona_title,
        "title": entry.title,
        "tags": list(entry.label.tags),
        "note": entry.label.note,
        "created": entry.created.isoformat(),
        "mode": entry.mode,
        "minutes": entry.minutes,
        "seconds": entry.seconds,
        "closed": entry.closed,
        "verdict": entry.verdict,
        "share": entry.share,
        "dollars": None if entry.dollars is None else str(entry.dollars),
        "engine": entry.engine,
        "model": entry.model,
        "origin": None if entry.origin is None else entry.origin.model_dump(mode="json"),
        "sample": entry.sample,
        "path": str(entry.path),
    }


def _deleted_row(one: Deleted) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "title": one.title, "deleted": one.when.isoformat(), "path": str(one.place)}
