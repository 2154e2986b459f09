"""`interviewer branch TRANSCRIPT [--answer N]`: answers again from a moment of a saved interview."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from interviewer.cli.options import add_engine, add_plain, add_transcripts, settings_from

if TYPE_CHECKING:
    from interviewer.replay.recording import Recording

_SHOWN = 73
"""Columns of an answer in the list."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.epilog = (
        "A new interview begins that shares everything before that answer and goes on from there. The original is not "
        "touched. Compare the two with: interviewer compare ORIGINAL BRANCH"
    )
    parser.add_argument("transcript", metavar="TRANSCRIPT", help="an id or a file")
    parser.add_argument("--answer", type=int, metavar="N", help="answer the N-th again; without it, they are listed")
    add_plain(parser)
    parser.add_argument("--json", action="store_true", help="the list, or only the scorecard, as JSON (plain mode)")
    add_transcripts(parser)
    add_engine(parser)


def run(arguments: argparse.Namespace) -> int:
    """Runs the command and returns its exit code."""
    from interviewer.replay.branch import branch, numbered_answer
    from interviewer.replay.recording import recorded
    from interviewer.transcript.archive import find

    settings = settings_from(arguments)
    recording = recorded(find(settings.transcripts, arguments.transcript))
    if arguments.answer is None:
        return _list(recording, arguments.json)
    moment = numbered_answer(recording, arguments.answer)
    plain = arguments.plain or arguments.answers or arguments.json
    if not plain and not (sys.stdin.isatty() and sys.stdout.isatty()):
        from interviewer.cli.screens import open_screens

        return open_screens(arguments)  # says what is missing, before anything is made
    from interviewer.engines.choose import choose

    path = branch(recording, moment, settings.transcripts, choose(settings))
    print(f"Branches off {recording.header.id} at answer {arguments.answer}: {path.stem}", file=sys.stderr, flush=True)
    if plain:
        from interviewer.cli.plain import resumed_interview

        return resumed_interview(settings, path, answers=arguments.answers, as_json=arguments.json)
    from interviewer.cli.screens import open_screens

    return open_screens(arguments, resume=path)


def _list(recording: Recording, as_json: bool) -> int:
    from dataclasses import asdict

    from interviewer.cli.page import Page, write_json
    from interviewer.replay.branch import answers_in
    from interviewer.text import clock_time, one_line

    given = list(answers_in(recording))
    if as_json:
        write_json([asdict(one) for one in given])
        return 0
    page = Page()
    page.heading(f"Answers in {recording.header.id}")
    if not given:
        page.text("Nothing has been answered yet.")
        return 0
    for one in given:
        kind = "follow-up: " if one.follow_up else ""
        again = "again: " if one.again else ""
        page.entry(f"{one.number}.", _cut(f"{clock_time(one.clock)}  {kind}{one_line(one.asked)}"), column=6)
        page.entry("", _cut(f"\u203a {again}{one_line(one.text) or '(nothing)'}"), column=6)
    page.space()
    page.text("Answer one of them again with:")
    print(f"interviewer branch {recording.header.id} --answer N")
    return 0


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}\u2026"
