"""Writing an answer in one's own editor, with the screens out of the way."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import shutil
import signal
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from textual.app import App, SuspendNotSupported

LONGEST_FILE = 4_000_000
"""Bytes that are read back at most."""


class EditorError(Exception):
    """The editor could not be used; the message says why. The text is as it was before."""


def editor_command(environment: Mapping[str, str] = os.environ) -> list[str]:
    """The user's editor with its arguments: `$VISUAL`, `$EDITOR`, or one that is usually there.

    Raises:
        EditorError: there is none.
    """
    for name in ("VISUAL", "EDITOR"):
        if chosen := environment.get(name, "").strip():
            try:
                return shlex.split(chosen)
            except ValueError:
                raise EditorError(f"${name} cannot be understood: {chosen}") from None
    for usual in ("nano", "vi", "notepad"):
        if shutil.which(usual):
            return [usual]
    raise EditorError("No editor was found. Set VISUAL or EDITOR to the one you use.")


@contextlib.contextmanager
def _interrupts_for_the_editor() -> Iterator[None]:
    """Ctrl+C belongs to the editor while it runs. A handler, because an ignored signal would be inherited."""
    try:
        before = signal.signal(signal.SIGINT, lambda *_: None)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


async def edit(app: App[object], text: str) -> str:
    """`text` as the user leaves it in their editor.

    The interview's own work, such as grading, goes on meanwhile; only drawing stops.

    Raises:
        EditorError: the editor is missing, failed, or the terminal cannot be handed over.
    """
    command = editor_command()
    with tempfile.TemporaryDirectory(prefix="interviewer-") as folder:  # 0700
        path = Path(folder) / "answer.md"
        path.write_text(text if not text or text.endswith("\n") else f"{text}\n", encoding="utf-8")
        code, problem = 0, ""
        try:
            with app.batch_update(), app.suspend(), _interrupts_for_the_editor():
                try:  # nothing may leave the block by an exception, or the screens would stay away
                    process = await asyncio.create_subprocess_exec(*command, str(path))
                    code = await process.wait()
                except OSError as error:
                    problem = error.strerror or str(error)
        except SuspendNotSupported:
            raise EditorError("This terminal cannot be handed to an editor.") from None
        if problem:
            raise EditorError(f"{command[0]} could not be started: {problem}.")
        if code:
            raise EditorError(f"{command[0]} ended with an error ({code}); the text is as it was before.")
        try:
            with path.open("rb") as file:
                raw = file.read(LONGEST_FILE)
        except OSError as error:
            raise EditorError(f"The edited text cannot be read back: {error.strerror or error}.") from None
    edited = raw.decode("utf-8", "replace")
    return edited if text.endswith("\n") else edited.removesuffix("\n")
