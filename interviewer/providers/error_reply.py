"""What an error reply says: the kind of the failure, the service's own words, how long it asks to wait.

Knows no SDK: it goes by the status, the headers and the body.
"""

from __future__ import annotations

import email.utils
import math
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any, Final

from interviewer.providers.chat import ErrorKind

_BY_CODE: Final[tuple[tuple[ErrorKind, frozenset[str]], ...]] = (
    ("quota", frozenset({"insufficient_quota", "billing_error", "billing_hard_limit_reached", "billing_not_active"})),
    ("unknown-model", frozenset({"model_not_found", "model_not_available"})),
    ("too-long", frozenset({"context_length_exceeded", "request_too_large", "exceed_context_size_error"})),
    (
        "content-filter",
        frozenset({
            "content_filter",
            "content_policy_violation",
            "invalid_prompt",
            "bio_policy",
            "misalignment_policy_violation",
        }),
    ),
    ("authentication", frozenset({"authentication_error", "invalid_api_key", "permission_error"})),
    ("rate-limited", frozenset({"rate_limit_error", "rate_limit_exceeded", "requests", "tokens"})),
    ("overloaded", frozenset({"overloaded_error", "overloaded", "engine_overloaded"})),
    ("timeout", frozenset({"timeout_error"})),
)  # fmt: skip
_BY_STATUS: Final[Mapping[int, ErrorKind]] = {
    401: "authentication",
    402: "quota",
    403: "authentication",
    408: "timeout",
    409: "server",
    413: "too-long",
    429: "rate-limited",
    503: "overloaded",
    504: "timeout",
    529: "overloaded",
}
_NO_CREDIT: Final = re.compile(r"(?i)credit balance|insufficient (?:quota|credit|funds)|exceeded your current quota")
_NO_MODEL: Final = re.compile(r"(?i)\bmodels?\b.*(?:not found|not exist|not available|unknown|not supported)|^model:")
_TOO_LONG: Final = re.compile(
    r"(?i)prompt is too long|context (?:length|window|size|limit)|maximum context|too many (?:input )?tokens"
)
_FILTERED: Final = re.compile(r"(?i)content (?:filter|management|policy)|usage policy|safety system")


def kind_of(status: int, codes: frozenset[str], words: str, headers: Mapping[str, str]) -> ErrorKind:
    """The kind of a failure; what names it outright goes before what only hints at it.

    Args:
        status: the HTTP status; 0 if the error was reported within a reply that had begun well.
        codes: what `codes_of` found.
        words: what `words_of` found.
        headers: of the reply; empty if they say nothing about the error.
    """
    for kind, known in _BY_CODE:
        if codes & known:
            return kind
    if status in {400, 402, 403, 429} and _NO_CREDIT.search(words):
        return "quota"
    if status == 404 and (_NO_MODEL.search(words) or "not_found_error" in codes):
        return "unknown-model"
    if status in {400, 404, 422, 500} and _TOO_LONG.search(words):
        return "too-long"
    if status == 400 and _NO_MODEL.search(words):
        return "unknown-model"
    if status == 400 and _FILTERED.search(words):
        return "content-filter"
    if status == 403 and "cf-ray" in headers and not codes:
        return "no-route"
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status >= 500 or status == 0:
        return "server" if not codes & {"invalid_request_error"} else "bad-request"
    return "bad-request"


def codes_of(body: object) -> frozenset[str]:
    """Everything in an error body that names its kind, in lower case."""
    found: set[str] = set()
    for level in _levels(body):
        for key in ("type", "code", "status", "error_code"):
            value = level.get(key)
            if isinstance(value, (str, int)) and not isinstance(value, bool):
                found.add(str(value).casefold())
    return frozenset(found - {"error"})


def words_of(body: object) -> str:
    """What the service says, in its own words."""
    if isinstance(body, str):
        return "" if body.lstrip().startswith("<") else body  # a web page says nothing
    for level in reversed(list(_levels(body))):
        for key in ("message", "error", "detail"):
            if isinstance(level.get(key), str) and level[key].strip():
                return str(level[key])
    return ""


def _levels(body: object) -> Iterator[Mapping[str, Any]]:
    """The body, and the error and its details within it. Some services put it in a list."""
    if isinstance(body, list) and body:
        body = body[0]
    while isinstance(body, Mapping):
        yield body
        inner = body.get("error")
        body = inner if isinstance(inner, Mapping) else body.get("details")


def wait_of(headers: Mapping[str, str]) -> float | None:
    """Seconds that the service asks to wait: given as milliseconds, seconds, or a date."""
    if (milliseconds := _number(headers.get("retry-after-ms"))) is not None:
        return milliseconds / 1000
    given = headers.get("retry-after")
    if given is None or (seconds := _number(given)) is not None:
        return None if given is None else seconds
    until = _timestamp(given)
    if until is None:
        return None
    now = _timestamp(headers.get("date", ""))  # the service's own clock: ours may be wrong
    return max(0.0, until - (time.time() if now is None else now))


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return max(0.0, number) if math.isfinite(number) else None


def _timestamp(text: str) -> float | None:
    try:
        return email.utils.parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
