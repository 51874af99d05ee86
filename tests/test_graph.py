"""What stands at the triangle on a gate's graph: words at its run, the number at its rise; tangents, however steep."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from quantity_cases import ink, quantity
from stage_cases import dry_run
from truth_cases import changed, settings_in_use

from scenes.parts.measure import Axis
from scenes.parts.page import Form, Place
from scenes.parts.stage.motions import Appear, Dim
from scenes.parts.stage.rehearsal import refusals
from scenes.parts.stage.stage import Stage
from scenes.parts.things.base import Shown
from scenes.parts.things.beside_bar import free_beside, points_along
from scenes.parts.things.graph import Graph
from scenes.parts.things.lettering import Words
from scenes.parts.things.part import Part
from scenes.parts.things.readout import Readout
from scenes.parts.things.slope import Slope, SlopeShade
from scenes.parts.things.tangent import Tangent

Points = npt.NDArray[np.float64]
FAR = 0.6  # as far as a word may stand from what it names
OF_NODE = {"z": ("x", "w1"), "h": ("z", "local_h"), "y": ("h", "w2"), "L": ("y", "local_L")}
FLAT, UP = Axis("x_range", -2.0, 2.0, (-2.0, 0.0, 0.0), (2.0, 0.0, 0.0)), "y_range"


def graph(stage: Stage, node: str, run: str = "run", *, measured: bool = True) -> Part:
    """Return the graph of a gate, drawn with as much room as it would like."""
    x, slope = OF_NODE[node]
    names = (x, node, slope, f"{node}_curve_x", f"{node}_curve_y")
    part = Graph(stage.pen, node, names, run, measured).part
    form = part.forms[0]
    assert isinstance(form, Form)
    (left, right, *more), (up, down, *_, low) = form
    part.put(Place(part.name, 1.0, 0.5, left + more[0], right + more[1], up, down + low), {})
    return part


def box(shown: Shown) -> tuple[Points, Points]:
    points = ink(shown)[:, :2]
    return points.min(axis=0), points.max(axis=0)


def away(text: Shown, points: Points) -> float:
    """How far a text is from the nearest of some points."""
    low, high = box(text)
    outside = np.maximum(np.maximum(low - points[:, :2], points[:, :2] - high), 0.0)
    return float(np.hypot(*outside.T).min())


def said_at(part: Part) -> tuple[list[Shown], list[Shown]]:
    """The words at the run, and the number at the rise."""
    return [s for s in part.shown if isinstance(s, Words)], [s for s in part.shown if isinstance(s, Readout)]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"w1": -3.4, "w2": 2.5, "activation": "sin"},
        {"x": -1.0, "activation": "relu"},
        {"loss": "absolute_error", "w2": 0.02},
        {"w1": 4.0, "x": -2.5, "target": -3.0, "activation": "softplus"},
    ],
)
def test_words_at_a_run_and_the_number_at_a_rise_stand_near_them_and_on_no_line(changes: dict[str, object]) -> None:
    def check(stage: Stage) -> None:
        found = 0
        for node, (_, slope) in OF_NODE.items():
            part = graph(stage, node)
            place, (words, numbers) = part.place, said_at(part)
            assert place
            (triangle,) = (s for s in part.shown if isinstance(s, Slope))
            lines = [s for s in part.shown if not isinstance(s, Words | Readout | SlopeShade) and s.kind != "symbol"]
            run, *_, bar = (piece.points for piece in triangle.submobjects)
            rise = bar if len(bar) else run  # what does not rise has its 0 at the run
            for text, named in [*((each, run) for each in words), *((each, rise) for each in numbers)]:
                (left, low), (right, high) = box(text)
                assert place.x - place.left - 0.2 <= left < right <= place.x + place.right
                assert place.y - place.down < low < high <= place.y
                crossed = points_along(lines)
                assert not ((crossed > box(text)[0]) & (crossed < box(text)[1])).all(axis=1).any(), node
                assert away(text, points_along([triangle]) if named is run else named) <= FAR
                assert all(away(text, ink(other)) > 0.0 for other in (*words, *numbers) if other is not text)
            assert numbers or stage.quantities[slope].number, "also what does not rise has its number"
            assert all(each.text == stage.pen.formatter.text(stage.quantities[slope]) for each in numbers)
            found += len(words) + len(numbers)
        assert found >= len(OF_NODE)

    with settings_in_use(changed("TwoLayerNetwork", changes)):
        dry_run("TwoLayerNetwork", check)


@pytest.mark.parametrize("w2", [45.0, -45.0])
def test_nothing_that_is_said_at_a_triangle_lies_on_it_where_the_loss_is_very_steep(w2: float) -> None:
    numbers = {"x": 150.0, "w1": -20.0, "w2": w2, "target": 100000.0, "activation": "identity"}
    with settings_in_use(changed("TwoLayerNetwork", numbers)):
        stage: Any = dry_run("TwoLayerNetwork")
    for part in stage.graphs_drawn:
        triangle = points_along([s for s in part.shown if isinstance(s, Slope | SlopeShade)])
        for text in (text for texts in said_at(part) for text in texts):
            low, high = box(text)
            assert not ((triangle > low) & (triangle < high)).all(axis=1).any(), part.name


def test_a_graph_says_no_more_than_it_is_asked_for() -> None:
    def check(stage: Stage) -> None:
        assert [len(each) for each in said_at(graph(stage, "L"))] == [1, 1]
        assert [len(each) for each in said_at(graph(stage, "L", ""))] == [0, 1]
        assert [len(each) for each in said_at(graph(stage, "L", measured=False))] == [1, 0]

    dry_run("TwoLayerNetwork", check)


def test_words_that_have_no_room_at_a_run_are_left_out() -> None:
    def check(stage: Stage) -> None:
        words, _ = said_at(graph(stage, "L", "title"))
        assert not words

    with settings_in_use(changed("TwoLayerNetwork", {"words": {"title": "a title of many more words than fit " * 2}})):
        dry_run("TwoLayerNetwork", check)


def test_words_at_a_run_step_back_with_their_graph() -> None:
    def check(stage: Stage) -> None:
        ((words,), _) = said_at(graph(stage, "L"))
        stage.play(Appear(words))
        assert {piece.tone for piece in words.submobjects} == {stage.theme.colour("ink")}
        stage.play(Dim(words, theme=stage.theme))
        assert {piece.tone for piece in words.submobjects} == {stage.theme.colour("quiet")}

    dry_run("TwoLayerNetwork", check)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], (0.22, 0.4)),  # right of the bar, about its middle
        ([(0.5, y / 100) for y in range(30, 100)], (0.22, 0.04)),  # lower, past a line
        ([(x / 50, 0.5) for x in range(200)], (0.22, 0.24)),  # under a line along it
        ([(x / 50, y / 50) for x in range(8, 100) for y in range(-20, 90)], (-0.75, -0.32)),  # all beside it taken
        ([(x / 50, y / 50) for x in range(-100, 100) for y in range(-60, 90)], ()),
    ],
)
def test_a_text_beside_a_bar_takes_the_nearest_free_place(
    lines: list[tuple[float, float]], expected: tuple[float, ...]
) -> None:
    axes = (
        Axis("x", -2.0, 2.0, (-2.0, -1.0, 0.0), (2.0, -1.0, 0.0)),
        Axis("y", 0.0, 1.0, (-2.0, -1.0, 0.0), (-2.0, 2.0, 0.0)),
    )
    taken = np.array(lines).reshape(-1, 2)
    found = free_beside((0.0, 0.0, 1.0), (0.8, 0.2), taken, axes)
    if not expected:
        assert found is None
        return
    assert found
    box_of = np.array(found), np.add(found, (0.8, 0.2))
    assert not ((taken >= box_of[0]) & (taken <= box_of[1])).all(axis=1).any()
    assert found == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize(
    "changes", [{"target": -0.6669}, {"w1": 9.0, "w2": 1.0, "target": 1.0}, {"w1": 123456.7, "activation": "identity"}]
)
def test_a_plate_that_says_a_tiny_or_a_huge_slope_refuses_no_clip(changes: dict[str, object]) -> None:
    with settings_in_use(changed("TwoLayerNetwork", changes)):
        assert not refusals("TwoLayerNetwork")


@pytest.mark.parametrize("slope", [0.0, 0.7, -40.0, 3.3e4, -1.2193163086638771e10, 2.851123567946141e64])
def test_a_tangent_is_judged_across_its_line_however_large_its_slope(slope: float) -> None:
    span = max(1.0, abs(slope)) * 0.1  # as of a range that the curve fills
    up = Axis(UP, -span, span, (0.0, -1.0, 0.0), (0.0, 1.0, 0.0))
    at = (quantity(0.5), FLAT), (quantity(0.0), up)
    shown = Tangent(quantity(slope), *at, colour="#FFFFFF")
    assert shown.fault() is None
    middle = ink(shown).mean(axis=0)
    turn = np.radians(0.01)
    by = np.array([[np.cos(turn), -np.sin(turn), 0.0], [np.sin(turn), np.cos(turn), 0.0], [0.0, 0.0, 1.0]])
    for piece in shown.submobjects:
        piece.points = (piece.points - middle) @ by.T + middle
    assert shown.fault() is not None


def test_a_tangent_that_is_upright_on_its_page_is_drawn_and_one_that_leans_is_found() -> None:
    across = Axis("x_range", -1e31, 1e32, (1.0, 0.0, 0.0), (2.0, 0.0, 0.0))
    up = Axis(UP, -1.0, 1.0, (0.0, -1.0, 0.0), (0.0, 1.0, 0.0))
    shown = Tangent(quantity(-0.006), (quantity(0.0), across), (quantity(0.0), up), colour="#FFFFFF")
    read = shown.reading().value
    assert read is not None
    assert np.isfinite(read)
    assert shown.fault() is None
    shown.submobjects[0].points[-1] += (0.001, 0.0, 0.0)
    assert shown.fault() is not None


def test_a_tangent_on_an_axis_of_powers_of_ten_has_a_way_though_its_squares_would_be_nothing() -> None:
    across = Axis("x_range", 0.0, 1e253, (1.0, 0.0, 0.0), (2.0, 0.0, 0.0))
    up = Axis(UP, -1.0, 1.0, (0.0, -1.0, 0.0), (0.0, 1.0, 0.0))
    shown = Tangent(quantity(0.0), (quantity(1.0), across), (quantity(0.0), up), colour="#FFFFFF")
    assert shown.fault() is None
