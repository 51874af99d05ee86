"""Bars on a baseline and discs drawn larger: what stands for a number gives it back, and a lie is found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import INK, places, quantity

from scenes.parts.measure import Scale
from scenes.parts.theme import RING, Theme
from scenes.parts.things.inset import Inset
from scenes.parts.things.outlined import Outlined
from scenes.parts.things.stave import Stave
from studio.audit.outlined import Shape
from studio.audit.things.inset import INSET
from studio.audit.things.stave import STAVE

THEME = Theme.of("dark", {}, "Source Sans 3")
ONE = Scale("scale", 0.8)
numbers = st.floats(-3, 3).filter(lambda v: abs(v) > 1e-3)


def stave(value: float, foot: tuple[float, float] = (0.0, 0.0)) -> Stave:
    return Stave(quantity(value), ONE, origin=foot, theme=THEME, colour=INK)


@given(value=numbers, foot=places)
def test_a_bar_stands_up_solid_for_plus_and_hangs_hollow_for_minus(value: float, foot: tuple[float, float]) -> None:
    bar = stave(value, foot)
    wash, ink, ring = (piece.points for piece in bar.submobjects)
    assert (len(wash) > 0, len(ring)) == (value < 0, 0)
    reach = ink[:, 1] - foot[1]
    assert (reach.max(), reach.min()) == pytest.approx((max(0.8 * value, 0.0), min(0.8 * value, 0.0)), abs=1e-9)
    assert bar.reading().value == pytest.approx(value)
    assert bar.fault() is None


def test_exactly_zero_is_a_ring_and_no_bar() -> None:
    bar = stave(0.0)
    wash, ink, ring = (piece.points for piece in bar.submobjects)
    assert (len(wash), len(ink)) == (0, 0)
    assert float(np.ptp(ring[:, 0])) == pytest.approx(2 * RING[0])
    assert bar.fault() is None


@given(value=numbers)
def test_a_disc_drawn_larger_gives_its_gradient_back(value: float) -> None:
    drawn = Inset(quantity(value), Scale("scale_10", 10.0), origin=(1.0, 2.0), theme=THEME)
    assert drawn.reading().value == pytest.approx(value)
    assert (len(drawn.submobjects[0].points) > 0) == (value < 0)
    assert drawn.fault() is None


@pytest.mark.parametrize("value", [0.7, -0.7])
def test_a_bar_or_disc_that_was_stretched_or_turned_over_is_found(value: float) -> None:
    for shown in (stave(value), Inset(quantity(value), ONE, origin=(0.0, 0.0), theme=THEME)):
        assert shown.copy().scale(1.01, about_point=np.zeros(3)).fault()
    assert stave(value).copy().stretch(-1, 1, about_point=np.zeros(3)).fault()


@given(value=numbers)
def test_stage_and_audit_draw_the_same(value: float) -> None:
    pairs: list[tuple[Outlined, object, str]] = [(stave(value), STAVE, "height")]
    pairs.append((Inset(quantity(value), ONE, origin=(0.0, 0.0), theme=THEME), INSET, "radius"))
    for shown, kind, role in pairs:
        stated: list[Shape] = kind.shapes({role: 0.8 * value}, shown.sizes)  # type: ignore[attr-defined]
        for piece, shape in zip(shown.submobjects, stated, strict=True):
            assert piece.points[:, :2] == pytest.approx(np.asarray(shape.points)[:, :2], abs=1e-9)
