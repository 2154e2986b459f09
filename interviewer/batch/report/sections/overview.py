"""What there was and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.batch.report.blocks import Block, Facts, Paragraph, Section, Table
from interviewer.batch.report.values import Figures, StatusFigures
from interviewer.batch.report.words import counted, decimal, failure_meaning, share, short, status_meaning


def overview(figures: Figures) -> Section:
    """The batch in short."""
    return Section("overview", "In short", tuple(_overview(figures)))


def _overview(figures: Figures) -> Iterator[Block]:
    counts = figures.counts
    rated, graded = (sum(one.rated for one in figures.rubrics), sum(one.graded for one in figures.rubrics))
    pairs = [("Rows", f"{counts.rows:,}"), ("With a grade", f"{rated:,}")]
    if graded > rated:
        pairs.append(("Read, nothing there to rate", f"{graded - rated:,}"))
    if counts.copies:
        pairs.append(("Say the same as another row", f"{counts.copies:,}"))
    failed = sum(counts.failures.values())
    if failed:
        pairs.append(("Failed", f"{failed:,}"))
    for one in figures.rubrics:
        name = "Mean grade" if len(figures.rubrics) == 1 else f"Mean by {one.rubric.title}"
        if one.mean is not None:
            pairs.append((name, f"{share(one.mean)} of the scale"))
    whole = [one for one in figures.comparisons if one.criterion is None]
    if len(whole) == 1:
        pairs.append(("Kappa with people", decimal(whole[0].levels.kappa.value)))
    yield Facts(tuple(pairs))
    if not graded:
        yield Paragraph("Nothing is rated yet, so there is nothing to show but what became of the rows.", "warning")
    for note in _notes(figures):
        yield Paragraph(note, "warning")


def _notes(figures: Figures) -> Iterator[str]:
    counts = figures.counts
    if counts.missing:
        yield (
            f"{counted(counts.missing, 'answer has', 'answers have')} no grade yet. The same command grades what is "
            "missing and writes this report anew."
        )
    if not figures.comparisons and figures.stamps:
        measured = any(any(sign.isdigit() for sign in stamp.calibration) for stamp, _ in figures.stamps)
        yield (
            "There are no grades by people among these rows, so this report cannot say how far its grades agree with "
            f"theirs. {'What is known of the grader stands' if measured else 'Nor was it measured'} "
            f"{'under Graders.' if measured else 'elsewhere: treat grades as a first reading.'}"
        )
    bad = sum(counts.bad.values())
    if bad:
        yield f"{counted(bad, 'row', 'rows')} could not be graded as given; see What became of each row."


def rows(figures: Figures) -> Section:
    """Every row under the state it ended in."""
    table = Table(
        "Rows by what became of them",
        ("State", "Rows", "Share", "What it means", "First of them"),
        tuple(_row(one, figures.counts.rows) for one in figures.statuses),
        frozenset({1, 2}),
    )
    blocks: list[Block] = [Paragraph("Every row of the source is in exactly one line."), table]
    if figures.counts.copies:
        told = counted(figures.counts.copies, "row repeats", "rows repeat")
        blocks.append(
            Paragraph(f"{told} another word for word. What it got was given once and counts for each.", "quiet")
        )
    return Section("rows", "What became of each row", tuple(blocks))


def _row(one: StatusFigures, whole: int) -> tuple[str, ...]:
    first = "" if one.status == "graded" else "; ".join(short(name, 80) for name in one.first)
    return (one.status, f"{one.count:,}", share(one.count / whole), status_meaning(one.status), first)


def failures(figures: Figures) -> Section | None:
    """What failed, why, and what to do; None if nothing did."""
    if not figures.failures:
        return None
    table = Table(
        "Rows that failed, by kind",
        ("Kind", "Rows", "What to do", "What was said", "First of them"),
        tuple(
            (
                one.status,
                f"{one.count:,}",
                failure_meaning(one.status),
                short(one.problem, 300),
                "; ".join(short(name, 80) for name in one.first),
            )
            for one in figures.failures
        ),
        frozenset({1}),
    )
    told = "Nothing was made up for these rows, and what they cost is in the sum below."
    return Section("failures", "Failures", (Paragraph(told), table))
