"""A worker: `python -m studio.worker` does one task after another, a line of JSON in and a line of JSON out for each.

It lives as long as the one who asks, because importing manim takes longer than most of what is asked for.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import traceback
from importlib import import_module
from types import FrameType
from typing import Any, Final, NoReturn, TextIO

__all__ = ["done", "serve"]

_ENDED: Final = 128 + signal.SIGTERM


def done(task: dict[str, Any]) -> dict[str, Any]:
    """Return what a task gives: ``value``, or ``failure`` in one line with ``details``.

    Examples
    --------
    >>> done({"function": "math:sqrt", "arguments": [9.0]})
    {'value': 3.0}
    >>> done({"function": "math:sqrt", "arguments": [-9.0]})["failure"]
    'ValueError: math domain error'
    """
    module, _, name = task["function"].partition(":")
    try:
        return {"value": getattr(import_module(module), name)(*task["arguments"])}
    except Exception as error:  # the one who asked says it; the next task may go well
        said = " ".join(f"{type(error).__name__}: {error}".split())
        return {"failure": said, "details": traceback.format_exc()}


def serve(tasks: TextIO, answers: TextIO) -> None:
    """Do every task that comes, until there will be no more."""
    for line in tasks:
        answers.write(json.dumps(done(json.loads(line))) + "\n")
        answers.flush()


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(_ENDED)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)  # so that what was begun is cleared away
    gc.set_threshold(50_000)  # to look for rings among all that manim holds, as often as is usual, takes a twentieth
    own = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what is printed is no answer
    try:
        serve(sys.stdin, own)
        code = 0
    except SystemExit:  # whatever was going on has cleared away what it had begun
        code = _ENDED
    sys.stderr.flush()
    os._exit(code)  # nothing is left to clear away, and to free all that manim holds, thing by thing, takes a second
