"""Which engine plays, as the settings say."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from interviewer.engines.decision import Decision, decide
from interviewer.engines.found import KEYS, key_in
from interviewer.grading.calibration import Cite, as_it_is
from interviewer.grading.calibration_folder import read
from interviewer.grading.grader import Grader
from interviewer.interview.interviewer import Interviewer
from interviewer.interview.reviewer import Reviewer
from interviewer.providers.local import on_this_machine
from interviewer.settings import Settings, config_folder

if TYPE_CHECKING:
    from interviewer.engines.llm.estimate import Judging
    from interviewer.providers.anthropic import AnthropicModel
    from interviewer.providers.chat import ChatModel
    from interviewer.providers.meter import Meter
    from interviewer.providers.openai import CompatibleModel, OpenAIModel
    from interviewer.providers.pace import Pace
    from interviewer.providers.prices import Prices, Role
    from interviewer.providers.retry import Patience
    from interviewer.providers.waits import Waits

__all__ = [
    "KEYS",
    "Engine",
    "EngineError",
    "ManyCalls",
    "choose",
    "engine_of",
    "judging",
    "model_name",
    "model_of",
    "offline",
]


NO_ADDRESS = "base_url is no address. It looks like this: http://127.0.0.1:11434/v1"


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
    waits: Waits | None = None
    """Its waits before another try, to be shown and ended; none for an engine that makes no calls."""
    reviewer: Reviewer | None = None
    """Votes again and writes the debrief after the last grade; None where the rule and the plain scorecard do."""

    async def close(self) -> None:
        """Lets go of connections."""
        for model in self.models:
            await model.close()


@dataclass(frozen=True, slots=True)
class ManyCalls:
    """What is different where many calls are made and nobody sits waiting for each."""

    pace: Pace
    """Lets the calls begin."""
    patience: Patience
    taken: Callable[[], Decimal]
    """US dollars that count towards the limit, of all who share it; see `Meter`."""


def offline(pace: float = 0.0, cite: Cite = as_it_is) -> Engine:
    """The rule-based engine: no key, no network.

    Args:
        pace: how slowly words appear; 0 is at once, 1 is easy reading.
        cite: puts on the grader's stamp what was measured of it.
    """
    from interviewer.engines.offline import ABOUT, VERSION
    from interviewer.engines.offline.grader import OfflineGrader
    from interviewer.engines.offline.interviewer import OfflineInterviewer

    return Engine("offline", VERSION, None, OfflineInterviewer(pace), OfflineGrader(cite), ABOUT)


def choose(settings: Settings, pace: float = 0.0, environment: Mapping[str, str] = os.environ) -> Engine:
    """The engine that the settings name, or that is found if they say `auto`.

    Args:
        pace: for the offline engine; a model's words appear as they arrive.

    Raises:
        EngineError: a key, an address or a model is missing, or the user's own models or prompts cannot be used.
    """
    return engine_of(decide(settings, environment), pace, environment)


def engine_of(
    decision: Decision,
    pace: float = 0.0,
    environment: Mapping[str, str] = os.environ,
    many: ManyCalls | None = None,
) -> Engine:
    """The engine that was decided on. Arguments and errors as for `choose`.

    Args:
        many: how many calls are made at once; None in an interview, where somebody waits for each.
    """
    cite = read(config_folder(environment)).calibrations.cite
    if decision.offline:
        return offline(pace, cite)
    from interviewer.engines.llm import ABOUT, VERSION
    from interviewer.engines.llm.interviewer import LanguageModelInterviewer
    from interviewer.engines.llm.prompts import NAMES, PromptError, load_prompt
    from interviewer.engines.llm.reviewer import LanguageModelReviewer
    from interviewer.engines.llm.steady import SteadyModel
    from interviewer.providers.meter import Meter, MeteredModel
    from interviewer.providers.pace import PacedModel
    from interviewer.providers.prices import PriceError, load_prices
    from interviewer.providers.waits import Waits

    settings = decision.settings
    try:
        prices = load_prices(config_folder(environment))
        for name in NAMES:
            load_prompt(name)
    except (PriceError, PromptError) as error:
        raise EngineError(str(error)) from None
    cap = Decimal(str(settings.max_cost)) if settings.max_cost is not None else None
    meter = Meter(cap, many.taken if many else None)
    waits = Waits()

    def steady(model: ChatModel, purpose: Literal["turn", "grade"]) -> ChatModel:
        metered = MeteredModel(model, meter, prices, purpose)
        if many is None:
            return SteadyModel(metered, waits, purpose)
        return SteadyModel(PacedModel(metered, many.pace), waits, purpose, many.patience)

    judges = [_judge(one, prices, environment) for one in decision.graders or (decision,)]
    grader = _grader([judge and steady(judge, "grade") for judge in judges], settings, cite)
    models = tuple(judge for judge in judges if judge is not None)
    if settings.engine == "offline":
        rules = offline(pace)
        return replace(rules, grader=grader, about=ABOUT, meter=meter, models=models, waits=waits)
    turns = model_of(decision, prices, "fast", environment)
    reviews = MeteredModel(models[0] if models else turns, meter, prices, "debrief")
    return Engine(
        settings.engine,
        VERSION,
        turns.model,
        LanguageModelInterviewer(steady(turns, "turn")),
        grader,
        ABOUT,
        meter,
        (turns, *models),
        waits,
        LanguageModelReviewer(SteadyModel(reviews, waits, "review")),
    )


def judging(decision: Decision, prices: Prices) -> tuple[Judging, ...]:
    """The models that grade, and how often each is asked; the rules are none."""
    from interviewer.engines.llm.estimate import Judging

    settings = decision.settings
    return tuple(
        Judging(one.settings.engine, model_name(one.settings, prices, "strong") or "", settings.samples)
        for one in decision.graders or (decision,)
        if not one.offline
    )


def _judge(grader: Decision, prices: Prices, environment: Mapping[str, str]) -> ChatModel | None:
    """The model that grades; None for the rules. Raises EngineError, naming the grader where there may be several."""
    if grader.offline:
        return None
    engine = grader.settings.engine
    if not grader.settings.graders:
        return model_of(grader, prices, "strong", environment)
    if engine != "openai-compatible" and not key_in(environment, engine):
        raise EngineError(f"Grader {engine} needs a key: set {KEYS[engine]}, or leave it out of --graders.")
    if model_name(grader.settings, prices, "strong") is None:
        raise EngineError(f"Which model of {engine} grades? Name it: --graders {engine}:NAME.")
    try:
        return model_of(grader, prices, "strong", environment)
    except EngineError as error:
        raise EngineError(f"Grader {engine}: {error}") from None


def _grader(judges: Sequence[ChatModel | None], settings: Settings, cite: Cite) -> Grader:
    """One grader of all. The rules are asked once: they never differ from themselves."""
    from interviewer.engines.llm.grader import LanguageModelGrader
    from interviewer.engines.offline.grader import OfflineGrader
    from interviewer.grading.several import SeveralGraders

    graders: list[tuple[Grader, int]] = [
        (OfflineGrader(cite), 1)
        if judge is None
        else (LanguageModelGrader(judge, settings.per_criterion, cite), settings.samples)
        for judge in judges
    ]
    return graders[0][0] if graders[0][1] == len(graders) == 1 else SeveralGraders(graders, cite)


def model_name(settings: Settings, prices: Prices, role: Role) -> str | None:
    """The model for a role: the one that is set, or the engine's own; None if nobody has said."""
    wanted = settings.turn_model if role == "fast" else settings.grade_model or settings.turn_model
    return wanted or prices.default(settings.engine, role)


def model_of(
    decision: Decision, prices: Prices, role: Role, environment: Mapping[str, str], longest: float | None = None
) -> AnthropicModel | OpenAIModel | CompatibleModel:
    """The model for a role, not yet connected.

    Args:
        longest: seconds that a call may take in all; the usual limit if not given.

    Raises:
        EngineError: a key, an address or a model is missing.
    """
    from pydantic import SecretStr

    from interviewer.providers.wire import LONGEST

    settings = decision.settings
    name = model_name(settings, prices, role)
    if name is None and settings.base_url and on_this_machine(settings.base_url):
        raise EngineError(
            f"Which model? {decision.host} listed none. Start the server there, or name a model: --model NAME or "
            "INTERVIEWER_TURN_MODEL."
        )
    if name is None:
        raise EngineError(
            "Which model? Set turn_model (and grade_model, if it is another): --model NAME or INTERVIEWER_TURN_MODEL."
        )
    if not name.isprintable():
        raise EngineError(f"{name!r} is no name of a model: there are characters in it that cannot be shown.")
    variable = KEYS[settings.engine]
    if settings.base_url:
        _check_address(settings.base_url, variable)
    secret = SecretStr(key_in(environment, settings.engine) if decision.keyed else "")
    _check_key(secret.get_secret_value(), variable)
    limit = LONGEST if longest is None else longest
    if settings.engine == "openai-compatible":
        if not settings.base_url:
            raise EngineError("Where is the server? Set --base-url or INTERVIEWER_BASE_URL.")
        from interviewer.providers.openai import CompatibleModel

        return CompatibleModel(settings.base_url, name, secret, longest=limit, key_from=variable)
    if not secret:
        raise EngineError(
            f"The engine {settings.engine} needs a key: set {variable}. Without one, use --engine offline."
        )
    if settings.engine == "anthropic":
        from interviewer.providers.anthropic import AnthropicModel

        return AnthropicModel(secret, name, settings.base_url, longest=limit)
    from interviewer.providers.openai import OpenAIModel

    return OpenAIModel(secret, name, settings.base_url, longest=limit)


def _check_address(base_url: str, variable: str) -> None:
    """Raises EngineError if nobody can be asked there. Does not repeat it: there may be a password in it."""
    try:
        parts = urlsplit(base_url)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise EngineError(NO_ADDRESS) from None
    if not fine:
        raise EngineError(NO_ADDRESS)
    if "@" in parts.netloc:
        raise EngineError(f"There is a name or a password in base_url. Take it out; a key goes into {variable}.")
    if parts.query or parts.fragment:
        raise EngineError("base_url must end before the first ? or #, such as http://127.0.0.1:11434/v1")


def _check_key(key: str, variable: str) -> None:
    """Raises EngineError for a key that cannot even be sent. Does not repeat it."""
    if not (key.isascii() and key.isprintable()):
        raise EngineError(
            f"In {variable} there is a line break, a typographic quotation mark or another character that no key has. "
            "Copy the key once more."
        )
