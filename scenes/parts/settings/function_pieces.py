"""Settings of a clip that shows functions, each on a stretch of x, with the gears and the graph found for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import ClassVar

from pydantic import Field

from core.errors import CoreError
from scenes.parts.gears.drawable import NotDrawable
from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import evaluate
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.terms import Term
from scenes.parts.settings.base import ClipSettings, Swept
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.function_piece import Piece, at_first

__all__ = ["FunctionPieces"]

RANK = {"gears": 0, "lug": 1, "graph": 2}


class FunctionPieces(ClipSettings):
    """Functions in the order in which they come: gears, uneven ones first, then a lug and stop, then graphs."""

    most: ClassVar[int] = 4
    """Most functions of a clip."""

    most_of: ClassVar[Mapping[str, int]] = {"gears": 3, "lug": 1}
    """Most of them that have such a picture; what is left is shown as a graph."""

    pieces: tuple[Piece, ...] = Field(min_length=1, max_length=most, description="The functions, first to last.")

    @cached_property
    def shown(self) -> tuple[Piece, ...]:
        """The functions in the order in which they come; more of one picture than have beats are graphs."""
        left, found = dict(self.most_of), list[Piece]()
        for piece in _in_order(self.pieces):
            picture = piece.found.picture
            found.append(piece if left.get(picture, 1) else piece.as_graph())
            left |= {picture: left[picture] - 1} if left.get(picture) else {}
        return tuple(_in_order(found))

    def of(self, picture: str) -> tuple[int, ...]:
        """Return which of the functions have such a picture."""
        return tuple(i for i, piece in enumerate(self.shown) if piece.found.picture == picture)

    def moving(self, i: int, x: Term) -> Mapping[str, Row]:
        """Return what follows the x of a function."""
        return self.shown[i].moving_rows(i, x)

    def also_up(self, i: int) -> tuple[float, ...]:
        """Return what else is to be seen on the graph of a function."""
        return ()

    def table(self) -> Mapping[str, Row]:
        """Return the quantities of all functions: what moves, as it stands first, the graph and the fine lines."""
        tables = ({**piece.rows(i), **self.moving(i, at_first(piece))} for i, piece in enumerate(self.shown))
        return {name: row for table in tables for name, row in table.items()}

    def sweeps(self) -> Mapping[str, Swept]:
        """Return the x of each piece, called `piece_0` and so on."""
        return {f"piece_{i}": self._swept(i) for i in range(len(self.pieces))}

    def _swept(self, i: int) -> Swept:
        return Swept(f"x_{i}", *self.shown[i].found.turns, lambda x: self.moving(i, x))

    def scales(self) -> Mapping[str, Scale]:
        """Return the radians per unit of each piece."""
        return {f"k_{i}": Scale(f"pieces[{i}].k", piece.found.k) for i, piece in enumerate(self.shown)}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of the graphs, and that of the line of centres."""
        across = {f"graph_x_{i}": piece.found.across for i, piece in enumerate(self.shown)}
        up = {f"graph_h_{i}": piece.found.up_with(*self.also_up(i)) for i, piece in enumerate(self.shown)}
        return {**across, **up, "centres": (0.0, 1.0), "rims": (-1.0, 1.0)}

    def profiles(self) -> Mapping[str, Mapping[str, float]]:
        """Return the numbers of the wheels of each piece, called `driver_0`, `driven_0`, `plain_0` and so on."""
        return {name: row for i, piece in enumerate(self.shown) for name, row in piece.wheels(i).items()}

    def named(self) -> Mapping[str, str]:
        """Return the functions by their place, `stop` for a lug and stop, and `asked` for the last of several pairs."""
        functions = {f"function_{i}": piece.function for i, piece in enumerate(self.shown)}
        asked = {"asked": self.shown[self.of("gears")[-1]].function} if self.of("gears")[1:] else {}
        return functions | asked | ({"stop": self.shown[stops[0]].function} if (stops := self.of("lug")) else {})

    def piece_faults(self) -> Iterator[Problem]:
        """Yield the functions of which nothing can be drawn, and the x past which one does not turn."""
        for i, piece in enumerate(self.pieces):
            try:
                evaluate(piece.run(at_first(piece)).slope("h"))
                if told := piece.turned_past:
                    yield Problem(("pieces", i, "rests_at"), told)
            except NotDrawable as error:
                yield Problem(("pieces", i, "x_range" if error.k is None else "k"), str(error))
            except CoreError as error:
                yield Problem(("pieces", i, "x_range"), f"{piece.function} cannot be computed there: {error}")


def _in_order(pieces: Iterable[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda piece: (RANK[piece.found.picture], piece.is_even))
