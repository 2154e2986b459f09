"""From evidence to a level: how strongly an answer shows a criterion."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from interviewer.engines.offline.criteria import Cue, Plan
from interviewer.engines.offline.statements import Statement
from interviewer.engines.offline.stems import Hit, content
from interviewer.rubric import Level, Signal

CUE_UNITS = 1.0
POINT_UNITS = 1.3
SIGNAL_UNITS = 0.8
"""What one distinct cue, key point or signal counts for, before the concreteness of its sentence."""

SIGNALS_ALONE = 0.75
"""What signals keep where neither a cue nor a key point says that the criterion is what is talked about."""

BESIDE_SHARE = 0.8
"""What a signal keeps in a sentence that bears on neither the criterion nor the question."""

CUES_PER_SENTENCE = 2
"""A sentence that glues many cues together counts as if it held this many."""

POINTS_EXPECTED = 2.5
"""A criterion on which more key points bear than this asks for more of them: each counts for less."""

COVERAGE_EXPECTED = 0.5
COVERAGE_SHARE = 0.25
"""An answer that touches no key point of the question loses this share; half of the points lose nothing."""

PLAIN_CUE_UNITS = 0.2
"""The same for a cue without a word of its own, such as "because"."""

SAME_SENTENCE = 0.7
"""What each further piece of evidence in a sentence counts for, against the one before."""

ONE_SENTENCE = 0.45
"""How strongly signals can show a criterion that all stand in one sentence."""

AGAINST_UNITS = 1.0
HALF = 1.0
"""Units at which about 63 % of full strength is reached; from there on more adds less and less."""

LOWEST_SHARE = 0.2
"""Strength from which on the level above the lowest is given; the others lie evenly between it and `FULL`."""

FULL = 0.9
STRICTNESS = {"lenient": -0.04, "even": 0.0, "strict": 0.04}


_TURNED_DOWN = frozenset(("over", "instead", "than", "rather", "not", "no", "never", "without", "against"))
"""Before a phrase, these say that it is just what the candidate did not want: "I chose that over one big model"."""


@dataclass(slots=True)
class Findings:
    """What was found for and against one criterion."""

    cues: dict[str, Statement] = field(default_factory=dict)
    per_sentence: dict[tuple[int, int], list[Hit]] = field(default_factory=dict)
    contrary: dict[str, Statement] = field(default_factory=dict)
    points: dict[str, Statement] = field(default_factory=dict)
    near: dict[str, tuple[Statement, float]] = field(default_factory=dict)
    twists: dict[str, Statement] = field(default_factory=dict)
    signals: dict[Signal, Statement] = field(default_factory=dict)
    beside: dict[Signal, Statement] = field(default_factory=dict)
    """Signals in sentences that bear on neither the criterion nor the question: cited only where there is no other."""

    def hear(self, statement: Statement, cue: Cue, hit: Hit) -> None:
        """Notes a phrase found in a statement. Overlapping phrases are one piece of evidence."""
        if cue.kind == "against":
            before = statement.heard.words[max(0, hit.first - 3) : hit.first]
            if _TURNED_DOWN.isdisjoint(before):
                self.contrary.setdefault(cue.phrase, statement)
            return
        place = (statement.event, statement.heard.sentence.number)
        others = self.per_sentence.setdefault(place, [])
        if len(others) >= CUES_PER_SENTENCE or any(o.first <= hit.last and hit.first <= o.last for o in others):
            return
        if cue.phrase not in self.cues:
            others.append(hit)
            self.cues[cue.phrase] = statement

    def rests_on_one_sentence(self) -> bool:
        """True if there are signals only, and all in the same sentence."""
        return not (self.cues or self.points or self.near or self.twists) and len(self.cited()) == 1

    def cited(self) -> list[Statement]:
        """The statements for it, the most telling first, each once."""
        near = [statement for statement, _ in self.near.values()]
        found = [*self.points.values(), *self.twists.values(), *self.cues.values(), *near, *self.signals.values()]
        return _once(found or self.beside.values())

    def against(self) -> list[Statement]:
        """The statements against it."""
        return _once(self.contrary.values())


def _once(found: Iterable[Statement]) -> list[Statement]:
    unique: dict[tuple[int, int], Statement] = {}
    for statement in found:
        unique.setdefault((statement.event, statement.heard.sentence.number), statement)
    return list(unique.values())


def strength(plan: Plan, findings: Findings, coverage: float) -> float:
    """How strongly the criterion is shown, 0 to 1; `coverage` is the share of all key points touched."""
    per_point = POINT_UNITS * min(1.0, POINTS_EXPECTED / max(1, len(plan.points)))
    pieces = [(statement, per_point * statement.weight) for statement in findings.points.values()]
    pieces += [(statement, POINT_UNITS * statement.weight) for statement in findings.twists.values()]
    pieces += [(statement, per_point * worth) for statement, worth in findings.near.values()]
    pieces += [
        (statement, (CUE_UNITS if content(phrase) else PLAIN_CUE_UNITS) * statement.weight)
        for phrase, statement in findings.cues.items()
    ]
    per_signal = SIGNAL_UNITS * (1.0 if pieces else SIGNALS_ALONE)
    pieces += [(statement, per_signal * statement.weight) for statement in findings.signals.values()]
    pieces += [(statement, BESIDE_SHARE * per_signal * statement.weight) for statement in findings.beside.values()]
    units = _summed(pieces) - AGAINST_UNITS * len(findings.contrary)
    if units <= 0:
        return 0.0
    complete = min(1.0, coverage / COVERAGE_EXPECTED)
    shown = (1 - math.exp(-units / HALF)) * (1 - COVERAGE_SHARE * (1 - complete))
    return min(shown, ONE_SENTENCE) if findings.rests_on_one_sentence() else shown


def _summed(pieces: Sequence[tuple[Statement, float]]) -> float:
    """The units of all pieces; in one sentence the best counts whole and each further one for less."""
    by_sentence: dict[tuple[int, int], list[float]] = {}
    for statement, units in pieces:
        by_sentence.setdefault((statement.event, statement.heard.sentence.number), []).append(units)
    return sum(
        units * SAME_SENTENCE**place
        for found in by_sentence.values()
        for place, units in enumerate(sorted(found, reverse=True))
    )


def level_for(value: float, levels: Sequence[Level], strictness: str) -> Level:
    """The level that a strength stands for: the levels above the lowest divide the range by their values.

    Args:
        levels: from the lowest to the highest.
    """
    low, high = levels[0].value, levels[-1].value
    if high <= low:
        return levels[0]
    shift = STRICTNESS.get(strictness, 0.0)
    reached = levels[0]
    first = (levels[1].value - low) / (high - low)
    for level in levels[1:]:
        share = (level.value - low) / (high - low)
        step = (share - first) / (1 - first) if first < 1 else 0.0
        if value >= LOWEST_SHARE + shift + step * (FULL - 0.1 - LOWEST_SHARE):
            reached = level
    return reached
