"""A stage for a network whose gradients are known already: what flows back, as far as a weight, and its area there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial

from scenes.parts.page import LABEL as GAP
from scenes.parts.page import LINES, LOOSE, Column, Leaf, Line, Stack, Turns, between, during, on
from scenes.parts.stage.motions import Appear, Motion, Pour, Unfold
from scenes.parts.stage.network import BACKWARD, NetworkStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import LABEL
from scenes.parts.things.area import area
from scenes.parts.things.base import Shown
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import number, words
from scenes.parts.things.part import Part, or_nothing, shown_of

__all__ = ["GradientStage"]


class GradientStage(NetworkStage):
    """A clip that begins where backpropagation ends."""

    @cached_property
    def areas(self) -> dict[int, Part]:
        """The area of each weight's gradient, by its gate: what went in, times what comes back."""
        nodes, weights = self.network.nodes, self.network.weights
        gates = [(i, w) for i, w in enumerate(self.slopes) if w in weights]
        backs = {i: f"dL_d{nodes[i + 1]}" for i, _ in gates}
        draw = partial(area, self.pen, smaller="small_area", like=tuple(backs.values()))
        made = {i: draw(f"dL_d{w}", nodes[i], backs[i]) for i, w in gates}
        return {i: self.part(each) for i, each in made.items()}

    def flow_lines(self, *beats: str) -> Stack:
        """Return what stands under the network: the pushes, how slopes follow, why data stays, and the areas.

        Why data stays is said in the last of the beats.
        """
        self.data = words(self.pen, "data", colour="value", align="centre", most=2)
        under = Turns(on(during(self.data, beats[-1])), self.rules_line())
        return Stack(self.pushes_line(), GAP, under, LOOSE, self.areas_line(), beats=beats)

    def areas_line(self) -> Line:
        """Return the areas under the gates of their weights."""
        return between(*(self.areas.get(i) for i in range(len(self.slopes))))

    @property
    def products(self) -> list[Shown]:
        """The gradients of the weights, as they stand at their areas."""
        return [part.shown[-1] for part in self.areas.values()]

    def rules_line(self) -> Line:
        """Return under each gate, but those of weights, how its slope follows; over that of the loss, the target."""
        nodes, known = self.network.nodes, self.quantities
        made = {i: self._rule(node) for i, node in enumerate(nodes[1:]) if f"rule_{node}" in known}
        self.rules = {i: [leaf.part for leaf in each if isinstance(leaf.part, Part)] for i, each in made.items()}
        lines = {i: Column(*each, gap=LINES) for i, each in made.items()}
        return between(*map(lines.get, range(len(self.slopes))))

    def _rule(self, node: str) -> list[Leaf]:
        names = *(("target",) if node == self.network.nodes[-1] else ()), f"rule_{node}"
        made = (number(self.pen, n, form="equation", height=LABEL, called=f"rule of {node}: {n}") for n in names)
        return [or_nothing(each, "rules") for each in made]

    @staticmethod
    def read_off(numbers: Sequence[Lettering], things: Sequence[Shown]) -> list[Motion]:
        """Return how numbers come from things, if there are any."""
        return [Travel(*numbers, from_=things)] if numbers else []

    def begin_flow(self) -> None:
        """Let the dials stand as they are, and the push of 1 at the end."""
        self.play(Unfold(*shown_of(*self.chain.dials[0][1:])), Appear(*self.wires))
        self.play(Appear(*self.placed(self.pushes[-1])))

    def gate_at(self, i: int) -> list[Shown]:
        """Return a gate with its post, as the push meets it."""
        return [self.chain.posts[BACKWARD][i], *self.chain.gates[BACKWARD][i].shown]

    @property
    def dialled(self) -> list[Shown]:
        """The dials that stand already: what joins them lies under them."""
        return [shown for shown in shown_of(*self.chain.dials[0]) if shown in self.standing]

    def flow_to(self, *gates: int) -> None:
        """Let the push flow back through some gates, each with how its slope follows."""
        chain, dials = self.chain, shown_of(*self.chain.dials[0])
        for i in gates:
            rule = shown_of(*self.rules.get(i, []), *([self.known[i]] if i == len(self.slopes) - 1 else []))
            new = [each for each in self.gate_at(i) if each not in self.standing]
            if new or rule:
                self.play(Appear(*new, *rule, under=dials))
            self.play(Pour(chain.ribbons[i], under=dials))
            self.play(Travel(*self.placed(self.pushes[i]), from_=chain.ribbons[i]))

    def collect(self, first: str, *beats: str) -> None:
        """Let the push flow back as far as the last weight; then to each in turn: what went in, times what comes back.

        A beat for each, and one before.
        """
        last, *others = sorted(self.areas, reverse=True)
        with self.beat(first):
            self.begin_flow()
            self.flow_to(*range(len(self.slopes) - 1, last, -1))
        for beat, gate, before in zip(beats, (last, *others), (last, last, *others), strict=False):
            with self.beat(beat):
                self.flow_to(*range(before, gate, -1))
                new = [each for each in self.gate_at(gate) if each not in self.standing]
                self.play(Appear(*new, under=self.dialled))
                self.span(self.areas[gate], gate)

    def end_flow(self, beat: str) -> None:
        """Let the push flow back to what came in first, all else out of focus, and say that it stays."""
        lit = [self.sentence, *shown_of(self.head, self.chain.dials[0][0]), *self.gate_at(0)]
        told = [shown for shown in self.standing if shown not in lit]
        with self.beat(beat):
            self.play(self.unlit(*told))
            self.flow_to(0)
            self.play(Appear(*self.data.shown))
