"""How grades are distributed, with the anchors and an answer or two for each level."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.batch.report.blocks import Bar, Bars, Block, Folded, Paragraph, Quotation, Section, Table
from interviewer.batch.report.values import BINS, CriterionFigures, Figures, LevelFigures, RubricFigures
from interviewer.batch.report.words import counted, share


def grades(figures: Figures) -> Iterator[Section]:
    """One section for each rubric."""
    for place, one in enumerate(figures.rubrics):
        yield Section(f"grades-{place}", f"Grades by {one.rubric.title}", tuple(_rubric(one, f"r{place}")))


def _rubric(figures: RubricFigures, mark: str) -> Iterator[Block]:
    rubric = figures.rubric
    yield Paragraph(f"{rubric.about} (Rubric {rubric.id}, version {rubric.version}.)", "quiet")
    if not figures.graded:
        yield Paragraph("No answer was rated by it.")
        return
    yield Section(f"{mark}-overall", "Overall", tuple(_overall(figures)))
    for one in figures.criteria:
        yield Section(f"{mark}-{one.criterion.id}", one.criterion.title, tuple(_criterion(one)))


def _overall(figures: RubricFigures) -> Iterator[Block]:
    told = (
        "The weighted mean of the criteria that were assessed, as a share of the scale: 0% if each is at the lowest "
        "level, 100% if each is at the highest."
    )
    yield Paragraph(told)
    if figures.mean is None:
        return
    bars = tuple(
        Bar(f"{place * 100 // BINS}", count, count / figures.rated, (place + 0.5) / BINS)
        for place, count in enumerate(figures.bins)
    )
    width = 100 // BINS
    about = "; ".join(
        f"{place * width}% to {place * width + width}%: {count:,}" for place, count in enumerate(figures.bins) if count
    )
    yield Bars("Overall grades", f"{counted(figures.rated, 'answer')} by overall grade. {about}.", bars, upright=True)
    spread = f", standard deviation {figures.deviation * 100:.0f} points" if figures.deviation is not None else ""
    yield Paragraph(f"Mean {share(figures.mean)}{spread}, over {counted(figures.rated, 'answer')}.")
    if figures.rated < figures.graded:
        without = figures.graded - figures.rated
        yield Paragraph(f"{counted(without, 'answer')} showed nothing that any criterion asks for.", "quiet")


def _criterion(figures: CriterionFigures) -> Iterator[Block]:
    criterion, assessed = figures.criterion, figures.assessed
    yield Paragraph(criterion.asks)
    facts = [f"Weighs {share(criterion.weight)}", f"assessed in {counted(assessed, 'answer')}"]
    if figures.mean is not None:
        facts.append(f"mean {share(figures.mean)} of the scale")
    if figures.not_assessed:
        facts.append(f"not assessed in {figures.not_assessed:,}: nothing there to rate, which is no low grade")
    yield Paragraph(", ".join(facts) + ".", "quiet")
    if assessed:
        bars = tuple(
            Bar(one.level.title, one.count, one.count / assessed, one.share) for one in reversed(figures.levels)
        )
        about = "; ".join(f"{bar.label}: {bar.count:,} ({share(bar.share)})" for bar in bars)
        yield Bars(criterion.title, f"{counted(assessed, 'answer')} by level. {about}.", bars)
    yield Folded("What each level means", (_anchors(figures),))
    for one in reversed(figures.levels):
        if one.examples:
            yield Folded(f"Examples of {one.level.title}", tuple(_examples(one)))


def _anchors(figures: CriterionFigures) -> Block:
    anchors = figures.criterion.anchors
    return Table(
        f"Levels of {figures.criterion.title}",
        ("Level", "What is seen or heard"),
        tuple((one.level.title, anchors.get(one.level.id, "")) for one in reversed(figures.levels)),
    )


def _examples(level: LevelFigures) -> Iterator[Block]:
    if level.count > len(level.examples):
        told = f"{len(level.examples)} of {level.count:,}, short ones first and otherwise by chance, always the same."
        yield Paragraph(told, "quiet")
    yield from (Quotation(one.level, one) for one in level.examples)
