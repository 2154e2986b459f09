"""How far grades agree with people's, as a page of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from interviewer.agreement.compare import Comparison, Figures
from interviewer.agreement.items import NOTHING_SAID
from interviewer.batch.row import OVERALL
from interviewer.cli.page import Page
from interviewer.grading.bootstrap import COVERAGE, RESAMPLES, Figure
from interviewer.grading.calibration import Calibration
from interviewer.text import one_line

FEW_QUESTIONS: Final = 15
"""Below this an interval from drawing questions is too narrow rather than too wide."""
UNDEFINED: Final = "-"
_BETWEEN: Final = 2
"""Columns between cells."""

ROWS: Final = (
    ("exact", "exact"),
    ("within 1", "within_one"),
    ("QWK", "kappa"),
    ("Pearson", "pearson"),
    ("Spearman", "spearman"),
)


def show(page: Page, comparisons: Sequence[Comparison], titles: Mapping[str, str]) -> None:
    """Writes every comparison.

    Args:
        page: where to.
        comparisons: at least one.
        titles: of criteria by their ids.
    """
    for one in comparisons:
        page.space()
        page.heading("The whole answer" if one.name == OVERALL else titles.get(one.name, one.name), "-")
        _comparison(page, one)
    page.space()
    for line in _method(comparisons):
        page.text(line)


def _comparison(page: Page, one: Comparison) -> None:
    scale = one.scale
    known = "" if scale.known else " (the source names no scale)"
    whole = "whole grades" if scale.size == 1 else f"steps of {scale.size:g}"
    page.text(
        f"People graded from {scale.low:g} to {scale.high:g}{known}. Exact, within 1 and QWK are of {whole}, "
        "Pearson, Spearman and bias of grades as they are."
    )
    columns = [
        (name, figures)
        for name, figures in (
            ("rated answers", one.figures),
            ("nothing=lowest", one.counted),
            ("each person", one.one_person),
            ("people, 2 by 2", one.people),
        )
        if figures is not None
    ]
    page.space()
    _table(page, _figures(columns, one))
    for text in _notes(one):
        page.text(text)
    if one.bands:
        page.space()
        _table(page, _bands(one))
    if one.confusion:
        page.space()
        page.text("People's grade (down) and the grade here (across), in answers:")
        _table(page, _confusion(one), right=True)


def _figures(columns: Sequence[tuple[str, Figures]], one: Comparison) -> Iterable[Sequence[str]]:
    yield ("", *(name for name, _ in columns))
    yield ("answers", *(f"{figures.answers:,}" for _, figures in columns))
    yield ("questions", *(f"{figures.questions:,}" for _, figures in columns))
    for name, field in ROWS:
        yield (
            name,
            *(told(getattr(figures, field)) for _, figures in columns),
        )
    if one.unseen is not None:
        yield ("unseen", told(one.unseen), *("" for _ in columns[1:]))


def told(figure: Figure) -> str:
    """A figure and its interval, as short as can be: `.54 [.41, .63]`."""
    if figure.value is None:
        return UNDEFINED
    interval = f" [{_short(figure.interval.low)}, {_short(figure.interval.high)}]" if figure.interval else ""
    return f"{_short(figure.value)}{interval}"


def _short(value: float) -> str:
    text = f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    if text in {"0.00", "-0.00", "1.00", "-1.00"}:
        return text[:-3].replace("-0", "0")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _notes(one: Comparison) -> Iterable[str]:
    counted_bias = f"; with nothing=lowest {told(one.counted.bias)}" if one.counted is not None else ""
    yield f"Bias in points of the scale: {told(one.figures.bias)}{counted_bias}."
    if one.unseen is not None:
        yield (
            "Exact, within 1, QWK and bias are of grades that a straight line makes, fitted on the answers to all "
            "other questions. Unseen: Pearson of the least squares line fitted in the same way."
        )
    if one.ungraded:
        states = "; ".join(
            f"{each.count:,} {each.state} (people gave {each.gold_mean:.2f} in the mean)" for each in one.ungraded
        )
        yield f"Not rated, and in none of the figures of rated answers: {states}."
    if one.counted is not None:
        counted = ", ".join(each.state for each in one.ungraded if each.state in NOTHING_SAID)
        yield f"Under nothing=lowest these count as the lowest grade: {counted}."
    if one.people is not None and one.one_person is not None:
        yield "The mean of several people is easier to agree with than one: compare each person with people 2 by 2."


def _bands(one: Comparison) -> Iterable[Sequence[str]]:
    yield ("people gave", "answers", "exact", "within 1", "bias")
    for band in one.bands:
        yield (band.name, f"{band.answers:,}", told(band.exact), told(band.within_one), told(band.bias))


def _confusion(one: Comparison) -> Iterable[Sequence[str]]:
    steps = range(one.scale.steps + 1)
    yield ("", *(one.scale.name(step) for step in steps), "all")
    for step in steps:
        row = one.confusion[step]
        yield (one.scale.name(step), *(f"{count:,}" for count in row), f"{sum(row):,}")
    down = [sum(row[step] for row in one.confusion) for step in steps]
    yield ("all", *(f"{count:,}" for count in down), f"{sum(down):,}")


def _table(page: Page, rows: Iterable[Sequence[str]], right: bool = False) -> None:
    """Columns as wide as what is in them; numbers alone stand to the right."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        placed = [
            cell.rjust(wide) if right and place else cell.ljust(wide)
            for place, (cell, wide) in enumerate(zip(row, widths, strict=True))
        ]
        page.out.write((" " * _BETWEEN).join(placed).rstrip() + "\n")


def _method(comparisons: Sequence[Comparison]) -> Iterable[str]:
    questions = max(one.figures.questions for one in comparisons)
    yield (
        f"In brackets: {COVERAGE:.0%} intervals from {RESAMPLES:,} draws of whole questions with all their answers. "
        "QWK is kappa with quadratic weights: 0 is what chance gives, 1 full agreement. Bias above zero: grades here "
        "are higher than people's."
    )
    if 1 < questions < FEW_QUESTIONS:
        yield f"With {questions} questions the intervals are narrower than they should be."
    if questions == 1:
        yield "Of a single question there is no interval: nothing says how another question would fare."


def show_records(page: Page, records: Sequence[Calibration], in_force: Iterable[Calibration]) -> None:
    """Writes what was measured so far; those that scorecards of the engine in force cite have a star."""
    cited = {id(one) for one in in_force}
    page.heading("What was measured")
    if not records:
        page.text("Nothing yet. Measure with: interviewer agreement GOLD --rubric R")
        return
    for one in records:
        stamp = one.stamp
        model = f" {stamp.model}" if stamp.model else ""
        times = f", {stamp.samples} gradings each" if stamp.samples > 1 else ""
        prompts = f", {stamp.prompt_version}" if stamp.prompt_version else ""
        page.space()
        mark = "* " if id(one) in cited else "  "
        page.text(f"{mark}{stamp.engine} {stamp.engine_version}{model}{prompts}{times}")
        page.text(f"{one.told()}.", indent=4)
    page.space()
    page.text(
        "* cited by scorecards of the engine in force."
        if cited
        else "None is of the engine in force: its scorecards say what they said before."
    )
