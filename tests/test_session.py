"""What is fixed before the first word, and that one interview after another is not the same again."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.engines.choose import Engine, offline
from interviewer.interview.clock import SpokenTime
from interviewer.interview.conductor import Wrote
from interviewer.library import Library, NotFound
from interviewer.library.lookup import Place
from interviewer.session import ChoiceError, Choices, prepare, resume, start
from interviewer.transcript.events import Header, Turn
from interviewer.transcript.store import TranscriptError, read
from interviewer.vocabulary import Seniority

BUILT_IN = ("seed-founder", "series-b-panel", "big-tech-bar-raiser")
ANSWERS = (
    "I rebuilt the estimates alone in six weeks because they were 40 minutes off, and the error fell to 14 minutes.",
    "We compared it with the plain average first. It broke once when a supplier changed files, and I added checks.",
    "I would call three customers, ship rules by Friday, and leave out the dashboard.",
    "I don't know.",
    "It cost us two days. Since then I write down what would make me stop before I begin.",
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return offline()


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.default()


async def hold(header: Header, folder: Path, engine: Engine) -> tuple[str, ...]:
    """Holds the interview to its end and returns the main questions."""
    spoken = SpokenTime()

    def listen(update: object) -> None:
        if isinstance(update, Wrote) and isinstance(update.event, Turn):
            spoken.speak(update.event.text)

    conductor = start(header, folder, engine, listen, spoken)
    await conductor.begin()
    answers: Iterator[str] = itertools.cycle(ANSWERS)
    while not conductor.state.closed:
        asks = conductor.state.planned.segment.purpose == "candidate-questions"
        said = "No, thank you." if asks else next(answers)
        spoken.speak(said * 3)
        await conductor.answer(said)
    await conductor.finish()
    await conductor.stop()
    return tuple(thread.question for thread in conductor.state.threads)


@pytest.mark.parametrize("name", BUILT_IN)
async def test_one_interview_after_another_asks_other_questions(
    name: str, library: Library, engine: Engine, tmp_path: Path
) -> None:
    asked = []
    for _ in range(3):
        header = prepare(library, Choices(name), engine, tmp_path)
        asked.append(set(await hold(header, tmp_path, engine)))
    first, second, third = asked
    assert len(first & second) <= len(first) / 4, f"asked again at once: {first & second}"
    assert not first >= third, "the third was nothing but the first again"
    assert not second >= third, "the third was nothing but the second again"


async def test_the_same_seed_and_answers_give_the_same_questions(
    library: Library, engine: Engine, tmp_path: Path
) -> None:
    headers = [prepare(library, Choices("seed-founder", seed=5), engine, tmp_path / name) for name in "ab"]
    assert headers[0].recent == headers[1].recent == ()
    first, second = [await hold(header, tmp_path / str(place), engine) for place, header in enumerate(headers)]
    assert first == second


@pytest.mark.parametrize("seniority", ["junior", "mid", "senior", "staff"])
@pytest.mark.parametrize("name", BUILT_IN)
def test_every_part_has_questions_for_every_level(
    name: str, seniority: Seniority, library: Library, engine: Engine, tmp_path: Path
) -> None:
    from interviewer.interview.moves import eligible_questions
    from interviewer.interview.state import begin

    state = begin(prepare(library, Choices(name, seniority=seniority), engine, tmp_path))
    for planned in state.plan.segments:
        if planned.segment.questions:
            assert len(eligible_questions(state, planned)) >= planned.questions, planned.segment.id


def test_the_length_is_the_personas_own_unless_chosen(library: Library, engine: Engine, tmp_path: Path) -> None:
    assert prepare(library, Choices("seed-founder"), engine, tmp_path).minutes == 45
    assert prepare(library, Choices("seed-founder", minutes=30), engine, tmp_path).minutes == 30


@pytest.mark.parametrize("minutes", [0, 29, 61])
def test_a_length_that_does_not_fit_is_refused_with_what_fits(
    minutes: int, library: Library, engine: Engine, tmp_path: Path
) -> None:
    with pytest.raises(ChoiceError, match=f"30 to 60 minutes, not {minutes}"):
        prepare(library, Choices("seed-founder", minutes=minutes), engine, tmp_path)


def test_an_unknown_persona_is_not_found(library: Library, engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="seed-founder"):
        prepare(library, Choices("seed-foundr"), engine, tmp_path)


def copied(folder: Path, old: str = "", new: str = "") -> Library:
    """The seed founder with rubric and questions in a folder of one's own, one passage changed."""
    source = Path(__file__).parent.parent
    for name in ("personas/seed-founder.yaml", "personas/questions/seed-founder.yaml", "rubrics/founder-signals.yaml"):
        text = (source / name).read_text(encoding="utf-8")
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    return Library((Place("working folder", folder),))


def test_questions_for_nobody_of_this_level_are_refused(engine: Engine, tmp_path: Path) -> None:
    import re

    bank = tmp_path / "personas/questions/seed-founder.yaml"
    library = copied(tmp_path)
    text = re.sub(r"(?m)^( *)seniority:.*$", "", bank.read_text(encoding="utf-8"))
    bank.write_text(re.sub(r"(?m)^( *)stages:", r"\1seniority: [staff]\n\1stages:", text), encoding="utf-8")
    assert prepare(library, Choices("seed-founder", seniority="staff"), engine, tmp_path).banks
    with pytest.raises(ChoiceError, match="nothing for junior candidates"):
        prepare(library, Choices("seed-founder", seniority="junior"), engine, tmp_path)


def test_only_questions_that_fit_stage_and_level_are_kept(library: Library, engine: Engine, tmp_path: Path) -> None:
    header = prepare(library, Choices("series-b-panel", seniority="junior"), engine, tmp_path)
    for bank in header.banks:
        assert all("junior" in question.seniority and "series-b" in question.stages for question in bank.questions)


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("Joss Abara runs Tallycrate", "Joss Abara leads Tallycrate", "persona"),
        ("What is something technical", "Which is something technical", "bank:seed-founder"),
        ("Mentions a shortage", "Names a shortage", "rubric:founder-signals"),
    ],
)
def test_a_changed_word_changes_the_hash_of_its_file_only(
    engine: Engine, tmp_path: Path, old: str, new: str, changed: str
) -> None:
    choices = Choices("seed-founder")
    before = prepare(copied(tmp_path / "a"), choices, engine, tmp_path).hashes
    same = prepare(copied(tmp_path / "b"), choices, engine, tmp_path).hashes
    after = prepare(copied(tmp_path / "c", old, new), choices, engine, tmp_path).hashes
    assert before == same
    assert {name for name in before if before[name] != after[name]} == {changed}


def test_two_interviews_of_the_same_second_do_not_meet(library: Library, engine: Engine, tmp_path: Path) -> None:
    headers = [prepare(library, Choices("seed-founder"), engine, tmp_path) for _ in range(20)]
    assert len({header.id for header in headers}) == 20
    assert len({header.seed for header in headers}) == 20


def test_an_unreadable_transcript_does_not_keep_the_next_interview_from_beginning(
    library: Library, engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "broken.jsonl").write_text("{}\n", encoding="utf-8")
    assert prepare(library, Choices("seed-founder"), engine, tmp_path).recent == ()


async def test_an_interview_is_taken_up_by_one_process_at_a_time(
    library: Library, engine: Engine, tmp_path: Path
) -> None:
    header = prepare(library, Choices("seed-founder"), engine, tmp_path)
    conductor = start(header, tmp_path, engine, lambda _: None, SpokenTime())
    await conductor.begin()
    with pytest.raises(TranscriptError, match="another interviewer"):
        resume(conductor.path, engine, lambda _: None)
    await conductor.stop()
    again, transcript = resume(conductor.path, engine, lambda _: None, SpokenTime())
    assert transcript.events == read(conductor.path).events
    assert again.state == conductor.state
    await again.stop()
