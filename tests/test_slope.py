"""Slopes: the rise over a run of 1 as a bar, on the side of its sign, and the tangent through the point."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pytest
from hypothesis import given
from quantity_cases import lies, moving, quantity
from shape_cases import lengths, same, whole

from scenes.parts.measure import Axis
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import HOLLOW, Theme
from scenes.parts.things.base import Source
from scenes.parts.things.outlined import Spot
from scenes.parts.things.slope import Slope, SlopeShade
from studio.audit.things.slope import SHADE, SLOPE

THEME = Theme.of("dark", {}, "Source Sans 3")
SIZES: Final = {"run": 1.3, "tangent": 0.026, "bar": 0.1, "beyond": 0.3, "rim": HOLLOW[0]}
ACROSS = Axis("x_range", -2.0, 2.0, (-3.0, 0.0, 0.0), (3.0, 0.0, 0.0))
UP = Axis("value_range", -2.0, 2.0, (0.0, -2.0, 0.0), (0.0, 2.0, 0.0))


def made(rise: Quantity | Source, kind: type[Slope | SlopeShade] = Slope) -> Slope | SlopeShade:
    spot = Spot((quantity(0.5), ACROSS), (quantity(-0.2), UP))
    return kind(rise, spot=spot, theme=THEME, colour=THEME.colour("ink"))


@given(rise=lengths)
def test_the_bar_is_as_high_as_the_rise(rise: float) -> None:
    for kind in (Slope, SlopeShade):
        shapes = kind.shapes({"rise": rise}, SIZES)
        assert whole(shapes)
        assert kind.read(shapes, SIZES) == pytest.approx({"rise": rise}, rel=1e-12, abs=0.0)


@given(rise=lengths)
def test_both_sides_say_the_same_slope(rise: float) -> None:
    drawn = {"rise": rise}
    for sizes in (SIZES, {**SIZES, "bar": 0.06}):
        assert same(Slope.shapes(drawn, sizes), SLOPE.shapes(drawn, sizes))
    assert same(SlopeShade.shapes(drawn, SIZES), SHADE.shapes(drawn, SIZES))


@given(one=lengths, other=lengths)
def test_a_steeper_slope_has_a_lower_foot_and_a_steeper_tangent(one: float, other: float) -> None:
    low, high = sorted((one, other))
    feet, turns = [], []
    for rise in (low, high):
        level, tangent, *_ = Slope.shapes({"rise": rise}, SIZES)
        feet.append(float(level[:, 1].mean()))
        (x0, y0), (x1, y1) = tangent[0, :2], tangent[4, :2]
        turns.append(math.atan2(y1 - y0, x1 - x0))
        assert turns[-1] == pytest.approx(math.atan2(rise, SIZES["run"]), abs=1e-9)
    assert feet[0] >= feet[1] - 1e-9 * max(1.0, abs(low), abs(high))
    assert turns[0] <= turns[1] + 1e-9


@given(rise=lengths.filter(bool))
def test_plus_stands_solid_under_the_point_and_minus_hollow_over_it(rise: float) -> None:
    *_, body, ink = Slope.shapes({"rise": rise}, SIZES)
    assert bool(len(body)) == (rise < 0)
    ends = min(0.0, -rise), max(0.0, -rise)
    assert (ink[:, 1].min(), ink[:, 1].max()) == pytest.approx(ends, rel=1e-12, abs=0.0)


def test_of_exactly_zero_there_is_no_bar_and_the_tangent_lies_on_the_run() -> None:
    level, tangent, body, ink = Slope.shapes({"rise": 0.0}, SIZES)
    assert (len(body), len(ink)) == (0, 0)
    assert level[:, 1].mean() == tangent[:, 1].mean() == 0.0
    assert len(SlopeShade.shapes({"rise": 0.0}, SIZES)[0]) == 0


@pytest.mark.parametrize("kind", [Slope, SlopeShade])
@pytest.mark.parametrize("rise", [0.6, -0.3, 40.0])
def test_every_change_of_a_slope_is_a_fault(rise: float, kind: type[Slope | SlopeShade]) -> None:
    shown = made(quantity(rise), kind)
    assert shown.fault() is None
    for what, lie in lies(shown):
        assert lie.fault() is not None, what
    assert shown.shift([0.1, 0.0, 0.0]).fault() == "it was moved away from its axes"


@pytest.mark.parametrize("kind", [Slope, SlopeShade])
def test_a_slope_follows_its_sweep_past_zero(kind: type[Slope | SlopeShade]) -> None:
    sweep = moving(0.4)
    shown = made(sweep["q"], kind)
    for x in (0.4, 0.0, -0.4, -1.0):
        sweep.x = x
        shown.draw()
        assert shown.fault() is None
        assert shown.reading().value == pytest.approx(x)


def test_the_run_is_1_on_the_axis_of_x_and_the_rise_is_measured_on_that_of_y() -> None:
    level, *_ = (piece.points for piece in made(quantity(0.6)).submobjects)
    assert float(np.ptp(level[:, 0])) == pytest.approx(ACROSS.scale.per_unit)
    assert float(level[:, 1].mean()) == pytest.approx(UP.point(-0.2)[1] - 0.6 * UP.scale.per_unit)
