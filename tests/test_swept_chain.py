"""A chain over a whole range: triangles that fit, stops at flat places, and products that multiply as printed."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stage_cases import dry_run
from truth_cases import changed, settings_in_use

from core.functions import FUNCTIONS
from scenes.parts.recipe.by_core import evaluate, number
from scenes.parts.recipe.terms import Constant
from scenes.parts.settings import load
from scenes.parts.settings.swept_chain import SweptChain
from scenes.parts.type.numbers import Formatter

STOPS = ("stop_at_first", "stop_at_flat_places")
DEFINED = sorted(set(FUNCTIONS) - {"log", "sqrt", "reciprocal", "exp", "cube"})


def chain(*functions: str, low: float = -2.5, high: float = 2.5, flat: float = 0.1) -> SweptChain:
    return SweptChain(functions, Constant(low), Constant(high), flat)


@settings(max_examples=30, deadline=None)
@given(
    functions=st.lists(st.sampled_from(DEFINED), min_size=1, max_size=4),
    low=st.floats(-5.0, 2.0),
    wide=st.floats(0.01, 20.0),
)
def test_every_triangle_hangs_on_its_tangent_and_stays_on_its_graph(
    functions: list[str], low: float, wide: float
) -> None:
    swept = chain(*functions, low=low, high=low + wide)
    rows, ranges = swept.rows(swept.along), swept.ranges()
    for before, node in pairwise(swept.nodes):
        x, y, slope = (evaluate(rows[name].term) for name in (f"h_{before}", f"h_{node}", f"s_{node}"))
        if f"corner_x_{node}" not in rows:
            continue
        at, up = (evaluate(rows[f"corner_{axis}_{node}"].term) for axis in "xy")
        assert up - y == pytest.approx(slope * (at - x), abs=1e-9)
        assert ((x >= at - 1 - 1e-9) & (x <= at + 1e-9)).all()
        for axis, ends in (("x", (at - 1, at)), ("y", (up - slope, up))):
            least, most = ranges[f"{node}_{axis}"]
            assert least <= min(map(np.min, ends))
            assert max(map(np.max, ends)) <= most


def test_x_stops_where_a_gate_is_flat_and_nowhere_at_a_kink() -> None:
    swept = chain("tanh", "square", "identity")
    assert [number(x) for x in swept.stops] == pytest.approx([0.0, 2.1])
    assert [number(x) for x in swept.cases] == pytest.approx([0.0, 2.1, 0.45])
    assert [swept.flat_at(number(x)) for x in swept.cases] == [("h2",), ("h1",), ()]
    assert swept.flat_nodes == ("h1", "h2")
    assert chain("abs").flat_places == ()
    assert [number(x) for x in chain("identity").stops] == [-2.5]


@pytest.mark.parametrize("end", [2.0, 2.5, 3.0])
def test_where_x_stops_the_digits_on_screen_multiply(end: float) -> None:
    swept = chain("tanh", "square", "identity", low=-end, high=end)
    for x in swept.cases:
        rows = {name: number(row.term) for name, row in swept.rows(swept.at(x)).items()}
        assert len(f"{abs(rows['h_x']):g}") <= 4
        for before, node in pairwise(swept.nodes):
            shown = [Decimal(f"{rows[name]:.3f}") for name in (f"d_{before}", f"s_{node}", f"d_{node}")]
            assert abs(shown[0] - shown[1] * shown[2]) <= Decimal("0.0005")


def test_one_unit_of_a_graph_is_not_much_larger_than_the_other_but_where_that_would_flatten_it() -> None:
    def spans(swept: SweptChain) -> list[float]:
        wide = {name: high - low for name, (low, high) in swept.ranges().items()}
        return [wide[f"{node}_x"] / wide[f"{node}_y"] for node in swept.nodes[1:]]

    assert all(1 / 3.1 < ratio < 3.1 for ratio in spans(chain("tanh", "square", "identity", low=-3.0, high=3.0)))
    assert spans(chain("square", low=-1e4, high=1e4))[0] < 1e-3


def test_a_case_tells_its_smallest_slope_in_the_digits_of_the_chain_above() -> None:
    def check(stage: Any) -> None:
        stage.arrange()
        told = []
        for row in stage.stops.rows:
            x, y, (name,), slope, back = (part.shown for part in row)
            told.append((*(readout.text for readout in (*x, *y, *slope, *back)), name.text))
        assert told == [
            ("0.290", "0.080", "0.564", "0.519", "square"),
            ("2.900", "0.988", "0.012", "0.024", "tanh"),
            ("0", "0", "0", "0", "square"),
        ]

    dry_run("ToyChain", check)


def test_x_goes_where_most_comes_back_and_the_class_is_asked_where_it_stands() -> None:
    assert number(chain("tanh", "square", low=-3.0, high=3.0).steepest) == pytest.approx(0.66)
    assert number(chain("identity").steepest) == -2.5
    for change, asked, low in (({}, "0.080", "0.990"), ({"functions": ["identity"]}, "3.000", "−3.000")):
        with settings_in_use(changed("ToyChain", change)):
            clip: Any = load().clip("ToyChain")
            told = [Formatter(3, 3).text(clip.quantities()[name]) for name in ("asked_y", "low_y")]
            assert told == [asked, low]


def test_the_triangle_under_y_over_x_stays_on_its_plot() -> None:
    with settings_in_use(changed("ToyChain", {})):
        clip: Any = load().clip("ToyChain")
        rows, (low, high) = clip.chain.rows(clip.chain.along), clip.ranges()["over_h_y"]
        corner, slope = evaluate(rows["corner_y_x"].term), evaluate(rows["d_x"].term)
        assert low < min(corner.min(), (corner - slope).min()) < max(corner.max(), (corner - slope).max()) < high


def test_a_rise_is_as_long_on_all_graphs_if_no_graph_is_much_lower_than_another() -> None:
    def heights(*functions: str, low: float, high: float) -> list[float]:
        ranges = chain(*functions, low=low, high=high).ranges()
        return [up - down for name, (down, up) in ranges.items() if name.endswith("_y")]

    assert len({round(each, 9) for each in heights("tanh", "square", "identity", low=-3.0, high=3.0)}) == 1
    assert len({round(each, 9) for each in heights("exp", "exp", low=-2.0, high=2.0)}) == 2


def test_what_has_nothing_to_show_is_left_out() -> None:
    for change, gone in (
        ({}, set()),
        (
            {"functions": ["identity"]},
            {"read_first", "stop_at_first", "stop_at_flat_places", "tell_small", "warn_of_zero"},
        ),
        ({"functions": ["square"], "x_range": [-1.0, 1.0]}, {"read_first", "stop_at_first", "warn_of_zero"}),
    ):
        with settings_in_use(changed("ToyChain", change)):
            clip: Any = load().clip("ToyChain")
            assert clip.left_out == gone
            assert sorted(i for rows in clip.told.values() for i in rows) == list(range(len(clip.cases)))


def test_a_long_chain_keeps_the_graphs_that_are_flat_somewhere() -> None:
    def check(stage: Any) -> None:
        stage.arrange()
        assert all(graph.framing for graph in stage.graphs if graph.is_flat)
        assert len(stage.clip.chain.nodes) == 11
        assert not any(value.shown for value in stage.values)
        assert stage.laws == []

    names = ["tanh", "square", "identity", "sin", "cos", "softplus", "gelu", "sigmoid", "tanh", "leaky_relu"]
    with settings_in_use(changed("ToyChain", {"functions": names})):
        assert len(load().clip("ToyChain").functions) == 10  # type: ignore[attr-defined]
        dry_run("ToyChain", check)


def test_no_empty_graph_is_hatched_where_nothing_is_flat() -> None:
    def check(stage: Any) -> None:
        stage.arrange()
        assert stage.clip.chain.flat_nodes == ()
        assert all(motion.shown for motion in stage.hatch(stage.graphs))
        assert not any(graph.hatching for graph in stage.graphs)

    with settings_in_use(changed("ToyChain", {"functions": ["identity"]})):
        dry_run("ToyChain", check)
