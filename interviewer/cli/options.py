"""Options that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path

from interviewer.settings import ENGINES, NAMES, Settings, load_settings


def add_transcripts(parser: argparse.ArgumentParser) -> None:
    """`--transcripts FOLDER`."""
    parser.add_argument("--transcripts", type=Path, metavar="FOLDER", help="where transcripts are kept")


def add_plain(parser: argparse.ArgumentParser) -> None:
    """`--plain` and where its answers come from, for commands that hold an interview."""
    parser.add_argument("--plain", action="store_true", help="standard input and output instead of screens")
    parser.add_argument("--answers", type=Path, metavar="FILE", help="take the answers from a file (plain mode)")


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
    parser.add_argument(
        "--max-cost", type=float, metavar="DOLLARS", help="what this run, or of a folder of grades the folder, may cost"
    )


def settings_from(arguments: argparse.Namespace) -> Settings:
    """The settings with this command's flags on top.

    Raises:
        SettingsError: a setting is unknown or out of range.
    """
    return load_settings({name: getattr(arguments, name, None) for name in NAMES})
