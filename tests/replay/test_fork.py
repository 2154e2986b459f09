"""Two answers next to each other: found by where two interviews part, with the grades of that question."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.interview.conductor import Conductor
from interviewer.replay.branch import branch
from interviewer.replay.fork import NotAFork, fork
from interviewer.replay.fork_text import as_data, as_text
from interviewer.replay.recording import recorded
from interviewer.transcript.store import TranscriptWriter
from tests.interview.fakes import ANSWER, FakeGrader, FakeInterviewer, Time
from tests.replay.branching import ENGINE
from tests.replay.grading import recording

BETTER = "I cut it from nine minutes to two."


async def answered(path: Path, *answers: str, level: str = "strong", end: bool = True) -> Path:
    """Goes on with a branch."""
    writer, transcript = TranscriptWriter.reopen(path)
    conductor = Conductor.resume(writer, transcript, FakeInterviewer(), FakeGrader(level=level), Time())
    await conductor.begin()
    for answer in answers:
        await conductor.answer(answer)
    if end:
        await conductor.control("end")
        await conductor.finish()
    await conductor.stop()
    return path


async def test_the_two_answers_and_what_moved_in_their_grades(tmp_path: Path) -> None:
    parent = await recording(tmp_path)
    thread = parent.state.threads[1]
    new = await answered(branch(parent, thread.said[0].answer, tmp_path, ENGINE), BETTER)
    for first, second in ((parent, recorded(new)), (recorded(new), parent)):
        found = fork(first, second)
        assert (found.before.title, found.after.title) == ("The original", "The branch")
        assert found.before.recording is parent
        assert found.question == parent.state.question(thread.question).text
        assert found.moment == thread.said[0].answer
        assert [said.answer for said in found.before.said] == [said.text for said in thread.said]
        assert [said.answer for said in found.after.said] == [BETTER]
        assert {(one.criterion, one.moved) for one in found.moved} == {("result", "up"), ("ownership", "up")}
        assert {one.after.evidence[0].quote for one in found.moved if one.after} == {BETTER}
    text = " ".join(as_text(found).split())
    assert text.index("The original") < text.index(ANSWER) < text.index("The branch") < text.index(BETTER)
    assert "Result: Solid -> Strong" in text
    data = json.loads(json.dumps(as_data(found)))
    assert data["after"]["said"][0]["answer"] == BETTER
    assert data["ratings"][0]["by"] == pytest.approx(1 / 3)


async def test_what_was_said_before_in_both_stands_once(tmp_path: Path) -> None:
    parent = await recording(tmp_path)
    thread = next(one for one in parent.state.threads if len(one.said) > 1)
    new = await answered(branch(parent, thread.said[1].answer, tmp_path, ENGINE), BETTER)
    found = fork(parent, recorded(new))
    assert [said.answer for said in found.earlier] == [thread.said[0].text]
    assert [said.event for said in found.before.said] == [said.answer for said in thread.said[1:]]


async def test_a_branch_that_was_not_begun_and_one_that_is_not_graded(tmp_path: Path) -> None:
    parent = await recording(tmp_path)
    new = branch(parent, parent.state.threads[0].said[0].answer, tmp_path, ENGINE)
    found = fork(parent, recorded(new))
    assert found.after.said == ()
    assert found.moved == ()
    text = as_text(found)
    assert "Nothing was answered yet." in text
    assert "The branch is not graded yet." in text
    await answered(new, BETTER, end=False)
    assert "The branch is not graded yet." in as_text(fork(parent, recorded(new)))


async def test_two_branches_and_a_branch_of_a_branch_part_where_they_differ(tmp_path: Path) -> None:
    parent = await recording(tmp_path)
    first, second = (thread.said[0].answer for thread in parent.state.threads[:2])
    one = await answered(branch(parent, second, tmp_path, ENGINE), BETTER)
    other = await answered(branch(parent, second, tmp_path, ENGINE), "I did nothing.", level="weak")
    found = fork(recorded(one), recorded(other))
    assert (found.before.title, found.after.title, found.moment) == ("The first", "The second", second)
    assert {one.moved for one in found.moved} == {"down"}
    child = await answered(branch(one, first, tmp_path, ENGINE), "Otherwise.")
    assert fork(parent, recorded(child)).moment == first


async def test_two_that_share_nothing_are_refused_with_what_to_do(tmp_path: Path) -> None:
    first, second = await recording(tmp_path / "a"), await recording(tmp_path / "b", id="sample-2")
    with pytest.raises(NotAFork, match="do not begin in the same way"):
        fork(first, second)
    with pytest.raises(NotAFork, match="the same interview"):
        fork(first, first)
