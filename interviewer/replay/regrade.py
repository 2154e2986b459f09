"""The recorded answers of an interview, judged again: by today's rubrics, by other people, by another grader."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from interviewer import __version__
from interviewer.cost import FREE
from interviewer.grading.grader import Grader, GradingRequest, ungraded
from interviewer.grading.reveal import reveal
from interviewer.interview.requests import graded, grading_request, judges
from interviewer.interview.results import Judged, build_scorecard
from interviewer.interview.review import Caveat, second_vote
from interviewer.interview.reviewer import Reviewer
from interviewer.interview.state import State
from interviewer.interview.thread import Thread
from interviewer.library import Library, NotFound
from interviewer.persona import Persona
from interviewer.replay.gradings import total_cost
from interviewer.replay.recording import Recording
from interviewer.rubric import Rubric
from interviewer.scorecard import Grade, Revote
from interviewer.transcript.runs import GradingRun, Jury
from interviewer.transcript.store import TranscriptError

AT_ONCE = 8
"""Answers that are judged at the same time."""


class BrokenOff(asyncio.CancelledError):
    """A grading was cancelled when something was graded already; `run` is what came of it, and the rest failed."""

    def __init__(self, run: GradingRun) -> None:
        super().__init__()
        self.run = run


@dataclass(frozen=True, slots=True)
class Regrading:
    """A grading to be made: of what, by whose rules, and under which rubrics."""

    recording: Recording
    persona: Persona
    rubrics: tuple[Rubric, ...]
    """Those that answers are judged under, and those that the verdict counts."""
    under: Mapping[int, tuple[Rubric, ...]]
    """Thread -> what it is judged under, one grade for each."""
    notes: tuple[str, ...] = ()

    @property
    def requests(self) -> tuple[GradingRequest, ...]:
        """Everything that a grader is asked, in the order of the interview."""
        state = self.recording.state
        return tuple(
            grading_request(state, thread, person, rubric)
            for thread in state.threads
            for rubric in self.under[thread.turn]
            for person in judges(self.persona)
        )


def plan_regrading(
    recording: Recording, library: Library, persona: str | None = None, rubric: str | None = None
) -> Regrading:
    """What is to be graded anew.

    With neither a persona nor a rubric, the same persona and rubrics as they are today decide. Another persona brings
    its rule, its people and its weights; an answer whose own rubric it does not count is judged under each one that it
    does. A rubric given takes the place of all others.

    Args:
        recording: the interview.
        library: where personas and rubrics are.
        persona: who decides; whoever held the interview if not given.
        rubric: what every answer is judged under; what the persona counts if not given.

    Raises:
        TranscriptError: there is no answer to grade.
        interviewer.library.NotFound, interviewer.library.Broken: a persona or a rubric cannot be had.
    """
    state = recording.state
    if not any(thread.said for thread in state.threads):
        raise TranscriptError(
            f"{recording.path}: nothing was answered in this interview, so there is nothing to grade."
        )
    found = _Found(library, state)
    under: dict[int, tuple[Rubric, ...]]
    decides = found.persona(persona)
    if rubric is not None:
        only = library.rubric(rubric)
        decision = decides.decision.model_copy(update={"rubrics": {only.id: 1.0}})
        decides = decides.model_copy(update={"decision": decision})
        under = {thread.turn: (only,) for thread in state.threads}
    else:
        under = {thread.turn: found.rubrics_for(decides, thread) for thread in state.threads}
    used = {one.id: one for rubrics in under.values() for one in rubrics}
    used |= {name: found.rubric(name) for name in decides.decision.rubrics if name not in used}
    rubrics = tuple(used[name] for name in sorted(used))
    return Regrading(recording, decides, rubrics, under, tuple(dict.fromkeys(found.notes)))


class _Found:
    """What the library has today, and where it has nothing, what the transcript kept."""

    def __init__(self, library: Library, state: State) -> None:
        self._library = library
        self._state = state
        self.notes: list[str] = []

    def persona(self, name: str | None) -> Persona:
        if name is not None:
            return self._library.persona(name)
        kept = self._state.persona
        try:
            return self._library.persona(kept.id)
        except NotFound:
            self.notes.append(
                f"There is no persona {kept.id} any more, so it decides as the transcript kept it (version "
                f"{kept.version})."
            )
            return kept

    def rubric(self, name: str) -> Rubric:
        try:
            return self._library.rubric(name)
        except NotFound:
            kept = self._state.session.rubrics.get(name)
            if kept is None:
                raise
            self.notes.append(
                f"There is no rubric {name} any more, so it is used as the transcript kept it (version {kept.version})."
            )
            return kept

    def rubrics_for(self, decides: Persona, thread: Thread) -> tuple[Rubric, ...]:
        """The question's own rubric, wherever that counts or whoever asked it decides; else every one that counts."""
        own = self._state.question(thread.question).rubric
        counted = decides.decision.rubrics
        if own in counted or decides.id == self._state.persona.id:
            return (self.rubric(own),)
        return tuple(self.rubric(name) for name in counted)


async def regrade(
    planned: Regrading,
    grader: Grader,
    reviewer: Reviewer | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> GradingRun:
    """Makes a grading. What fails has a status and no rating; nothing is raised for it.

    Args:
        planned: what is graded.
        grader: who judges.
        reviewer: who votes again for a panel; None where the rule does.
        progress: told how many of how many grades are made, after each.

    Raises:
        BrokenOff: it was cancelled when something was graded already.
    """
    state, persona, requests = planned.recording.state, planned.persona, planned.requests
    made: dict[int, Grade] = {}
    revotes: tuple[Revote, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    try:
        await _grade_all(requests, grader, made, progress)
        grades = tuple(made[place] for place in range(len(requests)))
        if reviewer is not None and persona.decision.rule == "panel":
            revotes, caveats = await _voted_again(reviewer, state, Judged(persona, planned.rubrics, grades))
    except asyncio.CancelledError:
        if all(grade.status != "graded" for grade in made.values()):
            raise
        why = "The grading was broken off before this."
        rest = {place: ungraded(one, "failed", why, grader.stamp) for place, one in enumerate(requests)}
        grades = tuple((rest | made).values())
        note = Caveat("broken-off", f"The grading was broken off when {len(made)} of {len(requests)} grades were made.")
        raise BrokenOff(_run(planned, grades, (), (note,))) from None
    return _run(planned, grades, revotes, caveats)


def _run(
    planned: Regrading, grades: tuple[Grade, ...], revotes: tuple[Revote, ...], caveats: tuple[Caveat, ...]
) -> GradingRun:
    persona = planned.persona
    spent = [*(one.cost for one in grades), *(one.cost for one in revotes), *(one.cost for one in caveats)]
    cost = total_cost(spent)
    judged = Judged(persona, planned.rubrics, grades, revotes, cost or FREE)
    created = datetime.now(UTC)
    return GradingRun(
        id=f"{created:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}",
        created=created,
        product_version=__version__,
        transcript=planned.recording.header.id,
        events=len(planned.recording.events),
        jury=Jury.of(persona),
        rubrics=planned.rubrics,
        grades=grades,
        revotes=revotes,
        scorecard=build_scorecard(planned.recording.state, judged),
        cost=cost,
        notes=(*planned.notes, *(caveat.text for caveat in caveats)),
    )


async def _grade_all(
    requests: tuple[GradingRequest, ...],
    grader: Grader,
    made: dict[int, Grade],
    progress: Callable[[int, int], None] | None,
) -> None:
    """Puts every grade into `made` under the place of its request, as soon as it is there."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(place: int, request: GradingRequest) -> None:
        async with room:
            made[place] = await graded(grader, request)
        if progress is not None:
            progress(len(made), len(requests))

    async with asyncio.TaskGroup() as group:  # whoever interrupts one interrupts all
        for place, request in enumerate(requests):
            group.create_task(one(place, request))


async def _voted_again(
    reviewer: Reviewer, state: State, judged: Judged
) -> tuple[tuple[Revote, ...], tuple[Caveat, ...]]:
    """The second votes of those who assessed something on which the panel is apart, and what is to be said of them."""
    shown = reveal(judged.persona, *judged.decisive)
    due = [person for person in judged.persona.people if shown.movable(person.id)]
    votes = await asyncio.gather(*(second_vote(reviewer, state, shown, person) for person in due))
    return tuple(vote for vote, _ in votes if vote), tuple(caveat for _, caveat in votes if caveat)
