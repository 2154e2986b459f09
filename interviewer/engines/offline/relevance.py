"""How far what was said bears on what was asked: on the question, and on the follow-up that it answers.

A figure, a deed of one's own and a reason stand in any good story. They are evidence only where the story is about the
question: told in answer to another one, the same sentences show next to nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from interviewer.engines.offline.criteria import Compiled
from interviewer.engines.offline.met import rarity
from interviewer.engines.offline.statements import Statement
from interviewer.engines.offline.stems import content
from interviewer.grading.grader import Exchange

ASKED_UNITS, ASKED_MOST = 0.7, 3.0
"""Units for a rare word in common with what was asked, and how many such words count."""

POINT_UNITS, POINTS_MOST = 0.5, 3
"""Units for each key point whose cue is met."""

CLOSE_UNITS, NEAR_UNITS = 1.5, 0.3
"""Units for the share of statements with two words of the question's subject, and with one."""

SPREAD_UNITS = 0.3
"""Units for the number of different words of the subject, for each square root of a statement."""

ADMITTED_UNITS = 0.15
"""Units for a limit admitted: "I have never had to do that" bears on the question in words of its own."""

BESIDE, FULL = 0.6, 1.8
"""Units up to which an answer is beside the question, and from which on it is fully about it."""

ELSEWHERE = 0.1
"""Units up to which it is about something else altogether."""

LEAST = 0.35
"""What a sentence keeps of its weight in an answer that is beside the question."""

MOST_BESIDE, MOST_ELSEWHERE = 0.3, 0.15
"""How strongly such an answer can show anything: the second-lowest level of four, and the lowest."""


def weighed(said: Sequence[Statement], exchanges: Sequence[Exchange], plan: Compiled) -> tuple[list[Statement], float]:
    """The statements, each weighed by how far its answer bears on what was asked, and the most they can show.

    Among several answers, the weight of one falls to `LEAST` of itself.
    The most is 1 for a thread about the question and less for one that is
    beside it. An answer that says little by itself is helped by the thread it stands in, and none is harmed by its
    neighbours.
    """
    units: dict[int, float] = {}
    counts: dict[int, int] = {}
    for exchange in exchanges:
        own = [statement for statement in said if statement.event == exchange.event]
        if own:
            units[exchange.event] = _units(own, exchange, plan)
            counts[exchange.event] = len(own)
    if not units:
        return list(said), 1.0
    mean = sum(units[event] * counts[event] for event in units) / sum(counts.values())
    shares = {event: LEAST + (1 - LEAST) * _reached(max(found, (found + mean) / 2)) for event, found in units.items()}
    most = MOST_ELSEWHERE if mean <= ELSEWHERE else MOST_BESIDE + (1 - MOST_BESIDE) * _reached(mean)
    if len(units) == 1:
        return list(said), most
    return [
        one if shares[one.event] == 1 else one._replace(weight=one.weight * shares[one.event]) for one in said
    ], most


def _reached(units: float) -> float:
    return min(1.0, max(0.0, (units - BESIDE) / (FULL - BESIDE)))


def _units(said: Sequence[Statement], exchange: Exchange, plan: Compiled) -> float:
    subject = plan.heap.subject
    words = frozenset[str]().union(*(statement.heard.content for statement in said))
    common = [len(subject & statement.heard.content) for statement in said]
    points = {
        plan.cues[hit.phrase].owner
        for statement in said
        for hit in statement.hits
        if plan.cues[hit.phrase].kind == "point"
    }
    asked = sum(rarity(word) for word in content(exchange.asked) & words)
    return (
        ASKED_UNITS * min(asked, ASKED_MOST)
        + POINT_UNITS * min(len(points), POINTS_MOST)
        + CLOSE_UNITS * sum(count >= 2 for count in common) / len(said)
        + NEAR_UNITS * sum(count >= 1 for count in common) / len(said)
        + ADMITTED_UNITS * any("honesty" in statement.signals for statement in said)
        + SPREAD_UNITS * len(subject & words) / math.sqrt(len(said))
    )
