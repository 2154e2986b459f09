"""Progress in words: the same sentences on the screen and in plain text.

Nothing is called an improvement. What is said is how many levels something moved, over how many interviews, and
whether it moves as much from one interview to the next anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from interviewer.progress.days import day_of
from interviewer.progress.facts import Grader, Measure
from interviewer.progress.gaps import Recurring
from interviewer.progress.habits import Habits, Manner, Rhythm
from interviewer.progress.report import Report
from interviewer.progress.schedule import INTERVALS, Review
from interviewer.progress.series import LEAST_TO_COMPARE, Point, Series

BLOCKS = "▁▂▃▄▅▆▇█"
"""The eighths that a small chart is made of, from the bottom of the scale to its top."""

NOT_COMPARABLE = "·"
"""Stands in a small chart for an interview that was measured in another way."""


READING = (
    "Each mark is an interview, its height the share of the scale; the number with a sign is how many levels lie "
    "between the first comparable interview and the latest."
)
"""How to read the small charts."""


def spark(points: Sequence[Point], most: int) -> tuple[str, ...]:
    """One character for each of the latest `most` points: a block, or a dot where it cannot be compared."""
    return tuple(
        BLOCKS[round(point.share * (len(BLOCKS) - 1))] if point.comparable else NOT_COMPARABLE
        for point in points[-most:]
    )


def day(when: datetime | date) -> str:
    """A date, such as `4 Mar 2026`."""
    local = day_of(when) if isinstance(when, datetime) else when
    return f"{local.day} {local:%b %Y}"


def count(number: int, one: str, many: str = "") -> str:
    """`1 interview`, `3 interviews`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def headline(report: Report) -> str:
    """How much there is to go by."""
    own = report.own
    parts = [f"{count(len(own), 'finished interview')}"]
    if own:
        last = f", the last on {day(own[-1].created)}" if len(own) > 1 else f" on {day(own[0].created)}"
        parts[0] += last
    if report.branches:
        parts.append(f"{count(report.branches, 'branch', 'branches')}, counted as practice and not as interviews")
    if report.collected.unfinished:
        parts.append(f"{report.collected.unfinished} unfinished, not counted")
    return "; ".join(parts) + "."


def little_to_go_by(report: Report) -> str | None:
    """What an almost empty page says of itself; None if there is enough."""
    number = len(report.own)
    if number == 0:
        return (
            "No interview is finished yet. After the first one you see here where you stand, what to practise next "
            "and which questions to try again; from the third on, how each criterion moves."
        )
    if number < LEAST_TO_COMPARE:
        return (
            f"Too early to speak of a direction: that takes {LEAST_TO_COMPARE} comparable interviews, "
            f"{LEAST_TO_COMPARE - number} more. Until then this is where you stand."
        )
    return None


def standing(series: Series) -> str:
    """Where a criterion stands: the latest, the best, and in how many interviews it was seen."""
    latest, best = series.latest, series.best
    seen = f"Assessed in {len(series.points)} of {count(series.offered, 'interview')}."
    now = f"Latest {series.level(latest.share)}, {latest.share:.0%}, on {day(latest.created)}."
    if len(series.comparable) == 1:
        return f"{now} {seen}"
    top = (
        "Never higher"
        if best is latest
        else f"Best {series.level(best.share)}, {best.share:.0%}, on {day(best.created)}"
    )
    return f"{now} {top}. {seen}"


def direction(series: Series) -> str:
    """How far it moved since the first comparable interview, and whether that is more than it moves anyway."""
    among = len(series.comparable)
    change = series.change
    if change is None:
        if among == 1:
            return "One comparable interview so far: too early to say where it goes."
        return f"{among} comparable interviews so far: too early to say where it goes."
    if abs(change) < 0.05:
        return f"No level moved from the first to the latest of {among} comparable interviews."
    way = "up" if change > 0 else "down"
    moved = f"{levels(abs(change))} {way} from the first to the latest of {among} comparable interviews"
    if abs(change) <= series.wobble:
        return f"{moved}; from one interview to the next it moves {levels(series.wobble)} anyway."
    return f"{moved}; from one interview to the next it moves {levels(series.wobble)}."


def levels(number: float) -> str:
    """A distance on the scale."""
    return f"{number:.1f} {'level' if f'{number:.1f}' == '1.0' else 'levels'}"


def short_standing(series: Series) -> str:
    """The latest, the best and the way in one line."""
    now, best = f"{series.latest.share:.0%}", f"{series.best.share:.0%}"
    top = "" if best == now else f", best {best}"
    return f"{series.level(series.latest.share)} {now}{top}; {short_direction(series)}"


def short_direction(series: Series) -> str:
    """Levels from the first to the latest in a few characters, such as `+0.8 over 4`."""
    among = len(series.comparable)
    if series.change is None:
        return f"too early ({among})"
    anyway = ", moves as much anyway" if abs(series.change) <= series.wobble else ""
    return f"{series.change:+.1f} over {among}{anyway}"


def not_comparable(series: Series) -> str | None:
    """Which points cannot be compared with the latest, and why; None if all can."""
    others = [point for point in series.points if not point.comparable]
    if not others:
        return None
    reasons = dict.fromkeys(reason for point in others for reason in differences(point.measure, series.latest.measure))
    verb = "is" if len(others) == 1 else "are"
    return f"{count(len(others), 'interview')} {verb} not comparable: {'; '.join(reasons)}."


def differences(other: Measure, latest: Measure) -> tuple[str, ...]:
    """What was different about an earlier measure, in words."""
    found = []
    if other.rubric_version != latest.rubric_version:
        found.append(f"rubric version {other.rubric_version}, now {latest.rubric_version}")
    if other.graders != latest.graders:
        found.append(f"graded by {graders(other.graders)}, now by {graders(latest.graders)}")
    if other.panel != latest.panel:
        found.append("another panel")
    if other.coached != latest.coached:
        found.append("in coach mode" if other.coached else "not in coach mode")
    return tuple(found)


def graders(several: Sequence[Grader]) -> str:
    """Who graded, with all that could move a grade."""
    return " and ".join(map(_grader, several)) or "nobody"


def _grader(grader: Grader) -> str:
    if grader.engine == "offline":
        return f"the offline engine {grader.engine_version}"
    details = [f"engine {grader.engine_version}"]
    details += [f"prompt {grader.prompt_version}"] if grader.prompt_version else []
    details += [f"{grader.samples} samples"] if grader.samples > 1 else []
    return f"{grader.engine} {grader.model or ''}".rstrip() + f" ({', '.join(details)})"


def gap_line(gap: Recurring) -> str:
    """How often a gap recurs."""
    places = f"{gap.missed} of {count(gap.chances, 'place')}"
    if gap.sort == "point":
        return f"in {count(gap.interviews, 'interview')} that asked for it"
    return f"in {gap.interviews} of {count(gap.of, 'interview')}, at {places}"


def gap_latest(gap: Recurring) -> str:
    """Where a gap showed last."""
    return f"Last on {day(gap.latest)}: {gap.latest_about}"


def manner_lines(manner: Manner) -> tuple[tuple[str, str], ...]:
    """How answers were given: what is counted, and how it came out."""
    lines = [
        (
            "Length",
            f"{manner.words:.0f} words in {manner.sentences:.0f} sentences (median); "
            f"said aloud about {manner.spoken_seconds:.0f} s at 150 words a minute",
        )
    ]
    if manner.seconds is not None:
        lines.append(("Time", f"{manner.seconds:.0f} s for an answer (median), reading and thinking included"))
    lines.append(("Fillers", fillers(manner)))
    lines.append(("I and we", i_and_we(manner)))
    if manner.out_of_time:
        lines.append(
            ("Out of time", f"on {manner.out_of_time} of {count(manner.questions, 'question')} there was more to ask")
        )
    return tuple(lines)


def fillers(manner: Manner) -> str:
    """Fillers in a hundred words, and which most."""
    said = manner.said
    if not said.fillers:
        return f"none in {count(said.words, 'word')}"
    most = sorted(said.fillers, key=lambda name: (-said.fillers[name], name))[:4]
    named = ", ".join(f"\u201c{name}\u201d {said.fillers[name]}" for name in most)
    return f"{said.fillers_per_hundred or 0:.1f} in a hundred words ({named})"


def i_and_we(manner: Manner) -> str:
    """How often somebody speaks for themselves."""
    said = manner.said
    if said.share_of_i is None:
        return "neither was said"
    return f"\u201cI\u201d {said.i} times, \u201cwe\u201d {said.we} times: {said.share_of_i:.0%} \u201cI\u201d"


def rhythm_line(rhythm: Rhythm) -> str:
    """How regularly somebody practises."""
    days = f"{count(rhythm.days, 'day')} with an interview"
    if rhythm.streak > 1:
        days += f", the last {rhythm.streak} in a row"
    if rhythm.longest > max(1, rhythm.streak):
        days += f"; longest run {count(rhythm.longest, 'day')}"
    return days + "."


def week_line(habits: Habits) -> str:
    """Interviews in each of the last weeks, this one last."""
    numbers = " ".join(str(week.interviews) for week in habits.rhythm.weeks)
    return f"Interviews a week, this one last: {numbers}"


def schedule_line() -> str:
    """What the list of due questions goes by."""
    return (
        f"A question that went badly comes up again after {INTERVALS[0]} day and, each time that it went well, after "
        f"{', '.join(map(str, INTERVALS[1:-1]))} and {INTERVALS[-1]} more; if not, it begins anew. "
        "A simple schedule, not SM-2; it follows from your transcripts alone."
    )


def review_when(review: Review, today: date) -> str:
    """When a question is due, seen from today."""
    days = (review.due - today).days
    if days == 0:
        return "due today"
    if days < 0:
        return f"due since {day(review.due)}"
    return "due tomorrow" if days == 1 else f"due in {days} days"


def review_line(review: Review) -> str:
    """Why a question is on the list."""
    times = "once" if review.weak == 1 else "twice" if review.weak == 2 else f"{review.weak} times"
    since = f", answered well {count(review.step, 'time')} since" if review.step else ""
    return f"Weak {times}{since}; the last weak time, {review.why}."


def plan_command(persona: str, wanted: Sequence[str]) -> str:
    """How the planned session is started from a shell."""
    ask = f" --ask {','.join(wanted)}" if wanted else ""
    return f"interviewer interview {persona}{ask}"
