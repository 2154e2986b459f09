"""The files of a submission, found without following a link and without opening anything."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from interviewer.batch.submissions.bounds import Bounds
from interviewer.batch.submissions.kinds import LISTING
from interviewer.text import one_line

_NOT_THEIRS: Final = frozenset(
    """node_modules bower_components venv env virtualenv site-packages __pycache__ dist build target vendor
    htmlcov wandb mlruns lightning_logs catboost_info __macosx""".split()
)
"""Folders that tools make or fill: what lies in them was not written for the submission."""

_ARCHIVES: Final = (
    ".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar", ".zst", ".whl", ".jar", ".egg", ".npz",
)  # fmt: skip

_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class File:
    """An ordinary file of a submission."""

    path: Path
    name: str
    """Its path within the submission, on one line."""
    size: int
    """In bytes."""


@dataclass(slots=True)
class Tree:
    """What lies in a submission."""

    files: list[File] = field(default_factory=list)
    left_out: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Why something is not read -> what it is called."""
    complete: bool = True
    """False if there is so much that not all of it was listed."""


def listed(folder: Path, bounds: Bounds) -> Tree:
    """What lies in a folder and all folders in it.

    Hidden files, links, archives, devices and the folders of tools are left out. Nothing outside of the folder is
    looked at.

    Raises:
        OSError: the folder itself cannot be listed.
    """
    tree = Tree()
    waiting = [folder]
    seen = 0
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    seen += 1
                    if seen > bounds.entries:
                        tree.complete = False
                        return tree
                    _sort_in(entry, folder, tree, waiting)
        except OSError:
            if here == folder:
                raise
            tree.left_out["cannot be opened"].append(_name(here, folder))
    return tree


def _sort_in(entry: os.DirEntry[str], top: Path, tree: Tree, waiting: list[Path]) -> None:
    path = Path(entry.path)
    name = _name(path, top)
    if entry.is_symlink() or _is_junction(path):
        tree.left_out["links, which are not followed"].append(name)
    elif entry.is_dir(follow_symlinks=False):
        if _is_of_a_tool(path):
            tree.left_out["folders of tools"].append(f"{name}/")
        elif entry.name.startswith("."):
            tree.left_out["hidden"].append(f"{name}/")
        else:
            waiting.append(path)
    elif not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
        tree.left_out["no ordinary files"].append(name)
    elif entry.name.startswith("."):
        tree.left_out["hidden"].append(name)
    elif is_archive(entry.name):
        tree.left_out["archives, which are not opened"].append(name)
    else:
        tree.files.append(File(path, name, entry.stat(follow_symlinks=False).st_size))


def is_archive(name: str) -> bool:
    """Whether a file of this name is packed."""
    return name.casefold().endswith(_ARCHIVES)


def _is_of_a_tool(folder: Path) -> bool:
    folded = folder.name.casefold()
    return folded in _NOT_THEIRS or folded.endswith((".egg-info", ".dist-info")) or (folder / "pyvenv.cfg").is_file()


def _is_junction(path: Path) -> bool:
    """Windows has links to folders that are no symbolic links."""
    check = getattr(path, "is_junction", None)
    return bool(check and check())


def _name(path: Path, top: Path) -> str:
    name = one_line(path.relative_to(top).as_posix())[:_LONGEST_NAME] or "?"
    return f"./{name}" if name == LISTING else name
