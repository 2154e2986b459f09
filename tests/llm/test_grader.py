"""The grader at a model that is played here: when calls begin."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from interviewer.engines.llm.form import ready
from interviewer.engines.llm.grader import LanguageModelGrader
from interviewer.providers.chat import ChatRequest, Piece, Reply, Usage
from tests.offline import content

QUESTION = next(iter(content.answers()))
ANSWER = content.answers()[QUESTION]["strong"]


class Declining:
    """Declines every call, and notes when each was made and when it could go out."""

    provider, model = "openai", "m"

    def __init__(self) -> None:
        self.noted: list[str] = []

    def stream(self, _: ChatRequest) -> AsyncIterator[Piece | Reply]:
        raise AssertionError("a grade is not streamed")

    async def complete(self, request: ChatRequest) -> Reply:
        name = next(name for name in NAMES if name in request.messages[-1].text)
        self.noted.append(f"{name} is made")
        await asyncio.sleep(0)
        self.noted.append(f"{name} goes out")
        return Reply("", "refused", Usage(), self.model)

    async def close(self) -> None:
        return


NAMES = ("Alpha", "Beta", "Gamma")


async def test_grades_that_are_asked_for_at_once_are_begun_one_after_the_other() -> None:
    """A call goes out before the next answer is looked at, so the last of many waits for itself alone."""
    await ready()
    model = Declining()
    grader = LanguageModelGrader(model)
    question = content.questions()[QUESTION]
    requests = [content.request(question, f"{ANSWER} We called it {name}.") for name in NAMES]
    grades = await asyncio.gather(*map(grader.grade, requests))
    assert model.noted == [f"{name} {what}" for name in NAMES for what in ("is made", "goes out")]
    assert [grade.status for grade in grades] == ["refused"] * len(NAMES)


async def test_whoever_no_longer_wants_a_grade_holds_nobody_up() -> None:
    await ready()
    model = Declining()
    grader = LanguageModelGrader(model)
    question = content.questions()[QUESTION]
    first, second, third = (
        asyncio.create_task(grader.grade(content.request(question, f"{ANSWER} We called it {name}."))) for name in NAMES
    )
    await asyncio.sleep(0)
    second.cancel()
    async with asyncio.timeout(5):
        assert [grade.status for grade in (await first, await third)] == ["refused"] * 2
    assert not any("Beta" in note for note in model.noted)
