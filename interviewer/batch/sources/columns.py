"""Decides what each column of a source is for: as told, by its name, or by what stands in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from interviewer.batch.sources.known_names import NAMES, ROLES, Gold, Role, gold_of, role_of
from interviewer.batch.sources.options import SourceError, SourceOptions
from interviewer.batch.sources.record import Form, Record
from interviewer.library.near import listed, suggestion

FLAGS: Final[Mapping[Role, str]] = {
    "answer": "--answer-column",
    "id": "--id-column",
    "question": "--question-column",
    "question_id": "--question-id-column",
    "reference": "--reference-column",
}
_WORDS: Final[Mapping[Role, str]] = {
    "answer": "answer",
    "id": "id",
    "question": "question",
    "question_id": "question id",
    "reference": "reference answer",
    "scale": "scale of the human grades",
}
_AS_LONG: Final = 0.5
"""A column whose texts have this share of the length of the longest could be the answer as well."""


@dataclass(frozen=True, slots=True)
class GoldColumn:
    """A column with human grades."""

    column: str
    criterion: str
    """Criterion id, or `overall`."""
    mean: bool
    """What stands in it is the grade; else it is what one of several raters gave. A list is always of several."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a source is for."""

    answer: str
    id: str | None
    question: str | None
    question_id: str | None
    reference: str | None
    scale: str | None
    gold: tuple[GoldColumn, ...]
    ignored: tuple[str, ...]
    doubts: tuple[str, ...]
    """What was guessed and may be wrong: sentences that name the flag to say it with."""

    def told(self) -> str:
        """Which column is used for what, and which are not used, in one sentence."""
        parts = [f"{_WORDS[role]} from `{name}`" for role in ROLES if (name := getattr(self, role)) is not None]
        if self.gold:
            gold = ", ".join(f"`{one.column}` ({one.criterion})" for one in self.gold)
            parts.append(f"human grades from {gold}")
        said = "; ".join(parts)
        return f"{said[0].upper()}{said[1:]}." + (f" Not used: {listed(self.ignored)}." if self.ignored else "")


def columns_for(form: Form, sample: Sequence[Record], options: SourceOptions, name: str) -> Columns:
    """What each column of a source is for.

    What `options` say comes first, then what the form itself says, then the usual names (`known_names.NAMES`, surest
    first), and for the answer at last the column with the longest texts.

    Raises:
        SourceError: there is no row, a column was named that is not there, or no column can be the answer.
    """
    columns = form.columns
    if not sample:
        raise SourceError(f"{name} has the names of its columns and no row under them.")
    told = _told(columns, options, name)
    gold_told = [
        (criterion, _meant(columns, given, "--gold-column", name)) for criterion, given in options.gold_columns
    ]
    taken = {*told.values(), *(column for _, column in gold_told)}
    roles: dict[Role, str] = dict(told)
    doubts: list[str] = []
    for role in ROLES:
        if role in roles:
            continue
        if (known := form.known.get(role)) is not None and known not in taken:
            roles[role] = known
        elif named := [column for column in _by_name(columns, role) if column not in taken]:
            roles[role] = named[0]
            if len(named) > 1 and role in FLAGS:
                others = listed(named[1:])
                doubts.append(f"The {_WORDS[role]} could also be {others}; say so with {FLAGS[role]}.")
        if role in roles:
            taken.add(roles[role])
    free = [column for column in columns if column not in taken]
    if gold_told:
        several = Counter(criterion for criterion, _ in gold_told)
        gold = tuple(GoldColumn(column, criterion, mean=several[criterion] == 1) for criterion, column in gold_told)
    else:
        pairs = [(column, found) for column in free if (found := gold_of(column)) is not None]
        gold = _grouped(pairs)
        if over := [column for column, _ in pairs if all(column != one.column for one in gold)]:
            doubts.append(f"Human grades could also be in {listed(over)}; say so with --gold-column.")
        free = [column for column in free if column not in {column for column, _ in pairs}]
    if "answer" not in roles:
        roles["answer"], doubt = _longest(free, sample, columns, name)
        doubts.append(doubt)
    used = {*roles.values(), *(one.column for one in gold)}
    return Columns(
        answer=roles["answer"],
        id=roles.get("id"),
        question=roles.get("question"),
        question_id=roles.get("question_id"),
        reference=roles.get("reference"),
        scale=roles.get("scale"),
        gold=gold,
        ignored=tuple(column for column in columns if column not in used),
        doubts=tuple(doubts),
    )


def _told(columns: Sequence[str], options: SourceOptions, name: str) -> dict[Role, str]:
    given: dict[Role, str | None] = {
        "answer": options.answer_column,
        "id": options.id_column,
        "question": options.question_column,
        "question_id": options.question_id_column,
        "reference": options.reference_column,
    }
    return {role: _meant(columns, word, FLAGS[role], name) for role, word in given.items() if word is not None}


def _meant(columns: Sequence[str], given: str, flag: str, name: str) -> str:
    """The column that a flag names: exactly, but for capitals, or by number."""
    if given in columns:
        return given
    folded = [column for column in columns if column.casefold() == given.strip().casefold()]
    if len(folded) == 1:
        return folded[0]
    if given.isascii() and given.isdecimal() and 0 < int(given) <= len(columns):
        return columns[int(given) - 1]
    hint = suggestion(given, columns)
    there = f" There are {listed(columns)}." if hint.startswith("Did you") and len(columns) > 1 else ""
    raise SourceError(f"{name} has no column `{given[:60]}` ({flag}). {hint}{there}")


def _by_name(columns: Iterable[str], role: Role) -> list[str]:
    """The columns whose names stand for a role, the surest first."""
    found = [(known[1], column) for column in columns if (known := role_of(column)) is not None and known[0] == role]
    return [column for _, column in sorted(found, key=lambda pair: pair[0])]


def _grouped(pairs: Sequence[tuple[str, Gold]]) -> tuple[GoldColumn, ...]:
    """What columns with human grades are, given what their names say; a second one of the same meaning is left out.

    Without raters and without a mean, the one column for a criterion is the grade.
    """
    found: list[GoldColumn] = []
    for criterion in dict.fromkeys(gold.criterion for _, gold in pairs):
        same = [(column, gold) for column, gold in pairs if gold.criterion == criterion]
        means = [column for column, gold in same if gold.mean]
        plain = [column for column, gold in same if not gold.mean and not gold.rater]
        found += [GoldColumn(column, criterion, mean=True) for column in means[:1]]
        found += [GoldColumn(column, criterion, mean=not means) for column in plain[:1]]
        found += [GoldColumn(column, criterion, mean=False) for column, gold in same if gold.rater]
    return tuple(found)


def _longest(free: Sequence[str], sample: Sequence[Record], columns: Sequence[str], name: str) -> tuple[str, str]:
    """The column with the longest texts, and the sentence that says it was taken for that."""
    lengths = {column: _mean_length(column, sample) for column in free}
    best = max(free, key=lambda column: lengths[column], default=None)
    if best is None or lengths[best] <= 0:
        raise SourceError(
            f"{name} has no column that can be the answer, only {listed(columns)}. "
            f"Name it with {FLAGS['answer']}, or call it `{NAMES['answer'][0]}`."
        )
    doubt = f"No column is called an answer; `{best}` has the longest texts and is taken"
    near = [column for column in free if column != best and lengths[column] >= _AS_LONG * lengths[best]]
    if near:
        doubt += f", though {listed(near)} could be meant"
    return best, f"{doubt}. Say otherwise with {FLAGS['answer']}."


def _mean_length(column: str, sample: Sequence[Record]) -> float:
    """Mean length of the texts of a column, in characters; numbers are no text."""
    texts = [value for record in sample if isinstance(value := record.values.get(column), str)]
    worded = [text for text in texts if any(character.isalpha() for character in text)]
    return sum(map(len, worded)) / len(texts) if texts else 0.0
