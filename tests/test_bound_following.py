"""Wheels that follow an input, and what stands on them: place and size are those of the plan for every input."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import INK, moving, quantity

from scenes.parts.gears.train import circle
from scenes.parts.measure import Scale
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import Theme
from scenes.parts.things.following import Following
from scenes.parts.things.name_tag import NameTag
from scenes.parts.things.spoke import Spoke
from scenes.parts.things.wheel import Gear, ring_paints

SCALE = Scale("scale", 1.5)
THEME = Theme.of("dark", {}, "Source Sans 3")
COLOURS = {"paints": ring_paints(THEME, INK)}
inputs = st.lists(st.floats(-2, 2).filter(lambda q: abs(q) > 1e-3), min_size=1, max_size=5)


def plans(q: float) -> Mapping[str, WheelPlan]:
    """A wheel whose radius is the input, and whose hub runs along a parabola."""
    radius = SCALE.length(q)
    outline = circle(radius) if radius else None
    return {"a": WheelPlan("a", (q, q * q - 1), radius, outline, 0.0, "q", SCALE, mark=None, hollow=q < 0)}


def following(sweep: Sweep) -> Gear:
    return Gear(sweep["q"], Following(sweep["q"], plans, "a"), turn=None, **COLOURS)


@given(inputs)
def test_after_any_moves_a_wheel_has_the_place_and_the_radius_of_its_input(way: list[float]) -> None:
    sweep = moving(1.0)
    gear = following(sweep)
    tag = NameTag(quantity(1.0), gear, over=0.7, height=0.32, colour=INK)
    top = NameTag(quantity(1.0), gear, over=0.1, height=0.32, colour=INK, on_top=True)
    spoke = Spoke(gear, SCALE, theme=THEME, colour=INK)
    for q in way:
        sweep.x = q
        for shown in (gear, tag, top, spoke):
            shown.draw()
            assert shown.fault() is None
        hub = (q, q * q - 1)
        assert gear.reading().ends == (pytest.approx(hub, abs=1e-12),)
        assert gear.reading().value == pytest.approx(abs(q), rel=1e-9)
        letter = tag.submobjects[0].points
        assert (letter[:, 0].min() + letter[:, 0].max()) / 2 == pytest.approx(q, abs=0.05)
        assert letter[:, 1].max() < hub[1] + 0.7 + 0.32
        assert top.reading().ends == (pytest.approx((q, hub[1] + 1.5 * abs(q))),)
        assert spoke.reading().ends == (pytest.approx(hub),)
        assert spoke.reading().value == pytest.approx(q)


def test_a_wheel_that_grows_never_jumps_from_dot_to_disc() -> None:
    sweep = moving(1.0)
    gear, extents = following(sweep), []
    bores = []
    for q in np.linspace(0.04, 0.14, 201):  # radii from 0.06 to 0.21 of a frame unit: a dot, and then a ring
        sweep.x = float(q)
        gear.draw()
        extents.append(float(np.ptp(gear.part("ring")[:, 0])) / 2)
        bores.append(float(np.ptp(gear.part("body")[:, 0])) / 2 if len(gear.part("body")) else 0.0)
    for sizes in (extents, bores):
        assert np.abs(np.diff(sizes)).max() < 3e-3
        assert (np.diff(sizes) >= 0).all()
    assert (bores[0], bores[-1]) == (0.0, pytest.approx(0.16, abs=0.02))


def test_what_lags_behind_its_input_is_found() -> None:
    sweep = moving(1.0)
    gear = following(sweep)
    shown = [gear, NameTag(quantity(1.0), gear, over=0.7, height=0.32, colour=INK)]
    shown.append(Spoke(gear, SCALE, theme=THEME, colour=INK))
    sweep.x = 1.001
    outline = "its outline is not the one that its value gives"
    radius, *others = (thing.fault() for thing in shown)
    assert str(radius).endswith("the core says 1.001")
    assert others == [outline, outline]


def test_what_was_moved_by_hand_is_found() -> None:
    sweep = moving(1.0)
    gear = following(sweep)
    tag = NameTag(quantity(1.0), gear, over=0.7, height=0.32, colour=INK)
    assert gear.copy().shift([0.01, 0, 0]).fault() == "it was moved away from its shaft"
    assert tag.copy().shift([0.01, 0, 0]).fault() == "it was moved away from its wheel"
    assert gear.copy().scale(1.01).fault() is not None
    assert math.isfinite(gear.reading().value or math.nan)
