"""Interviews with fakes on both sides of the table, cleared when a test is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import sample
from tests.interview.fakes import Table


@pytest.fixture
def lay(tmp_path: Path) -> Iterator[Callable[..., Table]]:
    """Lays a table for an interview with this header; all are cleared at the end."""
    laid: list[Table] = []

    def lay(**header: Any) -> Table:
        laid.append(Table(tmp_path, sample.header(**header)))
        return laid[-1]

    yield lay
    for table in laid:
        table.writer.close()


@pytest.fixture
def table(lay: Callable[..., Table]) -> Table:
    return lay()


@pytest.fixture
def coached(lay: Callable[..., Table]) -> Table:
    return lay(mode="coach")
