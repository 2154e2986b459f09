"""An answer with what its grade rests on marked in it."""

from __future__ import annotations

from interviewer.scorecard import Evidence
from interviewer.tui.widgets.batch.sheet import CLOSES, OPENS, marked


def evidence(text: str, quote: str) -> Evidence:
    start = text.index(quote)
    return Evidence(event=1, sentence=1, start=start, end=start + len(quote), quote=quote)


def test_what_a_grade_rests_on_is_marked_where_it_stands() -> None:
    text = "One [b]thing[/b]. Two things. Three."
    cited = [evidence(text, "Three."), evidence(text, "One [b]thing[/b].")]
    assert marked(text, cited).plain == f"{OPENS} One [b]thing[/b]. {CLOSES} Two things. {OPENS} Three. {CLOSES}"


def test_offsets_that_do_not_fit_are_not_trusted() -> None:
    wrong = Evidence(event=1, sentence=1, start=0, end=3, quote="Somewhere else.")
    assert marked("One thing.", [wrong]).plain == f"One thing.\n\n{OPENS} Somewhere else. {CLOSES}"
