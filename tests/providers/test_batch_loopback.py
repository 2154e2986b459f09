"""The batch services of the server on this machine refuse what the real ones refuse, and count what they do."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from tests.loopback import Fault, Loopback
from tests.providers.test_loopback import GOOD, HEADERS, MESSAGES, RESPONSES

BATCHES = "/v1/messages/batches"
ITEM: dict[str, Any] = {"custom_id": "a", "params": GOOD[MESSAGES]}
LINE: dict[str, Any] = {"custom_id": "a", "method": "POST", "url": RESPONSES, "body": GOOD[RESPONSES]}
BATCH: dict[str, Any] = {"endpoint": RESPONSES, "completion_window": "24h"}


@pytest.fixture
async def http(server: Loopback) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(base_url=server.url, headers=HEADERS, trust_env=False) as client:
        yield client


async def uploaded(http: httpx2.AsyncClient, *lines: Any, purpose: str = "batch", name: str = "x.jsonl") -> Any:
    """The answer to an upload of these lines."""
    content = b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)
    return await http.post("/v1/files", data={"purpose": purpose}, files={"file": (name, content)})


async def created(http: httpx2.AsyncClient, *lines: Any) -> dict[str, Any]:
    """The batch of these lines, once it was looked through."""
    file = (await uploaded(http, *lines)).json()
    made = (await http.post("/v1/batches", json=BATCH | {"input_file_id": file["id"]})).json()
    assert made["status"] in {"validating", "in_progress"}
    looked: dict[str, Any] = (await http.get(f"/v1/batches/{made['id']}")).json()
    return looked


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({}, "requests: Field required"),
        ({"requests": [ITEM], "metadata": {}}, "no other is permitted"),
        ({"requests": []}, "1 to 3 items"),
        ({"requests": [ITEM | {"custom_id": str(n)} for n in range(4)]}, "1 to 3 items"),
        ({"requests": [ITEM, ITEM]}, "must be unique"),
        ({"requests": [ITEM | {"custom_id": "a b"}]}, "should match pattern"),
        ({"requests": [ITEM | {"custom_id": "x" * 65}]}, "should match pattern"),
        ({"requests": [ITEM | {"priority": 1}]}, "and nothing else"),
        ({"requests": [ITEM | {"params": None}]}, "should be an object"),
    ],
)
async def test_anthropic_refuses_at_once(
    body: dict[str, Any], says: str, http: httpx2.AsyncClient, server: Loopback
) -> None:
    server.batches.most_items = 3
    response = await http.post(BATCHES, json=body)
    assert response.status_code == 400 and says in response.json()["error"]["message"]
    assert not server.batches.batches


async def test_anthropic_refuses_too_many_bytes(http: httpx2.AsyncClient, server: Loopback) -> None:
    server.batches.most_bytes = 100
    response = await http.post(BATCHES, json={"requests": [ITEM]})
    assert (response.status_code, response.json()["error"]["type"]) == (413, "request_too_large")


async def test_anthropic_finds_fault_with_an_item_only_when_it_has_its_turn(
    http: httpx2.AsyncClient, server: Loopback
) -> None:
    wrong = [GOOD[MESSAGES] | {"model": "claude-none"}, GOOD[MESSAGES] | {"stream": True}]
    requests = [ITEM, *({"custom_id": str(n), "params": params} for n, params in enumerate(wrong))]
    batch = (await http.post(BATCHES, json={"requests": requests})).json()
    assert batch["processing_status"] == "in_progress" and batch["results_url"] is None
    lines = [json.loads(line) for line in (await http.get(f"{BATCHES}/{batch['id']}/results")).text.splitlines()]
    assert [line["result"]["type"] for line in lines] == ["succeeded", "errored", "errored"]
    assert lines[1]["result"]["error"]["error"]["type"] == "not_found_error"
    assert server.batches.taken == {"a": 1, "0": 1, "1": 1} and server.batches.paid == {"a": 1}


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([b"no json\n"], "invalid_json_line"),
        ([LINE | {"priority": 1}], "invalid_json_line"),
        ([LINE, LINE], "duplicate_custom_id"),
        ([LINE | {"url": "/v1/chat/completions"}], "url_mismatch"),
        ([LINE, LINE | {"custom_id": "b", "body": GOOD[RESPONSES] | {"model": "gpt-6.1-sol"}}], "model_mismatch"),
        ([LINE | {"custom_id": str(n)} for n in range(4)], "too_many_tasks"),
        ([], "empty_file"),
    ],
)
async def test_openai_refuses_a_file_once_it_looked_it_through(
    lines: list[Any], code: str, http: httpx2.AsyncClient, server: Loopback
) -> None:
    server.batches.most_items = 3
    batch = await created(http, *lines)
    assert batch["status"] == "failed" and batch["output_file_id"] is None
    assert [fault["code"] for fault in batch["errors"]["data"]][:1] == [code]
    assert not server.batches.taken and not server.batches.paid


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"input_file_id": "file-none"}, "Invalid input_file_id"),
        ({"completion_window": "1h"}, "expected '24h'"),
        ({"endpoint": "/v1/audio"}, "endpoint"),
        ({"priority": 1}, "Unknown parameter: 'priority'"),
        ({"metadata": {"label": "x" * 513}}, "string too long"),
        ({"metadata": {str(n): "x" for n in range(17)}}, "too many properties"),
    ],
)
async def test_openai_refuses_a_batch(change: dict[str, Any], says: str, http: httpx2.AsyncClient) -> None:
    file = (await uploaded(http, LINE)).json()
    response = await http.post("/v1/batches", json=BATCH | {"input_file_id": file["id"]} | change)
    assert response.status_code == 400 and says in response.json()["error"]["message"]


async def test_openai_refuses_files_for_something_else(http: httpx2.AsyncClient) -> None:
    other = (await uploaded(http, LINE, purpose="user_data")).json()
    response = await http.post("/v1/batches", json=BATCH | {"input_file_id": other["id"]})
    assert "for another purpose" in response.json()["error"]["message"]
    assert "'purpose'" in (await uploaded(http, LINE, purpose="fun")).json()["error"]["message"]
    assert ".jsonl" in (await uploaded(http, LINE, name="x.csv")).json()["error"]["message"]
    kept = (await http.get(f"/v1/files/{other['id']}/content")).json()
    assert kept == LINE


async def test_openai_writes_failed_items_into_another_file(http: httpx2.AsyncClient, server: Loopback) -> None:
    server.batches.fault_for = {"b": Fault("status", 500)}.get
    batch = await created(http, LINE, LINE | {"custom_id": "b"})
    assert batch["status"] == "completed"
    assert batch["request_counts"] == {"total": 2, "completed": 1, "failed": 1}
    done = (await http.get(f"/v1/files/{batch['output_file_id']}/content")).json()
    failed = (await http.get(f"/v1/files/{batch['error_file_id']}/content")).json()
    assert (done["custom_id"], done["response"]["status_code"]) == ("a", 200)
    assert (failed["custom_id"], failed["response"]["status_code"]) == ("b", 500)


@pytest.mark.parametrize("path", [BATCHES, "/v1/batches", "/v1/files/x/content"])
async def test_a_wrong_key_opens_no_batch(path: str, http: httpx2.AsyncClient) -> None:
    response = await http.get(path, headers={"authorization": "Bearer sk-wrong"})
    assert response.status_code == 401


async def test_a_batch_takes_its_time(http: httpx2.AsyncClient, server: Loopback) -> None:
    server.batches.takes = 0.1
    batch = (await http.post(BATCHES, json={"requests": [ITEM]})).json()
    assert (await http.get(f"{BATCHES}/{batch['id']}/results")).status_code == 404
    while batch["processing_status"] != "ended":
        batch = (await http.get(f"{BATCHES}/{batch['id']}")).json()
    assert batch["request_counts"]["succeeded"] == 1
    assert (await http.get(batch["results_url"])).status_code == 200
