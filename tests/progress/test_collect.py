"""Transcripts are read once; what is kept of them may be lost or damaged at any time and never shows."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interviewer.interview.moves import legal_moves
from interviewer.interview.results import build_scorecard
from interviewer.interview.state import apply, begin
from interviewer.progress import keeping
from interviewer.progress.collect import collect
from interviewer.progress.extract import facts_of
from interviewer.replay.reel import open_reel
from interviewer.transcript.archive import samples, samples_folder
from interviewer.transcript.events import Answer, Branched, Event, Finished, Gap, Imported, Reading, Turn
from interviewer.transcript.store import TranscriptError, read
from tests import sample
from tests.progress.kept import copied

STEM = "seed-founder-strong"
AT = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one finished interview."""
    copied(tmp_path / "t", STEM, "2026-03-02", "one")
    return tmp_path / "t"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "progress.sqlite3"


def none_read(_done: int, _of: int) -> None:
    """For when all that is wanted is kept."""
    pytest.fail("a transcript was read")


def test_facts_are_those_of_the_scorecard(folder: Path, kept: Path) -> None:
    (facts,) = collect(folder, kept).interviews
    assert (facts.id, facts.persona, facts.verdict, facts.came) == ("one", "seed-founder", "yes", "held")
    assert {fact.criterion for fact in facts.criteria} >= {"ownership", "honesty"}
    measure = facts.measure("founder-signals")
    assert [grader.engine for grader in measure.graders] == ["offline"] and not measure.coached
    first = facts.questions[0]
    assert (first.question, first.status, len(first.words)) == ("sf-story-02", "graded", 2)
    assert first.points_missed == sum(gap.id.startswith("point:") for gap in first.gaps) == 1
    assert first.said.i == 12 and len(first.seconds) == 2 and min(first.seconds) > 0


@pytest.mark.parametrize("path", sorted(samples_folder().glob("*.jsonl")), ids=lambda path: path.stem)
def test_an_answer_is_as_strong_here_as_in_its_replay(path: Path) -> None:
    facts, reel = facts_of((transcript := read(path)).header, transcript.events), open_reel(path)
    assert facts is not None
    here = [question.share for question in facts.questions]
    assert any(here) and here == pytest.approx([question.share for question in reel.timeline.questions])


def test_the_second_time_nothing_is_read_and_all_is_the_same(folder: Path, kept: Path) -> None:
    first, second = collect(folder, kept), collect(folder, kept, tell=none_read)
    assert second == first
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_what_changed_is_read_again_and_what_is_gone_is_forgotten(folder: Path, kept: Path) -> None:
    collect(folder, kept)
    path = copied(folder, STEM, "2026-03-09", "one")
    os.utime(path, ns=(1, 1))
    (changed,) = collect(folder, kept).interviews
    assert changed.created.day == 9
    path.unlink()
    assert collect(folder, kept).interviews == ()
    assert sqlite3.connect(kept).execute("SELECT count(*) FROM facts").fetchone() == (0,)


@pytest.mark.parametrize("damage", ["garbage", "truncated", "row", "version", "folder in its place"])
def test_damaged_facts_are_read_from_the_transcripts_again(folder: Path, kept: Path, damage: str) -> None:
    whole, told = collect(folder, kept), list[int]()
    match damage:
        case "garbage":
            kept.write_bytes(b"no database " * 500)
        case "truncated":
            kept.write_bytes(kept.read_bytes()[:5000])
        case "folder in its place":
            kept.unlink()
            kept.mkdir()
        case _:
            with sqlite3.connect(kept) as database:
                database.execute("UPDATE facts SET facts = '{}'" if damage == "row" else "PRAGMA user_version = 99")
    for _ in range(2):
        assert collect(folder, kept, tell=lambda _, of: told.append(of)) == whole
    assert told == ([1, 1] if damage == "folder in its place" else [1])


def test_facts_that_another_process_is_writing_are_left_to_it(
    folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = collect(folder, kept)
    monkeypatch.setattr(keeping, "_PATIENCE", 0.01)
    with contextlib.closing(sqlite3.connect(kept, isolation_level=None)) as another:
        another.execute("BEGIN EXCLUSIVE")
        file = kept.stat().st_ino
        assert collect(folder, kept) == whole
        assert kept.stat().st_ino == file
        another.execute("ROLLBACK")
    assert collect(folder, kept, tell=none_read) == whole


def test_samples_do_not_count_and_unfinished_ones_are_counted_apart(folder: Path, kept: Path) -> None:
    lines = (samples_folder() / f"{STEM}.jsonl").read_text(encoding="utf-8").split("\n")
    (folder / "sample.jsonl").write_text("\n".join(lines), encoding="utf-8")
    cut = [lines[0].replace(f'"sample-{STEM}"', '"left"', 1), *lines[1:40], ""]
    (folder / "left.jsonl").write_text("\n".join(cut), encoding="utf-8")
    found = collect(folder, kept, [entry.id for entry in samples(folder)])
    assert [one.id for one in found.interviews] == ["one"]
    assert (found.unfinished, found.problems) == (1, ())


def test_a_file_that_cannot_be_read_costs_nothing_but_a_sentence(folder: Path, kept: Path) -> None:
    (folder / "odd.jsonl").write_text("no transcript\n", encoding="utf-8")
    found = collect(folder, kept)
    assert [one.id for one in found.interviews] == ["one"]
    (problem,) = found.problems
    assert "odd.jsonl" in problem


def test_a_damaged_transcript_gives_what_still_fits(folder: Path, kept: Path) -> None:
    path = copied(folder, STEM, "2026-03-03", "two")
    lines = path.read_text(encoding="utf-8").split("\n")
    asked = next(number for number, line in enumerate(lines) if '"kind":"ask"' in line)
    path.write_text("\n".join([*lines[:asked], *lines[asked + 1 :]]), encoding="utf-8")
    first, second = collect(folder, kept).interviews
    assert len(second.questions) == len(first.questions) - 1


def test_no_folder_holds_nothing_and_a_closed_one_is_told(tmp_path: Path, kept: Path) -> None:
    assert collect(tmp_path / "none", kept).interviews == ()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(TranscriptError, match="cannot be read"):
        collect(tmp_path / "file", kept)


def test_in_a_branch_only_what_was_said_anew_is_its_own() -> None:
    transcript = read(samples_folder() / f"{STEM}.jsonl")
    asked = [event.seq for event in transcript.events if isinstance(event, Turn) and event.move.kind == "ask"]
    anew = next(event.seq for event in transcript.events if isinstance(event, Answer) and event.seq > asked[2])
    header = transcript.header.model_copy(update={"origin": Branched(parent="one", answer=anew)})
    facts = facts_of(header, transcript.events)
    assert facts is not None
    assert (facts.came, facts.parent, facts.counts) == ("branch", "one", False)
    assert [question.shared for question in facts.questions] == [True, True] + [False] * (len(asked) - 2)


def test_an_imported_interview_tells_no_times() -> None:
    transcript = read(samples_folder() / f"{STEM}.jsonl")
    header = transcript.header.model_copy(update={"origin": Imported(file="talk.vtt", form="captions")})
    facts = facts_of(header, transcript.events)
    assert facts is not None and facts.counts and facts.came == "import" and facts.questions
    assert not any(question.seconds or question.out_of_time for question in facts.questions)


def test_an_answer_with_more_to_ask_and_no_time_left_is_told() -> None:
    """The last question is followed up for as long as there is time; the interviewer closes with a gap still open."""
    header = sample.header(minutes=10)
    state, clock = begin(header), 0.0
    events: list[Event] = []

    def add(event: Event) -> None:
        nonlocal state
        events.append(event)
        state = apply(state, event)

    gap = Gap(id="gap:g", source="typical", about="No figure.", type="quantify", probe="How large was it, then?")
    while not state.closed:
        reading = Reading(answer=state.unread.seq, outcome="answered", open_gaps=(gap,)) if state.unread else None
        move = legal_moves(state, clock, reading)[-1]
        add(Turn(seq=state.seq + 1, clock=clock, at=AT, move=move, text="Words.", reading=reading))
        if state.floor == "candidate":
            clock += 300.0
            add(Answer(seq=state.seq + 1, clock=clock, at=AT, text="It took as long as it took."))
    add(Finished(seq=state.seq + 1, clock=clock, at=AT, scorecard=build_scorecard(state)))
    facts = facts_of(header, events)
    assert facts is not None and facts.questions[0].out_of_time
    assert facts.questions[0].seconds == (300.0,)
