"""Files on the medium: changed by one process at a time, and small ones replaced whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

from interviewer.transcript.damage import TranscriptError

_WAIT = 5.0
"""Seconds to wait for another process to be done with a file that is changed in a moment."""


def replace_file(path: Path, data: bytes) -> None:
    """Puts `data` in the place of the file: whoever reads it sees the old or the new, and it outlives a power cut.

    Only the user may read it; so may they alone its folder, if that has to be made.

    Raises:
        TranscriptError: it cannot be written; the old file is as it was.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)  # of a process that was killed and had the same number
        write_new(temporary, data)
        try:
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise cannot(path, "be written", error) from None


def write_new(path: Path, data: bytes) -> None:
    """Writes a new file that only the user may read; it is on the medium when this returns.

    Raises:
        OSError: it cannot be written, and nothing of it stays; FileExistsError if there is such a file already.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Has the medium know of new, moved and removed names in a folder, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def alone(path: Path, busy: str, *, make: bool = False, wait: float = 0.0) -> Iterator[None]:
    """Holds the lock on a file, the same that the writer of a transcript holds; see `lock`.

    Args:
        path: the file.
        busy: what to say if another process holds it.
        make: whether to make the file if it is not there.
        wait: seconds to wait for another process.

    Raises:
        TranscriptError: another process holds it, or it cannot be opened.
    """
    try:
        if make:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT if make else os.O_RDONLY, 0o600)
    except OSError as error:
        raise cannot(path, "be opened", error) from None
    try:
        lock(descriptor, busy, wait)
        yield
    finally:
        os.close(descriptor)


def changing(path: Path) -> contextlib.AbstractContextManager[None]:
    """Lets one process at a time change the small file `path`, which is replaced as a whole.

    The lock is on a hidden file beside it that stays.
    """
    busy = f"{path}: another interviewer is changing it and does not finish. Try again."
    return alone(path.with_name(f".{path.name}.lock"), busy, make=True, wait=_WAIT)


def lock(descriptor: int, busy: str, wait: float = 0.0) -> None:
    """Takes the lock on an open file; it is held until that is closed.

    Systems without `flock` have no such lock; there, two writers are the user's to avoid.

    Args:
        descriptor: of the file.
        busy: what to say if another process holds it.
        wait: seconds to wait for another process.

    Raises:
        TranscriptError: another process holds it.
    """
    try:
        import fcntl
    except ImportError:  # Windows has none
        return
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in {errno.EWOULDBLOCK, errno.EACCES}:
                return  # a file system that knows no locks
            if time.monotonic() >= until:
                raise TranscriptError(busy) from None
            time.sleep(0.005)
        else:
            return


def cannot(path: Path, what: str, error: OSError) -> TranscriptError:
    """The sentence for a file that could not be opened, written or moved."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return TranscriptError(f"{path}: the disk is full. Free some space; nothing that was saved before is lost.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return TranscriptError(f"{path}: cannot {what}: no permission. Nothing was changed.")
        case errno.ENOENT:
            return TranscriptError(f"{path}: there is no such file.")
        case _:
            return TranscriptError(f"{path}: cannot {what}: {error.strerror or error}.")
