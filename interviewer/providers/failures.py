"""Turns whatever an SDK or a service does wrong into one clear sentence, with no key in it.

Knows no SDK: it goes by the status, by what the service wrote in the body, and by what lies beneath the
SDK's exception (a refused connection, a certificate, a time-out, broken JSON).
"""

from __future__ import annotations

import email.utils
import json
import math
import re
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import SecretStr

from interviewer.providers.chat import ErrorKind, ProviderError, Usage

LONGEST_DETAIL: Final = 240
"""Characters of a service's own words in a message, at most."""

_HIDDEN: Final = "[key]"
_SECRETS: Final = re.compile(
    r"(?i)\b(?:bearer|basic)\s+(?=\S*[0-9=*])[^\s\"',;]{6,}"  # what follows in an authorization header
    r"|\b(?:x-api-key|api[-_]?key|authorization|access[-_]?token)\b[\"']?\s*[:=]\s*[\"']?"
    r"(?:(?:bearer|basic)\s+)?[^\s\"',;&]+"
    r"|\b(?:sk|pk|rk|gsk|xai|hf|sess|key)[-_][A-Za-z0-9*._-]{6,}"  # the usual shapes of keys, masked ones too
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"  # a name and a password in an address
)
_SHORTEST_KEY: Final = 4


@dataclass(frozen=True, slots=True)
class Service:
    """Who is asked, as the sentences name it."""

    name: str
    """As a sentence begins: `Anthropic`, `OpenAI`, `The server at localhost:11434`."""
    host: str
    model: str
    key: SecretStr | None
    """Only so that it can be taken out of messages."""
    key_from: str
    """Where the key comes from, such as `ANTHROPIC_API_KEY`."""
    address: str
    """The base URL."""

    @property
    def named(self) -> str:
        """As it stands within a sentence."""
        return self.name[0].lower() + self.name[1:] if self.name.startswith("The ") else self.name


def scrub(text: str, key: SecretStr | None = None) -> str:
    """`text` on one line, without control codes, without `key` and without anything that looks like one."""
    secret = key.get_secret_value().strip() if key is not None else ""
    if len(secret) >= _SHORTEST_KEY:
        text = text.replace(secret, _HIDDEN)
        tail = secret[-_SHORTEST_KEY:]
        text = re.sub(rf"[^\s\"']*\*{{2,}}{re.escape(tail)}", _HIDDEN, text)  # masked all but its end
    text = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(_SECRETS.sub(_HIDDEN, text).split())


def failure(error: BaseException, service: Service, usage: Usage | None = None) -> ProviderError:
    """What an exception of an SDK means.

    Args:
        error: what was raised while calling.
        service: who was called.
        usage: what was billed until then, as far as it is known.
    """
    made = _of_status(error, service) or _of_body(error, service) or _of_transport(error, service)
    made.usage = made.usage or usage
    return made


def _of_status(error: BaseException, service: Service) -> ProviderError | None:
    status = getattr(error, "status_code", None)
    response = getattr(error, "response", None)
    if not isinstance(status, int) or response is None or status < 300:
        return None
    return refused(status, getattr(error, "body", None), response.headers, service)


def _of_body(error: BaseException, service: Service) -> ProviderError | None:
    """An error that was reported after the reply had begun well."""
    body = getattr(error, "body", None)
    return reported(body, service) if isinstance(body, Mapping) else None


def _of_transport(error: BaseException, service: Service) -> ProviderError:
    chain = list(_beneath(error))
    names = {cls.__name__ for each in chain for cls in type(each).__mro__}
    if any(isinstance(each, ssl.SSLError) for each in chain) or _says(chain, "certificate_verify", "[ssl"):
        reasons = (getattr(each, "verify_message", None) for each in chain)
        return _tls(service, next((str(reason) for reason in reasons if reason), ""))
    if {"TimeoutException", "APITimeoutError", "TimeoutError"} & names and "ConnectTimeout" not in names:
        return timed_out(service)
    if any(isinstance(each, (json.JSONDecodeError, UnicodeDecodeError)) for each in chain) or names & {
        "ValidationError",
        "APIResponseValidationError",
        "DecodingError",
    }:
        return malformed(service, "what came is not valid JSON")
    if {"UnsupportedProtocol", "InvalidURL", "LocalProtocolError"} & names:
        return ProviderError(
            "bad-request", f"{service.address} is not an address that can be asked. Check the base URL."
        )
    broken = {"ReadError", "WriteError", "RemoteProtocolError", "CloseError", "ServerDisconnectedError"}
    if broken & names or any(isinstance(each, (ConnectionResetError, BrokenPipeError, EOFError)) for each in chain):
        return dropped(service)
    if "ProxyError" in names:
        return ProviderError("no-route", f"The proxy did not let the call to {service.host} through. Check the proxy.")
    if any(isinstance(each, socket.gaierror) for each in chain) or _says(chain, "name or service", "getaddrinfo"):
        return ProviderError(
            "no-route", f"The name {service.host} is not known. Check the network connection and the base URL."
        )
    if any(isinstance(each, ConnectionRefusedError) for each in chain) or _says(chain, "refused"):
        return ProviderError("no-route", f"Nothing answers at {service.host}. Check that it runs, and the base URL.")
    if {"ConnectError", "ConnectTimeout", "APIConnectionError", "NetworkError", "OSError"} & names:
        return ProviderError("no-route", f"{service.host} cannot be reached. Check the network connection.")
    if isinstance(error, (ValueError, TypeError, KeyError, AttributeError)):
        return malformed(service, "what came is no reply")
    return ProviderError("server", f"The call to {service.named} failed{_detail(str(error), service)}.")


def refused(status: int, body: object, headers: Mapping[str, str], service: Service) -> ProviderError:
    """What an HTTP status other than success means, with the body that came with it."""
    codes, words = _codes(body), _words(body)
    wait = _retry_after(headers)
    kind = _kind(status, codes, words, headers)
    made = _sentence(kind, status, words, wait, service)
    made.retry_after = wait if kind in {"rate-limited", "overloaded", "server"} else None
    made.status = status
    made.request_id = headers.get("x-request-id") or headers.get("request-id")
    return made


def reported(body: Mapping[str, Any], service: Service) -> ProviderError:
    """What an error means that a service wrote into a reply that had begun with success."""
    codes, words = _codes(body), _words(body)
    numbers = [int(code) for code in codes if code.isdigit() and len(code) == 3]
    return _sentence(_kind(numbers[0] if numbers else 0, codes, words, {}), 0, words, None, service)


def timed_out(service: Service) -> ProviderError:
    """It was silent for too long."""
    return ProviderError("timeout", f"{service.name} did not answer in time. Try again, or allow more time.")


def dropped(service: Service) -> ProviderError:
    """The connection broke."""
    return ProviderError(
        "dropped", f"The connection to {service.named} broke before the reply was complete. Try again."
    )


def malformed(service: Service, why: str) -> ProviderError:
    """What came back is no reply."""
    return ProviderError("malformed", f"{service.name} sent something that cannot be read: {why}. Try again.")


def web_page(service: Service) -> ProviderError:
    """A web page came where a reply should be."""
    return ProviderError(
        "bad-request", f"{service.address} answered with a web page, so no model is there. Check the base URL."
    )


def filtered(service: Service) -> ProviderError:
    """The service's filter stopped the reply."""
    return ProviderError(
        "content-filter",
        f"The content filter of {service.named} stopped this. Rephrase the answer, or use another engine.",
    )


def too_long(service: Service) -> ProviderError:
    """More text than the model takes."""
    return ProviderError(
        "too-long", f"This is longer than {service.model} can take. Shorten it, or choose a model that takes more."
    )


# What is written in the body of an error


def _codes(body: object) -> frozenset[str]:
    """Everything in an error body that names its kind, in lower case."""
    found: set[str] = set()
    for level in _levels(body):
        for key in ("type", "code", "status", "error_code"):
            value = level.get(key)
            if isinstance(value, (str, int)) and not isinstance(value, bool):
                found.add(str(value).casefold())
    return frozenset(found - {"error"})


def _words(body: object) -> str:
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


def _kind(status: int, codes: frozenset[str], words: str, headers: Mapping[str, str]) -> ErrorKind:
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


def _sentence(kind: ErrorKind, status: int, words: str, wait: float | None, service: Service) -> ProviderError:
    name, detail = service.name, _detail(words, service)
    if kind == "authentication":
        if status == 403:
            return ProviderError(
                kind, f"{name} refused access{detail}. Check what this key may use ({service.key_from})."
            )
        return ProviderError(kind, f"{name} did not accept the key. Check {service.key_from}.")
    if kind == "quota":
        return ProviderError(kind, f"{name} says that there is no credit left. Add credit, or use another engine.")
    if kind == "unknown-model":
        return ProviderError(kind, f"{name} has no model {scrub(service.model)!r} for this key. Choose another model.")
    if kind == "too-long":
        return too_long(service)
    if kind == "content-filter":
        return filtered(service)
    if kind == "timeout":
        return timed_out(service)
    if kind == "rate-limited":
        asked = f" It asks to wait {_duration(wait)}." if wait else " Wait a moment."
        return ProviderError(kind, f"{name} allows no more calls just now.{asked}")
    if kind == "overloaded":
        return ProviderError(kind, f"{name} is overloaded. Try again in a moment.")
    if kind == "no-route":
        return ProviderError(kind, f"Something on the way refused the call to {service.host}. Check the network.")
    if kind == "server":
        number = f" ({status})" if status else ""
        return ProviderError(kind, f"{name} failed{number}{detail}. Try again.")
    return _bad_request(status, detail, service)


def _bad_request(status: int, detail: str, service: Service) -> ProviderError:
    if 300 <= status < 400:
        return ProviderError(
            "bad-request", f"{service.address} sends callers elsewhere ({status}). Set the base URL to where it points."
        )
    if status in {404, 405}:
        return ProviderError(
            "bad-request", f"There is no such service at {service.address} ({status}){detail}. Check the base URL."
        )
    number = f" ({status})" if status else ""
    return ProviderError("bad-request", f"{service.name} refused the request{number}{detail}.")


def _tls(service: Service, why: str) -> ProviderError:
    reason = f" ({scrub(why)})" if why else ""
    return ProviderError(
        "tls",
        f"No secure connection to {service.host}{reason}. Check the clock, the proxy and its certificate, "
        "or the base URL.",
    )


def _detail(words: str, service: Service) -> str:
    """The service's own words, made fit to stand after a clause; nothing if it said nothing."""
    text = scrub(words, service.key).rstrip(" .")
    if not text:
        return ""
    if len(text) > LONGEST_DETAIL:
        text = f"{text[:LONGEST_DETAIL].rstrip()} ..."
    return f": {text}"


def _duration(seconds: float) -> str:
    for unit, name in ((1, "s"), (60, "min"), (3600, "h")):
        if seconds < 100 * unit:
            return f"{math.ceil(seconds / unit)} {name}"
    return f"{math.ceil(seconds / 86400)} days"


# Beneath an exception


def _beneath(error: BaseException) -> Iterator[BaseException]:
    """The exception and everything that it came from."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [each.__context__, each.__cause__]
        if isinstance(each, BaseExceptionGroup):
            waiting += each.exceptions


def _says(chain: list[BaseException], *words: str) -> bool:
    text = " ".join(str(each) for each in chain).casefold()
    return any(word in text for word in words)


# Headers


def _retry_after(headers: Mapping[str, str]) -> float | None:
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
