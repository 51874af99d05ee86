"""What is wrong with a settings file: one line per fault, in plain words.

A fault says where it is (file, line, column), which key it concerns, what is wrong and what would be right.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

KeyPath = tuple[str | int, ...]

MOST_FAULTS_PRINTED = 40
LONGEST_QUOTE = 40
_SHORT = 4  # letters of a name that one wrong one makes quite another
_STEP = re.compile(r"step \d+ \((\w+): (\w+)\) on h\[\d+\] of shape \([\d, ]*\): ")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Problem(NamedTuple):
    """Something wrong at a key, before its place in the file is looked up.

    Attributes
    ----------
    key
        Path from the top of the file (or from the clip, in a clip's own methods), `("words", "title")`.
    message
        What is wrong and what is allowed, in plain words, on one line.
    needle
        A piece of the value as it is written in the file; the fault points at it instead of at the value's start.
    earlier
        How many times the needle stands in the value before the place that is meant.
    at_key
        Whether the key itself is what is wrong, so that the fault points at it.
    """

    key: KeyPath
    message: str
    needle: str = ""
    earlier: int = 0
    at_key: bool = False

    def below(self, path: KeyPath) -> Problem:
        """Return the same problem with its key below a path."""
        return self._replace(key=(*path, *self.key))


@dataclass(frozen=True)
class Fault:
    """One fault with its place; lines and columns count from 1, and line 0 means the file as a whole.

    Examples
    --------
    >>> print(Fault("config.yaml", 12, 9, "theme", "'drak' is not one of dark, light"))
    config.yaml:12:9: theme: 'drak' is not one of dark, light
    """

    file: str
    line: int
    column: int
    key: str
    message: str

    def __str__(self) -> str:
        """Return `file:line:column: key: message`, without the parts that do not apply."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return ": ".join(part for part in (place, self.key, self.message) if part)


class SettingsError(ValueError):
    """The settings cannot be used; `faults` holds every fault found, and the text has one line for each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        lines = [str(fault) for fault in self.faults[:MOST_FAULTS_PRINTED]]
        if len(self.faults) > MOST_FAULTS_PRINTED:
            lines.append(f"... and {len(self.faults) - MOST_FAULTS_PRINTED} more")
        super().__init__("\n".join(lines))


def dotted(path: KeyPath) -> str:
    """Return a path as it is printed.

    Examples
    --------
    >>> dotted(("clips", "ToyChain", "functions", 1))
    'clips.ToyChain.functions[1]'
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if _PLAIN_KEY.fullmatch(part) else f".{quoted(part)}"
    return text.removeprefix(".")


def quoted(value: object) -> str:
    """Return a value as the file would write it, shortened, always on one line.

    Examples
    --------
    >>> quoted("tahn"), quoted(True), quoted(None), quoted(1.5)
    ("'tahn'", 'true', 'nothing', '1.5')
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 3] + "..."


def listed(names: Iterable[str]) -> str:
    """Return names with commas between them."""
    return ", ".join(names)


def in_plain_words(message: str) -> str:
    """Return a message without what only a reader of the core wants to know: the number of a step, and a shape.

    Examples
    --------
    >>> in_plain_words("the chain fails: step 0 (h: log) on h[0] of shape (601,): it is not defined at -2.4")
    'the chain fails: h (log): it is not defined at -2.4'
    """
    return _STEP.sub(r"\1 (\2): ", message)


def hint(name: str, names: Sequence[str]) -> str:
    """Return `; did you mean 'tanh'?` for the nearest of the names, or nothing when none is near.

    Examples
    --------
    >>> hint("tahn", ["tanh", "relu"])
    "; did you mean 'tanh'?"
    >>> hint("activation", ["captions", "functions"])
    ''
    """
    by_lower = {known.lower(): known for known in names}
    near = difflib.get_close_matches(name.lower()[:100], list(by_lower), n=1, cutoff=0.7 if len(name) > _SHORT else 0.6)
    return f"; did you mean '{by_lower[near[0]]}'?" if near else ""


def not_one_of(name: str, names: Sequence[str]) -> str:
    """Return the message for a name that is not among those allowed.

    Examples
    --------
    >>> not_one_of("drak", ["dark", "light"])
    "'drak' is not one of dark, light; did you mean 'dark'?"
    """
    return f"{quoted(name)} is not one of {listed(names)}{hint(name, names)}"
