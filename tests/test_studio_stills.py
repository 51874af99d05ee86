"""A picture for every beat, sheets that show them all, and nothing else; the clips are short ones of the lesson."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml
from command_cases import manim, quick_settings
from PIL import Image
from stage_cases import config_with

from scenes.parts.settings import SettingsError, load
from scenes.parts.stage.rehearsal import Notes, rehearse
from studio.jobs import FolderError
from studio.sheets import Labelled, save, sheet_of, sheet_of_sheets
from studio.stills import StillsOrder, stills


@pytest.fixture
def lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = quick_settings(tmp_path)
    monkeypatch.setenv("BACKGEAR_CONFIG", str(file))
    return file


def played(clip: str) -> list[str]:
    notes = Notes()
    rehearse(clip, notes, size=(64, 36, 2))
    return notes.beats


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def opened(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("RGB")


def test_every_beat_has_its_picture_and_every_clip_its_sheet(
    lesson: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    media = tmp_path / "media"
    assert stills(StillsOrder(("FanOut",), "l", 1, media)) == 0
    beats = [f"{number:02}-{beat}" for number, beat in enumerate(played("FanOut"), 1)]
    folder = media / "stills/fan_out/480p15"
    assert names(folder) == sorted(["FanOut.png", *(f"FanOut/{beat}.png" for beat in beats)])
    assert {opened(folder / f"FanOut/{beat}.png").size for beat in beats} == {(854, 480)}
    clip, sheet, count = (
        capsys.readouterr().out.replace(", ", ": ").split(": ")[:3]
    )  # a path is told as briefly as it can
    assert (clip, Path(sheet).resolve(), count.partition(" ")[0]) == (
        "FanOut",
        (folder / "FanOut.png").resolve(),
        str(len(beats)),
    )
    (folder / "FanOut/08-gone.png").touch()
    (folder / "FanOut/mine.png").touch()
    assert stills(StillsOrder(("FanOut",), "l", 1, media)) == 0
    assert names(folder / "FanOut") == sorted([*(f"{beat}.png" for beat in beats), "mine.png"])


def test_all_clips_together_have_a_sheet_too(lesson: Path, tmp_path: Path) -> None:
    plain = yaml.safe_load(lesson.read_text(encoding="utf-8"))
    plain["clips"] = {clip: plain["clips"][clip] for clip in ("FanOut", "OneSweep")}
    lesson.write_text(yaml.safe_dump(plain, sort_keys=False), encoding="utf-8")
    clips = list(plain["clips"])
    assert stills(StillsOrder(at_once=2, media=tmp_path)) == 0
    sheets = [opened(next((tmp_path / "stills").glob(f"*/480p15/{clip}.png"))) for clip in clips]
    assert opened(tmp_path / "stills/film.png").width in (sheets[0].width // 2, sheets[0].width)


def test_one_beat_of_another_theme_and_size_is_drawn_alone_and_leaves_the_rest(lesson: Path, tmp_path: Path) -> None:
    beat = played("FanOut")[2]
    assert stills(StillsOrder((f"FanOut:{beat}",), "l", 1, tmp_path)) == 0
    assert stills(StillsOrder((f"FanOut:{beat}",), "l", 1, tmp_path, "light")) == 0
    assert stills(StillsOrder((f"FanOut:{beat}",), "m", 1, tmp_path, "dark")) == 0
    file = f"fan_out/480p15/FanOut/03-{beat}.png"
    assert names(tmp_path / "stills") == sorted([file, file.replace("480p15", "720p30")])
    assert names(tmp_path / "light") == [f"stills/{file}"]
    assert opened(tmp_path / f"light/stills/{file}").getpixel((0, 0)) == (255, 255, 255)
    assert opened(tmp_path / f"stills/{file}").getpixel((0, 0)) == (0x11, 0x14, 0x18)
    assert opened(tmp_path / f"stills/{file.replace('480p15', '720p30')}").size == (1280, 720)


@pytest.mark.parametrize("name", ["FanOt", "FanOut:asc", "FanOut:"])
def test_a_clip_or_a_beat_that_there_is_not_is_an_error(name: str, lesson: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"is not one of .*(did you mean '(FanOut|ask)'|meet_the_paths)"):
        stills(StillsOrder((name,), media=tmp_path))
    assert not (tmp_path / "stills").exists()


def test_a_beat_that_this_clip_does_not_play_is_said_with_those_that_it_plays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BACKGEAR_CONFIG", str(config_with(tmp_path, {})))
    beats = type(load().clip("PushThroughTenSigmoids").words).beats()  # type: ignore[attr-defined]  # a scene's own
    there = played("PushThroughTenSigmoids")
    missing = next(beat for beat in beats if beat not in there)
    assert stills(StillsOrder((f"PushThroughTenSigmoids:{missing}",), media=tmp_path)) == 2
    assert f"there is no {missing} in this clip, but {', '.join(there)}\n" in capsys.readouterr().err


def test_what_cannot_be_read_is_drawn_all_the_same_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from scenes.parts.errors import LayoutError
    from scenes.parts.stage import rehearsal
    from studio.stills import in_worker

    fault = LayoutError("one text lies over another", "words.title")
    monkeypatch.setattr(rehearsal, "layout_faults", lambda things: iter([fault]))
    answer = in_worker("FanOut", [], "l", str(tmp_path / "stills"))
    assert [(refusal["code"], refusal["message"]) for refusal in answer["refusals"]] == [(2, str(fault))]
    assert len(answer["pictures"]) == len(played("FanOut"))
    assert len(names(tmp_path / "stills")) > 2


def test_a_clip_that_would_show_something_wrong_leaves_no_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scenes.parts.errors import StageError
    from scenes.parts.stage.stage import Stage
    from studio.stills import in_worker

    def lie(stage: Stage, *shown: object) -> None:
        raise StageError("something is wrong")

    monkeypatch.setattr(Stage, "leave", lie)
    answer = in_worker("FanOut", [], "l", str(tmp_path / "stills"))
    assert [refusal["code"] for refusal in answer["refusals"]] == [1]
    assert (answer["pictures"], answer["sheet"]) == ([], "")
    assert not (tmp_path / "stills").exists()


def test_a_folder_that_cannot_be_made_is_an_error(lesson: Path, tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="nothing can be written there"):
        stills(StillsOrder(media=lesson))


@pytest.mark.render
def test_the_last_picture_is_the_one_that_the_manim_command_saves(lesson: Path, tmp_path: Path) -> None:
    done = manim(tmp_path, "fan_out", "-s", "FanOut", config=lesson)
    assert done.returncode == 0, done.stderr
    (saved,) = (tmp_path / "media/images").rglob("*.png")
    beat = played("FanOut")[-1]
    assert stills(StillsOrder((f"FanOut:{beat}",), media=tmp_path)) == 0
    (ours,) = (tmp_path / "stills").rglob("*.png")
    assert np.array_equal(np.asarray(opened(ours)), np.asarray(opened(saved)))


# -- sheets -----------------------------------------------------------------------------------------------------------


def plain(colour: str, size: tuple[int, int] = (96, 54)) -> Image.Image:
    return Image.new("RGB", size, colour)


def test_a_sheet_shows_every_picture_and_letters_its_name() -> None:
    colours = ["#ff0000", "#00ff00", "#0000ff", "#ffff00"]
    sheet = sheet_of("Clip", [Labelled(f"0{i}-beat", plain(colour)) for i, colour in enumerate(colours)], "dark")
    pixels = np.asarray(sheet).reshape(-1, 3)
    for colour in colours:
        rgb = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
        assert np.count_nonzero((pixels == rgb).all(axis=1)) == 480 * 270
    bare = sheet_of("", [Labelled("", plain(colour)) for colour in colours], "dark")
    assert sheet.size == bare.size
    assert np.count_nonzero(np.asarray(sheet) != np.asarray(bare)) > 300


def test_sheets_of_any_height_stand_side_by_side_and_none_lies_over_another() -> None:
    colours = ["#ff0000", "#00ff00", "#0000ff", "#ffff00", "#00ffff"]
    heights = [400, 200, 600, 202, 80]
    whole = sheet_of_sheets([plain(c, (300, h)) for c, h in zip(colours, heights, strict=True)], "light")
    pixels = np.asarray(whole).reshape(-1, 3)
    for colour, height in zip(colours, heights, strict=True):
        rgb = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
        assert np.count_nonzero((pixels == rgb).all(axis=1)) == 150 * height // 2


def test_a_picture_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.png"
    save(plain("#ff0000"), target)
    before = target.read_bytes()

    def breaks(picture: Image.Image, part: Path, **how: object) -> None:
        part.write_bytes(before[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", breaks)
    with pytest.raises(OSError, match="No space"):
        save(plain("#00ff00"), target)
    assert target.read_bytes() == before
    assert names(tmp_path) == ["a.png"]
