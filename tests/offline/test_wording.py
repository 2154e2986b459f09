"""What is said on the screen: in the persona's own words, filled in, and not the same phrase over and over."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from interviewer.engines.offline.recall import telling_quote
from interviewer.engines.offline.wording import word
from interviewer.interview.trail import Trail
from interviewer.transcript.events import Answer, Move, Reading
from tests import sample
from tests.interview.steps import Steps
from tests.offline.interviews import BUILT_IN, interview, turns

SEEDS = range(6)
PLACEHOLDER = re.compile(r"\{(?:quote|earlier|name)\}")
AT_THE_START = ("acknowledge", "redirect", "blank", "kind_stop", "skip", "echo", "contradiction", "hand_over", "invite")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("persona", BUILT_IN)
def test_no_placeholder_of_a_phrase_reaches_the_screen(persona: str, seed: int) -> None:
    _, events = interview(persona, seed, seed)
    own = " ".join(event.text for event in events if isinstance(event, Answer))
    for turn in turns(events):
        assert turn.text
        shown = set(PLACEHOLDER.findall(turn.text))
        assert not shown or all(mark in own for mark in shown), turn.text
        if not any(mark in turn.text for mark in ("I used", "as placeholders")):
            assert not shown, turn.text


@pytest.mark.parametrize("persona", BUILT_IN)
def test_what_is_said_holds_no_double_space_or_loose_stop(persona: str) -> None:
    for seed in SEEDS:
        for turn in turns(interview(persona, seed, seed)[1]):
            assert turn.text == " ".join(turn.text.split()), turn.text
            assert not re.search(r" [.,;?!]|\.\.|\?\?|\u201d\u201d|\u201c\u201c|[.,;]\u201d\.", turn.text), turn.text


def _pattern(line: str) -> re.Pattern[str]:
    return re.compile(".+?".join(re.escape(part) for part in PLACEHOLDER.split(line.strip())))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("persona", BUILT_IN)
def test_no_phrase_is_heard_twice_in_a_row(persona: str, seed: int) -> None:
    header, events = interview(persona, seed, seed)
    for person in header.persona.people:
        texts = [turn.text for turn in turns(events) if turn.move.speaker == person.id]
        for purpose in AT_THE_START:
            lines = getattr(person.phrases, purpose) or ()
            patterns = {line: _pattern(line) for line in lines}
            used = [line for text in texts for line in lines if patterns[line].match(text)]
            if len(lines) > 1:
                assert all(one != other for one, other in pairwise(used)), (purpose, used)


def test_all_phrases_of_a_kind_are_used_before_one_comes_again() -> None:
    steps = Steps(persona=sample.persona(questions=8)).to_segment("main")
    steps.turn("ask")
    heard = []
    for _ in range(4):
        steps.control("skip")
        move = next(iter(steps.legal()))
        text = word(steps.state, move, None, steps.now)
        heard.append(text.split(".")[0])
        steps.turn(move.kind)
        steps.state = replace(steps.state, spoken=steps.state.spoken.ending(text))
    assert set(heard[:2]) == set(heard[2:]) == {"skip one", "skip two"}


def test_a_follow_up_leads_in_with_the_candidates_own_words() -> None:
    steps = Steps().begun()
    steps.answer("I rebuilt the index.")
    reading = steps.reading()
    assert reading is not None
    gap = reading.open_gaps[0].model_copy(update={"quote": "rebuilt the index"})
    reading = reading.model_copy(update={"open_gaps": (gap,)})
    said = word(steps.state, Move(kind="probe", speaker="ana", gap=gap.id), reading, steps.now)
    assert said == f"You said \u201crebuilt the index\u201d. {gap.probe}"


@pytest.mark.parametrize("heard", ["You said \u201crebuilt the index\u201d. Why?", ""])
def test_words_that_were_said_back_before_or_long_ago_are_not_said_back(heard: str) -> None:
    steps = Steps().begun()
    steps.answer("I rebuilt the index." if heard else "I did something else.")
    reading = steps.reading()
    assert reading is not None
    gap = reading.open_gaps[0].model_copy(update={"quote": "rebuilt the index"})
    state = replace(steps.state, spoken=Trail((heard,)))
    reading = reading.model_copy(update={"open_gaps": (gap,)})
    assert word(state, Move(kind="probe", speaker="ana", gap=gap.id), reading, steps.now) == gap.probe


def test_two_statements_that_clash_are_set_side_by_side() -> None:
    steps = Steps().begun()
    steps.answer("I worked alone.")
    reading = steps.reading()
    assert reading is not None
    gap = reading.open_gaps[0].model_copy(
        update={"source": "contradiction", "quote": "I worked alone", "earlier": "we were five"}
    )
    reading = reading.model_copy(update={"open_gaps": (gap,)})
    said = word(steps.state, Move(kind="probe", speaker="ana", gap=gap.id), reading, steps.now)
    assert said.startswith("First \u201cwe were five\u201d, now \u201cI worked alone\u201d.")


def test_a_hint_after_not_knowing_does_not_say_that_the_point_is_dropped() -> None:
    steps = Steps().begun()
    steps.answer("I don't know.")
    unknown = Reading(answer=steps.state.seq, outcome="dont-know")
    said = word(steps.state, Move(kind="hint", speaker="ana"), unknown, steps.now)
    assert re.match(r"hint (one|two)\. Think of the first hour of ", said)


def test_a_candidate_with_a_name_is_thanked_by_it() -> None:
    steps = Steps(profile={"name": "Ruth"}).begun()
    steps.control("end")
    assert word(steps.state, Move(kind="close", speaker="ana"), None, steps.now).startswith("Thank you, Ruth. close ")


def test_a_part_without_questions_is_introduced_with_the_greeting() -> None:
    base = sample.persona()
    first = base.plan[0].model_copy(update={"questions": 0, "says": ("We make tests.",)})
    steps = Steps(persona=base.model_copy(update={"plan": (first, *base.plan[1:])}))
    said = word(steps.state, Move(kind="open", speaker="ana"), None, 0)
    assert said.endswith("We make tests.")


def _closing(steps: Steps, reading: Reading | None) -> str:
    return word(steps.state, Move(kind="close", speaker="ana"), reading, steps.now)


def test_a_question_of_the_candidate_that_stays_open_is_cut_off_in_words() -> None:
    steps = Steps().to_segment("yours")
    steps.invited()
    steps.answer("And what about the runway?")
    late = Reading(answer=steps.state.seq, outcome="company-question")
    assert _closing(steps, late).startswith("time_up ")
    done = Reading(answer=steps.state.seq, outcome="no-questions")
    assert _closing(steps, done).startswith("close ")


def test_an_interview_that_ends_before_the_candidates_questions_says_that_time_is_up() -> None:
    steps = Steps().begun()
    steps.answer(seconds=2000)
    assert _closing(steps, steps.reading()).startswith("time_up ")
    steps.control("end")
    assert _closing(steps, steps.reading()).startswith("close "), "the candidate ended it"


def test_a_quote_from_earlier_bears_on_the_question_and_is_used_once() -> None:
    question = sample.bank().question("q0")
    answers = ["I like tea. The payment outage came from a cause that nobody saw."]
    quote = telling_quote(question, answers)
    assert quote == "The payment outage came from a cause that nobody saw"
    assert telling_quote(question, answers, [f"Earlier: \u201c{quote}\u201d. And now?"]) is None
    assert telling_quote(question, ["I like tea. My cat sleeps."]) is None
    spoken = telling_quote(question, ["Well, honestly, the payment outage had a cause."])
    assert spoken == "The payment outage had a cause"


@pytest.mark.parametrize(("outcome", "lead"), [("answered", ""), ("dont-know", "kind_stop ")])
def test_the_next_part_begins_with_one_joint(outcome: str, lead: str) -> None:
    steps = Steps().begun()
    steps.answer()
    reading = Reading.model_validate({"answer": steps.state.seq, "outcome": outcome})
    said = word(steps.state, Move(kind="next-segment", speaker="ana", segment="main"), reading, steps.now)
    assert said.startswith(lead or "transition ")
    assert "acknowledge" not in said
