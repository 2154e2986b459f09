"""Puts a batch together: source, questions, rubric, engine, ledger, run.

Used by the command line and by the screens alike, so that both grade in the very same way.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interviewer.batch.asking import Asking, plain
from interviewer.batch.intake import appoint, fingerprint, take_in
from interviewer.batch.ledger import Ledger
from interviewer.batch.marking import GraderMarking, Marking, Papers
from interviewer.batch.plan import QUICK_REPLY, SLOW_REPLY, Plan, why_again
from interviewer.batch.run import Progress, Run
from interviewer.batch.sources import Source, SourceError, SourceOptions, open_source
from interviewer.batch.submissions import Submissions, open_submissions
from interviewer.engines.choose import Engine, ManyCalls, engine_of
from interviewer.engines.decision import Decision, decide
from interviewer.library import Library, NotFound
from interviewer.question import Question
from interviewer.rubric import Rubric
from interviewer.settings import Settings, config_folder

if TYPE_CHECKING:
    from interviewer.batch.jobs import Post
    from interviewer.engines.llm.estimate import Estimate
    from interviewer.providers.pace import Pace

AT_ONCE: Final = 32
"""Calls of a model that are under way at once, at most, unless the user says otherwise."""
LOOKED_AT, SUBMISSIONS_LOOKED_AT = 200, 20
"""Answers, and submissions, from which it is told what the others will take."""
TAKE_HOME: Final = "take-home"
"""The rubric of submissions, and what their task is called."""
UNKNOWN_BRIEF: Final = "A take-home task. Its brief is not known."
MOST_PATIENCE: Final = 900.0
"""Seconds for which one answer is tried again while the service is overloaded."""
MOST_SILENCE: Final = 300.0
"""The same while nobody answers at all; then the run ends, for no other answer would fare better."""


@dataclass(frozen=True, slots=True)
class Task:
    """What the user wants graded, and how."""

    source: str
    """A file, a folder, or `-`."""
    out: Path
    rubric: str | None = None
    question: str | None = None
    """The question of every answer: the id of one in a bank, or its words."""
    questions: tuple[str, ...] = ()
    """Banks whose questions rows name by their ids."""
    options: SourceOptions = field(default_factory=SourceOptions)
    at_once: int | None = None
    limit: int | None = None
    sample: int | None = None
    in_batches: bool = False
    """Through the provider's batch service."""
    submissions: bool = False
    """The source has a folder for each take-home submission. They are judged by `TAKE_HOME` if no rubric is named."""


class TaskError(Exception):
    """A task that cannot be done as it is given; the message says why and what to do."""


class Desk:
    """An output folder that is open, with the engine that grades for it. Close it when done.

    Args:
        out: the folder; made if it is not there.
        settings: which engine, and what it may cost.
        at_once: calls or processes at once, at most; the usual number if None.
        environment: where keys are.

    Raises:
        LedgerError, EngineError: it cannot be used; nothing was spent.
    """

    def __init__(
        self, out: Path, settings: Settings, at_once: int | None = None, environment: Mapping[str, str] = os.environ
    ) -> None:
        from interviewer.providers.pace import Pace

        self.settings = settings
        self.out: Final = out
        self.at_once: Final = at_once
        self.decision: Final[Decision] = decide(settings, environment)
        self.pace: Final[Pace] = Pace(at_once or AT_ONCE)
        self._environment = environment
        self.ledger: Final = Ledger(out)
        try:
            many = None if self.decision.offline else self._many_calls()
            self.engine: Final[Engine] = engine_of(self.decision, 0.0, environment, many)
        except BaseException:
            self.ledger.close()
            raise

    def close(self) -> None:
        """Lets go of the ledger."""
        self.ledger.close()

    def _many_calls(self) -> ManyCalls:
        from interviewer.providers.retry import Patience

        patience = Patience(budget=MOST_PATIENCE, attempts=100, unreachable=MOST_SILENCE)
        return ManyCalls(self.pace, patience, self._taken)

    def _taken(self) -> Decimal:
        """US dollars that this folder has cost, by whatever process, with what batches at a service may still cost."""
        promised = self.ledger.promised()  # first: what is collected meanwhile rather counts twice than not at all
        return promised + self.ledger.spent().dollars

    @property
    def money_left(self) -> Decimal | None:
        """US dollars that this folder may still cost, beside what is with a batch service; None without a limit."""
        cap = self.settings.max_cost
        return None if cap is None else max(Decimal(0), Decimal(str(cap)) - self._taken())

    def allow(self, cap: Decimal | None) -> None:
        """Lets this folder cost so many US dollars in all, or any number; for calls that begin from now on."""
        self.settings = replace(self.settings, max_cost=None if cap is None else float(cap))
        if self.engine.meter is not None:
            self.engine.meter.allow(cap)

    def marking(self) -> tuple[Marking, int]:
        """How answers are graded one by one, and by how many workers."""
        papers = Papers(self.ledger)
        if self.decision.offline:
            from interviewer.engines.offline.farm import Farm

            farm = Farm(papers, self.at_once)
            return farm, farm.workers
        return GraderMarking(self.engine.grader, papers), self.pace.most

    def post(self, tell: Callable[[str], None]) -> Post:
        """The way through the provider's batch service.

        Raises:
            TaskError: there is none for these settings.
        """
        from interviewer.batch.jobs import Post
        from interviewer.engines.llm.batched import BatchedGrading
        from interviewer.engines.llm.grader import LanguageModelGrader
        from interviewer.providers.prices import load_prices

        grader, model = self.engine.grader, self.engine.models[-1] if self.engine.models else None
        batches = getattr(model, "batches", None)
        if batches is None:
            raise TaskError("There is a batch service at Anthropic and at OpenAI: --engine anthropic or openai.")
        if not isinstance(grader, LanguageModelGrader) or self.settings.per_criterion:
            raise TaskError(
                "Through a batch service each answer is graded once, in one call: leave out --samples, --graders and "
                "--per-criterion, or --via batch."
            )
        prices = load_prices(config_folder(self._environment))
        return Post(self.ledger, BatchedGrading(grader, batches(), prices), tell)


class Batch(Desk):
    """A batch that is open, with its source.

    Args:
        task: what to grade.
        settings: which engine, and what it may cost.
        library: where rubrics and questions come from.
        environment: where keys are.

    Raises:
        TaskError, SourceError, LedgerError, EngineError, NotFound, Broken: it cannot be begun; nothing was spent.
    """

    def __init__(
        self,
        task: Task,
        settings: Settings,
        library: Library | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self.task: Final = task
        self._library = library or Library.default()
        rubric = task.rubric or (TAKE_HOME if task.submissions else None)
        self.rubric: Final = self._library.rubric(rubric) if rubric else None
        self._refuse_own_results()
        self._asking = self._questions()
        self.source: Final[Source | Submissions] = (
            open_submissions(task.source) if task.submissions else open_source(task.source, task.options)
        )
        try:
            super().__init__(task.out, settings, task.at_once, environment)
        except BaseException:
            self.source.close()
            raise

    def close(self) -> None:
        """Lets go of the source and the ledger."""
        self.source.close()
        super().close()

    # ---- What is graded --------------------------------------------------------------------------------

    def take_in(self, tell: Callable[[int], None] = lambda _: None) -> None:
        """Reads the source into the ledger, if it is not there already, and says who judges."""
        task, asking = self.task, self._asking
        fixed = asking.fixed and asking.fixed.model_dump_json()
        bank = sorted(question.model_dump_json() for question in asking.bank.values())
        reading = repr((task.options, fixed, bank, task.rubric is None, task.submissions))
        key = fingerprint(self.source.path, reading)
        take_in(self.ledger, self.source.rows(), asking, key, tell)
        appoint(self.ledger, self._rubric_of, self.engine.grader.stamp)
        self.ledger.choose(task.sample)

    def _refuse_own_results(self) -> None:
        """A folder that is graded takes no grades in: the next run would take them for answers."""
        source = Path(self.task.source)
        if source.is_dir() and self.task.out.resolve().is_relative_to(source.resolve()):
            raise TaskError(
                f"{self.task.out} is in {source}, the folder that is graded: the report would be graded next time. "
                "Choose a folder outside of it with --out."
            )

    def _questions(self) -> Asking:
        task = self.task
        bank: dict[str, Question] = {}
        for name in task.questions:
            bank |= {question.id: question for question in self._library.bank(name).questions}
        fixed = self._fixed(bank)
        if self.rubric is None and not bank:
            raise TaskError(
                "By what are the answers judged? Name a rubric with --rubric R (see: interviewer rubrics), or a bank "
                "whose questions name theirs with --questions BANK."
            )
        return Asking(self.rubric, fixed, bank, self._named_rubric)

    def _fixed(self, bank: dict[str, Question]) -> Question | None:
        """The question of every answer, if there is one; with those of the banks, if it is in a library."""
        given = self.task.question
        if given is None:
            return plain(UNKNOWN_BRIEF, TAKE_HOME) if self.task.submissions and not self.task.questions else None
        try:
            question = self._library.question(given)
        except NotFound:
            if " " not in given.strip():
                raise
            return plain(given, None)
        bank[question.id] = question
        return question

    def _rubric_of(self, question: Question) -> Rubric:
        return self.rubric or self._named_rubric(question.rubric)

    @cached_property
    def _named_rubric(self) -> Callable[[str], Rubric]:
        return lru_cache(self._library.rubric)

    # ---- What it will take, and doing it ---------------------------------------------------------------

    def plan(self) -> Plan:
        """What a run is going to do. Makes no call."""
        counts = self.ledger.counts()
        to_do = counts.missing if self.task.limit is None else min(counts.missing, self.task.limit)
        rubrics = {number: Rubric.model_validate_json(body) for number, body in self.ledger.rubrics()}
        again = why_again(self.ledger.regraded(), self.ledger.edited(), self.ledger.judges(), rubrics)
        if self.decision.offline:
            return Plan(counts, to_do, again, seconds=self._time_by_rules(to_do), measured=True)
        money_cap = None if self.settings.max_cost is None else Decimal(str(self.settings.max_cost))
        found = self._estimate(to_do)
        rounds = max(1.0, found.calls / self.pace.most)
        seconds = None if self.task.in_batches else (rounds * QUICK_REPLY, rounds * SLOW_REPLY)
        return Plan(
            counts,
            to_do,
            again,
            calls=found.calls,
            sent=found.sent,
            received=found.received,
            expected=found.expected,
            most=found.most,
            seconds=seconds,
            cap=money_cap,
            spent=self.ledger.spent().dollars,
        )

    def _estimate(self, to_do: int) -> Estimate:
        from interviewer.engines.choose import judging
        from interviewer.engines.llm.estimate import Estimate, estimate
        from interviewer.engines.llm.grader import GradingPrompts
        from interviewer.providers.prices import load_prices

        papers = Papers(self.ledger)
        prices = load_prices(config_folder(self._environment))
        judges = judging(self.decision, prices)
        prompts = GradingPrompts.load()
        some = self.ledger.some(self._looked_at)
        one = (
            estimate(papers.request(claim), judges, prices, prompts, self.settings.per_criterion, self.task.in_batches)
            for claim in some
        )
        return sum(one, Estimate()).scaled(to_do / len(some)) if some else Estimate()

    @property
    def _looked_at(self) -> int:
        return SUBMISSIONS_LOOKED_AT if self.task.submissions else LOOKED_AT

    def _time_by_rules(self, to_do: int) -> tuple[float, float] | None:
        """From a few answers, graded here and thrown away."""
        import time

        from interviewer.engines.offline.farm import processors
        from interviewer.engines.offline.grader import grade

        papers, some = Papers(self.ledger), self.ledger.some(self._looked_at)
        if not some:
            return None
        warm = len(some) // 10
        for claim in some[:warm]:  # questions and rubrics are prepared once
            grade(papers.request(claim), self.engine.grader.stamp)
        began = time.perf_counter()
        for claim in some[warm:]:
            grade(papers.request(claim), self.engine.grader.stamp)
        each = (time.perf_counter() - began) / len(some[warm:])
        least = to_do * each / (self.at_once or processors())
        return least, least * 1.5

    def run(self, marking: Marking, workers: int, tell: Callable[[Progress], None]) -> Run:
        """A run over what is to be graded."""
        return Run(self.ledger, marking, workers, tell, self.task.limit)


__all__ = ["AT_ONCE", "Batch", "Desk", "SourceError", "Task", "TaskError"]
