"""Work in as many processes as there are cores; the results in the order of the jobs."""

from __future__ import annotations

import os
import sys
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Job = TypeVar("Job")
Result = TypeVar("Result")

_CHUNK = 8  # jobs sent at once: one that has nothing to do takes no longer than sending it
_AHEAD = 3  # chunks a process, waiting or done and not yet taken: what bounds the memory
_WORK: list[Callable[[Any], Any]] = []  # in a process of the pool: one, what it does to a job
FEW = 4  # jobs that are done sooner than processes start


class ProcessEndedError(Exception):
    """A process was ended from outside: what it had to do is not done, nor what comes after."""


def in_processes(
    work: Callable[[Job], Result], jobs: Iterable[Job], processes: int | None = None
) -> Iterator[Result]:
    """The results of the jobs, in their order, while others are worked on.

    The first is done here: what it loads (catalog, schemas, templates), forked processes share.
    Raises ProcessEndedError.
    """
    waiting = iter(jobs)
    for job in islice(waiting, 1):
        yield work(job)
    rest = list(islice(waiting, FEW))
    count = cores() if processes is None else processes
    if len(rest) < FEW or count < 2:  # noqa: PLR2004
        yield from map(work, rest)
        yield from map(work, waiting)
        return
    yield from _forked(work, _chunks(rest, waiting), count)


def cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def _forked(
    work: Callable[[Job], Result], chunks: Iterator[list[Job]], count: int
) -> Iterator[Result]:
    import gc
    import multiprocessing

    # On macOS a fork may hang in the system's libraries; elsewhere it is the default or not there.
    way = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    gc.freeze()  # a collection would touch, and so copy, every page that is shared
    pool = ProcessPoolExecutor(count, mp_context=way, initializer=_begin, initargs=(work,))
    try:
        under_way = deque(pool.submit(_each, chunk) for chunk in islice(chunks, count * _AHEAD))
        while under_way:
            done = under_way.popleft().result()
            under_way.extend(pool.submit(_each, chunk) for chunk in islice(chunks, 1))
            yield from done
    except BrokenProcessPool as error:
        raise ProcessEndedError from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()


def _chunks(first: list[Job], rest: Iterator[Job]) -> Iterator[list[Job]]:
    yield from ([job] for job in first)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _each(jobs: list[Any]) -> list[Any]:
    """In a process of the pool: what it was begun for, done to each."""
    return [_WORK[0](job) for job in jobs]


def _begin(work: Callable[[Any], Any]) -> None:
    """In a process of the pool: keep the work, with all that it has read when it was forked.

    Ctrl-C is the parent's to answer, and its end is ours, too.
    """
    import signal
    import threading
    from multiprocessing import parent_process

    _WORK[:] = [work]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:

        def end_with_parent() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=end_with_parent, daemon=True).start()
