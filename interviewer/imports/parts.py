"""What every remark was: opening, question, follow-up, answer, an invitation to ask, goodbye."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from interviewer.imports.asking import asks, goes_on
from interviewer.imports.remarks import Remark

Kind = Literal["open", "ask", "probe", "clarify", "wait", "invite", "answer", "close", "said"]
"""`said` is the candidate; the others are the moves of an interviewer, as a transcript has them.

wait: a remark that asks nothing, after which the candidate goes on. answer and clarify: what the candidate asked back
is answered, after the invitation to ask and before it.
"""

_INVITES = re.compile(
    r"\b(?:(?:any|what|some|your(?: own)?) questions (?:do you have|for (?:me|us)|about us|of your own|from your side)"
    r"|(?:do you have|have you got|are there) (?:any|some) (?:\w+ )?questions|questions for (?:me|us)"
    r"|(?:want|like) to (?:ask|know from) (?:me|us)|over to you for questions|any questions\?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A remark and what it was."""

    kind: Kind
    remark: Remark
    why: str = ""
    """Why a question is taken for a follow-up."""


def parts(remarks: Sequence[Remark], candidate: str, *, all_main: bool = False) -> tuple[Part, ...]:
    """What every remark was. With `all_main`, no question is taken for a follow-up unless its label says so."""
    found: list[Part] = []
    question = answer = ""
    asked = invited = False
    last = max((place for place, one in enumerate(remarks) if one.speaker == candidate), default=-1)
    for place, remark in enumerate(remarks):
        if remark.speaker == candidate:
            found.append(Part("said", remark))
            answer = remark.text
            continue
        back = bool(found) and found[-1].kind == "said" and "?" in answer
        kind, why = _kind(remark, question if asked else "", answer, all_main=all_main)
        if kind is None and place > last:
            kind = "close"
        elif kind is None and not asked and not invited:
            kind = "open" if not found else "wait"
        elif kind is None:
            kind = ("answer" if invited else "clarify") if back else "wait"
        elif invited and back and kind in {"ask", "probe"} and remark.label in {None, "asks"}:
            kind, why = "answer", ""
        if kind == "invite":
            invited = True
        if kind == "ask" or (kind == "probe" and invited):
            kind, why, question, asked, invited = "ask", "", remark.text, True, False
        if kind in {"ask", "probe"}:
            answer = ""
        found.append(Part(kind, remark, why))
    return tuple(found)


def _kind(remark: Remark, question: str, answer: str, *, all_main: bool) -> tuple[Kind | None, str]:
    """What a remark of an interviewer asks for, as far as its words and its label say; None if for nothing."""
    if remark.label == "follow-up" and question:
        return "probe", "labelled so"
    if remark.label in {"question", "follow-up"}:
        return "ask", ""
    if _INVITES.search(remark.text):
        return "invite", ""
    if remark.label != "asks" and not asks(remark.text):
        return None, ""
    alone = all_main or not question or remark.label == "new-part"
    why = None if alone else goes_on(remark.text, question, answer)
    return ("probe", why) if why else ("ask", "")
