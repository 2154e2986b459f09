"""Writes all that comes out of a batch, in one pass over its results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from interviewer.batch.collecting import collect_seldom
from interviewer.batch.ledger import Ledger, Result
from interviewer.batch.output import GRADES_CSV, GRADES_JSONL, clear_parts, grade_files
from interviewer.batch.report import REPORT_HTML, REPORT_MARKDOWN, write_report
from interviewer.batch.report.gather import gather

FILES: Final = (REPORT_HTML, REPORT_MARKDOWN, GRADES_CSV, GRADES_JSONL)

_TOLD_EVERY: Final = 5000


def write(
    ledger: Ledger, out: Path, tell: Callable[[int], None] = lambda _: None, written: datetime | None = None
) -> None:
    """Writes `FILES`, with what there is so far.

    Args:
        ledger: where it is.
        out: the folder to write to.
        tell: told now and then how many rows are written.
        written: when, as the report says; now if None.

    Raises:
        LedgerError: the ledger cannot be read.
        OSError: they cannot be written; those that were there are untouched.
    """
    collect_seldom()
    clear_parts(out, FILES, ledger.presence)
    with grade_files(ledger, out) as keep:

        def kept() -> Iterator[Result]:
            for number, result in enumerate(ledger.every_result(), 1):
                keep(result)
                yield result
                if number % _TOLD_EVERY == 0:
                    tell(number)

        figures = gather(ledger, kept())
    write_report(figures, out, ledger.presence.id, written or datetime.now(UTC))
