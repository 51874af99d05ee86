"""A film is left as it is only when drawing it again would give the same, and it is whole."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import encode
from ledger_cases import example
from settings_cases import BASE
from settings_cases import edited as edited_text

from scenes.parts.film.film_file import replace_text, video_digest
from scenes.parts.film.finish import SUBTITLES
from scenes.parts.film.ledger import BeatRow, digest_of_sources, ledger_text, versions
from scenes.parts.settings import Settings, load
from studio.jobs import QUALITIES, Job, is_current


def settings_of(folder: Path, text: str = BASE) -> Settings:
    file = folder / "config.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def drawn(folder: Path, settings: Settings, **changes: object) -> Job:
    """A job whose film and ledger are there, as the stage would leave them but for the changes."""
    job = Job("Chain", "toy_chain", "l", folder / "media")
    job.folder.mkdir(parents=True)
    encode(job.film)
    quality = QUALITIES["l"]
    video = {
        "file": "Chain.mp4",
        "digest": video_digest(job.film),
        "frame_rate": float(quality.frame_rate),
        "width": quality.width,
        "height": quality.height,
        "frames": 30,
        "background": "#111111",
    }
    true: dict[str, object] = {
        "clip": "Chain",
        "scene": "toy_chain",
        "video": video | dict(changes.pop("video", {})),  # type: ignore[call-overload]  # a dict, when it is given
        "settings_digest": settings.digest("Chain"),
        "core_digest": digest_of_sources("core"),
        "scenes_digest": digest_of_sources("scenes"),
        "versions": dict(versions()),
    }
    ledger = example(**(true | changes))
    replace_text(job.ledger, ledger_text(ledger))
    for suffix in SUBTITLES if any(beat.caption for beat in ledger.beats) else ():
        job.film.with_suffix(suffix).touch()
    return job


def test_a_film_that_is_there_and_right_is_current(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    assert is_current(drawn(tmp_path, settings), settings)


BEATS = (BeatRow(name="ask", sentence="Why?", caption="Why indeed?", first=0, hold=10, last=29),)


def test_a_film_whose_subtitles_are_gone_is_not(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    job = drawn(tmp_path, settings, beats=BEATS)
    assert is_current(job, settings)
    job.film.with_suffix(".vtt").unlink()
    assert not is_current(job, settings)


def test_a_film_beside_which_subtitles_are_left_that_nobody_wants_is_not(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, "captions: false\n" + BASE)
    job = drawn(tmp_path, settings, beats=BEATS)
    assert not is_current(job, settings)
    for suffix in SUBTITLES:
        job.film.with_suffix(suffix).unlink()
    assert is_current(job, settings)


def test_a_film_of_one_beat_is_no_film_of_another_and_not_the_whole_one(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    whole = drawn(tmp_path, settings, beats=BEATS, partial=True)
    ask, other = (replace(whole, beat=beat) for beat in ("ask", "tell"))
    for job in (ask, other):
        for path in whole.folder.glob("Chain.*"):
            shutil.copy(path, job.folder / path.name.replace("Chain.", f"{job.stem}.", 1))
    assert [is_current(job, settings) for job in (ask, other, whole)] == [True, False, False]


@pytest.mark.parametrize(
    "change",
    [
        {"partial": True},
        {"clip": "Other"},
        {"scene": "two_layer_network"},
        {"settings_digest": "1" * 64},
        {"core_digest": "1" * 64},
        {"scenes_digest": "1" * 64},
        {"versions": {"numpy": "1.0"}},
        {"video": {"frame_rate": 30.0}},
        {"video": {"width": 640}},
        {"video": {"height": 360}},
        {"video": {"digest": "1" * 64}},
    ],
    ids=lambda change: str(change),
)
def test_a_film_of_anything_else_is_not_current(change: dict[str, object], tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    assert not is_current(drawn(tmp_path, settings, **change), settings)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda job: job.film.unlink(),
        lambda job: job.ledger.unlink(),
        lambda job: job.ledger.write_text("{"),
        lambda job: job.film.write_bytes(job.film.read_bytes()[:400]),
        lambda job: encode(job.film, frames=29),
    ],
    ids=["no film", "no ledger", "half a ledger", "half a film", "another film"],
)
def test_a_film_that_is_not_whole_is_not_current(spoil: Callable[[Job], object], tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    job = drawn(tmp_path, settings)
    spoil(job)
    assert not is_current(job, settings)


def test_a_change_to_one_clip_leaves_the_other_current(tmp_path: Path) -> None:
    job = drawn(tmp_path, settings_of(tmp_path))
    assert is_current(job, settings_of(tmp_path, edited_text(("w1: 1.2", "w1: 2"))))
    assert not is_current(job, settings_of(tmp_path, edited_text(("sweep_seconds: 8", "sweep_seconds: 9"))))
    assert not is_current(job, settings_of(tmp_path, edited_text(("digits: 4", "digits: 5"))))


def test_the_qualities_are_manims_own() -> None:
    from manim.constants import QUALITIES as OF_MANIM

    theirs = {
        quality["flag"]: (quality["pixel_width"], quality["pixel_height"], quality["frame_rate"])
        for quality in OF_MANIM.values()
        if quality["flag"]
    }
    assert {letter: (q.width, q.height, q.frame_rate) for letter, q in QUALITIES.items()} == theirs


def test_a_film_goes_where_manim_puts_it(tmp_path: Path) -> None:
    job = Job("ToyChain", "toy_chain", "h", tmp_path)
    assert job.film == tmp_path / "videos/toy_chain/1080p60/ToyChain.mp4"
    assert job.ledger == job.film.with_name("ToyChain.ledger.json")


def test_the_leftovers_of_one_process_are_not_those_of_another(tmp_path: Path) -> None:
    job = Job("ToyChain", "toy_chain", "l", tmp_path)
    job.folder.mkdir(parents=True)
    for name in (".ToyChain.12.rendering", ".ToyChain.mp4.12.part", ".ToyChain.123.rendering", ".Other.12.rendering"):
        (job.folder / name).touch()
    assert sorted(path.name for path in job.leftovers(12)) == [".ToyChain.12.rendering", ".ToyChain.mp4.12.part"]
    assert re.fullmatch(r"\.ToyChain\.123\.rendering", job.leftovers(123)[0].name)
