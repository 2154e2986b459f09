"""`interviewer doctor` tells what there is, tries it when asked to, and never shows a key."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from interviewer.cli import main
from interviewer.library import lookup
from interviewer.providers import local
from interviewer.providers.local import LocalServer
from tests.loopback import KEY, Fault, Loopback, Recorded
from tests.loopback.beside import beside
from tests.loopback.faults import fails

ENGINES = ("anthropic", "openai", "openai-compatible")
VARIABLES = {"anthropic": "ANTHROPIC_API_KEY", "openai": "OPENAI_API_KEY", "openai-compatible": "INTERVIEWER_API_KEY"}
MODELS = {"anthropic": "claude-sonnet-5-5", "openai": "gpt-6.1-terra", "openai-compatible": "qwen3:8b"}
CANARY = "0123456789abcdef"
"""The heart of the key."""

Ask = Callable[..., tuple[int, str]]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of the user's own, and `auto` in force."""
    monkeypatch.setenv("INTERVIEWER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("INTERVIEWER_TRANSCRIPTS", str(tmp_path / "kept"))
    monkeypatch.setenv("INTERVIEWER_ENGINE", "auto")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs `interviewer doctor`; the exit code and what it printed. No key may be in that."""

    def run(*arguments: str) -> tuple[int, str]:
        code = main(["doctor", *arguments])
        out, err = capsys.readouterr()
        assert CANARY not in out + err
        return code, out + err

    return run


@pytest.fixture
def server(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """The model services.

    There is no built-in content beside them, which takes time to read.
    """
    monkeypatch.setattr(lookup, "built_in_folder", lambda: home / "none")
    with beside(Loopback(lambda _: "ready")) as running:
        yield running


def calls(server: Loopback) -> list[Recorded]:
    """What a model was asked. Looking for servers is no call."""
    return [recorded for recorded in server.requests if recorded.path != "/v1/models"]


def at(server: Loopback, engine: str) -> list[str]:
    """The flags that lead to the server."""
    address = server.url if engine == "anthropic" else server.v1
    return ["--engine", engine, "--base-url", address, "--model", MODELS[engine]]


def test_with_nothing_at_all_an_interview_can_be_held_offline(ask: Ask, home: Path) -> None:
    code, text = ask()
    assert code == 0
    assert "Offline (auto found no key and no local server with a model)" in text
    assert "No call was made: nothing left this machine" in text
    assert "ANTHROPIC_API_KEY is not set" in text
    assert str(home / "kept") in text and str(home / "config") in text
    assert "personas: 3\n" in text
    assert "set ANTHROPIC_API_KEY or OPENAI_API_KEY, or start a local server" in text
    assert not (home / "kept").exists(), "looking has made a folder"


def test_a_key_is_said_to_be_set_and_the_engine_models_and_prices_follow(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    code, text = ask("--max-cost", "2")
    assert code == 0
    assert "ANTHROPIC_API_KEY is set\n" in text
    assert "Anthropic (auto found ANTHROPIC_API_KEY): your answers, CV and job advert go to api.anthropic.com" in text
    assert "turns: claude-sonnet-5-5, $2.00 sent, $10.00 received, per million tokens" in text
    assert "grading: claude-opus-5-5" in text
    assert "$2 for a run" in text
    assert "interviewer doctor --call" in text


def test_local_servers_are_shown_with_their_models(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    names = tuple(f"model-{number}" for number in range(9))

    def found(kind: str, base_url: str, _: float) -> LocalServer:
        return LocalServer(kind, base_url, names)

    monkeypatch.setattr(local, "USUAL", (("Ollama", 11434),))
    monkeypatch.setattr(local, "_ask", found)
    code, text = ask()
    assert code == 0
    assert "Ollama at 127.0.0.1:11434: model-0, model-1, model-2, model-3, model-4, model-5 and 3 more" in text
    assert "turns: model-0, price unknown" in text
    assert "this server on your machine" in text


def test_json_holds_the_same(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    code, text = ask("--json")
    data: dict[str, Any] = json.loads(text)
    assert code == 0
    assert data["keys"] == {"ANTHROPIC_API_KEY": False, "OPENAI_API_KEY": True, "INTERVIEWER_API_KEY": False}
    assert (data["engine"]["setting"], data["engine"]["name"]) == ("auto", "openai")
    assert data["engine"]["models"][0] == {
        "purpose": "turns",
        "name": "gpt-6.1-terra",
        "sent": "1.00",
        "received": "5.00",
    }
    assert data["calls"] is None and data["broken"] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--engine", "anthropic"], "needs a key: set ANTHROPIC_API_KEY"),
        (["--engine", "openai-compatible", "--model", "x"], "Set --base-url"),
        (["--base-url", "http://127.0.0.1:9/v1"], "Which model?"),
        (["--base-url", "http://127.0.0.1:9", "--model", "m", "--max-cost", "1"], "Add its price to models.yaml"),
        (["--transcripts", "a-file"], "is a file"),
    ],
)
def test_what_is_broken_is_told_with_what_to_do(ask: Ask, home: Path, arguments: list[str], told: str) -> None:
    (home / "a-file").touch()
    code, text = ask(*arguments)
    assert code == 1
    assert told in text.partition("\nNext\n")[2]
    code, text = ask("--json", *arguments)
    assert code == 1
    assert any(told in fault for fault in json.loads(text)["broken"])


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("personas/mine.yaml", "id: mine\nversion: 1\n"),
        ("prompts/turn.md", "version: 1\n===\nBe kind.\n"),
        ("models.yaml", "models: 3\n"),
    ],
)
def test_broken_files_of_ones_own_are_named(ask: Ask, home: Path, place: str, text: str) -> None:
    path = home / "config" / place
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    code, told = ask()
    assert code == 1
    assert str(path.relative_to(home)) in told.partition("\nNext\n")[2]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_call_says_time_tokens_and_cost(
    ask: Ask, server: Loopback, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    monkeypatch.setenv(VARIABLES[engine], KEY)
    code, text = ask("--call", *at(server, engine))
    assert code == 0, text
    (line,) = (line for line in text.splitlines() if line.startswith("Call"))
    assert f"{MODELS[engine]}: answered in 0." in line
    assert "tokens sent" in line
    assert ("cost unknown" in line) == (engine == "openai-compatible")
    assert len(calls(server)) == 1
    assert KEY in str(server.last.headers), "the key was not even sent"
    code, text = ask("--call", "--json", *at(server, engine))
    (call,) = json.loads(text)["calls"]
    assert call["received"] > 0 and call["problem"] is None


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (fails(401, message=f"Wrong key {KEY}"), "did not accept the key"),
        (Fault("web-page"), "Check the base URL"),
        (Fault("reset-before"), "Try again"),
        (fails(404, message="model not found", code="model_not_found"), "Choose another model"),
    ],
)
def test_a_call_that_fails_says_why_in_one_sentence(
    ask: Ask, server: Loopback, monkeypatch: pytest.MonkeyPatch, engine: str, fault: Fault, told: str
) -> None:
    monkeypatch.setenv(VARIABLES[engine], KEY)
    server.faults.append(fault)
    code, text = ask("--call", *at(server, engine))
    assert code == 1
    assert told in text
    assert "Traceback" not in text
    assert len(calls(server)) == 1, "what failed was tried again"


def test_nothing_is_called_beyond_the_cost_limit_or_against_offline(
    ask: Ask, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    code, text = ask("--call", *at(server, "openai"), "--max-cost", "0.000001")
    assert code == 1
    assert "cost limit" in text
    code, text = ask("--call", "--engine", "offline", "--base-url", server.v1)
    assert code == 0
    assert "No call was made" in text and "--engine auto" in text
    assert calls(server) == []


def test_every_engine_that_was_found_is_tried_with_auto(
    ask: Ask, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The keys lead to services that are stood in for here by addresses at which nobody is."""
    from interviewer.providers import anthropic, openai

    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setattr(anthropic, "ADDRESS", server.url)
    monkeypatch.setattr(openai, "ADDRESS", server.v1)
    monkeypatch.setattr(local, "USUAL", (("Ollama", server.port),))
    monkeypatch.setattr(local, "_ask", lambda kind, base_url, _: LocalServer(kind, base_url, ("qwen3:8b",)))
    server.key = None
    code, text = ask("--call", "--json")
    assert code == 0, text
    made = json.loads(text)["calls"]
    assert [(call["engine"], call["model"]) for call in made] == [(name, MODELS[name]) for name in ENGINES]
    sent = {recorded.path: str(recorded.headers) for recorded in server.requests}
    assert KEY in sent["/v1/messages"] and KEY in sent["/v1/responses"]
    assert KEY not in sent["/v1/chat/completions"]


def test_whoever_grades_is_tried_too(ask: Ask, server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_API_KEY", KEY)
    flags = ["--engine", "offline", "--base-url", server.v1, "--graders", "offline,openai-compatible:qwen3:8b"]
    code, text = ask("--call", *flags)
    assert code == 0, text
    assert f"grading (Server at 127.0.0.1:{server.port}): qwen3:8b, price unknown" in text
    assert "second votes" not in text, "where the rules interview, they vote again too"
    assert "qwen3:8b: answered in" in text
    assert len(calls(server)) == 1


def test_all_who_grade_are_shown_with_their_models(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    flags = ["--engine", "openai", "--graders", "offline,anthropic,openai:gpt-6.1-sol,openai-compatible:qwen3:8b"]
    code, text = ask(*flags, "--samples", "3", "--per-criterion", "--base-url", "https://gate.example/v1")
    assert code == 0, text
    models = [line.removeprefix("Model").strip() for line in text.splitlines() if line.startswith("Model")]
    assert [model.partition(",")[0] for model in models] == [
        "turns: gpt-6.1-terra",
        "grading (Anthropic): claude-opus-5-5",
        "grading (OpenAI at gate.example): gpt-6.1-sol",
        "grading (Server at gate.example): qwen3:8b",
        "second votes",
    ]
    assert "second votes, debrief: claude-opus-5-5" in models[-1], "they are for the first model that grades"
    assert "each model 3 times, their median counts, a call for each criterion" in text
    assert "go to gate.example; questions and answers go to api.anthropic.com to be graded" in text


def test_settings_that_cannot_be_used_are_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_ENGINE", "oracle")
    code, text = ask()
    assert code == 2
    assert "engine must be auto or offline" in text
