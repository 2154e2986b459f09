"""The command line: one thin module for each command, imported when it runs.

Exit codes: 0 done; 1 `check`, `doctor` or `brief` found faults, or not everything could be graded; 2 wrong usage, or
content or settings that cannot be used; 3 a transcript that cannot be read or written; 70 a fault of the program
itself; 130 interrupted, with everything saved to be resumed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from keyword import iskeyword

COMMANDS = {
    "interview": "be interviewed: choose who, or name a persona",
    "resume": "go on with an interview that was interrupted",
    "replay": "play a saved interview, with what the graders made of it",
    "branch": "answer again from a moment of a saved interview",
    "regrade": "grade recorded answers anew, and see what moved",
    "compare": "hold gradings of an interview, or a branch and its original, against each other",
    "transcripts": "list saved interviews; rename, tag, delete and restore them",
    "scorecard": "show the scorecard of a finished interview",
    "progress": "show what moves from interview to interview, and what to practise next",
    "import": "bring in an interview that was held elsewhere, or a transcript from another machine",
    "export": "write interviews as Markdown, as a page for a browser, or for programs",
    "grade": "grade a file of written answers, small or very large",
    "agreement": "measure how far grades agree with those of people",
    "brief": "judge the brief of a take-home task: time, scope, relevance, criteria, pay",
    "personas": "list the personas, or show one",
    "rubrics": "list the rubrics, or show one",
    "questions": "list the question banks, or show a bank or a question",
    "check": "check personas, rubrics and questions that you wrote",
    "schema": "print a published JSON Schema",
    "prompts": "list what a language model is told, or show it",
    "doctor": "say what was found, which engine that means, and what to do next",
}
"""Command -> what it is for. The module of the same name in this package runs it; see `_module`."""

FAULTS, USAGE, TRANSCRIPT, FAULT, INTERRUPTED = 1, 2, 3, 70, 130
"""Exit codes beside 0."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program and returns its exit code. Without a command it opens the screens."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given in (["--version"], ["-V"]):
        from interviewer import __version__

        print(f"interviewer {__version__}")
        return 0
    try:
        return _run(given)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output is gone; there is nobody left to tell.
        sys.stdout = None
        return 0


def _run(given: list[str]) -> int:
    if not given:
        from interviewer.cli.screens import open_screens

        return open_screens()
    import argparse
    import importlib

    parser = argparse.ArgumentParser(
        prog="interviewer",
        description="A mock interviewer for AI start-up and Big Tech interviews. "
        "Without a command it opens the screens.",
    )
    parser.add_argument("-V", "--version", action="store_true", help="print the version and stop")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    named = next((word for word in given if not word.startswith("-")), None)
    for name, purpose in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")
        if name == named:
            importlib.import_module(_module(name)).configure(command)
    parsed = parser.parse_args(given)
    if parsed.version:
        return main(["--version"])
    if parsed.command is None:
        parser.print_help()
        return 0
    module = importlib.import_module(_module(parsed.command))
    code: int = _guarded(module.run, parsed)
    return code


def _module(command: str) -> str:
    """The module that runs a command. One that is called like a keyword of Python has an underscore behind."""
    return f"interviewer.cli.{command}{'_' if iskeyword(command) else ''}"


def _guarded(run: object, parsed: object) -> int:
    """Runs a command; what can go wrong in the user's world becomes one sentence, never a traceback."""
    from interviewer.engines.choose import EngineError
    from interviewer.library import Broken, NotFound
    from interviewer.profile import ProfileError
    from interviewer.session import ChoiceError
    from interviewer.settings import SettingsError
    from interviewer.transcript.store import TranscriptError

    assert callable(run)
    try:
        code: int = run(parsed)
    except (NotFound, Broken, ChoiceError, SettingsError, ProfileError, EngineError) as error:
        print(f"interviewer: {error}", file=sys.stderr)
        return USAGE
    except TranscriptError as error:
        print(f"interviewer: {error}", file=sys.stderr)
        return TRANSCRIPT
    except BrokenPipeError:  # whoever read our output has seen enough
        raise
    except OSError as error:  # such as a full disk under what is printed
        where = f"{error.filename}: " if error.filename else ""
        print(f"interviewer: {where}{(error.strerror or str(error)).lower()}.", file=sys.stderr)
        return FAULTS
    except Exception as error:  # a fault of ours: told in a sentence, with the details in a file
        from interviewer.tui.failures import sentence

        print(f"interviewer: {sentence(error, 'running this command')}", file=sys.stderr)
        return FAULT
    return code
