"""The guard: what may enter the stage and how it may move. Everything else ends the render."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from manim.animation.animation import Wait
from manim.mobject.mobject import Group, Mobject
from manim.mobject.types.vectorized_mobject import VGroup

from scenes.parts.errors import StageError
from scenes.parts.measure import Scale
from scenes.parts.stage.motions import Motion
from scenes.parts.things.base import Piece, Shown
from scenes.parts.things.gear_pen import GearPen
from scenes.parts.things.kinds import KINDS as LISTED
from scenes.parts.things.pen import Pen
from scenes.parts.type.numbers import Formatter

__all__ = ["Guard"]

KINDS: Final = frozenset(LISTED)  # asked of everything, again and again


@dataclass(frozen=True)
class Guard:
    """Admits what the clip's pen could have drawn; ``scales`` and ``ranges`` are all that the settings state."""

    pen: Pen
    scales: tuple[Scale, ...]
    ranges: dict[str, tuple[float, float]]

    @property
    def formatter(self) -> Formatter:
        """What writes every number of the clip."""
        return self.pen.formatter

    @property
    def profiles(self) -> Mapping[str, Mapping[str, float]]:
        """The profiles of the clip's wheels."""
        return self.pen.profiles

    def wrote(self, words: Any) -> bool:
        """Return whether words come from the settings, by way of the clip's pen."""
        return self.pen.wrote(words)

    def planned(self, wheel: Any) -> bool:
        """Return whether a wheel stands as the settings plan it."""
        return GearPen(self.pen).planned(wheel)

    def shown(self, mobjects: Iterable[Any]) -> list[Shown]:
        """Return those of what stands on the stage that are of a kind that may."""
        return [mobject for mobject in mobjects if type(mobject) in KINDS]

    def admit(self, things: Iterable[Any]) -> None:
        """Let things onto the stage.

        Raises
        ------
        StageError
            Naming the first thing that is neither bound nor decor, or whose scale or range no setting states.
        """
        for thing in things:
            for shown in self._members(thing):
                self._check_pieces(shown)
                if beyond := type(shown).unstated(shown, self):
                    raise StageError(beyond)

    def admit_motions(self, motions: Iterable[Any]) -> None:
        """Let things move.

        Raises
        ------
        StageError
            If one of the motions is not the stage's own: a transform lets digits morph, and a cached copy is not bound.
        """
        for motion in motions:
            if isinstance(motion, Motion):
                self.admit(motion.shown)
            elif type(motion) is not Wait:
                name = type(motion).__name__
                raise StageError(
                    f"{name}: only the stage's own motions may play: "
                    "Appear, Dim, Grow, Pour, Recolour, SweepTo, Travel, Unfold, Vanish"
                )

    def _members(self, thing: Any) -> Iterator[Shown]:
        if type(thing) in KINDS:
            yield thing
        elif type(thing) in (VGroup, Group, Mobject) and not len(thing.points):
            for member in thing.submobjects:
                yield from self._members(member)
        else:
            name = type(thing).__name__
            raise StageError(
                f"{name} may not enter the stage: show a quantity through a bound constructor, or declare it decor"
            )

    def _check_pieces(self, shown: Shown) -> None:
        for piece in shown.submobjects:
            if type(piece) is not Piece or piece.submobjects or piece.updaters:
                raise StageError(f"{shown.name}: something was put into it or made to move it")
        if shown.updaters:
            raise StageError(f"{shown.name}: an updater may not move what is bound: a sweep does")
