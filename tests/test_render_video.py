"""A real video, made by the literal `manim` command: what belongs in it is in it, and its pixels are as it claims."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest
from command_cases import manim, quick_settings

from scenes.parts.film.film_file import facts_of, read_ledger_tag, read_tags, video_digest
from scenes.parts.film.ledger import Ledger, SampleRow, ShownRow, ledger_text, read_ledger
from scenes.parts.theme import PALETTES

pytestmark = pytest.mark.render
Picture = npt.NDArray[np.uint8]
LEAST_INK = 40  # of 255, from the ground: what is out of focus is mixed into it, and its strongest colour is 49 away


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy chain at 480p15, quickly told."""
    folder = tmp_path_factory.mktemp("render")
    done = manim(folder, "toy_chain", "ToyChain", config=quick_settings(folder, sweep_seconds=2.0))
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "media/videos/toy_chain/480p15/ToyChain.mp4"


@pytest.fixture(scope="module")
def ledger(video: Path) -> Ledger:
    return read_ledger(video.with_suffix(".ledger.json"))


@pytest.fixture(scope="module")
def pictures(video: Path, ledger: Ledger) -> dict[int, Picture]:
    """The last frame of every beat, decoded with the BT.601 matrix."""
    wanted = {beat.last for beat in ledger.beats}
    with av.open(str(video)) as container:
        frames = enumerate(container.decode(video=0))
        return {index: decoded(frame) for index, frame in frames if index in wanted}


def decoded(frame: av.VideoFrame) -> Picture:
    return frame.reformat(format="rgb24", src_colorspace="ITU601", dst_colorspace="ITU601").to_ndarray()


def standing(ledger: Ledger, frame: int) -> Iterator[tuple[ShownRow, SampleRow]]:
    """What rests on a frame, as it was when its rest began."""
    for row in ledger.shown:
        for span in row.spans:
            if span.state == "resting" and span.first <= frame <= span.last:
                yield row, span.samples[0]


def rgb(colour: str) -> npt.NDArray[np.int_]:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])


def inside(picture: Picture, box: tuple[float, float, float, float]) -> Picture:
    """The pixels of a box, one more on each side."""
    left, top, right, bottom = box
    return picture[max(0, int(top) - 1) : int(bottom) + 2, max(0, int(left) - 1) : int(right) + 2]


def test_nothing_but_the_finished_files_is_left(video: Path) -> None:
    names = {path.name for path in video.parent.iterdir()}
    assert names == {"ToyChain.mp4", "ToyChain.ledger.json", "ToyChain.srt", "ToyChain.vtt"}


def test_the_index_stands_before_the_frames_so_that_a_browser_can_start_at_once(video: Path) -> None:
    head = video.read_bytes()
    assert 0 < head.index(b"moov") < head.index(b"mdat")


def test_the_file_carries_its_title_and_the_very_ledger_that_lies_beside_it(video: Path, ledger: Ledger) -> None:
    assert read_tags(video)["title"] == "Where does the push fade?"
    beside = video.with_suffix(".ledger.json").read_text(encoding="utf-8")
    assert read_ledger_tag(video) == beside == ledger_text(ledger)
    assert json.loads(beside)["format"] == 2


def test_the_ledger_knows_its_video(video: Path, ledger: Ledger) -> None:
    facts = facts_of(video)
    assert ledger.video.digest == video_digest(video)
    assert (ledger.video.width, ledger.video.height, ledger.video.frame_rate) == (854, 480, 15.0)
    assert (facts.width, facts.height, facts.frames) == (ledger.video.width, ledger.video.height, ledger.video.frames)
    assert (ledger.clip, ledger.scene, ledger.partial, ledger.video.file) == (
        "ToyChain",
        "toy_chain",
        False,
        video.name,
    )
    assert ledger.beats[-1].last == ledger.video.frames - 1


def test_every_beat_is_a_chapter_that_begins_on_its_first_frame(video: Path, ledger: Ledger) -> None:
    with av.open(str(video)) as container:
        chapters = container.chapters()
    starts = [float(chapter["start"] * chapter["time_base"]) for chapter in chapters]
    assert [chapter["metadata"]["title"] for chapter in chapters] == [beat.sentence for beat in ledger.beats]
    assert starts == pytest.approx([beat.first / 15 for beat in ledger.beats], abs=1e-3)
    assert all(one["end"] == other["start"] for one, other in pairwise(chapters))


def test_the_colours_are_tagged_as_they_were_encoded(video: Path) -> None:
    with av.open(str(video)) as container:
        context = container.streams.video[0].codec_context
        assert (context.colorspace, context.color_primaries, context.color_trc) == (6, 1, 1)


def test_the_subtitles_say_what_the_beats_say(video: Path, ledger: Ledger) -> None:
    for suffix in (".srt", ".vtt"):
        text = video.with_suffix(suffix).read_text(encoding="utf-8").replace("&lt;", "<").replace("&gt;", ">")
        assert all(beat.caption in text for beat in ledger.beats)
    assert "{" not in text


def test_what_the_ledger_claims_to_rest_on_a_frame_has_ink_there(pictures: dict[int, Picture], ledger: Ledger) -> None:
    background, checked = rgb(ledger.video.background), 0
    for frame, picture in pictures.items():
        for row, sample in standing(ledger, frame):
            if sample.box == (0.0, 0.0, 0.0, 0.0):
                continue
            contrast = np.abs(inside(picture, sample.box).astype(int) - background).max()
            assert contrast > LEAST_INK, f"{row.name} on frame {frame}"
            checked += 1
    assert checked > 100


def test_where_the_ledger_claims_nothing_the_frame_is_bare(pictures: dict[int, Picture], ledger: Ledger) -> None:
    picture = pictures[ledger.beats[-1].last].astype(int)
    for corner in (picture[:20, :20], picture[:20, -20:], picture[-20:, :20], picture[-20:, -20:]):
        assert np.abs(corner - rgb(ledger.video.background)).max() <= 4


def test_a_dot_has_the_colour_and_the_place_that_the_ledger_says(pictures: dict[int, Picture], ledger: Ledger) -> None:
    checked = 0
    for frame, picture in pictures.items():
        for row, sample in standing(ledger, frame):
            if row.kind != "dot" or row.name != "dot of d_x":
                continue
            x, y = sample.ends[0]
            middle = picture[round(y) - 1 : round(y) + 1, round(x) - 1 : round(x) + 1].astype(int)
            # 14 pixels across: what the encoder's halved colour resolution leaves of so small a shape
            assert np.abs(middle.mean(axis=(0, 1)) - rgb(sample.colours[0])).max() <= 16, row.name
            checked += 1
    assert checked


def test_a_large_shape_has_its_colour_to_four_parts_in_255(pictures: dict[int, Picture], ledger: Ledger) -> None:
    beat = next(beat for beat in ledger.beats if beat.name == "sweep_gradients")
    row = next(row for row in ledger.shown if row.name == "ribbon of d_h2")
    ((gate, y),) = next(s for span in row.spans for s in span.samples if span.first <= beat.last <= span.last).ends
    x = gate + 0.55 * row.sizes["right"] * 480 / 8  # between gate and dial of y, thick and solid, beside the chevron
    middle = pictures[beat.last][round(y) - 6 : round(y) + 6, round(x) - 6 : round(x) + 6].astype(int)
    assert np.abs(middle.mean(axis=(0, 1)) - rgb(PALETTES["dark"]["gradient"])).max() <= 4


def test_the_numbers_of_the_ledger_agree_with_one_another(ledger: Ledger) -> None:
    values = {row.name: [value.number for value in row.values] for row in ledger.quantities}
    for row in ledger.shown:
        for sample in (sample for span in row.spans for sample in span.samples):
            if sample.value is None or row.quantity is None or any(span.state == "tracking" for span in row.spans):
                continue
            assert [sample.value.number] == values[row.quantity], row.name
            if sample.shown is not None:
                assert sample.shown == pytest.approx(sample.value.number, abs=1e-5)
