"""Functions with their gears, and two round gears laid over the first pair, which turn alike at one x alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import Field

from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.terms import Term
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.function_piece import constant
from scenes.parts.settings.function_pieces import FunctionPieces

__all__ = ["RoundGears"]


class RoundGears(FunctionPieces):
    """Functions, over the first of which two round gears are laid."""

    circles_at: float | None = Field(
        default=None,
        description="The x at which two round gears are laid over the first pair; found if left out.",
    )

    @property
    def round_at(self) -> float | None:
        """The x of the first pair at which round gears are laid over it; None where they would not part from it."""
        return self.shown[0].round_at(self.circles_at)

    def table(self) -> Mapping[str, Row]:
        """Return the quantities of all functions, and of the first two equal turns, and the two round gears."""
        first, found, at = self.shown[0], dict(super().table()), self.round_at
        if self.of("gears"):
            found |= first.chord_rows() | first.rolled_rows(first.rest if at is None else at)
        return found if at is None else {**found, **first.round_rows(constant(at))}

    def moving(self, i: int, x: Term) -> Mapping[str, Row]:
        """Return what follows the x of a function; of the first, where the round gears would turn h, too."""
        at = None if i else self.round_at
        wrong = {} if at is None else {"wrong": Row("h", self.shown[0].by_circles(constant(at), x), "loss")}
        return {**super().moving(i, x), **wrong}

    def also_up(self, i: int) -> tuple[float, ...]:
        """Return which h a graph shows, too: room to name the level leg; of the first, where the round gears turn h."""
        piece, at = self.shown[i], None if i else self.round_at
        return piece.named_up(at) + (() if at is None else piece.line_ends(at))

    def circle_faults(self) -> Iterator[Problem]:
        """Yield an x at which no round gears can be laid."""
        if self.circles_at is not None and not self.shown[0].is_even and not self.shown[0].parts(self.circles_at):
            (low, high), at = self.shown[0].found.turns, self.round_at
            told = f"{self.circles_at!r} is no x of {self.shown[0].function} from {low:.4g} to {high:.4g}"
            fitting = "" if at is None else f"; {at!r} would do"
            yield Problem(("circles_at",), f"{told}, or the pair would not part from the circles by then{fitting}")
