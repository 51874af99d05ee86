"""The page of a chain of gates with a loss: its dials, gates, ribbons and graphs, and the lines they stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import pairwise
from typing import ClassVar

from scenes.parts.page import LABEL as LABEL_GAP
from scenes.parts.page import Box, Column, Either, Hung, Leaf, Line, Need, Place, Row, Stations, between, on
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.settings.network import Network
from scenes.parts.stage.paged import PagedStage
from scenes.parts.theme import CARD, LABEL, VALUE
from scenes.parts.things.bracket import bracket
from scenes.parts.things.chain import Chain
from scenes.parts.things.dial import RADIUS, dial
from scenes.parts.things.gate import fits_a_plate, gate
from scenes.parts.things.graph import Graph
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import live, number, sign, symbol, words
from scenes.parts.things.part import Part, or_nothing
from scenes.parts.things.readout import Form

__all__ = ["BACKWARD", "FORWARD", "MOVING", "NetworkPage"]

FORWARD, BACKWARD, MOVING = range(3)
"""Gates as values meet them, as a push does, and while the weights move; dials at rest stand in the first cast."""


class NetworkPage(PagedStage):
    """A clip about one network at its own numbers; its settings say it as ``network``.

    Attributes
    ----------
    chain
        Dials, gates, wires and ribbons, of every cast.
    sweep
        What moves them.
    names_stay
        Whether gates keep their names on the way back.
    """

    names_stay: ClassVar[bool] = False

    @property
    def network(self) -> Network:
        """The network that the settings say."""
        found: Network = self.clip.network
        return found

    @cached_property
    def slopes(self) -> tuple[str, ...]:
        """The name of each gate's slope: of a gate that is a weight it is the weight."""
        steps = [self.network.run.recipe.step(node) for node in self.network.nodes[1:-1]]
        return *(s.weights[0] if s.weights else f"local_{s.node}" for s in steps), f"local_{self.network.nodes[-1]}"

    asked: Sequence[Part] = ()
    stated: Sequence[Part] = ()

    def card(self, beat: str, *, asks: Sequence[str] = ()) -> Box:
        """Return the opening card: the title, the question, and the bare chain; of values it ``asks`` for, the numbers.

        Then the gates of the weights stand there as well, by their names, and how each value follows, if that is known;
        a weight that it asks for has its number, too, and, under how its value follows, a bias, or the target.
        """
        self.opening = self.cast("card")
        self.name_of_clip = self.part(
            words(self.pen, "title", height=CARD, style="bold", called="words title of the card")
        )
        said = Column(self.name_of_clip, self.sentence_of(beat, align="left"), align="left")
        if not asks:
            return Column(said, Stations(on(*self.opening)))
        bare = {w: self.pen.symbol(w, height=VALUE, align="left") for w in self.network.weights if w not in asks}
        draw = partial(gate, self.pen, form="equation")
        is_weight = [w in self.network.weights for w in self.slopes]
        pairs = zip(self.slopes, is_weight, strict=True)
        made = [draw(w, bare.get(w), called=f"card gate {w}") if weighs else None for w, weighs in pairs]
        self.asked = [self.part(each) for each in made if each]
        numbers = [number(self.pen, n, called=f"card number {n}") if n in asks else None for n in self.network.nodes]
        laws = [self._law(node) for node in self.network.nodes]
        known = [leaf.part for leaf in laws if leaf and isinstance(leaf.part, Part)]
        nodes, recipe = self.network.nodes, self.network.run.recipe
        more = [(n, bias) for n in nodes[1:] for bias in recipe.step(n).weights[1:]] + [(nodes[-1], "target")]
        also = {n: number(self.pen, q, form="equation", height=LABEL, called=f"card {q}") for n, q in more if q in asks}
        self.stated = [*(self.part(each) for each in (*numbers, *also.values()) if each), *known]
        rows = [laws] * any(laws) + [[also.get(node) for node in nodes]] * bool(also)
        under = [item for row in rows for item in (LABEL_GAP, on(*row))]
        lines = between(*made), LABEL_GAP, on(*self.opening), LABEL_GAP, on(*numbers)
        return Column(said, Stations(*lines, *under, anchor=1))

    def _law(self, node: str) -> Leaf | None:
        """Return how a value follows, left out with all others where one of them has no room."""
        name = "loss_formula" if node == "L" else f"law_{node}"
        known = name in self.quantities
        return or_nothing(symbol(self.pen, name, height=LABEL, called=f"card law {node}"), "laws") if known else None

    def build(self, sweep: Sweep, *more: list[Part]) -> Chain:
        """Return the chain, at rest and as a sweep moves it; ``more`` are further casts of gates."""
        self.sweep = sweep
        gates = [self.forward_gates(), self.backward_gates(), self.forward_gates("moving ", bare=True), *more]
        pushes = [f"dL_d{name}" for name in self.network.nodes]
        self.chain = Chain(self.pen, [self.cast("net"), self.moving_cast()], gates, pushes)
        return self.chain

    def put(self, places: dict[str, Place]) -> None:
        """Draw the chain where a layout has put it."""
        self.chain.put(places, dict(self.clip.scales()))

    def stations(self, *under: Line | Need) -> Stations:
        """Return the chain as a box, what went forward over its dials where there is room, with lines under it."""
        made = (number(self.pen, name, height=LABEL, called=f"known {name}") for name in self.network.nodes)
        known = [or_nothing(each, "known") for each in made]
        self.known = [leaf.part for leaf in known if isinstance(leaf.part, Part)]
        return self.chain.stations(*under, over=known, cast=BACKWARD)

    def cast(self, when: str, radius: float | tuple[float, ...] = RADIUS) -> list[Part]:
        """Return the dials of all values, under names of their own; ``radius`` as of a dial."""
        return [self._called(dial(self.pen, name, radius=radius), f"{when} {name}") for name in self.network.nodes]

    def moving_cast(self) -> list[Part]:
        """Return the dials that follow the sweep, the answer and the loss with where they stood before."""
        names = self.network.nodes
        ghosts = {name: name for name in names[-2:]}
        own = "moving_dial" if "moving_dial" in self.pen.scales else "dial"
        made = [
            dial(self.pen, f"now_{n}", source=self.sweep[f"now_{n}"], ghost=ghosts.get(n), scale=own) for n in names
        ]
        return [self._called(part, f"moving dial {name}") for part, name in zip(made, names, strict=True)]

    def _called(self, part: Part, name: str) -> Part:
        part.name = name
        return self.part(part)

    def forward_gates(self, when: str = "", *, bare: bool = False) -> list[Part]:
        """Return the gates as values meet them: the weights, the functions, the loss; ``bare`` weights are names."""
        made = (gate(self.pen, n, self._said(n, bare), form="equation", called=f"{when}gate {n}") for n in self.slopes)
        return [self.part(each) for each in made]

    def _said(self, slope: str, bare: bool) -> Lettering | None:
        """Return what a gate says on the way forward; None is its number."""
        if slope == self.slopes[-1]:
            formula = self.pen.symbol("loss_formula", height=VALUE, colour="ink", align="left")
            return formula if fits_a_plate(formula) else self.pen.symbol(self.network.nodes[-1], height=VALUE)
        if slope not in self.network.weights:
            return self.pen.name("activation", height=VALUE, align="left")
        return self.pen.symbol(slope, height=VALUE, align="left") if bare else None

    def backward_gates(self) -> list[Part]:
        """Return the gates as a push meets them: each multiplies it by its slope; those of weights in their colour."""
        titles = [self._name_of(n) if self.names_stay else None for n in self.slopes]
        pairs = zip(self.slopes, titles, strict=True)
        return [self.part(gate(self.pen, n, title=title, called=f"back gate {n}")) for n, title in pairs]

    def _name_of(self, slope: str) -> Lettering:
        """Return what a gate is, small: the symbol of a weight or of the loss, the name of a function."""
        if slope == self.slopes[-1]:
            return self.pen.symbol(self.network.nodes[-1], height=LABEL)
        is_weight = slope in self.network.weights
        return self.pen.symbol(slope, height=LABEL) if is_weight else self.pen.name("activation", height=LABEL)

    def values_line(self) -> Line:
        """Return the values under their dials."""
        self.values = [self.part(number(self.pen, name)) for name in self.network.nodes]
        return on(*self.values)

    def products_line(self) -> Line:
        """Return under the gate of each weight the product that makes the value behind it."""
        self.multiplied = {i: self.product_at(i) for i in self.at_weights}
        made = {i: Column(Row(*product, gap=LABEL_GAP)) for i, product in self.multiplied.items()}
        return between(*map(made.get, range(len(self.slopes))))

    def moving_line(self) -> Line:
        """Return the values as the sweep moves them, with the room of both its ends; the first rests.

        What the loss was stands before it, where there is room.
        """
        first, *others = self.network.nodes
        ends = ([self.quantities[key].number for key in (n, f"new_{n}")] for n in others)
        pairs = zip(others, ends, strict=True)
        made = [live(self.pen, self.sweep[f"now_{n}"], moments, called=f"moving {n}") for n, moments in pairs]
        self.moving = [self.part(each) for each in (number(self.pen, first, called=f"resting {first}"), *made)]
        was, to = number(self.pen, others[-1], called="loss before"), sign(self.pen, "arrow.r", called="to the loss")
        self.before = [self.part(each) for each in (was, to)]
        *boxes, last = map(Column, self.moving)
        return on(*boxes, Either(Row(*self.before, last, gap=LABEL_GAP, anchor=2), last), levels=2)

    def pushes_line(self) -> Line:
        """Return the pushes under their dials, with their names or, where there is less room, alone.

        A push is the next one times the slope between them: with ≈, all of them, where what is shown does not say so.
        """
        pushes, steps = self.chain.pushes, zip(self.chain.pushes, self.slopes, self.chain.pushes[1:], strict=False)
        said: Form = "equation" if all(self.pen.equals(*step) == "equation" for step in steps) else "about"
        forms: list[tuple[str, list[Form]]] = [(n, [said, "number"]) for n in pushes[:-1]]
        made = ([number(self.pen, n, form=form, called=f"{i} {n}") for i, form in enumerate(each)] for n, each in forms)
        self.pushes = [[self.part(each) for each in pair] for pair in made]
        self.pushes.append([self.part(bracket(self.pen, self.chain.pushes[-1], "push"))])
        return on(*(Either(*pair, like="pushes") for pair in self.pushes))

    def graphs(self, run: str = "") -> list[Part]:
        """Return the graph under each gate, with its slope as a triangle; the last, read first, names its ``run``.

        Then the rise of each has its number.
        """
        pairs, measured = zip(pairwise(self.network.nodes), self.slopes, strict=True), bool(run)
        each = [Graph(self.pen, y, (x, y, s, f"{y}_curve_x", f"{y}_curve_y"), "", measured) for (x, y), s in pairs]
        made = (*each[:-1], replace(each[-1], run=run))
        self.graphs_drawn = [self.part(each.part) for each in made]
        return self.graphs_drawn

    def function_line(self) -> Line:
        """Return under the gate of the function its graph, with the point where it is used."""
        self.function = next(i for i, slope in enumerate(self.slopes) if slope not in self.network.weights)
        before, node = self.network.nodes[self.function : self.function + 2]
        names = (before, node, f"local_{node}", f"{node}_curve_x", f"{node}_curve_y")
        graph = self.part(Graph(self.pen, node, names, called=f"function {node}").at_point)
        self.graph_of_function = graph
        return between(*[None] * self.function, Hung(graph))

    def product_at(self, gate: int) -> list[Part]:
        """Return what goes into the gate of a weight, times the weight: small, as its value is written elsewhere."""
        name, weight = self.network.nodes[gate], self.slopes[gate]
        times = sign(self.pen, "times", height=LABEL, called=f"times at {weight}")
        made: list[tuple[str, Form]] = [(name, "number"), (weight, "operand")]
        one, other = (number(self.pen, n, height=LABEL, form=f, called=f"{n} at {weight}") for n, f in made)
        return [self.part(each) for each in (one, times, other)]
