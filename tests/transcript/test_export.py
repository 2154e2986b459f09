"""What is given away is readable, complete, and cannot be made to do anything."""

from __future__ import annotations

import base64
import hashlib
import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from interviewer.cli import main
from interviewer.exports.markdown import as_markdown
from interviewer.exports.page import as_page
from interviewer.exports.story import Story, story_of
from interviewer.markup.markdown import escaped
from interviewer.transcript.events import Answer, Draft, Event, Gap, Move, Turn
from interviewer.transcript.reading import Transcript, read
from tests import sample

SAMPLES = sorted((Path(__file__).parents[2] / "transcripts").glob("*.jsonl"))
AT = datetime(2026, 1, 2, tzinfo=UTC)

ATTACKS = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><a href="https://evil.example">x</a>',
    "</li></ol></main><h1>Hired</h1>",
    "<!-- --><style>*{display:none}</style>",
    "[here](javascript:alert(1)) ![](http://evil.example/p.png) <http://evil.example>",
    "https://evil.example www.evil.example me@evil.example mailto:me@evil.example",
    "# Verdict\n- a\n1. b\n> c\n```\ncode\n```\n---\n| a | b |\n|---|---|\n    indented",
    "&lt;b&gt; &amp; &#x3c;script&#x3e; *bold* _it_ `code` $x$ {{7*7}}",
    "\x1b]8;;http://evil.example\x07link\x1b]8;;\x07 \u202egpj.exe",
)


def made(text: str) -> Story:
    """An interview in which everything that comes from outside says `text`."""
    gap = Gap(id="claim:x", source="claim", about=text, type="deepen", probe=text, quote=text)
    move = {"speaker": "ana"}
    events: list[Event] = [
        Turn(seq=1, clock=0, at=AT, move=Move(kind="ask", question="q0", **move), text=text, said_by="Maya"),
        Answer(seq=2, clock=5, at=AT, text=text),
        Turn(seq=3, clock=6, at=AT, move=Move(kind="probe", gap="claim:x", **move), text=text, gap=gap),
        Draft(seq=4, clock=7, at=AT, text=text),
        Answer(seq=5, clock=8, at=AT, text=text),
        Turn(seq=6, clock=9, at=AT, move=Move(kind="close", **move), text=text),
    ]
    header = sample.header(profile={"name": text[:200], "cv": text, "job": text})
    return story_of(Transcript(Path("x.jsonl"), header, tuple(events)), [("Note", text)])


class Elements(HTMLParser):
    """The elements of a page and their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


HARMLESS = Elements(as_page(made("plain words")))


@pytest.mark.parametrize("text", ATTACKS)
def test_no_text_becomes_a_part_of_the_page(text: str) -> None:
    page = Elements(as_page(made(text)))
    extra = {"p", "br"}  # what line breaks become
    expected = [tag for tag, _ in HARMLESS.found if tag not in extra]
    assert [tag for tag, _ in page.found if tag not in extra] == expected
    for _, attributes in page.found:
        assert not any(name.startswith("on") for name in attributes)
        for name in ("href", "src", "action", "data", "srcset", "style"):
            assert (attributes.get(name) or "#").startswith(("#", "data:,"))


@pytest.mark.parametrize("text", ATTACKS)
def test_no_text_becomes_markup_in_markdown(text: str) -> None:
    reader = MarkdownIt("gfm-like")  # makes links of addresses too, as the large sites do
    tokens = reader.parse(as_markdown(made(text)))
    inline = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in (*tokens, *inline)}
    assert not kinds & {"link_open", "image", "html_block", "code_inline", "fence", "code_block", "table_open", "hr"}
    assert {token.content for token in inline if token.type == "html_inline"} <= {"<!-- -->"}
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2", "h3"]


@pytest.mark.parametrize(
    "text", ["1. first", "- dash", "+ plus", "=== x", "a * b _ c", "# x", "~~x~~", "www.a.de", "a@b.de"]
)
def test_what_is_escaped_reads_as_it_was(text: str) -> None:
    inline = MarkdownIt("gfm-like").parse(escaped(text))
    assert [token.type for token in inline] == ["paragraph_open", "inline", "paragraph_close"]
    shown = "".join(child.content for child in inline[1].children or () if child.type.startswith("text"))
    assert shown == text


def test_only_its_own_style_and_script_may_run_and_nothing_may_be_fetched() -> None:
    page = as_page(made("plain words"))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in unescape(policy[1]).split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"
    assert "unsafe" not in policy[1] and "http" not in policy[1]
    for tag in ("style", "script"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"
    assert not re.search(r"https?://|//\w+\.\w+/|@import|url\(", page.replace("&#x27;", "'"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_whole_interview_is_on_the_page(path: Path) -> None:
    transcript = read(path)
    story = story_of(transcript)
    page = Elements(as_page(story))
    shown = " ".join(page.text.split())
    ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    for event in transcript.events:
        if event.type == "answer" and "\n" not in event.text:
            assert f"e{event.seq}" in ids
            plain = re.sub(r" \(shows [^)]*\)", "", shown)
            assert " ".join(event.text.split()) in plain
    links = {attributes["href"] for tag, attributes in page.found if tag == "a"}
    assert links and all((link or "").removeprefix("#") in ids for link in links)
    assert story.scorecard is not None
    for result in story.scorecard.criteria:
        assert " ".join(result.anchor.split()) in shown or result.share is None
    clocks = [float(attributes["data-clock"] or 0) for tag, attributes in page.found if "data-clock" in attributes]
    assert clocks == sorted(clocks)
    assert any("data-weak" in attributes for _, attributes in page.found)


def test_evidence_is_marked_in_the_answer_word_for_word() -> None:
    story = story_of(read(SAMPLES[1]))
    assert story.scorecard is not None
    marked = {
        (passage.seq, passage.text[mark.start : mark.end]) for passage in story.passages for mark in passage.marks
    }
    quotes = {(one.event, one.quote) for result in story.scorecard.criteria for one in result.evidence}
    assert quotes and quotes <= marked


def test_exports_are_written_once_and_for_their_owner(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample_file, out = str(SAMPLES[0]), tmp_path / "out"
    out.mkdir()
    for form in ("md", "html", "json", "jsonl"):
        assert main(["export", sample_file, "--to", form, "--out", str(out)]) == 0
    capsys.readouterr()
    assert (out / SAMPLES[0].name).read_bytes() == SAMPLES[0].read_bytes()
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in out.iterdir())
    assert main(["export", sample_file, "--to", "md", "--out", str(out)]) == 3
    assert "is there already" in capsys.readouterr().err
    assert main(["export", sample_file, sample_file, "--out", str(out / "x")]) == 2


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file can grow over so many bytes meanwhile, as on a disk that is nearly full."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_an_export_that_does_not_fit_leaves_nothing_and_takes_nothing_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "card.md"
    export = ["export", str(SAMPLES[0]), "--to", "md", "--out", str(out)]
    with room_for(1000):
        assert main(export) == 3
    assert not list(tmp_path.iterdir())
    out.write_text("the old one")
    link = tmp_path / "link.md"
    link.symlink_to(out)
    export[-1] = str(link)
    with room_for(1000):
        assert main([*export, "--overwrite"]) == 3
    assert (out.read_text(), sorted(tmp_path.iterdir())) == ("the old one", [out, link])
    assert "cannot be written" in capsys.readouterr().err
    out.chmod(0o644)
    assert main([*export, "--overwrite"]) == 0
    assert link.is_symlink() and out.read_text() != "the old one"
    assert out.stat().st_mode & 0o777 == 0o600
