"""Opens the screens."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from interviewer.cli import USAGE

if TYPE_CHECKING:
    import argparse


def open_screens(arguments: argparse.Namespace | None = None, **start: object) -> int:
    """Opens the screens at home, or at what `start` names; returns the exit code."""
    from interviewer.settings import NAMES, SettingsError, load_settings

    if not sys.stdout.isatty() or not sys.stdin.isatty():
        print(
            "interviewer: the screens need a terminal. For pipes and screen readers: "
            "interviewer interview PERSONA --plain",
            file=sys.stderr,
        )
        return USAGE
    if os.environ.get("TERM") == "dumb":  # it would stay blank
        print(
            "interviewer: this terminal (TERM=dumb) cannot show the screens. Add --plain to the command, such as: "
            "interviewer interview PERSONA --plain",
            file=sys.stderr,
        )
        return USAGE
    try:
        settings = load_settings({name: getattr(arguments, name, None) for name in NAMES})
    except SettingsError as error:
        print(f"interviewer: {error}", file=sys.stderr)
        return USAGE
    from interviewer.tui.app import Start, run

    return run(settings, Start(**start))  # type: ignore[arg-type]
