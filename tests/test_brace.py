"""Braces: as wide as a change, over a number line or in a fraction; on the stage, in the ledger and in the frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from audit_cases import wrong as wrong_claims
from dial_cases import Plain, beside, edited, film_of, number_changed, of_the_other_sign, stated
from film_cases import Film, wrong
from gear_film_cases import Forger, Lie
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import ink, lies, places, quantity
from shape_cases import lengths, same, whole

from scenes.parts.errors import StageError
from scenes.parts.measure import Axis, Scale
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.motions import Appear, SweepTo
from scenes.parts.stage.stage import Stage
from scenes.parts.theme import RING, SPECK, Theme
from scenes.parts.things.brace import Brace
from studio.audit.things.brace import BRACE as AUDITED

THEME = Theme.of("dark", {}, "Source Sans 3")
AXIS = Axis("y_range", -1.0, 1.0, (-2.0, -1.0, 0.0), (2.0, -1.0, 0.0))
SIZES = {"lift": 0.16, "thick": 0.07, "bend": 0.13, "rim": 0.02}


@pytest.fixture(autouse=True)
def scales() -> Iterator[None]:
    with stated():
        yield


def over(change: float, start: float = 0.25, axis: Axis = AXIS) -> Brace:
    return Brace(quantity(change), origin=(quantity(start), axis), lift=0.16, theme=THEME, colour="#FEB251")


def alone(change: float, place: tuple[float, float] = (0.0, 0.0)) -> Brace:
    return Brace(quantity(change), Scale("change", 2.0), origin=place, theme=THEME, colour="#FEB251")


@given(width=lengths)
def test_both_sides_say_the_same_brace_and_it_is_as_wide_as_its_number(width: float) -> None:
    shapes = Brace.shapes({"width": width}, SIZES)
    assert whole(shapes)
    assert same(shapes, AUDITED.shapes({"width": width}, SIZES))
    assert Brace.read(shapes, SIZES)["width"] == pytest.approx(width, rel=1e-12, abs=0)


@given(change=st.floats(-0.7, 0.7).filter(lambda v: v == 0 or abs(v) > 1e-6), start=st.floats(-0.2, 0.2))
def test_over_a_line_it_reaches_from_what_stood_there_to_what_stands_there_now(change: float, start: float) -> None:
    shown = over(change, start)
    assert shown.fault() is None
    assert shown.reading().value == pytest.approx(change, abs=1e-9)
    if abs(change) * AXIS.scale.per_unit > 2 * SPECK:
        points = ink(shown)[:, 0]
        ends = sorted(float(AXIS.point(at)[0]) for at in (start, start + change))
        assert (points.min(), points.max()) == pytest.approx(ends)


@given(change=st.floats(-3.0, 3.0).filter(lambda v: v == 0 or abs(v) > 1e-6), place=places)
def test_in_a_fraction_it_begins_at_its_place(change: float, place: tuple[float, float]) -> None:
    shown = alone(change, place)
    assert shown.fault() is None
    assert shown.reading().value == pytest.approx(change, abs=1e-9)
    assert shown.reading().ends[0] == pytest.approx(place)


@given(one=lengths, other=lengths)
def test_a_larger_change_is_wider(one: float, other: float) -> None:
    low, high = sorted((abs(one), abs(other)))
    narrow, wide = (Brace.read(Brace.shapes({"width": w}, SIZES), SIZES)["width"] for w in (low, high))
    assert narrow <= wide


def test_exactly_zero_is_the_ring_and_a_speck_is_a_dot() -> None:
    assert np.ptp(ink(alone(0.0)), axis=0)[:2] == pytest.approx([2 * RING[0]] * 2)
    assert np.ptp(ink(alone(1e-4)), axis=0)[1] == pytest.approx(2 * SPECK)


def test_a_negative_one_is_hollow_and_on_the_other_side() -> None:
    plus, minus = alone(0.5), alone(-0.5)
    assert [len(piece.points) > 0 for piece in plus.submobjects] == [False, True, False]
    assert [len(piece.points) > 0 for piece in minus.submobjects] == [True, True, False]
    assert ink(plus)[:, 0].min() == pytest.approx(0.0)
    assert ink(minus)[:, 0].max() == pytest.approx(0.0)
    half = len(minus.submobjects[1].points) // 2
    outer, inner = minus.submobjects[1].points[:half], minus.submobjects[1].points[half:]
    area = [np.sum(p[:-1, 0] * p[1:, 1] - p[1:, 0] * p[:-1, 1]) for p in (outer, inner)]
    assert np.sign(area[0]) == -np.sign(area[1]), "the hole is wound the other way, so that it is one"


@pytest.mark.parametrize("change", [0.6, -0.6, 0.0])
def test_every_change_is_a_fault(change: float) -> None:
    for made in (over, alone):
        for what, lie in lies(made(change)):
            assert lie.fault() is not None, what
    assert over(change).shift([0.1, 0.0, 0.0]).fault() == "it was moved away from its axes"


def test_it_needs_an_axis_from_left_to_right_and_a_value_on_it_or_a_scale_and_a_place() -> None:
    for end in ((-2.0, 1.0, 0.0), (2.0, 0.0, 0.0), (-3.0, -1.0, 0.0)):
        with pytest.raises(StageError, match="runs from left to right"):
            over(0.5, axis=Axis("y_range", -1.0, 1.0, (-2.0, -1.0, 0.0), end))
    with pytest.raises(StageError, match="a scale and a place"):
        Brace(quantity(0.5), origin=(0.0, 0.0), theme=THEME, colour="#FEB251")


# -- films ------------------------------------------------------------------------------------------------------------


def board(stage: Stage) -> None:
    """A brace for minus and one for plus over a line at rest, one in no line; and one that follows x."""
    pen, sweep = stage.pen, Sweep(1.0, stage.clip.sweeps()["x"].quantities)
    axis = pen.axis("y_range", ((-5.0, -0.5), (-1.0, -0.5)))
    other = pen.axis("y_range", ((1.0, -0.5), (5.0, -0.5)))
    down, up = (pen.quantities[name] for name in ("dL_dy", "dL_dh"))
    how = {"theme": stage.theme, "colour": stage.theme.colour("gradient")}
    minus = Brace(down, origin=(pen.quantities["target"], axis), lift=0.2, **how)
    plus = Brace(up, origin=(pen.quantities["y"], other), lift=0.2, **how)
    free = Brace(up, pen.scales["ribbon"], origin=(-4.0, -2.0), **how)
    live = Brace(sweep["moving_dL_dy"], origin=(pen.quantities["target"], other), lift=1.0, **how)
    stage.open_with_title()
    with stage.beat("ask", least=1.0):
        stage.play(Appear(minus, plus, free))
    with stage.beat("move_x", least=1.0):
        stage.play(Appear(live, pen.live_readout(sweep["moving_x"]).at(5.0, 1.8)))
        stage.play(SweepTo(sweep, 0.4, run_time=1.0))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return film_of(board, tmp_path_factory.mktemp("braces"), 720, 10.0)


@pytest.mark.render
def test_honest_braces_are_right_at_rest_and_in_a_sweep(film: Film) -> None:
    assert wrong(film.found(every=3)) == set()
    assert wrong_claims(film.ledger) == []


@pytest.mark.proof
@pytest.mark.parametrize(
    ("lines", "rate", "theme"), [(480, 15.0, "light"), (1080, 60.0, "dark"), (1080, 60.0, "light")]
)
def test_honest_braces_are_right_in_every_format(tmp_path: Path, lines: int, rate: float, theme: str) -> None:
    assert wrong(film_of(board, tmp_path, lines, rate, theme).found(every=7)) == set()


CLAIMS: dict[str, tuple[Callable[[Plain, Plain], object], str]] = {
    "another drawn width": (lambda row, sample: sample.update(shown=0.5), "geometry"),
    "a scale of its own": (lambda row, sample: row.update(scale=1.0), "geometry"),
    "a beginning elsewhere": (lambda row, sample: row.update(across="y", through="y"), "geometry"),
    "two places to begin at": (lambda row, sample: row.update(across="y"), "geometry"),
    "another quantity": (lambda row, sample: row.update(quantity="h"), "values"),
}


@pytest.mark.render
@pytest.mark.parametrize("lie", CLAIMS)
def test_a_ledger_that_lies_of_one_is_wrong(film: Film, lie: str) -> None:
    edit, check = CLAIMS[lie]
    assert check in {finding.check for finding in wrong_claims(edited(film.ledger, "brace", edit))}


@pytest.mark.render
@pytest.mark.parametrize(
    ("lie", "check"),
    [(number_changed(-1.0), "lengths"), (of_the_other_sign, "signs"), (beside(1.5), "positions")],
    ids=["a pixel short", "to the other side", "beside its place"],
)
def test_lies_in_the_frames_are_found(film: Film, tmp_path: Path, lie: Lie, check: str) -> None:
    edits = Forger(film).plan({("brace", "brace of dL_dh"): lie})
    assert (check, "brace of dL_dh") in wrong(film.found_where(tmp_path / "lies.mp4", edits))
