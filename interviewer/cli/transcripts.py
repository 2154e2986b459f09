"""`interviewer transcripts`: lists saved interviews, names and tags them, and deletes and restores them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from interviewer.cli import TRANSCRIPT, USAGE
from interviewer.cli.options import add_transcripts, settings_from

if TYPE_CHECKING:
    from interviewer.transcript.labels import Label


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    from interviewer.persona import Verdict

    parser.add_argument("--filter", metavar="TEXT", default="", help="only those with these words: persona, title, ...")
    parser.add_argument("--tag", metavar="TAG", help="only those with this tag")
    parser.add_argument("--persona", metavar="PERSONA", help="only those with this persona (id, or part of its title)")
    parser.add_argument("--verdict", choices=get_args(Verdict), help="only those that came to this")
    parser.add_argument("--unfinished", action="store_true", help="only those that can be resumed")
    orders = ("date", "persona", "length", "verdict", "share")
    parser.add_argument("--sort", choices=orders, default="date", help="what comes first, after unfinished ones")
    parser.add_argument("--tree", action="store_true", help="put branches under what they branch off")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--samples", dest="shipped", action="store_true", help="those that come with the program")
    which.add_argument("--deleted", action="store_true", help="those that were deleted and can be restored")
    parser.add_argument("--json", action="store_true", help="for programs")
    add_transcripts(parser)
    parser.set_defaults(act=_list)
    actions = parser.add_subparsers(metavar="ACTION", title="actions (the list is shown if none is given)")

    def action(name: str, act: Callable[[argparse.Namespace], int], purpose: str) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")
        made.set_defaults(act=act)
        made.add_argument("--transcripts", type=Path, metavar="FOLDER", default=argparse.SUPPRESS, help="as above")
        return made

    rename = action("rename", _rename, "give a transcript a title; an empty one takes it away")
    rename.add_argument("transcript", metavar="ID")
    rename.add_argument("title", metavar="TITLE")
    tag = action("tag", _tag, "add tags with +, take them away with -")
    tag.add_argument("transcript", metavar="ID")
    # A tag that is taken away looks like an option, so what follows is taken apart in `_tag`.
    tag.add_argument("changes", metavar="+TAG -TAG", nargs=argparse.REMAINDER)
    note = action("note", _note, "write a note on a transcript; an empty one takes it away")
    note.add_argument("transcript", metavar="ID")
    note.add_argument("text", metavar="TEXT")
    delete = action("delete", _delete, "delete transcripts, so that they can be restored")
    delete.add_argument("transcript", metavar="ID", nargs="+")
    restore = action("restore", _restore, "bring deleted transcripts back")
    restore.add_argument("transcript", metavar="ID", nargs="+")
    purge = action("purge", _purge, "destroy what was deleted, for good")
    purge.add_argument("--yes", action="store_true", help="do not ask")


def run(arguments: argparse.Namespace) -> int:
    """Runs the command and returns its exit code."""
    code: int = arguments.act(arguments)
    return code


def _list(arguments: argparse.Namespace) -> int:
    from interviewer.cli.transcript_list import print_deleted, print_list
    from interviewer.transcript.labels import LabelError, as_tag
    from interviewer.transcript.selection import Wanted

    folder = settings_from(arguments).transcripts
    if arguments.deleted:
        return print_deleted(folder, as_json=arguments.json)
    try:
        tag = as_tag(arguments.tag) if arguments.tag is not None else None
    except LabelError as error:
        return _wrong(error)
    wanted = Wanted(arguments.filter, tag, arguments.persona, arguments.verdict, arguments.unfinished)
    return print_list(
        folder, wanted, arguments.sort, of_samples=arguments.shipped, as_tree=arguments.tree, as_json=arguments.json
    )


# ---- Labels ----------------------------------------------------------------------------------------------------------


def _rename(arguments: argparse.Namespace) -> int:
    from interviewer.transcript.labels import titled

    return _label(arguments, lambda label: titled(label, arguments.title))


def _note(arguments: argparse.Namespace) -> int:
    from interviewer.transcript.labels import noted

    return _label(arguments, lambda label: noted(label, arguments.text))


def _tag(arguments: argparse.Namespace) -> int:
    from interviewer.transcript.labels import tagged

    options = argparse.ArgumentParser(prog="interviewer transcripts tag", add_help=False, allow_abbrev=False)
    add_transcripts(options)
    given, words = options.parse_known_args(arguments.changes)
    arguments.transcripts = given.transcripts or arguments.transcripts
    if not words:
        return _wrong("Say which tags: +TAG adds one, -TAG takes one away.")
    wrong = [word for word in words if not word.startswith(("+", "-"))]
    if wrong:
        return _wrong(f"{wrong[0]}: write +{wrong[0]} to add this tag, or -{wrong[0]} to take it away.")
    more = [word for word in words if word.startswith("+")]
    fewer = [word for word in words if word.startswith("-")]
    return _label(arguments, lambda label: tagged(label, more, fewer))


def _label(arguments: argparse.Namespace, change: Callable[[Label], Label]) -> int:
    """Changes the label of the transcript that was named, and says what stands on it now."""
    from interviewer.transcript.archive import find
    from interviewer.transcript.labels import LabelError, change_label, read_labels

    folder = settings_from(arguments).transcripts
    path = find(folder, arguments.transcript)
    try:
        notice = change_label(folder, path.stem, change)
    except LabelError as error:
        return _wrong(error)
    if notice:
        print(f"interviewer: {notice}", file=sys.stderr)
    label = read_labels(folder).of(path)
    tags = "".join(f"  #{tag}" for tag in label.tags)
    print(f"{path.stem}: {label.title or '(no title)'}{tags}")
    if label.note:
        print(label.note)
    return 0


# ---- Deleting --------------------------------------------------------------------------------------------------------


def _delete(arguments: argparse.Namespace) -> int:
    from interviewer.transcript.archive import find
    from interviewer.transcript.removal import delete

    folder = settings_from(arguments).transcripts

    def act(name: str) -> str:
        gone = delete(folder, find(folder, name))
        return f"Deleted {gone.name}. Bring it back with: interviewer transcripts restore {gone.name}"

    return _each(arguments.transcript, act)


def _restore(arguments: argparse.Namespace) -> int:
    from interviewer.transcript.removal import find_deleted, restore

    folder = settings_from(arguments).transcripts
    return _each(arguments.transcript, lambda name: f"Restored {restore(folder, find_deleted(folder, name)).stem}.")


def _each(names: list[str], act: Callable[[str], str]) -> int:
    """Does it to each; what cannot be done to one does not keep the others from it."""
    from interviewer.transcript.store import TranscriptError

    code = 0
    for name in dict.fromkeys(names):
        try:
            print(act(name))
        except TranscriptError as error:
            print(f"interviewer: {error}", file=sys.stderr)
            code = TRANSCRIPT
    return code


def _purge(arguments: argparse.Namespace) -> int:
    from interviewer.transcript.removal import deleted, purge

    folder = settings_from(arguments).transcripts
    there, broken = deleted(folder)
    count = len(there) + len(broken)
    if not count:
        print(f"Nothing in {folder} was deleted.")
        return 0
    what = "1 deleted transcript" if count == 1 else f"{count} deleted transcripts"
    if not arguments.yes:
        if not sys.stdin.isatty():
            return _wrong(f"This would destroy {what} for good. Say so with --yes.")
        try:
            answer = input(f"Destroy {what} for good? [y/N] ")
        except EOFError:
            answer = ""
        if answer.strip().casefold() not in {"y", "yes"}:
            print("Nothing was destroyed.")
            return 0
    purge(folder)
    print(f"Destroyed {what}.")
    return 0


def _wrong(problem: Any) -> int:
    print(f"interviewer: {problem}", file=sys.stderr)
    return USAGE
