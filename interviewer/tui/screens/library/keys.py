"""What the library is for, and its keys."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding, BindingType

HELP: Final = """\
## Library

Every interview that you began, the unfinished ones first, and the samples at the end. `Enter` goes on with one that
is unfinished and opens the scorecard of one that is over. `/` shows only those that have the words you type, `s`
sorts by something else, `t` puts branches under the interview that they branch off.

Titles, tags and notes are kept beside the transcripts, which are never changed. What is deleted can be brought back
with `u`, the last one first, until you destroy it with `interviewer transcripts purge`.
"""

BINDINGS: Final[list[BindingType]] = [
    Binding("slash", "search", "Find", key_display="/", tooltip="Show only those that have the words you type"),
    Binding("s", "sort", "Sort", tooltip="Sort by date, persona, length, verdict or share"),
    Binding("t", "tree", "Tree", tooltip="Put branches under what they branch off, or not"),
    Binding("v", "details", "Info", tooltip="Show or hide everything about the one that is highlighted"),
    Binding("e", "label('title')", "Rename", show=False, tooltip="Give it a title"),
    Binding("g", "label('tags')", "Tags", show=False, tooltip="Change its tags"),
    Binding("n", "label('note')", "Note", show=False, tooltip="Write a note on it"),
    Binding("p", "replay", "Replay", tooltip="Watch it again"),
    Binding("c", "gradings", "Gradings", show=False, tooltip="Compare how it was graded, again and again"),
    Binding(
        "b", "beside_parent", "Both", show=False, tooltip="Both answers side by side: of the branch and its parent"
    ),
    Binding("i", "bring_in", "Import", show=False, tooltip="Bring in an interview that was held elsewhere"),
    Binding(
        "x", "export", "Export", show=False, tooltip="Save it as a web page, Markdown or JSON, with names hidden or not"
    ),
    Binding("d", "delete", "Delete", tooltip="Delete it; it can be brought back"),
    Binding("u", "undo", "Undo", show=False, tooltip="Bring back what was deleted last"),
    Binding("down", "to_list", show=False),
    Binding("escape", "back", "Back", tooltip="Show all again, or leave the library"),
]
