"""What must hold for the people of a persona, their phrases and their company."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from interviewer.library.faults import shown
from interviewer.library.references import References
from interviewer.library.rules.common import (
    PLACEHOLDER,
    Rule,
    duplicate_ids,
    names_one_of,
    placeholders,
    wordless,
)
from interviewer.library.tree import Finding, Value

PLACEHOLDERS: Final = {
    "echo": ("quote",),
    "recall": ("quote",),
    "contradiction": ("quote", "earlier"),
    "hand_over": ("name",),
}
"""What each kind of phrase must hold; it may hold nothing else, and other kinds hold nothing."""

HANDING_OVER: Final = ("hand_over", "take_over")


def person_ids(persona: Value) -> list[str] | None:
    """The ids of a persona's people; None if they cannot all be read."""
    names = [person.at("id").text() for person in persona.at("people").items()]
    return [name for name in names if name] if names and all(names) else None


def _ids_are_unique(top: Value, _: References) -> Iterator[Finding]:
    yield from duplicate_ids(top.at("people"), "person")
    for part, noun in (("numbers", "number"), ("flaws", "flaw"), ("facts", "fact"), ("withheld", "withheld")):
        yield from duplicate_ids(top.at("company", part), noun)


def _phrases_hold_their_placeholders(top: Value, _: References) -> Iterator[Finding]:
    for person in top.at("people").items():
        for kind, lines in person.at("phrases").entries():
            for text, line in lines.texts():
                yield from _wrong_placeholders(kind, text, line)


def _wrong_placeholders(kind: str, text: str, line: Value) -> Iterator[Finding]:
    allowed = PLACEHOLDERS.get(kind, ())
    found = PLACEHOLDER.findall(text)
    may = " and ".join(f"{{{name}}}" for name in allowed) or "none"
    for name in found:
        if name not in allowed:
            problem = f"the placeholder `{{{shown(name)}}}` is not known in a `{shown(kind)}` phrase"
            yield Finding(line.path, problem, f"Allowed here: {may}.")
    for name in allowed:
        if name not in found and text:
            yield Finding(
                line.path,
                f"this `{kind}` phrase does not hold {{{name}}}",
                f"Put {{{name}}} where it belongs.",
            )
    rest = PLACEHOLDER.sub("", text)
    if "{" in rest or "}" in rest:
        yield Finding(line.path, "a brace stands alone", f"Remove it; placeholders allowed here: {may}.")


def _colleagues_hand_over(top: Value, _: References) -> Iterator[Finding]:
    people = top.at("people").items()
    if len(people) < 2:
        return
    for person in people:
        phrases = person.at("phrases")
        for kind in HANDING_OVER:
            if phrases.there and not phrases.at(kind).there:
                problem = f"with several people, each needs `{kind}` phrases"
                yield Finding(phrases.path, problem, f"Add `{kind}:` with at least one phrase.")


def _cares_are_weights(top: Value, _: References) -> Iterator[Finding]:
    weights = [entry for person in top.at("people").items() for _, entry in person.at("cares").entries()]
    weights += [entry for _, entry in top.at("moves", "probes").entries()]
    for weight in weights:
        number = weight.number()
        if number is not None and number < 0:
            yield Finding(weight.path, f"the weight {number:g} is negative", "Write 0 or more; 1 is as written.")


def _facts_name_people(top: Value, _: References) -> Iterator[Finding]:
    people = person_ids(top)
    if people is not None:
        for fact in top.at("company", "facts").items():
            yield from names_one_of(fact.at("person"), people, "one of the people")


def _cues_have_words(top: Value, _: References) -> Iterator[Finding]:
    company = top.at("company")
    for flaw in company.at("flaws").items():
        yield from wordless(flaw.at("cues"))
    for answer in company.at("facts").items() + company.at("withheld").items():
        yield from wordless(answer.at("asks"))


def _texts_can_be_said(top: Value, _: References) -> Iterator[Finding]:
    said = [answer.at("answer") for answer in top.at("company", "facts").items()]
    said += [answer.at("reply") for answer in top.at("company", "withheld").items()]
    said += [line for segment in top.at("plan").items() for line in segment.at("says").items()]
    said += [line for _, lines in top.at("decision", "spoken").entries() for line in lines.items()]
    said += top.at("moves", "silences").items()
    yield from placeholders(said)


def _silence_has_words(top: Value, _: References) -> Iterator[Finding]:
    silence = top.at("moves", "silence")
    if silence.node is not None and silence.node.value is True and not top.at("moves", "silences").items():
        problem = "`silence` is on, but there is nothing to say while waiting"
        yield Finding(silence.path, problem, "Add `silences:` with at least one line, or set it to `false`.")


PEOPLE_RULES: Final[tuple[Rule, ...]] = (
    _ids_are_unique,
    _phrases_hold_their_placeholders,
    _colleagues_hand_over,
    _cares_are_weights,
    _facts_name_people,
    _cues_have_words,
    _texts_can_be_said,
    _silence_has_words,
)
