"""How answers go out: whole, or broken in the way that was asked for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, Final

from tests.loopback import messages, openai_parts
from tests.loopback.asked import Asked, Recorded, RefusedError
from tests.loopback.connection import Connection
from tests.loopback.faults import Fault, Kind
from tests.loopback.said import Said

_CHUNK: Final = 1000
"""Bytes of a file in one chunk: lines are torn apart."""


async def refuse(connection: Connection, recorded: Recorded, refused: RefusedError, errors: Any) -> None:
    """An error in the words of a service, whose module of errors is given."""
    recorded.status = refused.status
    await connection.send(refused.status, json.dumps(errors.error(refused)).encode(), "application/json")


async def ends_at_once(connection: Connection, recorded: Recorded, fault: Fault) -> bool:
    """Whether the fault was all the answer there is."""
    if fault.kind == "hang":
        await connection.until_gone()
    elif fault.kind == "reset-before":
        connection.reset()
    elif fault.kind == "reset-after":
        await connection.begin_stream()
        connection.reset()
    elif fault.kind == "web-page":
        recorded.status = 200
        await connection.send(200, b"<!doctype html><title>Welcome</title>", "text/html; charset=utf-8")
    elif fault.kind == "status":
        await _fail(connection, recorded, fault)
    else:
        return False
    return True


async def _fail(connection: Connection, recorded: Recorded, fault: Fault) -> None:
    message = fault.message if fault.message is not None else "The server says so."
    ours: Any = messages if recorded.path.startswith(messages.PATH) else openai_parts
    code = fault.code
    if ours is openai_parts:
        refused = RefusedError(
            fault.status, ours.kind_of(fault.status), message, None, code or ours.code_of(fault.status)
        )
    else:
        refused = RefusedError(fault.status, code or ours.kind_of(fault.status), message)
    headers = dict(fault.headers)
    if fault.retry_after is not None:
        headers["retry-after"] = fault.retry_after
    recorded.status = fault.status
    made = ours.error(refused) if fault.body is None else fault.body
    await connection.send(fault.status, json.dumps(made).encode(), "application/json", headers)


async def send_document(connection: Connection, fault: Kind | None, made: Any) -> None:
    """What a batch service tells, as JSON."""
    whole = json.dumps(made).encode()
    if fault in {"cut", "hang-mid-stream"}:
        await _half(connection, fault, whole)
    await connection.send(200, whole[: len(whole) // 2] if fault == "bad-json" else whole, "application/json")


async def send_file(connection: Connection, fault: Kind | None, content: bytes) -> None:
    """A file, in chunks."""
    broken = fault in {"cut", "hang-mid-stream", "no-end"}
    content = content[: len(content) // 2] if broken else content
    await connection.begin_stream(kind="application/octet-stream")
    for start in range(0, len(content), _CHUNK):
        await connection.chunk(content[start : start + _CHUNK])
    if fault == "hang-mid-stream":
        await connection.until_gone()
    elif fault == "cut":
        connection.reset()
    await connection.end_stream()


async def send_reply(connection: Connection, fault: Kind | None, protocol: Any, asked: Asked, said: Said) -> None:
    """A reply as one document."""
    whole = json.dumps(protocol.body(asked, said), ensure_ascii=False).encode()
    if fault in {"cut", "hang-mid-stream", "no-end"}:
        await _half(connection, fault, whole)
    elif fault in {"bad-json", "bad-stream"}:
        await connection.send(200, whole[: len(whole) // 2], "application/json")
    elif fault == "error-event":
        broken = json.loads(protocol.error_event()[1])
        broken = broken if "error" in broken else {"error": broken}
        await connection.send(200, json.dumps(broken).encode(), "application/json")
    else:
        await connection.send(200, whole, "application/json", _ids(said, protocol))


async def send_stream(
    connection: Connection,
    fault: Kind | None,
    protocol: Any,
    asked: Asked,
    said: Said,
    per_piece: float,
    sent: Callable[[str], None],
) -> None:
    """A reply as events, with so many seconds between them; `sent` is told of each that went out well."""
    events = list(protocol.events(asked, said))
    half = max(1, len(events) // 2)
    await connection.begin_stream(_ids(said, protocol))
    for index, (name, data) in enumerate(events):
        if index == half and fault in {"cut", "hang-mid-stream", "no-end", "bad-stream", "bad-json", "error-event"}:
            await _break(connection, fault, protocol, data)
            return
        await connection.event(name, data)
        sent(data)
        if per_piece:
            await asyncio.sleep(per_piece)
    await connection.end_stream()


async def _half(connection: Connection, fault: Kind | None, whole: bytes) -> None:
    """Half of a document; then the connection is reset, at once or when the client has gone."""
    await connection.send_half(whole)
    if fault == "hang-mid-stream":
        await connection.until_gone()
    connection.reset()


async def _break(connection: Connection, fault: Kind | None, protocol: Any, data: str) -> None:
    """What goes wrong in the middle of a stream."""
    if fault == "cut":
        connection.reset()
    elif fault == "hang-mid-stream":
        await connection.until_gone()
    elif fault == "error-event":
        await connection.event(*protocol.error_event())
        await connection.end_stream()
    elif fault == "no-end":
        await connection.end_stream()
    else:
        name = "content_block_delta" if protocol is messages else None
        await connection.event(name, data[: len(data) // 2])
        await connection.end_stream()


def _ids(said: Said, protocol: Any) -> dict[str, str]:
    name = "request-id" if protocol is messages else "x-request-id"
    return {name: f"req_{said.number:06d}"}
