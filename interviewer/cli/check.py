"""`interviewer check PATH...`: reports every fault in what people wrote."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import TextIO

from interviewer.cli.page import write_lines

FINE, FAULTY, UNREADABLE = 0, 1, 2
"""Exit codes."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a YAML file, or a folder of them")


def run(arguments: argparse.Namespace) -> int:
    """Runs the command; 0 if all is fine, 1 if there are faults, 2 if a path cannot be read."""
    return check_paths(arguments.paths, sys.stdout)


def check_paths(paths: Iterable[str], out: TextIO) -> int:
    """Writes every fault in the files and folders, and a closing line; returns the exit code."""
    from interviewer.library import check

    report = check(paths)
    write_lines(report.unreadable, out)
    write_lines(report.faults, out)
    write_lines((f"{remark} (advice)" for remark in report.advice), out)
    in_files = len({fault.file for fault in report.faults})
    parts = []
    if report.faults:
        parts.append(f"{_count(len(report.faults), 'fault')} in {_count(in_files, 'file')}")
    elif report.files:
        parts.append(f"{_count(len(report.files), 'file')} {'is' if len(report.files) == 1 else 'are'} fine")
    if report.unreadable:
        parts.append(f"{_count(len(report.unreadable), 'path')} could not be read")
    write_lines([", ".join(parts)], out)
    return UNREADABLE if report.unreadable else FAULTY if report.faults else FINE


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
