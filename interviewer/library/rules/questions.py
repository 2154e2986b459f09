"""What must hold within a bank of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from interviewer.library.faults import shown
from interviewer.library.near import suggestion
from interviewer.library.references import References, meant, unknown
from interviewer.library.rules.common import Rule, duplicate_ids, no_hidden_codes, placeholders, wordless
from interviewer.library.rules.rubric import criterion_ids
from interviewer.library.tree import Finding, Value
from interviewer.question import LEAST_GAPS, LEAST_KEY_POINTS

_WORD = re.compile(r"[^\W_]+")


def _questions(top: Value) -> list[Value]:
    return top.at("questions").items()


def _ids_are_unique(top: Value, _: References) -> Iterator[Finding]:
    yield from duplicate_ids(top.at("questions"), "question")
    for question in _questions(top):
        yield from duplicate_ids(question.at("key_points"), "key point")
        yield from duplicate_ids(question.at("gaps"), "gap")
        yield from duplicate_ids(question.at("twists"), "twist")


def _are_written_out(top: Value, _: References) -> Iterator[Finding]:
    """What a follow-up and the offline engine work with is there."""
    for question in _questions(top):
        for key, least in (("key_points", LEAST_KEY_POINTS), ("gaps", LEAST_GAPS)):
            value = question.at(key)
            if not value.there:
                yield Finding(question.path, f"the key `{key}` is missing", f"Add `{key}` with at least {least}.")
            elif (count := len(value.items())) < least:
                items = {0: "no items", 1: "1 item"}.get(count, f"{count} items")
                yield Finding(value.path, f"has {items}, and at least {least} are needed", "Add what is missing.")


def _rubrics_exist(top: Value, references: References) -> Iterator[Finding]:
    for question in _questions(top):
        rubric = question.at("rubric")
        if (name := rubric.text()) and references.find("rubric", name) is None:
            problem = f"there is no rubric `{shown(name)}`"
            yield Finding(rubric.path, problem, unknown(references, "rubric", name))


def _probed_criteria_exist(top: Value, references: References) -> Iterator[Finding]:
    for question in _questions(top):
        rubric_name = question.at("rubric").text()
        rubric = meant(references, "rubric", rubric_name) if rubric_name else None
        criteria = criterion_ids(rubric) if rubric is not None else None
        if criteria is None:
            continue
        for probe in question.at("probes").items():
            wanted = probe.at("criterion")
            if (name := wanted.text()) and name not in criteria:
                problem = f"the rubric `{shown(rubric_name)}` has no criterion `{shown(name)}`"
                yield Finding(wanted.path, problem, suggestion(name, criteria))


def _cues_have_words(top: Value, _: References) -> Iterator[Finding]:
    for question in _questions(top):
        for point in question.at("key_points").items() + question.at("twists").items():
            yield from wordless(point.at("cues"))


def _texts_can_be_said(top: Value, _: References) -> Iterator[Finding]:
    for question in _questions(top):
        said = [question.at("text"), question.at("hint")]
        said += [point.at("probe", "text") for point in question.at("key_points").items()]
        said += [gap.at("probe", "text") for gap in question.at("gaps").items()]
        said += [one.at("text") for one in question.at("twists").items() + question.at("probes").items()]
        yield from placeholders(said)


def _cues_are_not_in_the_question(top: Value, _: References) -> Iterator[Finding]:
    """Who repeats the question has not touched a key point by that."""
    for question in _questions(top):
        asked = _words(question.at("text").text() or "")
        for point in question.at("key_points").items():
            for cue, place in point.at("cues").texts():
                words = _words(cue)
                if words.strip() and words in asked:
                    problem = f"the cue `{shown(cue)}` stands word for word in the question"
                    yield Finding(place.path, problem, "Choose words that only an answer has.")


def _words(text: str) -> str:
    """The words of a text in lower case, a blank before and after each."""
    return " ".join(("", *_WORD.findall(text.casefold()), ""))


QUESTION_RULES: Final[tuple[Rule, ...]] = (
    no_hidden_codes,
    _ids_are_unique,
    _are_written_out,
    _rubrics_exist,
    _probed_criteria_exist,
    _cues_have_words,
    _texts_can_be_said,
)

QUESTION_ADVICE: Final[tuple[Rule, ...]] = (_cues_are_not_in_the_question,)
