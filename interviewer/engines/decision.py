"""Which engine plays, why, and what leaves the machine: settled, and told, before the first word."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from interviewer.engines.found import Found, look, pick
from interviewer.providers.local import LocalServer, on_this_machine
from interviewer.settings import Settings

_NAMES = {"offline": "Offline", "anthropic": "Anthropic", "openai": "OpenAI", "openai-compatible": "Server"}
_ADDRESSES = {"anthropic": "api.anthropic.com", "openai": "api.openai.com"}
"""Where an engine is when no base URL is set, as a person reads it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The engine in force."""

    settings: Settings
    """With an engine that is not `auto`, and with the address and the model of a server that was found."""
    found: str | None = None
    """What `auto` found, or did not; None if the engine was set."""
    server: LocalServer | None = None
    """The server on this machine that `auto` found."""
    keyed: bool = True
    """Whether a key may be sent along. A server that was merely found is nobody whom a key was meant for."""
    graders: tuple[Decision, ...] = ()
    """Who grades, each as if it played alone; empty where whoever interviews does."""

    @property
    def offline(self) -> bool:
        """Whether the rules play, and no connection is opened."""
        return self.settings.engine == "offline" and all(one.offline for one in self.graders)

    @property
    def who(self) -> str:
        """Who interviews and grades, as a title."""
        named = " and ".join(dict.fromkeys(one.who for one in self.graders))
        return f"{self._plays}, graded by {named}" if named else self._plays

    @property
    def _plays(self) -> str:
        name = self.server.kind if self.server is not None else _NAMES[self.settings.engine]
        return f"{name} at {self.host}" if self.settings.base_url else name

    @property
    def host(self) -> str:
        """Where answers go; empty if nowhere, or nobody has said."""
        address = self.settings.base_url
        if not address:
            return _ADDRESSES.get(self.settings.engine, "")
        with suppress(ValueError):
            address = urlsplit(address).netloc or address
        return re.split(r"[/?#]", address.rpartition("@")[2].rpartition("//")[2])[0]

    @property
    def leaves(self) -> str:
        """What goes where, as the end of a line: `your answers, CV and job advert go to api.openai.com`."""
        if self.offline:
            return "no key, no network"
        hosts = dict.fromkeys(one.host for one in self.graders if one.host and one.host != self.host)
        judged = f"questions and answers go to {' and '.join(hosts)} to be graded" if hosts else ""
        if self.settings.engine == "offline":
            return judged
        return f"{self._heard}; {judged}" if judged else self._heard

    @property
    def _heard(self) -> str:
        if on_this_machine(self.settings.base_url or ""):
            return "your answers, CV and job advert go to this server on your machine"
        return f"your answers, CV and job advert go to {self.host}"

    @property
    def why(self) -> str:
        """How it came about, as a clause."""
        return f"set: {self.settings.engine}" if self.found is None else f"auto found {self.found}"

    @property
    def notice(self) -> str:
        """All of it as sentences, for those who see no set-up screen."""
        goes = "Nothing leaves this machine." if self.offline else f"{self.leaves[:1].upper()}{self.leaves[1:]}."
        alone = " --graders offline" if self.graders else ""
        other = "" if self.offline else f" To have nothing sent: --engine offline{alone}."
        return f"Engine: {self.who} ({self.why}). {goes}{other}"


def decide(settings: Settings, environment: Mapping[str, str] = os.environ, found: Found | None = None) -> Decision:
    """The engine that the settings name or, if they say `auto`, the one that was found.

    With `auto`, a base URL belongs to the engine openai-compatible: a key is never sent there.

    Args:
        settings: what is set.
        environment: where keys are.
        found: what there is; looked for if not given, which may take a quarter of a second.
    """
    decided = _decided(settings, environment, found)
    return replace(decided, graders=tuple(_grader(one, settings, decided) for one in settings.graders))


def _grader(named: str, settings: Settings, decided: Decision) -> Decision:
    """Who a grader's name means: whoever plays, where it is that engine, and else an engine of its own.

    A base URL goes to whoever plays and to openai-compatible servers: no other engine's key is sent there.
    """
    engine, _, model = (part.strip() for part in named.partition(":"))
    if engine == decided.settings.engine:
        return replace(decided, settings=replace(decided.settings, grade_model=model or decided.settings.grade_model))
    address = settings.base_url if engine == "openai-compatible" else None
    return Decision(replace(settings, engine=engine, base_url=address, turn_model=None, grade_model=model or None))


def _decided(settings: Settings, environment: Mapping[str, str], found: Found | None) -> Decision:
    if settings.engine != "auto":
        return Decision(settings)
    picked = pick(found if found is not None else look(environment, settings), settings.turn_model)
    if picked.engine != "openai-compatible":
        return Decision(replace(settings, engine=picked.engine, base_url=None), picked.why)
    server = picked.server
    model = settings.turn_model or (server.talkers[0] if server is not None and server.talkers else None)
    address = settings.base_url or (server.base_url if server is not None else None)
    return Decision(
        replace(settings, engine=picked.engine, base_url=address, turn_model=model),
        picked.why,
        None if settings.base_url else server,
        keyed=bool(settings.base_url),
    )
