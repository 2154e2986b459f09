"""How the tests run: repeatable, offline whatever the machine has, and without spending minutes on making a
failing example smaller."""

from __future__ import annotations

import os

import pytest
from hypothesis import Phase, settings

from interviewer.providers import local

settings.register_profile("suite", deadline=None, phases=(Phase.explicit, Phase.generate), derandomize=True)
settings.load_profile("suite")


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key, no setting and no model server of this machine reaches a test, or a process that a test starts."""
    for name in list(os.environ):
        if name.startswith(("INTERVIEWER_", "ANTHROPIC_", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("INTERVIEWER_ENGINE", "offline")
    monkeypatch.setattr(local, "USUAL", ())


@pytest.fixture(autouse=True)
def compiled_once(monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    """Processes that tests start share compiled modules even where nothing may be written beside the sources."""
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(pytestconfig.cache.mkdir("compiled")))
