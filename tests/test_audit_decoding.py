"""Frames of a film that are read from the middle on are those that one reads from its beginning."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from studio.audit.decoding import pictures, refresh

FRAMES, EVERY = 48, 12


def moving(folder: Path, how: str, codec: str = "libx264") -> Path:
    """A film on which a bar moves over noise, with a key frame every twelve."""
    path, noise = folder / "moving.mp4", np.random.default_rng(2).integers(0, 60, size=(96, 160, 3), dtype=np.uint8)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=24, options={"x264-params": how} if how else {"g": str(EVERY)})
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        for index in range(FRAMES):
            picture = noise.copy()
            picture[:, 3 * index : 3 * index + 12] = 230
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return path


CLOSED = f"keyint={EVERY}:min-keyint={EVERY}:scenecut=0:bframes=3"


@pytest.mark.parametrize(
    ("how", "codec", "begins"),
    [
        (CLOSED, "libx264", [0, 0, 12, 36, 36]),
        (f"{CLOSED}:open-gop=1", "libx264", [0, 0, 0, 0, 0]),  # pictures behind a key frame refer to some before it
        ("", "mpeg4", [0, 0, 0, 0, 0]),  # of another codec nothing is known
    ],
)
def test_reading_from_a_frame_on_gives_the_same_pictures(
    tmp_path: Path, how: str, codec: str, begins: list[int]
) -> None:
    path, sinces = moving(tmp_path, how, codec), (0, 11, 12, 36, 47)
    assert [refresh(path, since) for since in sinces] == begins
    whole = list(pictures(path))
    for since in sinces:
        seen: list[int] = []
        found = list(pictures(path, None, lambda index, _, seen=seen: seen.append(index), since=since))
        assert [picture.index for picture in found] == seen == list(range(since, FRAMES))
        for one, other in zip(found, whole[since:], strict=True):
            assert np.array_equal(one.luma, other.luma)
            assert np.array_equal(one.red, other.red)


def test_of_a_film_that_was_cut_the_packets_that_are_only_decoded_are_no_frames(tmp_path: Path) -> None:
    path, cut, away = moving(tmp_path, CLOSED), tmp_path / "cut.mp4", 5
    how = {"avoid_negative_ts": "disabled", "use_editlist": "1"}
    with av.open(str(path)) as source, av.open(str(cut), "w", options=how) as target:
        stream = source.streams.video[0]
        copy, by = target.add_stream_from_template(stream), round(away / 24 / stream.time_base)
        for packet in (each for each in source.demux(stream) if each.dts is not None):
            packet.pts, packet.dts, packet.stream = packet.pts - by, packet.dts - by, copy
            target.mux(packet)
    whole = list(pictures(path))[away:]
    for since in (0, 20, 40):
        found = list(pictures(cut, None, since=since))
        assert [picture.index for picture in found] == list(range(since, FRAMES - away))
        for one, other in zip(found, whole[since:], strict=True):
            assert np.array_equal(one.luma, other.luma)
