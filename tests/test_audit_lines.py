"""How lines are measured that bend sharply, and things that hardly differ from what they lie on."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from scenes.parts.things.shapes import polyline, sector, spatial
from studio.audit.drawn import Piece, ink_of
from studio.audit.frames import Window
from studio.audit.glance import Around
from studio.audit.synthesis import Synthesis, faintness, fitted_to, hairline_finding, place_finding
from studio.audit.things.curve import _bent, along, middle

Array = npt.NDArray[np.float64]


@pytest.mark.parametrize("waves", [1, 3, 4])
@pytest.mark.parametrize("beside", [0.0, 2.0])
def test_a_curve_of_many_waves_is_measured_where_it_lies(waves: int, beside: float) -> None:
    across = np.linspace(0.0, 52.0, 241)
    corners = np.stack([20 + across, 40 - 26 * np.cos(2 * np.pi * waves * across / 52)], axis=1)
    window = Window.around(corners, 12.0)
    ink = ink_of([Piece(polyline(spatial(corners + beside))[:, :2], 2.4)], window)
    nothing = np.zeros(window.shape, dtype=bool)
    found = [(middle(*at, ink, nothing, window), _bent(*at, corners, 2.4)) for at in along(corners)]
    off = [abs(one - bent) for one, bent in found if one is not None]
    assert len(off) > 10
    if beside:
        assert max(off) > 0.7  # two pixels to the right and down are found
    else:
        assert max(off) < 0.35
        assert waves == 1 or max(abs(one or 0.0) for one, _ in found) > 0.7  # as if it lay beside itself


def test_beside_the_end_of_a_curve_nothing_is_taken_for_drawn() -> None:
    """It ends five pixels from where it has just come down, and is cut off straight there."""
    corners = np.array([[20.0, 10.0], [20.0, 60.0], [25.0, 60.0], [25.0, 36.0]])
    window = Window.around(corners, 12.0)
    ink, nothing = ink_of([Piece(polyline(spatial(corners))[:, :2], 2.4)], window), np.zeros(window.shape, dtype=bool)
    for height in (20.0, 35.0, 39.0):
        at, across = np.array([20.0, height]), np.array([1.0, 0.0])
        found = middle(at, across, ink, nothing, window)
        assert found == pytest.approx(_bent(at, across, corners, 2.4), abs=0.25)
        assert (abs(found) > 1.5) == (height > 36.0)


def test_a_sliver_whose_sides_are_the_same_line_is_where_it_is_claimed_to_be() -> None:
    """A slice of a hundredth of a pixel is seen by what is clear round it alone; a film of such an angle is honest."""
    rng, hub, size, turned = np.random.default_rng(1), np.array([523.075, 203.537]), 39.6, 3.14e-4

    def build(by: Array) -> list[tuple[Piece, str]]:
        ends = math.pi / 2 + by[3] / size, math.pi / 2 + turned + by[4] / size
        points = sector(np.zeros(3), 4.2, size + by[2], *ends)[:, :2] * [1, -1] + hub + by[:2]
        return [(Piece(points, 3.6), "clear"), (Piece(points), "value")]

    window = Window.around(build(np.zeros(5))[0][0].points, 6.0)
    around = Around(np.full(window.shape, 45.0), np.ones(window.shape), np.zeros(window.shape))
    free, luma = np.ones(window.shape, dtype=bool), {"clear": 31.0, "value": 130.0}.__getitem__
    claimed = Synthesis(window, around.below, free, around, luma, 100.0)
    for _ in range(20):
        seen = claimed.drawn(build(np.zeros(5))) + rng.normal(0.0, 1.0, window.shape[1])  # an encoder's stripes
        scene = Synthesis(window, seen, free, around, luma, 100.0)
        by = fitted_to(scene, build, 5)
        assert scene.misfit(build(by)) <= scene.misfit(build(np.zeros(5))) + 0.1
        assert abs(by[4] - by[3]) < 0.7


def test_what_changes_half_as_much_luma_is_twice_as_faint() -> None:
    assert [faintness(contrast) for contrast in (200.0, 72.0, 36.0, 0.0)] == [1.0, 1.0, 2.0, 72.0]


@pytest.mark.parametrize(("share", "told"), [(0.0, 170.0), (0.5, 120.0), (0.95, 40.0)])
def test_a_line_over_one_nearly_of_its_luma_has_little_contrast(share: float, told: float) -> None:
    """A black tangent on a light page, over a dark curve along a share of its length."""
    start, end, page, dark, black = np.array([10.0, 20.0]), np.array([110.0, 20.0]), 240.0, 45.0, 30.0
    window = Window.around(np.stack([start, end]), 12.0)

    def line(to: Array, wide: float) -> Piece:
        return Piece(polyline(spatial(np.stack([start, to])))[:, :2], wide)

    below = page + ink_of([line(start + share * (end - start), 5.0)], window) * (dark - page) * (share > 0.0)
    around = Around(below, np.ones(window.shape), np.zeros(window.shape))
    scene = Synthesis(window, below, np.ones(window.shape, dtype=bool), around, {"black": black}.__getitem__, 210.0)
    assert scene.contrast_of([(line(end, 3.0), "black")]) == pytest.approx(told, rel=0.15)
    assert scene.loudness([(line(end, 3.0), "black")]) > 190.0  # what one pixel tells is no measure of all of it


@pytest.mark.parametrize(("more", "away", "holds"), [(1.0, 0.4, False), (2.0, 0.4, True), (2.0, 1.0, False)])
def test_a_ground_may_be_measured_twice_as_far_from_its_place_but_not_by_a_pixel(
    more: float, away: float, holds: bool
) -> None:
    found: Any = SimpleNamespace(place_limit=0.3, finding=lambda _what, error, limit, *_: error <= limit)
    assert place_finding(found, np.array([away, 0.0]), more) is holds


@pytest.mark.parametrize(("thick", "holds"), [(0.3, True), (0.35, True), (0.6, False), (3.0, False)])
def test_a_hairline_over_a_wire_is_judged_by_what_it_changes_and_a_line_in_its_place_is_a_lie(
    thick: float, holds: bool
) -> None:
    ends = np.array([[10.0, 20.0], [110.0, 20.0]])
    window, noise = Window.around(ends, 12.0), np.random.default_rng(7)

    def line(wide: float) -> list[tuple[Piece, str]]:
        return [(Piece(polyline(spatial(ends))[:, :2], wide), "amber")]

    below = 22.0 + ink_of([line(2.0)[0][0]], window) * (110.0 - 22.0)
    around = Around(below, np.ones(window.shape), np.zeros(window.shape))
    bare = Synthesis(window, below, np.ones(window.shape, dtype=bool), around, {"amber": 190.0}.__getitem__, 168.0)
    scene = replace(bare, seen=bare.drawn(line(thick)) + noise.normal(0.0, 4.0, window.shape))
    glance: Any = SimpleNamespace(limits=SimpleNamespace(lettering=0.25), finding=lambda _, error, at, *__: error <= at)
    contrast = min(scene.loudness(line(0.3)), scene.contrast_of(line(0.3)))
    assert hairline_finding(glance, scene.misfit(line(0.3)), contrast) is holds
