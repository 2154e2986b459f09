"""What grading is going to use and cost, told from the calls that would be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from interviewer.engines.llm.grader import MOST_TOKENS, GradingPrompts, grade_request
from interviewer.grading.grader import GradingRequest
from interviewer.providers.chat import ChatRequest, Usage
from interviewer.providers.prices import Prices

LETTERS_TO_A_TOKEN = 4.0
"""Of English prose and JSON, about; the services say no more than that themselves."""
TOKENS_OF_A_REPLY = 20
TOKENS_OF_A_CRITERION = 45
"""Mean of 236 recorded replies of one capable model: 171 letters for a criterion. Thinking is not in it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a number of gradings would use. Tokens are about; money is a range."""

    calls: int = 0
    sent: int = 0
    received: int = 0
    expected: Decimal | None = Decimal(0)
    """US dollars if the provider's cache serves what all calls share; None if a price is not known."""
    most: Decimal | None = Decimal(0)
    """US dollars that one call for each is certain not to exceed. Calls that have to be made twice are not in it."""

    def __add__(self, other: Estimate) -> Estimate:
        return Estimate(
            self.calls + other.calls,
            self.sent + other.sent,
            self.received + other.received,
            None if self.expected is None or other.expected is None else self.expected + other.expected,
            None if self.most is None or other.most is None else self.most + other.most,
        )

    def scaled(self, share: float) -> Estimate:
        """The same for more, or for fewer."""
        by = Decimal(str(share))
        return Estimate(
            round(self.calls * share),
            round(self.sent * share),
            round(self.received * share),
            None if self.expected is None else self.expected * by,
            None if self.most is None else self.most * by,
        )


@dataclass(frozen=True, slots=True)
class Judging:
    """A model that grades."""

    provider: str
    model: str
    times: int
    """How often it grades each answer."""


def estimate(
    request: GradingRequest,
    judges: Sequence[Judging],
    prices: Prices,
    prompts: GradingPrompts,
    per_criterion: bool,
    in_batches: bool = False,
) -> Estimate:
    """What grading one answer takes.

    Args:
        request: what would be graded.
        judges: who is asked.
        prices: what they cost.
        prompts: what they are told.
        per_criterion: each criterion in a call of its own.
        in_batches: through the provider's batch service, at its price.
    """
    criteria = [one.id for one in request.rubric.criteria] if per_criterion else [None]
    calls = [grade_request(request, "", MOST_TOKENS, criterion, prompts) for criterion in criteria]
    rated = 1 if per_criterion else len(request.rubric.criteria)
    whole = Estimate()
    for judge in judges:
        share = prices.batch_share(judge.provider) if in_batches else Decimal(1)
        for call in calls:
            usage = _usage(call, rated)
            whole += Estimate(
                1,
                usage.sent,
                usage.received,
                prices.cost(judge.model, usage, share),
                prices.most(judge.model, call, share),
            ).scaled(judge.times)
    return whole


def _usage(call: ChatRequest, rated: int) -> Usage:
    def tokens(letters: int) -> int:
        return round(letters / LETTERS_TO_A_TOKEN)

    shared = tokens(len(call.stable) + (call.schema.size if call.schema else 0))
    own = tokens(len(call.varying) + sum(len(message.text) for message in call.messages))
    return Usage(shared + own, cached=shared, received=TOKENS_OF_A_REPLY + TOKENS_OF_A_CRITERION * rated)
