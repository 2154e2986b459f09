"""Small but complete content, made in code, for tests that need an interview and not a particular one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from interviewer.persona import Persona
from interviewer.question import QuestionBank
from interviewer.rubric import Rubric
from interviewer.transcript.events import Header

LEVELS = ("absent", "weak", "solid", "strong")


def rubric(rubric_id: str = "sample", criteria: tuple[str, ...] = ("result", "ownership")) -> Rubric:
    """A rubric with equal weights."""
    return Rubric.model_validate(
        {
            "id": rubric_id,
            "version": 1,
            "title": "Sample",
            "about": "For tests.",
            "criteria": [
                {
                    "id": name,
                    "title": name.title(),
                    "asks": f"Does the answer show {name}?",
                    "weight": 1 / len(criteria),
                    "anchors": {level: f"{name} is {level}." for level in LEVELS},
                    "probes": [{"type": "quantify", "text": f"Which figure shows the {name} that you speak of?"}],
                    "cues": {"for": [f"{name} was measured"], "signals": ["number"]},
                    "practice": f"Practise {name}.",
                }
                for name in criteria
            ],
        }
    )


_SUBJECTS = (
    "a payment outage",
    "the first search index",
    "a broken migration",
    "an angry hospital customer",
    "a model that drifted",
    "moving the warehouse",
    "hiring a junior colleague",
    "the slow dashboard",
    "a missing backup",
    "launching in Brazil",
    "an unfair ranking",
    "the noisy sensor",
)


def bank(size: int = len(_SUBJECTS), bank_id: str = "sample-bank") -> QuestionBank:
    """A bank of questions that are unlike one another."""
    return QuestionBank.model_validate(
        {
            "id": bank_id,
            "version": 1,
            "title": "Sample questions",
            "questions": [
                {
                    "id": f"q{number}",
                    "text": f"Describe {subject} that shaped your work.",
                    "format": "sample",
                    "topic": f"T-{number}",
                    "stages": ["seed"],
                    "rubric": "sample",
                    "minutes": 4,
                    "hint": f"Think of the first hour of {subject}.",
                    "better": "I cut it from 9 minutes to 2 by caching the joins.",
                    "key_points": [
                        {
                            "id": f"k{number}-{point}",
                            "point": f"Explains the {point} of {subject}.",
                            "cues": [f"{point} cue {number}"],
                            "probe": {"type": "deepen", "text": f"Where did the {point} in {subject} come from?"},
                        }
                        for point in ("cause", "repair")
                    ],
                    "gaps": [
                        {
                            "id": f"g{number}",
                            "gap": "No figure.",
                            "signal": "number",
                            "probe": {"type": "quantify", "text": f"How large was {subject} in figures?"},
                        }
                    ],
                }
                for number, subject in enumerate(_SUBJECTS[:size])
            ],
        }
    )


PHRASES: dict[str, list[str]] = {
    name: [f"{name} one.", f"{name} two."]
    for name in (
        "greet acknowledge transition redirect blank kind_stop hint clarify skip invite more refuse defer time_up "
        "close take_over"
    ).split()
} | {
    "echo": ["You said \u201c{quote}\u201d."],
    "recall": ["Earlier: \u201c{quote}\u201d."],
    "contradiction": ["First \u201c{earlier}\u201d, now \u201c{quote}\u201d."],
    "hand_over": ["Over to you, {name}."],
}


def person(person_id: str, name: str, **more: Any) -> dict[str, Any]:
    """One interviewer."""
    return {
        "id": person_id,
        "name": name,
        "role": "Engineer",
        "voice": "Plain.",
        "temper": "Even.",
        "phrases": PHRASES,
        **more,
    }


def persona(panel: bool = False, questions: int = 3, follow_ups: int = 2, **more: Any) -> Persona:
    """A persona of one, or of three."""
    people = [person("ana", "Ana Ito")]
    if panel:
        people += [
            person("ben", "Ben Okoro", strictness="strict", cares={"result": 2.0}),
            person("cleo", "Cleo Marsh", strictness="lenient"),
        ]
    second = "ben" if panel else "ana"
    data: dict[str, Any] = {
        "id": "sample-persona",
        "version": 1,
        "title": "Sample interviewer",
        "tagline": "For tests.",
        "about": "A persona for tests.",
        "stage": "seed",
        "formats": ["sample"],
        "minutes": {"default": 30, "shortest": 10, "longest": 60},
        "people": people,
        "company": {
            "name": "Sample Ltd",
            "stage": "seed",
            "category": "tests",
            "pitch": "We test.",
            "product": "Tests.",
            "facts": [{"id": "runway", "asks": ["runway", "how much money"], "answer": "Eleven months."}],
            "withheld": [{"id": "cap", "asks": ["cap table"], "reply": "I cannot share the cap table."}],
            "flaws": [{"id": "flaw", "flaw": "A flaw.", "why": "It is wrong.", "cues": ["that cannot work"]}],
        },
        "plan": [
            segment("story", "opening", 5, "ana", questions=1, follow_ups=1),
            segment("main", "questions", 18, second, questions=questions, follow_ups=follow_ups),
            segment("yours", "candidate-questions", 5, "ana"),
            segment("end", "closing", 2, "ana"),
        ],
        "moves": {"probes": {"quantify": 2.0}, "interject": panel, "silence": True, "silences": ["Go on."]},
        "decision": {
            "rule": "panel" if panel else "gut",
            "rubrics": {"sample": 1.0},
            "spoken": {
                verdict: [f"spoken {verdict}"] for verdict in ("strong-no", "no", "yes", "strong-yes", "no-decision")
            },
        },
    }
    return Persona.model_validate(data | more)


def segment(segment_id: str, purpose: str, minutes: float, lead: str, **more: Any) -> dict[str, Any]:
    """One part of a plan; with questions it draws from the sample bank."""
    banks = {"banks": ["sample-bank"]} if more.get("questions") else {}
    return {"id": segment_id, "title": segment_id.title(), "purpose": purpose, "minutes": minutes, "lead": lead} | (
        banks | more
    )


def header(**more: Any) -> Header:
    """A header; `persona`, `mode`, `minutes` and the rest may be given."""
    who = more.pop("persona", None) or persona()
    return Header(
        **{
            "id": "sample-1",
            "created": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
            "product_version": "0",
            "engine": "offline",
            "engine_version": "1",
            "mode": "realistic",
            "minutes": who.minutes.default,
            "seniority": "senior",
            "seed": 7,
            "persona": who,
            "rubrics": (rubric(),),
            "banks": (bank(),),
            "hashes": {},
            **more,
        }
    )
