"""A stage for a chain of functions whose input is swept: everything follows, and a push is poured back at any time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from scenes.parts.page import LABEL, LINES, Line, Need, along, between, on
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.motions import Appear, Motion, Pour, SweepTo, Unfold, Vanish
from scenes.parts.stage.network import BACKWARD, FORWARD
from scenes.parts.stage.paged import PagedStage
from scenes.parts.theme import MOVE, VALUE
from scenes.parts.things.bracket import bracket
from scenes.parts.things.chain import Chain
from scenes.parts.things.dial import RADII, dial
from scenes.parts.things.gate import gate, live_gate
from scenes.parts.things.letters import live, name_of, symbol, words
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.swept_graph import SweptGraph

__all__ = ["SweptStage"]

_FEW: Final = 4  # so many nodes leave room for words between what two of them are called, and under gates


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
    signs, pushes
        What comes back to each node but the last: how it is called, and its number.
    hollow, feet
        The words by the first hollow stretch, and the names under the gates, once they have been asked for.
    """

    def build(self, sweep: str) -> Chain:
        """Return the chain, and keep it, with all that follows the sweep of this name."""
        pen, clip, swept = self.pen, self.clip, self.clip.sweeps()[sweep]
        self.sweep = now = Sweep(swept.low, swept.quantities)
        names = clip.chain.nodes
        dials = [self.part(dial(pen, f"h_{name}", source=now[f"h_{name}"], radius=RADII)) for name in names]
        gates = [[self.part(make(node)) for node in names[1:]] for make in (self.closed_gate, self.open_gate)]
        self.unit = self.part(bracket(pen, "push", "push"))
        pushes, largest = [now[f"d_{name}"] for name in names], max(clip.chain.pushes.values())
        self.chain = Chain(pen, [dials], gates, pushes, largest=largest, unit=self.unit)
        self.signs = [self.part(symbol(pen, f"d_{name}", height=VALUE)) for name in names[:-1]]
        self.pushes = [self.part(self.follower(f"d_{name}")) for name in names[:-1]]
        pairs, flat = pairwise(names), clip.chain.flat_nodes
        self.graphs = [SweptGraph(pen, now, *pair, "flat", is_flat=pair[1] in flat) for pair in pairs]
        return self.chain

    def closed_gate(self, node: str) -> Part:
        """Return a gate as values meet it: its function's name."""
        said = self.pen.name(f"function_{node}", height=VALUE, align="left")
        return gate(self.pen, f"s_{node}", said, called=f"{said.key} of {node}")

    def open_gate(self, node: str) -> Part:
        """Return a gate as a push meets it: times the slope here."""
        slope = f"s_{node}"
        return live_gate(self.pen, self.sweep[slope], self.clip.moments(slope), called=f"slope {node}")

    def follower(self, name: str) -> Part:
        """Return a number that follows the sweep, with the room of its widest moment."""
        return live(self.pen, self.sweep[name], self.clip.moments(name))

    def signs_with(self, key: str) -> Line:
        """Return how what comes back is called, and by the first hollow stretch, if any, the words that say so."""
        names, signs = self.clip.chain.nodes, self.signs
        minus = [i for i, name in enumerate(names) if self.clip.moments(f"d_{name}")[0] < 0][:1]
        self.hollow = [self.part(words(self.pen, key, colour="gradient", align="centre")) for _ in minus]
        if len(names) > _FEW:
            return on(*signs, *self.hollow, levels=2, like="pushes")
        under: list[Item | None] = [each for sign in signs for each in (sign, None)]
        for i in minus:
            under[2 * i + 1] = self.hollow[0]
        return along(*under, levels=2, gap=LABEL, like="pushes")

    def feet_of_gates(self) -> list[Line | Need]:
        """Return the names of a few gates, to stand under their posts, and the gap under them; nothing for many."""
        nodes = self.clip.chain.nodes[1:] if len(self.clip.chain.nodes) <= _FEW else ()
        self.feet = [self.part(name_of(self.pen, f"function_{node}", called=f"foot {node}")) for node in nodes]
        return [between(*self.feet), LINES] if self.feet else []

    def move(self, x: float, seconds: float | None = None) -> None:
        """Move the input, as evenly as a whole sweep would, or quickly."""
        low, high = self.clip.x_range
        if x != self.sweep.x:
            run_time = seconds or max(MOVE, self.clip.sweep_seconds * abs(x - self.sweep.x) / (high - low))
            self.play(SweepTo(self.sweep, x, run_time=run_time))

    def flow_back(self) -> None:
        """Pour a push of 1 back: at each gate its slope is read off the graph, and the ribbon goes on."""
        chain, dials = self.chain, shown_of(*self.chain.dials[0])
        self.play(Appear(*self.unit.shown))
        for i in reversed(range(len(chain.ribbons))):
            gone, (*plate, slope), graph = *(chain.gates[way][i].shown for way in (FORWARD, BACKWARD)), self.graphs[i]
            self.play(Vanish(chain.posts[FORWARD][i], *gone))
            self.play(Appear(chain.posts[BACKWARD][i], under=dials), Appear(*plate), *self.measure(graph))
            self.play(*self.coming(slope, graph.measuring[-1] if graph.measuring else plate[0]))
            self.play(Pour(chain.ribbons[i], under=dials), Appear(*self.signs[i].shown))
            (push,) = self.pushes[i].shown
            self.play(*self.coming(push, chain.ribbons[i]))

    def measure(self, graph: SweptGraph) -> list[Motion]:
        """Return the motions with which the slope on a graph comes to stand."""
        if not graph.measuring:
            return []
        return [Unfold(*graph.measuring, under=graph.framing[-1:])]

    def hatch(self, graphs: Iterable[SweptGraph]) -> list[Motion]:
        """Return the motions with which flat zones come to stand, under all the rest, and the formulas of slopes."""
        graphs = list(graphs)
        zones = [Appear(*g.hatching, under=[*g.framing, *g.measuring]) for g in graphs if g.hatching]
        return [*zones, *(Appear(*g.rule) for g in graphs if g.rule)]
