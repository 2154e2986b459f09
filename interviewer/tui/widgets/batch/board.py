"""Above the table of a batch: how far it is, how fast it goes, what it costs and what failed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Sparkline, Static


class BatchBoard(Vertical):
    """Three lines. Nothing is drawn again that has not changed."""

    DEFAULT_CSS = """
    BatchBoard {
        height: 3;
        Static { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        Horizontal { height: 1; }
        #board-speed { width: auto; min-width: 18; }
        #board-rates { width: 1fr; max-width: 60; margin: 0 2; }
        #board-under-way { width: auto; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="board")
        self._shown: dict[str, Content] = {}
        self._rates: tuple[float, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static(id="board-far")
        with Horizontal():
            yield Static(id="board-speed")
            line = Sparkline(id="board-rates")
            line.visible = False
            yield line
            yield Static(id="board-under-way")
        yield Static(id="board-trouble")

    def show(self, far: Content, speed: Content, under_way: Content, trouble: Content, rates: Sequence[float]) -> None:
        """Shows where it stands. `rates` are answers a second, the latest last."""
        told = {"far": far, "speed": speed, "under-way": under_way, "trouble": trouble}
        for name, content in told.items():
            if self._shown.get(name) != content:
                self._shown[name] = content
                self.query_one(f"#board-{name}", Static).update(content, layout=name in {"speed", "under-way"})
        if self._rates != tuple(rates):
            self._rates = tuple(rates)
            line = self.query_one(Sparkline)
            line.visible = bool(self._rates)
            line.data = (0.0, *self._rates)  # from nought, so that heights can be compared
