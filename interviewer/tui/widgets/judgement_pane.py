"""Beside a replay: what came of the question under discussion, criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from interviewer.replay.judgement import Judgement, Opinion
from interviewer.scorecard_text.words import status_meaning, status_text
from interviewer.text import one_line, sanitise
from interviewer.tui.widgets.replay_entry import outcome, tone
from interviewer.tui.wording import QUIET, listed


def told(judged: Judgement, answer: int | None) -> Content:
    """The grade of a question. Quotes from the answer with this sequence number come with an arrow."""
    asked = judged.asked
    head: list[str | tuple[str, str]] = [(f"Question {judged.number}", "bold")]
    if asked.share is not None:
        head += ["  ", (f"{asked.share:.0%}", f"bold {tone(asked.share)}")]
        head += [("  worth another try" if asked.weak else "", QUIET)]
    blocks = [Content.assemble(*head, "\n", (one_line(judged.text), QUIET))]
    if asked.status is None:
        blocks.append(Content.assemble(("Not graded in this transcript.", QUIET)))
    for opinion in judged.opinions:
        blocks += _opinion(opinion, answer)
    if judged.follow_ups:
        blocks.append(Content.assemble(("FOLLOW-UPS", f"bold {QUIET}")))
    for follow_up in judged.follow_ups:
        blocks.append(Content.assemble(outcome(follow_up), f" {follow_up.type}\n", (one_line(follow_up.about), QUIET)))
    return Content("\n\n").join(blocks)


def _opinion(opinion: Opinion, answer: int | None) -> Iterator[Content]:
    if opinion.who:
        yield Content.assemble((listed(list(opinion.who)), f"bold {QUIET}"))
    if opinion.status != "graded":
        meaning = status_meaning(opinion.status)
        note = f"\n{one_line(opinion.note)}" if opinion.note else ""
        yield Content.assemble((status_text(opinion.status), "bold $text-warning"), (f"\n{meaning}{note}", QUIET))
    for judged in opinion.judged:
        parts: list[str | tuple[str, str]] = [f"{judged.title}  ", (judged.level, f"bold {tone(judged.share)}")]
        parts.append((f"\n{sanitise(judged.reasoning)}", QUIET))
        for evidence in judged.evidence:
            mark = "\u25b8 " if evidence.event == answer else "  "
            parts.append((f"\n{mark}\u201c{one_line(evidence.quote)}\u201d", "" if evidence.event == answer else QUIET))
        yield Content.assemble(*parts)
    if opinion.unassessed and opinion.status == "graded":
        count = "1 criterion" if opinion.unassessed == 1 else f"{opinion.unassessed} criteria"
        yield Content.assemble((f"Not assessed: {count}", QUIET))
    if opinion.missed and opinion.status == "graded":
        missed = "\n".join(f"\u2013 {one_line(point)}" for point in opinion.missed)
        yield Content.assemble(("A strong answer also:\n", QUIET), missed)


class JudgementPane(VerticalScroll, inherit_bindings=False):
    """Scrolls; begins at its top with every other question. The keys that move the replay stay the replay's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", show=False, tooltip="Scroll back"),
        Binding("down", "scroll_down", show=False, tooltip="Scroll on"),
        Binding("pageup", "page_up", show=False, tooltip="A page back"),
        Binding("pagedown", "page_down", show=False, tooltip="A page on"),
    ]

    def __init__(self) -> None:
        super().__init__(Static(markup=False), id="pane")
        self._about: tuple[int | None, int | None] = (None, None)

    def show(self, judged: Judgement | None, answer: int | None, otherwise: str) -> None:
        """Shows what came of a question, or a sentence where there is none."""
        number = judged.number if judged else None
        if judged is None:
            self.query_one(Static).update(Content.assemble((otherwise, QUIET)))
        elif (number, answer) != self._about:
            self.query_one(Static).update(told(judged, answer))
        if number != self._about[0]:
            self.scroll_home(animate=False)
        self._about = (number, answer)
