"""A model service that makes the interview wait: it is shown, it can be ended, and costs are seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from interviewer.interview.conductor import Conductor, Update
from interviewer.library import Library
from interviewer.session import Choices, prepare, start
from interviewer.tui.widgets.wait_bar import WaitBar
from tests.llm.player import Player
from tests.llm.test_interviews import engine_at
from tests.loopback import Fault, Loopback
from tests.tui.driving import until
from tests.tui.one_interview import OneInterview, my_turn, shown


def opener(server: Loopback, folder: Path) -> OneInterview:
    engine = engine_at(server, "anthropic", folder)
    header = prepare(Library.default(), Choices("seed-founder", seed=3), engine, folder)

    def opened(listener: Callable[[Update], None]) -> Conductor:
        return start(header, folder, engine, listener)

    return OneInterview(folder, opened, engine=engine)


async def test_a_wait_is_counted_down_and_can_be_ended(tmp_path: Path) -> None:
    async with Loopback(Player()) as server:
        server.fault_for = lambda _: Fault("status", status=429, retry_after="40")
        app = opener(server, tmp_path)
        async with app.run_test(size=(80, 24)) as pilot:
            bar = app.interview.query_one(WaitBar)
            await until(pilot, lambda: bar.display)
            said = " ".join(shown(app).split())
            assert re.search(
                r"Again in (40|3\d) s, then the interviewer speaks\. Ctrl\+B: let the offline engine speak", said
            )
            await pilot.press("ctrl+b")
            await my_turn(pilot, app)
            assert not bar.display
            assert "Ctrl+B" not in shown(app)
            conductor = app.interview._conductor
            assert conductor is not None
            assert conductor.state.last is not None
            assert conductor.state.last.worded_by == "offline"


async def test_what_the_interview_costs_is_shown_beside_the_clock(tmp_path: Path) -> None:
    async with Loopback(Player()) as server:
        app = opener(server, tmp_path)
        async with app.run_test(size=(80, 24)) as pilot:
            await my_turn(pilot, app)
            await until(pilot, lambda: "$0.0" in shown(app).splitlines()[0])
