"""What an audit costs: its time over that of the render, both as commands, and its peak memory over 1 GiB."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from studio.bench.measure import Measure
from studio.jobs import ROOT

__all__ = ["Spent", "measures", "spent"]

CLIP, SCENE = "ToyChain", "toy_chain"
"""The longest clip, two minutes and a half, half of which moves."""

GIBIBYTE = 2**30


@dataclass(frozen=True)
class Spent:
    """What a command took: seconds on the clock and of processors, and bytes at its peak."""

    wall: float
    cpu: float
    peak: int


def measures() -> Iterator[Measure]:
    """Draw a clip at 720p30 and audit it, one after the other."""
    bin_folder = Path(sys.executable).parent
    with TemporaryDirectory() as folder:
        film = Path(folder) / "videos" / SCENE / "720p30" / f"{CLIP}.mp4"
        storyboard = str(ROOT / "scenes" / f"{SCENE}.py")
        quiet = ("--progress_bar", "none", "--media_dir", folder)
        render = spent([str(bin_folder / "manim"), "-qm", *quiet, storyboard, CLIP])
        audit = spent([str(bin_folder / "backgear"), "audit", str(film)])
    yield Measure(f"audit of {CLIP} / its render, 720p30", audit.cpu / render.cpu, 1.0, 1.0)
    note = f"({audit.wall:.1f} s of {render.wall:.1f} s)"
    yield Measure("the same on the clock, two processors", audit.wall / render.wall, 0.6, 0.7, note=note)
    yield Measure("peak memory of that audit, GiB", audit.peak / GIBIBYTE, 1.0, 1.0)


def spent(command: list[str]) -> Spent:
    """Run a command and return what it took.

    Raises
    ------
    CalledProcessError
        If it does not end well.
    """
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Spent(time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, peak)
