"""`interviewer prompts list|show NAME`: what a language model is told, word for word."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from interviewer.cli.page import Page, write_json, write_lines

ABOUT = """\
A prompt of your own takes the place of the built-in one: a file of the same name in the folder prompts of
your configuration folder. Begin with a copy of what is there:

  interviewer prompts show turn > YOUR-CONFIGURATION-FOLDER/prompts/turn.md

It needs all marks such as {{people}} of the built-in one and no others. Its version is shown with the start
of its hash, 1+user-0a1b2c3d, on everything that is made with it.

exit codes:
  0 done; 2 a prompt, or the persona, is not there or cannot be used.
"""

PURPOSES = {
    "turn": "a turn: who the interviewers are and how they speak; the same through the whole interview",
    "moment": "a turn: where the interview stands, what was said, which moves are legal",
    "grade": "a grade: the rubric and how to grade; the same for every answer",
    "case": "a grade: the question and the answer",
    "submission": "a grade: the brief of a take-home task and the files that were handed in",
    "revote": "a panel member's second vote, after the locked scorecards were shown",
    "debrief": "the debrief, written from the finished scorecard",
}
"""Prompt -> the call that it is part of, and what it tells."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = ABOUT
    actions = parser.add_subparsers(dest="action", metavar="list|show", required=True)
    listed = actions.add_parser("list", help="names, versions and where they come from")
    listed.add_argument("--json", action="store_true", help="print JSON")
    shown = actions.add_parser("show", help="print the prompt that is in force")
    shown.add_argument("name", metavar="NAME", help="see: interviewer prompts list")
    shown.add_argument("--filled", metavar="PERSONA", help="as it is sent in an interview with this persona")


def run(arguments: argparse.Namespace) -> int:
    """Runs the command; 0, or 2 if a prompt is not there or cannot be used."""
    from interviewer.engines.llm.prompts import PromptError

    try:
        if arguments.action == "list":
            return _list(arguments.json)
        return _show(arguments.name, arguments.filled)
    except PromptError as error:
        print(f"interviewer: {error}", file=sys.stderr)
        return 2


def _list(as_json: bool) -> int:
    """Lists the prompts, those that cannot be used with what is wrong; 2 if there are such."""
    from interviewer.engines.llm.prompts import NAMES, PromptError, load_prompt, own_path

    rows: list[dict[str, str | None]] = []
    for name in NAMES:
        row: dict[str, str | None] = {"name": name, "purpose": PURPOSES.get(name, "")}
        try:
            prompt = load_prompt(name)
        except PromptError as error:
            row |= {"version": None, "origin": "yours", "path": str(own_path(name)), "fault": str(error)}
        else:
            origin = "yours" if prompt.own else "built in"
            row |= {"version": prompt.version, "origin": origin, "path": str(prompt.path), "fault": None}
        rows.append(row)
    if as_json:
        write_json(rows)
    else:
        page = Page()
        page.heading("Prompts")
        for row in rows:
            page.entry(f"{row['name']} {row['version'] or ''}", row["purpose"] or "", column=24)
            where = f"cannot be used: {row['fault']}" if row["fault"] else f"{row['origin']}: {row['path']}"
            write_lines([where], page.out)
            page.space()
    return 2 if any(row["fault"] for row in rows) else 0


def _show(name: str, persona: str | None) -> int:
    """Prints the file in force, or the prompt as it is sent."""
    from interviewer.engines.llm.prompts import load_prompt
    from interviewer.text import sanitise

    prompt = load_prompt(name)
    if persona is None:
        sys.stdout.write(sanitise(prompt.path.read_text(encoding="utf-8-sig")))
        return 0
    from interviewer.engines.choose import offline
    from interviewer.engines.llm.specimen import filled
    from interviewer.library import Library
    from interviewer.session import Choices, prepare

    header = prepare(Library.default(), Choices(persona, seed=0), offline(), Path())
    sys.stdout.write(sanitise(filled(name, header)))
    return 0
