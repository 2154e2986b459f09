"""What must hold for a persona's plan: its time, its segments and the questions they can ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from interviewer.library.faults import shown
from interviewer.library.near import suggestion
from interviewer.library.references import Kind, References, meant, meant_name, unknown
from interviewer.library.rules.common import Rule, duplicate_ids, names_one_of
from interviewer.library.rules.people import person_ids
from interviewer.library.tree import Finding, Value

MINUTES_TOLERANCE: Final = 0.01


@dataclass(frozen=True, slots=True)
class Pool:
    """The questions that a segment can draw from."""

    questions: tuple[Value, ...]
    whole: bool
    """False if a bank could not be read or none is named, so that there should be more."""

    @property
    def sound(self) -> bool:
        """Whether conclusions can be drawn from what is not in it."""
        return self.whole and bool(self.questions)


def asks(segment: Value) -> bool:
    """Whether the segment asks main questions."""
    purpose = segment.at("purpose").text()
    return purpose == "questions" or (purpose == "opening" and (segment.at("questions").number() or 0) > 0)


def pool_of(segment: Value, persona: Value, references: References, *, only_banks: bool = False) -> Pool:
    """What the segment can draw from; with `only_banks` before topics, formats, rubric and stage narrow it.

    What a question does not say in a readable way does not exclude it.
    """
    found: list[Value] = []
    banks = dict.fromkeys(name for name, _ in segment.at("banks").texts())
    whole = bool(banks)
    for name in banks:
        bank = meant(references, "questions", name)
        whole = whole and bank is not None and bool(bank.at("questions").items())
        found += bank.at("questions").items() if bank is not None else []
    if not only_banks:
        stage = persona.at("stage").text()
        rubric = meant_name(references, "rubric", segment.at("rubric").text())
        topics = [topic for topic, _ in segment.at("topics").texts()]
        formats = [name for name, _ in segment.at("formats").texts()]
        found = [
            question
            for question in found
            if _fits(question.at("topic").text(), topics)
            and _fits(question.at("format").text(), formats)
            and _fits(rubric_of(question, references), [rubric] if rubric else [])
            and _fits_stage(question, stage)
        ]
    return Pool(tuple(found), whole)


def plan_pools(persona: Value, references: References) -> list[tuple[Value, Pool]]:
    """Every segment that asks, with what it can draw from."""
    return [(part, pool_of(part, persona, references)) for part in persona.at("plan").items() if asks(part)]


def rubric_of(question: Value, references: References) -> str | None:
    """The id of the rubric that a question is under, misspelt or not; None if that is not clear."""
    return meant_name(references, "rubric", question.at("rubric").text())


def _fits(has: str | None, wanted: list[str]) -> bool:
    return not wanted or has is None or has in wanted


def _fits_stage(question: Value, stage: str | None) -> bool:
    stages = [name for name, _ in question.at("stages").texts()]
    return stage is None or not stages or stage in stages


def _ids_are_unique(top: Value, _: References) -> Iterator[Finding]:
    yield from duplicate_ids(top.at("plan"), "segment")


def _length_is_in_range(top: Value, _: References) -> Iterator[Finding]:
    minutes = top.at("minutes")
    default = minutes.at("default").number()
    shortest, longest = minutes.at("shortest").number(), minutes.at("longest").number()
    if default is not None and shortest is not None and shortest > default:
        problem = f"the shortest length, {shortest:g} minutes, is above the default of {default:g}"
        yield Finding((*minutes.path, "shortest"), problem, "Make it the default or less.")
    if default is not None and longest is not None and longest < default:
        problem = f"the longest length, {longest:g} minutes, is below the default of {default:g}"
        yield Finding((*minutes.path, "longest"), problem, "Make it the default or more.")


def _segments_sum_to_default(top: Value, _: References) -> Iterator[Finding]:
    plan, default = top.at("plan"), top.at("minutes", "default").number()
    parts = [segment.at("minutes").number() for segment in plan.items()]
    if not parts or default is None or None in parts:
        return
    total = sum(part for part in parts if part is not None)
    if abs(total - default) > MINUTES_TOLERANCE:
        problem = f"the segments take {total:g} minutes, and `minutes.default` is {default:g}"
        yield Finding(plan.path, problem, "Change the minutes of the segments, or the default.")


def _plan_asks_and_closes(top: Value, _: References) -> Iterator[Finding]:
    plan = top.at("plan")
    segments = plan.items()
    if not segments:
        return
    purposes = [segment.at("purpose").text() for segment in segments]
    if not any(asks(segment) for segment in segments) and None not in purposes:
        problem = "no segment asks a question"
        yield Finding(plan.path, problem, "Add a segment with `purpose: questions`, banks and `questions: 1` or more.")
    if purposes[-1] not in (None, "closing"):
        yield Finding(segments[-1].path, "the last segment is not the closing", "End with `purpose: closing`.")


def _leads_are_people(top: Value, _: References) -> Iterator[Finding]:
    people = person_ids(top)
    if people is not None:
        for segment in top.at("plan").items():
            yield from names_one_of(segment.at("lead"), people, "one of the people")


def _references_exist(top: Value, references: References) -> Iterator[Finding]:
    for segment in top.at("plan").items():
        wanted: list[tuple[Kind, str, Value]] = [("questions", "question bank", v) for v in segment.at("banks").items()]
        wanted.append(("rubric", "rubric", segment.at("rubric")))
        for kind, noun, value in wanted:
            if (name := value.text()) and references.find(kind, name) is None:
                yield Finding(value.path, f"there is no {noun} `{shown(name)}`", unknown(references, kind, name))


def _filters_name_something(top: Value, references: References) -> Iterator[Finding]:
    """Every topic and format of a segment belongs to some question of its banks."""
    for segment in top.at("plan").items():
        pool = pool_of(segment, top, references, only_banks=True)
        if not pool.sound:
            continue
        for key, singular in (("topics", "topic"), ("formats", "format")):
            has = {question.at(singular).text() for question in pool.questions}
            for name, value in segment.at(key).texts():
                if name and name not in has and None not in has:
                    problem = f"no question of this segment's banks has the {singular} `{shown(name)}`"
                    yield Finding(value.path, problem, suggestion(name, [known for known in has if known]))


def _segments_find_questions(top: Value, references: References) -> Iterator[Finding]:
    for segment, pool in plan_pools(top, references):
        banks, number = segment.at("banks"), segment.at("questions")
        wanted = number.number() if number.there else 0
        if not banks.items():
            if not banks.there or (banks.node is not None and isinstance(banks.node.value, list)):
                yield Finding(segment.path, "the segment asks questions and names no bank", "Add `banks:`.")
        elif wanted == 0:
            yield Finding(segment.path, "the segment is for questions and asks none", "Set `questions:` to 1 or more.")
        elif pool.whole and not pool.questions:
            problem = "no question of these banks fits the segment's filters and the persona's stage"
            yield Finding(segment.path, problem, "Widen `topics`, `formats` or `rubric`, or add a bank.")
        elif pool.whole and wanted is not None and len(pool.questions) < wanted:
            problem = f"the segment asks {wanted:g} questions, and only {len(pool.questions)} fit it"
            yield Finding(number.path, problem, "Ask fewer, widen the filters, or add a bank.")


def _twists_exist(top: Value, references: References) -> Iterator[Finding]:
    pools = [pool for _, pool in plan_pools(top, references)]
    if not pools or not all(pool.sound for pool in pools):
        return
    questions = [question for pool in pools for question in pool.questions]
    has = {twist.at("kind").text() for question in questions for twist in question.at("twists").items()}
    for kind, value in top.at("moves", "twists").texts():
        if kind not in has and None not in has:
            problem = f"no question of the plan has a `{shown(kind)}` twist"
            yield Finding(value.path, problem, "Remove it, or draw from a bank whose questions have one.")


PLAN_RULES: Final[tuple[Rule, ...]] = (
    _ids_are_unique,
    _length_is_in_range,
    _segments_sum_to_default,
    _plan_asks_and_closes,
    _leads_are_people,
    _references_exist,
    _filters_name_something,
    _segments_find_questions,
    _twists_exist,
)
