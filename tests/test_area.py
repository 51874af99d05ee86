"""Areas: what went in is the width, what comes back the height; solid where their product is positive, else hollow."""

from __future__ import annotations

from typing import Final

import numpy as np
import pytest
from dial_cases import put
from hypothesis import given
from hypothesis import strategies as st
from push_cases import scaled
from quantity_cases import ink as points_of
from quantity_cases import lies, moving, places, quantity
from shape_cases import lengths, same, whole
from stage_cases import dry_run
from truth_cases import changed, settings_in_use

from scenes.parts.measure import Scale
from scenes.parts.page import Place
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.stage.stage import Stage
from scenes.parts.things.area import Area, area, spanned
from scenes.parts.things.base import Paint, Source
from scenes.parts.things.lettering import Sign, Words
from studio.audit.things.area import AREA

SIZES: Final = {"gap": 0.05, "aside": 0.12, "side": 0.09, "rim": 0.028}


def made(across: Quantity | Source, down: Quantity | Source, place: tuple[float, float] = (0.0, 0.0)) -> Area:
    scale, paints = Scale("area", 1.4), [Paint(colour) for colour in ("#34291B", "#FEB251") * 4]
    return Area([(across, scale), (down, scale)], origin=place, sizes=SIZES, paints=paints)


@given(across=lengths, down=lengths)
def test_both_sides_of_an_area_are_its_numbers(across: float, down: float) -> None:
    shapes = Area.shapes({"across": across, "down": down}, SIZES)
    assert whole(shapes)
    assert Area.read(shapes, SIZES) == pytest.approx({"across": across, "down": down}, rel=1e-9)


@given(across=lengths, down=lengths)
def test_both_sides_say_the_same_area(across: float, down: float) -> None:
    drawn = {"across": across, "down": down}
    assert same(Area.shapes(drawn, SIZES), AREA.shapes(drawn, SIZES))


@given(across=lengths.filter(bool), down=lengths.filter(bool))
def test_an_area_is_as_wide_and_as_high_as_its_bars_and_hollow_for_minus(across: float, down: float) -> None:
    shapes = Area.shapes({"across": across, "down": down}, SIZES)
    body, ink = shapes[:2]
    assert np.ptp(ink, axis=0)[:2] == pytest.approx((abs(across), abs(down)))
    assert (ink[:, 0].min(), ink[:, 1].max()) == pytest.approx((0.0, 0.0))
    hollow = [bool(len(shapes[i])) for i in (0, 2, 4)]
    assert hollow == [(across < 0) != (down < 0), across < 0, down < 0]
    assert len(body) in (0, len(ink) // 2)


@given(one=lengths, other=lengths)
def test_a_larger_side_is_never_shorter(one: float, other: float) -> None:
    low, high = sorted((one, other))
    found = [Area.read(Area.shapes({"across": side, "down": 1.0}, SIZES), SIZES)["across"] for side in (low, high)]
    assert found[0] <= found[1]


@pytest.mark.parametrize(("across", "down"), [(0.0, 0.7), (0.7, 0.0), (0.0, 0.0)])
def test_of_a_side_of_exactly_zero_there_is_no_area_and_no_bar_but_a_ring(across: float, down: float) -> None:
    shapes = Area.shapes({"across": across, "down": down}, SIZES)
    assert [bool(len(shapes[i])) for i in (1, 3, 5)] == [False, across != 0, down != 0]
    assert [bool(len(ring)) for ring in shapes[6:]] == [across == 0, down == 0]


@given(across=st.floats(-1e3, 1e3), down=st.floats(-1e3, 1e3), place=places)
def test_an_area_stands_where_it_is_put_and_shows_its_numbers(
    across: float, down: float, place: tuple[float, float]
) -> None:
    shown = made(quantity(across), quantity(down), place)
    assert shown.fault() is None
    assert (shown.reading().value, *shown.reading().values) == pytest.approx((across, down), abs=1e-6)


@pytest.mark.parametrize(("across", "down"), [(0.6, 0.3), (-0.6, 0.3), (-0.6, -0.3)])
def test_every_change_of_an_area_is_a_fault(across: float, down: float) -> None:
    for what, lie in lies(made(quantity(across), quantity(down))):
        assert lie.fault() is not None, what


def test_an_area_follows_its_sweep_past_zero() -> None:
    sweep = moving(0.4)
    shown = made(sweep["q"], quantity(0.8), (1.0, 2.0))
    for x in (0.4, 0.0, -0.4, -1.0):
        sweep.x = x
        shown.draw()
        assert shown.fault() is None
        assert shown.reading().value == pytest.approx(x)


def test_an_area_is_a_part_with_its_numbers_beside_it_and_a_square_of_1_by_1() -> None:
    def check(stage: Stage) -> None:
        part = area(stage.pen, "dL_dw2", "h", "dL_dy", scale="area")
        square, shown, over, back, product = put(stage, part, -1.0, 0.5)
        assert np.ptp(points_of(square), axis=0)[:2] == pytest.approx((1.4, 1.4), abs=0.02)
        body = shown.submobjects[0].points
        assert body[:, 0].min() + body[:, 0].max() == pytest.approx(-2.0)
        assert points_of(over)[:, 1].max() == pytest.approx(0.5, abs=0.08)
        assert points_of(back)[:, 0].min() > max(points_of(each)[:, 0].max() for each in (shown, square))
        assert points_of(over)[:, 1].min() > points_of(shown)[:, 1].max()
        assert points_of(product)[:, 1].max() < points_of(square)[:, 1].min()
        room, *_, poorer = part.forms
        assert callable(room)
        assert callable(poorer)
        assert poorer({"area": 1.4}).across.least < room({"area": 1.4}).across.least, (
            "a number needs less than its name too"
        )
        (left, right, *_), (up, down, *_) = room({"area": 1.4})
        reach = np.concatenate([points_of(each) for each in part.shown])[:, :2] - [-1.0, 0.5]
        assert (reach.min(axis=0) >= [-left - 0.02, -down - 0.02]).all()
        assert (reach.max(axis=0) <= [right + 0.02, up + 0.02]).all()

    with scaled():
        dry_run("PushThroughGears", check)


def test_where_it_is_written_out_a_product_that_does_not_multiply_says_nearly() -> None:
    def check(stage: Stage) -> None:
        how = {"scale": "area", "smaller": "small_area", "like": ("dL_dz", "dL_dy")}
        parts = [area(stage.pen, *names, **how) for names in (("dL_dw1", "x", "dL_dz"), ("dL_dw2", "h", "dL_dh"))]
        for part, x in zip(parts, (-4.0, 2.0), strict=True):
            put(stage, part, x, 0.5)
        products = [spanned(part)[2] for part in parts]
        signs = [[shown.sign for shown in each if isinstance(shown, Sign)] for each in products]
        assert signs == [["=", "times", "="], ["=", "times", "approx"]], (
            "0.285 = 1 x 0.285, -0.973 is not 0.834 x 0.934"
        )
        low = [float(points_of(each[-1])[:, 1].min()) for each in products]
        assert low[0] == pytest.approx(low[1], abs=0.01), "both stand on one line"
        assert [len(part.forms) for part in parts] == [4, 4]

    dry_run("TwoLayerNetwork", check)


@pytest.mark.parametrize(("changes", "beyond"), [({}, False), ({"activation": "sin"}, True), ({"w1": 0.0}, False)])
def test_no_line_of_the_unit_square_runs_into_the_bar_beside_the_area(changes: dict[str, object], beyond: bool) -> None:
    def check(stage: Stage) -> None:
        part = area(stage.pen, "dL_dw2", "h", "dL_dy", smaller="small_area", beside=True)
        part.put(Place(part.name, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0), stage.pen.scales)
        shown, square, *_ = part.shown
        bar, lines = shown.submobjects[5].points[:, :2], points_of(square)[:, :2]
        (left, low), (right, high) = bar.min(axis=0) - 0.02, bar.max(axis=0) + 0.02
        inside = (lines[:, 0] > left) & (lines[:, 0] < right) & (lines[:, 1] > low) & (lines[:, 1] < high)
        upright = lines[np.ptp(lines.reshape(-1, 16, 2), axis=1)[:, 0].repeat(16) < 0.05]
        assert np.ptp(upright[:, 0]) == pytest.approx(stage.pen.scales["area"].per_unit, abs=0.02), "it has both sides"
        assert not (beyond and inside.any()), "where its side would lie in the bar, the bar stands beyond it"
        assert (left > lines[:, 0].max()) == beyond

    with settings_in_use(changed("TwoLayerNetwork", changes)):
        dry_run("TwoLayerNetwork", check)


def test_areas_stand_on_one_line_where_what_went_in_at_one_of_them_is_zero() -> None:
    def check(stage: Stage) -> None:
        like, tops, lows = ("x", "h", "dL_dz", "dL_dy"), [], []
        for names, x in ((("dL_dw1", "x", "dL_dz"), -3.0), (("dL_dw2", "h", "dL_dy"), 3.0)):
            part = area(stage.pen, *names, smaller="small_area", like=like, beside=True)
            shown, *_ = put(stage, part, x, 0.5)
            tops.append(float(shown.origin[1]))
            lows.append(float(points_of(part.shown[-1])[:, 1].min()))
            over = next(each for each in part.shown if each.name.startswith("readout"))
            assert points_of(over)[:, 1].min() > points_of(shown)[:, 1].max()
        assert tops[0] == pytest.approx(tops[1], abs=0.02)
        assert lows[0] == pytest.approx(lows[1], abs=0.02)

    dry_run("TwoLayerReluClosed", check)


def test_a_subscript_stands_clear_of_the_bar_under_it_and_areas_beside_it_on_the_same_line() -> None:
    def check(stage: Stage) -> None:
        bars, lines = [], []
        for across, x in (("h1", -3.0), ("x", 3.0)):
            shown, over, *_ = put(stage, area(stage.pen, "dL_dw1", across, "dL_dL", like=["h1", "x"]), x, 0.5)[1:]
            bars.append(float(points_of(shown)[:, 1].max()))
            lines.append(float(over.offset[1]))
            assert points_of(over)[:, 1].min() - bars[-1] > 0.04
        assert bars[0] == pytest.approx(bars[1])
        assert lines[0] == pytest.approx(lines[1])

    with settings_in_use(changed("PushThroughGears", {"stages": ["tanh", "w1", "sin"], "weights": {"w1": 1.2}})):
        dry_run("PushThroughGears", check)


@pytest.mark.parametrize(("unit", "says"), [(0.5, False), (0.75, False), (0.85, True), (0.953, True), (2.0, True)])
def test_what_the_unit_square_says_in_itself_keeps_clear_of_its_dashes_and_of_the_area(unit: float, says: bool) -> None:
    def check(stage: Stage) -> None:
        part = area(stage.pen, "dL_dw1", "x", "dL_dz", smaller="small_area", beside=True)
        part.put(Place(part.name, -1.0, 0.5, 1.0, 1.0, 1.0, 1.0), {"area": Scale("area", unit)})
        shown, square, *others = part.shown
        words = [points_of(each) for each in others if isinstance(each, Words)]
        lines, body = points_of(square), points_of(shown)
        inside = [each for each in words if each[:, 0].min() < lines[:, 0].max()]
        assert bool(inside) == says
        for each in inside:
            (left, low), (right, high) = each.min(axis=0)[:2], each.max(axis=0)[:2]
            edges = lines.min(axis=0)[:2], (lines[:, 0].max(), body[:, 1].min())
            gaps = left - edges[0][0], low - edges[0][1], edges[1][0] - right, edges[1][1] - high
            assert min(gaps) > 0.07, gaps
            assert gaps[0] == pytest.approx(gaps[2], abs=0.04)

    dry_run("PushThroughGears", check)


@pytest.mark.parametrize("unit", [1.0, 1.8])
def test_beside_an_area_without_width_its_number_stands_close_to_the_bar_and_has_its_room(unit: float) -> None:
    def check(stage: Stage) -> None:
        part = area(stage.pen, "dL_dw2", "h", "dL_dy", smaller="area", beside=True)
        part.put(Place(part.name, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0), {"area": Scale("area", unit)})
        shown = next(each for each in part.shown if isinstance(each, Area))
        (back,) = spanned(part)[1]
        number, bar = points_of(back)[:, 0], shown.submobjects[5].points[:, 0]
        gap = max(bar.min() - number.max(), number.min() - bar.max())
        assert 0.1 < gap < 0.35
        assert (number.max() < bar.min()) == (unit == 1.0), "in a large unit square there is room at its right"
        room = part.forms[0]
        assert callable(room)
        assert -number.min() <= room({"area": unit}).across.before + 0.02

    dry_run("PushThroughClosedRelu", check)
