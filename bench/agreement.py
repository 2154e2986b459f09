"""Measures the offline scorer against human grades.

    python bench/agreement.py FILE...

Each FILE is JSONL with one answer per line: `question`, `reference`, `answer`, `human_mean`, `scale`
([lowest, highest]) and `group` (answers to one question share it). Printed per file: agreement of
`interviewer.engines.offline.score`, and of two baselines from the same run, the logarithm of the
length and the TF-IDF cosine with the reference. Pearson and Spearman are of the raw scores, which have
no parameter fitted here. Exact, within one, QWK and bias need grades on the human scale: a straight line
with two parameters is fitted on four fifths of the questions and applied to the other fifth.
"""

from __future__ import annotations

import json
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.engines.offline.score import score
from interviewer.engines.offline.stems import STOP_WORDS, words_of
from interviewer.grading.agreement import Agreement, agreement

FOLDS = 5
SEED = 1


@dataclass(frozen=True)
class Item:
    """One graded answer."""

    question: str
    reference: str
    answer: str
    human: float
    scale: tuple[float, float]
    group: str


def read(path: Path) -> list[Item]:
    """The graded answers of a file; those without a human grade are left out."""
    found = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            if entry.get("human_mean") is None:
                continue
            low, high = entry["scale"]
            found.append(
                Item(
                    entry["question"],
                    entry.get("reference") or "",
                    entry["answer"],
                    float(entry["human_mean"]),
                    (float(low), float(high)),
                    str(entry["group"]),
                )
            )
    return found


def by_length(items: Sequence[Item]) -> list[float]:
    """Baseline: the logarithm of the number of words."""
    return [math.log1p(len(item.answer.split())) for item in items]


def by_tfidf(items: Sequence[Item]) -> list[float]:
    """Baseline: cosine of TF-IDF vectors of answer and reference."""
    bags = [[Counter(_terms(text)) for text in (item.answer, item.reference)] for item in items]
    documents = Counter(term for pair in bags for bag in pair for term in bag)
    weight = {term: math.log(2 * len(items) / count) for term, count in documents.items()}
    return [_cosine(said, wanted, weight) for said, wanted in bags]


def by_rules(items: Sequence[Item]) -> list[float]:
    """The offline scorer."""
    return [score(item.question, item.answer, item.reference) for item in items]


def _terms(text: str) -> list[str]:
    return [stemmed for word, stemmed in words_of(text) if word not in STOP_WORDS]


def _cosine(one: Counter[str], other: Counter[str], weight: dict[str, float]) -> float:
    product = sum(count * other[term] * weight[term] ** 2 for term, count in one.items())
    lengths = math.prod(
        math.sqrt(sum((count * weight[term]) ** 2 for term, count in bag.items())) for bag in (one, other)
    )
    return product / lengths if lengths else 0.0


def on_scale(items: Sequence[Item], raw: Sequence[float]) -> list[float]:
    """Raw scores as grades on the human scale, by a line fitted on other questions than the one graded."""
    groups = sorted({item.group for item in items})
    random.Random(SEED).shuffle(groups)
    fold = {group: place % FOLDS for place, group in enumerate(groups)}
    grades = [0.0] * len(items)
    for held_out in range(FOLDS):
        known = [place for place, item in enumerate(items) if fold[item.group] != held_out]
        slope, offset = _line([raw[place] for place in known], [items[place].human for place in known])
        for place, item in enumerate(items):
            if fold[item.group] == held_out:
                grades[place] = min(item.scale[1], max(item.scale[0], round(offset + slope * raw[place])))
    return grades


def _line(x: Sequence[float], y: Sequence[float]) -> tuple[float, float]:
    """The line with the spread and mean of the human grades, which keeps grades from crowding the middle."""
    count = max(1, len(x))
    mean_x, mean_y = sum(x) / count, sum(y) / count
    spread_x = math.sqrt(sum((value - mean_x) ** 2 for value in x))
    spread_y = math.sqrt(sum((value - mean_y) ** 2 for value in y))
    slope = spread_y / spread_x if spread_x else 0.0
    return slope, mean_y - slope * mean_x


def _show(figure: float | None) -> str:
    return "   - " if figure is None else f"{figure:5.2f}"


def report(name: str, raw: Sequence[float], items: Sequence[Item]) -> str:
    """One line of the table."""
    human = [item.human for item in items]
    plain: Agreement = agreement(raw, human)
    graded = agreement(on_scale(items, raw), [float(round(value)) for value in human])
    figures = (plain.pearson, plain.spearman, graded.kappa, graded.exact, graded.within_one, graded.bias)
    return f"  {name:<16}" + "  ".join(_show(figure) for figure in figures)


def main(paths: Sequence[str]) -> int:
    """Prints one table per file."""
    if not paths:
        print(__doc__)
        return 2
    raters: dict[str, Callable[[Sequence[Item]], list[float]]] = {
        "offline scorer": by_rules,
        "length": by_length,
        "TF-IDF cosine": by_tfidf,
    }
    for path in map(Path, paths):
        items = read(path)
        if not items:
            print(f"{path.name}: no human grades")
            continue
        started = time.perf_counter()
        by_rules(items)
        seconds = time.perf_counter() - started
        print(
            f"{path.name}: {len(items)} answers to {len({item.group for item in items})} questions, "
            f"{len(items) / seconds:,.0f} answers/s"
        )
        print(f"  {'':<16}" + "  ".join(("  r  ", " rho ", " QWK ", "exact", " +-1 ", " bias")))
        for name, rate in raters.items():
            print(report(name, rate(items), items))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
