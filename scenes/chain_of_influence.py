"""The chain rule, measured and counted: one nudge runs through five numbers; multiplied from the back, one row does."""

from __future__ import annotations

from itertools import chain

from scenes.parts.page import GROUP, LOOSE, Column, Hung, Row, Stack, Turns, amid, during
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, Pour, Unfold, Vanish
from scenes.parts.stage.network_page import BACKWARD, FORWARD
from scenes.parts.stage.nudged import NudgedStage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import MOVE, QUICK
from scenes.parts.things.chain_rule import ChainRule
from scenes.parts.things.letters import words
from scenes.parts.things.part import shown_of
from scenes.parts.things.rivals import Rivals

NUDGED, MULTIPLIED, FRONT = ("lines", "nudge", "ratios", "settle", "rules"), ("equation", "ask"), "front"
TOLD = BACK, BRANCH, COUNT = "back", "branch", "count"
RULE, WAYS = ("out", "slope", "into"), ("guess", "front", "back")


class ChainOfInfluence(NudgedStage):
    """The same products serve everyone, if multiplied from the back.

    Five numbers, each made from the one before, and a first question; x moves a little, and braces as wide as the
    changes open on all of them; change out by change in settles to each gate's slope; the slopes fly into the slots of
    the chain rule; a question to the class; from the front each value begins its row of products anew; from the back
    each push is the one that came, times one slope, and one row serves all; each weight takes one push from it; last,
    how many multiplications both ways take, and how far L moved. For one gradient there is no gain.
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
        counted = [(f"{way}_here", f"{way}_bar") for way in WAYS]
        sums = [[words(self.pen, f"sums.{i}", colour="quiet", align="centre", most=1)] for i in range(len(WAYS))]
        self.rivals = Rivals(self.pen, counted, "work_here", sums)
        self.measured = words(self.pen, "measured", colour="quiet", align="centre", most=2)
        self.answer = words(self.pen, "answer", most=3, least=3)
        last = Column(Row(self.rivals.box, GROUP, Hung(self.answer)))
        bars = amid(len(nodes), during(last, COUNT))
        net = self.build_nudged(sweep)
        told = Turns(
            self.nudged.stack(self.values, self.target, self.read, NUDGED),
            rule.multiplied(self.measured, *MULTIPLIED),
            Stack(rule.products.lines, beats=[FRONT]),
            Stack(
                self.pushes_line(),
                LOOSE,
                Turns(rule.line(rule.back, BACK), rule.weights_line(BRANCH), bars),
                beats=TOLD,
            ),
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
            self.play(Appear(*line.given, *self.measured.shown))
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
                self.play(Appear(*others, lag=0.3))
        self.leave(*self.rule.products.shown, *self.wires)

    def multiply_from_the_back(self) -> None:
        """Pour a push of 1 back from L: what comes out of a gate goes into the next, times its slope."""
        ribbons, pushes, over = self.chain.ribbons, self.numbers_of_pushes, shown_of(*self.chain.dials[0])
        with self.beat(BACK):
            self.play(Appear(*self.placed(self.pushes[-1])), Pour(ribbons[-1], under=over))
            self.play(Travel(pushes[-1], from_=ribbons[-1]), Appear(*self.rule.back.head.shown))
            for i, line in zip(reversed(range(len(ribbons) - 1)), self.rule.back.lines, strict=True):
                self.play(Travel(*line.factors, from_=[self.slopes_shown[i], pushes[i + 1]], copy=True))
                self.play(Pour(ribbons[i], under=over, run_time=QUICK), Appear(*line.given))
                self.play(Travel(pushes[i], from_=line.result, copy=True, run_time=QUICK))
        self.leave(*self.rule.back.shown)

    def branch(self) -> None:
        """Let each weight take what went in from the way forward, and what comes back from the row."""
        chain, gates = self.chain, list(self.rule.weights)
        said, slopes = ([shown for i in gates for shown in chain.gates[cast][i].shown] for cast in (FORWARD, BACKWARD))
        used = [self.numbers_of_pushes[i + 1] for i in gates]
        rest = [shown for shown in (*self.gates_beside(*gates), *self.numbers_of_pushes) if shown not in used]
        with self.beat(BRANCH):
            self.play(Vanish(*slopes), Appear(*said), self.unlit(*rest))
            lines = [slots.lines[0] for slots in self.rule.weights.values()]
            pairs = ((chain.dials[0][i].shown[0], self.numbers_of_pushes[i + 1]) for i in gates)
            self.play(Appear(*(shown for slots in self.rule.weights.values() for shown in slots.head.shown)))
            self.play(
                Travel(*(f for line in lines for f in line.factors), from_=[s for p in pairs for s in p], copy=True)
            )
            self.play(Appear(*(shown for line in lines for shown in line.given)))
        self.leave(*(shown for slots in self.rule.weights.values() for shown in slots.shown), *said)
        self.turn(Appear(*slopes), self.unlit(*rest, back=True))

    def count(self) -> None:
        """Compare how many multiplications all gradients take, as guessed, from the front and from the back.

        Last comes the answer to the first question: how far L moved.
        """
        with self.beat(COUNT):
            self.play(self.unlit(*self.passing(BACKWARD), *self.chain.ribbons))
            lines, bars, numbers = zip(*(part.shown for part in self.rivals.bars), strict=True)
            self.play(Appear(*lines, *chain(*self.rivals.said)))
            self.play(Unfold(*bars, lag=0.5, run_time=2 * MOVE))
            self.play(Travel(*numbers, from_=bars))
            self.play(Appear(*self.answer.shown))


__getattr__, __dir__ = offer_clips(ChainOfInfluence)
