"""The stage's camera draws only what has changed, manim's own every frame from nothing: the pixels are the same."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from manim import tempconfig
from manim.camera.camera import Camera
from manim.mobject.mobject import Group
from manim.mobject.types.vectorized_mobject import VGroup, VMobject
from manim.utils.color import BLUE, ManimColor
from manim.utils.family import extract_mobject_family_members
from manim.utils.rate_functions import linear
from stage_cases import storyboard_of

from scenes.parts.settings import load
from scenes.parts.stage.camera import StageCamera, StageRenderer
from scenes.parts.stage.camera_cairo import path_data
from scenes.parts.stage.camera_rects import around, joined
from scenes.parts.stage.motions import Appear, Motion
from scenes.parts.stage.stage import Stage
from scenes.parts.things.base import Shown
from scenes.parts.things.lettering import Words
from scenes.parts.things.shapes import disc, polygon, polyline, rectangle

Pixels = npt.NDArray[np.uint8]
SIZES = {"480p": (854, 480), "1080p": (1920, 1080)}
FIRST = {clip.scene: name for name, clip in reversed(load().clips.items())}.values()
"""One clip of each scene: these are for `make test`, all clips, three times as often a second, for `make proof`."""
CASES = [
    *((clip, "480p", 1.0) for clip in FIRST),
    ("PushThroughGears", "1080p", 1.0),
    *(pytest.param(clip, "480p", 3.0, marks=pytest.mark.proof) for clip in load().clips),
    pytest.param("ToyChain", "1080p", 2.0, marks=pytest.mark.proof),
]
SMALL = {"pixel_width": 320, "pixel_height": 180}


def anew(camera: Camera, mobjects: list[Any]) -> Pixels:
    """What manim's own camera makes of the same things, from nothing."""
    other = Camera(background_color=camera.background_color)
    other.reset()
    other.capture_mobjects(mobjects)
    return np.asarray(other.pixel_array)


class Compared(StageRenderer):
    """The stage's renderer, each of whose pictures is compared with manim's before it is written."""

    differing: list[int]
    moving: int
    still: int

    def __init__(self) -> None:
        super().__init__()
        self.differing, self.moving, self.still = [], 0, 0

    def _write(self, count: int) -> None:
        assert self._standing is not None
        if not np.array_equal(anew(self.camera, self._standing), self.camera.pixel_array):
            self.differing.append(self.file_writer.frames)
        self.moving, self.still = self.moving + (count == 1), self.still + (count > 1)
        super()._write(count)


@pytest.mark.parametrize(("clip", "size", "frame_rate"), CASES)
def test_every_picture_of_a_clip_has_the_pixels_of_manims_own_camera(
    clip: str, size: str, frame_rate: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scenes.parts.stage.proven.StageRenderer", Compared)
    storyboard = type(clip, (storyboard_of(load().clip(clip).scene),), {})
    width, height = SIZES[size]
    quiet = {"dry_run": True, "progress_bar": "none", "verbosity": "ERROR", "format": None}
    with tempconfig({**quiet, "pixel_width": width, "pixel_height": height, "frame_rate": frame_rate}):
        stage = storyboard()
        stage.render()
    assert stage.renderer.differing == []
    assert stage.renderer.moving > 12 * frame_rate
    assert stage.renderer.still > 4


class Hidden(Motion):
    """A motion that changes something else than it names: for a while, or at its last moment."""

    def __init__(self, named: Shown, change: Callable[[float], object]) -> None:
        self.change = change
        super().__init__(named, run_time=1.0, rate_func=linear)

    def show(self, shown: Shown, share: float) -> None:
        """Change what is not named."""
        self.change(share)


CHANGES: dict[str, Callable[[Words, float], object]] = {
    "by its place": lambda words, share: words.submobjects[0].shift([share, 0.0, 0.0]),
    "by its colour": lambda words, share: words.submobjects[0].show(1.0, "#123456" if share > 0.95 else None),
    "by its opacity for a while": lambda words, share: words.submobjects[0].show(0.5 if 0.4 < share < 0.9 else 1.0),
    "by a piece more": lambda words, share: words.add(words.submobjects[0].copy()) if share > 0.5 else None,
}


@pytest.mark.parametrize("way", CHANGES)
def test_what_changes_in_a_motion_that_does_not_name_it_ends_the_render(way: str) -> None:
    def construct(stage: Stage) -> None:
        stage.open_with_title()
        title = stage.title
        assert title is not None
        named = stage.pen.pause_mark()
        stage.play(Appear(named))
        stage.play(Hidden(named, partial(CHANGES[way], title)))

    board = type("ToyChain", (storyboard_of("toy_chain"),), {"construct": construct})
    said = io.StringIO()
    quiet = {"dry_run": True, "progress_bar": "none", "verbosity": "ERROR", "format": None}
    with (
        tempconfig({**quiet, "frame_rate": 30.0}),
        contextlib.redirect_stderr(said),
        pytest.raises(SystemExit) as ended,
    ):
        board().render()
    assert ended.value.code == 1
    assert "title: it changes in a motion that does not name it" in said.getvalue()


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture(autouse=True)
def small_frames() -> Iterator[None]:
    with tempconfig(SMALL):
        yield


def family(mobjects: Iterable[Any]) -> list[Any]:
    return extract_mobject_family_members(list(mobjects), use_z_index=True)


def outline(rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """A shape of the stage at a random place, now and then in parts, or reaching out of the frame."""
    x, y = rng.uniform(-8, 8), rng.uniform(-4.5, 4.5)
    corners = rng.uniform(-1.5, 1.5, (rng.integers(3, 12), 3)) * [1, 1, 0]
    blob = rng.uniform(-1.5, 1.5, (8, 3)) * [1, 1, 0]
    shapes = [
        polygon(corners),
        polyline(corners),
        disc(np.zeros(3), rng.uniform(0.05, 2.0), rng.choice([0.0, 0.04])),
        rectangle(np.zeros(3), corners[0], 0.05),
        np.concatenate([polygon(corners), disc(corners[1], 0.3), polyline(corners[:2])]),
        blob,
    ]
    return shapes[rng.integers(len(shapes))] + [x, y, 0.0]


def paint(piece: VMobject, rng: np.random.Generator) -> None:
    """Paint in one colour each, filled or stroked or both, often through which one sees."""
    colour = ManimColor(rng.uniform(0, 1, 3))
    opacity = float(rng.choice([0.0, 0.3, 1.0, 1.0]))
    piece.set_fill(colour, opacity=opacity)
    piece.set_stroke(colour.invert(), width=float(rng.choice([0, 0, 2, 6])), opacity=float(rng.choice([0.5, 1.0])))
    if rng.random() < 0.2:
        piece.set_stroke(colour, width=9, background=True)


def drawn(rng: np.random.Generator) -> VMobject:
    piece = VMobject()
    piece.points = outline(rng)
    paint(piece, rng)
    return piece


def grown(piece: VMobject, rng: np.random.Generator) -> None:
    """Lengthen or shorten an outline by some curves, at one end."""
    points, count = piece.points, 4 * int(rng.integers(1, 3))
    step = polyline([points[-1], points[-1] + rng.normal(0, 0.4, 3) * [1, 1, 0]])
    before = polyline([points[0] + rng.normal(0, 0.4, 3) * [1, 1, 0], points[0]])
    ways = [np.concatenate([points, step]), np.concatenate([before, points]), points[:-count], points[count:]]
    piece.points = ways[rng.integers(4)]


def changed(piece: VMobject, rng: np.random.Generator) -> None:
    """Change a piece in one of the ways in which things change on a stage, or in place, or not at all."""
    ways = [
        lambda: piece.shift(rng.normal(0, 0.5, 3) * [1, 1, 0]),
        lambda: paint(piece, rng),
        lambda: setattr(piece, "points", outline(rng)),
        lambda: setattr(piece, "points", np.zeros((0, 3))),
        lambda: grown(piece, rng) if len(piece.points) else None,
        lambda: piece.points.__imul__(1.01),
        lambda: None,
    ]
    ways[rng.integers(len(ways))]()


def test_whatever_comes_goes_moves_and_is_repainted_looks_as_with_manims_own(rng: np.random.Generator) -> None:
    camera, pieces = StageCamera(), [drawn(rng) for _ in range(6)]
    for _ in range(60):
        pieces = [piece for piece in pieces if rng.random() > 0.15] + [drawn(rng) for _ in range(rng.integers(0, 3))]
        if rng.random() < 0.2:
            rng.shuffle(pieces)
        camera.show(pieces)
        assert np.array_equal(camera.pixel_array, anew(camera, pieces))
        moving = [piece for piece in pieces if rng.random() < 0.4]
        for _ in range(5):
            for piece in moving:
                changed(piece, rng)
            camera.show(pieces, moving)
            assert np.array_equal(camera.pixel_array, anew(camera, pieces))


def test_a_line_that_grows_under_and_over_other_things_looks_as_with_manims_own(rng: np.random.Generator) -> None:
    camera, line = StageCamera(), VMobject(stroke_color=BLUE, stroke_width=5)
    corners = np.cumsum(rng.normal(0, 0.35, (60, 3)) * [1, 1, 0], axis=0)
    pieces = [drawn(rng), line, drawn(rng), drawn(rng)]
    line.points = polyline(corners[:2])
    camera.show(pieces)
    for end in range(3, len(corners)):
        line.points = polyline(corners[:end]) if end < 40 else polyline(corners[end - 40 :])
        camera.show(pieces, [line])
        assert np.array_equal(camera.pixel_array, anew(camera, pieces)), end


def test_only_what_has_changed_is_said_to_have_changed(rng: np.random.Generator) -> None:
    camera, pieces = StageCamera(), [drawn(rng) for _ in range(5)]
    camera.show(pieces)
    assert camera.take_changes() == [(0, 0, 320, 180)]
    for _ in range(40):
        before = camera.pixel_array.copy()
        changed(pieces[2], rng)
        camera.show(pieces, [pieces[2]])
        outside = np.ones(before.shape[:2], dtype=bool)
        for left, top, right, bottom in camera.take_changes():
            outside[top:bottom, left:right] = False
        assert np.array_equal(camera.pixel_array[outside], before[outside])
    camera.show(pieces, [pieces[2]])
    assert camera.take_changes() == []


def test_groups_and_depths_are_drawn_in_manims_order(rng: np.random.Generator) -> None:
    camera, deep = StageCamera(), drawn(rng).set_z_index(-1)
    standing = [VGroup(drawn(rng), drawn(rng)), Group(drawn(rng)), deep]
    camera.show(family(standing))
    assert np.array_equal(camera.pixel_array, anew(camera, standing))


def test_what_is_painted_in_several_colours_is_left_to_manims_own(rng: np.random.Generator) -> None:
    camera, pieces = StageCamera(), [drawn(rng) for _ in range(3)]
    camera.show(pieces)
    for colours in (["#FF0000", "#00FF00"], "#0000FF"):
        pieces[1].set_fill(colours, opacity=1.0)
        camera.show(pieces, [pieces[1]])
        assert np.array_equal(camera.pixel_array, anew(camera, pieces))
        assert camera.take_changes() == [(0, 0, 320, 180)]


def test_what_rests_in_several_colours_is_never_shown_in_one(rng: np.random.Generator) -> None:
    camera, pieces = StageCamera(), [drawn(rng) for _ in range(3)]
    pieces[1].set_fill(["#FF0000", "#00FF00"], opacity=1.0)
    camera.show(pieces)
    for _ in range(3):
        pieces[2].shift([0.2, 0.1, 0.0])
        camera.show(pieces, [pieces[2]])
        assert np.array_equal(camera.pixel_array, anew(camera, pieces))


def test_where_cairo_is_out_of_reach_all_is_left_to_manims_own(
    rng: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scenes.parts.stage.camera.REACHABLE", False)
    camera, pieces = StageCamera(), [drawn(rng) for _ in range(3)]
    for moving in (None, pieces, pieces[:1]):
        pieces[0].shift([0.2, 0.1, 0.0])
        camera.show(pieces, moving)
        assert np.array_equal(camera.pixel_array, anew(camera, pieces))
        assert camera.overlooked(pieces) is None
        assert camera.take_changes() == [(0, 0, 320, 180)]


def test_what_comes_goes_or_changes_places_unseen_is_overlooked(rng: np.random.Generator) -> None:
    camera, pieces = StageCamera(), [drawn(rng) for _ in range(3)]
    camera.show(pieces)
    assert camera.overlooked(pieces) is None
    assert camera.overlooked([pieces[0], pieces[2], pieces[1]]) is pieces[2]
    assert camera.overlooked(pieces[:2]) is pieces[2]
    assert camera.overlooked([*pieces, other := drawn(rng)]) is other


def test_what_is_drawn_in_manims_own_way_is_not_taken_for_the_picture(rng: np.random.Generator) -> None:
    camera, pieces, other = StageCamera(), [drawn(rng) for _ in range(3)], drawn(rng).set_fill(opacity=1.0)
    for disturb in (
        lambda: camera.capture_mobjects([other]),
        lambda: camera.reset(),
        lambda: camera.pixel_array.fill(9) or camera.set_pixel_array(camera.pixel_array),
        lambda: setattr(camera, "background_color", ManimColor("#335577")),
        lambda: setattr(camera, "frame_center", np.array([1.0, 0.5, 0.0])),
    ):
        camera.show(pieces)
        disturb()
        camera.show(pieces, [])
        reference = Camera(background_color=camera.background_color, frame_center=camera.frame_center)
        reference.capture_mobjects(pieces)
        assert np.array_equal(camera.pixel_array, reference.pixel_array)


def test_points_that_are_not_finite_are_not_drawn(rng: np.random.Generator) -> None:
    camera, pieces = StageCamera(), [drawn(rng), drawn(rng)]
    pieces[0].points = np.full((8, 3), np.nan)
    camera.show(pieces)
    assert np.array_equal(camera.pixel_array, anew(camera, pieces))


def test_the_parts_of_an_outline_are_those_of_manim(rng: np.random.Generator) -> None:
    piece = VMobject()
    for _ in range(200):
        points = np.concatenate([outline(rng) for _ in range(rng.integers(1, 4))])
        points += rng.choice([0.0, 1e-7, 1e-5], (len(points), 1))  # gaps within manim's tolerance, and just outside
        parts = piece.get_subpath_split_indices_from_points(points, n_dims=2)
        closed = sum(piece.consider_points_equals_2d(points[a], points[b - 1]) for a, b in parts)
        data = path_data(points, piece.tolerance_for_point_equality)
        assert len(data) == len(points) + 2 * len(parts) + closed


def test_rectangles_put_together_hold_every_pixel_of_what_they_were_made_of(rng: np.random.Generator) -> None:
    for _ in range(100):
        corners = rng.integers(0, 1000, (rng.integers(1, 20), 4)).tolist()
        rects = [(min(a, c), min(b, d), max(a, c) + 1, max(b, d) + 1) for a, b, c, d in corners]
        found = joined(rects)
        assert len(found) <= len(rects)
        assert all(any(around(one, rect) == one for one in found) for rect in rects)
