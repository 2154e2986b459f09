"""Facts of interviews that nobody held, for tests of what is made of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from interviewer.progress.collect import Collected
from interviewer.progress.facts import CriterionFact, GapFact, Grader, InterviewFacts, Measure, QuestionFact
from interviewer.progress.plan import Material
from interviewer.progress.report import Report, make_report
from tests import sample

FIRST = date(2026, 3, 2)
"""A Monday."""

OFFLINE = Grader(engine="offline", engine_version="3")
LEVELS = ("Absent", "Weak", "Solid", "Strong")


def measure(**more: Any) -> Measure:
    """What the sample rubric's criteria are rated with."""
    return Measure(**{"rubric": "sample", "rubric_version": 1, "graders": (OFFLINE,), **more})


def criterion(name: str, share: float | None, weight: float = 0.5) -> CriterionFact:
    """One criterion of the sample rubric."""
    return CriterionFact(
        criterion=name,
        title=name.title(),
        rubric_title="Sample",
        rubric="sample",
        share=share,
        weight=weight,
        levels=LEVELS,
        practice=f"Practise {name}.",
    )


def question(name: str = "q0", share: float | None = 0.9, **more: Any) -> QuestionFact:
    """One question of the sample bank, answered well unless told otherwise."""
    known = {one.id: one.text for one in sample.bank().questions}
    data: dict[str, Any] = {
        "question": name,
        "text": known.get(name, f"What of {name}?"),
        "topic": "T-1",
        "rubric": "sample",
        "segment": "Main",
        "status": "graded",
        "share": share,
        "words": (50,),
        "sentences": (4,),
        "points": 2,
    }
    data["looked_for"] = tuple(one.id for one in more.get("gaps", ()))
    return QuestionFact(**data | more)


def gap(name: str, kind: Any = "quantify", about: str = "Gives a figure.") -> GapFact:
    """Something left out."""
    return GapFact(id=name, type=kind, about=about)


def interview(
    day: int, shares: dict[str, float | None] | None = None, *asked: QuestionFact, **more: Any
) -> InterviewFacts:
    """An interview `day` days after the first Monday, at noon.

    Args:
        shares: criterion -> what was reached.
        asked: the questions; one that went well if none is given.
        measured: what the criteria were rated with.
    """
    when = datetime(FIRST.year, FIRST.month, FIRST.day, 12, tzinfo=UTC) + timedelta(days=day)
    data: dict[str, Any] = {
        "id": f"interview-{day}",
        "created": when,
        "persona": "sample-persona",
        "persona_title": "Sample interviewer",
        "mode": "realistic",
        "seniority": "senior",
        "minutes": 30,
        "seconds": 1500.0,
        "verdict": "no",
        "share": 0.4,
        "measures": (more.pop("measured", None) or measure(),),
        "criteria": tuple(criterion(name, share) for name, share in (shares or {}).items()),
        "questions": asked or (question(),),
    }
    return InterviewFacts(**data | more)


def material() -> Material:
    """The sample persona with its bank and rubric."""
    return Material((sample.persona(),), {"sample-bank": sample.bank()}, {"sample": sample.rubric()})


def on(day: int) -> date:
    """The date `day` days after the first Monday."""
    return FIRST + timedelta(days=day)


def report(*interviews: InterviewFacts, today: int = 30) -> Report:
    """The report over these interviews."""
    return make_report(Collected(interviews), material(), on(today))
