"""What must hold between the values of a file, and between files, beyond the shape of each.

To add a rule, write a function in the module of its kind and name it in the tuple at its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from interviewer.library.references import Kind
from interviewer.library.rules.common import Rule, no_hidden_codes
from interviewer.library.rules.decision import DECISION_RULES
from interviewer.library.rules.people import PEOPLE_RULES
from interviewer.library.rules.plan import PLAN_RULES
from interviewer.library.rules.questions import QUESTION_ADVICE, QUESTION_RULES
from interviewer.library.rules.rubric import RUBRIC_RULES

RULES: Final[Mapping[Kind, tuple[Rule, ...]]] = {
    "rubric": RUBRIC_RULES,
    "questions": QUESTION_RULES,
    "persona": (no_hidden_codes, *PEOPLE_RULES, *PLAN_RULES, *DECISION_RULES),
}
"""What makes a file of each kind unusable when it does not hold."""

ADVICE: Final[Mapping[Kind, tuple[Rule, ...]]] = {
    "rubric": (),
    "questions": QUESTION_ADVICE,
    "persona": (),
}
"""What makes a file better, and is no reason to refuse it."""

__all__ = ["ADVICE", "RULES", "Rule"]
