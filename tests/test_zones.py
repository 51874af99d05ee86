"""Flat zones: where a slope is flatter than the limit, on the stage, in the ledger and in the frames."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from audit_cases import wrong as wrong_claims
from dial_cases import beside, edited
from film_cases import Film, wrong
from gear_film_cases import Forger, Lie
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import lies, quantity

from scenes.parts.errors import StageError
from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.measure import Axis
from scenes.parts.theme import Theme
from scenes.parts.things.zones import Zones, flat_stretches
from studio.audit.drawn import Facts, Piece
from studio.audit.kinds import pieces_of
from studio.audit.things.zones import _boxes, _drawn, _zones, flat_zones

THEME = Theme.of("dark", {}, "Source Sans 3")
AXIS = Axis("x_range", -2.0, 2.0, (-4.0, -1.0, 0.0), (4.0, -1.0, 0.0))
GRID = np.linspace(-2.0, 2.0, 401)
slopes = st.lists(st.sampled_from([-1e9, -1.0, -0.3, -0.1, -0.01, 0.0, 1e-300, 0.02, 0.1, 0.2, 5.0]), min_size=2)
Array = npt.NDArray[np.float64]


def made(slope: Array, limit: float = 0.1, height: float = 1.5) -> Zones:
    given = quantity(slope), quantity(GRID), quantity(limit)
    return Zones(*given, AXIS, height=height, theme=THEME)


@given(slope=slopes, limit=st.sampled_from([0.1, 0.5, 1e-3]))
def test_both_sides_find_the_same_zones(slope: list[float], limit: float) -> None:
    at, steep = np.arange(len(slope), dtype=float), np.array(slope)
    ours, theirs = flat_stretches(at, steep, limit), flat_zones(at, steep, limit)
    assert len(ours) == len(theirs)
    assert np.allclose(np.array(ours).ravel(), np.array(theirs).ravel(), atol=1e-9)


@given(slope=slopes, limit=st.sampled_from([0.1, 0.5, 1e-3]))
def test_in_a_zone_the_slope_is_flat_and_beside_it_it_is_not(slope: list[float], limit: float) -> None:
    at, steep = np.arange(len(slope), dtype=float), np.array(slope)
    zones = flat_stretches(at, steep, limit)
    for x in np.linspace(0.0, len(slope) - 1.0, 57):
        value = abs(float(np.interp(x, at, steep)))
        inside = any(low < x < high for low, high in zones)
        assert inside == (value < limit) or value == pytest.approx(limit, rel=1e-6) or x in np.ravel(zones)


@pytest.mark.parametrize(
    ("slope", "expected"),
    [
        (2 * GRID, [(-0.05, 0.05)]),  # a square is flat about 0
        (np.where(GRID > 0, 1.0, 0.0), [(-2.0, 0.001)]),  # ReLU is flat on a whole side
        (np.ones_like(GRID), []),
        (np.zeros_like(GRID), [(-2.0, 2.0)]),
        (1 / np.cosh(GRID) ** 2, [(-2.0, -1.8184), (1.8184, 2.0)]),
    ],
)
def test_the_zones_of_functions_that_a_class_knows(slope: Array, expected: list[tuple[float, float]]) -> None:
    shown = made(slope)
    assert shown.fault() is None
    wanted = [(float(AXIS.point(a)[0]), float(AXIS.point(b)[0])) for a, b in expected]
    assert shown.boxes == [pytest.approx(pair, abs=5e-4) for pair in wanted]
    assert len(shown.reading().ends) == 2 * len(expected)


def test_lines_lie_on_their_zones_and_belong_to_one_grid() -> None:
    shown = made(1 / np.cosh(GRID) ** 2)
    wash, lines = (piece.points for piece in shown.submobjects)
    assert wash[:, 1].min() == -1.0
    assert wash[:, 1].max() == 0.5
    assert np.abs(lines - wash.mean(axis=0)).max() < 5.0
    feet = (lines[:, 0] - lines[:, 1]).reshape(-1, 16).mean(axis=1)  # where each line would meet one level
    steps = np.diff(np.unique(feet.round(6)))
    assert (np.abs(steps / 0.14 - np.round(steps / 0.14)) < 1e-4).all()


@pytest.mark.parametrize("slope", [2 * GRID, np.zeros_like(GRID), 1 / np.cosh(GRID) ** 2])
def test_every_change_of_zones_is_a_fault(slope: Array) -> None:
    for what, lie in lies(made(slope)):
        assert lie.fault() is not None, what
    assert made(slope).shift([0.1, 0.0, 0.0]).fault() == "it was moved away from its axis"


def test_zones_stand_on_an_axis_that_runs_from_left_to_right() -> None:
    upright = Axis("x_range", -2.0, 2.0, (0.0, -1.0, 0.0), (0.0, 1.0, 0.0))
    with pytest.raises(StageError, match="runs from left to right"):
        Zones(quantity(GRID), quantity(GRID), quantity(0.1), upright, height=1.0, theme=THEME)


# -- in the ledger ----------------------------------------------------------------------------------------------------

LEDGER_LIES = {
    "another slope": lambda row, sample: row.update(quantity="graph_h2_slope"),
    "another place of the slope": lambda row, sample: row.update(across="graph_h2_x"),
    "another limit": lambda row, sample: row.update(through="push"),
    "no limit": lambda row, sample: row.update(through=None),
    "another height": lambda row, sample: row["sizes"].update(height=row["sizes"]["height"] + 0.01),
    "a zone too few": lambda row, sample: sample.update(ends=sample["ends"][:2]),
    "a wider zone": lambda row, sample: sample["ends"][1].__setitem__(0, sample["ends"][1][0] + 0.1),
    "another box": lambda row, sample: sample["box"].__setitem__(0, sample["box"][0] - 9.0),
}


@pytest.mark.render
def test_an_honest_ledger_is_right(chain: Film) -> None:
    assert wrong_claims(chain.ledger) == []


@pytest.mark.render
@pytest.mark.parametrize("lie", LEDGER_LIES)
def test_a_ledger_that_lies_of_zones_is_wrong(chain: Film, lie: str) -> None:
    found = wrong_claims(edited(chain.ledger, "zones", LEDGER_LIES[lie]))
    assert "geometry" in {finding.check for finding in found}


# -- in the frames ----------------------------------------------------------------------------------------------------

NAME = "zones of graph_h1_slope"


def wider(pixels: float) -> Lie:
    """Zones whose right edges stand farther to the right."""

    def lie(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        found = _boxes(row, _zones(row, facts.quantities) or [], facts)
        return _drawn([(left, top, right + pixels, base) for left, top, right, base in found], row, facts)

    return lie


def bare(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """Zones without their lines."""
    return [pieces_of(row, sample, facts)[0], Piece(np.zeros((0, 2)))]


def one_only(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """The first of two zones."""
    return [Piece(piece.points[: len(piece.points) // 32 * 16]) for piece in pieces_of(row, sample, facts)]


@pytest.mark.render
@pytest.mark.parametrize(
    ("lie", "checks"),
    [
        (beside(2.0), {"edges", "shapes"}),
        (wider(1.5), {"edges"}),
        pytest.param(bare, {"shapes"}, marks=pytest.mark.proof),
        pytest.param(one_only, {"edges", "shapes"}, marks=pytest.mark.proof),
    ],
)
def test_zones_that_are_drawn_otherwise_are_found(chain: Film, tmp_path: Path, lie: Lie, checks: set[str]) -> None:
    beat = next(beat for beat in chain.ledger.beats if beat.name == "stop_at_flat_places")
    row, forger = chain.rest("zones", NAME)[0], Forger(chain)
    plan = {frame: [forger._edit(frame, row, lie)] for frame in range(beat.hold, beat.last + 1)}
    found = wrong(chain.found_where(tmp_path / "lie.mp4", plan))
    assert {check for check, what in found if what == NAME} & checks


@pytest.mark.render
def test_honest_zones_are_right(chain: Film) -> None:
    rests = [span for row in chain.ledger.shown if row.kind == "zones" for span in row.spans if span.state == "resting"]
    findings = chain.found_on({frame for span in rests for frame in range(span.first, span.last + 1)})
    assert {finding.what for finding in findings if finding.what.startswith("zones")}
    assert {what for _, what in wrong(findings) if what.startswith("zones")} == set()
