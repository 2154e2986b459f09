"""Who acts: whether a sentence says what the speaker did, or only what "we" did or "I" think."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.engines.offline.stems import stem

_ADVERBS = frozenset(
    """also then first just personally actually even still finally quickly immediately have had always usually myself
    therefore simply later once initially eventually only since normally often recently alone single handedly did
    was am been be being""".split()
)
_NOT_REAL = frozenset("would could should might will can must not never if shall may cannot".split())
_NOT_DEEDS = frozenset(
    stem(word)
    for word in """think believe feel guess know mean hope want like love hate need wish suppose assume remember
    recall understand understood agree see imagine doubt seem care prefer enjoy expect trust happen wonder bet
    stand thought felt knew meant wanted liked loved needed wished supposed assumed remembered understood agreed
    imagined doubted cared preferred enjoyed expected trusted happened believed guessed was were had have am do did
    excited interested concerned surprised worried tired bored scared impressed pleased involved supposed
    passionate experienced skilled motivated dedicated focused qualified committed convinced motivated
    graduated studied lived heard saw lacked""".split()
)
_IRREGULAR_DEEDS = frozenset(
    """built wrote led ran made took chose set put cut found gave drew taught spoke sent kept began held fought split
    went drove brought bought sold met did dug rewrote rebuilt told came broke threw stood paid left got won read
    became spent sat shot swept stuck woke withdrew undid redid reran overrode""".split()
)
_DEEDS = frozenset(
    stem(word)
    for word in """build write design implement lead run make take choose decide measure test train ship deploy fix
    debug propose suggest ask call talk interview label clean collect analyse analyze prepare present plan organise
    organize review refactor rewrite migrate launch own manage mentor teach help convince negotiate investigate
    check start create develop work use try set put cut find give draw speak send keep begin hold compare evaluate
    sketch draft document automate monitor instrument replace remove add split""".split()
)
_MY_PART = (
    ("my", "part"), ("my", "job"), ("my", "role"), ("my", "contribution"), ("my", "responsibility"),
    ("by", "myself"), ("on", "my", "own"), ("i", "was", "responsible"), ("i", "am", "responsible"),
    ("i", "was", "the", "one"), ("i", "was", "in", "charge"), ("i", "took", "over"), ("i", "alone"),
    ("i", "was", "the", "only"), ("my", "own", "code"), ("my", "decision"), ("i", "did", "the"), ("i", "did", "all"),
)  # fmt: skip
_MY_PART_STARTS = frozenset(part[0] for part in _MY_PART)
_OWN_WORDS = frozenset(("i", "my", "myself"))


def own_part(words: Sequence[str]) -> bool:
    """True if the speaker says what they themselves did or do: "I built", "my part was", "on my own".

    Not: "we built" (nobody in particular), "I think" and "I want" (no deed), "I would build" and "if I
    build" (not done), "I did not build".
    """
    if _OWN_WORDS.isdisjoint(words):
        return False
    for place, word in enumerate(words):
        if word == "i" and _acts(words, place):
            return True
        if word in _MY_PART_STARTS and any(tuple(words[place : place + len(part)]) == part for part in _MY_PART):
            return True
    return False


def _acts(words: Sequence[str], place: int) -> bool:
    return deed_at(words, place) is not None


def deed_at(words: Sequence[str], place: int) -> int | None:
    """The place of the verb of a real deed whose subject ("I", "we") stands at `place`, or None."""
    if place and words[place - 1] in {"if", "would", "should", "could", "can", "may", "do"}:
        return None
    following = place + 1
    while following < len(words) and following <= place + 3 and words[following] in _ADVERBS:
        following += 1
    if following >= len(words) or words[following] in _NOT_REAL:
        return None
    verb = words[following]
    if verb == "used" and words[following + 1 : following + 2] == ("to",):
        return None
    stemmed = stem(verb)
    if verb in _IRREGULAR_DEEDS:
        return following
    if stemmed in _NOT_DEEDS:
        return None
    if stemmed in _DEEDS or (len(verb) > 4 and verb.endswith("ed")):
        return following
    return None


def past_deed(words: Sequence[str], who: str = "i") -> bool:
    """True if `who` ("i" or "we") is told to have done something, in the past: "I built", not "I build"."""
    if who not in words:
        return False
    for place, word in enumerate(words):
        if word == who:
            verb = deed_at(words, place)
            if verb is not None and (words[verb] in _IRREGULAR_DEEDS or words[verb].endswith("ed")):
                return True
    return False


def shared_part(words: Sequence[str]) -> bool:
    """True if the sentence tells a deed of "we" or "us" and none of "I"."""
    told = any(
        word == "we" and place + 1 < len(words) and words[place + 1] not in _NOT_REAL
        for place, word in enumerate(words)
    )
    return told and not own_part(words)
