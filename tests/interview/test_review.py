"""Between the last grade and the scorecard: second votes, then the debrief. Whatever fails, there is a scorecard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from interviewer.cost import Cost
from interviewer.grading.grader import GradingRequest
from interviewer.grading.reveal import Reveal
from interviewer.interview.conductor import Conductor
from interviewer.interview.results import build_scorecard
from interviewer.interview.reviewer import Unusable
from interviewer.interview.state import State, fold
from interviewer.persona import Person
from interviewer.scorecard import Change, Debrief, Grade, Revote, Scorecard
from interviewer.transcript.events import Finished, Graded, Notice, Revoted
from interviewer.transcript.store import TranscriptError, TranscriptWriter, read
from tests import sample
from tests.interview.fakes import STAMP, FakeGrader, FakeInterviewer, Table

LEVELS = {"ana": "strong", "ben": "absent", "cleo": "weak"}
ONE_CALL = Cost(calls=1, sent=100, received=10)


class PanelGrader(FakeGrader):
    """Each member at a level of their own."""

    async def grade(self, request: GradingRequest) -> Grade:
        self.level = LEVELS[request.person.id] if request.person else "solid"
        return await super().grade(request)


class FakeReviewer:
    """Everybody moves on `result` to the first level in reach; the debrief is one sentence."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.came: asyncio.Queue[str] = asyncio.Queue()
        """The same, for those who wait for it."""
        self.failing: dict[str, Exception] = {}
        """Person, or `debrief` -> what goes wrong."""
        self.votes: dict[str, Change] = {}
        """Person -> the move, in place of the usual one."""
        self.hold: asyncio.Event | None = None
        self.scorecard: Scorecard | None = None

    async def _called(self, name: str) -> None:
        self.asked.append(name)
        self.came.put_nowait(name)
        if self.hold is not None:
            await self.hold.wait()
        if name in self.failing:
            raise self.failing[name]

    async def revote(self, shown: Reveal, person: Person) -> Revote:
        await self._called(person.id)
        usual = Change(level=shown.reachable(person.id, "result")[0].id, reason="I heard it now.")
        changes = {"result": self.votes.get(person.id, usual)}
        return Revote(person=person.id, changes=changes, stamp=STAMP, cost=ONE_CALL)

    async def debrief(self, state: State, scorecard: Scorecard) -> Debrief:
        assert state.closed
        await self._called("debrief")
        self.scorecard = scorecard
        return Debrief(verdict="You were heard.", left_out=("In a strength: No.",), stamp=STAMP, cost=ONE_CALL)


class Round:
    """A panel that has heard everything, and its reviewer."""

    def __init__(self, folder: Path, panel: bool = True, **more: Any) -> None:
        self.table = Table(folder, sample.header(persona=sample.persona(panel=panel, **more)))
        self.reviewer = FakeReviewer()
        self.table.grader = PanelGrader()
        self.table.conductor = self._conductor()

    def _conductor(self) -> Conductor:
        table = self.table
        return Conductor.start(
            table.writer,
            table.header,
            table.interviewer,
            table.grader,
            table.conductor.clock,
            table.updates.append,
            self.reviewer,
        )

    async def talk(self) -> None:
        await self.table.conductor.begin()
        await self.table.talk()

    async def finish(self) -> Scorecard:
        await self.talk()
        return await self.table.conductor.finish()

    def again(self) -> tuple[Conductor, FakeReviewer]:
        """The interview opened again, with a fresh reviewer."""
        writer, transcript = TranscriptWriter.reopen(self.table.path)
        reviewer = FakeReviewer()
        return Conductor.resume(writer, transcript, FakeInterviewer(), PanelGrader(), reviewer=reviewer), reviewer

    @property
    def notices(self) -> dict[str, str]:
        return {event.kind: event.text for event in self.table.events if isinstance(event, Notice)}


@pytest.fixture
def lay(tmp_path: Path) -> Iterator[Callable[..., Round]]:
    """Begins a round; all are cleared at the end."""
    laid: list[Round] = []

    def lay(**more: Any) -> Round:
        laid.append(Round(tmp_path, **more))
        return laid[-1]

    yield lay
    for one in laid:
        one.table.writer.close()


@pytest.fixture
def panel(lay: Callable[..., Round]) -> Round:
    return lay()


def after(card: Scorecard) -> dict[str, str]:
    return {member.person: member.after["result"] for member in card.members}


async def test_everybody_votes_again_before_the_scorecard_and_the_debrief_comes_last(panel: Round) -> None:
    card = await panel.finish()
    assert after(card) == {"ana": "solid", "ben": "weak", "cleo": "absent"}
    assert card.members[0].note == "Re-vote: Result: Strong to Solid. I heard it now."
    assert card.debrief is not None and card.debrief.verdict == "You were heard."
    assert panel.reviewer.asked == ["ana", "ben", "cleo", "debrief"]
    assert panel.reviewer.scorecard is not None
    assert panel.reviewer.scorecard.members == card.members, "the debrief is written from the finished scorecard"
    kinds = [type(event) for event in panel.table.events]
    assert kinds[-5:] == [Revoted, Revoted, Revoted, Notice, Finished]
    assert panel.notices == {"debrief-cut": "Left out of the debrief: In a strength: No."}


async def test_the_cost_of_all_of_it_is_on_the_scorecard_and_in_the_state(panel: Round) -> None:
    card = await panel.finish()
    assert card.cost == panel.table.state.cost == Cost(calls=4, sent=400, received=40)


async def test_the_transcript_tells_the_same_as_the_live_loop(panel: Round) -> None:
    card = await panel.finish()
    await panel.table.conductor.stop()
    transcript = read(panel.table.path)
    state = fold(transcript.header, transcript.events)
    assert state == panel.table.state
    assert build_scorecard(state).members == card.members


async def test_nobody_sees_anothers_second_vote(panel: Round) -> None:
    await panel.talk()
    panel.reviewer.hold = asyncio.Event()
    finishing = asyncio.create_task(panel.table.conductor.finish())
    for _ in range(3):
        await panel.reviewer.came.get()
    assert panel.table.state.revotes == (), "all are asked before the first has answered"
    panel.reviewer.hold.set()
    await finishing


async def test_where_nobody_is_apart_nobody_is_asked(
    lay: Callable[..., Round], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LEVELS, "ana", "weak")
    monkeypatch.setitem(LEVELS, "ben", "weak")
    agreed = lay()
    await agreed.finish()
    assert agreed.reviewer.asked == ["debrief"]


async def test_without_a_panel_nobody_votes_again(lay: Callable[..., Round]) -> None:
    alone = lay(panel=False)
    card = await alone.finish()
    assert alone.reviewer.asked == ["debrief"]
    assert card.debrief is not None


async def test_where_nothing_was_rated_there_is_nothing_to_tell(lay: Callable[..., Round]) -> None:
    empty = lay()
    empty.table.grader.failing = True
    card = await empty.finish()
    assert empty.reviewer.asked == []
    assert (card.debrief, card.verdict) == (None, "no-decision")


async def test_without_a_reviewer_the_rule_votes_and_there_is_no_debrief(panel: Round) -> None:
    panel.table.conductor._reviewer = None
    card = await panel.finish()
    assert card.debrief is None
    assert {member.revoted_by for member in card.members} == {None}
    assert not [event for event in panel.table.events if isinstance(event, Revoted | Notice)]


@pytest.mark.parametrize("made", [lambda: Unusable("The server is away.", ONE_CALL), lambda: RuntimeError("it broke")])
async def test_a_reviewer_that_fails_costs_its_part_and_never_the_scorecard(
    panel: Round, made: Callable[[], Exception]
) -> None:
    error = made()
    panel.reviewer.failing = {"ben": error, "debrief": error}
    card = await panel.finish()
    assert after(card) == {"ana": "solid", "ben": "absent", "cleo": "absent"}
    assert card.debrief is None
    assert panel.notices["rule-revote"].startswith("The rule voted again for Ben Okoro.")
    assert str(error) in panel.notices["rule-revote"]
    assert panel.notices["no-debrief"].startswith("There is no written debrief.")
    paid = 4 if isinstance(error, Unusable) else 2
    assert card.cost is not None and card.cost.calls == paid, "calls that came to nothing are paid for all the same"


@pytest.mark.parametrize(
    ("move", "complaint"),
    [
        (Change(level="absent", reason="Two at once."), "may be moved to `solid`, not to `absent`"),
        (
            Change(level="solid", reason="They said \u201cI never did any of it\u201d."),
            "quotes words that were not said",
        ),
    ],
)
async def test_a_move_that_does_not_hold_is_left_out_of_the_record(panel: Round, move: Change, complaint: str) -> None:
    panel.reviewer.votes = {"ana": move}
    card = await panel.finish()
    assert after(card)["ana"] == "strong"
    assert complaint in panel.notices["revote-cut"]
    (ana,) = [one.revote for one in panel.table.events if isinstance(one, Revoted) and one.revote.person == "ana"]
    assert ana.changes == {}


async def test_a_reason_may_quote_what_was_said(panel: Round) -> None:
    panel.reviewer.votes = {"ana": Change(level="solid", reason="They said \u201crebuilt it and errors fell\u201d.")}
    assert after(await panel.finish())["ana"] == "solid"
    assert "revote-cut" not in panel.notices


async def test_broken_off_after_the_second_votes_it_goes_on_without_paying_for_them_again(panel: Round) -> None:
    panel.table.writer.refuses = "finished"
    with pytest.raises(TranscriptError):
        await panel.finish()
    assert len(panel.table.state.revotes) == 3
    await panel.table.conductor.stop()
    conductor, reviewer = panel.again()
    await conductor.begin()
    card = await conductor.finish()
    assert reviewer.asked == ["debrief"]
    assert after(card) == {"ana": "solid", "ben": "weak", "cleo": "absent"}
    await conductor.stop()


async def test_broken_off_between_two_second_votes_only_the_rest_is_asked(panel: Round) -> None:
    panel.reviewer.failing = {"cleo": asyncio.CancelledError()}  # type: ignore[dict-item]
    await panel.talk()
    with pytest.raises(asyncio.CancelledError):
        await panel.table.conductor.finish()
    await panel.table.conductor.stop()
    conductor, reviewer = panel.again()
    await conductor.begin()
    card = await conductor.finish()
    assert reviewer.asked == ["cleo", "debrief"]
    assert after(card) == {"ana": "solid", "ben": "weak", "cleo": "absent"}
    await conductor.stop()


async def test_two_who_wait_for_the_scorecard_get_the_same_and_pay_once(panel: Round) -> None:
    await panel.talk()
    first, second = await asyncio.gather(panel.table.conductor.finish(), panel.table.conductor.finish())
    assert first == second == await panel.table.conductor.finish()
    assert sorted(panel.reviewer.asked) == ["ana", "ben", "cleo", "debrief"]


async def test_leaving_while_the_reviewer_writes_leaves_a_transcript_that_goes_on(panel: Round) -> None:
    await panel.talk()
    panel.reviewer.hold = asyncio.Event()
    finishing = asyncio.create_task(panel.table.conductor.finish())
    await panel.reviewer.came.get()
    await panel.table.conductor.stop()
    with pytest.raises(asyncio.CancelledError):
        await finishing
    conductor, reviewer = panel.again()
    await conductor.begin()
    assert (await conductor.finish()).debrief is not None
    assert reviewer.asked == ["ana", "ben", "cleo", "debrief"]
    await conductor.stop()


async def test_a_new_rating_sets_the_second_votes_aside(panel: Round) -> None:
    await panel.finish()
    state = panel.table.state
    other = next(grade for grade in state.grades if grade.person == "ana")
    lower = tuple(rating.model_copy(update={"level": "weak"}) for rating in other.ratings)
    for grade, left in ((other, 3), (other.model_copy(update={"ratings": lower}), 0)):
        panel.table.conductor._write(Graded, grade=grade)
        assert len(panel.table.state.revotes) == left
        assert panel.table.state.scorecard is None
