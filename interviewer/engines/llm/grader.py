"""The grader as a language model: stateless, checked in code.

One call for an answer thread and rubric; or, if asked for, one for each criterion, each under the whole rubric.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from interviewer.engines.llm import VERSION
from interviewer.engines.llm.by_criterion import assembled
from interviewer.engines.llm.form import read, ready
from interviewer.engines.llm.grade_reply import grade_of
from interviewer.engines.llm.prompts import Prompt, load_prompt
from interviewer.engines.llm.spent import Calls
from interviewer.engines.offline.grader import nothing_to_rate
from interviewer.engines.offline.identical import Identical
from interviewer.grading.calibration import Cite, as_it_is
from interviewer.grading.evidence import Said, said_in
from interviewer.grading.grader import Exchange, GradingRequest, ungraded
from interviewer.grading.schema import GRADE_SCHEMA, criterion_schema, grade_schema
from interviewer.providers.chat import ChatModel, ChatRequest, Message, ProviderError, Schema
from interviewer.question import Question
from interviewer.rubric import Rubric
from interviewer.scorecard import Grade, Stamp
from interviewer.text import fence

MOST_TOKENS = 2500
"""Limit of a grade; doubled once if a reply was cut off by it."""


@dataclass(frozen=True, slots=True)
class GradingPrompts:
    """The prompts of a grade: the rubric's part and the answer's, or the files' of a submission."""

    rubric: Prompt
    case: Prompt
    submission: Prompt

    @property
    def versions(self) -> str:
        """Which they are, as the stamp says it."""
        return ", ".join(f"{one.name} {one.version}" for one in (self.rubric, self.case, self.submission))

    @classmethod
    def load(cls) -> Self:
        """The user's own, or those built in. Raises PromptError."""
        return cls(load_prompt("grade"), load_prompt("case"), load_prompt("submission"))


class LanguageModelGrader:
    """Grades with a language model.

    Args:
        model: judges; a strong one.
        per_criterion: asks for each criterion in a call of its own. The first goes ahead, so that the others find
            the rubric in the provider's cache.
        cite: puts on its stamp what was measured of it.

    Raises:
        PromptError: one of the user's own prompts cannot be used. They are read once, here.
    """

    def __init__(self, model: ChatModel, per_criterion: bool = False, cite: Cite = as_it_is) -> None:
        self._model = model
        self._per_criterion = per_criterion
        self._entrance = asyncio.Lock()
        self.prompts: Final = GradingPrompts.load()
        versions = self.prompts.versions
        self._stamp = cite(
            Stamp(
                engine=model.provider,
                engine_version=VERSION,
                model=model.model,
                prompt_version=f"{versions}, by criterion" if per_criterion else versions,
                grade_schema=GRADE_SCHEMA,
                calibration="not calibrated",
            )
        )

    @property
    def stamp(self) -> Stamp:
        """Who grades, with the versions of the prompts."""
        return self._stamp

    async def grade(self, request: GradingRequest) -> Grade:
        """Rates one thread; what cannot be rated is a status, never a number."""
        await self._enter()
        nothing = nothing_to_rate(request, self.stamp)
        if nothing is not None:  # blank, repeated, a list of keywords: found by rule, and no call is spent
            return nothing
        await ready()
        calls = Calls(self._model)
        grade = await (self._by_criterion(request, calls) if self._per_criterion else self._grade(request, calls))
        return grade.model_copy(update={"cost": calls.cost})

    async def _enter(self) -> None:
        """Waits for a turn of the loop in which no other grade begins.

        Of many that begin at the same moment the call of one so goes out before the next is looked at, and not all of
        them when the last is; and what else there is to do, such as a key that was typed, comes in between.
        """
        await self._entrance.acquire()
        asyncio.get_running_loop().call_soon(self._entrance.release)

    async def _by_criterion(self, request: GradingRequest, calls: Calls) -> Grade:
        first, *others = request.rubric.criteria
        grades = [await self._grade(request, calls, first.id)]
        grades += await asyncio.gather(*(self._grade(request, calls, one.id) for one in others))
        return assembled(request, grades, self.stamp)

    async def _grade(self, request: GradingRequest, calls: Calls, criterion: str | None = None) -> Grade:
        complaint, most_tokens = "", MOST_TOKENS
        for _ in range(2):
            try:
                reply = await calls.complete(grade_request(request, complaint, most_tokens, criterion, self.prompts))
            except ProviderError as error:
                return ungraded(request, "failed", str(error), self.stamp, error.kind)
            if reply.stop == "refused":
                return ungraded(request, "refused", reply.refusal or "The model declined to grade this.", self.stamp)
            if reply.stop == "truncated":
                complaint, most_tokens = "Your reply was cut off. Keep the reasons short.", 2 * MOST_TOKENS
                continue
            found, wrong = read(form_of(request.rubric, criterion).body, reply.text)
            if not wrong:
                grade, complaint = grade_of(request, found, self.stamp, criterion)
                if not complaint:
                    return grade
                repaired = await self._repaired(request, complaint, calls, criterion)
                return repaired or grade
            complaint = wrong
        wrong_form = "The model's replies did not have the form that was asked for."
        return ungraded(request, "failed", wrong_form, self.stamp, "wrong-form")

    async def _repaired(
        self, request: GradingRequest, complaint: str, calls: Calls, criterion: str | None
    ) -> Grade | None:
        """A second try after evidence that does not hold; None if it is no better in form."""
        try:
            reply = await calls.complete(grade_request(request, complaint, MOST_TOKENS, criterion, self.prompts))
        except ProviderError:
            return None
        if reply.stop != "complete":
            return None
        found, wrong = read(form_of(request.rubric, criterion).body, reply.text)
        if wrong:
            return None
        return grade_of(request, found, self.stamp, criterion)[0]


def grade_request(
    request: GradingRequest,
    complaint: str = "",
    most_tokens: int = MOST_TOKENS,
    criterion: str | None = None,
    prompts: GradingPrompts | None = None,
) -> ChatRequest:
    """The call for one grade: the rubric first and the same for every answer, the answer last.

    A sentence that instructs whoever grades is shown like the others, with a dash for its number: it cannot be cited.

    Args:
        complaint: what was wrong with the last reply.
        most_tokens: limit of the reply.
        criterion: the only one to rate; all if None.
        prompts: those in force if not given.
    """
    prompts = prompts or GradingPrompts.load()
    rubric = request.rubric
    question = request.question
    blocks: list[str] = []
    for place, exchange in enumerate(request.exchanges, 1):
        text = "\n".join(
            f"[{'-' if one.instructs else f'{place}.{one.passage.number}'}] {_indent(exchange, one)}{one.quote}"
            for one in said_in(exchange)
        )
        if exchange.part:
            blocks.append(fence("answer", f"File {exchange.part}\n{text}"))
        else:
            blocks.append(f"Asked: {exchange.asked if place > 1 else question.text}\n" + fence("answer", text))
    case = (prompts.submission if request.is_submission else prompts.case).fill(
        {
            "question": question.text,
            "points": _points(Identical(question)),
            "reference": f"\n# A reference answer\n{question.reference}\n" if question.reference else "",
            "answer": "\n\n".join(blocks),
            "only": f"\n# What to rate now\nOnly the criterion `{criterion}`.\n" if criterion else "",
            "complaint": f"\n# Your last reply could not be used\n{complaint}\n" if complaint else "",
        }
    )
    return ChatRequest(
        stable=_rubric_part(Identical(rubric), prompts.rubric),
        varying="",
        messages=(Message("user", case),),
        schema=form_of(rubric, criterion),
        most_tokens=most_tokens,
        cache_key=f"grade:{rubric.id}:{rubric.version}",
    )


def _indent(exchange: Exchange, shown: Said) -> str:
    """The blanks before a line of a file: in code they mean something."""
    if not exchange.part:
        return ""
    start = shown.passage.start
    before = exchange.answer[exchange.answer.rfind("\n", 0, start) + 1 : start]
    return before if before.isspace() else ""


def form_of(rubric: Rubric, criterion: str | None = None) -> Schema:
    """The form of a reply: for the whole rubric, or for one of its criteria."""
    return _made_form(Identical(rubric), criterion is None)


@lru_cache(maxsize=32)
def _made_form(rubric: Identical[Rubric], whole: bool) -> Schema:
    name = f"{'grade' if whole else 'criterion'}_{rubric.value.id}".replace("-", "_").replace(".", "_")[:64]
    return Schema(name, grade_schema(rubric.value) if whole else criterion_schema(rubric.value))


@lru_cache(maxsize=512)
def _points(key: Identical[Question]) -> str:
    told = "\n".join(f"- `{point.id}`: {point.point}" for point in key.value.key_points)
    return told or "None are listed; leave `covered` empty."


@lru_cache(maxsize=32)
def _rubric_part(key: Identical[Rubric], prompt: Prompt) -> str:
    rubric = key.value
    return prompt.fill(
        {
            "title": rubric.title,
            "about": rubric.about,
            "levels": ", ".join(f"`{level.id}` ({level.title})" for level in rubric.levels),
            "criteria": "\n\n".join(
                f"## `{one.id}`: {one.title}\n{one.asks}\n"
                + "\n".join(f"- `{level.id}`: {one.anchors[level.id]}" for level in rubric.levels)
                for one in rubric.criteria
            ),
        }
    )
