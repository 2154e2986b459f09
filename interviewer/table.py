"""Tables for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def csv_cell(value: object) -> str:
    """A value as the cell of a table that may be opened in a spreadsheet; None is an empty one.

    Text that a spreadsheet would run as a formula gets an apostrophe in front. Numbers stay numbers: a negative one
    begins with a minus sign and can do nothing.
    """
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, int | float) else text


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows as comma-separated text (RFC 4180, lines ended by CR LF), every cell made safe."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([csv_cell(value) for value in row] for row in rows)
    return out.getvalue()
