"""One answer of a source, with everything that its row says: what sources give and a run works through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

RowStatus = Literal[
    "ok", "empty-answer", "duplicate", "duplicate-id", "ragged", "wrong-shape", "too-long", "unreadable"
]
"""Whether a row can be graded, and if not, why.

ok: it can. empty-answer: the answer is blank. duplicate: the same id, question and answer as an
earlier row. duplicate-id: the same id and question as an earlier row, with another answer, so that a grade under this
id could mean either. ragged: a line of a table with more or fewer cells than the table has columns. wrong-shape: a
record that is no set of named values, that lacks the answer, or whose answer is a list or a set of values. too-long:
an answer or another text longer than `LONGEST_TEXT`. unreadable: bytes that are no text in the encoding of the file,
broken quotes or JSON, a file that cannot be opened.
"""

LONGEST_TEXT: Final = 200_000
"""Characters of an answer, a question or a reference as given, at most."""

OVERALL: Final = "overall"
"""What a gold grade is filed under that is of the whole answer and not of one criterion."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a source, good or bad. Every record of a source is exactly one row, in order."""

    place: int
    """Its position in the source, counted from 1, without gaps."""
    where: str
    """Where it stands, as said to people: file and line, item or row."""
    id: str
    """As given, on one line; `#` and the place where the row gives none."""
    answer: str = ""
    """Sanitised. Of a row that is too long the beginning, `LONGEST_TEXT` characters; empty if it could not be read."""
    question: str | None = None
    """The question in words, if the row gives it."""
    question_id: str | None = None
    """What answers to the same question share, if the row gives it."""
    reference: str | None = None
    """A model answer, if the row gives one."""
    gold: Mapping[str, float] = field(default_factory=dict)
    """Criterion id, or `overall`, -> what people gave: the mean if several did and no mean is given. Finite."""
    gold_raters: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """The same for each rater, where several are given, in the order of the columns or of the list."""
    gold_scale: tuple[float, float] | None = None
    """The lowest and highest grade that people could give, if the row says so."""
    status: RowStatus = "ok"
    problem: str = ""
    """Why the status is not ok, and what to do: a sentence. Empty if it is ok."""
    note: str = ""
    """What was left out of a row that is used all the same, such as a gold grade that is no number: a sentence."""
    parts: tuple[tuple[str, str], ...] = ()
    """Of a submission, which has no answer: the name and the text of each file that is read, sanitised."""

    @property
    def usable(self) -> bool:
        """Whether it can be graded."""
        return self.status == "ok"
