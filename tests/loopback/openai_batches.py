"""OpenAI's Batch: files, and batches of what is in them."""

from __future__ import annotations

import email.message
import email.parser
import email.policy
import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.loopback import responses
from tests.loopback.asked import Recorded, RefusedError
from tests.loopback.batches import DAY, Batch, Desk, Outcome
from tests.loopback.openai_parts import bad, code_of, error, kind_of, refuse_unknown

FILES = "/v1/files"
PATH = "/v1/batches"
MOST_ITEMS = 50_000
MOST_BYTES = 200_000_000
_ENDPOINTS = frozenset(
    {"/v1/responses", "/v1/chat/completions", "/v1/embeddings", "/v1/completions", "/v1/moderations"}
)
_PURPOSES = frozenset({"assistants", "batch", "fine-tune", "vision", "user_data", "evals"})
_ENDS = {
    "expired": ("batch_expired", "This request was not executed in time."),
    "canceled": ("batch_cancelled", "This request was not executed: its batch was cancelled."),
}


def speaks(path: str) -> bool:
    """Whether a path is one of this service's."""
    return path in {FILES, PATH} or path.startswith((f"{FILES}/", f"{PATH}/"))


async def answer(desk: Desk, recorded: Recorded, url: str) -> dict[str, Any] | bytes:  # noqa: ARG001
    """What the service answers. Raises RefusedError."""
    if recorded.path == FILES and recorded.method == "POST":
        return _uploaded(desk, recorded)
    if recorded.path.startswith(f"{FILES}/"):
        return await _file(desk, recorded)
    if recorded.path == PATH:
        return _created(desk, recorded) if recorded.method == "POST" else await _listed(desk, recorded)
    batch_id, _, verb = recorded.path.removeprefix(f"{PATH}/").partition("/")
    batch = desk.batches.get(batch_id)
    if batch is None:
        raise RefusedError(404, "invalid_request_error", f"No batch found with id '{batch_id}'.")
    await desk.go_on(batch)
    if (recorded.method, verb) == ("GET", ""):
        return _described(batch)
    raise RefusedError(405, "invalid_request_error", "Method not allowed.")


# Files


def _uploaded(desk: Desk, recorded: Recorded) -> dict[str, Any]:
    fields = dict(_parts(recorded))
    refuse_unknown(fields, frozenset({"file", "purpose", "expires_after[anchor]", "expires_after[seconds]"}))
    purpose, file = fields.get("purpose"), fields.get("file")
    if purpose is None or purpose.get_content().strip() not in _PURPOSES:
        raise bad("Invalid value for 'purpose'.", "purpose", "invalid_value")
    if file is None or file.get_filename() is None:
        raise bad("'file' is a required property", "file")
    meant = purpose.get_content().strip()
    if meant == "batch" and not str(file.get_filename()).endswith(".jsonl"):
        raise bad("Invalid file format for Batch API. Must be .jsonl")
    content = file.get_payload(decode=True)
    made = {
        "id": f"file-{desk.number():06d}",
        "object": "file",
        "bytes": len(content),
        "created_at": int(desk.clock()),
        "filename": file.get_filename(),
        "purpose": meant,
        "status": "processed",
        "expires_at": int(desk.clock()) + 30 * DAY,
    }
    desk.files[made["id"]] = {**made, "content": content}
    return made


def _parts(recorded: Recorded) -> Iterator[tuple[str, Any]]:
    """Name and content of every part of a form."""
    kind = recorded.headers.get("content-type", "")
    if not kind.startswith("multipart/form-data") or not isinstance(recorded.body, bytes):
        raise RefusedError(415, "invalid_request_error", "Unsupported content type.")
    for raw in recorded.body.split(b"--" + kind.partition("boundary=")[2].strip('"').encode())[1:-1]:
        head, _, content = raw.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        part = email.parser.BytesParser(_class=email.message.EmailMessage, policy=email.policy.HTTP).parsebytes(head)
        part.set_payload(content.removesuffix(b"\r\n"))
        yield str(part.get_param("name", header="content-disposition")), part


async def _file(desk: Desk, recorded: Recorded) -> dict[str, Any] | bytes:
    file_id, _, verb = recorded.path.removeprefix(f"{FILES}/").partition("/")
    kind, _, batch_id = file_id.partition("-of-")
    if kind in {"file-output", "file-error"} and batch_id in desk.batches:
        content = _results(desk, desk.batches[batch_id], kind == "file-output")
    elif file_id in desk.files:
        content = desk.files[file_id]["content"]
    else:
        raise RefusedError(404, "invalid_request_error", f"No such File object: {file_id}", "id")
    if recorded.method == "GET" and verb == "content":
        return content
    if recorded.method == "DELETE" and not verb and file_id in desk.files:
        del desk.files[file_id]
        return {"id": file_id, "object": "file", "deleted": True}
    raise RefusedError(405, "invalid_request_error", "Method not allowed.")


def _results(desk: Desk, batch: Batch, well: bool) -> bytes:
    lines = [(outcome.custom_id, _line(outcome)) for outcome in batch.outcomes if (outcome.end == "done") == well]
    return desk.mangling.applied(lines) if well else b"".join(line + b"\n" for _, line in lines)


def _line(outcome: Outcome) -> bytes:
    made: dict[str, Any] = {"id": f"batch_req_{outcome.custom_id}", "custom_id": outcome.custom_id}
    if outcome.refused is not None:
        refused = outcome.refused
        kind = refused.kind or kind_of(refused.status)
        named = RefusedError(
            refused.status, kind, refused.message, refused.param, refused.code or code_of(refused.status)
        )
        response = {"status_code": refused.status, "request_id": "req_item", "body": error(named)}
        made |= {"response": response, "error": None}
    elif outcome.asked is not None and outcome.said is not None:
        body = responses.body(outcome.asked, outcome.said)
        made |= {"response": {"status_code": 200, "request_id": "req_item", "body": body}, "error": None}
    else:
        code, message = _ENDS[outcome.end]
        made |= {"response": None, "error": {"code": code, "message": message}}
    return json.dumps(made, ensure_ascii=False).encode()


# Batches


def _created(desk: Desk, recorded: Recorded) -> dict[str, Any]:
    body = recorded.body
    if not isinstance(body, dict):
        raise bad("We could not parse the JSON body of your request.")
    known = {"input_file_id", "endpoint", "completion_window", "metadata", "output_expires_after"}
    refuse_unknown(body, frozenset(known))
    if body.get("completion_window") != "24h":
        raise bad("Invalid value for 'completion_window': expected '24h'.", "completion_window", "invalid_value")
    if body.get("endpoint") not in _ENDPOINTS:
        raise bad("Invalid value for 'endpoint'.", "endpoint", "invalid_value")
    metadata = body.get("metadata") or {}
    if not isinstance(metadata, dict) or len(metadata) > 16:
        raise bad("Invalid 'metadata': too many properties.", "metadata", "object_above_max_properties")
    for name, value in metadata.items():
        if len(name) > 64 or not isinstance(value, str) or len(value) > 512:
            raise bad(f"Invalid 'metadata.{name}': string too long.", "metadata", "string_above_max_length")
    file = desk.files.get(str(body.get("input_file_id")))
    if file is None:
        raise bad(f"Invalid input_file_id: {body.get('input_file_id')}", "input_file_id")
    if file["purpose"] != "batch":
        raise bad("Invalid input_file_id: the file was uploaded for another purpose.", "input_file_id")
    items, faults = _read(desk, file["content"], body["endpoint"])
    about = {"input_file_id": file["id"], "endpoint": body["endpoint"], "metadata": metadata}
    batch_id = f"batch_{desk.number():06d}"
    batch = Batch(batch_id, items, responses.check, desk.clock(), desk.ends(), about, faults)
    return _described(desk.take(batch))


def _read(desk: Desk, content: bytes, endpoint: str) -> tuple[list[tuple[str, Any]], list[dict[str, Any]]]:
    """The items of a file, and what is wrong with it: that is found out only after the batch was created."""
    items: dict[str, Any] = {}
    faults: list[dict[str, Any]] = []
    models: set[Any] = set()

    def wrong(code: str, message: str, line: int | None = None) -> None:
        faults.append({"code": code, "message": message, "line": line, "param": None})

    if len(content) > (desk.most_bytes or MOST_BYTES):
        wrong("file_too_large", "The file is too large.")
    for number, raw in enumerate(content.splitlines(), 1):
        try:
            line = json.loads(raw)
        except ValueError:
            line = None
        if not isinstance(line, dict) or set(line) != {"custom_id", "method", "url", "body"}:
            wrong("invalid_json_line", "This line is not parseable as a request.", number)
            continue
        if line["method"] != "POST" or line["url"] != endpoint:
            wrong("url_mismatch", "The URL does not match the endpoint of the batch.", number)
        if line["custom_id"] in items:
            wrong("duplicate_custom_id", "The custom_id was used before.", number)
        items[line["custom_id"]] = line["body"]
        models.add(line["body"].get("model"))
    if len(items) > (desk.most_items or MOST_ITEMS):
        wrong("too_many_tasks", "The batch has too many requests.")
    if len(models) > 1:
        wrong("model_mismatch", "All requests of a batch must be for one model.")
    if not items:
        wrong("empty_file", "The file is empty.")
    return list(items.items()), faults


async def _listed(desk: Desk, recorded: Recorded) -> dict[str, Any]:
    refuse_unknown(recorded.query, frozenset({"limit", "after"}))
    limit = int(recorded.query.get("limit", "20"))
    if not 1 <= limit <= 100:
        raise bad("Invalid 'limit': integer out of range.", "limit")
    page, more = desk.listed(recorded.query.get("after"), limit)
    data = [_described(await desk.go_on(batch)) for batch in page]
    ends = {"first_id": data[0]["id"], "last_id": data[-1]["id"]} if data else {"first_id": None, "last_id": None}
    return {"object": "list", "data": data, "has_more": more, **ends}


def _described(batch: Batch) -> dict[str, Any]:
    counts = batch.counts
    ended = counts["done"] + counts["errored"]
    has_output = counts["done"] > 0
    has_errors = len(batch.outcomes) > counts["done"]
    return {
        "id": batch.id,
        "object": "batch",
        "endpoint": batch.about["endpoint"],
        "errors": {"object": "list", "data": list(batch.faults)} if batch.faults and batch.over else None,
        "input_file_id": batch.about["input_file_id"],
        "completion_window": "24h",
        "status": _status(batch),
        "output_file_id": f"file-output-of-{batch.id}" if has_output else None,
        "error_file_id": f"file-error-of-{batch.id}" if has_errors else None,
        "created_at": int(batch.made),
        "expires_at": int(batch.made) + DAY,
        "request_counts": {"total": len(batch.items), "completed": counts["done"], "failed": ended - counts["done"]},
        "metadata": batch.about["metadata"],
    }


def _status(batch: Batch) -> str:
    counts: Mapping[str, int] = batch.counts
    if not batch.over:
        return "cancelling" if batch.cancelled else "validating" if batch.faults else "in_progress"
    if batch.faults:
        return "failed"
    if counts["expired"]:
        return "expired"
    return "cancelled" if counts["canceled"] else "completed"
