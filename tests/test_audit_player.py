"""What a player shows besides the frames: forged containers are caught, what cannot be judged is said."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import av
import pytest
from audit_cases import film, honest
from box_cases import (
    ENTRY,
    Alter,
    clean_aperture,
    edits,
    other_colours,
    remuxed,
    second_picture,
    sound,
    subtitles,
    with_box,
)

from studio.audit.command import audit
from studio.audit.player import beside_the_picture, check_played, played_from

pytestmark = pytest.mark.render
NET = "TwoLayerNetwork"
MIRROR = [-65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30]


def faults(video: Path) -> list[str]:
    return [finding.said for finding in check_played(played_from(video), honest(NET)) if not finding.ok]


def besides(video: Path) -> list[str]:
    return list(beside_the_picture(played_from(video), honest(NET)))


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "mov"])
def test_a_film_and_a_remux_of_it_are_shown_as_they_are_and_nothing_is_beside_them(tmp_path: Path, suffix: str) -> None:
    for video in (film(NET), remuxed(film(NET), tmp_path / f"copy.{suffix}")):
        assert faults(video) == []
        assert besides(video) == []


@pytest.mark.parametrize(
    ("alter", "suffix", "said"),
    [
        (lambda s, _: s.set_display_rotation(180), "mp4", "Display Matrix: rotation of -180"),
        (lambda s, _: s.set_display_rotation(90), "mkv", "Display Matrix: rotation of 90"),
        (lambda s, _: s.set_display_matrix(MIRROR), "mp4", "Display Matrix"),
        (
            lambda s, _: setattr(s.codec_context, "sample_aspect_ratio", Fraction(2)),
            "mp4",
            "every pixel 2 times as wide as high",
        ),
        (second_picture, "mp4", "1 more video tracks"),
        (second_picture, "mkv", "1 more video tracks"),
        (subtitles("dL/dw1 = 99"), "mkv", "a track of subtitles says 'dL/dw1 = 99'"),
        (subtitles("dL/dw1 = 99"), "mp4", "a track of subtitles says 'dL/dw1 = 99'"),
    ],
)
def test_a_container_that_shows_something_else_is_wrong(tmp_path: Path, alter: Alter, suffix: str, said: str) -> None:
    (fault,) = faults(remuxed(film(NET), tmp_path / f"lie.{suffix}", alter))
    assert said in fault


@pytest.mark.parametrize(
    ("bsf", "said"),
    [
        ("h264_metadata=display_orientation=insert:rotate=180", "it is turned or mirrored"),
        ("h264_metadata=sample_aspect_ratio=3/2", "every pixel 1.5 times as wide as high"),
        ("h264_metadata=transfer_characteristics=16", "transfer 1 in the file, 16 in its frames"),
        ("h264_metadata=video_full_range_flag=1", "range 1 in the file, 2 in its frames"),
        (r"setts=pts=if(gte(N\,40)\,PTS+8*DURATION\,PTS)", "is shown for"),
    ],
)
def test_a_stream_that_is_shown_otherwise_is_wrong(tmp_path: Path, bsf: str, said: str) -> None:
    found = faults(remuxed(film(NET), tmp_path / "lie.mp4", bsf=bsf))
    assert any(said in fault for fault in found), found


def test_a_crop_an_edit_list_and_colours_that_the_frames_contradict_are_wrong(tmp_path: Path) -> None:
    crop = with_box(film(NET), tmp_path / "crop.mp4", ENTRY, clean_aperture)
    assert "Frame Cropping" in faults(crop)[0]
    colours = with_box(film(NET), tmp_path / "colours.mp4", ENTRY, other_colours)
    assert "primaries 9 in the file, 1 in its frames" in faults(colours)[0]
    (start,) = {p.pts or 0 for p in packets(film(NET))[:1]}
    tick = 1 / played_from(film(NET)).stamps[1]
    cut = edits((2000, start), (3000, start + round(5 * tick * packets(film(NET))[0].duration)))
    assert "an edit list leaves out" in faults(with_box(film(NET), tmp_path / "cut.mp4", "moov/trak/edts/elst", cut))[0]


def packets(video: Path) -> list[av.Packet]:
    with av.open(str(video)) as container:
        return [packet for packet in container.demux(container.streams.video[0]) if packet.size]


def test_subtitles_inside_a_film_that_say_a_caption_are_right(tmp_path: Path) -> None:
    caption = next(beat.caption for beat in honest(NET).beats if beat.caption)
    assert faults(remuxed(film(NET), tmp_path / "told.mp4", subtitles(caption))) == []


def test_sound_and_text_in_tags_are_said_with_the_verdict(tmp_path: Path) -> None:
    def told(stream: object, made: av.container.OutputContainer) -> object:
        made.metadata["description"] = "dL/dw1 is 99"
        return sound(stream, made)

    copy = remuxed(film(NET), tmp_path / "loud.mp4", told)
    assert faults(copy) == []
    assert besides(copy) == ["not judged: sound", "not judged: the text dL/dw1 is 99 in the file's tag description"]
    shutil.copy(film(NET).with_suffix(".ledger.json"), copy.with_suffix(".ledger.json"))
    assert "not judged: sound" in audit(copy, every=10**6).closing
