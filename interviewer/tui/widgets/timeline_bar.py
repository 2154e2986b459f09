"""The timeline of a replay: the parts, the answers by how they were rated, and the play head."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from interviewer.replay.player import Player
from interviewer.replay.timeline import Asked, Part, Timeline
from interviewer.text import clock_time, one_line
from interviewer.tui.widgets.replay_entry import tone
from interviewer.tui.wording import QUIET

STEPS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"
"""Taller is better; so the levels read without colours."""

NOT_RATED = "\u00d7"
WAITING = "\u25aa"
HEAD = "\u25cf"
_BETWEEN = "  \u2502  "


def column(timeline: Timeline, seconds: float, width: int) -> int:
    """Where a moment stands on a line of this width."""
    return min(width - 1, int(seconds / timeline.seconds * width)) if timeline.seconds > 0 else 0


def parts_line(timeline: Timeline, width: int) -> Content:
    """The parts side by side, each as long as it lasted, named where there is room."""
    line = Content("")
    starts = [column(timeline, part.begins, width) for part in timeline.parts]
    for index, (part, start, end) in enumerate(zip(timeline.parts, starts, [*starts[1:], width], strict=True)):
        line = line + _part(part, end - start, index)
    return line


def _part(part: Part, width: int, index: int) -> Content:
    if width <= 0:
        return Content("")
    name = Content(f" {one_line(part.title)} " if width > 3 else "").truncate(width, ellipsis=True, pad=True)
    return name.stylize("on $panel" if index % 2 else "on $foreground 18%")


def answers_line(timeline: Timeline, width: int) -> Content:
    """Every question where it was answered, by its grade. Where several meet, the weakest is shown."""
    cells: dict[int, Asked] = {}
    for question in timeline.questions:
        here = column(timeline, timeline.clocks[question.stop], width)
        if here not in cells or _rank(question) < _rank(cells[here]):
            cells[here] = question
    return Content.assemble(*(_cell(cells.get(here)) for here in range(width)))


def _rank(question: Asked) -> float:
    if question.share is None:
        return 2.0 if question.status is None else -1.0
    return question.share


def _cell(question: Asked | None) -> tuple[str, str]:
    if question is None:
        return "\u00b7", "$foreground 25%"
    if question.share is None:
        return (WAITING, QUIET) if question.status is None else (NOT_RATED, "bold $text-error")
    return STEPS[round(question.share * (len(STEPS) - 1))], tone(question.share)


def head_line(timeline: Timeline, width: int, seconds: float) -> Content:
    """How far the play head has come."""
    here = column(timeline, seconds, width)
    return Content.assemble(
        ("\u2501" * here, "$primary"), (HEAD, "bold $primary"), ("\u2500" * (width - here - 1), "$foreground 25%")
    )


def where(player: Player, note: str, width: int) -> str:
    """Where the play head is, in words; what matters less is left out where there is no room for it."""
    timeline = player.timeline
    sign = "\u25b6 playing" if player.playing else "\u25a0 at the end" if player.ended else "\u2016 paused"
    parts = [f"{sign} {player.speed:g}\u00d7"]
    parts.append(f"{clock_time(player.clock)} of {clock_time(timeline.seconds)}")
    question = timeline.question_at(max(0, player.position - 1))
    if question is not None:
        parts.append(f"question {question + 1} of {len(timeline.questions)}")
    parts += [note] if note else []
    parts += ["pauses cut"] if player.shortened else []
    parts.append(f"event {player.position} of {len(timeline)}")
    while len(parts) > 2 and cell_len(_BETWEEN.join(parts)) > width:
        parts.pop()
    return _BETWEEN.join(parts)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a frame depends on."""

    width: int
    column: int
    where: str


class TimelineBar(Static):
    """Four lines. Redrawn only when something on it moves."""

    DEFAULT_CSS = """
    TimelineBar { height: 4; padding: 0 1; background: $background; }
    """

    class Wanted(Message):
        """The viewer pointed at a moment.

        Args:
            share: how far along the interview, 0 to 1.
        """

        def __init__(self, share: float) -> None:
            super().__init__()
            self.share = share

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._player: Player | None = None
        self._note = ""
        self._drawn: _Drawn | None = None
        self._fixed: tuple[int, Content] | None = None
        """The lines that only depend on the width, which it stands for."""

    def show(self, player: Player, note: str = "") -> None:
        """Shows where the play head is, and something more worth knowing."""
        self._player, self._note = player, note
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        player, width = self._player, self.content_size.width
        if player is None or width <= 0:
            return
        timeline = player.timeline
        drawn = _Drawn(width, column(timeline, player.clock, width), where(player, self._note, width))
        if drawn == self._drawn:
            return
        self._drawn = drawn
        if self._fixed is None or self._fixed[0] != width:
            self._fixed = width, Content("\n").join([parts_line(timeline, width), answers_line(timeline, width)])
        lines = [self._fixed[1], head_line(timeline, width, player.clock), Content(drawn.where)]
        self.update(Content("\n").join(lines), layout=False)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < 3:
            self.post_message(self.Wanted(offset.x / max(1, self.content_size.width)))
