"""Plots on which a point rides: ruled axes, upright ones too, the gate and the equation of what a sweep moves."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import ink, lies
from shape_cases import same
from stage_cases import dry_run
from truth_cases import changed, settings_in_use

from scenes.parts.errors import StageError
from scenes.parts.measure import Axis
from scenes.parts.page import Column, Form, Leaf, Place, Region, Stack, Stations, Turns, amid, lay_out, on
from scenes.parts.page.boxes import Box
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.rehearsal import refusals
from scenes.parts.stage.stage import Stage
from scenes.parts.theme import LABEL, VALUE, Theme
from scenes.parts.things.beside_bar import points_along
from scenes.parts.things.gate import Plate, live_gate
from scenes.parts.things.lettering import Words
from scenes.parts.things.letters import live
from scenes.parts.things.plot import Curve
from scenes.parts.things.readout import Readout
from scenes.parts.things.ruler import Ruler, Tick, beside_ticks, ruled
from studio.audit.glyphs import number_points
from studio.audit.things.ruler import RULER

THEME = Theme.of("dark", {}, "Source Sans 3")
UPRIGHT = Axis("y_range", -1.2, 1.2, (1.0, -1.0, 0.0), (1.0, 1.4, 0.0))
FLAT = Axis("x_range", -1.2, 1.2, (-1.0, 0.5, 0.0), (3.0, 0.5, 0.0))


@pytest.mark.parametrize("axis", [UPRIGHT, FLAT])
def test_both_sides_draw_the_same_ruler_whichever_way_it_runs(axis: Axis) -> None:
    shown = Ruler(axis, theme=THEME)
    assert same(Ruler.shapes(shown.sizes), RULER.figure(shown.sizes))
    assert shown.fault() is None
    for what, lie in lies(shown):
        assert lie.fault() is not None, what


def test_an_upright_ruler_has_its_ticks_at_its_numbers() -> None:
    shown = Ruler(UPRIGHT, theme=THEME, most=3)
    middles = shown.submobjects[1].points.reshape(-1, 16, 3).mean(axis=1)
    assert middles[:, 1] == pytest.approx([UPRIGHT.point(v)[1] for v in (-1.0, 0.0, 1.0)])
    assert middles[:, 0] == pytest.approx([1.0] * 3)


@pytest.mark.parametrize("end", [(1.0, -2.0, 0.0), (1.5, 1.4, 0.0), (1.0, -1.0, 0.0)])
def test_a_ruler_that_runs_downward_or_aslant_is_refused(end: tuple[float, float, float]) -> None:
    with pytest.raises(StageError, match="from left to right, or upright"):
        Ruler(replace(UPRIGHT, end=end), theme=THEME)


@pytest.mark.parametrize("axis", [UPRIGHT, FLAT])
def test_a_number_beside_its_tick_is_a_fault(axis: Axis) -> None:
    for tick in ruled(axis, THEME)[1]:
        assert tick.fault() is None
        way = [0.0, 0.01, 0.0] if axis is UPRIGHT else [0.01, 0.0, 0.0]
        assert tick.shift(way).fault() == "it does not stand at its tick"


@given(length=st.floats(0.05, 6.0), low=st.floats(-5.0, 0.0), high=st.floats(0.01, 5.0), upright=st.booleans())
def test_numbers_of_ticks_never_touch(length: float, low: float, high: float, upright: bool) -> None:
    end = (0.0, length, 0.0) if upright else (length, 0.0, 0.0)
    ruler, labels = ruled(Axis("range", low, high, (0.0, 0.0, 0.0), end), THEME)
    assert labels
    assert ruler.sizes["most"] >= 2
    ends = [(ink(label)[:, int(upright)].min(), ink(label)[:, int(upright)].max()) for label in labels]
    assert all(b[0] - a[1] > 0.07 for a, b in pairwise(ends))


def test_the_room_beside_an_upright_axis_holds_its_widest_number() -> None:
    room = beside_ticks((-0.005, 0.02), THEME)
    _, labels = ruled(Axis("y", -0.005, 0.02, (0.0, 0.0, 0.0), (0.0, 3.0, 0.0)), THEME)
    assert max(-float(ink(label)[:, 0].min()) for label in labels) <= room + 1e-9
    assert all(isinstance(label, Tick) for label in labels)


def put(part: object, form: int = 0) -> None:
    part.put(Place(part.name, 1.0, 0.5, 1.0, 1.0, 1.0, 1.0, form), {})  # type: ignore[attr-defined]


def test_a_live_gate_holds_its_number_on_the_whole_way() -> None:
    def check(stage: Stage) -> None:
        sweep = Sweep(-2.0, stage.clip.sweeps()["x"].quantities)
        part = live_gate(stage.pen, sweep["s_h2"], stage.clip.moments("s_h2"), called="gate")
        put(part)
        plate, sign, number = part.shown
        assert isinstance(plate, Plate)
        assert isinstance(number, Readout)
        for x in (-2.5, -0.3, 0.0, 1.0, 2.5):
            sweep.x = x
            number.draw()
            assert number.fault() is None
            whole = np.concatenate([ink(sign), ink(number)])
            box = ink(plate)
            assert (box.min(axis=0)[:2] < whole.min(axis=0)[:2]).all(), x
            assert (whole.max(axis=0)[:2] < box.max(axis=0)[:2]).all(), x
            assert ink(sign)[:, 0].max() < ink(number)[:, 0].min()

    dry_run("ToyChain", check)


def test_a_live_gate_whose_sign_and_number_are_one_text_holds_it_in_its_middle_under_its_title() -> None:
    def check(stage: Stage) -> None:
        sweep = Sweep(-2.0, stage.clip.sweeps()["x"].quantities)
        title = stage.pen.name("function_h2", height=LABEL)
        moments = stage.clip.moments("s_h2")
        part = live_gate(stage.pen, sweep["s_h2"], moments, called="gate", as_one=True, title=title)
        put(part)
        plate, name, number = part.shown
        assert name is title
        assert ink(plate)[:, 1].max() < ink(name)[:, 1].min()
        for x, text, said in ((-2.5, "−1.973", "×(−1.973)"), (0.0, "0", "×0"), (0.29, "0.564", "×0.564")):
            sweep.x = x
            number.draw()
            assert isinstance(number, Readout)
            assert (number.fault(), number.text) == (None, text)
            (left, low), (right, high) = (end(ink(number)[:, :2], axis=0) for end in (np.min, np.max))
            again = number_points(said, VALUE)
            assert np.ptp(again, axis=0) == pytest.approx((right - left, high - low), abs=1e-6)
            assert (left + right) / 2 == pytest.approx(1.0, abs=0.03)
            assert (ink(plate).min(axis=0)[:2] < (left, low)).all()
            assert (ink(plate).max(axis=0)[:2] > (right, high)).all()

    dry_run("ToyChain", check)


def test_the_number_of_a_rise_stands_on_its_graph_and_on_no_line() -> None:
    def check(stage: Any) -> None:
        stage.arrange()
        for x in (-3.0, -0.29, 0.0, 0.29, 2.9):
            stage.sweep.x = x
            for graph in stage.graphs:
                for drawn in graph.part.shown:
                    drawn.draw()
                for said in graph.rise():
                    (left, low), (right, high) = (end(ink(said)[:, :2], axis=0) for end in (np.min, np.max))
                    across, up = graph.axes
                    assert across.start[0] < left < right < across.end[0]
                    assert up.start[1] < low < high < up.end[1]
                    curve = next(shown for shown in graph.framing if isinstance(shown, Curve))
                    x_of, y_of = ink(curve)[:, 0], ink(curve)[:, 1]
                    assert not ((left <= x_of) & (x_of <= right) & (low <= y_of) & (y_of <= high)).any()
        assert sum(bool(graph.rise()) for graph in stage.graphs) >= 1

    dry_run("ToyChain", check)


@pytest.mark.parametrize("changes", [{}, {"functions": ["tanh", "tanh"]}, {"functions": ["sin"], "x_range": [-4, 4]}])
def test_the_rise_of_the_tangent_to_y_is_told_beside_its_bar(changes: dict[str, object]) -> None:
    def check(stage: Any) -> None:
        stage.arrange()
        case = stage.clip.cases[0]
        stage.sweep.x = stage.x_of(case)
        for drawn in stage.curves.part.shown:
            drawn.draw()
        said = stage.curves.rise(f"stop_{case}_back")
        assert [type(one) for one in said] == [Words, Readout]
        assert said[1].text == f"{stage.curves.bar.reading().value:.3f}"
        bar, lines = stage.curves.bar.submobjects[-1].points[:, :2], points_along(stage.curves.plots[0])
        boxes = [[end(ink(one)[:, :2], axis=0) for end in (np.min, np.max)] for one in said]
        low, high = np.min([low for low, _ in boxes], axis=0), np.max([high for _, high in boxes], axis=0)
        assert np.hypot(*np.maximum(np.maximum(low - bar, bar - high), 0.0).T).min() <= 0.3
        assert not ((lines > low) & (lines < high)).all(axis=1).any()

    with settings_in_use(changed("ToyChain", changes)):
        dry_run("ToyChain", check)


def square(name: str, half: float) -> Leaf:
    return Leaf(name, Form.fixed(half, half, half, half))


@pytest.mark.parametrize(("wide", "apart"), [(1.0, 3.0), (9.0, 4.0), (2.5, 3.0)])
def test_stations_stand_apart_for_what_lies_amid_them(wide: float, apart: float) -> None:
    long: Box = Leaf("long", Form.fixed(wide / 2, wide / 2, 0.5, 0.5))
    dials = [square(name, 0.4) for name in "abc"]
    lines = Turns(Stack(on(square("d", 0.1), None, square("e", 0.1)), beats=["x"]), Stack(amid(3, long), beats=["y"]))
    layout = lay_out(Column(Stations(on(*dials), lines, most=4.0)), Region(-5.0, -4.0, 5.0, 4.0))
    assert layout["b"].x - layout["a"].x >= min(apart, 4.0) - 1e-9
    assert layout["long"].x == pytest.approx(layout["b"].x)


@pytest.mark.parametrize(
    "changes",
    [
        {"functions": ["square", "cube", "cube"], "x_range": [-10.0, 10.0]},  # a table of numbers of eighteen digits
        {"functions": ["exp", "exp"], "x_range": [-3.0, 5.0]},  # a tangent with a slope of 1e64
        {"functions": ["sigmoid", "gelu", "sin", "cube", "reciprocal", "leaky_relu", "cube"], "x_range": [-9.43, -7.4]},
        # just below 1e5, on the way to more: longer than where it begins, and than where it ends
        {"functions": ["softplus", "sin", "cube", "sqrt", "exp", "gelu"], "x_range": [-9.7, -4.56]},
    ],
)
def test_numbers_however_large_are_no_reason_to_refuse_a_chain(changes: dict[str, object]) -> None:
    with settings_in_use(changed("ToyChain", changes)):
        assert not refusals("ToyChain")


def test_an_exact_zero_over_a_dial_stands_in_its_middle() -> None:
    def check(stage: Stage) -> None:
        sweep = Sweep(-2.0, stage.clip.sweeps()["x"].quantities)
        part = live(stage.pen, sweep["h_h1"], stage.clip.moments("h_h1"))
        put(part)
        (number,) = part.shown
        for x in (1.0, 0.0):
            sweep.x = x
            number.draw()
            box = ink(number)
            assert (box[:, 0].min() + box[:, 0].max()) / 2 == pytest.approx(1.0, abs=0.02), x

    dry_run("ToyChain", check)


def test_what_the_core_refuses_only_on_the_way_is_said_of_the_functions() -> None:
    functions = {"functions": ["square", "sqrt", "cos"], "x_range": [-4.89, 3.26]}  # no point of the grid is 0
    with settings_in_use(changed("ToyChain", functions)):
        (refusal,) = refusals("ToyChain")
    assert refusal.key == ("clips", "ToyChain", "functions")
    assert refusal.message.endswith("slope is not finite")
