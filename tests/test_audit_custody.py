"""Which ledger belongs to a film, and whether its settings are those it was made from."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from audit_cases import Plain, encoded_again, film, forged, honest, told

from scenes.parts.film.film_file import FilmFileError
from scenes.parts.film.ledger import Ledger, LedgerError, ledger_text
from studio.audit.custody import check_custody, found, notes

pytestmark = pytest.mark.render
NET, CHAIN = "TwoLayerNetwork", "ToyChain"


def faults(video: Path, ledger: Path | None = None) -> list[str]:
    return [finding.said for finding in check_custody(found(video, ledger)) if not finding.ok]


def written(folder: Path, ledger: Ledger) -> Path:
    file = folder / "some.ledger.json"
    file.write_text(ledger_text(ledger), encoding="utf-8")
    return file


def digest(settings: Plain) -> str:
    text = json.dumps(settings, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("clip", [NET, CHAIN])
def test_an_honest_film_is_as_its_ledger_says(clip: str) -> None:
    custody = found(film(clip))
    assert faults(film(clip)) == []
    assert custody.original
    assert "original bytes" in list(notes(custody))


def test_the_film_alone_is_enough(tmp_path: Path) -> None:
    alone = Path(shutil.copy(film(NET), tmp_path / "renamed.mp4"))
    assert found(alone).source == "the video itself"
    assert faults(alone) == []


def test_the_ledger_beside_is_read_before_the_one_inside_and_a_given_one_before_both(tmp_path: Path) -> None:
    assert found(film(NET)).source.endswith("TwoLayerNetwork.ledger.json")
    assert found(film(NET), written(tmp_path, honest(NET))).source.endswith("some.ledger.json")


def test_a_film_without_a_ledger_is_one_line(tmp_path: Path) -> None:
    bare = encoded_again(film(NET), tmp_path / "bare.mp4")
    with pytest.raises(LedgerError, match="no ledger: none beside it") as caught:
        found(bare)
    assert "\n" not in str(caught.value)


def test_a_broken_ledger_is_one_line_that_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "some.ledger.json"
    file.write_text('{"format": 2}', encoding="utf-8")
    with pytest.raises(LedgerError, match=r"some\.ledger\.json: not a ledger: clip") as caught:
        found(film(NET), file)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_film_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "text.mp4"
    file.write_text("not a film", encoding="utf-8")
    with pytest.raises(FilmFileError, match=r"text\.mp4"):
        found(file)


def test_a_film_encoded_again_is_said_to_be_one_and_is_no_fault(tmp_path: Path) -> None:
    again = encoded_again(film(NET), tmp_path / "again.mp4")
    ledger = written(tmp_path, honest(NET))
    assert "re-encoded, judged by pixels alone" in list(notes(found(again, ledger)))
    assert faults(again, ledger) == []


def test_a_dropped_frame_is_counted(tmp_path: Path) -> None:
    again = encoded_again(film(NET), tmp_path / "again.mp4", drop=20)
    frames = honest(NET).video.frames
    (said,) = faults(again, written(tmp_path, honest(NET)))
    assert said == f"the ledger tells of {frames} frames, the video has {frames - 1}"


def test_another_clips_ledger_is_refused(tmp_path: Path) -> None:
    said = faults(film(NET), written(tmp_path, honest(CHAIN)))
    assert any("is not the one inside the video" in line for line in said)
    assert any("frames" in line for line in said)


def test_a_ledger_edited_beside_the_film_is_not_the_one_inside(tmp_path: Path) -> None:
    def edit(plain: Plain) -> None:
        plain["beats"][0]["caption"] = "Something else."

    (said,) = faults(film(NET), written(tmp_path, forged(NET, edit)))
    assert said.endswith("some.ledger.json is not the one inside the video")


def test_the_ledger_of_another_size_is_refused(tmp_path: Path) -> None:
    def edit(plain: Plain) -> None:
        plain["video"] |= {"width": 854, "height": 480}

    assert any("854 x 480" in line for line in faults(film(NET), written(tmp_path, forged(NET, edit))))


def test_edited_settings_do_not_have_their_digest() -> None:
    def edit(plain: Plain) -> None:
        plain["settings"]["clip"]["w1"] = 1.3

    assert "digest" in told(forged(NET, edit))["settings"]


def test_settings_edited_with_their_digest_do_not_give_the_quantities() -> None:
    def edit(plain: Plain) -> None:
        plain["settings"]["clip"]["w1"] = 1.3
        plain["settings_digest"] = digest(plain["settings"])

    said = told(forged(NET, edit))
    assert "settings" not in said
    assert said["core"].startswith("w1: the ledger says 1.2, the core gives")
    assert said["reference"].startswith("w1: ")


@pytest.mark.parametrize(
    ("key", "to", "named"),
    [("activation", "tahn", "activation"), ("nudge", -1.0, "nudge"), ("w9", 1.0, "w9")],
    ids=["an unknown function", "a negative step", "an unknown key"],
)
def test_settings_that_no_file_could_hold_are_named(key: str, to: object, named: str) -> None:
    def edit(plain: Plain) -> None:
        plain["settings"]["clip"][key] = to
        plain["settings_digest"] = digest(plain["settings"])

    said = told(forged(NET, edit))["settings"]
    assert "cannot be used" in said
    assert named in said


def test_settings_of_another_clip_are_named() -> None:
    def edit(plain: Plain) -> None:
        plain["settings"] = honest(CHAIN).settings
        plain["settings_digest"] = honest(CHAIN).settings_digest

    assert "another clip's" in told(forged(NET, edit))["settings"]


def test_another_core_is_a_note_and_no_fault(tmp_path: Path) -> None:
    def edit(plain: Plain) -> None:
        plain["core_digest"] = "0" * 64

    ledger = forged(NET, edit)
    assert any("another core" in note for note in notes(found(film(NET), written(tmp_path, ledger))))
    assert told(ledger) == {}
