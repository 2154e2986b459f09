"""Options that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path

from interviewer.settings import ENGINES, NAMES, Settings, load_settings


def add_transcripts(parser: argparse.ArgumentParser) -> None:
    """`--transcripts FOLDER`."""
    parser.add_argument("--transcripts", type=Path, metavar="FOLDER", help="where transcripts are kept")


def add_engine(parser: argparse.ArgumentParser) -> None:
    """`--engine` and what belongs to it."""
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        help="who interviews and grades: auto takes what is found (see: interviewer doctor), offline sends nothing",
    )
    parser.add_argument("--model", dest="turn_model", metavar="NAME", help="the model that interviews")
    parser.add_argument("--grade-model", metavar="NAME", help="the model that grades")
    parser.add_argument(
        "--graders", metavar="A,B", help="who grades, together: engines, each with its model if you like (openai:NAME)"
    )
    parser.add_argument("--samples", type=int, metavar="K", help="grade each answer K times and take the median")
    parser.add_argument(
        "--per-criterion", action="store_true", default=None, help="ask for each criterion in a call of its own"
    )
    parser.add_argument("--base-url", metavar="URL", help="where an openai-compatible server is")
    parser.add_argument("--max-cost", type=float, metavar="DOLLARS", help="what this run may spend on models")


def settings_from(arguments: argparse.Namespace) -> Settings:
    """The settings with this command's flags on top.

    Raises:
        SettingsError: a setting is unknown or out of range.
    """
    return load_settings({name: getattr(arguments, name, None) for name in NAMES})
