"""Which question an answer of a source is about, and under which rubric it is judged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from interviewer.batch.row import Row
from interviewer.document import LONGEST_PROSE
from interviewer.question import Question, cut
from interviewer.rubric import Rubric
from interviewer.text import one_line

ANSWER_ONLY = "The question is not known."
"""What stands for a question where a source gives none and none was named: the rubric alone judges."""

_MOST_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the rubric that judges its answers."""

    question: Question
    rubric: Rubric
    note: str = ""
    """What of the row's question and reference is left out, as a sentence; empty if nothing is."""


class Unasked(Exception):
    """A row whose question cannot be told; the message says why and what to do."""


@dataclass
class Asking:
    """Finds the question of each row.

    Args:
        rubric: judges every answer; None: each question's own, which only questions of a bank have.
        fixed: the question of every row, where there is one.
        bank: id -> question, where rows name questions of a bank.
        rubric_of: finds the rubric that a question of a bank names.
    """

    rubric: Rubric | None
    fixed: Question | None = None
    bank: Mapping[str, Question] = field(default_factory=dict)
    rubric_of: Callable[[str], Rubric] | None = None
    _made: dict[tuple[str | None, str | None, str | None], Asked] = field(default_factory=dict, repr=False)

    def of(self, row: Row) -> Asked:
        """What a row answers.

        Raises:
            Unasked: it cannot be told, or nothing says how it is judged.
        """
        key = (row.question_id, row.question, row.reference)
        found = self._made.get(key)
        if found is None:
            found = self._find(row)
            if len(self._made) >= _MOST_KEPT:
                self._made.clear()
            self._made[key] = found
        return found

    def _find(self, row: Row) -> Asked:
        question = self._question(row)
        if row.reference:
            question = question.model_copy(update={"reference": cut(row.reference)})
        note = _left_out(row, question)
        if self.rubric is not None:
            return Asked(question, self.rubric, note)
        if self.rubric_of is None or question.id not in self.bank:
            raise Unasked("Nothing says how this answer is judged. Name a rubric: --rubric ID.")
        return Asked(question, self.rubric_of(question.rubric), note)

    def _question(self, row: Row) -> Question:
        if self.fixed is not None:
            return self.fixed
        if row.question_id is not None and row.question_id in self.bank:
            return self.bank[row.question_id]
        if row.question:
            return plain(row.question, row.question_id)
        if self.bank:
            named = f"{one_line(row.question_id)[:80]!r} is in no bank given" if row.question_id else "it names none"
            raise Unasked(f"Which question was answered cannot be told: {named}.")
        if row.question_id:  # answers to the same question belong together, whatever it was
            return plain(f"{ANSWER_ONLY} It is called {one_line(row.question_id)[:200]}.", row.question_id)
        return plain(ANSWER_ONLY, None)


def _left_out(row: Row, question: Question) -> str:
    """What of the row's own texts does not go into its question, as a sentence."""
    texts = {"question": (row.question, question.text), "reference": (row.reference, question.reference)}
    long = [what for what, (given, used) in texts.items() if given and used == cut(given) != given.strip()]
    return f"Of the {' and the '.join(long)} only the first {LONGEST_PROSE:,} characters are used." if long else ""


def plain(text: str, name: str | None) -> Question:
    """A question of which only the words are known. Raises Unasked if they are none."""
    wanted = name if name and _is_identifier(name) else f"q-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    try:
        return Question.plain(wanted, text, rubric="given", stage="seed", origin="batch")
    except ValidationError:
        raise Unasked("The question of this row is blank.") from None


def _is_identifier(name: str) -> bool:
    return len(name) <= 64 and name[:1].isalnum() and name.isascii() and all(c.isalnum() or c in "._-" for c in name)
