"""One run at a time into an output folder: a lock that the system releases when a process ends."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tagkit.files import CannotWriteError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_PATIENCE = 0.5  # seconds: for the processes of a run that was killed to end
_STEP = 0.05


@contextmanager
def locked(path: Path, output: str) -> Iterator[None]:
    """Hold the lock in a file; CannotWriteError when another run builds into the output folder.

    The processes of a pool hold it with the run that forked them. Where the file system knows no
    locks, all is done without.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        msg = f"cannot write {path}: {reason}"
        raise CannotWriteError(msg) from error
    try:
        until = time.monotonic() + _PATIENCE
        while not _lock(handle):
            if time.monotonic() > until:
                msg = f"another tagkit is building into {output}"
                raise CannotWriteError(msg)
            time.sleep(_STEP)
        yield
    finally:
        os.close(handle)  # which releases it


if sys.platform == "win32":

    def _lock(handle: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            return error.errno not in _TAKEN
        return True

else:

    def _lock(handle: int) -> bool:
        """Take the lock; false when another process has it."""
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in _TAKEN
        return True
