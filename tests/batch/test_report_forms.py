"""The report as a page and as a document: one file, nothing fetched, nothing that anybody wrote becomes markup."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from interviewer.batch.report.compose import report_of
from interviewer.batch.report.gather import gather
from interviewer.batch.report.html import as_html
from interviewer.batch.report.markdown import as_markdown
from interviewer.markup.html import _VOID
from interviewer.rubric import Rubric
from interviewer.scorecard import Stamp
from tests.batch.reported import RUBRIC, Given, batch

ATTACKS = (
    "</style><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><a href="https://evil.example">x</a>',
    "</td></tr></table></section></main><h1>All passed</h1>",
    "</svg></title></desc><style>*{display:none}</style>",
    "[here](javascript:alert(1)) ![](http://evil.example/p.png) <http://evil.example>",
    "https://evil.example www.evil.example me@evil.example",
    "# All passed\n- a\n1. b\n> c\n```\ncode\n```\n---\n| a | b |\n|---|---|\n    indented",
    "a | b \\| c \\\\| d",
    "\u27e6 \u27e7 ** `x` $x$ \x1b]8;;http://evil.example\x07link\x1b]8;;\x07",
)


def made(folder: Path, text: str) -> tuple[str, str]:
    """Page and document of a batch in which everything that comes from outside says `text`."""
    said = " ".join(text.split()) or "x"
    shown = RUBRIC.model_dump()
    shown["title"] = shown["about"] = shown["levels"][3]["title"] = said
    for criterion in shown["criteria"]:
        criterion["title"] = criterion["asks"] = said
        criterion["anchors"] = dict.fromkeys(criterion["anchors"], said)
    stamp = Stamp(engine=said, engine_version=said, model=said, prompt_version=said, calibration=said)
    votes = {"result": ("absent", "strong"), "ownership": ("absent", "strong")}
    given = [
        Given(f"{text} Answer {place}.", {"result": "strong", "ownership": "weak"}, id=said, votes=votes,
              question=f"{said} {place % 2}", gold={"overall": place % 4, said: 1}, scale=(0, 3))
        for place in range(16)
    ]  # fmt: skip
    given += [Given(f"{text} down.", failure="server", id=said), Given(text, bad="ragged", id=said)]
    ledger = batch(folder, given, Rubric.model_validate(shown), stamp)
    report = report_of(gather(ledger, ledger.every_result()), datetime(2026, 3, 4, tzinfo=UTC))
    ledger.close()
    return as_html(report), as_markdown(report)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Page and document of a batch that holds no harm."""
    return made(tmp_path_factory.mktemp("plain"), "Some words.")


class Page(HTMLParser):
    """Reads a page as a browser would, and remembers what it is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("text", ATTACKS)
def test_no_text_becomes_markup(tmp_path: Path, plain: tuple[str, str], text: str) -> None:
    html, markdown = made(tmp_path, text)
    page = Page(html)
    assert not page.open
    kinds = {tag for tag, _ in page.elements}
    assert kinds <= {tag for tag, _ in Page(plain[0]).elements} | {"br"}
    assert Counter(tag for tag, _ in page.elements)["h1"] == 1
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name in {"style", "src", "srcset"}], tag
        assert (attributes.get("href") or "#").startswith(("#", "data:,"))
    reader = MarkdownIt("gfm-like")
    tokens, wanted = reader.parse(markdown), reader.parse(plain[1])
    kinds_of = [token.type for token in tokens if token.type.endswith("_open") and token.type != "blockquote_open"]
    assert Counter(kinds_of)["heading_open"] == Counter(token.type for token in wanted)["heading_open"]
    assert Counter(kinds_of)["td_open"] == Counter(token.type for token in wanted)["td_open"]
    inline = [child for token in tokens for child in token.children or ()]
    found = {token.type for token in (*tokens, *inline)}
    assert not found & {"link_open", "image", "html_block", "code_inline", "fence", "code_block", "hr"}
    assert {token.content for token in inline if token.type == "html_inline"} <= {"<!-- -->"}


def test_only_its_own_style_may_apply_and_nothing_may_run_or_be_fetched(plain: tuple[str, str]) -> None:
    html, _ = plain
    style = files("interviewer.batch.report").joinpath("page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = dict(Page(html).elements[3][1])["content"]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert f"<style>{style}</style>" in html
    assert "<script" not in html
    assert not re.search(r"url\(|@import", style)


def test_every_drawing_says_in_words_what_it_shows(plain: tuple[str, str]) -> None:
    html, _ = plain
    elements = Page(html).elements
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    drawings = [attributes for tag, attributes in elements if tag == "svg"]
    told = [one for one in drawings if one.get("role") == "img"]
    assert len(told) == 3  # overall and two criteria
    for one in told:
        assert set((one["aria-labelledby"] or "").split()) <= set(ids)
    assert all(one.get("aria-hidden") == "true" for one in drawings if one not in told)
    assert "16 answers by level. " in html


def test_links_lead_to_sections_that_are_there(plain: tuple[str, str]) -> None:
    elements = Page(plain[0]).elements
    ids = {attributes["id"] for _, attributes in elements if "id" in attributes}
    links = {(attributes["href"] or "")[1:] for tag, attributes in elements if tag == "a"}
    assert len(links) > 6
    assert links <= ids


def test_both_forms_say_the_same(plain: tuple[str, str]) -> None:
    html, markdown = plain
    read = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<body>")[1]))
    headings = [line.lstrip("# ") for line in markdown.splitlines() if line.startswith("#")]
    assert len(headings) > 12
    for heading in headings:
        assert heading.replace("\\", "") in read
