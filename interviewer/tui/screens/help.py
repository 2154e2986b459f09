"""Help over whatever is on the screen: what it is for, and every key that does something there."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Footer, Markdown, Static

_NAMES: Final = {
    "escape": "Esc",
    "left": "\u2190",
    "right": "\u2192",
    "up": "\u2191",
    "down": "\u2193",
    "pageup": "PageUp",
    "pagedown": "PageDown",
    "minus": "-",
    "plus": "+",
    "equals_sign": "=",
    "question_mark": "?",
}

_NAMED_BELOW: Final = frozenset({"command_palette", "help", "app.help", "help_quit"})
"""Actions that need no line made from a binding."""

_KEYS_WIDTH = 22
"""Columns for the keys; what they do stands beside."""


def key_name(key: str) -> str:
    """A key as it is printed on keyboards, such as `Ctrl+S`."""
    *held, last = key.split("+")
    named = _NAMES.get(last) or (last if len(last) == 1 else last.capitalize())
    return "+".join([*(one.capitalize() for one in held), named.upper() if held and len(named) == 1 else named])


def texts_of(screen: Screen[object]) -> list[str]:
    """What the screen and the widget that has the focus say of themselves."""
    nodes: list[Widget] = [screen]
    if screen.focused is not None:
        nodes += [node for node in screen.focused.ancestors_with_self if isinstance(node, Widget)]
    helps = dict.fromkeys(inspect.cleandoc(node.HELP) for node in nodes if node.HELP)
    return list(helps)


def keys_of(bindings: Iterable[ActiveBinding]) -> list[tuple[str, str]]:
    """Keys with what they do; keys that do the same in one line."""
    found: dict[tuple[int, str], tuple[list[str], str]] = {}
    for active in bindings:
        binding = active.binding
        about = active.tooltip or (binding.description if binding.show else "")
        if not about or not active.enabled or binding.action in _NAMED_BELOW:
            continue
        keys, _ = found.setdefault((id(active.node), binding.action), ([], about))
        shown = binding.key_display or key_name(binding.key)
        if shown not in keys:
            keys.append(shown)
    return [("  ".join(keys), about) for keys, about in found.values()]


class HelpScreen(ModalScreen[None]):
    """Scrolls where it does not fit. F1 or Esc closes it, and nothing beneath has changed.

    Args:
        screen: what help is wanted on.
    """

    CSS_PATH = "help.tcss"
    AUTO_FOCUS = "#page"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss(None)", "Close help"),
    ]

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self._texts = texts_of(screen)
        self._keys = keys_of(screen.active_bindings.values())

    def compose(self) -> ComposeResult:
        page = VerticalScroll(id="page")
        page.border_title = "Help"
        page.border_subtitle = "\u2191 \u2193 scroll, Esc closes"
        with page:
            for text in self._texts:
                yield Markdown(text, open_links=False)
            yield Static("KEYS THAT WORK HERE", id="heading", markup=False)
            yield Static(self._table(), id="keys", markup=False)
        yield Footer(show_command_palette=False)

    def _table(self) -> Content:
        lines: list[Content] = []
        for keys, about in [*self._keys, ("Ctrl+P", "Find any command by name"), ("F1", "Open and close this help")]:
            gap = " " * max(2, _KEYS_WIDTH - Content(keys).cell_length)
            lines.append(Content.assemble((keys, "bold $text-primary"), gap, about))
        return Content("\n").join(lines)
