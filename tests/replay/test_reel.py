"""Any transcript opens; of a sound one nothing is held that is not looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.replay.judgement import judgement
from interviewer.replay.player import Player
from interviewer.replay.reel import KEPT, EventsOnFile, Reel, open_reel
from interviewer.replay.seek import search
from interviewer.transcript.events import EVENT, Graded, Header
from interviewer.transcript.store import TranscriptError, read
from tests import sample
from tests.interview.steps import Steps
from tests.replay.test_timeline import SAMPLES, grade


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A transcript of this version on the medium."""
    steps = Steps().begun()
    first = steps.state.threads[-1].turn
    steps.answer("I rebuilt the index. It took two weeks.")
    steps.turn("probe")
    steps.answer("Two of us measured it, and the error fell.")
    steps.turn("ask")
    steps.add(Graded, grade=grade(steps.header, first, "weak"))
    return written(tmp_path / "one.jsonl", steps)


def written(path: Path, steps: Steps) -> Path:
    lines = [steps.header.model_dump_json(by_alias=True).encode()]
    lines += [EVENT.dump_json(event, by_alias=True) for event in steps.events]
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def test_a_sound_transcript_is_left_on_the_medium(path: Path) -> None:
    reel, whole = open_reel(path), read(path)
    assert isinstance(reel.events, EventsOnFile) and not reel.damage
    assert (reel.header, tuple(reel.events)) == (whole.header, whole.events)
    assert [reel.events[place] for place in (3, 0, -1)] == [whole.events[place] for place in (3, 0, -1)]
    assert reel.events[1:4] == whole.events[1:4]
    with pytest.raises(IndexError):
        reel.events[len(whole.events)]


def test_only_so_many_events_are_kept(tmp_path: Path) -> None:
    steps = Steps().begun()
    for _ in range(KEPT):
        steps.control("pause")
        steps.control("resume")
    events = open_reel(written(tmp_path / "long.jsonl", steps)).events
    assert isinstance(events, EventsOnFile)
    assert [events[place] for place in range(len(events))] == steps.events
    assert len(events._known) == KEPT


def test_a_file_that_changed_meanwhile_says_so(path: Path) -> None:
    reel = open_reel(path)
    path.write_bytes(b"x" * path.stat().st_size)
    with pytest.raises(TranscriptError, match="was changed while it was open"):
        reel.events[2]
    path.unlink()
    with pytest.raises(TranscriptError, match="cannot be read"):
        reel.events[3]


def damaged(path: Path, what: str) -> Reel:
    lines = path.read_bytes().splitlines(keepends=True)
    match what:
        case "torn":
            lines[-1] = lines[-1][:-20]
        case "unreadable":
            lines[3] = b"{nothing\n"
        case "order":
            lines[3], lines[4] = lines[4], lines[3]
        case "missing":
            del lines[3]
    path.write_bytes(b"".join(lines))
    return open_reel(path)


@pytest.mark.parametrize("what", ["torn", "unreadable", "order", "missing"])
def test_a_damaged_transcript_opens_with_everything_that_is_whole(path: Path, what: str) -> None:
    reel = damaged(path, what)
    assert reel.damage
    assert tuple(reel.events) == read(path).events
    assert len(reel.timeline) == len(reel.events) >= 5


def test_an_older_version_opens_too(tmp_path: Path, path: Path) -> None:
    first, rest = path.read_bytes().split(b"\n", 1)
    header = json.loads(first)
    header["schema_version"] = 1
    header.pop("origin", None)
    older = tmp_path / "older.jsonl"
    older.write_bytes(json.dumps(header).encode() + b"\n" + rest)
    reel = open_reel(older)
    assert tuple(reel.events) == tuple(open_reel(path).events) and not reel.damage


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b'{"type": "something"}\n'])
def test_what_is_no_transcript_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_bytes(content)
    with pytest.raises(TranscriptError, match=r"wrong\.jsonl"):
        open_reel(wrong)


def test_a_search_finds_what_was_said_and_nothing_else(path: Path) -> None:
    reel = open_reel(path)
    assert search(reel, "INDEX").places == (2,)
    assert search(reel, "(measured").places == () and search(reel, "measured it,").places == (4,)
    hits = search(reel, "two")
    assert hits.places == (2, 4)
    player = Player(reel.timeline, position=4)
    assert (hits.nearest(player), hits.told(player)) == (4, "\u201ctwo\u201d 2 times, n for the next")
    assert hits.nearest(Player(reel.timeline, position=6)) == 2, "after the last hit it begins anew"
    assert hits.told(Player(reel.timeline, position=5)).startswith("\u201ctwo\u201d 2 of 2")


def test_a_judgement_has_the_words_of_the_rubric_and_every_quote_where_it_stands() -> None:
    for path in SAMPLES:
        reel = open_reel(path)
        cited = 0
        for index, asked in enumerate(reel.timeline.questions):
            judged = judgement(reel, index)
            assert len(judged.follow_ups) == len(asked.follow_ups)
            for place in asked.answers:
                event = reel.events[place]
                for evidence, share in judged.evidence(event.seq):
                    assert getattr(event, "text", "")[evidence.start : evidence.end] == evidence.quote
                    assert 0 <= share <= 1
                    cited += 1
        assert cited > 5, path.stem


def test_graders_who_agree_in_every_word_are_told_together(tmp_path: Path) -> None:
    steps = Steps(sample.header(persona=sample.persona(panel=True))).begun()
    first, people = steps.state.threads[-1].turn, steps.header.persona.people
    steps.answer()
    for person in people:
        steps.add(Graded, grade=grade(steps.header, first, "solid", person=person.id))
    reel = open_reel(written(tmp_path / "panel.jsonl", steps))
    (opinion,) = judgement(reel, 0).opinions
    assert opinion.who == tuple(person.name for person in people)
    steps.add(Graded, grade=grade(steps.header, first, "weak", person=people[0].id))
    reel = open_reel(written(tmp_path / "panel.jsonl", steps))
    assert [len(one.who) for one in judgement(reel, 0).opinions] == [len(people) - 1, 1]


def test_what_a_follow_up_got_is_not_missing(tmp_path: Path) -> None:
    steps = Steps().begun()
    thread = steps.state.threads[-1]
    points = steps.state.question(thread.question).key_points
    missed = tuple(point.id for point in points)
    steps.answer()
    gap = steps.turn("probe").gap
    assert gap is not None
    steps.answer()
    steps.turn("ask", closed=(gap,))
    found = grade(steps.header, thread.turn, "weak").model_copy(update={"missed": missed, "question": thread.question})
    steps.add(Graded, grade=found)
    (opinion,) = judgement(open_reel(written(tmp_path / "got.jsonl", steps)), 0).opinions
    assert opinion.missed == tuple(point.point for point in points if f"point:{point.id}" != gap)


def test_a_header_alone_is_an_interview_in_which_nothing_was_said(tmp_path: Path) -> None:
    header: Header = sample.header()
    alone = tmp_path / "alone.jsonl"
    alone.write_text(header.model_dump_json(by_alias=True) + "\n", encoding="utf-8")
    reel = open_reel(alone)
    assert (len(reel.events), len(reel.timeline), reel.timeline.verdict) == (0, 0, None)
