"""How the minutes of one interview are spent: the persona's plan, scaled to the time there is."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.persona import Persona, Segment

LEAST_SECONDS_FOR_PROBE = 30.0
"""A follow-up is not begun with less than this left in the segment."""

LEAST_SECONDS_TO_BEGIN = 60.0
"""A segment with questions is not begun with less than this left for it, nor with less than half of its own length."""

LEAST_SECONDS_TO_INVITE = 45.0
"""The candidate is invited to ask while this much of the whole is left, even if long answers took the time for it."""

SHARE_NEEDED_TO_ASK = 0.5
"""A main question is not begun with less than this share of its own minutes left in the segment."""


@dataclass(frozen=True, slots=True)
class PlannedSegment:
    """One segment with its share of the time. `start` and `end` are seconds on the interview clock."""

    segment: Segment
    start: float
    end: float
    questions: int
    """Main questions as planned."""
    most_questions: int
    """Main questions if answers are short and time is left over."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The segments in order and the length of the whole, in seconds."""

    segments: tuple[PlannedSegment, ...]
    seconds: float

    def wrap_up(self) -> float:
        """When the last question segment must have ended, so that wrap-up keeps its reserved time."""
        ends = [planned.end for planned in self.segments if planned.segment.questions > 0]
        return ends[-1] if ends else 0.0


def make_plan(persona: Persona, minutes: int) -> Plan:
    """Scales the persona's plan to `minutes`.

    The candidate's own questions and the closing keep at least 60 % of their written time however short
    the interview is; what is asked shrinks instead. Segments with questions keep at least one.
    """
    written = sum(segment.minutes for segment in persona.plan)
    scale = minutes / written
    reserved = {
        segment.id: segment.minutes * min(1.0, max(0.6, scale)) for segment in persona.plan if segment.questions == 0
    }
    kept = sum(reserved.values())
    asked = sum(segment.minutes for segment in persona.plan if segment.questions > 0)
    asked_scale = max(0.0, (minutes - kept)) / asked if asked else 1.0
    planned: list[PlannedSegment] = []
    clock = 0.0
    for segment in persona.plan:
        length = 60.0 * reserved.get(segment.id, segment.minutes * asked_scale)
        questions = max(1, round(segment.questions * asked_scale)) if segment.questions else 0
        planned.append(PlannedSegment(segment, clock, clock + length, questions, 2 * questions + 1 if questions else 0))
        clock += length
    return Plan(tuple(planned), minutes * 60.0)
