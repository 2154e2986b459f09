"""What the user wrote on transcripts: a title, tags, a note. Kept in one file, so that no transcript is changed.

The file is `labels.json` in the folder of the transcripts. A label belongs to a file by its name without the ending.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from interviewer.text import one_line, sanitise
from interviewer.transcript.disk import cannot, changing, replace_file
from interviewer.transcript.store import TranscriptError

LABELS: Final = "labels.json"
SCHEMA: Final = 1
"""Version of the file. One of a later version is neither read nor written over."""

LONGEST_TITLE, LONGEST_TAG, LONGEST_NOTE, MOST_TAGS = 120, 32, 4000, 16
"""Characters of each, and how many tags one transcript can have."""


class LabelError(ValueError):
    """A title, tag or note that cannot be used; the message says why and what can."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one transcript; empty if nothing does. All of it is clean text of bounded length."""

    title: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""


BLANK: Final = Label()


@dataclass(frozen=True, slots=True)
class Labels:
    """All labels of a folder."""

    by_name: Mapping[str, Label] = field(default_factory=dict)
    problem: str | None = None
    """What could not be read, and what happens with it; None if all could."""

    def of(self, path: Path) -> Label:
        """The label of a transcript."""
        return self.by_name.get(path.stem, BLANK)


# ---- What a label can be ---------------------------------------------------------------------------------------------


def titled(label: Label, title: str) -> Label:
    """The label with this title; an empty one gives the transcript its persona's title back. Raises LabelError."""
    text = one_line(title)
    if len(text) > LONGEST_TITLE:
        raise LabelError(f"A title has {LONGEST_TITLE} characters at most; this one has {len(text)}.")
    return replace(label, title=text)


def noted(label: Label, note: str) -> Label:
    """The label with this note; an empty one takes it away. Raises LabelError."""
    text = sanitise(note).strip()
    if len(text) > LONGEST_NOTE:
        raise LabelError(f"A note has {LONGEST_NOTE:,} characters at most; this one has {len(text):,}.")
    return replace(label, note=text)


def tagged(label: Label, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Label:
    """The label with more and with fewer tags, each once, in the order they were given. Raises LabelError."""
    without = {as_tag(tag) for tag in remove}
    kept = dict.fromkeys((*label.tags, *(as_tag(tag) for tag in add)))
    tags = tuple(tag for tag in kept if tag not in without)
    if len(tags) > MOST_TAGS:
        raise LabelError(f"A transcript has {MOST_TAGS} tags at most; these would be {len(tags)}.")
    return replace(label, tags=tags)


def as_tag(text: str) -> str:
    """The tag that `text` means: in small letters, without a sign before it, with hyphens for spaces.

    Raises LabelError if there is nothing left of it, or too much.
    """
    tag = "-".join(one_line(text).casefold().replace(",", " ").lstrip("#+- ").split())
    if not tag:
        raise LabelError(f"`{one_line(text)}` is no tag. A tag is a word, such as `founder` or `second-try`.")
    if len(tag) > LONGEST_TAG:
        raise LabelError(f"A tag has {LONGEST_TAG} characters at most; `{tag[:LONGEST_TAG]}…` has {len(tag)}.")
    return tag


# ---- The file --------------------------------------------------------------------------------------------------------


def read_labels(folder: Path) -> Labels:
    """The labels of a folder. Never fails: what cannot be read is in `problem`, and the rest is there."""
    path = folder / LABELS
    try:
        labels, problem = _read(path)
    except TranscriptError as error:
        return Labels(problem=str(error))
    return Labels(labels, problem and f"{problem} It is set aside, not lost, when something is labelled next.")


def change_label(folder: Path, name: str, change: Callable[[Label], Label]) -> str | None:
    """Changes the label of the transcript with this name, as it is at this moment in the file.

    Returns:
        What to tell the user if the file was damaged and had to be set aside, else None.

    Raises:
        LabelError: `change` did.
        TranscriptError: the file cannot be read or written.
    """

    def changed(labels: dict[str, Label]) -> None:
        label = change(labels.get(name, BLANK))
        labels.pop(name, None)
        if label != BLANK:
            labels[name] = label

    return _change(folder, changed)


def forget_labels(folder: Path, names: Iterable[str]) -> str | None:
    """Takes the labels of transcripts that are gone for good out of the file. Returns and raises as above."""
    gone = set(names) & set(read_labels(folder).by_name)

    def changed(labels: dict[str, Label]) -> None:
        for name in gone:
            labels.pop(name, None)

    return _change(folder, changed) if gone else None


def _change(folder: Path, change: Callable[[dict[str, Label]], None]) -> str | None:
    path = folder / LABELS
    with changing(path):
        labels, problem = _read(path)
        change(labels)
        notice = None
        if problem:
            aside = _set_aside(path)
            notice = f"{problem} It is now {aside.name}, and what could be read of it was kept."
        rows = {
            name: {"title": label.title, "tags": list(label.tags), "note": label.note} for name, label in labels.items()
        }
        document = {"schema_version": SCHEMA, "labels": rows}
        replace_file(path, (json.dumps(document, indent=1) + "\n").encode("ascii"))
        return notice


def _set_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    try:
        path.rename(aside)
    except OSError as error:
        raise cannot(path, "be set aside", error) from None
    return aside


def _read(path: Path) -> tuple[dict[str, Label], str | None]:
    """What the file holds, and what is wrong with it. Raises TranscriptError if it must be left alone."""
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}, None
    except OSError as error:
        raise cannot(path, "be read", error) from None
    except (ValueError, RecursionError):
        return {}, f"{path}: damaged, so titles, tags and notes cannot be read."
    if not isinstance(data, dict) or not isinstance(rows := data.get("labels"), dict):
        return {}, f"{path}: this holds no labels, so titles, tags and notes cannot be read."
    version = data.get("schema_version")
    if isinstance(version, int) and version > SCHEMA:
        raise TranscriptError(
            f"{path}: written by a later version of interviewer (format {version}; this one reads {SCHEMA}). "
            "Upgrade interviewer to see and change titles, tags and notes."
        )
    labels = {name: label for name, row in rows.items() if (label := _label(row)) is not None}
    bad = [one_line(name) for name in rows if name not in labels]
    if bad:
        return labels, f"{path}: the labels of {', '.join(bad[:3])}{' and others' if len(bad) > 3 else ''} are damaged."
    return labels, None


def _label(row: Any) -> Label | None:
    """One label as it stands in the file; None if it is not as this version writes it."""
    match row:
        case {"title": str(title), "tags": list(tags), "note": str(note)} if len(row) == 3:
            try:
                return tagged(noted(titled(BLANK, title), note), [str(tag) for tag in tags])
            except LabelError:
                return None
        case _:
            return None
