"""Chat Completions: what comes back, and what is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from interviewer.providers.chat import Reply, Stop, Usage
from interviewer.providers.failures import filtered, malformed, reported
from interviewer.providers.only_json import OnlyJson
from interviewer.providers.service import Service
from interviewer.providers.wire import counted, each, inside, plain, text_of


class GatheredChat:
    """A reply of Chat Completions as its chunks come."""

    def __init__(self, service: Service, only_json: OnlyJson | None) -> None:
        self.usage: Usage | None = None
        self._service = service
        self._only_json = only_json
        self._texts: list[str] = []
        self._refusals: list[str] = []
        self._chosen = False
        self._finish: str | None = None
        self._model = service.model

    def add(self, event: Any) -> str:
        """Takes a chunk; the text that it adds."""
        self._model = inside(event, "model") or self._model
        if (usage := inside(event, "usage")) is not None:
            self.usage = _chat_usage(plain(usage))
        text = ""
        for choice in each(inside(event, "choices")):
            self._chosen = True
            self._finish = inside(choice, "finish_reason") or self._finish
            self._refusals.append(text_of(inside(choice, "delta", "refusal")))
            text += text_of(inside(choice, "delta", "content"))
        if text and self._only_json is not None:
            text = self._only_json.add(text)
        if self._finish and self._only_json is not None:
            text += self._only_json.rest()
        self._texts.append(text)
        return text

    def reply(self, request_id: str | None) -> Reply | None:
        """The whole reply; None if its end has not come. Raises ProviderError."""
        if self._finish is None:
            if not self._chosen:
                raise malformed(self._service, "there are no choices in it")
            return None
        usage = self.usage or Usage(counted=False)
        refusal = "".join(self._refusals)
        return _made_of("".join(self._texts), self._finish, refusal, usage, self._model, request_id, self._service)


def chat_reply(body: Mapping[str, Any], request_id: str | None, service: Service, only_json: bool) -> Reply:
    """The reply in a whole completion. Raises ProviderError if it reports a failure or holds no choices.

    Args:
        body: the completion.
        request_id: from its headers.
        service: who sent it.
        only_json: whether to leave out what stands around the JSON object.
    """
    if body.get("error"):
        raise reported(body, service)
    choice = next(each(body.get("choices")), None)
    message = inside(choice, "message")
    if not isinstance(message, Mapping):
        raise malformed(service, "there are no choices in it")
    text = text_of(message.get("content"))
    if only_json:
        taken = OnlyJson()
        text = taken.add(text) + taken.rest()
    finish = inside(choice, "finish_reason") or "stop"
    model = str(inside(body, "model") or service.model)
    refusal = text_of(message.get("refusal"))
    return _made_of(text, finish, refusal, _chat_usage(body.get("usage")), model, request_id, service)


def _made_of(
    text: str, finish: str, refusal: str, usage: Usage, model: str, request_id: str | None, service: Service
) -> Reply:
    if finish == "content_filter":
        problem = filtered(service)
        problem.usage, problem.request_id = usage if usage.counted else None, request_id
        raise problem
    stop: Stop = "refused" if refusal else "truncated" if finish == "length" else "complete"
    return Reply(text, stop, usage, model, request_id, refusal or None)


def _chat_usage(usage: Any) -> Usage:
    if not isinstance(usage, Mapping) or not isinstance(usage.get("prompt_tokens"), int):
        return Usage(counted=False)
    details = usage.get("prompt_tokens_details")
    return counted(
        usage.get("prompt_tokens"),
        inside(details, "cached_tokens"),
        inside(details, "cache_write_tokens"),
        usage.get("completion_tokens"),
    )
