"""How far a command is: a bar on a terminal, a line for each step elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

__all__ = ["progress"]


@contextmanager
def progress(what: str, total: int, *, lines: bool = True) -> Iterator[Callable[[str], None]]:
    """Give a function that is called with a line after each of ``total`` steps.

    Parameters
    ----------
    what
        What the bar stands for, ``clips drawn``.
    lines
        Whether the lines are printed where there is no terminal.
    """
    console = Console(stderr=True)
    if not console.is_terminal or not total:
        number = count(1)
        yield lambda line: print(f"{next(number)}/{total} {line}", file=sys.stderr) if lines else None
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda _: bar.advance(task)
