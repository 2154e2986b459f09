"""Playing: the clock runs as it did, faster or with pauses cut, and every jump lands where it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.replay import player as play
from interviewer.replay.player import LONGEST_SILENCE, SPEEDS, Player
from interviewer.replay.seek import moment_of, seconds_of
from interviewer.replay.timeline import Builder, Timeline
from interviewer.transcript.events import Graded
from tests.interview.steps import Steps
from tests.replay.test_timeline import grade


def interview() -> Timeline:
    """Two questions: the first with a follow-up and rated low, the second with a long silence; then a part."""
    steps = Steps().begun()
    first = steps.state.threads[-1].turn
    steps.answer(seconds=10)
    steps.turn("probe")
    steps.answer(seconds=2)
    steps.turn("ask")
    steps.add(Graded, grade=grade(steps.header, first, "weak"))
    steps.answer(seconds=300)
    steps.turn("next-segment")
    builder = Builder(steps.header)
    for event in steps.events:
        builder.add(event)
    return builder.timeline()


TIMELINE = interview()  # places: 0 open, 1 ask, 2 answer, 3 probe, 4 answer, 5 ask, 6 grade, 7 answer, 8 next part


def places(kind: play.Stop) -> list[int]:
    """Every place that pressing the key again and again leads to."""
    player, found = Player(TIMELINE), []
    while (after := play.jumped(player, play.stops(TIMELINE, kind), 1)) != player:
        player = after
        found.append(player.position - 1)
    while (before := play.jumped(player, play.stops(TIMELINE, kind), -1)) != player:
        player = before
    assert not found or player.position - 1 == found[0], "the way back ends where the way began"
    return found


def test_keys_lead_to_what_they_name() -> None:
    assert places("turn") == [0, 1, 2, 3, 4, 5, 7, 8], "the grade is nothing that was said"
    assert places("part") == [0, 8]
    assert places("question") == [1, 5]
    assert places("follow-up") == [3]
    assert places("weak") == [2]


def test_it_plays_on_the_clock_of_the_interview() -> None:
    player = play.toggled(play.at_place(Player(TIMELINE), 1))
    assert play.due(player) == 10
    half = play.passed(player, 4)
    assert (half.position, half.clock, play.due(half)) == (2, 4, 6)
    assert play.passed(half, 6).position == 4, "the follow-up came at the same moment as the answer"
    assert play.due(play.faster(half, 1)) == 3
    end = play.passed(half, 1000)
    assert (end.ended, end.playing, end.clock, play.due(end)) == (True, False, 312, None)
    assert play.toggled(end) == replace(play.opened(TIMELINE), playing=True), "from the end it begins anew"


def test_who_pauses_stays_where_they_are() -> None:
    player = play.toggled(play.passed(play.toggled(play.opened(TIMELINE)), 3))
    assert not player.playing and play.passed(player, 100) == player and play.due(player) is None


def test_cut_pauses_are_shorter_and_the_head_passes_through_all_of_them() -> None:
    player = play.toggled(play.at_place(Player(TIMELINE), 6))
    cut = play.shortening(player, True)
    assert (play.due(player), play.due(cut)) == (300, LONGEST_SILENCE)
    assert play.passed(cut, LONGEST_SILENCE / 2).clock == pytest.approx(162)
    assert play.passed(cut, LONGEST_SILENCE).ended
    middle = play.passed(player, 50)
    assert play.shortening(middle, True).clock == pytest.approx(middle.clock), "switching moves nothing"
    assert play.shortening(play.shortening(middle, True), False).clock == pytest.approx(middle.clock)


def test_speeds_go_from_half_to_sixteen_times() -> None:
    player = Player(TIMELINE)
    assert play.faster(player, 99).speed == SPEEDS[-1] == 16
    assert play.faster(player, -99).speed == SPEEDS[0] == 0.5
    assert play.faster(play.faster(player, 2), -2) == player


@given(parts=st.lists(st.floats(0, 30), max_size=30), speed=st.sampled_from(SPEEDS), cut=st.booleans())
def test_it_does_not_matter_how_often_one_looks(parts: list[float], speed: float, cut: bool) -> None:
    start = replace(play.toggled(play.opened(TIMELINE)), speed=speed, shortened=cut)
    player = start
    for seconds in parts:
        later = play.passed(player, seconds)
        assert later.clock >= player.clock and later.position >= player.position
        player = later
    at_once = play.passed(start, sum(parts))
    assert player.clock == pytest.approx(at_once.clock, abs=1e-6)


@given(seconds=st.floats(-5, 400))
def test_a_time_leads_to_what_had_happened_by_then(seconds: float) -> None:
    player = play.at_clock(Player(TIMELINE), seconds)
    assert player.clock == pytest.approx(min(max(seconds, 0), TIMELINE.seconds))
    assert all(clock <= player.clock for clock in TIMELINE.clocks[: player.position])
    assert all(clock > player.clock for clock in TIMELINE.clocks[player.position :])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("12:30", 750), ("1:02:30", 3750), ("90:00", 5400), ("0:60", None), ("1:60:00", None), ("12", None), ("", None)],
)
def test_times_are_minutes_and_seconds(text: str, seconds: float | None) -> None:
    assert seconds_of(text) == seconds


def test_one_can_go_to_a_time_or_an_event() -> None:
    player = Player(TIMELINE)
    for text, place in (("0:11", 3), ("#3", 2), ("# 9", 8)):
        found = moment_of(text, player)
        assert found is not None and found.position - 1 == place
    assert moment_of("#10", player) is None and moment_of("soon", player) is None


def test_an_empty_log_can_be_opened() -> None:
    empty = Builder(Steps().header).timeline()
    player = play.opened(empty)
    assert (player.place, player.clock, player.ended) == (None, 0, True)
    for moved in (play.toggled(player), play.at_clock(player, 5), play.jumped(player, play.stops(empty, "part"), 1)):
        assert moved.clock == 0 and not moved.playing
