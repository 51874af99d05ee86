"""A value that is used twice, on a page: its ways part at its dial, run through gates, and meet again at a plus.

The two ways are rows of dials with gates before them; they share their ends. The upper one has its plates over it, the
lower one under it, so that what they enclose is free for graphs, sums and words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Any, Final, NamedTuple

from scenes.parts.measure import Scale
from scenes.parts.page import (
    LABEL,
    TOUCH,
    Box,
    Form,
    Leaf,
    Line,
    Need,
    Over,
    Pad,
    Place,
    Row,
    Stations,
    along,
    amid,
    beside,
    gap,
    on,
)
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.quantity import Role
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import LABEL as LETTERS
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.branch import Branch, course
from scenes.parts.things.decor import Decor
from scenes.parts.things.dial import RADII, dial
from scenes.parts.things.gate import POST_DOWN, Post, gate, posts
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.plus import plus
from scenes.parts.things.ribbon import Ribbon
from scenes.parts.things.stack import Stack
from scenes.parts.things.wire import FROM, TO, bent, placed, wire

__all__ = ["DOES", "MOVING", "SLOPES", "STILL", "TAIL", "Flow", "Numbers", "Way", "Ways"]

_LEVELS: Final = gap(0.12, 0.25)  # between plates and numbers, beside one another or on two levels
_APART: Final = 0.1  # beside a number that has another for a neighbour
_UNDER_PLATES: Final = gap(0.06, 0.1)
_BENDS: Final = {"before": (0.55, 1.1), "behind": (0.5, 1.1)}  # room for a bend, beside what stands at both its ends
_PLUS: Final = 0.32  # from its middle to where an edge ends
_CLEAR: Final = 0.16  # on both sides of what the ways enclose
_INSIDE: Final = gap(0.01, 0.115)  # over and under what the ways enclose
_LAP: Final = 0.02  # by which a bend and the ribbon of a gate lie over one another, so that no hairline parts them
_BEHIND_PLUS: Final = gap(0.35, 0.6)
_PUSHED: Final = gap(0.12)  # from the dial of the sum to what pushes it
_LEVEL: Final = 0.2  # of every way before the plus: its head needs it
TAIL: Final = 1.45  # how far a sum goes on behind its node
_FOLD: Final = 1.2  # how far both that are added go on behind it
_AT_PLUS: Final = 0.72  # the same behind the plus


STILL, MOVING = DOES, SLOPES = range(2)
"""The casts: dials at rest, and as a sweep moves them; gates as values meet them, and as a push does."""


class Way:
    """One of the two ways: dials at rest and in motion, gates that say what they do and gates that say their slope.

    Parameters
    ----------
    nodes
        The values on the way.
    gates
        The slope of the gate before each.
    does
        What each gate says while values go forward.
    beside
        What stands on the line of the plates: at the beginning of the way, and at each dial.
    """

    def __init__(
        self,
        pen: Pen,
        sweep: Sweep,
        nodes: Sequence[str],
        gates: Sequence[str],
        does: Sequence[Lettering],
        beside: Sequence[Item],
    ) -> None:
        self.nodes, self.beside = nodes, beside
        self.dials = [
            [dial(pen, name, radius=RADII) for name in nodes],
            [moving_dial(pen, sweep, name) for name in nodes],
        ]
        doing = [gate(pen, name, said, called=f"gate {name}") for name, said in zip(gates, does, strict=True)]
        slopes = [gate(pen, name, heights=(VALUE, LETTERS), called=f"back gate {name}") for name in gates]
        self.gates = [doing, slopes]


def moving_dial(pen: Pen, sweep: Sweep, name: str) -> Part:
    """Return the dial of a value that follows a sweep as ``now_NAME``; it keeps where it stood in sight."""
    return dial(pen, f"now_{name}", source=sweep[f"now_{name}"], ghost=name, symbol=name, radius=RADII)


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
    ends
        Names of the value and of the sum.
    """

    def __init__(self, pen: Pen, sweep: Sweep, upper: Way, lower: Way, ends: tuple[str, str] = ("x", "y")) -> None:
        self.pen, self.ways = pen, (upper, lower)
        self.x, self.y = ([dial(pen, name, radius=RADII), moving_dial(pen, sweep, name)] for name in ends)
        self.plus = plus(pen, ends[1])
        self.inside = f"inside of {ends[1]}"
        self.starts = [Part(f"begin of {way.nodes[0]}", Form.fixed(), draw=lambda *_: ()) for way in self.ways]

    def box(self, inside: Item, under_x: Item, under_y: Item, beside_y: Item, *, thickest: float) -> Box:
        """Return it as a box whose origin is that of x.

        Parameters
        ----------
        inside
            What stands between the two ways, about its middle.
        under_x, under_y, beside_y
            What stands under the dials at both ends, and at the right of the second.
        thickest
            How thick what comes back to x is: there is room for it on the left.
        """
        room = Leaf(f"room for the sum at {self.x[0].name}", Form.fixed(TAIL, 0.0, thickest / 2, thickest / 2))
        x = beside(Over(*self.x, room), under_x, "below", LABEL)
        y = beside(beside(Over(*self.y), beside_y, "right", _PUSHED), under_y, "below", LABEL)
        upper, lower = (self._lines(*pair) for pair in zip(self.ways, self.starts, strict=True))
        enclosed = amid(len(self.ways[0].nodes) + 1, Pad(inside, _CLEAR, name=self.inside))
        middle = Stations(*upper, _INSIDE, enclosed, _INSIDE, *lower[::-1], anchor=2)
        bends = [Leaf(f"bend {name} {self.plus.name}", Form.stretch(r, (0.0, 0.0))) for name, r in _BENDS.items()]
        return Row(x, TOUCH, bends[0], TOUCH, middle, TOUCH, bends[1], TOUCH, self.plus, _BEHIND_PLUS, y, anchor=0)

    def _lines(self, way: Way, start: Part) -> tuple[Line, Need, Line]:
        """Return the lines of a way, the plates first."""
        first, *others = way.beside
        if len(others) > 1:  # on a level of their own numbers stand beside one another
            others = [Pad(item, _APART) for item in others]
        plates, dials = ([Over(*casts) for casts in zip(*each, strict=True)] for each in (way.gates, way.dials))
        in_turn = (item for pair in zip(plates, others, strict=True) for item in pair)
        line = along(first, *in_turn, levels=2, gap=_LEVELS, like=f"plates of {self.plus.name}")
        return line, _UNDER_PLATES, on(start, *dials)

    def put(self, places: Mapping[str, Place]) -> None:
        """Draw what follows from where a layout has put everything: the edges, and the posts of each cast of gates.

        A way begins no farther right than what both enclose, nor ends farther left, so that no bend runs through that;
        nor does a post.
        """
        inside = places[self.inside]
        left, right = inside.x - inside.left, inside.x + inside.right
        self.begins = [replace(at, x=min(at.x, left)) for at in map(placed, self.starts)]
        theme, (x, y) = self.pen.theme, (placed(self.x[0]), placed(self.y[0]))
        at = placed(self.plus)
        self.foot = max(FROM, *(right - placed(way.dials[0][-1]).x for way in self.ways))
        self.edges: list[list[list[Decor]]] = []
        self.posts: list[list[list[Post]]] = []
        for way, begin in zip(self.ways, self.begins, strict=True):
            stand = [placed(dial) for dial in way.dials[0]]
            first, last = stand[0], stand[-1]
            into = course((x.x + FROM, x.y), (first.x - TO, first.y), foot=first.x - TO - begin.x)
            out = course((last.x + FROM, last.y), (at.x - _PLUS, at.y), lead=self.foot - FROM, foot=_LEVEL)
            inner = [wire(theme, *pair) for pair in pairwise(stand)]
            self.edges.append([bent(theme, into), *inner, bent(theme, out)])
            beyond = min(POST_DOWN, abs(first.y - inside.y) - (inside.up if first.y > inside.y else inside.down))
            self.posts.append([posts(theme, first, *cast, beyond=beyond) for cast in way.gates])
        self.trunk = bent(theme, course((at.x + _PLUS, at.y), (y.x - TO, y.y)))

    @property
    def wires(self) -> list[Shown]:
        """All edges of both ways."""
        return list(chain(*chain(*self.edges)))

    @property
    def behind(self) -> list[Shown]:
        """The edges from the last dials to the plus, and from there to the sum."""
        return [*chain(*(way[-1] for way in self.edges)), *self.trunk]

    def carriers(self, cast: int) -> list[Shown]:
        """Return the gates of both ways of a cast, the posts under their plates."""
        return [*chain(*(way[cast] for way in self.posts)), *self._parts(way.gates[cast] for way in self.ways)]

    def inner(self, cast: int) -> list[Shown]:
        """Return the dials of both ways of a cast."""
        return self._parts(way.dials[cast] for way in self.ways)

    def dials(self, cast: int) -> list[Shown]:
        """Return all dials of a cast: with the plus they lie over the ribbons."""
        return [*self.x[cast].shown, *self.inner(cast), *self.y[cast].shown]

    @staticmethod
    def _parts(casts: Iterable[Sequence[Part]]) -> list[Shown]:
        return shown_of(*chain(*casts))

    # -- what flows ---------------------------------------------------------------------------------------------------

    def backward(self, names: Numbers) -> Flow:
        """Return the ribbons of a push from y back to x: the plus copies it, and at x what comes back is stacked."""
        pen, at, y = self._inked("ribbon", "gradient"), placed(self.plus), placed(self.y[0])
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
        node = placed(self.x[0])
        return _Joint(node, [(at.x + _LAP - node.x, at.y - node.y) for at in self.begins], FROM, _LAP)

    @property
    def _behind(self) -> _Joint:
        """The bends at the plus."""
        node, ends = placed(self.plus), (placed(way.dials[0][-1]) for way in self.ways)
        return _Joint(node, [(at.x - node.x, at.y - node.y) for at in ends], _PLUS + _LEVEL, self.foot)

    def _inked(self, scale: str, colour: Role) -> _Ink:
        return _Ink(self.pen, self.pen.scales[scale], self.pen.theme.colour(colour), colour == "value")

    def _gates(self, names: Numbers, pen: _Ink) -> tuple[tuple[Ribbon, ...], ...]:
        """Return the ribbons at the gates of both ways, the last gate first: the order in which a push meets them."""
        found = []
        for way, begin, flows in zip(self.ways, self.begins, names.ways, strict=True):
            spots = pairwise([begin, *map(placed, way.dials[0])])
            made = zip(map(placed, way.gates[0]), spots, pairwise(flows), strict=True)
            found.append(tuple(pen.ribbon(*each) for each in made)[::-1])
        return tuple(found)


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
        where: dict[str, Any] = {"origin": (node.x, node.y), "end": ends[i], "lead": lead, "foot": foot}
        return Branch(self.pen.quantities[name], self.scale, **where, theme=self.pen.theme, colour=self.colour)

    def stack(self, names: Sequence[str], joint: _Joint, fold: float, tail: float) -> Stack:
        """Return what meets at a node, and its sum behind it."""
        (node, (upper, lower), lead, foot), pen = joint, self.pen
        where: dict[str, Any] = {"origin": (node.x, node.y), "upper": upper, "lower": lower}
        long: dict[str, Any] = {"lead": lead, "foot": foot, "fold": fold, "tail": tail}
        numbers = [pen.quantities[name] for name in names]
        return Stack(numbers, self.scale, **where, **long, theme=pen.theme, colour=self.colour)

    def ribbon(self, gate: Place, ends: tuple[Place, Place], names: tuple[str, str]) -> Ribbon:
        """Return the ribbon at a gate."""
        (one, other), (out, into) = ends, (self.pen.quantities[name] for name in names)
        where: dict[str, Any] = {"origin": (gate.x, one.y), "left": gate.x - one.x, "right": other.x - gate.x}
        how: dict[str, Any] = {"theme": self.pen.theme, "colour": self.colour, "onward": self.onward}
        return Ribbon(out, into, self.scale, **where, **how)
