"""Gradings and their differences in words: the same on every screen and page."""

from __future__ import annotations

from interviewer.replay.comparison import Comparison
from interviewer.replay.gradings import ORIGINAL, Numbered
from interviewer.replay.moves import Held, Moved
from interviewer.rubric import NOT_ASSESSED
from interviewer.scorecard import CriterionResult, Stamp
from interviewer.scorecard_text.words import percent, status_text, verdict_word
from interviewer.text import one_line
from interviewer.transcript.runs import GradingRun

NOT_ASKED = "not judged here"

_MOVED: dict[Moved, str] = {
    "same": "same",
    "assessed": "assessed only now",
    "not-assessed": "no longer assessed",
    "other-status": "still not assessed",
    "only-before": "only in the first",
    "only-after": "only in the second",
}


def run_title(numbered: Numbered) -> str:
    """`0, the original` or `2, regraded`."""
    return f"{numbered.number}, {'the original' if numbered.run.id == ORIGINAL else 'regraded'}"


def run_date(run: GradingRun) -> str:
    """When it was made, where the user is."""
    return f"{run.created.astimezone():%Y-%m-%d %H:%M}"


def run_graders(run: GradingRun) -> str:
    """Who graded, as short as can be told apart: `offline 3`, `openai gpt-x, 5 times`."""
    found = sorted({_grader(grade.stamp) for grade in run.grades})
    return "; ".join(found) or "nobody"


def _grader(stamp: Stamp) -> str:
    who = f"{stamp.engine} {stamp.model or stamp.engine_version}"
    return f"{who}, {stamp.samples} times" if stamp.samples > 1 else who


def run_verdict(run: GradingRun) -> str:
    """Verdict and total: `YES (+), 71.2%`."""
    share = run.scorecard.share
    return f"{verdict_word(run.scorecard.verdict)}, {'nothing assessed' if share is None else f'{share:.1%}'}"


def run_failures(run: GradingRun) -> str:
    """How many grades failed or were declined; empty if none."""
    failed = sum(1 for grade in run.grades if grade.status in {"failed", "refused"})
    if not failed:
        return ""
    return f"{failed} of {len(run.grades)} gradings failed and have no rating."


def standing(result: CriterionResult | None) -> str:
    """A criterion in one grading: `Solid, 67%`."""
    if result is None:
        return NOT_ASKED
    return "not assessed" if result.share is None else f"{one_line(result.level_title)}, {percent(result.share)}"


def held(rating: Held | None) -> str:
    """One answer on one criterion in one grading: `Solid`."""
    if rating is None:
        return NOT_ASKED
    if rating.status != "graded":
        return status_text(rating.status)
    return "not assessed" if rating.level == NOT_ASSESSED else one_line(rating.level)


def step(moved: Moved, by: float | None) -> str:
    """How far something moved, in points of a hundred: `+17`, `-8.3`, or in words where it is no number."""
    return _MOVED[moved] if by is None or moved == "same" else points(by)


def points(by: float) -> str:
    """A difference of two shares with its sign, in points of a hundred; no digit after the point if it is whole."""
    hundred = round(100 * by, 1)
    return f"{hundred:+.0f}" if hundred == round(hundred) else f"{hundred:+.1f}"


def nothing_moved(comparison: Comparison) -> str:
    """What to say where no criterion that both gradings have moved."""
    if any(change.moved == "same" for change in comparison.criteria):
        return "No criterion that both have moved."
    return "The two judge by other criteria, so they can be read side by side and not subtracted."
