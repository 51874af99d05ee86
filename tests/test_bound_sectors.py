"""What turns, and what is measured, on a line of centres: wheels that are not round, arms, round gears; and rungs."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pytest
from gear_cases import inside
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import lies, moving, quantity
from shape_cases import same

from core.functions import FUNCTIONS
from scenes.parts.gears.found import Found, found
from scenes.parts.gears.profile import DISC, DRIVEN, DRIVER, RING, even_lines, numbers_of, profile_of
from scenes.parts.measure import Axis, Scale
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.theme import Theme
from scenes.parts.things.centred import Arm, Round
from scenes.parts.things.legs import Legs
from scenes.parts.things.sector import Sector
from studio.audit.things.centred import ARM, ROUND
from studio.audit.things.sector import SECTOR
from studio.audit.things.slope import LEGS

THEME: Final = Theme.of("dark", {}, "Source Sans 3")
CENTRES: Final = Axis("centres", 0.0, 1.0, (-4.0, 0.5, 0.0), (-1.5, 0.5, 0.0))
GEARS = [("tanh", -1.4, 1.4), ("square", 0.6, 1.8), ("cos", 0.5, 1.3), ("exp", -1.0, 0.8), ("sigmoid", -1.9, 1.9)]
shares = st.floats(0, 1)


def picture(piece: tuple[str, float, float]) -> tuple[Found, tuple[float, float, int]]:
    """What is found of a function, and where its fine lines stand."""
    at = found(*piece)
    return at, even_lines(*at.turns)


def sector(piece: tuple[str, float, float], part: int, sweep: Sweep) -> Sector:
    """A wheel of a function, turned by the quantity `q`."""
    at, lines = picture(piece)
    profile = numbers_of(piece[0], at, part, lines)
    how = {"wheel": "one", "profile": profile, "centres": CENTRES, "theme": THEME}
    return Sector(sweep["q"], Scale("k_0", at.k), colour=THEME.colour("value"), **how)


def angle_of(shown: Sector) -> float:
    """By how much the drawn body is turned, modulo a whole turn."""
    drawn = next(p.points for p in shown.submobjects if len(p.points))[0] - shown.origin
    first = profile_of(shown.profile).body[0]
    return math.atan2(drawn[1], drawn[0]) - math.atan2(first[1], first[0])


@given(moves=st.lists(shares, min_size=1, max_size=4))
def test_after_any_moves_a_driver_stands_at_k_times_how_far_x_is_from_its_first(moves: list[float]) -> None:
    low, high = GEARS[0][1:]
    sweep = moving(low)
    drawn = sector(GEARS[0], DRIVER, sweep)
    first = [np.array(piece.points) for piece in drawn.submobjects]
    for share in moves:
        sweep.x = low + share * (high - low)
        drawn.draw()
        assert math.sin((angle_of(drawn) - picture(GEARS[0])[0].k * (sweep.x - low)) / 2) == pytest.approx(0, abs=1e-9)
        assert drawn.reading().value == pytest.approx(sweep.x, abs=1e-9)
        assert drawn.fault() is None
    sweep.x = low
    drawn.draw()
    for piece, points in zip(drawn.submobjects, first, strict=True):
        np.testing.assert_array_equal(piece.points, points)


@pytest.mark.parametrize("piece", GEARS, ids=lambda piece: piece[0])
@given(share=shares)
def test_a_driven_wheel_turns_clockwise_by_k_times_how_far_f_has_gone_whether_it_rises_or_falls(
    piece: tuple[str, float, float], share: float
) -> None:
    name, low, high = piece
    first, here = (float(FUNCTIONS[name].value(np.float64(x))) for x in (low, low + share * (high - low)))
    drawn = sector(piece, DRIVEN, moving(here))
    assert math.sin((angle_of(drawn) + picture(piece)[0].k * abs(here - first)) / 2) == pytest.approx(0, abs=1e-9)
    assert drawn.reading().value == pytest.approx(here, abs=1e-9)
    assert drawn.fault() is None
    assert profile_of(drawn.profile).hollow == (FUNCTIONS[name].value(np.float64(high)) < first)


@pytest.mark.parametrize("piece", GEARS, ids=lambda piece: piece[0])
def test_lines_of_both_wheels_meet_one_by_one_at_the_contact_when_x_is_a_round_number(
    piece: tuple[str, float, float],
) -> None:
    at, (first, last, count) = picture(piece)
    wheels = [profile_of(numbers_of(piece[0], at, part, (first, last, count))) for part in (DRIVER, DRIVEN)]
    for i, x in enumerate(np.linspace(first, last, count)):
        h = float(FUNCTIONS[piece[0]].value(x))
        for wheel, value, towards in zip(wheels, (float(x), h), (0.0, math.pi), strict=True):
            if len(wheel.lines) == count:
                angles = np.arctan2(*wheel.lines[i].T[::-1]) + wheel.turned(at.k * value) - towards
                np.testing.assert_allclose(np.sin(angles / 2), 0, atol=1e-9)
    assert max(len(wheel.lines) for wheel in wheels) == count >= 3


@pytest.mark.parametrize("piece", GEARS, ids=lambda piece: piece[0])
@pytest.mark.parametrize("part", [DRIVER, DRIVEN])
def test_ring_and_lines_lie_on_their_wheel(piece: tuple[str, float, float], part: int) -> None:
    wheel = profile_of(numbers_of(piece[0], picture(piece)[0], part, picture(piece)[1]))
    inner = wheel.band[len(wheel.band) // 2 + 20 : -20]  # its ends lie on the very edge of the wheel
    assert inside(wheel.lines.mean(axis=1)[1:-1], wheel.body).all()
    assert inside(inner, wheel.body).all()


@given(z=st.floats(-2, 2))
def test_the_disc_of_a_lug_turns_with_z_and_the_ring_with_relu_of_z(z: float) -> None:
    piece, k = ("relu", -2.0, 2.0), picture(("relu", -2.0, 2.0))[0].k
    disc, ring = (sector(piece, part, moving(v)) for part, v in ((DISC, z), (RING, max(z, 0.0))))
    assert math.sin((angle_of(disc) - k * z) / 2) == pytest.approx(0, abs=1e-9)
    assert math.sin((angle_of(ring) - k * max(z, 0.0)) / 2) == pytest.approx(0, abs=1e-9)
    assert (disc.reading().value, ring.reading().value) == pytest.approx((z, max(z, 0.0)), abs=1e-9)


@pytest.mark.parametrize("piece", [*GEARS, ("relu", -1.0, 1.0)], ids=lambda piece: piece[0])
def test_both_sides_of_the_house_draw_the_same_wheels(piece: tuple[str, float, float]) -> None:
    at, lines = picture(piece)
    for part in (DISC, RING) if at.picture == "lug" else (DRIVER, DRIVEN):
        sizes = {"far": float(part == DRIVEN), "size": 2.5, "line": 0.026, **numbers_of(piece[0], at, part, lines)}
        for x in np.linspace(*at.turns, 5):
            value = x if part in (DRIVER, DISC) else FUNCTIONS[piece[0]].value(x)
            drawn = {"turn": at.k * float(value)}
            assert same(Sector.shapes(drawn, sizes), SECTOR.shapes(drawn, sizes))


@given(value=st.floats(0.01, 0.99), far=st.booleans())
def test_arms_and_round_gears_are_as_long_as_their_number_and_drawn_alike_on_both_sides(
    value: float, far: bool
) -> None:
    for kind, audit in ((Arm, ARM), (Round, ROUND)):
        shown = kind(quantity(value), centres=CENTRES, far=far, colour="#FFFFFF")
        assert shown.fault() is None
        assert shown.reading().value == pytest.approx(value)
        drawn = {shown.roles[0]: value * CENTRES.scale.per_unit}
        assert same(kind.shapes(drawn, shown.sizes), audit.shapes(drawn, shown.sizes))
    hub, way = (CENTRES.end[0], -1.0) if far else (CENTRES.start[0], 1.0)
    xs = Arm(quantity(value), centres=CENTRES, far=far, colour="#FFFFFF").outline[:, 0]
    ends = sorted((hub, hub + way * value * CENTRES.scale.per_unit))
    assert (xs.min(), xs.max()) == pytest.approx(tuple(ends))


@given(rise=st.floats(-3, 3).filter(lambda rise: rise == 0 or abs(rise) > 1e-9), run=st.floats(0.01, 3))
def test_both_legs_are_measured_and_drawn_alike_on_both_sides(rise: float, run: float) -> None:
    drawn, sizes = {"rise": rise, "run": run}, dict(Legs.widths)
    shapes = Legs.shapes(drawn, sizes)
    assert Legs.read(shapes, sizes) == pytest.approx(drawn, rel=1e-9, abs=1e-12)
    assert same(shapes, LEGS.shapes(drawn, sizes))


@pytest.mark.parametrize("part", [DRIVER, DRIVEN])
def test_a_sector_that_is_turned_scaled_moved_or_painted_otherwise_is_found_out(part: int) -> None:
    drawn = sector(GEARS[0], part, moving(0.3))
    assert drawn.fault() is None
    for what, lie in lies(drawn):
        assert lie.fault() is not None, what
    assert drawn.copy().rotate(math.radians(0.01), about_point=drawn.origin).fault()
    assert drawn.copy().shift([0.01, 0.0, 0.0]).fault() == "it was moved away from its hub"
