"""The train of gears, built and pushed from behind: push flows back, and the radius of each gear is the gradient."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from scenes.parts.page import LABEL, Box, Column, Over, Slot, during
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.motions import Appear, SweepTo, Vanish
from scenes.parts.stage.pushed import PUSHED, PushedStage
from scenes.parts.things.dial_line import DialLine
from scenes.parts.things.gear_train import GearTrain
from scenes.parts.things.known import Known
from scenes.parts.things.letters import number, words
from scenes.parts.things.part import shown_of
from scenes.parts.things.radius_bars import RadiusBars
from scenes.parts.things.shrinking import Shrinking

FIRST, BOTH = ("open_push", "read_values", "ask"), ("ask_ways", "go_both_ways")
BUILT = ("grow_teeth", "multiply_once", "multiply_again", "multiply_on", "multiply_back")
WEIGHTS, ANSWERED = ("span_area", "collect_weight_gradients"), ("read_radii", "read_decades", "say_most", "say_model")
MOVED = ("ask_moved", "move_x")


class PushThroughGears(PushedStage):
    """Push the last gear, and every earlier shaft feels it: the radius is the gradient.

    Dials, and a question to the class with tempting answers; from the last on they grow teeth: its radius is 1, that of
    each before it the next one times the slope between them; the same force at every tooth; the radii fall and stand as
    bars, which answer the question; each weight's gradient; the same dL/dx from the front and from the back; x moves,
    and every radius with it; what gears are a model of.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.open_push()
        self.build()
        self.push_back()
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
        self.train = GearTrain(pen, nodes, named=nodes, pushed="tooth_scale")
        over: list[Item] = [self.train.part]
        if clip.moves:
            self.sweep = Sweep(clip.x, clip.sweeps()["x"].quantities)
            how = {"follow": self.sweep["moving_x"], "moments": clip.way, "named": nodes}
            self.rolling = GearTrain(pen, nodes, prefix="plain_", called="rolling", **how)
            over.append(self.rolling.part)
        self.corners = {ANSWERED[-1]: self.in_corner("model")}
        self.read = self.in_corner("half_turn")
        body = Column(Over(*over), LABEL, Slot(*self.below()), align="origin", anchor=0)
        page, beats = Over(body, *self.others()), self.beats_but(*clip.left_out)
        corner = Slot(during(self.read, *FIRST, *BUILT), *(during(part, beat) for beat, part in self.corners.items()))
        self.lay_out({"gears": self.framed(page, *beats, corner=corner)})

    def asked(self) -> Box:
        """Return a dial for each value, with its number, the functions, and at both ends what one might guess."""
        self.guesses = [self.note(key, colour="ink", within=3.0) for key in ("guess_first", "guess_last")]
        self.values = DialLine(self.pen, self.train, self.spots, self.clip.has_loss)
        return Column(self.values.box, LABEL, self.under_dials(self.guesses), align="origin", anchor=0)

    def under_built(self) -> Box:
        """Return what the train is built and pushed with: radii, under them slopes, and then what marks mean."""
        self.line, self.mesh_line = self.pushes_line(self.train), self.slopes_line(self.told_meshes, graphs=self.graphs)
        self.mesh_line.off = self.line.numbers
        built = ((beat, self.mesh_line.box_of(meshes)) for beat, meshes in self.clip.built.items() if meshes)
        under: list[Item] = [during(self.hung(box), beat) for beat, box in built]
        force = self.force_notes()
        under += [during(self.hung(*force), PUSHED)] if force else []
        under += [] if self.is_long else [during(self.both(), *BOTH)]
        return Column(self.line.box, LABEL, Slot(*under), align="origin", anchor=0)

    def below(self) -> Iterator[Box]:
        """Yield what stands under the train later, in its beats."""
        clip, pen = self.clip, self.pen
        if clip.name_bound:
            pairs = zip(("at_most", "in_truth"), ("bound", "dL_dx"), strict=True)
            self.bound = [part for key, n in pairs for part in (self.note(key), number(pen, n, called=f"said {n}"))]
            yield during(self.hung(*self.bound), "name_bound")
        if clip.spanned:
            yield during(self.areas_under(), *WEIGHTS)
        if self.is_long:
            yield during(self.both(), *BOTH)
        if clip.is_wide:
            self.shrinking = Shrinking(pen, self.names, [self.names[0], self.names[-1]], "guess_first")
            if self.shrinking.insets:
                yield during(self.hung(self.shrinking.box), ANSWERED[0])
            yield during(self.hung(self.shrinking.axis.part), *ANSWERED[1:])

    def others(self) -> Iterator[Box]:
        """Yield the dials; the bars that the radii become, with what they answer; and those that follow x."""
        self.known = Known(self.pen, self.train, self.values_names, self.read_spots)
        built = (*BUILT, PUSHED, *([] if self.is_long else BOTH))
        yield from (during(self.asked(), *FIRST), during(self.under_built(), *built), *self.over_wheels())
        if not self.is_long:
            drop = self.line.drop(0)
            yield from (during(each, *BOTH) for each in self.before_first(self.heads[0], self.line.numbers, drop))
        yield during(self.known.box, *BUILT, *WEIGHTS)
        if self.clip.spanned:
            yield during(self.weights_over(), *WEIGHTS)
        clip, pen, ways = self.clip, self.pen, [self.clip.deltas_of(run) for run in self.clip.moments()]
        below = self.rolling.below if clip.moves else self.train.below
        of = partial(RadiusBars, pen, self.names, scale="scale", below=below, moments=ways)
        if not clip.is_wide:
            felt = clip.felt.items()
            tags = {i: self.note(key, colour="quiet" if "not" in key else "gradient") for i, key in felt}
            self.bars = of(columns=self.train.columns, tags=tags)
            yield during(self.bars.part, *ANSWERED, MOVED[0])
        if clip.moves:
            moved = [self.quantities[name].number for name in ("moving_x", "move_to")]
            ends = self.rolling.columns_at_end  # where the wheels come to rest
            felt = {i: words(pen, key, colour="gradient", called=f"then {key}") for i, key in clip.felt_at_end.items()}
            self.following = of(columns=ends, sweep=self.sweep, called="following", tags=felt)
            yield during(self.following.part, MOVED[1])
            if over := self.over_first(self.rolling, moved):
                yield during(over, MOVED[1])
            else:
                self.corners |= {MOVED[1]: self.x}

    # -- the beats ----------------------------------------------------------------------------------------------------

    def open_push(self) -> None:
        """Show the values, and ask which of them feels a push on the last one most, and which least."""
        with self.beat(FIRST[0]):
            self.play(Appear(*self.head.shown, *self.read.shown, *shown_of(*self.values.dials, *self.curves)))
        self.tell(FIRST[1], [*self.values.values.values()], lag=0.3, stay=True)
        self.ask(FIRST[2], *shown_of(*self.guesses))
        self.leave(*shown_of(*self.values.values.values(), *self.curves))

    def build(self) -> None:
        """Make the last value a gear of radius 1; from mesh to mesh back to x, each is the next one times the slope."""
        self.spokes = {i: self.train.spoke(i) for i in range(self.last + 1)}
        for beat, gears in self.clip.built.items():
            if not gears:
                continue
            with self.beat(beat):
                for i in gears:
                    self.grow(i)
                self.say_marked(beat)
            self.leave(*(s for s in self.mesh_line.everything if s in self.standing))
        self.leave(*self.read.shown, *(s for s in self.known.everything if s in self.standing))

    def push_back(self) -> None:
        """Push the last gear by 1, and follow the push to x: the force at every tooth is the same, the arms are not."""
        train = self.train
        self.teeth = train.pushes(self.names[-1], "tooth_scale")
        with self.beat(PUSHED):
            self.play(Appear(*train.sense(self.last)))
            for i in reversed(range(self.last)):
                self.play(Appear(*reversed(self.teeth[i]), *train.sense(i), lag=0.3))
            self.explain(*self.said_of_force)
        gone = [*shown_of(*self.line.parts), *(push for each in self.teeth for push in each)]
        self.leave(*(s for s in self.standing if s in gone or s.kind in ("decor", "sense")))

    def read_radii(self) -> None:
        """Let the radii fall, and stand as bars on a baseline: they say which feels the push most, and which least."""
        onto = self.shrinking if self.clip.is_wide else self.bars
        with self.beat(ANSWERED[0]):
            self.fall(onto, self.spokes)
        if self.clip.is_wide:
            self.leave(*onto.everything, *self.led)
        self.tell(ANSWERED[2 - self.clip.is_wide], onto.said, lag=0.1)
        self.answer = [*([] if self.clip.is_wide else onto.everything), *onto.said]
        self.leave(*self.answer)

    def name_bound(self) -> None:
        """Say how large the gradient of x could be at most, and how large it is."""
        if self.clip.name_bound:
            self.ask("ask_bound")
            self.tell("name_bound", self.bound[:2], self.bound[2:])

    def collect_weight_gradients(self) -> None:
        """Let what went in and what comes back span an area at each weight, from the last one on."""
        last, *others = [i for _, i in self.clip.spanned] or [-1]
        for beat, meshes in zip(WEIGHTS, ([last] if last >= 0 else [], others), strict=True):
            if meshes:
                with self.beat(beat):
                    for i in meshes:
                        self.span(i)
        self.turn(*self.relit())
        self.leave(*self.told)

    def go_both_ways(self) -> None:
        """Multiply from the back and from the front: the same dL/dx, and only one way meets every gradient."""
        asked, answered = self.both_ways()
        self.tell(BOTH[0], *asked, lag=0.3, asks=True, stay=True)
        self.tell(BOTH[1], *answered, lag=0.3)
        self.leave(*(shown for group in asked for shown in shown_of(*group)))

    def move_x(self) -> None:
        """Move x: every gradient changes, and so does every radius."""
        if not self.clip.moves:
            return
        self.ask(MOVED[0], *self.answer)
        train = self.rolling
        spokes = [spoke for i in range(self.last + 1) for spoke in train.spoke(i)]
        live = [*train.wheels, *spokes, *train.names[self.x_is_over :], *self.x.shown, *self.following.everything]
        keeps = (self.sentence, *self.head.shown, *self._leaving)
        self.still = [shown for shown in self.standing if shown not in keeps]
        with self.beat(MOVED[1]):
            self.play(Vanish(*self.still), Appear(*live))
            end = self.quantities["move_to"].number
            self.play(SweepTo(self.sweep, end, run_time=self.clip.move_seconds, steady=False))
            self.play(Appear(*self.following.said))
        self.leave(*live, *self.following.said)

    def say_model(self) -> None:
        """Say what the gears stand for and what they leave out, over the answer."""
        with self.beat(ANSWERED[-1]):
            self.play(Appear(*(self.still if self.clip.moves else [])))
            self.play(Appear(*self.answer, *self.corners[ANSWERED[-1]].shown))


__getattr__, __dir__ = offer_clips(PushThroughGears)
