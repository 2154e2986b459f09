"""An imported interview is a transcript like any other, and our own comes back byte for byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.cli import main
from interviewer.imports.bring import bring_in
from interviewer.imports.making import Judged
from interviewer.imports.recognise import Own, recognise
from interviewer.interview.state import fold
from interviewer.transcript.bundle import Bundle, pack, unpack
from interviewer.transcript.events import Imported
from interviewer.transcript.store import read
from tests import sample
from tests.transcript.test_import_recognising import NAMED, QUESTIONS, SUBRIP, WEBVTT

JUDGED = Judged(sample.persona(), (sample.rubric(),))
SAMPLE = Path(__file__).parents[2] / "transcripts" / "seed-founder-strong.jsonl"


@pytest.mark.parametrize("text", [QUESTIONS, NAMED, WEBVTT, SUBRIP])
@pytest.mark.parametrize("panel", [False, True])
def test_it_folds_and_waits_for_its_scorecard(tmp_path: Path, text: str, panel: bool) -> None:
    file = tmp_path / "talk.txt"
    file.write_text(text, encoding="utf-8")
    found = recognise(file)
    judged = Judged(sample.persona(panel=True), JUDGED.rubrics) if panel else JUDGED
    kept = bring_in(found, tmp_path / "kept", judged)
    transcript = read(kept.path)
    assert transcript.damage == ()
    assert isinstance(transcript.header.origin, Imported)
    assert transcript.header.origin.file == "talk.txt"
    state = fold(transcript.header, transcript.events)
    assert state.closed and state.scorecard is None and state.floor == "nobody"
    assert not isinstance(found, Own)
    asked = [part for part in found.parts if part.kind == "ask"]
    assert [thread.asked for thread in state.threads] == [part.remark.text for part in asked]
    assert sum(len(thread.probes) for thread in state.threads) == sum(1 for one in found.parts if one.kind == "probe")
    clocks = [event.clock for event in transcript.events]
    assert clocks == sorted(clocks)
    assert kept.path.stat().st_mode & 0o777 == 0o600


def test_who_really_spoke_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_text(NAMED, encoding="utf-8")
    transcript = read(bring_in(recognise(file), tmp_path, JUDGED).path)
    said = [event.said_by for event in transcript.events if event.type == "turn"]
    assert said == ["Maya Chen", "Maya Chen", "Ben Okoro", "Ben Okoro", "Maya Chen"]
    assert transcript.header.profile.name == "Sam Ito"


def test_from_file_to_scorecard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "talk.md"
    file.write_text(NAMED, encoding="utf-8")
    where = ["--transcripts", str(tmp_path / "kept")]
    assert main(["import", str(file), "--dry-run", *where]) == 0
    assert "Recognised  2 questions" in capsys.readouterr().out
    assert not (tmp_path / "kept").exists()
    assert main(["import", str(file), "--yes", "--json", "--persona", "seed-founder", *where]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["questions"], row["follow_ups"], row["candidate"]) == (2, 1, "Sam Ito")
    name = Path(row["path"]).stem
    nothing = tmp_path / "answers.txt"
    nothing.touch()
    assert main(["resume", name, "--answers", str(nothing), "--json", "--engine", "offline", *where]) == 0
    card = json.loads(capsys.readouterr().out)
    assert card["answers"][0]["asked"] == "Walk me through a system you designed."
    assert {answer["status"] for answer in card["answers"]} == {"graded"}
    assert any(result["share"] is not None for result in card["criteria"])


def test_nothing_is_written_where_nobody_can_be_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "talk.md"
    file.write_text(NAMED, encoding="utf-8")
    assert main(["import", str(file), "--transcripts", str(tmp_path / "kept")]) == 2
    assert "--yes" in capsys.readouterr().err
    assert not (tmp_path / "kept").exists()


def test_a_transcript_of_ours_is_copied_byte_for_byte_and_never_over_another(tmp_path: Path) -> None:
    first = bring_in(recognise(SAMPLE), tmp_path, JUDGED)
    assert first.path.read_bytes() == SAMPLE.read_bytes()
    again = bring_in(recognise(SAMPLE), tmp_path, JUDGED)
    assert not again.new and "there already" in again.remark
    other = tmp_path / "other.jsonl"
    other.write_bytes(SAMPLE.read_bytes()[:-40])
    clash = bring_in(recognise(other), tmp_path, JUDGED)
    assert clash.path.name == "sample-seed-founder-strong-2.jsonl"
    assert "Another transcript has the id" in clash.remark
    assert clash.path.read_bytes() == other.read_bytes()
    assert first.path.read_bytes() == SAMPLE.read_bytes()


def test_an_export_brings_back_log_and_runs(tmp_path: Path) -> None:
    log, runs = SAMPLE.read_bytes(), b'{"type":"grading-run","id":"one"}\n{"type":"grading-run","id":"two"}\n'
    file = tmp_path / "export.json"
    file.write_text(pack(Bundle(log, runs)), encoding="utf-8")
    kept = bring_in(recognise(file), tmp_path / "kept", JUDGED)
    assert kept.path.read_bytes() == log
    assert (tmp_path / "kept" / "runs" / kept.path.name).read_bytes() == runs


def test_gradings_made_elsewhere_are_added_to_a_transcript_that_is_there(tmp_path: Path) -> None:
    first, second = b'{"type":"grading-run","id":"one"}\n', b'{"type":"grading-run","id":"two"}\n'
    log, file, remarks = SAMPLE.read_bytes(), tmp_path / "export.json", list[str]()
    for runs in (b"", first, first + second, first + b'{"torn', first):
        file.write_text(pack(Bundle(log, runs)), encoding="utf-8")
        kept = bring_in(recognise(file), tmp_path / "kept", JUDGED)
        remarks.append(kept.remark.removeprefix(f"It is there already, the same to the byte: {kept.path.name}."))
    assert remarks == ["", " 1 grading run was added.", " 1 grading run was added.", "", ""]
    assert (tmp_path / "kept" / "runs" / kept.path.name).read_bytes() == first + second


_LINE = st.one_of(
    st.binary(max_size=30).map(lambda line: line.replace(b"\n", b"")),
    st.dictionaries(st.text(max_size=5), st.one_of(st.integers(), st.floats(), st.text(max_size=8)), max_size=3).map(
        lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    ),
    st.sampled_from([b'{"a":1e16}', b'{"a":1e-7}', b'{"a": 1}', b'{"base64":"eA=="}', b"{}", b"[]", b'{"a":1,"a":2}']),
)


@given(st.lists(_LINE, min_size=1, max_size=6), st.lists(_LINE, max_size=3), st.booleans())
def test_any_log_comes_back_from_its_export(lines: list[bytes], runs: list[bytes], torn: bool) -> None:
    log = b"\n".join(lines) + (b"" if torn else b"\n")
    bundle = Bundle(log or b"\n", b"".join(line + b"\n" for line in runs))
    assert unpack(pack(bundle), "export") == bundle
