"""A stage for a chain of functions whose input is swept: everything follows, and a push is poured back at any time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from scenes.parts.page import LABEL, LINES, Column, Form, Hung, Row, along, between, gap, on
from scenes.parts.page.boxes import Box, Either, Item, Leaf, parts_in
from scenes.parts.page.stations import Line, Stack, Stations, Turns
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.motions import Appear, Dim, Motion, Pour, SweepTo, Unfold, Vanish
from scenes.parts.stage.network_page import BACKWARD, FORWARD
from scenes.parts.stage.paged import PagedStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import CARD, MOVE, VALUE
from scenes.parts.theme import LABEL as SMALL
from scenes.parts.things.base import Shown
from scenes.parts.things.bracket import bracket
from scenes.parts.things.chain import Chain
from scenes.parts.things.dial import RADII, dial
from scenes.parts.things.formula import Formula
from scenes.parts.things.gate import bare_post, gate, live_gate
from scenes.parts.things.letters import live, symbol, words
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.ruler import Ruler
from scenes.parts.things.swept_graph import SweptGraph
from scenes.parts.things.wire import placed, wire
from scenes.parts.things.zones import swatch

__all__ = ["KEY", "SweptStage"]

KEY: Final = 4.6
"""Most that what says what is hatched may be wide, beside curves."""

_FEW: Final = 4  # so many nodes leave room for formulas between what two of them are called
_ROWS: Final = gap(0.16)  # how a push is called, and its number
_COST: Final = 2  # of leaving formulas out, or how pushes are called


class SweptStage(PagedStage):
    """A clip about a chain while its input moves; its settings say it as ``chain``, a `SweptChain`.

    They also say ``moments``, ``x_range`` and ``sweep_seconds``, the quantities ``push`` and ``flat``, and the name of
    each gate's function as ``function_`` and what it makes.

    Attributes
    ----------
    sweep
        What moves, from the low end of its range on.
    chain
        Dials, gates, wires and ribbons.
    graphs
        The graph of each gate.
    values
        The value of each node, over its dial.
    laws, rules
        The formula of each gate's function, and that of its slope, under its post.
    read
        How a dial is read, under the first one.
    said
        The numbers at the rises, once slopes are read off, and the words at the first.
    signs, pushes
        What comes back to each node but the last: how it is called, if there is room for that, and its number.
    formula
        What comes back to x in one case, written out.
    """

    def build(self, sweep: str) -> Chain:
        """Return the chain, and keep it, with all that follows the sweep of this name."""
        pen, clip, swept = self.pen, self.clip, self.clip.sweeps()[sweep]
        self.aside, self.said = list[Shown](), list[Shown]()
        self.sweep = now = Sweep(swept.low, swept.quantities)
        names = clip.chain.nodes
        dials = [self.part(dial(pen, f"h_{name}", source=now[f"h_{name}"], radius=RADII)) for name in names]
        gates = [[self.part(make(node)) for node in names[1:]] for make in (self.closed_gate, self.open_gate)]
        self.unit = self.part(bracket(pen, "push", "push", over=self.is_short))
        pushes, largest = [now[f"d_{name}"] for name in names], max(clip.chain.pushes.values())
        self.chain = Chain(pen, [dials], gates, pushes, largest=largest, unit=self.unit)
        pairs, flat = pairwise(names), clip.chain.flat_nodes
        self.graphs = [SweptGraph(pen, now, *pair, "flat", is_flat=pair[1] in flat) for pair in pairs]
        return self.chain

    def over_dials(self) -> list[Item]:
        """Return the value of each node, where there is room for them."""
        cells = [or_nothing(self.follower(f"h_{name}"), "dials") for name in self.clip.chain.nodes]
        self.values = [self.part(part) for cell in cells for part in parts_in(cell) if isinstance(part, Part)]
        return [Row(cell, align="middle") for cell in cells]

    def under_dials(self, beats: list[str]) -> Stack:
        """Return what comes back, under the dials; between them the formulas of the gates, and under these graphs.

        As long as nothing comes back, how a dial is read stands there, from the first one on.
        """
        pen, names = self.pen, self.clip.chain.nodes
        signs = [or_nothing(symbol(pen, f"d_{name}", height=VALUE), "signs", cost=_COST) for name in names[:-1]]
        self.signs = [self._kept(leaf) for leaf in signs]
        self.pushes = [self.part(self.follower(f"d_{name}")) for name in names[:-1]]
        graphs = between(*(self.part(graph.part) for graph in self.graphs), gap=LABEL)
        if not self.is_short:
            self.laws, self.rules = list[Part](), list[Part]()
            rows = (on(*them, levels=2, like="pushes") for them in (signs, self.pushes))
        else:
            laws, rules = ([self._formula(f"{what}_{name}") for name in names[1:]] for what in ("law", "rule"))
            rows = (self._with(*pair) for pair in ((signs, rules), (self.pushes, laws)))
            self.laws, self.rules = ([self[name.name] for name in each] for each in (laws, rules))
        self.read, (first, second) = self.part(words(pen, "half_turn", colour="quiet")), rows
        return Stack(Turns(first, on(self.read)), _ROWS, second, LINES, graphs, beats=beats)

    def _formula(self, name: str) -> Leaf:
        leaf = or_nothing(symbol(self.pen, name, height=SMALL), "formulas", cost=_COST)
        self._kept(leaf)
        return leaf

    def _kept(self, leaf: Leaf) -> Part:
        """Keep the part of a leaf, and return it."""
        return self.part(next(part for part in parts_in(leaf) if isinstance(part, Part)))

    @staticmethod
    def _with(one: Sequence[Item], other: Sequence[Item]) -> Line:
        return along(*(each for pair in zip(one, other, strict=True) for each in pair), gap=LABEL)

    # -- the opening card ---------------------------------------------------------------------------------------------

    def card(self, beat: str) -> Box:
        """Return the opening card: the title, the question, and the bare chain."""
        pen, names = self.pen, self.clip.chain.nodes
        self.opening = [self.part(dial(pen, f"h_{n}", radius=RADII, called=f"card {n}")) for n in names]
        self.bare = [self.part(bare_post(pen, f"s_{n}", called=f"card gate {n}")) for n in names[1:]]
        self.name_of_clip = self.part(words(pen, "title", height=CARD, style="bold", called="words title of the card"))
        said = Column(self.name_of_clip, self.sentence_of(beat, align="left"), align="left")
        return Column(said, Stations(Turns(on(*self.opening), between(*self.bare))))

    def open(self, beat: str) -> None:
        """Show the opening card; its title glides into the running head, its first dial into the chain."""
        (first, *_), there = self.opening, self.chain.dials[0][0]
        bare = [*wire(self.theme, *self.opening), *shown_of(*self.bare)]
        with self.beat(beat):
            self.play(Appear(*self.name_of_clip.shown), Appear(*bare, *shown_of(*self.opening)))
        is_alike = placed(first).form == placed(there).form  # a long chain has smaller dials than its card
        self.turn(Travel(self.head, from_=self.name_of_clip))
        self.turn(Travel(there, from_=first) if is_alike else Appear(*there.shown))
        self.leave(*bare, *shown_of(*self.opening[is_alike:]))

    # -- what comes back, written out ---------------------------------------------------------------------------------

    def product(self, case: str) -> Box:
        """Return what comes back to x in a case, if there is room: as the product of a few slopes, or its number."""
        nodes, back = self.clip.chain.nodes, f"{case}_back"
        slopes = [piece for node in nodes[1:] for piece in ("times", f"{case}_s_{node}")]
        pieces = ["=", *slopes[1:]] if 1 < len(nodes[1:]) < _FEW else []
        self.formula = Formula(self.pen, back, *pieces, "=", back, as_swept=True)
        return Hung(Either(self.formula.box, Leaf("no product", Form.fixed())))

    def multiply(self) -> None:
        """Write that out: each slope comes from its gate."""
        if self.formula.is_placed:
            self.play(Appear(*shown_of(*self.formula.signs[:-1])))
            for factor, gate in zip(self.formula.factors, self.chain.gates[BACKWARD], strict=False):
                self.bring(factor, gate)
            self.play(Appear(*shown_of(*self.formula.result)))

    def hatching(self, called: str = "", within: float | None = None) -> list[Part]:
        """Return what says what is hatched: a little of it, and words."""
        said = words(self.pen, "hatched", colour="quiet", most=2, within=within, called=f"words hatched{called}")
        return [self.part(swatch(self.theme, f"swatch{called}")), self.part(said)]

    # -- gates and numbers --------------------------------------------------------------------------------------------

    def closed_gate(self, node: str) -> Part:
        """Return a gate as values meet it: its function's name."""
        said = [self.pen.name(f"function_{node}", height=each, align="left") for each in (VALUE, SMALL)]
        return gate(self.pen, f"s_{node}", said, called=f"{said[0].key} of {node}")

    def open_gate(self, node: str) -> Part:
        """Return a gate as a push meets it: times the slope here."""
        slope, title = f"s_{node}", self.pen.name(f"function_{node}", height=SMALL, colour="quiet")
        moments = self.clip.moments(slope)
        return live_gate(self.pen, self.sweep[slope], moments, called=f"slope {node}", as_one=True, title=title)

    def follower(self, name: str) -> Part:
        """Return a number that follows the sweep, with the room of its widest moment."""
        return live(self.pen, self.sweep[name], self.clip.moments(name))

    @property
    def is_short(self) -> bool:
        """Whether the chain is so short that there is room beside what stands under its dials."""
        return len(self.clip.chain.nodes) <= _FEW

    @property
    def turns_hollow(self) -> bool:
        """Whether some push is negative on the way."""
        return any(self.clip.moments(f"d_{name}")[0] < 0 for name in self.clip.chain.nodes)

    # -- how it moves -------------------------------------------------------------------------------------------------

    def move(self, x: float, seconds: float | None = None) -> None:
        """Move the input, as evenly as a whole sweep would, or quickly."""
        low, high = self.clip.x_range
        if x != self.sweep.x:
            run_time = seconds or max(MOVE, self.clip.sweep_seconds * abs(x - self.sweep.x) / (high - low))
            self.play(SweepTo(self.sweep, x, run_time=run_time))

    def set_up(self) -> None:
        """Set up the gates from left to right: each with its graph, and with the dial of what it makes."""
        chain, (_, *dials) = self.chain, self.chain.dials[0]
        for i, line in enumerate(chain.edges):
            self.play(Appear(*line, chain.posts[FORWARD][i], *chain.gates[FORWARD][i].shown))
            self.play(Appear(*self.graphs[i].framing, *dials[i].shown))

    def read_off(self, *gates: int) -> None:
        """Read the slope of gates off their graphs, one by one: the rise of the tangent goes to the plate."""
        chain, dials = self.chain, shown_of(*self.chain.dials[0])
        for i in gates:
            gone, (*plate, slope), graph = *(chain.gates[way][i].shown for way in (FORWARD, BACKWARD)), self.graphs[i]
            self.play(Vanish(chain.posts[FORWARD][i], *gone))
            posts = Appear(chain.posts[BACKWARD][i], under=dials)
            self.play(posts, Appear(*plate, *shown_of(*self.rules[i : i + 1])), *self.measure(graph))
            said = graph.rise("run", "" if self.said else "rise")
            if said:
                self.say(said, graph.measuring[-1])
            self.said += said
            read = (said or graph.measuring)[-1:]
            self.play(*(self.coming(slope, *read, copy=True) if read else [Appear(slope)]))

    def flow_back(self) -> None:
        """Pour a push of 1 back from its bracket: each gate multiplies it by its slope, and the ribbon goes on."""
        for i, ribbon in reversed(list(enumerate(self.chain.ribbons))):
            self.play(Pour(ribbon, under=shown_of(*self.chain.dials[0])), Appear(*self.signs[i].shown))
            (push,) = self.pushes[i].shown
            self.play(*self.coming(push, ribbon))

    def foreseen(self) -> list[Motion]:
        """Return how quiet dots come to where x is as its sweep begins, and where what each gate then makes is."""
        there = [graph for graph in self.graphs if graph.ghost]
        self.ghosts = shown_of(*(ghost for graph in there for ghost in graph.ghost))
        return [Appear(*graph.ghost, under=[graph.framing[-1]]) for graph in there]

    def measure(self, graph: SweptGraph) -> list[Motion]:
        """Return the motions with which the slope on a graph comes to stand."""
        if not graph.measuring:
            return []
        dot = graph.framing[-1]
        shades = [Unfold(*graph.shade, under=[*graph.framing])] if graph.shade else []
        return [*shades, Unfold(*graph.measuring, under=[dot])]

    def hatch(self, graphs: Iterable[SweptGraph]) -> list[Motion]:
        """Return the motions with which flat zones come to stand, under all the rest."""
        return [
            Appear(*g.hatching, under=[*g.shade, *g.framing[:-1], *g.measuring, g.framing[-1]])
            for g in graphs
            if g.hatching
        ]

    def at_gates(self, *gates: int) -> list[Shown]:
        """Return what stands at some gates, but thin lines of axes: posts, plates, graphs, formulas."""
        chain, found = self.chain, list[Shown]()
        for i in gates:
            for way in (FORWARD, BACKWARD):
                found += [chain.posts[way][i], *chain.gates[way][i].shown]
            found += self.graphs[i].part.shown
            found += shown_of(*self.laws[i : i + 1], *self.rules[i : i + 1])
        return [shown for shown in found if shown in self.standing and not isinstance(shown, Ruler)]

    def bring(self, number: Part, source: Part | Shown) -> None:
        """Let a number come from where it is read off: from the last of what is drawn there, if anything is."""
        for shown in number.shown:
            there = shown_of(source)[-1:]
            self.play(*(self.coming(shown, *there, copy=True) if there else [Appear(shown)]))

    def dim(self, *shown: Shown, back: bool = False) -> list[Motion]:
        """Return the motion that takes things out of focus, or back into it; none for nothing."""
        return [Dim(*shown, theme=self.theme, back=back)] if shown else []

    def act(self, *motions: Motion) -> None:
        """Play motions, if there are any."""
        if motions:
            self.play(*motions)

    def look_at_all(self) -> None:
        """Let what stepped aside come back into focus."""
        self.act(*self.dim(*(shown for shown in self.aside if shown in self.standing), back=True))
        self.aside = []

    def look_away(self, *gates: int) -> None:
        """Let some gates step aside, until the stage looks at all."""
        self.aside = [*self.aside, *self.at_gates(*gates)]
        self.act(*self.dim(*self.aside))

    def stop_at(self, x: float) -> None:
        """Move the input to where gates are flat, and look at these alone."""
        self.look_at_all()
        self.move(x)
        flat, names = self.clip.chain.flat_at(x), self.clip.chain.nodes[1:]
        self.look_away(*(i for i, name in enumerate(names) if name not in flat) if flat else ())
