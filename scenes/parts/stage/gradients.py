"""A stage for a network whose gradients are known already: what flows back, as far as a weight, and its area there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from itertools import pairwise
from typing import ClassVar

from scenes.parts.page import LABEL as GAP
from scenes.parts.page import LOOSE, Line, Need, Stack, Stations, along, between
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.motions import Appear, Motion, Pour, Unfold
from scenes.parts.stage.network import NetworkStage
from scenes.parts.stage.network_page import BACKWARD
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import LABEL
from scenes.parts.things.area import area
from scenes.parts.things.base import Shown
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import number
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.readout import Form
from scenes.parts.type.numbers import parse_shown

__all__ = ["GradientStage"]


class GradientStage(NetworkStage):
    """A clip that begins where backpropagation ends."""

    names_stay: ClassVar[bool] = True

    def begin(self) -> None:
        """Set up what moves, the steps and the rate of the first one, and the network."""
        sweeps = self.clip.sweeps()
        self.steps, self.race = (Sweep(1.0, sweeps[name].quantities) for name in ("step", "race"))
        self.build(Sweep(0.0, sweeps["rate"].quantities))

    @cached_property
    def areas(self) -> dict[int, Part]:
        """The area of each weight's gradient, by its gate: what went in, times what comes back."""
        nodes, weights = self.network.nodes, self.network.weights
        gates = [(i, w) for i, w in enumerate(self.slopes) if w in weights]
        backs = {i: f"dL_d{nodes[i + 1]}" for i, _ in gates}
        like = [*(nodes[i] for i in backs), *backs.values()]
        draw = partial(area, self.pen, beside=True, smaller="small_area", least="least_area", like=like)
        made = {i: draw(f"dL_d{w}", nodes[i], backs[i]) for i, w in gates}
        return {i: self.part(each) for i, each in made.items()}

    def flow_lines(self, *beats: str) -> Stack:
        """Return what stands under the network: its values, the pushes, and the areas."""
        return Stack(self.values_line(), GAP, self.pushes_line(), LOOSE, self.areas_line(), beats=beats)

    def values_line(self) -> Line:
        """Return the values under their dials, with their names where there is room, and the target before the loss."""
        made = (number(self.pen, n, form=("equation", "number"), called=f"value {n}") for n in self.network.nodes)
        self.known = self.values = [self.part(each) for each in made]
        target = or_nothing(number(self.pen, "target", form="equation", height=LABEL), "target")
        self.target = [part for part in (target.part,) if isinstance(part, Part)]
        *others, last = self.values
        return along(
            *(item for each in others[:-1] for item in (each, None)),
            others[-1],
            target,
            last,
            gap=GAP,
        )

    def stations(self, *under: Line | Need) -> Stations:
        """Return the chain as a box, with lines under it: what went forward stands there, under its dials."""
        return self.chain.stations(*under)

    def _name_of(self, slope: str) -> Lettering:
        """Return what stands over a gate, small: how its slope follows, where a short line says it, or what it is."""
        rule = f"rule_{self.network.nodes[self.slopes.index(slope) + 1]}"
        is_known = rule in self.quantities
        return self.pen.readout(rule, height=LABEL, form=self.closes(rule)) if is_known else super()._name_of(slope)

    def closes(self, rule: str) -> Form:
        """Return how a slope is written after its rule: with = where it is exact, or what is shown of y - t, or ≈."""
        slope, y, target = (self.quantities[name] for name in (rule, "y", "target"))
        is_error = slope.row.symbol == "y - t" and self.pen.formatter.subtracts(slope, y, target)
        return "equation" if is_error or float(parse_shown(self.pen.formatter.text(slope))) == slope.number else "about"

    def areas_line(self) -> Line:
        """Return the areas under the gates of their weights."""
        return between(*(self.areas.get(i) for i in range(len(self.slopes))))

    @property
    def products(self) -> list[Shown]:
        """The gradients of the weights, as they stand at their areas."""
        return [part.shown[-1] for part in self.areas.values()]

    @staticmethod
    def read_off(numbers: Sequence[Lettering], things: Sequence[Shown]) -> list[Motion]:
        """Return how numbers come from things, if there are any."""
        return [Travel(*numbers, from_=things)] if numbers else []

    def out_of_dials(self, *nodes: int) -> list[Motion]:
        """Return how values that do not stand yet come out of their dials."""
        missing = [i for i in nodes if self.values[i].shown[0] not in self.standing]
        return [self.out_of_dial(i) for i in missing]

    def begin_flow(self) -> None:
        """Let the dials stand as they are, and the push of 1 at the end."""
        unit = self.placed(self.pushes[-1])
        self.play(Unfold(*shown_of(*self.chain.dials[0][1:])), Appear(*self.wires, *unit))

    def gate_at(self, i: int) -> list[Shown]:
        """Return a gate with its post, as the push meets it."""
        return [self.chain.posts[BACKWARD][i], *self.chain.gates[BACKWARD][i].shown]

    @property
    def dialled(self) -> list[Shown]:
        """The dials that stand already: what joins them lies under them."""
        return [shown for shown in shown_of(*self.chain.dials[0]) if shown in self.standing]

    def flow_to(self, *gates: int, first: Sequence[Motion] = ()) -> None:
        """Let the push flow back through some gates, each with how its slope follows; ``first`` comes along first."""
        chain, dials = self.chain, shown_of(*self.chain.dials[0])
        for i in gates:
            new = [*self.gate_at(i), *(shown_of(*self.target) if i == len(self.slopes) - 1 else [])]
            comes = Appear(*(each for each in new if each not in self.standing), under=dials)
            self.play(comes, *self.out_of_dials(i, i + 1), *(first if i == gates[0] else ()))
            self.play(Pour(chain.ribbons[i], under=dials))
            self.play(Travel(*self.placed(self.pushes[i]), from_=chain.ribbons[i]))

    def collect(self, *beats: str) -> None:
        """Let the push flow back to each weight, the last one first; there: what went in, times what comes back.

        Two beats for each: the way, and the gradient, with those before out of focus.
        """
        stops = len(self.slopes) - 1, *sorted(self.areas, reverse=True)
        for (before, gate), flows, gives in zip(pairwise(stops), beats[::2], beats[1::2], strict=True):
            told = shown_of(*(self.areas[i] for i in stops[1:] if i > gate))
            with self.beat(flows):
                if before == stops[0]:
                    self.begin_flow()
                self.flow_to(*range(before, gate, -1), first=[self.unlit(*told)] if told else [])
            with self.beat(gives):
                self.play(Appear(*self.gate_at(gate), under=self.dialled), *self.out_of_dials(gate))
                self.span(self.areas[gate], gate)

    def end_flow(self, beat: str) -> None:
        """Let the push flow back to what came in first, all else out of focus."""
        lit = [self.sentence, *shown_of(self.head, self.chain.dials[0][0], self.values[0]), *self.gate_at(0)]
        told = [shown for shown in self.standing if shown not in lit]
        with self.beat(beat):
            self.play(self.unlit(*told))
            self.flow_to(0)
