"""A leash for child processes: `python -m studio.leash MODULE ARGUMENT...` runs a module that ends with its parent.

The standard input is a pipe whose other end the parent alone holds. It ends when the parent does, however that was
ended; then the child is told to stop, as by SIGTERM, so that it can tidy up, and is ended when it takes too long.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time
from typing import Final

__all__ = ["PATIENCE", "hold"]

PATIENCE: Final = 5.0  # seconds that a child has to tidy up when it is told to stop


def hold(leash: int) -> None:
    """Watch a pipe from now on, and stop this process when nobody is left who could write into it."""
    threading.Thread(target=_watch, args=(leash,), daemon=True).start()


def _watch(leash: int) -> None:
    while os.read(leash, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)


if __name__ == "__main__":
    own = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    hold(own)
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
