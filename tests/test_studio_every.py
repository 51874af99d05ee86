"""Every clip in every quality and theme: a table of what is ok, and nothing that stands is done again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from settings_cases import BASE

from scenes.parts.errors import Refusal
from scenes.parts.settings import SettingsError
from studio import every as module
from studio import films
from studio.every import EveryOrder, every
from studio.jobs import Job
from studio.rehearsals import Rehearsal, Rehearsals
from studio.workers import Answer, Task, Workers


class Studio:
    """Stand-ins for all that draws and audits, and what they were asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.drawn: list[str] = []
        self.audited: list[str] = []
        self.wrong: set[str] = set()
        self.broken: set[str] = set()
        self.refused: set[str] = set()
        self.media = folder / "media"
        monkeypatch.setattr(module, "is_current", lambda job, settings: job.film.exists())
        monkeypatch.setattr(Workers, "one", lambda workers, task: self.audit(task))
        monkeypatch.setattr(Rehearsals, "of", lambda rehearsals, clips: self.rehearse(clips))

    def rehearse(self, clips: Sequence[str]) -> list[Rehearsal]:
        refusal = {clip: (Refusal(2, ("clips", clip), "too wide"),) for clip in self.refused}
        return [Rehearsal(clip, refusal.get(clip, ())) for clip in clips]

    def name(self, film: Path) -> str:
        return str(film.relative_to(self.media).with_suffix(""))

    def take(self, job: Job) -> list[str]:
        name = self.name(job.film)
        self.drawn.append(name)
        code = (
            "import pathlib, sys\n"
            f"if {name in self.broken}: sys.exit('manim broke')\n"
            f"f = pathlib.Path({str(job.film)!r}); f.parent.mkdir(parents=True, exist_ok=True)\n"
            f"f.write_text({name!r}); pathlib.Path({str(job.ledger)!r}).write_text('{{}}')"
        )
        return [sys.executable, "-c", code]

    def audit(self, task: Task) -> Answer:
        name = self.name(Path(task.arguments[0]))
        self.audited.append(name)
        wrong = "pixels: an arrow is too long" if name in self.wrong else ""
        return Answer(task, {"closing": "audited: 1 check", "wrong": wrong, "code": int(bool(wrong))})

    def run(self, *clips: str, qualities: Sequence[str] = ("l", "m")) -> int:
        return every(EveryOrder(clips, qualities, ("dark", "light"), 2, self.media), command=self.take)


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    (tmp_path / "config.yaml").write_text(BASE, encoding="utf-8")
    monkeypatch.setenv("BACKGEAR_CONFIG", str(tmp_path / "config.yaml"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Studio(monkeypatch, tmp_path)


def test_every_quality_in_every_theme_is_drawn_into_a_place_of_its_own_and_audited(
    studio: Studio, capsys: pytest.CaptureFixture[str]
) -> None:
    assert studio.run("Net", "Chain") == 0
    assert capsys.readouterr().out.splitlines() == [
        "       480p15 dark  480p15 light  720p30 dark  720p30 light",
        "Net    ok           ok            ok           ok",
        "Chain  ok           ok            ok           ok",
    ]
    videos = ["videos/two_layer_network/{}/Net", "videos/toy_chain/{}/Chain"]
    folders = [video.format(quality) for quality in ("480p15", "720p30") for video in videos]
    assert sorted(studio.drawn) == sorted([*folders, *(f"light/{folder}" for folder in folders)])
    assert sorted(studio.audited) == sorted(studio.drawn)


def test_it_goes_on_where_it_was_stopped(studio: Studio) -> None:
    assert studio.run("Chain", qualities="l") == 0
    assert studio.run("Chain") == 0
    assert len(studio.drawn) == len(set(studio.drawn)) == len(studio.audited) == 4
    film = studio.media / f"{studio.drawn[-1]}.mp4"
    film.write_text("drawn anew by somebody else")
    assert studio.run("Chain") == 0
    assert studio.audited[4:] == [studio.drawn[-1]]


def test_one_that_fails_is_said_once_and_does_not_keep_the_others(
    studio: Studio, capsys: pytest.CaptureFixture[str]
) -> None:
    studio.refused = {"Variant"}
    studio.broken = {"light/videos/toy_chain/480p15/Chain"}
    studio.wrong = {"videos/two_layer_network/720p30/Net"}
    assert studio.run() == 1
    out, err = capsys.readouterr()
    assert [" ".join(line.split()) for line in out.splitlines()[1:]] == [
        "Net ok ok audit ok",
        "Variant refused refused refused refused",
        "Chain ok not drawn ok ok",
    ]
    assert err.splitlines()[-3:] == [
        f"Variant: {studio.media.parent / 'config.yaml'}:18:3: clips.Variant: too wide",
        "Chain: 480p15 light: manim broke",
        "Net: 720p30 dark: pixels: an arrow is too long",
    ]
    assert not any("Variant" in name for name in studio.drawn)
    studio.wrong, studio.broken, studio.refused = set(), set(), {"Variant"}
    studio.audited.clear()
    assert studio.run("Net", "Chain") == 0
    assert sorted(studio.audited) == ["light/videos/toy_chain/480p15/Chain", "videos/two_layer_network/720p30/Net"]


def test_when_the_sources_change_a_film_is_audited_again(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    studio.run("Chain", qualities="l")
    monkeypatch.setattr(films, "digest_of_sources", lambda room: f"new {room}")
    studio.run("Chain", qualities="l")
    assert studio.audited == [*studio.drawn, *studio.drawn]


def test_a_clip_that_the_file_does_not_name_is_an_error(studio: Studio) -> None:
    with pytest.raises(SettingsError, match="did you mean 'Chain'"):
        studio.run("Chian")


@pytest.mark.render
def test_a_film_of_the_other_theme_is_light_and_passes_its_audit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from command_cases import quick_settings

    from scenes.parts.film.ledger import read_ledger

    monkeypatch.setenv("BACKGEAR_CONFIG", str(quick_settings(tmp_path)))
    assert every(EveryOrder(("FanOutCancel",), ("l",), ("light",), 2, tmp_path)) == 0
    assert capsys.readouterr().out.splitlines()[1] == "FanOutCancel  ok"
    ledger = read_ledger(tmp_path / "light/videos/fan_out/480p15/FanOutCancel.ledger.json")
    assert (ledger.video.background, ledger.settings["theme"]) == ("#FFFFFF", "light")
