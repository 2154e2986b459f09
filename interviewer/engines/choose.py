"""Which engine plays, as the settings say."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from interviewer.grading.grader import Grader
from interviewer.interview.interviewer import Interviewer
from interviewer.settings import Settings, config_folder

if TYPE_CHECKING:
    from interviewer.providers.chat import ChatModel
    from interviewer.providers.meter import Meter
    from interviewer.providers.prices import Prices, Role

KEYS = {
    "anthropic": "ANTHROPIC_API_KEY",
    "openai": "OPENAI_API_KEY",
    "openai-compatible": "INTERVIEWER_API_KEY",
}
"""Engine -> the environment variable that holds its key."""


class EngineError(Exception):
    """An engine that cannot be used as it is set; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An interviewer and a grader, with what to write on everything they produce."""

    name: str
    version: str
    model: str | None
    interviewer: Interviewer
    grader: Grader
    about: str
    """One honest sentence on what its grades are worth."""
    meter: Meter | None = None
    """What its calls come to; none for an engine that makes no calls."""
    models: tuple[ChatModel, ...] = ()

    async def close(self) -> None:
        """Lets go of connections."""
        for model in self.models:
            await model.close()


def offline(pace: float = 0.0) -> Engine:
    """The rule-based engine: no key, no network.

    Args:
        pace: how slowly words appear; 0 is at once, 1 is easy reading.
    """
    from interviewer.engines.offline import ABOUT, VERSION
    from interviewer.engines.offline.grader import OfflineGrader
    from interviewer.engines.offline.interviewer import OfflineInterviewer

    return Engine("offline", VERSION, None, OfflineInterviewer(pace), OfflineGrader(), ABOUT)


def choose(settings: Settings, pace: float = 0.0, environment: Mapping[str, str] = os.environ) -> Engine:
    """The engine that the settings name.

    Args:
        pace: for the offline engine; a model's words appear as they arrive.

    Raises:
        EngineError: a key, an address or a model is missing.
        PriceError: the user's own `models.yaml` cannot be used.
    """
    if settings.engine == "offline":
        return offline(pace)
    from interviewer.engines.llm import ABOUT, VERSION
    from interviewer.engines.llm.grader import LanguageModelGrader
    from interviewer.engines.llm.interviewer import LanguageModelInterviewer
    from interviewer.engines.llm.steady import SteadyModel
    from interviewer.providers.meter import Meter, MeteredModel
    from interviewer.providers.prices import load_prices

    prices = load_prices(config_folder(environment))
    meter = Meter(Decimal(str(settings.max_cost)) if settings.max_cost is not None else None)
    turns = _model(settings, prices, "fast", settings.turn_model, environment)
    grades = _model(settings, prices, "strong", settings.grade_model or settings.turn_model, environment)
    return Engine(
        settings.engine,
        VERSION,
        turns.model,
        LanguageModelInterviewer(SteadyModel(MeteredModel(turns, meter, prices, "turn"))),
        LanguageModelGrader(SteadyModel(MeteredModel(grades, meter, prices, "grade"))),
        ABOUT,
        meter,
        (turns, grades),
    )


def _model(
    settings: Settings, prices: Prices, role: Role, wanted: str | None, environment: Mapping[str, str]
) -> ChatModel:
    from pydantic import SecretStr

    name = wanted or prices.default(settings.engine, role)
    if name is None:
        raise EngineError(
            "Which model? Set turn_model (and grade_model, if it is another): --model NAME or INTERVIEWER_TURN_MODEL."
        )
    variable = KEYS[settings.engine]
    secret = environment.get(variable, "").strip()
    if settings.engine == "openai-compatible":
        if not settings.base_url:
            raise EngineError("Where is the server? Set --base-url or INTERVIEWER_BASE_URL.")
        from interviewer.providers.openai import CompatibleModel

        return CompatibleModel(settings.base_url, name, SecretStr(secret) if secret else None, key_from=variable)
    if not secret:
        raise EngineError(
            f"The engine {settings.engine} needs a key: set {variable}. Without one, use --engine offline."
        )
    if settings.engine == "anthropic":
        from interviewer.providers.anthropic import AnthropicModel

        return AnthropicModel(SecretStr(secret), name, settings.base_url)
    from interviewer.providers.openai import OpenAIModel

    return OpenAIModel(SecretStr(secret), name, settings.base_url)
