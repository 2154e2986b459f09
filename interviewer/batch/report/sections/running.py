"""What it cost, and who graded."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.batch.report.blocks import Block, Facts, Paragraph, Section, Table
from interviewer.batch.report.values import Figures
from interviewer.batch.report.words import counted, share
from interviewer.cost import Cost, money
from interviewer.scorecard import Stamp
from interviewer.scorecard_text.words import stamp_sentence


def cost(figures: Figures) -> Section:
    """Calls, tokens and money."""
    return Section("cost", "Cost", tuple(_cost(figures)))


def _cost(figures: Figures) -> Iterator[Block]:
    cost = figures.cost
    if not figures.spent.calls:
        yield Paragraph("No call of a language model was made, so nothing was paid.")
        return
    yield Facts(tuple(_facts(cost, figures.counts.graded)))
    if cost.unpriced:
        yield Paragraph(
            f"The price of {counted(cost.unpriced, 'call')} is not known, and they are not in the sum. Add the model "
            "to models.yaml to have it told.",
            "warning",
        )
    if figures.spent.calls > cost.calls:
        yield Paragraph(
            f"In all, with grades that are out of date by now, this folder has cost {money(figures.spent.dollars)} "
            f"for {counted(figures.spent.calls, 'call')}.",
            "quiet",
        )


def _facts(cost: Cost, graded: int) -> Iterator[tuple[str, str]]:
    yield "Calls", f"{cost.calls:,}"
    yield "Tokens sent", f"{cost.sent:,}"
    yield "Of these from a cache", share(cost.cached_share)
    yield "Tokens received", f"{cost.received:,}"
    yield "Price", money(cost.dollars)
    if graded and cost.dollars:
        yield "For each answer", money(cost.dollars / graded)


def graders(figures: Figures) -> Section:
    """Who graded, in which version, and how far that was found to agree with people."""
    blocks: list[Block] = [
        Paragraph("Grades of different graders or versions are not comparable without a measurement.")
    ]
    blocks += [Paragraph(stamp_sentence(stamp)) for stamp in dict.fromkeys(stamp for stamp, _ in figures.stamps)]
    head = ("Engine", "Version", "Model", "Prompts", "Gradings of each answer", "Rows")
    rows = tuple(_stamp(stamp, count) for stamp, count in figures.stamps)
    if not rows:
        return Section("graders", "Graders", (Paragraph("Nobody has graded anything yet."),))
    return Section("graders", "Graders", (*blocks, Table("Who graded", head, rows, frozenset({4, 5}))))


def _stamp(stamp: Stamp, count: int) -> tuple[str, ...]:
    model, prompts = stamp.model or "none", stamp.prompt_version or "none"
    return stamp.engine, stamp.engine_version, model, prompts, f"{stamp.samples}", f"{count:,}"
