"""The table of a batch: reads what is in sight, and reads it again while it may change."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Static

from interviewer.batch.ledger.browsing import Line, Orders, Pages, View
from interviewer.rubric import Rubric
from interviewer.tui.failures import sentence
from interviewer.tui.leaving import hand_over
from interviewer.tui.widgets.batch.rows import Columns, columns, draw, title_row
from interviewer.tui.widgets.long_list import MARK, LongList
from interviewer.tui.widgets.paged_rows import PagedRows

BETWEEN_READINGS: Final = 0.02
"""Seconds between two readings at least, however fast one scrolls."""
BETWEEN_SORTINGS: Final = 2.0
"""Seconds after which rows that change are sorted anew, at least; longer where it takes long."""
_EASE: Final = 10
"""How many times as long as a sorting takes passes before the next."""


class BatchTable(Vertical):
    """Titles, and under them the rows, which are read a page at a time in the background."""

    DEFAULT_CSS = """
    BatchTable {
        height: 1fr;
        #columns { height: 1; color: $text-muted; padding: 0 1 0 2; text-style: bold; text-wrap: nowrap; }
        LongList { scrollbar-gutter: stable; }
    }
    """

    @dataclass
    class Ordered(Message):
        """It is known which rows a view has."""

        view: View
        order: Sequence[int]
        seconds: float

    @dataclass
    class Changed(Message):
        """Other rows are in sight, or something of them is new."""

    @dataclass
    class Failed(Message):
        """The rows could not be read."""

        problem: str

    def __init__(self) -> None:
        super().__init__(id="table")
        self._rows: PagedRows[Line] = PagedRows()
        self._pages: Pages | None = None
        self._orders: Orders | None = None
        self._every = 0
        self._shape = Columns(5, 20, 0, 0)
        self._asked = asyncio.Event()
        self._from_top = False
        self._due = 0.0
        """When rows that change may be sorted anew."""
        self.view = View()
        """Which rows are shown, and in which order."""

    def compose(self) -> ComposeResult:
        yield Static(id="columns")
        yield LongList(lambda index, _: draw(self._rows.row(index), self._shape, self._rubrics))

    def on_mount(self) -> None:
        self.watch(self._list, "scroll_y", self._scrolled)

    def source(self, pages: Pages, orders: Orders, every: int) -> None:
        """Says where rows come from, and how many there are in all."""
        self._pages, self._orders, self._every = pages, orders, every
        self._keep_reading()
        self.want(View())

    # ---- What it shows ---------------------------------------------------------------------------------

    @property
    def _list(self) -> LongList:
        return self.query_one(LongList)

    @property
    def _rubrics(self) -> Mapping[int, Rubric]:
        return self._pages.rubrics if self._pages else {}

    @property
    def order(self) -> Sequence[int]:
        """The places of the rows that it shows."""
        return self._rows.order

    @property
    def line(self) -> Line | None:
        """The row that is highlighted; None if there is none, or it is still being read."""
        index = self._list.highlighted
        return None if index is None else self._rows.row(index)

    def highlight(self, index: int) -> None:
        """Highlights the row with this index."""
        self._list.highlight(index)

    def want(self, view: View) -> None:
        """Shows these rows, as soon as it is known which they are; from the top, if they are sorted another way."""
        if (view.order, view.backwards) != (self.view.order, self.view.backwards):
            self._from_top = True
        self.view = view
        self._find_order(view)

    def look_again(self) -> None:
        """Shows what has changed meanwhile: in the rows in sight, and now and then in which they are."""
        self._asked.set()
        settled = self.view.everything and self.view.order == "place"
        if not settled and time.monotonic() >= self._due:
            self._due = float("inf")  # until this one is done
            self._find_order(self.view)

    @work(thread=True, exclusive=True, group="order", exit_on_error=False)
    def _find_order(self, view: View) -> None:
        message: Message
        began = time.monotonic()
        try:
            assert self._orders is not None
            message = self.Ordered(view, self._orders.places(view), time.monotonic() - began)
        except Exception as error:
            message = self.Failed(sentence(error, "sorting the rows"))
        hand_over(self, message)

    @on(Failed)
    def _failed(self) -> None:
        self._due = time.monotonic() + BETWEEN_SORTINGS  # it may go well the next time

    @on(Ordered)
    def _show(self, event: Ordered) -> None:
        """The same row stays highlighted if it is still there, else one near it, unless one begins at the top."""
        if event.view != self.view:
            return
        self._due = time.monotonic() + max(BETWEEN_SORTINGS, _EASE * event.seconds)
        before = self._list.highlighted
        here = self._rows.key(before) if before is not None else None
        if event.order != self._rows.order:
            self._rows.order = event.order
            index = self._rows.index_of(here) if here is not None else 0
            if index is None:
                index = min(before or 0, max(0, len(event.order) - 1))
            self._list.fill(len(event.order), highlighted=0 if self._from_top else index)
            self.post_message(self.Changed())  # what a child is made to say by its parent, nobody else hears
        self._from_top = False
        self._resized()

    def on_resize(self) -> None:
        self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        width = self._list.scrollable_content_region.width - len(MARK)
        self._shape = columns(width, self._every, self._rubrics)
        self.query_one("#columns", Static).update(title_row(self._shape, self._rubrics, self.view))
        self._list.refresh()
        self._asked.set()

    # ---- Reading ---------------------------------------------------------------------------------------

    def _scrolled(self) -> None:
        if self._rows.lacks(*self._in_sight):
            self._asked.set()

    @property
    def _in_sight(self) -> tuple[int, int]:
        """The first row in sight, and how many fit."""
        return self._list.scroll_offset.y, max(1, self._list.scrollable_content_region.height)

    @work(exclusive=True, group="read", exit_on_error=False)
    async def _keep_reading(self) -> None:
        """One reading at a time. What is asked for meanwhile is read by the next, wherever one has scrolled to."""
        assert self._pages is not None
        while True:
            await self._asked.wait()
            self._asked.clear()
            try:
                found = await asyncio.to_thread(self._pages.lines, self._rows.around(*self._in_sight))
            except Exception as error:
                self.post_message(self.Failed(sentence(error, "reading the rows")))
            else:
                self._take(found)
            await asyncio.sleep(BETWEEN_READINGS)

    def _take(self, found: Sequence[Line]) -> None:
        changed = self._rows.take((line.place, line) for line in found)
        top, height = self._in_sight
        new = [offset for offset, place in enumerate(self._rows.order[top : top + height]) if place in changed]
        if new:
            width = self._list.scrollable_content_region.width
            self._list.refresh(*(Region(0, offset, width, 1) for offset in new))
            self.post_message(self.Changed())
