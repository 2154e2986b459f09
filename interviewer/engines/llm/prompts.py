"""Prompts as files, each with a version; a user's own file of the same name takes its place.

Filling in is a single pass over `{{name}}` marks: what is filled in is never looked at again, so text
from outside cannot bring marks of its own to life. A file is read once in a run of the program, so that an
interview keeps the prompts that it began with.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from interviewer.settings import config_folder

NAMES = ("turn", "moment", "grade", "case", "submission", "revote", "debrief")
"""turn: the stable part of a turn. moment: what changes. grade: the rubric's part. case: the answer's part.
submission: the same for the files of a take-home task.
revote, debrief: how a panel member votes again, and how the debrief is written.
"""

_MARK = re.compile(r"\{\{([a-z_]+)\}\}")
_LIKE_A_MARK = re.compile(r"\{\{([^{}\n]*)\}\}")
_BUILT_IN = Path(__file__).parent / "prompts"
_SEPARATOR = "\n===\n"


class PromptError(Exception):
    """A prompt file that cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as written, with its version."""

    name: str
    version: str
    """As its author numbers it; a user's own also says what it is by the start of its hash: `1+user-0a1b2c3d`."""
    text: str
    path: Path
    own: bool = False
    """It is the user's, in place of the built-in one."""

    @property
    def marks(self) -> frozenset[str]:
        """The names that are filled in."""
        return frozenset(_MARK.findall(self.text))

    def unknown(self, known: frozenset[str]) -> frozenset[str]:
        """What looks like a mark, such as `{{ name }}`, and is none of those known."""
        return frozenset(_LIKE_A_MARK.findall(self.text)) - known

    def fill(self, values: Mapping[str, str]) -> str:
        """The prompt with its marks filled in. A mark without a value stands for nothing."""
        return _MARK.sub(lambda mark: values.get(mark.group(1), ""), self.text).strip() + "\n"


def load_prompt(name: str) -> Prompt:
    """The prompt of this name: the user's own (`prompts/NAME.md` in their configuration folder) or the built-in one.

    Raises:
        PromptError: there is no such prompt, or the user's file has no version line, or its marks are not those of
            the built-in one.
    """
    if name not in NAMES:
        raise PromptError(f"There is no prompt {name!r}. There are: {', '.join(NAMES)}.")
    built_in = _read(name, _BUILT_IN / f"{name}.md")
    path = own_path(name)
    if not path.is_file():
        return built_in
    prompt = _read(name, path)
    faults = [f"there is no mark {{{{{mark}}}}}" for mark in sorted(prompt.unknown(built_in.marks))]
    faults += [f"the mark {{{{{mark}}}}} is missing" for mark in sorted(built_in.marks - prompt.marks)]
    if faults:
        known = ", ".join(f"{{{{{mark}}}}}" for mark in sorted(built_in.marks))
        raise PromptError(f"{path}: {'; '.join(faults)}. The prompt {name} has: {known}.")
    short = hashlib.sha256(prompt.text.encode()).hexdigest()[:8]
    return Prompt(name, f"{prompt.version}+user-{short}", prompt.text, path, own=True)


def own_path(name: str) -> Path:
    """Where the user's own prompt of this name is looked for."""
    return config_folder() / "prompts" / f"{name}.md"


@lru_cache(maxsize=32)
def _read(name: str, path: Path) -> Prompt:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problem = "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else f"cannot be read: {error.strerror}"
        raise PromptError(f"{path}: {problem}.") from None
    head, separator, body = text.replace("\r\n", "\n").partition(_SEPARATOR)
    version = re.fullmatch(r"version:\s*(\S+)", head.strip())
    if not separator or version is None:
        raise PromptError(f"{path}:1: a prompt begins with a line 'version: N' and a line '==='.")
    return Prompt(name, version.group(1), body, path)
