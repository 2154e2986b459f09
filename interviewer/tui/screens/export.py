"""Asks in which form, where, and with what taken out an interview is to be saved for others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from interviewer.exports.choose import FORMS, Form
from interviewer.text import one_line
from interviewer.tui.leaving import OnceModal
from interviewer.tui.widgets.picker import Picker

Hidden = Literal["nothing", "names", "figures"]
"""What placeholders stand for: names hides addresses and links too, figures hides both."""

_SHORT: dict[Form, str] = {"html": "Web page", "md": "Markdown", "json": "JSON", "jsonl": "Transcript"}
_HIDDEN: tuple[tuple[Hidden, str], ...] = (("nothing", "Nothing"), ("names", "Names"), ("figures", "Names and figures"))


@dataclass(frozen=True, slots=True)
class Wish:
    """What was chosen."""

    form: Form
    hidden: Hidden
    where: Path
    """A folder, or a file that is to be made."""


class ExportScreen(OnceModal[Wish | None]):
    """Gives back what was chosen; None if nothing is to be saved.

    Args:
        title: what the interview is called.
        folder: where it goes if nobody says otherwise.
    """

    CSS_PATH = "export.tcss"
    AUTO_FOCUS = "#form"
    HELP = """
    ## Export

    `Left` and `Right` choose, `Tab` goes on, `Enter` saves. The web page replays and prints in any browser and asks
    nothing of the network. JSON holds all grading runs and can be imported again. Placeholders for names and figures
    are put in by rule: read the result before you give it away.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("enter", "take", "Save", tooltip="Save it", priority=True),
        Binding("escape", "leave", "Leave", tooltip="Save nothing", priority=True),
    ]

    def __init__(self, title: str, folder: Path) -> None:
        super().__init__()
        self._title, self._folder = title, folder

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(Content(f"Export {one_line(self._title)}"), id="title")
            with Horizontal(classes="line"):
                yield Static("Form", classes="label")
                yield Picker(list(_SHORT.items()), "html", id="form")
            yield Static(classes="under", id="about-form")
            with Horizontal(classes="line"):
                yield Static("Hide", classes="label")
                yield Picker(_HIDDEN, "nothing", id="hidden")
            yield Static(classes="under", id="about-hidden")
            with Horizontal(classes="line"):
                yield Static("Into", classes="label")
                yield Input(str(self._folder), max_length=4096, compact=True)
            yield Static(Content("A folder, or a file that is not there yet."), classes="under")
            keys = Content.assemble(
                ("Enter", "bold"), " saves   ", ("Tab", "bold"), " next   ", ("Esc", "bold"), " leaves it"
            )
            yield Static(keys, id="keys")

    def on_mount(self) -> None:
        self._explain()

    @on(Picker.Changed)
    def _explain(self) -> None:
        about = FORMS[self._form]
        self.query_one("#about-form", Static).update(Content(f"{about[0].upper()}{about[1:]}."))
        hidden = {
            "nothing": "Everything as it was said, with what you brought (CV, advertisement).",
            "names": "Placeholders for names, addresses, telephone numbers and links.",
            "figures": "The same, and for money, percentages and counts.",
        }
        self.query_one("#about-hidden", Static).update(Content(hidden[self._hidden]))

    @property
    def _form(self) -> Form:
        return cast("Form", self.query_one("#form", Picker).value)

    @property
    def _hidden(self) -> Hidden:
        return cast("Hidden", self.query_one("#hidden", Picker).value)

    def action_take(self) -> None:
        """Gives back what was chosen."""
        text = one_line(self.query_one(Input).value)
        try:
            where = Path(text).expanduser() if text else self._folder
        except RuntimeError:  # there is no such user
            where = Path(text)
        self.dismiss(Wish(self._form, self._hidden, where))

    def action_leave(self) -> None:
        """Gives nothing back."""
        self.dismiss(None)
