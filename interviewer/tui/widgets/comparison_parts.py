"""What two gradings, or two answers, look like next to each other. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text
from textual.containers import Container, Vertical
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import Static

from interviewer.cost import told
from interviewer.replay import words
from interviewer.replay.comparison import AnswerChange, Comparison, CriterionChange, side_by_side
from interviewer.replay.comparison_text import MOST_COLUMNS
from interviewer.replay.gradings import Numbered
from interviewer.replay.moves import Held, Moved, RatingChange
from interviewer.scorecard import CriterionResult, Evidence
from interviewer.tui.widgets.quote import Quote
from interviewer.tui.widgets.scorecard_parts import bar, heading, prose
from interviewer.tui.wording import QUIET

_SIGNS: dict[Moved, tuple[str, str]] = {
    "same": ("=", QUIET),
    "up": ("\u25b2", "bold $text-success"),
    "down": ("\u25bc", "bold $text-error"),
    "assessed": ("+", "bold $text-primary"),
    "not-assessed": ("\u2013", "bold $text-warning"),
    "other-status": ("~", "bold $text-warning"),
    "only-before": ("1", QUIET),
    "only-after": ("2", QUIET),
}


def step(moved: Moved, by: float | None) -> Content:
    """A sign and how far something moved."""
    sign, style = _SIGNS[moved]
    return Content.assemble((f"{sign} {words.step(moved, by)}", style))


class Pair(Container):
    """Two things to be held against each other: side by side where there is room, else one above the other."""

    DEFAULT_CSS = """
    Pair {
        height: auto; layout: vertical;
        Vertical { height: auto; width: 1fr; }
        &.-beside { layout: horizontal; }
        &.-beside Vertical { padding-right: 2; }
    }
    """

    LEAST_WIDTH = 84
    """Columns from which there is room for both."""

    def __init__(self, first: Sequence[Widget], second: Sequence[Widget]) -> None:
        super().__init__(Vertical(*first), Vertical(*second))

    def on_resize(self, event: Resize) -> None:
        self.set_class(event.size.width >= self.LEAST_WIDTH, "-beside")


# ---- Gradings ------------------------------------------------------------------------------------------------


def run_entry(numbered: Numbered, mark: str) -> Content:
    """A grading in the list; `mark` says whether it is one of the two compared."""
    run = numbered.run
    return Content.assemble(
        (f"{mark:<5}", "bold $text-primary"),
        (words.run_title(numbered), "bold"),
        f"  {words.run_verdict(run)}",
        (f"\n     {words.run_date(run)}, decided by {run.jury.title}, graded by {words.run_graders(run)}", QUIET),
    )


def run_notes(numbered: Numbered) -> Iterator[Widget]:
    """What the reader should know of a grading."""
    run = numbered.run
    said = [words.run_failures(run), *run.notes]
    if run.cost is not None and run.cost.calls:
        said.append(f"{told(run.cost)}.")
    for text in filter(None, said):
        yield prose((f"Run {numbered.number}: ", "bold"), text, classes="tight")


def summary(first: Numbered, second: Numbered, comparison: Comparison) -> Iterator[Widget]:
    """The verdicts, what moved most, and why it may have."""
    for numbered in (first, second):
        run = numbered.run
        yield prose(
            (f"Run {words.run_title(numbered)}", "bold"),
            (f"  decided by {run.jury.title}, graded by {words.run_graders(run)}\n", QUIET),
            f"{words.run_verdict(run)}\n",
            bar(run.scorecard.share),
        )
    yield heading("Why it may have moved" if comparison.differs else "What differs")
    for reason in comparison.reasons:
        yield prose(f"\u2022 {reason}", classes="tight")
    yield heading("What moved")
    moved = comparison.moved
    if not moved:
        yield prose(words.nothing_moved(comparison))
    for change in moved:
        yield prose(
            (f"{change.title}  ", "bold"),
            f"{words.standing(change.before)} \u2192 {words.standing(change.after)}  ",
            step(change.moved, change.by),
            classes="tight",
        )
    notes = [note for numbered in (first, second) for note in run_notes(numbered)]
    if notes:
        yield heading("How they came about")
        yield from notes


def criterion_entry(change: CriterionChange) -> Content:
    """A criterion in the list."""
    return Content.assemble((change.title, "bold"), "\n  ", step(change.moved, change.by))


def criterion(change: CriterionChange, names: tuple[str, str]) -> Iterator[Widget]:
    """A criterion in two gradings, with anchors, reasons and quotes."""
    yield prose((change.title, "bold"), f"  [{change.rubric}]\n", step(change.moved, change.by))
    for reason in change.reasons:
        yield prose((f"\u2022 {reason}", QUIET), classes="tight")
    yield Pair(*(list(_result(name, one)) for name, one in zip(names, (change.before, change.after), strict=True)))


def _result(name: str, result: CriterionResult | None) -> Iterator[Widget]:
    yield heading(name)
    yield prose((words.standing(result), "bold"), "\n", bar(result.share, 12) if result else "")
    if result is None:
        return
    if result.anchor:
        yield prose((f"What {result.level_title} looks like\n", QUIET), result.anchor)
    yield prose(("Why\n", QUIET), result.reasoning)
    yield from _quotes(result.evidence)


def _quotes(evidence: Sequence[Evidence]) -> Iterator[Widget]:
    for one in evidence:
        yield Quote(one, "")


def answer_entry(number: int, answer: AnswerChange) -> Content:
    """A question in the list, with how many of its ratings moved."""
    asked = answer.asked if len(answer.asked) <= 60 else f"{answer.asked[:59]}\u2026"
    moved = len(answer.moved)
    alone = all(one.moved.startswith("only") for one in answer.ratings)
    told_ = f"{moved} of {len(answer.ratings)} moved" if moved else "\u2013" if alone else "= same"
    return Content.assemble((f"{number}. {asked}\n", "bold"), (f"   {told_}", "" if moved else QUIET))


def answer(change: AnswerChange, names: tuple[str, str]) -> Iterator[Widget]:
    """A question with every rating that moved, and the grounds on both sides."""
    yield prose((change.asked, "bold"))
    for rating in change.moved:
        yield from rating_pair(rating, names)
    same = [rating for rating in change.ratings if rating.moved == "same"]
    if same:
        yield heading("The same in both")
        yield prose("\n".join(f"{_title(rating)}: {words.held(rating.after)}" for rating in same))
    for moved, name in (("only-before", names[0]), ("only-after", names[1])):
        alone = [rating for rating in change.ratings if rating.moved == moved]
        if alone:
            yield heading(f"Only in {name}")
            yield prose("\n".join(f"{_title(one)}: {words.held(one.before or one.after)}" for one in alone))


def rating_pair(rating: RatingChange, names: tuple[str, str]) -> Iterator[Widget]:
    """A rating that moved, with the grounds on both sides."""
    yield heading(_title(rating))
    yield prose(step(rating.moved, rating.by), classes="tight")
    before, after = rating.before, rating.after
    if before and after and (before.reasoning, before.evidence) == (after.reasoning, after.evidence):
        levels = f"{words.held(before)} \u2192 {words.held(after)}"
        yield prose((levels, "bold"), (", for the same reasons and on the same words", QUIET), classes="tight")
        yield from _grounds(after)
        return
    yield Pair(*(list(_held(name, one)) for name, one in zip(names, (rating.before, rating.after), strict=True)))


def _title(rating: RatingChange) -> str:
    return f"{rating.title} ({rating.person})" if rating.person else rating.title


def _held(name: str, held: Held | None) -> Iterator[Widget]:
    yield prose((f"{name}: ", QUIET), (words.held(held), "bold"), classes="tight")
    if held is not None:
        yield from _grounds(held)


def _grounds(held: Held) -> Iterator[Widget]:
    if held.reasoning:
        yield prose(held.reasoning)
    yield from _quotes(held.evidence)


def tables(runs: Sequence[Numbered]) -> list[Widget]:
    """Every criterion in every grading, a few gradings at a time."""
    return [_table(runs[start : start + MOST_COLUMNS]) for start in range(0, len(runs), MOST_COLUMNS)]


def _table(runs: Sequence[Numbered]) -> Widget:
    """Wraps within its cells, so that all columns are there on any screen."""
    drawn = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for name in ("", *(f"Run {one.number}" for one in runs)):
        drawn.add_column(Text(name), overflow="fold")
    drawn.add_row(Text("Decided by"), *(Text(one.run.jury.title) for one in runs))
    drawn.add_row(Text("Graded by"), *(Text(words.run_graders(one.run)) for one in runs))
    drawn.add_row(Text("Verdict"), *(Text(words.run_verdict(one.run), "bold") for one in runs))
    rubric = None
    for line in side_by_side([one.run for one in runs]):
        if line.rubric != rubric:
            rubric = line.rubric
            drawn.add_row()
            drawn.add_row(Text(rubric, "bold underline"))
        drawn.add_row(Text(line.title), *(Text("" if one is None else words.standing(one)) for one in line.results))
    return Static(drawn, classes="table")
