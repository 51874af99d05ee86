"""The stage lets nothing stand that the core did not compute: every lie that a storyboard can plant ends the render."""

from collections.abc import Callable

import numpy as np
import pytest
from manim import Arrow, Dot, FadeIn, Line, Rectangle, Text, Transform, Typst
from stage_cases import dry_run, refusal

from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Quantities, Quantity, Row
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.recipe.terms import Constant, Given, given
from scenes.parts.stage.motions import Appear, Grow, SweepTo, Vanish
from scenes.parts.stage.stage import Stage
from scenes.parts.things.decor import decor
from scenes.parts.things.gear_marks import AngleScale
from scenes.parts.things.gear_pen import GearPen
from scenes.parts.things.lettering import Sign, Words
from scenes.parts.things.readout import Readout
from scenes.parts.type.numbers import Formatter

INK, GROUND = "#FFFFFF", "#111418"


def slice_of_dl_dy(stage: Stage) -> AngleScale:
    return GearPen(stage.pen).angle("dL_dy", "ribbon", hub=(0.0, 0.0), radius=1.0)


def words_typed(stage: Stage) -> None:
    stage.add(Words("title", "the gradient is small", height=0.4, colour=INK))


def number_typed_as_text(stage: Stage) -> None:
    stage.add(Text("0.2847"))


def number_typed_as_typst(stage: Stage) -> None:
    stage.play(Appear(Typst("0.2847")))


def number_typed_as_a_sign(stage: Stage) -> None:
    stage.add(Sign("0.2847", height=0.4, colour=INK))


def number_typed_as_a_readout(stage: Stage) -> None:
    stage.add(Readout(0.2847, stage.pen.formatter, height=0.4, colour=INK))


def number_made_without_a_trace(stage: Stage) -> None:
    stage.add(
        Readout(Quantity("x", Row("x", given(stage.clip, "x")), 0.5), stage.pen.formatter, height=0.4, colour=INK)
    )


def number_with_other_digits(stage: Stage) -> None:
    stage.add(Readout(stage.quantities["y"], Formatter(2, 2), height=0.4, colour=INK))


def number_of_a_class_of_its_own(stage: Stage) -> None:
    class Generous(Readout):
        def fault(self) -> None:
            return None

    stage.add(Generous(stage.quantities["y"], stage.pen.formatter, height=0.4, colour=INK))


def arrow_unbound(stage: Stage) -> None:
    stage.add(Arrow())


def dot_unbound(stage: Stage) -> None:
    stage.add(Dot())


def bar_unbound(stage: Stage) -> None:
    stage.add(Rectangle(width=0.2, height=1.0))


def arrow_declared_decor(stage: Stage) -> None:
    stage.add(decor(Arrow()))


def text_declared_decor(stage: Stage) -> None:
    stage.add(decor(Text("0.5")))


def slice_of_a_number(stage: Stage) -> None:
    stage.add(AngleScale(0.5, stage.pen.scales["ribbon"], hub=(0, 0), radius=1.0, colour=INK, ground=GROUND))


def slice_of_a_scale_of_its_own(stage: Stage) -> None:
    stage.add(
        AngleScale(stage.quantities["dL_dy"], Scale("scale", 3.0), hub=(0, 0), radius=1.0, colour=INK, ground=GROUND)
    )


def slice_with_a_number_as_scale(stage: Stage) -> None:
    stage.add(AngleScale(stage.quantities["dL_dy"], 1.0, hub=(0, 0), radius=1.0, colour=INK, ground=GROUND))


def slice_stretched_afterwards(stage: Stage) -> None:
    piece = slice_of_dl_dy(stage)
    stage.play(Grow(piece))
    piece.scale(1.01)
    stage.rest(1.0)


def slice_turned_to_the_other_side(stage: Stage) -> None:
    piece = slice_of_dl_dy(stage)
    stage.add(piece.rotate(np.pi))
    stage.rest(1.0)


def digits_of_another_number(stage: Stage) -> None:
    y, h = stage.pen.readout("y"), stage.pen.readout("h")
    y.submobjects[0].points = h.submobjects[0].points
    stage.add(y)
    stage.rest(1.0)


def number_painted_away(stage: Stage) -> None:
    stage.add(stage.pen.readout("y").set_opacity(0))
    stage.rest(1.0)


def number_morphing(stage: Stage) -> None:
    y, h = stage.pen.readout("y"), stage.pen.readout("h")
    stage.add(y)
    stage.play(Transform(y, h))


def manim_fade(stage: Stage) -> None:
    stage.play(FadeIn(Line()))


def piece_of_a_readout(stage: Stage) -> None:
    stage.add(stage.pen.readout("y").submobjects[0])


def number_of_another_colour(stage: Stage) -> None:
    stage.add(stage.pen.readout("y").set_color("#FF0000"))
    stage.rest(1.0)


def slice_outlined_thickly(stage: Stage) -> None:
    stage.add(slice_of_dl_dy(stage).set_stroke(width=40))
    stage.rest(1.0)


def text_put_into_a_readout(stage: Stage) -> None:
    stage.add(stage.pen.readout("y"))
    stage.standing[0].add(Text("0.5"))
    stage.rest(1.0)


def text_put_into_a_piece(stage: Stage) -> None:
    stage.add(stage.pen.readout("y"))
    stage.standing[0].submobjects[0].add(Text("0.5"))
    stage.rest(1.0)


def decor_turned_into_digits(stage: Stage) -> None:
    line = decor(Line())
    line.submobjects[0].points = stage.pen.readout("y").submobjects[0].points
    stage.add(line)
    stage.rest(1.0)


def text_smuggled_past_add(stage: Stage) -> None:
    stage.mobjects.append(Text("0.5"))
    stage.rest(1.0)


def scale_changed_after_it_was_let_in(stage: Stage) -> None:
    piece = slice_of_dl_dy(stage)
    stage.add(piece)
    piece.scale_used = Scale("scale", 1.2)
    piece.draw()
    stage.rest(1.0)


def words_changed_after_they_were_let_in(stage: Stage) -> None:
    words = stage.pen.words("title", height=0.4)
    stage.add(words)
    words.words = "Anything"
    words.draw()
    stage.rest(1.0)


def check_switched_off(stage: Stage) -> None:
    piece = slice_of_dl_dy(stage)
    stage.add(piece.scale(1.1))
    piece.fault = lambda: None
    stage.rest(1.0)


def updater_that_stretches(stage: Stage) -> None:
    piece = slice_of_dl_dy(stage)
    stage.add(piece)
    piece.add_updater(lambda mobject: mobject.scale(1.01))
    stage.rest(1.0)


def camera_that_zooms(stage: Stage) -> None:
    stage.camera.frame_width *= 2
    stage.rest(1.0)


def quantity_read_from_a_number(stage: Stage) -> None:
    Quantities.read({"y": Row("y", Constant(0.12))})


def quantity_of_no_settings(stage: Stage) -> None:
    given({"y": 0.12}, "y")


def number_said_to_be_given(stage: Stage) -> None:
    Given(("y",), 0.12)


LIES: list[tuple[Callable[[Stage], None], str]] = [
    (words_typed, "a storyboard cannot type any"),
    (number_typed_as_text, "Text may not enter"),
    (number_typed_as_typst, "Typst may not enter"),
    (number_typed_as_a_sign, "no sign of arithmetic"),
    (number_typed_as_a_readout, "0.2847 is no quantity"),
    (number_made_without_a_trace, "cannot be made from a number"),
    (number_with_other_digits, "the clip's own formatter"),
    (number_of_a_class_of_its_own, "Generous may not enter"),
    (arrow_unbound, "Arrow may not enter"),
    (dot_unbound, "Dot may not enter"),
    (bar_unbound, "Rectangle may not enter"),
    (arrow_declared_decor, "Arrow is no decor"),
    (text_declared_decor, "Text is no decor"),
    (slice_of_a_number, "0.5 is no quantity"),
    (slice_of_a_scale_of_its_own, "angle of dL_dy: a scale of 3.0"),
    (slice_with_a_number_as_scale, "1.0 is no scale"),
    (slice_stretched_afterwards, "angle of dL_dy: its outline"),
    (slice_turned_to_the_other_side, "angle of dL_dy: its outline"),
    (digits_of_another_number, "readout of y: its outline"),
    (number_painted_away, "readout of y: it counts as shown but is painted away"),
    (number_morphing, "Transform: only the stage's own motions"),
    (manim_fade, "FadeIn: only the stage's own motions"),
    (piece_of_a_readout, "Piece may not enter"),
    (number_of_another_colour, "readout of y: it was painted otherwise"),
    (slice_outlined_thickly, "angle of dL_dy: it was painted otherwise"),
    (text_put_into_a_readout, "readout of y: something was put into it"),
    (text_put_into_a_piece, "readout of y: something was put into it"),
    (decor_turned_into_digits, "decor: its outline"),
    (text_smuggled_past_add, "Text may not enter"),
    (scale_changed_after_it_was_let_in, "a scale of 1.2"),
    (words_changed_after_they_were_let_in, "a storyboard cannot type any"),
    (check_switched_off, "angle of dL_dy: its outline"),
    (updater_that_stretches, "angle of dL_dy: an updater"),
    (camera_that_zooms, "the camera may not zoom"),
    (quantity_read_from_a_number, "0.12 is a number that nobody computed"),
    (quantity_of_no_settings, "is no settings"),
    (number_said_to_be_given, "0.12 does not come from the settings"),
]


@pytest.mark.parametrize(("lie", "reason"), LIES, ids=[lie.__name__ for lie, _ in LIES])
def test_a_planted_lie_ends_the_render_with_one_line_and_exit_code_1(lie: Callable[[Stage], None], reason: str) -> None:
    code, said = refusal("TwoLayerNetwork", lie)
    assert code == 1
    assert reason in said
    assert said.count("\n") == 1


def test_the_same_things_bound_and_untouched_are_let_in() -> None:
    def honest(stage: Stage) -> None:
        piece, y = slice_of_dl_dy(stage), stage.pen.readout("y")
        stage.play(Grow(piece), Appear(y.at(2, 1), decor(Line())))
        stage.rest(1.0)
        stage.play(Vanish(piece, y))

    assert dry_run("TwoLayerNetwork", honest).beats == []


def test_nothing_enters_while_the_sweep_that_it_follows_moves() -> None:
    def hasty(stage: Stage) -> None:
        sweep = Sweep(-1.0, stage.clip.sweeps()["x"].quantities)
        number = stage.pen.live_readout(sweep["d_x"])
        stage.add(number)
        stage.play(SweepTo(sweep, 1.0, run_time=2.0), Appear(number))

    code, said = refusal("ToyChain", hasty)
    assert code == 1
    assert "readout of d_x: it cannot enter or leave while the sweep that it follows moves" in said


def test_a_live_number_that_stops_following_its_sweep_is_caught_in_the_frame() -> None:
    def stuck(stage: Stage) -> None:
        sweep = Sweep(-1.0, stage.clip.sweeps()["x"].quantities)
        number = stage.pen.live_readout(sweep["d_x"])
        stage.add(number)
        number.draw = lambda: None
        stage.play(SweepTo(sweep, 1.0, run_time=2.0))

    code, said = refusal("ToyChain", stuck)
    assert code == 1
    assert "readout of d_x: its outline is not the one that its value gives" in said


def test_a_range_that_no_setting_states_is_refused() -> None:
    def stretched(stage: Stage) -> None:
        axis = stage.pen.axis("x_range", ((-2.0, -1.0), (-2.0, 1.0)))
        wider = type(axis)(axis.key, axis.low, axis.high * 2, axis.start, axis.end)
        stage.add(stage.pen.dot("h_x", wider))

    code, said = refusal("ToyChain", stretched)
    assert code == 1
    assert "no setting states the range -3.0 to 6.0 (x_range)" in said
