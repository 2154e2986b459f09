"""Whether what was learned from is kept apart from what it is judged on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from interviewer.engines.offline.submission.finding import NOTHING, Found, found
from interviewer.engines.offline.submission.handed import Handed, Spot

_SPLIT: Final = re.compile(
    r"\b(?:train_test_split|\w*KFold|\w*ShuffleSplit|TimeSeriesSplit|random_split|initial_split|createDataPartition"
    r"|cross_val_\w+|cross_validate|\w*SearchCV)\s*\(|\bdef\s+\w*split\w*\s*\(|\.split\(\s*(?:X|rows|df|data)\b"
)
_WITH_CARE: Final = re.compile(r"stratif|group|time|month|date|customer|user|hash", re.IGNORECASE)
_THIRD: Final = re.compile(
    r"\w*KFold\s*\(|cross_val_\w+\s*\(|cross_validate\s*\(|\w*SearchCV\s*\(|\b(?:X|y|df|rows|data|ids)?_?(?:val|valid|"
    r"validation|dev|holdout)(?:_\w+)?\s*(?:,|=[^=])"
)
_ON_TRAINING: Final = re.compile(
    r"\b(?:make_pipeline|Pipeline|ColumnTransformer)\s*\(|\.fit_transform\(\s*\w*train|(?:vector\w*|scaler|encoder|tfidf|pca"
    r"|imputer)\w*\.fit\(\s*\w*train",
    re.IGNORECASE,
)
_MODEL_ON_TRAINING: Final = re.compile(r"\.fit\(\s*\w*train", re.IGNORECASE)
_ON_ALL: Final = re.compile(
    r"\.fit_transform\(\s*(?:X|df|data|texts|corpus|features|all_\w+|rows)\b(?!_?train)", re.IGNORECASE
)


_TRAINS: Final = re.compile(
    r"\.fit\w*\(|\btrain\w*\(|fine_?tun|optimi[sz]er\.step|Trainer\(|\blm\(|\bglm\(", re.IGNORECASE
)


def _where_trained(check: Callable[[Handed], Found]) -> Callable[[Handed], Found | None]:
    """Where code trains nothing there is no occasion to split, though doing so counts. Having no code is no excuse."""

    def checked(handed: Handed) -> Found | None:
        outcome = check(handed)
        code = any(True for file in handed.code for _ in file.lines)
        return outcome if outcome != NOTHING or not code or handed.doing(_TRAINS) else None

    return checked


def _split(handed: Handed) -> Found:
    splits = handed.doing(_SPLIT)
    if not splits and (same := _judged_on_training(handed)):
        return Found(0.0, (), same, "It is judged on what it was trained on.")
    careful = [spot for spot in splits if _WITH_CARE.search(_near(spot, handed))]
    return found(1.0, careful) if careful else found(0.6, splits)


def _judged_on_training(handed: Handed) -> tuple[Spot, ...]:
    """Lines that judge a model on the very data that another line fits it to."""
    fitted = {match[1] for spot in handed.doing(_FITTED) if (match := _FITTED.search(spot.text))}
    return tuple(spot for spot in handed.doing(_JUDGED) if (m := _JUDGED.search(spot.text)) and m[1] in fitted)[:2]


_FITTED: Final = re.compile(r"\.fit\(\s*([^,)]+)")
_JUDGED: Final = re.compile(r"\.(?:score|evaluate|predict)\(\s*([^,)]+)")


def _near(spot: Spot, handed: Handed) -> str:
    """A line with the few that follow it, where calls go on."""
    file = handed.files[spot.part - 1]
    return "\n".join(one.text for one in file.spots[spot.place : spot.place + 6])


def _validation(handed: Handed) -> Found:
    third = handed.doing(_THIRD)
    if third:
        return found(1.0, third)
    twice = [spot for spot in handed.doing(_SPLIT) if "train_test_split" in spot.text]
    return found(1.0, twice) if len(twice) > 1 else NOTHING


def _fit_on_train(handed: Handed) -> Found:
    careful = handed.doing(_ON_TRAINING)
    leaks = handed.doing(_ON_ALL)
    if leaks and not careful:
        return Found(0.0, (), tuple(leaks[:2]), "Preparation is fitted on all of the data before it is judged.")
    return found(1.0, careful) if careful else found(0.4, handed.doing(_MODEL_ON_TRAINING))


split = _where_trained(_split)
"""That data is split; in full if by class, group or time."""
validation = _where_trained(_validation)
"""A part to choose on that is not the one to judge on: a third part, or folds."""
fit_on_train = _where_trained(_fit_on_train)
"""That preparation is fitted on training data alone."""
