"""An interview as one page for a browser: complete without script, playable with it, and nothing is ever fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files

from interviewer.exports.card import scorecard_section
from interviewer.exports.story import Mark, Passage, Story, Verdict
from interviewer.markup.html import Content, Html, element, joined, lines
from interviewer.markup.page import page
from interviewer.scorecard_text.words import percent

_WIDTH = 1000
"""Units of the timeline from the beginning to the end of the interview."""

_LEAST_BAR = 3


def as_page(story: Story) -> str:
    """The page, whole: markup, style and script in one file."""
    return page(
        f"{story.title}: interview",
        _part("page.css"),
        element("a", "Skip to the transcript", class_="skip", href="#transcript"),
        _header(story),
        element("main", scorecard_section(story), _transcript(story)),
        _controls(story),
        script=_part("page.js"),
    )


def _part(name: str) -> str:
    return files("interviewer.exports").joinpath(name).read_text(encoding="utf-8")


def _header(story: Story) -> Html:
    facts = (element("div", element("dt", name), element("dd", value)) for name, value in story.facts)
    return element(
        "header",
        element("p", "Mock interview", class_="kicker"),
        element("h1", story.title),
        element("dl", *facts, class_="facts"),
        element("p", story.caveat, class_="caveat", role="note") if story.caveat else None,
    )


def _transcript(story: Story) -> Html:
    heading = element("h2", "Transcript", id="transcript-title")
    items = (_passage(passage) for passage in story.passages)
    return element(
        "section",
        heading,
        element("ol", *items, class_="passages"),
        id="transcript",
        aria_labelledby="transcript-title",
        tabindex="-1",
    )


def _passage(passage: Passage) -> Html:
    data = {
        "id": f"e{passage.seq}" if passage.kind != "part" else f"p{passage.seq}",
        "class_": f"passage {passage.kind}",
        "data_clock": f"{passage.clock:.3f}",
        "data_by": passage.by or None,
        "data_question": passage.question,
        "data_weak": bool(passage.verdict and passage.verdict.weak),
    }
    if passage.kind == "part":
        return element("li", element("h3", passage.text), **data)
    if passage.kind == "note":
        return element("li", lines(passage.text), **data)
    closed = {True: "closed", False: "still open", None: ""}[passage.closed]
    said = _marked(passage.text, passage.marks) if passage.marks else lines(passage.text)
    return element(
        "li",
        element(
            "article",
            element(
                "header",
                element("span", passage.by, class_="by"),
                element("span", passage.label, class_="label") if passage.label else None,
                element("span", closed, class_=f"closed {'yes' if passage.closed else 'no'}") if closed else None,
                element("time", clock(passage.clock), datetime=f"PT{passage.clock:.0f}S"),
            ),
            element("div", said, class_="said"),
        ),
        _verdict(passage.verdict) if passage.verdict else None,
        **data,
    )


def _marked(text: str, marks: Iterable[Mark]) -> Html:
    """An answer with the pieces that grades rest on. One that spans paragraphs is marked in each of them."""
    pieces: list[tuple[str, Mark | None]] = []
    last = 0
    for mark in marks:
        pieces += [(text[last : mark.start], None), (text[mark.start : mark.end], mark)]
        last = mark.end
    pieces.append((text[last:], None))
    paragraphs: list[list[Content]] = [[]]
    for piece, found in pieces:
        for number, paragraph in enumerate(piece.split("\n\n")):
            if number:
                paragraphs.append([])
            for place, line in enumerate(paragraph.strip("\n").split("\n")):
                if place:
                    paragraphs[-1].append(element("br"))
                if line:
                    paragraphs[-1].append(_mark(line, found) if found else line)
    return joined(*(element("p", *one) for one in paragraphs if one))


def _mark(text: str, mark: Mark) -> Html:
    shows = ", ".join(mark.shows)
    return element("mark", text, element("span", f" (shows {shows})", class_="aside"), title=shows)


def _verdict(verdict: Verdict) -> Html:
    weak = element("span", "weak", class_="tag") if verdict.weak and verdict.ratings else None
    head = element(
        "summary",
        element("span", "This question: ", class_="aside"),
        element("span", verdict.status if not verdict.ratings else percent(verdict.share), class_="share"),
        weak,
        *(
            element("span", f"{name} {level}", class_=f"chip level{_step(share)}")
            for name, level, share in _chips(verdict)
        ),
    )
    reasons = (
        element(
            "li",
            element("b", f"{one.criterion}: {one.level}"),
            f" ({one.judge})" if one.judge else None,
            element("br"),
            one.reasoning,
        )
        for one in verdict.ratings
    )
    return element("details", head, element("ul", *reasons) if verdict.ratings else None, class_="verdict")


def _chips(verdict: Verdict) -> Iterator[tuple[str, str, float | None]]:
    """One chip for a criterion; where several judged, only the criterion and how far they lie apart."""
    by_name: dict[str, list[tuple[str, float | None]]] = {}
    for one in verdict.ratings:
        by_name.setdefault(one.criterion, []).append((one.level, one.share))
    for name, found in by_name.items():
        levels = list(dict.fromkeys(level for level, _ in found))
        shares = [share for _, share in found if share is not None]
        yield name, " / ".join(levels), sum(shares) / len(shares) if shares else None


def _step(share: float | None) -> int:
    """A share as one of four steps, for a colour that is never the only sign."""
    return 0 if share is None else min(3, int(share * 3 + 0.5))


def _controls(story: Story) -> Html:
    """The player. Hidden until the script shows it, so that nothing stands there that does nothing."""
    buttons = (
        ("play", "Play", "Play or pause (space)"),
        ("back", "\u25c0", "One turn back (left)"),
        ("forward", "\u25b6", "One turn on (right)"),
        ("question", "Question", "Next question (q; Q back)"),
        ("weak", "Weak", "Next weak answer (w; W back)"),
        ("all", "Show all", "Stop and show everything (escape)"),
    )
    speeds = (
        element("option", f"{speed:g}\u00d7", value=speed, selected=speed == 4) for speed in (0.5, 1, 2, 4, 8, 16)
    )
    end = f"{story.seconds:.3f}"
    return element(
        "nav",
        element(
            "div",
            _timeline(story),
            element("input", type="range", id="head", min=0, max=end, step="0.001", value=end, aria_label="Position"),
            class_="line",
        ),
        element(
            "div",
            *(
                element("button", text, type="button", id=name, title=title, aria_label=title)
                for name, text, title in buttons
            ),
            element("label", element("span", "Speed ", class_="wide"), element("select", *speeds, id="speed")),
            element("output", clock(story.seconds), id="clock"),
            element("span", f" / {clock(story.seconds)}", class_="wide"),
            class_="buttons",
        ),
        element("p", id="live", class_="aside", role="status", aria_live="polite"),
        id="player",
        aria_label="Player",
        hidden=True,
    )


def _timeline(story: Story) -> Html:
    """Parts, questions and answers on a line; the slider over it is what hands and screen readers use."""
    shapes: list[Content] = [element("rect", x=0, y=17, width=_WIDTH, height=2, class_="rail")]
    verdicts = {passage.seq: passage.verdict for passage in story.passages if passage.verdict}
    starts = [passage for passage in story.passages if passage.kind == "interviewer"]
    for passage, step in _levels(story, verdicts):
        before = max((one.clock for one in starts if one.clock <= passage.clock), default=0.0)
        left, right = _x(before, story), _x(passage.clock, story)
        colour = f"bar level{step}" if step is not None else "bar"
        width = f"{max(_LEAST_BAR, right - left):.1f}"
        shapes.append(element("rect", x=f"{left:.1f}", y=10, width=width, height=16, class_=colour))
    for passage in story.passages:
        if passage.kind == "part":
            x = f"{_x(passage.clock, story):.1f}"
            shapes.append(element("line", x1=x, x2=x, y1=2, y2=34, class_="part"))
        elif passage.question:
            shapes.append(element("circle", cx=f"{_x(passage.clock, story):.1f}", cy=5, r=2.6, class_="dot"))
    return element("svg", *shapes, viewBox=f"0 0 {_WIDTH} 36", preserveAspectRatio="none", aria_hidden="true")


def _levels(story: Story, verdicts: dict[int, Verdict]) -> Iterator[tuple[Passage, int | None]]:
    """Every answer with the step of the verdict on its question, None where nothing was rated."""
    step: int | None = None
    for passage in reversed(story.passages):
        if passage.seq in verdicts:
            verdict = verdicts[passage.seq]
            step = _step(verdict.share) if verdict.ratings else None
        if passage.kind == "candidate":
            yield passage, step
        if passage.question:
            step = None


def _x(seconds: float, story: Story) -> float:
    return _WIDTH * seconds / story.seconds


def clock(seconds: float) -> str:
    """Minutes and seconds, with hours where there are any, as the player on the page tells them."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
