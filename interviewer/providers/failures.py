"""Turns whatever an SDK or a service does wrong into one clear sentence, with no key in it.

Knows no SDK: it goes by what an error reply says, and by what lies beneath the SDK's exception (a refused
connection, a certificate, a time-out, broken JSON).
"""

from __future__ import annotations

import json
import math
import socket
import ssl
from collections.abc import Iterator, Mapping
from typing import Any, Final

from interviewer.providers.chat import ErrorKind, ProviderError, Usage
from interviewer.providers.error_reply import codes_of, kind_of, wait_of, words_of
from interviewer.providers.service import Service, scrub

LONGEST_DETAIL: Final = 240
"""Characters of a service's own words in a message, at most."""


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
    chain = list(beneath(error))
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
    if {"ProxyError", "ClientProxyConnectionError", "ClientHttpProxyError"} & names:
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
    codes, words = codes_of(body), words_of(body)
    wait = wait_of(headers)
    kind = kind_of(status, codes, words, headers)
    made = _sentence(kind, status, words, wait, service)
    made.retry_after = wait if kind in {"rate-limited", "overloaded", "server"} else None
    made.status = status
    made.request_id = headers.get("x-request-id") or headers.get("request-id")
    return made


def reported(body: Mapping[str, Any], service: Service) -> ProviderError:
    """What an error means that a service wrote into a reply that had begun with success."""
    codes, words = codes_of(body), words_of(body)
    numbers = [int(code) for code in codes if code.isdigit() and len(code) == 3]
    return _sentence(kind_of(numbers[0] if numbers else 0, codes, words, {}), 0, words, None, service)


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
    return ProviderError(
        "bad-request", f"{service.name} refused the request{number}{detail}. Try another model, or --engine offline."
    )


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


def beneath(error: BaseException) -> Iterator[BaseException]:
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
