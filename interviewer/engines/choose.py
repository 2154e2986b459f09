"""Which engine plays: by flag, by settings, or what is found."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.grading.grader import Grader
from interviewer.interview.interviewer import Interviewer


@dataclass(frozen=True, slots=True)
class Engine:
    """An interviewer and a grader, with what to write on everything they produce."""

    name: str
    version: str
    model: str | None
    interviewer: Interviewer
    grader: Grader
    about: str
    """One honest sentence on what its grades are worth."""


def offline(pace: float = 0.0) -> Engine:
    """The rule-based engine: no key, no network.

    Args:
        pace: how slowly words appear; 0 is at once, 1 is easy reading.
    """
    from interviewer.engines.offline import ABOUT, VERSION
    from interviewer.engines.offline.grader import OfflineGrader
    from interviewer.engines.offline.interviewer import OfflineInterviewer

    return Engine("offline", VERSION, None, OfflineInterviewer(pace), OfflineGrader(), ABOUT)
