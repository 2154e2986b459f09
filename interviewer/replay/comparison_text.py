"""Gradings held against each other, as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from interviewer.cost import told
from interviewer.grading.verdict import verdict_name
from interviewer.replay import words
from interviewer.replay.comparison import Comparison, CriterionChange, Line, side_by_side
from interviewer.replay.gradings import Numbered
from interviewer.replay.moves import RatingChange
from interviewer.scorecard import Evidence
from interviewer.scorecard_text.columns import cells, wrapped
from interviewer.text import one_line

MOST_COLUMNS = 4
"""Gradings that stand side by side; more of them follow in another table."""

_ALONE = frozenset({"only-before", "only-after"})

_NAME = 26
"""Columns of the name of a criterion."""


def runs_text(runs: Sequence[Numbered], width: int = 80) -> str:
    """One paragraph for each grading: what it is, who graded and decided, what it came to."""
    return joined(line for numbered in runs for line in _run(numbered, width))


def _run(numbered: Numbered, width: int) -> Iterator[str]:
    run = numbered.run
    head = f"{words.run_title(numbered)}: {words.run_verdict(run)}"
    yield from wrapped(head, width)
    decided = f"{words.run_date(run)}, decided by {one_line(run.jury.title)}, graded by {words.run_graders(run)}"
    yield from wrapped(decided, width, "   ")
    if failed := words.run_failures(run):
        yield from wrapped(failed, width, "   ")
    if run.cost is not None and run.cost.calls:
        yield from wrapped(told(run.cost), width, "   ")
    for note in run.notes:
        yield from wrapped(note, width, "   ")


def table_text(runs: Sequence[Numbered], width: int = 80) -> str:
    """Every criterion in every grading, side by side, in as many tables as the width takes."""
    each = max(1, min(MOST_COLUMNS, (width - _NAME) // 13))
    tables = [runs[start : start + each] for start in range(0, len(runs), each)]
    return "\n".join(joined(_table(part, width)) for part in tables)


def _table(runs: Sequence[Numbered], width: int) -> Iterator[str]:
    column = (width - _NAME) // len(runs)
    yield _row("", [f"run {one.number}" for one in runs], column)
    yield _row("Decided by", [one.run.jury.persona for one in runs], column)
    yield _row("Graded by", [words.run_graders(one.run) for one in runs], column)
    yield _row("Verdict", [verdict_name(one.run.scorecard.verdict) for one in runs], column)
    shares = [one.run.scorecard.share for one in runs]
    yield _row("Total", ["-" if share is None else f"{share:.1%}" for share in shares], column)
    rubric = None
    for line in side_by_side([one.run for one in runs]):
        if line.rubric != rubric:
            rubric = line.rubric
            yield f"[{rubric}]"
        yield _row(line.title, list(_standings(line)), column)


def _standings(line: Line) -> Iterator[str]:
    for result in line.results:
        if result is None:
            yield ""
        elif result.share is None:
            yield "-"
        else:
            yield f"{result.share:.0%} {one_line(result.level_title)}"


def _row(name: str, texts: Sequence[str], column: int) -> str:
    return (_fit(name, _NAME) + "".join(_fit(text, column) for text in texts)).rstrip()


def _fit(text: str, width: int) -> str:
    """Cut or filled to a number of columns, the last of which stays free."""
    text = one_line(text)
    if cells(text) >= width:
        while cells(text) > width - 2:
            text = text[:-1]
        text = f"{text}\u2026"
    return text + " " * (width - cells(text))


def comparison_text(first: Numbered, second: Numbered, comparison: Comparison, width: int = 80) -> str:
    """What moved from one grading to another, why it may have, and answer by answer on what grounds."""
    title = f"From run {first.number} to run {second.number}"
    sections: list[tuple[str, Iterable[str]]] = [
        (title, _summary(comparison, width)),
        ("Criteria", _criteria(comparison.criteria, width)),
        ("Answers", _answers(comparison, width)),
    ]
    lines: list[str] = []
    for name, body in sections:
        lines += [*([""] if lines else []), name, ("=" if not lines else "-") * cells(name), *body]
    return joined(lines)


def _summary(comparison: Comparison, width: int) -> Iterator[str]:
    before, after = comparison.before, comparison.after
    yield from wrapped(f"Verdict: {words.run_verdict(before)} -> {words.run_verdict(after)}", width)
    first, second = before.scorecard.share, after.scorecard.share
    if first is not None and second is not None:
        yield from wrapped(f"Total: {words.points(second - first)} points of a hundred", width)
    yield ""
    yield "Why it may have moved" if comparison.differs else "What differs"
    for reason in comparison.reasons:
        yield from wrapped(one_line(reason), width, "- ", "  ")


def _criteria(changes: Sequence[CriterionChange], width: int) -> Iterator[str]:
    for change in changes:
        if change.moved in _ALONE:
            continue
        was, now = words.standing(change.before), words.standing(change.after)
        if change.moved == "same":
            yield from wrapped(f"{one_line(change.title)}: {now}, same", width, "  ", "    ")
            continue
        move = words.step(change.moved, change.by)
        yield from wrapped(f"{one_line(change.title)}: {was} -> {now} ({move})", width, "* ", "    ")
        for reason in change.reasons:
            yield from wrapped(reason, width, "    ")
    for moved, where in (("only-before", "Only in the first"), ("only-after", "Only in the second")):
        alone = [change for change in changes if change.moved == moved]
        if alone:
            named = [f"{one_line(change.title)} ({words.standing(change.before or change.after)})" for change in alone]
            yield from wrapped(f"{where}: {', '.join(named)}", width, "", "  ")


def _answers(comparison: Comparison, width: int) -> Iterator[str]:
    answers = comparison.answers
    if not any(rating.moved not in _ALONE for answer in answers for rating in answer.ratings):
        yield from wrapped(words.nothing_moved(comparison), width)
        return
    for number, answer in enumerate(answers, 1):
        if answer.moved:
            yield from wrapped(f"{number}. {one_line(answer.asked)}", width, "", "   ")
            for change in answer.moved:
                yield from rating_lines(change, width)
    still = sum(1 for answer in answers if not answer.moved)
    if still == len(answers):
        yield "No rating of any answer moved."
    elif still:
        yield from wrapped(f"The ratings of {still} other {'answer' if still == 1 else 'answers'} did not move.", width)


def rating_lines(change: RatingChange, width: int) -> Iterator[str]:
    """One rating that moved, with both reasons and quotes."""
    person = f" ({change.person})" if change.person else ""
    moved = f"{words.held(change.before)} -> {words.held(change.after)}"
    yield from wrapped(f"{one_line(change.title)}{person}: {moved}", width, "   * ", "     ")
    before, after = change.before, change.after
    if before and after and (before.reasoning, before.evidence) == (after.reasoning, after.evidence):
        yield from wrapped("for the same reasons and on the same words:", width, "     ")
        before = None
    for name, side in (("before", before), ("after", after)):
        if side is not None and side.reasoning:
            yield from wrapped(f"{name}: {one_line(side.reasoning)}", width, "     ", "       ")
        if side is not None:
            yield from _quotes(side.evidence, width)


def _quotes(evidence: Iterable[Evidence], width: int) -> Iterator[str]:
    for one in evidence:
        yield from wrapped(f"\u201c{one_line(one.quote)}\u201d", width, "       > ", "         ")


def joined(lines: Iterable[str]) -> str:
    """Lines as one text."""
    return "".join(f"{line.rstrip()}\n" for line in lines)
