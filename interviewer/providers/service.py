"""Who is asked, as the sentences about it name it, with its key kept out of every one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from pydantic import SecretStr

_HIDDEN: Final = "[key]"
_SECRETS: Final = re.compile(
    r"(?i)\b(?:bearer|basic)\s+(?=\S*[0-9=*])[^\s\"',;]{6,}"  # what follows in an authorization header
    r"|\b(?:x-api-key|api[-_]?key|authorization|access[-_]?token)\b[\"']?\s*[:=]\s*[\"']?"
    r"(?:(?:bearer|basic)\s+)?[^\s\"',;&]+"
    r"|\b(?:sk|pk|rk|gsk|xai|hf|sess|key)[-_][A-Za-z0-9*._-]{6,}"  # the usual shapes of keys, masked ones too
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"  # a name and a password in an address
)
_SHORTEST_KEY: Final = 4


@dataclass(frozen=True, slots=True)
class Service:
    """Who is asked, as the sentences name it."""

    name: str
    """As a sentence begins: `Anthropic`, `OpenAI`, `The server at localhost:11434`."""
    host: str
    model: str
    key: SecretStr | None
    """Only so that it can be taken out of messages."""
    key_from: str
    """Where the key comes from, such as `ANTHROPIC_API_KEY`."""
    address: str
    """The base URL."""

    @classmethod
    def at(cls, address: str, model: str, key: SecretStr | None, key_from: str, own: str | None = None) -> Service:
        """Whoever answers at a base URL: called `own` if that is given, and else by the host."""
        host = host_of(address)
        return cls(own or f"The server at {host}", host, model, key, key_from, address)

    @property
    def named(self) -> str:
        """As it stands within a sentence."""
        return self.name[0].lower() + self.name[1:] if self.name.startswith("The ") else self.name


def host_of(address: str) -> str:
    """Host and port of a base URL, for people to read; without the user name in it."""
    return urlsplit(address).netloc.rpartition("@")[2] or address


def scrub(text: str, key: SecretStr | None = None) -> str:
    """`text` on one line, without control codes, without `key` and without anything that looks like one."""
    secret = key.get_secret_value().strip() if key is not None else ""
    if len(secret) >= _SHORTEST_KEY:
        text = text.replace(secret, _HIDDEN)
        tail = secret[-_SHORTEST_KEY:]
        text = re.sub(rf"[^\s\"']*\*{{2,}}{re.escape(tail)}", _HIDDEN, text)  # masked all but its end
    text = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(_SECRETS.sub(_HIDDEN, text).split())
