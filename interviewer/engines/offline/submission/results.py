"""What is looked for in the results: by class, against a baseline, where it fails, and where the figures come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from typing import Final

from interviewer.engines.offline.submission.finding import SHARE, Found, by_count, found, matching, pattern, with_figure
from interviewer.engines.offline.submission.handed import FIGURE, File, Handed, Spot
from interviewer.engines.offline.submission.write_up import METRIC, REASON

_MEAN: Final = re.compile(
    r"\b(?:accuracy|macro|micro|weighted|avg|average|mean|overall|total|baseline|model)\b", re.IGNORECASE
)
_METRICS_NAMED: Final = re.compile(r"precision|recall|f1|support|accuracy|exact|rate|error", re.IGNORECASE)


def _shown(handed: Handed) -> tuple[File, ...]:
    """Files in which results stand."""
    return handed.of("readme", "document", "results", "notebook", "data")


def per_class(handed: Handed) -> Found:
    """A line of figures for each class, field or group."""
    lines = [spot for file in _shown(handed) for spot in _class_lines(file)]
    if lines:
        return by_count(lines, 0.4, 0.8, 1.0)
    told = [spot for spot in matching(handed.done, METRIC) if len(SHARE.findall(spot.text)) >= 2]
    return found(0.4, [spot for spot in told if not _MEAN.search(spot.text)])


def _class_lines(file: File) -> list[Spot]:
    """Lines that begin with a name and hold two shares, near words for what they measure."""
    if not _METRICS_NAMED.search(file.text):
        return []
    return [
        spot
        for spot in file.spots
        if spot.passage.kind in {"row", "line"}
        and re.match(r"[|\s\"']*[A-Za-z]", spot.text)
        and len(SHARE.findall(spot.text)) >= 2
        and not _MEAN.search(spot.text.partition("  ")[0].strip("| ").split("|")[0])
    ]


_CONFUSION: Final = pattern(r"\bconfusion\b")
_MATRIX: Final = re.compile(r"\bconfusion_matrix\(|ConfusionMatrix")
_TAKEN: Final = pattern(
    r"\b(?: (?:mis)?taken[ ]for | confused[ ]with | predicted[ ]as | labell?ed[ ]as | end[ ]up[ ](?:in|as) )\b"
)
_COUNTS: Final = re.compile(r"(?<![\w.])\d+(?![\w.%])")
_NEAR: Final = 12


def confusion(handed: Handed) -> Found:
    """Which class is taken for which: a matrix of counts, or in words with a figure."""
    for file in _shown(handed):
        for spot in file.spots:
            if _CONFUSION.search(spot.text):
                rows = [
                    one
                    for one in file.spots[spot.place + 1 : spot.place + _NEAR]
                    if len(_COUNTS.findall(one.text)) >= 2
                ]
                if len(rows) >= 2:
                    return found(1.0, [spot, *rows])
    taken = matching(handed.done, _TAKEN, words=6)
    counted = with_figure(taken)
    if taken:
        return found(1.0 if counted else 0.6, counted or taken)
    called = handed.doing(_MATRIX)
    return found(0.3, called)


_BASELINE: Final = pattern(
    r"""\b(?: baselines? | majority | most[ ](?:frequent|common|popular) | dummy | constant | keyword[ ]rules? | naive
    | chance | always[ ](?:predict|answer|giv|say)\w* )\b"""
)
_DUMMY: Final = re.compile(r"Dummy(?:Classifier|Regressor)|\bbaseline\w*\s*[=(]", re.IGNORECASE)
_AGAINST: Final = pattern(
    r"\b(?: from | vs\.? | versus | against | than | over | compared | above | instead | up[ ]to | gains? | points? )\b"
)
_BESIDE: Final = 6
"""Rows within which two lines of a table are side by side."""


def _baselines(handed: Handed) -> list[Spot]:
    """Where a baseline has a figure: in a sentence, a row, or a line of results."""
    lines = [spot for file in handed.of("results", "notebook") for spot in file.code]
    return [
        spot
        for spot in (*handed.done, *lines)
        if _BASELINE.search(spot.text) and (SHARE.search(spot.text) or METRIC.search(spot.text))
        if FIGURE.search(spot.text)
    ]


def baseline_figure(handed: Handed) -> Found:
    """A baseline with its figure."""
    measured = _baselines(handed)
    if measured:
        return found(1.0, measured)
    named = matching(handed.done, _BASELINE, words=5)
    return found(0.3, named or handed.doing(_DUMMY))


def compared(handed: Handed) -> Found:
    """Baseline and final result side by side."""
    return replace(_compared(handed), remark=_points_told_as_percent(handed))


_GAIN: Final = pattern(r"\b(?: gain\w* | improve\w* | better | increase\w* | higher | up | more | lift )\b")
_PERCENT: Final = re.compile(r"(?<![\w.])(\d{1,2}(?:\.\d+)?)\s?(?:%|percent\b)(?! points)")


def _points_told_as_percent(handed: Handed) -> str:
    """What to say of a gain between two percentages that is called percent although it is points; empty if none is."""
    for spot in matching(handed.done, _GAIN):
        shares = [float(one) for one in _PERCENT.findall(spot.text)]
        for low, high, gain in permutations(shares, 3) if len(shares) == 3 else ():
            if 0 < gain < low < high and abs(high - low - gain) < _ROUNDED:
                return (
                    f"{gain:g} percentage points are called {gain:g} %; from {low:g} % it is {100 * gain / low:.1f} %."
                )
    return ""


_ROUNDED: Final = 0.051


def _compared(handed: Handed) -> Found:
    for spot in _baselines(handed):
        if len(SHARE.findall(spot.text)) >= 2 and _AGAINST.search(spot.text):
            return found(1.0, [spot])
        file = handed.files[spot.part - 1]
        beside = [
            one
            for one in file.spots[max(0, spot.place - _BESIDE) : spot.place + _BESIDE]
            if one.place != spot.place
            and not _BASELINE.search(one.text)
            and one.passage.kind == spot.passage.kind
            and SHARE.search(one.text)
        ]
        if beside:
            return found(1.0, [spot, *beside])
    return Found()


_WEAKEST: Final = pattern(
    r"\b(?: weakest | worst | lowest | poorest | hardest | least[ ]reliable | most[ ](?:of[ ]the[ ])?errors "
    r"| biggest[ ]source "
    r"| (?:fails|struggles)[ ]most )\b"
)
_WRONG: Final = pattern(
    r"""\b(?: errors? | mistakes? | misclass\w* | wrong\w* | confus\w+ | fails? | failures? | weakest | worst | recall
    | missed | misses )\b"""
)
_CAUSE: Final = pattern(r"\b(?: only[ ]\d+ | few[ ](?:examples|rows|samples) | mention[ ]both | both[ ]\w+[ ]and )\b")


def weakest(handed: Handed) -> Found:
    """The weakest class or group; in full with its figure."""
    told = matching(handed.done, _WEAKEST, words=5)
    counted = with_figure(told)
    return found(1.0, counted) if counted else found(0.4, told)


def cause(handed: Handed) -> Found:
    """Why it fails there; in full with a figure behind it."""
    told = matching(handed.done, _WRONG, words=7)
    reasoned = [spot for spot in told if REASON.search(spot.text) or _CAUSE.search(spot.text)]
    counted = with_figure(reasoned)
    return found(1.0, counted) if counted else found(0.6, reasoned)


_CASES: Final = pattern(
    r"\b(?:predict(?:ed|ion)|got|guess)\b.*\b(?:actual|correct|gold|true|truth|expected|label|right|should)\b"
    r"|\b(?:actual|correct|gold|true|truth|expected|label|right|text)\b.*\b(?:predict(?:ed|ion)|got|guess)\b"
)
_QUOTED: Final = re.compile(r"[\"\u201c](?:[^\"\u201d\s]+\s+){2,}[^\"\u201d]+[\"\u201d]")
_JUDGED: Final = pattern(
    r"\b(?: predict\w+ | should | instead | labell?ed | was | went | got | correct\w* | wrong\w* | right )\b|->|\u2192"
)


def cases(handed: Handed) -> Found:
    """Real cases with what was predicted and what was right."""
    spots: list[Spot] = []
    for file in _shown(handed):
        heads = [spot for spot in file.spots if spot.passage.kind != "heading" and _CASES.search(spot.text)]
        for head in heads[:1]:
            if _is_head(head):
                spots += _rows_after(head, file)
            elif file.kind == "data":
                spots += file.spots[head.place + 1 : head.place + 4]
    spots += [spot for spot in handed.written if _QUOTED.search(spot.text) and _JUDGED.search(spot.text)]
    return by_count(list(dict.fromkeys(spots)), 0.5, 1.0)


def _is_head(spot: Spot) -> bool:
    return spot.passage.kind in {"row", "line"} and spot.text.count("|") >= 2


def _rows_after(head: Spot, file: File) -> Sequence[Spot]:
    after = file.spots[head.place + 1 : head.place + 8]
    return [spot for spot in after if spot.passage.kind == "row" and any(map(str.isalpha, spot.text))]


_WRITES: Final = re.compile(
    r"\b(?:json\.dump|to_csv|to_json|to_parquet|savefig|write_text|writerow|np\.save|joblib\.dump|log_metrics?|wandb\.log)\s*\("
    r"|INSERT INTO|>\s*[\w/]+\.(?:json|csv|txt|log)\b"
)


def results_kept(handed: Handed) -> Found:
    """Results in files, and code that writes them."""
    kept = [
        next(iter(measured))
        for file in handed.of("results")
        if (measured := [spot for spot in file.spots if FIGURE.search(spot.text)])
    ]
    writes = handed.doing(_WRITES)
    return found(0.6 * bool(kept) + 0.4 * bool(writes), [*kept[:2], *writes])


def figures_traceable(handed: Handed) -> Found:
    """That figures of the write-up are found again in what runs left behind, to the second decimal."""
    claimed = [(spot, value) for spot in handed.done for value in _shares(spot.text) if not _is_output(spot, handed)]
    if not claimed:
        return Found()
    written = {value for file in handed.of("results", "data") for value in _shares(file.text, decimals=1)}
    outputs = (spot for file in handed.of("notebook") for spot in file.spots if _is_output(spot, handed))
    written |= {value for spot in outputs for value in _shares(spot.text, decimals=1)}
    traced = [spot for spot, value in claimed if any(abs(value - one) < _SAME for one in written)]
    share = len(traced) / len(claimed)
    if not traced:
        return Found(remark="No figure of the write-up is found in a file of results." if written else "")
    return found(min(1.0, share / 0.6), dict.fromkeys(traced))


_SAME: Final = 0.0051
"""How far apart two shares may be that were rounded to two decimals."""


def _is_output(spot: Spot, handed: Handed) -> bool:
    """Whether something was printed by a notebook, or is its code, and not written about it."""
    return handed.files[spot.part - 1].kind == "notebook" and spot.passage.kind in {"line", "row"}


def _shares(text: str, decimals: int = 2) -> set[float]:
    """Figures between 0 and 1 with so many decimals at least, and percentages, as shares."""
    plain = {float(one) for one in re.findall(rf"(?<![\w.])0?\.\d{{{decimals},}}(?!\w)", text)}
    return plain | {float(one) / 100 for one in re.findall(r"(?<![\w.])(\d{1,2}(?:\.\d+)?)\s?%", text)}
