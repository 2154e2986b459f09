"""The built-in questions and rubrics, invented answers to them, and how a grade is summed up in tests."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from interviewer.engines.offline.grader import OfflineGrader, grade
from interviewer.grading.grader import Exchange, GradingRequest
from interviewer.persona import Person, Persona
from interviewer.question import Question, QuestionBank
from interviewer.rubric import Rubric
from interviewer.scorecard import Grade

ROOT = Path(__file__).parent.parent.parent
STAMP = OfflineGrader().stamp


@lru_cache(maxsize=1)
def questions() -> dict[str, Question]:
    """Every built-in question by its id."""
    found: dict[str, Question] = {}
    for path in sorted((ROOT / "personas" / "questions").glob("*.yaml")):
        bank = QuestionBank.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        found |= {question.id: question for question in bank.questions}
    return found


@lru_cache(maxsize=1)
def rubrics() -> dict[str, Rubric]:
    """Every built-in rubric by its id."""
    paths = sorted((ROOT / "rubrics").glob("*.yaml"))
    found = [Rubric.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in paths]
    return {rubric.id: rubric for rubric in found}


@lru_cache(maxsize=1)
def people() -> tuple[Person, ...]:
    """Everyone who interviews."""
    paths = sorted((ROOT / "personas").glob("*.yaml"))
    personas = [Persona.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in paths]
    return tuple(person for persona in personas for person in persona.people)


@lru_cache(maxsize=1)
def answers() -> dict[str, dict[str, str]]:
    """Question id -> kind of answer (strong, partial, weak, bluff) -> answer."""
    return _answers("answers.yaml")


@lru_cache(maxsize=1)
def blind_answers() -> dict[str, dict[str, str]]:
    """The same, of answers written after the grader was first set."""
    return _answers("answers_blind.yaml")


def _answers(name: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name(name).read_text("utf-8"))
    return found


def request(
    question: Question,
    *said: str,
    rubric: Rubric | None = None,
    earlier: tuple[str, ...] = (),
    person: Person | None = None,
) -> GradingRequest:
    """A thread: the answer to the question, then answers to follow-ups."""
    exchanges = [Exchange(asked=question.text, answer=said[0], event=2)]
    for number, answer in enumerate(said[1:]):
        probe = question.key_points[number % len(question.key_points)]
        asked = probe.probe.text
        exchanges.append(Exchange(asked=asked, gap=f"point:{probe.id}", answer=answer, event=4 + 2 * number))
    return GradingRequest(
        thread=1,
        question=question,
        rubric=rubric or rubrics()[question.rubric],
        exchanges=tuple(exchanges),
        earlier=earlier,
        person=person,
    )


def graded(question_id: str, *said: str) -> Grade:
    """The offline grade of an answer to a built-in question."""
    return grade(request(questions()[question_id], *said), STAMP)


def total(found: Grade) -> float:
    """Weighted share of the assessed criteria, 0 to 1; 0 if nothing was rated."""
    rubric = rubrics()[found.rubric]
    top = max(level.value for level in rubric.levels)
    rated = [(rubric.criterion(rating.criterion).weight, rating) for rating in found.ratings if rating.assessed]
    weight = sum(share for share, _ in rated)
    return sum(share * rubric.level(rating.level).value / top for share, rating in rated) / weight if weight else 0.0


def share(question_id: str, *said: str) -> float:
    """`total` of an answer to a built-in question."""
    return total(graded(question_id, *said))
