"""A stage for a chain whose first value moves a little: braces open, pairs of them are fractions, which settle."""

from __future__ import annotations

from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.motions import Appear, SweepTo, Unfold, Vanish
from scenes.parts.stage.network import NetworkStage
from scenes.parts.stage.network_page import BACKWARD, FORWARD
from scenes.parts.stage.travel import Travel
from scenes.parts.things.base import Shown
from scenes.parts.things.chain import Chain
from scenes.parts.things.letters import number, words
from scenes.parts.things.nudged import Nudged
from scenes.parts.things.part import shown_of

__all__ = ["LIVE", "NudgedStage"]

LIVE = 3
"""The gates while the step shrinks: change out by change in."""


class NudgedStage(NetworkStage):
    """A clip of one network whose first value is nudged; its settings say how as ``influence``.

    Attributes
    ----------
    nudged
        What follows the nudge.
    target
        The answer that is wanted, beside the values.
    read
        How dials are read: words ``half_turn`` of the clip.
    """

    def build_nudged(self, sweep: Sweep) -> Chain:
        """Return the chain, at rest, as a sweep moves it, and with change out by change in on its gates."""
        self.nudged = Nudged(self.pen, sweep, self.network.nodes, self.slopes, self.clip.influence.moments)
        self.target = number(self.pen, "target", form="equation")
        self.read = self.part(words(self.pen, "half_turn", colour="quiet", align="centre", least=2))
        self.values_line()
        return self.build(sweep, self.nudged.gates)

    @property
    def plain(self) -> list[Shown]:
        """The values under their dials, and the target."""
        return shown_of(*self.values, self.target)

    def nudge_and_divide(self, beats: tuple[str, str, str, str, str]) -> None:
        """Show the values with a question, move the first, divide, let the step shrink, and give the rules."""
        first, second, third, settling, last = beats
        self._values(first)
        self._nudge(second)
        self._divide(third)
        self._settle(settling, last)

    def _values(self, beat: str) -> None:
        chain = self.chain
        with self.asking(beat):
            gates = [*self.wires, *chain.posts[FORWARD], *shown_of(*chain.gates[FORWARD])]
            self.play(Appear(*self.head.shown, *gates), Unfold(*shown_of(*chain.dials[0])))
            self.play(*map(self.out_of_dial, range(len(self.values))), Appear(*shown_of(self.target, self.read)))
        self.leave(*self.read.shown)

    def _nudge(self, beat: str) -> None:
        """Move the first value a little: a brace opens on every line, as wide as the change."""
        nudged, (still, moving) = self.nudged, map(shown_of, *zip(*self.chain.dials, strict=True))
        gone, come = [*still, *nudged.dots[0], *self.plain], [*moving, *nudged.dots[1], *nudged.braces]
        with self.beat(beat):
            self.play(Appear(*nudged.ruled, *nudged.dots[0]))
            self.play(Vanish(*gone), Appear(*come))
            self.play(SweepTo(self.sweep, self.clip.step, run_time=self.clip.step_seconds, steady=False))
            self.play(Travel(*nudged.changes, from_=nudged.braces))
        self.leave(*nudged.ruled, *nudged.dots[1])

    def _divide(self, beat: str) -> None:
        """Let pairs of braces be fractions."""
        nudged, (new, old), (ratios, braces) = self.nudged, self.nudged.pairs, self.nudged.ratios
        first, *others = nudged.changes
        with self.beat(beat):
            bars = [shown for part in nudged.fractions for shown in part.shown[:-2]]
            self.play(Vanish(*first.shown), Appear(*nudged.step.shown))  # it says how far the first is moved, live
            self.play(*self.swap(FORWARD, LIVE, *ratios), Appear(*bars))
            self.play(Travel(*new, from_=old, copy=True))
            self.play(Travel(*ratios, from_=braces), Vanish(*nudged.braces))
        self.leave(*shown_of(*others))

    def _settle(self, settling: str, last: str) -> None:
        """Let the step shrink: each fraction settles to a slope, and a rule says to which."""
        nudged, (still, moving) = self.nudged, map(shown_of, *zip(*self.chain.dials, strict=True))
        shrinking = shown_of(nudged.step, nudged.glass, *nudged.least)
        with self.beat(settling):
            self.play(Appear(*nudged.glass.shown))
            self.play(SweepTo(self.sweep, self.clip.smallest, run_time=self.clip.step_seconds, steady=False))
            self.play(Appear(*shown_of(*nudged.least)))
        self.leave(*moving, *shrinking)
        self.turn(Appear(*still))
        with self.beat(last):
            self.play(*self.swap(LIVE, BACKWARD), Appear(*self.plain, *nudged.rules))
        self.leave(*self.plain, *shown_of(*nudged.fractions), *nudged.rules)
