"""What comes with the program has no fault, whichever of PyYAML's parsers reads it."""

from __future__ import annotations

import pytest

from interviewer.library import check
from interviewer.library import source as source_module
from interviewer.library.lookup import FOLDERS, built_in_folder
from tests.library.samples import EMPTY

FILES = sorted(path for folder in FOLDERS.values() for path in (built_in_folder() / folder).glob("*.yaml"))


def test_no_faults() -> None:
    report = check(FILES, EMPTY)
    assert [str(fault) for fault in (*report.unreadable, *report.faults)] == []
    assert len(report.files) == len(FILES) > 0


def test_the_parser_in_python_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """It refuses some unquoted texts that the parser in C takes, and not everybody has the latter."""
    import yaml

    pieces = {path: path.read_bytes() for path in FILES}
    fast = {path: source_module.parse(data, path.name) for path, data in pieces.items()}
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    source_module._loader_class.cache_clear()
    try:
        slow = {path: source_module.parse(data, path.name) for path, data in pieces.items()}
    finally:
        source_module._loader_class.cache_clear()
    assert [str(fault) for found in slow.values() for fault in found.faults] == []
    assert {path: found.root for path, found in slow.items()} == {path: found.root for path, found in fast.items()}
