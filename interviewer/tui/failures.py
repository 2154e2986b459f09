"""Turns whatever goes wrong into a sentence for the user, and keeps the details in a file."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

from interviewer import __version__
from interviewer.text import one_line


def sentence(error: BaseException, doing: str) -> str:
    """What to tell the user: the message of an error of ours, else what failed and where the details are.

    Args:
        error: what was raised.
        doing: what was being done, to follow "while", such as `opening the transcript`.
    """
    if _is_ours(error):
        return one_line(str(error))
    report = write_report(error)
    details = f" Details are in {report}." if report else ""
    return f"Something went wrong while {doing} ({type(error).__name__}).{details}"


def _is_ours(error: BaseException) -> bool:
    """Whether its message was written to be read by the user."""
    from interviewer.batch.asking import Unasked
    from interviewer.batch.ledger import LedgerError
    from interviewer.batch.sources import SourceError
    from interviewer.batch_session import TaskError
    from interviewer.engines.choose import EngineError
    from interviewer.interview.conductor import IllegalStep
    from interviewer.library import LibraryError
    from interviewer.profile import ProfileError
    from interviewer.session import ChoiceError
    from interviewer.settings import SettingsError
    from interviewer.transcript.store import TranscriptError

    ours = (
        ChoiceError,
        EngineError,
        IllegalStep,
        LedgerError,
        LibraryError,
        ProfileError,
        SettingsError,
        SourceError,
        TaskError,
        TranscriptError,
        Unasked,
    )
    return isinstance(error, ours)


def _without_keys(text: str) -> str:
    """The text with every key of the environment taken out, should a message ever hold one."""
    from interviewer.engines.choose import KEYS

    for variable in KEYS.values():
        key = os.environ.get(variable, "").strip()
        if key:
            text = text.replace(key, "[key]")
    return text


def report_path() -> Path:
    """Where the details of the last failure are kept."""
    from interviewer.settings import data_folder

    return data_folder() / "last-failure.txt"


def write_report(error: BaseException) -> Path | None:
    """Writes where `error` came from, for a bug report; without local variables, which may hold answers.

    Returns:
        The file, or None if it could not be written.
    """
    lines = traceback.TracebackException.from_exception(error, capture_locals=False).format(chain=True)
    head = f"interviewer {__version__}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n\n"
    try:
        path = report_path()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            file.write(_without_keys(head + "".join(lines)))
    except OSError:
        return None
    return path
