"""`interviewer transcripts`: lists saved interviews."""

from __future__ import annotations

import argparse
import json

from interviewer.cli.options import add_transcripts, settings_from


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.add_argument("--json", action="store_true", help="for programs")
    add_transcripts(parser)


def run(arguments: argparse.Namespace) -> int:
    """Runs the command and returns its exit code."""
    from decimal import Decimal

    from interviewer.cost import money
    from interviewer.text import one_line
    from interviewer.transcript.archive import listing

    settings = settings_from(arguments)
    entries, broken = listing(settings.transcripts)
    if arguments.json:
        rows = [
            {
                "id": entry.id,
                "persona": entry.persona,
                "created": entry.created.isoformat(),
                "mode": entry.mode,
                "seconds": entry.seconds,
                "verdict": entry.verdict,
                "share": entry.share,
                "dollars": None if entry.dollars is None else str(entry.dollars),
                "path": str(entry.path),
            }
            for entry in entries
        ]
        print(json.dumps(rows, indent=2))
        return 0
    if not entries and not broken:
        print(f"No interviews in {settings.transcripts} yet. Begin one with: interviewer")
    for entry in entries:
        state = (entry.verdict or "").replace("-", " ") or "unfinished"
        when = entry.created.astimezone().strftime("%Y-%m-%d %H:%M")
        print(f"{when}  {entry.seconds / 60:3.0f} min  {state:<12}  {one_line(entry.persona_title)}")
        cost = f"  {money(entry.dollars)}" if entry.dollars is not None else ""
        print(f"    {entry.id}{cost}")
    paid = [entry.dollars for entry in entries if entry.dollars is not None]
    if paid:
        print(f"Language models in all: {money(sum(paid, Decimal(0)))} for {len(paid)} finished interviews.")
    for unreadable in broken:
        print(unreadable.problem)
    return 0
