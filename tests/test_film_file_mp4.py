"""The finished mp4: same packets, index first, colours tagged, chapters and ledger inside, and never half a file."""

from __future__ import annotations

import struct
from fractions import Fraction
from pathlib import Path

import av
import pytest
from conftest import encode

from scenes.parts.film import film_file
from scenes.parts.film.film_file import (
    LEDGER_TAG,
    Chapter,
    FilmFileError,
    facts_of,
    finish_mp4,
    read_ledger_tag,
    read_tags,
    video_digest,
)

CHAPTERS = [Chapter("Which way?", 0.0, 0.8), Chapter("δ × 2 flows back", 0.8, 2.0)]
BT709, SMPTE170M = 1, 6


def finished(raw: Path, **tags: str) -> Path:
    target = raw.with_name("Clip.mp4")
    finish_mp4(raw, target, chapters=CHAPTERS, tags=tags)
    return target


def boxes(path: Path) -> list[bytes]:
    """The names of the top-level boxes of an mp4, in order."""
    data, position, names = path.read_bytes(), 0, []
    while position < len(data):
        (size,) = struct.unpack(">I", data[position : position + 4])
        names.append(data[position + 4 : position + 8])
        position += size
    return names


def test_a_finished_file_has_its_index_before_its_frames(raw_video: Path) -> None:
    before, after = boxes(raw_video), boxes(finished(raw_video))
    assert before.index(b"moov") > before.index(b"mdat")
    assert after.index(b"moov") < after.index(b"mdat")


def test_the_digest_survives_the_remux(raw_video: Path) -> None:
    assert video_digest(finished(raw_video, title="T")) == video_digest(raw_video)


def test_the_digest_notices_another_encoding(raw_video: Path, tmp_path: Path) -> None:
    assert video_digest(encode(tmp_path / "other.mp4", options={"crf": "35"})) != video_digest(raw_video)


def test_the_digest_notices_a_missing_frame(raw_video: Path, tmp_path: Path) -> None:
    assert video_digest(encode(tmp_path / "other.mp4", frames=29)) != video_digest(raw_video)


def test_a_ledger_of_two_megabytes_comes_back_unchanged(raw_video: Path) -> None:
    text = "δ=−0.8;\"'\\" * 200_000
    assert read_ledger_tag(finished(raw_video, **{LEDGER_TAG: text})) == text


def test_a_video_without_ledger_says_so(raw_video: Path) -> None:
    assert read_ledger_tag(raw_video) is None


def test_the_title_is_where_players_look_for_it(raw_video: Path) -> None:
    assert read_tags(finished(raw_video, title="One signal travels back"))["title"] == "One signal travels back"


def test_chapters_keep_their_names_and_times(raw_video: Path) -> None:
    with av.open(str(finished(raw_video))) as container:
        read = [
            (c["metadata"]["title"], float(c["start"] * c["time_base"]), float(c["end"] * c["time_base"]))
            for c in container.chapters()
            if c["time_base"] is not None
        ]
    assert read == [("Which way?", 0.0, 0.8), ("δ × 2 flows back", 0.8, 2.0)]


def test_colours_are_tagged_as_they_were_encoded(raw_video: Path) -> None:
    with av.open(str(finished(raw_video))) as container:
        codec = container.streams.video[0].codec_context
        next(container.decode(video=0))
        assert (codec.colorspace, codec.color_primaries, codec.color_trc) == (SMPTE170M, BT709, BT709)


def test_size_rate_and_frames_are_counted(raw_video: Path) -> None:
    facts = facts_of(finished(raw_video))
    assert (facts.width, facts.height, facts.frames) == (64, 36, 30)
    assert Fraction(facts.frame_rate).limit_denominator(1000) == 15


def test_a_copy_that_fails_leaves_the_good_file_and_nothing_else(
    raw_video: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = finished(raw_video, title="good")
    before = good.read_bytes()
    monkeypatch.setattr(film_file, "_chapter", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        finished(raw_video, title="bad")
    assert good.read_bytes() == before
    assert sorted(p.name for p in raw_video.parent.iterdir()) == ["Clip.mp4", "raw.mp4"]


def test_a_source_that_is_no_video_is_refused_and_the_good_file_stays(raw_video: Path, tmp_path: Path) -> None:
    good = finished(raw_video)
    before = good.read_bytes()
    (tmp_path / "broken.mp4").write_bytes(raw_video.read_bytes()[:500])
    with pytest.raises(FilmFileError, match=r"broken\.mp4: this is not a video"):
        finish_mp4(tmp_path / "broken.mp4", good, chapters=[], tags={})
    assert good.read_bytes() == before


@pytest.mark.parametrize("reader", [video_digest, facts_of, read_tags, read_ledger_tag])
def test_what_is_no_video_is_refused_in_one_line_that_names_it(reader: object, tmp_path: Path) -> None:
    (tmp_path / "notes.mp4").write_text("not a video")
    assert callable(reader)
    for name in ("notes.mp4", "nowhere.mp4"):
        with pytest.raises(FilmFileError) as caught:
            reader(tmp_path / name)
        assert name in str(caught.value)
        assert "\n" not in str(caught.value)
