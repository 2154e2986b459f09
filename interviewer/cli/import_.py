"""`interviewer import FILE...`: brings in interviews that were held elsewhere, and transcripts from other machines."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from interviewer.cli.options import add_transcripts, settings_from

if TYPE_CHECKING:
    from interviewer.imports.making import Judged
    from interviewer.imports.recognise import Held, Own


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    from interviewer.vocabulary import Seniority

    parser.epilog = (
        "Reads text or Markdown with Q:/A:, Interviewer:/Candidate: or names before a colon; WebVTT and SubRip "
        "captions with speakers; and transcripts (.jsonl) and JSON exports of interviewer. What was recognised is "
        "shown first, and nothing is written before you agree."
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a record of one interview")
    parser.add_argument("--candidate", metavar="NAME", help="who of the speakers is the candidate; guessed if absent")
    parser.add_argument("--speakers", metavar="A,B", help="only these names begin a remark; found by rule if absent")
    parser.add_argument("--all-main", action="store_true", help="take no question for a follow-up")
    parser.add_argument("--persona", metavar="PERSONA", help="whose rubric and rules judge it (big-tech-bar-raiser)")
    parser.add_argument("--seniority", choices=get_args(Seniority), help="what the candidate applied as")
    asking = parser.add_mutually_exclusive_group()
    asking.add_argument("--yes", action="store_true", help="do not ask")
    asking.add_argument("--dry-run", action="store_true", help="show what was recognised and stop")
    parser.add_argument("--json", action="store_true", help="for programs; takes --yes or --dry-run")
    add_transcripts(parser)


def run(arguments: argparse.Namespace) -> int:
    """Runs the command and returns its exit code: the worst of all files."""
    from interviewer.cli import TRANSCRIPT, USAGE
    from interviewer.imports.bring import USUAL_PERSONA, judged_by
    from interviewer.library import Library
    from interviewer.transcript.store import TranscriptError

    if not (arguments.yes or arguments.dry_run) and (arguments.json or not sys.stdin.isatty()):
        print("interviewer: nobody can be asked here. Add --yes to import, or --dry-run to look.", file=sys.stderr)
        return USAGE
    settings = settings_from(arguments)
    judged = judged_by(Library.default(), arguments.persona or USUAL_PERSONA, settings.seniority)
    code = 0
    rows: list[dict[str, object]] = []
    for file in arguments.files:
        try:
            row = _one(file.expanduser(), arguments, settings.transcripts, judged)
        except TranscriptError as error:
            print(f"interviewer: {error}", file=sys.stderr)
            code = TRANSCRIPT
        else:
            rows.append(row)
    if arguments.json:
        from interviewer.cli.page import write_json

        write_json(rows)
    return code


def _one(file: Path, arguments: argparse.Namespace, folder: Path, judged: Judged) -> dict[str, object]:
    """Looks at one file, asks, and brings it in; returns what is told to programs."""
    from interviewer.imports.bring import bring_in
    from interviewer.imports.preview import as_data, preview
    from interviewer.imports.recognise import Held, Wishes, recognise

    names = tuple(filter(None, (name.strip() for name in (arguments.speakers or "").split(","))))
    found = recognise(file, Wishes(arguments.candidate, names, arguments.all_main))
    data: dict[str, object] = as_data(found)
    if not arguments.json:
        print("\n".join(preview(found)))
        if isinstance(found, Held):
            chosen = "" if arguments.persona else ". Someone else: --persona PERSONA"
            print(f"  Judged by   {judged.persona.title}, rubric {judged.main.title}{chosen}")
    if arguments.dry_run or not (arguments.yes or _agreed()):
        return data
    kept = bring_in(found, folder, judged)
    if not arguments.json:
        if kept.remark:
            print(kept.remark)
        if kept.new:
            print(f"Imported as {kept.path.stem}.{_next(found, kept.path.stem)}")
    return data | {"path": str(kept.path), "new": kept.new}


def _next(found: Held | Own, name: str) -> str:
    from interviewer.imports.recognise import Own

    if isinstance(found, Own):
        return ""
    return f" It has no scorecard yet; grade it with: interviewer resume {name} --plain"


def _agreed() -> bool:
    try:
        return input("Import it? [y/N] ").strip().casefold() in {"y", "yes"}
    except EOFError:
        print()
        return False
