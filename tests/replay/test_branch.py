"""Answering again: the same beginning word for word, the original untouched, and from there a live interview."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.engines.choose import offline
from interviewer.interview.clock import SpokenTime
from interviewer.interview.conductor import Wrote
from interviewer.library import Library
from interviewer.replay.branch import BranchError, answers_in, branch, numbered_answer
from interviewer.replay.recording import recorded
from interviewer.session import Choices, prepare, resume, start
from interviewer.transcript.archive import listing
from interviewer.transcript.events import TRANSCRIPT_SCHEMA, Answer, Branched, Notice, Turn
from interviewer.transcript.store import TranscriptError, read
from tests import sample
from tests.interview.fakes import ANSWER, MIXED, Table
from tests.replay.branching import ENGINE, Engine, again, held, resumed, timeless

SAMPLES = sorted((Path(__file__).parent.parent.parent / "transcripts").glob("*.jsonl"))
WORDS = (*MIXED, "retry", "pause", "hint", "skip", "draft")


def answers_of(path: Path) -> list[int]:
    return [event.seq for event in read(path).events if isinstance(event, Answer)]


@settings(max_examples=10, deadline=None)
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=3, max_size=14),
    header=st.sampled_from(({}, {"mode": "coach"}, {"persona": sample.persona(panel=True)})),
    place=st.integers(min_value=0, max_value=20),
)
def test_a_branch_with_the_same_answers_comes_to_the_same_state(
    words: list[str], header: dict[str, Any], place: int
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = Table(folder, sample.header(**header))
        state = asyncio.run(held(table, [ANSWER, *words]))
        answers = answers_of(table.path)
        new, same = asyncio.run(again(table.path, answers[place % len(answers)], folder / "mine"))
        assert timeless(same, state) == state
        kept = read(new)
        assert [event.seq for event in kept.events] == list(range(1, len(kept.events) + 1))


async def test_the_offline_engine_goes_the_same_way_after_the_same_answers(tmp_path: Path) -> None:
    engine = offline()
    header = prepare(Library.default(), Choices("seed-founder", seed=3), engine, tmp_path)
    spoken = SpokenTime()

    def listen(update: object) -> None:
        if isinstance(update, Wrote) and isinstance(update.event, Turn):
            spoken.speak(update.event.text)

    texts = (
        "I rebuilt the estimates alone in six weeks because they were 40 minutes off, and the error fell to 14.",
        "I don't know.",
        "We compared it with the plain average first. It broke once when a supplier changed files.",
    )
    conductor = start(header, tmp_path, engine, listen, spoken)
    await conductor.begin()
    for place in range(9):
        spoken.speak(texts[place % 3])
        await conductor.answer(texts[place % 3])
    await conductor.control("end")
    await conductor.finish()
    await conductor.stop()
    parent = read(conductor.path)
    answers = answers_of(conductor.path)
    for answer in (answers[0], answers[4], answers[-1]):
        new = branch(conductor.path, answer, tmp_path, engine)
        spoken = SpokenTime()
        once_more, _ = resume(new, engine, listen, spoken)
        await once_more.begin()
        for event in parent.events:
            if event.seq >= answer and isinstance(event, Answer):
                spoken._seconds += max(0.0, event.clock - once_more.clock.elapsed())
                await once_more.answer(event.text)
        spoken._seconds += parent.events[-1].clock - once_more.clock.elapsed()
        await once_more.control("end")
        await once_more.finish()
        await once_more.stop()
        told = [(event.move, event.text) for event in read(new).events if isinstance(event, Turn)]
        assert told == [(event.move, event.text) for event in parent.events if isinstance(event, Turn)]
        assert once_more.state.grades == conductor.state.grades
        assert once_more.state.scorecard is not None
        assert conductor.state.scorecard is not None
        assert once_more.state.scorecard.criteria == conductor.state.scorecard.criteria


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_original_is_never_touched_and_everything_before_is_shared(path: Path, tmp_path: Path) -> None:
    before = (path.read_bytes(), path.stat().st_mtime_ns, sorted(path.parent.iterdir()))
    parent = read(path)
    answer = answers_of(path)[5]
    new = branch(path, answer, tmp_path / "mine", Engine("openai", "1", "gpt-x"))
    assert (path.read_bytes(), path.stat().st_mtime_ns, sorted(path.parent.iterdir())) == before
    kept = read(new)
    assert kept.events == parent.events[: answer - 1]
    assert kept.header.origin == Branched(parent=parent.header.id, answer=answer)
    changed = {"id", "created", "product_version", "schema_version", "engine", "engine_version", "model", "origin"}
    assert kept.header.model_dump(exclude=changed) == parent.header.model_dump(exclude=changed)
    assert (kept.header.engine, kept.header.engine_version, kept.header.model) == ("openai", "1", "gpt-x")
    assert kept.header.schema_version == TRANSCRIPT_SCHEMA
    assert kept.header.id != parent.header.id
    assert new == tmp_path / "mine" / f"{kept.header.id}.jsonl"
    assert new.stat().st_mode & 0o777 == 0o600
    (entry,) = listing(tmp_path / "mine")[0]
    assert entry.unfinished


async def test_grades_that_came_later_than_the_answer_are_made_again(tmp_path: Path) -> None:
    table = Table(tmp_path)
    table.grader.hold = asyncio.Event()
    await table.conductor.begin()
    await table.talk([ANSWER])
    table.grader.hold.set()
    await table.conductor.finish()
    await table.conductor.stop()
    last = answers_of(table.path)[-2]
    conductor, _ = resumed(branch(table.path, last, tmp_path, ENGINE))
    assert conductor.state.grades == ()
    await conductor.begin()
    await conductor.control("end")
    card = await conductor.finish()
    await conductor.stop()
    assert len(conductor.state.threads) > 1
    assert {answer.status for answer in card.answers} == {"graded"}


async def test_a_branch_of_a_branch_and_of_an_unfinished_interview(tmp_path: Path) -> None:
    table = Table(tmp_path)
    await table.conductor.begin()
    await table.say(ANSWER, ANSWER, ANSWER)
    await table.conductor.stop()
    first, second, third = answers_of(table.path)
    child = branch(table.path, third, tmp_path, ENGINE)
    grandchild = branch(child, second, tmp_path, ENGINE)
    assert read(grandchild).events == read(table.path).events[: second - 1]
    assert read(grandchild).header.origin == Branched(parent=read(child).header.id, answer=second)
    with pytest.raises(BranchError, match=f"event {third} is no answer"):
        branch(child, third, tmp_path, ENGINE)
    assert read(branch(grandchild, first, tmp_path, ENGINE)).events == read(table.path).events[: first - 1]


async def test_answers_are_counted_from_one_with_what_they_answered(tmp_path: Path) -> None:
    table = Table(tmp_path, sample.header(mode="coach"))
    await table.conductor.begin()
    await table.say(ANSWER)
    await table.conductor.control("retry")
    await table.say("Better.")
    await table.conductor.control("continue")
    await table.conductor.stop()
    recording = recorded(table.path)
    first, second = answers_in(recording)
    assert (first.number, first.text, first.again, second.text, second.again) == (1, ANSWER, False, "Better.", True)
    assert first.question == recording.state.threads[0].question
    assert numbered_answer(recording, 2) == second.seq
    with pytest.raises(BranchError, match=r"no answer 3.*numbered 1 to 2"):
        numbered_answer(recording, 3)
    conductor, _ = resumed(branch(recording, second.seq, tmp_path, ENGINE))
    await conductor.answer("Another.")
    assert [said.text for said in conductor.state.threads[0].said] == ["Another."]
    await conductor.stop()


async def test_where_events_are_missing_a_notice_keeps_their_place(tmp_path: Path) -> None:
    table = Table(tmp_path)
    table.conductor.save_draft("a word")
    await table.conductor.begin()
    await table.say(ANSWER, ANSWER)
    await table.conductor.stop()
    lines = table.path.read_bytes().splitlines(keepends=True)
    damaged = tmp_path / "damaged.jsonl"
    damaged.write_bytes(b"".join([lines[0], b"not an event\n", *lines[2:]]))
    answer = answers_of(table.path)[1]
    kept = read(branch(damaged, answer, tmp_path / "mine", ENGINE))
    assert isinstance(kept.events[0], Notice)
    assert kept.events[1:] == read(table.path).events[1 : answer - 1]
    last_turn = next(place for place in range(answer - 1, 0, -1) if b'"type":"turn"' in lines[place])
    damaged.write_bytes(b"".join([*lines[:last_turn], *lines[last_turn + 1 :]]))
    with pytest.raises(BranchError, match="missing before this answer"):
        branch(damaged, answer, tmp_path / "mine", ENGINE)


def test_a_branch_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("a file where the folder should be")
    with pytest.raises(TranscriptError):
        branch(SAMPLES[0], answers_of(SAMPLES[0])[0], tmp_path / "mine", ENGINE)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    shutil.copy(SAMPLES[0], tmp_path / "sample.jsonl")
    with pytest.raises(BranchError, match="is no answer"):
        branch(tmp_path / "sample.jsonl", 1, tmp_path / "other", ENGINE)
    assert not (tmp_path / "other").exists()
