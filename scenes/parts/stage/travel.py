"""Travel: what comes from somewhere is seen to come from there, with its digits and its place known on every frame.

A number leaves the bar that it is read from, a title shrinks into the running head, what stays through a new page moves
to its place there. The way is the shortest on which nothing is read that lies across it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import LayoutError, StageError
from scenes.parts.page import Place
from scenes.parts.stage.motions import Motion
from scenes.parts.stage.overlaps import way_fault
from scenes.parts.theme import MOVE
from scenes.parts.things.base import Bound, Shown
from scenes.parts.things.figure import Figure
from scenes.parts.things.lettering import Lettering, Sign, Symbol, Words
from scenes.parts.things.outlined import Outlined
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.plot import Dot
from scenes.parts.things.readout import Readout
from scenes.parts.things.wire import placed
from scenes.parts.type.lines import extent

__all__ = ["Travel"]

Points = npt.NDArray[np.float64]
_BENDS: Final = (0.0, 0.3, -0.3, 0.6, -0.6, 0.9, -0.9, 1.3, -1.3, 1.8, -1.8)
"""How far a way may bend to its left, in frame units: the first on which nothing is read is taken."""

_ASIDE: Final = (1.5, -1.5, 3.0, -3.0)
"""How far beside an end a way may be drawn, so that it sets out, or arrives, upright or level."""

_MOMENTS: Final = np.linspace(0.0, 1.0, 25)[:, np.newaxis]
_STILL: Final = 1e-6  # frame units: by less nothing moves


@dataclass(frozen=True)
class Way:
    """How a thing goes: size and offset at both ends, how far it is drawn aside, the colour that it comes in."""

    sizes: tuple[float, float]
    start: Points
    end: Points
    colour: str = ""
    aside: tuple[float, float] = (0.0, 0.0)

    def at(self, share: float) -> tuple[float, Points]:
        """Return size and offset at a share of the way."""
        return (self.sizes[1], self.end) if share >= 1.0 else self._at(share)

    def at_all(self, shares: Points) -> tuple[Points, Points]:
        """Return sizes and offsets, shapes (n, 1) and (n, 3), at shares of the way, shape (n, 1), to rounding."""
        return self._at(shares)

    def _at(self, share: Any) -> tuple[Any, Points]:
        aside = np.array([*self.aside, 0.0]) * 4 * share * (1 - share)
        straight = self.start + (self.end - self.start) * share
        return self.sizes[0] + (self.sizes[1] - self.sizes[0]) * share, straight + aside

    def drawn_aside(self) -> Iterator[Way]:
        """Yield the way, and ways that are drawn aside, the least first: arcs, then such as meet an end squarely."""
        (x, y, _), length = self.end - self.start, float(np.hypot(*(self.end - self.start)[:2])) or 1.0
        yield from (replace(self, aside=(-y / length * bend, x / length * bend)) for bend in _BENDS)
        squarely = [(x, 0.0), (0.0, y)]
        squarely += [end for by in _ASIDE for end in ((x, y + by), (x + by, y), (0.0, by), (by, 0.0))]
        yield from (replace(self, aside=((a - x / 2) / 2, (b - y / 2) / 2)) for a, b in squarely)


class Travel(Motion):
    """Go to its place: from where something stands that shows the same, or as far as one place lies from another.

    Parameters
    ----------
    things
        What travels, lettering or anything else of fixed shape; with ``from_`` it enters, and ends where it was placed.
    from_
        What it comes from: one thing for all, or as many as there are. It must stand on the stage. A text that goes
        on as another leaves the stage as it sets out, unless a ``copy`` sets out; a bar or a dial stays.
    along
        Two places of pages: what stands already moves as far as the second is from the first.

    Attributes
    ----------
    fading
        What enters and finds no way past the texts that stand: it fades in at its place, whatever the numbers are.

    Raises
    ------
    StageError
        If the two do not show the same, in the same characters, or are of different shapes.
    """

    state = "travelling"

    def __init__(
        self,
        *things: Part | Shown,
        from_: Part | Shown | Sequence[Part | Shown] = (),
        along: tuple[Part | Place, Part | Place] | None = None,
        copy: bool = False,
        run_time: float = MOVE,
        **kwargs: Any,
    ) -> None:
        shown = shown_of(*things)
        given = shown_of(*(from_ if isinstance(from_, Sequence) else [from_]))
        olds = given * len(shown) if len(given) == 1 else given
        if bool(given) == bool(along) or (given and len(olds) != len(shown)):
            raise StageError(f"Travel: {len(shown)} things cannot come from {len(given)}")
        self.by, self.olds = _between(along), dict(zip(map(id, shown), olds, strict=False))
        pairs = list(zip(shown, olds, strict=False))
        for new, old in pairs:
            new.draw()  # as its sweep is now
            _check_same(new, old)
        self.gone = () if copy else tuple(old for new, old in pairs if type(new) is type(old))
        self.fading: list[Shown] = []
        super().__init__(*shown, run_time=run_time, **kwargs)

    def find_ways(self, standing: Sequence[Shown], texts: Sequence[Lettering]) -> Iterator[LayoutError]:
        """Find how each thing goes, past texts that stay, and yield what has no way that is free.

        Raises
        ------
        StageError
            If something does not stand on the stage that ought to.
        """
        for shown in self.shown:
            start = self.olds.get(id(shown), shown)
            if start not in standing:
                raise StageError(f"{shown.name}: nothing can come from {start.name}, which does not stand on the stage")
        self.ways = {id(shown): self._way(shown) for shown in self.shown}
        gone: list[tuple[Lettering, Way]] = []
        still = [(text, np.repeat([_box(text)], len(_MOMENTS), axis=0)) for text in texts]
        for shown in self.shown:
            if isinstance(shown, Lettering):
                yield from self._bend(shown, still, gone)
                gone.append((shown, self.ways[id(shown)]))

    def _way(self, shown: Shown) -> Way:
        old, here = self.olds.get(id(shown)), shown.offset
        if old is None:
            return Way((shown.size, shown.size), here, here + self.by)
        if isinstance(shown, Lettering) and isinstance(old, Lettering):
            size = old.size * old.height_of_type / shown.height_of_type
            return Way((size, 1.0), old.size * old.heart + old.offset - size * shown.heart, here, old.colours[0])
        if isinstance(shown, Lettering):
            return Way((1.0, 1.0), here + old.mouth - shown.mouth, here)
        return Way((1.0, 1.0), here + _corner(old) - _corner(shown), here)

    def _bend(
        self, shown: Lettering, still: Sequence[tuple[Lettering, Points]], others: Sequence[tuple[Lettering, Way]]
    ) -> Iterator[LayoutError]:
        """Draw a way aside until it is free; where there is none, what enters fades in, and what stays is refused."""
        way, old = self.ways[id(shown)], self.olds.get(id(shown))
        passed = [(text, boxes) for text, boxes in still if text is not old and text is not shown]
        passed += [(text, _boxes(text, its)) for text, its in others if not _together(way, its)]
        faults: list[LayoutError] = []
        for bent in way.drawn_aside():
            found = way_fault(shown, _boxes(shown, bent), passed)
            if not found:
                self.ways[id(shown)] = bent
                return
            faults.append(found)
        if old is None:
            yield faults[0]
        else:
            self.fading.append(shown)

    def _setup_scene(self, scene: Any) -> None:
        """Let what goes on as something else leave the stage."""
        scene.remove(*self.gone)
        super()._setup_scene(scene)

    def show(self, shown: Shown, share: float) -> None:
        """Stand at a share of the way."""
        if shown in self.fading:
            for piece in shown.submobjects:
                piece.show(share)
            return
        way = self.ways[id(shown)]
        shown.stand(*way.at(share))
        if id(shown) in self.olds:
            for piece in shown.submobjects:
                piece.show(1.0, _blend(way.colour, piece.paint.colour, share) if way.colour else None)


def _check_same(new: Shown, old: Shown) -> None:
    """Refuse what would say something else when it arrives than it did when it set out."""
    if _facts(new)[0] not in _facts(old) and not (_said(new) and _said(new) == _said(old)):
        raise StageError(f"{old.name} cannot travel to {new.name}: they do not show the same")
    if isinstance(new, Readout) and isinstance(old, Readout) and new.text != old.text:
        raise StageError(f"{old.name} ({old.text}) cannot travel to {new.name} ({new.text})")
    if not isinstance(new, Lettering) and not _alike(new, old):
        raise StageError(f"{old.name} cannot travel to {new.name}: it would change its shape")


def _facts(shown: Shown) -> list[tuple[Any, ...]]:
    """Return what a thing shows, whatever it is that shows it; first what it is named after."""
    if isinstance(shown, Outlined):
        further = [shown.product] if shown.product else []
        return [("quantity", quantity.name) for quantity in (*(s.now for s, _ in shown.numbers), *further)]
    if isinstance(shown, Bound):
        return [("quantity", shown.quantity.name)]
    if isinstance(shown, Words):
        return [("words", shown.key, shown.words)]
    if isinstance(shown, Symbol):
        return [("symbol", shown.quantity_named.name)]
    if isinstance(shown, Sign):
        return [("sign", shown.sign)]
    return [(type(shown), shown.of.name if isinstance(shown, Figure) and shown.of else "")]


def _said(shown: Shown) -> tuple[str, float] | None:
    """Return symbol and number of what shows one, of a dot its own: under whatever name, a viewer sees the same."""
    one = isinstance(shown, Readout | Dot) or (isinstance(shown, Outlined) and len(shown.numbers) == 1)
    return (shown.quantity.row.symbol, shown.quantity.number) if one else None


def _alike(new: Shown, old: Shown) -> bool:
    """Return whether two things have the same outlines up to one move."""
    ones, others = ([p.points for p in each.submobjects] for each in (new, old))
    if type(new) is not type(old) or [p.shape for p in ones] != [p.shape for p in others]:
        return False
    by = _corner(new) - _corner(old)
    return all(not len(a) or float(np.abs(a - b - by).max()) <= _STILL for a, b in zip(ones, others, strict=True))


def _between(along: tuple[Part | Place, Part | Place] | None) -> Points:
    """Return how far the second of two places is from the first."""
    if along is None:
        return np.zeros(3)
    one, other = map(placed, along)
    return np.array([other.x - one.x, other.y - one.y, 0.0])


def _points(shown: Shown) -> Iterable[Points]:
    return [piece.points for piece in shown.submobjects if len(piece.points)] or [np.zeros((1, 3))]


def _corner(shown: Shown) -> Points:
    """Return the first of its points."""
    return np.asarray(next(iter(_points(shown)))[0])


def _box(shown: Shown) -> Points:
    """Return left, bottom, right and top of what is drawn."""
    return np.array(extent(np.concatenate(list(_points(shown)))))


def _boxes(shown: Shown, way: Way) -> Points:
    """Return the boxes that a thing fills at some moments of its way, shape (moments, 4)."""
    sizes, offsets = way.at_all(_MOMENTS)
    box = (_box(shown) - np.tile(shown.offset[:2], 2)) / shown.size
    return np.asarray(sizes * box + np.tile(offsets[:, :2], 2))


def _together(one: Way, other: Way) -> bool:
    """Return whether two things move as one."""
    same = [one.sizes, other.sizes] == [(1.0, 1.0)] * 2
    return same and float(np.abs((one.end - one.start) - (other.end - other.start)).max()) <= _STILL


def _blend(one: str, other: str, share: float) -> str:
    """Return the colour at a share of the way between two.

    Examples
    --------
    >>> _blend("#000000", "#FFFFFF", 0.2)
    '#333333'
    """
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)
