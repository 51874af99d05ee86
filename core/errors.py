"""The one error of the core, and the lookup that says "did you mean"."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TypeVar

Row = TypeVar("Row")


class CoreError(ValueError):
    """What was wrong, in one line that names the step, the function and the shapes."""


def row_named(table: Mapping[str, Row], name: str, kind: str) -> Row:
    """Row of `table` with this name.

    Raises
    ------
    CoreError
        If there is none; the message offers the nearest name and lists them all.

    Examples
    --------
    >>> row_named({"tanh": 1, "sin": 2}, "tahn", "function")
    Traceback (most recent call last):
    core.errors.CoreError: 'tahn' is no function; did you mean 'tanh'? There are: tanh, sin
    """
    if isinstance(name, str) and name in table:
        return table[name]
    close = get_close_matches(str(name), table, n=1)
    hint = f"; did you mean {close[0]!r}?" if close else "."
    raise CoreError(f"{name!r} is no {kind}{hint} There are: {', '.join(table)}")
