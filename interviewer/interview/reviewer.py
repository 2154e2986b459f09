"""What a reviewer is: something that, once all grades are in, votes again for a panel and writes the debrief.

An engine may have none. Then the rule votes again (`grading/panel.py`), and the scorecard stands as it is.
"""

from __future__ import annotations

from typing import Protocol

from interviewer.cost import Cost
from interviewer.grading.reveal import Reveal
from interviewer.interview.state import State
from interviewer.persona import Person
from interviewer.scorecard import Debrief, Revote, Scorecard


class Unusable(Exception):
    """Nothing came that can be used. The message says why, in a sentence for the reader of the log.

    Args:
        reason: the sentence.
        cost: of the calls that were made all the same.
    """

    def __init__(self, reason: str, cost: Cost | None = None) -> None:
        super().__init__(reason)
        self.cost = cost


class Reviewer(Protocol):
    """Speaks for the people across the table after the last word. What it may change is decided elsewhere."""

    async def revote(self, shown: Reveal, person: Person) -> Revote:
        """This person's second vote, on what all locked scorecards show and without the others' second votes.

        Raises:
            Unusable: the rule votes for this person.
        """

    async def debrief(self, state: State, scorecard: Scorecard) -> Debrief:
        """What the candidate is told, written from the finished scorecard and in agreement with it.

        Raises:
            Unusable: the scorecard stands without one.
        """
