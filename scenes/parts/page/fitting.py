"""Lay out pages: the richest forms and the largest scales that fit, chosen for all of a page, or what has no room.

A search goes from the richest page to poorer ones and drops a half-made choice as soon as even the lowest needs of what
is still open do not fit. What it finds is the first that fits in one fixed order: more room never gives a later one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from types import MappingProxyType

from scenes.parts.page.boxes import ACROSS, UPRIGHT, Box, Choice, Either, Item, Leaf, Slot, Trial, box_of
from scenes.parts.page.needs import SLACK, Place, Region, Scales, Sides
from scenes.parts.page.rounds import round_index, round_number

MOST, LEAST = 1e12, 1e-12  # no scale of a frame lies beyond
LITTLE = 1e-6  # by which a leaf is stretched to see whether the page grows with it


@dataclass(frozen=True)
class Auto:
    """A scale to be found: the largest 1, 2, 5 x 10^k up to ``most`` with which all pages fit.

    Up to ``enough`` a larger scale counts more than richer forms, beyond that less; without it, always more.
    """

    most: float = MOST
    enough: float | None = None

    def index(self, lower: int = 0) -> int:
        """Return the index of the round number so many steps below what is enough."""
        return round_index(self.most if self.enough is None else min(self.most, self.enough)) - lower


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
    """Where everything on a page stands, in which form, with which scales. It does not change."""

    places: Mapping[str, Place]
    forms: Mapping[str, int]
    scales: Mapping[str, float]

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


class _Sheet:
    """A page with its room: what choices it has, and what they come to."""

    def __init__(self, name: str, page: Item, room: Region) -> None:
        self.name, self.page, self.room = name, box_of(page), room
        self.sizes = room.right - room.left, room.top - room.bottom
        self.beats: dict[str, tuple[str, ...]] = {}
        self.leaves: list[Leaf] = []
        choices: dict[str, Choice] = {}
        owners: dict[str, list[Path]] = {}
        for box, beats, path in _walk(self.page, (), ()):
            if isinstance(box, Choice) and (box.key not in choices or box.count > choices[box.key].count):
                choices[box.key] = box
            if isinstance(box, Leaf):
                _check_owner(box.name, owners.setdefault(box.name, []), path)
                self.leaves.append(box)
                self.beats[box.name] = beats
            if isinstance(box, Slot):
                _check_slot(box)
        self.choices = [choice for choice in choices.values() if choice.count > 1]
        self.counts = [choice.count for choice in self.choices]

    def trial(self, chosen: Sequence[int], scales: Scales, grown: tuple[str, float] = ("", 1.0)) -> Trial:
        """Return the page with its first choices made and the others open."""
        made = {choice.key: (i,) for choice, i in zip(self.choices, chosen, strict=False)}
        still = {choice.key: tuple(range(choice.count)) for choice in self.choices[len(chosen) :]}
        return Trial(made | still, scales, grown, self.beats)

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
            costs = [choice.cost * i for choice, i in zip(self.choices, chosen, strict=False)]
            return (sum(costs), max(costs, default=0)) if self.fits(chosen, scales) else None

        return first_of(self.counts, rank)

    def laid(self, chosen: Chosen, scales: Scales) -> Layout:
        """Return where everything stands, the page in the middle of its room."""
        trial = self.trial(chosen, scales)
        across, upright = (trial.need(self.page, axis).split(self.sizes[axis]) for axis in (ACROSS, UPRIGHT))
        self.page.put(trial, (self.room.left + across[0], upright[0] - self.room.top), (across, upright))
        forms = {c.key: i for c, i in zip(self.choices, chosen, strict=True) if not c.key.startswith("#")}
        return Layout(MappingProxyType(trial.places), MappingProxyType(forms), MappingProxyType(dict(scales)))

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
            if own := trial.asked.get((id(leaf), axis)):
                more = self.over(self.trial(chosen, scales, (leaf.name, 1.0 + LITTLE)))[axis] - over
                if (growth := more / LITTLE) > LITTLE:
                    found.append((-growth, leaf.name, own.least * max(0.0, 1.0 - over / growth)))
        return {name: room for _, name, room in sorted(found)}


Path = tuple[tuple[Box, int], ...]


def _walk(box: Box, beats: tuple[str, ...], path: Path) -> Iterator[tuple[Box, tuple[str, ...], Path]]:
    """Yield a box and all in it, with the beats that hold for each and the way to it."""
    beats = box.beats or beats
    yield box, beats, path
    for i, inner in enumerate(box.inner()):
        yield from _walk(inner, beats, (*path, (box, i)))


def _check_owner(name: str, others: list[Path], path: Path) -> None:
    """Refuse a second place for a leaf, unless only one of the two is ever chosen."""
    for other in others:
        parting = next((a for (a, i), (_, j) in zip(path, other, strict=False) if i != j), None)
        if not isinstance(parting, Either):
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


def lay_out(page: Item, room: Region, scales: Mapping[str, float | Auto] | None = None) -> Layout:
    """Lay out one page: see `lay_out_all`."""
    return lay_out_all({"": page}, room, scales)[""]


def lay_out_all(
    pages: Mapping[str, Item], room: Region, scales: Mapping[str, float | Auto] | None = None
) -> dict[str, Layout]:
    """Lay out pages that share their scales, such as those of a clip and its variants, each in the whole room.

    Raises
    ------
    RoomError
        A page does not fit even in its poorest forms.
    ValueError
        A leaf has two places, or two things of one slot are shown in one beat.
    """
    sheets, wanted = [_Sheet(name, page, room) for name, page in pages.items()], dict(scales or {})
    found = _scales(sheets, wanted)
    if found is None:
        smallest = {n: round_number(round_index(LEAST)) if isinstance(s, Auto) else s for n, s in wanted.items()}
        sheet = next(sheet for sheet in sheets if sheet.forms(smallest) is None)
        raise sheet.fault(smallest, _smaller(sheets, wanted))
    return {sheet.name: sheet.laid(forms, found[0]) for sheet, forms in zip(sheets, found[1], strict=True)}


def _smaller(sheets: Sequence[_Sheet], wanted: Mapping[str, float | Auto]) -> dict[str, float]:
    """Return which typed scales would do if they were smaller, and how large each may then be."""
    typed = {name: scale for name, scale in wanted.items() if not isinstance(scale, Auto) and scale > LEAST}
    found = {name: _scales(sheets, {**wanted, name: Auto(most=scale)}) for name, scale in typed.items()}
    return {name: fit[0][name] for name, fit in found.items() if fit}


def _scales(
    sheets: Sequence[_Sheet], wanted: Mapping[str, float | Auto]
) -> tuple[dict[str, float], list[Chosen]] | None:
    """Return the scales and the forms of the pages, None if nothing fits.

    All are lowered together from what is enough until the pages fit; with the forms that then are the richest, each in
    turn is raised as far as it goes.
    """
    autos = {name: scale for name, scale in wanted.items() if isinstance(scale, Auto)}
    span = max((auto.index() - round_index(LEAST) for auto in autos.values()), default=0)

    def at(lower: int) -> dict[str, float]:
        return {n: round_number(s.index(lower)) if isinstance(s, Auto) else s for n, s in wanted.items()}

    def forms(scales: Scales) -> list[Chosen] | None:
        each = [sheet.forms(scales) for sheet in sheets]
        return [form for form in each if form is not None] if None not in each else None

    lower = bisect_left(range(span + 1), True, key=lambda steps: forms(at(steps)) is not None)
    scales, chosen = at(lower), forms(at(lower))
    if lower > span or chosen is None:
        return None
    for name, auto in autos.items():
        start = auto.index(lower)

        def too_large(index: int, name: str = name) -> bool:
            tried = {**scales, name: round_number(index)}
            return not all(sheet.fits(form, tried) for sheet, form in zip(sheets, chosen, strict=True))

        larger = range(start + 1, round_index(auto.most) + 1)
        scales[name] = round_number(start + bisect_left(larger, True, key=too_large))
    return scales, chosen
