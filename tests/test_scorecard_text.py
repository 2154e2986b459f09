"""The scorecard as plain text: all of it, in lines that fit."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from interviewer.grading.combine import band_between
from interviewer.scorecard import Stamp
from interviewer.scorecard_text import as_text
from interviewer.scorecard_text.columns import cells, wrapped
from interviewer.scorecard_text.page import LEAST_WIDTH
from interviewer.scorecard_text.words import stamp_sentence
from tests import sample
from tests.tui.scripted import finished
from tests.tui.tiny import Rule

RULES: tuple[Rule, ...] = ("gut", "panel", "bar-raiser")


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("width", [24, 40, 80, 200])
async def test_every_line_fits_and_nothing_but_text(tmp_path: Path, rule: Rule, width: int) -> None:
    state = await finished(tmp_path, rule)
    assert state.scorecard is not None
    text = as_text(state.scorecard, width)
    assert max(cells(line) for line in text.split("\n")) <= width
    assert not [one for one in text if unicodedata.category(one) == "Cc" and one != "\n"]
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


async def test_the_whole_content_is_there(tmp_path: Path) -> None:
    state = await finished(tmp_path, "panel")
    card = state.scorecard
    assert card is not None
    text = " ".join(as_text(card, 80).split())
    wanted = [card.spoken, card.why, "Verdict: YES (+)", "Not calibrated"]
    wanted += [result.anchor for result in card.criteria] + [result.title for result in card.criteria]
    wanted += [evidence.quote for result in card.criteria for evidence in result.evidence]
    wanted += [member.note for member in card.members] + [member.name for member in card.members]
    wanted += [answer.asked for answer in card.answers] + [answer.better or "" for answer in card.answers]
    wanted += [point for answer in card.answers for point in (*answer.covered, *answer.missed)]
    wanted += [probe.asked for probe in card.probes] + [flaw.flaw for flaw in card.flaws]
    wanted += [flaw.why for flaw in card.flaws] + list(card.practice)
    wanted += ["blind NO (-), 36%; after YES (+), 70%", "1 level apart (Solid to Strong), after the re-vote agreed"]
    assert [one for one in wanted if " ".join(one.split()) not in text] == []


async def test_the_same_scorecard_gives_the_same_text(tmp_path: Path) -> None:
    state = await finished(tmp_path)
    assert state.scorecard is not None
    assert as_text(state.scorecard) == as_text(state.scorecard)


async def test_what_was_not_assessed_is_no_number(tmp_path: Path) -> None:
    state = await finished(tmp_path, answers=())
    assert state.scorecard is not None
    text = as_text(state.scorecard)
    assert "NO DECISION (?)" in text
    assert "Total      not assessed" in text
    assert text.count("not assessed (weighs") == 3
    assert "Nothing was graded" in text or "Not calibrated" in text


async def test_hostile_text_stays_text(tmp_path: Path) -> None:
    state = await finished(tmp_path)
    card = state.scorecard
    assert card is not None
    odd = (
        "\x1b]0;owned\x07[bold]\u202e"
        + "w" * 400
        + " \u6587\u5b57\u6587\u5b57 \U0001f468\u200d\U0001f469\u200d\U0001f467"
    )
    text = as_text(card.model_copy(update={"spoken": odd, "persona_title": odd}), 60)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[bold]" in text
    assert max(cells(line) for line in text.split("\n")) <= 60


def test_stamps_say_plainly_what_a_grade_is_worth() -> None:
    offline = Stamp(engine="offline", engine_version="1", calibration="not calibrated")
    assert "rule-based hints, not a model's judgement" in stamp_sentence(offline)
    assert "Not calibrated" in stamp_sentence(offline)
    measured = offline.model_copy(update={"calibration": "rule-based; QWK .44 to .58"})
    assert stamp_sentence(measured).endswith("judgement. Measured agreement: QWK .44 to .58.")
    model = Stamp(
        engine="anthropic", engine_version="2", model="m-1", prompt_version="p3", calibration="kappa .61 (n=80)"
    )
    assert stamp_sentence(model) == "Made by anthropic 2, m-1, prompt version p3. Measured agreement: kappa .61 (n=80)."


def test_the_stamp_of_several_graders_names_them_all() -> None:
    stamp = Stamp(
        engine="anthropic+offline",
        engine_version="1+2",
        model="m-1",
        prompt_version="p3",
        calibration="not calibrated",
        samples=4,
    )
    told = stamp_sentence(stamp)
    assert told.startswith("Made by anthropic 1 and offline 2, m-1, prompt version p3; 4 gradings of each answer, ")
    assert "Not calibrated" in told


@pytest.mark.parametrize(
    ("band", "disputed", "told"),
    [
        ((1 / 3, 2 / 3), True, "; graders apart: Weak to Solid"),
        ((1 / 3, 2 / 3), False, "; graders: Weak to Solid"),
        ((2 / 3, 2 / 3), False, "; graders agree"),
        ((2 / 3, 0.7), False, "; graders nearly agree"),
        ((2 / 3, 2 / 3), True, "; graders apart on part of it"),
        (None, False, ""),
    ],
)
async def test_how_far_several_graders_agree_stands_behind_the_level(
    tmp_path: Path, band: tuple[float, float] | None, disputed: bool, told: str
) -> None:
    card = (await finished(tmp_path)).scorecard
    assert card is not None
    between = band and band_between(sample.rubric(), *band)
    result = card.criteria[0].model_copy(update={"band": between, "disputed": disputed})
    text = as_text(card.model_copy(update={"criteria": (result,)}), 200)
    assert f"{result.title}: {result.level_title} ({result.share:.0%}, weighs {result.weight:.0%}){told}\n" in text


def test_wrapping_counts_columns() -> None:
    assert cells("\u6587a\u0301") == 3
    assert list(wrapped("\u6587\u5b57\u6587\u5b57\u6587", 4)) == ["\u6587\u5b57", "\u6587\u5b57", "\u6587"]
    assert list(wrapped("one two\n\nthree", 9, "- ", "  ")) == ["- one two", "", "  three"]
    assert list(wrapped("", 10)) == [""]
    assert LEAST_WIDTH == 24
