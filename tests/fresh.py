"""What a fresh interpreter has to load."""

from __future__ import annotations

import os
import subprocess
import sys


def loaded_after(program: str) -> set[str]:
    """The packages that a fresh interpreter has loaded after running `program`."""
    script = f"{program}\nimport sys\nprint('loaded:', *{{name.split('.')[0] for name in sys.modules}})"
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("COV", "PYTEST"))}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].removeprefix("loaded:").split())
