"""What the user has set: flags, then the environment, then a file, then what is built in.

The file is `settings.toml` in the user's configuration folder (`INTERVIEWER_CONFIG_DIR` moves it).
Read before the first frame is painted, so it imports nothing heavy.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, get_args

from interviewer.vocabulary import Mode, Seniority

APPLICATION = "interviewer"

ENGINES = ("auto", "offline", "anthropic", "openai", "openai-compatible")
"""auto: what is found: an address that is set, then a key, then a server on this machine, else offline."""


MOST_DOLLARS = 100_000
"""US dollars of a limit, at most."""


class SettingsError(Exception):
    """The settings cannot be used; the message says which, where and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set, with what it is if nobody sets it.

    Each is also an environment variable: `INTERVIEWER_` and the name in capitals.
    """

    transcripts: Path
    """Where transcripts are kept."""
    engine: str = "auto"
    """Who interviews and grades; `auto` takes what is found."""
    turn_model: str | None = None
    """The model that interviews; the engine's own choice if not set."""
    grade_model: str | None = None
    """The model that grades; the engine's own choice if not set."""
    base_url: str | None = None
    """Where an openai-compatible server is."""
    graders: tuple[str, ...] = ()
    """Who grades, each an engine or `engine:model`; together if several. The engine that interviews if not set."""
    samples: int = 1
    """How often each model grades an answer, 1 to 9; above 1 their median counts."""
    per_criterion: bool = False
    """Whether a model is asked for each criterion in a call of its own."""
    max_cost: float | None = None
    """US dollars that one run of the program may spend on models, 0 to 100,000; no limit if not set."""
    mode: Mode = "realistic"
    """realistic: nothing but the interviewer until the end. coach: feedback after each answer."""
    seniority: Seniority = "senior"
    """The level that you interview for."""
    minutes: int | None = None
    """Length, 5 to 240; the persona's own if not set."""
    name: str | None = None
    """What you are called, 80 characters at most."""
    theme: str = "interviewer-dark"
    """Colours of the screens: interviewer-dark, interviewer-light, or any theme of Textual."""
    pace: float = 1.0
    """How slowly the offline interviewer speaks, 0 to 10: 1 is easy reading, 0 is at once."""


def _path(value: Any) -> Path:
    if not isinstance(value, (str, Path)) or not str(value):
        raise ValueError("must be a folder")
    try:
        return Path(value).expanduser()
    except RuntimeError:
        raise ValueError("must be a folder, and there is no such user") from None


def _one_of(*allowed: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in allowed:
            raise ValueError(f"must be {' or '.join(allowed)}")
        return str(value)

    return check


def _text(longest: int) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if not isinstance(value, str) or len(value) > longest:
            raise ValueError(f"must be text of at most {longest} characters")
        return value

    return check


def _number(kind: type[int] | type[float], least: int, most: int) -> Callable[[Any], Any]:
    def check(value: Any) -> int | float:
        try:
            number = kind(value)
        except (TypeError, ValueError, OverflowError):
            number = None
        whole = kind is not int or not isinstance(value, float) or value.is_integer()
        if number is None or isinstance(value, bool) or not whole or not least <= number <= most:
            raise ValueError(f"must be a {'whole ' if kind is int else ''}number from {least} to {most}")
        return number

    return check


MOST_GRADERS = 9


def _graders(value: Any) -> tuple[str, ...]:
    given = value.split(",") if isinstance(value, str) else value
    named = tuple(str(one).strip() for one in given) if isinstance(given, (list, tuple)) else ()
    if not 1 <= len(named) <= MOST_GRADERS or not all(_is_grader(one) for one in named):
        raise ValueError(
            f"must be one to nine of {', '.join(ENGINES[1:-1])} and {ENGINES[-1]} with commas between them, "
            "each but offline with a colon and its model behind it if you like (openai:NAME)"
        )
    return named


def _is_grader(text: str) -> bool:
    engine, colon, model = (part.strip() for part in text.partition(":"))
    return engine in ENGINES[1:] and bool(colon) == bool(model) and not (model and engine == "offline")


def _yes_or_no(value: Any) -> bool:
    known = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    found = known.get(str(value).strip().casefold())
    if found is None:
        raise ValueError("must be true or false")
    return found


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "transcripts": _path,
    "engine": _one_of(*ENGINES),
    "turn_model": _text(200),
    "grade_model": _text(200),
    "base_url": _text(500),
    "graders": _graders,
    "samples": _number(int, 1, 9),
    "per_criterion": _yes_or_no,
    "max_cost": _number(float, 0, MOST_DOLLARS),
    "mode": _one_of(*get_args(Mode)),
    "seniority": _one_of(*get_args(Seniority)),
    "minutes": _number(int, 5, 240),
    "name": _text(80),
    "theme": _text(80),
    "pace": _number(float, 0, 10),
}
"""Setting -> what makes it of what was given, or raises ValueError with what it must be."""

NAMES = tuple(field.name for field in fields(Settings))


def config_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The user's own folder for settings, personas, rubrics and questions."""
    if given := environment.get("INTERVIEWER_CONFIG_DIR"):
        return Path(given).expanduser()
    import platformdirs

    return platformdirs.user_config_path(APPLICATION, appauthor=False)


def data_folder() -> Path:
    """Where transcripts are kept unless the user says otherwise."""
    import platformdirs

    return platformdirs.user_data_path(APPLICATION, appauthor=False)


def load_settings(flags: Mapping[str, Any] | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in force. A flag that is None was not given.

    Raises:
        SettingsError: the file cannot be read, or a value is unknown or out of range.
    """
    file = config_folder(environment) / "settings.toml"
    layers: tuple[tuple[str, Mapping[str, Any]], ...] = (
        (str(file), _file(file)),
        ("the environment", _environment(environment)),
        ("the command line", {key: value for key, value in (flags or {}).items() if value is not None}),
    )
    settings = Settings(transcripts=data_folder() / "transcripts")
    for source, layer in layers:
        for name, value in layer.items():
            settings = replace(settings, **{name: _checked(source, name, value)})
    return settings


def _checked(source: str, name: str, value: Any) -> Any:
    check = _CHECKS.get(name)
    if check is None:
        raise SettingsError(f"{source}: there is no setting {name!r}. There are: {', '.join(NAMES)}.")
    try:
        return check(value)
    except ValueError as error:
        raise SettingsError(f"{source}: {name} {error}, but it is {value!r}.") from None


def _file(path: Path) -> dict[str, Any]:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror or error}.") from None
    import tomllib

    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: not UTF-8 text. Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not valid TOML: {error}.") from None


def _environment(environment: Mapping[str, str]) -> dict[str, str]:
    found = ((name, environment.get(f"INTERVIEWER_{name.upper()}")) for name in NAMES)
    return {name: value for name, value in found if value}
