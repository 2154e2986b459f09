"""What a batch came to, for people: figures gathered in one pass, put into words once, written as page and document.

`gather` counts, `sections` say it in blocks of plain text and numbers, `html` and `markdown` write the blocks.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from interviewer.batch.output import whole
from interviewer.batch.report.values import Figures

REPORT_HTML: Final = "report.html"
REPORT_MARKDOWN: Final = "report.md"


def write_report(figures: Figures, out: Path, worker: str, written: datetime) -> None:
    """Writes `report.html` and `report.md`.

    Args:
        figures: what they say.
        out: the folder to write to.
        worker: the id of this process in the ledger.
        written: when, as they say.

    Raises:
        OSError: they cannot be written; those that were there are untouched.
    """
    from interviewer.batch.report.compose import report_of
    from interviewer.batch.report.html import as_html
    from interviewer.batch.report.markdown import as_markdown

    report = report_of(figures, written)
    for name, text in ((REPORT_HTML, as_html(report)), (REPORT_MARKDOWN, as_markdown(report))):
        with whole(out / name, worker) as file:
            file.write(text)
