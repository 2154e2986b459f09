"""Prompts as files, each with a version; a user's own file of the same name takes its place.

Filling in is a single pass over `{{name}}` marks: what is filled in is never looked at again, so text
from outside cannot bring marks of its own to life.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from interviewer.settings import config_folder

NAMES = ("turn", "moment", "grade", "case")
"""turn: the stable part of a turn. moment: what changes. grade: the rubric's part. case: the answer's part."""

_MARK = re.compile(r"\{\{([a-z_]+)\}\}")
_BUILT_IN = Path(__file__).parent / "prompts"
_SEPARATOR = "\n===\n"


class PromptError(Exception):
    """A prompt file that cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as written, with its version."""

    name: str
    version: str
    text: str
    path: Path

    @property
    def marks(self) -> frozenset[str]:
        """The names that are filled in."""
        return frozenset(_MARK.findall(self.text))

    def fill(self, values: Mapping[str, str]) -> str:
        """The prompt with its marks filled in. A mark without a value stands for nothing."""
        return _MARK.sub(lambda mark: values.get(mark.group(1), ""), self.text).strip() + "\n"


def load_prompt(name: str) -> Prompt:
    """The prompt of this name: the user's own (`prompts/NAME.md` in their configuration folder) or the built-in one.

    Raises:
        PromptError: there is no such prompt, or the user's file has no version line, or an unknown mark.
    """
    if name not in NAMES:
        raise PromptError(f"There is no prompt {name!r}. There are: {', '.join(NAMES)}.")
    own = config_folder() / "prompts" / f"{name}.md"
    if not own.is_file():
        return _read(name, _BUILT_IN / f"{name}.md")
    prompt = _read(name, own)
    unknown = prompt.marks - _read(name, _BUILT_IN / f"{name}.md").marks
    if unknown:
        raise PromptError(f"{own}: unknown marks: {', '.join(sorted(unknown))}.")
    return Prompt(name, f"{prompt.version} (own)", prompt.text, own)


@lru_cache(maxsize=32)
def _read(name: str, path: Path) -> Prompt:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"{path}: cannot be read: {error}.") from None
    head, separator, body = text.replace("\r\n", "\n").partition(_SEPARATOR)
    version = re.fullmatch(r"version:\s*(\S+)", head.strip())
    if not separator or version is None:
        raise PromptError(f"{path}:1: a prompt begins with a line 'version: N' and a line '==='.")
    return Prompt(name, version.group(1), body, path)
