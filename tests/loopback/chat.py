"""OpenAI's Chat Completions, and the same as smaller servers speak it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.loopback.asked import Asked
from tests.loopback.openai_parts import MODELS, bad, limit_of, no_model, refuse_unknown, schema_of
from tests.loopback.said import Said
from tests.loopback.strict import pieces

PATH = "/v1/chat/completions"
LOCAL = frozenset({"qwen3:8b", "llama-4-scout"})
_FIELDS = frozenset(
    {"model", "messages", "max_tokens", "max_completion_tokens", "stream", "stream_options", "response_format"}
    | {"reasoning_effort", "temperature", "top_p", "seed", "stop", "store", "prompt_cache_key", "metadata", "user"}
)


def check(body: Any, refuses: frozenset[str]) -> Asked:
    """The request, if the service would take it.

    Args:
        body: the request.
        refuses: what this server does not know: fields, or `json_schema`, `json_object`.

    Raises:
        RefusedError: it would not.
    """
    if not isinstance(body, dict):
        raise bad("We could not parse the JSON body of your request.")
    refuse_unknown(body, _FIELDS - refuses)
    model = body.get("model")
    if model not in MODELS | LOCAL:
        raise no_model(str(model))
    if model in MODELS:
        if "max_tokens" in body:
            message = "Unsupported parameter: 'max_tokens' is not supported with this model. "
            raise bad(f"{message}Use 'max_completion_tokens' instead.", "max_tokens", "unsupported_parameter")
        for name in ("temperature", "top_p"):
            if name in body:
                raise bad(f"Unsupported value: '{name}' does not support {body[name]} with this model.", name)
    options = body.get("stream_options")
    if options is not None and body.get("stream") is not True:
        raise bad("The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options")
    system, messages = _messages(body.get("messages"))
    limit = "max_completion_tokens" if model in MODELS else "max_tokens"
    return Asked(
        protocol="chat",
        model=str(model),
        system=system,
        messages=messages,
        schema=_schema(body.get("response_format", {"type": "text"}), refuses, system),
        most_tokens=limit_of(body, limit),
        stream=body.get("stream") is True,
        prefix=system or None,
        usage_in_stream=bool(options and options.get("include_usage")),
        body=body,
    )


def _messages(messages: Any) -> tuple[str, tuple[tuple[str, str], ...]]:
    if not isinstance(messages, list) or not messages:
        raise bad("Missing required parameter: 'messages'.", "messages", "missing_required_parameter")
    system: list[str] = []
    said: list[tuple[str, str]] = []
    for index, message in enumerate(messages):
        if not isinstance(message, dict):
            raise bad(f"Invalid type for 'messages[{index}]'.")
        refuse_unknown(message, frozenset({"role", "content", "name"}), f"messages[{index}].")
        role, content = message.get("role"), message.get("content")
        if role not in {"system", "developer", "user", "assistant"} or not isinstance(content, str):
            raise bad(f"Invalid value for 'messages[{index}]'.", f"messages[{index}]", "invalid_value")
        if role in {"system", "developer"}:
            system.append(content)
        else:
            said.append((role, content))
    return "\n\n".join(system), tuple(said)


def _schema(form: Any, refuses: frozenset[str], system: str) -> Mapping[str, Any] | None:
    kind = form.get("type") if isinstance(form, dict) else None
    if kind not in {"text", "json_object", "json_schema"}:
        raise bad("Invalid value for 'response_format.type'.", "response_format.type", "invalid_value")
    if kind in refuses:
        raise bad(f"Invalid parameter: 'response_format' of type '{kind}' is not supported.", "response_format")
    if kind == "json_schema":
        return schema_of({"type": kind, **form.get("json_schema", {})}, "response_format")
    if kind == "json_object" and "json" not in system.lower():
        raise bad("'messages' must contain the word 'json' in some form.", "messages")
    return _in_words(system)


def _in_words(system: str) -> Mapping[str, Any] | None:
    """A schema that stands in the prompt: what a willing model would go by."""
    start = system.find('{"type":"object"')
    if start < 0:
        return None
    try:
        made, _ = json.JSONDecoder().raw_decode(system[start:])
    except ValueError:
        return None
    return made if isinstance(made, dict) else None


def body(asked: Asked, said: Said) -> dict[str, Any]:
    """The whole reply."""
    refused = said.end == "refused"
    message = {
        "role": "assistant",
        "content": None if refused else said.text,
        "refusal": said.text if refused else None,
    }
    choice = {"index": 0, "message": message, "finish_reason": _finish(said), "logprobs": None}
    made: dict[str, Any] = {
        "id": f"chatcmpl-{said.number:06d}",
        "object": "chat.completion",
        "created": 0,
        "model": asked.model,
        "choices": [] if said.end == "no-choices" else [choice],
        "usage": _usage(said),
    }
    if not said.counted:
        del made["usage"]
    return made


def _finish(said: Said) -> str:
    return {"truncated": "length", "filtered": "content_filter"}.get(said.end, "stop")


def _usage(said: Said) -> dict[str, Any]:
    return {
        "prompt_tokens": said.sent,
        "completion_tokens": said.received,
        "total_tokens": said.sent + said.received,
        "prompt_tokens_details": {"cached_tokens": said.cached},
    }


def events(asked: Asked, said: Said) -> Iterator[tuple[str | None, str]]:
    """Name and data of every event of the stream."""

    def chunk(delta: dict[str, Any], finish: str | None = None) -> tuple[None, str]:
        return None, json.dumps(base | {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    base = {
        "id": f"chatcmpl-{said.number:06d}",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": asked.model,
    }
    if said.end != "no-choices":
        yield chunk({"role": "assistant", "content": ""})
        for piece in pieces(said.text):
            yield chunk({"refusal" if said.end == "refused" else "content": piece})
        yield chunk({}, _finish(said))
    if asked.usage_in_stream and said.counted:
        yield None, json.dumps(base | {"choices": [], "usage": _usage(said)})
    yield None, "[DONE]"


def error_event() -> tuple[str | None, str]:
    """An error within a stream."""
    return None, json.dumps({"error": {"message": "The server had an error.", "type": "server_error", "code": 502}})
