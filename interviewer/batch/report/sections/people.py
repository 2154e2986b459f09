"""How far grades agree with those of people, where rows carry such grades."""

from __future__ import annotations

import math
from collections.abc import Iterator

from interviewer.batch.report.blocks import Block, Folded, Paragraph, Quotation, Range, Ranges, Section, Table
from interviewer.batch.report.values import Comparison, Figures
from interviewer.batch.report.words import INTERVALS, UNDEFINED, counted, decimal, points, share, with_interval
from interviewer.grading.bootstrap import MOST_CLUSTERS, RESAMPLES

FEW_QUESTIONS = 15
"""Below this an interval from drawing questions is too narrow rather than too wide."""


def people(figures: Figures) -> Section | None:
    """The comparison; None if no row has a grade by people."""
    if not figures.comparisons and not figures.not_compared:
        return None
    return Section("people", "Agreement with people", tuple(_people(figures)))


def _people(figures: Figures) -> Iterator[Block]:
    for name, number in figures.not_compared.items():
        yield Paragraph(
            f"People's grades of \u201c{name}\u201d ({number:,}) are not compared: no criterion of the rubric has this "
            "id. Name it with --gold-column CRITERION=COLUMN.",
            "warning",
        )
    if not figures.comparisons:
        return
    yield Paragraph(
        "People's grades are put on the rubric's scale by a straight line, lowest to lowest and highest to highest. "
        "Pearson, Spearman and bias compare them unrounded; exact, within one and kappa (quadratic weights) compare "
        "the nearest levels. Bias above zero: grades here are higher than people's."
    )
    yield Ranges(
        "Agreement of levels with people: quadratic weighted kappa",
        "; ".join(f"{_name(one, figures)}: {with_interval(one.levels.kappa)}" for one in figures.comparisons) + ".",
        tuple(_ranges(figures)),
        (_axis_from(figures), 1.0),
        percent=False,
    )
    head = ("Compared", "Answers", "Questions", "Exact", "Within one", "Kappa", "Pearson", "Spearman", "Bias, points")
    rows = tuple(row for one in figures.comparisons for row in _rows(one, figures))
    yield Table(f"Agreement, with {INTERVALS}", head, rows, frozenset(range(1, 9)))
    yield Paragraph(_method(figures), "quiet")
    for place, one in enumerate(figures.comparisons):
        yield Section(f"people-{place}", _name(one, figures), tuple(_comparison(one)))


def _ranges(figures: Figures) -> Iterator[Range]:
    for one in figures.comparisons:
        for name, measured in ((_name(one, figures), one.levels), ("person against person", one.people)):
            if measured is None or (value := measured.kappa.value) is None:
                continue
            label = name if measured is one.levels else f"{_name(one, figures)}: {name}"
            yield Range(label, value, measured.kappa.interval)


def _axis_from(figures: Figures) -> float:
    """Where an axis of kappas begins: at zero, or a round number below the lowest."""
    kappas = [measured.kappa for one in figures.comparisons for measured in (one.levels, one.people) if measured]
    low = min((one.interval.low if one.interval else one.value or 0.0 for one in kappas), default=0.0)
    return min(0.0, math.floor(low * 5) / 5)


def _name(one: Comparison, figures: Figures) -> str:
    title = "The whole answer" if one.criterion is None else one.criterion.title
    return f"{title} ({one.rubric.title})" if len({other.rubric.id for other in figures.comparisons}) > 1 else title


def _rows(one: Comparison, figures: Figures) -> Iterator[tuple[str, ...]]:
    for name, levels, shares in (
        (_name(one, figures), one.levels, one.shares),
        ("person against person", one.people, one.people_shares),
    ):
        if levels is None or shares is None:
            continue
        yield (
            name,
            f"{levels.answers:,}",
            f"{levels.clusters:,}",
            with_interval(levels.exact, share),
            with_interval(levels.within_one, share),
            with_interval(levels.kappa),
            with_interval(shares.pearson),
            with_interval(shares.spearman),
            UNDEFINED if levels is one.people else with_interval(shares.bias, points),
        )


def _method(figures: Figures) -> str:
    told = [
        f"Intervals are from {RESAMPLES:,} draws of whole questions with all their answers, always the same draws; "
        "ranks are taken once, over all answers."
    ]
    if any(one.levels.clusters > MOST_CLUSTERS for one in figures.comparisons):
        told.append(f"More than {MOST_CLUSTERS:,} questions are drawn in {MOST_CLUSTERS:,} groups.")
    if any(1 < one.levels.clusters < FEW_QUESTIONS for one in figures.comparisons):
        told.append(f"With fewer than {FEW_QUESTIONS} questions they are narrower than they should be.")
    if any(one.levels.clusters == 1 for one in figures.comparisons):
        told.append("Of a single question there is none: nothing says how another question would fare.")
    return " ".join(told)


def _comparison(one: Comparison) -> Iterator[Block]:
    yield Paragraph(f"People graded from {_scales(one)}.{_several(one)}{_sampled(one)}")
    if one.left_out:
        reasons = ", ".join(f"{count:,} {why}" for why, count in one.left_out.items())
        mean = f" People gave them {share(one.left_out_mean)} in the mean." if one.left_out_mean is not None else ""
        yield Paragraph(
            f"Left out, since they have no grade here and none is made up: {reasons}.{mean} A grader that leaves out "
            "what is hard to grade looks better than it is.",
            "quiet",
        )
    if not one.levels.answers:
        return
    rows = tuple(
        (
            f"{band.name} (people)",
            f"{band.measured.answers:,}",
            with_interval(band.measured.exact, share),
            with_interval(band.measured.within_one, share),
            points(band.bias),
        )
        for band in one.bands
    )
    head = ("Third of the scale", "Answers", "Exact", "Within one", "Bias, points")
    yield Table("By what people gave", head, rows, frozenset(range(1, 5)))
    yield Folded("Which level became which", (_confusion(one),))
    if one.furthest:
        yield Folded(
            "Where the two are furthest apart",
            tuple(Quotation(example.level or "The whole answer", example) for example in one.furthest),
        )


def _scales(one: Comparison) -> str:
    scales = [f"{low:g} to {high:g}" for low, high in one.named]
    if one.seen is not None:
        low, high = one.seen
        why = "the lowest and highest grade there is, since no scale is named"
        scales.append(f"{low:g} to {high:g} ({why})")
    return ", or from ".join(scales)


def _several(one: Comparison) -> str:
    if one.people is None:
        return ""
    pairs = counted(one.people.answers, "pair")
    agree = decimal(one.people.kappa.value)
    return (
        f" Up to {one.most_people} people graded the same answer; their mean is compared with the grade here. Taken "
        f"two by two ({pairs}) they agree with a kappa of {agree}; more can hardly be asked of a grader."
    )


def _sampled(one: Comparison) -> str:
    looked_at = one.levels.answers
    return (
        f" Figures are of {looked_at:,} of {one.graded:,} answers, drawn by chance." if looked_at < one.graded else ""
    )


def _confusion(one: Comparison) -> Table:
    titles = [level.title for level in one.rubric.levels]
    head = ("People \\ here", *titles, "All")
    rows = tuple(
        (title, *(f"{count:,}" for count in row), f"{sum(row):,}")
        for title, row in zip(titles, one.confusion, strict=True)
    )
    down = tuple(f"{sum(row[place] for row in one.confusion):,}" for place in range(len(titles)))
    total = sum(sum(row) for row in one.confusion)
    return Table(
        "Levels by people (rows) and here (columns)",
        head,
        (*rows, ("All", *down, f"{total:,}")),
        frozenset(range(1, len(head))),
    )
