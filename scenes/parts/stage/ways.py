"""A stage for a value that goes two ways to a plus: its dials, gates and ribbons, and how all flows along them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

from scenes.parts.page import LABEL as LINE
from scenes.parts.page import ROWS, Box, Column, Either, Leaf, Place, Row, Slot, during
from scenes.parts.page import Form as Space
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.settings.graphs import slope_formula
from scenes.parts.settings.two_ways import TwoWays
from scenes.parts.stage.motions import Appear, Pour, SweepTo, Unfold, Vanish
from scenes.parts.stage.paged import PagedStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import LABEL, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.bracket import bracket
from scenes.parts.things.gate import fits_a_plate
from scenes.parts.things.graph import Graph, Layers
from scenes.parts.things.lettering import Align, Lettering
from scenes.parts.things.letters import live, number, symbol, words
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.readout import Form
from scenes.parts.things.sums import less
from scenes.parts.things.ways import DOES, MOVING, SLOPES, STILL, Numbers, Way, Ways

__all__ = ["SHARES", "WaysStage", "When"]

SHARES = "contribution_u", "contribution_v"
"""What comes back to x along each way."""

_HEIGHTS: Final = VALUE, LABEL  # of numbers at dials and beside graphs
_UNDER: Final = 0.3  # how far right of the middle of a dial a long name may reach under it


@dataclass(frozen=True)
class When:
    """In which beats what stands at the dials: values, changes, the push of y, pushes, what comes to x, its sum."""

    values: Sequence[str]
    changes: Sequence[str]
    asked: Sequence[str]
    pushes: Sequence[str]
    shares: Sequence[str]
    sums: Sequence[str]


class WaysStage(PagedStage):
    """A clip about one value that is used twice; its settings say it as ``ways``.

    Attributes
    ----------
    ways
        The dials, gates and edges of both ways.
    """

    @property
    def two(self) -> TwoWays:
        """The two ways that the settings say."""
        found: TwoWays = self.clip.ways
        return found

    @property
    def in_gear(self) -> bool:
        """Whether the clip is told as gears, which mesh."""
        return "gears" in self.clip.sweeps()

    # -- what a page shows --------------------------------------------------------------------------------------------

    def build(self, sweep: Sweep, inside: Item, when: When) -> Box:
        """Return the two ways with what stands at their dials, over their plates, and between them."""
        self.sweep, two = sweep, self.two
        self.read = self.part(words(self.pen, "half_turn", colour="quiet", align="right", most=2))
        upper, lower = (self._way(*each, when) for each in zip(two.nodes, two.gates, strict=True))
        self.ways = Ways(self.pen, sweep, upper, lower)
        self.unit = bracket(self.pen, "dL_dy", "push", behind=True)
        self.now = live(self.pen, sweep["now_x"], (two.swept.low, two.swept.high), symbol="x")
        step = number(self.pen, "turn", form="equation", align="right", aside=_UNDER)
        at_x = Slot(
            during(number(self.pen, "x"), *when.values),
            during(Column(self.now, step, gap=ROWS, align="origin", anchor=0), *when.changes),
            self._named("dL_dx", when.sums, under=_UNDER),
        )
        self._again = again = less(self.pen, "again", *(both := ("fine_new_y", "fine_y")), "recomputed")
        closes = self.pen.formatter.subtracts(*(self.pen.quantities[name] for name in ("recomputed", *both)))
        lines = (Row(*again.cells[max(0, i - 1) : i + 1], gap=LINE) for i in (0, 2, 4))
        under = Column(*lines, gap=ROWS, align="right")
        told = Either(Row(*again.cells, gap=LINE), under, Leaf("no room for both y", Space.fixed()))
        told_again = [told] if closes and not self.in_gear else []
        changed = Column(self._named("moved_y", when.changes), *told_again, gap=ROWS, anchor=0)
        at_y = Slot(during(number(self.pen, "y"), *when.values), during(changed, *when.changes))
        thick = self.clip.scales()["ribbon"].per_unit * two.pushes["dL_dx"]
        pushed = during(self.unit, *when.asked, *when.pushes)
        return self.ways.box(inside, at_x, at_y, pushed, thickest=thick)

    def _way(self, nodes: tuple[str, ...], gates: tuple[str, ...], when: When) -> Way:
        """Return one of the two ways; at each dial stand one after the other its value, its change and its push."""
        share = number(self.pen, f"contribution_{nodes[-1]}", height=_HEIGHTS)
        beside: list[Item] = [during(share, *when.shares)]
        for node in nodes:
            changed, push = self._named(f"moved_{node}", when.changes), self._named(f"dL_d{node}", when.pushes)
            beside.append(Slot(during(number(self.pen, node, height=_HEIGHTS), *when.values), changed, push))
        return Way(self.pen, self.sweep, nodes, gates, [self._done_at(name) for name in gates], beside)

    def _done_at(self, name: str) -> Lettering:
        """Return what a gate does, while values go forward: its weight, or its function's name if there is room."""
        if weight := name.startswith("w"):
            said: Lettering = self.pen.readout(name, height=VALUE, form="equation")
        else:
            said = self.pen.name(f"function_{'uv'.index(name[-1])}", height=VALUE)
        return said if fits_a_plate(said) else self.pen.symbol(name if weight else name[-1], height=VALUE)

    def _named(self, name: str, beats: Sequence[str], under: float | None = None) -> Box:
        """Return a number with its name, or alone where there is less room; ``under`` a dial, it ends so far right."""
        exact = not name.startswith("moved_") or self.two.is_straight(name.removeprefix("moved_"))
        forms: tuple[Form, ...] = ("equation" if exact else "about", "number")
        align: Align = "centre" if under is None else "right"
        part = number(self.pen, name, height=_HEIGHTS, form=forms, align=align, aside=under or 0.0)
        part.like = name.partition("_")[0]
        return during(part, *beats)

    @cached_property
    def graphs(self) -> dict[str, tuple[Part | Leaf, ...]]:
        """The graph of each function, its rule, the values that this takes, and the slope."""
        run, found = self.two.run, dict[str, tuple[Part | Leaf, ...]]()
        for name in "uv":
            step = run.recipe.step(name)
            near, used = (*step.takes, name), re.findall("[a-z]+", slope_formula(run, name))
            known = () if step.does == "identity" else [each for each in near if each in used] or near
            found_so = [] if step.does == "identity" else [f"slope_{name}"]
            forms: tuple[Form, ...] = ("equation", "number")
            values = [
                number(self.pen, of, height=_HEIGHTS, form=forms, align="left", called=f"{of} at {name}")
                for of in (*known, *found_so)
            ]
            rule = symbol(self.pen, f"rule_{name}", height=(VALUE, LABEL), align="left")
            found[name] = (Graph.of(self.pen, run, name, "run", measured=True).bare, rule, *values)
        return found

    def put(self, places: Mapping[str, Place]) -> None:
        """Draw edges and ribbons where a layout has put the dials."""
        self.ways.put(places)
        two = self.two
        changes = [["turn", *(f"moved_{node}" for node in way)] for way in two.nodes]
        self.changes = self.ways.forward(Numbers("turn", changes, "moved_y"), "change")
        pushes = [[share, *(f"dL_d{node}" for node in way)] for share, way in zip(SHARES, two.nodes, strict=True)]
        self.pushes = self.ways.backward(Numbers("dL_dx", pushes, "dL_dy"))

    # -- how it moves -------------------------------------------------------------------------------------------------

    def numbers(self, of: str = "") -> list[Shown]:
        """Return the numbers of a kind at all values on the two ways."""
        return shown_of(*(self[f"number {of}{node}"] for way in self.two.nodes for node in way))

    @property
    def over(self) -> list[Shown]:
        """What lies over the ribbons of a push."""
        return [*self.ways.dials(STILL), *self.ways.plus.shown]

    @property
    def flowing(self) -> list[Shown]:
        """What flows back: ribbons under dials and gates, and their numbers."""
        pushed = [*self.ways.carriers(SLOPES), *self.pushes.all, *self.over, *self.unit.shown]
        return [*pushed, *self.numbers("dL_d"), *shown_of(*(self[f"number {name}"] for name in (*SHARES, "dL_dx")))]

    def go_forward(self) -> None:
        """Let values go forward: from x both ways to the plus, each out of its dial."""
        ways, ends = self.ways, [self["number x"].shown, self["number y"].shown]
        self.play(Appear(*self.head.shown, *self.read.shown), Unfold(*ways.x[STILL].shown))
        self.play(Travel(*ends[0], from_=ways.x[STILL].shown[0]))
        self.play(Appear(*ways.wires, *ways.carriers(DOES)))
        dials = ways.inner(STILL)
        self.play(Unfold(*dials))
        self.play(Travel(*self.numbers(), from_=[way.shown[0] for each in ways.ways for way in each.dials[STILL]]))
        self.play(Appear(*ways.trunk, *ways.plus.shown), Unfold(*ways.y[STILL].shown))
        self.play(Travel(*ends[1], from_=ways.y[STILL].shown[0]))
        self.leave(*chain(*ends), *self.numbers())

    def read_slopes(self) -> None:
        """Let each gate say its slope; where its function bends, it is read off the graph, one after the other."""
        ways = self.ways
        self.play(Vanish(*ways.carriers(DOES)), Appear(*chain(*(way[SLOPES] for way in ways.posts)), under=self.over))
        for name, way in zip("uv", ways.ways, strict=True):
            *others, (*body, slope) = (part.shown for part in way.gates[SLOPES])
            self.play(Vanish(*self.graphs_left), Appear(*chain(*others), *body))
            rise = [] if self.two.run.recipe.step(name).does == "identity" else self._show_graph(name)
            self.play(Travel(slope, from_=rise[0]) if rise else Appear(slope))
        self.leave(*self.graphs_left)

    def change_x(self, by: float, seconds: float) -> None:
        """Turn x: its change flows along both ways."""
        flow, ways, dials = self.changes, self.ways, self.ways.dials(MOVING)
        now, self._over_changes = shown_of(self.now, self["number turn"]), [*dials, *ways.plus.shown]
        self.play(Vanish(*ways.dials(STILL)), Appear(*dials, *now))
        self.play(SweepTo(self.sweep, self.sweep.x + by, run_time=seconds, steady=False))
        self.play(Pour(*flow.copies, under=self._over_changes))
        self.play(Pour(*chain(*flow.gates), under=self._over_changes), Appear(*self.numbers("moved_")))
        self.said_of_changes = [*now, *self.numbers("moved_"), *self["number moved_y"].shown]
        self.changed = [*self.said_of_changes, *flow.all, *dials]

    def add_changes(self) -> None:
        """Let the changes of both ways flow on to the plus, where they are stacked."""
        stack, last = self.changes.stack, self["number moved_y"].shown
        self.play(Vanish(*self.ways.behind), Pour(stack, under=self._over_changes), Appear(*last))

    @property
    def again(self) -> list[Shown]:
        """What stands at y when everything is computed again: its new value less its old one, if that can be shown."""
        return self._again.shown(0, len(self._again.cells))

    @property
    def bands(self) -> list[Shown]:
        """The bands of a change, where none is too thin to be dim: dim in part, they would say something else."""
        bands = self.changes.all
        return bands if len(self.unlit(*bands).shown) == len(bands) else []

    def push_y(self, *motions: Appear) -> None:
        """Show the push of 1 at y."""
        ways = self.ways
        self.play(Appear(*ways.behind, *ways.dials(STILL), *self.unit.shown), *motions)

    def copy_back(self) -> None:
        """Let the push of y go through the plus, which hands it on to both ways, whole."""
        flow, trunk = self.pushes, self.ways.trunk
        bends = [line for line in self.ways.behind if line not in trunk]
        self.play(Vanish(*trunk), Pour(*flow.trunk, under=self.over))
        self.play(Vanish(*bends), Pour(*flow.copies, under=self.over))
        felt = shown_of(self["number dL_du"], self["number dL_dv"])
        self.play(Travel(*felt, from_=flow.copies))

    def multiply_back(self, i: int) -> None:
        """Let the push go through the gates of a way, the last one first, beside the graph that says the slope."""
        way, ribbons = self.ways.ways[i], self.pushes.gates[i]
        felt = [SHARES[i], *(f"dL_d{node}" for node in way.nodes)]
        self._show_graph("uv"[i])
        for j, ribbon in zip(reversed(range(len(ribbons))), ribbons, strict=True):
            self.play(Pour(ribbon, under=self.over))
            self.play(Travel(*self[f"number {felt[j]}"].shown, from_=ribbon))

    def _show_graph(self, name: str) -> list[Shown]:
        """Show the graph of a function; return its rise."""
        drawn, *said = self._drawn(name)
        graph = Layers.of(drawn.shown)
        at_slope = [each for each in graph.axes if isinstance(each, Lettering)]
        self.play(Appear(*(each for each in graph.axes if each not in at_slope), graph.curve, graph.dot))
        self.play(*self.opened(graph), Appear(*at_slope, *shown_of(*said)))
        return [graph.rise]

    def _drawn(self, name: str) -> list[Part]:
        """Return the parts of a graph, and what is said of it."""
        made = (each.part if isinstance(each, Leaf) else each for each in self.graphs[name])
        return [each for each in made if isinstance(each, Part)]

    @property
    def graphs_left(self) -> list[Shown]:
        """What stands of the graphs."""
        return [shown for shown in shown_of(*chain(*map(self._drawn, self.graphs))) if shown in self.standing]

    def add_back(self) -> None:
        """Let both ribbons come to x, where they are stacked, each with its sign."""
        edges = [line for way in self.ways.edges for segment in way[:-1] for line in segment]
        self.play(Vanish(*edges), Pour(self.pushes.stack, under=self.over))
        self.play(Travel(*self["number dL_dx"].shown, from_=self.pushes.stack))
