"""The chain rule, measured and counted: one nudge runs through five numbers; multiplied from the back, one row does."""

from __future__ import annotations

from scenes.parts.page import (
    GROUP,
    LABEL,
    LOOSE,
    NEAR,
    ROWS,
    Column,
    Line,
    Row,
    Slot,
    Stack,
    Turns,
    amid,
    between,
    during,
    on,
)
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Pour, SweepTo, Unfold, Vanish
from scenes.parts.stage.network import BACKWARD, FORWARD, NetworkStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import LABEL as SMALL
from scenes.parts.theme import MOVE, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.letters import symbol, words
from scenes.parts.things.nudged import Nudged
from scenes.parts.things.part import shown_of
from scenes.parts.things.products import Products
from scenes.parts.things.rivals import rivals
from scenes.parts.things.slots import Slots

LIVE = 3  # the gates while the step shrinks: change out by change in
NUDGED = ("lines", "nudge", "ratios")
MULTIPLIED = ("equation", "ask")
PUSHED = ("back", "branch", "count")
BEATS = (*NUDGED, *MULTIPLIED, "front", *PUSHED)
SLOTS = ("out", "slope", "into")
COUNTED = ("here", "long", "net")


class ChainOfInfluence(NetworkStage):
    """The same products serve everyone, if multiplied from the back.

    Five numbers, each made from the one before, on number lines; x moves a little, and braces as wide as the changes
    open on all of them; change out by change in settles, as the step shrinks, to each gate's slope; the slopes fly into
    the slots of the chain rule; a question to the class; from the front each value begins its row of products anew; from
    the back each push is the one behind it times one slope, and one row serves all; each weight takes one number from
    it; last, how many multiplications both ways take. For one gradient there is no gain.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.lines()
        self.nudge()
        self.ratios()
        self.equation()
        self.ask("ask")
        self.multiply_from_the_front()
        self.multiply_from_the_back()
        self.branch()
        self.count()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the one page: the chain stays, and what is told of it takes turns under it."""
        self.nodes, step = self.network.nodes, self.clip.sweeps()["step"]
        sweep = Sweep(step.low, step.quantities)
        self.nudged = Nudged(self.pen, sweep, self.nodes, self.clip.influence.moments, "change")
        gates = [live or slope for live, slope in zip(self.nudged.gates, self.backward_gates(), strict=True)]
        chain = self.build(sweep, gates)
        told = Turns(
            self.nudged_lines(),
            Stack(self.formula_line(), beats=MULTIPLIED),
            self.products_lines(),
            Stack(
                self.pushes_line(), LOOSE, Turns(self.rule_line(), self.weights_line(), self.bars_line()), beats=PUSHED
            ),
        )
        self.put(self.lay_out({"chain": self.framed(chain.stations(ROWS, told), *BEATS, corner=self.corner())}))

    def corner(self) -> Item:
        """Return the legend: what half a turn of a dial stands for, and other names of the values."""
        self.legends = [words(self.pen, "half_turn", colour="quiet", align="right", most=1)]
        if self.clip.names != type(self.clip).model_fields["names"].default:
            self.legends.insert(0, symbol(self.pen, "same", height=SMALL, colour="quiet"))
        return Row(*self.legends, gap=GROUP)

    def nudged_lines(self) -> Stack:
        """Return the values under their dials, then how far each has moved; the number lines; and the fractions."""
        self.values_line()
        pairs = zip(self.values, self.nudged.changes, strict=True)
        numbers = (Slot(during(value, NUDGED[0]), during(Column(change), *NUDGED[1:])) for value, change in pairs)
        lines, fractions = on(*self.nudged.lines, gap=LABEL), between(*self.nudged.fractions)
        return Stack(on(*numbers), LABEL, lines, NEAR, fractions, beats=NUDGED)

    def formula_line(self) -> Line:
        """Return the chain rule as the books write it, from the loss back, with a slot for each slope."""
        whole, slopes = f"front_{self.nodes[0]}_{self.nodes[-1]}", [f"local_{n}" for n in reversed(self.nodes[1:])]
        heads = [symbol(self.pen, name, called=f"head {name}") for name in (whole, *slopes)]
        self.formula = Slots(self.pen, heads, (whole, self.slopes[::-1]))
        return amid(len(self.nodes), self.formula.box)

    def products_lines(self) -> Stack:
        """Return for each value its row of products, all multiplied anew."""
        starts, ends = self.nodes[:-1], [self.nodes[i + 2 :] for i in range(len(self.slopes))]
        each = zip(starts, self.slopes, ends, strict=True)
        rows = [[slope, *(f"front_{start}_{end}" for end in after)] for start, slope, after in each]
        self.products = Products(self.pen, starts, rows, self.chain.pushes[:-1])
        return Stack(self.products.lines, beats=["front"])

    def rule_line(self) -> Line:
        """Return the recurrence: what comes out is the slope times what comes in, gate after gate."""
        heads = [words(self.pen, key, colour="quiet", align="centre", most=1) for key in SLOTS]
        steps = zip(self.chain.pushes, self.slopes, self.chain.pushes[1:-1], strict=False)
        self.rule = Slots(self.pen, heads, *((out, (slope, into)) for out, slope, into in steps))
        return amid(len(self.nodes), during(self.rule.box, "back"))

    def weights_line(self) -> Line:
        """Return under the gate of each weight its gradient: what went in times what comes back."""
        self.weights: dict[int, Slots] = {}
        for i in (i for i, slope in enumerate(self.slopes) if slope in self.network.weights):
            told = f"dL_d{self.slopes[i]}", (self.nodes[i], self.chain.pushes[i + 1])
            heads = [symbol(self.pen, name, height=VALUE, called=f"weight {name}") for name in (told[0], *told[1])]
            self.weights[i] = Slots(self.pen, heads, told)
        boxes = (self.weights[i].box if i in self.weights else None for i in range(len(self.slopes)))
        return between(*(box and during(box, "branch") for box in boxes))

    def bars_line(self) -> Line:
        """Return pairs of bars: the work from the front, and that from the back."""
        self.bars = [rivals(self.pen, f"front_{of}", f"back_{of}", scale=f"work_{of}") for of in COUNTED]
        self.keys = [words(self.pen, key, colour=c) for key, c in (("one_by_one", "ink"), ("reused", "gradient"))]
        under = [words(self.pen, key, align="centre", most=1) for key in ("here", "row")]
        self.under = [*under, symbol(self.pen, "inputs", height=SMALL)]
        pairs = (Column(*pair, gap=LABEL, anchor=0, align="origin") for pair in zip(self.bars, self.under, strict=True))
        return amid(len(self.nodes), during(Column(Row(*self.keys, gap=GROUP), NEAR, Row(*pairs, gap=GROUP)), "count"))

    # -- the beats ----------------------------------------------------------------------------------------------------

    def lines(self) -> None:
        """Show five numbers, each made from the one before, on their dials and on number lines."""
        chain, still = self.chain, [part.shown[:-2] for part in self.nudged.lines]
        with self.beat("lines"):
            gates = [*self.wires, *chain.posts[FORWARD], *shown_of(*chain.gates[FORWARD])]
            self.play(Appear(*shown_of(self.head, *self.legends), *gates), Unfold(*shown_of(*chain.dials[0])))
            self.play(*map(self.out_of_dial, range(len(self.nodes))))
            self.play(Appear(*(shown for each in still for shown in each)))

    def nudge(self) -> None:
        """Move x a little: a brace opens on every line, as wide as the change."""
        lines = self.nudged.lines
        still, moving = [part.shown[-3] for part in lines], [s for part in lines for s in part.shown[-2:]]
        with self.beat("nudge"):
            self.play(Vanish(*still, *shown_of(*self.values)), Appear(*moving, *shown_of(*self.nudged.changes)))
            self.play(SweepTo(self.sweep, self.clip.step, run_time=self.clip.step_seconds, steady=False))
        self.leave(*shown_of(*self.nudged.changes[1:]))

    def ratios(self) -> None:
        """Let pairs of braces be fractions; the step shrinks, and each fraction settles to a slope."""
        lines, fractions = self.nudged.lines, self.nudged.fractions
        braces, old = zip(*self.nudged.braces(), strict=True)
        found = [(part.shown[-1], f.shown[-2]) for part, f in zip(self.nudged.gates, fractions, strict=True) if part]
        with self.beat("ratios"):
            bars = (shown for part in fractions for shown in part.shown[:-2])
            self.play(*self.swap(FORWARD, LIVE, *(number for number, _ in found)), Appear(*bars))
            self.play(Travel(*braces, from_=old, copy=True))
            for number, brace in found:
                self.play(Travel(number, from_=brace))
            self.play(SweepTo(self.sweep, self.clip.smallest, run_time=self.clip.step_seconds, steady=False))
            self.play(*self.swap(LIVE, BACKWARD))
        gone = (shown for part in lines for shown in (*part.shown[:-3], *part.shown[-2:]))
        self.leave(*gone, *shown_of(*fractions, self.nudged.changes[0]))

    def swap(self, old: int, new: int, *later: Shown) -> tuple[Vanish, Appear]:
        """Return the motions that replace gates by other ones in their places; some of it comes later."""
        chain = self.chain
        going, coming = (
            [
                s
                for i, part in enumerate(chain.gates[at])
                if part is not chain.gates[other][i]
                for s in (chain.posts[at][i], *part.shown)
            ]
            for at, other in ((old, new), (new, old))
        )
        return Vanish(*going), Appear(*(s for s in coming if s not in later))

    @property
    def slopes_shown(self) -> list[Shown]:
        """The slopes on the plates, first to last."""
        return [part.shown[-1] for part in self.chain.gates[BACKWARD]]

    def equation(self) -> None:
        """Let each slope fly from its gate into its slot."""
        (filled,) = self.formula.filled
        with self.beat("equation"):
            self.play(Appear(*self.formula.named))
            self.play(Travel(*filled.factors, from_=self.slopes_shown[::-1], copy=True, lag=0.5, run_time=2 * MOVE))
            self.play(Appear(*shown_of(*filled.signs, filled.result)))

    def multiply_from_the_front(self) -> None:
        """Multiply for each value anew, from its own gate to L."""
        self.leave(*self.formula.named, *self.formula.filled[0].shown)
        with self.beat("front"):
            for i, slope in enumerate(self.slopes_shown):
                start, first, products = self.products.row(i)
                self.play(Appear(*start), Travel(first, from_=slope, copy=True))
                self.play(Appear(*products, lag=0.3, run_time=MOVE))
        self.leave(*self.products.shown)

    def multiply_from_the_back(self) -> None:
        """Pour a push of 1 back from L: what comes into a gate, times its slope, comes out, and goes into the next."""
        pushes, ribbons, before = self.pushes, self.chain.ribbons, None
        over = shown_of(*self.chain.dials[0])
        with self.beat("back"):
            self.play(Appear(*self.placed(pushes[-1])), Pour(ribbons[-1], under=over))
            self.play(Travel(*self.placed(pushes[-2]), from_=ribbons[-1]), Appear(*self.rule.named))
            for i, filled in reversed(list(enumerate(self.rule.filled))):
                slope, into = filled.factors
                come = Travel(slope, from_=self.slopes_shown[i], copy=True)
                if before is None:
                    self.play(come, Travel(into, from_=self.placed(pushes[i + 1])[0], copy=True))
                else:
                    gone = shown_of(*before.factors, *before.signs)
                    self.play(Vanish(*gone), come, Travel(into, from_=before.result))
                self.play(Pour(ribbons[i], under=over), Appear(*shown_of(*filled.signs, filled.result)))
                self.play(Travel(*self.placed(pushes[i]), from_=filled.result, copy=True))
                before = filled
        self.leave(*self.rule.named, *self.rule.filled[0].shown)

    def branch(self) -> None:
        """Let each weight take what went in from the way forward, and what comes back from the row."""
        with self.beat("branch"):
            for i, slots in reversed(self.weights.items()):
                (filled,), dial = slots.filled, self.chain.dials[0][i].shown[0]
                value, push = filled.factors
                self.play(Appear(*slots.named))
                taken = Travel(push, from_=self.placed(self.pushes[i + 1])[0], copy=True)
                self.play(Travel(value, from_=dial), taken)
                self.play(Appear(*shown_of(*filled.signs, filled.result)))
        self.leave(*(shown for slots in self.weights.values() for shown in (*slots.named, *slots.filled[0].shown)))

    def count(self) -> None:
        """Compare how many multiplications both ways take: in this chain, in a long one, in a network."""
        with self.beat("count"):
            self.play(Appear(*shown_of(*self.keys)))
            for bars, under in zip(self.bars, self.under, strict=True):
                line, one, other, *numbers = bars.shown
                self.play(Appear(line, *under.shown), Unfold(one, other))
                self.play(Travel(*numbers, from_=[one, other]))


__getattr__, __dir__ = offer_clips(ChainOfInfluence)
