"""The scorecard: the verdict, what it rests on, and the way from every quote to where it was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Footer, TabbedContent, TabPane

from interviewer.interview.state import State
from interviewer.scorecard import Scorecard
from interviewer.scorecard_text.words import assessed_first, rubric_name
from interviewer.tui.pages import PagedScreen, page_keys
from interviewer.tui.screens.moment import MomentScreen
from interviewer.tui.widgets import scorecard_parts as parts
from interviewer.tui.widgets.list_detail import ListDetail
from interviewer.tui.widgets.quote import Quote
from interviewer.tui.widgets.title_line import TitleLine


class ScorecardScreen(PagedScreen[None]):
    """What an interview came to.

    Args:
        state: a finished interview, folded from its transcript.
    """

    CSS_PATH = "scorecard.tcss"
    AUTO_FOCUS = "#verdict VerticalScroll"
    HELP = """
    ## Scorecard

    `Left` and `Right`, or the number keys, change between the pages. In a list, `Up` and `Down` choose and
    `Enter` goes over to the quotes; on a quote, `Enter` or `j` shows the moment it was said.
    `r` reveals the rubric behind a verdict that was given without reasons. `Esc` goes back.

    Every rating cites your own sentences; what nobody could judge says "not assessed" and counts for nothing.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "reveal", "Reveal the rubric", tooltip="See the rubric behind the verdict"),
        *page_keys(),
        Binding("j", "jump", "To the quote", tooltip="See the first quoted sentence where it was said"),
        Binding("down,enter", "into", show=False),
        *(Binding(str(number), f"open({number})", show=False) for number in range(1, 9)),
        Binding("escape,q", "back", "Back", tooltip="Leave the scorecard"),
    ]

    def __init__(self, state: State) -> None:
        super().__init__()
        if state.scorecard is None:
            raise ValueError("this interview has no scorecard")
        self._state = state
        self._card: Scorecard = state.scorecard
        self._criteria = assessed_first(self._card)
        self._rubrics = {rubric.id: rubric.title for rubric in state.header.rubrics}
        self._revealed = self._card.rule != "gut"

    def compose(self) -> ComposeResult:
        card = self._card
        created = self._state.header.created.astimezone()
        yield TitleLine(f"Scorecard: {card.persona_title}", f"{created:%d %b %Y, %H:%M}")
        with TabbedContent(id="pages"):
            for name, title, widgets in self._pages():
                with TabPane(title, id=name):
                    yield from widgets
        yield Footer(show_command_palette=False)

    def _pages(self) -> Iterator[tuple[str, str, Sequence[Widget]]]:
        card = self._card
        yield "verdict", "Verdict", [VerticalScroll(*parts.verdict(card, self._revealed), id="verdict-text")]
        if card.debrief:
            yield "debrief", "Debrief", [VerticalScroll(*parts.debrief(card, card.debrief))]
        entries = [parts.criterion_entry(result) for result in self._criteria]
        yield "criteria", "Criteria", [ListDetail(entries, self._criterion, self._headings())]
        if card.members:
            yield "panel", "Panel", [VerticalScroll(*parts.panel(card, self._rubrics))]
        if card.rule == "bar-raiser":
            yield "assessment", "Assessment", [VerticalScroll(*parts.assessment(card))]
        if card.answers:
            asked = [parts.answer_entry(number, answer) for number, answer in enumerate(card.answers, 1)]
            yield "answers", "Answers", [ListDetail(asked, self._answer)]
        if card.probes:
            yield "probes", "Follow-ups", [VerticalScroll(*parts.probes(card))]
        if card.flaws:
            yield "flaws", "Planted flaws", [VerticalScroll(*parts.flaws(card))]
        yield "practice", "Practise", [VerticalScroll(*parts.practice(card, self._rubrics))]

    def _headings(self) -> dict[int, Content]:
        """Above the first criterion of each rubric, its title; none if there is only one rubric."""
        names = [result.rubric for result in self._criteria]
        if len(set(names)) < 2:
            return {}
        return {names.index(name): Content(rubric_name(name, self._rubrics)) for name in dict.fromkeys(names)}

    def _criterion(self, index: int) -> list[Widget]:
        return list(parts.criterion(self._card, self._criteria[index], self._rubrics))

    def _answer(self, index: int) -> list[Widget]:
        return list(parts.answer(self._card.answers[index]))

    def on_mount(self) -> None:
        if not self._revealed:
            self._for_each_hidden(self._tabs.hide_tab)

    def _for_each_hidden(self, act: Callable[[str], object]) -> None:
        for pane in self.query(TabPane):
            if pane.id and pane.id != "verdict":
                act(pane.id)

    # ---- what the keys do --------------------------------------------------------------------------------

    async def action_reveal(self) -> None:
        self._revealed = True
        text = self.query_one("#verdict-text", VerticalScroll)
        async with text.batch():
            await text.remove_children()
            await text.mount_all(parts.verdict(self._card, True))
        self._for_each_hidden(self._tabs.show_tab)
        self.refresh_bindings()

    def _page_names(self) -> list[str]:
        """All of them once the rubric is revealed; before, only the verdict."""
        names = super()._page_names()
        return names if self._revealed else names[:1]

    def action_jump(self) -> None:
        pane = self._tabs.active_pane
        if pane is not None:
            for quote in pane.query(Quote):
                quote.action_go()
                return

    def on_quote_followed(self, event: Quote.Followed) -> None:
        self.app.push_screen(MomentScreen(self._state, event.evidence))

    def on_descendant_focus(self) -> None:
        self.refresh_bindings()

    def action_back(self) -> None:
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        match action:
            case "reveal":
                return not self._revealed
            case "page" | "open":
                return self._revealed and self.is_mounted
            case "jump":
                pane = self._tabs.active_pane if self.is_mounted else None
                return pane is not None and bool(pane.query(Quote)) and not isinstance(self.focused, Quote)
            case _:
                return True
