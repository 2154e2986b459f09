"""OpenAI's Responses: what comes back, and what is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from interviewer.providers.chat import ProviderError, Reply, Stop, Usage
from interviewer.providers.failures import filtered, malformed, reported
from interviewer.providers.service import Service
from interviewer.providers.wire import counted, each, inside, plain, text_of


class GatheredResponse:
    """A reply of Responses as its events come."""

    usage: Usage | None = None  # said only at the end

    def __init__(self, service: Service) -> None:
        self._service = service
        self._texts: list[str] = []
        self._final: Mapping[str, Any] | None = None

    def add(self, event: Any) -> str:
        """Takes an event; the text that it adds. Raises ProviderError for one that reports a failure."""
        kind = inside(event, "type")
        if kind == "response.output_text.delta":
            text = text_of(inside(event, "delta"))
            self._texts.append(text)
            return text
        if kind in {"response.completed", "response.incomplete", "response.failed"}:
            response = inside(event, "response")
            self._final = plain(response) if response is not None else {}
        elif kind == "error":
            raise reported(plain(event), self._service)
        return ""

    def reply(self, request_id: str | None) -> Reply | None:
        """The whole reply; None if its end has not come. Raises ProviderError."""
        if self._final is None:
            return None
        return response_reply(self._final, request_id, self._service, "".join(self._texts))


def response_reply(
    body: Mapping[str, Any], request_id: str | None, service: Service, streamed_text: str | None = None
) -> Reply:
    """The reply in a whole response. Raises ProviderError if it reports a failure or holds no output.

    Args:
        body: the response.
        request_id: from its headers.
        service: who sent it.
        streamed_text: the text that was handed on already, if it was streamed.
    """
    usage = _response_usage(body.get("usage"))
    status, reason = body.get("status"), inside(body, "incomplete_details", "reason")
    problem: ProviderError | None = None
    if isinstance(body.get("error"), Mapping):
        problem = reported({"error": body["error"]}, service)
    elif status == "incomplete" and reason == "content_filter":
        problem = filtered(service)
    elif status not in {"completed", "incomplete"} or not isinstance(body.get("output"), list):
        problem = malformed(service, "there is no output in it")
    if problem is not None:
        problem.usage, problem.request_id = usage if usage.counted else None, request_id
        raise problem
    parts = [part for item in each(body["output"]) for part in each(inside(item, "content"))]
    text = "".join(text_of(inside(part, "text")) for part in parts if inside(part, "type") == "output_text")
    said = [text_of(inside(part, "refusal")) for part in parts if inside(part, "type") == "refusal"]
    stop: Stop = "refused" if said else "truncated" if status == "incomplete" else "complete"
    return Reply(
        text if streamed_text is None else streamed_text,
        stop,
        usage,
        str(inside(body, "model") or service.model),
        request_id or inside(body, "id"),
        "".join(said) if said else None,
    )


def _response_usage(usage: Any) -> Usage:
    if not isinstance(usage, Mapping) or not isinstance(usage.get("input_tokens"), int):
        return Usage(counted=False)
    details = usage.get("input_tokens_details")
    return counted(
        usage.get("input_tokens"),
        inside(details, "cached_tokens"),
        inside(details, "cache_write_tokens"),
        usage.get("output_tokens"),
    )
