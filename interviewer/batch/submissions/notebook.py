"""A notebook as text: its cells in order, with what they printed, and without pictures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

CELL: Final = r"^#+ Cell (\d+) \(\w+\)$"
"""How a cell begins in the text: a heading with its number, from 1."""

_MOST_OUTPUT: Final = 4_000
"""Characters of what one cell printed."""


class NotebookError(Exception):
    """It is no notebook that can be read; the message names the kind, as in "2 damaged notebooks"."""


def notebook_text(text: str) -> str:
    """A notebook as Markdown: a heading for each cell, code and what it printed between fences.

    Pictures and other outputs that are no plain text are named and left out. Nothing of it is run.

    Raises:
        NotebookError: it is damaged, or something else.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise NotebookError("damaged notebooks") from None
    cells = data.get("cells") if isinstance(data, dict) else None
    if cells is None and isinstance(data, dict):  # the third version of the format had them a level deeper
        sheets = [sheet for sheet in _list(data.get("worksheets")) if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets for cell in _list(sheet.get("cells"))]
    if not isinstance(cells, list):
        raise NotebookError("notebooks without cells")
    told = [_cell(number, cell) for number, cell in enumerate(cells, 1) if isinstance(cell, dict)]
    return "\n\n".join(told)


def _cell(number: int, cell: Mapping[str, Any]) -> str:
    kind = cell.get("cell_type")
    source = _joined(cell.get("source", cell.get("input")))
    if kind == "markdown":
        return f"# Cell {number} (text)\n\n{source}"
    blocks = [f"# Cell {number} (code)", "", _fenced(source, "python")]
    printed = "\n".join(_outputs(cell.get("outputs")))
    if printed:
        cut = printed if len(printed) <= _MOST_OUTPUT else f"{printed[:_MOST_OUTPUT]}\n[the rest is left out]"
        blocks += ["", "Output:", "", _fenced(cut, "")]
    return "\n".join(blocks)


def _outputs(outputs: object) -> Iterator[str]:
    for output in _list(outputs):
        if not isinstance(output, dict):
            continue
        if output.get("output_type") in {"error", "pyerr"}:
            yield f"{output.get('ename', 'Error')}: {_joined(output.get('evalue'))}"
            continue
        data = output.get("data")
        if isinstance(data, dict):
            plain = _joined(data.get("text/plain"))
            others = sorted(str(kind)[:40] for kind in data if not str(kind).startswith("text/"))
            yield plain if not others else f"{plain} [{', '.join(others)} left out]".strip()
        else:
            yield _joined(output.get("text")).rstrip("\n")


def _fenced(text: str, language: str) -> str:
    return f"````{language}\n{text.rstrip()}\n````"


def _joined(lines: object) -> str:
    """Text as notebooks keep it: one string, or a list of lines with their ends."""
    if isinstance(lines, str):
        return lines
    return "".join(line for line in _list(lines) if isinstance(line, str))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
