"""A stage for a network that takes one step of learning: its knobs, the answer that nears its target, and the step."""

from __future__ import annotations

from scenes.parts.page import (
    LINES,
    LOOSE,
    Box,
    Column,
    Form,
    Hung,
    Line,
    Place,
    Slot,
    Stack,
    Turns,
    amid,
    between,
    during,
    on,
)
from scenes.parts.stage.motions import Appear, Motion, SweepTo, Unfold, Vanish
from scenes.parts.stage.network import NetworkStage
from scenes.parts.stage.network_page import FORWARD, MOVING
from scenes.parts.stage.paged import REGION
from scenes.parts.stage.travel import Travel
from scenes.parts.things.knob import knob
from scenes.parts.things.letters import words
from scenes.parts.things.nudge_table import NudgeTable
from scenes.parts.things.number_line import number_line
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.pillars import too_low
from scenes.parts.things.step_line import StepLine
from scenes.parts.things.wire import placed

__all__ = ["LearningStage"]

_CLEAR = 0.1  # around what stands over a dial


class LearningStage(NetworkStage):
    """A clip about one network, whose settings say the step that it takes as ``learning``."""

    def answers(self) -> Part:
        """Return the number line of the answer, with its target; half the squared error stands on it as an area."""
        last, is_square = self.network.nodes[-2], self.clip.loss == "half_squared_error"
        return self.part(
            number_line(
                *(self.pen, "answers", last, "target"),
                square=("L", f"dL_d{last}") if is_square else None,
                miss=None if is_square else "miss",
                loss="L" if self.clip.loss == "absolute_error" else "",
                area="area" if is_square else "",
                beside=("miss", "L"),
                upright="size_miss",
                called="answers",
            )
        )

    def knob(self, weight: str) -> Part:
        """Return the knob of a weight, which follows the step."""
        step, now = (self.sweep[f"{what}_{weight}"] for what in ("moved", "now"))
        names = {"key": f"knob_{weight}", "gradient": f"dL_d{weight}"}
        return self.part(knob(self.pen, weight, **names, step=step, now=now))

    def worked_out(self, weight: str) -> StepLine:
        """Return the step of a weight as arithmetic, which follows it."""
        rate, now = (self.sweep[f"now_{of}"] for of in ("rate", weight))
        ends = [self.pen.quantities[name].number for name in (weight, f"new_{weight}")]
        return StepLine(self.pen, weight, f"dL_d{weight}", (rate, (0.0, self.clip.rate)), (now, ends))

    def read_lines(self, function: Line) -> Turns:
        """Return how a dial is read and, at another time, a function; then, if a value is 0, what a ring is."""
        values = [self.quantities[name].number for name in self.network.nodes[:-1]]
        self.read = self.part(self._key("half_turn"))
        self.rings = [] if all(values) else [self.part(self._key("ring"))]
        under = 0 if values[-1] else len(values) - 1  # the first dial or, where that is 0, the answer
        rings = [on(*(Hung(ring) if i == under else None for i in range(len(values)))) for ring in self.rings]
        return Turns(on(Hung(self.read)), function, *rings)

    def bring_near(self, first: str, then: str) -> None:
        """Put what is said of dials close over the one that it is about, where it is free in its beat."""
        self.read = self._over(self.read, 0, first, self.function)
        at = [i for i, name in enumerate(self.network.nodes[:-1]) if not self.quantities[name].number]
        self.rings = [self._over(ring, at[-1], then, len(self.slopes) - 1) for ring in self.rings]

    def _key(self, key: str, called: str = "") -> Part:
        return words(self.pen, key, colour="quiet", align="centre", least=2, called=called)

    def _over(self, said: Part, i: int, beat: str, told: int) -> Part:
        """Return words close over a dial, between the plates of the first gates, so many as are ``told`` by then.

        Where they have no room there, in any form, they stay where they are.
        """
        dial, gates = placed(self.chain.dials[0][i]), [placed(each) for each in self.chain.gates[FORWARD]]
        ends = [(g.region.left, g.region.right) if n < told else (g.x, g.x) for n, g in enumerate(gates)]
        left = max([REGION.left, *(right + _CLEAR for _, right in ends[:i])])
        right = min([REGION.right, *(left - _CLEAR for left, _ in ends[i:])])
        low, high = dial.region.top + _CLEAR, placed(self._sentences[beat]).region.bottom - _CLEAR
        for n, form in enumerate(form for form in said.forms if isinstance(form, Form)):
            (before, after, *_), (up, down, *_) = form
            if before + after <= right - left and up + down <= high - low:
                x = min(max(dial.x, left + before), right - after)
                near = self._key(said.name.split()[-1], f"{said.name} over a dial")
                near.put(Place(near.name, x, low + down, before, after, up, down, n), {})
                return near
        return said

    def nudge_lines(self, *beats: str) -> Stack:
        """Return what nudges of the weights find, the last weight first, in turn in one place."""
        self.nudges = [NudgeTable(self.pen, self.clip.nudging, w) for w in reversed(self.network.weights)]
        told = zip(self.nudges, beats, strict=True)
        return Stack(Turns(*(amid(len(self.network.nodes), during(Hung(table.box), beat)) for table, beat in told)))

    def confirm(self, *beats: str) -> None:
        """Nudge one weight after the other, and compare what the network then gives with what was predicted."""
        motions: list[Motion] = [Appear(*self.wires, *self.passing(FORWARD), under=shown_of(*self.chain.dials[0]))]
        for beat, table in zip(beats, self.nudges, strict=True):
            with self.beat(beat):
                for motion in (*motions, *(Unfold(*shown) for shown in table.told())):
                    self.play(motion)
            self.leave(*(shown for told in table.told() for shown in told))
            motions = []

    def step_lines(self, *beats: str) -> Stack:
        """Return a knob under the gate of each weight, and under it its step worked out."""
        weights = self.network.weights
        knobs, self.worked = {w: self.knob(w) for w in weights}, {w: self.worked_out(w) for w in weights}
        columns = {w: Hung(Column(knobs[w], LINES, self.worked[w].box)) for w in weights}
        self.told = list(knobs.values())
        return Stack(self.moving_line(), LOOSE, between(*map(columns.get, self.slopes)), beats=beats)

    def keys(self, step: str, *compared: str) -> Box | None:
        """Return what stands right of the head: how a dial is read in the step, and what a dashed ring at a bar is.

        The one only where the step makes values far larger, the other only where a size has a bar too low to be seen.
        """
        sizes = [f"size_{what}{w}" for w in self.network.weights for what in ("", "dL_d")]
        low = too_low(self.pen, sizes, ("bar", "small_bar"))
        wanted = {"turns_now": self.clip.learning.explodes, "too_low": low}
        made = ([self.part(words(self.pen, key, colour="quiet", most=1))] if wanted[key] else [] for key in wanted)
        self.reread, self.low_key = made
        self.weights_key = self.low_key if set(low).intersection(sizes[::2]) else []
        shown = [*(during(part, step) for part in self.reread), *(during(part, *compared) for part in self.low_key)]
        return Slot(*shown) if shown else None

    def pose_step(self) -> None:
        """Set out each knob, with the gradient of its weight as a bar: nothing moves yet."""
        self.play(Unfold(*(shown for part in self.told for shown in part.shown[:-2])))

    def step(self) -> None:
        """Turn the rate up from 0: the weights move against their gradients, and all follows; the loss stays lit."""
        still, moving = map(shown_of, *zip(*self.chain.dials, strict=True))
        said = [shown for line in self.worked.values() for shown in line.shown]
        said += shown_of(*(part for part in self.before if part.place))
        self.play(*self.swap(FORWARD, MOVING))
        rest, *others = self.moving
        self.play(Travel(rest, from_=self.chain.dials[0][0].shown[0]))
        self.play(Vanish(*still), Appear(*moving, *said, *shown_of(*self.reread)))
        self.play(*(Travel(v, from_=d.shown[0]) for v, d in zip(others, self.chain.dials[1][1:], strict=True)))
        self.play(Unfold(*(shown for part in self.told for shown in part.shown[-2:])))  # its arrow and its dot
        self.play(SweepTo(self.sweep, self.clip.rate, run_time=self.clip.step_seconds, steady=False))
        self.play(
            self.unlit(*shown_of(*self.moving[:-1]), *self.wires, *self.gates_beside(*self.at_weights, cast=MOVING))
        )
        self.turn(Appear(*still))
        self.leave(*moving, *self.carrying, *said, *shown_of(*self.moving, *self.told, *self.reread))
