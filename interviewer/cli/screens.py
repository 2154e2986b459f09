"""Opens the screens."""

from __future__ import annotations

import argparse
import sys

from interviewer.cli import USAGE


def open_screens(arguments: argparse.Namespace | None = None, **start: object) -> int:
    """Opens the screens at home, or at what `start` names; returns the exit code."""
    from interviewer.cli.options import settings_from
    from interviewer.settings import SettingsError

    if not sys.stdout.isatty() or not sys.stdin.isatty():
        print(
            "interviewer: the screens need a terminal. For pipes and screen readers: "
            "interviewer interview PERSONA --plain",
            file=sys.stderr,
        )
        return USAGE
    try:
        settings = settings_from(arguments or argparse.Namespace())
    except SettingsError as error:
        print(f"interviewer: {error}", file=sys.stderr)
        return USAGE
    from interviewer.tui.app import Start, run

    return run(settings, Start(**start))  # type: ignore[arg-type]
