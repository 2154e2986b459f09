"""Which kinds of content a sentence shows."""

from __future__ import annotations

import pytest

from interviewer.engines.offline.agency import own_part, past_deed, shared_part
from interviewer.engines.offline.figures import figures
from interviewer.engines.offline.signals import shown, signals
from interviewer.engines.offline.stems import hear, words_of
from interviewer.rubric import Signal


@pytest.mark.parametrize(
    ("signal", "text"),
    [
        ("number", "We cut it to 250 ms."),
        ("number", "Costs fell by 12 %."),
        ("number", "It took five weeks."),
        ("number", "Revenue doubled."),
        ("number", "A third of the rows were empty."),
        ("number", "It served 2000 users."),
        ("own-part", "I built the loader."),
        ("own-part", "I then quickly rewrote it."),
        ("own-part", "I've designed the schema."),
        ("own-part", "My part was the parser."),
        ("own-part", "I was responsible for the rollout."),
        ("alternative", "We used a queue instead of cron."),
        ("alternative", "I considered Postgres as well."),
        ("alternative", "We ruled out fine-tuning."),
        ("baseline", "The baseline was logistic regression."),
        ("baseline", "Compared to the old system it halved."),
        ("failure", "The deploy failed twice."),
        ("failure", "It went wrong on Friday."),
        ("failure", "That was a mistake."),
        ("scale", "It handled 3,000 requests per second."),
        ("scale", "Under load the queue grew."),
        ("mechanism", "The cache is keyed by hash, which means that edits miss it."),
        ("result", "As a result the queue shrank."),
        ("result", "We reduced the bill."),
        ("time-frame", "It ran for three weeks."),
        ("time-frame", "That was in 2021."),
        ("time-frame", "We had it by Friday."),
        ("reason", "Because nobody read them."),
        ("trade-off", "We gave up recall for speed."),
        ("trade-off", "It came at the cost of coverage."),
        ("reflection", "In hindsight I should have asked."),
        ("reflection", "I learned to ask first."),
        ("honesty", "I don't know."),
        ("honesty", "I was wrong about the cache."),
        ("honesty", "I have not run that in production."),
        ("example", "For example, the invoice parser."),
        ("example", "At Northwind we had two of those."),
        ("people", "My manager asked for it."),
        ("plan", "First I would count the errors."),
        ("plan", "1. Count the errors"),
        ("clarifying-question", "How many users do you have?"),
        ("clarifying-question", "Can I ask what it costs?"),
    ],
)
def test_shown(signal: Signal, text: str) -> None:
    assert signal in shown(text)[0]


@pytest.mark.parametrize(
    ("signal", "text"),
    [
        ("number", "That was in 2021."),
        ("number", "We had no numbers."),
        ("number", "We used GPT-4 and Python 3 on S3."),
        ("number", "The p95 was bad."),
        ("number", "There are two things to say."),
        ("number", "Step 2 was harder."),
        ("number", "On the 1st of May at 12:30 it ran 24/7."),
        ("own-part", "We built the loader."),
        ("own-part", "I think it works."),
        ("own-part", "I would build it in a week."),
        ("own-part", "I did not build that."),
        ("own-part", "If I build it, it breaks."),
        ("own-part", "I was happy with it."),
        ("own-part", "I used to live there."),
        ("alternative", "There was no other option."),
        ("baseline", "We had no baseline."),
        ("baseline", "I don't think we had a baseline."),
        ("failure", "Nothing broke."),
        ("failure", "It never failed."),
        ("failure", "We used logistic regression and failover."),
        ("failure", "Let me break it down."),
        ("scale", "On a scale from one to five."),
        ("scale", "We load the data first."),
        ("result", "It would have reduced the bill."),
        ("result", "We want to cut costs."),
        ("time-frame", "Both ran at the same time."),
        ("trade-off", "We never give up."),
        ("reflection", "It is machine learned."),
        ("reflection", "We should have a dashboard."),
        ("honesty", "I have never failed."),
        ("honesty", "To be honest it was great."),
        ("example", "I like it."),
        ("example", "Something like that."),
        ("people", "The user interface was slow."),
        ("clarifying-question", "The question was open."),
    ],
)
def test_not_shown(signal: Signal, text: str) -> None:
    assert signal not in shown(text)[0]


def test_a_question_answered_in_the_next_words_is_rhetoric() -> None:
    assert "clarifying-question" not in shown("Why did it fail? Because we had no test.")[0]


def test_signals_of_a_passage_are_those_of_its_sentences() -> None:
    text = "I built it. It took 3 weeks."
    assert signals(hear(text)) == shown(text)[0] | shown(text)[1]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2,000 users and 1.5 million rows", [2000.0, 1.5]),
        ("$5k, 10 % and 200ms", [5.0, 10.0, 200.0]),
        ("1. we ran 5 tests", [5.0]),
        ("v2.3.1 of ResNet-50", []),
        ("12/05/2021", []),
    ],
)
def test_figures(text: str, values: list[float]) -> None:
    assert [figure.value for figure in figures(text)] == values


def test_who_acts() -> None:
    def words(text: str) -> list[str]:
        return [word for word, _ in words_of(text)]

    assert own_part(words("I start by asking"))
    assert not past_deed(words("I start by asking"))
    assert past_deed(words("I asked"))
    assert shared_part(words("We shipped it"))
    assert not shared_part(words("I built it and we shipped it"))
    assert not shared_part(words("We would ship it"))
