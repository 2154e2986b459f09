"""Where a batch stands, in the words of its screen. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.content import Content

from interviewer.batch.ledger import Counts
from interviewer.batch.ledger.browsing import View
from interviewer.batch.plan import Plan, duration
from interviewer.batch.run import Ended, Progress
from interviewer.cost import money
from interviewer.settings import MOST_DOLLARS
from interviewer.text import one_line, sanitise
from interviewer.tui.wording import QUIET

if TYPE_CHECKING:
    from interviewer.batch_session import Batch

GAP: Final = "   "
RECOGNISED: Final = "WHAT WAS RECOGNISED"


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls of a model."""

    under_way: int
    allowed: int
    """That may be under way now."""
    held_for: float
    """Seconds until anything new may begin."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a batch stands."""

    unique: int
    """Different answers to be graded."""
    graded: int
    """Of those, before the present run."""
    failed: int
    """Of those, when no run is on."""
    to_do: int
    """Of the present run, or of the next."""
    spent: Decimal
    """US dollars, before the present run."""
    cap: Decimal | None
    progress: Progress | None = None
    """Of the present run."""
    calls: Calls | None = None
    """None where rules grade."""

    @property
    def total(self) -> Decimal:
        """US dollars, all in all."""
        return self.spent + (self.progress.dollars if self.progress else Decimal(0))

    @property
    def done(self) -> int:
        """Answers that have a grade."""
        return self.graded + (self.progress.graded if self.progress else 0)


def far(standing: Standing, width: int) -> Content:
    """How far it is, with a bar, and how long it still takes."""
    done, unique = standing.done, standing.unique
    share = done / unique if unique else 1.0
    cells = max(8, min(40, width // 4))
    full = round(cells * share) if done < unique else cells
    parts: list[str | tuple[str, str]] = [("█" * full, "$primary"), ("░" * (cells - full), QUIET)]
    percent = f"{int(share * 100)}%"
    parts += [(f"  {done:,}", "bold"), f" of {unique:,} graded", (f"{GAP}{percent}", QUIET)]
    left = left_of(standing)
    if left is not None:
        parts += [GAP, f"{duration(left)} left"]
    return Content.assemble(*parts).truncate(width, ellipsis=True)


def left_of(standing: Standing) -> float | None:
    """Seconds until the present run is done; None if nobody can tell."""
    progress = standing.progress
    if progress is None or progress.paused or not progress.rate:
        return None
    left = standing.to_do - progress.graded - progress.failed
    return left / progress.rate if left > 0 else None


def speed(progress: Progress | None) -> Content:
    """How fast it goes."""
    if progress is None:
        return Content.assemble(("Nothing is being graded", QUIET))
    if progress.paused:
        return Content.assemble(("Paused", "bold $text-warning"))
    if not progress.rate:
        return Content.assemble(("Beginning …", QUIET))
    rate = f"{progress.rate:,.0f}" if progress.rate >= 10 else f"{progress.rate:.1f}"
    return Content.assemble((rate, "bold"), " a second")


def under_way(standing: Standing) -> Content:
    """What is under way, and what keeps more from it."""
    progress, calls = standing.progress, standing.calls
    if progress is None:
        return Content("")
    if calls is None:
        number = progress.under_way
        return Content.assemble((f"{number:,} under way" if number else "", QUIET))
    text = f"{calls.under_way:,} calls under way, {calls.allowed:,} allowed"
    if calls.held_for >= 1:
        return Content.assemble(text, (f", the service asks for {duration(calls.held_for)}", "$text-warning"))
    return Content.assemble((text, QUIET))


def trouble(standing: Standing, width: int) -> Content:
    """What it cost, what failed and why, and what is in the way."""
    parts = [part for part in (_cost(standing), *_failures(standing)) if part]
    return Content(GAP).join(parts).truncate(width, ellipsis=True) if parts else Content("")


def _cost(standing: Standing) -> Content | None:
    progress = standing.progress
    spent = standing.total
    if standing.calls is None and not spent and standing.cap is None:
        return Content.assemble(("costs nothing", QUIET))
    capped = (f" of at most {money(standing.cap)}", QUIET) if standing.cap is not None else (" spent", QUIET)
    unknown = (
        (f" and {progress.unpriced:,} calls of unknown price", "$text-warning")
        if progress and progress.unpriced
        else ""
    )
    return Content.assemble((money(spent), "bold"), capped, unknown)


def _failures(standing: Standing) -> Iterator[Content]:
    progress = standing.progress
    if progress is not None and progress.unrecorded:
        yield Content.assemble((one_line(progress.unrecorded), "bold $text-error"))
    if progress is not None and progress.failed:
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in sorted(progress.failures.items()))
        yield Content.assemble((f"{progress.failed:,} failed", "bold $text-error"), (f" ({kinds})", QUIET))
    elif progress is None and standing.failed:
        yield Content.assemble((f"{standing.failed:,} failed", "bold $text-error"), (" and can be tried again", QUIET))


PHASES: Final[Mapping[str, str]] = {
    "opening": "reading …",
    "broken": "cannot be graded",
    "ready": "not begun",
    "running": "grading",
    "stopping": "finishing what is under way …",
    "writing": "writing the files …",
    "resting": "",
}


def shown(rows: int, view: View) -> str:
    """How many rows are shown, and which."""
    which = view.failure or view.status
    only = f" {which.replace('-', ' ')}" if which else ""
    return f"{rows:,}{only} {'row' if rows == 1 else 'rows'}" if not view.everything else ""


def opening(recognised: str, doing: str) -> Content:
    """What was recognised so far, and what is being done."""
    return Content.assemble((f"{RECOGNISED}\n", f"bold {QUIET}"), sanitise(recognised), (f"\n\n{doing}", QUIET))


def broken(problem: str) -> Content:
    """Why a batch cannot be begun."""
    return Content.assemble(("This cannot be graded.\n\n", "bold"), one_line(problem), ("\n\nEsc goes back.", QUIET))


def planned(batch: Batch, plan: Plan) -> Iterator[tuple[str, Content]]:
    """The plan from top to bottom: class and text of each paragraph."""
    yield "heading", Content(RECOGNISED)
    yield "told", Content(sanitise(batch.source.told()))
    yield "heading", Content("WHAT IS TO BE DONE")
    yield "told", Content(sanitise(plan.told()))
    yield "heading", Content("WHO GRADES")
    yield "told", Content(batch.decision.notice)
    yield "heading", Content("WHERE IT GOES")
    yield "told", Content(f"{one_line(str(batch.out))}: every grade as it comes, and files to read at the end.")
    yield (
        "told",
        Content.assemble(
            ("Enter", "bold $text-primary"), " begins. Nothing is sent or spent before. ", ("Esc", "bold"), " leaves."
        ),
    )


def ended(over: Ended | None, problem: str, files: Sequence[str], out: Path, counts: Counts) -> tuple[str, str]:
    """What to say when a run is over, and in which tone."""
    failed = sum(counts.failures.values())
    parts = [problem] if problem else []
    if over is not None and over.stopped_by:
        parts.append(f"Ended early. {over.stopped_by}")
    if not parts:
        parts.append("Everything is graded." if not counts.missing else "Done.")
    if failed:
        parts.append(f"{failed:,} failed; t tries them again, f shows why.")
    if files:
        parts.append(f"In {out}: {', '.join(files)}.")
    kind = "-problem" if problem else "-early" if over is not None and over.stopped_by else "-early" if failed else ""
    return one_line(" ".join(parts)), kind


def cap_of(text: str) -> Decimal | None:
    """US dollars as typed; None for no limit, which is an empty line. Raises ValueError for anything else."""
    text = text.strip().removeprefix("$").strip()
    if not text:
        return None
    if len(text) > 12 or not text.isascii() or text.count(".") > 1 or not text.replace(".", "").isdigit():
        raise ValueError("not an amount")
    amount = Decimal(text)
    if amount > MOST_DOLLARS:
        raise ValueError("too much")
    return amount
