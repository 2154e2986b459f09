"""What `auto` takes: an address, then a key, then a server on this machine that truly lists models, else offline."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from interviewer.engines.choose import KEYS, EngineError, choose, model_of
from interviewer.engines.decision import decide
from interviewer.engines.found import Found, look, pick
from interviewer.providers import local
from interviewer.providers.local import LocalServer, local_servers
from interviewer.providers.prices import load_prices
from interviewer.settings import Settings

KEY = "sk-canary-found-4711"
OLLAMA = LocalServer("Ollama", "http://127.0.0.1:11434/v1", ("nomic-embed-text", "big:120b-cloud", "qwen3:8b", "phi"))
STUDIO = LocalServer("LM Studio", "http://127.0.0.1:1234/v1", ("gemma",))
EMBEDS = LocalServer("vLLM", "http://127.0.0.1:8000/v1", ("Text-Embedding-3",))

Speak = Callable[[BaseHTTPRequestHandler], None]


def says(body: bytes, status: int = 200, kind: str = "application/json") -> Speak:
    """Answers with this."""

    def speak(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("content-type", kind)
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return speak


def lists(*names: Any) -> Speak:
    """Lists models as real servers do."""
    return says(json.dumps({"object": "list", "data": [{"id": name, "object": "model"} for name in names]}).encode())


def chunked(handler: BaseHTTPRequestHandler) -> None:
    """The same in chunks, as some servers do."""
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("transfer-encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b'9\r\n{"data":[\r\n0e\r\n{"id":"phi"}]}\r\n0\r\n\r\n')


def hangs(_: BaseHTTPRequestHandler) -> None:
    """Says nothing for longer than anybody waits here."""
    time.sleep(1)


def drips(handler: BaseHTTPRequestHandler) -> None:
    """Keeps on saying a little, without end."""
    handler.send_response(200)
    handler.end_headers()
    with contextlib.suppress(OSError):
        for _ in range(100):
            handler.wfile.write(b" ")
            time.sleep(0.02)


@contextlib.contextmanager
def listening(speak: Speak) -> Iterator[int]:
    """A real HTTP server on this machine, and its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/v1/models":
                speak(self)
            else:
                self.send_error(404)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def settings(**values: Any) -> Settings:
    return Settings(transcripts=Path("unused"), **values)


# ---- The decision -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "engine", "why"),
    [
        (Found(), "offline", "no key"),
        (Found(frozenset({"anthropic", "openai"}), servers=(OLLAMA,)), "anthropic", "ANTHROPIC_API_KEY"),
        (Found(frozenset({"openai"}), servers=(OLLAMA,)), "openai", "OPENAI_API_KEY"),
        (Found(frozenset({"openai-compatible"})), "offline", "no key"),
        (Found(base_url="http://far.example/v1", servers=(OLLAMA,)), "openai-compatible", "a base URL"),
        (
            Found(frozenset({"anthropic"}), "http://far.example/v1"),
            "openai-compatible",
            "a base URL; ANTHROPIC_API_KEY is for --engine anthropic",
        ),
        (Found(servers=(OLLAMA, STUDIO)), "openai-compatible", "Ollama at 127.0.0.1:11434"),
        (Found(servers=(EMBEDS, STUDIO)), "openai-compatible", "LM Studio"),
        (Found(servers=(EMBEDS,)), "offline", "no local server with a model"),
    ],
)
def test_an_address_comes_first_then_a_key_then_a_server(found: Found, engine: str, why: str) -> None:
    picked = pick(found)
    assert picked.engine == engine
    assert why in picked.why


def test_the_first_model_that_can_talk_is_taken_unless_one_is_set() -> None:
    found = Found(servers=(OLLAMA, STUDIO))
    assert decide(settings(), {}, found).settings.turn_model == "qwen3:8b"
    chosen = decide(settings(turn_model="gemma"), {}, found)
    assert (chosen.settings.turn_model, chosen.settings.base_url) == ("gemma", STUDIO.base_url)
    other = decide(settings(turn_model="not-listed"), {}, found)
    assert (other.settings.turn_model, other.settings.base_url) == ("not-listed", OLLAMA.base_url)


def test_an_engine_that_is_set_is_not_looked_for() -> None:
    found = Found(frozenset({"anthropic"}), servers=(OLLAMA,))
    for name in ("offline", "openai", "openai-compatible"):
        decision = decide(settings(engine=name), {"ANTHROPIC_API_KEY": KEY}, found)
        assert decision.settings.engine == name
        assert decision.found is None


def test_a_key_is_not_sent_to_an_address_or_a_server_that_it_is_not_for() -> None:
    environment = {"ANTHROPIC_API_KEY": KEY, "INTERVIEWER_API_KEY": KEY}
    both = decide(settings(base_url="http://far.example", turn_model="m"), environment)
    assert (both.settings.engine, both.settings.base_url) == ("openai-compatible", "http://far.example")
    assert "base URL" in both.why
    own = model_of(both, load_prices(), "fast", environment | {"INTERVIEWER_API_KEY": ""})._service.key
    assert own is None, "the key of another service goes there"
    merely_found = decide(settings(), environment, Found(servers=(OLLAMA,)))
    assert model_of(merely_found, load_prices(), "fast", environment)._service.key is None
    named = decide(settings(base_url=OLLAMA.base_url), environment, Found(base_url=OLLAMA.base_url, servers=(OLLAMA,)))
    key = model_of(named, load_prices(), "fast", environment)._service.key
    assert key is not None and key.get_secret_value() == KEY


@pytest.mark.parametrize(
    ("found", "values", "told"),
    [
        (Found(), {}, ["Offline", "Nothing leaves this machine"]),
        (Found(frozenset({"anthropic"})), {}, ["Anthropic", "auto found ANTHROPIC_API_KEY", "api.anthropic.com"]),
        (Found(servers=(OLLAMA,)), {}, ["Ollama at 127.0.0.1:11434", "server on your machine"]),
        (Found(), {"engine": "openai"}, ["OpenAI", "set: openai", "api.openai.com"]),
        (
            Found(),
            {"engine": "openai", "base_url": "https://u:pw@gate.example/v1"},
            ["OpenAI at gate.example", "go to"],
        ),
        (Found(base_url="http://far.example/v1"), {"base_url": "http://far.example"}, ["go to far.example"]),
    ],
)
def test_who_plays_and_what_leaves_the_machine_is_said(found: Found, values: dict[str, Any], told: list[str]) -> None:
    notice = decide(settings(**values), {}, found).notice
    for words in told:
        assert words in notice
    assert "pw" not in notice


def test_what_cannot_be_used_is_said_in_a_sentence() -> None:
    with pytest.raises(EngineError, match=r"Which model\? Set turn_model"):
        choose(settings(base_url="http://far.example"), environment={})
    with pytest.raises(EngineError, match=r"Which model\? 127.0.0.1:9 listed none. Start the server there"):
        choose(settings(base_url="http://127.0.0.1:9"), environment={})
    with pytest.raises(EngineError, match="no name of a model"):
        choose(settings(base_url="http://127.0.0.1:9", turn_model="a\udc80b"), environment={})
    for address in ("localhost:11434", "http://[bad", "http://x:99999999/v1", "nonsense"):
        with pytest.raises(EngineError, match="base_url is no address"):
            choose(settings(base_url=address, turn_model="x"), environment={})


@pytest.mark.parametrize("engine", ["anthropic", "openai", "openai-compatible"])
@pytest.mark.parametrize(
    "key", ["sk-one\nsk-two", "\u201csk-0123456789\u201d", "sk-\x00123", "sk-caf\u00e9", "sk-\udc80"]
)
def test_a_key_that_cannot_be_sent_is_told_before_anything_is(engine: str, key: str) -> None:
    decision = decide(settings(engine=engine, base_url="http://127.0.0.1:9", turn_model="m"), {})
    with pytest.raises(EngineError, match=f"In {KEYS[engine]} there is .* Copy the key once more") as caught:
        model_of(decision, load_prices(), "fast", {KEYS[engine]: key})
    assert "sk-" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://user:hunter22@far.example/v1", "a key goes into INTERVIEWER_API_KEY"),
        ("http://hunter22@far.example", "a key goes into INTERVIEWER_API_KEY"),
        ("http://far.example/v1?token=hunter22", "must end before the first"),
        ("http://far.example/v1#hunter22", "must end before the first"),
    ],
)
def test_an_address_holds_no_secret(address: str, told: str) -> None:
    values = settings(base_url=address, turn_model="m")
    with pytest.raises(EngineError, match=told) as caught:
        choose(values, environment={})
    decision = decide(values, {})
    assert "hunter22" not in f"{caught.value} {decision.notice} {decision.who}"
    assert decision.host == "far.example"


@pytest.mark.parametrize("address", ["https://far.example/?to=@near.example", "https://far.example#@near.example"])
def test_the_host_that_is_told_is_the_one_that_is_asked(address: str) -> None:
    assert decide(settings(base_url=address), {}).host == "far.example"


def test_every_host_that_something_goes_to_is_told() -> None:
    graders = ("openai", "anthropic:claude-haiku-5-5", "openai-compatible:qwen", "offline")
    values = settings(engine="openai", graders=graders, base_url="https://gate.example/v1")
    notice = decide(values, {}).notice
    assert "go to gate.example; questions and answers go to api.anthropic.com to be graded" in notice
    alone = decide(settings(engine="offline", graders=("openai", "anthropic")), {}).notice
    assert "Questions and answers go to api.openai.com and api.anthropic.com to be graded." in alone
    assert "--engine offline --graders offline" in alone


# ---- Looking ----------------------------------------------------------------------------------------------


def test_a_server_that_lists_models_is_found_with_its_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(lists("nomic-embed-text", "qwen3:8b")) as first, listening(chunked) as second:
        monkeypatch.setattr(local, "USUAL", (("Ollama", first), ("vLLM", second)))
        found = look({}, settings())
        assert found.servers == (
            LocalServer("Ollama", f"http://127.0.0.1:{first}/v1", ("nomic-embed-text", "qwen3:8b")),
            LocalServer("vLLM", f"http://127.0.0.1:{second}/v1", ("phi",)),
        )
        assert choose(settings(), environment={}).name == "openai-compatible"


@pytest.mark.parametrize(
    "speak",
    [
        says(b"<!doctype html><title>It works</title>", kind="text/html"),
        says(b"nonsense"),
        says(b""),
        says(b"[]"),
        says(b'{"data": null}'),
        says(b'{"data": {"id": "phi"}}'),
        says(b'{"data": ["phi"]}'),
        says(b'{"models": [{"id": "phi"}]}'),
        lists("phi", 7),
        lists(None),
        says(b'{"data": [{"id": "phi"}]}', status=401),
        says(b'{"data": [{"id": "phi"}]}', status=302),
        says(json.dumps({"data": [{"id": f"model-{number:06}"} for number in range(8000)]}).encode()),
        says(b"[" * 50_000),
        hangs,
        drips,
    ],
)
def test_something_else_on_the_port_is_no_model_server(monkeypatch: pytest.MonkeyPatch, speak: Speak) -> None:
    with listening(speak) as port:
        monkeypatch.setattr(local, "USUAL", (("llama.cpp", port),))
        assert look({}, settings()).servers == ()


def test_two_hundred_thousand_bytes_are_not_read_to_the_end() -> None:
    assert local.models_in(b"HTTP/1.0 200 OK\r\n\r\n" + b'{"data": []}' + b" " * 200_000) is None
    assert local.models_in(b"HTTP/1.0 200 OK\r\n\r\n" + b'{"data": []}' + b" " * 20_000) == ()


def test_names_that_would_act_on_a_terminal_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(lists("\x1b[31mred", "", "x" * 500, "two\nlines", "phi")) as port:
        monkeypatch.setattr(local, "USUAL", (("Ollama", port),))
        assert look({}, settings()).servers[0].models == ("phi",)


def test_all_are_asked_at_once_and_soon_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(hangs) as one, listening(hangs) as two, listening(drips) as three, listening(lists("phi")) as four:
        ports = (one, two, three, four)
        monkeypatch.setattr(local, "USUAL", tuple((f"kind {port}", port) for port in ports))
        began = time.monotonic()
        found = local_servers()
        assert time.monotonic() - began < local.TIMEOUT + 0.15
        assert [server.models for server in found] == [("phi",)]


def test_only_loopback_is_asked_and_only_if_it_can_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def record(_: str, base_url: str, __: float) -> None:
        asked.append(base_url)

    monkeypatch.setattr(local, "_ask", record)
    for address in ("http://far.example", "https://127.0.0.1:1/v1", "http://localhost.far.example", "http://10.0.0.1"):
        assert look({}, settings(base_url=address)).servers == ()
    assert asked == []
    monkeypatch.setattr(local, "USUAL", (("Ollama", 11434),))
    look({"OPENAI_API_KEY": KEY}, settings())
    assert asked == []
    look({"OPENAI_API_KEY": KEY}, settings(base_url="http://far.example", turn_model="m"))
    assert asked == []
    look({"OPENAI_API_KEY": KEY}, settings(base_url="http://localhost:99"))
    assert sorted(asked) == ["http://127.0.0.1:11434/v1", "http://localhost:99/v1"]


def test_with_an_address_on_this_machine_its_first_model_is_taken() -> None:
    with listening(lists("phi")) as port:
        decision = decide(settings(base_url=f"http://127.0.0.1:{port}"), {})
    assert (decision.settings.engine, decision.settings.turn_model) == ("openai-compatible", "phi")


# ---- From outside -----------------------------------------------------------------------------------------

PROGRAM = """
import sys
from interviewer.providers import local
local.USUAL = ()
from interviewer.cli import main
code = main(["interview", "seed-founder", "--plain", "--answers", sys.argv[1], "--seed", "1", "--json"])
heavy = {"anthropic", "openai", "httpx2", "aiohttp", "textual", "http"} & {name.split(".")[0] for name in sys.modules}
print(code, sorted(heavy), file=sys.stderr)
"""


def test_auto_with_nothing_to_find_is_the_offline_interview_says_so_and_loads_no_sdk(tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text("I cut the time from 9 minutes to 2.\n", encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("COV", "PYTEST"))}
    environment |= {
        "INTERVIEWER_ENGINE": "auto",
        "INTERVIEWER_CONFIG_DIR": str(tmp_path),
        "INTERVIEWER_TRANSCRIPTS": str(tmp_path / "kept"),
    }
    command = [sys.executable, "-c", PROGRAM, str(answers)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=False)
    first, *_, last = done.stderr.splitlines()
    assert first.startswith("Engine: Offline (auto found no key") and "Nothing leaves this machine." in first
    assert last == "0 []"
    assert json.loads(done.stdout)["stamps"][0]["engine"] == "offline"
    (kept,) = (tmp_path / "kept").glob("*.jsonl")
    assert json.loads(kept.read_text(encoding="utf-8").splitlines()[0])["engine"] == "offline"
