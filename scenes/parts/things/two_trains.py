"""A value that goes two ways, as gears on a page: a train for each way, and what adds their turns."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Place
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import EDGE_LINE, LABEL, NAME, VALUE
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.gear_pen import GearPen
from scenes.parts.things.gear_train import room_of_wheels
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import room_of
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.readout import Form as Written
from scenes.parts.things.shapes import rectangle
from scenes.parts.things.wheel import Gear

__all__ = ["TwoTrains"]

TURNS: Final = {"x_u": "turn_x", "x_v": "turn_x", "u": "turn_u", "v": "turn_v", "y": "turn_y"}
_BARS: Final = "rack_u", "rack_v", "carriage"
_ADDING: Final = ("plus_idler", "y")  # wheels of the differential that stay in place
_SPOKES: Final = "x_u", "x_v"
_BESIDE: Final = 0.3  # from the teeth of a gear to the middle of its name
_LABELLED: Final = 0.16  # from the teeth of a gear, or the end of a bar, to what is said of it
_OVER, _UNDER = 0.14, -0.34  # the baselines of a name, and of how large its gear is, from its hub
_LINE: Final = 0.42  # from one answer to the next
_ON: Final = 0.07  # from the middle of a bar to the words over it and the number under it
_BELT: Final = 0.12  # from the hubs of both gears of x to each side of their belt


class TwoTrains:
    """The mechanism of the clip's settings, moved by one sweep, with the names of its shafts.

    Parameters
    ----------
    sweep
        That of the turn of x, as the settings call it ``gears``.
    answers
        Quantities by the keys of the words before them: what is told in the end, a row each, under the racks.
    radius, half_radius, rack, middle
        Keys of the words that say how large the gears of u and v, and that of y, are, and of those beside what both
        racks and the bar between them move.
    notes
        Keys of what is said under the racks: that all is an estimate, and what is found.
    larger
        Key of the words beside the belt of x: how turns are drawn.
    at_gears
        Keys of the words beside both gears of x, and before how far those of u and v turn.

    Attributes
    ----------
    shaft, driven, racks, halving, adding
        Both gears of x with their belt, the rest of the two trains, the racks that they move, the wheel between these
        with the bar that it takes along, and the gear of y; each with the names of its shafts, from back to front.
    rolled, halved
        How far the racks move, and how far that bar does: words and number beside where each comes to stand.
    ratios, driving
        Words beside the gears of x and its belt, and how far those of u and v turn, beside them, until more is there.
    checked
        What is said under the racks: that all is an estimate.
    said
        For each way what comes back along it, as the spoke of its gear of x, and as a number beside it.
    told
        Both gears of x with their belt: they are out of focus once they have been told.
    sum
        How far y turns.
    judged
        Words and number of each answer.
    """

    def __init__(
        self,
        pen: Pen,
        sweep: Sweep,
        answers: Mapping[str, str],
        radius: str = "radius",
        half_radius: str = "half_radius",
        rack: str = "rack",
        middle: str = "middle",
        notes: Sequence[str] = ("estimate", "again"),
        larger: str = "larger",
        at_gears: Sequence[str] = ("ratio_u", "ratio_v", "turns", "turns"),
    ) -> None:
        self.pen, self.sweep = pen, sweep
        self.sizes = {"u": radius, "v": radius, "y": half_radius}
        moving = pen.clip.sweeps()["gears"]
        moved = moving.wheels(moving.high)
        self.turned = {
            name: pen.readout(f"moved_{name}", height=VALUE, form=self._form(name), align="left") for name in "uvy"
        }
        half = pen.readout("half_moved", height=VALUE, align="left")
        known = [pen.quantities[name] for name in ("moved_u", "moved_v")]
        closes = pen.formatter.halves(half.quantity, *known)
        self.equals = pen.sign("=" if closes else "approx", height=VALUE, colour="quiet")
        self.rows = [
            (moved[key], pen.words(said, height=LABEL, colour="quiet"), value)
            for key, said, value in (
                ("rack_u", rack, self.turned["u"]),
                ("rack_v", rack, self.turned["v"]),
                ("carriage", middle, half),
            )
        ]
        self.beside = max(plan.sides[1] for plan, *_ in self.rows[:-1]) + _LABELLED
        self.sign = room_of(self.equals).across.least + _ON  # from before it to the number
        wide = [[room_of(each).across.least for each in pair] for _, *pair in self.rows]
        said, value = wide.pop()
        beyond = moved["carriage"].sides[1] + _LABELLED + max(said, self.sign + value)
        self.notes = [pen.words(key, height=LABEL, colour="quiet") for key in notes]
        wide.append([max(room_of(each).across.least for each in self.notes)])
        self.answers = [
            (pen.words(said, height=LABEL, colour="quiet"), pen.readout(name, height=VALUE, align="right"))
            for said, name in answers.items()
        ]
        wide.append([max(room_of(each).across.least for each in column) for column in zip(*self.answers, strict=True)])
        self.inner = self.beside + sum(wide[-1]) + _LABELLED
        self.ends = max(beyond, *(self.beside + sum(pair) + _LABELLED for pair in wide))
        plans = [*pen.wheels.values(), *(p for at in (moving.low, moving.high) for p in moving.wheels(at).values())]
        (left, right, *_), (up, down, *_) = room_of_wheels(*plans)
        shares = [room_of(pen.readout(f"contribution_{way}", height=VALUE)) for way in "uv"]
        room = _LABELLED + max(form.across.least for form in shares)
        self.larger = pen.words(larger, height=LABEL, colour="quiet")
        drawn = pen.wheels[_SPOKES[0]].centre[0] + _BELT + self._end([self.larger])
        keys = zip((*_SPOKES, "u", "v"), at_gears, strict=True)
        self.at_gears = {key: self._said_at(key, words) for key, words in keys}
        beside = [pen.wheels[key].sides[1] + self._end(said) for key, said in self.at_gears.items()]
        right = max(right + 2 * _BESIDE + room_of(self.turned["y"]).across.least, self.ends, drawn, *beside)
        self.part = Part("two trains", Form.fixed(left + room, right, up, down), draw=self._draw)
        self.shaft: list[Shown] = []
        self.driven: list[Shown] = []
        self.racks: list[Shown] = []
        self.halving: list[Shown] = []
        self.ratios: list[Shown] = []
        self.driving: list[Shown] = []
        self.checked: list[Shown] = []
        self.rolled: list[Shown] = []
        self.halved: list[Shown] = []
        self.adding: list[Shown] = []
        self.sum: list[Shown] = []
        self.told: list[Shown] = []
        self.said: list[list[Shown]] = []
        self.judged: list[list[Shown]] = []

    def _draw(self, place: Place, _: Mapping[str, Scale]) -> list[Shown]:
        """Return everything that moves, from the back to the front, and what is said of it."""
        pen, sweep, origin = GearPen(self.pen), self.sweep, (place.x, place.y)
        follow = sweep["turn_x"]
        gears = {key: pen.gear(key, turn=sweep[turn], origin=origin) for key, turn in TURNS.items()}
        idle = {key: str(plan.turn) for key, plan in self.pen.wheels.items() if key not in TURNS}
        still = gears | {key: pen.idler(key, turn=sweep[turn], origin=origin) for key, turn in idle.items()}
        pinion = pen.idler("pinion", turn=sweep["turn_apart"], follow=follow, origin=origin, lit=True)
        upper, lower, carriage = (pen.rack(key, follow=follow, origin=origin) for key in _BARS)
        names = {name: self._names(name, place) for name in "xuvy"}
        wheels = {key: still[key] for key in self.pen.wheels if key not in _ADDING}
        self.told = [self._belt(place), *(wheels.pop(key) for key in _SPOKES)]
        self.shaft = [*self.told, *names["x"]]
        self.driven = [*wheels.values(), *names["u"], *names["v"]]
        self.racks, self.halving = [upper, lower, still["plus_idler"]], [pinion, carriage]
        self.rolled = [*chain(*(self._beside(*row, place) for row in self.rows[:-1]))]
        self.halved = self._ending(*self.rows[-1], place)
        self.adding = [still["y"], *names["y"]]
        self.said = [self._share(key, gears[key], place) for key in _SPOKES]
        self.ratios, self.driving = ([*chain(*(self._at_gear(key, place) for key in keys))] for keys in (_SPOKES, "uv"))
        belt, y = self._belt_at(place)
        self.ratios.append(self.larger.at(belt + _BELT + _LABELLED, y - _LINE))
        self.checked = self._noted(self.notes, place)
        self.judged = list(self._answered(place))
        trains = [*self.shaft, *chain(*self.said), *self.driven, *self.racks, *self.halving]
        noted = [*self.ratios, *self.driving, *self.checked]
        return [*trains, *self.rolled, *self.halved, *self.adding, *self.sum, *noted, *chain(*self.judged)]

    def _said_at(self, key: str, words: str) -> list[Lettering]:
        """Return what stands at a gear of x, words, or at one of u and v, words and how far it turns."""
        said = self.pen.words(words, height=LABEL, colour="quiet")
        if key in _SPOKES:
            return [said]
        return [said, self.pen.readout(f"moved_{key}", height=VALUE, form=self._form(key), align="left")]

    @staticmethod
    def _end(said: Sequence[Lettering]) -> float:
        """Return how far from its gear ends what is said at it."""
        return sum(_LABELLED + room_of(each).across.least for each in said)

    def _at_gear(self, key: str, place: Place) -> list[Shown]:
        """Return what is said of a gear, to its right."""
        plan, said = self.pen.wheels[key], self.at_gears[key]
        x, y = place.x + plan.sides[1] + _LABELLED, place.y + plan.centre[1]
        return [each.at(x + self._end(said[:i]), y - each.height_of_type / 2) for i, each in enumerate(said)]

    def _noted(self, notes: Sequence[Lettering], place: Place) -> list[Shown]:
        """Return what is said under the racks, a line each."""
        y = place.y + self.rows[1][0].centre[1] - _LINE / 2
        return [said.at(place.x + self.beside, y - i * _LINE) for i, said in enumerate(notes, start=1)]

    def _beside(self, plan: WheelPlan, said: Lettering, value: Lettering, place: Place) -> list[Shown]:
        """Return words and number beside where something comes to stand."""
        x, y = place.x + self.beside, place.y + plan.centre[1]
        end = x + room_of(said).across.least + _LABELLED
        return [said.at(x, y - LABEL / 2), value.at(end, y - VALUE / 2)]

    def _ending(self, plan: WheelPlan, said: Lettering, value: Lettering, place: Place) -> list[Shown]:
        """Return words and, under them, a sign and a number beside the end of the bar where it comes to stand."""
        x, y = place.x + plan.sides[1] + _LABELLED, place.y + plan.centre[1]
        low = y - VALUE - _ON
        sign, *_ = room_of(self.equals).across
        return [said.at(x, y + _ON), self.equals.at(x + sign, low), value.at(x + self.sign, low)]

    def _answered(self, place: Place) -> Iterator[list[Shown]]:
        """Yield words and number of each answer, under the racks."""
        y = place.y + self.rows[1][0].centre[1] - _LINE / 2
        for i, (said, value) in enumerate(self.answers, start=1):
            yield [said.at(place.x + self.beside, y - i * _LINE), value.at(place.x + self.inner, y - i * _LINE)]

    def _belt(self, place: Place) -> Decor:
        """Return the belt between the hubs of both gears of x, under them."""
        (x, high), (_, low) = (self.pen.wheels[key].centre for key in _SPOKES)
        sides = [np.array([place.x + x + side, place.y, 0.0]) for side in (-_BELT, _BELT)]
        over, under = np.array([0.0, high, 0.0]), np.array([0.0, low, 0.0])
        lines = [rectangle(side + under, side + over, EDGE_LINE) for side in sides]
        return Decor([Paint(self.pen.theme.colour("quiet"))] * 2, lines)

    def _belt_at(self, place: Place) -> tuple[float, float]:
        """Return the middle of the belt, and the baseline of the name of x beside it, halfway between its gears."""
        one, other = (self.pen.wheels[key] for key in _SPOKES)
        gap = one.centre[1] - one.pitch_radius + other.centre[1] + other.pitch_radius
        return place.x + one.centre[0], place.y + (gap - NAME) / 2

    def _names(self, name: str, place: Place) -> list[Shown]:
        """Return the name of a shaft and how large its gear is: inside a large gear, by y, and by the belt of x."""
        letter = self.pen.symbol(name, height=NAME)
        if name == "x":
            x, y = self._belt_at(place)
            step = self.pen.readout("turn", height=VALUE, form="equation", align="right")
            return [letter.at(x - _BELT - _BESIDE, y), step.at(x - _BELT - _LABELLED, y - _LINE)]
        plan = self.pen.wheels[name]
        (x, y), reach = plan.centre, max(plan.sides[1] - plan.centre[0], plan.pitch_radius)
        x, y = x + place.x, y + place.y
        said = self.pen.words(self.sizes[name], height=LABEL, colour="quiet", align="centre")
        if name == "y":
            self.sum = [self.turned["y"].at(x + reach + 2 * _BESIDE, y)]
            return [letter.at(x + reach + _BESIDE, y), said.at(x, y + reach + _LABELLED)]
        return [letter.at(x, y + _OVER), said.at(x, y + _UNDER)]

    def _form(self, name: str) -> Written:
        """Return how it is written how far something turns: ≈ where its function bends, as for all that follows x."""
        return "equation" if self.pen.clip.ways.is_straight(name) else "about"

    def _share(self, key: str, gear: Gear, place: Place) -> list[Shown]:
        """Return what comes back along a way: the spoke of its gear of x, to the left, and its number beside it."""
        plan = self.pen.wheels[key]
        said = self.pen.readout(f"contribution_{key[-1]}", height=VALUE, align="right")
        spot = place.x + plan.sides[0] * -1 - _LABELLED, place.y + plan.centre[1] - VALUE / 2
        return [GearPen(self.pen).spoke(gear, direction=math.pi), said.at(*spot)]
