"""A batch that is put together: what it notices, what it may cost, and what it says before it begins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from interviewer.batch.ledger import Ledger, LedgerError
from interviewer.batch.marking import Papers, marked
from interviewer.batch_session import Batch, Task
from interviewer.cost import Cost
from interviewer.library import Library
from interviewer.library.lookup import Place, built_in_folder
from interviewer.providers.chat import ProviderError
from interviewer.settings import Settings
from tests.batch.papers import STAMP, graded
from tests.loopback import KEY

QUESTION = "mc-overfit-curve"
BANK = "personas/questions/ml-concepts.yaml"


def source(folder: Path) -> str:
    path = folder / "answers.csv"
    lines = [f"a{number},{QUESTION},It learns the noise of {number} rows.\n" for number in range(4)]
    path.write_text("id,question_id,answer\n" + "".join(lines), encoding="utf-8")
    return str(path)


@contextmanager
def batch(folder: Path, task: Task | None = None, library: Library | None = None, **settings: Any) -> Iterator[Batch]:
    task = task or Task(source(folder), folder / "out", rubric="ml-concepts")
    given = Settings(transcripts=folder, **{"engine": "offline", **settings})
    opened = Batch(task, given, library, {"ANTHROPIC_API_KEY": KEY})
    try:
        yield opened
    finally:
        opened.close()


@pytest.mark.parametrize("by", [{"questions": ("ml-concepts",)}, {"question": QUESTION}])
def test_a_question_that_was_edited_is_a_reason_to_grade_again(tmp_path: Path, by: dict[str, Any]) -> None:
    text = (built_in_folder() / BANK).read_text(encoding="utf-8")
    own = tmp_path / BANK
    own.parent.mkdir(parents=True)
    own.write_text(text, encoding="utf-8")
    library = Library((Place("your folder", tmp_path), Place("built in", built_in_folder())))
    task = Task(source(tmp_path), tmp_path / "out", **by)
    with batch(tmp_path, task, library) as first:
        first.take_in()
        papers = Papers(first.ledger)
        claims = first.ledger.claim(9)
        first.ledger.record([marked(one, graded(papers.request(one)), STAMP) for one in claims])
    with batch(tmp_path, task, library) as same:
        same.take_in()
        assert same.plan().to_do == 0
    own.write_text(text.replace("fits noise", "fits the noise", 1), encoding="utf-8")
    with batch(tmp_path, task, library) as edited:
        edited.take_in()
        plan = edited.plan()
    assert plan.to_do == 4
    assert plan.why_again == ("4 rows have another question than before, under the same id: graded anew.",)


def test_a_limit_is_of_the_folder_however_many_processes_spend(tmp_path: Path) -> None:
    with (
        batch(tmp_path, engine="anthropic", max_cost=1.0) as one,
        batch(tmp_path, engine="anthropic", max_cost=1.0) as other,
    ):
        one.take_in()
        other.take_in()
        assert one.engine.meter is not None
        claim = other.ledger.claim(1)[0]
        grade = graded(Papers(other.ledger).request(claim)).model_copy(
            update={"cost": Cost(calls=1, dollars=Decimal("0.75"))}
        )
        other.ledger.record([marked(claim, grade, STAMP)])
        assert one.money_left == Decimal("0.25")
        with pytest.raises(ProviderError, match=r"\$0\.75 is spent"):
            one.engine.meter.reserve("grade", Decimal("0.5"))


def test_the_time_of_a_few_answers_is_measured_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from interviewer.engines.offline import grader

    asked = 0
    grade = grader.grade

    def counted(*given: Any) -> Any:
        nonlocal asked
        asked += 1
        return grade(*given)

    monkeypatch.setattr(grader, "grade", counted)
    with batch(tmp_path) as few:
        few.take_in()
        plan = few.plan()
    assert plan.measured and plan.seconds is not None and asked == 4


def test_whatever_keeps_it_from_being_opened_leaves_nobody_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_: Ledger) -> Cost:
        raise LedgerError("It is damaged.")

    monkeypatch.setattr(Ledger, "spent", damaged)
    with pytest.raises(LedgerError, match="damaged") as _held, batch(tmp_path, engine="anthropic"):
        pass
    ledger = Ledger(tmp_path / "out")
    assert ledger.presence.others() == ()
    ledger.close()
