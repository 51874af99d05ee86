"""What is printed must close: sums that a viewer can do over with the digits on screen, and which digits they need.

A clip says its sums, `ByHand`; `closed` alone decides what follows from them. A number gets one digit more where that
lets more sums close; all numbers of the same size get it together, so that one value has one spelling. A sum that does
not close even so bears ≈, which the formatter decides by the same rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Final, Literal

from scenes.parts.recipe.quantity import Quantities, Quantity
from scenes.parts.type.numbers import (
    FULL_DIGITS,
    digits_down_to,
    format_resting,
    format_typed,
    is_difference,
    is_product,
    last_place,
    parse_shown,
)

__all__ = ["ByHand", "closed", "difference", "leaving", "product", "quotient", "unlike"]

_MOST: Final = 3  # numbers that get a digit more at once: of a difference all three must have it
_SAME: Final = 9  # significant digits in which numbers of the same size agree


@dataclass(frozen=True)
class ByHand:
    """A result and the numbers that it is made from, all names of quantities that stand on screen.

    Attributes
    ----------
    over
        A whole number by which a product is divided.
    """

    result: str
    numbers: tuple[str, ...]
    how: Literal["product", "quotient", "difference", "unlike"]
    over: int = 1

    @property
    def names(self) -> tuple[str, ...]:
        """Every quantity of it."""
        return self.result, *self.numbers

    def holds(self, result: str, *shown: str) -> bool:
        """Return whether what is shown of its numbers gives what is shown of its result, to the last digit."""
        if self.how == "product":
            return is_product(result, shown, self.over, even=True)
        if self.how == "quotient":
            by = parse_shown(shown[1])
            return bool(by) and is_product(result, shown[:1], by, even=True)
        found, one, other = map(parse_shown, (result, *shown))
        if self.how == "unlike":
            return one != other or not found
        last = max(last_place(found), min(map(last_place, (one, other))))
        return abs(one - other - found) <= Decimal((0, (5,), last - 1))


def product(result: str, *factors: str, over: int = 1) -> ByHand:
    """Return a product, over a whole number."""
    return ByHand(result, factors, "product", over)


def quotient(result: str, number: str, by: str) -> ByHand:
    """Return a number by another."""
    return ByHand(result, (number, by), "quotient")


def difference(result: str, one: str, other: str) -> ByHand:
    """Return a number less another: it closes in the places that the result, and one of both, has."""
    return ByHand(result, (one, other), "difference")


def unlike(gap: str, one: str, other: str) -> ByHand:
    """Return two numbers that must not look alike where there is a gap between them."""
    return ByHand(gap, (one, other), "unlike")


def closed(quantities: Quantities, sums: Iterable[ByHand], digits: int) -> Quantities:
    """Return quantities with one significant digit more where that lets more sums close.

    Parameters
    ----------
    sums
        Those with a name that is no quantity, or with one that stays a whole sweep, are passed over.
    digits
        Significant digits of a number at rest.

    Examples
    --------
    >>> from scenes.parts.recipe.quantity import Row
    >>> from scenes.parts.recipe.terms import Constant
    >>> a, b = Constant(1.16692) * Constant(1.0), Constant(0.8336546) * Constant(1.0)
    >>> found = Quantities.read({"a": Row("a", a), "b": Row("b", b), "c": Row("c", a * b)})
    >>> {name: each.row.significant(3) for name, each in closed(found, [product("c", "a", "b")], 3).items()}
    {'a': 4, 'b': 3, 'c': 3}
    """
    known = [each for each in sums if all(_is_number(quantities, name) for name in each.names)]
    finer = _Search(quantities, known, digits).finer if known else frozenset()
    return Quantities(
        {
            name: replace(each, row=replace(each.row, least=each.row.significant(digits) + 1))
            if isinstance(each.value, float) and _size(each) in finer and _may_grow(each)
            else each
            for name, each in quantities.items()
        }
    )


def leaving(rise: Quantity, above: Quantity, below: Quantity, digits: int) -> dict[str, int]:
    """Return how many digits two numbers need to leave their rise, as that is shown: the fewest, none if too many.

    The rise has no 0 as its last digit that is none: 34721, not 34720.
    """
    many = rise.row.significant(digits)
    last = last_place(parse_shown(format_resting(rise.number, many)))
    many = max(many, digits_down_to(rise.number, last))
    for place in range(last, last - FULL_DIGITS, -1):
        ends = {each.name: digits_down_to(each.number, place) for each in (above, below)}
        shown = (format_resting(each.number, ends[each.name]) for each in (above, below))
        if max(ends.values()) <= FULL_DIGITS and is_difference(format_resting(rise.number, many), *shown):
            return {rise.name: many, **ends}
    return {}


class _Search:
    """Which sizes get a digit more: again and again the fewest that let most sums close.

    Attributes
    ----------
    finer
        The sizes, as `_size` writes them.
    """

    def __init__(self, quantities: Quantities, sums: Sequence[ByHand], digits: int) -> None:
        self.quantities, self.sums, self.digits = quantities, sums, digits
        self._sizes = {name: _size(quantities[name]) for each in sums for name in each.names}
        self._shown: dict[tuple[str, bool], str] = {}
        self._held: dict[tuple[int, tuple[bool, ...]], bool] = {}
        self.finer: frozenset[str] = frozenset()
        while more := self._more():
            self.finer |= more

    def _more(self) -> frozenset[str]:
        """Return the sizes that are to follow, none at the end."""
        near = self._near()
        for many in range(1, _MOST + 1):
            gains = {frozenset(sizes): self._gain(frozenset(sizes)) for sizes in combinations(near, many)}
            if gains and max(gains.values()) > 0:
                return max(gains, key=lambda sizes: gains[sizes])
        return frozenset()

    def _near(self) -> list[str]:
        """Return the sizes that may grow, in sums that do not close and in those that share a number with them."""
        loose = {self._sizes[name] for each in self.sums if not self._holds(each, self.finer) for name in each.names}
        sums = [each for each in self.sums if not loose.isdisjoint(self._of(each))]
        names = dict.fromkeys(name for each in sums for name in each.names if _may_grow(self.quantities[name]))
        return [size for size in dict.fromkeys(self._sizes[name] for name in names) if size not in self.finer]

    def _gain(self, sizes: frozenset[str]) -> int:
        """Return how many sums more close if some sizes get a digit more."""
        touched = [each for each in self.sums if not sizes.isdisjoint(self._of(each))]
        return sum(self._holds(each, self.finer | sizes) - self._holds(each, self.finer) for each in touched)

    def _holds(self, each: ByHand, finer: frozenset[str]) -> bool:
        more = tuple([size in finer for size in self._of(each)])
        if (key := (id(each), more)) not in self._held:
            self._held[key] = each.holds(*map(self._text, each.names, more))
        return self._held[key]

    def _of(self, each: ByHand) -> Iterator[str]:
        return map(self._sizes.__getitem__, each.names)

    def _text(self, name: str, more: bool) -> str:
        if (name, more) not in self._shown:
            one = self.quantities[name]
            digits = one.row.significant(self.digits) + (more and _may_grow(one))
            self._shown[name, more] = format_typed(one.number) if one.row.typed else format_resting(one.number, digits)
        return self._shown[name, more]


def _is_number(quantities: Quantities, name: str) -> bool:
    return name in quantities and isinstance(quantities[name].value, float)


def _size(quantity: Quantity) -> str:
    return f"{abs(quantity.number):.{_SAME}g}"


def _may_grow(quantity: Quantity) -> bool:
    """Return whether a number may have a digit more: not as typed, not 0, and not what is but a remainder."""
    return not quantity.row.typed and quantity.number != 0.0 and quantity.row.digits is None
