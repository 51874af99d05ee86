"""The chain rule, measured and counted: one nudge runs through five numbers; multiplied from the back, one row does."""

from __future__ import annotations

from itertools import chain

from scenes.parts.page import LOOSE, Slot, Stack, Turns, amid, during
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Pour, Unfold, Vanish
from scenes.parts.stage.network import BACKWARD, FORWARD
from scenes.parts.stage.nudged import NudgedStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import MOVE
from scenes.parts.things.chain_rule import ChainRule
from scenes.parts.things.letters import words
from scenes.parts.things.part import shown_of
from scenes.parts.things.rivals import Rivals

NUDGED, MULTIPLIED, FRONT = ("lines", "nudge", "ratios", "settle", "rules"), ("equation", "ask"), "front"
TOLD = BACK, BRANCH, *COUNTED = ("back", "branch", "count", "wide")
PAIRS = (slice(0, 1), COUNTED[0]), (slice(1, None), COUNTED[1])  # which are counted in which beat
RULE, KEYS = ("out", "slope", "into"), ("front_key", "back_key")


class ChainOfInfluence(NudgedStage):
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
        self.nudge_and_divide(NUDGED)
        self.equation()
        self.multiply_from_the_front()
        self.multiply_from_the_back()
        self.branch()
        self.count()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the one page: the chain stays, and what is told of it takes turns under it."""
        nodes, step = self.network.nodes, self.clip.sweeps()["step"]
        sweep = Sweep(step.low, step.quantities)
        self.rule = rule = ChainRule(self.pen, nodes, self.slopes, self.network.weights, RULE)
        works = {of: (f"front_{of}", f"back_{of}", f"work_{of}") for of in self.clip.costs.chains}
        sums = [[f"sums.{2 * i}", f"sums.{2 * i + 1}"] for i in range(len(works))]
        self.rivals = [
            Rivals(self.pen, dict(list(works.items())[which]), sums[which], KEYS, beat) for which, beat in PAIRS
        ]
        boxes = (during(each.box, beat) for each, beat in zip(self.rivals, COUNTED, strict=True))
        net, bars = self.build_nudged(sweep), amid(len(nodes), Slot(*boxes))
        self.measured = words(self.pen, "measured", colour="quiet", align="centre", most=2)
        told = Turns(
            self.nudged.stack(self.values, self.target, self.read, NUDGED),
            rule.multiplied(self.measured, *MULTIPLIED),
            Stack(rule.products.lines, beats=[FRONT]),
            Stack(
                self.pushes_line(),
                LOOSE,
                Turns(rule.line(rule.back, BACK), rule.weights_line(BRANCH)),
                beats=(BACK, BRANCH),
            ),
            Stack(bars, beats=COUNTED),
        )
        page = self.framed(net.stations(LOOSE, told), *NUDGED, *MULTIPLIED, FRONT, *TOLD)
        self.put(self.lay_out({"chain": page}))

    # -- the beats ----------------------------------------------------------------------------------------------------

    def equation(self) -> None:
        """Let each slope come down from its gate into its slot; then ask for the gradients of the other values."""
        formula, (line,) = self.rule.formula, self.rule.formula.lines
        with self.beat("equation"):
            self.play(Appear(*formula.head.shown))
            self.play(Travel(*line.factors, from_=self.slopes_shown, copy=True, lag=0.5, run_time=2 * MOVE))
            self.play(Appear(*line.given))
            self.play(Appear(*self.measured.shown))
        self.leave(*self.measured.shown)
        asked = shown_of(*chain(*self.rule.asked))
        self.wonder("ask", self.unlit(*formula.shown), Appear(*asked))
        self.leave(*asked)

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
        chain, gates = self.chain, list(self.rule.weights)
        said, slopes = ([shown for i in gates for shown in chain.gates[cast][i].shown] for cast in (FORWARD, BACKWARD))
        used = [self.numbers_of_pushes[i + 1] for i in gates]
        rest = [shown for shown in (*self.gates_beside(*gates), *self.numbers_of_pushes) if shown not in used]
        with self.beat(BRANCH):
            self.play(Vanish(*slopes), Appear(*said), self.unlit(*rest))
            for i, slots in reversed(self.rule.weights.items()):
                (line,), dial = slots.lines, chain.dials[0][i].shown[0]
                self.play(Appear(*slots.head.shown))
                self.play(Travel(*line.factors, from_=[dial, self.numbers_of_pushes[i + 1]], copy=True))
                self.play(Appear(*line.given))
        self.leave(*(shown for slots in self.rule.weights.values() for shown in slots.shown), *said)
        self.leave(*self.numbers_of_pushes, *self.placed(self.pushes[-1]))
        self.turn(Appear(*slopes), self.unlit(*rest, back=True))

    def count(self) -> None:
        """Compare how many multiplications both ways take: in this chain; in a long one, and in a network."""
        aside = [*self.passing(BACKWARD), *self.chain.ribbons]
        for beat, rivals in zip(COUNTED, self.rivals, strict=True):
            with self.beat(beat):
                self.play(*([self.unlit(*aside)] if aside else []), Appear(*shown_of(*rivals.key)))
                aside = []
                for bars, under, added in zip(rivals.pairs, rivals.under, rivals.sums, strict=True):
                    line, *pair = bars.shown
                    self.play(Appear(line, *under.shown), Unfold(*pair[:2]))
                    self.play(Travel(*pair[2:], from_=pair[:2]), Appear(*added))
            self.leave(*rivals.shown)


__getattr__, __dir__ = offer_clips(ChainOfInfluence)
