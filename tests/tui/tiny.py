"""A small interview of one's own: what it asks, who asks it, and how it is judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from interviewer.persona import Persona
from interviewer.question import QuestionBank
from interviewer.rubric import Rubric
from interviewer.transcript.events import Header, Profile
from interviewer.vocabulary import Mode

LEVELS = ("absent", "weak", "solid", "strong")

_PHRASES: dict[str, Any] = {
    name: [f"{name.replace('_', ' ')}."]
    for name in (
        "greet", "acknowledge", "echo", "recall", "contradiction", "transition", "redirect", "blank", "kind_stop",
        "hint", "clarify", "skip", "invite", "more", "refuse", "defer", "time_up", "close", "hand_over", "take_over",
    )
}  # fmt: skip

_CRITERIA = (
    ("problem", "Frames the problem", 0.4),
    ("numbers", "Measures what matters", 0.35),
    ("own", "Owns it", 0.25),
)

Rule = Literal["gut", "panel", "bar-raiser"]


def rubric(criteria: Sequence[tuple[str, str, float]] = _CRITERIA) -> Rubric:
    """Three criteria on four levels; the first is a gate."""
    return Rubric.model_validate(
        {
            "id": "craft",
            "version": 3,
            "title": "Craft",
            "about": "How somebody works.",
            "criteria": [
                {
                    "id": name,
                    "title": title,
                    "asks": f"Does the candidate show: {title.lower()}?",
                    "weight": weight,
                    "anchors": {level: f"{title}: this is what {level} looks like." for level in LEVELS},
                    "gate": "weak" if index == 0 else None,
                    "practice": f"Practise: {title.lower()} in two sentences.",
                }
                for index, (name, title, weight) in enumerate(criteria)
            ],
        }
    )


def bank(questions: int = 2) -> QuestionBank:
    """Questions with two key points each."""
    texts = (
        "Our model answers support tickets. How would you know that it is any good?",
        "Tell me about the last thing that broke because of you.",
        "Half of the labels are wrong and nobody has time. What now?",
    )
    return QuestionBank.model_validate(
        {
            "id": "bank",
            "version": 1,
            "title": "Questions",
            "questions": [
                {
                    "id": f"q{number}",
                    "text": texts[number],
                    "format": "talk",
                    "topic": "T-1",
                    "stages": ["seed"],
                    "rubric": "craft",
                    "minutes": 4,
                    "key_points": [
                        {
                            "id": f"point{point}",
                            "point": ["Names a measure before a method", "Says what would prove it wrong"][point],
                            "cues": ["measure"],
                            "probe": {"type": "quantify", "text": ["How much?", "What would change your mind?"][point]},
                        }
                        for point in range(2)
                    ],
                    "gaps": [
                        {
                            "id": "no-number",
                            "gap": "No number at all",
                            "signal": "number",
                            "probe": {"type": "quantify", "text": "Put a number on it for me."},
                        }
                    ],
                    "hint": "Start from who is hurt when it is wrong.",
                    "better": "I would sample two hundred tickets a week and count the ones a person had to redo.",
                }
                for number in range(questions)
            ],
        }
    )


def persona(rule: Rule = "gut", questions: int = 2, *, asks: bool = False) -> Persona:
    """One person, or three on a panel; one segment of questions, then a close."""
    names = [("dana", "Dana Reyes", "Co-founder and CTO")]
    if rule == "panel":
        names += [("sam", "Sam Okafor", "Staff ML Engineer"), ("li", "\u674e\u5a1c Li Na", "Design Lead")]
    return Persona.model_validate(
        {
            "id": "tiny",
            "version": 2,
            "title": {"gut": "Seed founder", "panel": "Series B panel", "bar-raiser": "Bar raiser"}[rule],
            "tagline": "Short and to the point.",
            "about": "For tests.",
            "stage": "seed",
            "formats": ["talk"],
            "minutes": {"default": 15, "shortest": 5, "longest": 30},
            "people": [
                {
                    "id": name,
                    "name": full,
                    "role": role,
                    "voice": "Plain.",
                    "temper": "Calm.",
                    "cares": {"numbers": 1 + index},
                    "phrases": _PHRASES,
                }
                for index, (name, full, role) in enumerate(names)
            ],
            "company": {
                "name": "Crate",
                "stage": "seed",
                "category": "Tools",
                "pitch": "Orders typed by themselves.",
                "product": "Reads orders.",
                "flaws": [
                    {
                        "id": "one-metric",
                        "flaw": "They count answered tickets, not solved ones.",
                        "why": "An answer that is wrong counts as a success.",
                        "cues": ["redo"],
                    },
                    {
                        "id": "churn",
                        "flaw": "Every support question goes to the model, churn or not.",
                        "why": "It is most of it.",
                        "cues": ["churn"],
                    },
                ],
                "facts": [{"id": "team", "asks": ["team"], "answer": "We are four."}],
            },
            "plan": [
                {"id": "opening", "title": "Hello", "purpose": "opening", "minutes": 1, "lead": "dana"},
                {
                    "id": "work",
                    "title": "How you work",
                    "purpose": "questions",
                    "minutes": 12,
                    "lead": "dana",
                    "banks": ["bank"],
                    "questions": questions,
                    "follow_ups": 1,
                },
                *(
                    [
                        {
                            "id": "yours",
                            "title": "You ask",
                            "purpose": "candidate-questions",
                            "minutes": 3,
                            "lead": "dana",
                        }
                    ]
                    if asks
                    else []
                ),
                {"id": "bye", "title": "Goodbye", "purpose": "closing", "minutes": 2, "lead": "dana"},
            ],
            "moves": {"probes": {"quantify": 2}, "interject": rule == "panel"},
            "decision": {
                "rule": rule,
                "rubrics": {"craft": 1},
                "heavy": ["problem"] if rule == "gut" else [],
                "veto": ["own"] if rule == "bar-raiser" else [],
                "levels": [
                    {"id": "l4", "title": "L4", "at_least": 0, "looks_like": "Does what is asked, well."},
                    {"id": "l5", "title": "L5", "at_least": 0.5, "looks_like": "Finds out what to ask for."},
                ]
                if rule == "bar-raiser"
                else [],
                "spoken": {
                    "strong-no": ["No. And not for lack of time."],
                    "no": ["Not this time, and I will tell you why."],
                    "yes": ["I want you here on Monday."],
                    "strong-yes": ["Do not leave the building."],
                    "no-decision": ["I have not heard enough to say."],
                },
            },
        }
    )


def header(mode: Mode = "realistic", rule: Rule = "gut", questions: int = 2, *, asks: bool = False) -> Header:
    """What a transcript of the small interview begins with."""
    return Header(
        id="20260102-030405-tiny-abcd",
        created=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        product_version="0.0.0",
        engine="scripted",
        engine_version="1",
        mode=mode,
        minutes=15,
        seniority="senior",
        seed=7,
        profile=Profile(name="Alex"),
        persona=persona(rule, questions, asks=asks),
        rubrics=(rubric(),),
        banks=(bank(questions),),
        hashes={},
    )
