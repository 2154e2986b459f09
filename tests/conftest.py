"""How the tests run: repeatable, and without spending minutes on making a failing example smaller."""

from __future__ import annotations

from hypothesis import Phase, settings

settings.register_profile("suite", deadline=None, phases=(Phase.explicit, Phase.generate), derandomize=True)
settings.load_profile("suite")
