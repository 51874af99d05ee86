"""A page in its room: which forms it may take, how large it then is, and what is too large.

A search goes from the richest page to poorer ones and drops a half-made choice as soon as even the lowest needs of what
is still open do not fit. What it finds is the first that fits in one fixed order: more room never gives a later one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import prod
from operator import itemgetter
from types import MappingProxyType

from scenes.parts.page.boxes import ACROSS, UPRIGHT, Box, Choice, Either, Item, Leaf, Slot, Trial, box_of
from scenes.parts.page.needs import SLACK, Need, Scales, Sides
from scenes.parts.page.places import Place, Region
from scenes.parts.page.rather import Rather

MANY = 4096  # combinations of forms; the search seldom looks at more than a few
LITTLE = 1e-6  # by which a leaf is stretched to see whether the page grows with it


class RoomError(ValueError):
    """A page has less room than its things need even in their poorest forms.

    Attributes
    ----------
    page
        The name of the page.
    names
        The leaves that are too large together, what weighs most first.
    over, direction
        By how many units the page is too wide or too high.
    room
        For each of the names: how wide or high that leaf could be if it alone gave way; 0 if that is not enough.
    would
        Typed scales of which a smaller one would do, and the largest of these.
    """

    def __init__(self, page: str, direction: str, over: float, room: Mapping[str, float], would: Scales) -> None:
        self.page, self.direction, self.over = page, direction, over
        self.room, self.names, self.would = dict(room), tuple(room), dict(would)
        names = " and ".join(self.names[:2]) + f" and {len(self.names) - 2} more" * (len(self.names) > 2)
        first = f"; {self.names[0]} may be {self.room[self.names[0]]:.2f}" if any(self.room.values()) else ""
        scales = "".join(f"; {name} {value:g} would do" for name, value in self.would.items())
        where = f"{page}: " if page else ""
        super().__init__(f"{where}{names or 'the page'} too {direction} by {over:.2f}{first}{scales}")


@dataclass(frozen=True)
class Layout:
    """Where everything stands and in which form, the scales, and how many steps the page is from its richest forms."""

    places: Mapping[str, Place]
    scales: Mapping[str, float]
    poorer: int

    def __getitem__(self, name: str) -> Place:
        return self.places[name]

    def shown(self, beat: str) -> dict[str, Place]:
        """Return what stands on the page in a beat."""
        return {name: place for name, place in self.places.items() if beat in (place.beats or (beat,))}


Chosen = tuple[int, ...]
Rank = Callable[[Chosen], tuple[float, ...] | None]


def first_of(counts: Sequence[int], rank: Rank) -> Chosen | None:
    """Return the choices of the lowest rank, among equals those whose earlier ones are lower; None if there are none.

    ``rank`` is asked for the first few choices, too: then it is a bound from below, or None if nothing comes of them.
    """
    start, heap = rank(()), list[tuple[tuple[float, ...], Chosen]]()
    if start is not None:
        heap.append((start, ()))
    while heap:
        _, chosen = heappop(heap)
        if len(chosen) == len(counts):
            return chosen
        for longer in ((*chosen, i) for i in range(counts[len(chosen)])):
            if (found := rank(longer)) is not None:
                heappush(heap, (found, longer))
    return None


class Sheet:
    """A page with its room: what choices it has, and what they come to."""

    def __init__(self, name: str, page: Item, room: Region) -> None:
        self.name, self.page, self.room = name, box_of(page), room
        self.sizes = room.right - room.left, room.top - room.bottom
        self.beats: dict[str, tuple[str, ...]] = {}
        self.leaves: list[Leaf] = []
        choices: dict[str, tuple[Choice, Path]] = {}
        owners: dict[str, list[Path]] = {}
        turns: dict[int, dict[str, None]] = {}
        self.asked: dict[object, dict[object, Need]] = {}
        for box, beats, path in _walk(self.page, (), ()):
            own = {box.key: None} if isinstance(box, Choice) and box.count > 1 else {}
            for outer in (box, *(outer for outer, _ in path)):
                turns.setdefault(id(outer), {}).update(own)
            if isinstance(box, Choice) and (box.key not in choices or box.count > choices[box.key][0].count):
                choices[box.key] = box, path
            if isinstance(box, Leaf):
                _check_owner(box.name, owners.setdefault(box.name, []), path)
                self.leaves.append(box)
                self.beats[box.name] = beats
            if isinstance(box, Slot):
                _check_slot(box)
        self.turns = {box: tuple(keys) for box, keys in turns.items()}
        self.choices = _grouped([(choice, path) for choice, path in choices.values() if choice.count > 1])
        self.counts = [max(choice.count for choice in group) for group in self.choices]
        self.costs = [max(choice.cost for choice in group) for group in self.choices]

    def trial(self, chosen: Sequence[int], scales: Scales, grown: tuple[str, float] = ("", 1.0)) -> Trial:
        """Return the page with its first choices made and the others open."""
        forms = [(i,) for i in chosen] + [tuple(range(count)) for count in self.counts[len(chosen) :]]
        still = {choice.key: i for group, i in zip(self.choices, forms, strict=True) for choice in group}
        asked = self.asked.setdefault((*scales.items(), grown), {})
        return Trial(still, scales, self.turns, asked, grown, self.beats)

    def over(self, trial: Trial) -> Sides:
        """Return by how much it is too wide and too high, below 0 if it is not."""
        across, upright = (trial.need(self.page, axis).least for axis in (ACROSS, UPRIGHT))
        return across - self.sizes[0], upright - self.sizes[1]

    def fits(self, chosen: Sequence[int], scales: Scales) -> bool:
        """Say whether it fits, or may fit while choices are open."""
        return max(self.over(self.trial(chosen, scales))) <= SLACK

    def forms(self, scales: Scales) -> Chosen | None:
        """Return the richest forms that fit: the least poor in all, then the fewest steps for any one."""

        def rank(chosen: Chosen) -> tuple[float, ...] | None:
            costs = [cost * i for cost, i in zip(self.costs, chosen, strict=False)]
            return (sum(costs), max(costs, default=0)) if self.fits(chosen, scales) else None

        return first_of(self.counts, rank)

    def laid(self, chosen: Chosen, scales: Scales) -> Layout:
        """Return where everything stands, the page in the middle of its room."""
        trial = self.trial(chosen, scales)
        across, upright = (trial.need(self.page, axis).split(self.sizes[axis]) for axis in (ACROSS, UPRIGHT))
        self.page.put(trial, (self.room.left + across[0], upright[0] - self.room.top), (across, upright))
        cost = sum(cost * i for cost, i in zip(self.costs, chosen, strict=True))
        return Layout(MappingProxyType(trial.places), MappingProxyType(dict(scales)), cost)

    def fault(self, scales: Scales, would: Scales) -> RoomError:
        """Return what has no room: in the narrowest forms, or in the lowest of those that are not too wide."""

        def over(chosen: Chosen) -> Sides:
            return self.over(self.trial(chosen, scales))

        chosen, axis = first_of(self.counts, lambda some: over(some)[:1]) or (), ACROSS
        if over(chosen)[ACROSS] <= SLACK:
            lowest = first_of(self.counts, lambda some: over(some)[1:] if over(some)[ACROSS] <= SLACK else None)
            chosen, axis = lowest or chosen, UPRIGHT
        room = self._rooms(chosen, scales, axis, over(chosen)[axis])
        return RoomError(self.name, ("wide", "high")[axis], over(chosen)[axis], room, would)

    def _rooms(self, chosen: Chosen, scales: Scales, axis: int, over: float) -> dict[str, float]:
        """Return the leaves with which the page grows, what weighs most first, and the size each would have to have."""
        trial, found = self.trial(chosen, scales), list[tuple[float, str, float]]()
        self.over(trial)
        for leaf in self.leaves:
            if own := trial.asked.get(trial.key(leaf, axis)):
                more = self.over(self.trial(chosen, scales, (leaf.name, 1.0 + LITTLE)))[axis] - over
                if (growth := more / LITTLE) > LITTLE:
                    found.append((-round(growth, 3), leaf.name, own.least * max(0.0, 1.0 - over / growth)))
        return {name: room for _, name, room in sorted(found, key=itemgetter(0))}


Path = tuple[tuple[Box, int], ...]


def _walk(box: Box, beats: tuple[str, ...], path: Path) -> Iterator[tuple[Box, tuple[str, ...], Path]]:
    """Yield a box and all in it, with the beats that hold for each and the way to it."""
    beats = box.beats or beats
    yield box, beats, path
    for i, inner in enumerate(box.inner()):
        yield from _walk(inner, beats, (*path, (box, i)))


def _grouped(choices: Sequence[tuple[Choice, Path]]) -> list[list[Choice]]:
    """Return choices in groups that are made alike: each alone or, if those are too many, all of a kind in one box.

    How many are too many does not depend on the room, or a little more of it might give a poorer form.
    """
    groups: dict[object, dict[str, list[Choice]]] = {}
    for depth in range(max((len(path) for _, path in choices), default=0) + 1, -1, -1):
        groups.clear()
        for choice, path in choices:
            alike = tuple(id(box) for box, _ in path[:depth]) if len(path) >= depth else choice.key
            groups.setdefault((type(choice), alike), {}).setdefault(choice.kind, []).append(choice)
        if prod(max(choice.count for kind in kinds.values() for choice in kind) for kinds in groups.values()) <= MANY:
            break
    return [kind for kinds in groups.values() for kind in kinds.values()]


def _check_owner(name: str, others: list[Path], path: Path) -> None:
    """Refuse a second place for a leaf, unless only one of the two is ever chosen."""
    chosen = {(box.key, box.count): i for box, i in path if isinstance(box, Either | Rather)}
    for other in others:
        if all(chosen.get((box.key, box.count), i) == i for box, i in other if isinstance(box, Either | Rather)):
            ways = [" > ".join(f"{type(box).__name__}[{i}]" for box, i in way) for way in (other, path)]
            raise ValueError(f"{name!r} has two places: {ways[0]} and {ways[1]}")
    others.append(path)


def _check_slot(slot: Slot) -> None:
    """Refuse a slot that holds two things in one beat."""
    taken: set[str] = set()
    for box in slot.inner():
        beats = {beat for leaf, its, _ in _walk(box, (), ()) if isinstance(leaf, Leaf) for beat in its}
        if both := taken & beats:
            raise ValueError(f"two things of one slot are shown in the beat {min(both)!r}")
        taken |= beats
