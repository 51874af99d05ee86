"""What all gradients cost: one by one and in one sweep from the back, in a long chain and in a network of layers."""

from __future__ import annotations

from scenes.parts.page import GROUP, LABEL, LOOSE, NEAR, Column, Pad, Row, Slot, Stations, amid, during
from scenes.parts.page.boxes import Box
from scenes.parts.recipe.quantity import Role
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Unfold
from scenes.parts.stage.paged import PagedStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import MOVE, NAME
from scenes.parts.things.layered import Layered
from scenes.parts.things.letters import number, sign, words
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.rivals import Rivals
from scenes.parts.things.row_bars import RowBars
from scenes.parts.things.sums import Added, divided, multiplied

LONG, CLAIM, WAYS = ("chain", "front", "back"), "claim", ("front", "back")
NET = LAYERS, WIRES, ASK, INPUTS, SWEEP = "layers", "wires", "ask", "inputs", "sweep"


class OneSweep(PagedStage):
    """One sweep from the back gives every gradient; the more inputs, the more it spares, up to a limit.

    A long row of slopes and a question to the class: over each slope a bar for what is multiplied from there to the
    end, and beside them one bar for the sweep from the back. Then a network of layers: its wires are counted; another
    question; what one input takes, times all inputs; what the sweep takes, bundle by bundle; last, by how much it
    spares: in the row, and in the network for one input and for all.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.tell_row()
        self.count_wires()
        self.count_inputs()
        self.sweep_back()
        self.compare()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the page of the long chain, that of the network, and that of the answer."""
        bundles, pen = self.clip.bundles, self.pen
        widths, wires = ([f"{of}_{i}" for i in bundles] for of in ("width", "wires"))
        self.net = net = Layered(pen, [*widths, "loss"], wires)
        self.one = Added(pen, wires[1:], "each_input", "one input")
        self.all = multiplied(pen, (widths[0], "each_input"), "front_net")
        self.swept = Added(pen, wires[-2::-1], "back_net", "sweep")
        self.only = Added(pen, [*wires[-2:0:-1], widths[1]], "back_one", "sweep of one")
        keys = {"one": "one_input", "all": "all_inputs", "swept": "once", "only": "one_input"}
        self.means = [words(pen, key, colour="quiet", most=1, called=f"means {of}") for of, key in keys.items()]
        sums = (self.one.row, Row(*self.all, gap=LABEL), self.swept.row, self.only.row)
        one, every, swept, only = (Row(line, NEAR, said) for line, said in zip(sums, self.means, strict=True))
        told = Slot(during(Column(one, every, gap=LOOSE), INPUTS), during(Column(swept, only, gap=LOOSE), SWEEP))
        over, layers, under = net.lines
        body = Stations(over, LABEL, layers, LABEL, under, LOOSE, amid(len(net.columns), told), anchor=1)
        named = {"gain_long": "row_bar", "gain_one": "one_bar", "gain_net": "net_bar", "gain_most": "most_bar"}
        pairs = [(f"front_{of}", f"back_{of}") for of in ("long", "one", "net")] + [("each_input", widths[1])]
        gains = [divided(pen, gain, *pair) for gain, pair in zip(named, pairs, strict=True)]
        self.rivals = Rivals(pen, [*named.items()], "gain", gains)
        pages = {"long": self.framed(self.long_row(), *LONG), "net": self.framed(body, *NET)}
        self.lay_out({**pages, "claim": self.framed(self.rivals.box, CLAIM)})
        self.quiet, self.lit = ([net.bundle(i, role) for i in bundles] for role in ("edge", "gradient"))
        self.own = net.bundle(0, "edge", first=True)

    def long_row(self) -> Box:
        """Return the bars of the long chain and that of the sweep, under both their names, and what they add up to."""
        rows = [f"row_{i}" for i in reversed(range(1, self.clip.long))]
        self.rows = RowBars(self.pen, "rows", rows, "row", end="loss", says="slope")
        self.row = RowBars(self.pen, "row", ["back_long"], "row", most=len(rows))
        self.totals = [self.total(0, "ink"), self.total(1, "gradient")]
        boxes = (
            Column(bars.part, LABEL, name, LABEL, Row(*added, gap=LABEL), anchor=0)
            for bars, (name, *added) in zip((self.rows, self.row), self.totals, strict=True)
        )
        return Column(Pad(Row(*boxes, gap=GROUP), grow=True))

    def total(self, i: int, role: Role) -> list[Part]:
        """Return under bars what they are, and what they add up to: words, a sign, and a number."""
        way = WAYS[i]
        said = [words(self.pen, each, colour=role, align="centre", most=1) for each in (f"{way}_key", f"sums.{i}")]
        equals = sign(self.pen, "=", called=f"equals {way}")
        return [*said, equals, number(self.pen, f"{way}_long", height=NAME, called=f"total {way}")]

    # -- the beats ----------------------------------------------------------------------------------------------------

    def tell_row(self) -> None:
        """Show the row of slopes, with a question; a bar over each, and the one of the sweep beside them."""
        rows, row = self.rows, self.row
        white, amber = (shown_of(*total) for total in self.totals)
        self.wonder(LONG[0], Appear(*self.head.shown, *rows.wire, *rows.marked))
        self.leave(*rows.marked)
        with self.beat(LONG[1]):
            self.play(Unfold(*rows.bars, lag=0.1, run_time=3 * MOVE))
            self.play(Appear(*rows.ends))
            self.play(Appear(*white, lag=0.3, run_time=MOVE))
        with self.beat(LONG[2]):
            self.play(self.unlit(*rows.bars, *rows.ends))
            self.play(Unfold(*row.bars))
            self.play(Appear(*row.ends, *amber, lag=0.3, run_time=MOVE))
        self.keep_only()

    def count_wires(self) -> None:
        """Show the network, and count its wires, bundle by bundle; then ask how much there is to gain."""
        net = self.net
        with self.beat(LAYERS):
            self.play(Appear(*net.layers))
            self.play(Appear(*self.quiet, under=shown_of(*net.columns), lag=0.3, run_time=2 * MOVE))
        with self.beat(WIRES):
            for i, factors in enumerate(net.factors):
                one, times, other = shown_of(*factors)
                self.play(Travel(one, other, from_=shown_of(*net.counts[i : i + 2]), copy=True), Appear(times))
                self.play(Appear(*net.wires[i].shown))
            self.play(Appear(*net.wires[-1].shown))
        self.wonder(ASK)

    def count_inputs(self) -> None:
        """Multiply on from one input, over every bundle behind its own, and then for all inputs."""
        net = self.net
        own = [self.quiet[0], *shown_of(*net.factors[0], net.wires[0])]
        rest = [shown for factors in net.factors[1:] for shown in shown_of(*factors)]
        with self.beat(INPUTS):
            self.play(self.unlit(*own, *rest), Appear(self.own, under=shown_of(*net.columns)))
            self.gather(self.one.terms, shown_of(*net.wires[1:]))
            self.play(Appear(*self.one.terms[-1], *self.means[0].shown))
            width, times, each, equals, total = shown_of(*self.all)
            self.play(Travel(width, each, from_=[*net.counts[0].shown, self.one.shown[-1]], copy=True), Appear(times))
            self.play(Appear(equals, total, *self.means[1].shown))
        self.leave(self.own, *self.one.shown, *shown_of(*self.all, *self.means[:2]))
        self.turn(self.unlit(*own, *rest, back=True))

    def sweep_back(self) -> None:
        """Go back from the loss: each bundle lights up, and its wires come down into the sum; then for one input."""
        net, over = self.net, shown_of(*self.net.columns)
        *_, loss = self.lit
        with self.beat(SWEEP):
            self.play(Appear(loss, under=over))
            for bundle, wires, term in zip(self.lit[-2::-1], net.wires[-2::-1], self.swept.terms, strict=False):
                self.play(Appear(bundle, under=over))
                self.gather([term], wires.shown)
            self.play(Appear(*self.swept.terms[-1], *self.means[2].shown))
            self.gather(self.only.terms, shown_of(*net.wires[-2:0:-1], net.counts[1]))
            self.play(Appear(*self.only.terms[-1], *self.means[3].shown))
        self.keep_only()

    def compare(self) -> None:
        """Set the gain in the network, for one input and for all, beside that in the row."""
        with self.beat(CLAIM):
            for part, said in zip(self.rivals.bars, self.rivals.said, strict=True):
                line, bar, gain = part.shown
                self.play(Appear(line, *said), Unfold(bar))
                self.play(Travel(gain, from_=bar))


__getattr__, __dir__ = offer_clips(OneSweep)
