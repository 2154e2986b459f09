"""Which models there are and what they cost: one data file, and the user's own over it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from string import ascii_letters
from typing import Any, Final, Literal, get_args

from interviewer.providers.chat import ChatRequest, Usage

FILE: Final = "models.yaml"
LARGEST: Final = 1024 * 1024
"""Bytes in a file, at most."""
BUILT_IN: Final = Path(__file__).with_name(FILE)

Role = Literal["fast", "strong"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

_MILLION: Final = Decimal(1_000_000)
_WHOLE: Final = Decimal(1)
_DEAREST: Final = Decimal(1_000_000)
_DATED: Final = re.compile(r"-(?:\d{8}|\d{4}-\d{2}-\d{2})$")
_LETTERS: Final = f"{ascii_letters} ".encode()
_UNSEEN: Final = 1_000
"""Tokens that a service may add to what is sent: its own instructions for structured output."""
_PER_MESSAGE: Final = 16


class PriceError(Exception):
    """The user's file of models cannot be used; the message says what is wrong in it and what to do."""


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens."""

    sent: Decimal
    received: Decimal
    cached: Decimal
    written: Decimal
    as_of: date | None = None
    """The day on which it was true; None if nobody said."""
    second_hand: bool = False
    """It was not read on the provider's own price page."""
    own: bool = False
    """The user says so."""


@dataclass(frozen=True)
class Prices:
    """Every model with a price, and the models that are taken unless the user says otherwise."""

    models: Mapping[str, Price]
    defaults: Mapping[str, Mapping[Role, str]]
    """Provider -> role -> model."""
    batch: Mapping[str, Decimal] = field(default_factory=dict)
    """Provider -> share of these prices, 0 to 1, that a call costs in one of its batches."""

    def default(self, provider: str, role: Role) -> str | None:
        """The model of a provider for a role; None if there is none to be known, as behind any base URL."""
        return self.defaults.get(provider, {}).get(role)

    def of(self, model: str) -> Price | None:
        """The price of a model, with or without the date at the end of its name; None if unknown."""
        return self.models.get(model) or self.models.get(_DATED.sub("", model))

    def batch_share(self, provider: str) -> Decimal:
        """Share of the price that a call costs in a batch of this provider; all of it if nobody said."""
        return self.batch.get(provider, _WHOLE)

    def cost(self, model: str, usage: Usage, share: Decimal = _WHOLE) -> Decimal | None:
        """US dollars for what a call used; None if the price or the tokens are not known.

        Args:
            model: as asked for.
            usage: of the call.
            share: of the price that is paid: `batch_share` for a call in a batch.
        """
        price = self.of(model)
        if price is None or not usage.counted:
            return None
        plain = max(0, usage.sent - usage.cached - usage.cache_written)
        dollars = plain * price.sent + usage.cached * price.cached
        dollars += usage.cache_written * price.written + usage.received * price.received
        return dollars * share / _MILLION

    def most(self, model: str, request: ChatRequest, share: Decimal = _WHOLE) -> Decimal | None:
        """US dollars that a call does not exceed. None if the price is not known. `share` as for `cost`."""
        price = self.of(model)
        if price is None:
            return None
        sent = _most_of_stable(request.stable) + most_tokens(request.varying)
        sent += sum(most_tokens(message.text) for message in request.messages)
        sent += request.schema.size if request.schema is not None else 0
        sent += _UNSEEN + _PER_MESSAGE * len(request.messages)
        dearest = max(price.sent, price.written, price.cached)
        return (sent * dearest + request.most_tokens * price.received) * share / _MILLION


def most_tokens(text: str) -> int:
    """Tokens that a text does not exceed: one for two letters or blanks of plain English, else one for each byte.

    English has about four letters to a token and no tokenizer in use comes near two; digits, signs and other
    scripts may take a token each.
    """
    spelled = text.encode("utf-8", "surrogatepass")
    others = len(spelled.translate(None, delete=_LETTERS))
    return others + (len(spelled) - others + 1) // 2


@lru_cache(maxsize=16)  # many calls share it
def _most_of_stable(text: str) -> int:
    return most_tokens(text)


def load_prices(folder: Path | None = None) -> Prices:
    """The prices in force.

    Args:
        folder: the user's configuration folder; a `models.yaml` in it goes before what is built in.

    Raises:
        PriceError: the user's file cannot be used.
    """
    built_in = _read(BUILT_IN)
    assert built_in is not None, f"{BUILT_IN} is missing"
    prices = _merged(Prices({}, {}), built_in, str(BUILT_IN), own=False)
    if folder is None:
        return prices
    path = folder / FILE
    theirs = _read(path)
    return prices if theirs is None else _merged(prices, theirs, str(path), own=True)


def _read(path: Path) -> Any:
    """What a file says, every scalar as the text that stands there; None if there is no such file."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PriceError(f"{path}: cannot be read: {error.strerror or error}.") from None
    if len(data) > LARGEST:
        raise PriceError(f"{path}: larger than {LARGEST // 1024} KiB.")
    import yaml

    try:  # the base loader makes texts, lists and mappings and nothing else
        said = yaml.load(data.decode("utf-8-sig"), Loader=yaml.BaseLoader)
    except UnicodeDecodeError:
        raise PriceError(f"{path}: not UTF-8 text. Save it as UTF-8.") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" at line {mark.line + 1}" if mark is not None else ""
        raise PriceError(f"{path}: not valid YAML{line}.") from None
    return said if said is not None else {}


def _merged(below: Prices, said: Any, where: str, own: bool) -> Prices:
    top = _mapping(said, where, "the file")
    _known(top, ("version", "defaults", "batch", "models"), where, "the file")
    if top.get("version", "1") != "1":
        raise PriceError(f"{where}: version must be 1, but it is {top['version']!r}.")
    defaults: dict[str, Mapping[Role, str]] = dict(below.defaults)
    for provider, chosen in _mapping(top.get("defaults", {}), where, "defaults").items():
        at = f"defaults.{provider}"
        roles = _mapping(chosen, where, at)
        _known(roles, ROLES, where, at)
        names = dict(defaults.get(provider, {}))
        for role in ROLES:
            if role in roles:
                names[role] = _name(roles[role], where, f"{at}.{role}")
        defaults[provider] = names
    batch = dict(below.batch)
    for provider, share in _mapping(top.get("batch", {}), where, "batch").items():
        batch[provider] = _share(share, where, f"batch.{provider}")
    models: dict[str, Price] = dict(below.models)
    for model, fields in _mapping(top.get("models", {}), where, "models").items():
        models[model] = _price(models.get(model), _mapping(fields, where, model), where, model, own)
    return Prices(models, defaults, batch)


def _price(below: Price | None, fields: Mapping[str, Any], where: str, model: str, own: bool) -> Price:
    _known(fields, ("sent", "cached", "written", "received", "as_of", "second_hand"), where, model)
    figures = {
        name: _dollars(fields[name], where, f"{model}.{name}")
        for name in ("sent", "cached", "written", "received")
        if name in fields
    }
    as_of = _date(fields["as_of"], where, f"{model}.as_of") if "as_of" in fields else None
    second_hand = _truth(fields.get("second_hand", "false"), where, f"{model}.second_hand")
    if below is not None:
        return replace(below, **figures, as_of=as_of, second_hand=second_hand, own=own)
    for name in ("sent", "received"):
        if name not in figures:
            raise PriceError(f"{where}: {model} has no price for what is {name}. Add `{name}`.")
    for name in ("cached", "written"):
        figures.setdefault(name, figures["sent"])
    return Price(**figures, as_of=as_of, second_hand=second_hand, own=own)


def _mapping(value: Any, where: str, at: str) -> dict[str, Any]:
    if value in ({}, ""):
        return {}
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise PriceError(f"{where}: {at} must be a mapping of names.")
    return value


def _known(given: Iterable[str], known: tuple[str, ...], where: str, at: str) -> None:
    for name in given:
        if name not in known:
            raise PriceError(f"{where}: {at} knows no {name!r}. There are: {', '.join(known)}.")


def _name(value: Any, where: str, at: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise PriceError(f"{where}: {at} must be the name of a model.")
    return value.strip()


def _dollars(value: Any, where: str, at: str) -> Decimal:
    number = _number(value)
    if number is None or not 0 <= number <= _DEAREST:
        raise PriceError(f"{where}: {at} must be US dollars per million tokens, such as 0.50, but it is {value!r}.")
    return number


def _share(value: Any, where: str, at: str) -> Decimal:
    number = _number(value)
    if number is None or not 0 <= number <= 1:
        raise PriceError(f"{where}: {at} must be a share of the price from 0 to 1, such as 0.5, but it is {value!r}.")
    return number


def _number(value: Any) -> Decimal | None:
    try:
        number = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _date(value: Any, where: str, at: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise PriceError(f"{where}: {at} must be a day such as 2026-11-20, but it is {value!r}.") from None


def _truth(value: Any, where: str, at: str) -> bool:
    if value not in {"true", "false"}:
        raise PriceError(f"{where}: {at} must be true or false, but it is {value!r}.")
    return bool(value == "true")
