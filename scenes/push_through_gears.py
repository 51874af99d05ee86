"""The train of gears, pushed from behind: push flows back, and the radius of each gear is the gradient."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from scenes.parts.page import LABEL, ROWS, Box, Column, Near, Over, Slot, during
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.gear_motions import Become
from scenes.parts.stage.geared import GearStage
from scenes.parts.stage.motions import Appear, SweepTo, Vanish
from scenes.parts.things.area import area
from scenes.parts.things.dial import dial, dial_radius
from scenes.parts.things.gear_train import WITHIN, GearTrain
from scenes.parts.things.letters import live, number
from scenes.parts.things.part import shown_of
from scenes.parts.things.push_line import PushLine
from scenes.parts.things.radius_bars import RadiusBars
from scenes.parts.things.shrinking import Shrinking
from scenes.parts.things.spoke import Spoke

FIRST = ("open_push", "ask")
PUSHED = ("grow_teeth", "push_back", "multiply_back")
ANSWERED = ("read_radii", "say_model")


class PushThroughGears(GearStage):
    """Push the last gear, and every earlier shaft feels it: the radius is the gradient.

    Dials, and a question to the class with tempting answers; they grow teeth; the same force at every tooth, and a push
    on each shaft; each mesh multiplies it by its slope; the radii fall and stand as bars, which answer the question;
    each weight's gradient; the same dL/dx from the front and from the back; x moves, and every radius with it; what
    gears are a model of.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.open_push()
        self.grow_teeth()
        self.push_back()
        self.multiply_back()
        self.read_radii()
        self.name_bound()
        self.collect_weight_gradients()
        self.go_both_ways()
        self.move_x()
        self.say_model()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the train, and under it in turn what is told of it."""
        clip, pen, nodes = self.clip, self.pen, self.clip.nodes
        self.last, self.names = len(nodes) - 1, [f"dL_d{name}" for name in nodes]
        self.train = GearTrain(pen, nodes, named=nodes)
        over: list[Item] = [self.train.part]
        if clip.moves:
            self.sweep = Sweep(clip.x, clip.sweeps()["x"].quantities)
            how = {"follow": self.sweep["moving_x"], "moments": clip.way, "named": nodes}
            self.rolling = GearTrain(pen, nodes, prefix="plain_", called="rolling", **how)
            over.append(self.rolling.part)
        below = Slot(during(self.told(), *PUSHED), *self.below())
        body = Column(Over(*over), LABEL, below, align="origin", anchor=0)
        page, beats = Over(body, *self.others()), self.beats_but(*clip.left_out)
        self.lay_out({"gears": self.framed(page, *beats, corner=Slot(*self.corner()))})

    def corner(self) -> Iterator[Box]:
        """Yield what stands at the right end of the head's line."""
        notes = {"read_radii": "chosen", "say_model": "model"} | ({"move_x": "toothless"} if self.clip.moves else {})
        self.corners = {beat: self.note(key, align="right") for beat, key in notes.items()}
        yield from (during(part, beat) for beat, part in self.corners.items())

    def asked(self) -> Box:
        """Return a dial for each value, with its number, and at both ends what one might guess."""
        pen, nodes = self.pen, self.clip.nodes
        self.dials = [dial(pen, n, radius=dial_radius(nodes), called=f"dial {n}") for n in nodes]
        self.values = {i: number(pen, nodes[i], called=f"at dial {nodes[i]}") for i in self.spots}
        self.guesses = [self.note(key, colour="ink") for key in ("guess_first", "guess_last")]
        pairs = ((d, [self.values[i]] if i in self.values else []) for i, d in enumerate(self.dials))
        each = [Column(d, *value, gap=LABEL, align="origin", anchor=0) for d, value in pairs]
        dials = Near(each, at=self.train.columns, gap=ROWS, within=WITHIN)
        self.steps, over = self.steps_line()
        guesses = self.under_gears(self.guesses, (0, self.last))
        return Column(over, LABEL, dials, LABEL, guesses, align="origin", anchor=1)

    def told(self) -> Box:
        """Return what the push is told with: pushes, and then slopes."""
        pen, clip = self.pen, self.clip
        self.line, self.mesh_line = PushLine(pen, self.train, self.names, self.spots), self.slopes_line()
        self.legends = {beat: [self.note(key) for key in keys] for beat, keys in clip.legends.items()}
        notes = [during(self.hung(*notes), beat) for beat, notes in self.legends.items() if notes]
        slopes = during(self.mesh_line.box, PUSHED[-1])
        return self.hung(self.line.box, Slot(*notes, slopes))

    def below(self) -> Iterator[Box]:
        """Yield what stands under the train later, in its beats."""
        clip, pen = self.clip, self.pen
        if clip.name_bound:
            pairs = zip(("at_most", "in_truth"), ("bound", "dL_dx"), strict=True)
            self.bound = [part for key, n in pairs for part in (self.note(key), number(pen, n, called=f"said {n}"))]
            yield during(self.hung(*self.bound), "name_bound")
        stages = clip.weight_stages[::-1]
        self.areas = [area(pen, f"dL_d{w}", clip.nodes[i], self.names[i + 1]) for w, i in stages]
        self.weights = [number(pen, w, form="equation", called=f"weight {w}") for w, _ in stages]
        if stages:
            each = [self.hung(*pair) for pair in zip(self.weights, self.areas, strict=True)]
            areas = Near(each, at=[self.train.mesh_columns[i] for _, i in stages], within=WITHIN)
            yield during(self.hung(areas), "collect_weight_gradients")
        self.heads, spots = [self.note(key) for key in ("back", "front")], [clip.nodes[i] for i in self.spots]
        self.ways = [[number(pen, f"{k}{n}", called=f"way {k}{n}") for n in spots] for k in ("dL_d", "front_")]
        back, front = (self.under_gears(row, self.spots, levels=3) for row in self.ways)
        yield during(self.hung(self.heads[0], back, self.heads[1], front), "go_both_ways")
        if clip.is_wide:
            self.shrinking = Shrinking(pen, self.names)
            yield during(self.hung(self.shrinking.box), *ANSWERED)

    def others(self) -> Iterator[Box]:
        """Yield the dials; the bars that the radii become, with what they answer; and those that follow x."""
        yield during(self.asked(), *FIRST)
        clip, pen, ways = self.clip, self.pen, [self.clip.deltas_of(run) for run in self.clip.moments()]
        below = self.rolling.below if clip.moves else self.train.below
        of = partial(RadiusBars, pen, self.names, scale="scale", below=below, moments=ways)
        if not clip.is_wide:
            felt = clip.felt.items()
            tags = {i: self.note(key, colour="quiet" if "not" in key else "gradient") for i, key in felt}
            self.bars = of(columns=self.train.columns, tags=tags)
            yield during(self.bars.part, *ANSWERED)
        if clip.moves:
            moved = [self.quantities[name].number for name in ("moving_x", "move_to")]
            self.x = live(pen, self.sweep["moving_x"], moved, symbol="moving_x")
            ends = self.rolling.columns_at_end  # where the wheels come to rest
            self.following = of(columns=ends, sweep=self.sweep, called="following", tags={0: self.x})
            yield during(self.following.part, "move_x")

    # -- the beats ----------------------------------------------------------------------------------------------------

    def open_push(self) -> None:
        """Show the values, and ask which of them feels a push on the last one most, and which least."""
        with self.beat(FIRST[0]):
            self.play(Appear(*self.head.shown, *shown_of(*self.dials)))
            self.play(Appear(*shown_of(*self.values.values()), lag=0.2))
            self.play(Appear(*shown_of(*self.steps), lag=0.2))
        self.ask(FIRST[1], *shown_of(*self.guesses))
        self.leave(*shown_of(*self.values.values(), *self.steps))

    def grow_teeth(self) -> None:
        """Let each dial grow teeth, and push the last gear by 1."""
        train, dials = self.train, shown_of(*self.dials)
        self.spokes: dict[int, list[Spoke]] = {}
        at = [(part.place.x, part.place.y) for part in self.dials if part.place]
        with self.beat(PUSHED[0]):
            grown = Become(*train.gears, places=at, radius=dial_radius(self.clip.nodes))
            self.play(Vanish(*dials), Appear(*train.all_idlers), grown)
            self.play(Appear(*train.names))
            self.explain(*self.legends[PUSHED[0]])
            self.arrive(self.last)

    def arrive(self, i: int) -> None:
        """Let the push on shaft ``i`` appear: its spoke, its sense and its number."""
        self.spokes[i] = self.train.spoke(i)
        self.play(Appear(*self.spokes[i], *self.train.sense(i), *self.line.arriving(i)))

    def push_back(self) -> None:
        """Follow the push from the last gear to x: the force at every tooth is the same, the arms are not."""
        self.teeth = self.train.pushes(self.names[-1], "tooth_scale")
        with self.beat(PUSHED[1]):
            self.explain(*self.legends[PUSHED[1]])
            for i in reversed(range(self.last)):
                self.play(Appear(*reversed(self.teeth[i]), lag=0.3))
                self.arrive(i)

    def multiply_back(self) -> None:
        """Say at each mesh by what it multiplies the push: by its slope."""
        with self.beat(PUSHED[2]):
            for i in reversed(range(self.last)):
                self.play(Appear(*self.mesh_line.at(i)))
        gone = shown_of(*self.line.parts, *self.mesh_line.everything)
        self.leave(*(shown for shown in self.standing if shown in gone or shown.kind == "decor"))

    def read_radii(self) -> None:
        """Let the radii fall, and stand as bars on a baseline: they answer the question."""
        with self.beat(ANSWERED[0]):
            self.play(Appear(*self.corners[ANSWERED[0]].shown))
            self.fall(self.shrinking if self.clip.is_wide else self.bars, self.spokes)
        self.answer = (self.shrinking if self.clip.is_wide else self.bars).everything
        teeth = [push for each in self.teeth for push in each]
        self.leave(*self.corners[ANSWERED[0]].shown, *teeth, *self.answer)

    def name_bound(self) -> None:
        """Say how large the gradient of x could be at most, and how large it is."""
        if self.clip.name_bound:
            self.tell("name_bound", self.bound[:2], self.bound[2:])

    def collect_weight_gradients(self) -> None:
        """Let what went in and what comes back span an area at each weight."""
        if self.areas:
            self.tell("collect_weight_gradients", *reversed(list(zip(self.weights, self.areas, strict=True))))

    def go_both_ways(self) -> None:
        """Multiply from the back and from the front: the same dL/dx, and only one way meets every gradient."""
        (back, front), rows = self.heads, self.ways
        self.tell("go_both_ways", [back], rows[0][::-1], [front], rows[1], lag=0.3)

    def move_x(self) -> None:
        """Move x: every gradient changes, and so does every radius."""
        if not self.clip.moves:
            return
        train, told = self.rolling, self.corners["move_x"].shown
        spokes = [spoke for i in range(self.last + 1) for spoke in train.spoke(i)]
        live = [*train.wheels, *spokes, *train.names, *self.following.everything, *told]
        keeps = (self.sentence, *self.head.shown, *self._leaving)
        self.still = [shown for shown in self.standing if shown not in keeps]
        with self.beat("move_x"):
            self.play(Vanish(*self.still), Appear(*live))
            end = self.quantities["move_to"].number
            self.play(SweepTo(self.sweep, end, run_time=self.clip.move_seconds, steady=False))
        self.leave(*live)

    def say_model(self) -> None:
        """Say what the gears stand for and what they leave out, over the answer."""
        with self.beat(ANSWERED[1]):
            self.play(Appear(*(self.still if self.clip.moves else [])))
            self.play(Appear(*self.answer, *self.corners[ANSWERED[1]].shown))


__getattr__, __dir__ = offer_clips(PushThroughGears)
