"""Settings come from flags, then the environment, then a file; what is wrong is named with its source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from interviewer.settings import NAMES, SettingsError, config_folder, load_settings


def load(folder: Path, file: str = "", flags: dict[str, Any] | None = None, **environment: str) -> Any:
    (folder / "settings.toml").write_text(file, encoding="utf-8")
    return load_settings(flags, {"INTERVIEWER_CONFIG_DIR": str(folder), **environment})


def test_without_any_setting_everything_has_a_value(tmp_path: Path) -> None:
    settings = load_settings(environment={"INTERVIEWER_CONFIG_DIR": str(tmp_path)})
    assert settings.transcripts.name == "transcripts"
    assert (settings.engine, settings.mode, settings.seniority) == ("auto", "realistic", "senior")
    assert settings.minutes is None


def test_flags_win_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    file = 'mode = "coach"\nminutes = 30\nseniority = "mid"\n'
    environment = {"INTERVIEWER_MINUTES": "40", "INTERVIEWER_SENIORITY": "staff"}
    settings = load(tmp_path, file, {"seniority": "junior", "minutes": None, "name": None}, **environment)
    assert settings.mode == "coach"
    assert settings.minutes == 40
    assert settings.seniority == "junior"


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    assert load(tmp_path, "minutes = 30", INTERVIEWER_MINUTES="").minutes == 30


def test_a_tilde_is_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load(tmp_path, 'transcripts = "~/kept"').transcripts == tmp_path / "kept"
    assert config_folder({"INTERVIEWER_CONFIG_DIR": "~/mine"}) == tmp_path / "mine"


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert load(tmp_path, "\ufeffminutes = 30").minutes == 30


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mode", '"harsh"'),
        ("engine", '"oracle"'),
        ("seniority", "3"),
        ("minutes", "4"),
        ("minutes", "241"),
        ("minutes", "45.5"),
        ("minutes", "inf"),
        ("minutes", "true"),
        ("minutes", '"an hour"'),
        ("pace", "nan"),
        ("pace", "-0.1"),
        ("name", f'"{"x" * 81}"'),
        ("transcripts", "7"),
        ("transcripts", '""'),
        ("transcripts", '"~no-such-user-here/kept"'),
    ],
)
def test_a_wrong_value_names_the_setting_and_the_file(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"settings.toml: {name} must be"):
        load(tmp_path, f"{name} = {value}")


def test_a_wrong_value_names_the_environment_or_the_command_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="environment: minutes"):
        load(tmp_path, INTERVIEWER_MINUTES="soon")
    with pytest.raises(SettingsError, match="command line: minutes"):
        load(tmp_path, flags={"minutes": 1000})


def test_an_unknown_setting_lists_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no setting 'minute'") as caught:
        load(tmp_path, "minute = 30")
    assert all(name in str(caught.value) for name in NAMES)


@pytest.mark.parametrize(("content", "message"), [(b"minutes = = 3", "not valid TOML"), (b"\xff\xfe", "not UTF-8")])
def test_a_file_that_cannot_be_understood_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "settings.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=rf"settings\.toml: {message}"):
        load_settings(environment={"INTERVIEWER_CONFIG_DIR": str(tmp_path)})


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(environment={"INTERVIEWER_CONFIG_DIR": str(tmp_path)})
