"""`interviewer brief FILE`: what is good and what is wrong with the brief of a take-home task."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.cli.page import Page, write_json

if TYPE_CHECKING:
    from interviewer.brief_audit import Audit

ABOUT = """\
Five aspects are looked at by rules: time, scope, relevance, evaluation and compensation. Each is good, doubtful or a
red flag, with the sentences of the brief that say so and what to ask. The rules know English words; what they miss may
stand there in others.

exit codes:
  0 nothing seriously wrong; 1 at least one red flag; 2 the file cannot be read.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = ABOUT
    parser.add_argument("file", type=Path, metavar="FILE", help="the brief: text, Markdown or PDF")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Runs the command; 0 if nothing is seriously wrong, else 1."""
    from interviewer.brief_audit import audit
    from interviewer.cli import FAULTS
    from interviewer.profile import read_document

    found = audit(read_document(arguments.file))
    if arguments.json:
        write_json({**found.model_dump(mode="json"), "serious": found.serious})
    else:
        _show(found)
    return FAULTS if found.serious else 0


def _show(found: Audit) -> None:
    page = Page()
    for one in found.findings:
        page.text(f"{one.aspect.capitalize()}: {one.verdict.replace('-', ' ')}. {one.why}")
        for quote in one.quotes:
            page.entry(f"line {quote.line}:", quote.text, indent=2)
        if one.ask:
            page.entry("Ask:", one.ask, indent=2)
        page.space()
    flags = sum(one.verdict == "red-flag" for one in found.findings)
    doubts = sum(one.verdict == "doubtful" for one in found.findings)
    counted = f"{_number(flags, 'red flag')}, {_number(doubts, 'doubt')}."
    page.text(f"{counted[0].upper()}{counted[1:]} Told by rules, which may miss what is put oddly.")


def _number(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
