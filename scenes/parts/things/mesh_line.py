"""What makes one value of the one before, under each mesh of a train: its name, its slope, and how that follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, cast

from scenes.parts.page import LABEL, NEAR, Box, Column, Hung, Near, Row
from scenes.parts.page.boxes import Item
from scenes.parts.theme import LABEL as SMALL
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.gate import gate
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.letters import name_of, symbol
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.wire import leader, placed

__all__ = ["MeshLine", "meets", "name_of_step", "under_numbers"]

FEW: Final = 6  # of more there are no leaders: they would run over numbers, and over plates on a first line
_OVER, _CLEAR, _SHORTEST = 1.5, 0.08, 0.15  # over a name, as a share of its height; from a mesh; how long a leader is
_BESIDE, _AFTER = 0.16, 0.09  # from a number to a leader, at least; to one after it, where it has no other way
_OVER_PLATE: Final = 0.55  # from the middle of a plate to the top of a graph beside it
_ASIDE, _FAR = 0.3, 0.9  # a leader goes straight down to what stands no farther aside; to what is too far, none


class MeshLine:
    """Under each mesh the plate of its slope; over it what it is of, under it the rule, as far as there is room.

    Parameters
    ----------
    train
        What meshes: of a few meshes a leader comes down from each.
    steps
        Of each mesh, first to last: the weight that it is, or the key of its function's name.
    only
        The places of the meshes at which it stands, if not at all of them.
    called
        What the names of its parts begin with, where a page has another one.
    graphs
        By the places of their meshes, what stands beside plates where there is room.

    Attributes
    ----------
    graphs
        What stands beside the plates.
    off
        Numbers beside which no leader runs: it would be read as one of their signs.
    """

    def __init__(
        self,
        pen: Pen,
        train: GearTrain,
        steps: Sequence[str],
        only: Collection[int] | None = None,
        called: str = "",
        graphs: Mapping[int, Part] | None = None,
    ) -> None:
        self.pen, self.train, self.off = pen, train, list[Part]()
        self.plates = [gate(pen, f"local_{i}", called=f"{called}gate local_{i}") for i in range(len(steps))]
        names = [name_of_step(pen, step, f"{called}step {i}") for i, step in enumerate(steps)]
        ruled = [i for i in range(len(steps)) if f"rule_{i}" in pen.quantities]
        rules = {i: symbol(pen, f"rule_{i}", height=SMALL, called=f"{called}rule {i}") for i in ruled}
        beside = {i: or_nothing(graph, "at plates", cost=0) for i, graph in (graphs or {}).items()}
        self.graphs = {i: cast(Part, leaf.part) for i, leaf in beside.items()}
        self._around: list[list[Part]] = []
        self._columns: list[Item] = []
        for i, (name, plate) in enumerate(zip(names, self.plates, strict=True)):
            over = or_nothing(name, "steps", cost=3, kind="over plates")  # where rules have no room, names may stay
            under = [or_nothing(rules[i], "rules", cost=2, kind="under plates")] if i in rules else []
            self._around.append([cast(Part, leaf.part) for leaf in (over, *under)])
            column = Column(over, plate, *under, gap=LABEL, align="origin", anchor=1)
            graph = [Hung(beside[i], _OVER_PLATE)] if i in beside else []
            self._columns.append(Row(column, *graph, gap=NEAR, anchor=0))
        self.places = [i for i in range(len(steps)) if only is None or i in only]
        self._leaders: dict[int, Decor] = {}

    @property
    def box(self) -> Box:
        """All that stands at the meshes at one time."""
        return self.box_of(self.places)

    def box_of(self, meshes: Sequence[int]) -> Box:
        """Return what stands at some of the meshes at one time."""
        places = sorted(i for i in meshes if i in self.places)
        at = [self.train.mesh_columns[i] for i in places]
        return Near([self._columns[i] for i in places], at=at, gap=LABEL, levels=2, within=WITHIN)

    def at(self, i: int) -> list[Shown]:
        """Return all that stands at a mesh, and what leads to it."""
        if i not in self.places:
            return []
        graph = self.graphs[i].shown if i in self.graphs else ()
        return [*self._lead(i), *shown_of(*self._around[i], self.plates[i]), *graph]

    def _lead(self, i: int) -> list[Decor]:
        """Return the leader from a mesh, or from under the wheel between both gears, down to what it is of."""
        (x, y), (name, *_), plate = self.train.mesh(i), self._around[i], placed(self.plates[i])
        top = placed(name).y + _OVER * SMALL if name.shown else plate.y + plate.up
        under = y - self.train.under(self.train.mesh_columns[i]) - _CLEAR
        feet = [under_numbers(x, under, self.off, after) for after in (_BESIDE, _AFTER)]
        foot = next((each for each in feet if each - top >= _SHORTEST), top)
        end = x if abs(plate.x - x) <= _ASIDE else plate.x
        runs_over = end != x and any(meets((x, foot), (end, top), part) for part in self.off)
        if len(self.places) > FEW or abs(end - x) > _FAR or foot - top < _SHORTEST or runs_over:
            return []
        if i not in self._leaders:
            self._leaders[i] = leader(self.pen.theme, (x, foot), (end, top))
        return [self._leaders[i]]

    def slope(self, i: int) -> Shown:
        """Return the number on a plate."""
        return next(shown for shown in self.plates[i].shown if shown.kind == "readout")

    @property
    def everything(self) -> list[Shown]:
        """All that stands at the meshes."""
        return [shown for i in self.places for shown in self.at(i)]


def under_numbers(x: float, foot: float, numbers: Sequence[Part], after: float = _BESIDE) -> float:
    """Return where a leader that would come down from a foot begins, so that it does not run beside a number.

    It may come down so far ``after`` one.
    """
    for place in map(placed, numbers):
        if place.x - place.left - _BESIDE < x < place.x + place.right + after and place.y < foot:
            foot = min(foot, place.y - place.down - _CLEAR)
    return foot


def meets(start: tuple[float, float], end: tuple[float, float], part: Part) -> bool:
    """Return whether a leader would run over a number, or close by it."""
    place, shares = placed(part), [i / 20 for i in range(21)]
    points = ((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])) for share in shares)
    left, right = place.x - place.left - _BESIDE, place.x + place.right + _AFTER
    return any(left < x < right and place.y - place.down < y < place.y + place.up + _CLEAR for x, y in points)


def name_of_step(pen: Pen, step: str, called: str) -> Part:
    """Return the symbol of a weight, or the name of a function or a loss at its key."""
    if step in pen.quantities:
        return symbol(pen, step, height=VALUE, called=called)
    return name_of(pen, step, called=called)
