"""From pictures to a film: what is converted in parts has the bytes of the whole; every frame lasts equally long."""

from __future__ import annotations

import os
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest
from conftest import encode
from manim import tempconfig
from manim._config.video_encoder import VideoEncoderSpec
from manim.animation.animation import Wait
from manim.animation.fading import FadeIn
from manim.mobject.geometry.arc import Circle
from manim.mobject.geometry.polygram import Square
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene import Scene
from manim.utils.color import BLUE, YELLOW

from scenes.parts.film.film_file import ENCODER_OPTIONS
from scenes.parts.stage.camera import StageRenderer
from scenes.parts.stage.planes import Patch, Planes, planes_of
from scenes.parts.stage.segments import SegmentEncoder, join_segments

Plane = npt.NDArray[np.uint8]


def times(file: Path) -> tuple[list[Fraction], set[Fraction], list[Fraction]]:
    """When the frames of a video are shown, as they are decoded, how long each lasts, and when it is; in seconds."""
    with av.open(str(file)) as container:
        shown = [frame.pts * frame.time_base for frame in container.decode(video=0)]
    with av.open(str(file)) as container:
        packets = [packet for packet in container.demux(container.streams.video[0]) if packet.size]
        lasting, due = (
            [getattr(packet, name) * packet.time_base for packet in packets] for name in ("duration", "dts")
        )
        return shown, set(lasting), due


def pictures(file: Path) -> list[Plane]:
    with av.open(str(file)) as container:
        return [frame.to_ndarray() for frame in container.decode(video=0)]


def converted(pixels: Plane) -> tuple[Plane, ...]:
    """The planes that manim's encoder makes of a picture."""
    return planes_of(av.VideoFrame.from_ndarray(pixels, format="rgba").reformat(format="yuv420p"))


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (854, 480), (64, 36)])
def test_planes_changed_in_parts_have_the_bytes_of_planes_made_at_once(width: int, height: int) -> None:
    rng = np.random.default_rng(3)
    planes, pixels = Planes(width, height), rng.integers(0, 256, (height, width, 4), dtype=np.uint8)
    planes.take(pixels, [(0, 0, width, height)])
    for _ in range(12):
        rects = []
        for _ in range(3):
            left, top = int(rng.integers(0, width)), int(rng.integers(0, height))
            right, bottom = int(rng.integers(left, width)) + 1, int(rng.integers(top, height)) + 1
            pixels[top:bottom, left:right] = rng.integers(0, 256, (bottom - top, right - left, 4))
            rects.append((left, top, right, bottom))
        planes.take(pixels, rects)
        for ours, whole in zip(planes.whole().planes, converted(pixels), strict=True):
            assert np.array_equal(ours, whole)


def test_a_patch_is_no_larger_than_it_must_be() -> None:
    planes, pixels = Planes(64, 36), np.zeros((36, 64, 4), dtype=np.uint8)
    (patch,) = planes.take(pixels, [(11, 5, 14, 9)])
    assert (patch.left, patch.top) == (10, 2)  # the colours of two rows above and below depend on it, too
    assert [plane.shape for plane in patch.planes] == [(10, 4), (5, 2), (5, 2)]


class Things(Scene):  # type: ignore[misc]
    """Something that moves, a rest, and something over it."""

    def construct(self) -> None:
        square, circle = Square(color=BLUE, fill_opacity=0.5), Circle(color=YELLOW)
        self.play(FadeIn(square, run_time=0.4))
        self.play(Wait(run_time=0.3, frozen_frame=True))
        self.play(FadeIn(circle.shift([1.0, 0.5, 0.0])), square.animate.shift([-1.0, 0.3, 0.0]), run_time=0.6)
        self.play(Wait(run_time=0.3, frozen_frame=True))


def film(renderer: type[CairoRenderer], folder: Path, **settings: Any) -> Path:
    """The video of the things above, as a renderer leaves it."""
    size = {"pixel_width": 320, "pixel_height": 180, "frame_rate": 15.0, "format": None, **settings}
    size["video_encoder_options"] = {"threads": "1"}  # x264's own threads may differ by 1 from run to run
    quiet = {"media_dir": str(folder), "progress_bar": "none", "verbosity": "ERROR", "disable_caching": True}
    with tempconfig({**size, **quiet}):
        scene = Things(renderer=renderer())
        scene.render()
        return Path(scene.renderer.file_writer.output_plan.primary_artifact)


@pytest.mark.render
def test_a_film_shows_the_very_pictures_that_manims_own_renderer_encodes(tmp_path: Path) -> None:
    ours, manims = film(StageRenderer, tmp_path / "ours"), film(CairoRenderer, tmp_path / "manims")
    pairs = list(zip(pictures(ours), pictures(manims), strict=True))
    assert len(pairs) == 23
    assert all(np.array_equal(one, other) for one, other in pairs)


@pytest.mark.render
def test_every_frame_of_a_film_lasts_equally_long(tmp_path: Path) -> None:
    shown, lasts, decoded = times(film(StageRenderer, tmp_path))
    assert shown == [Fraction(index, 15) for index in range(23)]
    assert lasts == {Fraction(1, 15)}
    assert {b - a for a, b in pairwise(decoded)} == {Fraction(1, 15)}


@pytest.mark.render
@pytest.mark.parametrize("other", [{"format": "gif"}, {"format": "webm"}, {"format": "mov", "transparent": True}])
def test_other_containers_show_the_same_pictures_too(other: dict[str, object], tmp_path: Path) -> None:
    ours, manims = (film(way, tmp_path / way.__name__, **other) for way in (StageRenderer, CairoRenderer))
    pairs = list(zip(pictures(ours), pictures(manims), strict=True))
    assert len(pairs) == 23
    if other["format"] == "gif":  # its colours are its own choice of 256
        assert max(np.abs(one.astype(float) - theirs).mean() for one, theirs in pairs) < 3.0
    else:
        assert all(np.array_equal(one, theirs) for one, theirs in pairs)


def packets_on(cores: set[int], target: Path) -> list[bytes]:
    """The packets of a short rest, encoded where only those cores may be used."""
    rng, before = np.random.default_rng(5), os.sched_getaffinity(0)
    planes = [rng.integers(0, 256, shape, dtype=np.uint8) for shape in ((180, 320), (90, 160), (90, 160))]
    options = tuple({**ENCODER_OPTIONS, "crf": "23"}.items())
    spec = VideoEncoderSpec("mp4", "libx264", "yuv420p", 320, 180, Fraction(15), options)
    os.sched_setaffinity(0, cores)
    try:
        encoder = SegmentEncoder(target=target, spec=spec)
        encoder.write_frame([Patch(0, 0, tuple(planes))], repeat=12)
        encoder.finish()
    finally:
        os.sched_setaffinity(0, before)
    with av.open(str(target)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="here nobody can say which cores may be used")
def test_a_segment_has_the_same_bytes_on_any_number_of_cores_and_its_frames_are_not_shared_out(tmp_path: Path) -> None:
    cores = os.sched_getaffinity(0)
    many, one = (packets_on(few, tmp_path / f"{len(few)}.mp4") for few in (cores, {min(cores)}))
    assert many == one
    assert b" sliced_threads=0 " in many[0]  # x264's own note: threads that share a frame race


def test_segments_are_joined_at_the_rate_of_their_frames(tmp_path: Path) -> None:
    counts = [1, 2, 3, 7, 31, 1]
    parts = [encode(tmp_path / f"{index}.mp4", frames=count) for index, count in enumerate(counts)]
    join_segments(parts, tmp_path / "film.mp4", rate=Fraction(15), comment="made by hand")
    shown, lasts, _ = times(tmp_path / "film.mp4")
    assert shown == [Fraction(index, 15) for index in range(sum(counts))]
    assert lasts == {Fraction(1, 15)}
    apart = [picture for part in parts for picture in pictures(part)]
    assert all(np.array_equal(one, other) for one, other in zip(pictures(tmp_path / "film.mp4"), apart, strict=True))


def test_a_segment_of_another_encoder_is_not_joined(tmp_path: Path) -> None:
    parts = [encode(tmp_path / "a.mp4"), encode(tmp_path / "b.mp4", options={"profile": "baseline"})]
    with pytest.raises(RuntimeError, match=r"b\.mp4: this segment was encoded with other settings"):
        join_segments(parts, tmp_path / "film.mp4", rate=Fraction(15), comment="")
