"""Answers to the candidate come from the company's fact sheet and from nowhere else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.engines.offline.fact_sheet import look_up, questions_in, who_answers
from interviewer.engines.offline.wording import word
from interviewer.library import Library
from interviewer.persona import Company, Persona
from interviewer.question import QuestionBank
from interviewer.transcript.events import Move
from tests import sample
from tests.interview.steps import Steps
from tests.offline.interviews import BUILT_IN

PERSONAS = {name: Library.default().persona(name) for name in BUILT_IN}
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
OPENINGS = ("What about ", "Tell me about ", "How do you handle ", "Is there ", "Why ", "")


def company(**more: Any) -> Company:
    return Company.model_validate(sample.persona().company.model_dump() | more)


def everything(persona: Persona) -> str:
    """All that may be said about the company."""
    sheet = persona.company
    texts = [fact.answer for fact in sheet.facts] + [withheld.reply for withheld in sheet.withheld]
    texts += [f"{number.label}: {number.value}." for number in sheet.numbers]
    for person in persona.people:
        texts += [*person.phrases.refuse, *(person.phrases.unknown or ()), *person.phrases.more, *person.phrases.defer]
    return "\n".join(texts)


def told(persona: Persona, asked: str) -> str:
    """What is answered when the candidate asks this at the end."""
    steps = Steps(persona=persona.model_copy(update={"plan": sample.persona().plan[2:]}))
    lead = persona.people[0].id
    plan = tuple(part.model_copy(update={"lead": lead}) for part in steps.header.persona.plan)
    steps = Steps(persona=persona.model_copy(update={"plan": plan}), minutes=45)
    steps.turn("open")
    steps.invited()
    steps.answer(asked)
    return word(steps.state, Move(kind="answer", speaker=lead), steps.reading("company-question"), steps.now)


@st.composite
def a_question(draw: st.DrawFn, persona: Persona) -> str:
    """A question made of the sheet's own phrases, of words from its answers, or of anything."""
    sheet = persona.company
    phrases = [ask for fact in sheet.facts for ask in fact.asks]
    phrases += [ask for withheld in sheet.withheld for ask in withheld.asks]
    loose = sorted({token for fact in sheet.facts for token in fact.answer.split()})
    part = st.one_of(st.sampled_from(phrases), st.sampled_from(loose), st.text(max_size=12), st.just("999 percent"))
    return draw(st.sampled_from(OPENINGS)) + " ".join(draw(st.lists(part, min_size=1, max_size=4))) + "?"


@pytest.mark.parametrize("name", BUILT_IN)
@settings(max_examples=60)
@given(st.data())
def test_every_number_that_is_told_stands_in_the_fact_sheet(name: str, data: st.DataObject) -> None:
    persona = PERSONAS[name]
    known = set(NUMBER.findall(everything(persona)))
    asked = data.draw(a_question(persona))
    assert set(NUMBER.findall(told(persona, asked))) <= known, asked


@pytest.mark.parametrize("name", BUILT_IN)
@settings(max_examples=60)
@given(st.data())
def test_every_sentence_that_is_told_was_written_by_the_author(name: str, data: st.DataObject) -> None:
    persona = PERSONAS[name]
    rest = " ".join(told(persona, data.draw(a_question(persona))).split())
    pieces = sorted((" ".join(text.split()) for text in everything(persona).split("\n")), key=len, reverse=True)
    for piece in pieces:
        rest = rest.replace(piece, "", 1) if piece else rest
    assert not rest.strip()


@pytest.mark.parametrize("name", BUILT_IN)
def test_each_phrase_of_a_fact_finds_an_answer(name: str) -> None:
    sheet = PERSONAS[name].company
    missed = []
    for fact in sheet.facts:
        for ask in fact.asks:
            found = look_up(sheet, f"What about {ask}?")
            kept_back = found is not None and set(found.texts) & {one.reply for one in sheet.withheld}
            if found is None or not (fact.answer in found.texts or kept_back):
                missed.append((fact.id, ask))
    assert not missed


@pytest.mark.parametrize("name", BUILT_IN)
def test_what_is_kept_back_wins_over_what_may_be_told(name: str) -> None:
    sheet = PERSONAS[name].company
    facts = {fact.answer for fact in sheet.facts}
    for withheld in sheet.withheld:
        for ask in withheld.asks:
            found = look_up(sheet, f"How much runway is there, and {ask}?")
            assert found is not None
            assert withheld.reply in found.texts
            assert not facts & set(found.texts)


def test_what_is_not_on_the_sheet_is_refused_and_not_made_up() -> None:
    assert look_up(company(), "What is the name of your dog?") is None
    assert re.fullmatch(r"refuse (one|two)\. more (one|two)\.", told(sample.persona(), "What is your dog called?"))


def test_several_questions_are_answered_one_after_another() -> None:
    both = told(sample.persona(), "What is your runway? May I see the cap table?")
    assert both.startswith("Eleven months. I cannot share the cap table.")
    assert list(questions_in("One? Two?\nAnd three.")) == ["One?", "Two?", "And three."]


def test_a_fact_is_told_once_however_often_it_is_asked_for() -> None:
    assert told(sample.persona(), "What is your runway? How much money?").count("Eleven months.") == 1


def test_a_figure_is_told_where_no_fact_answers() -> None:
    sheet = company(numbers=[{"id": "staff", "label": "People in research", "value": "17"}])
    found = look_up(sheet, "How many people work in research?")
    assert found is not None
    assert found.texts == ("People in research: 17.",)


def test_whoever_is_named_answers_and_otherwise_nobody_in_particular() -> None:
    persona = sample.persona(panel=True)
    (fact,) = persona.company.facts
    sheet = persona.company.model_copy(update={"facts": (fact.model_copy(update={"person": "ben"}),)})
    persona = persona.model_copy(update={"company": sheet})
    assert who_answers(persona, "What is your runway?") == "ben"
    assert who_answers(persona, "May I see the cap table?") is None
    assert who_answers(persona, "What is your dog called?") is None


def test_in_the_middle_of_the_interview_the_answer_is_short_and_leads_back() -> None:
    steps = Steps().begun()
    steps.answer("How much runway do you have?")
    question = steps.state.threads[0].asked
    answer = Move(kind="answer", speaker="ana")
    assert word(steps.state, answer, steps.reading("company-question"), steps.now) == f"Eleven months. {question}"
    steps.turn("answer", "company-question")
    steps.answer("And what is your dog called?")
    said = word(steps.state, answer, steps.reading("company-question"), steps.now)
    assert re.match(r"defer (one|two)\. ", said)
    assert said.endswith(question)


def test_after_an_answer_in_the_middle_only_the_question_is_repeated_and_not_its_scene() -> None:
    bank = sample.bank(1).model_dump(by_alias=True)
    bank["questions"][0]["text"] = "It is midnight. The pager rings. What do you do first?"
    steps = Steps(banks=(QuestionBank.model_validate(bank),)).begun()
    steps.answer("How much runway do you have?")
    said = word(steps.state, Move(kind="answer", speaker="ana"), steps.reading("company-question"), steps.now)
    assert said == "Eleven months. What do you do first?"
