"""The facts of all finished interviews of a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from interviewer.interview.salvage import fold_what_fits
from interviewer.progress.extract import facts_of
from interviewer.progress.facts import InterviewFacts
from interviewer.progress.keeping import Keeping, Known, Version
from interviewer.transcript.store import ENDING, TranscriptError, read

_MISFITS = (KeyError, ValueError, StopIteration, IndexError)
"""What folding raises where one part of a transcript speaks of another that is not there."""

AT_ONCE = 25
"""Transcripts that are read before what was found is kept, so that little is lost if one breaks off."""


@dataclass(frozen=True, slots=True)
class Collected:
    """All that a folder tells."""

    interviews: tuple[InterviewFacts, ...] = ()
    """Finished ones, earliest first."""
    unfinished: int = 0
    problems: tuple[str, ...] = ()
    """One sentence for each file that cannot be read."""


def collect(
    folder: Path,
    keeping: Path,
    samples: Iterable[str] = (),
    tell: Callable[[int, int], None] = lambda _done, _of: None,
) -> Collected:
    """Reads what is new or changed and takes the rest from what was kept.

    Args:
        folder: where the transcripts are; one that is missing holds none.
        keeping: the file of kept facts.
        samples: ids of transcripts that do not count.
        tell: told how many of the new ones are read, of how many.

    Raises:
        TranscriptError: the folder itself cannot be read.
    """
    there = _files(folder)
    with Keeping(keeping) as kept:
        known = kept.known(folder)
        kept.forget(known.keys() - there.keys())
        found = {path: one for path, one in known.items() if there.get(path) == one.version}
        wanted = [path for path in there if path not in found]
        problems: list[str] = []
        for begin in range(0, len(wanted), AT_ONCE):
            news: dict[Path, Known] = {}
            for done, path in enumerate(wanted[begin : begin + AT_ONCE], begin):
                tell(done, len(wanted))
                try:
                    news[path] = Known(there[path], _facts(path))
                except TranscriptError as error:
                    problems.append(str(error))
            kept.keep(news)
            found |= news
    unwanted = frozenset(samples)
    finished = [one.facts for one in found.values() if one.facts is not None]
    own = sorted((one for one in finished if one.id not in unwanted), key=lambda one: (one.created, one.id))
    return Collected(
        interviews=tuple(own),
        unfinished=len(found) - len(finished),
        problems=tuple(problems),
    )


def _files(folder: Path) -> dict[Path, Version]:
    """The transcripts of a folder as they are now, by name."""
    try:
        with os.scandir(folder) as items:
            found = [(Path(item.path), item.stat()) for item in items if item.name.endswith(ENDING) and item.is_file()]
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise TranscriptError(f"{folder}: cannot be read: {error.strerror or error}.") from None
    return {path: Version(stat.st_size, stat.st_mtime_ns) for path, stat in sorted(found)}


def _facts(path: Path) -> InterviewFacts | None:
    transcript = read(path)
    try:
        return facts_of(transcript.header, transcript.events)
    except _MISFITS:  # damaged, so that events speak of what is not there
        events = fold_what_fits(transcript).events
    try:
        return facts_of(transcript.header, events)
    except _MISFITS as error:
        raise TranscriptError(
            f"{path}: its parts do not fit together, so it does not count here ({type(error).__name__})."
        ) from None
