"""Names that look like one another, for messages that say what was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from interviewer.library.faults import shown

MOST_LISTED = 8


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that `name` was probably meant to be; None if none is near."""
    known = list(names)
    folded = {other.casefold().replace("_", "-"): other for other in reversed(known)}
    found = difflib.get_close_matches(name.casefold().replace("_", "-"), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def suggestion(name: str, names: Iterable[str], *, none: str = "") -> str:
    """A sentence that leads from a wrong name to a right one; `none` if there is no right one."""
    known = sorted(set(names))
    if not known:
        return none
    if (meant := nearest(name, known)) is not None:
        return f"Did you mean `{shown(meant)}`?"
    return f"There is only {listed(known)}." if len(known) == 1 else f"There are {listed(known)}."


def listed(names: Iterable[str]) -> str:
    """The names in one line, shortened after the first few."""
    known = list(names)
    line = ", ".join(f"`{shown(name)}`" for name in known[:MOST_LISTED])
    return f"{line} and {len(known) - MOST_LISTED} more" if len(known) > MOST_LISTED else line
