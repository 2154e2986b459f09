"""`interviewer resume [TRANSCRIPT]`: goes on with an interview that was interrupted."""

from __future__ import annotations

import argparse

from interviewer.cli.options import add_engine, add_plain, add_transcripts, settings_from


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.add_argument(
        "transcript", nargs="?", metavar="TRANSCRIPT", help="an id or a file; the latest unfinished one if absent"
    )
    add_plain(parser)
    parser.add_argument("--json", action="store_true", help="print only the scorecard, as JSON (plain mode)")
    add_transcripts(parser)
    add_engine(parser)


def run(arguments: argparse.Namespace) -> int:
    """Runs the command and returns its exit code."""
    from interviewer.transcript.archive import find, latest_unfinished

    settings = settings_from(arguments)
    if arguments.transcript:
        path = find(settings.transcripts, arguments.transcript)
    else:
        path = latest_unfinished(settings.transcripts)
    if arguments.plain or arguments.answers or arguments.json:
        from interviewer.cli.plain import resumed_interview

        return resumed_interview(settings, path, answers=arguments.answers, as_json=arguments.json)
    from interviewer.cli.screens import open_screens

    return open_screens(arguments, resume=path)
