"""`interviewer interview [PERSONA]`: a live interview, on the screens or in plain text."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import get_args

from interviewer.cli.options import add_engine, add_plain, add_transcripts, settings_from

PLAIN_HELP = """\
plain mode:
  An answer may have several lines; a line holding a single dot ends it (".." stands for a line with a
  dot). These lines do something else: /hint /skip /pause /resume /end, in coach mode /continue and
  /retry, and /quit leaves the interview to be resumed later. End of input ends the interview properly.

  --answers FILE holds answers separated by lines of three hyphens (---); time passes as it would if
  they were spoken at 150 words a minute, so the plan and the clock mean what they mean to a person.

exit codes:
  0 done; 2 wrong usage, content or settings; 3 transcript cannot be read or written;
  130 interrupted or left with /quit, with everything saved to be resumed.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    from interviewer.vocabulary import Mode, Seniority

    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = PLAIN_HELP
    parser.add_argument("persona", nargs="?", metavar="PERSONA", help="an id or a file; see: interviewer personas")
    add_plain(parser)
    parser.add_argument("--json", action="store_true", help="print only the scorecard, as JSON (plain mode)")
    parser.add_argument("--seed", type=_seed, metavar="N", help="make the interview repeatable")
    parser.add_argument("--ask", type=_names, default=(), metavar="A,B", help="questions to be asked before others")
    parser.add_argument("--minutes", type=int, metavar="N", help="how long it may take")
    parser.add_argument("--mode", choices=get_args(Mode), help="coach gives feedback after each answer")
    parser.add_argument("--seniority", choices=get_args(Seniority), help="what level you interview for")
    parser.add_argument("--name", help="what you are called")
    parser.add_argument("--cv", type=Path, metavar="FILE", help="your CV: text, Markdown or PDF")
    parser.add_argument("--job", type=Path, metavar="FILE", help="the job advertisement: text, Markdown or PDF")
    add_transcripts(parser)
    add_engine(parser)


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"a seed is a whole number from 0, not {text!r}")
    return int(text)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))


def run(arguments: argparse.Namespace) -> int:
    """Runs the command and returns its exit code."""
    from interviewer.profile import read_document
    from interviewer.session import ChoiceError, Choices
    from interviewer.text import one_line
    from interviewer.transcript.events import Profile

    settings = settings_from(arguments)
    profile = Profile(
        name=one_line(settings.name or "") or None,
        cv=read_document(arguments.cv) if arguments.cv else None,
        job=read_document(arguments.job) if arguments.job else None,
    )
    if not (arguments.plain or arguments.answers or arguments.json):
        from interviewer.cli.screens import open_screens

        start = {"persona": arguments.persona, "profile": profile, "seed": arguments.seed, "wanted": arguments.ask}
        return open_screens(arguments, **start)
    from interviewer.cli.plain import new_interview

    if arguments.persona is None:
        raise ChoiceError("Plain mode needs a persona. See them with: interviewer personas")
    choices = Choices(
        persona=arguments.persona,
        mode=settings.mode,
        seniority=settings.seniority,
        minutes=settings.minutes,
        seed=arguments.seed,
        profile=profile,
        wanted=arguments.ask,
    )
    return new_interview(settings, choices, answers=arguments.answers, as_json=arguments.json)
