"""`interviewer replay [TRANSCRIPT]`: plays a saved interview, with what the graders made of it."""

from __future__ import annotations

import argparse
import sys

from interviewer.cli import USAGE
from interviewer.cli.options import add_transcripts, settings_from

SLOWEST, FASTEST = 0.5, 16.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.add_argument("transcript", nargs="?", metavar="TRANSCRIPT", help="an id or a file; the latest if absent")
    parser.add_argument("--plain", action="store_true", help="print it instead of opening the screens")
    parser.add_argument(
        "--speed",
        type=_speed,
        default=1.0,
        metavar="N",
        help=f"plain: {SLOWEST} to {FASTEST:g} times as fast as it was, or 0 for all at once",
    )
    parser.add_argument("--shorten", action="store_true", help="plain: cut long pauses")
    parser.add_argument("--from", dest="first", type=_clock, default=0.0, metavar="TIME", help="plain: such as 12:30")
    parser.add_argument("--to", dest="last", type=_clock, metavar="TIME", help="plain: such as 20:00")
    add_transcripts(parser)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = -1.0
    if speed != 0 and not SLOWEST <= speed <= FASTEST:
        raise argparse.ArgumentTypeError(f"{text}: a speed is {SLOWEST} to {FASTEST:g}, or 0 for all at once")
    return speed


def _clock(text: str) -> float:
    from interviewer.replay.seek import seconds_of

    seconds = seconds_of(text)
    if seconds is None:
        raise argparse.ArgumentTypeError(f"{text}: a time is minutes and seconds, such as 12:30 or 1:02:30")
    return seconds


def run(arguments: argparse.Namespace) -> int:
    """Runs the command and returns its exit code."""
    from interviewer.transcript.archive import find, latest_finished

    settings = settings_from(arguments)
    if arguments.transcript:
        path = find(settings.transcripts, arguments.transcript)
    else:
        path = latest_finished(settings.transcripts)
    if arguments.plain:
        import time

        from interviewer.cli.retelling import retell
        from interviewer.replay.reel import open_reel
        from interviewer.transcript.damage import told

        reel = open_reel(path)
        if reel.damage:
            print(f"{path}: {told(reel.damage)}", file=sys.stderr)
        retell(
            reel,
            sys.stdout,
            time.sleep,
            speed=arguments.speed,
            shortened=arguments.shorten,
            first=arguments.first,
            last=arguments.last,
        )
        return 0
    if not sys.stdout.isatty() or not sys.stdin.isatty():
        print("interviewer: the replay needs a terminal. For pipes: interviewer replay ID --plain", file=sys.stderr)
        return USAGE
    from interviewer.cli.screens import open_screens

    def first() -> object:
        from interviewer.tui.screens.replay.screen import ReplayScreen

        return ReplayScreen(path)

    return open_screens(arguments, first=first)
