"""A map of the loss with a step on it: the gradient's way and the opposite one, and the way of all steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.page import Place
from scenes.parts.recipe.quantity import Quantity, Role
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import LABEL
from scenes.parts.things.base import Shown, Source
from scenes.parts.things.decor import Decor
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.loss_plane import LossPlane
from scenes.parts.things.outlined import Spot
from scenes.parts.things.path import DOT, HEAD, Path
from scenes.parts.things.plot import Dot
from scenes.parts.things.pointer import Pointer
from scenes.parts.things.readout import Form as Written
from scenes.parts.things.ruler import Ruler, Tick, is_upright
from scenes.parts.things.shapes import within
from scenes.parts.things.wire import leader

__all__ = ["StepMap", "WayMap"]

Points = npt.NDArray[np.float64]
_ASIDE = (0.24, 0.4)  # from the tip of an arrow to its word: the first where nothing lies
_CLEAR = 0.09  # round the word: what is nearer, a reader of numbers sees with it
_FORMS: Final[tuple[Written, ...]] = ("equation", "number")  # of the losses: the first in which both have room
_FOOT = 0.1  # from a leader, and from its foot, to the number there
_BEHIND = 0.16  # from the word to the loss there
_SHIFTS = tuple(sorted((i / 40 for i in range(-16, 21)), key=abs))  # up, from beside the tip
_LEAD = 0.6  # farther than this from the tip, a leader joins it to its word
_FARTHEST = 2.0  # that it goes


@dataclass
class WayMap(LossPlane):
    """A map with the way of both weights, as far as a sweep of steps has come.

    Parameters
    ----------
    way
        The quantities along the steps: the weight across, and that upward.
    step
        The step that it has come to.
    begins
        Both weights where it begins: a white dot there lies over all others; empty names are none.
    """

    way: tuple[str, str] = ("", "")
    step: Source | None = None
    begins: tuple[str, str] = ("", "")

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        super()._draw(place, scales)
        self.path = self._path(self.step)
        known, ink = self.pen.quantities, self.pen.theme.colour("ink")
        pairs = [self.begins] if all(self.begins) else []
        self.first = [Dot(known[y], self.up, across=(known[x], self.across), colour=ink, radius=DOT) for x, y in pairs]
        return [*self.frame, self.path, *self.first]

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
        gradient would move them and its opposite does; ``up_L`` and ``new_L`` is the loss there. ``turn_`` and the
        names, ``_before`` and ``_after``, is where the first turns round, if it does.
    sweep
        That of the rate, which moves both weights.
    says
        The keys of what is said at the tips of both ways, uphill first.
    """

    weights: tuple[str, str] = ("", "")
    sweep: Sweep | None = None
    says: tuple[str, str] = ("", "")
    apart: tuple[str, str] = ("L", "up_L")

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        super()._draw(place, scales)
        known = self.pen.quantities
        self.pointers = [self._pointer("up", "gradient", "up_L"), self._pointer("down", "ink", "new_L")]
        (up, down), (with_it, against) = self.pointers, self.says
        self.here = list[Lettering]()
        for far, form in product((False, True), _FORMS):
            self.words, self.losses, self.found_at = list[Lettering](), list[Lettering](), list[Pointer]()
            self.leads = list[Decor]()
            self._tell(up, with_it, "gradient", "up_L", form, far)
            self._tell(down, against, "ink", "new_L", form, far)
            if len(self.losses) == len(self.pointers):
                break
        start, after = ([known[f"{key}{w}"] for w in self.weights] for key in ("", "new_"))
        now = [self.sweep[f"now_{w}"] for w in self.weights] if self.sweep else start
        self.start, self.moving, self.after = (self._dot(*pair) for pair in (start, now, after))
        self.whole = self._path(None)
        turns = ([f"turn_{w}_{when}" for w in self.weights] for when in ("before", "after"))
        self.marked = [self._dot(known[x], known[y], role="ink", radius=DOT) for x, y in turns if x in known]
        self._say_where()
        self.plumbs = self._plumbs()
        told, dots = [*self.leads, *self.words, *self.losses, *self.here], [self.start, self.moving, self.after]
        return [*self.frame, *self.plumbs, *self.pointers, *told, *dots, self.path, self.whole, *self.marked]

    def _plumbs(self) -> list[Decor]:
        """Return the leaders from where it starts down and across to both axes, and on along a number beside them."""
        (x, y, _), (left, foot, _) = self.start.place, self.across.start
        beside = _FOOT + room_of(self._upward).across.least if self._upward in self.here else 0.0
        return [leader(self.pen.theme, (x, y), end) for end in ((x, foot), (left - beside, y))]

    def lost(self, pointer: int) -> tuple[list[Lettering], list[Pointer]]:
        """Return the loss at the tip of one of the pointers, and that pointer; nothing where it has no room."""
        pairs = zip(self.losses, self.found_at, strict=True)
        return next((([loss], [at]) for loss, at in pairs if at is self.pointers[pointer]), ([], []))

    @cached_property
    def _upward(self) -> Lettering:
        """The weight upward where it starts, as a number."""
        return self.pen.readout(self.weights[1], height=LABEL, align="right")

    @property
    def _around(self) -> tuple[float, float, float, float]:
        left, right, over, under = super()._around
        return max(left, _FOOT + room_of(self._upward).across.least), right, over, under

    def _say_where(self) -> None:
        """Stand both weights where it starts at the ends of its leaders, and the loss there beside its dot, if free."""
        (x, y, _), (left, foot, _) = self.start.place, self.across.start
        ticks = [
            float(self.up.point(tick.value)[1])
            for tick in self.frame
            if isinstance(tick, Tick) and is_upright(tick.axis)
        ]
        for low in (y + _FOOT / 2, y - _FOOT / 2 - LABEL):  # over its leader or under it, beside the ticks
            if not self.here and all(abs(tick - low - LABEL / 2) >= LABEL + _CLEAR for tick in ticks):
                self.here.append(self._upward.at(left - _FOOT, low))
        self._say(
            self.weights[0], ("number",), lambda wide: product((x + _FOOT, x - _FOOT - wide), foot + _along(y - foot))
        )
        self._say("L", _FORMS, lambda wide: _beside(self.start.place, wide))

    def _say(
        self, name: str, forms: Sequence[Written], places: Callable[[float], Iterable[tuple[float, float]]]
    ) -> None:
        """Stand a number in the first place where it has room, in the first form that has some; or leave it out."""
        for form in forms:
            said = self.pen.readout(name, height=LABEL, form=form, align="left")
            wide = room_of(said).across.least
            if at := self._first_free(places(wide), wide):
                self.here.append(said.at(*at))
                return

    def _dot(self, x: Quantity | Source, y: Quantity | Source, *, role: Role = "weight", radius: float = HEAD) -> Dot:
        return Dot(y, self.up, across=(x, self.across), colour=self.pen.theme.colour(role), radius=radius)

    def _pointer(self, way: str, role: Role, loss: str) -> Pointer:
        known, colour = self.pen.quantities, self.pen.theme.colour(role)
        x, y = (known[w] for w in self.weights)
        across, upward = (known[f"{way}_{w}"] for w in self.weights)
        spot = Spot((x, self.across), (y, self.up))
        return Pointer(across, upward, spot=spot, colour=colour, gives=known[loss])

    def _tell(self, pointer: Pointer, key: str, role: Role, loss: str, form: Written, far: bool) -> None:
        """Stand a word beside the tip of an arrow, where nothing lies, and behind it the loss there, if it has room.

        With ``far`` they may stand farther off, with a leader to the tip.
        """
        word = self.pen.words(key, height=LABEL, colour=role)
        found = self.pen.readout(loss, height=LABEL, form=form, align="left")
        behind = word.advance + _BEHIND
        for wide in (behind + room_of(found).across.least, word.advance):
            places = chain(_beside(pointer.mouth, wide), self._beyond(pointer, wide) if far else ())
            if place := self._first_free(places, wide):
                self._lead(pointer.mouth, _nearest(pointer.mouth, place, wide))
                self.words.append(word.at(*place))
                if wide > behind:
                    self.found_at.append(pointer)
                    self.losses.append(found.at(place[0] + behind, place[1]))
                return

    def _beyond(self, pointer: Pointer, wide: float) -> Iterator[tuple[float, float]]:
        """Yield where a line of text may begin ahead of a tip or aside, the nearest first: no text lies between."""
        tip, way = pointer.mouth, pointer.mouth - pointer.origin
        sizes = ((wide, 2 * _FOOT), (LABEL, _FOOT))
        rights, ups = (np.arange(-_FARTHEST - size, _FARTHEST, step) for size, step in sizes)
        places = [(float(tip[0] + x), float(tip[1] + y)) for x, y in product(rights, ups)]
        gaps = [(_nearest(tip, place, wide) - tip, place) for place in places]
        far = ((round(float(np.linalg.norm(gap)), 2), gap, place) for gap, place in gaps)
        ahead = [each for each in far if each[1] @ way > -each[0] * np.linalg.norm(way) / 2]
        said = [(each.get_corner([-1, -1, 0]), each.get_corner([1, 1, 0])) for each in (*self.words, *self.losses)]
        for length, gap, place in sorted(ahead, key=lambda each: (each[0], abs(each[2][0] + wide / 2 - tip[0]))):
            crossed = (within(tip[None], gap[None], low - _CLEAR, high + _CLEAR) for low, high in said)
            if _LEAD < length < _FARTHEST and not any((first < last).any() for first, last in crossed):
                yield place

    def _lead(self, tip: Points, end: Points) -> None:
        """Join a tip to what stands far from it."""
        length = float(np.linalg.norm(end - tip))
        if length > _LEAD:
            (a, b, _), (c, d, _) = (tip + (end - tip) * share for share in (1.5 * HEAD / length, 1 - _FOOT / length))
            self.leads.append(leader(self.pen.theme, (float(a), float(b)), (float(c), float(d))))

    def _first_free(self, places: Iterable[tuple[float, float]], wide: float) -> tuple[float, float] | None:
        """Return the first place where a line of text may begin; None where there is no such place."""
        more = np.array([wide + _CLEAR, LABEL + _CLEAR, 0.0])
        rulers = (each for each in self.frame if isinstance(each, Ruler))  # a tick beside a number reads as its point
        told = (*self.leads, *self.words, *self.losses, *self.here)
        things = (*rulers, *self.levels, *self.pointers, *self.zeros, *told)
        lines = np.concatenate(
            [*(piece.points for each in things for piece in each.submobjects), *self._ways_to_axes()]
        )
        lows = (np.array([*place, 0.0]) for place in places)
        free = (low for low in lows if self._is_free(low - _CLEAR, low + more, lines))
        return next(((float(low[0]), float(low[1])) for low in free), None)

    def _ways_to_axes(self) -> Iterator[Points]:
        """Yield the leaders from where it starts, as they run on the map."""
        start, (left, foot, _) = self.pointers[0].origin, self.across.start
        for end in ([start[0], foot, 0.0], [left, start[1], 0.0]):
            yield np.linspace(start, end, 4)

    def _is_free(self, low: Points, high: Points, lines: Points) -> bool:
        """Return whether a box lies on the map, and none of the lines runs through it, each taken as straight."""
        if not (self.across.start[0] <= low[0] and high[0] <= self.across.end[0]):
            return False
        if not (self.up.start[1] <= low[1] and high[1] <= self.up.end[1]):
            return False
        first, last = within(lines[::4], lines[3::4] - lines[::4], low, high)
        return not (first < last).any()


def _beside(point: Points, wide: float) -> Iterator[tuple[float, float]]:
    """Yield where a line of text may begin beside a point, the nearest first."""
    for by in _ASIDE:
        for x, y in product((by, -by - wide), _SHIFTS):
            yield float(point[0]) + x, float(point[1]) + y - LABEL / 2


def _nearest(point: Points, place: tuple[float, float], wide: float) -> Points:
    """Return which point of a line of text that begins at a place is nearest to a point."""
    x, y = place
    return np.clip(point, [x, y, 0.0], [x + wide, y + LABEL, 0.0])


def _along(length: float) -> Points:
    """Return places along a leader from its foot on."""
    return np.arange(_FOOT, length, _FOOT)
