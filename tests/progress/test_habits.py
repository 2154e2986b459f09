"""How answers are given, and how regularly somebody practises."""

from __future__ import annotations

import pytest

from interviewer.progress import words
from interviewer.progress.habits import habits, rhythm
from interviewer.progress.speech import Speech, speech_of
from tests.progress.invented import interview, on, question


def test_medians_are_over_answers_and_an_imported_interview_has_no_times() -> None:
    timed = question(words=(10, 30, 200), sentences=(1, 2, 9), seconds=(5.0, 20.0, 90.0), out_of_time=True)
    imported = interview(1, None, question(words=(40,), sentences=(3,)), came="import")
    found = habits([interview(0, None, timed), imported], on(1))
    assert found is not None
    overall = found.overall
    assert (overall.answers, overall.words, overall.sentences, overall.seconds) == (4, 35, 2.5, 20.0)
    assert overall.spoken_seconds == pytest.approx(35 / 2.5)
    assert (overall.out_of_time, overall.questions) == (1, 2)
    assert [manner.seconds for _, manner in found.by_interview] == [20.0, None]


def test_what_is_said_of_it_names_the_counts() -> None:
    said = speech_of("Um, I did it, um, and we shipped it.")
    found = habits([interview(0, None, question(said=said, seconds=(9.0,), out_of_time=True))], on(0))
    assert found is not None
    lines = dict(words.manner_lines(found.overall))
    assert lines["Fillers"].startswith("22.2 in a hundred words") and "\u201cum\u201d 2" in lines["Fillers"]
    assert "50%" in lines["I and we"] and "9 s" in lines["Time"] and "1 of 1 question" in lines["Out of time"]
    silent = habits([interview(0, None, question(said=Speech(words=4)))], on(0))
    assert silent is not None
    assert dict(words.manner_lines(silent.overall))["I and we"] == "neither was said"


def test_nothing_answered_has_no_habits() -> None:
    assert habits([], on(0)) is None
    assert habits([interview(0, None, question(words=(), sentences=()))], on(0)) is None


@pytest.mark.parametrize(
    ("days", "today", "streak", "longest"),
    [
        ((0, 1, 2), 2, 3, 3),
        ((0, 1, 2), 3, 3, 3),  # today is not over yet
        ((0, 1, 2), 4, 0, 3),
        ((0, 0, 5), 5, 1, 1),
        ((0, 1, 2, 4, 5), 5, 2, 3),
    ],
)
def test_days_in_a_row(days: tuple[int, ...], today: int, streak: int, longest: int) -> None:
    found = rhythm([interview(day) for day in days], on(today))
    assert (found.streak, found.longest, found.days) == (streak, longest, len(set(days)))


def test_weeks_begin_on_monday_and_tell_branches_apart() -> None:
    found = rhythm([interview(0), interview(6), interview(7), interview(7, came="branch")], on(15))
    assert [(week.monday, week.interviews, week.branches) for week in found.weeks] == [
        (on(0), 2, 0),
        (on(7), 1, 1),
        (on(14), 0, 0),
    ]
    assert len(rhythm([interview(0)], on(200)).weeks) == 8
