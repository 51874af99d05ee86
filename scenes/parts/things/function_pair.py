"""The wheels of a function as a part of a page: a pair of gears, or a lug and stop, with their arms and round gears."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Any, Final

import numpy as np

from core import FUNCTIONS
from scenes.parts.gears.found import Found
from scenes.parts.gears.lug import LugAndStop
from scenes.parts.gears.profile import Profile, profile_of
from scenes.parts.measure import Axis, Scale
from scenes.parts.page import Form, Label, Place, Region, place_labels
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import CODE, LABEL, NAME, STROKES_PER_UNIT, VALUE
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.centred import Arm, Round
from scenes.parts.things.decor import Decor
from scenes.parts.things.hub import Hub
from scenes.parts.things.lettering import Align, Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.live_graph import squares_along
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.sector import Sector
from scenes.parts.things.shapes import polygon, spatial
from scenes.parts.type.widths import narrowest_widths

__all__ = ["FunctionPair"]

Reach = tuple[tuple[float, float], tuple[float, float]]
"""How far left and right, down and up, of the first hub, while the hubs are 1 apart."""

_SIZE: Final = (1.2, 4.2)  # from hub to hub, or the radius of a ring: at least and at most, in frame units
_HUB, _AXLE = 0.27, 0.19  # radius of a hub with its name in it: of a lug, and of a gear, on which an arm begins
_LEAST: Final = 0.8  # of the smallest radius of a gear: its hub is not larger
_BESIDE, _APART = 0.36, 0.15  # room of a name beside a wheel, and how far it stands from that
_POSES: Final = 65
_SIZES: Final = 301  # of which one is chosen: each a hundredth larger
_SHOE: Final = 0.35  # room of the brake's name under it
_UNDER: Final = 0.9  # room of the bars under a pair, and of what is said of them
_BARS: Final = 0.3  # from a pair down to its bars
_SAID: Final = 0.5  # from the bars down to what is said of them
_PALE: Final = 0.55  # of the colour of a ring
_RIM: Final = 0.075  # how thick a piece of a rim is
_ROUND_NAME: Final = 0.12  # at every so many units from a hub a name is tried
_NAME_SIDES: Final = ("below", "below right", "below left", "above", "above right", "above left")
_ASIDE, _GAP = 0.16, 0.08  # from a bar to its number, and from that to its symbol


class FunctionPair:
    """Driver and driven of a function on their line of centres; or disc, ring and brake of a lug and stop.

    How large it is, and where its hubs stand, follows from the room that the page gives it.

    Parameters
    ----------
    name, picture
        The function, and what was found of it.
    i
        Which function of the clip it is: the names of its quantities end in it.
    """

    def __init__(self, pen: Pen, name: str, picture: Found, i: int, sweep: Sweep, under: str = "axles") -> None:
        self.pen, self.i, self.sweep, self.picture, self.says = pen, i, sweep, picture, under
        self.keys = f"driver_{i}", f"driven_{i}"
        self.lug = picture.picture == "lug"
        self.reach = self._with_rounds(_reach([profile_of(pen.profiles[key]) for key in self.keys], name, picture))
        self.part = Part(f"pair {i}", self._form(), draw=self.draw)

    def _with_rounds(self, reach: Reach) -> Reach:
        """Return how far it reaches with the round gears that are laid over the first pair, which may be larger."""
        known = self.pen.quantities
        if self.i or "circle_near" not in known:
            return reach
        ((left, right), (down, up)), (near, far) = reach, (known[f"circle_{at}"].number for at in ("near", "far"))
        tall = max(near, far)
        return (max(left, near), max(right, 1 + far)), (max(down, tall), max(up, tall))

    def _form(self) -> Form:
        """Return how large it may be: its origin is the middle of its left edge."""
        (wide, tall), below = self._spans, self._below
        least, most = ((size * wide + sum(self._asides(size)), size * tall + below) for size in _SIZE)
        return Form.stretch((least[0], most[0]), (least[1], most[1]), origin=(0.0, 0.5))

    @property
    def _spans(self) -> tuple[float, float]:
        """How wide and how high it is while its hubs are 1 apart."""
        (left, right), (down, up) = self.reach
        return left + right, down + up

    def _asides(self, size: float) -> tuple[float, float]:
        """Return the room for a name beside a ring, or for what stands beside the bars under a pair of a size."""
        if self.lug:
            return _BESIDE, _BESIDE
        reach, told = (self.reach[0][0], self.reach[0][1] - 1), self.told
        wide = (_ASIDE + _GAP + sum(room_of(letters).across.least for letters in side) for side in told)
        names = (0.0 if self._name_height(far, size) else _BESIDE for far in (False, True))
        left, right = (max(n, room - size * far) for n, room, far in zip(names, wide, reach, strict=True))
        return left, right

    def _axle(self, far: bool, size: float) -> float:
        """Return the radius of the axle of a gear: as large as the gear lets it be."""
        return min(_AXLE, _LEAST * profile_of(self.pen.profiles[self.keys[far]]).least * size)

    def _name_height(self, far: bool, size: float) -> float:
        """Return how high the name in an axle is; 0 where it would be too small to be read, and stands beside."""
        height = VALUE * self._axle(far, size) / _AXLE
        return height if height >= CODE else 0.0

    @property
    def _below(self) -> float:
        return _SHOE if self.lug else _UNDER

    def draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return the wheels with their hubs and names, from below upward; what comes later is kept apart."""
        ((left, _), (down, up)), (wide, tall), below = self.reach, self._spans, self._below
        sizes = np.linspace(*_SIZE, _SIZES)
        fits = [size for size in sizes.tolist() if size * wide + sum(self._asides(size)) <= place.right]
        size = min(max(fits, default=_SIZE[0]), (place.up + place.down - below) / tall)
        first, last = self._asides(size)
        x = place.x + (place.right - size * wide + first - last) / 2 + size * left
        y = place.y + (place.up - place.down + below + size * (down - up)) / 2
        self.centres = self.pen.axis("centres", ((x, y), (x + size, y)))
        self.wheels = [self._wheel(key, name) for key, name in zip(self.keys, "xh", strict=True)]
        if self.lug:
            return self._lug(size)
        self.under = self.pen.axis("centres", ((x, y - size * down - _BARS), (x + size, y - size * down - _BARS)))
        self.top = [shown for far in (False, True) for shown in self._hub(far)]
        return [*self.wheels, *self.top]

    def plain(self) -> Sector:
        """Return the wheel of h without its fine lines."""
        return self._wheel(f"plain_{self.i}", "h")

    @cached_property
    def sense(self) -> list[Lettering]:
        """What is said close under the wheel of h, as it stands, if h rises while that turns back and there is room."""
        size, ((left, right), _) = self.centres.scale.per_unit, self.reach
        if self.sweep[f"local_{self.i}"].now.number <= 0.0:
            return []
        self.wheels[1].draw()  # it may not have been on the stage yet
        drawn = [piece.points for each in self.wheels for piece in each.submobjects if len(piece.points)]
        off = [square for points in drawn for square in squares_along(points, closed=True)]
        said = self._said("opposite", size * (left + right), 2)
        for each in said:
            (before, after, *_), (up, *_) = room_of(each)
            x = min(self.centres.end[0], self.centres.start[0] + size * right - after)
            low = min(square.bottom for square in off if square.left < x + after and x - before < square.right)
            each.at(x, low - _APART - up)
        return said

    def _said(self, key: str, room: float, most: int) -> list[Lettering]:
        """Return words on as few lines as they can, about where they are placed; nothing where there is no room."""
        text, family = self.pen.says(key), self.pen.theme.family
        widths = narrowest_widths(text, LABEL, most, style="words", family=family, flush="centre")
        wide = next((width for width in widths if width <= room), None)
        how: dict[str, Any] = {"height": LABEL, "colour": "quiet", "align": "centre"}
        return [] if wide is None else [self.pen.words(key, **how, max_width=wide + _GAP)]

    def arms(self) -> tuple[Arm, Arm, Dot]:
        """Return the arm of x, that of h, and the point of contact, as they are now."""
        near, far = self._bars(self.centres)
        ink = self.pen.theme.colour("ink")
        return near, far, Dot(self.sweep[f"near_{self.i}"], self.centres, colour=ink, radius=0.085)

    def bars(self) -> tuple[Arm, Arm, list[Shown]]:
        """Return both arms once more under the pair, and what stands there: their numbers, and what they are."""
        (left, y, _), (right, _, _) = self.under.start, self.under.end
        (near, near_number), (far, far_number) = self.told
        base, wide = y - VALUE / 2, room_of(far).across.least
        near_number.at(left - _ASIDE, base)
        near.at(left - _ASIDE - _GAP - room_of(near_number).across.least, base)
        far.at(right + _ASIDE + wide, base)
        far_number.at(right + _ASIDE + wide + _GAP, base)
        self.said = self.said_under(self.says)
        return (*self._bars(self.under), [near, near_number, far, far_number, *self.said])

    def said_under(self, key: str) -> list[Lettering]:
        """Return words under the bars, if there is room."""
        (left, y, _), (right, _, _) = self.under.start, self.under.end
        size, ends = right - left, [(right - left) * side for side in self.reach[0]]
        beside = [_ASIDE + _GAP + sum(room_of(letters).across.least for letters in side) for side in self.told]
        half = min(max(ends[0], beside[0]) + size / 2, max(ends[1] - size, beside[1]) + size / 2)
        return [each.at((left + right) / 2, y - _SAID) for each in self._said(key, 2 * half, 1)]

    def law_under(self) -> Lettering:
        """Return there why a longer arm turns less: of a small roll arm times turn is the same on both sides."""
        (left, y, _), (right, _, _) = self.under.start, self.under.end
        return self.pen.symbol("rim_law", height=LABEL, align="centre").at((left + right) / 2, y - _SAID)

    @cached_property
    def told(self) -> tuple[tuple[Lettering, Lettering], tuple[Lettering, Lettering]]:
        """Symbol and number of the arm of x, which end where they are placed, and of that of h, which begin there."""
        sides: tuple[Align, Align] = "right", "left"
        (near, far) = (
            (self.pen.symbol(f"{name}_{self.i}", height=VALUE, align="right"),
             self.pen.live_readout(self.sweep[f"{name}_{self.i}"], height=VALUE, align=side))
            for name, side in zip(("near", "far"), sides, strict=True)
        )  # fmt: skip
        return near, far

    def _bars(self, axis: Axis) -> tuple[Arm, Arm]:
        near, far = (self.sweep[f"{name}_{self.i}"] for name in ("near", "far"))
        ink, quiet = (self.pen.theme.colour(role) for role in ("ink", "quiet"))
        return Arm(near, centres=axis, far=False, colour=ink), Arm(far, centres=axis, far=True, colour=quiet)

    def rounds(self, *names: str) -> list[Round]:
        """Return the round gears of two radii, by the names of their quantities."""
        colour = self.pen.theme.colour("loss")
        return [
            Round(self.pen.quantities[name], centres=self.centres, far=bool(far), colour=colour)
            for far, name in enumerate(names)
        ]

    def round_name(self, rounds: Sequence[Round]) -> list[Lettering]:
        """Return what the round gears are called, as near to the hub of one as there is room, that of h first."""
        letters = self.pen.words("circles", height=LABEL, colour="loss", align="left")
        (left, low, _), (right, _, _) = self.under.start, self.under.end
        size, ((before, after), (_, up)) = right - left, self.reach
        room = Region(left - size * before, low + _ROUND_NAME, left + size * after, self.centres.start[1] + size * up)
        drawn = [piece.points for each in (*rounds, *self.wheels, *self.top) for piece in each.submobjects]
        off = [square for points in drawn if len(points) for square in squares_along(points, closed=True)]
        hubs, away = (self.centres.end, self.centres.start), np.arange(1.0, size / _ROUND_NAME).tolist()
        for (x, y, _), times in product(hubs, away):
            label = Label("", x, y, (room_of(letters),), _NAME_SIDES, times * _ROUND_NAME)
            if found := place_labels([label], off, room):
                return [letters.at(found[""].x, found[""].y)]
        return []

    def rims(self) -> list[Curve]:
        """Return the pieces of both rims that roll on one another next."""
        (x, y, _), size = self.centres.start, self.centres.scale.per_unit
        up = self.pen.axis("rims", ((x, y - size), (x, y + size)))
        how = {"x_axis": self.centres, "stroke": _RIM * STROKES_PER_UNIT}
        return [self.pen.curve(f"rim_{of}_up", up, f"rim_{of}_across", **how) for of in "xh"]  # type: ignore[arg-type]

    def _wheel(self, key: str, name: str) -> Sector:
        source, colour = self.sweep[f"{name}_{self.i}"], self.pen.theme.colour("value")
        if name == "h":  # one wheel is told from the other by its shade
            colour = self.pen.theme.mixed(colour, _PALE)
        scale = self.pen.scales[f"k_{self.i}"]
        profile = self.pen.profiles[key]
        return Sector(
            source, scale, wheel=key, profile=profile, centres=self.centres, theme=self.pen.theme, colour=colour
        )

    def _hub(self, far: bool) -> list[Shown]:
        """Return the axle of a gear, with its name in it or, where that is too small, beside all that turns."""
        (x, y, _), size = self.centres.end if far else self.centres.start, self.centres.scale.per_unit
        name, height = f"{'h' if far else 'x'}_{self.i}", self._name_height(far, size)
        disc = self._disc(name, (x, y), self._axle(far, size))
        if height:
            return [disc, self._in_hub(name, (x, y), height)]
        beside = x + size * (self.reach[0][1] - 1) + _APART if far else x - size * self.reach[0][0] - _APART
        letter = self.pen.symbol(name, height=VALUE, align="left" if far else "right")
        return [disc, letter.at(beside, y - VALUE / 3)]

    def _in_hub(self, name: str, at: tuple[float, float], height: float) -> Lettering:
        """Return a name whose ink has its middle at the middle of a hub."""
        letter, (_, tall, low) = _measured(self.pen.symbol(name, height=height))
        return letter.at(at[0], at[1] - low - tall / 2)

    def _disc(self, name: str, at: tuple[float, float], radius: float) -> Hub:
        theme = self.pen.theme
        return Hub(self.pen.quantities[name], origin=at, radius=radius, theme=theme, colour=theme.colour("value"))

    def _lug(self, size: float) -> list[Shown]:
        """Return ring, disc and brake, with what they are called."""
        x, y, _ = self.centres.start
        lug = LugAndStop(self.picture.k, size)
        shoe = polygon(spatial(lug.brake_outline() + np.array([x, y])))
        brake = Decor([Paint(self.pen.theme.colour("quiet"))], [shoe])
        says = self.pen.words("brake", height=LABEL, colour="quiet", align="centre")
        ring = self.pen.symbol(f"h_{self.i}", height=NAME, align="right").at(x - size - _APART, y - NAME / 3)
        self.top = [self._disc(f"x_{self.i}", (x, y), _HUB), self._in_hub(f"x_{self.i}", (x, y), NAME), ring]
        return [brake, *reversed(self.wheels), *self.top, says.at(x, y - 1.12 * size - _SHOE + 0.06)]


def _measured(letter: Lettering) -> tuple[Lettering, tuple[float, float, float]]:
    """Return a letter with the width and the height of its ink, and how far that lies over its baseline."""
    ink = np.concatenate([piece.points for piece in letter.submobjects]) - letter.offset
    (wide, tall, _), low = np.ptp(ink, axis=0), float(ink[:, 1].min())
    return letter, (float(wide), float(tall), low)


def _reach(wheels: Sequence[Profile], name: str, picture: Found) -> Reach:
    """Return how far wheels whose hubs are 1 apart reach as they turn: left and right, down and up of the first hub."""
    if picture.picture == "lug":
        return (1.0, 1.0), (1.12, 1.0)
    x = np.linspace(*picture.turns, _POSES)
    points = [
        _posed(wheel, picture.k * value) + np.array([far, 0.0])
        for far, (wheel, values) in enumerate(zip(wheels, (x, FUNCTIONS[name].value(x)), strict=True))
        for value in values.tolist()
    ]
    (left, down), (right, up) = (end(np.concatenate(points), axis=0) for end in (np.min, np.max))
    return (-float(left), float(right)), (-float(down), float(up))


def _posed(wheel: Profile, turn: float) -> np.ndarray:
    c, s = np.cos(wheel.turned(turn)), np.sin(wheel.turned(turn))
    return np.asarray(wheel.body @ np.array([[c, s], [-s, c]]))
