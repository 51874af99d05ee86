"""Calls side by side, each of which waits for a child process; all of them stop together."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

__all__ = ["processors", "side_by_side"]

Result = TypeVar("Result")


def side_by_side(
    size: int, calls: Sequence[Callable[[], Result]], tell: Callable[[Result], None], stop: Callable[[], None]
) -> list[Result]:
    """Make so many of the calls at a time, ``tell`` as each ends, and return all results in the order of the calls.

    When this is interrupted, by Ctrl-C or SIGTERM, ``stop`` is to end what the calls wait for.
    """
    with _terminate_as_interrupt(), ThreadPoolExecutor(size) as pool:
        futures = [pool.submit(call) for call in calls]
        try:
            for future in as_completed(futures):
                tell(future.result())
        except BaseException:
            for future in futures:
                future.cancel()
            stop()
            raise
        return [future.result() for future in futures]


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _terminate_as_interrupt() -> Iterator[None]:
    """Let SIGTERM do what Ctrl-C does; only the main thread may say so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
