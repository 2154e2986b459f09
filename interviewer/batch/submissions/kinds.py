"""What a file of a submission is for, told by its name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final, Literal

Kind = Literal["readme", "document", "results", "setup", "notebook", "code", "test", "data", "list"]
"""readme: the one at the top. document: any other prose. results: figures that a run wrote down. setup: what is needed
to run it again. list: all files of the submission by name, which we wrote."""

LISTING: Final = "(list of files)"
"""The part that names every file, shown or not. A file of this name is called otherwise; see `tree`."""

DATA: Final = frozenset((".csv", ".tsv", ".psv", ".jsonl", ".ndjson", ".arff", ".libsvm"))
LOGS: Final = frozenset((".log", ".out"))
_CODE: Final = frozenset(
    """.py .pyx .r .jl .scala .java .kt .go .rs .c .cc .cpp .h .hpp .cs .js .jsx .ts .tsx .sh .bash .zsh .ps1 .sql .rb
    .php .swift .m .lua .pl .html .css .vue .ipy .mjs""".split()
)
_DOCUMENTS: Final = frozenset((".md", ".markdown", ".mdown", ".rst", ".adoc", ".txt", ".text", ".tex"))
_RESULTS: Final = re.compile(
    r"(?:^|[/_.-])(?:results?|metrics?|scores?|reports?|evaluations?|eval|predictions?|leaderboard|experiments?|runs?"
    r"|classification_report|confusion(?:_matrix)?|errors?|ablations?)(?:[/_.-]|$)",
    re.IGNORECASE,
)
_TEST: Final = re.compile(r"(?:^|/)(?:tests?|specs?|__tests__)/|(?:^|/)(?:test_[^/]*|[^/]*_test|[^/]*[._]spec)\.\w+$")
_SETUP: Final = re.compile(
    r"(?:requirements|constraints)[^/]*\.(?:txt|in)$|(?:^|/)(?:pyproject\.toml|setup\.(?:py|cfg)|environment\.ya?ml"
    r"|conda[^/]*\.ya?ml|pipfile(?:\.lock)?|poetry\.lock|uv\.lock|pdm\.lock|package(?:-lock)?\.json|yarn\.lock|renv\.lock"
    r"|cargo\.(?:toml|lock)|go\.(?:mod|sum)|gemfile(?:\.lock)?|makefile|justfile|taskfile\.ya?ml|tox\.ini|noxfile\.py"
    r"|dvc\.(?:yaml|lock)|dockerfile[^/]*|docker-compose[^/]*\.ya?ml|compose\.ya?ml|snakefile|pixi\.(?:toml|lock)"
    r"|run(?:_all)?\.sh|\.python-version|runtime\.txt)$",
    re.IGNORECASE,
)
_README: Final = re.compile(r"readme(?:\.\w+)?$", re.IGNORECASE)
_LOCK: Final = re.compile(r"(?:^|/)(?:[^/]*\.lock|package-lock\.json|go\.sum)$", re.IGNORECASE)
_TELLING: Final = re.compile(
    r"(?:^|/)(?:main|run|train\w*|eval\w*|model\w*|baseline\w*|pipeline\w*|split\w*|data\w*|features?|app|predict\w*)\.\w+$",
    re.IGNORECASE,
)


def kind_of(name: str) -> Kind:
    """What the file of this name is for."""
    if name == LISTING:
        return "list"
    suffix = PurePosixPath(name).suffix.casefold()
    if _README.fullmatch(name):
        return "readme"
    if _SETUP.search(name):
        return "setup"
    if suffix == ".ipynb":
        return "notebook"
    if suffix in _CODE:
        return "test" if _TEST.search(name) else "code"
    if suffix in LOGS or (_RESULTS.search(name) and suffix not in _DOCUMENTS):
        return "results"
    if suffix in _DOCUMENTS or not suffix:
        return "document"
    return "data" if suffix in DATA else "results" if suffix == ".json" else "document"


_ORDER: Final[dict[Kind, int]] = {
    "readme": 0,
    "document": 1,
    "results": 2,
    "setup": 3,
    "notebook": 4,
    "code": 5,
    "test": 6,
    "data": 7,
    "list": 8,
}


def rank(name: str, size: int) -> tuple[int, bool, bool, int, int, str]:
    """A key that sorts the files of a submission by how much they tell, the most telling first.

    By kind; lock files last of their kind; code with a telling name before other code, then what lies less deep, then
    the smaller file.

    Args:
        name: path within the submission.
        size: in bytes.
    """
    lock = bool(_LOCK.search(name))
    return _ORDER[kind_of(name)], lock, not _TELLING.search(name), name.count("/"), size, name
