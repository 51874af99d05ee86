"""The guard: what may enter the stage and how it may move. Everything else ends the render."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from manim.animation.animation import Wait
from manim.mobject.mobject import Group, Mobject
from manim.mobject.types.vectorized_mobject import VGroup

from scenes.parts.errors import StageError
from scenes.parts.measure import Axis, Scale
from scenes.parts.stage.motions import Motion
from scenes.parts.things.arrow import Bar, GradientArrow, Legend
from scenes.parts.things.base import Bound, Piece, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.gear_marks import Dial, PitchCircle, Sense, Spoke
from scenes.parts.things.lettering import OPERATORS, Sign, Symbol, Words
from scenes.parts.things.name_tag import NameTag
from scenes.parts.things.pen import Pen
from scenes.parts.things.plot import AxisLine, Curve, Dot
from scenes.parts.things.rack import Rack
from scenes.parts.things.readout import Readout
from scenes.parts.things.tangent import Tangent
from scenes.parts.things.wheel import Gear, Idler, Sector, Wheel

__all__ = ["Guard", "axes_of"]

KINDS = (
    *(Words, Symbol, Sign, Readout, GradientArrow, Bar, Legend, AxisLine, Dot, Curve, Tangent, Decor),
    *(Gear, Idler, Sector, Rack, Spoke, Sense, Dial, PitchCircle, NameTag),
)
"""Everything that may stand on the stage; a class derived from one of them may not, because it could draw anything."""


@dataclass(frozen=True)
class Guard:
    """Admits what the clip's pen could have drawn; ``scales`` and ``ranges`` are all that the settings state."""

    pen: Pen
    scales: tuple[Scale, ...]
    ranges: dict[str, tuple[float, float]]

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
                self._check_lettering(shown)
                self._check_measures(shown)

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
                    f"{name}: only the stage's own motions may play: Appear, Grow, Dim, Recolour, SweepTo, Vanish"
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
        if any(type(piece) is not Piece or piece.submobjects or piece.updaters for piece in shown.submobjects):
            raise StageError(f"{shown.name}: something was put into it or made to move it")
        if shown.updaters:
            raise StageError(f"{shown.name}: an updater may not move what is bound: a sweep does")

    def _check_lettering(self, shown: Shown) -> None:
        if isinstance(shown, Words) and not self.pen.wrote(shown):
            raise StageError(
                f"{shown.name} ({shown.text!r}): words come from the settings, a storyboard cannot type any"
            )
        if isinstance(shown, Readout) and shown.formatter != self.pen.formatter:
            raise StageError(f"{shown.name} ({shown.text!r}): a number is written by the clip's own formatter only")
        if isinstance(shown, Sign) and shown.sign not in OPERATORS:
            raise StageError(f"{shown.sign!r} is no sign of arithmetic: a number on screen is a readout")

    def _check_measures(self, shown: Shown) -> None:
        scale = getattr(shown, "scale_used", None)
        if isinstance(shown, Bound | Legend) and scale is not None and scale not in self.scales:
            raise StageError(
                f"{shown.name}: a scale of {scale.per_unit!r} units per unit is stated nowhere in the settings"
            )
        wheel = shown if isinstance(shown, Wheel) else getattr(shown, "wheel", None)
        if wheel is not None and not self.pen.planned(wheel):
            raise StageError(f"{shown.name}: the settings know no such wheel {wheel.plan.key!r}")
        for axis in axes_of(shown):
            if self.ranges.get(axis.key) != (axis.low, axis.high):
                raise StageError(
                    f"{shown.name}: no setting states the range {axis.low!r} to {axis.high!r} ({axis.key})"
                )


def axes_of(shown: Shown) -> tuple[Axis, ...]:
    """Return the axes that a thing is drawn on."""
    if isinstance(shown, Curve | Tangent):
        return shown.x_axis, shown.y_axis
    if isinstance(shown, Dot):
        return (shown.axis, shown.across[1]) if shown.across else (shown.axis,)
    return (shown.axis,) if isinstance(shown, AxisLine) else ()
