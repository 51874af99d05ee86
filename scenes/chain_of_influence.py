"""The chain rule, measured and counted: one nudge runs through five numbers; multiplied from the back, one row does."""

from __future__ import annotations

from scenes.parts.page import GROUP, LOOSE, Row, Stack, Turns, amid, during
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Pour, SweepTo, Unfold, Vanish
from scenes.parts.stage.network import BACKWARD, FORWARD, NetworkStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import MOVE, VALUE
from scenes.parts.things.chain_rule import ChainRule
from scenes.parts.things.letters import symbol, words
from scenes.parts.things.nudged import Nudged
from scenes.parts.things.part import shown_of
from scenes.parts.things.rivals import Rivals

LIVE = 3  # the gates while the step shrinks: change out by change in
NUDGED, MULTIPLIED, FRONT = ("lines", "nudge", "ratios"), ("equation", "ask"), "front"
PUSHED = BACK, BRANCH, COUNT = ("back", "branch", "count")
RULE, KEYS = ("out", "slope", "into"), ("front_key", "back_key")


class ChainOfInfluence(NetworkStage):
    """The same products serve everyone, if multiplied from the back.

    Five numbers, each made from the one before; x moves a little, and braces as wide as the changes open on all of
    them; change out by change in settles to each gate's slope; the slopes fly into the slots of the chain rule; a
    question to the class; from the front each value begins its row of products anew; from the back each push is the
    one that came, times one slope, and one row serves all; each weight takes one push from it; last, how many
    multiplications both ways take. For one gradient there is no gain.
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
        nodes, step = self.network.nodes, self.clip.sweeps()["step"]
        sweep = Sweep(step.low, step.quantities)
        self.nudged = nudged = Nudged(self.pen, sweep, nodes, self.slopes, self.clip.influence.moments)
        self.rule = rule = ChainRule(self.pen, nodes, self.slopes, self.network.weights, RULE)
        works = {of: (f"front_{of}", f"back_{of}", f"work_{of}") for of in self.clip.costs.chains}
        self.rivals = Rivals(self.pen, works, KEYS)
        chain, bars = self.build(sweep, nudged.gates), amid(len(nodes), during(self.rivals.box, COUNT))
        self.values_line()
        told = Turns(
            nudged.stack(self.values, NUDGED),
            Stack(rule.line(rule.formula), beats=MULTIPLIED),
            Stack(rule.products.lines, beats=[FRONT]),
            Stack(
                self.pushes_line(),
                LOOSE,
                Turns(rule.line(rule.back, BACK), rule.weights_line(BRANCH), bars),
                beats=PUSHED,
            ),
        )
        page = self.framed(chain.stations(LOOSE, told), *NUDGED, *MULTIPLIED, FRONT, *PUSHED, corner=self.corner())
        self.put(self.lay_out({"chain": page}))

    def corner(self) -> Item:
        """Return the legend: other names of the values, and what half a turn of a dial stands for."""
        same = [symbol(self.pen, "same", height=VALUE)] if self.clip.called != self.clip.nodes else []
        self.legends = [*same, words(self.pen, "half_turn", colour="quiet", align="right", most=1)]
        return Row(*self.legends, gap=GROUP)

    # -- the beats ----------------------------------------------------------------------------------------------------

    def lines(self) -> None:
        """Show five numbers, each made from the one before, on their dials and on number lines."""
        chain = self.chain
        with self.beat("lines"):
            gates = [*self.wires, *chain.posts[FORWARD], *shown_of(*chain.gates[FORWARD])]
            self.play(Appear(*shown_of(self.head, *self.legends), *gates), Unfold(*shown_of(*chain.dials[0])))
            self.play(*map(self.out_of_dial, range(len(self.values))))
            self.play(Appear(*self.nudged.ruled, *self.nudged.dots[0]))

    def nudge(self) -> None:
        """Move x a little: a brace opens on every line, as wide as the change."""
        nudged, (still, moving) = self.nudged, map(shown_of, *zip(*self.chain.dials, strict=True))
        gone, come = [*still, *nudged.dots[0], *shown_of(*self.values)], [*moving, *nudged.dots[1], *nudged.braces]
        with self.beat("nudge"):
            self.play(Vanish(*gone), Appear(*come))
            self.play(SweepTo(self.sweep, self.clip.step, run_time=self.clip.step_seconds, steady=False))
            self.play(Travel(*nudged.changes, from_=nudged.braces))
        self.leave(*shown_of(*nudged.changes))

    def ratios(self) -> None:
        """Let pairs of braces be fractions; the step shrinks, and each fraction settles to a slope."""
        nudged, (still, moving) = self.nudged, map(shown_of, *zip(*self.chain.dials, strict=True))
        (new, old), (ratios, braces) = nudged.pairs, nudged.ratios
        with self.beat("ratios"):
            bars = [shown for part in nudged.fractions for shown in part.shown[:-2]]
            self.play(*self.swap(FORWARD, LIVE, *ratios), Appear(*bars, *nudged.step.shown))
            self.play(Travel(*new, from_=old, copy=True))
            self.play(Travel(*ratios, from_=braces), Appear(*nudged.glass.shown))
            self.play(SweepTo(self.sweep, self.clip.smallest, run_time=self.clip.step_seconds, steady=False))
            self.play(*self.swap(LIVE, BACKWARD), Appear(*nudged.rules))
        self.turn(Appear(*still))
        told = shown_of(*nudged.fractions, nudged.step, nudged.glass)
        self.leave(*moving, *nudged.ruled, *nudged.dots[1], *nudged.braces, *nudged.rules, *told)

    def equation(self) -> None:
        """Let each slope fly from its gate into its slot."""
        formula, (line,) = self.rule.formula, self.rule.formula.lines
        with self.beat("equation"):
            self.play(Appear(*formula.head.shown))
            self.play(Travel(*line.factors, from_=self.slopes_shown[::-1], copy=True, lag=0.5, run_time=2 * MOVE))
            self.play(Appear(*line.given))

    def multiply_from_the_front(self) -> None:
        """Multiply for each value anew, from its own gate to L."""
        self.leave(*self.rule.formula.shown)
        with self.beat(FRONT):
            for i, slope in enumerate(self.slopes_shown):
                start, first, others = self.rule.products.row(i)
                self.play(Appear(*start), Travel(first, from_=slope, copy=True))
                self.play(Appear(*others, lag=0.3, run_time=MOVE))
        self.leave(*self.rule.products.shown, *self.wires)

    def multiply_from_the_back(self) -> None:
        """Pour a push of 1 back from L: what comes out of a gate goes into the next, times its slope."""
        ribbons, pushes, over = self.chain.ribbons, self.numbers_of_pushes, shown_of(*self.chain.dials[0])
        with self.beat(BACK):
            self.play(Appear(*self.placed(self.pushes[-1])), Pour(ribbons[-1], under=over))
            self.play(Travel(pushes[-1], from_=ribbons[-1]), Appear(*self.rule.back.head.shown))
            for i, line in zip(reversed(range(len(ribbons) - 1)), self.rule.back.lines, strict=True):
                self.play(Travel(*line.factors, from_=[self.slopes_shown[i], pushes[i + 1]], copy=True))
                self.play(Pour(ribbons[i], under=over), Appear(*line.given))
                self.play(Travel(pushes[i], from_=line.result, copy=True))
        self.leave(*self.rule.back.shown)

    def branch(self) -> None:
        """Let each weight take what went in from the way forward, and what comes back from the row."""
        with self.beat(BRANCH):
            for i, slots in reversed(self.rule.weights.items()):
                (line,), dial = slots.lines, self.chain.dials[0][i].shown[0]
                self.play(Appear(*slots.head.shown))
                self.play(Travel(*line.factors, from_=[dial, self.numbers_of_pushes[i + 1]], copy=True))
                self.play(Appear(*line.given))
        self.leave(*(shown for slots in self.rule.weights.values() for shown in slots.shown))

    def count(self) -> None:
        """Compare how many multiplications both ways take: in this chain, in a long one, in a network."""
        with self.beat(COUNT):
            self.play(Appear(*shown_of(*self.rivals.key)))
            for bars, under in zip(self.rivals.pairs, self.rivals.under, strict=True):
                line, *pair = bars.shown
                self.play(Appear(line, *under.shown), Unfold(*pair[:2]))
                self.play(Travel(*pair[2:], from_=pair[:2]))


__getattr__, __dir__ = offer_clips(ChainOfInfluence)
