"""A stage for a chain of gates with a loss: its dials, gates and ribbons, and how values and pushes go along it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from scenes.parts.page import LINES, Box, Column, Either, Line, Place, Stations, on
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.settings.network import Network
from scenes.parts.stage.motions import Appear, Pour, Recolour, Unfold, Vanish
from scenes.parts.stage.paged import PagedStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import CARD, CODE, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.bracket import bracket
from scenes.parts.things.chain import Chain
from scenes.parts.things.dial import dial
from scenes.parts.things.gate import fits_a_plate, gate
from scenes.parts.things.graph import Graph
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import live, number, words
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.readout import Form
from scenes.parts.things.wire import wire

__all__ = ["BACKWARD", "FORWARD", "MOVING", "NetworkStage"]

FORWARD, BACKWARD, MOVING = range(3)
"""Gates as values meet them, as a push does, and while the weights move; dials at rest stand in the first cast."""

_FORMS: Final[tuple[Form, ...]] = ("equation", "number")


class NetworkStage(PagedStage):
    """A clip about one network at its own numbers; its settings say it as ``network``.

    Attributes
    ----------
    chain
        Dials, gates, wires and ribbons, of every cast.
    sweep
        What moves them.
    """

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

    # -- what a page shows --------------------------------------------------------------------------------------------

    def card(self, beat: str) -> Box:
        """Return the opening card: the title, the question, and the bare chain."""
        self.opening = self.cast("card")
        self.name_of_clip = self.part(
            words(self.pen, "title", height=CARD, style="bold", called="words title of the card")
        )
        said = Column(self.name_of_clip, self.sentence_of(beat, align="left"), align="left")
        return Column(said, Stations(on(*self.opening)))

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

    def cast(self, when: str) -> list[Part]:
        """Return the dials of all values, under names of their own."""
        return [self._called(dial(self.pen, name), f"{when} {name}") for name in self.network.nodes]

    def moving_cast(self) -> list[Part]:
        """Return the dials that follow the sweep, each with where it stood before."""
        names = self.network.nodes
        made = [dial(self.pen, f"now_{name}", source=self.sweep[f"now_{name}"], ghost=name) for name in names]
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
        return [self.part(gate(self.pen, name, called=f"back gate {name}")) for name in self.slopes]

    def values_line(self) -> Line:
        """Return the values under their dials."""
        self.values = [self.part(number(self.pen, name)) for name in self.network.nodes]
        return on(*self.values)

    def moving_line(self) -> Line:
        """Return the values under their dials as the sweep moves them, with the room of both its ends."""
        known = self.quantities
        ends = ([known[key].number for key in (n, f"new_{n}") if key in known] for n in self.network.nodes)
        pairs = zip(self.network.nodes, ends, strict=True)
        made = [live(self.pen, self.sweep[f"now_{n}"], moments, called=f"moving {n}") for n, moments in pairs]
        self.moving = [self.part(each) for each in made]
        return on(*map(Column, self.moving))

    def pushes_line(self) -> Line:
        """Return the pushes under their dials, with their names or, where there is less room, alone."""
        made = ([number(self.pen, n, form=f, called=f"{f} {n}") for f in _FORMS] for n in self.chain.pushes[:-1])
        self.pushes = [[self.part(each) for each in pair] for pair in made]
        self.pushes.append([self.part(bracket(self.pen, self.chain.pushes[-1], "push"))])
        return on(*(Either(*pair, like="pushes") for pair in self.pushes))

    def graphs(self) -> list[Part]:
        """Return the graph under each gate, with its slope as a triangle."""
        pairs = zip(pairwise(self.network.nodes), self.slopes, strict=True)
        made = (Graph(self.pen, y, (x, y, slope, f"{y}_curve_x", f"{y}_curve_y")) for (x, y), slope in pairs)
        self.graphs_drawn = [self.part(each.part) for each in made]
        return self.graphs_drawn

    def lines_of_code(self, start: int, stop: int) -> Item:
        """Return some lines of the code, as one block."""
        made = (
            words(self.pen, f"code.{i}", height=CODE, style="code", most=1, colour="quiet") for i in range(start, stop)
        )
        return Column(Column(*map(self.part, made), gap=LINES, align="left"))

    def code(self, *lines: int) -> list[Part]:
        """Return lines of the code that stand on a page."""
        return [self[f"words code.{i}"] for i in lines]

    # -- how it moves -------------------------------------------------------------------------------------------------

    def open(self, beat: str) -> None:
        """Show the opening card; its title glides into the running head, its first dial into the network."""
        (first, *others), bare = self.opening, wire(self.theme, *self.opening)
        with self.beat(beat):
            self.play(Appear(*self.name_of_clip.shown), Appear(*bare, *shown_of(*self.opening)))
        self.turn(Travel(self.head, from_=self.name_of_clip), Travel(self.chain.dials[0][0], from_=first))
        self.leave(*bare, *shown_of(*others))

    def go_forward(self, lit: Sequence[int]) -> None:
        """Let each dial turn to its value, gate after gate; at each gate a line of code runs."""
        chain, lines = self.chain, sorted(set(lit))
        self.play(self.out_of_dial(0))
        for i, line in enumerate(chain.edges):
            self.play(
                Appear(*line, chain.posts[FORWARD][i], *chain.gates[FORWARD][i].shown), *self.light(lit[i], *lines)
            )
            self.play(Unfold(*chain.dials[0][i + 1].shown))
            self.play(self.out_of_dial(i + 1))

    def out_of_dial(self, i: int) -> Travel:
        """Return the motion of a value's number out of its dial."""
        return Travel(self.values[i], from_=self.chain.dials[0][i].shown[0])

    def light(self, live: int, *lines: int) -> list[Recolour]:
        """Return the motions that light the line of code that runs now, among others."""
        quiet, ink = self.theme.colour("quiet"), self.theme.colour("ink")
        return [Recolour(*self.code(i)[0].shown, colour=ink if i == live else quiet) for i in lines]

    def flow_back(self) -> None:
        """Let a push of 1 flow back: at each gate its slope is read off the graph, and the ribbon goes on."""
        chain, dials = self.chain, shown_of(*self.chain.dials[0])
        self.play(Appear(*self.placed(self.pushes[-1])))
        for i in reversed(range(len(self.slopes))):
            *axes, shade, curve, rise, dot = self.graphs_drawn[i].shown
            self.play(Appear(*axes, curve, dot))
            self.play(Unfold(shade, under=[curve, dot]), Unfold(rise, under=[dot]))
            (old, gone), (new, plate) = ((chain.posts[way][i], chain.gates[way][i].shown) for way in range(2))
            *body, slope = plate
            self.play(Vanish(old, *gone), Appear(new, under=dials), Appear(*body))
            self.play(Travel(slope, from_=rise))
            self.play(Pour(chain.ribbons[i], under=dials))
            self.play(Travel(*self.placed(self.pushes[i]), from_=chain.ribbons[i]))

    def flow_again(self) -> None:
        """Let all that flows back come once more, at once."""
        chain, dials = self.chain, shown_of(*self.chain.dials[0])
        self.play(Appear(*chain.posts[BACKWARD], *shown_of(*chain.gates[BACKWARD]), under=dials))
        self.play(Appear(*self.placed(self.pushes[-1])), Pour(*reversed(chain.ribbons), under=dials, lag=0.5))
        self.play(Travel(*self.numbers_of_pushes, from_=chain.ribbons))

    def swap(self, old: int, new: int, *later: Shown) -> tuple[Vanish, Appear]:
        """Return the motions that put other gates, posts and all, in the places of some, without what comes later."""
        gone, come = ([*self.chain.posts[cast], *shown_of(*self.chain.gates[cast])] for cast in (old, new))
        return Vanish(*gone), Appear(*(shown for shown in come if shown not in later))

    @property
    def slopes_shown(self) -> list[Shown]:
        """The slopes on the plates that a push meets, first to last."""
        return [part.shown[-1] for part in self.chain.gates[BACKWARD]]

    def placed(self, forms: Sequence[Part]) -> Sequence[Shown]:
        """Return what is drawn of the form that had room."""
        return next(part.shown for part in forms if part.place)

    @property
    def numbers_of_pushes(self) -> list[Shown]:
        """The numbers of the pushes, in the form that had room, first to last."""
        return [shown for forms in self.pushes[:-1] for shown in self.placed(forms)]

    @property
    def flowing(self) -> list[Shown]:
        """What flows back: the gates that it meets, the ribbons, and its numbers."""
        chain, unit = self.chain, self.placed(self.pushes[-1])
        gates = [*chain.posts[BACKWARD], *shown_of(*chain.gates[BACKWARD])]
        return [*gates, *chain.ribbons, *self.numbers_of_pushes, *unit]

    @property
    def carrying(self) -> list[Shown]:
        """What carries values forward while something moves: wires, posts and gates."""
        chain = self.chain
        return [*self.wires, *chain.posts[MOVING], *shown_of(*chain.gates[MOVING])]

    @property
    def wires(self) -> list[Shown]:
        """The wires between the dials."""
        return [shown for line in self.chain.edges for shown in line]
