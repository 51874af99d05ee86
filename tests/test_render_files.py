"""What a render leaves behind in every format, and what it never does: half a file, an old number, a good file lost."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from pathlib import Path

import av
import pytest
from command_cases import command, environment, manim, quick_settings

from scenes.parts.film.film_file import facts_of, read_ledger_tag, video_digest
from scenes.parts.film.gif import GifError, write_gif
from scenes.parts.film.ledger import Ledger, read_ledger
from scenes.parts.settings.override import BEAT

pytestmark = pytest.mark.render
SMALL = ("-r", "320,180", "--fps", "5")
LIE = """
from scenes.parts.settings import load
from scenes.parts.stage.stage import Stage


class ToyChain(Stage):
    def construct(self):
        with self.beat("show_functions"):
            number = self.pen.readout("stop_0_y")
            self.add(number)
            self.rest(1.0)
            number.scale(1.5)
"""
"""A storyboard that is good for a second and then enlarges a number."""

STOPPED = """
import os
import signal

from manim.scene import scene_file_writer
from scenes.parts.stage.stage import Stage

Job = scene_file_writer._PartialMovieEncodeJob


class Begun(Job):
    def __init__(self, **known):
        super().__init__(**known)
        os.kill(os.getpid(), signal.{blow})


class ToyChain(Stage):
    def construct(self):
        scene_file_writer._PartialMovieEncodeJob = Begun
        with self.beat("show_functions"):
            self.rest(1.0)
"""
"""A storyboard that is stopped when the thread of a segment has begun and nobody knows it yet."""


LOST = """
import signal

from scenes.parts.stage.stage import Stage


class Last:
    def __del__(self):
        signal.raise_signal(signal.{blow})


class ToyChain(Stage):
    def construct(self):
        with self.beat("show_functions"):
            self.rest(1.0)
            Last()
            self.rest(1.0)
"""
"""A storyboard that is stopped while something is thrown away, where Python prints every error and goes on."""


def small(folder: Path, *arguments: str) -> Path:
    """Render a chain of one function small and quickly, and return the folder of its files."""
    config = folder / "lesson.yaml"
    config = config if config.exists() else quick_settings(folder, functions=["tanh"], sweep_seconds=2.0)
    done = manim(folder, "toy_chain", *SMALL, *arguments, "ToyChain", config=config)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "media/videos/toy_chain/180p5"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good video, small, under a name of its own, with a section for every beat."""
    folder = tmp_path_factory.mktemp("good")
    return small(folder, "-o", "Lecture", "--save_sections") / "Lecture.mp4"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good video of the first animations, drawn once."""
    return small(tmp_path_factory.mktemp("begun"), "-n", "0,2")


@pytest.fixture
def folder(begun: Path, tmp_path: Path) -> Path:
    """A copy of that video, with its settings, in a place of one's own."""
    shutil.copytree(begun.parents[3], tmp_path, dirs_exist_ok=True)
    return tmp_path / begun.relative_to(begun.parents[3])


def test_a_name_of_ones_own_holds_for_all_the_files(good: Path) -> None:
    assert names(good.parent) >= {"Lecture.mp4", "Lecture.ledger.json", "Lecture.srt", "Lecture.vtt"}
    assert read_ledger(good.with_suffix(".ledger.json")).video.file == "Lecture.mp4"


def test_every_beat_is_saved_as_a_section_as_long_as_the_beat(good: Path) -> None:
    ledger = read_ledger(good.with_suffix(".ledger.json"))
    sections = sorted(good.parent.joinpath("sections").glob("*.mp4"))
    assert [facts_of(section).frames for section in sections] == [beat.last - beat.first + 1 for beat in ledger.beats]
    assert all(beat.name in section.name for beat, section in zip(ledger.beats, sections, strict=True))


def test_a_second_render_gives_the_same_packets_and_claims(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    monkeypatch.setenv("MALLOC_PERTURB_", "170")  # memory that nobody has written holds other bytes than the first time
    first = good.read_bytes(), read_ledger(good.with_suffix(".ledger.json"))
    again = small(good.parents[4], "-o", "Lecture") / "Lecture.mp4"
    assert again == good
    assert video_digest(good) == first[1].video.digest
    assert read_ledger(good.with_suffix(".ledger.json")) == first[1]


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (("--format", "webm"), "ToyChain.webm"),
        (("-t",), "ToyChain.mov"),
        (("--format", "gif"), "ToyChain_ManimCE_v0.22.0.gif"),  # manim's own name for it
    ],
)
def test_other_formats_have_their_ledger_beside_them(tmp_path: Path, arguments: tuple[str, ...], file: str) -> None:
    video = small(tmp_path, *arguments) / file
    assert names(video.parent) == {file, *(f"{video.stem}{suffix}" for suffix in (".ledger.json", ".srt", ".vtt"))}
    ledger = read_ledger(video.with_suffix(".ledger.json"))
    with av.open(str(video)) as container:
        assert sum(1 for _ in container.decode(video=0)) == ledger.video.frames == ledger.beats[-1].last + 1
    assert ledger.video.digest == video_digest(video)
    assert read_ledger_tag(video) is None


def test_a_still_has_no_ledger_and_leaves_no_video(tmp_path: Path) -> None:
    small(tmp_path, "-s")
    media = [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
    assert [path.suffix for path in media] == [".png"]


def test_a_part_of_a_clip_says_that_it_is_a_part(begun: Path) -> None:
    ledger = read_ledger(begun / "ToyChain.0-2.ledger.json")
    assert ledger.partial
    assert ledger.video.frames == facts_of(begun / "ToyChain.0-2.mp4").frames
    assert _reach(ledger) < ledger.video.frames


def test_a_part_of_a_clip_stands_beside_the_whole_film_and_never_over_it(folder: Path, tmp_path: Path) -> None:
    (folder / "ToyChain.mp4").write_bytes(b"the whole film")
    small(tmp_path, "-n", "2,3")
    assert (folder / "ToyChain.mp4").read_bytes() == b"the whole film"
    assert {"ToyChain.2-3.mp4", "ToyChain.0-2.mp4", "ToyChain.0-2.ledger.json"} <= names(folder)


def test_one_beat_alone_is_a_film_beside_the_whole_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BEAT, "show_functions")
    ledger = read_ledger(small(tmp_path) / "ToyChain.show_functions.ledger.json")
    assert [beat.name for beat in ledger.beats] == ["show_functions"]
    assert ledger.partial
    assert 0 < _reach(ledger) < ledger.video.frames < 400


def test_a_beat_that_does_not_come_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BEAT, "show_nothing")
    done = manim(tmp_path, "toy_chain", *SMALL, "ToyChain", config=quick_settings(tmp_path))
    assert done.returncode == 2
    assert "there is no show_nothing in this clip, but pose_question, show_functions" in done.stderr
    assert "Traceback" not in done.stderr


def test_where_nothing_can_open_a_film_it_is_said_in_one_line_and_the_film_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    folder = small(tmp_path, "-n", "0,1", "-p")
    assert "ToyChain.0-1.mp4" in names(folder)


def test_a_gif_is_small_and_is_not_larger_than_its_film(folder: Path) -> None:
    film, gif = folder / "ToyChain.0-2.mp4", folder / "ToyChain.gif"
    write_gif(film, gif)
    with av.open(str(gif)) as file:
        stream = file.streams.video[0]
        assert (stream.width, stream.height, stream.average_rate) == (320, 180, 5)
        assert abs(sum(1 for _ in file.decode(video=0)) - facts_of(film).frames) <= 1
    with pytest.raises(GifError, match=r"ToyChain\.gif: this GIF would be larger than 0\.001 MB; name one beat"):
        write_gif(film, gif, most=1000)
    assert not list(folder.glob(".*.gif"))


def _reach(ledger: Ledger) -> int:
    """The last frame that the ledger speaks of."""
    beats = [beat.last for beat in ledger.beats]
    return max([0, *beats, *(span.last for row in ledger.shown for span in row.spans)])


def test_a_lie_ends_the_render_with_one_line_and_leaves_the_good_file_alone(folder: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = _own_storyboard(tmp_path, LIE)
    assert done.returncode == 1, done.stdout + done.stderr
    said = [text for text in done.stderr.splitlines() if text.strip()]
    assert len(said) == 1, said
    assert "readout of stop_0_y: its outline" in said[0]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def _own_storyboard(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    scene = folder / "toy_chain.py"
    scene.write_text(text, encoding="utf-8")
    return subprocess.run(
        [*command("toy_chain", *SMALL, "ToyChain")[:-2], str(scene), "ToyChain"],
        cwd=folder,
        env=environment(folder, folder / "lesson.yaml"),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("blow", [signal.SIGTERM, signal.SIGINT])
def test_a_render_that_is_stopped_while_a_segment_begins_does_not_wait_for_ever(
    tmp_path: Path, blow: signal.Signals
) -> None:
    quick_settings(tmp_path)
    assert _own_storyboard(tmp_path, STOPPED.format(blow=blow.name)).returncode in (1, 130, 128 + blow)
    assert not list((tmp_path / "media").rglob("*.rendering"))


@pytest.mark.parametrize("blow", [signal.SIGTERM, signal.SIGINT])
def test_a_render_that_is_stopped_while_something_is_thrown_away_stops_all_the_same(
    tmp_path: Path, blow: signal.Signals
) -> None:
    quick_settings(tmp_path)
    done = _own_storyboard(tmp_path, LOST.format(blow=blow.name))
    assert "Exception ignored in" in done.stderr
    assert done.returncode in (1, 130, 128 + blow)
    assert not list((tmp_path / "media").rglob("ToyChain*"))


@pytest.mark.parametrize("blow", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_render_that_is_stopped_leaves_the_good_file_alone_and_the_next_render_works(
    folder: Path, tmp_path: Path, blow: signal.Signals
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    process = subprocess.Popen(
        command("toy_chain", *SMALL, "ToyChain"),
        cwd=tmp_path,
        env=environment(tmp_path, tmp_path / "lesson.yaml"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while not list(folder.glob(".*.rendering/**/*.mp4")) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(blow)
    assert process.wait(timeout=60) != 0
    left = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert left == before
    staging = list(folder.glob(".*.rendering"))
    assert blow == signal.SIGKILL or not staging
    if blow == signal.SIGKILL:
        small(tmp_path, "-n", "0,2")
        film = folder / "ToyChain.0-2.mp4"
        assert read_ledger(film.with_suffix(".ledger.json")).video.digest == video_digest(film)
        assert not list(folder.glob(".*.rendering"))  # what a killed run left is cleared away by the next
