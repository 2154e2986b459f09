"""Who sits across the table, and who of them is speaking."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from interviewer.persona import Person

SPEAKS = "\u25b6"
LISTENS = "\u25cb"


def people_in_a_line(people: tuple[Person, ...], speaker: str, width: int) -> Content:
    """Everybody in one line if it fits; the speaker is marked and named with their role."""
    for others in (True, False):
        content = _line(people, speaker, roles=others)
        if content.cell_length <= width:
            return content
    return _line(people, speaker, roles=False, first_names=True)


def _line(people: tuple[Person, ...], speaker: str, roles: bool, first_names: bool = False) -> Content:
    parts: list[Content] = []
    for person in people:
        speaks = person.id == speaker
        name = person.name.split()[0] if first_names and not speaks else person.name
        role = f", {person.role}" if roles or speaks else ""
        if speaks:
            parts.append(Content.assemble((f"{SPEAKS} ", "bold $text-primary"), (name, "bold"), role))
        else:
            parts.append(Content.assemble((f"{LISTENS} {name}{role}", "$foreground 70%")))
    return Content("   ").join(parts)


class PanelStrip(Static):
    """One line with everybody's name; for terminals without room for the side column."""

    DEFAULT_CSS = """
    PanelStrip { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._people: tuple[Person, ...] = ()
        self._speaker = ""

    def show(self, people: tuple[Person, ...], speaker: str) -> None:
        """Marks who is speaking."""
        if (people, speaker) != (self._people, self._speaker):
            self._people, self._speaker = people, speaker
            self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        self.update(people_in_a_line(self._people, self._speaker, self.content_size.width), layout=False)
