"""`interviewer export TRANSCRIPT...`: gives interviews away in forms that others can read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.cli.options import add_transcripts, settings_from

if TYPE_CHECKING:
    from interviewer.exports.choose import Exported


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    from interviewer.exports.choose import FORMS

    parser.epilog = "Forms: " + "; ".join(f"{name}: {what}" for name, what in FORMS.items()) + "."
    parser.add_argument("transcripts_given", nargs="+", metavar="TRANSCRIPT", help="an id or a file")
    parser.add_argument("--to", choices=FORMS, default="html", help="in which form (html)")
    parser.add_argument(
        "--out", type=Path, metavar="FILE|FOLDER", help="where to; the working folder if absent, - for standard output"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace files that are there")
    redaction = parser.add_argument_group("redaction")
    redaction.add_argument(
        "--redact", action="store_true", help="placeholders for names, addresses, telephone numbers and links"
    )
    redaction.add_argument("--names", metavar="A,B", help="names that are redacted in any case; means --redact")
    redaction.add_argument("--figures", action="store_true", help="money, percentages and counts too; means --redact")
    add_transcripts(parser)


def run(arguments: argparse.Namespace) -> int:
    """Runs the command and returns its exit code."""
    from interviewer.cli import TRANSCRIPT, USAGE
    from interviewer.exports.choose import export
    from interviewer.transcript.archive import find
    from interviewer.transcript.redacted import Redaction
    from interviewer.transcript.store import TranscriptError

    given, out = arguments.transcripts_given, arguments.out
    if len(given) > 1 and out is not None and not out.is_dir():
        print(f"interviewer: {out} is no folder, and several interviews need one.", file=sys.stderr)
        return USAGE
    settings = settings_from(arguments)
    names = tuple(filter(None, (name.strip() for name in (arguments.names or "").split(","))))
    redaction = Redaction(names, arguments.figures) if arguments.redact or names or arguments.figures else None
    code = 0
    remarks: dict[str, None] = {}
    for name in given:
        try:
            exported = export(find(settings.transcripts, name), arguments.to, settings.transcripts, redaction)
            _write(exported, out, overwrite=arguments.overwrite)
        except TranscriptError as error:
            print(f"interviewer: {error}", file=sys.stderr)
            code = TRANSCRIPT
        else:
            remarks.update(dict.fromkeys(exported.remarks))
    for remark in remarks:
        print(remark, file=sys.stderr)
    return code


def _write(exported: Exported, out: Path | None, *, overwrite: bool) -> None:
    """Writes a file for its owner alone: it holds what somebody said in an interview."""
    from interviewer.transcript.disk import replace_file, write_new
    from interviewer.transcript.store import TranscriptError

    if out is not None and str(out) == "-":
        sys.stdout.buffer.write(exported.data)
        sys.stdout.buffer.flush()
        return
    path = Path(exported.name) if out is None else out / exported.name if out.is_dir() else out
    try:
        if overwrite and path.is_file():
            replace_file(path.resolve(), exported.data)
        elif overwrite and path.exists():  # a pipe or a device, in whose place no file can be put
            path.write_bytes(exported.data)
        else:
            write_new(path, exported.data)
    except FileExistsError:
        raise TranscriptError(f"{path}: is there already. Replace it with --overwrite, or name another.") from None
    except OSError as error:
        raise TranscriptError(f"{path}: cannot be written: {error.strerror or error}.") from None
    print(path)
