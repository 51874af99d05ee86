"""`python -m studio.bench [core ...]`: run the benchmarks and print what was measured, whatever it is.

The measuring happens in a child process, because two things must be settled before NumPy is loaded: one thread, and a C
allocator that keeps the memory it has been given. (A trace keeps every array, raw products keep none; without this
the comparison would be one of page faults, which cost differently on every system.)
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module

from studio.bench.measure import ROUNDS, Measure

MODULES = ("core", "stage", "gears", "film", "audit")
"""Modules of this package that offer `measures()`."""

QUIET = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"),
    "MALLOC_TOP_PAD_": "268435456",
    "MALLOC_TRIM_THRESHOLD_": "1073741824",
    "MALLOC_MMAP_THRESHOLD_": "1073741824",
}
CHILD = "BACKGEAR_BENCH_CHILD"


def main(names: list[str]) -> int:
    """Run the named modules, or all; 0 unless a limit was passed."""
    unknown = set(names) - set(MODULES)
    if unknown:
        print(f"no benchmark is called {', '.join(sorted(unknown))}; there are: {', '.join(MODULES)}", file=sys.stderr)
        return 2
    if CHILD not in os.environ:
        command = [sys.executable, "-m", "studio.bench", *names]
        return subprocess.run(command, env={**os.environ, **QUIET, CHILD: "1"}, check=False).returncode
    print(f"processor time, one thread, median of {ROUNDS} interleaved rounds")
    verdicts = [
        show(measure) for name in names or MODULES for measure in import_module(f"studio.bench.{name}").measures()
    ]
    return int("MISSED" in verdicts)


def show(measure: Measure) -> str:
    """Print one line; the verdict."""
    sign = ">=" if measure.higher_is_better else "<="
    bars = f"reach {sign} {measure.reach:g}, limit {sign} {measure.limit:g}"
    print(f"{measure.what:48} {measure.ratio:7.3g}   {bars:32} {measure.verdict}  {measure.note}".rstrip(), flush=True)
    return measure.verdict


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
