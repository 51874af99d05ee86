"""Quantities: the only numbers that a scene may show, each the value of a term, never typed.

A scene's table says, row by row, what a quantity is called, how it is written and which term gives it;
:meth:`Quantities.read` evaluates them all with the core. There is no other way to make one: a storyboard that tries to
make a quantity out of a literal gets an error, and an audit can evaluate the same terms again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import StageError
from scenes.parts.recipe.by_core import evaluate
from scenes.parts.recipe.held import held
from scenes.parts.recipe.terms import Constant, Term

__all__ = ["Quantities", "Quantity", "Role", "Row"]

Role = Literal["ink", "quiet", "body", "grid", "edge", "value", "gradient", "weight", "loss", "negative"]
_KEY: Final = object()


@dataclass(frozen=True)
class Row:
    """One row of a scene's table of quantities.

    Attributes
    ----------
    symbol
        How it is written, in Typst math.
    term
        What it is.
    role
        The meaning that gives it its colour.
    typed
        An input of the lesson: shown as the lecturer typed it, not rounded.
    digits
        Significant digits at rest, where it has fewer than others: what is but a remainder needs one.
    least
        Significant digits at rest, where it needs more than others may have: what is compared, or multiplied on.
    """

    symbol: str
    term: Term
    role: Role = "value"
    typed: bool = False
    digits: int | None = None
    least: int = 0

    def significant(self, digits: int) -> int:
        """Return how many significant digits it has at rest where others have ``digits``: never more than hold."""
        return max(1, min(max(self.digits or digits, self.least), held(self.term)))


@dataclass(frozen=True)
class Quantity:
    """A named value of the core, with the symbol it is written with. Made by :class:`Quantities` alone.

    Attributes
    ----------
    value
        A float, or a read-only float64 array for the quantity along a sweep.
    """

    name: str
    row: Row
    value: float | npt.NDArray[np.float64]
    key: object = None

    def __post_init__(self) -> None:
        if self.key is not _KEY:
            raise StageError(
                f"quantity {self.name!r}: a quantity is the value of a term, it cannot be made from a number"
            )

    def __deepcopy__(self, memo: dict[int, Any]) -> Quantity:
        return self

    @property
    def is_rounding(self) -> bool:
        """Whether it is no input, and not one digit of it holds: rounding alone can make it of numbers that cancel."""
        return isinstance(self.value, float) and not self.row.typed and held(self.row.term) == 0

    @property
    def no_digit_holds(self) -> str:
        """Why a gradient cannot be shown, if rounding alone can make it and yet it is not 0; else nothing."""
        if self.row.role != "gradient" or not self.is_rounding or not self.number:
            return ""
        return (
            f"{self.name} comes out as {self.number:.1g}, which rounding alone can make of numbers that cancel, so "
            "that not one digit of it would be true; change a number of the clip a little"
        )

    @property
    def number(self) -> float:
        """The value as a float.

        Raises
        ------
        TypeError
            If the quantity is a whole sweep.
        """
        if isinstance(self.value, float):
            return self.value
        raise TypeError(f"quantity {self.name!r} is a sweep of {self.value.size} values, not one number")


class Quantities(Mapping[str, Quantity]):
    """All quantities of a clip at one setting of its inputs, by name.

    Examples
    --------
    >>> from scenes.parts.recipe.recipe import Recipe, Run
    >>> run = Run.of(Recipe.chain(("w",), "xy", ("w",)), x=Constant(2.0), w=Constant(3.0))
    >>> Quantities.read({"y": Row("y", run.value("y"))})["y"].number
    6.0
    """

    def __init__(self, rows: Mapping[str, Quantity]) -> None:
        self._rows = MappingProxyType(dict(rows))

    @classmethod
    def read(cls, table: Mapping[str, Row]) -> Quantities:
        """Evaluate the term of every row.

        Raises
        ------
        CoreError
            The core refuses what a term reads.
        StageError
            If a row is no term, or a bare constant other than 1: a number that nobody computed.
        """
        return cls({name: Quantity(name, row, _value(name, row.term), _KEY) for name, row in table.items()})

    def __getitem__(self, name: str) -> Quantity:
        """Return the quantity called ``name``."""
        return self._rows[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._rows)


def _value(name: str, term: Term) -> float | npt.NDArray[np.float64]:
    if not isinstance(term, Term) or (isinstance(term, Constant) and term.value != 1.0):  # dx/dx is 1 by definition
        raise StageError(f"quantity {name!r}: {term!s:.60} is a number that nobody computed")
    array = np.array(evaluate(term), dtype=np.float64)
    if array.ndim == 0:
        return float(array)
    array.flags.writeable = False
    return array
