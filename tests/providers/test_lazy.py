"""The SDKs cost a second: they are imported when a model is first called and not before."""

from __future__ import annotations

import asyncio

import pytest

from tests.fresh import loaded_after
from tests.loopback import Loopback
from tests.providers.asking import PROVIDERS, asked
from tests.providers.conftest import MakeModel

HEAVY = {"anthropic", "openai", "httpx2", "aiohttp", "tenacity"}

MAKING = """
from pydantic import SecretStr
import interviewer.providers.anthropic, interviewer.providers.openai, interviewer.providers.retry
import interviewer.providers.meter, interviewer.providers.prices, interviewer.providers.failures
interviewer.providers.prices.load_prices()
models = [
    interviewer.providers.anthropic.AnthropicModel(SecretStr("k"), "m"),
    interviewer.providers.openai.OpenAIModel(SecretStr("k"), "m"),
    interviewer.providers.openai.CompatibleModel("http://127.0.0.1:9", "m"),
]
import asyncio
async def close():
    for model in models:
        await model.close()
asyncio.run(close())
"""

CALLING = """
import asyncio
from interviewer.providers.chat import ChatRequest, Message, ProviderError
try:
    asyncio.run(models[{index}].complete(ChatRequest("s", "", (Message("user", "x"),))))
except ProviderError:
    pass
"""


def test_making_and_closing_models_imports_no_sdk() -> None:
    assert not loaded_after(MAKING) & HEAVY


def test_calling_a_compatible_server_imports_only_its_own_sdk() -> None:
    found = loaded_after(MAKING + CALLING.format(index=2))
    assert "openai" in found and "anthropic" not in found


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_many_first_calls_make_one_client(provider: str, server: Loopback, make: MakeModel) -> None:
    asking = make(provider)
    await asyncio.gather(*(asked(asking, "complete") for _ in range(8)))
    await asked(asking, "complete")
    connections = server.connections
    await asked(asking, "stream")
    assert server.connections == connections
