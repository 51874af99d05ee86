"""A map of the loss with a step on it: the gradient's way and the opposite one, and the way of all steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scenes.parts.measure import Scale
from scenes.parts.page import Place
from scenes.parts.recipe.quantity import Role
from scenes.parts.theme import LABEL
from scenes.parts.things.base import Shown, Source
from scenes.parts.things.lettering import Words
from scenes.parts.things.loss_plane import LossPlane
from scenes.parts.things.outlined import Spot
from scenes.parts.things.path import HEAD, Path
from scenes.parts.things.plot import Dot
from scenes.parts.things.pointer import Pointer

__all__ = ["StepMap", "WayMap"]

_ASIDE = 0.2  # from the tip of an arrow to its word


@dataclass
class WayMap(LossPlane):
    """A map with the way of both weights, as far as a sweep of steps has come.

    Parameters
    ----------
    way
        The quantities along the steps: the weight across, and that upward.
    step
        The step that it has come to.
    """

    way: tuple[str, str] = ("", "")
    step: Source | None = None

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        super()._draw(place, scales)
        self.path = self._path(self.step)
        return [*self.frame, self.path]

    def _path(self, until: Source | None) -> Path:
        x, y = (self.pen.quantities[name] for name in self.way)
        return Path(y, self.up, x, self.across, colour=self.pen.theme.colour("weight"), until=until)


@dataclass
class StepMap(WayMap):
    """A map on which one step is told, and then all others.

    Parameters
    ----------
    weights
        The quantities of both weights; ``new_`` and their names is after the step, ``up_`` and ``down_`` how far the
        gradient would move them and its opposite does; ``up_L`` and ``new_L`` is the loss there.
    now
        Both weights, as a sweep of the rate moves them.
    says
        The keys of what is said at the tips of both ways, uphill first.
    """

    weights: tuple[str, str] = ("", "")
    now: tuple[Source, ...] = ()
    says: tuple[str, str] = ("", "")
    pointers: list[Pointer] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        super()._draw(place, scales)
        known, ways = self.pen.quantities, zip(("up", "down"), ("gradient", "ink"), ("up_L", "new_L"), strict=True)
        self.pointers = [self._pointer(*way) for way in ways]
        self.words = [self._word(*each) for each in zip(self.pointers, self.says, ("gradient", "ink"), strict=True)]
        start, after = ([known[f"{key}{w}"] for w in self.weights] for key in ("", "new_"))
        self.start, self.moving, self.after = (self._dot(*pair) for pair in (start, self.now, after))
        self.whole = self._path(None)
        return [*self.frame, *self.pointers, *self.words, self.start, self.moving, self.after, self.path, self.whole]

    def _dot(self, x: Source, y: Source) -> Dot:
        return Dot(y, self.up, across=(x, self.across), colour=self.pen.theme.colour("weight"), radius=HEAD)

    def _pointer(self, way: str, role: Role, loss: str) -> Pointer:
        known, colour = self.pen.quantities, self.pen.theme.colour(role)
        x, y = (known[w] for w in self.weights)
        across, upward = (known[f"{way}_{w}"] for w in self.weights)
        spot = Spot((x, self.across), (y, self.up))
        return Pointer(across, upward, spot=spot, colour=colour, gives=known[loss])

    def _word(self, pointer: Pointer, key: str, role: Role) -> Words:
        """Return a word beside the tip of an arrow, on the side to which it points."""
        (tip_x, tip_y, _), (x, _, _) = pointer.mouth, pointer.origin
        side = 1.0 if tip_x >= x else -1.0
        word = self.pen.words(key, height=LABEL, colour=role, align="left" if side > 0 else "right")
        return word.at(float(tip_x) + side * _ASIDE, float(tip_y) - LABEL / 2)
