"""What the user has set: flags, then the environment, then a file, then what is built in.

The file is `settings.toml` in the user's configuration folder (`INTERVIEWER_CONFIG_DIR` moves it).
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from interviewer.document import Document

APPLICATION = "interviewer"


class SettingsError(Exception):
    """The settings cannot be used; the message says which, where and what to do."""


class Settings(Document):
    """Everything that can be set, with what it is if nobody sets it."""

    transcripts: Path = Field(description="Where transcripts are kept. INTERVIEWER_TRANSCRIPTS.")
    engine: Literal["offline"] = Field(default="offline", description="Who interviews and grades. INTERVIEWER_ENGINE.")
    mode: Literal["realistic", "coach"] = Field(default="realistic", description="INTERVIEWER_MODE.")
    seniority: Literal["junior", "mid", "senior", "staff"] = Field(
        default="senior", description="INTERVIEWER_SENIORITY."
    )
    minutes: int | None = Field(
        default=None, ge=5, le=240, description="Length; the persona's own if not set. INTERVIEWER_MINUTES."
    )
    name: str | None = Field(default=None, max_length=80, description="What you are called. INTERVIEWER_NAME.")
    theme: str = Field(default="textual-dark", description="Colours of the screens. INTERVIEWER_THEME.")
    pace: float = Field(
        default=1.0,
        ge=0,
        le=10,
        description="How slowly the offline interviewer speaks: 1 is easy reading, 0 is at once. INTERVIEWER_PACE.",
    )


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
    path = config_folder(environment) / "settings.toml"
    values: dict[str, Any] = {"transcripts": data_folder() / "transcripts"}
    sources = dict.fromkeys(values, "built in")
    layers: list[tuple[str, Mapping[str, Any]]] = [
        (str(path), _file(path)),
        ("the environment", _environment(environment)),
        ("the command line", {key: value for key, value in (flags or {}).items() if value is not None}),
    ]
    for source, layer in layers:
        values.update(layer)
        sources.update(dict.fromkeys(layer, source))
    if isinstance(values["transcripts"], str):
        values["transcripts"] = Path(values["transcripts"]).expanduser()
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0]) if first["loc"] else "settings"
        known = ", ".join(Settings.model_fields)
        advice = f" Known settings: {known}." if first["type"] == "extra_forbidden" else ""
        raise SettingsError(
            f"{key} (from {sources.get(key, 'settings')}): {first['msg'].rstrip('.')}, "
            f"but it is {first['input']!r}.{advice}"
        ) from None


def _file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}.") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not valid TOML: {error}.") from None


def _environment(environment: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key in Settings.model_fields:
        value = environment.get(f"INTERVIEWER_{key.upper()}")
        if value:
            found[key] = value
    return found
