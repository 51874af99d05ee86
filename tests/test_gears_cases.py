"""The measures of the gear tests are right themselves; and the gears' geometry imports NumPy and the core alone."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from gear_cases import area, crosses_itself, inside, overlap, turned
from hypothesis import given
from hypothesis import strategies as st
from test_rooms import imports_of

GEARS = Path(__file__).resolve().parents[1] / "scenes" / "parts" / "gears"
SQUARE = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_two_squares_overlap_by_the_rectangle_that_they_share(x: float, y: float) -> None:
    shared = max(0.0, 2 - abs(x)) * max(0.0, 2 - abs(y))
    assert overlap(SQUARE, SQUARE + np.array([x, y])) == pytest.approx(shared, abs=1e-9)
    assert overlap(SQUARE[::-1], SQUARE + np.array([x, y])) == pytest.approx(shared, abs=1e-9)


def test_a_square_and_the_same_turned_by_an_eighth_share_an_octagon() -> None:
    assert overlap(SQUARE, turned(SQUARE, np.pi / 4), 6000) == pytest.approx(8 * np.tan(np.pi / 8), rel=1e-3)


def test_points_are_told_inside_from_outside() -> None:
    points = np.array([[0.0, 0.0], [0.9, -0.9], [1.1, 0.0], [0.0, -1.1], [-5.0, 0.5]])
    assert inside(points, SQUARE).tolist() == [True, True, False, False, False]


def test_area_knows_the_way_round_and_a_bow_tie_crosses_itself() -> None:
    assert (area(SQUARE), area(SQUARE[::-1])) == (4.0, -4.0)
    assert not crosses_itself(SQUARE)
    assert crosses_itself(SQUARE[[0, 2, 1, 3]])


def test_the_geometry_imports_numpy_and_the_core_alone() -> None:
    names = {name for path in GEARS.glob("*.py") for name in imports_of(path)} - set(sys.stdlib_module_names)
    outside = {name for name in names if not name.startswith("scenes.parts.gears")}
    assert {name.partition(".")[0] for name in outside} - set(sys.stdlib_module_names) == {"numpy", "core"}
