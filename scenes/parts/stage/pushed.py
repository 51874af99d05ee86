"""A stage for a train that is built and pushed from behind: gears grow out of dials, radii fall, areas open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, cast

import numpy as np

from scenes.parts.page import GROUP, LABEL, NEAR, Box, Column, Form, Leaf, Near, Over, during, gap
from scenes.parts.page.boxes import Item
from scenes.parts.page.near import apart
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.settings.gear_chain import LONG
from scenes.parts.stage.gear_motions import Become, Fall
from scenes.parts.stage.geared import GearStage
from scenes.parts.stage.motions import Appear, Dim, Unfold, Vanish
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import LABEL as SMALL
from scenes.parts.theme import QUICK, VALUE
from scenes.parts.things.area import area, spanned
from scenes.parts.things.base import Shown
from scenes.parts.things.dial_line import DialLine
from scenes.parts.things.force_words import ForceWords
from scenes.parts.things.gate import gate
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.graph import Graph
from scenes.parts.things.known import Known
from scenes.parts.things.lettering import Align
from scenes.parts.things.letters import live, name_of, number
from scenes.parts.things.mesh_line import MeshLine
from scenes.parts.things.part import Part, or_nothing, shown_of
from scenes.parts.things.push_line import PushLine
from scenes.parts.things.radius_bars import RadiusBars
from scenes.parts.things.shrinking import Shrinking
from scenes.parts.things.spoke import Spoke, ToothPush
from scenes.parts.things.wire import leader, placed

__all__ = ["PUSHED", "PushedStage"]

PUSHED = "push_back"
"""The beat in which the last gear is pushed."""

_FEW = 3  # below so many areas there is room to keep their products well apart
_LEFT = 0.33  # from a gear to the beginning of the number over it
_FAR = 0.6  # from the number to its gear: farther, nothing would say what it is of
_BEFORE = 0.2  # from the head of a row to its first number
_SIGNED = 0.12  # from a sign to its number
_ASIDE = 0.3  # nothing leads to what stands farther aside
_APART = 0.3  # from the way from the back to that from the front, if there is room
_OVER, _CLEAR = 0.2, 0.08  # from one line over the wheels to the next; from a wheel, or words, to what leads there


class PushedStage(GearStage):
    """A clip about one chain whose gears are pushed from behind.

    Attributes
    ----------
    values, mesh_line, line, known
        Its values as dials; what stands at its meshes; the pushes under its gears, and values over them.
    curves
        The functions, each a name and its curve.
    teeth
        The pushes at the teeth of each mesh.
    force
        What says what a push is, if there is a tooth to push.
    spokes
        The gradient of each gear.
    sweep
        What turns or moves the train.
    """

    values: DialLine
    mesh_line: MeshLine
    line: PushLine
    known: Known
    curves: list[Part]
    teeth: list[list[ToothPush]]
    force: ForceWords | None
    spokes: dict[int, list[Spoke]]
    sweep: Sweep

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.told: list[Shown] = []

    def tell(
        self, beat: str, *groups: Sequence[Part | Shown], lag: float = 0.0, asks: bool = False, stay: bool = False
    ) -> None:
        """Let groups of things come, one after the other; they leave when the next beat begins, unless they stay."""
        with self.asking(beat) if asks else self.beat(beat):
            for shown in filter(None, (shown_of(*group) for group in groups)):
                self.play(Appear(*shown, lag=lag, run_time=QUICK * (1 + lag * (len(shown) - 1))))
        if not stay:
            self.leave(*(shown for group in groups for shown in shown_of(*group)))

    def fall(self, onto: RadiusBars | Shrinking, spokes: Mapping[int, Sequence[Spoke]]) -> None:
        """Let the radii fall, last to first, and stand as bars; or show larger those that are specks."""
        if isinstance(onto, Shrinking):
            self.led = list(self._leaders_to(onto))
            self.play(Appear(*onto.everything, *self.led))
            return
        self.play(Appear(onto.baseline))
        for i, stave in reversed(list(enumerate(onto.staves))):
            falls = [Fall(stave, spoke=spoke) for spoke in spokes[i]] or [Appear(stave)]
            self.play(*falls, Appear(*onto.labels(i)))

    def _leaders_to(self, larger: Shrinking) -> Iterator[Shown]:
        """Yield what leads from the gears that are shown larger to where they are, if no other wheel is in its way."""
        for part, kept in zip(larger.insets, larger.kept, strict=True):
            if part.shown:
                (first, hub), place = self.train.hub(0), placed(part)
                begin, column = first - self.train.columns[0], sum(self.train.columns[i] for i in kept) / len(kept)
                over, end = self.train.under(column) + _CLEAR, place.y + place.up + _CLEAR
                way = np.linspace((column, over), (place.x - begin, hub - end), 21).tolist()
                if hub - end > over and all(down > self.train.under(x) for x, down in way):
                    yield leader(self.theme, (begin + column, hub - over), (place.x, end))

    @property
    def told_meshes(self) -> list[int]:
        """The places of the meshes that say what they are: all, or of a long chain of one function at three."""
        last = len(self.step_keys) - 1
        alike = last + 1 >= LONG and len({self.clip.named().get(step, step) for step in self.step_keys}) == 1
        return [0, (last + 1) // 2, last] if alike else list(range(last + 1))

    @property
    def graphs(self) -> dict[int, Part]:
        """The graphs of functions, by the places of their meshes: of one function each slope once, from the last on."""
        clip, found = self.clip, dict[tuple[str, float], int]()
        for i in reversed(self.told_meshes):
            if i in clip.graphed:
                found.setdefault((clip.stages[i], round(clip.slopes[i], 2)), i)
        return {i: self._graph(i).beside for i in found.values()}

    def _graph(self, i: int) -> Graph:
        """Return the graph of the function of a mesh."""
        x, y = self.clip.nodes[i : i + 2]
        return Graph(self.pen, y, (x, y, f"local_{i}", f"{y}_curve_x", f"{y}_curve_y"))

    def under_dials(self, ends: Sequence[Part]) -> Box:
        """Return two notes under the first dial and the last, and between dials each function, once, with its curve."""
        clip, columns, of = self.clip, self.values.columns, dict[str, list[int]]()
        for i in sorted(clip.graphed):
            of.setdefault(clip.stages[i], []).append(i)
        places = sorted(each[len(each) // 2] for each in of.values())  # of a row of one function in its middle
        pairs = [(name_of(self.pen, self.step_keys[i], called=f"curve of {i}"), self._graph(i).curve) for i in places]
        leaves = [[or_nothing(part, "curves", cost=0) for part in pair] for pair in pairs]
        self.curves = [cast(Part, leaf.part) for pair in leaves for leaf in pair]
        drawn = [Column(*pair, gap=LABEL, align="origin", anchor=0) for pair in leaves]
        at = [columns[0], *((columns[i] + columns[i + 1]) / 2 for i in places), columns[-1]]
        return Near([ends[0], *drawn, ends[1]], at=at, within=WITHIN)

    @property
    def read_spots(self) -> list[int]:
        """The places of the gears whose values stand over them: all, or of a long chain those that slopes come from."""
        read = {j for i in self.told_meshes for j in self.clip.read_for(i)}
        return sorted(read) if self.is_long else self.spots

    def both(self) -> Box:
        """Return the row that is multiplied from the front, and the slopes; of a long chain both rows."""
        align: Align = "centre" if self.is_long else "right"
        self.heads = [self.note(key, align=align) for key in ("back", "front")]
        spots = [self.clip.nodes[i] for i in self.spots]
        self.ways = [[number(self.pen, f"{k}{n}", called=f"way {k}{n}") for n in spots] for k in ("dL_d", "front_")]
        if self.is_long:
            back, front = (self.under_gears(row, self.spots, levels=3, like="ways") for row in self.ways)
            made = (gate(self.pen, f"local_{i}", called=f"all gate local_{i}") for i in self.told_meshes)
            leaves = [or_nothing(each, "plates") for each in made]
            self.plates = [cast(Part, leaf.part) for leaf in leaves]
            plates = Near(leaves, at=[self.train.mesh_columns[i] for i in self.told_meshes], within=WITHIN)
            return self.hung(self.heads[0], back, plates, self.heads[1], front)
        self.all_slopes = self.slopes_line(called="all ")
        self.all_slopes.off = [*self.line.numbers, *self.ways[1], self.heads[1]]
        columns, before = [self.train.columns[i] for i in self.spots], self.before_first(self.heads[1], self.ways[1])
        row = Near(self.ways[1], at=columns, levels=2, within=WITHIN)
        top = Leaf("over the way from the front", Form.fixed())  # numbers so close to those over them were a fraction
        head = [] if before else [self.heads[1]]
        return self.hung(top, gap(0.0, _APART), *head, Over(row, *before), self.all_slopes.box)

    def both_ways(self) -> tuple[list[list[Part | Shown]], list[list[Part | Shown]]]:
        """Return what is shown of the way from the back, with all slopes, and of that from the front."""
        (back, front), rows = self.heads, self.ways
        if self.is_long:
            return [[back], [*rows[0][::-1]], [*self.plates]], [[front], [*rows[1]]]
        pushes = [shown for i in range(len(self.slopes), -1, -1) for shown in self.line.arriving(i)]
        slopes = [shown for i in range(len(self.slopes)) for shown in self.all_slopes.at(i)]
        return [[*self.placed(back), *pushes], [*slopes]], [[front, *rows[1]]]

    def before_first(self, head: Part, row: Sequence[Part], drop: float = 0.0) -> list[Box]:
        """Return the head of a row, right-aligned, before the number under the first gear, if it has room there."""
        needs, columns = [part.form.across for part in row], [self.train.columns[i] for i in self.spots]
        first = min(apart(columns[::by], needs[::by], NEAR.least, WITHIN)[0] for by in (1, 2))
        sign = self.line.signs.get(0) if row is self.line.numbers else None
        at = first - needs[0].before - _BEFORE - (sign.form.across.least + _SIGNED if sign else 0.0)
        fits = head.form.across.before <= WITHIN + at
        return [Near([head], at=[at], within=WITHIN, drops=[drop])] if fits else []

    def placed(self, *parts: Part) -> list[Part]:
        """Return those of some parts that stand on a page."""
        return [part for part in parts if part.place]

    def force_notes(self) -> list[Item]:
        """Return what says of the last mesh what a push is, and what rings are, line by line."""
        clip, train = self.clip, self.train
        self.force, mesh = None, clip.pushed_mesh
        if mesh is not None:
            legend, arms = self.note("legend", colour="ink"), self.note("arms", colour="gradient")
            self.force = ForceWords(train, self.line, mesh, legend, arms)
        self.rings = {key: self.note(key) for key in clip.marks}
        near = {key: [train.columns[clip.first_marked[key]]] for key in self.rings}
        rows = {key: Near([part], at=near[key], within=WITHIN) for key, part in self.rings.items()}
        rows |= {"force": self.force.row} if self.force else {}
        return [rows[key] for key in ("force", "free", "small") if key in rows]

    @property
    def said_of_force(self) -> list[Part | Shown]:
        """What says what a push is, with what leads there, and what rings are."""
        said = self.force.said(self.teeth[self.force.mesh]) if self.force else []
        return [*said, *self._leader_to_ring(), *self.rings.values()]

    def _leader_to_ring(self) -> list[Shown]:
        """Return what leads from the number of the first gear whose gradient is 0 down to what its ring means."""
        if "free" not in self.rings or (i := self.clip.first_marked["free"]) not in self.spots:
            return []
        said, place = placed(self.line.numbers[self.spots.index(i)]), placed(self.rings["free"])
        foot, top = said.y - said.down - _CLEAR, place.y + place.up + _CLEAR
        off = [placed(part) for part in (self.force.under if self.force else [])]
        clear = all(not -each.left - _CLEAR < said.x - each.x < each.right + _CLEAR for each in off)
        is_under = abs(place.x - said.x) < _ASIDE and foot > top and clear
        return [leader(self.theme, (said.x, foot), (said.x, top))] if is_under else []

    def over_first(self, train: GearTrain, moments: Sequence[float]) -> Box | None:
        """Return the number that moves, in the place of the name over the first gear, if it stays close to that."""
        of = partial(live, self.pen, self.sweep["moving_x"], moments, symbol="moving_x")
        self.x = of(align="left")
        at = max(train.columns_at_end[0] - _LEFT, self.x.form.across.before - WITHIN)
        half = self.x.form.across.after / 2
        up, up_at_end = (reach(at + half, half) for reach in (train.over, train.over_at_end))
        is_clear = train.names_in(at - self.x.form.across.before, at + 2 * half, up, up + VALUE) <= {0}
        self.x_is_over = bool(train.named) and not train.inside[0] and up - up_at_end < _FAR and is_clear
        if self.x_is_over:
            return Near([self.x], at=[at], drops=[-up])
        self.x = of(align="point")
        return None

    def grow(self, i: int) -> None:
        """Let the slope of a mesh appear, and by it the dial before the mesh grow into its gear."""
        train, dials, at = self.train, self.values.dials, placed(self.values.dials[i])
        is_last = i == len(self.slopes)
        known = [shown for j in ([] if is_last else self.clip.read_for(i)) for shown in self.known.at(j)]
        if not is_last:
            self.play(Appear(*self.mesh_line.at(i), *(shown for shown in known if shown not in self.standing)))
        grown = Become(train.gears[i], places=[(at.x, at.y)], radius=self.values.radius)
        away = [*(dial for dial in dials[:i] if self._lies_under(dial, i)), *dials[i:]]
        gone = [shown for shown in shown_of(*away) if shown in self.standing]
        over = self.of_gear(i + 1) if train.idlers[i] else []
        self.play(*([Vanish(*gone)] if gone else []), Appear(*train.idlers[i], under=over), grown)
        target = self.known.at(i) if is_last and self.clip.has_loss else ()
        self.play(Appear(*train.names[i : i + 1], *self.spokes[i], *self.line.arriving(i), *target))

    def _lies_under(self, dial: Part, i: int) -> bool:
        """Return whether a dial would lie under a gear, or under the wheels behind it, or right of where they begin."""
        wheels, place = [self.train.gears[i], *self.train.idlers[i]], placed(dial)
        return place.x + place.right > min(float(wheel.hub[0]) - wheel.plan.sides[2] for wheel in wheels)

    def of_gear(self, i: int) -> list[Shown]:
        """Return a gear with its spoke and its name."""
        return [self.train.gears[i], *self.spokes[i], *self.train.names[i : i + 1]]

    def over_wheels(self) -> Iterator[Box]:
        """Yield what a kind of wheel means, over the first of its kind, in the beat in which that comes."""
        self.marked = dict[str, dict[str, Part]]()
        for beat, gears in self.clip.built.items():
            at = {key: i for key, i in self.clip.first_marked.items() if i in gears}
            made = {key: self.note(key, called=f"words {key} over") for key in sorted(at, key=lambda key: at[key])}
            notes = {key: or_nothing(part, "marked", cost=0) for key, part in made.items()}
            self.marked[beat] = {key: cast(Part, leaf.part) for key, leaf in notes.items()}
            columns = [(self.train.mesh_columns if key == "idler" else self.train.columns)[at[key]] for key in notes]
            if notes:
                line = Near(list(notes.values()), at=columns, within=WITHIN, drops=[-self._over_all] * len(notes))
                yield during(line, beat)
        if self.force:
            yield during(self.force.over, PUSHED)

    @property
    def _over_all(self) -> float:
        """How far over the hubs a line clears all wheels, and the values over them."""
        return self.train.highest + _OVER + (SMALL + _OVER if self.known.spots else 0.0)

    def say_marked(self, beat: str) -> None:
        """Say what the wheels mean that have come in a beat: of small rings, if something leads there, only now."""
        for key, part in self.marked[beat].items():
            if part.shown:
                i = self.clip.first_marked[key]
                said = self.led_to_idler(self.train, i, part) if key == "idler" else self.led_to_gear(i, part)
                self.explain(*said)
                if key == "small" and len(said) > len(part.shown):
                    del self.rings[key]

    def areas_under(self) -> Box:
        """Return the area of each weight's gradient under its mesh."""
        clip, pen, stages = self.clip, self.pen, sorted(self.clip.spanned, key=lambda stage: stage[1])
        values, pushes = [clip.nodes[i] for _, i in stages], [f"dL_d{clip.nodes[i + 1]}" for _, i in stages]
        scales = {"largest": "largest_area", "scale": "large_area", "smaller": "area"}
        self.areas = {
            i: area(pen, f"dL_d{w}", clip.nodes[i], push, **scales, like=[*values, *pushes], beside=True)
            for (w, i), push in zip(stages, pushes, strict=True)
        }
        each = [self.hung(self.areas[i]) for _, i in stages]
        apart = GROUP if len(stages) < _FEW else NEAR
        return self.hung(Near(each, at=[self.train.mesh_columns[i] for _, i in stages], gap=apart, within=WITHIN))

    def weights_over(self) -> Box:
        """Return each weight over its mesh, over all wheels and what stands over them, where there is room."""
        stages = sorted(self.clip.spanned, key=lambda stage: stage[1])
        made = ((i, number(self.pen, w, form="equation", called=f"weight {w}")) for w, i in stages)
        leaves = {i: or_nothing(part, "marked", cost=0) for i, part in made}
        self.weights = {i: cast(Part, leaf.part) for i, leaf in leaves.items()}
        at, drops = [self.train.mesh_columns[i] for i in leaves], [-self._over_all] * len(leaves)
        return Near(list(leaves.values()), at=at, within=WITHIN, drops=drops)

    def span(self, i: int) -> None:
        """Let what went in at the mesh of a weight, and what comes back to it, open an area; all else is dim."""
        itself, back, product = spanned(self.areas[i])
        known, spokes, over = self.known.at(i), self.spokes[i + 1], itself[-1]
        self.focus(*self.of_gear(i), *self.of_gear(i + 1))
        weight = self.led_to_mesh(i, self.weights[i])
        self.play(Appear(*known, *weight))
        comes = [*((over, one) for one in known), *((one, spoke) for one in back for spoke in spokes)]
        still = [s for s in (*itself, *back) if s not in [thing for thing, _ in comes]]
        self.play(Unfold(*still), *(Travel(thing, from_=from_) for thing, from_ in comes))
        self.play(Appear(*product))
        self.told += [*weight, *self.areas[i].shown]

    def focus(self, *lit: Shown) -> None:
        """Take out of focus what stands of the train, and what has been told, but for some things."""
        train = self.train
        all_of_it = [shown for i in range(len(train.gears)) for shown in self.of_gear(i)]
        dim = [s for s in (*train.all_idlers, *all_of_it, *self.told) if not s.dimmed and s not in lit]
        light = [s for s in lit if s.dimmed]
        if motions := [*([self.unlit(*dim)] if dim else []), *([self.unlit(*light, back=True)] if light else [])]:
            self.play(*motions)

    def relit(self) -> list[Dim]:
        """Return the motion that brings back into focus what stands dim of the train, if anything does."""
        dim = [shown for shown in self.standing if shown.dimmed and shown not in self.told]
        return [self.unlit(*dim, back=True)] if dim else []
