"""A stage for a train of gears: what stands under it, near its gears and its meshes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from scenes.parts.page import LABEL, NEAR, TOUCH, Box, Column, Form, Leaf, Near, Need, gap
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.quantity import Role
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.gear_motions import Fall
from scenes.parts.stage.motions import Appear, SweepTo
from scenes.parts.stage.paged import PagedStage
from scenes.parts.theme import QUICK
from scenes.parts.things.base import Shown
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.lettering import Align
from scenes.parts.things.letters import words
from scenes.parts.things.mesh_line import MeshLine, name_of_step
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.push_line import PushLine
from scenes.parts.things.radius_bars import RadiusBars
from scenes.parts.things.shrinking import Shrinking
from scenes.parts.things.spoke import Spoke

__all__ = ["GearStage"]


_CLOSE = gap(0.2, 0.25)  # numbers on several lines
_CORNER = 6.0  # of the head's line, for a note at its end
LONG = 8
"""From so many steps on a chain is long: then not every gear has a number."""


class GearStage(PagedStage):
    """A clip about one chain as a train of gears; its settings say the chain.

    Attributes
    ----------
    train
        The train that stands through the clip.
    corners
        What stands at the right end of the head's line, by the beats in which it comes.
    """

    train: GearTrain
    corners: dict[str, Part]

    def note(
        self,
        key: str,
        *,
        align: Align = "centre",
        colour: Role = "quiet",
        within: float = 2 * WITHIN,
        called: str = "",
    ) -> Part:
        """Return a note in quiet words, on two lines where one would be wider than it may be."""
        return words(self.pen, key, colour=colour, align=align, most=2, within=within, called=called)

    def in_corner(self, key: str, *, called: str = "") -> Part:
        """Return a note at the right end of the head's line."""
        return self.note(key, align="right", within=_CORNER, called=called)

    def explain(self, *notes: Part) -> None:
        """Say what marks mean, until the next beat begins."""
        if shown := shown_of(*notes):
            self.play(Appear(*shown, lag=0.5))
            self.leave(*shown)

    def hint(self, beat: str) -> None:
        """Say in the corner what marks mean, if there is anything to say, until the next beat begins."""
        self.explain(*([self.corners[beat]] if beat in self.corners else []))

    def rotate(self, sweep: Sweep, end: float, run_time: float | None = None) -> None:
        """Turn a train, with a slow start and a slow stop."""
        self.play(SweepTo(sweep, end, run_time=run_time or self.clip.turn_seconds, steady=False))

    @property
    def slopes(self) -> list[str]:
        """The slope of each mesh."""
        return [f"local_{i}" for i in range(len(self.clip.slopes))]

    def tell(self, beat: str, *groups: Sequence[Part | Shown], lag: float = 0.0) -> None:
        """Let groups of things come, one after the other; they leave when the next beat begins."""
        with self.beat(beat):
            for shown in filter(None, (shown_of(*group) for group in groups)):
                self.play(Appear(*shown, lag=lag, run_time=QUICK * (1 + lag * (len(shown) - 1))))
        self.leave(*(shown for group in groups for shown in shown_of(*group)))

    def fall(self, onto: RadiusBars | Shrinking, spokes: Mapping[int, Sequence[Spoke]]) -> None:
        """Let the radii fall, last to first, and stand as bars, or as dots on decades under specks drawn larger."""
        if isinstance(onto, Shrinking):
            self.play(Appear(*onto.larger))
            self.play(Appear(*onto.axis.line))
            for pair in reversed(onto.dots):
                self.play(Appear(*pair, run_time=0.3))
            return
        self.play(Appear(onto.baseline))
        for i, stave in reversed(list(enumerate(onto.staves))):
            falls = [Fall(stave, spoke=spoke) for spoke in spokes[i]] or [Appear(stave)]
            self.play(*falls, Appear(*onto.labels(i)))

    def hung(self, *items: Item | Need) -> Box:
        """Return things under one another, in the middle of the train, whose origin is the top of the first."""
        return Column(Leaf(f"over {id(items[0])}", Form.fixed()), TOUCH, *items, gap=LABEL, align="origin", anchor=0)

    def marked_wheels(self) -> dict[str, float]:
        """Return keys of words about grey wheels and about hollow ones, if there are any, and where the first stand."""
        hollow = [self.train.columns[i] for i, delta in enumerate(self.clip.deltas) if delta < 0]
        keys, plans = self.train.keys, self.train.plans[0]
        grey = [x for key, x in zip(keys, self.train.mesh_columns, strict=False) if f"{key}_idler" in plans]
        pairs = [(key, at[0]) for key, at in (("idler", grey), ("hollow", hollow)) if at]
        return dict(sorted(pairs, key=lambda pair: pair[1]))

    def headed(self, heads: Sequence[Part], rows: Sequence[Sequence[Part]]) -> list[Item]:
        """Return rows of numbers under the gears, their heads before them or, where there is no room, over them."""
        room = self.train.columns[0] + WITHIN - max(row[0].form.across.before for row in rows)
        if max(head.form.across.least for head in heads) + 2 * NEAR.least > room:
            lines = (self.under_gears(row, self.spots, levels=2, like="rows") for row in rows)
            over = (Near([head], at=[self.train.columns[0]], within=WITHIN) for head in heads)
            return [item for pair in zip(over, lines, strict=True) for item in pair]
        at = [-WITHIN, *(self.train.columns[i] for i in self.spots)]
        return [Near([head, *row], at=at, within=WITHIN, gap=_CLOSE) for head, row in zip(heads, rows, strict=True)]

    def under_gears(self, items: Sequence[Item], spots: Sequence[int], levels: int = 1, like: str = "") -> Box:
        """Return a line of things, each under the gear of its place; what is ``like`` it takes as many levels."""
        apart = NEAR if levels == 1 else _CLOSE
        return Near(
            items, at=[self.train.columns[i] for i in spots], levels=levels, gap=apart, within=WITHIN, like=like
        )

    @property
    def spots(self) -> list[int]:
        """The places of the gears that have numbers of their own: all, or in a long chain every third."""
        last = len(self.clip.nodes) - 1
        return [i for i in range(last + 1) if last < LONG or i == 0 or (last - i) % 3 == 0]

    @property
    def values_names(self) -> list[str]:
        """Names of the values, at a loss that of the target."""
        return [*self.clip.nodes[:-1], "target" if self.clip.has_loss else self.clip.nodes[-1]]

    def pushes_line(self, train: GearTrain) -> PushLine:
        """Return the push on each shaft of a train under its gear."""
        return PushLine(self.pen, train, [f"dL_d{name}" for name in self.clip.nodes], self.slopes, self.spots)

    def slopes_line(self) -> MeshLine:
        """Return what stands at the meshes: the slope of each step, with what it is of."""
        return MeshLine(self.pen, self.train, self._steps)

    def steps_line(self, at: Sequence[float]) -> tuple[list[Part], Box]:
        """Return what makes each value of the one before, as far as there is room, between both: their middles."""
        names = [or_nothing(name_of_step(self.pen, s, f"over {i}"), "over") for i, s in enumerate(self._steps)]
        return [cast(Part, leaf.part) for leaf in names], Near(names, at=at, within=WITHIN)

    @property
    def _steps(self) -> list[str]:
        """Of each step the weight that it is, or the key of its function's name."""
        kinds = [*self.clip.stages, *(["loss"] if self.clip.has_loss else [])]
        return [s if s in (*self.clip.weights, "loss") else f"function_{i}" for i, s in enumerate(kinds)]

    def beats_but(self, *left_out: str) -> list[str]:
        """Return the beats of the clip, in their order, but for those that it does not have."""
        return [beat for beat in type(self.clip.words).beats() if beat not in left_out]
