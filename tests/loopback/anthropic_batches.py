"""Anthropic's Message Batches."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tests.loopback import messages
from tests.loopback.asked import Recorded, RefusedError
from tests.loopback.batches import DAY, Batch, Desk, Outcome

PATH = "/v1/messages/batches"
MOST_ITEMS = 100_000
MOST_BYTES = 256_000_000
_CUSTOM_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def speaks(path: str) -> bool:
    """Whether a path is one of this service's."""
    return path == PATH or path.startswith(f"{PATH}/")


async def answer(desk: Desk, recorded: Recorded, url: str) -> dict[str, Any] | bytes:
    """What the service answers. Raises RefusedError."""
    if recorded.headers.get("anthropic-version") not in messages.VERSIONS:
        raise _refused("anthropic-version: header is required")
    if recorded.path == PATH:
        return _created(desk, recorded, url) if recorded.method == "POST" else await _listed(desk, recorded, url)
    batch_id, _, verb = recorded.path.removeprefix(f"{PATH}/").partition("/")
    batch = desk.batches.get(batch_id)
    if batch is None:
        raise _missing(f"batch_id: {batch_id}")
    await desk.go_on(batch)
    match recorded.method, verb:
        case "GET", "":
            return _described(batch, url)
        case "GET", "results":
            if not batch.over:
                raise _missing(f"Batch {batch_id} has no available results.")
            return desk.mangling.applied([(outcome.custom_id, _line(outcome)) for outcome in batch.outcomes])
    raise RefusedError(405, "invalid_request_error", "Method Not Allowed")


def _created(desk: Desk, recorded: Recorded, url: str) -> dict[str, Any]:
    if int(recorded.headers.get("content-length", "0")) > (desk.most_bytes or MOST_BYTES):
        raise RefusedError(413, "request_too_large", "Request exceeds the maximum size")
    body = recorded.body
    if not isinstance(body, dict) or set(body) != {"requests"} or not isinstance(body["requests"], list):
        raise _refused("requests: Field required, and no other is permitted")
    requests = body["requests"]
    if not 0 < len(requests) <= (desk.most_items or MOST_ITEMS):
        raise _refused(f"requests: List should have 1 to {desk.most_items or MOST_ITEMS} items")
    seen: set[str] = set()
    for index, request in enumerate(requests):
        if not isinstance(request, dict) or set(request) != {"custom_id", "params"}:
            raise _refused(f"requests.{index}: Input should have custom_id and params, and nothing else")
        custom_id = request["custom_id"]
        if not isinstance(custom_id, str) or not _CUSTOM_ID.fullmatch(custom_id):
            raise _refused(f"requests.{index}.custom_id: String should match pattern '^[a-zA-Z0-9_-]{{1,64}}$'")
        if custom_id in seen:
            raise _refused(f"requests.{index}.custom_id: must be unique, but {custom_id} is not")
        if not isinstance(request["params"], dict):
            raise _refused(f"requests.{index}.params: Input should be an object")
        seen.add(custom_id)
    items = [(request["custom_id"], request["params"]) for request in requests]
    batch_id = f"msgbatch_{desk.number():06d}"
    check = functools.partial(messages.check, recorded.headers)
    return _described(desk.take(Batch(batch_id, items, check, desk.clock(), desk.ends())), url)


async def _listed(desk: Desk, recorded: Recorded, url: str) -> dict[str, Any]:
    if unknown := set(recorded.query) - {"limit", "after_id", "before_id"}:
        raise _refused(f"{sorted(unknown)[0]}: Extra inputs are not permitted")
    limit = int(recorded.query.get("limit", "20"))
    if not 1 <= limit <= 1000:
        raise _refused("limit: Input should be from 1 to 1000")
    page, more = desk.listed(recorded.query.get("after_id"), limit)
    data = [_described(await desk.go_on(batch), url) for batch in page]
    ends = {"first_id": data[0]["id"], "last_id": data[-1]["id"]} if data else {"first_id": None, "last_id": None}
    return {"data": data, "has_more": more, **ends}


def _described(batch: Batch, url: str) -> dict[str, Any]:
    counts = batch.counts
    stage = "ended" if batch.over else "canceling" if batch.cancelled else "in_progress"
    return {
        "id": batch.id,
        "type": "message_batch",
        "processing_status": stage,
        "request_counts": {
            "processing": 0 if batch.over else len(batch.items),
            "succeeded": counts["done"],
            "errored": counts["errored"],
            "canceled": counts["canceled"],
            "expired": counts["expired"],
        },
        "created_at": _written(batch.made),
        "expires_at": _written(batch.made + DAY),
        "ended_at": _written(batch.made) if batch.over else None,
        "cancel_initiated_at": _written(batch.made) if batch.cancelled else None,
        "archived_at": batch.about.get("archived_at"),
        "results_url": batch.about.get("results_url", f"{url}{PATH}/{batch.id}/results") if batch.over else None,
    }


def _line(outcome: Outcome) -> bytes:
    result: Mapping[str, Any]
    if outcome.refused is not None:
        refused = outcome.refused
        kind = refused.kind or messages.kind_of(refused.status)
        error = messages.error(RefusedError(refused.status, kind, refused.message))
        result = {"type": "errored", "error": error}
    elif outcome.asked is not None and outcome.said is not None:
        result = {"type": "succeeded", "message": messages.body(outcome.asked, outcome.said)}
    else:
        result = {"type": outcome.end}
    return json.dumps({"custom_id": outcome.custom_id, "result": result}, ensure_ascii=False).encode()


def _written(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def _refused(message: str) -> RefusedError:
    return RefusedError(400, "invalid_request_error", message)


def _missing(message: str) -> RefusedError:
    return RefusedError(404, "not_found_error", message)
