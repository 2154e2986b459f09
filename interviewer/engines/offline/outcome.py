"""What an answer is, before anyone judges how good it is.

A false "that was not about my question" hurts a candidate more than a missed one, so everything here
needs clear grounds, and whatever is in doubt is `answered`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from interviewer.engines.offline.asides import asides
from interviewer.engines.offline.identical import Identical
from interviewer.engines.offline.keywords import asks_for_list, is_keyword_list
from interviewer.engines.offline.likeness import is_pasted, is_repeated
from interviewer.engines.offline.lookup import Lookup
from interviewer.engines.offline.noise import is_elsewhere, is_noise
from interviewer.engines.offline.stems import STOP_WORDS, Heard, Passage, content, hear, stem
from interviewer.question import Question
from interviewer.transcript.events import Outcome

_FILLERS = frozenset(
    """ok okay yes no yeah yep nope hmm hm um umm uh uhm er ah oh sure fine thanks thank you well so right good great
    alright cool nice hi hello hey please sorry maybe true false k y n lol nothing none na n/a test done next i a
    the it is and but""".split()
)
_NO_MORE = (
    "no", "nope", "nothing", "none", "that is all", "that is it", "no questions", "no question", "i am good",
    "all good", "nothing from me", "no more", "i have no", "no thanks", "no thank you", "you covered everything",
    "not at the moment", "not right now", "all clear", "nothing else", "no further",
)  # fmt: skip
_UNKNOWN = (
    "i do not know", "i really do not know", "i honestly do not know", "i am not sure", "no idea", "no clue",
    "i can not recall", "i can not remember", "i do not remember", "i do not recall", "i can not answer",
    "i have no answer", "do not have an answer", "i can not think of", "nothing comes to mind", "never heard of",
    "i have never heard", "i have never done", "i have never had", "i have never used", "i have never worked",
    "i have not done", "i have not had", "i have not used", "i have not worked", "i can not say",
    "i do not have an example", "do not have any example", "do not have any experience", "do not have experience",
    "i have no experience", "i would not know", "i pass", "i will pass", "i would rather skip", "let us skip",
    "can we skip", "skip this", "beats me", "i do not understand this", "i am blank", "my mind is blank",
    "drawing a blank", "i am lost", "dunno", "i dunno", "do not know", "do not really know",
)  # fmt: skip
_WEAK_UNKNOWN = ("pass", "i can not", "unsure", "not sure", "no answer")
_NO_QUESTIONS = ("no questions", "no more questions", "no further questions", "that is all from me")
_AROUND_UNKNOWN = frozenset(
    """sorry honest honestly question answer topic experience moment move on skip afraid unfortunately subject area
    work worked use used never hear heard know idea think sure exactly remember recall example time right next talk
    say tell really truly frankly apologies pass familiar help this that here good great clue mind come comes before
    yet case today head top anything nothing something""".split()
)
_ALL_AROUND_UNKNOWN = (
    frozenset(stem(word) for phrase in (*_UNKNOWN, *_WEAK_UNKNOWN) for word in phrase.split())
    | frozenset(map(stem, _AROUND_UNKNOWN))
    | frozenset(map(stem, _FILLERS))
)
MOST_AROUND_UNKNOWN = 4
"""Words of its own, beyond those that go with it, that "I don't know" may have beside it."""

_COMPANY = frozenset(
    """you your yours company salary pay equity option options runway funding investor investors raise churn remote
    office hire hiring role position process culture vacation holiday benefits team founder founders customers
    revenue competitor competitors roadmap hours visa contract onboarding manager promotion interview""".split()
)
_ASKS_ABOUT_TASK = (
    "do you mean", "what do you mean", "you mean", "could you repeat", "can you repeat", "repeat the question",
    "rephrase", "could you clarify", "can you clarify", "should i", "can i assume", "may i assume",
    "could i assume", "are we talking", "is it okay if", "is it ok if", "do you want me", "are you asking",
    "would you like me", "shall i", "which kind", "what kind", "what exactly", "how many", "how much data",
    "what is the budget", "is there a", "are there any", "do we have", "do i have", "is the data",
    "what is the goal", "what does success", "say that again", "come again", "your question",
)  # fmt: skip
_ASKS_ABOUT_COMPANY = (
    "your runway", "the runway", "your salary", "the salary", "your company", "the company", "work at", "work here",
    "your team", "the team", "this role", "the role", "the position", "would i report", "you offer", "do you offer",
    "equity", "your culture", "the culture", "next steps", "hiring process", "remote", "like about",
    "your investors", "raise money", "your revenue", "your customers", "your burn", "the burn", "vacation",
    "on call", "the process", "hear back", "work life", "your roadmap", "your stack", "your competitors",
    "do you like", "when did you", "why did you", "how did you",
)  # fmt: skip

ASIDES_SHARE = 0.7
"""Share of an answer's words in asides, from which on there is no answer beside them."""


def outcome(
    asked: str,
    answer: str,
    earlier: Sequence[str] = (),
    *,
    question: Question | None = None,
    inviting: bool = False,
) -> Outcome:
    """What `answer` is, given what was `asked` and the candidate's `earlier` answers.

    `question` adds the words of a question's key points to those that count as its subject. `inviting`
    says that the candidate was asked for their own questions, which makes any question one about the
    company and "no" the end of them.
    """
    passage = hear(answer)
    if inviting:
        return _when_invited(passage)
    if _is_blank(passage):
        return "blank"
    if _is_no_questions(passage, asked):
        return "no-questions"
    if _is_unknown(passage, asked):
        return "dont-know"
    if is_noise(passage) or _mostly_asides(passage):
        return "off-topic"
    if any(is_pasted(answer, given) for given in {asked, question.text if question else asked}):
        return "pasted-question"
    asking = _asking(passage, asked)
    if asking:
        return asking
    if any(is_repeated(answer, before) for before in earlier):
        return "repeated"
    if is_keyword_list(answer) and not asks_for_list(asked):
        return "keyword-list"
    if is_elsewhere(passage, lambda: content(asked) | (subject(question) if question else frozenset())):
        return "off-topic"
    return "answered"


def subject(question: Question) -> frozenset[str]:
    """Stems of the words that belong to a question: its text, key points, gaps, twists and reference."""
    return _subject(Identical(question))


@lru_cache(maxsize=512)
def _subject(key: Identical[Question]) -> frozenset[str]:
    question = key.value
    texts = [question.text, question.reference or "", question.better or "", question.hint or ""]
    for point in question.key_points:
        texts += [point.point, *point.cues]
    texts += [gap.gap for gap in question.gaps]
    for twist in question.twists:
        texts += [twist.text, twist.looks_for, *twist.cues]
    return frozenset().union(*(content(text) for text in texts))


def _is_blank(passage: Passage) -> bool:
    words = passage.words
    return len(words) <= 6 and all(word in _FILLERS for word in words) and _FORMULA.isdisjoint(passage.text)


_FORMULA = frozenset("=[]{}*+^$<>")


def _when_invited(passage: Passage) -> Outcome:
    words = passage.words
    if not words:
        return "blank"
    if "?" in passage.text:
        return "company-question"
    if len(words) <= 25 and ("no-more" in _phrases().labels(words) or _TAKES_LEAVE & set(words)):
        return "no-questions"
    return "blank" if _is_blank(passage) else "company-question"


_TAKES_LEAVE = frozenset(("no", "nope", "nothing", "none", "thanks", "thank", "pleasure", "bye", "goodbye"))


def _is_no_questions(passage: Passage, asked: str) -> bool:
    about = bool(content(asked) & {"question", "ask"})
    return len(passage.words) <= (14 if about else 8) and "no-questions" in _phrases().labels(passage.words)


@lru_cache(maxsize=1)
def _phrases() -> Lookup[str]:
    return Lookup(
        {
            "unknown": _UNKNOWN,
            "weak-unknown": _WEAK_UNKNOWN,
            "no-more": _NO_MORE,
            "no-questions": _NO_QUESTIONS,
            "task": _ASKS_ABOUT_TASK,
            "company": _ASKS_ABOUT_COMPANY,
        }
    )


def _is_unknown(passage: Passage, asked: str) -> bool:
    """True if "I don't know" is all that is said, courtesies and the question's own words aside."""
    given = content(asked)
    if len(passage.content - given - _ALL_AROUND_UNKNOWN) > MOST_AROUND_UNKNOWN:  # so much is said that it is not all
        return False
    words = passage.words
    found = [(label, first, last) for label, first, last in _phrases().find(words) if label.endswith("unknown")]
    if not any(label == "unknown" for label, _, _ in found) and (not found or len(words) > 6):
        return False
    known = {place for _, first, last in found for place in range(first, last + 1)}
    rest = [(place, word) for place, word in enumerate(words) if place not in known]
    goes_on = any(word in {"but", "however", "would", "will"} for _, word in rest)
    own = {
        passage.stems[place]
        for place, word in rest
        if word not in STOP_WORDS and word not in _AROUND_UNKNOWN and word not in _FILLERS
    }
    return len(own - given) <= (2 if goes_on else MOST_AROUND_UNKNOWN)


def _mostly_asides(passage: Passage) -> bool:
    """True if most of what is said is addressed to the software: commands, marks to give, self-praise."""
    found = asides(passage.text)
    if True not in found:
        return False
    words = sum(len(heard.words) for heard, aside in zip(passage.sentences, found, strict=True) if aside)
    return words > 0 and words >= ASIDES_SHARE * len(passage.words)


def _asking(passage: Passage, asked: str) -> Outcome | None:
    """Whether nothing but a question comes back. An answer that ends in a question is an answer."""
    if "?" not in passage.text or not passage.sentences or not _is_question(passage.sentences[-1]):
        return None
    questions = [heard for heard in passage.sentences if _is_question(heard)]
    stated = sum(
        len(heard.content) for heard in passage.sentences if heard not in questions and not _is_courtesy(heard)
    )
    asks_for_questions = bool(content(asked) & {"ask", "question"})
    if stated > 3 or (asks_for_questions and len(questions) > 1):
        return None
    labels = [label for heard in questions for label, _, _ in _phrases().find(heard.words)]
    return "company-question" if labels.count("company") > labels.count("task") else "clarifying-question"


def _is_question(heard: Heard) -> bool:
    return heard.text.rstrip("\"'”’) ").endswith("?")


def _is_courtesy(heard: Heard) -> bool:
    return len(heard.words) <= 12 and not _COURTEOUS.isdisjoint(heard.words)


_COURTEOUS = frozenset("question clarify before sure thanks sorry interesting understand".split())
