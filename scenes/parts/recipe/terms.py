"""Terms: numbers that can be computed, said once and computed by anybody. Nothing is computed here.

A term is a number of the settings, a reading of a run, or arithmetic on such. Two engines evaluate any term:
`scenes.parts.recipe.by_core` with the core, and the audit's own at 50 digits, which shares no numerical code with it.
A term is plain data: it can be compared, hashed, and written into a ledger (`scenes.parts.recipe.written`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from scenes.parts.errors import StageError

__all__ = ["Along", "Constant", "Given", "Grid", "Moving", "Op", "Point", "Term", "Work", "given"]

Entries = float | tuple["Entries", ...]
_KEY: Final = object()
_FEW: Final = 6


class Term:
    """A number, or an array of them, that can be computed."""

    def __add__(self, other: Term) -> Term:
        """Return the sum."""
        return Op("+", self, other)

    def __sub__(self, other: Term) -> Term:
        """Return the difference."""
        return Op("-", self, other)

    def __mul__(self, other: Term) -> Term:
        """Return the product."""
        return Op("*", self, other)

    def __truediv__(self, other: Term) -> Term:
        """Return the quotient."""
        return Op("/", self, other)

    def __abs__(self) -> Term:
        """Return the magnitude."""
        return Op("abs", self, self)


@dataclass(frozen=True)
class Given(Term):
    """A number of the settings, or an array of them as nested tuples; made by :func:`given` alone.

    Attributes
    ----------
    key
        Where it stands in the settings of the clip, as ``("nudges", 0)``.
    """

    key: tuple[str | int, ...]
    value: Entries
    token: object = None

    def __post_init__(self) -> None:
        if self.token is not _KEY:
            raise StageError(f"{self}: {self.value!r:.60} does not come from the settings of a clip")

    def __str__(self) -> str:
        first, *rest = map(str, self.key)
        return first + "".join(f"[{part}]" for part in rest)


def given(settings: object, *key: str | int) -> Given:
    """Return a number, or an array, that stands in settings: attributes, keys of mappings and indices, one by one.

    Raises
    ------
    StageError
        If the settings are none, or hold no number there.

    Examples
    --------
    >>> from scenes.parts.settings import load
    >>> str(given(load().clip("TwoLayerNetwork"), "nudges", 0))
    'nudges[0]'
    """
    if not type(settings).__module__.startswith("scenes.parts.settings."):
        raise StageError(f"{settings!r:.60} is no settings: a number on screen comes from the settings or the core")
    found: Any = settings
    for part in key:
        found = getattr(found, part) if isinstance(part, str) and hasattr(type(found), "model_fields") else found[part]
    return Given(tuple(key), _entries(found, key), _KEY)


def _entries(found: object, key: tuple[str | int, ...]) -> Entries:
    """Return nested tuples of floats."""
    if isinstance(found, list | tuple):
        return tuple(_entries(inner, key) for inner in found)
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise StageError(f"{'.'.join(map(str, key))}: {found!r:.60} is no number")
    return float(found) + 0.0  # a minus zero is a zero


@dataclass(frozen=True)
class Constant(Term):
    """A number of mathematics, such as the 2 of a central difference. It can be part of a term, never shown alone."""

    value: float

    def __str__(self) -> str:
        return f"{self.value:g}"


@dataclass(frozen=True)
class Moving(Term):
    """The input of a sweep, by the name of the quantity that it is, where it stands on some frame."""

    name: str
    value: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", float(self.value) + 0.0)  # minus zero is found under the same hash as zero

    def __str__(self) -> str:
        return f"{self.name} at {self.value!r}"


@dataclass(frozen=True)
class Grid(Term):
    """Evenly spaced numbers, both ends included; ``also`` are numbers that stand among them.

    Of ``points`` there is an odd number wherever the middle matters.
    """

    low: Term
    high: Term
    points: int
    also: tuple[float, ...] = ()

    def __str__(self) -> str:
        extra = f" and {', '.join(map(repr, self.also))}" if self.also else ""
        return f"{self.points} points from {self.low} to {self.high}{extra}"


@dataclass(frozen=True)
class Point(Term):
    """One number of a grid."""

    grid: Grid
    index: int

    def __str__(self) -> str:
        return f"point {self.index} of {self.grid}"


@dataclass(frozen=True)
class Along(Term):
    """Numbers side by side, each a term of its own: a value after every step of learning."""

    terms: tuple[Term, ...]

    def __str__(self) -> str:
        return f"{self.terms[0]}, ..., {self.terms[-1]}"


@dataclass(frozen=True)
class Work(Term):
    """How many multiplications gradients take in a chain of stages, counted.

    Attributes
    ----------
    way
        ``front``: anew for each value; ``back``: one sweep for all of them.
    widths
        How many numbers each value has, first to last; the loss behind them is one.
    starts
        Of how many values, from the first on, the gradients are wanted.
    """

    way: str
    widths: tuple[Term, ...]
    starts: int

    def __str__(self) -> str:
        wide = " to ".join(map(str, self.widths)) if len(self.widths) <= _FEW else f"{len(self.widths)} values"
        return f"multiplications from the {self.way} for {self.starts} of {wide}"


@dataclass(frozen=True)
class Op(Term):
    """Arithmetic; of ``abs`` both sides are the same term."""

    sign: str
    left: Term
    right: Term

    def __str__(self) -> str:
        return f"|{self.left}|" if self.sign == "abs" else f"({self.left} {self.sign} {self.right})"
