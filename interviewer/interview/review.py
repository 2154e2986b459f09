"""What happens between the last grade and the scorecard, as far as a reviewer has a part in it."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.cost import FREE, Cost
from interviewer.grading.evidence import invented_quotes, numbered
from interviewer.grading.reveal import Reveal, reveal, valid_changes
from interviewer.interview.results import decisive
from interviewer.interview.reviewer import Reviewer, Unusable
from interviewer.interview.state import State
from interviewer.persona import Person
from interviewer.scorecard import Debrief, Revote, Scorecard


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something that the reader of the log should know, and what it cost if it is not counted elsewhere."""

    kind: str
    text: str
    cost: Cost | None = None


def revealed(state: State) -> Reveal | None:
    """The panel's locked scorecards; None where there is no panel."""
    if state.persona.decision.rule != "panel":
        return None
    rubrics, grades = decisive(state)
    return reveal(state.persona, rubrics, grades)


def due(state: State, shown: Reveal) -> tuple[Person, ...]:
    """Who may vote again and has not: those who assessed something on which the panel is apart."""
    done = {revote.person for revote in state.revotes}
    return tuple(one for one in state.persona.people if one.id not in done and shown.movable(one.id))


async def second_vote(
    reviewer: Reviewer, state: State, shown: Reveal, person: Person
) -> tuple[Revote | None, Caveat | None]:
    """A person's second vote with the moves that hold, and what is to be said of the rest.

    Whatever goes wrong in a reviewer costs this vote, never the scorecard.
    """
    by_rule = f"The rule voted again for {person.name}."
    try:
        revote = await reviewer.revote(shown, person)
    except Unusable as error:
        return None, Caveat("rule-revote", f"{by_rule} {error}", error.cost)
    except Exception as error:
        return None, Caveat("rule-revote", f"{by_rule} {type(error).__name__}: {error}")
    revote = revote.model_copy(update={"person": person.id})
    kept, wrong = valid_changes(shown, revote)
    said = numbered([exchange for thread in state.threads for exchange in thread.exchanges])
    invented = [criterion for criterion, change in kept.items() if invented_quotes(change.reason, said)]
    wrong += tuple(f"The reason for moving on `{criterion}` quotes words that were not said." for criterion in invented)
    kept = {criterion: change for criterion, change in kept.items() if criterion not in invented}
    left_out = Caveat("revote-cut", f"Left out of the second vote of {person.name}: {' '.join(wrong)}")
    return revote.model_copy(update={"changes": kept}), left_out if wrong else None


async def debriefed(reviewer: Reviewer, state: State, scorecard: Scorecard) -> tuple[Debrief | None, Caveat | None]:
    """The debrief of a scorecard, and what is to be said if there is none or not all of it.

    Where nothing was rated there is nothing to tell, and nobody is asked.
    """
    if scorecard.share is None:
        return None, None
    none = "There is no written debrief."
    try:
        debrief = await reviewer.debrief(state, scorecard)
    except Unusable as error:
        return None, Caveat("no-debrief", f"{none} {error}", error.cost)
    except Exception as error:
        return None, Caveat("no-debrief", f"{none} {type(error).__name__}: {error}")
    left_out = Caveat("debrief-cut", f"Left out of the debrief: {' '.join(debrief.left_out)}")
    return debrief, left_out if debrief.left_out else None


def with_debrief(state: State, scorecard: Scorecard, debrief: Debrief | None) -> Scorecard:
    """The scorecard with its debrief, and with all that the interview cost by then."""
    cost = state.cost + ((debrief.cost if debrief else None) or FREE)
    return scorecard.model_copy(update={"debrief": debrief, "cost": cost if cost.calls else None})
