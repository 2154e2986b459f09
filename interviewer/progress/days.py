"""Days on the user's own calendar."""

from __future__ import annotations

from datetime import date, datetime


def day_of(when: datetime) -> date:
    """The date of a moment where the user is."""
    return when.astimezone().date()
