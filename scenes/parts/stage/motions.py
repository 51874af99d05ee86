"""The only ways in which a thing may move on the stage. None of them lets one number morph into another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
from manim.animation.animation import Animation
from manim.mobject.types.vectorized_mobject import VGroup
from manim.utils.rate_functions import linear, smooth

from scenes.parts.film.ledger import State
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import DIM, MOVE, QUICK, THIN, Theme
from scenes.parts.things.base import Shown
from scenes.parts.things.outlined import Outlined

__all__ = ["Appear", "Dim", "Grow", "Motion", "Pour", "Recolour", "SweepTo", "Unfold", "Vanish"]

Points = npt.NDArray[np.float64]
_LEAST = 1e-6  # share of a number that is not yet told from 0
_FADES = 4  # what unfolds is painted in full after so small a part of its way


@cache
def _nothing() -> VGroup:
    """Return what manim's part of a motion moves."""
    return VGroup()


class Motion(Animation):  # type: ignore[misc]  # manim's classes are untyped for mypy
    """A motion of things that are shown; ``state`` is what they are while it runs: what is moved enters its new place.

    manim's own animations copy what they move; a motion writes straight into the pieces and copies nothing. What enters
    stands over all others, or ``under`` some of them.
    """

    state: ClassVar[State] = "entering"

    def __init__(
        self, *shown: Shown, under: Sequence[Shown] = (), run_time: float = MOVE, lag: float = 0.0, **kwargs: Any
    ) -> None:
        self.shown, self.under = shown, under
        self.lag = lag
        super().__init__(_nothing(), run_time=run_time, introducer=True, name=type(self).__name__, **kwargs)

    def _setup_scene(self, scene: Any) -> None:
        """Let what enters stand on the stage by itself, not inside a group of this motion, and as its sweep is now."""
        entering = [shown for shown in self.shown if shown not in scene.mobjects]
        for shown in entering:
            shown.dimmed = False
            shown.draw()
        scene.add(*entering)
        if self.under:
            scene.lift(*self.under, over=entering)

    def clean_up_from_scene(self, scene: Any) -> None:
        """Take what has left off the stage."""
        if self.state == "leaving":
            scene.remove(*self.shown)

    def begin(self) -> None:
        """Remember where things stand and show the first moment."""
        self.starting_mobject = self.mobject
        self.remember()
        self.interpolate(0.0)

    def settle(self) -> None:
        """Leave out what would not change, now that it is known how everything stands."""

    def remember(self) -> None:
        """Store what the motion starts from."""

    def interpolate(self, alpha: float) -> None:
        """Show the moment ``alpha`` (0 to 1), each thing ``lag`` of the run time after the one before."""
        spread = 1 + self.lag * (len(self.shown) - 1)
        for index, shown in enumerate(self.shown):
            own = float(np.clip(alpha * spread - self.lag * index, 0.0, 1.0))
            self.show(shown, float(self.rate_func(own)))

    def show(self, shown: Shown, share: float) -> None:
        """Show one thing at ``share`` of its motion."""

    def update_mobjects(self, dt: float) -> None:
        """Leave live things to the scene, which updates them after every motion."""


class Appear(Motion):
    """Fade in."""

    def __init__(self, *shown: Shown, run_time: float = QUICK, **kwargs: Any) -> None:
        super().__init__(*shown, run_time=run_time, **kwargs)

    def show(self, shown: Shown, share: float) -> None:
        """Paint at a share of the opacity."""
        for piece in shown.submobjects:
            piece.show(share)


class Vanish(Motion):
    """Fade out and leave the stage."""

    state = "leaving"

    def __init__(self, *shown: Shown, run_time: float = QUICK, **kwargs: Any) -> None:
        super().__init__(*shown, run_time=run_time, **kwargs)

    def remember(self) -> None:
        """Store how strongly each piece is painted, and with what."""
        self.before = {id(p): (p.shown, colour) for s in self.shown for p, colour in zip(s, s.colours, strict=True)}

    def show(self, shown: Shown, share: float) -> None:
        """Paint at what is left of the opacity."""
        for piece in shown.submobjects:
            opacity, colour = self.before[id(piece)]
            piece.show(opacity * (1 - share), colour)


class Grow(Motion):
    """Grow from a point: an arrow from its tail, a bar from its base, a line from its start."""

    def __init__(self, *shown: Shown, run_time: float = MOVE, **kwargs: Any) -> None:
        super().__init__(*shown, run_time=run_time, **kwargs)

    def remember(self) -> None:
        """Store the full outlines and the point each thing grows from."""
        self.full = {id(s): [np.array(p.points) for p in s.submobjects] for s in self.shown}

    def show(self, shown: Shown, share: float) -> None:
        """Draw at a share of the size."""
        full = self.full[id(shown)]
        root = next((points[0] for points in full if len(points)), np.zeros(3))
        for piece, points in zip(shown.submobjects, full, strict=True):
            piece.points = root + (points - root) * share
            piece.show(1.0)


class Dim(Motion):
    """Take things out of focus, or back into it: shapes are mixed into the ground, lettering takes the quiet colour.

    What is so thin that it would then be seen no more stays as it is, unless it says how much of its colour it keeps.
    """

    def __init__(self, *shown: Shown, theme: Theme, back: bool = False, run_time: float = QUICK, **kwargs: Any) -> None:
        self.theme, self.back = theme, back
        super().__init__(*(each for each in shown if not _is_thin(each)), run_time=run_time, **kwargs)

    def settle(self) -> None:
        """Leave out what is out of focus already, or in it: it would flash up."""
        self.shown = tuple(each for each in self.shown if each.dimmed == self.back)

    def show(self, shown: Shown, share: float) -> None:
        """Paint between focus and rest."""
        towards = 1 - share if self.back else share
        shown.dimmed = not self.back
        for piece in shown.submobjects:
            if not towards or (shown.dims_by_colour and towards <= 0.5):
                piece.show(1.0)
            elif shown.dims_by_colour:
                piece.show(1.0, self.theme.colour("quiet"))
            else:
                piece.show(1.0, self.theme.mixed(piece.paint.colour, 1 - (1 - shown.keeps) * towards))


def _is_thin(shown: Shown) -> bool:
    """Return whether one of its numbers is hardly to be seen; what is exactly 0 has its ring."""
    numbers = shown.numbers if isinstance(shown, Outlined) and shown.keeps == DIM else ()
    return any(0.0 < abs(scale.per_unit * source.now.number) < THIN for source, scale in numbers)


class Recolour(Motion):
    """Light something up, or let it rest, by its colour."""

    def __init__(self, *shown: Shown, colour: str, run_time: float = QUICK, **kwargs: Any) -> None:
        self.colour = colour
        super().__init__(*shown, run_time=run_time, **kwargs)

    def show(self, shown: Shown, share: float) -> None:
        """Change the colour half way."""
        if share >= 0.5:
            for piece in shown.submobjects:
                piece.show(1.0, self.colour)


class SweepTo(Motion):
    """Move the input of a sweep; everything bound to the sweep follows it on every frame."""

    state = "tracking"

    def __init__(self, sweep: Sweep, end: float, *, run_time: float, steady: bool = True, **kwargs: Any) -> None:
        self.sweep, self.end = sweep, end
        super().__init__(run_time=run_time, rate_func=linear if steady else smooth, **kwargs)

    def remember(self) -> None:
        """Store where the sweep starts."""
        self.start = self.sweep.x

    def interpolate(self, alpha: float) -> None:
        """Set the input."""
        share = float(self.rate_func(min(max(alpha, 0.0), 1.0)))
        self.sweep.x = self.start + (self.end - self.start) * share if share < 1.0 else self.end  # to the last bit


class Unfold(Motion):
    """Come to stand from nothing: a dial turns, a ribbon pours, a tangent tips, an area opens; letters fade in.

    What has no numbers fades in as well. At the beginning no number is quite 0: that is kept for exactly zero.
    """

    def remember(self) -> None:
        """Store where things stand."""
        self.offsets = {id(shown): shown.offset for shown in self.shown}

    def show(self, shown: Shown, share: float) -> None:
        """Draw a share of the numbers."""
        if isinstance(shown, Outlined):
            outlines = shown.unfolded(max(share, _LEAST))
            for piece, points in zip(shown.submobjects, outlines, strict=True):
                piece.points = points + self.offsets[id(shown)]
        for piece in shown.submobjects:
            piece.show(min(1.0, _FADES * share))


class Pour(Unfold):
    """Pour ribbons along their edges, backward, each from its right end on."""
