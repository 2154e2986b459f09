"""Screens that are left in a hurry.

Keys come as fast as fingers do, and what a screen mounts or waits for takes a moment: one that is closed in between
finds its own widgets gone, and one that is closed twice would take the screen below with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual._context import active_message_pump
from textual.await_complete import AwaitComplete
from textual.dom import DOMNode
from textual.message import Message
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.worker import get_current_worker


class OnceScreen(Screen[ScreenResultType]):
    """A screen that closes once, and nothing but itself."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Closes it if it is on top; does nothing if it is closed already, or another one stands above it."""
        return super().dismiss(result) if self.app.screen_stack[-1:] == [self] else AwaitComplete()


class OnceModal(ModalScreen[ScreenResultType], OnceScreen[ScreenResultType]):
    """The same above a screen that stays in sight."""


def is_open(node: DOMNode, stack: Sequence[Screen[object]]) -> bool:
    """Whether a screen, or the one that a widget is on, is among those that are open; an app always is.

    Args:
        node: the screen, widget or app.
        stack: the screens that are open.
    """
    if node is node.app:
        return True
    return node.is_attached and any(one in stack for one in node.ancestors_with_self)


def runs_left(stack: Sequence[Screen[object]]) -> bool:
    """Whether what runs now belongs to a screen that was left, or to a widget of one."""
    running = active_message_pump.get(None)
    return isinstance(running, DOMNode) and not is_open(running, stack)


def hand_over(node: DOMNode, message: Message) -> None:
    """Posts what a worker found, from within it, unless a later one has taken its place or its screen was left."""
    if not get_current_worker().is_cancelled:
        node.post_message(message)
