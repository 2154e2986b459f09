"""How something was said is counted by words, and words used for their meaning are no fillers."""

from __future__ import annotations

import pytest

from interviewer.progress.speech import speech_of, together


@pytest.mark.parametrize(
    ("text", "fillers"),
    [
        (
            "Um, we shipped it, you know, and, like, it kind of worked.",
            {"um": 1, "you know": 1, "like": 1, "kind of": 1},
        ),
        (
            "Uh er ermm, I mean it was basically done, or whatever.",
            {"uh": 2, "um": 1, "I mean": 1, "basically": 1, "or whatever": 1},
        ),
        ("I would like a drum like this one; it looks like rain.", {}),
        ("What kind of model? A sort of tree, the kind of thing you know how to build.", {}),
        ("Do you know the umbrella term? As you know, errors and humming differ.", {}),
        ("It was sort\u00a0of\nfine and stuff.", {"sort of": 1, "and stuff": 1}),
        ("I asked whether it was a bug or something else.", {}),
        ("It was a bug, or something.", {"or something": 1}),
    ],
)
def test_fillers_are_whole_words_that_mean_nothing(text: str, fillers: dict[str, int]) -> None:
    assert speech_of(text).fillers == fillers


@pytest.mark.parametrize(
    ("text", "i", "we"),
    [
        ("I built it and we shipped it. We\u2019re proud, I'm tired.", 2, 2),
        ("i think i'd do it again", 2, 0),
        ("A Type I error, i.e. a false alarm, in the I/O path in phase I of the project.", 0, 0),
        ("The web owes us weeks.", 0, 0),
    ],
)
def test_i_and_we_are_the_pronouns(text: str, i: int, we: int) -> None:
    said = speech_of(text)
    assert (said.i, said.we) == (i, we)


def test_counts_add_up_over_answers_and_say_nothing_of_silence() -> None:
    both = together([speech_of("Um, I did. It held!"), speech_of("Um, we did, basically.")])
    assert (both.words, both.sentences, both.i, both.we) == (9, 3, 1, 1)
    assert both.fillers == {"um": 2, "basically": 1}
    assert both.fillers_per_hundred == pytest.approx(100 * 3 / 9)
    assert both.share_of_i == 0.5
    assert together([]).fillers_per_hundred is None and together([]).share_of_i is None
