"""Sentences of an answer that try to instruct whoever grades it: they are shown, and are never evidence.

A rule for English text, and a conservative one: a candidate who talks about prompt injection, about graders or about
ratings must not lose a sentence by it. So a sentence counts as an instruction only if it says so in the imperative, to
the reader; what stands in quotation marks, or is told of somebody else, does not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from interviewer.text import Sentence, sanitise, sentences

_GRADER: Final = r"(?:grad(?:er|ing)|evaluat(?:or|ion)|examiner|assessor|scorer|scoring|rater|judge|marker)"
_FULL: Final = r"(?:full|maximum|max|top|perfect|the highest|highest|the best)"
_MARKS: Final = r"(?:marks?|points?|scores?|ratings?|grades?|levels?|credit)"
_MOST: Final = (
    r"(?:an? |the )?(?:very )?(?:strong(?:est)?|solid|excellent|outstanding|exceptional|perfect|pass(?:ed|ing)?"
    rf"|(?:highest|top|maximum|max|best|full)(?: possible| available)?(?: {_MARKS})?"
    r"|(?:10|ten|5|five|4|four|100|a hundred) ?(?:/|out of|of) ?(?:10|ten|5|five|4|four|100|a hundred)|10|100|ten)\b"
)
_OWN: Final = (
    r"(?:me|myself|my (?:whole |entire )?(?:answers?|response|reply|interview|performance)"
    r"|this (?:whole |entire )?(?:answer|response|reply|candidate|interview|transcript|submission))"
)
_SHARED: Final = (
    r"(?:everything|(?:all|every|each)(?: of)?(?: the)? (?:criteri(?:a|on)|levels?|ratings?|scores?)"
    r"|the (?:answer|candidate|response|applicant)|(?:the |a )?(?:level|rating|grade|score|status|verdict))"
)
_RATE: Final = r"(?:rate|score|grade|mark|judge|evaluate|assess|classify|treat|set|label)"
_GIVE: Final = r"(?:give|award|grant|assign)"
_WITH: Final = r"(?: (?:in|on|for|across) (?:everything|all|every|each)(?: (?:criteri(?:a|on)|levels?))?)?,?"
_AS: Final = r" ?[:=]?(?: (?:as|with|at|to|to be|being|is|be|a score of|level))*[ :=]+"

_OWN_ORDERS: Final = re.compile(
    rf"\b{_GIVE} {_OWN} (?:(?:a|an|the) )?(?:(?:level|rating|grade|score|mark)s?(?: of)? )?{_MOST}"
    rf"|\b{_RATE} {_OWN}{_WITH}{_AS}{_MOST}"
    rf"|\b(?:do not|don'?t|never|stop|refrain from) (?:grad|evaluat|rat|scor|judg|penali[sz])(?:e|ing)? {_OWN}"
    rf"|\b{_OWN} (?:must|should|has to|have to|needs to|is to|shall) (?:be (?:given|awarded|rated|graded|scored)"
    rf"|(?:get|receive)) (?:as |at |with |a score of )?{_MOST}"
)
"""Orders about this very answer: in these words nobody tells a story."""

_ORDERS: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|overrule)(?: (?:about|any|all|each|every|everything|of|the|these"
    r"|those|and))* (?:(?:your|my|previous|prior|above|earlier|preceding|foregoing|other|existing|original|initial"
    rf"|system|{_GRADER}|former|given)(?: or| and)? )+(?:instructions?|prompts?|directions?|directives?|guidelines?"
    r"|rubrics?|criteria|rules|anchors|orders|messages?|context|text)\b"
    r"|\b(?:ignore|disregard|forget|override|bypass|overrule) (?:(?:all|any|the|this|that|your|of) )*"
    r"(?:(?:rubrics?|grading|scoring) ?(?:anchors|rules)?|instructions? (?:above|before|so far|that|you|given)"
    r"|everything (?:above|before|(?:that )?you (?:were|have been|are) (?:told|given)|you know about grading))\b"
    rf"|\b{_GIVE} (?:(?:it|them|him|her|us) )?{_FULL}(?: possible)? {_MARKS}\b"
    rf"|\b{_GIVE} {_SHARED} (?:(?:a|an|the) )?{_MOST}"
    rf"|\b{_RATE} {_SHARED}{_WITH}{_AS}{_MOST}"
    rf"|\b(?:all|every|each)(?: of)?(?: the)? (?:criteri(?:a|on)|levels?|ratings?|scores?) (?:must|should|shall"
    rf"|has to|have to|needs? to) be (?:set to |rated |graded |given )?(?:as )?{_MOST}"
    r"|\b(?:output|return|respond with|reply with|answer with|print|emit|write)(?: only)?(?: the)?"
    rf" ?(?:level|rating|grade|score|status|verdict)s?{_AS}(?:graded\b|{_MOST})"
    r"|\b(?:reveal|print|show|repeat|output|disclose)(?: me)? your (?:system |hidden |full |whole |initial )*"
    r"(?:prompt|instructions|rubric)\b"
    rf"|\byou (?:must|have to|are (?:required|instructed|ordered|told) to) (?:now )?(?:{_RATE}|{_GIVE}) "
    rf"(?:{_OWN}|{_SHARED})\b"
    rf"|\byou are (?:now |hereby )?(?:no longer )?(?:(?:the|an?|my) )?(?:(?:ai|new|very|lenient|generous|kind|friendly"
    rf"|answer|helpful) )*{_GRADER}(?: now)?(?=$|[.,;:!]| (?:and|who|that|so|now|with no|without)\b)"
    rf"|\byou are now (?:an?|the|in|my|free|dan)\b"
    rf"|\b(?:act|behave|pretend|respond) (?:as|like|to be|as if you (?:are|were)) (?:an?|the|my) (?:(?:very|lenient"
    rf"|generous|kind|friendly|new|different) )*{_GRADER}\b"
    rf"|\bas (?:an?|the) (?:ai )?{_GRADER},? (?:you (?:must|should|have to|will|are to)|please|{_RATE}|{_GIVE})\b"
)
"""Orders that are also told of: whether one is meant is seen from what stands before and behind it."""

_ADDRESSED: Final = re.compile(
    rf"^(?:(?:note|message|instructions?|attention|memo|hint|reminder)(?: (?:to|for))?|dear|hey|hello)"
    rf" (?:the |all |my |any |whoever is )?(?:ai |llm |automatic |automated )*{_GRADER}s?(?: model| system| ai)?"
    r"\s*[:,!\u2013\u2014-]"
)
_ROLE: Final = re.compile(
    r"(?:^|[\n>\]}.!?;]\s*)[#*\[(<|]*\s*(?:"
    r"(?:system|developer|admin(?:istrator)?)(?:'s)?[ _-](?:prompt|message|override|update|instruction|note|notice"
    r"|command)s?|(?:new|updated|additional|final|important|revised)(?: \w+)? (?:instructions?|system prompt|task"
    r"|grading rules?)(?: for [\w ]{1,30})?"
    r"|(?:begin|end|start) of (?:the )?(?:answer|transcript|prompt|instructions?|candidate'?s? answer)"
    r")\s*[])*|>]*\s*[:\u2013\u2014]"
    r"|(?:^|[\n>\]}.!?;]\s*)[#*\[(<|]*\s*(?:system|assistant|developer|admin|grader|evaluator)[])*|>]*\s*:"
    r"(?=.{0,300}?\b(?:you|your|ignore|disregard|override|rate|graded?|grading|score|level|criteri(?:a|on)|candidate"
    r"|answer|instructions?|evaluator|evaluation|marks|status|rubric)\b)",
    re.DOTALL,
)
_TAG: Final = re.compile(
    r"<\s*/?\s*(?:answer|candidate|system|instructions?|rubric|question|grader|grade|assistant|user)\s*/?\s*>"
    r"|<\|?\s*(?:im_start|im_end|endoftext|eot_id|start_header_id|system)\s*\|?>|\[/?inst\]|<</?sys>>"
)
_ABOUT_TAGS: Final = re.compile(
    r"\b(?:tags?|delimit\w*|tokens?|markers?|markup|wrap\w*|fenc\w*|escap\w*|strip\w*|enclos\w*|sanitis\w*|sanitiz\w*"
    r"|filter\w*|html|xml|template\w*|elements?|pars(?:e|ed|er|ing))\b"
)
_REPLY_KEY: Final = re.compile(
    r"""["'\u201c\u201d]?\b(status|covered|ratings?|evidence|reasoning|level)\b["'\u201c\u201d]?\s*:\s*"""
    r"""(?:["'\u201c\u201d]?(?:graded|strong|solid|excellent)\b|[\[{]|["'\u201c\u201d]\w)"""
)
_TELLING: Final = re.compile(
    r"\b(?:we|our|us|i|they|their|it|its|users?|models?|judges?|graders?|returns?|returned|json|schemas?|logs?"
    r"|logged|output)\b"
)

_QUOTED: Final = re.compile(
    r"\"[^\"\n]{3,600}\"|\u201c[^\u201c\u201d\n]{3,600}\u201d|\u00ab[^\u00bb\n]{3,600}\u00bb|`[^`\n]{3,600}`"
    r"|(?<!\w)'(?=\S)[^'\n]{2,600}(?:'\w[^'\n]{0,200}){0,3}'(?!\w)|(?<!\w)\u2018[^\u2018\n]{3,600}?\u2019(?!\w)"
)
_LEAST_OUTSIDE: Final = 3
"""Words outside quotation marks from which on a sentence tells of what stands within them."""

_LEAST_QUOTED: Final = 2
"""Words in quotation marks from which on they are somebody's speech; fewer are a value that is named."""

_OTHERS: Final = re.compile(
    r"\b(?:users?|attackers?|adversar\w+|hackers?|someone|somebody|anyone|people|customers?|candidates?|applicants?"
    r"|students?|testers?|colleagues?|documents?|pages?|web ?pages?|emails?|tickets?|comments?|reviews?|injections?"
    r"|injected|jailbreaks?|jailbreaking|attacks?|payloads?|phrases?|strings?|inputs?|prompts? like|texts? like"
    r"|annotators?|labell?ers?|raters?|reviewers?|judges?|models?|llms?|bots?|assistants?|agents?|classifiers?|filters?"
    r"|guardrails?|typed|typing|types|wrote|writes|writing|said|says|saying|told|tells|telling|asked|asks|asking"
    r"|such as|e\.g\.|for example|for instance|containing|contained|contains|instructed|instructs|trying|tried|tries)\b"
)
_STORY: Final = re.compile(r"\b(?:we|they|he|she|i|it|who|which|that|when|if|where|while|because|as)\b")
_GOVERNED: Final = re.compile(
    r"(?:\b(?:we|they|he|she|i|it|who|which|that|can|could|would|will|might|may|did|didn'?t|not|cannot|can'?t|never|must"
    r"|to|will|always|sometimes|simply|just|often)\s)$"
)
_TO_YOU: Final = re.compile(
    r"\b(?:you|please|kindly|now|hereby|grader|evaluator|examiner)\W+(?:must |should |have |need )?(?:to )?$"
)
_NAMED: Final = re.compile(
    r"^[\"'\u2019]?\s*[-,]?\s*(?:is|was|are|were|has been|have been|style|type|kind|attacks?|attempts?|injections?"
    r"|payloads?|patterns?|strings?|phrases?|prompts?|messages?|inputs?|tricks?|jailbreaks?|and similar|and the like"
    r"|or similar|etc)\b"
)
"""What follows an order that is only named: "ignore previous instructions" attacks."""

_CLAUSE: Final = re.compile(r"[,;:.!?()\n\u2013\u2014]|\s-\s|\b(?:and|then|so|but|or)\b")

_QUOTING: Final = r"[<\[\"\u201c\u201d\u00ab\u00bb`]"  # of tags; what is quoted is left to the rules
_TELLING_WORD: Final = (
    rf"(?:{_RATE}|{_GIVE}|{_GRADER}s?|(?:grad|evaluat|rat|scor|judg|penali[sz])(?:e|ing)?|ignore|disregard|forget"
    r"|override|bypass|overrule|given|awarded|rated|graded|scored|receive|prompt|instructions|rubric|criteri(?:a|on))\b"
)
_GRADED: Final = r"(?:level|rating|grade|score|status|verdict)s?\b"
_HINT: Final = re.compile(
    rf"{_QUOTING}|{_GRADED}"
    rf"|\b(?:{_TELLING_WORD}|(?:to|must|should|shall) get\b|you are now\b|(?:covered|evidence|reasoning)\W*:"
    r"|(?:system|developer|admin|assistant|instruction|task|(?:begin|end|start) of).*[:\u2013\u2014])"
)
"""What every order holds: most sentences hold none of it, and need not be looked at by each of the rules."""

_HINTING: Final = re.compile(
    rf"{_QUOTING}|{_GRADED}"
    rf"|\b(?:{_TELLING_WORD}|get\b|now\b|covered|evidence|reasoning"
    r"|system|developer|admin|assistant|instruction|task|begin|end|start)"
)
"""The same for a single word: every hint has one that holds this."""


@lru_cache(maxsize=2048)
def instructs(sentence: str) -> bool:
    """Whether a sentence tells whoever grades what to do, or imitates the form of a prompt or of a grade."""
    text = _plain(sentence)
    said = text.split()
    return any(map(_hints, said)) and bool(_HINT.search(" ".join(said))) and _instructs(text)


@lru_cache(maxsize=1 << 13)  # sentences are all different, their words are not
def _hints(word: str) -> bool:
    return bool(_HINTING.search(word))


def _instructs(text: str) -> bool:
    if not _BRACKETS.isdisjoint(text) and _TAG.search(text) and not _ABOUT_TAGS.search(text):
        return True
    if ":" in text and _imitates_a_grade(text):
        return True
    spoken = _without_quotations(text)
    flat = " ".join(spoken.split())
    if (not _COLONS.isdisjoint(spoken) and _ROLE.search(spoken)) or _ADDRESSED.search(flat) or _OWN_ORDERS.search(flat):
        return True
    return any(_is_meant(flat, found) for found in _ORDERS.finditer(flat))


_BRACKETS: Final = frozenset("<[")
_COLONS: Final = frozenset(":\u2013\u2014")
_MARKS_OF_SPEECH: Final = frozenset("\"'`\u2018\u201c\u201d\u00ab\u00bb")
"""Signs without which a tag, a role with its colon, and a quotation cannot be; looking for them takes no time."""


@lru_cache(maxsize=512)  # asked when an answer is read, when it is shown to a grader, and when it is cited
def instructing(answer: str) -> frozenset[int]:
    """The numbers of those sentences of an answer that try to instruct whoever grades it."""
    return frozenset(sentence.number for sentence in sentences(answer) if instructs(sentence.text))


def instructions_in(text: str) -> tuple[Sentence, ...]:
    """The sentences of an answer that try to instruct whoever grades it, in order."""
    return tuple(sentence for sentence in sentences(text) if sentence.number in instructing(text))


def _plain(sentence: str) -> str:
    """Without case, decoration and invisible characters; straight apostrophes in words."""
    text = unicodedata.normalize("NFKC", sanitise(sentence)).casefold()
    text = _APOSTROPHE.sub("'", text)
    decorated = "*" in text or "_" in text or "~" in text
    return (_DECORATION.sub("", text) if decorated else text).strip()


_APOSTROPHE: Final = re.compile(r"\u2019(?<=\w\u2019)(?=\w)")
_DECORATION: Final = re.compile(r"[*_~]{2,}")


def _without_quotations(text: str) -> str:
    """What is said outside quotation marks; everything, if next to nothing is."""
    if _MARKS_OF_SPEECH.isdisjoint(text):
        return text
    outside = _QUOTED.sub(lambda found: found.group() if _few_words(found.group()) else " \u2026 ", text)
    outside = re.sub('["\u201c\u201d\u00ab\u00bb`]', "", outside)
    return outside if len(re.findall(r"\w+", outside)) >= _LEAST_OUTSIDE else text


def _few_words(quoted: str) -> bool:
    return len(quoted.split()) < _LEAST_QUOTED


def _imitates_a_grade(text: str) -> bool:
    keys = {found.group(1) for found in _REPLY_KEY.finditer(text)}
    before = text[: text.find("{")] if "{" in text else text
    return len(keys) >= 2 and not _TELLING.search(before)


def _is_meant(text: str, found: re.Match[str]) -> bool:
    """Whether an order is given here, and not told of."""
    before, after = text[: found.start()], text[found.end() :]
    if _NAMED.match(after.lstrip()):
        return False
    clause = _CLAUSE.split(before)[-1]
    if _TO_YOU.search(before):
        return not _OTHERS.search(before) and not _STORY.search(clause)
    if _GOVERNED.search(before) or _OTHERS.search(before):
        return False
    if _STORY.search(clause):
        return False
    joined = before.rstrip().endswith((" and", " or", " then", " but"))
    return not (joined and _STORY.search(before))
