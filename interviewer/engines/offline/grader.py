"""The offline grader: rates an answer thread by rules alone.

For every criterion it looks for distinct pieces of evidence: phrases of the rubric, key points of the
question and kinds of content (signals), each counted once and weighed by how concrete the sentence is
that holds it. Length plays no part: the same thing said twice, or more words around it, adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from interviewer.engines.offline import VERSION, reference
from interviewer.engines.offline.calibration import CALIBRATION
from interviewer.engines.offline.criteria import Compiled, Plan, compiled
from interviewer.engines.offline.outcome import outcome
from interviewer.engines.offline.reasoning import NO_OCCASION, reasoning
from interviewer.engines.offline.relevance import weighed
from interviewer.engines.offline.statements import Statement, is_dense, is_stuffed, statements
from interviewer.engines.offline.strength import Findings, level_for, strength
from interviewer.grading.calibration import Cite, as_it_is
from interviewer.grading.grader import Exchange, GradingRequest, grade_for, ungraded
from interviewer.rubric import NOT_ASSESSED, Level, Signal
from interviewer.scorecard import Grade, GradeStatus, Rating, Stamp
from interviewer.transcript.events import Outcome

MOST_EVIDENCE = 4
"""How many sentences a rating cites at most."""

_STATUS: dict[Outcome, GradeStatus] = {
    "blank": "blank",
    "dont-know": "no-attempt",
    "off-topic": "off-topic",
    "pasted-question": "pasted-question",
    "repeated": "repeated",
    "keyword-list": "keyword-list",
    "company-question": "no-attempt",
    "clarifying-question": "no-attempt",
    "no-questions": "no-attempt",
}
_NOTES: dict[GradeStatus, str] = {
    "blank": "Nothing was said.",
    "off-topic": "The answer is not about the question.",
    "no-attempt": "The question was not attempted.",
    "pasted-question": "The answer repeats the question.",
    "keyword-list": "The answer lists terms and states nothing about them.",
    "repeated": "The answer was given before.",
    "skipped": "It was passed on, or the interview ended, before anything was said.",
}

LEAST_STATED = 12
"""Words in statements below which an answer full of cues is a list of keywords."""

LEAST_SHARED, MOST_SHARED = 2, 3
NEAR_SHARE = {LEAST_SHARED: 0.5, MOST_SHARED: 0.7}
"""Telling words that a sentence shares with a key point -> what it counts for, against 1 for a cue."""


@dataclass(slots=True)
class _Read:
    """What was found in the statements of one thread."""

    findings: dict[str, Findings]
    points: dict[str, Statement] = field(default_factory=dict)
    near: dict[str, tuple[Statement, float]] = field(default_factory=dict)
    twists: dict[str, Statement] = field(default_factory=dict)


def grade(request: GradingRequest, stamp: Stamp) -> Grade:
    """Rates one thread. The same request always gives the same grade."""
    if request.is_submission:
        from interviewer.engines.offline.submission.grade import grade_submission, prose_alone

        if request.rubric.has_checks:
            return grade_submission(request, stamp)
        request = prose_alone(request)
    outcomes = list(_outcomes(request))
    nothing = _nothing_to_rate(request, outcomes, stamp)
    if nothing is not None:
        return nothing
    answered = _answered(request, outcomes)
    plan = compiled(request.question, request.rubric)
    said: Sequence[Statement] = statements(answered, request.earlier, plan.heap)
    said, most = weighed(said, answered, plan)
    read = _read(plan, said)
    points = len(request.question.key_points)
    coverage = (len(read.points) + 0.5 * len(read.near)) / points if points else 1.0
    strictness = request.person.strictness if request.person else "even"
    ratings = []
    for one in plan.plans:
        if reference.CHECK in one.criterion.cues.checks:
            ratings.append(reference.by_reference(one.criterion, request, answered))
            continue
        findings = read.findings[one.criterion.id]
        value = min(most, strength(one, findings, coverage))
        ratings.append(_rating(one, findings, value, plan.levels, strictness, prepared=points > 0))
    note = _beside(outcomes, len(said))
    return grade_for(request, "graded", stamp, ratings=tuple(ratings), covered=read.points, note=note)


def nothing_to_rate(request: GradingRequest, stamp: Stamp) -> Grade | None:
    """What `grade` makes of a thread in which there is nothing to rate; None if there is something.

    Far cheaper than `grade`, for those who rate by other means.
    """
    if request.is_submission:
        from interviewer.engines.offline.submission.grade import nothing_handed_in

        return nothing_handed_in(request, stamp)
    if _is_plain(request):
        return None
    return _nothing_to_rate(request, list(_outcomes(request)), stamp)


def _is_plain(request: GradingRequest) -> bool:
    """True if there surely is something to rate, as in nearly every thread: an answer, and none that is full of cues.

    What the answers after the first one are need not be known for that.
    """
    if request.skipped or "answered" not in _outcomes(request):
        return False
    index = compiled(request.question, request.rubric).heap.index
    return not any(is_dense(exchange, index) for exchange in request.exchanges)


def _nothing_to_rate(request: GradingRequest, outcomes: Sequence[Outcome], stamp: Stamp) -> Grade | None:
    if request.skipped:
        return ungraded(request, "skipped", _NOTES["skipped"], stamp)
    answered = _answered(request, outcomes)
    if not answered:
        status = _status(outcomes)
        return ungraded(request, status, _NOTES[status], stamp)
    heap = compiled(request.question, request.rubric).heap
    if is_stuffed(answered, heap.index):
        said = statements(answered, request.earlier, heap)
        if sum(len(statement.heard.words) for statement in said) < LEAST_STATED:
            return ungraded(request, "keyword-list", _NOTES["keyword-list"], stamp)
    return None


def _answered(request: GradingRequest, outcomes: Sequence[Outcome]) -> list[Exchange]:
    """What can be rated: the answers, and if there are some, what was asked back about the task."""
    if "answered" not in outcomes:
        return []
    kept = {"answered", "clarifying-question"}
    return [exchange for exchange, found in zip(request.exchanges, outcomes, strict=True) if found in kept]


def _beside(outcomes: Sequence[Outcome], stated: int) -> str:
    """What the reader should know where the main answer was none, although something after it was graded."""
    if not outcomes or outcomes[0] not in _SUSPECT:
        return ""
    main = _NOTES[_STATUS[outcomes[0]]].removesuffix(".")
    rest = "only what was said to follow-ups is rated" if stated else "nothing said after it could be rated"
    return f"Main answer: {main[0].lower()}{main[1:]}; {rest}."


_SUSPECT = frozenset(("off-topic", "pasted-question", "keyword-list", "repeated"))


def _outcomes(request: GradingRequest) -> Iterator[Outcome]:
    """What each answer is, worked out one by one."""
    before = list(request.earlier)
    main = True
    for exchange in request.exchanges:
        found = outcome(exchange.asked, exchange.answer, before, question=request.question if main else None)
        yield found
        main = main and found == "clarifying-question"
        before.append(exchange.answer)


def _status(outcomes: Sequence[Outcome]) -> GradeStatus:
    """The first outcome that says more than that nothing was said."""
    statuses = [_STATUS[found] for found in outcomes] or ["blank"]
    return next((status for status in statuses if status not in {"blank", "no-attempt"}), statuses[0])


def _read(plan: Compiled, said: Sequence[Statement]) -> _Read:
    read = _Read({one.criterion.id: Findings() for one in plan.plans})
    for statement in sorted(said, key=lambda one: -one.weight):
        for hit in statement.hits:
            cue = plan.cues[hit.phrase]
            if cue.kind in {"for", "against"}:
                read.findings[cue.owner].hear(statement, cue, hit)
            elif cue.kind == "point":
                read.points.setdefault(cue.owner, statement)
            elif f"twist:{cue.owner}" == statement.gap:
                read.twists.setdefault(statement.gap, statement)
    read.near = _told_otherwise(plan, said, frozenset(read.points))
    owners = {id(statement): {plan.cues[hit.phrase].owner for hit in statement.hits} for statement in said}
    showing: dict[Signal, list[Statement]] = {}
    for statement in said:
        for signal in statement.signals:
            showing.setdefault(signal, []).append(statement)
    for one in plan.plans:
        findings = read.findings[one.criterion.id]
        findings.near = {point: read.near[point] for point in sorted(one.points & read.near.keys())}
        findings.points = {point: read.points[point] for point in sorted(one.points & read.points.keys())}
        findings.twists = {twist: read.twists[twist] for twist in sorted(one.twists & read.twists.keys())}
        bearing = {id(statement): _bearing(statement, owners[id(statement)], one, plan) for statement in said}
        for signal in one.criterion.cues.signals:
            if signal in showing:
                best = max(showing[signal], key=lambda s: s.weight * bearing[id(s)])
                home = findings.beside if bearing[id(best)] <= BESIDE_IT else findings.signals
                home[signal] = best
    return read


def _bearing(statement: Statement, owners: Set[str], one: Plan, plan: Compiled) -> float:
    """How far a sentence bears on the criterion or on the question; `owners` are those whose cues it holds."""
    said = statement.heard.content
    if one.criterion.id in owners or not one.words.isdisjoint(said):
        return ON_IT
    return BESIDE_IT if plan.about.isdisjoint(said) and not statement.gap else ON_THE_QUESTION


ON_IT, ON_THE_QUESTION, BESIDE_IT = 1.0, 0.6, 0.2
"""What a sentence is worth as a home of a signal: with the criterion's own words, with the question's, with neither."""


def _told_otherwise(
    plan: Compiled, said: Sequence[Statement], known: frozenset[str]
) -> dict[str, tuple[Statement, float]]:
    """Key points told without any of their cues: a sentence that shares several telling words with one."""
    found: dict[str, tuple[Statement, float]] = {}
    for point, words in plan.wording.items():
        if point in known:
            continue
        for statement in said:
            shared = len(words & statement.heard.content)
            if shared < LEAST_SHARED:
                continue
            share = NEAR_SHARE[min(shared, MOST_SHARED)]
            if point not in found or share * statement.weight > found[point][1]:
                found[point] = (statement, share * statement.weight)
    return found


def _rating(
    one: Plan, findings: Findings, value: float, levels: Sequence[Level], strictness: str, *, prepared: bool
) -> Rating:
    """The level of one criterion.

    What the question gave no occasion for is rated only where it is plain to see. Of a question that nobody `prepared`,
    occasions are not known: every trace in the answer is rated, and nothing is concluded from there being none.
    """
    cited = findings.cited()
    lowest = levels[0]
    level = level_for(value, levels, strictness) if cited else lowest
    faint = level.id == lowest.id or (prepared and level.id == levels[min(1, len(levels) - 2)].id)
    if not one.asked and faint and not findings.contrary:
        return Rating(
            criterion=one.criterion.id,
            level=NOT_ASSESSED,
            reasoning=NO_OCCASION,
        )
    if level.id == lowest.id:
        cited = findings.against()
    return Rating(
        criterion=one.criterion.id,
        evidence=tuple(statement.evidence for statement in cited[:MOST_EVIDENCE]),
        reasoning=reasoning(one, findings),
        level=level.id,
    )


class OfflineGrader:
    """A grader without a model; see `interviewer.grading.grader.Grader`.

    Args:
        cite: puts on its stamp what was measured of it.
    """

    def __init__(self, cite: Cite = as_it_is) -> None:
        self._stamp = cite(Stamp(engine="offline", engine_version=VERSION, calibration=CALIBRATION))

    @property
    def stamp(self) -> Stamp:
        """Who grades, with the measured agreement."""
        return self._stamp

    async def grade(self, request: GradingRequest) -> Grade:
        """Rates one thread; never raises for what the candidate wrote."""
        return grade(request, self._stamp)
