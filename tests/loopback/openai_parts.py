"""What OpenAI's two protocols share: keys, errors, the form of a reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.loopback.asked import RefusedError
from tests.loopback.strict import NAME, complaint

MODELS = frozenset({"gpt-6.1-sol", "gpt-6.1-terra", "gpt-6-sol", "gpt-6-luna", "gpt-5.1"})
OLD = frozenset({"gpt-5.1"})
"""Knows no explicit cache breakpoints."""

_CODES = {
    401: "invalid_api_key",
    402: "billing_not_active",
    404: "model_not_found",
    429: "rate_limit_exceeded",
}


def key_of(headers: Mapping[str, str]) -> str:
    """The key that came; empty if none."""
    return headers.get("authorization", "").removeprefix("Bearer ")


def no_key() -> RefusedError:
    return RefusedError(401, "invalid_request_error", "You didn't provide an API key.")


def wrong_key(key: str) -> RefusedError:
    message = f"Incorrect API key provided: {key}. You can find your API key in your account."
    return RefusedError(401, "invalid_request_error", message, code="invalid_api_key")


def bad(message: str, param: str | None = None, code: str | None = None) -> RefusedError:
    """A request that is refused for what it says."""
    return RefusedError(400, "invalid_request_error", message, param, code)


def no_model(model: str) -> RefusedError:
    message = f"The model `{model}` does not exist or you do not have access to it."
    return RefusedError(404, "invalid_request_error", message, code="model_not_found")


def error(refused: RefusedError) -> dict[str, Any]:
    """The body of an error."""
    said = {"message": refused.message, "type": refused.kind, "param": refused.param, "code": refused.code}
    return {"error": said}


def kind_of(status: int) -> str:
    """What an error of this status is called."""
    if status == 429:
        return "requests"
    return "server_error" if status >= 500 else "invalid_request_error"


def code_of(status: int) -> str | None:
    """The code of an error of this status."""
    return _CODES.get(status)


def refuse_unknown(given: Mapping[str, Any], known: frozenset[str], where: str = "") -> None:
    """Raises RefusedError for a field that the service does not know."""
    if unknown := set(given) - known:
        name = f"{where}{sorted(unknown)[0]}"
        raise bad(f"Unknown parameter: '{name}'.", name, "unknown_parameter")


def schema_of(form: Mapping[str, Any], param: str) -> Mapping[str, Any]:
    """The schema of a reply's form, if strict mode takes it. Raises RefusedError."""
    refuse_unknown(form, frozenset({"type", "name", "schema", "strict", "description"}), f"{param}.")
    name = form.get("name")
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise bad(f"Invalid '{param}.name': string does not match pattern.", f"{param}.name", "invalid_value")
    if form.get("strict") is True and (wrong := complaint(form.get("schema"), every_required=True)):
        message = f"Invalid schema for response_format '{name}': {wrong}."
        raise bad(message, f"{param}.schema", "invalid_json_schema")
    schema: Mapping[str, Any] = form["schema"]
    return schema


def limit_of(body: Mapping[str, Any], name: str, least: int = 1) -> int | None:
    """A limit of tokens. Raises RefusedError."""
    value = body.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < least):
        raise bad(f"Invalid '{name}': integer below minimum value.", name, "integer_below_min_value")
    return value
