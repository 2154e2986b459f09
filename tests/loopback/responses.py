"""OpenAI's Responses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.loopback.asked import Asked
from tests.loopback.openai_parts import MODELS, OLD, bad, limit_of, no_model, refuse_unknown, schema_of
from tests.loopback.said import Said
from tests.loopback.strict import pieces

PATH = "/v1/responses"
_FIELDS = frozenset(
    {"model", "input", "instructions", "max_output_tokens", "store", "stream", "text", "reasoning", "metadata"}
    | {"prompt_cache_key", "prompt_cache_options", "temperature", "top_p", "service_tier", "safety_identifier"}
    | {"stream_options", "truncation"}
)


def check(body: Any) -> Asked:
    """The request, if the service would take it. Raises RefusedError."""
    if not isinstance(body, dict):
        raise bad("We could not parse the JSON body of your request.")
    refuse_unknown(body, _FIELDS)
    if not isinstance(body.get("model"), str):
        raise bad("Missing required parameter: 'model'.", "model", "missing_required_parameter")
    model = body["model"]
    if model not in MODELS:
        raise no_model(model)
    for name in ("temperature", "top_p"):
        if name in body:
            raise bad(f"Unsupported parameter: '{name}' is not supported with this model.", name)
    if len(body.get("prompt_cache_key", "")) > 64:
        raise bad("Invalid 'prompt_cache_key': string too long.", "prompt_cache_key", "string_above_max_length")
    refuse_unknown(body.get("reasoning", {}), frozenset({"effort", "summary"}), "reasoning.")
    if model in OLD and "prompt_cache_options" in body:
        raise bad("Unsupported parameter: 'prompt_cache_options' is not supported with this model.")
    system, messages, prefix = _input(body.get("input"), model)
    if prefix is not None and body.get("prompt_cache_options", {}).get("ttl", "30m") not in {"30m", "12h"}:
        raise bad("Invalid value for 'prompt_cache_options.ttl'.", "prompt_cache_options.ttl", "invalid_value")
    return Asked(
        protocol="responses",
        model=model,
        system=system,
        messages=messages,
        schema=_schema(body.get("text", {})),
        most_tokens=limit_of(body, "max_output_tokens", least=16),
        stream=body.get("stream") is True,
        prefix=prefix,
        usage_in_stream=True,
        body=body,
    )


def _input(given: Any, model: str) -> tuple[str, tuple[tuple[str, str], ...], str | None]:
    """System text, messages, and what stands before the last breakpoint."""
    if isinstance(given, str):
        return "", (("user", given),), None
    if not isinstance(given, list) or not given:
        raise bad("Missing required parameter: 'input'.", "input", "missing_required_parameter")
    system: list[str] = []
    said: list[tuple[str, str]] = []
    before: list[str] = []
    prefix = None
    for index, item in enumerate(given):
        where = f"input[{index}]"
        if not isinstance(item, dict):
            raise bad(f"Invalid type for '{where}'.", where, "invalid_type")
        refuse_unknown(item, frozenset({"role", "content", "type"}), f"{where}.")
        role, content = item.get("role"), item.get("content")
        if role not in {"user", "assistant", "system", "developer"}:
            raise bad(f"Invalid value: {role!r} for '{where}.role'.", f"{where}.role", "invalid_value")
        texts: list[str] = []
        for part in content if isinstance(content, list) else [{"type": "input_text", "text": content}]:
            text, marked = _part(part, f"{where}.content", model)
            texts.append(text)
            before.append(text)
            prefix = "\n\n".join(before) if marked else prefix
        if role in {"system", "developer"}:
            system += texts
        else:
            said.append((role, "\n\n".join(texts)))
    return "\n\n".join(system), tuple(said), prefix


def _part(part: Any, where: str, model: str) -> tuple[str, bool]:
    if not isinstance(part, dict) or part.get("type") != "input_text" or not isinstance(part.get("text"), str):
        raise bad(f"Invalid type for '{where}': expected input_text.", where, "invalid_type")
    refuse_unknown(part, frozenset({"type", "text", "prompt_cache_breakpoint"}), f"{where}.")
    mark = part.get("prompt_cache_breakpoint")
    if mark is not None and (model in OLD or set(mark) - {"mode", "ttl"} or mark.get("mode") != "explicit"):
        raise bad("Unsupported parameter: 'prompt_cache_breakpoint'.", f"{where}.prompt_cache_breakpoint")
    return part["text"], mark is not None


def _schema(text: Any) -> Mapping[str, Any] | None:
    refuse_unknown(text, frozenset({"format", "verbosity"}), "text.")
    form = text.get("format", {"type": "text"})
    return schema_of(form, "text.format") if form.get("type") == "json_schema" else None


def body(asked: Asked, said: Said) -> dict[str, Any]:
    """The whole reply."""
    part: dict[str, Any] = {"type": "output_text", "text": said.text, "annotations": [], "logprobs": []}
    if said.end == "refused":
        part = {"type": "refusal", "refusal": said.text}
    cut = said.end in {"truncated", "filtered"}
    message = {
        "id": f"msg_{said.number:06d}",
        "type": "message",
        "role": "assistant",
        "status": "incomplete" if cut else "completed",
        "content": [part],
    }
    thought = {"id": f"rs_{said.number:06d}", "type": "reasoning", "summary": []}
    reason = {"truncated": "max_output_tokens", "filtered": "content_filter"}.get(said.end)
    made: dict[str, Any] = {
        "id": f"resp_{said.number:06d}",
        "object": "response",
        "created_at": 0,
        "model": asked.model,
        "status": "incomplete" if cut else "completed",
        "error": None,
        "incomplete_details": {"reason": reason} if reason else None,
        "output": None if said.end == "no-choices" else [thought, message],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "store": False,
        "usage": _usage(said),
    }
    if not said.counted:
        made["usage"] = None
    return made


def _usage(said: Said) -> dict[str, Any]:
    return {
        "input_tokens": said.sent,
        "input_tokens_details": {"cached_tokens": said.cached, "cache_write_tokens": said.written},
        "output_tokens": said.received,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": said.sent + said.received,
    }


def events(asked: Asked, said: Said) -> Iterator[tuple[str | None, str]]:
    """Name and data of every event of the stream."""
    whole = body(asked, said)
    number = iter(range(1_000_000))

    def event(name: str, **more: Any) -> tuple[str, str]:
        return name, json.dumps({"type": name, "sequence_number": next(number), **more}, ensure_ascii=False)

    at = {"item_id": f"msg_{said.number:06d}", "output_index": 1, "content_index": 0}
    started = whole | {"status": "in_progress", "output": [], "usage": None, "incomplete_details": None}
    yield event("response.created", response=started)
    yield event("response.in_progress", response=started)
    if said.end == "refused":
        for piece in pieces(said.text):
            yield event("response.refusal.delta", delta=piece, **at)
        yield event("response.refusal.done", refusal=said.text, **at)
    elif said.end != "no-choices":
        for piece in pieces(said.text):
            yield event("response.output_text.delta", delta=piece, logprobs=[], **at)
        yield event("response.output_text.done", text=said.text, logprobs=[], **at)
    name = "response.incomplete" if whole["status"] == "incomplete" else "response.completed"
    yield event(name, response=whole)


def error_event() -> tuple[str | None, str]:
    """An error within a stream."""
    said = {"code": "server_error", "message": "The server had an error.", "param": None}
    return "error", json.dumps({"type": "error", "sequence_number": 9, **said})
