"""A stage for a train of gears: what stands under it, near its gears and its meshes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from operator import attrgetter

import numpy as np

from scenes.parts.page import LABEL, NEAR, TOUCH, Box, Column, Form, Leaf, Near, Need, gap
from scenes.parts.page.boxes import Item
from scenes.parts.page.near import apart
from scenes.parts.recipe.quantity import Role
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.settings.gear_chain import LONG
from scenes.parts.stage.motions import Appear, SweepTo
from scenes.parts.stage.paged import PagedStage
from scenes.parts.things.base import Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.lettering import Align
from scenes.parts.things.letters import words
from scenes.parts.things.mesh_line import MeshLine
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.push_line import PushLine
from scenes.parts.things.wheel import Idler
from scenes.parts.things.wire import leader, placed

__all__ = ["GearStage"]


_CLOSE = gap(0.2, 0.25)  # numbers on several lines
_ASIDE = 0.15  # so far from the middle of its gear a number may stand for a head in its row
_OVER_GEAR = 0.16  # from a wheel to a note over it
_NEAR = 0.08  # from words, and from a tooth, to what leads from one to the other
_width = attrgetter("across.least")
_CORNER = 6.0  # of the head's line, for a note at its end


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

    def explain(self, *notes: Part | Shown) -> None:
        """Say what marks mean, until the next beat begins."""
        if shown := shown_of(*notes):
            self.play(Appear(*shown, lag=0.5))
            self.leave(*shown)

    @property
    def is_long(self) -> bool:
        """Whether the chain is long: then not every gear has a number."""
        return len(self.clip.nodes) > LONG

    def rotate(self, sweep: Sweep, end: float, run_time: float | None = None) -> None:
        """Turn a train, with a slow start and a slow stop."""
        self.play(SweepTo(sweep, end, run_time=run_time or self.clip.turn_seconds, steady=False))

    @property
    def slopes(self) -> list[str]:
        """The slope of each mesh."""
        return [f"local_{i}" for i in range(len(self.clip.slopes))]

    def hung(self, *items: Item | Need) -> Box:
        """Return things under one another, in the middle of the train, whose origin is the top of the first."""
        return Column(Leaf(f"over {id(items[0])}", Form.fixed()), TOUCH, *items, gap=LABEL, align="origin", anchor=0)

    def marked_wheels(self) -> dict[str, int]:
        """Return keys of words about grey wheels and about hollow ones, if there are any, and at which gear first."""
        hollow = [i for i, delta in enumerate(self.clip.deltas) if delta < 0]
        grey = [i for i, key in enumerate(self.train.keys) if f"{key}_idler" in self.train.plans[0]]
        return {key: at[0] for key, at in (("idler", grey), ("hollow", hollow)) if at}

    @property
    def before_last(self) -> list[Shown]:
        """All that stands of the train before the last two gears."""
        train = self.train
        last = [*train.gears[-2:], *train.idlers[len(train.gears) - 2], *train.names[-2:]]
        return [each for each in (*train.wheels, *train.names) if each not in last]

    def over_mesh(self, key: str) -> Box:
        """Return the words for a push, over the last mesh."""
        self.push = self.note(key, colour="ink")
        return self.over_wheels_at(self.train, self.train.mesh_columns[-1:], [self.push])

    @staticmethod
    def over_wheels_at(train: GearTrain, columns: Sequence[float], notes: Sequence[Part | Leaf]) -> Box:
        """Return notes over places of a train, and over all that may stand there so near that they reach it."""
        needs = [max((form for form in note.forms if isinstance(form, Form)), key=_width) for note in notes]
        moved = apart(columns, [need.across for need in needs], NEAR.least, WITHIN)
        tops = [train.over_slices(x, _width(need) / 2) for x, need in zip(moved, needs, strict=True)]
        drops = [-top - _OVER_GEAR - need.upright.after for top, need in zip(tops, needs, strict=True)]
        return Near(notes, at=columns, within=WITHIN, drops=drops)

    def led_to_idler(self, train: GearTrain, i: int, note: Part) -> list[Shown]:
        """Return words over the idler of a mesh, and what leads from them down to it, if it is right under them."""
        place, idler = placed(note), train.idlers[i][0]
        x, y = float(idler.hub[0]), float(idler.hub[1]) + idler.plan.sides[2]
        under = place.x - place.left < x < place.x + place.right
        ends = (x, place.y - _NEAR - place.down), (x, y + _NEAR)
        return [*([leader(self.theme, *ends)] if under and ends[0][1] > ends[1][1] else []), *note.shown]

    def led_to_mesh(self, i: int, part: Part) -> list[Shown]:
        """Return what stands over a mesh, and what leads from it down to the mesh, or to the idler there."""
        if not part.shown:
            return []
        (x, _), place, hub = self.train.mesh(i), placed(part), self.train.hub(i)[1]
        ends = (x, place.y - place.down - _NEAR), (x, hub + self.train.under(self.train.mesh_columns[i]) + _NEAR)
        under = place.x - place.left < x < place.x + place.right and ends[0][1] - ends[1][1] > _NEAR
        return [*([leader(self.theme, *ends)] if under else []), *part.shown]

    def led_to_gear(self, i: int, note: Part) -> list[Shown]:
        """Return words over a gear, and the shortest leader from them to it that keeps off all but idlers, if any."""
        place, gear = placed(note), self.train.gears[i]
        hub, foot = gear.hub[:2], place.y - place.down - _NEAR
        reach = self.train.reach(i) + _NEAR
        off = (each for each in self.standing if each is not gear and not isinstance(each, Idler | Decor))
        drawn = np.concatenate([body[:, :2] for each in off for body in each.bodies()])
        starts = np.linspace(place.x - place.left, place.x + place.right, 41)
        for x in sorted(starts.tolist(), key=lambda x: abs(x - hub[0])):
            start = np.array([x, foot])
            end = hub + (start - hub) * reach / np.linalg.norm(start - hub)
            way = np.linspace(start, end, 41)
            around = (way.min(axis=0) - 2 * _NEAR < drawn) & (drawn < way.max(axis=0) + 2 * _NEAR)
            near = drawn[around.all(axis=1)]  # of thousands of points
            apart = np.linalg.norm(way[:, None] - near, axis=2).min(initial=np.inf)
            if foot > end[1] and apart > _NEAR:
                return [leader(self.theme, (x, foot), (float(end[0]), float(end[1]))), *note.shown]
        return [*note.shown]

    def named_push(self) -> list[Shown]:
        """Return the push at the tooth of the last gear but one, what it is called, over it, and what leads there."""
        train, place = self.train, placed(self.push)
        pushes = train.pushes(f"dL_d{train.nodes[-1]}", "tooth_scale")[-1][:1]
        (x, y), foot = train.mesh(len(train.gears) - 2), place.y - place.down - _NEAR
        led = bool(pushes) and not train.idlers[len(train.gears) - 2] and foot > y + 2 * _NEAR
        return [*pushes, *([leader(self.theme, (x, y + 2 * _NEAR), (x, foot))] if led else []), *self.push.shown]

    def headed(self, heads: Sequence[Part], rows: Sequence[Sequence[Part]]) -> list[Item]:
        """Return rows of numbers under the gears, heads close before them or, where there is no room, over them."""
        first = self.train.columns[0] - max(row[0].form.across.before for row in rows)
        wide = max(head.form.across.least for head in heads)
        longest = max(sum(part.form.across.least + _CLOSE.least for part in row) for row in rows)
        if wide + _CLOSE.least > first + WITHIN + _ASIDE or wide + longest > 2 * WITHIN:
            lines = (self.under_gears(row, self.spots, levels=2, like="rows") for row in rows)
            over = (Near([head], at=[-WITHIN], within=WITHIN) for head in heads)
            pairs = zip(over, lines, strict=True)
            return [Column(*pair, gap=TOUCH, align="origin", anchor=0) for pair in pairs]
        left, columns = first - NEAR.least - wide, [self.train.columns[i] for i in self.spots]
        ats = [[left + head.form.across.before, *columns] for head in heads]
        line = partial(Near, within=WITHIN, gap=_CLOSE)
        return [line([head, *row], at=at) for head, row, at in zip(heads, rows, ats, strict=True)]

    def under_gears(self, items: Sequence[Item], spots: Sequence[int], levels: int = 1, like: str = "") -> Box:
        """Return a line of things, each under the gear of its place; what is ``like`` it takes as many levels."""
        apart = NEAR if levels == 1 else _CLOSE
        return Near(
            items, at=[self.train.columns[i] for i in spots], levels=levels, gap=apart, within=WITHIN, like=like
        )

    @property
    def spots(self) -> list[int]:
        """The places of the gears that have numbers of their own: all, or in a long chain both ends and one between."""
        last = len(self.clip.nodes) - 1
        return list(range(last + 1)) if last < LONG else [0, last // 2, last - 1, last]

    @property
    def values_names(self) -> list[str]:
        """Names of the values, at a loss that of the target."""
        return [*self.clip.nodes[:-1], "target" if self.clip.has_loss else self.clip.nodes[-1]]

    def pushes_line(self, train: GearTrain) -> PushLine:
        """Return the push on each shaft of a train under its gear."""
        return PushLine(self.pen, train, [f"dL_d{name}" for name in self.clip.nodes], self.slopes, self.spots)

    def slopes_line(
        self, only: Collection[int] | None = None, called: str = "", graphs: Mapping[int, Part] | None = None
    ) -> MeshLine:
        """Return what stands at the meshes, or only at some: the slope of each step, with what it is of."""
        return MeshLine(self.pen, self.train, self.step_keys, only, called, graphs)

    @property
    def step_keys(self) -> list[str]:
        """Of each step the weight that it is, or the key of its function's name."""
        kinds = [*self.clip.stages, *(["loss"] if self.clip.has_loss else [])]
        return [s if s in (*self.clip.weights, "loss") else f"function_{i}" for i, s in enumerate(kinds)]

    def beats_but(self, *left_out: str) -> list[str]:
        """Return the beats of the clip, in their order, but for those that it does not have."""
        return [beat for beat in type(self.clip.words).beats() if beat not in left_out]
