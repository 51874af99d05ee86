"""Ribbons: so thick as the push is large, on both sides of the gate; solid or hollow; ended where it is exactly 0."""

from __future__ import annotations

from typing import Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import lies, moving, places, quantity
from shape_cases import lengths, same, whole

from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import HOLLOW, RIBBON, RING, Theme
from scenes.parts.things.base import Source
from scenes.parts.things.ribbon import Ribbon
from studio.audit.things.ribbon import RIBBON as AUDITED

THEME = Theme.of("dark", {}, "Source Sans 3")
SIZES: Final = {"left": 1.4, "right": 1.2, "turn": RIBBON, "rim": HOLLOW[0], "way": -1.0}


def made(out: Quantity | Source, into: Quantity | Source, place: tuple[float, float] = (0.0, 0.0)) -> Ribbon:
    colour = THEME.colour("gradient")
    return Ribbon(out, into, Scale("ribbon", 0.5), origin=place, left=1.4, right=1.2, theme=THEME, colour=colour)


def thickness(out: float, into: float, x: float) -> float:
    """How thick what is drawn is at a place of a ribbon, the ring of a zero not counted."""
    wash, ink, *_ = Ribbon.shapes({"out": out, "into": into}, SIZES)
    band = np.concatenate([wash, ink])
    at = band[np.abs(band[:, 0] - x) < 1e-9, 1]
    return float(np.ptp(at)) if len(at) else 0.0


@given(out=lengths, into=lengths)
def test_the_thickness_at_both_ends_is_the_number(out: float, into: float) -> None:
    shapes = Ribbon.shapes({"out": out, "into": into}, SIZES)
    assert whole(shapes)
    assert Ribbon.read(shapes, SIZES) == {"out": out, "into": into}


@given(out=lengths, into=lengths)
def test_both_sides_say_the_same_ribbon(out: float, into: float) -> None:
    drawn = {"out": out, "into": into}
    for sizes in (SIZES, {**SIZES, "way": 1.0}):
        assert same(Ribbon.shapes(drawn, sizes), AUDITED.shapes(drawn, sizes))


@given(one=lengths, other=lengths, into=lengths)
def test_a_larger_push_is_never_thinner(one: float, other: float, into: float) -> None:
    thin, thick = sorted((abs(one), abs(other)))
    for x in (-1.4, -RIBBON, 0.0):
        assert thickness(thin, abs(into), x) <= thickness(thick, abs(into), x)
    assert thickness(thin, -abs(into), -1.4) <= thickness(thick, -abs(into), -1.4)


@given(out=lengths, into=lengths)
def test_between_two_ends_it_grows_or_shrinks_and_does_not_swell(out: float, into: float) -> None:
    wash, ink, *_ = Ribbon.shapes({"out": out, "into": into}, SIZES)
    reach = float(np.abs(np.concatenate([wash, ink, np.zeros((1, 3))])[:, 1]).max())
    assert reach == pytest.approx(max(abs(out), abs(into)) / 2, rel=1e-12)


@pytest.mark.parametrize(("out", "into"), [(0.3, -0.9), (-0.9, 0.3), (0.02, -2.0), (-1e-9, 1e-9)])
def test_where_signs_differ_it_turns_from_solid_to_hollow_at_the_gate_and_is_not_drawn_together(
    out: float, into: float
) -> None:
    assert thickness(out, into, 0.0) == pytest.approx((abs(out) + abs(into)) / 2)
    wash, ink, clear, ring = Ribbon.shapes({"out": out, "into": into}, SIZES)
    assert len(ring) == 0
    assert not len(clear) or np.abs(clear[:, 0]).min() > RIBBON
    assert bool((wash[:, 0] < -1e-9).any()) == (out < 0)
    assert bool((wash[:, 0] > 1e-9).any()) == (into < 0)
    assert ink[:, 0].min() == -1.4
    assert ink[:, 0].max() == 1.2


@given(push=lengths, left=st.booleans())
def test_a_push_of_exactly_zero_ends_at_the_gate_in_a_ring(push: float, left: bool) -> None:
    out, into = (0.0, push) if left else (push, 0.0)
    wash, ink, clear, ring = Ribbon.shapes({"out": out, "into": into}, SIZES)
    band = np.concatenate([wash, ink])[:, 0]
    assert not (band < 0 if left else band > 0).any()
    assert thickness(out, into, 0.0) == 0.0
    assert np.abs(ring).max() == np.abs(clear[np.abs(clear[:, 0]) < RIBBON]).max() == RING[0]


@pytest.mark.parametrize(("push", "number"), [(0.3, 2), (0.05, 0)])
def test_chevrons_point_the_way_that_a_push_goes_where_it_is_thick_enough(push: float, number: int) -> None:
    _, _, clear, _ = Ribbon.shapes({"out": push, "into": push}, SIZES)
    marks = [side for side in (clear[clear[:, 0] < 0], clear[clear[:, 0] > 0]) if len(side)]
    assert len(marks) == number
    for mark in marks:
        tip, end = mark[np.argmin(mark[:, 0])], mark[np.argmax(mark[:, 1])]
        assert tip[1] == 0.0, "its tip is on the wire"
        assert tip[0] < end[0], "and on the left"
        assert np.abs(mark[:, 1]).max() < push / 2


def test_of_a_hollow_ribbon_the_chevrons_are_ink() -> None:
    _, ink, clear, _ = Ribbon.shapes({"out": -0.3, "into": -0.3}, SIZES)
    assert len(clear) == 0
    assert (np.abs(ink[:, 1]) < 1e-9).any(), "rims lie at the edges, a tip on the wire"


@given(out=st.floats(-1e3, 1e3), into=st.floats(-1e3, 1e3), place=places)
def test_a_ribbon_stands_where_it_is_put_and_shows_its_numbers(
    out: float, into: float, place: tuple[float, float]
) -> None:
    shown = made(quantity(out), quantity(into), place)
    assert shown.fault() is None
    assert (shown.reading().value, *shown.reading().values) == pytest.approx((out, into), abs=1e-6)


@pytest.mark.parametrize(("out", "into"), [(0.6, 1.2), (-0.3, 0.8), (0.0, -1.0), (0.0, 0.0)])
def test_every_change_of_a_ribbon_is_a_fault(out: float, into: float) -> None:
    for what, lie in lies(made(quantity(out), quantity(into))):
        assert lie.fault() is not None, what


def test_a_ribbon_follows_its_sweep_past_zero() -> None:
    sweep = moving(0.4)
    shown = made(sweep["q"], quantity(0.8), (1.0, 2.0))
    for x in (0.4, 0.0, -0.4, -1.0):
        sweep.x = x
        shown.draw()
        assert shown.fault() is None
        assert shown.reading().value == pytest.approx(x)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.8, 1.0])
@pytest.mark.parametrize(("out", "into"), [(0.6, 1.2), (-0.3, 0.8), (0.0, -1.0)])
def test_a_ribbon_is_poured_from_the_right_and_then_is_whole(out: float, into: float, share: float) -> None:
    shown = made(quantity(out), quantity(into), (1.0, 2.0))
    for part in (0.5, share):
        for piece, points in zip(shown.submobjects, shown.unfolded(part), strict=True):
            piece.points = points
    wash, ink = (piece.points - shown.origin for piece in shown.submobjects[:2])
    front, band = 1.2 - 2.6 * share, np.concatenate([wash, ink])[:, 0]
    assert len(band) == 0 or band.min() >= front - 1e-9
    assert bool(len(band)) == (share > 0)
    assert (shown.fault() is None) == (share == 1.0 or (out == 0.0 and front < 0.0))
