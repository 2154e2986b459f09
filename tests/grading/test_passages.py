"""What can be pointed at in a file: sentences of its prose, lines of its code and tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.evidence import numbered
from interviewer.grading.grader import Exchange
from interviewer.grading.passages import form_of, passages

MARKDOWN = """\
Findings
========

We tried two models. The first
failed on short texts.

- one point. With a second sentence
2. another point

| name | value |
|------|-------|
| rent | 0.81 |

    make all
    make test

```python
x = 1. # not a sentence. At all

y = 2
```
**Next steps**
Label more. Then stop.
"""


def test_markdown_is_cut_into_sentences_and_its_tables_and_code_into_lines() -> None:
    assert [(one.kind, " ".join(one.text.split())) for one in passages(MARKDOWN, "markdown")] == [
        ("heading", "Findings"),
        ("sentence", "We tried two models."),
        ("sentence", "The first failed on short texts."),
        ("sentence", "- one point."),
        ("sentence", "With a second sentence"),
        ("sentence", "2. another point"),
        ("row", "| name | value |"),
        ("row", "| rent | 0.81 |"),
        ("line", "make all"),
        ("line", "make test"),
        ("line", "x = 1. # not a sentence. At all"),
        ("line", "y = 2"),
        ("heading", "**Next steps**"),
        ("sentence", "Label more."),
        ("sentence", "Then stop."),
    ]


def test_a_passage_of_code_is_a_line_with_its_number() -> None:
    found = passages("import json\n\n\n    return json.dumps(1)  \n}\n", "lines")
    assert [(one.number, one.text) for one in found] == [(1, "import json"), (4, "return json.dumps(1)")]


@given(st.text(alphabet="ab1. \n\t#`|-=*\u00e9", max_size=120), st.sampled_from(["prose", "markdown", "lines"]))
def test_every_passage_is_found_again_by_its_offsets(text: str, form: str) -> None:
    found = passages(text, form)  # type: ignore[arg-type]
    assert all(text[one.start : one.end] == one.text and one.text.strip() for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    letters = sum(character.isalnum() for character in text)
    kept = sum(character.isalnum() for one in found for character in one.text)
    assert kept <= letters and (form == "markdown" or kept == letters)  # the language of a fence is no passage


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("", "prose"),
        ("README.md", "markdown"),
        ("README", "markdown"),
        ("docs/report.rst", "markdown"),
        ("eda.ipynb", "markdown"),
        ("requirements-dev.txt", "lines"),
        ("src/train.py", "lines"),
        ("Makefile", "lines"),
        ("run.log", "lines"),
    ],
)
def test_the_name_of_a_file_says_how_it_is_cut(name: str, form: str) -> None:
    assert form_of(name) == form


def test_files_are_cited_by_part_and_line_and_answers_as_before() -> None:
    said = "One. Two.\nThree = 3"
    answer = Exchange(asked="What?", answer=said, event=7)
    file = Exchange(asked="What?", answer=said, event=2, part="a.py")
    assert {number: one.quote for number, one in numbered((answer, file)).items()} == {
        "1.1": "One.",
        "1.2": "Two.",
        "1.3": "Three = 3",
        "2.1": "One. Two.",
        "2.2": "Three = 3",
    }
