"""Options that say what a source of answers holds, for every command that reads one."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from interviewer.batch.sources import SourceOptions

COLUMNS: Final = {
    "answer": "the answer",
    "id": "what the answer is called",
    "question": "the question in words",
    "question-id": "the id of the question",
    "reference": "a model answer",
}


def add_source_options(group: argparse._ArgumentGroup) -> None:
    """Which column is what, and in which form the file is."""
    for name, what in COLUMNS.items():
        group.add_argument(f"--{name}-column", metavar="NAME", help=f"the column with {what}")
    group.add_argument(
        "--gold-column",
        action="append",
        default=[],
        metavar="[CRITERION=]NAME",
        help="a column with grades that people gave; of the whole answer unless a criterion is named",
    )
    group.add_argument("--format", metavar="F", help="csv, tsv, jsonl, json, yaml, parquet, folder or text")
    group.add_argument("--encoding", metavar="E", help="such as utf-8, cp1252")
    group.add_argument("--separator", metavar="C", help="between cells: a character, or tab")
    group.add_argument(
        "--header",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="whether the first line names the columns; found out if not said",
    )


def source_options(arguments: argparse.Namespace) -> SourceOptions:
    """What was said of the source."""
    from interviewer.batch.sources import SourceOptions

    gold = [named.rpartition("=") for named in arguments.gold_column]
    return SourceOptions(
        answer_column=arguments.answer_column,
        id_column=arguments.id_column,
        question_column=arguments.question_column,
        question_id_column=arguments.question_id_column,
        reference_column=arguments.reference_column,
        gold_columns=tuple((criterion or "overall", name) for criterion, _, name in gold),
        format=arguments.format,
        encoding=arguments.encoding,
        separator=arguments.separator,
        header=arguments.header,
    )


def said_of_source(arguments: argparse.Namespace) -> list[str]:
    """The flags that say something of a source."""
    names = (*(f"{name}-column" for name in COLUMNS), "gold-column", "format", "encoding", "separator", "header")
    return [f"--{name}" for name in names if getattr(arguments, name.replace("-", "_")) not in (None, [])]


def count(text: str) -> int:
    """A number of answers, for argparse."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number from 1, not {text!r}")
    return int(text)
