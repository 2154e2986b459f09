"""From what went wrong to a sentence, without a service."""

from __future__ import annotations

import email.utils
import socket
import time
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from interviewer.providers.failures import failure, refused, reported
from interviewer.providers.service import Service, scrub

SECRET = "sk-canary-0123456789abcdefCANARY"
SERVICE = Service(
    "OpenAI", "api.openai.com", "gpt-6-luna", SecretStr(SECRET), "OPENAI_API_KEY", "https://api.openai.com/v1"
)
DATE = email.utils.formatdate


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after": DATE(1_000_090, usegmt=True), "date": DATE(1_000_000, usegmt=True)}, 90.0),
        ({"retry-after": DATE(1_000_000, usegmt=True), "date": DATE(1_000_090, usegmt=True)}, 0.0),
        ({"retry-after": "Mon, 99 Foo 2026 00:00:00 GMT"}, None),
    ],
)
def test_how_long_the_service_asks_to_wait(headers: Mapping[str, str], seconds: float | None) -> None:
    assert refused(429, None, headers, SERVICE).retry_after == seconds


def test_a_date_without_the_clock_of_the_service() -> None:
    asked = refused(503, None, {"retry-after": DATE(time.time() + 60, usegmt=True)}, SERVICE).retry_after
    assert asked is not None and 55 < asked <= 60


@pytest.mark.parametrize(
    ("seconds", "words"), [("7", "7 s"), ("99.2", "100 s"), ("600", "10 min"), ("40000", "12 h"), ("999999", "12 days")]
)
def test_a_wait_in_words(seconds: str, words: str) -> None:
    assert f"asks to wait {words}." in str(refused(429, None, {"retry-after": seconds}, SERVICE))


def test_only_a_passing_failure_has_a_wait() -> None:
    assert refused(400, None, {"retry-after": "7"}, SERVICE).retry_after is None


@pytest.mark.parametrize(
    "text",
    [
        f"Incorrect API key provided: {SECRET}.",
        "Incorrect API key provided: sk-cana*****************NARY.",
        "Incorrect API key provided: ****************NARY.",
        f"Authorization: Bearer {SECRET}",
        "authorization: Basic dXNlcjpwYXNzd29yZA==",
        "x-api-key: abcdef0123456789",
        '{"api_key": "abcdef0123456789"}',
        "https://user:passw0rd@host/v1?api-key=abcdef0123456789",
        "gsk_abcdef0123456789 and sk-ant-api03-abcdef0123456789 and sk-proj-abc_def-0123456789",
    ],
)
def test_no_key_is_left_in_a_text(text: str) -> None:
    clean = scrub(text, SecretStr(SECRET))
    for secret in (SECRET, "NARY", "abcdef0123456789", "dXNlcjpwYXNzd29yZA", "passw0rd", "0123456789"):
        assert secret not in clean
    assert "[key]" in clean


def test_words_that_are_no_keys_stay() -> None:
    said = "The task-oriented desk-top is risk-free; ask-me. Basic facts: the api key rotates."
    assert scrub(said, SecretStr("k")) == said


@given(st.text(), st.text(min_size=8, alphabet=st.characters(categories=("L", "N"))), st.text())
def test_the_key_itself_never_stays(before: str, key: str, after: str) -> None:
    clean = scrub(before + key + after, SecretStr(key))
    assert key not in clean.replace("[key]", "")
    assert "\n" not in clean and "\x1b" not in clean


@given(st.text(max_size=2_000))
def test_a_services_words_are_fit_to_be_shown(words: str) -> None:
    message = str(refused(400, {"error": {"message": words}}, {}, SERVICE))
    assert message.isprintable()
    assert len(message) < 400
    assert message.endswith(".")


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["error", "message", "type", "code", "details", "detail"]), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(st.integers(300, 599), ANY)
def test_any_body_gives_a_sentence(status: int, body: object) -> None:
    made = refused(status, body, {}, SERVICE)
    assert str(made).endswith(".") and made.status == status
    if 400 <= status < 500 and status not in {408, 409, 429}:
        assert not made.retryable or isinstance(body, (dict, list))  # unless the body says otherwise
    if isinstance(body, dict):
        assert str(reported(body, SERVICE)).endswith(".")


def _under(error: Exception, beneath: BaseException) -> Exception:
    error.__cause__ = beneath
    return error


@pytest.mark.parametrize(
    ("beneath", "kind"),
    [
        (ConnectionRefusedError(111, "refused"), "no-route"),
        (socket.gaierror(-2, "Name or service not known"), "no-route"),
        (ConnectionResetError(104, "reset"), "dropped"),
        (BrokenPipeError(), "dropped"),
        (TimeoutError(), "timeout"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid"), "malformed"),
        (OSError(101, "Network is unreachable"), "no-route"),
    ],
)
def test_what_lies_beneath_decides(beneath: BaseException, kind: str) -> None:
    made = failure(_under(RuntimeError("Connection error."), beneath), SERVICE)
    assert made.kind == kind


def test_an_exception_that_nobody_foresaw_is_a_sentence_too() -> None:
    made = failure(RuntimeError(f"odd: {SECRET}\nsecond line"), SERVICE)
    assert str(made) == "The call to OpenAI failed: odd: [key] second line."


def test_a_chain_that_bites_its_tail_ends() -> None:
    first, second = RuntimeError("a"), RuntimeError("b")
    first.__cause__, second.__cause__ = second, first
    assert failure(first, SERVICE).kind == "server"
