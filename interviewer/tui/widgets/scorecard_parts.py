"""The parts of a scorecard as they are drawn. Everything shown comes from the scorecard; nothing is computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.table import Table
from rich.text import Text
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from interviewer.cost import told
from interviewer.rubric import NOT_ASSESSED
from interviewer.scorecard import AnswerSummary, CriterionResult, Debrief, Evidence, Scorecard
from interviewer.scorecard_text import words
from interviewer.tui.widgets.quote import Quote

MUTED = "$foreground 70%"
UNANSWERED = ("\u2013 not answered", "bold")
CLOSED = ("\u2713 closed", "bold $text-success")
OPEN = ("\u25cb still open", "bold $text-warning")
NOTICED = ("\u2713 Noticed", "bold $text-success")
MISSED = ("\u2717 Not noticed", "bold $text-warning")
BAR = 20


def heading(text: str) -> Static:
    """The name of what follows."""
    return Static(Content(text.upper()), classes="heading", markup=False)


def prose(*parts: str | Content | tuple[str, str], classes: str = "") -> Static:
    """A paragraph. Text is shown as it is."""
    return Static(Content.assemble(*parts), classes=f"prose {classes}", markup=False)


def bar(share: float | None, width: int = BAR) -> Content:
    """A share as a bar with its number."""
    if share is None:
        return Content.assemble(("\u2591" * width, MUTED), "  not assessed")
    full = round(share * width)
    return Content.assemble(("\u2588" * full, "$primary"), ("\u2591" * (width - full), MUTED), f"  {share:.0%}")


def quote(card: Scorecard, evidence: Evidence) -> Quote:
    """A cited sentence with where it was said."""
    return Quote(evidence, words.answer_name(card, evidence))


def verdict(card: Scorecard, revealed: bool) -> Iterator[Widget]:
    """The verdict in the persona's voice, how it follows, and what it is worth."""
    if notice := words.offline_notice(card):
        yield Static(Content(notice), classes="notice", markup=False)
    yield Static(Content(f"\u201c{card.spoken}\u201d"), classes="spoken", markup=False)
    tone = {"yes": "$text-success", "strong-yes": "$text-success", "no-decision": "$text-warning"}
    yield prose("Verdict  ", (words.verdict_word(card.verdict), f"bold {tone.get(card.verdict, '$text-error')}"))
    if revealed:
        yield prose(card.why)
        yield prose("Total     ", bar(card.share), "\n", "Assessed  ", bar(card.assessed), " of the weight")
        if card.level:
            yield prose("Level     ", (card.level, "bold"))
    else:
        yield prose(
            "They decided on the spot and gave no reasons. There was a rubric behind it all the same. ",
            ("Press r to see it.", "bold $text-primary"),
        )
    others = [stamp for stamp in card.stamps if stamp.engine != "offline"]
    if others or not card.stamps:
        yield heading("What this is worth")
    for stamp in others:
        yield prose(words.stamp_sentence(stamp))
    if not card.stamps:
        yield prose("Nothing was graded.")
    rubrics = ", ".join(f"{name} {version}" for name, version in card.rubrics.items())
    length = words.minutes_and_seconds(card.seconds)
    yield prose((f"{card.persona} {card.persona_version}, rubric {rubrics}, {length} of interview.", MUTED))
    if card.cost:
        yield prose((f"{told(card.cost)}.", MUTED))


def debrief(card: Scorecard, written: Debrief) -> Iterator[Widget]:
    """What the persona tells the candidate, who wrote it, and the weakest answer made stronger."""
    yield Static(Content(f"\u201c{written.verdict}\u201d"), classes="spoken", markup=False)
    for name, points in (
        ("Strong", written.strengths),
        ("Missing", written.missing),
        ("Practise next", written.practise),
    ):
        if points:
            yield heading(name)
            for point in points:
                yield prose(f"\u2022 {point}", classes="tight")
    if written.stronger:
        yield heading(words.stronger_name(card, written))
        yield prose(written.stronger)
    yield heading("What this is worth")
    yield prose((words.debrief_sentence(written), MUTED))


def criterion_entry(result: CriterionResult) -> Content:
    """A criterion in the list."""
    if result.share is None:
        second = Content.assemble("  \u2013 not assessed")
    else:
        second = Content.assemble((f"  {result.level_title}", "bold"), f"  {result.share:.0%}")
    if result.gate_failed:
        second = Content.assemble(second, ("  ! gate", "bold"))
    if result.disputed and result.share is not None:
        second = Content.assemble(second, ("  ~ graders apart", "bold $text-warning"))
    return Content.assemble(result.title, "\n", second)


def criterion(card: Scorecard, result: CriterionResult, rubrics: Mapping[str, str]) -> Iterator[Widget]:
    """A criterion with its level, the anchor of that level, the reasoning and the quotes."""
    of = f"\nRubric: {words.rubric_name(result.rubric, rubrics)}" if len(card.rubrics) > 1 else ""
    yield prose((result.title, "bold"), "\n", words.standing(result), (of, MUTED))
    if result.gate_failed:
        yield prose(("! Gate not passed: this alone rules out a positive verdict.", "bold $text-error"))
    if result.share is not None and result.anchor:
        yield prose((f"What {result.level_title} looks like\n", MUTED), result.anchor)
    yield prose(("Why\n", MUTED), result.reasoning)
    if result.evidence:
        yield prose(("What you said (Enter or j goes there)", MUTED), classes="tight")
        for evidence in result.evidence:
            yield quote(card, evidence)
    if result.practice:
        yield prose(("To practise\n", MUTED), result.practice)


def answer_entry(number: int, answer: AnswerSummary) -> Content:
    """An answer in the list."""
    status = "graded" if answer.status == "graded" else words.status_text(answer.status)
    asked = answer.asked if len(answer.asked) <= 60 else f"{answer.asked[:59]}\u2026"
    return Content.assemble((f"{number}. {asked}\n", "bold"), f"   {status}")


def answer(summary: AnswerSummary) -> Iterator[Widget]:
    """An answer: what was covered, what was missed, and a stronger sentence."""
    yield prose((summary.asked, "bold"), "\n", (words.answer_line(summary), MUTED))
    if meaning := words.status_meaning(summary.status):
        status = words.status_text(summary.status)
        yield prose((f"! {status[:1].upper()}{status[1:]}. ", "bold $text-warning"), meaning)
    for name, mark, points in (("Covered", "\u2713", summary.covered), ("Missed", "\u2717", summary.missed)):
        if points:
            yield prose((f"{name}\n", MUTED), "\n".join(f"{mark} {point}" for point in points))
    if summary.better:
        yield prose(("A stronger sentence\n", MUTED), f"\u201c{summary.better}\u201d")


def assessment(card: Scorecard) -> Iterator[Widget]:
    """The bar raiser's level, veto and written feedback."""
    if card.level:
        reason = f"\n{card.level_reason}" if card.level_reason else ""
        yield heading("Level recommended")
        yield prose((card.level, "bold"), reason)
    yield heading("Veto")
    if card.veto:
        title = next((one.title for one in card.criteria if one.criterion == card.veto.criterion), card.veto.criterion)
        yield prose((f"! VETO on {title}. ", "bold $text-error"), card.veto.reason)
        yield quote(card, card.veto.evidence)
    else:
        yield prose("None was used.")
    if card.feedback:
        yield heading("Written before the debrief")
        for paragraph in card.feedback.split("\n"):
            yield prose(paragraph)


def panel(card: Scorecard, rubrics: Mapping[str, str]) -> Iterator[Widget]:
    """Votes, how far apart, and what changed in the re-vote."""
    yield prose("Everybody rated blind; the scorecards were locked before anyone saw the others'.")
    if again := words.revoted_sentence(card):
        yield prose((again, MUTED))
    yield _votes(card)
    for member in card.members:
        yield prose((member.name, "bold"), f", {member.role}. {member.note}", classes="tight")
    yield heading("By criterion, blind and after the re-vote")
    yield prose(("Apart: how many levels lie between the highest and the lowest rating.", MUTED))
    yield _levels(card, rubrics)
    if nobody := words.not_rated_sentence(card):
        yield prose(nobody)


def _table(*columns: str) -> Table:
    """A table that wraps within its cells, so that every column is there however narrow the screen is."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(Text(column))
    return table


def _votes(card: Scorecard) -> Widget:
    table = _table("Member", "Blind vote", "Total", "After", "Total")
    for member in card.members:
        table.add_row(
            Text(member.name),
            Text(words.verdict_word(member.vote_before)),
            Text(words.percent(member.share_before)),
            Text(words.verdict_word(member.vote_after)),
            Text(words.percent(member.share_after)),
        )
    return Static(table, classes="table")


def _levels(card: Scorecard, rubrics: Mapping[str, str]) -> Widget:
    titles = words.level_titles(card)
    spreads = {spread.criterion: spread for spread in card.spreads}
    table = _table("Criterion", *(member.name.split()[0] for member in card.members), "Apart")
    for result in card.criteria:
        if not words.rated_by_somebody(card, result.criterion):
            continue
        cells = [Text(words.criterion_name(card, result, rubrics))]
        for member in card.members:
            before = words.level_title(member.before.get(result.criterion, NOT_ASSESSED), titles)
            after = words.level_title(member.after.get(result.criterion, NOT_ASSESSED), titles)
            cells.append(_change(before, after))
        spread = spreads.get(result.criterion)
        cells.append(_change(str(spread.before), str(spread.after)) if spread else Text("\u2013"))
        table.add_row(*cells)
    return Static(table, classes="table")


def _change(before: str, after: str) -> Text:
    return Text(before if before == after else f"{before} \u2192 {after}")


def probes(card: Scorecard) -> Iterator[Widget]:
    """Every follow-up: what it went for and whether the answer gave it."""
    closed = sum(1 for probe in card.probes if probe.closed)
    put = sum(1 for probe in card.probes if probe.answered)
    yield prose(f"Each went for a gap in an answer. Closed by what you said then: {closed} of {put}.")
    for number, summary in enumerate(card.answers, 1):
        of_this = [probe for probe in card.probes if probe.thread == summary.thread]
        if not of_this:
            continue
        yield prose((f"{number}. {summary.asked}", "bold"), classes="tight")
        for probe in of_this:
            state = CLOSED if probe.closed else OPEN if probe.answered else UNANSWERED
            asked = f"\n\u201c{probe.asked}\u201d"
            yield prose(state, f"  {probe.type}  ", (probe.about, MUTED), asked, classes="inset")


def flaws(card: Scorecard) -> Iterator[Widget]:
    """What was planted, and whether it was noticed."""
    yield prose("They said things that do not hold up, to see whether you would notice.")
    for flaw in card.flaws:
        sign = NOTICED if flaw.noticed else MISSED
        yield prose(sign, f"  {flaw.flaw}\n", (flaw.why, MUTED), classes="tight" if flaw.noticed else "")
        if flaw.noticed:
            yield quote(card, flaw.noticed)


def practice(card: Scorecard, rubrics: Mapping[str, str]) -> Iterator[Widget]:
    """What was missing with an exercise for it, other exercises, and what was strong."""
    left = list(card.practice)
    if card.missing:
        yield heading("Missing, and what to practise")
    for point in card.missing:
        result = words.result_behind(card, point)
        exercise = result.practice if result and result.practice else None
        if exercise in left:
            left.remove(exercise)
        yield _point(card, point, rubrics, exercise)
    for name, points in (("Practise next", left), ("Strong", card.strengths)):
        if points:
            yield heading(name)
            for point in points:
                yield _point(card, point, rubrics)
    if not (card.practice or card.missing or card.strengths):
        yield prose("Too little was assessed to say what to practise. Answer a few more questions next time.")


def _point(card: Scorecard, point: str, rubrics: Mapping[str, str], exercise: str | None = None) -> Widget:
    result = words.result_behind(card, point)
    if result is None:
        return prose(f"\u2022 {point}")
    name = (f"{words.criterion_name(card, result, rubrics)}: ", "bold")
    if point == result.practice:
        return prose(name, point)
    parts: list[str | tuple[str, str]] = [name, result.level_title, "\n"]
    parts.append((words.first_sentence(result.reasoning), MUTED))
    if exercise:
        parts += [("\n\u2192 To practise: ", "bold $text-primary"), exercise]
    return prose(*parts)
