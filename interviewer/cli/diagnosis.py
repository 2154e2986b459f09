"""What `interviewer doctor` found, as values; and from that, by rule, what is broken and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that the program uses."""

    purpose: str
    path: str
    exists: bool
    problem: str | None = None
    """Why nothing can be written there."""


@dataclass(frozen=True, slots=True)
class Content:
    """Files of one kind."""

    kind: str
    usable: int
    own: int
    """Of the usable ones, those that did not come with the program."""
    broken: tuple[str, ...] = ()
    """What is wrong with each that cannot be used."""


@dataclass(frozen=True, slots=True)
class Server:
    """A model server on this machine."""

    kind: str
    host: str
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A model in force, with its price in US dollars per million tokens; None if that is not known."""

    purpose: str
    name: str
    sent: Decimal | None = None
    received: Decimal | None = None


@dataclass(frozen=True, slots=True)
class EngineInForce:
    """Who would interview and grade."""

    setting: str
    """What is set: `auto`, or an engine."""
    name: str
    who: str
    why: str
    leaves: str
    models: tuple[Model, ...] = ()
    samples: int = 1
    """How often each model grades an answer."""
    per_criterion: bool = False
    """Whether each criterion is a call of its own."""
    problem: str | None = None
    """Why it cannot be used."""
    calibration: str = ""
    """How far its grades agree with people's, as its scorecards cite it; empty if it cannot be used."""


@dataclass(frozen=True, slots=True)
class Call:
    """One tiny call to an engine, and what came of it."""

    who: str
    engine: str
    model: str
    seconds: float | None = None
    sent: int | None = None
    received: int | None = None
    cost: Decimal | None = None
    """US dollars; None if not known."""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything that was found. Holds no character of any key."""

    version: str
    python: str
    system: str
    columns: int
    rows: int
    colour: bool
    screens: bool
    """Whether the screens can be shown: standard input and output are a terminal."""
    folders: tuple[Folder, ...]
    content: tuple[Content, ...]
    keys: dict[str, bool]
    """Environment variable -> whether it is set."""
    servers: tuple[Server, ...]
    engine: EngineInForce
    max_cost: float | None
    calls: tuple[Call, ...] | None = None
    """None if no call was asked for."""

    @property
    def broken(self) -> tuple[str, ...]:
        """What is wrong, each with what to do, most important first."""
        return tuple(_broken(self))

    @property
    def next_steps(self) -> tuple[str, ...]:
        """What to do next, a line each: what is broken first, then what could be better."""
        return (*self.broken, *_better(self))

    def as_data(self) -> dict[str, Any]:
        """The same for programs."""
        data: dict[str, Any] = _plain(asdict(self))
        return data | {"broken": list(self.broken), "next_steps": list(self.next_steps)}


def _broken(found: Diagnosis) -> Iterator[str]:
    if found.engine.problem:
        yield found.engine.problem
    unpriced = dict.fromkeys(model.name for model in found.engine.models if model.sent is None)
    if found.max_cost is not None and unpriced:
        yield (
            f"With a cost limit nothing is sent to a model of unknown price, such as {next(iter(unpriced))}. Add its "
            "price to models.yaml in your configuration folder (0 if it costs nothing), or leave out the limit."
        )
    for folder in found.folders:
        if folder.problem:
            yield f"The folder for {folder.purpose}, {folder.path}: {folder.problem}"
    for content in found.content:
        for fault in content.broken:
            yield f"One of your {content.kind} cannot be used: {fault}"
    for call in found.calls or ():
        if call.problem:
            yield f"{call.who}: {call.problem}"


def _better(found: Diagnosis) -> Iterator[str]:
    if not found.engine.models and not found.engine.problem:
        yield (
            "To be interviewed by a language model, set ANTHROPIC_API_KEY or OPENAI_API_KEY, or start a local server."
            if found.engine.setting == "auto"
            else "Only the offline engine is allowed by your settings; --engine auto takes what is found."
        )
    elif found.calls is None and not found.engine.problem:
        yield "To try the engine with one tiny call: interviewer doctor --call"
    if found.engine.name in {"anthropic", "openai"} and found.max_cost is None:
        yield "To limit what a run may spend: --max-cost 2, or max_cost in settings.toml."
    if found.screens and (found.columns < 80 or found.rows < 24):
        yield "Make the terminal 80 columns by 24 rows or more: the screens have room then."
    if not found.screens:
        yield "The screens need a terminal; without one: interviewer interview PERSONA --plain"
    elif not found.broken:
        yield "To begin: interviewer"


def _plain(value: Any) -> Any:
    """Money as text, so that no digit is lost."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value
