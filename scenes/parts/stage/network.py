"""How values and pushes go along a chain of gates with a loss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from scenes.parts.stage.motions import Appear, Dim, Pour, Recolour, Unfold, Vanish
from scenes.parts.stage.network_page import BACKWARD, FORWARD, MOVING, NetworkPage
from scenes.parts.stage.travel import Travel
from scenes.parts.things.area import Area, spanned
from scenes.parts.things.base import Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.gate import named_over, posts
from scenes.parts.things.graph import Layers
from scenes.parts.things.listing import Listing
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.readout import Readout
from scenes.parts.things.wire import leader, wire

__all__ = ["NetworkStage"]

_NEAR: Final = 0.12  # a leader ends so near the point that it leads to


class NetworkStage(NetworkPage):
    """A clip about one network at its own numbers, told forward and back."""

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
            graph, (plate, *names, _) = Layers.of(self.graphs_drawn[i].shown), self.chain.gates[BACKWARD][i].shown
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
