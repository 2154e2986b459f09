"""What is recognised in records of interviews: who speaks, who the candidate is, what was asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.imports.asking import asks, goes_on
from interviewer.imports.preview import preview
from interviewer.imports.recognise import Held, Wishes, recognise
from interviewer.transcript.store import TranscriptError

QUESTIONS = """Phone screen, 3 May

Q: Tell me about a project you are proud of.
A: I built a retrieval service at Quillmark.

It took two rewrites.
Q: How did you measure that?
A: With a held-out set of 120 queries.
[laughs]
Q: What is overfitting, and how would you notice it?
A: The model learns noise. I compare training and validation loss.
Q: Do you have any questions for me?
A: What does the on-call rota look like?
Q: One week in five.
"""

NAMED = """# Interview
**Maya Chen** [00:00:03]: Hi Sam, thanks for coming.
**Sam Ito** [00:00:10]: Hi Maya.
**Maya Chen** [00:00:14]: Walk me through a system you designed.
**Sam Ito** [00:00:31]: Sure. At Acme Robotics I designed the telemetry pipeline.

- first the gateway
- then the store

Note: latency was 200 ms.
**Ben Okoro** [00:02:10]: And what broke first?
**Sam Ito** [00:02:15]: The partition key: one warehouse had ten times the robots. I split
  the key by robot and the lag went from 9 minutes to 20 seconds.
## Part 2
**Ben Okoro** [00:04:00]: Describe a time you disagreed with your manager.
**Sam Ito** [00:04:09]: He wanted to launch in May, I showed him the error budget.
**Maya Chen** [00:07:05]: Thank you, we will be in touch.
"""

WEBVTT = """WEBVTT

NOTE made by a recorder

1
00:00:01.000 --> 00:00:04.000
<v Maya Chen>Tell me about the hardest bug</v>

2
00:00:04.000 --> 00:00:06.000
<v Maya Chen>you ever <i>fixed</i>.</v>

3
00:00:07.500 --> 00:00:20.000
<v Sam Ito>It was a race in our queue. I found it with a log,</v>
<v Sam Ito>and it took four days.</v>

00:00:21.000 --> 00:00:23.000
<v Maya Chen>Why four days &amp; not one?

00:01:24.000 --> 00:01:40.000
<v.loud Sam Ito>It showed up once in 10,000 payments.

00:01:41.000 --> 00:01:42.000
[music]
"""

SUBRIP = """1
00:00:01,000 --> 00:00:04,000
MAYA: Tell me about the hardest bug you ever fixed.

2
00:00:05,000 --> 00:00:09,000
SAM: It was a race in our payment queue.
I found it with a log.

3
00:00:09,500 --> 00:00:12,000
It took me four days.

4
not a time
Lost.
"""

EXPORTED = """Maya Chen  0:03
What did you build last, and for whom?

Sam Ito  0:09
A scheduler for a hospital. It plans 40 nurses.

Maya Chen  1:10
Why a scheduler?

Sam Ito  1:15
Because rotas were made by hand, and that took two days.
"""


@pytest.fixture
def held(tmp_path: Path) -> object:
    """Recognises a text as a file with that text would be."""

    def of(text: str | bytes, **wishes: object) -> Held:
        path = tmp_path / "record.txt"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        found = recognise(path, Wishes(**wishes))  # type: ignore[arg-type]
        assert isinstance(found, Held)
        return found

    return of


def told(found: Held) -> list[tuple[str, str]]:
    return [(part.kind, part.remark.text) for part in found.parts]


def test_questions_and_answers(held) -> None:  # type: ignore[no-untyped-def]
    found = held(QUESTIONS)
    assert found.conversation.form == "questions-and-answers"
    assert found.candidate.name == "Candidate" and not found.candidate.guessed
    assert [kind for kind, _ in told(found)] == [
        "ask", "said", "probe", "said", "ask", "said", "invite", "said", "answer",
    ]  # fmt: skip
    assert told(found)[1][1] == "I built a retrieval service at Quillmark.\n\nIt took two rewrites."
    assert [(one.line, one.why) for one in found.conversation.left_out] == [
        (1, "nobody is named as speaking"),
        (9, "a note in brackets"),
    ]


def test_names_in_bold_with_times(held) -> None:  # type: ignore[no-untyped-def]
    found = held(NAMED)
    assert found.conversation.form == "named-speakers"
    assert found.conversation.speakers == ("Maya Chen", "Sam Ito", "Ben Okoro")
    assert found.candidate.name == "Sam Ito" and found.candidate.guessed
    assert [kind for kind, _ in told(found)] == [
        "open", "said", "ask", "said", "probe", "said", "ask", "said", "close",
    ]  # fmt: skip
    assert told(found)[3][1].endswith("- first the gateway\n- then the store\n\nNote: latency was 200 ms.")
    assert [part.remark.start for part in found.parts][:4] == [3.0, 10.0, 14.0, 31.0]


def test_names_with_times_on_a_line_of_their_own(held) -> None:  # type: ignore[no-untyped-def]
    found = held(EXPORTED)
    assert found.candidate.name == "Sam Ito"
    assert [(kind, text[:10]) for kind, text in told(found)] == [
        ("ask", "What did y"), ("said", "A schedule"), ("probe", "Why a sche"), ("said", "Because ro"),
    ]  # fmt: skip
    assert [part.remark.start for part in found.parts] == [3.0, 9.0, 70.0, 75.0]


def test_captions_merge_what_one_speaker_says_and_keep_its_times(held) -> None:  # type: ignore[no-untyped-def]
    found = held(WEBVTT)
    assert found.conversation.form == "webvtt"
    assert told(found) == [
        ("ask", "Tell me about the hardest bug you ever fixed."),
        ("said", "It was a race in our queue. I found it with a log, and it took four days."),
        ("probe", "Why four days & not one?"),
        ("said", "It showed up once in 10,000 payments."),
    ]
    assert [(one.remark.start, one.remark.end) for one in found.parts][-1] == (84.0, 100.0)
    assert [one.why for one in found.conversation.left_out] == ["a sound or a note, not speech"]


def test_cues_that_no_empty_line_sets_apart_are_told_apart(held) -> None:  # type: ignore[no-untyped-def]
    tight = WEBVTT.replace("\n\n", "\n").replace("00:00:07.500 -->", "00:xx -->")
    found = held(tight)
    assert told(found) == [
        ("ask", "Tell me about the hardest bug you ever fixed. Why four days & not one?"),
        ("said", "It showed up once in 10,000 payments."),
    ]
    (lost, _) = found.conversation.left_out
    assert lost.why == "the times of a cue cannot be read" and "It was a race in our queue." in lost.text


def test_a_cue_without_a_name_belongs_to_who_spoke_last(held) -> None:  # type: ignore[no-untyped-def]
    found = held(SUBRIP)
    assert found.conversation.form == "subrip"
    assert told(found)[1] == (
        "said",
        "It was a race in our payment queue. I found it with a log. It took me four days.",
    )
    assert [one.line for one in found.conversation.left_out] == [14]


def test_who_is_the_candidate_can_be_said(held) -> None:  # type: ignore[no-untyped-def]
    found = held(NAMED, candidate="maya")
    assert found.candidate.name == "Maya Chen" and not found.candidate.guessed
    with pytest.raises(TranscriptError, match=r"'Nobody' did not say anything here\. There are: Maya Chen"):
        held(NAMED, candidate="Nobody")


def test_no_question_is_a_follow_up_if_the_user_says_so(held) -> None:  # type: ignore[no-untyped-def]
    assert [kind for kind, _ in told(held(QUESTIONS, all_main=True))].count("ask") == 3


def test_numbers_and_labels_decide_what_is_a_follow_up(held) -> None:  # type: ignore[no-untyped-def]
    text = "Q1: Why that?\nA: Because.\nFollow-up: Define recall.\nA: A share.\nQ2b: And?\nA: So.\nQ3) It?\nA. Yes."
    assert [kind for kind, _ in told(held(text))][::2] == ["ask", "probe", "probe", "ask"]


def test_a_word_before_a_colon_in_an_answer_is_no_speaker(held) -> None:  # type: ignore[no-untyped-def]
    found = held("Interviewer: What did you use?\nCandidate: A lot.\nStack: Python.\nhttp://example.org: no\n")
    assert found.conversation.speakers == ("Interviewer", "Candidate")
    assert told(found)[-1][1] == "A lot.\nStack: Python.\nhttp://example.org: no"


@pytest.mark.parametrize(
    "question",
    [
        "What is overfitting, and how would you notice it?",
        "Tell me about a project that you are proud of.",
        "Describe a time you disagreed with your manager.",
        "Let's move on. How does that fit the new topic?",
        "How would you design a rate limiter?",
    ],
)
def test_a_question_of_its_own(question: str) -> None:
    assert goes_on(question, "What did you do at school?", "I kept bees and sold honey.") is None


@pytest.mark.parametrize(
    "question",
    ["How did you measure that?", "Why?", "And then?", "You said honey. How much honey a year?", "Why did they do it?"],
)
def test_a_follow_up(question: str) -> None:
    assert goes_on(question, "What did you do at school?", "I kept bees and sold honey.")


def test_what_asks_without_a_question_mark() -> None:
    assert asks("Okay. So, walk me through your last project.")
    assert not asks("I see. That makes sense.")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"\x89PNG\r\n\x1a\n....", ":1: is a picture"),
        (b"%PDF-1.7", "is a PDF file"),
        (b"Q: a\nA: \0b", ":2: is not text"),
        (b"Just a story.\nNobody speaks.\n", ":1: no line says who speaks"),
        (b"Candidate: I only talk.\nAnd talk.\n", "only one speaker was found"),
        (b"Sam: Hello.\nMaya: Hello.\nSam: Good.\nMaya: Bye.\n", "no question was found"),
        (b'{"type": "other"}', "is JSON, but neither"),
        (b"[1, 2]", "is JSON, but neither"),
        (b'{"type": "header", "schema_version": 99}\n', "later version"),
        (b'{"type": "interviewer-export", "schema_version": 9}', "later version"),
        (b'{"type": "interviewer-export", "schema_version": 1}', "export is damaged"),
        (b"x" * (9 * 1024 * 1024), "has 9 MiB, and a written record"),
    ],
)
def test_what_cannot_be_imported_gets_one_sentence(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(content)
    with pytest.raises(TranscriptError, match=message) as fault:
        recognise(path)
    assert str(fault.value).startswith(str(path))
    assert "\n" not in str(fault.value)


def test_other_encodings_are_read_and_remarked(held) -> None:  # type: ignore[no-untyped-def]
    text = "Q: Why caf\u00e9s?\nA: Na\u00efve question.\n"
    assert held(text.encode("utf-16")).remark == "It is in UTF-16."
    found = held(text.encode("cp1252"))
    assert found.remark == "Line 1 is not UTF-8, so the file was read as Windows-1252."
    assert told(found)[1] == ("said", "Na\u00efve question.")
    assert held(b"\xef\xbb\xbf" + text.encode()).parts[0].kind == "ask"


def test_the_preview_tells_all_of_it(held) -> None:  # type: ignore[no-untyped-def]
    text = "\n".join(preview(held(NAMED)))
    for line in (
        "Speakers    Maya Chen (3 remarks), Sam Ito (4 remarks), Ben Okoro (2 remarks)",
        "Candidate   Sam Ito (asks in 0 of 4 remarks, and says",
        "Recognised  2 questions, 1 follow-up, 4 answers",
        "line 11: follow-up (refers back): And what broke first?",
        "Left out    line 1, a heading: Interview",
    ):
        assert line in text


@given(st.text(st.sampled_from("QA: \n*#[]0123abM-><.?"), max_size=200))
def test_nothing_written_makes_it_fail(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_text(text, encoding="utf-8")
    try:
        found = recognise(path)
    except TranscriptError as fault:
        assert str(fault).startswith(str(path)) and "\n" not in str(fault)
        return
    assert isinstance(found, Held)
    assert preview(found)
