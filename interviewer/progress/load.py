"""From the user's transcripts to the report: where pure parts meet the disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from interviewer.progress.collect import collect
from interviewer.progress.days import day_of
from interviewer.progress.keeping import kept_at
from interviewer.progress.plan import Material
from interviewer.progress.report import Report, make_report
from interviewer.transcript.archive import samples


def load(
    folder: Path, material: Callable[[], Material], tell: Callable[[int, int], None] = lambda _done, _of: None
) -> Report:
    """The report as of today.

    Args:
        folder: where the user's transcripts are. Samples that were copied there do not count.
        material: finds what there is to practise with; not called if there is no interview to learn from.
        tell: told how many transcripts are read, of how many that have to be.

    Raises:
        TranscriptError: the folder cannot be read.
    """
    shipped = [entry.id for entry in samples(folder)]
    collected = collect(folder, kept_at(), shipped, tell)
    there_is = material() if collected.interviews else Material(())
    return make_report(collected, there_is, day_of(datetime.now().astimezone()))
