"""A folder with finished interviews that were really held, under other names and on other days."""

from __future__ import annotations

import re
from pathlib import Path

from interviewer.transcript.archive import samples_folder


def copied(folder: Path, stem: str, day: str, name: str) -> Path:
    """A shipped interview as one of the user's own, held on `day`, such as `2026-03-02`."""
    lines = (samples_folder() / f"{stem}.jsonl").read_text(encoding="utf-8").split("\n")
    header = re.sub(r'"id":"[^"]*"', f'"id":"{name}"', lines[0], count=1)
    before, mark, after = header.partition('"created":"')
    lines[0] = f"{before}{mark}{day}{after[10:]}"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
