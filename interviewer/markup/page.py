"""A page for a browser that fetches nothing, runs nothing but what is in it, and can be sent to anybody as one file."""

from __future__ import annotations

import base64
import hashlib

from interviewer.markup.html import Html, element


def page(title: str, style: str, *body: Html, script: str = "") -> str:
    """A page, whole.

    The policy at its top has a browser refuse whatever is not this very style and script, should anything else ever
    get in.

    Args:
        title: shown on the tab.
        style: CSS.
        body: what is on it.
        script: JavaScript, run at its end; none if empty.
    """
    policy = [
        "default-src 'none'",
        f"style-src '{_hash(style)}'",
        *([f"script-src '{_hash(script)}'"] if script else []),
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content="; ".join(policy)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="color-scheme", content="light dark"),
        element("link", rel="icon", href="data:,"),  # or a browser asks the server that the page is on for one
        element("title", title),
        element("style", Html(style)),
    )
    ending = (element("script", Html(script)),) if script else ()
    return f"<!doctype html>\n{element('html', head, element('body', *body, *ending), lang='en')}\n"


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
