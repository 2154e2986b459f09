"""The server: real sockets on this machine, HTTP/1.1 with connections that are kept."""

from __future__ import annotations

import asyncio
import functools
import inspect
import json
import ssl
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Final

from tests.loopback import anthropic_batches, chat, messages, openai_batches, openai_parts, responses
from tests.loopback.asked import Asked, Recorded, RefusedError
from tests.loopback.batches import Desk
from tests.loopback.connection import Connection, GoneError
from tests.loopback.faults import Fault
from tests.loopback.replies import minimal_reply
from tests.loopback.said import Said, said_to
from tests.loopback.sending import ends_at_once, refuse, send_document, send_file, send_reply, send_stream

KEY: Final = "sk-canary-0123456789abcdefCANARY"
"""The key that the server takes, and that must turn up nowhere."""

LARGEST: Final = 32 * 1024 * 1024

ReplyOf = Callable[[Asked], str | Awaitable[str]]


class Loopback:
    """A model service on this machine. Use it with `async with`.

    Args:
        reply: what the model says to a request; the smallest fitting reply if absent.
        key: the key that it takes; None takes any or none on Chat Completions.
        latency: seconds from a request's last byte to the first byte of its reply.
        per_piece: seconds between two pieces of a stream.
        refuses: what Chat Completions does not know here: fields, `json_schema`, `json_object`.
        tls: serves https with this context.
    """

    def __init__(
        self,
        reply: ReplyOf = minimal_reply,
        *,
        key: str | None = KEY,
        latency: float = 0.0,
        per_piece: float = 0.0,
        refuses: frozenset[str] = frozenset(),
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.reply = reply
        self.key = key
        self.latency = latency
        self.per_piece = per_piece
        self.refuses = refuses
        self.faults: deque[Fault | None] = deque()
        """What goes wrong with the next requests, in order; None lets one pass."""
        self.fault_for: Callable[[Recorded], Fault | None] = lambda _recorded: None
        """What goes wrong with a request once `faults` is empty."""
        self.sent: Callable[[str], None] = lambda _data: None
        """Told of every event of a stream that went out well."""
        self.requests: list[Recorded] = []
        self.keep = True
        """Whether requests are recorded; a long run may turn it off."""
        self.billed = 0
        """Calls for which the real service would have charged."""
        self.came = asyncio.Event()
        """A request has come."""
        self.in_flight = 0
        self.most_in_flight = 0
        self.connections = 0
        self.batches = Desk(self._said_of)
        """What the batch services hold, and how they misbehave."""
        self._tls = tls
        self._server: asyncio.Server | None = None
        self._cached: set[bytes] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._routes: dict[str, Callable[[Connection, Recorded], Awaitable[None]]] = {
            messages.PATH: self._messages,
            responses.PATH: self._responses,
            chat.PATH: self._chat,
        }

    async def __aenter__(self) -> Loopback:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        """Begins to listen; port 0 takes a free one."""
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", port, limit=LARGEST, ssl=self._tls, backlog=1024
        )

    async def stop(self) -> None:
        """Ends everything at once."""
        if self._server is not None:
            self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def port(self) -> int:
        assert self._server is not None, "the server has not been started"
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def url(self) -> str:
        """Base URL for Anthropic's protocol."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def v1(self) -> str:
        """Base URL for OpenAI's protocols."""
        return f"{self.url}/v1"

    @property
    def last(self) -> Recorded:
        """The request that came last."""
        return self.requests[-1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        connection = Connection(reader, writer)
        try:
            while (recorded := await connection.request()) is not None:
                self.in_flight += 1
                self.most_in_flight = max(self.most_in_flight, self.in_flight)
                try:
                    await self._answer(connection, recorded)
                finally:
                    self.in_flight -= 1
        except (ConnectionError, asyncio.IncompleteReadError, GoneError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            with suppress(Exception):
                writer.close()

    async def _answer(self, connection: Connection, recorded: Recorded) -> None:
        recorded.times.append(asyncio.get_running_loop().time())
        self.came.set()
        if self.keep:
            self.requests.append(recorded)
        if not recorded.headers.get("content-type", "").startswith("multipart/"):
            try:
                recorded.body = json.loads(recorded.body) if recorded.body else None
            except ValueError:
                recorded.body = None
        route = self._routes.get(recorded.path) or self._batch_route(recorded)
        if route is None:
            recorded.status = 404
            await connection.send(404, b"404 page not found\n", "text/plain")
            return
        fault = self.faults.popleft() if self.faults else self.fault_for(recorded)
        recorded.fault = fault
        try:
            if fault is not None and await ends_at_once(connection, recorded, fault):
                return
            await route(connection, recorded)
        except (ConnectionError, GoneError):
            recorded.left = True
            raise

    def _batch_route(self, recorded: Recorded) -> Callable[[Connection, Recorded], Awaitable[None]] | None:
        for service, errors in ((anthropic_batches, messages), (openai_batches, openai_parts)):
            if service.speaks(recorded.path):
                return functools.partial(self._batch, service, errors)
        return None

    async def _batch(self, service: Any, errors: Any, connection: Connection, recorded: Recorded) -> None:
        """An endpoint of a batch service: JSON, or a file that is sent in chunks."""
        try:
            self._known(recorded, errors)
            made = await service.answer(self.batches, recorded, self.url)
        except RefusedError as refused:
            await refuse(connection, recorded, refused, errors)
            return
        recorded.status = 200
        if isinstance(made, bytes):
            await send_file(connection, recorded.fault_kind, made)
        else:
            await send_document(connection, recorded.fault_kind, made)

    async def _messages(self, connection: Connection, recorded: Recorded) -> None:
        await self._reply(
            connection, recorded, messages, messages, lambda: messages.check(recorded.headers, recorded.body)
        )

    async def _responses(self, connection: Connection, recorded: Recorded) -> None:
        await self._reply(connection, recorded, responses, openai_parts, lambda: responses.check(recorded.body))

    async def _chat(self, connection: Connection, recorded: Recorded) -> None:
        await self._reply(connection, recorded, chat, openai_parts, lambda: chat.check(recorded.body, self.refuses))

    async def _reply(
        self, connection: Connection, recorded: Recorded, protocol: Any, errors: Any, check: Callable[[], Asked]
    ) -> None:
        try:
            self._admit(recorded, errors)
            asked = check()
        except RefusedError as refused:
            await refuse(connection, recorded, refused, errors)
            return
        recorded.asked = asked
        said = await self._said(asked, recorded.fault)
        if self.latency:  # what the server itself took is part of it
            await asyncio.sleep(recorded.times[0] + self.latency - asyncio.get_running_loop().time())
        recorded.status, recorded.reply, recorded.billed = 200, said.text, True
        recorded.times.append(asyncio.get_running_loop().time())
        self.billed += 1
        if asked.stream:
            await send_stream(connection, recorded.fault_kind, protocol, asked, said, self.per_piece, self.sent)
        else:
            await send_reply(connection, recorded.fault_kind, protocol, asked, said)

    def _admit(self, recorded: Recorded, errors: Any) -> None:
        if "application/json" not in recorded.headers.get("content-type", ""):
            raise RefusedError(415, "invalid_request_error", "Unsupported content type.")
        self._known(recorded, errors)

    def _known(self, recorded: Recorded, errors: Any) -> None:
        if self.key is None:
            return
        key = errors.key_of(recorded.headers)
        if not key:
            raise errors.no_key()
        if key != self.key:
            raise errors.wrong_key(key)

    async def _said_of(self, asked: Asked, fault: Fault | None) -> Said:
        """What the model says to an item of a batch."""
        said = await self._said(asked, fault)
        self.billed += 1
        return said

    async def _said(self, asked: Asked, fault: Fault | None) -> Said:
        made = self.reply(asked)
        text = await made if inspect.isawaitable(made) else made
        return said_to(asked, text, fault, self.billed + 1, self._cached)
