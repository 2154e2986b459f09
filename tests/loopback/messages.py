"""Anthropic's Messages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.loopback.asked import Asked, RefusedError
from tests.loopback.said import Said
from tests.loopback.strict import complaint, pieces

PATH = "/v1/messages"
VERSIONS = frozenset({"2023-06-01", "2026-10-21"})
OLD = frozenset({"claude-haiku-4-5"})
"""Knows no effort."""
MODELS = frozenset({"claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5"}) | OLD
_FIELDS = frozenset(
    {"model", "max_tokens", "messages", "system", "stream", "output_config", "metadata", "stop_sequences"}
    | {"thinking", "service_tier", "cache_control"}
)
_KINDS = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    504: "timeout_error",
    529: "overloaded_error",
}


def key_of(headers: Mapping[str, str]) -> str:
    """The key that came; empty if none."""
    return headers.get("x-api-key") or headers.get("authorization", "").removeprefix("Bearer ")


def no_key() -> RefusedError:
    return RefusedError(401, "authentication_error", "x-api-key header is required")


def wrong_key(key: str) -> RefusedError:
    return RefusedError(401, "authentication_error", f"invalid x-api-key {key}")


def check(headers: Mapping[str, str], body: Any) -> Asked:
    """The request, if the service would take it. Raises RefusedError."""
    if headers.get("anthropic-version") not in VERSIONS:
        raise _refused("anthropic-version: header is required")
    if not isinstance(body, dict):
        raise _refused("the request body must be a JSON object")
    for name in ("model", "max_tokens", "messages"):
        if name not in body:
            raise _refused(f"{name}: Field required")
    if unknown := set(body) - _FIELDS:
        raise _refused(f"{sorted(unknown)[0]}: Extra inputs are not permitted")
    if body["model"] not in MODELS:
        raise RefusedError(404, "not_found_error", f"model: {body['model']}")
    if not isinstance(body["max_tokens"], int) or isinstance(body["max_tokens"], bool) or body["max_tokens"] < 1:
        raise _refused("max_tokens: Input should be a valid integer, at least 1")
    if body["model"] in OLD and "effort" in body.get("output_config", {}):
        raise _refused("This model does not support the effort parameter.")
    system, prefix = _system(body.get("system", []))
    return Asked(
        protocol="messages",
        model=body["model"],
        system=system,
        messages=_messages(body["messages"]),
        schema=_schema(body.get("output_config", {})),
        most_tokens=body["max_tokens"],
        stream=body.get("stream") is True,
        prefix=prefix,
        usage_in_stream=True,
        body=body,
    )


def _refused(message: str) -> RefusedError:
    return RefusedError(400, "invalid_request_error", message)


def _system(system: Any) -> tuple[str, str | None]:
    """The system text, and what of it is to be cached."""
    if isinstance(system, str):
        return system, None
    if not isinstance(system, list):
        raise _refused("system: Input should be a valid list")
    texts: list[str] = []
    prefix, breakpoints = None, 0
    for index, block in enumerate(system):
        if not isinstance(block, dict) or set(block) - {"type", "text", "cache_control"} or block.get("type") != "text":
            raise _refused(f"system.{index}: Input should be a text block")
        if not isinstance(block.get("text"), str) or not block["text"].strip():
            raise _refused("system: text content blocks must be non-empty")
        texts.append(block["text"])
        if (control := block.get("cache_control")) is not None:
            if not isinstance(control, dict) or set(control) - {"type", "ttl"} or control.get("type") != "ephemeral":
                raise _refused(f"system.{index}.cache_control: Input should be ephemeral")
            if control.get("ttl", "5m") not in {"5m", "1h"}:
                raise _refused(f"system.{index}.cache_control.ttl: Input should be '5m' or '1h'")
            prefix, breakpoints = "\n\n".join(texts), breakpoints + 1
    if breakpoints > 4:
        raise _refused("A maximum of 4 blocks with cache_control may be provided")
    return "\n\n".join(texts), prefix


def _messages(messages: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(messages, list) or not messages:
        raise _refused("messages: at least one message is required")
    made: list[tuple[str, str]] = []
    for index, message in enumerate(messages):
        if not isinstance(message, dict) or set(message) != {"role", "content"}:
            raise _refused(f"messages.{index}: Input should have role and content")
        role, content = message["role"], message["content"]
        if role not in {"user", "assistant"}:
            raise _refused(f"messages.{index}.role: Input should be 'user' or 'assistant'")
        if not isinstance(content, str) or not content.strip():
            raise _refused(f"messages.{index}: all messages must have non-empty content")
        made.append((role, content))
    if made[0][0] != "user":
        raise _refused("messages: first message must use the user role")
    if made[-1][0] != "user":
        raise _refused("This model does not support assistant message prefill")
    return tuple(made)


def _schema(config: Any) -> Mapping[str, Any] | None:
    if not isinstance(config, dict) or set(config) - {"format", "effort"}:
        raise _refused("output_config: Extra inputs are not permitted")
    if config.get("effort", "low") not in {"low", "medium", "high", "xhigh", "max"}:
        raise _refused("output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'")
    form = config.get("format")
    if form is None:
        return None
    if not isinstance(form, dict) or set(form) != {"type", "schema"} or form["type"] != "json_schema":
        raise _refused("output_config.format: Input should be a json_schema with a schema")
    if wrong := complaint(form["schema"], every_required=False):
        raise _refused(f"output_config.format.schema: {wrong}")
    schema: Mapping[str, Any] = form["schema"]
    return schema


def error(refused: RefusedError) -> dict[str, Any]:
    """The body of an error."""
    kind = refused.kind or _KINDS.get(refused.status, "api_error")
    said = {"type": kind, "message": refused.message}
    return {"type": "error", "error": said, "request_id": "req_loopback"}


def kind_of(status: int) -> str:
    """What an error of this status is called."""
    return _KINDS.get(status, "api_error")


def body(asked: Asked, said: Said) -> dict[str, Any]:
    """The whole reply."""
    content: list[dict[str, Any]] = [] if said.end == "no-choices" else [{"type": "text", "text": said.text}]
    if said.end == "refused":
        content = []
    made: dict[str, Any] = {
        "id": f"msg_{said.number:06d}",
        "type": "message",
        "role": "assistant",
        "model": asked.model,
        "content": content,
        "stop_reason": _stop(said) if said.end != "no-choices" else None,
        "stop_sequence": None,
        "usage": _usage(said),
    }
    if said.end == "refused":
        made["stop_details"] = {"type": "refusal", "category": None, "explanation": said.text}
    if not said.counted:
        del made["usage"]
    return made


def _stop(said: Said) -> str:
    ends = {"truncated": "max_tokens", "refused": "refusal", "filtered": "refusal"}
    return ends.get(said.end, "end_turn")


def _usage(said: Said) -> dict[str, Any]:
    return {
        "input_tokens": said.sent - said.cached - said.written,
        "cache_creation_input_tokens": said.written,
        "cache_read_input_tokens": said.cached,
        "output_tokens": said.received,
    }


def events(asked: Asked, said: Said) -> Iterator[tuple[str | None, str]]:
    """Name and data of every event of the stream."""
    start = body(asked, said) | {"content": [], "stop_reason": None}
    start.pop("stop_details", None)
    if said.counted:
        start["usage"] = _usage(said) | {"output_tokens": 1}
    yield _event("message_start", message=start)
    if said.end not in {"refused", "no-choices"}:
        yield _event("content_block_start", index=0, content_block={"type": "text", "text": ""})
        yield _event("ping")
        for piece in pieces(said.text):
            yield _event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
        yield _event("content_block_stop", index=0)
    delta: dict[str, Any] = {"stop_reason": _stop(said), "stop_sequence": None}
    if said.end == "refused":
        delta["stop_details"] = {"type": "refusal", "category": None, "explanation": said.text}
    if said.end != "no-choices":
        counted = {"usage": {"output_tokens": said.received}} if said.counted else {}
        yield _event("message_delta", delta=delta, **counted)
    yield _event("message_stop")


def _event(name: str, **more: Any) -> tuple[str, str]:
    return name, json.dumps({"type": name, **more}, ensure_ascii=False)


def error_event() -> tuple[str | None, str]:
    """An error within a stream."""
    return "error", json.dumps({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}})
