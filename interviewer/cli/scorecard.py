"""`interviewer scorecard [TRANSCRIPT]`: shows the scorecard of a finished interview."""

from __future__ import annotations

import argparse

from interviewer.cli.options import add_transcripts, settings_from


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.add_argument("transcript", nargs="?", metavar="TRANSCRIPT", help="an id or a file; the latest if absent")
    parser.add_argument("--json", action="store_true", help="for programs")
    add_transcripts(parser)


def run(arguments: argparse.Namespace) -> int:
    """Runs the command and returns its exit code."""
    from interviewer.interview.salvage import fold_what_fits
    from interviewer.scorecard_text import as_text
    from interviewer.transcript.archive import find, latest_finished
    from interviewer.transcript.store import TranscriptError, read

    settings = settings_from(arguments)
    if arguments.transcript:
        path = find(settings.transcripts, arguments.transcript)
    else:
        path = latest_finished(settings.transcripts)
    transcript = read(path)
    scorecard = fold_what_fits(transcript).state.scorecard
    if scorecard is None:
        raise TranscriptError(
            f"{path}: this interview is not finished, so it has no scorecard. "
            f"Go on with: interviewer resume {transcript.header.id}"
        )
    titles = {rubric.id: rubric.title for rubric in transcript.header.rubrics}
    print(scorecard.model_dump_json(indent=2) if arguments.json else as_text(scorecard, rubrics=titles))
    return 0
