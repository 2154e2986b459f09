"""One answer of a batch with its grade, as it is drawn. Everything shown is in the ledger; nothing is computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from textual.content import Content

from interviewer.batch.ledger import Ledger, Result
from interviewer.batch.output import Judged, overall, status_of
from interviewer.cost import money
from interviewer.grading.combine import share_of
from interviewer.question import Question
from interviewer.rubric import Rubric
from interviewer.scorecard import Evidence, Rating
from interviewer.scorecard_text.words import stamp_sentence, status_meaning
from interviewer.text import one_line, sanitise
from interviewer.tui.widgets.batch.rows import UNSEEN, status_name, status_tone
from interviewer.tui.widgets.replay_entry import tone
from interviewer.tui.wording import QUIET

OPENS: Final = "\u25b6"
CLOSES: Final = "\u25c0"
LONGEST_OTHER: Final = 400
"""Characters shown of the parts of a submission that a criterion cites nothing from."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """An answer with what it was asked and judged by."""

    result: Result
    question: Question | None
    rubric: Rubric | None
    """None if there is no grade."""

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """In the order of the rubric; none if there is no grade, or it rates nothing."""
        grade = self.result.grade
        if grade is None or self.rubric is None:
            return ()
        found = (grade.rating(one.id) for one in self.rubric.criteria)
        return tuple(one for one in found if one is not None)


def read(ledger: Ledger, place: int) -> Sheet:
    """The answer at this place, as it is now.

    Raises:
        LedgerError: it cannot be read.
    """
    result = ledger.results(place - 1, 1)[0]
    judged = Judged(ledger)
    question = judged.question(result.question) if result.question is not None else None
    return Sheet(result, question, judged.rubric(result.grade) if result.grade is not None else None)


def asked(sheet: Sheet) -> Content:
    """Where the answer stands and what was asked."""
    parts: list[str | tuple[str, str]] = [(one_line(sheet.result.found), QUIET)]
    if sheet.question is not None:
        parts += ["\n", ("Question  ", QUIET), (sanitise(sheet.question.text), "bold")]
    if sheet.question is not None and sheet.question.reference:
        parts += ["\n", ("Model answer  ", QUIET), sanitise(sheet.question.reference)]
    return Content.assemble(*parts)


def outcome(sheet: Sheet) -> Content:
    """What came of it, in a few lines."""
    return Content("\n").join(_outcome(sheet))


def _outcome(sheet: Sheet) -> Iterator[Content]:
    result, grade = sheet.result, sheet.result.grade
    status = status_of(result)
    if grade is not None and sheet.rubric is not None:
        figure = overall(grade, sheet.rubric)
        if figure.share is not None:
            share, weight = (f"{figure.share:.0%}", f"bold {tone(figure.share)}"), f"{figure.assessed:.0%}"
            yield Content.assemble("Overall  ", share, (f"  on {weight} of the weight of {sheet.rubric.title}", QUIET))
        else:
            name = status_name(status).capitalize()
            yield Content.assemble((name, "bold $text-warning"), (f"  {status_meaning(grade.status)}", QUIET))
        if grade.note:
            yield Content.assemble((one_line(grade.note), QUIET))
    else:
        failed = f": {status_name(result.failure)}" if result.failure else ""
        yield Content.assemble((f"{status_name(status).capitalize()}{failed}", f"bold {status_tone(status)}"))
    if result.problem:
        yield Content.assemble((one_line(result.problem), "$text-warning"))
    if result.copy_of:
        yield Content.assemble((f"The same answer, word for word, as row {result.copy_of:,}; graded once.", QUIET))
    if result.gold is not None:
        given = ", ".join(f"{one_line(name)} {value:g}" for name, value in result.gold.grades.items())
        yield Content.assemble("People gave  ", (given, "bold"))


def entries(sheet: Sheet) -> Iterator[Content]:
    """The criteria, each with its level."""
    for rating in sheet.ratings:
        yield Content.assemble(_title(sheet, rating), "  ", _level(sheet, rating))


def _title(sheet: Sheet, rating: Rating) -> str:
    assert sheet.rubric is not None
    return next(one.title for one in sheet.rubric.criteria if one.id == rating.criterion)


def _level(sheet: Sheet, rating: Rating) -> tuple[str, str]:
    if not rating.assessed or sheet.rubric is None:
        return f"{UNSEEN} not assessed", QUIET
    return sheet.rubric.level(rating.level).title, f"bold {tone(share_of(sheet.rubric, rating.level))}"


def reasoning(sheet: Sheet, index: int) -> Content:
    """Why a criterion was given its level, and what the rubric says of that level."""
    if not 0 <= index < len(sheet.ratings) or sheet.rubric is None:
        return _worth(sheet)
    rating = sheet.ratings[index]
    criterion = next(one for one in sheet.rubric.criteria if one.id == rating.criterion)
    parts: list[str | tuple[str, str] | Content] = [("Why\n", QUIET), sanitise(rating.reasoning)]
    if rating.lowest and rating.highest and rating.lowest != rating.highest:
        low, high = (sheet.rubric.level(level).title for level in (rating.lowest, rating.highest))
        apart = " They are far apart: look at this one yourself." if rating.disputed else ""
        parts += ["\n\n", (f"Graders gave {low} to {high}.{apart}", "$text-warning")]
    if rating.assessed:
        title = sheet.rubric.level(rating.level).title
        parts += ["\n\n", (f"What {title} looks like\n", QUIET), criterion.anchors.get(rating.level, "")]
    else:
        parts += ["\n\n", ("What it asks\n", QUIET), criterion.asks]
    if rating.assessed and not rating.evidence:
        parts += ["\n\n", ("No sentence of the answer is cited.", QUIET)]
    return Content.assemble(*parts, "\n\n", _worth(sheet))


def _worth(sheet: Sheet) -> Content:
    """Who graded, what that is worth, and what it cost."""
    grade = sheet.result.grade
    if grade is None:
        return Content("")
    cost = f" {money(grade.cost.dollars)}." if grade.cost else ""
    return Content.assemble(("What this is worth\n", QUIET), (f"{stamp_sentence(grade.stamp)}{cost}", QUIET))


def said(sheet: Sheet, index: int) -> Content:
    """The answer, with the sentences marked that a criterion rests on; the files of a submission one after another."""
    parts = sheet.result.parts
    if not any(text.strip() for _, text in parts):
        return Content.assemble(("(nothing)", QUIET))
    evidence = sheet.ratings[index].evidence if 0 <= index < len(sheet.ratings) else ()
    shown: list[Content] = []
    for number, (name, text) in enumerate(parts, 1):
        cited = [one for one in evidence if one.event == number]
        body = marked(text, cited) if cited else _beginning(text) if len(parts) > 1 else Content(text)
        shown.append(Content.assemble((f"{one_line(name)}\n", "bold $text-primary"), body) if name else body)
    return Content("\n\n").join(shown)


def _beginning(text: str) -> Content:
    if len(text) <= LONGEST_OTHER:
        return Content(text)
    more = f"\n… {len(text) - LONGEST_OTHER:,} more characters, of which nothing is cited here"
    return Content.assemble(text[:LONGEST_OTHER], (more, QUIET))


def marked(text: str, evidence: list[Evidence]) -> Content:
    """`text` with the cited sentences marked by signs, weight and reversed colours. Offsets that do not fit are not
    trusted: such a sentence follows the text."""
    parts: list[str | tuple[str, str]] = []
    after: list[str] = []
    place = 0
    for one in sorted(evidence, key=lambda each: each.start):
        if one.start < place:
            continue
        if text[one.start : one.end] != one.quote:
            after.append(one.quote)
            continue
        parts += [text[place : one.start], *_cited(one.quote)]
        place = one.end
    parts.append(text[place:])
    for quote in after:
        parts += ["\n\n", *_cited(quote)]
    return Content.assemble(*parts)


def _cited(quote: str) -> list[tuple[str, str]]:
    sign = "bold $text-primary"
    return [(f"{OPENS} ", sign), (quote, "bold reverse"), (f" {CLOSES}", sign)]
