"""Other containers, themes and sizes than those of the other tests' films: audited as they are, or refused."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch

import pytest
from command_cases import manim, quick_settings
from film_cases import Film, forged, retyped, through, wrong

from scenes.parts.film.film_file import FilmFileError
from scenes.parts.film.ledger import read_ledger
from scenes.parts.settings.override import BEAT
from studio.audit.command import audit

pytestmark = pytest.mark.render


def made(folder: Path, *options: str, size: str = "854,480", theme: str = "dark", beat: str = "") -> Path:
    """The film of a short clip, or of one beat of it, under these options of manim."""
    settings = quick_settings(folder)
    settings.write_text(settings.read_text(encoding="utf-8").replace("theme: dark", f"theme: {theme}"), "utf-8")
    with patch.dict(os.environ, {BEAT: beat}):
        command = "two_layer_network", "-r", size, "--fps", "6", *options, "TwoLayerNetwork"
        done = manim(folder, *command, config=settings)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(path for path in folder.glob("media/videos/*/*/*") if path.suffix in (".mp4", ".webm", ".mov", ".gif"))


@pytest.mark.parametrize("beat", ["push_on", pytest.param("", marks=pytest.mark.proof)], ids=["a beat", "all"])
def test_a_light_webm_of_480_lines_is_read_and_a_lie_in_a_copy_of_it_is_named(tmp_path: Path, beat: str) -> None:
    video = made(tmp_path, "--format", "webm", theme="light", beat=beat)
    report = audit(video)
    assert report.failures == ()
    assert {"digits", "lengths", "thin colours", "nothing else"} <= {s.check for s in report.summaries}
    film = Film(video, read_ledger(video.with_suffix(".ledger.json")))
    assert film.ledger.video.background == "#FFFFFF"
    row, span = film.rest("readout", "readout of h")
    lie = through(span, retyped(film, row, span.samples[0], "0.838"))
    copy = forged(film, tmp_path / "lie.mp4", lie, alone=True)
    assert {what for _, what in wrong(film.found(copy))} == {"readout of h '0.834'"}


def test_a_gif_is_refused_in_one_line_that_says_what_can_be_audited(tmp_path: Path) -> None:
    video = made(tmp_path, "--format", "gif", size="160,90", beat="push_on")
    with pytest.raises(FilmFileError, match="too few colours to be measured; mp4, webm and mov can be audited"):
        audit(video)


@pytest.mark.proof
@pytest.mark.parametrize("options", [("-t",), ("--format", "mov"), ("--format", "webm")])
def test_a_film_in_another_container_is_read_as_well(tmp_path: Path, options: tuple[str, ...]) -> None:
    report = audit(made(tmp_path, *options, size="1280,720"))
    assert report.failures == ()
    assert any("opaque" in note for note in report.notes) == (options == ("-t",))


@pytest.mark.proof
@pytest.mark.parametrize("size", ["1920,1080", "3840,2160"])
def test_a_large_film_is_read_and_so_is_its_copy_of_720_lines_which_says_so(tmp_path: Path, size: str) -> None:
    video = made(tmp_path, size=size)
    assert audit(video).failures == ()
    film = Film(video, read_ledger(video.with_suffix(".ledger.json")))
    copy = audit(forged(film, tmp_path / "720.mp4", crf=23, height=720), ledger=video.with_suffix(".ledger.json"))
    assert copy.failures == ()
    assert f"scaled from {size.replace(',', ' x ')} to 1280 x 720" in copy.notes
    assert "re-encoded, judged by pixels alone" in copy.notes
