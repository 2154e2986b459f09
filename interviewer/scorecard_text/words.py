"""A scorecard in words: the sentences that every screen uses."""

from __future__ import annotations

from collections.abc import Mapping

from interviewer.grading.verdict import verdict_name
from interviewer.persona import Verdict
from interviewer.rubric import NOT_ASSESSED
from interviewer.scorecard import (
    AnswerSummary,
    CriterionResult,
    Debrief,
    Evidence,
    FlawNoticed,
    GradeStatus,
    Scorecard,
    Spread,
    Stamp,
)
from interviewer.text import sentences

_STATUS: dict[GradeStatus, str] = {
    "graded": "graded",
    "blank": "not rated: no answer",
    "off-topic": "not rated: off topic",
    "no-attempt": "not rated: no attempt",
    "pasted-question": "not rated: the question said back",
    "keyword-list": "not rated: only a list of terms",
    "repeated": "not rated: an earlier answer again",
    "skipped": "not rated: passed on",
    "refused": "not rated: the grader declined",
    "failed": "not rated: grading failed",
}

_MEANING: dict[GradeStatus, str] = {
    "blank": "There was no answer, or only a word or two.",
    "off-topic": "What was said has nothing to do with the question.",
    "no-attempt": "It said that the answer is not known and nothing more; how you would find out can be rated.",
    "pasted-question": "The words of the question came back, and nothing of your own was added.",
    "keyword-list": "Terms in a row say nothing: state what you did or would do with them, and why.",
    "repeated": "The same was said to an earlier question, where it counted already.",
    "skipped": "It was passed on, or the interview ended, before anything was said to it.",
    "refused": "The grader would not judge it. That says nothing about the answer.",
    "failed": "The grader gave nothing usable, and no rating was made up. `interviewer resume` with the id of this "
    "interview tries it again.",
}

_OFFLINE_CALIBRATION = "rule-based;"
"""What the offline engine's calibration begins with; the sentence around it has said so."""

_MARKS: dict[Verdict, str] = {"strong-yes": "++", "yes": "+", "no": "-", "strong-no": "--", "no-decision": "?"}

_ACRONYMS = frozenset({"ai", "llm", "ml", "nlp", "star"})


def verdict_word(verdict: Verdict) -> str:
    """The verdict with a sign that reads without colour, such as `YES (+)`."""
    return f"{verdict_name(verdict).upper()} ({_MARKS[verdict]})"


def percent(share: float | None) -> str:
    """A share as a percentage, or that there is none."""
    return "not assessed" if share is None else f"{share:.0%}"


def minutes_and_seconds(seconds: float) -> str:
    """A length of time in words."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def status_text(status: GradeStatus) -> str:
    """What became of an answer, in words."""
    return _STATUS[status]


def status_meaning(status: GradeStatus) -> str:
    """What it means that an answer was not rated; empty if it was."""
    meaning = _MEANING.get(status, "")
    return f"{meaning} It counts for no criterion." if meaning else ""


def apart(levels: int) -> str:
    """How far people were apart."""
    if levels == 0:
        return "agreed"
    return "1 level apart" if levels == 1 else f"{levels} levels apart"


def stamp_sentence(stamp: Stamp) -> str:
    """Who graded and what that is worth, plainly."""
    if stamp.engine == "offline":
        who = f"Offline engine {stamp.engine_version}: rule-based hints, not a model's judgement."
    else:
        who = f"Made by {_maker(stamp)}{_combined(stamp)}."
    if not any(character.isdigit() for character in stamp.calibration):  # no figure, so nothing was measured
        return f"{who} Not calibrated: nobody has measured yet how far these grades agree with people's."
    measured = stamp.calibration.strip().removeprefix(_OFFLINE_CALIBRATION).strip().rstrip(".")
    return f"{who} Measured agreement: {measured}."


def debrief_sentence(debrief: Debrief) -> str:
    """Who wrote a debrief, what was checked in it, and how much of it was not kept."""
    left_out = len(debrief.left_out)
    kept = f" {left_out} faults were found; what they were in is mended or left out." if left_out > 1 else ""
    kept = " One fault was found; what it was in is mended or left out." if left_out == 1 else kept
    return (
        f"Written by {_maker(debrief.stamp)}, from the finished scorecard, and checked against the ratings by code: "
        f"its numbers, levels, quotes and verdict.{kept}"
    )


def stronger_name(card: Scorecard, debrief: Debrief) -> str:
    """What the stronger version is of."""
    number = next((place for place, one in enumerate(card.answers, 1) if one.thread == debrief.weakest), 0)
    return f"Your weakest answer (number {number}), made stronger" if number else "An answer made stronger"


def revoted_sentence(card: Scorecard) -> str:
    """Who voted again for the panel, where that was a model; empty if it was the rule for everybody."""
    makers = dict.fromkeys(_maker(member.revoted_by) for member in card.members if member.revoted_by)
    if not makers:
        return ""
    ruled = [member.name for member in card.members if member.revoted_by is None]
    rest = f" For {' and '.join(ruled)} the rule voted." if ruled else ""
    return f"Second votes by {' and '.join(makers)}, each move checked by code.{rest}"


def _maker(stamp: Stamp) -> str:
    """Engine, model and prompts."""
    model = f", {stamp.model}" if stamp.model else ""
    prompt = f", prompt version {stamp.prompt_version}" if stamp.prompt_version else ""
    return f"{_engines(stamp)}{model}{prompt}"


def _engines(stamp: Stamp) -> str:
    """The engines with their versions; of several graders each with its own."""
    pairs = zip(stamp.engine.split("+"), stamp.engine_version.split("+"), strict=False)
    return " and ".join(f"{engine} {version}" for engine, version in pairs)


def _combined(stamp: Stamp) -> str:
    return f"; {stamp.samples} gradings of each answer, combined in code" if stamp.samples > 1 else ""


def offline_notice(scorecard: Scorecard) -> str:
    """What has to be known before a scorecard of the offline engine is read; empty for other engines."""
    return " ".join(stamp_sentence(stamp) for stamp in scorecard.stamps if stamp.engine == "offline")


def rubric_name(rubric: str, titles: Mapping[str, str] | None = None) -> str:
    """The title of a rubric, or its id made readable."""
    if titles and rubric in titles:
        return titles[rubric]
    words = " ".join(word.upper() if word in _ACRONYMS else word for word in rubric.split("-"))
    return words[:1].upper() + words[1:]


def criterion_name(card: Scorecard, result: CriterionResult, titles: Mapping[str, str] | None = None) -> str:
    """The title of a criterion, with that of its rubric if another criterion is called the same."""
    if sum(1 for other in card.criteria if other.title == result.title) > 1:
        return f"{result.title} ({rubric_name(result.rubric, titles)})"
    return result.title


def first_sentence(text: str) -> str:
    """What a longer text begins with."""
    found = sentences(text)
    return found[0].text if found else text


def result_behind(card: Scorecard, point: str) -> CriterionResult | None:
    """The criterion that a strength, a gap or an exercise on the scorecard is about."""
    for result in card.criteria:
        if point in {f"{result.title}: {result.reasoning}", result.practice}:
            return result
    return None


def rated_by_somebody(card: Scorecard, criterion: str) -> bool:
    """Whether any member of the panel rated it."""
    return any(member.before.get(criterion, NOT_ASSESSED) != NOT_ASSESSED for member in card.members)


def not_rated_sentence(card: Scorecard) -> str:
    """How many criteria nobody on the panel rated; empty if none."""
    count = sum(1 for result in card.criteria if not rated_by_somebody(card, result.criterion))
    if not count:
        return ""
    return f"Not assessed by anybody, and left out here: {count} of {len(card.criteria)} criteria."


def level_titles(scorecard: Scorecard) -> dict[str, str]:
    """Level id -> title, as far as the scorecard tells."""
    titles = {result.level: result.level_title for result in scorecard.criteria}
    titles[NOT_ASSESSED] = "Not assessed"
    return titles


def level_title(level: str, titles: dict[str, str]) -> str:
    """The title of a level, or its id made readable."""
    return titles.get(level) or level.replace("-", " ").capitalize()


def answer_number(scorecard: Scorecard, evidence: Evidence) -> int:
    """To which question, from 1, the cited answer belongs; 0 if to none."""
    return sum(1 for answer in scorecard.answers if answer.thread < evidence.event)


def answer_name(scorecard: Scorecard, evidence: Evidence) -> str:
    """Where something was said, in words."""
    number = answer_number(scorecard, evidence)
    return f"answer {number}" if number else "before the first question"


def spread_text(spread: Spread) -> str:
    """How far the panel was apart on a criterion, before and after."""
    before = apart(spread.before)
    levels = f" ({spread.lowest} to {spread.highest})" if spread.before else f" ({spread.highest})"
    after = "" if spread.after == spread.before else f", after the re-vote {apart(spread.after)}"
    return f"{spread.title}: {before}{levels}{after}"


def assessed_first(card: Scorecard) -> tuple[CriterionResult, ...]:
    """The criteria rubric by rubric, with those that were assessed before those that were not."""
    rubrics = list(dict.fromkeys(result.rubric for result in card.criteria))
    return tuple(sorted(card.criteria, key=lambda result: (rubrics.index(result.rubric), result.share is None)))


def standing(result: CriterionResult) -> str:
    """A criterion's level with its share and weight, and how far several graders agree."""
    if result.share is None:
        return f"not assessed (weighs {result.weight:.0%})"
    among = f"; {found}" if (found := graders_word(result)) else ""
    return f"{result.level_title} ({result.share:.0%}, weighs {result.weight:.0%}){among}"


def graders_word(result: CriterionResult) -> str:
    """How far several graders agree, such as `graders apart: Weak to Solid`; empty if there was one."""
    band = result.band
    if band is None:
        return ""
    between = "" if band.lowest_title == band.highest_title else f": {band.lowest_title} to {band.highest_title}"
    if result.disputed:
        return f"graders apart{between or ' on part of it'}"
    if between:
        return f"graders{between}"
    return "graders agree" if band.lowest == band.highest else "graders nearly agree"


def answer_line(answer: AnswerSummary) -> str:
    """Who asked, how often they asked on, and what became of it."""
    ups = "no follow-up" if not answer.follow_ups else f"{answer.follow_ups} follow-up"
    return f"{answer.speaker}, {ups}{'s' if answer.follow_ups > 1 else ''}; {status_text(answer.status)}"


def flaw_state(flaw: FlawNoticed) -> str:
    """Whether the candidate saw it."""
    return "noticed" if flaw.noticed else "NOT NOTICED"


def practice_text(card: Scorecard, point: str, rubrics: Mapping[str, str] | None = None) -> str:
    """A strength or a gap as criterion, level and the first sentence why; an exercise with its criterion."""
    result = result_behind(card, point)
    if result is None:
        return point
    name = criterion_name(card, result, rubrics)
    if point == result.practice:
        return f"{name}: {point}"
    return f"{name}: {result.level_title}. {first_sentence(result.reasoning)}"
