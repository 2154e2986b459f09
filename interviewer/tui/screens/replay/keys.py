"""What the keys of the replay do."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding, BindingType

HELP: Final = """
    ## Replay

    A saved interview, as it was. `Space` plays it on its own clock and pauses; `+` and `-` change the speed.

    - `Left` and `Right` step by turn, `Home` and `End` go to the first words and to the end
    - `,` and `.` go to the question before and after, `<` and `>` to the part before and after
    - `f` goes to the next follow-up, `w` to the next answer worth another try; `F` and `W` go back
    - `/` searches what was said, then `n` and `N` go from hit to hit; `t` goes to a time or an event
    - `c` cuts long pauses, `d` shows or hides the grade, `g` opens the scorecard, `F3` tells where the interview stood
    - `a` lets you give the last answer again: a new interview goes on from there, this one stays as it is
    - `Up`, `Down`, `PageUp` and `PageDown` scroll the conversation

    Under every answer stands what it is cited for; the cited sentences are underlined. Green is the highest level, red
    the lowest. The timeline shows the parts, then every question by how high it was rated (\u00d7 could not be rated,
    \u25aa is not graded), then the play head; a click on it goes there.
    """

BINDINGS: Final[list[BindingType]] = [
    Binding("space", "play", "Play", tooltip="Play it, or pause"),
    Binding("right", "jump('turn', 1)", "Step", key_display="\u2190\u2192", tooltip="To what was said next"),
    Binding("left", "jump('turn', -1)", "Step back", show=False, tooltip="To what was said before"),
    Binding(
        "full_stop", "jump('question', 1)", "Question", show=False, key_display=".", tooltip="To the next question"
    ),
    Binding(
        "comma",
        "jump('question', -1)",
        "Question before",
        show=False,
        key_display=",",
        tooltip="To the question before",
    ),
    Binding("greater_than_sign", "jump('part', 1)", "Part", show=False, key_display=">", tooltip="To the next part"),
    Binding(
        "less_than_sign", "jump('part', -1)", "Part before", show=False, key_display="<", tooltip="To the part before"
    ),
    Binding("f", "jump('follow-up', 1)", "Follow-up", show=False, tooltip="To the next follow-up"),
    Binding("F", "jump('follow-up', -1)", "Follow-up before", show=False, tooltip="To the follow-up before"),
    Binding("w", "jump('weak', 1)", "Weak", tooltip="To the next answer worth another try"),
    Binding(
        "W", "jump('weak', -1)", "Weak before", show=False, tooltip="To the answer before that is worth another try"
    ),
    Binding("slash", "ask('search')", "Search", key_display="/", tooltip="Search what was said"),
    Binding("n", "hit(1)", "Next hit", show=False, tooltip="To the next hit"),
    Binding("N", "hit(-1)", "Hit before", show=False, tooltip="To the hit before"),
    Binding("t", "ask('moment')", "Go to", show=False, tooltip="Go to a time or an event"),
    Binding("plus,equals_sign", "speed(1)", "Faster", show=False, key_display="+", tooltip="Play faster"),
    Binding("minus", "speed(-1)", "Slower", show=False, key_display="-", tooltip="Play slower"),
    Binding("c", "shorten", "Cut pauses", show=False, tooltip="Cut long pauses, or play them in full"),
    Binding("home", "edge(False)", "Start", show=False, tooltip="To the first words"),
    Binding("end", "edge(True)", "End", show=False, tooltip="To the end"),
    Binding("a", "again", "Again", tooltip="Give the last answer again, in a new interview that goes on from here"),
    Binding("f3", "overview", "Overview", show=False, tooltip="Where the interview stood at this moment"),
    Binding("d", "swap", "Grade", tooltip="Show or hide what the graders made of it"),
    Binding("g", "scorecard", "Scorecard", show=False, tooltip="Open the scorecard of this interview"),
    Binding("escape,q", "back", "Back", tooltip="Leave the replay"),
]
