"""A value that is used twice, on a page: its ways part at its dial, run through gates, and meet again at a plus.

The two ways are rows of dials with gates before them; they share their ends. The upper one has its plates over it, the
lower one under it, so that what they enclose is free for graphs, sums and words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final, NamedTuple

from scenes.parts.measure import Scale
from scenes.parts.page import (
    LABEL,
    TOUCH,
    Box,
    Form,
    Leaf,
    Line,
    Over,
    Pad,
    Place,
    Row,
    Stations,
    along,
    gap,
    midway,
    on,
)
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.quantity import Role
from scenes.parts.things.base import Shown
from scenes.parts.things.branch import Branch, course
from scenes.parts.things.decor import Decor
from scenes.parts.things.gate import Post, posts
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.plus import plus
from scenes.parts.things.ribbon import Ribbon
from scenes.parts.things.stack import Stack
from scenes.parts.things.wire import FROM, TO, bent, placed, wire

__all__ = ["TAIL", "Flow", "Numbers", "Way", "Ways"]

_UNDER_PLATES: Final = gap(0.1)
_BENDS: Final = {"before": (0.55, 2.2), "behind": (1.0, 2.2)}  # room for a bend, beside what stands at both its ends
_PLUS: Final = 0.32  # from its middle to where an edge ends
_CLEAR: Final = 0.2  # on both sides of what the ways enclose
_LAP: Final = 0.02  # by which a bend and the ribbon of a gate lie over one another, so that no hairline parts them
_BEHIND_PLUS: Final = gap(0.6)
_LEVEL: Final = 0.2  # of every way before the plus: its head needs it
TAIL: Final = 1.65  # how far a sum goes on behind its node
_FOLD: Final = 1.1  # how far both that are added go on behind it
_AT_PLUS: Final = 0.72  # the same behind the plus


@dataclass(frozen=True)
class Way:
    """One of the two ways: casts of dials, casts of gates (one before each dial), and what stands beside them.

    Attributes
    ----------
    beside
        What stands on the line of the plates: at the beginning of the way, and at each of its dials.
    """

    dials: Sequence[Sequence[Part]]
    gates: Sequence[Sequence[Part]]
    beside: Sequence[Item | None]


@dataclass(frozen=True)
class Numbers:
    """The names of what flows: along each way from its beginning on, behind each gate; at the node x, and at the plus.

    Attributes
    ----------
    x, y
        Backward ``x`` is a sum, and forward ``y`` is.
    """

    x: str
    ways: Sequence[Sequence[str]]
    y: str


@dataclass(frozen=True)
class Flow:
    """The ribbons of a flow, from where it starts.

    Attributes
    ----------
    trunk
        From y to the plus; forward there is none.
    copies
        Along both bends, from the node at which the flow parts.
    gates
        Of each way the ribbons at its gates, in the order of the flow.
    stack
        Along both bends to the node at which they meet, and their sum.
    """

    trunk: tuple[Branch, ...]
    copies: tuple[Branch, ...]
    gates: tuple[tuple[Ribbon, ...], ...]
    stack: Stack

    @property
    def all(self) -> list[Shown]:
        """All of them."""
        return [*self.trunk, *self.copies, *(ribbon for way in self.gates for ribbon in way), self.stack]


class Ways:
    """Two ways from a value to the plus that makes another.

    Parameters
    ----------
    x, y
        The dials of the value and of the sum, a cast each.
    upper, lower
        The two ways.
    """

    def __init__(self, pen: Pen, x: Sequence[Part], upper: Way, lower: Way, y: Sequence[Part]) -> None:
        self.pen, self.x, self.y, self.ways = pen, x, y, (upper, lower)
        self.plus = plus(pen, y[0].name)
        self.starts = [Part(f"begin of {way.dials[0][0].name}", Form.fixed(), draw=lambda *_: ()) for way in self.ways]

    @property
    def parts(self) -> list[Part]:
        """What it makes itself, so that a page can give it a place."""
        return [self.plus, *self.starts]

    def box(self, x: Item, inside: Item, y: Item) -> Box:
        """Return it as a box whose origin is that of x.

        Parameters
        ----------
        x, y
            The dials, with what stands beside them.
        inside
            What stands between the two ways, about its middle.
        """
        upper, lower = (
            self._lines(way, start, at) for way, start, at in zip(self.ways, self.starts, (0, 1), strict=True)
        )
        steps = len(self.ways[0].gates[0])
        middle = Stations(*upper, LABEL, midway(Pad(inside, _CLEAR), steps), LABEL, *lower[::-1], anchor=2)
        bends = [Leaf(f"bend {name} {self.plus.name}", Form.stretch(r, (0.0, 0.0))) for name, r in _BENDS.items()]
        return Row(x, TOUCH, bends[0], TOUCH, middle, TOUCH, bends[1], TOUCH, self.plus, _BEHIND_PLUS, y, anchor=0)

    def _lines(self, way: Way, start: Part, lower: int) -> tuple[Line | object, ...]:
        """Return the lines of a way, the plates first."""
        first, *others = way.beside
        plates = [Over(*(cast[i] for cast in way.gates)) for i in range(len(way.gates[0]))]
        dials = [Over(*(cast[i] for cast in way.dials)) for i in range(len(way.dials[0]))]
        in_turn = (item for pair in zip(plates, others, strict=True) for item in pair)
        return along(first, *in_turn), _UNDER_PLATES, on(start, *dials)

    def put(self) -> None:
        """Draw what follows from where a layout has put everything: the edges, and the posts of each cast of gates."""
        theme, (x, y) = self.pen.theme, (placed(self.x[0]), placed(self.y[0]))
        at = placed(self.plus)
        self.edges: list[list[list[Decor]]] = []
        self.posts: list[list[list[Post]]] = []
        for way, start in zip(self.ways, self.starts, strict=True):
            places, begin = [placed(dial) for dial in way.dials[0]], placed(start)
            first, last = places[0], places[-1]
            into = course((x.x + FROM, x.y), (first.x - TO, first.y), foot=first.x - TO - begin.x)
            out = course((last.x + FROM, last.y), (at.x - _PLUS, at.y), foot=_LEVEL)
            inner = [wire(theme, *pair) for pair in pairwise(places)]
            self.edges.append([bent(theme, into), *inner, bent(theme, out)])
            self.posts.append([posts(theme, first, *cast) for cast in way.gates])
        self.trunk = bent(theme, course((at.x + _PLUS, at.y), (y.x - TO, y.y)))

    @property
    def wires(self) -> list[Decor]:
        """All edges of both ways, and the one from the plus on."""
        return [*chain(*chain(*self.edges)), *self.trunk]

    # -- what flows ---------------------------------------------------------------------------------------------------

    def backward(self, names: Numbers, scale: str = "ribbon") -> Flow:
        """Return the ribbons of a push from y back to x: the plus copies it, and at x what comes back is stacked."""
        pen, at, y = self._inked(scale, "gradient"), placed(self.plus), placed(self.y[0])
        trunk = pen.branch(names.y, _Joint(y, [(at.x - y.x, 0.0)], FROM, _PLUS), 0)
        copies = tuple(pen.branch(way[-1], self._behind, i) for i, way in enumerate(names.ways))
        numbers = [*(way[0] for way in names.ways), names.x]
        return Flow((trunk,), copies, self._gates(names, pen), pen.stack(numbers, self._before, _FOLD, TAIL))

    def forward(self, names: Numbers, scale: str) -> Flow:
        """Return the ribbons of a change of x on its way to y: x hands it to both, and at the plus they are stacked."""
        pen, reach = self._inked(scale, "value"), placed(self.y[0]).x - placed(self.plus).x
        copies = tuple(pen.branch(way[0], self._before, i) for i, way in enumerate(names.ways))
        gates = tuple(way[::-1] for way in self._gates(names, pen))
        numbers = [*(way[-1] for way in names.ways), names.y]
        return Flow((), copies, gates, pen.stack(numbers, self._behind, _AT_PLUS, reach))

    @property
    def _before(self) -> _Joint:
        """The bends at x."""
        node, starts = placed(self.x[0]), map(placed, self.starts)
        return _Joint(node, [(at.x + _LAP - node.x, at.y - node.y) for at in starts], FROM, _LAP)

    @property
    def _behind(self) -> _Joint:
        """The bends at the plus."""
        node, ends = placed(self.plus), (placed(way.dials[0][-1]) for way in self.ways)
        return _Joint(node, [(at.x - node.x, at.y - node.y) for at in ends], _PLUS + _LEVEL, FROM)

    def _inked(self, scale: str, colour: Role) -> _Ink:
        return _Ink(self.pen, self.pen.scales[scale], self.pen.theme.colour(colour), colour == "value")

    def _gates(self, names: Numbers, pen: _Ink) -> tuple[tuple[Ribbon, ...], ...]:
        """Return the ribbons at the gates of both ways, the last gate first: the order in which a push meets them."""
        found = []
        for way, start, flows in zip(self.ways, self.starts, names.ways, strict=True):
            spots = pairwise([placed(start), *map(placed, way.dials[0])])
            made = zip(map(placed, way.gates[0]), spots, pairwise(flows), strict=True)
            found.append(tuple(pen.ribbon(*each) for each in made)[::-1])
        return tuple(found)

    def everything(self) -> list[Shown]:
        """Return the edges, the posts, and all dials and gates, from below upward."""
        carriers = [post for way in self.posts for cast in way for post in cast]
        parts = [part for way in self.ways for cast in (*way.dials, *way.gates) for part in cast]
        return [*self.wires, *carriers, *shown_of(*self.x, *parts, self.plus, *self.y)]


class _Joint(NamedTuple):
    """A node at which ways part or meet: where their ends lie, seen from it, and how far they are straight at both."""

    node: Place
    ends: list[tuple[float, float]]
    lead: float
    foot: float


class _Ink(NamedTuple):
    """What all ribbons of a flow have in common."""

    pen: Pen
    scale: Scale
    colour: str
    onward: bool

    def branch(self, name: str, joint: _Joint, i: int) -> Branch:
        """Return the ribbon along one of the ways at a node."""
        node, ends, lead, foot = joint
        where = {"origin": (node.x, node.y), "end": ends[i], "lead": lead, "foot": foot}
        return Branch(self.pen.quantities[name], self.scale, **where, theme=self.pen.theme, colour=self.colour)

    def stack(self, names: Sequence[str], joint: _Joint, fold: float, tail: float) -> Stack:
        """Return what meets at a node, and its sum behind it."""
        (node, (upper, lower), lead, foot), pen = joint, self.pen
        where = {"origin": (node.x, node.y), "upper": upper, "lower": lower}
        long = {"lead": lead, "foot": foot, "fold": fold, "tail": tail}
        numbers = [pen.quantities[name] for name in names]
        return Stack(numbers, self.scale, **where, **long, theme=pen.theme, colour=self.colour)

    def ribbon(self, gate: Place, ends: tuple[Place, Place], names: tuple[str, str]) -> Ribbon:
        """Return the ribbon at a gate."""
        (one, other), (out, into) = ends, (self.pen.quantities[name] for name in names)
        where = {"origin": (gate.x, one.y), "left": gate.x - one.x, "right": other.x - gate.x}
        how = {"theme": self.pen.theme, "colour": self.colour, "onward": self.onward}
        return Ribbon(out, into, self.scale, **where, **how)
