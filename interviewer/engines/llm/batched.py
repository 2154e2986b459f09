"""Grading through a provider's batch service: the same calls and the same reading of replies, with hours in between.

Nothing can be asked a second time within a batch, so a reply that would have been repaired live is a failure, and is
tried again with the next batch or the next run. Evidence that does not hold makes its rating not assessed, as it does
live when the repair fails.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from interviewer.engines.llm.form import read
from interviewer.engines.llm.grade_reply import grade_of
from interviewer.engines.llm.grader import LanguageModelGrader, form_of, grade_request
from interviewer.engines.llm.spent import cost_of
from interviewer.engines.offline.grader import nothing_to_rate
from interviewer.grading.grader import GradingRequest, ungraded
from interviewer.providers.batches import BatchResult, BatchService
from interviewer.providers.chat import ChatRequest, ProviderError, Reply, Usage
from interviewer.providers.prices import Prices
from interviewer.scorecard import Grade, Stamp


class BatchedGrading:
    """What goes into a batch and what comes of its results.

    Args:
        grader: the live grader, whose grades these have to equal.
        service: where batches go.
        prices: what a call costs there.
    """

    def __init__(self, grader: LanguageModelGrader, service: BatchService, prices: Prices) -> None:
        self.service: Final = service
        self._stamp = grader.stamp
        self._prompts = grader.prompts
        self._prices = prices
        self._share = prices.batch_share(service.provider)

    @property
    def stamp(self) -> Stamp:
        """Who grades: the same as live."""
        return self._stamp

    def asked(self, request: GradingRequest) -> ChatRequest | Grade:
        """The call for an answer; or its grade, where there is nothing to rate and none is needed."""
        return nothing_to_rate(request, self._stamp) or grade_request(request, prompts=self._prompts)

    def most(self, call: ChatRequest) -> Decimal | None:
        """US dollars that a call does not exceed; None if the price is not known."""
        return self._prices.most(self.service.model, call, self._share)

    def grade(self, request: GradingRequest, result: BatchResult) -> Grade:
        """The grade that a result makes, with what it cost."""
        if result.reply is None:
            return self._failed(request, result.error or ProviderError("malformed", "There was no reply."))
        reply = replace(result.reply, cost=self._dollars(result.reply.usage))
        return self._read(request, reply).model_copy(update={"cost": cost_of(reply)})

    def _failed(self, request: GradingRequest, error: ProviderError) -> Grade:
        error.cost = self._dollars(error.usage)
        grade = ungraded(request, "failed", str(error), self._stamp, error.kind)
        return grade.model_copy(update={"cost": cost_of(error)})

    def _dollars(self, usage: Usage | None) -> Decimal | None:
        return None if usage is None else self._prices.cost(self.service.model, usage, self._share)

    def _read(self, request: GradingRequest, reply: Reply) -> Grade:
        if reply.stop == "refused":
            return ungraded(request, "refused", reply.refusal or "The model declined to grade this.", self._stamp)
        if reply.stop == "truncated":
            return ungraded(request, "failed", "The model's reply was cut off.", self._stamp, "truncated")
        found, wrong = read(form_of(request.rubric).body, reply.text)
        if wrong:
            return ungraded(
                request, "failed", f"The model's reply had another form: {wrong}", self._stamp, "wrong-form"
            )
        return grade_of(request, found, self._stamp)[0]
