"""What the gradients of a chain cost: how many multiplications they take from the front, and from the back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Role, Row
from scenes.parts.recipe.terms import Constant, Term, Work

__all__ = ["Costs"]

_WAYS: Final[Mapping[str, Role]] = {"front": "ink", "back": "gradient"}
_FEW: Final = 4  # addends that are written out


@dataclass(frozen=True)
class Costs:
    """The work of gradients from the front beside that from the back, in chains of any widths.

    Attributes
    ----------
    chains
        The widths of each chain, by its name, and of how many of its values the gradients are wanted.
    guessed
        The chains of which a guess is told, too: that every gradient takes as many as the first.
    tallest
        How tall the tallest bar of each chain is, in frame units.
    """

    chains: Mapping[str, tuple[Sequence[Term], int]]
    guessed: Sequence[str] = ()
    tallest: float = 1.0

    def rows(self) -> dict[str, Row]:
        """Return how many multiplications there are: ``front_NAME``, ``back_NAME`` and ``guess_NAME``."""
        rows = {
            f"{way}_{name}": Row('"multiplications"', Work(way, tuple(widths), starts), role, typed=True)
            for name, (widths, starts) in self.chains.items()
            for way, role in _WAYS.items()
        }
        return rows | {
            f"guess_{name}": replace(rows[f"back_{name}"], term=Constant(float(starts)) * once, role="quiet")
            for name, (_, starts) in self.chains.items()
            for once in [rows[f"back_{name}"].term]
            if name in self.guessed
        }

    def sums(self) -> dict[str, str]:
        """Return how the multiplications add up, ``sum_front_NAME`` and so on."""
        made = {"front": _anew, "back": _once}
        found = {
            f"sum_{way}_{name}": add(widths, starts)
            for name, (widths, starts) in self.chains.items()
            for way, add in made.items()
        }
        rows = self.rows()
        each = {name: (f"{number(rows[f'back_{name}'].term):.0f}", self.chains[name][1]) for name in self.guessed}
        return found | {f"sum_guess_{name}": _added([one] * starts) for name, (one, starts) in each.items()}

    def scales(self) -> dict[str, Scale]:
        """Return the scale of the bars of each chain, ``work_NAME``: the tallest is as tall as that of the others."""
        rows = self.rows()
        most = {
            name: max(number(row.term) for key, row in rows.items() if key.endswith(f"_{name}")) for name in self.chains
        }
        return {f"work_{name}": Scale(f"work_{name}", self.tallest / (each or 1.0)) for name, each in most.items()}


def _anew(widths: Sequence[Term], starts: int) -> str:
    """Return the multiplications from the front: a row for each value, or, of wide values, products for each number.

    Examples
    --------
    >>> _anew([Constant(1.0)] * 4, 4), _anew([Constant(1.0)] * 50, 50)
    ('3 + 2 + 1', '49 + 48 + … + 1')
    >>> _anew([Constant(7.0), Constant(5.0), Constant(4.0), Constant(2.0)], 1)
    '7 · (5·4 + 4·2 + 2)'
    """
    first, *others = (f"{number(width):.0f}" for width in widths)
    if starts == 1:
        return f"{first} · ({_added([f'{one}·{other}' for one, other in pairwise(others)] + others[-1:])})"
    return _added([str(row) for row in range(starts - 1, 0, -1)])


def _once(widths: Sequence[Term], _: int) -> str:
    """Return the multiplications from the back, stage by stage.

    Examples
    --------
    >>> _once([Constant(1.0)] * 4, 4), _once([Constant(7.0), Constant(5.0), Constant(4.0)], 1)
    ('1 + 1 + 1', '4·5 + 5·7')
    """
    wide = [f"{number(width):.0f}" for width in widths]
    return _added(["1" if one == other == "1" else f"{other}·{one}" for one, other in pairwise(wide)][::-1])


def _added(addends: Sequence[str]) -> str:
    return " + ".join(addends if len(addends) <= _FEW else [*addends[:2], "…", addends[-1]])
