"""A stage for a train that is turned: its last two gears alone, and what is read at its meshes."""

from __future__ import annotations

from functools import partial
from typing import Any, Final, cast

from scenes.parts.page import LOOSE, ROWS, Box, Column, Form, Near, Over, during
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.geared import GearStage
from scenes.parts.stage.motions import Appear, Vanish
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import LABEL
from scenes.parts.things.base import Shown
from scenes.parts.things.formula import Formula
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.known import Known
from scenes.parts.things.letters import live, name_of, number
from scenes.parts.things.mesh_line import MeshLine
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.sums import Added

__all__ = ["NARROW", "TurnedStage"]

NARROW: Final = 2.4  # of a note that stands at its gear
_TINY: Final = 1e-6  # a share of a turn whose number is as long as one gets
_WIDE: Final = 3.4  # of one that says what a kind of wheel means
_PAIR: Final = ("meet_two_gears", "turn_two_gears", "name_slope")


class TurnedStage(GearStage):
    """A clip about one chain whose first gear is turned.

    Attributes
    ----------
    small, sweep
        What turns the last two gears alone, and the train.
    pair
        The last two gears alone.
    slot
        Where they stand in the train.
    mesh_line, known
        What stands at the meshes, and the values that slopes follow from.
    summed
        The slopes added, as one might think.
    """

    mesh_line: MeshLine
    known: Known
    summed: Added

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.small, self.sweep = (Sweep(0.0, self.clip.sweeps()[name].quantities) for name in ("pair", "turn"))
        self.slot = Part("slot of the pair", Form.fixed(), draw=lambda *_: ())

    # -- two gears alone ----------------------------------------------------------------------------------------------

    def pair_page(self) -> Box:
        """Return the page of the last two gears: how far each turns, and what that makes the slope between them."""
        pen, mesh, named = self.pen, f"local_{len(self.clip.slopes) - 1}", self.clip.nodes[-2:]
        two = partial(GearTrain, pen, named, named=named, prefix="pair_", centred=True, called="pair")
        turns, far = ("pair_0", "pair_1"), self.clip.turns[:1]
        self.pair = two(sweep=self.small, turns=turns, moments=far, role="value", low=True)
        self.turned = [self._follower(name) for name in ("pair_0", "pair_1")]
        ends = [f"pair_turn_{i}" for i in (0, 1)]
        self.stopped = [Formula(pen, end, "=", end) for end in ends]
        self.ratio = Formula(pen, mesh, "=", ends[1], "div", ends[0], "=", mesh, called="slope of the pair")
        self.per_turn, self.as_far = self.note("per_turn"), self.note("as_far", colour="ink")
        notes = [or_nothing(self.note(key, within=NARROW), "scale") for key in ("turned", "foretold")]
        self.scaled = [cast(Part, leaf.part) for leaf in notes]
        pairs = [Over(part, still.box) for part, still in zip(self.turned, self.stopped, strict=True)]
        under: list[list[Item]] = [[*notes], [*pairs]]
        lines = [Near(items, at=self.pair.columns, within=WITHIN) for items in under]
        guess = Near([self.as_far], at=self.pair.columns[1:], within=WITHIN)
        numbers = Column(Over(lines[1], guess), lines[0], self.ratio.box, self.per_turn, gap=ROWS, align="origin")
        pair, column = self.pair, self.pair.mesh_columns[0]
        has_idler = f"{pair.keys[0]}_idler" in pair.plans[0]
        self.grey = [self.note("idler", called="idler of the pair")] * has_idler
        over = (during(self.over_wheels_at(pair, [column], [note]), _PAIR[0]) for note in self.grey)
        return Column(Over(pair.part, *over), LOOSE, numbers, gap=ROWS, align="origin", anchor=0)

    def _follower(self, name: str) -> Part:
        """Return how far one of the two gears has turned, after its symbol; what is nearly 0 is longer than 0."""
        of = self.clip.sweeps()["pair"]
        on_the_way = [of.quantities(self.clip.turns[0] * share)[name].number for share in (0.0, _TINY, 1.0)]
        return live(self.pen, self.small[name], on_the_way, symbol=name, align="left")

    def meet_two_gears(self) -> None:
        """Ask how far the last gear turns with the one before it; turn that: the last turns by their slope."""
        pair, angles, ratio = self.pair, self.pair.angles("turn_scale_deg"), self.ratio
        stopped = [part for still in self.stopped for part in still.parts]
        with self.asking(_PAIR[0]):
            self.play(Appear(*self.head.shown, *pair.wheels, *pair.names))
            grey = [shown for note in self.grey for shown in self.led_to_idler(pair, 0, note)]
            self.explain(*grey, self.as_far)
        with self.beat(_PAIR[1]):
            self.play(Appear(*angles, *shown_of(*self.turned, self.scaled[0])))
            self.rotate(self.small, self.clip.turns[0])
            self.play(Vanish(*shown_of(*self.turned)), Appear(*shown_of(*stopped)))
            self.play(Appear(*self.scaled[1].shown))
        self.leave(*self.scaled[0].shown)
        with self.beat(_PAIR[2]):
            self.play(Travel(*ratio.factors, from_=[still.numbers[0] for still in self.stopped[::-1]], copy=True))
            self.play(Appear(*shown_of(*ratio.signs[:-1], *ratio.result, self.per_turn)))
        gone = shown_of(self.scaled[1], *stopped, *ratio.parts, self.per_turn)
        self.leave(*angles, *gone, *pair.names)

    # -- over the train -----------------------------------------------------------------------------------------------

    def marked_over(self) -> Box:
        """Return what grey wheels and hollow ones mean, over the first of each."""
        self.marked = {key: self.note(key, within=_WIDE) for key in self.marked_wheels()}
        meshes, gears = self.train.mesh_columns, self.train.columns
        pairs = sorted(((meshes if k == "idler" else gears)[i], k) for k, i in self.marked_wheels().items())
        return self.over_wheels_at(self.train, [at for at, _ in pairs], [self.marked[key] for _, key in pairs])

    def led_to_marked(self) -> list[Shown]:
        """Return what the wheels mean, each with what leads from it to its wheel."""
        found: list[Shown] = []
        for key, i in self.marked_wheels().items():
            note = self.marked[key]
            found += self.led_to_idler(self.train, i, note) if key == "idler" else self.led_to_gear(i, note)
        return found

    def made_over(self, note: Part) -> Box:
        """Return over the train what makes each value of the one before, the target, and over x a note."""
        train, steps = self.train, self.step_keys
        steps = [*self.step_keys, *(["target"] if self.clip.has_loss else [])]
        named = [] if self.is_long or train.crowded else list(enumerate(steps))
        equation = partial(number, self.pen, height=LABEL, form="equation")
        of = {i: equation(step, called=f"made {i}") for i, step in named if step in (*self.clip.weights, "target")}
        of |= {i: name_of(self.pen, step, called=f"made {i}") for i, step in named if i not in of}
        leaves = [or_nothing(of[i], "made", cost=0) for i, _ in named]
        self.made = [cast(Part, leaf.part) for leaf in leaves]
        at = [train.columns[0], *[*train.mesh_columns, train.columns[-1]][: len(named)]]
        return self.over_wheels_at(train, at, [note, *leaves])

    def led_to_made(self) -> list[Shown]:
        """Return what makes each value of the one before, with what leads to its mesh, and the target."""
        meshes = len(self.train.mesh_columns)
        led = (shown for i, part in enumerate(self.made[:meshes]) for shown in self.led_to_mesh(i, part))
        return [*led, *shown_of(*self.made[meshes:])]

    # -- under the train ----------------------------------------------------------------------------------------------

    def added_line(self) -> Box:
        """Return the sum of all slopes, after what says that it is a guess."""
        self.summed = Added(self.pen, self.slopes, "added", said="added")
        return self.hung(Column(self.summed.row))

    def ask_total(self, beat: str) -> None:
        """Ask whether the slopes add, with what that would give; of one slope there is nothing to ask."""
        if len(self.slopes) == 1:
            return
        with self.asking(beat):
            self.play(self.unlit(*self.at_meshes(*self.clip.halves[0]), back=True))
            if shown := self.summed.shown:
                self.play(Travel(*shown[:-1:2], from_=self.read, copy=True))
                self.play(Appear(*self.summed.said, *shown[1::2]), Appear(shown[-1]))
        self.leave(*self.summed.said, *shown)

    # -- the meshes of the train --------------------------------------------------------------------------------------

    def at_mesh(self, i: int) -> list[Shown]:
        """Return what stands at a mesh, with the values that its slope follows from."""
        return [*(shown for j in self.clip.read_for(i) for shown in self.known.at(j)), *self.mesh_line.at(i)]

    @property
    def read(self) -> list[Shown]:
        """The slope on each plate."""
        return [self.mesh_line.slope(i) for i in range(len(self.slopes))]

    def at_meshes(self, *some: int) -> list[Shown]:
        """Return what stands at some meshes."""
        return list(dict.fromkeys(shown for i in some for shown in self.at_mesh(i)))
