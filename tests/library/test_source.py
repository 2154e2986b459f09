"""Reading YAML that may come from anywhere: right values, right lines, and nothing but faults."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.library import source as source_module
from interviewer.library.files import DocumentFile
from interviewer.library.references import Nothing
from interviewer.library.source import DEEPEST, LARGEST, Source, parse, read
from interviewer.library.tree import Finding, line_of, words_of
from tests.library.samples import BANK, PERSONA, RUBRIC


def only_problem(data: bytes | str) -> tuple[int, str]:
    """The line and the problem of the one fault that the text has."""
    found = parse(data if isinstance(data, bytes) else data.encode(), "x.yaml")
    (fault,) = found.faults
    return fault.line, fault.problem


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("n", "n"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("012", 12),
        ("0o17", "0o17"),
        ("0x1f", "0x1f"),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("12:30:45", "12:30:45"),
        ("2024-01-31", "2024-01-31"),
        ("0.3", 0.3),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1e999", "1e999"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("9" * 301, "9" * 301),
        ("'12'", "12"),
        ('"true"', "true"),
        ("=", "="),
        ("!!str 12", "12"),
    ],
)
def test_scalars_follow_the_core_schema(written: str, value: object) -> None:
    found = parse(f"key: {written}\n".encode(), "x.yaml")
    assert found.faults == ()
    assert found.top.plain() == {"key": value}
    assert type(found.top.plain()["key"]) is type(value)


def test_verdicts_and_switches_can_be_keys() -> None:
    assert parse(b"no: 0.3\nyes: 1\non: 2\n", "x.yaml").top.plain() == {"no": 0.3, "yes": 1, "on": 2}


def test_every_value_has_its_line() -> None:
    text = "a: 1\nb:\n  c: |\n    long\n    text\n  d: [x,\n      y]\ne:\n  - id: one\n    f: 2\n  -\n    g: 3\n"
    root = parse(text.encode(), "x.yaml").root
    lines = {("a",): 1, ("b",): 2, ("b", "c"): 3, ("b", "d"): 6, ("b", "d", 1): 7, ("e",): 8, ("e", 0): 9}
    lines |= {("e", 0, "f"): 10, ("e", 1): 12, ("e", 1, "g"): 12, ("e", 0, "no such"): 9, ("z", 3): 1, (): 1}
    assert {path: line_of(root, path) for path in lines} == lines
    assert words_of(root, ("e", 0, "f")) == "e[one].f"
    assert words_of(root, ("e", 1, "g")) == "e[#2].g"
    assert words_of(root, ()) == "file"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (b"", 1, "empty"),
        (b"# only a comment\n", 1, "empty"),
        (b"a: 1\nb: \xff\n", 2, "not UTF-8 (byte 0xff)"),
        ("a: é\n".encode("utf-16"), 1, "UTF-16"),
        (b"a: 1\n\x00\n", 2, "NUL"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 3, "NUL"),
        ("a: 1\n---\nb: 2\n", 2, "more than one document"),
        ("a: 1\na: 2\n", 2, "stands twice here, first at line 1"),
        ("x:\n  a: 1\n  b: 1\n  a: 2\n", 4, "first at line 2"),
        ("a: 1\n3: 2\n", 2, "the key `3` is not a text"),
        ("a: 1\ntrue: 2\n", 2, "the key `true` is not a text"),
        ("a: 1\n? [b]\n: 2\n", 2, "a list or mapping stands where a key"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "python/object/apply"),
        ("a: !own 1\n", 1, "the tag `!own` is not allowed"),
        ("a: !!set {x}\n", 1, "is not allowed"),
        ("a: !!binary aGk=\n", 1, "is not allowed"),
        ("a: 1\n<<: {b: 1}\n", 2, "merge keys"),
        ("a: 1\n\tb: 2\n", 2, "a tab is used for indentation"),
        ("a: 1\nb: @x\n", 2, "cannot begin with `@`"),
        ("a: 1\nb: why: not\n", 2, "a colon followed by a blank"),
        ("a: 1\nb: [1, 2\nc: 3\n", 2, "the bracket opened here"),
        ('a: 1\nb: "open\nc: 3\n', 2, "a quote is opened here and never closed"),
        ('a: 1\nb: "x" y\n', 2, "indentation fits neither"),
        ("a: 1\nb\nc: 2\n", 2, "a key without a colon"),
        ("a:\n  b: 1\n c: 2\n", 3, "indentation fits neither"),
        ("a: 1\nb: *c\n", 2, "used before any anchor"),
        ("a: &x 1\nb: &x 2\n", 2, "same anchor"),
        ('a: 1\nb: "\\q"\n', 2, "escape that YAML does not know"),
        ("a: &a [*a]\n", 1, "within its own anchor"),
        ("a: 1\nb: x\x07y\n", 2, "U+0007"),
        ("a: 1\nb: x\u202ey\n", 2, "U+202E"),
        ("a: 1\u2028c\n", 1, "U+2028"),
    ],
)  # fmt: skip
def test_what_is_refused(text: bytes | str, line: int, words: str) -> None:
    found_line, problem = only_problem(text)
    assert words in problem
    assert found_line == line


def test_a_byte_order_mark_is_fine() -> None:
    found = parse(b"\xef\xbb\xbfa: 1\n", "x.yaml")
    assert found.faults == ()
    assert found.top.plain() == {"a": 1}


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_lines_count_alike_however_they_end(newline: str) -> None:
    found = parse(newline.join(["a: 1", "b: 2", "a: 3"]).encode(), "x.yaml")
    assert [fault.line for fault in found.faults] == [3]


def test_a_file_that_is_too_large_is_not_read_to_the_end(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    with file.open("wb") as out:
        out.truncate(10 * 1024 * LARGEST)
    began = time.perf_counter()
    (fault,) = read(file).faults
    assert "larger than 1024 KiB" in fault.problem
    assert time.perf_counter() - began < 1


def test_alias_bombs_are_counted_and_not_expanded() -> None:
    text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    text += "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 30))
    began = time.perf_counter()
    line, problem = only_problem(text)
    assert time.perf_counter() - began < 1
    assert "more than 100000 values, aliases written out" in problem
    assert line == 5


def test_aliases_cannot_go_deeper_than_what_is_written_out() -> None:
    text = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 5000))
    line, problem = only_problem(text)
    assert "deep within one another" in problem
    assert line <= DEEPEST + 1


@pytest.mark.parametrize("unit", ["[", "{a: ", "- ", "? ", "a:\n", "[{", "- - ? "])
def test_deep_nesting_is_refused_at_once(unit: str) -> None:
    text = "".join(" " * i + unit for i in range(1000)) if unit == "a:\n" else unit * (LARGEST // len(unit))
    began = time.perf_counter()
    found = parse(text.encode(), "x.yaml")
    assert time.perf_counter() - began < 2
    assert found.faults
    assert found.root is None


def test_a_folder_and_a_missing_and_an_odd_path(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    for path, words in (
        (tmp_path, "folder"),
        (tmp_path / "pipe.yaml", "not an ordinary file"),
        (tmp_path / "none.yaml", "no such file"),
        (Path("nul\0byte"), "cannot be read"),
    ):
        found = read(path)
        assert found.unreadable
        assert words in found.faults[0].problem


def test_the_parser_in_python_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    texts = [RUBRIC, BANK, PERSONA, "a: 1\na: 2\n", "a: [1\n", "[" * 2000, "- " * 2000, "\ta: 1\n", "a: *b\n"]
    texts += ['a: "\\ud800"\n', "a: 1\n--- \nb: 2\n", 'a: "x\n', "a: why: not\n"]
    fast = [parse(text.encode(), "x.yaml") for text in texts]
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    source_module._loader_class.cache_clear()
    try:
        slow = [parse(text.encode(), "x.yaml") for text in texts]
    finally:
        source_module._loader_class.cache_clear()
    for one, other in zip(fast[:3], slow[:3], strict=True):
        assert one.top.plain() == other.top.plain()
        assert one.faults == other.faults == ()
    assert all(found.faults for found in slow[3:])


def lines_of(data: bytes) -> int:
    """How many lines an editor shows."""
    text = data.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return text.count("\n") + 1


def judge(data: bytes) -> None:
    """Reads, validates and checks; what is found must lie within the file and stand on one line."""
    found = parse(data, "x.yaml")
    file = DocumentFile(found)
    faults = file.faults(Nothing())
    assert faults or file.shape.document is not None
    for fault in (*faults, *file.advice(Nothing())):
        assert 1 <= fault.line <= lines_of(data), fault
        assert str(fault).isprintable()


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_give_faults_only(data: bytes) -> None:
    judge(data)


_PIECES = [
    "a",
    "criteria",
    "plan",
    "people",
    "questions",
    "id",
    ": ",
    ":\n",
    "- ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ", ",
]
_PIECES += [
    "&x ",
    "*x",
    "!!int ",
    "!t ",
    "|\n",
    ">-\n",
    '"',
    "'",
    "#",
    "\t",
    "---\n",
    "...\n",
    "? ",
    "%YAML 1.1\n",
    "1",
    "\\",
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_random_yaml_gives_faults_only(text: str) -> None:
    judge(text.encode())


_SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8))
_NAMES = """
id version title about levels criteria questions people plan company moves decision minutes
weight value anchors gate cues for probes type text rubric banks topics stage stages key_points
twists kind phrases echo spoken rubrics thresholds no yes heavy veto cares facts asks person
purpose lead at_least default shortest longest
"""
_KEYS = st.sampled_from(_NAMES.split())
_TREES = st.recursive(
    _SCALARS,
    lambda below: st.one_of(st.lists(below, max_size=4), st.dictionaries(_KEYS, below, max_size=6)),
    max_leaves=25,
)


@settings(max_examples=120, deadline=None)
@given(st.dictionaries(_KEYS, _TREES, max_size=8))
def test_any_values_under_known_keys_give_faults_only(tree: dict[str, object]) -> None:
    import yaml

    judge(yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", errors="surrogatepass"))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([RUBRIC, BANK, PERSONA]), st.integers(0, 10_000), st.integers(0, 40), st.text(max_size=6))
def test_samples_with_something_cut_out_give_faults_only(text: str, start: int, length: int, instead: str) -> None:
    start %= len(text)
    judge((text[:start] + instead + text[start + length :]).encode("utf-8", errors="surrogatepass"))


def test_a_finding_becomes_a_fault_on_one_line() -> None:
    found = Source("a\nb.yaml", parse(b"x:\n  y: 1\n", "z").root)
    assert str(found.fault(Finding(("x", "y"), "is wrong", "Mend it."))) == "a\\nb.yaml:2: x.y: is wrong. Mend it."
