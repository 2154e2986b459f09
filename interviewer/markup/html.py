"""HTML that cannot be broken out of: text is escaped where it enters, and only what is built here is markup."""

from __future__ import annotations

import html
from typing import TypeAlias

from interviewer.text import sanitise

_VOID = frozenset(("meta", "link", "br", "input", "hr", "rect", "line", "circle"))
"""Elements without a content, and shapes of a drawing, which need none."""


class Html(str):
    """Markup that was built here."""

    __slots__ = ()


Content: TypeAlias = str | Html | None

Attribute: TypeAlias = str | int | float | bool | None


def element(name: str, /, *content: Content, **attributes: Attribute) -> Html:
    """An element. Text in it and in its attributes is escaped; `class_` and `aria_label` are written `class` and
    `aria-label`; an attribute that is None or False is left out, and one that is True stands alone."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{written}>" if name not in {"rect", "line", "circle"} else f"<{name}{written}/>")
    return Html(f"<{name}{written}>{joined(*content)}</{name}>")


def joined(*content: Content) -> Html:
    """Pieces one after the other."""
    return Html("".join(_escaped(one) for one in content))


def lines(text: str) -> Html:
    """A text with its line breaks, and an empty line as a new paragraph."""
    paragraphs = [one for one in sanitise(text).split("\n\n") if one.strip()] or [""]
    return joined(*(element("p", with_breaks(one.strip("\n"))) for one in paragraphs))


def with_breaks(text: str) -> Html:
    """A text with its line breaks."""
    pieces: list[Content] = []
    for place, line in enumerate(text.split("\n")):
        pieces += [element("br"), line] if place else [line]
    return joined(*pieces)


def _escaped(content: Content) -> str:
    if content is None:
        return ""
    return content if isinstance(content, Html) else html.escape(sanitise(content), quote=True)


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{html.escape(sanitise(str(value)), quote=True)}"'
