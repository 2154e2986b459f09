"""One clock: it counts while it runs, stands in a pause, and never goes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.clock import Clock, SpokenTime


class Time:
    """A source of time that goes where it is told."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_it_stands_until_it_is_started() -> None:
    time = Time()
    clock = Clock(now=time)
    time.seconds += 60
    assert clock.elapsed() == 0
    assert not clock.running


def test_a_pause_takes_no_time() -> None:
    time = Time()
    clock = Clock(now=time)
    clock.start()
    time.seconds += 10
    clock.stop()
    time.seconds += 3600
    assert clock.elapsed() == 10
    clock.start()
    time.seconds += 5
    assert clock.elapsed() == 15


def test_starting_or_stopping_twice_changes_nothing() -> None:
    time = Time()
    clock = Clock(now=time)
    clock.start()
    time.seconds += 10
    clock.start()
    time.seconds += 10
    clock.stop()
    clock.stop()
    assert clock.elapsed() == 20


def test_it_goes_on_from_what_was_on_it() -> None:
    time = Time()
    clock = Clock(120.5, now=time)
    assert clock.elapsed() == 120.5
    clock.start()
    time.seconds += 1
    assert clock.elapsed() == 121.5


def test_a_source_that_goes_back_does_not_take_it_back() -> None:
    time = Time()
    clock = Clock(5, now=time)
    clock.start()
    time.seconds -= 100
    assert clock.elapsed() == 5


@given(st.lists(st.tuples(st.sampled_from(["start", "stop"]), st.floats(0, 1000)), max_size=20))
def test_it_never_goes_back(steps: list[tuple[str, float]]) -> None:
    time = Time()
    clock = Clock(now=time)
    ran = last = 0.0
    for action, seconds in steps:
        clock.start() if action == "start" else clock.stop()
        time.seconds += seconds
        ran += seconds if action == "start" else 0
        assert clock.elapsed() >= last
        last = clock.elapsed()
    assert clock.elapsed() == pytest.approx(ran)


def test_spoken_time_passes_at_150_words_a_minute() -> None:
    spoken = SpokenTime()
    spoken.speak("word " * 150)
    assert spoken() == 62
    spoken.speak("")
    assert spoken() == 64
