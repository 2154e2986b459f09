"""Where a source lies: a file, a folder, or what comes through a pipe, kept in a temporary file to be read twice."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO, Final

from interviewer.batch.sources.options import SourceError
from interviewer.text import one_line

STANDARD_INPUT: Final = "-"
LARGEST_PIPED: Final = 4 * 1024**3
"""Bytes that are taken from standard input or a pipe, at most."""

_BLOCK: Final = 1024 * 1024


class Place:
    """A path that can be opened again and again until `close`."""

    def __init__(self, given: str) -> None:
        """`given` is a path, or `-` for standard input.

        Raises:
            SourceError: there is nothing there, it is nothing that can be read, or too much comes through the pipe.
        """
        self._temporary: Path | None = None
        if given == STANDARD_INPUT:
            self.name = "standard input"
            if sys.stdin is None or sys.stdin.isatty():
                raise SourceError("Standard input is the keyboard. Send a file into it, or name a file instead of `-`.")
            self.path = self._kept(sys.stdin.buffer)
            return
        try:
            self.path = Path(given).expanduser()
            mode = self.path.stat().st_mode
            self.name = one_line(self.path.name or str(self.path)) or "the source"
            if stat.S_ISFIFO(mode):
                self.name = one_line(given)
                with self.path.open("rb") as pipe:
                    self.path = self._kept(pipe)
            elif not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                raise SourceError(f"{one_line(given)} is neither a file nor a folder.")
            elif stat.S_ISREG(mode):
                self.path.open("rb").close()
        except FileNotFoundError:
            raise SourceError(f"There is no file or folder {one_line(given)}. Check the path.") from None
        except OSError as error:
            raise SourceError(f"{one_line(given)} cannot be read: {error.strerror or error}.") from None
        except (ValueError, RuntimeError):  # a null character in the path; a home folder that is not known
            raise SourceError(f"{one_line(given)} is not a path that can be opened.") from None

    def close(self) -> None:
        """Removes the temporary file, if there is one."""
        if self._temporary is not None:
            self._temporary.unlink(missing_ok=True)
            self._temporary = None

    def _kept(self, pipe: BinaryIO) -> Path:
        """The temporary file with everything that comes through a pipe."""
        number, name = tempfile.mkstemp(prefix="interviewer-")
        self._temporary = Path(name)
        try:
            with os.fdopen(number, "wb") as file:
                _copy(pipe, file, self.name)
        except BaseException as error:
            self.close()
            if isinstance(error, OSError):
                raise SourceError(f"{self.name} cannot be kept in {name}: {error.strerror or error}.") from None
            raise
        return Path(name)


def _copy(pipe: BinaryIO, file: BinaryIO, name: str) -> None:
    size = 0
    while block := pipe.read(_BLOCK):
        size += len(block)
        if size > LARGEST_PIPED:
            most = LARGEST_PIPED // 1024**3
            raise SourceError(f"More than {most} GiB come from {name}. Save them to a file and name that.")
        file.write(block)
