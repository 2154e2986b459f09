"""Which keys of a batch do something, and when."""

from __future__ import annotations

import pytest

from interviewer.tui.screens.batch.keys import Situation, offered


@pytest.mark.parametrize(
    ("action", "situation", "is_offered"),
    [
        ("begin", Situation("ready", False, opened=True), True),
        ("begin", Situation("running", True, opened=True), False),
        ("pause", Situation("running", True, opened=True, grading=True), True),
        ("pause", Situation("running", True, opened=True), False),
        ("resume", Situation("running", True, opened=True, grading=True, paused=True), True),
        ("pause", Situation("running", True, opened=True, grading=True, paused=True), False),
        ("stop", Situation("stopping", True, opened=True, grading=True), False),
        ("go_on", Situation("resting", True, opened=True, to_do=3), True),
        ("go_on", Situation("resting", True, opened=True), False),
        ("retry", Situation("resting", True, opened=True, failed=1), True),
        ("retry", Situation("running", True, opened=True, failed=1), False),
        ("cap", Situation("running", True, opened=True), False),
        ("sort", Situation("ready", False, opened=True), False),
        ("back", Situation("opening", False), True),
    ],
)
def test_only_keys_that_do_something_are_offered(action: str, situation: Situation, is_offered: bool) -> None:
    assert offered(action, situation) == is_offered
