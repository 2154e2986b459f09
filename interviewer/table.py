"""Tables for other programs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

_BEGINNING = re.compile('(^|[\t\n\r;])([\\s"]*)(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])')
"""Where a spreadsheet may take what follows for a formula: where a cell begins, also one that it makes by itself when
the table is opened with another separator, or after a line break; behind blanks and quotes; full-width signs too."""


def csv_cell(value: object) -> str:
    """A value as the cell of a table that may be opened in a spreadsheet; None is an empty one.

    Text that a spreadsheet would run as a formula gets an apostrophe before it. Numbers stay numbers: a negative one
    begins with a minus sign and can do nothing.
    """
    if value is None:
        return ""
    text = str(value)
    return text if isinstance(value, int | float) else _BEGINNING.sub(r"\1\2'", text)


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows as comma-separated text (RFC 4180, lines ended by CR LF), every cell made safe."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([csv_cell(value) for value in row] for row in rows)
    return out.getvalue()
