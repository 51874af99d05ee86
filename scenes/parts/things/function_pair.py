"""The wheels of a function as a part of a page: a pair of gears, or a lug and stop, with their arms and round gears."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from core import FUNCTIONS
from scenes.parts.gears.found import Found
from scenes.parts.gears.lug import LugAndStop
from scenes.parts.gears.profile import Profile, profile_of
from scenes.parts.measure import Scale
from scenes.parts.page import Form, Place
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import LABEL, NAME, VALUE
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.centred import Arm, Round
from scenes.parts.things.decor import Decor
from scenes.parts.things.hub import HUB_RING, Hub
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.plot import Dot
from scenes.parts.things.sector import Sector
from scenes.parts.things.shapes import polygon, spatial

__all__ = ["FunctionPair"]

_SIZE: Final = (1.2, 3.1)  # from hub to hub, or the radius of a ring: at least and at most, in frame units
_HUB: Final = 0.27  # largest radius of a hub
_LETTERED, _INSIDE = 0.2, 0.85  # radius that its name needs, and how much of the smallest radius of its gear it may be
_BESIDE, _APART = 0.36, 0.15  # room of a name that has none in its hub, and how far it stands from the wheel
_POSES: Final = 65
_SHOE: Final = 0.35  # room of the brake's name under it


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

    def __init__(self, pen: Pen, name: str, picture: Found, i: int, sweep: Sweep) -> None:
        self.pen, self.i, self.sweep, self.picture = pen, i, sweep, picture
        self.keys = f"driver_{i}", f"driven_{i}"
        self.lug = picture.picture == "lug"
        self.reach = _reach([profile_of(pen.profiles[key]) for key in self.keys], name, picture)
        self.part = Part(f"pair {i}", self._form(), draw=self.draw)

    def _form(self) -> Form:
        """Return how large it may be: its origin is the middle of its left edge."""
        (least, most) = ((size * wide, size * tall) for wide, tall in [self._spans] for size in _SIZE)
        aside, below = self._asides
        wide, tall = ((a + more, b + more) for a, b, more in zip(least, most, (2 * aside, below), strict=True))
        return Form.stretch(wide, tall, origin=(0.0, 0.5))

    @property
    def _spans(self) -> tuple[float, float]:
        """How wide and how high it is while its hubs are 1 apart."""
        (left, right), (down, up) = self.reach
        return left + right, down + up

    @property
    def _asides(self) -> tuple[float, float]:
        """Room for a name at either side, and for one below."""
        return _BESIDE, _SHOE if self.lug else 0.0

    def draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        """Return the wheels with their hubs and names, from below upward; what comes later is kept apart."""
        ((left, _), (down, up)), (wide, tall), (aside, below) = self.reach, self._spans, self._asides
        size = min((place.right - 2 * aside) / wide, (place.up + place.down - below) / tall, _SIZE[1])
        x = place.x + (place.right - size * wide) / 2 + size * left
        y = place.y + (place.up - place.down + below + size * (down - up)) / 2
        self.centres = self.pen.axis("centres", ((x, y), (x + size, y)))
        self.wheels = [self._wheel(key, name) for key, name in zip(self.keys, "xh", strict=True)]
        if self.lug:
            return self._lug(size)
        self.top = [shown for far in (False, True) for shown in self._hub(far)]
        return [*self.wheels, *self.top]

    def arms(self) -> tuple[Arm, Arm, Dot]:
        """Return the arm of x, that of h, and the point of contact, as they are now."""
        ink, quiet = (self.pen.theme.colour(role) for role in ("ink", "quiet"))
        near, far = (self.sweep[f"{name}_{self.i}"] for name in ("near", "far"))
        arms = (
            Arm(near, centres=self.centres, far=False, colour=ink),
            Arm(far, centres=self.centres, far=True, colour=quiet),
        )
        return (*arms, Dot(near, self.centres, colour=ink, radius=0.085))

    def rounds(self, *names: str) -> list[Round]:
        """Return the round gears of two radii, by the names of their quantities."""
        ink = self.pen.theme.colour("ink")
        return [
            Round(self.pen.quantities[name], centres=self.centres, far=bool(far), colour=ink)
            for far, name in enumerate(names)
        ]

    def _wheel(self, key: str, name: str) -> Sector:
        source = self.sweep[f"{name}_{self.i}"]
        colour = self.pen.theme.colour("value")
        scale = self.pen.scales[f"k_{self.i}"]
        profile = self.pen.profiles[key]
        how = {"centres": self.centres, "theme": self.pen.theme, "colour": colour}
        return Sector(source, scale, wheel=key, profile=profile, **how)  # type: ignore[arg-type]

    def _hub(self, far: bool) -> list[Shown]:
        """Return a hub with the name of its gear in it, or beside all that the gear reaches."""
        x, y, _ = self.centres.end if far else self.centres.start
        key, name = (self.keys[far], f"{'h' if far else 'x'}_{self.i}")
        wheel, size = profile_of(self.pen.profiles[key]), self.centres.scale.per_unit
        radius = min(_HUB, max(wheel.hub * size, min(_LETTERED, _INSIDE * wheel.least * size)))
        hub = self._disc(name, (x, y), radius)
        for height in (NAME, VALUE, LABEL):
            letter, (wide, tall, low) = _measured(self.pen.symbol(name, height=height))
            if np.hypot(wide, tall) / 2 <= radius - HUB_RING - 0.02:
                return [hub, letter.at(x, y - low - tall / 2)]
        (left, right), _ = self.reach
        letter, _ = _measured(self.pen.symbol(name, height=NAME, align="left" if far else "right"))
        return [hub, letter.at(x + (right - 1) * size + _APART if far else x - left * size - _APART, y - NAME / 3)]

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
        letter, (_, tall, low) = _measured(self.pen.symbol(f"x_{self.i}", height=NAME))
        ring = self.pen.symbol(f"h_{self.i}", height=NAME, align="right").at(x - size - _APART, y - NAME / 3)
        self.top = [self._disc(f"x_{self.i}", (x, y), _HUB), letter.at(x, y - low - tall / 2), ring]
        return [brake, *reversed(self.wheels), *self.top, says.at(x, y - 1.12 * size - _SHOE + 0.06)]


def _measured(letter: Lettering) -> tuple[Lettering, tuple[float, float, float]]:
    """Return a letter with the width and the height of its ink, and how far that lies over its baseline."""
    ink = np.concatenate([piece.points for piece in letter.submobjects]) - letter.offset
    (wide, tall, _), low = np.ptp(ink, axis=0), float(ink[:, 1].min())
    return letter, (float(wide), float(tall), low)


def _reach(wheels: Sequence[Profile], name: str, picture: Found) -> tuple[tuple[float, float], tuple[float, float]]:
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
