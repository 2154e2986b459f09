"""What a batch came to, for people: figures gathered in one pass, put into words once, written as page and document.

`gather` counts, `sections` say it in blocks of plain text and numbers, `html` and `markdown` write the blocks.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from interviewer.batch.ledger import Ledger
from interviewer.batch.output import whole

REPORT_HTML: Final = "report.html"
REPORT_MARKDOWN: Final = "report.md"


def write_report(ledger: Ledger, out: Path, written: datetime | None = None) -> None:
    """Writes `report.html` and `report.md`, with what there is so far.

    Args:
        ledger: where grades are.
        out: the folder to write to.
        written: when, as the report says; now if None.

    Raises:
        LedgerError: the ledger cannot be read.
        OSError: they cannot be written; those that were there are untouched.
    """
    from interviewer.batch.report.compose import report_of
    from interviewer.batch.report.gather import gather
    from interviewer.batch.report.html import as_html
    from interviewer.batch.report.markdown import as_markdown

    report = report_of(gather(ledger), written or datetime.now(UTC))
    for name, text in ((REPORT_HTML, as_html(report)), (REPORT_MARKDOWN, as_markdown(report))):
        with whole(out / name) as file:
            file.write(text)
