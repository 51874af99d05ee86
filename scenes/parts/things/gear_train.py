"""A train of gears as a part of a page: it says what room it needs, and stands where the page puts its origin."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import permutations, product
from typing import Final

import numpy as np

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Need, Place, around
from scenes.parts.plans.wheel_plan import FREE, MARK, WheelPlan
from scenes.parts.recipe.quantity import Role
from scenes.parts.recipe.sweep import Live, Sweep
from scenes.parts.theme import BAND, NAME
from scenes.parts.things.base import Shown
from scenes.parts.things.gear_marks import AngleScale, Sense
from scenes.parts.things.gear_pen import GearPen
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.name_tag import NameTag
from scenes.parts.things.part import Part
from scenes.parts.things.spoke import Spoke, ToothPush
from scenes.parts.things.wheel import Gear, Idler

__all__ = ["WITHIN", "GearTrain", "room_of_wheels"]

_SENSE, _MOST_SENSE, _LEAST_SENSE = 0.6, 0.7, 0.45  # of the pitch radius; below the last there is no bent arrow
_OVER_NAME: Final = 0.1  # from a name inside its gear to the bent arrow
_LEAST_PUSH: Final = 0.25  # pitch radius of the larger of two gears between which there is room for pushes
_PUSH_HALF, _INDEX = 0.1, 0.2  # half the width of a push at a tooth; from its tip to a name over it, whose index hangs
_LEAST_SLICE: Final = 0.25  # pitch radius from which a gear has room for a slice where gears are close
_INSIDE: Final = (
    0.75,
    0.14,
    0.36,
)  # pitch radius from which a name stands inside, how far over the hub, and as a share
_NAME_OVER, _NAME_HALF, _NAME_APART = 0.16, 0.2, 0.42  # over a pitch circle; half its width; least from name to name
_HANGS: Final = 0.08  # what an index hangs under a name
WITHIN: Final = 6.3  # how far to both sides of the origin what stands under a train may reach
_SLICE, _BEYOND = 0.6, 0.24  # a slice of a turn: of the pitch radius; of a gear with a small face, so far out of it
_OFF, _LEAST_SEEN = 0.05, 0.2  # from a slice to other wheels; from the hub to the bow of one that can be seen, at least


def room_of_wheels(*plans: WheelPlan) -> Form:
    """Return what a page needs for wheels about the origin of their train, teeth included."""
    left, right, up, down = (max(0.0, *sides) for sides in zip(*(plan.sides for plan in plans), strict=True))
    return Form.fixed(left, right, up, down)


def _top(plan: WheelPlan, x: float) -> float:
    """Return how high over the hub line a wheel reaches where a name stands at x; 0 where it does not."""
    radius, aside = max(plan.pitch_radius, FREE), max(0.0, abs(plan.centre[0] - x) - _NAME_HALF)
    return float(np.sqrt(radius**2 - aside**2)) if aside < radius else 0.0


def _rim(plan: WheelPlan) -> float:
    """Return how far from its hub a wheel reaches, teeth included."""
    return plan.sides[2] - plan.centre[1]


def _free(own: WheelPlan, other: WheelPlan, turned: float) -> float:
    """Return how far from its hub a slice of such a turn from rest may reach before it would lie over another wheel."""
    (x, y), far = np.subtract(other.centre, own.centre).tolist(), _rim(other) + _OFF
    apart, away = math.hypot(x, y), math.remainder(math.atan2(y, x) - MARK - turned / 2, math.tau)
    aside = max(0.0, abs(away) - abs(turned) / 2)
    off = apart * math.sin(aside)
    return apart * math.cos(aside) - math.sqrt(far**2 - off**2) if aside < math.pi / 2 and off < far else math.inf


class GearTrain:
    """The wheels of a chain, as the clip's settings plan them.

    Parameters
    ----------
    nodes
        Names of the nodes, first to last; their gears are called ``prefix`` + name.
    role
        In whose colour the rings of gears are.
    sweep, turns
        What turns the shafts, and by which of its quantities; none for a train that stands still.
    follow
        The input that place and size of all wheels follow, if they do.
    moments
        Inputs on the way of ``follow``: there is room for the train at each of them; or of ``sweep``, how far it turns
        while there are slices.
    named
        The quantities whose symbols keep by the gears, inside large ones, over small ones; none: no names. Gears too
        close for that have none: see ``crowded``.
    low
        Whether names stand under hubs, or under small gears, as where slices show how far these have turned.
    pushed
        The scale of the pushes at its teeth, of which names keep clear; none for a train without any.
    centred
        Whether the origin of its part is the middle of its own wheels, and not that of the train that they belong to.
    called
        The name of its part.

    Attributes
    ----------
    highest
        How far over the hub line wheels and names reach.
    """

    def __init__(
        self,
        pen: LetterPen,
        nodes: Sequence[str],
        *,
        prefix: str = "",
        role: Role = "gradient",
        sweep: Sweep | None = None,
        turns: Sequence[str] = (),
        follow: Live | None = None,
        moments: Sequence[float] = (),
        named: Sequence[str] = (),
        low: bool = False,
        centred: bool = False,
        pushed: str = "",
        called: str = "train",
    ) -> None:
        self.pen, self.nodes, self.role, self.follow = pen, tuple(nodes), role, follow
        self.push = pen.scales[pushed].per_unit if pushed else 0.0
        self.keys, self.low = tuple(f"{prefix}{name}" for name in nodes), low
        self.turns = [sweep[turn] for turn in turns] if sweep else [None] * len(self.keys)
        self.plans = self._plans(moments)
        self._ends = [sweep.at(moment) for moment in moments] if sweep else []
        every = [plan for plans in self.plans for plan in plans.values()]
        sides = [max(plan.sides[i] for plan in every) for i in (0, 1)]
        self.shift = (sides[1] - sides[0]) / 2 if centred else 0.0
        self.inside = [self._smallest(key) >= _INSIDE[0] for key in self.keys]
        self.overs = [self._over(*pair) for pair in zip(self.keys, self.inside, strict=True)]
        self.crowded = self._is_crowded()
        self.named = () if self.crowded else tuple(named)
        across, upright = room_of_wheels(*every)
        if centred:
            across = Need(sum(sides) / 2, sum(sides) / 2)
        over = max(top for plans in self.plans for top in self._tops(plans)) + NAME if self.named else 0.0
        slices = max(map(self.slice_of, range(len(self.keys))))
        names = Need(slices, over) if self.low else Need(over)
        self.highest = around([upright, names]).before
        self.part = Part(called, Form(across, around([upright, names])), draw=self._draw)
        self.gears: list[Gear] = []
        self.names: list[NameTag] = []
        self.idlers: dict[int, list[Idler]] = {}

    def _plans(self, moments: Sequence[float]) -> list[Mapping[str, WheelPlan]]:
        """Return the plans of its wheels, at each moment; the first are those of now."""
        if self.follow is None:
            return [self._own(self.pen.wheels)]
        of = GearPen(self.pen).followers(self.follow)[0].plans
        return [self._own(of(at)) for at in (self.follow.now.number, *moments)]

    def _own(self, plans: Mapping[str, WheelPlan]) -> Mapping[str, WheelPlan]:
        names = {key: True for node in self.keys for key in (node, f"{node}_idler", f"{node}_idler_2")}
        return {key: plans[key] for key in names if key in plans}

    def _draw(self, place: Place, scales: Mapping[str, Scale]) -> Sequence[Shown]:
        pen, origin, follow = GearPen(self.pen), (place.x - self.shift, place.y), self.follow
        for i, (key, turn) in enumerate(zip(self.keys, self.turns, strict=True)):
            self.gears.append(pen.gear(key, turn=turn, follow=follow, origin=origin, role=self.role))
            between = [each for each in (f"{key}_idler", f"{key}_idler_2") if each in self.plans[0]]
            self.idlers[i] = [pen.idler(each, turn=turn, follow=follow, origin=origin) for each in between]
        for name, gear, over, inside in zip(self.named, self.gears, self.overs, self.inside, strict=False):
            self.names.append(pen.name_tag(name, gear, over=over, on_top=not inside and not self.low))
        return self.wheels

    def _smallest(self, key: str) -> float:
        """Return the smallest radius of a gear on the way of what it follows."""
        return min(plans[key].pitch_radius for plans in self.plans)

    def _tops(self, plans: Mapping[str, WheelPlan]) -> list[float]:
        """Return how far from the hub line each name stands, at one moment; of one inside its gear 0."""
        each = zip(self.keys, self.overs, self.inside, strict=True)
        if self.low:
            return [0.0 if inside else -over - NAME for _, over, inside in each]
        return [0.0 if inside else plans[key].pitch_radius + over for key, over, inside in each]

    def _over(self, key: str, inside: bool) -> float:
        """Return how far over the hub a name inside its gear stands, or how far over the top of one that it clears."""
        if inside:
            over = max(_INSIDE[1], _INSIDE[2] * self._smallest(key) - NAME / 2)
            return -over - NAME if self.low else over
        pairs = [(plans[key], other) for plans in self.plans for other in plans.values()]
        if self.low:
            return -_NAME_OVER - NAME - max(_top(other, own.centre[0]) for own, other in pairs)
        clear = self._push_over(self.plans[0][key].centre[0]) + _INDEX - self.plans[0][key].pitch_radius
        return max(clear, _NAME_OVER + max(_top(other, own.centre[0]) - own.pitch_radius for own, other in pairs))

    def _push_over(self, x: float) -> float:
        """Return how far over the hub line a push at a tooth reaches beside a name at a place x."""
        found = [0.0]
        for plan in (self.plans[0][key] for i in range(len(self.keys) - 1) for key in self._pushed(i)):
            arm = plan.pitch_radius * np.array([np.cos(plan.ahead or 0.0), np.sin(plan.ahead or 0.0)])
            at, upward = plan.centre + arm, arm[0] * self.pen.quantities[plan.quantity].number * plan.share > 0
            found += [float(at[1]) + self.push] if upward and abs(at[0] - x) < _NAME_HALF + _PUSH_HALF else []
        return max(found) if self.push else 0.0

    def _pushed(self, i: int) -> list[str]:
        """Return the wheels from gear i on that are pushed where they meet the next: none between two small gears."""
        plans, (key, after) = self.plans[0], self.keys[i : i + 2]
        if max(plans[key].pitch_radius, plans[after].pitch_radius) < _LEAST_PUSH:
            return []
        wheels = (key, f"{key}_idler", f"{key}_idler_2")
        return [each for each in wheels if each in plans and plans[each].ahead is not None]

    def slice_of(self, i: int) -> float:
        """Return how far from its hub the slice of gear i reaches: on a large face inside it, else out of its teeth.

        Where it would come over another wheel as far as it turns, it is no larger than its gear, or none where that is
        too small to see it; nor has what does not turn any.
        """
        plan, turn = self.plans[0][self.keys[i]], self.turns[i]
        if turn is None or plan.turn_scale is None:
            return 0.0
        if self.inside[i]:
            return _SLICE * plan.pitch_radius
        by = [end[turn.name].number * plan.turn_scale.per_unit for end in self._ends]
        others = [other for other in self.plans[0].values() if other is not plan]
        free = min((_free(plan, *each) for each in product(others, by)), default=math.inf)
        far = max(_rim(plan), min(_rim(plan) + _BEYOND, free))
        return far if far >= _LEAST_SEEN else 0.0

    def _is_crowded(self) -> bool:
        """Return whether a name would lie over another, or over the ring of another gear."""
        return any(self._meet(plans, a, b) for plans in self.plans for a, b in permutations(range(len(self.keys)), 2))

    def _meet(self, plans: Mapping[str, WheelPlan], a: int, b: int) -> bool:
        """Return whether the name of gear a lies over that of gear b, or over that gear."""
        if self.inside[a]:
            return False
        tops, (one, other) = self._tops(plans), (plans[self.keys[i]] for i in (a, b))
        apart = abs(one.centre[0] - other.centre[0])
        near = not self.inside[b] and apart < _NAME_APART and abs(tops[a] - tops[b]) < NAME * 1.3
        return near or float(np.hypot(max(0.0, apart - _NAME_HALF), tops[a])) < other.pitch_radius

    # -- before it has its place --------------------------------------------------------------------------------------

    @property
    def columns(self) -> list[float]:
        """Where the gears stand, x from the origin of its part."""
        return [self.plans[0][key].centre[0] - self.shift for key in self.keys]

    @property
    def columns_at_end(self) -> list[float]:
        """Where the gears stand at the last moment of what they follow."""
        return [self.plans[-1][key].centre[0] - self.shift for key in self.keys]

    @property
    def mesh_columns(self) -> list[float]:
        """Where the gears mesh, x from the origin of its part."""
        return [self._mesh(i)[0] - self.shift for i in range(len(self.keys) - 1)]

    def _mesh(self, i: int) -> tuple[float, float]:
        """Return where gear i meets the next: between them, in the middle of what both leave, or of an idler."""
        one, other = (self.plans[0][key] for key in self.keys[i : i + 2])
        a, b = np.array(one.centre), np.array(other.centre)
        apart = float(np.linalg.norm(b - a)) or 1.0
        share = 0.5 + (one.pitch_radius - other.pitch_radius) / (2 * apart)
        x, y = (a + (b - a) * share).tolist()
        return x, y

    def top(self, i: int) -> float:
        """Return how far over the hub line gear i and its name reach, with some room over them."""
        tops = [self._tops(plans)[i] + NAME if self.named else 0.0 for plans in self.plans]
        return max(*tops, *(plans[self.keys[i]].sides[2] for plans in self.plans)) + _NAME_OVER

    def names_in(self, left: float, right: float, low: float, high: float) -> set[int]:
        """Return the gears whose names, at any moment, reach into a box, said from the origin."""
        return {
            i
            for plans in self.plans
            if self.named
            for i, (key, top) in enumerate(zip(self.keys, self._tops(plans), strict=True))
            if not self.inside[i]
            and left - _NAME_HALF < plans[key].centre[0] - self.shift < right + _NAME_HALF
            and low - NAME < top < high + _HANGS
        }

    def reach(self, i: int) -> float:
        """Return how far up from its hub gear i reaches, or its ring, where it meshes with nothing."""
        plan = self.gears[i].plan
        return max(_rim(plan), FREE)

    def under(self, x: float, half: float = 0.0) -> float:
        """Return how far down from the hub line the wheels reach, so far to both sides of a place x from the origin."""
        return max(self._reaches(plans, 3, x, half) for plans in self.plans)

    def over(self, x: float, half: float) -> float:
        """Return how far up from the hub line, with some room, they reach there."""
        return max(self._reaches(plans, 2, x, half) for plans in self.plans) + _NAME_OVER

    def over_at_end(self, x: float, half: float) -> float:
        """Return how far up they reach there, with that room, at the last moment of what they follow."""
        return self._reaches(self.plans[-1], 2, x, half) + _NAME_OVER

    def _reaches(self, plans: Mapping[str, WheelPlan], side: int, x: float, half: float) -> float:
        found = [0.0]
        for plan in plans.values():
            far, aside = plan.sides[side], max(0.0, abs(plan.centre[0] - self.shift - x) - half)
            found += [float(np.sqrt(far**2 - aside**2))] if aside < far else []
        return max(found)

    def over_slices(self, x: float, half: float) -> float:
        """Return how far up from the hub line wheels, and slices out of them, may reach around a place x."""
        reach = [(self.slice_of(i), max(0.0, abs(at - x) - half)) for i, at in enumerate(self.columns)]
        return max(self.under(x, half), *(float(np.sqrt(far**2 - aside**2)) for far, aside in reach if aside < far), 0)

    def name_under(self, i: int) -> float:
        """Return how far down from the hub line the name of gear ``i`` reaches; 0 where it is inside or over it."""
        if not self.low or self.inside[i] or not self.named:
            return 0.0
        return max(self._tops(plans)[i] + NAME for plans in self.plans)

    @property
    def below(self) -> list[float]:
        """How far each gear reaches down from the hub line, on the way of what it follows."""
        return [max(plans[key].sides[3] for plans in self.plans) for key in self.keys]

    # -- when it has its place ----------------------------------------------------------------------------------------

    @property
    def wheels(self) -> list[Gear | Idler]:
        """All wheels from below upward: idlers, dots, gears, of which hollow ones lie over solid ones."""
        return [*self.all_idlers, *sorted(self.gears, key=lambda gear: (gear.plan.pitch_radius, gear.plan.hollow))]

    @property
    def all_idlers(self) -> list[Idler]:
        """All idlers, in the order of the chain."""
        return [idler for each in self.idlers.values() for idler in each]

    @property
    def chain(self) -> list[Gear | Idler]:
        """All wheels in the order of the chain."""
        return [wheel for i, gear in enumerate(self.gears) for wheel in (gear, *self.idlers[i])]

    def hub(self, i: int) -> tuple[float, float]:
        """Return where the hub of gear ``i`` stands on the frame now."""
        x, y, _ = self.gears[i].hub.tolist()
        return x, y

    def mesh(self, i: int) -> tuple[float, float]:
        """Return where gear ``i`` meets the next, on the frame."""
        (x, y), (a, b) = self.gears[i].stands, self._mesh(i)
        return x + a, y + b

    def spoke(self, i: int) -> list[Spoke]:
        """Return the gradient of gear ``i`` as a bar from its hub to its pitch circle, of one that is no mere dot."""
        return [GearPen(self.pen).spoke(self.gears[i])] if self._smallest(self.keys[i]) > BAND[2] else []

    def sense(self, i: int) -> list[Sense]:
        """Return the bent arrow that says which way gear ``i`` is pushed, if there is room for it."""
        radius, top = self.gears[i].plan.pitch_radius, self.overs[i] + NAME + _OVER_NAME
        if radius < _LEAST_SENSE:
            return []
        is_close = bool(self.inside[i] and self.named and not self.low and top > _SENSE * radius)
        share = _MOST_SENSE if is_close else _SENSE  # as far from its name as it can be
        return [GearPen(self.pen).sense(self.gears[i], radius=share * radius)]

    def pushes(self, source: str, scale: str) -> list[list[ToothPush]]:
        """Return the pushes at the teeth between each gear and the next, those of the first mesh first.

        Each is the force on the wheel on its left, which turns that wheel the way that its bent arrow points. Between
        two gears that are small there is no room for any.
        """
        pen, wheels = GearPen(self.pen), {wheel.plan.key: wheel for wheel in self.chain}
        meshes = (map(wheels.__getitem__, self._pushed(i)) for i in range(len(self.keys) - 1))
        return [[pen.tooth_push(source, scale, wheel=wheel) for wheel in some] for some in meshes]

    def angles(self, scale: str) -> list[AngleScale]:
        """Return the slice by which each gear has turned that has one; where they are close, of large ones."""
        pen, least, found = GearPen(self.pen), _LEAST_SLICE if self.crowded else BAND[2], list[AngleScale]()
        for i, turn in enumerate(self.turns):
            if turn is not None and self.gears[i].plan.pitch_radius > least and (far := self.slice_of(i)):
                found.append(pen.angle(turn, scale, hub=self.hub(i), radius=far))
        return found
