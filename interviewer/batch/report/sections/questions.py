"""Where it is hard: questions with low grades, and answers that graders see differently."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.batch.report.blocks import Block, Folded, Paragraph, Quotation, Range, Ranges, Section, Table
from interviewer.batch.report.questions import ENOUGH, MOST_QUESTIONS
from interviewer.batch.report.values import CriterionFigures, Figures, QuestionFigures, Questions
from interviewer.batch.report.words import INTERVALS, between, counted, share, short


def questions(figures: Figures) -> Section | None:
    """The hardest questions; None if there is but one."""
    found = figures.questions
    if found.asked < 2:
        return None
    return Section("questions", "Hardest questions", tuple(_questions(found)))


def _questions(found: Questions) -> Iterator[Block]:
    asked = f"{found.asked:,} or more" if found.asked >= MOST_QUESTIONS else f"{found.asked:,}"
    if not found.hardest:
        yield Paragraph(
            f"None of the {asked} questions has {ENOUGH} rated answers, which is the least from which anything is said."
        )
        return
    yield Paragraph(
        f"By the mean of overall grades, lowest first, of the {found.enough:,} questions (of {asked}) with at least "
        f"{ENOUGH} rated answers. Where intervals overlap, the order may be chance."
    )
    told = [*found.hardest, *([found.easiest] if found.easiest else [])]
    names = [_name(place, one, found) for place, one in enumerate(told, 1)]
    ranges = tuple(Range(name, one.mean, one.interval) for name, one in zip(names, told, strict=True))
    about = "; ".join(f"{short(one.label, 60)}: {share(one.value)}" for one in ranges)
    yield Ranges(f"Mean overall grade with {INTERVALS}", f"{about}.", ranges, (0.0, 1.0), percent=True)
    rows = tuple(
        (name, f"{one.answers:,}", f"{one.unrated:,}", share(one.mean), between(one.interval))
        for name, one in zip(names, told, strict=True)
    )
    head = ("Question", "Rated", "Not rated", "Mean", INTERVALS)
    yield Folded("The same in numbers", (Table("Hardest questions", head, rows, frozenset({1, 2, 3, 4})),))


def _name(place: int, one: QuestionFigures, found: Questions) -> str:
    text = short(one.text)
    return f"For comparison, the easiest: {text}" if one is found.easiest else f"{place}. {text}"


def differences(figures: Figures) -> Section | None:
    """Where several graders of one answer differ; None if there was one."""
    spread = [one for rubric in figures.rubrics for one in rubric.criteria if one.spread is not None]
    if not spread:
        return None
    return Section("differences", "Where graders differ", tuple(_differences(figures, spread)))


def _differences(figures: Figures, criteria: list[CriterionFigures]) -> Iterator[Block]:
    yield Paragraph(
        "Each answer was graded several times, and the lower median stands. A rating is disputed if votes are more "
        "than one level apart, or divided on whether there is anything to rate: read these yourself."
    )
    rows = []
    for one in criteria:
        spread = one.spread
        assert spread is not None
        whole = spread.ratings or None
        parts = (spread.same, spread.one_level, spread.further)
        shares = (share(part / whole) if whole else share(None) for part in parts)
        rows.append((one.criterion.title, f"{spread.ratings:,}", *shares, f"{spread.disputed:,}"))
    head = ("Criterion", "Ratings", "All agree", "One level apart", "Further apart", "Disputed")
    yield Table("How far votes are apart", head, tuple(rows), frozenset(range(1, 6)))
    if figures.disputed:
        total = sum(one.spread.disputed for one in criteria if one.spread is not None)
        told = f"{len(figures.disputed):,} of {counted(total, 'disputed rating')}, furthest apart first."
        examples = tuple(Quotation(f"{one.level}; votes: {one.votes}", one) for one in figures.disputed)
        yield Folded("Disputed ratings to read", (Paragraph(told, "quiet"), *examples))
