"""Boxes: what stands beside, above, under and inside what. They ask what their things need and share out their room.

Nothing is tried here: a `Trial` says which forms and scales hold, needs follow from it, and places from needs.
Inside, y runs downward, as one reads; the places that come out are the frame's.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from scenes.parts.page.needs import Form, Measure, Need, Scales, Sides, around, lowest
from scenes.parts.page.places import Place

ACROSS, UPRIGHT = 0, 1
Point = tuple[float, float]
Room = tuple[Sides, Sides]


class Part(Protocol):
    """What can be laid out: it has a name of its own and says what it needs in each of its forms, richest first."""

    @property
    def name(self) -> str:
        """By which its place is found."""

    @property
    def forms(self) -> Sequence[Form | Measure]:
        """What it needs, or how that follows from scales."""


@dataclass
class Trial:
    """Which forms are still open, and the scales; ``grown`` is a leaf that is made larger.

    Trials of one page with the same scales share what they have ``asked``: a need is asked anew only where another form
    is open in the box itself. ``turns`` holds the keys of the choices in each box.
    """

    open: Mapping[str, tuple[int, ...]]
    scales: Scales
    turns: Mapping[int, Sequence[str]]
    asked: dict[object, Need]
    grown: tuple[str, float] = ("", 1.0)
    beats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def need(self, box: Box, axis: int) -> Need:
        """Return what a box needs along an axis; while a choice is open, a bound from below."""
        key = self.key(box, axis)
        need = self.asked[key] = self.asked.get(key) or box.need(self, axis)
        return need

    def key(self, box: Box, axis: int) -> tuple[object, ...]:
        """Return what a need follows from, beside scales and what is grown."""
        return (id(box), axis, *map(self.open.__getitem__, self.turns[id(box)]))


class Box(ABC):
    """Anything that takes up room."""

    beats: tuple[str, ...] = ()

    @abstractmethod
    def need(self, trial: Trial, axis: int) -> Need:
        """Return how far it reaches from its origin, across (0) or upright (1)."""

    @abstractmethod
    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Place it with its origin there, in a room that has at least what it needs."""

    def inner(self) -> Iterator[Box]:
        """Yield the boxes in it."""
        yield from ()


Item: TypeAlias = "Box | Part"


class Choice(Box):
    """What has several forms, the richest first; all that are ``like`` one another have the same."""

    kind = ""  # if said, it is never made alike with what is of another kind

    def __init__(self, count: int, like: str, cost: int) -> None:
        """Remember how many forms there are, and how much a step to a poorer one counts."""
        self.count, self.cost, self.key = count, cost, like or f"#{id(self)}"

    def forms_in(self, trial: Trial) -> list[int]:
        """Return the forms that are still open."""
        return sorted({min(i, self.count - 1) for i in trial.open.get(self.key, (0,))})


class Leaf(Choice):
    """A thing with a name, in one or several forms; in which beats it is shown (none named: in all)."""

    def __init__(
        self, name: str, *forms: Form | Measure, like: str = "", cost: int = 1, part: Part | None = None
    ) -> None:
        if not name or not forms:
            raise ValueError(f"a leaf needs a name and a form, has {name!r} and {len(forms)} forms")
        super().__init__(len(forms), like or name, cost)
        self.name, self.forms, self.part = name, forms, part

    def need(self, trial: Trial, axis: int) -> Need:
        """Return the need of its form, or the lowest of those that are open."""
        needs = [(f if isinstance(f := self.forms[i], Form) else f(trial.scales))[axis] for i in self.forms_in(trial)]
        if not all(0.0 <= length < math.inf for need in needs for length in need):
            raise ValueError(f"{self.name!r} needs lengths that are finite and not below 0, not {needs}")
        name, by = trial.grown
        return lowest(needs) if name != self.name else Need(*(by * n for n in lowest(needs)))

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Note its place, and of the room what it takes."""
        across, upright = (trial.need(self, axis).fit(room[axis]) for axis in (ACROSS, UPRIGHT))
        self.note(trial, at, (across, upright))

    def note(self, trial: Trial, at: Point, sides: Room) -> None:
        """Note its place in the frame."""
        form, beats = self.forms_in(trial)[0], trial.beats.get(self.name, ())
        trial.places[self.name] = Place(self.name, at[0], -at[1], *sides[0], *sides[1], form, beats)


def box_of(item: Item) -> Box:
    """Return a box as it is, a part as a leaf, ``like`` others if it says so."""
    if isinstance(item, Box):
        return item
    return Leaf(item.name, *item.forms, part=item, like=getattr(item, "like", ""), cost=getattr(item, "cost", 1))


def parts_in(item: Item) -> Iterator[Part]:
    """Yield the parts that stand in a box, in all of its forms and at any time."""
    box = box_of(item)
    if isinstance(box, Leaf) and box.part is not None:
        yield box.part
    for inner in box.inner():
        yield from parts_in(inner)


class Either(Choice):
    """One of several boxes, the richest first."""

    def __init__(self, *forms: Item, like: str = "", cost: int = 1) -> None:
        super().__init__(len(forms), like, cost)
        self.boxes = [box_of(form) for form in forms]

    def inner(self) -> Iterator[Box]:
        """Yield all of them."""
        yield from self.boxes

    def need(self, trial: Trial, axis: int) -> Need:
        """Return the need of the chosen one, or the lowest of those that are open."""
        return lowest([trial.need(self.boxes[i], axis) for i in self.forms_in(trial)])

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Place the chosen one."""
        self.boxes[self.forms_in(trial)[0]].put(trial, at, room)


def here_or_there(item: Item, like: str) -> tuple[Either, Either]:
    """Return boxes for two places: a thing stands in the first or, where there is no room for it, in the second."""
    here, there = (Leaf(f"no {like} {place}", Form.fixed()) for place in ("here", "there"))
    return Either(item, here, like=like), Either(there, item, like=like)


class Over(Box):
    """Things that share one origin, such as a dial and the ribbon through it; ``beats`` hold for all of them."""

    def __init__(self, *items: Item, beats: Sequence[str] = ()) -> None:
        self.boxes, self.beats = [box_of(item) for item in items], tuple(beats)

    def inner(self) -> Iterator[Box]:
        """Yield them in their order."""
        yield from self.boxes

    def need(self, trial: Trial, axis: int) -> Need:
        """Return what the largest of them needs on each side."""
        return around(trial.need(box, axis) for box in self.boxes)

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Place all of them there."""
        for box in self.boxes:
            box.put(trial, at, room)


class Slot(Over):
    """Things that stand in one place at different times: what says its beats shares none with the others."""


def during(item: Item, *beats: str) -> Box:
    """Return what is shown in these beats alone."""
    return Over(item, beats=beats)


class Pad(Box):
    """A thing with room around it; with a ``name`` its frame is a thing, too, with ``grow`` it takes what is left."""

    def __init__(
        self, item: Item, across: float = 0.0, upright: float = 0.0, name: str = "", grow: bool = False
    ) -> None:
        self.box, self.pads, self.grow = box_of(item), (across, upright), float(grow)
        self.frame = Leaf(name, Form.fixed()) if name else None

    def inner(self) -> Iterator[Box]:
        """Yield the frame, if it is a thing, and what is in it."""
        yield from (box for box in (self.frame, self.box) if box)

    def need(self, trial: Trial, axis: int) -> Need:
        """Return what the thing needs, and the padding."""
        n, pad = trial.need(self.box, axis), self.pads[axis]
        return Need(n.before + pad, n.after + pad, *n[2:4], *(max(g, self.grow / 2) for g in n[4:]))

    def put(self, trial: Trial, at: Point, room: Room) -> None:
        """Place the thing, in the middle of what it takes, and its frame close around it."""
        needs = [trial.need(self.box, axis) for axis in (ACROSS, UPRIGHT)]
        free = [(before - pad, after - pad) for (before, after), pad in zip(room, self.pads, strict=True)]
        inner = [n.split(sum(f)) if self.grow else n.fit(f) for n, f in zip(needs, free, strict=True)]
        if self.grow:
            at = at[0] - free[0][0] + inner[0][0], at[1] - free[1][0] + inner[1][0]
        if self.frame:
            near = [n.fit(sides) for n, sides in zip(needs, inner, strict=True)]
            (left, right), (up, down) = ((b + pad, a + pad) for (b, a), pad in zip(near, self.pads, strict=True))
            self.frame.note(trial, at, ((left, right), (up, down)))
        self.box.put(trial, at, (inner[0], inner[1]))
