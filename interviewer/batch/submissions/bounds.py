"""How much of a submission is read. What goes beyond is left out and named, never read in part without a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that is read of one submission."""

    entries: int = 20_000
    """Files and folders that are listed."""
    files: int = 200
    """Files that are read, the most telling first."""
    file_bytes: int = 1_000_000
    """Of a file that is read; tables and logs are read from the beginning, whatever their size."""
    notebook_bytes: int = 20_000_000
    """Of a notebook, which may hold pictures."""
    file_letters: int = 40_000
    """Characters kept of a file."""
    letters: int = 160_000
    """Characters kept of all files together; a prompt is about a sixth longer, for the numbers of the lines."""
    rows: int = 20
    """Lines kept of a table of data."""
    line: int = 2_000
    """Characters kept of a line."""

    def told(self) -> str:
        """The bounds in a sentence."""
        return (
            f"Of each: at most {self.files} files and {self.letters:,} characters, {self.file_letters:,} of one file, "
            f"{self.rows} lines of a table of data; nothing is executed, and links and archives are not followed."
        )


BOUNDS: Final = Bounds()
