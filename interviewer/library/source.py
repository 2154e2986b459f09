"""Reads a YAML file that may come from anywhere, with a line for every value.

Stands on PyYAML's composer and never on its constructor, so a file can make texts, numbers, lists and
mappings and nothing else. Scalars follow the YAML 1.2 core schema: only `true` and `false` are
booleans (`no` is a verdict, not a boolean), dates and clock times stay texts.
"""

from __future__ import annotations

import functools
import math
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from interviewer.library.faults import Fault, shown
from interviewer.library.tree import Finding, Node, Value, line_of, words_of

if TYPE_CHECKING:
    import yaml

    _YamlNode: TypeAlias = yaml.ScalarNode | yaml.SequenceNode | yaml.MappingNode

LARGEST: Final = 1024 * 1024
"""Bytes in a file, at most."""
MOST_VALUES: Final = 100_000
"""Values in a file with aliases written out, at most. A bank of 500 full questions has about half."""
DEEPEST: Final = 32
"""Lists and mappings within one another, at most."""
LONGEST_NUMBER: Final = 300
"""Digits of a number, at most; what is longer stays a text."""

_BOM = b"\xef\xbb\xbf"
_TEXT, _MAP, _SEQ = "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"
_PLAIN = "plain"
_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_UNPRINTABLE = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control codes but tab and line breaks
    "\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f"  # invisible, directional, breaks
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"  # byte order mark, annotations, tag characters
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = re.compile(r"\r\n|\r|\n")
_MOST_UNPRINTABLE = 20


@dataclass(frozen=True)
class Source:
    """A file as it was read. Never raises: what could not be read is in `faults`."""

    name: str
    root: Node | None
    """None if nothing of the file could be read."""
    faults: tuple[Fault, ...] = ()
    unreadable: bool = False
    """The file could not be opened at all."""

    @property
    def top(self) -> Value:
        """All that the file says."""
        return Value(self.root)

    def fault(self, finding: Finding) -> Fault:
        """The finding with this file's name and the line of its place."""
        where, line = words_of(self.root, finding.path), line_of(self.root, finding.path)
        return Fault(self.name, line, where, finding.problem, finding.fix)


def read(path: Path, name: str | None = None) -> Source:
    """Reads a file. `name` is what faults call it: the path as given if absent."""
    shown_as = str(path) if name is None else name
    try:
        kind = path.stat().st_mode
        if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):  # opening a pipe could wait for ever
            return _unreadable(shown_as, "this is not an ordinary file", "Name a YAML file.")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except IsADirectoryError:
        return _unreadable(shown_as, "this is a folder, not a file", "Name a file in it.")
    except FileNotFoundError:
        return _unreadable(shown_as, "there is no such file", "Check the path.")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return _unreadable(shown_as, f"the file cannot be read: {shown(reason)}", "Check its permissions.")
    return parse(data, shown_as)


def parse(data: bytes, name: str) -> Source:
    """Reads the bytes of a file; `name` is what faults call it."""
    faults: list[Fault] = []
    try:
        text = _decoded(data, name, faults)
        root = _composed(text, name, faults)
    except _UnusableError as refused:
        return Source(name, None, (*sorted(faults), refused.fault))
    return Source(name, root, tuple(sorted(faults)))


class _UnusableError(Exception):
    """Nothing more can be said about the file."""

    def __init__(self, name: str, line: int, problem: str, fix: str) -> None:
        super().__init__(problem)
        self.fault = Fault(name, line, "file", problem, fix)


def _unreadable(name: str, problem: str, fix: str) -> Source:
    return Source(name, None, (Fault(name, 1, "file", problem, fix),), unreadable=True)


def _decoded(data: bytes, name: str, faults: list[Fault]) -> str:
    """The text of a file, with what no text should hold reported and taken out."""
    if len(data) > LARGEST:
        raise _UnusableError(name, 1, f"the file is larger than {LARGEST // 1024} KiB", "Split it into several files.")
    data = data.removeprefix(_BOM)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _UnusableError(name, 1, "the file is UTF-16, not UTF-8", "Save it as UTF-8.")
    if (nul := data.find(b"\0")) >= 0:
        line = data.count(b"\n", 0, nul) + 1
        raise _UnusableError(name, line, "this is not a text file: it holds a NUL byte", "Name a YAML file.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"byte 0x{data[error.start]:02x}"
        raise _UnusableError(name, line, f"the file is not UTF-8 ({byte})", "Save it as UTF-8.") from None
    # The parser would stop at the first of these, and counts some of them as ends of lines.
    for found, match in enumerate(_UNPRINTABLE.finditer(text)):
        if found == _MOST_UNPRINTABLE:
            break
        line = len(_BREAK.findall(text, 0, match.start())) + 1
        code = f"U+{ord(match[0]):04X}"
        faults.append(Fault(name, line, "text", f"holds the invisible character {code}", "Remove it."))
    return _UNPRINTABLE.sub("", text)


def _composed(text: str, name: str, faults: list[Fault]) -> Node:
    """The tree of a file's only document."""
    import yaml

    lines = max(1, len(text.splitlines()))
    loader = _loader_class()(text)
    try:
        top = loader.get_single_node()
    except _DepthError as deep:
        problem = f"lists and mappings lie more than {DEEPEST} deep within one another"
        raise _UnusableError(name, min(deep.line, lines), problem, "Write it flatter.") from None
    except yaml.YAMLError as error:
        from interviewer.library.syntax import in_plain_words

        line, problem, fix = in_plain_words(error, text)
        raise _UnusableError(name, max(1, min(line, lines)), problem, fix) from None
    except (ValueError, OverflowError) as error:  # an escape such as "\UFFFFFFFF"
        raise _UnusableError(name, 1, f"not valid YAML: {shown(error)}", "Check the escapes in quotes.") from None
    finally:
        loader.dispose()
    if top is None:
        raise _UnusableError(name, 1, "the file is empty", "Write a persona, a rubric or a question bank in it.")
    return _Builder(name, faults, lines).build(top)


class _DepthError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@functools.cache
def _loader_class() -> Any:
    """The composer in C where PyYAML has it, else in Python; resolves no tags and refuses depth.

    Depth is refused while composing, because the composer in C recurses and has no guard of its own.
    """
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Composer(base):  # type: ignore[misc]
        depth = 0

        def descend_resolver(self, parent: yaml.Node | None, index: object) -> None:  # noqa: ARG002
            self.depth += 1
            if self.depth > DEEPEST:
                raise _DepthError(parent.start_mark.line + 1 if parent is not None else 1)

        def ascend_resolver(self) -> None:
            self.depth -= 1

        def resolve(self, kind: type, value: object, implicit: tuple[bool, bool]) -> str:  # noqa: ARG002
            import yaml

            if kind is yaml.ScalarNode:
                return _PLAIN if implicit[0] else _TEXT
            return _MAP if kind is yaml.MappingNode else _SEQ

    return Composer


class _Builder:
    """Turns PyYAML's nodes into ours and reports what it refuses on the way."""

    def __init__(self, name: str, faults: list[Fault], lines: int) -> None:
        self.name = name
        self.faults = faults
        self.lines = lines
        self.made: dict[int, Node | None] = {}

    def build(self, node: _YamlNode) -> Node:
        """The node with all below it. Raises _UnusableError for an endless, too large or too deep tree."""
        if id(node) in self.made:
            known = self.made[id(node)]
            if known is None:
                raise _UnusableError(
                    self.name, self.line(node), "an alias stands within its own anchor", "Write it out."
                )
            return known
        self.made[id(node)] = None
        if node.tag not in {_PLAIN, _TEXT, _MAP, _SEQ}:
            self.report(node, "value", f"the tag `{shown(node.tag)}` is not allowed", "Remove the tag.")
        if node.id == "sequence":
            items = [self.build(item) for item in node.value]
            built = self.sized(Node(items, self.line(node)), items)
        elif node.id == "mapping":
            built = self.mapping(node)
        else:
            built = Node(self.scalar(node), self.line(node))
        self.made[id(node)] = built
        return built

    def mapping(self, node: _YamlNode) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, int] = {}
        for key_node, value_node in node.value:
            value = self.build(value_node)
            key = self.key(key_node)
            if key is None:
                continue
            if key in entries:
                problem = f"the key `{shown(key)}` stands twice here, first at line {keys[key]}"
                self.report(key_node, shown(key), problem, "Remove one of the two.")
                continue
            entries[key] = value
            keys[key] = self.line(key_node)
        return self.sized(Node(entries, self.line(node), keys), list(entries.values()))

    def key(self, node: _YamlNode) -> str | None:
        """The key as text; None, reported, if it is something else."""
        if node.id != "scalar":
            self.report(node, "key", "a list or mapping stands where a key should be", "Use a text as the key.")
            return None
        value = self.scalar(node)
        if not isinstance(value, str):
            written = shown(node.value)
            fix = f'Put it in quotes: "{written}".' if written else "Write the key before the colon."
            self.report(node, "key", f"the key `{written}` is not a text", fix)
            return None
        if value == "<<":
            self.report(node, "key", "merge keys (`<<`) are not supported", "Write the keys out.")
            return None
        return value

    def scalar(self, node: _YamlNode) -> str | int | float | bool | None:
        written: str = node.value
        if node.tag == _PLAIN:
            if written in _CONSTANTS:
                return _CONSTANTS[written]
            if len(written) > LONGEST_NUMBER:
                return written
            if _WHOLE.fullmatch(written):
                return int(written)
            if _DECIMAL.fullmatch(written) and math.isfinite(number := float(written)):
                return number
            return written
        if _SURROGATE.search(written):
            self.report(node, "text", "holds half of a surrogate pair", "Write the character itself.")
            return _SURROGATE.sub("", written)
        return written

    def sized(self, node: Node, below: list[Node]) -> Node:
        size = 1 + sum(item.size for item in below)
        height = 1 + max((item.height for item in below), default=0)
        if size > MOST_VALUES:
            problem = f"the file holds more than {MOST_VALUES} values, aliases written out"
            raise _UnusableError(self.name, node.line, problem, "Split it, or use fewer aliases.")
        if height > DEEPEST + 1:
            problem = f"lists and mappings lie more than {DEEPEST} deep within one another"
            raise _UnusableError(self.name, node.line, problem, "Use fewer aliases within one another.")
        return Node(node.value, node.line, node.keys, size, height)

    def line(self, node: _YamlNode) -> int:
        return min(int(node.start_mark.line) + 1, self.lines)

    def report(self, node: _YamlNode, where: str, problem: str, fix: str) -> None:
        self.faults.append(Fault(self.name, self.line(node), where, problem, fix))
