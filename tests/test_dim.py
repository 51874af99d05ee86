"""Out of focus: shapes are mixed into the ground, letters are quiet, and what is thin stays to be seen."""

from __future__ import annotations

import pytest
from quantity_cases import quantity
from stage_cases import dry_run

from scenes.parts.measure import Scale
from scenes.parts.stage.motions import Appear, Dim
from scenes.parts.stage.stage import Stage
from scenes.parts.theme import DIM, Theme
from scenes.parts.things.ribbon import Ribbon

THEME = Theme.of("dark", {}, "Source Sans 3")


def ribbon(out: float, into: float) -> Ribbon:
    where = {"origin": (0.0, 0.0), "left": 1.4, "right": 1.2}
    return Ribbon(quantity(out), quantity(into), Scale("ribbon", 0.5), theme=THEME, colour="#FEB251", **where)


def test_a_shape_out_of_focus_is_mixed_into_the_ground_and_stays_opaque_and_comes_back() -> None:
    shown = ribbon(0.6, -1.2)
    dim = Dim(shown, theme=THEME)
    dim.show(shown, 1.0)
    assert [piece.tone for piece in shown.submobjects] == [
        THEME.mixed(piece.paint.colour, DIM) for piece in shown.submobjects
    ]
    assert all(piece.shown == 1.0 for piece in shown.submobjects), "what it lies over does not shine through"
    assert shown.fault() is None
    Dim(shown, theme=THEME, back=True).show(shown, 1.0)
    assert [piece.tone for piece in shown.submobjects] == [piece.paint.colour for piece in shown.submobjects]


@pytest.mark.parametrize(("push", "dimmed"), [(1.0, True), (0.2, True), (0.01, False), (-0.01, False), (0.0, True)])
def test_what_is_so_thin_that_it_would_vanish_is_not_dimmed(push: float, dimmed: bool) -> None:
    shown = ribbon(push, 1.0)
    assert (shown in Dim(shown, theme=THEME).shown) is dimmed


def test_letters_out_of_focus_are_quiet() -> None:
    def check(stage: Stage) -> None:
        text = stage.pen.words("title")
        stage.play(Appear(text))
        stage.play(Dim(text, theme=stage.theme))
        assert {piece.tone for piece in text.submobjects} == {stage.theme.colour("quiet")}
        stage.play(Dim(text, theme=stage.theme, back=True))
        assert {piece.tone for piece in text.submobjects} == {stage.theme.colour("ink")}

    dry_run("TwoLayerNetwork", check)
