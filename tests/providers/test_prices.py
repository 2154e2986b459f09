"""What a call costs, and the user's own prices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.providers.chat import Message, Usage
from interviewer.providers.prices import PriceError, load_prices, most_tokens
from tests.loopback.strict import tokens
from tests.providers.asking import REQUEST

PRICES = load_prices()


def test_every_default_has_a_price_with_a_date() -> None:
    assert set(PRICES.defaults) == {"anthropic", "openai"}
    for provider in PRICES.defaults:
        for role in ("fast", "strong"):
            model = PRICES.default(provider, role)
            assert model is not None
            price = PRICES.of(model)
            assert price is not None and price.as_of is not None and not price.own
    assert PRICES.default("openai-compatible", "fast") is None


def test_fast_costs_no_more_than_strong() -> None:
    for roles in PRICES.defaults.values():
        fast, strong = PRICES.of(roles["fast"]), PRICES.of(roles["strong"])
        assert fast is not None and strong is not None
        assert fast.received <= strong.received


@pytest.mark.parametrize(
    ("usage", "dollars"),
    [
        (Usage(), "0"),
        (Usage(sent=1_000_000), "2"),
        (Usage(sent=1_000_000, cached=1_000_000), "0.10"),
        (Usage(sent=1_000_000, cache_written=1_000_000), "4"),
        (Usage(received=1_000_000), "10"),
        (Usage(sent=10_000, cached=8_000, cache_written=1_000, received=500), "0.0118"),
    ],
)
def test_what_a_call_costs(usage: Usage, dollars: str) -> None:
    assert PRICES.cost("claude-sonnet-5-5", usage) == Decimal(dollars)


def test_no_number_is_invented() -> None:
    assert PRICES.cost("some-local-model", Usage(sent=10)) is None
    assert PRICES.most("some-local-model", REQUEST) is None
    assert PRICES.cost("claude-sonnet-5-5", Usage(counted=False)) is None
    assert PRICES.cost("claude-sonnet-5-5-preview", Usage(sent=10)) is None


@pytest.mark.parametrize("name", ["claude-sonnet-5-5-20261001", "claude-sonnet-5-5-2026-10-01"])
def test_a_dated_name_is_the_same_model(name: str) -> None:
    assert PRICES.of(name) == PRICES.of("claude-sonnet-5-5")


@given(st.text(max_size=300), st.text(max_size=300), st.lists(st.text(max_size=200), max_size=5))
def test_no_call_costs_more_than_the_most(stable: str, varying: str, said: list[str]) -> None:
    messages = tuple(Message("user", text) for text in said)
    request = replace(REQUEST, stable=stable, varying=varying, messages=messages)
    sent = sum(tokens(text) for text in (stable, varying, *said))
    for model in PRICES.models:
        most = PRICES.most(model, request)
        worst = PRICES.cost(model, Usage(sent=sent, cache_written=tokens(stable), received=request.most_tokens))
        assert most is not None and worst is not None and worst <= most


@pytest.mark.parametrize(
    ("text", "most"), [("", 0), ("plain words", 6), ("12 % {}", 6), ("\u00e9\u4e2d", 5), ("a\nb", 2)]
)
def test_letters_take_half_a_token_at_most_and_everything_else_one_a_byte(text: str, most: int) -> None:
    assert most_tokens(text) == most


def written(folder: Path, text: str) -> Path:
    (folder / "models.yaml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_of_ones_own(tmp_path: Path) -> None:
    assert load_prices(tmp_path) == PRICES


def test_ones_own_file_goes_before(tmp_path: Path) -> None:
    text = """\
defaults:
  anthropic: {strong: claude-sonnet-5-5}
  openai-compatible: {fast: "qwen3:8b"}
models:
  claude-sonnet-5-5: {sent: 3, as_of: 2027-01-02}
  "qwen3:8b": {sent: 0, received: 0}
"""
    prices = load_prices(written(tmp_path, text))
    assert prices.default("anthropic", "strong") == "claude-sonnet-5-5"
    assert prices.default("anthropic", "fast") == PRICES.default("anthropic", "fast")
    assert prices.default("openai-compatible", "fast") == "qwen3:8b"
    sonnet = prices.of("claude-sonnet-5-5")
    assert sonnet is not None and sonnet.own and not sonnet.second_hand
    assert sonnet.sent == 3 and sonnet.received == 10 and sonnet.as_of == date(2027, 1, 2)
    assert prices.cost("qwen3:8b", Usage(sent=1_000, received=1_000)) == 0
    assert prices.of("gpt-6-luna") == PRICES.of("gpt-6-luna")


def test_what_is_not_given_costs_as_much_as_what_is_sent(tmp_path: Path) -> None:
    prices = load_prices(written(tmp_path, "models: {mine: {sent: 1.5, received: 2}}"))
    price = prices.of("mine")
    assert price is not None and price.cached == price.written == Decimal("1.5")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "models:\n", "version: 1\ndefaults: {}\n"])
def test_an_empty_file_changes_nothing(text: str, tmp_path: Path) -> None:
    assert load_prices(written(tmp_path, text)) == PRICES


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("models: {m: {sent: 1}}", "no price for what is received"),
        ("models: {m: {sent: cheap, received: 1}}", "m.sent must be US dollars"),
        ("models: {m: {sent: -1, received: 1}}", "m.sent must be US dollars"),
        ("models: {m: {sent: .nan, received: 1}}", "m.sent must be US dollars"),
        ("models: {m: {sent: Infinity, received: 1}}", "m.sent must be US dollars"),
        ("models: {m: {sent: [1], received: 1}}", "m.sent must be US dollars"),
        ("models: {m: {sent: 1, received: 1, price: 3}}", "knows no 'price'"),
        ("models: {m: {sent: 1, received: 1, as_of: soon}}", "must be a day such as"),
        ("models: {m: {sent: 1, received: 1, second_hand: maybe}}", "must be true or false"),
        ("models: [a]", "models must be a mapping"),
        ("models: {m: 3}", "m must be a mapping"),
        ("defaults: {anthropic: {quick: x}}", "knows no 'quick'"),
        ("defaults: {anthropic: {fast: }}", "must be the name of a model"),
        ("version: 2", "version must be 1"),
        ("model: {}", "knows no 'model'"),
        ("- a\n- b", "the file must be a mapping"),
        ("models: {m: {sent: 1", "not valid YAML at line 1"),
        ("models: !!python/object:os.system {}", "models"),
        ("[" * 1_000, "not valid YAML"),
    ],
)
def test_a_fault_in_it_is_said(text: str, says: str, tmp_path: Path) -> None:
    folder = written(tmp_path, text)
    if "python/object" in text:
        assert load_prices(folder) == PRICES  # a tag makes nothing
        return
    with pytest.raises(PriceError) as caught:
        load_prices(folder)
    assert says in str(caught.value)
    assert str(folder / "models.yaml") in str(caught.value)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "models.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PriceError, match="UTF-8"):
        load_prices(tmp_path)
    (tmp_path / "models.yaml").write_bytes(b"#" * (1024 * 1024 + 1))
    with pytest.raises(PriceError, match="larger than"):
        load_prices(tmp_path)
    (tmp_path / "models.yaml").unlink()
    (tmp_path / "models.yaml").mkdir()
    with pytest.raises(PriceError, match="cannot be read"):
        load_prices(tmp_path)
