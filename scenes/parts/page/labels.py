"""Labels beside points, placed last: each in one of a few places, clear of all that stands and of one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from scenes.parts.page.needs import Form
from scenes.parts.page.places import Place, Region
from scenes.parts.page.sheet import Chosen, first_of

SIDES = {
    "right": (1, 0),
    "left": (-1, 0),
    "above": (0, 1),
    "below": (0, -1),
    "above right": (1, 1),
    "above left": (-1, 1),
    "below right": (1, -1),
    "below left": (-1, -1),
}


@dataclass(frozen=True)
class Label:
    """What stands beside a point: its name, the point, its forms from the richest, and the sides it likes, best first.

    ``clear`` is how far it stands from the point; ``beats`` are those that show it, none for all.
    """

    name: str
    x: float
    y: float
    forms: tuple[Form, ...]
    sides: tuple[str, ...] = tuple(SIDES)
    clear: float = 0.12
    beats: tuple[str, ...] = ()

    def places(self) -> list[Place]:
        """Return where it may stand, the best first: a side that it likes less is better than a poorer form."""
        return [self._place(form, SIDES[side]) for form, side in product(range(len(self.forms)), self.sides)]

    def _place(self, form: int, side: tuple[int, int]) -> Place:
        (left, right, *_), (up, down, *_) = self.forms[form]
        across = {1: self.clear + left, 0: (left - right) / 2, -1: -self.clear - right}[side[0]]
        upward = {1: self.clear + down, 0: (down - up) / 2, -1: -self.clear - up}[side[1]]
        return Place(self.name, self.x + across, self.y + upward, left, right, up, down, form, self.beats)


def place_labels(labels: Sequence[Label], standing: Iterable[Place | Region], room: Region) -> dict[str, Place] | None:
    """Place labels beside their points, the poorer forms last, clear of what stands, of one another, within the room.

    Two things that are never shown in one beat may share a place; a region stands in all beats. None where one of them
    has no free place.

    Examples
    --------
    >>> form = Form.fixed(right=0.8, up=0.2)
    >>> ends = [Label("good", 0.0, 0.0, (form,)), Label("bad", 0.1, 0.1, (form,))]
    >>> for name, place in place_labels(ends, [], Region(-2.0, -1.0, 2.0, 1.0)).items():
    ...     print(f"{name}: {place.x:.2f} {place.y:.2f}")
    good: 0.12 -0.10
    bad: -0.82 0.00
    """
    fixed = [(place.region, place.beats) if isinstance(place, Place) else (place, ()) for place in standing]
    free = [[(i, p) for i, p in enumerate(label.places()) if _clear(p, fixed, room)] for label in labels]

    def rank(chosen: Chosen) -> tuple[float, ...] | None:
        found = [places[i] for places, i in zip(free, chosen, strict=False)]
        if found and not _clear(found[-1][1], [(place.region, place.beats) for _, place in found[:-1]], room):
            return None
        return sum(place.form for _, place in found), sum(i for i, _ in found)

    chosen = first_of([len(places) for places in free], rank)
    if chosen is None:
        return None
    return {label.name: places[i][1] for label, places, i in zip(labels, free, chosen, strict=True)}


def _clear(place: Place, others: Iterable[tuple[Region, Sequence[str]]], room: Region) -> bool:
    """Say whether it lies in the room and overlaps none of the others in a beat that shows both."""
    own, beats = place.region, place.beats
    return room.holds(own) and not any(own.meets(other) and _together(beats, its) for other, its in others)


def _together(one: Sequence[str], other: Sequence[str]) -> bool:
    return not one or not other or bool(set(one) & set(other))
