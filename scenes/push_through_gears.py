"""The train of gears, pushed from behind: push flows back, and the radius of each gear is the gradient."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from scenes.parts.page import LABEL, NEAR, ROWS, TOUCH, Box, Column, Form, Leaf, Near, Over, Row, Slot, during
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.gear_motions import Become, Fall
from scenes.parts.stage.motions import Appear, SweepTo, Vanish
from scenes.parts.stage.paged import PagedStage
from scenes.parts.theme import VALUE
from scenes.parts.things.area import area
from scenes.parts.things.dial import dial, dial_radius
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.letters import live, number, symbol, words
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.push_line import PushLine
from scenes.parts.things.radius_bars import RadiusBars
from scenes.parts.things.shrinking import Shrinking
from scenes.parts.things.spoke import Spoke


class PushThroughGears(PagedStage):
    """Push the last gear, and every earlier shaft feels it: the radius is the gradient.

    Dials grow teeth; a question to the class; push flows back, mesh by mesh, as local x incoming = outgoing, the same
    push at every tooth; the radii fall and stand as bars; each weight's gradient; the same dL/dx from the front and
    from the back; x moves, and every radius with it; what gears are a model of.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.open_push()
        self.ask("ask")
        self.push_back()
        self.read_radii()
        self.name_bound()
        self.collect_weight_gradients()
        self.go_both_ways()
        self.move_x()
        self.say_model()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the train, and under it in turn pushes, radii, areas, and both ways of multiplying."""
        clip, pen, nodes = self.clip, self.pen, self.clip.nodes
        self.last, self.names = len(nodes) - 1, [f"dL_d{name}" for name in nodes]
        self.train = GearTrain(pen, nodes, named=nodes)
        self.dials = [self.part(dial(pen, n, radius=dial_radius(nodes), called=f"dial {n}")) for n in nodes]
        over: list[Item] = [
            self.part(self.train.part),
            Near(self.dials, at=self.train.columns, gap=ROWS, within=WITHIN),
        ]
        if clip.moves:
            self.sweep = Sweep(clip.x, clip.sweeps()["x"].quantities)
            how = {"follow": self.sweep["moving_x"], "moments": clip.way, "named": nodes}
            self.rolling = GearTrain(pen, nodes, prefix="plain_", called="rolling", **how)
            over.append(self.part(self.rolling.part))
        body = Column(Over(*over), LABEL, Slot(*self.below()), align="origin", anchor=0)
        page = Over(body, *self.radii()) if clip.moves or not clip.is_wide else body
        self.lay_out({"gears": self.framed(page, *self.played(), corner=Slot(*self.corner()))})

    def played(self) -> list[str]:
        """Return the beats that this clip has."""
        clip = self.clip
        wanted = {"name_bound": clip.name_bound, "collect_weight_gradients": clip.weight_stages, "move_x": clip.moves}
        return [beat for beat in type(clip.words).beats() if wanted.get(beat, True)]

    def corner(self) -> Iterator[Box]:
        """Yield what stands at the right end of the head's line: what arrows mean, and x while it moves."""
        self.arrows = self.part(words(self.pen, "legend", most=1))
        self.chosen = self.part(words(self.pen, "chosen", most=1, colour="quiet"))
        yield during(self.arrows, "push_back")
        yield during(self.chosen, "read_radii")
        if self.clip.moves:
            ways = [self.quantities[name].number for name in ("moving_x", "move_to")]
            made = [words(self.pen, "toothless", most=1, colour="quiet")]
            made += [symbol(self.pen, "moving_x", height=VALUE), live(self.pen, self.sweep["moving_x"], ways)]
            self.x = [self.part(part) for part in made]
            yield during(Row(*self.x, gap=NEAR), "move_x")

    def below(self) -> Iterator[Box]:
        """Yield what stands under the train, in its beats."""
        clip, pen, columns, meshes = self.clip, self.pen, self.train.columns, self.train.mesh_columns
        slopes = [f"local_{i}" for i in range(self.last)]
        self.line = PushLine(pen, self.train, self.names, slopes)
        self.marks = [self.note(key) for key in clip.marks]
        for part in self.line.parts:
            self.part(part)
        yield during(self.under(self.line.box, *self.marks), "open_push", "ask", "push_back")
        self.bound = [self.note("at_most"), self.part(number(pen, "bound"))] if clip.name_bound else []
        self.bound += (
            [self.note("in_truth"), self.part(number(pen, "dL_dx", called="in truth"))] if clip.name_bound else []
        )
        if clip.name_bound:
            yield during(self.under(*self.bound), "name_bound")
        stages = clip.weight_stages[::-1]
        names = [(f"dL_d{w}", clip.nodes[i], self.names[i + 1]) for w, i in stages]
        self.areas = [self.part(area(pen, *each)) for each in names]
        self.weights = [self.part(number(pen, w, form="equation", called=f"weight {w}")) for w, _ in stages]
        if stages:
            each = [self.under(*pair) for pair in zip(self.weights, self.areas, strict=True)]
            areas = Near(each, at=[meshes[i] for _, i in stages], within=WITHIN)
            yield during(self.under(areas), "collect_weight_gradients")
        both = [[number(pen, f"{way}{n}", called=f"way {way}{n}") for n in clip.nodes] for way in ("dL_d", "front_")]
        self.ways = [[self.part(part) for part in row] for row in both]
        self.heads = [self.note(key) for key in ("back", "front")]
        back, front = (Near(row, at=columns, levels=3, within=WITHIN) for row in self.ways)
        yield during(self.under(self.heads[0], back, self.heads[1], front), "go_both_ways")
        if clip.is_wide:
            self.shrinking = Shrinking(pen, self.names)
            for part in self.shrinking.parts:
                self.part(part)
            yield during(self.under(self.shrinking.box), "read_radii")
        self.model = [self.note(key) for key in ("model", *(["idler"] if clip.has_idlers else []))]
        yield during(self.under(*self.model), "say_model")

    def under(self, *items: Item) -> Box:
        """Return things under one another, in the middle of the train, whose origin is the top of the first."""
        first = Leaf(f"over {id(items[0])}", Form.fixed())
        return Column(first, TOUCH, *items, gap=LABEL, align="origin", anchor=0)

    def note(self, key: str) -> Part:
        """Return a note in quiet words."""
        return self.part(words(self.pen, key, colour="quiet", align="centre", most=2))

    def radii(self) -> Iterator[Box]:
        """Yield the bars that the radii become, and those that follow x."""
        clip, ways = self.clip, [self.clip.deltas_of(run) for run in self.clip.moments()]
        below = self.rolling.below if clip.moves else self.train.below
        of = partial(RadiusBars, self.pen, self.names, scale="scale", columns=self.train.columns, below=below)
        if not clip.is_wide:
            self.bars = of(moments=ways)
            yield during(self.part(self.bars.part), "read_radii")
        if clip.moves:
            self.following = of(moments=ways, sweep=self.sweep, called="following")
            yield during(self.part(self.following.part), "move_x")

    # -- the beats ----------------------------------------------------------------------------------------------------

    def open_push(self) -> None:
        """Let each dial grow teeth, and push the last gear by 1."""
        train, dials = self.train, shown_of(*self.dials)
        self.spokes: dict[int, list[Spoke]] = {}
        at = [(part.place.x, part.place.y) for part in self.dials if part.place]
        with self.beat("open_push"):
            self.play(Appear(*self.head.shown, *dials))
            grown = Become(*train.gears, places=at, radius=dial_radius(self.clip.nodes))
            self.play(Vanish(*dials), Appear(*train.all_idlers), grown)
            self.play(Appear(*train.names))
            self.arrive(self.last)

    def arrive(self, i: int) -> None:
        """Let the push on shaft ``i`` appear: its spoke, its sense and its number."""
        self.spokes[i] = self.train.spoke(i)
        self.play(Appear(*self.spokes[i], *self.train.sense(i), *self.line.arriving(i)))

    def push_back(self) -> None:
        """Follow the push from the last gear to x: at every tooth it is the same, and each mesh multiplies it."""
        self.teeth = self.train.pushes(self.names[-1], "tooth_scale")
        with self.beat("push_back"):
            self.play(Appear(*self.arrows.shown))
            for i in reversed(range(self.last)):
                self.play(Appear(*reversed(self.teeth[i]), *self.line.plates[i].shown, lag=0.3))
                self.arrive(i)
            self.play(Appear(*shown_of(*self.marks)))
        gone = shown_of(*self.line.parts, self.arrows, *self.marks)
        self.leave(*(shown for shown in self.standing if shown in gone or shown.kind == "decor"))

    def read_radii(self) -> None:
        """Let the radii fall, and stand as bars on a baseline."""
        with self.beat("read_radii"):
            (self.fall_on_decades if self.clip.is_wide else self.fall_as_bars)()
        self.leave(*self.chosen.shown, *(push for each in self.teeth for push in each))

    def fall_as_bars(self) -> None:
        """Let each radius stand on a baseline."""
        self.play(Appear(self.bars.baseline, *self.chosen.shown))
        for i in reversed(range(self.last + 1)):
            stave = self.bars.staves[i]
            falls = [Fall(stave, spoke=spoke) for spoke in self.spokes[i]] or [Appear(stave)]
            self.play(*falls, Appear(*self.bars.labels(i)))
        self.leave(*self.bars.everything)

    def fall_on_decades(self) -> None:
        """Show specks larger, and let each radius fall on its decade."""
        specks = self.shrinking
        self.play(Appear(*specks.larger, *self.chosen.shown))
        self.play(Appear(*specks.axis.line))
        for pair in reversed(specks.dots):
            self.play(Appear(*pair, run_time=0.3))
        self.leave(*specks.everything)

    def name_bound(self) -> None:
        """Say how large the gradient of x could be at most, and how large it is."""
        if not self.clip.name_bound:
            return
        with self.beat("name_bound"):
            for i in (0, 2):
                self.play(Appear(*shown_of(*self.bound[i : i + 2])))
        self.leave(*shown_of(*self.bound))

    def collect_weight_gradients(self) -> None:
        """Let what went in and what comes back span an area at each weight."""
        if not self.areas:
            return
        with self.beat("collect_weight_gradients"):
            for pair in reversed(list(zip(self.weights, self.areas, strict=True))):
                self.play(Appear(*shown_of(*pair)))
        self.leave(*shown_of(*self.weights, *self.areas))

    def go_both_ways(self) -> None:
        """Multiply from the back and from the front: the same dL/dx, and only one way meets every gradient."""
        with self.beat("go_both_ways"):
            for head, row in zip(self.heads, (self.ways[0][::-1], self.ways[1]), strict=True):
                self.play(Appear(*head.shown))
                self.play(Appear(*shown_of(*row), lag=0.3, run_time=1.5))
        self.leave(*shown_of(*self.heads, *self.ways[0], *self.ways[1]))

    def move_x(self) -> None:
        """Move x: every gradient changes, and so does every radius."""
        if not self.clip.moves:
            return
        train, bars = self.rolling, self.following
        live = [
            *train.wheels,
            *(s for i in range(self.last + 1) for s in train.spoke(i)),
            *train.names,
            *bars.everything,
        ]
        keeps = (self.sentence, *self.head.shown, *self._leaving)
        self.still = [shown for shown in self.standing if shown not in keeps]
        with self.beat("move_x"):
            self.play(Vanish(*self.still), Appear(*live, *shown_of(*self.x)))
            self.play(SweepTo(self.sweep, self.clip.move_to, run_time=self.clip.move_seconds, steady=False))
        self.leave(*live, *shown_of(*self.x))

    def say_model(self) -> None:
        """Say what the gears stand for, and what they leave out."""
        with self.beat("say_model"):
            self.play(Appear(*(self.still if self.clip.moves else []), *shown_of(*self.model)))


__getattr__, __dir__ = offer_clips(PushThroughGears)
