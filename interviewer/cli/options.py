"""Options that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path

from interviewer.settings import NAMES, Settings, load_settings


def add_transcripts(parser: argparse.ArgumentParser) -> None:
    """`--transcripts FOLDER`."""
    parser.add_argument("--transcripts", type=Path, metavar="FOLDER", help="where transcripts are kept")


def settings_from(arguments: argparse.Namespace) -> Settings:
    """The settings with this command's flags on top.

    Raises:
        SettingsError: a setting is unknown or out of range.
    """
    return load_settings({name: getattr(arguments, name, None) for name in NAMES})
