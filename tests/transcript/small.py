"""A small transcript, line by line, and ways to damage its bytes."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from interviewer.transcript.events import EVENT, Answer, Control, Draft, Event, Header, Move, Noticed, Reading, Turn
from tests import sample

AT = datetime(2026, 1, 2, tzinfo=UTC)


def header() -> Header:
    """One person with few words, one rubric, two questions: little to read."""
    phrases = {name: lines[:1] for name, lines in sample.PHRASES.items()}
    persona = sample.persona(people=[sample.person("ana", "Ana Ito", phrases=phrases)])
    return sample.header(persona=persona, banks=(sample.bank(2),), rubrics=(sample.rubric(criteria=("result",)),))


def events() -> tuple[Event, ...]:
    """The beginning of an interview: two questions, an answer to each, and what else a log holds."""
    read = Reading(answer=3, outcome="answered", noticed=(Noticed(flaw="flaw", sentence=1),))
    return (
        Turn(seq=1, at=AT, clock=0.0, move=Move(kind="open", speaker="ana"), text="Good morning."),
        Turn(seq=2, at=AT, clock=1.0, move=Move(kind="ask", speaker="ana", question="q0"), text="Tell me."),
        Answer(seq=3, at=AT, clock=20.0, text="That cannot work.\nI cut it to 2 \u201cminutes\u201d, \u96ea."),
        Turn(
            seq=4,
            at=AT,
            clock=21.0,
            reading=read,
            move=Move(kind="next-segment", speaker="ana", segment="main"),
            text="Next.",
        ),
        Turn(seq=5, at=AT, clock=22.0, move=Move(kind="ask", speaker="ana", question="q1"), text="And this?"),
        Draft(seq=6, at=AT, clock=30.0, text="half an ans"),
        Control(seq=7, at=AT, clock=31.0, action="pause"),
        Control(seq=8, at=AT, clock=31.0, action="resume"),
        Answer(seq=9, at=AT, clock=60.0, text="I rebuilt it alone."),
        Answer(seq=10, at=AT, clock=61.0, text="And then again."),
    )


def lines() -> list[bytes]:
    """The header and the events, each as its line with its end."""
    return [
        header().model_dump_json(by_alias=True).encode() + b"\n",
        *(EVENT.dump_json(event, by_alias=True) + b"\n" for event in events()),
    ]


def damaged(chance: random.Random, content: bytes, protected: int = 0) -> bytes:
    """`content` with one to three random damages after the first `protected` bytes."""
    bytes_ = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3))):
        if len(bytes_) <= protected:
            break
        start = chance.randrange(protected, len(bytes_))
        end = min(len(bytes_), start + chance.choice((1, 1, 3, 40, 200, 700)))
        block = bytes(bytes_[start:end])
        match chance.choice(
            ("flip", "delete", "insert", "cut", "duplicate", "move", "zero", "swap lines", "line ends")
        ):
            case "flip":
                bytes_[start] ^= 1 << chance.randrange(8)
            case "delete":
                del bytes_[start:end]
            case "insert":
                bytes_[start:start] = chance.randbytes(chance.choice((1, 3, 40)))
            case "cut":
                del bytes_[start:]
            case "duplicate":
                bytes_[end:end] = block
            case "move":
                del bytes_[start:end]
                to = chance.randrange(protected, len(bytes_) + 1)
                bytes_[to:to] = block
            case "zero":
                bytes_[start:end] = bytes(end - start)
            case "swap lines":
                whole = bytes(bytes_[protected:]).split(b"\n")
                one, other = chance.randrange(len(whole)), chance.randrange(len(whole))
                whole[one], whole[other] = whole[other], whole[one]
                bytes_[protected:] = b"\n".join(whole)
            case _:
                bytes_[start:] = bytes(bytes_[start:]).replace(b"\n", b"\r\n")
    return bytes(bytes_)
