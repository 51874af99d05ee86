"""A stage for a chain of gates with a loss: its dials, gates and ribbons, and how values and pushes go along it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import pairwise
from typing import ClassVar, Final

from scenes.parts.page import LABEL as LABEL_GAP
from scenes.parts.page import Box, Column, Either, Hung, Leaf, Line, Need, Place, Row, Stations, between, on
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.settings.network import Network
from scenes.parts.stage.motions import Appear, Dim, Pour, Recolour, Unfold, Vanish
from scenes.parts.stage.paged import PagedStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import CARD, LABEL, VALUE
from scenes.parts.things.area import Area, spanned
from scenes.parts.things.base import Shown
from scenes.parts.things.bracket import bracket
from scenes.parts.things.chain import Chain
from scenes.parts.things.decor import Decor
from scenes.parts.things.dial import RADIUS, dial
from scenes.parts.things.gate import fits_a_plate, gate, named_over, posts
from scenes.parts.things.graph import Graph, Layers
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import live, number, sign, symbol, words
from scenes.parts.things.listing import Listing
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.readout import Form, Readout
from scenes.parts.things.wire import leader, wire

__all__ = ["BACKWARD", "FORWARD", "MOVING", "NetworkStage"]

FORWARD, BACKWARD, MOVING = range(3)
"""Gates as values meet them, as a push does, and while the weights move; dials at rest stand in the first cast."""

_NEAR: Final = 0.12  # a leader ends so near the point that it leads to


class NetworkStage(PagedStage):
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

    # -- what a page shows --------------------------------------------------------------------------------------------

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
        made = [dial(self.pen, f"now_{n}", source=self.sweep[f"now_{n}"], ghost=ghosts.get(n)) for n in names]
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

    # -- how it moves -------------------------------------------------------------------------------------------------

    def show_card(self, beat: str, *, asking: bool) -> list[Shown]:
        """Show the opening card, and return what joins its dials; where it is ``asking``, the class has time to think.

        Its title glides into the running head when the next beat begins.
        """
        bare = [*wire(self.theme, *self.opening), *posts(self.theme, self.opening[0], *self.asked)]
        bare += shown_of(*self.asked, *self.stated)
        come = Appear(*self.name_of_clip.shown), Appear(*bare, *shown_of(*self.opening))
        if asking:
            self.wonder(beat, *come)
        else:
            with self.beat(beat):
                self.play(*come)
        self.turn(Travel(self.head, from_=self.name_of_clip))
        return bare

    def open(self, beat: str, *, asking: bool = False) -> None:
        """Show the opening card; its title glides into the running head, its first dial into the network, if any."""
        (first, *others), bare = self.opening, self.show_card(beat, asking=asking)
        in_network = self.chain.dials[0][0]
        if in_network.place:
            self.turn(Travel(in_network, from_=first))
        self.leave(*bare, *shown_of(*(others if in_network.place else self.opening)))

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

    def go_forward(self, *gates: int) -> None:
        """Let each dial turn to its value at some gates, whose posts stand, one by one.

        The graph of the function says where its value is from.
        """
        chain = self.chain
        for i in gates:
            if i == 0:
                self.play(self.out_of_dial(0))
            self.play(Appear(*chain.gates[FORWARD][i].shown))
            if i == self.function:
                self.play(Appear(*self.graph_of_function.shown))
            elif i in self.multiplied:
                self.play(Appear(*shown_of(*self.multiplied[i])))
            self.play(Unfold(*chain.dials[0][i + 1].shown))
            self.play(self.out_of_dial(i + 1))

    def out_of_dial(self, i: int) -> Travel:
        """Return the motion of a value's number out of its dial."""
        return Travel(self.values[i], from_=self.chain.dials[0][i].shown[0])

    def run(self, listing: Listing) -> None:
        """Let lines of code light up in the order in which they run, and give their numbers."""
        self.play(Appear(*listing.note, *(shown for line, _ in listing.lines for shown in line)))
        for line, made in listing.lines:
            self.play(Recolour(*line, colour=self.theme.colour("ink")))
            self.play(Appear(*made))

    def turn_back(self) -> None:
        """Let what went forward leave when the next beat begins, but for dials and, where there is room, values."""
        chain = self.chain
        self.leave(*chain.posts[FORWARD], *shown_of(*chain.gates[FORWARD]), *self.wires)
        self.leave(*(s for new, old in zip(self.known, self.values, strict=True) if not new.shown for s in old.shown))

    def begin_back(self) -> None:
        """Let a push of 1 stand at the end, and what is known over the dials; of the gates only posts and names."""
        pairs = [(new, old) for new, old in zip(self.known, self.values, strict=True) if new.shown]
        dials = shown_of(*self.chain.dials[0])
        names = [shown for part in self.chain.gates[BACKWARD] for shown in named_over(part)]
        posts = Appear(*self.chain.posts[BACKWARD], *names, under=dials)
        self.play(posts, *(Travel(new, from_=old) for new, old in pairs))
        self.play(Appear(*self.placed(self.pushes[-1])))
        self.leaders = [self.leader_to(i) for i in range(len(self.slopes))]

    def flow_back(self, *gates: int, told: Sequence[int] = ()) -> None:
        """Let the push flow back at some gates: its slope is read off the graph, and the ribbon goes on.

        The graphs of those ``told`` before go out of focus, but for one that lets nothing through: it is the reason.
        """
        chain, dials = self.chain, shown_of(*self.chain.dials[0])
        done = [self.graphs_drawn[i] for i in told if self.quantities[self.slopes[i]].number]
        before = [self.unlit(*shown_of(*done))] if done else []
        for i in gates:
            graph, (plate, *names, _) = Layers.of(self.graphs_drawn[i]), self.chain.gates[BACKWARD][i].shown
            said = [shown for shown in graph.axes if isinstance(shown, Readout)]
            axes = (shown for shown in graph.axes if shown not in said)
            plated = [plate, *(name for name in names if name not in self.standing)]
            self.play(Appear(*axes, graph.curve, graph.dot, self.leaders[i], *plated), *before)
            before = []
            self.play(*self.opened(graph))
            self.play(Travel(self.slopes_shown[i], from_=graph.rise))
            for measured in said:
                self.play(Travel(measured, from_=graph.rise))
            self.play(Pour(chain.ribbons[i], under=dials))
            self.play(Travel(*self.placed(self.pushes[i]), from_=chain.ribbons[i]))

    def leader_to(self, i: int) -> Decor:
        """Return the leader from the foot of a gate's post to the point of its graph."""
        post, (*_, rise, dot) = self.chain.posts[BACKWARD][i], self.graphs_drawn[i].shown
        pieces = [piece.points for piece in (dot.submobjects[0], rise.submobjects[-1]) if len(piece.points)]
        x, low = float(post.origin[0]), float(post.origin[1]) - post.sizes["down"]
        return leader(self.theme, (x, low), (x, max(float(points[:, 1].max()) for points in pieces) + _NEAR))

    def span(self, part: Part, gate: int) -> None:
        """Let what went in at a gate, and what comes back there, open an area, then write what they multiply to."""
        itself, back, product = spanned(part)
        over = itself[-1]
        known, push = self.known[gate].shown, self.placed(self.pushes[gate + 1])
        stands = all(each in self.standing for each in known)  # else what went in comes out of its dial
        goes_in = [*known] if stands else self.chain.dials[0][gate].shown[:1]
        comes = [*((over, one, stands) for one in goes_in), *((one, push[0], True) for one in back)]
        still = [shown for shown in itself if shown not in [thing for thing, *_ in comes]]
        self.play(*(Travel(thing, from_=from_, copy=copy) for thing, from_, copy in comes))
        self.play(Unfold(*still), Appear(*product[:-1]))
        self.play(Travel(product[-1], from_=next(shown for shown in still if isinstance(shown, Area))))

    def focus(self, *gates: int) -> list[Shown]:
        """Return what of all that flows back lies at other gates, with the values that do not go into these."""
        found = self.gates_beside(*gates)
        found += shown_of(*(part for i, part in enumerate(self.known) if i not in gates))
        return found + [
            shown for i in range(len(self.slopes)) if i - 1 not in gates for shown in self.placed(self.pushes[i])
        ]

    def look_at(self, *gates: int) -> tuple[Dim, Dim]:
        """Return the motions that put all that flows back out of focus, and what lies at some gates into it."""
        rest = self.focus(*gates)
        here = [shown for shown in (*self.flowing, *shown_of(*self.known)) if shown not in rest]
        return self.unlit(*rest), self.unlit(*here, back=True)

    def flow_again(self) -> None:
        """Let all that flows back come once more, at once."""
        chain, dials = self.chain, shown_of(*self.chain.dials[0])
        self.play(Appear(*chain.posts[BACKWARD], *shown_of(*chain.gates[BACKWARD]), under=dials))
        self.play(Appear(*self.placed(self.pushes[-1])), Pour(*reversed(chain.ribbons), under=dials, lag=0.5))
        self.play(Travel(*self.numbers_of_pushes, from_=chain.ribbons))

    def swap(self, old: int, new: int, *later: Shown) -> tuple[Vanish, Appear]:
        """Return the motions that put other gates, posts and all, in the places of some, without what comes later."""
        gone, come = map(self.passing, (old, new))
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
    def at_weights(self) -> list[int]:
        """The gates that are weights."""
        return [i for i, slope in enumerate(self.slopes) if slope in self.network.weights]

    def gates_beside(self, *gates: int, cast: int = BACKWARD) -> list[Shown]:
        """Return the other gates of a cast, as `gates_at` does."""
        return self.gates_at(*(i for i in range(len(self.slopes)) if i not in gates), cast=cast)

    def gates_at(self, *gates: int, cast: int = BACKWARD) -> list[Shown]:
        """Return gates of a cast with their posts, those that a push meets with their ribbons."""
        chain = self.chain
        ribbons = [chain.ribbons[i] for i in gates] if cast == BACKWARD else []
        return [*(chain.posts[cast][i] for i in gates), *shown_of(*(chain.gates[cast][i] for i in gates)), *ribbons]

    def passing(self, cast: int) -> list[Shown]:
        """Return the gates of a cast, with their posts under them."""
        return [*self.chain.posts[cast], *shown_of(*self.chain.gates[cast])]

    @property
    def carrying(self) -> list[Shown]:
        """What carries values forward while something moves: wires, posts and gates."""
        chain = self.chain
        return [*self.wires, *chain.posts[MOVING], *shown_of(*chain.gates[MOVING])]

    @property
    def wires(self) -> list[Shown]:
        """The wires between the dials."""
        return [shown for line in self.chain.edges for shown in line]
