"""Where a piece of evidence stands, as said to people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.batch.submissions.kinds import LISTING
from interviewer.batch.submissions.notebook import CELL
from interviewer.scorecard import Evidence


def where_of(evidence: Evidence, parts: Sequence[tuple[str, str]]) -> str:
    """File and line of a piece of evidence, such as `src/train.py:41`; of a notebook the cell, `eda.ipynb, cell 3`.

    Empty if it is of an answer, which is no file.

    Args:
        evidence: its `event` is the number of a part, from 1.
        parts: name and text of each part of the submission.
    """
    if not 1 <= evidence.event <= len(parts):
        return ""
    name, text = parts[evidence.event - 1]
    if not name:
        return ""
    if name == LISTING:
        return "list of files"
    if name.casefold().endswith(".ipynb"):
        cells = re.findall(CELL, text[: evidence.start], re.MULTILINE)
        return f"{name}, cell {cells[-1]}" if cells else name
    return f"{name}:{text.count(chr(10), 0, evidence.start) + 1}"
