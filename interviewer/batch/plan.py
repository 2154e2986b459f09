"""What a run is going to do, told before anything is spent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from interviewer.batch.ledger import Counts, Judge
from interviewer.cost import money
from interviewer.rubric import Rubric

QUICK_REPLY, SLOW_REPLY = 3.0, 12.0
"""Seconds in which a model grades an answer, at best and at worst: a guess, and said to be one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is there, what is to be done, what it is going to take."""

    counts: Counts
    to_do: int
    """Answers to be graded in this run."""
    why_again: tuple[str, ...]
    """Why answers that were graded before are graded again, in sentences."""
    calls: int = 0
    sent: int = 0
    """Tokens, about."""
    received: int = 0
    expected: Decimal | None = Decimal(0)
    """US dollars; None if a price is not known."""
    most: Decimal | None = Decimal(0)
    seconds: tuple[float, float] | None = None
    """From, to; None if nobody can tell."""
    measured: bool = False
    """Whether the time was measured on a part of the answers, and not guessed."""
    cap: Decimal | None = None
    """US dollars that this folder may cost in all."""
    spent: Decimal = Decimal(0)
    """US dollars that it has cost so far."""

    def told(self) -> str:
        """The plan in lines."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterable[str]:
        counts = self.counts
        yield _rows(counts)
        done = f", {counts.graded:,} of them graded already" if counts.graded else ""
        yield f"To grade: {_number(self.to_do, 'answer')} ({_number(counts.unique, 'different one')}{done})."
        yield from self.why_again
        if counts.failures:
            failed = ", ".join(f"{number:,} {kind}" for kind, number in counts.failures.items())
            yield f"Failed before and tried again: {failed}."
        if self.calls:
            yield f"Calls: {self.calls:,}, about {self.sent:,} tokens sent and {self.received:,} received."
            yield self._price()
        if self.seconds is not None and self.to_do:
            how = "measured on some of them" if self.measured else "a guess: it depends on the service"
            yield f"Time: {_range(*self.seconds)} ({how})."

    def _price(self) -> str:
        if self.expected is None or self.most is None:
            return "Price: not known for this model. Add it to models.yaml to have it told and --max-cost kept."
        told = f"Price: about {money(self.expected)}, at most {money(self.most)} if every call is made once"
        capped = f"; --max-cost ends it at {money(self.cap)} in all" if self.cap is not None else ""
        spent = f" ({money(self.spent)} is spent already)" if self.spent else ""
        return f"{told}{capped}{spent}."


def _rows(counts: Counts) -> str:
    bad = ", ".join(f"{number:,} {status}" for status, number in sorted(counts.bad.items()))
    copies = f"; {_number(counts.copies, 'repeats', 'repeat')} another word for word" if counts.copies else ""
    cannot = f"; {sum(counts.bad.values()):,} cannot be graded: {bad}" if bad else ""
    return f"Rows: {counts.rows:,}{copies}{cannot}."


def _number(count: int, one: str, several: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def _range(least: float, most: float) -> str:
    low, high = duration(least), duration(most)
    return f"about {low}" if low == high else f"{low} to {high}"


def duration(seconds: float) -> str:
    """Seconds for people: `40 s`, `12 min`, `3 h 20 min`."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"


def why_again(
    regraded: Mapping[tuple[int, int], int],
    edited: Mapping[str, int],
    judges: Mapping[int, Judge],
    rubrics: Mapping[int, Rubric],
) -> tuple[str, ...]:
    """Why answers that have a grade are graded again.

    Args:
        regraded: (judge before, judge now) -> how many answers.
        edited: `answer` or `question` -> in how many rows it changed.
        judges: every judge by its number.
        rubrics: every rubric by its number.
    """
    told = [
        f"{_number(number, 'row has', 'rows have')} another {what} than before, under the same id: graded anew."
        for what, number in sorted(edited.items())
    ]
    for (before, now), number in regraded.items():
        changed = "; ".join(_changes(judges[before], judges[now], rubrics))
        told.append(f"{_number(number, 'answer is', 'answers are')} graded again: {changed}. Earlier grades are kept.")
    return tuple(told)


def _changes(before: Judge, now: Judge, rubrics: Mapping[int, Rubric]) -> list[str]:
    changed = []
    if before.rubric != now.rubric:
        old, new = rubrics[before.rubric], rubrics[now.rubric]
        if old.id != new.id:
            changed.append(f"the rubric is {new.id}, not {old.id}")
        elif old.version != new.version:
            changed.append(f"the rubric {new.id} is version {new.version}, not {old.version}")
        else:
            changed.append(f"the rubric {new.id} was edited (its version is {new.version} still)")
    pairs = (
        ("the engine", before.stamp.engine, now.stamp.engine),
        ("the engine's version", before.stamp.engine_version, now.stamp.engine_version),
        ("the model", before.stamp.model, now.stamp.model),
        ("the prompts", before.stamp.prompt_version, now.stamp.prompt_version),
        ("the form of a grade", before.stamp.grade_schema, now.stamp.grade_schema),
        ("gradings of each answer", before.stamp.samples, now.stamp.samples),
    )
    changed += [f"{what}: {new or 'none'}, not {old or 'none'}" for what, old, new in pairs if old != new]
    return changed
