"""A train of gears on the stage: its wheels, what stands over and under them, and the tags of its meshes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from manim.mobject.geometry.line import Line

from scenes.parts.pictures.product import POINT, tag, tag_width
from scenes.parts.pictures.rows import APART, kept_apart, spread
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import EDGE_MARGIN, FRAME_WIDTH, LINE, NUMBER
from scenes.parts.things.base import Shown
from scenes.parts.things.decor import decor
from scenes.parts.things.gear_marks import AngleScale, Sense
from scenes.parts.things.gear_pen import GearPen
from scenes.parts.things.lettering import Lettering, Symbol
from scenes.parts.things.pen import Pen
from scenes.parts.things.readout import Readout
from scenes.parts.things.spoke import Spoke, ToothPush
from scenes.parts.things.wheel import Gear, Idler

__all__ = ["SHIFT", "TrainPicture"]

_ANGLE: Final = 0.62  # of the pitch radius
_SENSE, _LEAST_SENSE = 0.66, 0.5  # of the pitch radius; on a smaller gear there is no room for a bent arrow
_RIGHT, _LEGEND_LINE = FRAME_WIDTH / 2 - EDGE_MARGIN - 1.25, 3.35  # beside the pause mark
_BETWEEN: Final = 0.2  # least room between two numbers that belong to different gears
SHIFT: Final = 0.45  # by how much a number may stand beside its gear, to leave its neighbours room


class TrainPicture:
    """The wheels of a train, as the clip's settings place them.

    Parameters
    ----------
    nodes
        Names of the nodes, first to last; the wheels are called ``prefix`` + name.
    sweep, turns
        What turns the shafts, and by which of its quantities; none for a train that stands still.
    """

    def __init__(
        self, pen: Pen, nodes: Sequence[str], *, prefix: str = "", sweep: Sweep | None = None, turns: Sequence[str] = ()
    ) -> None:
        self.pen, self.nodes, self.keys = pen, tuple(nodes), tuple(f"{prefix}{name}" for name in nodes)
        self.plans = [pen.wheels[key] for key in self.keys]
        self.turns = [sweep[turn] for turn in turns] if sweep else [None] * len(self.keys)
        self.gears = [GearPen(pen).gear(key, turn=turn) for key, turn in zip(self.keys, self.turns, strict=True)]
        self.idlers: dict[int, Idler] = {
            i: GearPen(pen).idler(f"{key}_idler", turn=self.turns[i])
            for i, key in enumerate(self.keys)
            if f"{key}_idler" in pen.wheels
        }
        seconds = {i: f"{key}_idler_2" for i, key in enumerate(self.keys) if f"{key}_idler_2" in pen.wheels}
        self.second_idlers = {i: GearPen(pen).idler(key, turn=self.turns[i]) for i, key in seconds.items()}

    @property
    def wheels(self) -> list[Gear | Idler]:
        """All wheels, first to last, but those without teeth behind all others, whose teeth would reach over them."""
        between = (self.idlers, self.second_idlers)
        groups = ((gear, *(idlers.get(i) for idlers in between)) for i, gear in enumerate(self.gears))
        found = [wheel for group in groups for wheel in group if wheel is not None]
        return sorted(found, key=lambda wheel: wheel.plan.outline is None)

    @property
    def columns(self) -> list[float]:
        """Where the gears stand, x."""
        return [plan.centre[0] for plan in self.plans]

    def mesh_names(self, quantities: Sequence[str], tags: Sequence[Sequence[Shown]], line: float) -> list[Symbol]:
        """Return the name of each local derivative under its tag."""
        return [self.pen.symbol(name).at(tag[-1].offset[0], line) for name, tag in zip(quantities, tags, strict=True)]

    def mesh(self, i: int) -> tuple[float, float]:
        """Return the place of mesh ``i``, between gear i and the next: where they touch, or the idler's hub.

        A free hub touches nothing: it is then the middle of the gap. Two gears may be so small that both hubs are one.
        """
        if i in self.idlers:
            return self.idlers[i].plan.centre
        one, other = self.plans[i : i + 2]
        (x0, y0), (x1, y1) = one.centre, other.centre
        apart = math.dist(one.centre, other.centre)
        share = 0.5 + (one.pitch_radius - other.pitch_radius) / (2 * apart) if apart else 0.0
        return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share

    def values(self, names_line: float, line: float) -> list[Lettering]:
        """Return the name over each gear and its value below that; where the values have no room, the names alone."""
        names = [self.pen.symbol(name) for name in self.nodes]
        spread(names, self.columns, (names_line,))
        found = [self.pen.readout(name) for name in self.nodes]
        return [*names, *found] if spread(found, self.columns, (line, line), _BETWEEN, SHIFT) == 1 else [*names]

    def gradients(self, lines: Sequence[float]) -> list[Readout]:
        """Return each gradient under its gear, on as few lines as there is room on."""
        found = self._gradients()
        spread(found, self.columns, lines, _BETWEEN, SHIFT)
        return found

    def gradients_in_passing(self, line: float, passing: float) -> tuple[list[Readout], list[Readout]]:
        """Return each gradient under its gear, and those of them that cannot stay, because others need the room.

        On ``line`` the first one stands, and from the last one on as many as can be told apart; the others stand on the
        line ``passing``.
        """
        found, lasting, leaving = self._gradients(), list[Readout](), list[Readout]()
        for i in (0, *reversed(range(1, len(found)))):
            spread([found[i]], [self.columns[i]], (line,))
            stays = all(_apart(found[i], other) for other in lasting)
            (lasting if stays else leaving).append(found[i])
            spread([found[i]], [self.columns[i]], (line if stays else passing,))
        return found, leaving

    def _gradients(self) -> list[Readout]:
        return [self.pen.readout(f"dL_d{name}") for name in self.nodes]

    def legend(self, scale: str) -> tuple[Shown, Shown]:
        """Return the bar of one unit of a scale, at the right of the title, and the words that say so."""
        words = self.pen.words("legend", colour="quiet", align="right").at(_RIGHT, _LEGEND_LINE - 0.5)
        return self.pen.legend(scale, start=(_RIGHT - self.pen.scales[scale].per_unit, _LEGEND_LINE)), words

    def angles(self, scale: str) -> list[AngleScale]:
        """Return the slice that each gear has turned by."""
        pairs = zip(self.plans, self.turns, strict=True)
        return [
            GearPen(self.pen).angle(turn, scale, hub=plan.centre, radius=_ANGLE * plan.pitch_radius)
            for plan, turn in pairs
            if turn is not None and plan.outline is not None
        ]

    def spoke(self, i: int) -> list[Spoke | Sense]:
        """Return the gradient of gear ``i`` as an arrow from its hub, and the way it is pushed, if it has room."""
        plan = self.plans[i]
        if plan.outline is None:
            return []
        has_room = plan.pitch_radius >= _LEAST_SENSE
        sense = [GearPen(self.pen).sense(self.gears[i], radius=_SENSE * plan.pitch_radius)] if has_room else []
        return [GearPen(self.pen).spoke(self.gears[i]), *sense]

    def tooth_pushes(self, source: str, scale: str) -> list[ToothPush]:
        """Return the push that each wheel but the last feels at its tooth, an arrow along the rim."""
        ways = [(wheel, wheel.quantity.number * (-1 if wheel.kind == "idler" else 1)) for wheel in self.wheels]
        return [
            GearPen(self.pen).tooth_push(source, scale, wheel=wheel, up=way > 0)
            for wheel, way in ways
            if wheel.plan.ahead is not None
        ]

    def tags(self, quantities: Sequence[str], line: float) -> list[list[Shown]]:
        """Return the local derivative of each mesh in its tag under the mesh, with a line that leads to it."""
        numbers = [self.pen.readout(name) for name in quantities]
        meshes = [self.mesh(i) for i in range(len(numbers))]
        places = kept_apart([tag_width(n) for n in numbers], [x for x, _ in meshes], POINT + APART)
        found: list[list[Shown]] = []
        for number, (x, y), place in zip(numbers, meshes, places, strict=True):
            lead = Line([x, y, 0], [place, line + NUMBER + 0.13, 0], buff=0, stroke_width=LINE / 2)
            lead.set_color(self.pen.theme.colour("quiet"))
            number.at(place, line)
            found.append([decor(lead), tag(self.pen, number), number])
        return found


def _apart(one: Readout, other: Readout) -> bool:
    """Return whether two centred numbers on one line are far enough apart to be told from each other."""
    return abs(float(one.offset[0] - other.offset[0])) >= (one.advance + other.advance) / 2 + _BETWEEN
