"""A server on this machine is asked directly, whatever proxies the environment names; others through them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from pydantic import SecretStr

from interviewer.providers.anthropic import AnthropicModel
from interviewer.providers.chat import ChatModel
from interviewer.providers.local import on_this_machine
from interviewer.providers.openai import CompatibleModel, OpenAIModel
from tests.loopback import KEY, Loopback
from tests.providers.asking import PROVIDERS, WAYS, asked, failed
from tests.providers.conftest import MakeModel


class Proxy:
    """A proxy that lets nothing through and keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self._server: asyncio.Server | None = None

    async def start(self) -> str:
        """Listens; gives its address."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.told.append((await reader.read(65536)).decode("latin-1"))
        writer.write(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        await writer.drain()
        writer.close()


@pytest.fixture
async def proxy(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Proxy]:
    """In force for every protocol, with no exception made."""
    running = Proxy()
    address = await running.start()
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, address)
    yield running
    await running.stop()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_server_on_this_machine_is_asked_directly(
    provider: str, way: str, server: Loopback, make: MakeModel, proxy: Proxy
) -> None:
    reply, _ = await asked(make(provider), way)
    assert reply.stop == "complete"
    assert len(server.requests) == 1
    assert proxy.told == []


@pytest.mark.parametrize("host", ["localhost", "0.0.0.0"])
async def test_under_its_other_names_too(host: str, server: Loopback, proxy: Proxy) -> None:
    asking = CompatibleModel(f"http://{host}:{server.port}", "qwen3:8b", SecretStr(KEY))
    await asked(asking, "complete")
    await asking.close()
    assert proxy.told == []


@pytest.mark.parametrize(
    "made",
    [
        lambda address: AnthropicModel(SecretStr(KEY), "claude-sonnet-5-5", address),
        lambda address: OpenAIModel(SecretStr(KEY), "gpt-6.1-terra", address),
        lambda address: CompatibleModel(address, "qwen3:8b", SecretStr(KEY)),
    ],
)
async def test_any_other_goes_through_the_proxy_and_its_key_only_within_tls(
    made: Callable[[str], ChatModel], proxy: Proxy
) -> None:
    asking = made("https://models.invalid/v1")
    error = await failed(asking, "complete")
    await asking.close()
    assert error.kind == "no-route"
    assert "proxy" in str(error).casefold()
    (told,) = proxy.told
    assert told.startswith("CONNECT models.invalid:443")
    assert KEY not in told


@pytest.mark.parametrize("way", WAYS)
async def test_a_proxy_that_cannot_be_one_is_told_without_its_password(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "ftp://me:hunter22@proxy.invalid")
    asking = CompatibleModel("https://models.invalid/v1", "qwen3:8b", SecretStr(KEY))
    error = await failed(asking, way)
    await asking.close()
    assert error.kind == "bad-request" and not error.retryable
    assert "HTTPS_PROXY" in str(error)
    assert "hunter22" not in str(error) and error.__cause__ is None and error.__context__ is None


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("http://127.0.0.1:11434/v1", True),
        ("http://127.8.8.8", True),
        ("http://[::1]:8080/v1", True),
        ("http://[::ffff:127.0.0.1]/v1", True),
        ("http://LOCALHOST:1234/v1", True),
        ("http://localhost.:1234/v1", True),
        ("http://0.0.0.0:8000/v1", True),
        ("http://10.0.0.1:8000/v1", False),
        ("http://localhost.far.example/v1", False),
        ("http://127.0.0.1.far.example/v1", False),
        ("http://127.0.0.1@far.example/v1", False),
        ("http://[bad", False),
        ("", False),
    ],
)
def test_what_this_machine_is(address: str, here: bool) -> None:
    assert on_this_machine(address) == here
