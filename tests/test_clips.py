"""A storyboard offers exactly the clips that the settings name, and a wrong name is one line, never another clip."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from command_cases import manim, quick_settings
from stage_cases import ROOT

from scenes.parts.settings import load
from scenes.parts.stage.stage import Stage
from scenes.toy_chain import ToyChain
from scenes.two_layer_network import TwoLayerNetwork

NETWORKS = ["TwoLayerNetwork", "TwoLayerRelu", "TwoLayerReluClosed", "TwoLayerSine", "TwoLayerAbsolute"]


def lines(text: str) -> list[str]:
    """What was said, without manim's own greeting."""
    return [line for line in text.splitlines() if line.strip() and not line.startswith("Manim Community")]


def test_a_storyboard_offers_exactly_the_clips_of_its_scene() -> None:
    module = importlib.import_module("scenes.two_layer_network")
    assert dir(module) == sorted(load().clips_of("two_layer_network")) == sorted(NETWORKS)
    assert dir(importlib.import_module("scenes.toy_chain")) == ["ToyChain"]


@pytest.mark.parametrize("name", NETWORKS)
def test_a_clip_is_a_class_of_its_own_made_once_that_manim_takes_for_one_of_the_file(name: str) -> None:
    module = importlib.import_module("scenes.two_layer_network")
    clip = getattr(module, name)
    assert issubclass(clip, TwoLayerNetwork)
    assert clip.__name__ == name
    assert clip.__module__ == module.__name__
    assert getattr(module, name) is clip
    assert clip.__doc__


@pytest.mark.parametrize("name", ["TwoLayerNetwrk", "ToyChain", "_private", "__nothing__", "Stage2"])
def test_what_is_no_clip_of_the_scene_is_no_attribute(name: str) -> None:
    module = importlib.import_module("scenes.two_layer_network")
    with pytest.raises(AttributeError):
        getattr(module, name)


def test_a_storyboard_defines_no_other_scene() -> None:
    for storyboard in (TwoLayerNetwork, ToyChain):
        module = importlib.import_module(storyboard.__module__)
        own = [v for v in vars(module).values() if getattr(v, "__module__", "") == module.__name__]
        scenes = [v for v in own if isinstance(v, type) and issubclass(v, Stage)]
        assert scenes == [storyboard]


def test_a_clip_that_the_file_gained_is_offered_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "more.yaml"
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    file.write_text(text + "\n  TwoLayerMore:\n    scene: two_layer_network\n    x: 0.5\n", encoding="utf-8")
    monkeypatch.setenv("BACKGEAR_CONFIG", str(file))
    module = importlib.import_module("scenes.two_layer_network")
    assert dir(module) == sorted([*NETWORKS, "TwoLayerMore"])
    assert module.TwoLayerMore.__name__ == "TwoLayerMore"


@pytest.mark.parametrize(
    ("clip", "said"),
    [
        ("TwoLayerNetwrk", "did you mean 'TwoLayerNetwork'?"),
        ("ToyChain", "'ToyChain' is not one of TwoLayerNetwork, TwoLayerRelu"),
        ("--dry_run", "which clip? name one of TwoLayerNetwork"),
    ],
)
def test_a_wrong_or_missing_name_is_one_line_and_exit_2_and_never_a_question(
    tmp_path: Path, clip: str, said: str
) -> None:
    done = manim(tmp_path, "two_layer_network", "--dry_run", clip)
    assert done.returncode == 2, done.stdout + done.stderr
    assert len(lines(done.stderr)) == 1
    assert said in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert list(tmp_path.rglob("*.mp4")) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("activation: tanh", "activation: tahn", "activation: 'tahn' is not one of"),
        ("target: 0.5\n", "target: 0.5\n    scale: 9.0\n", "clips.TwoLayerNetwork.scale: 9.0 would draw"),
        ("theme: dark", "theme: drak", "theme: 'drak' is not one of dark, light"),
    ],
)
def test_faulty_settings_are_a_line_with_their_place_and_exit_2(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "lesson.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = manim(tmp_path, "two_layer_network", "--dry_run", "TwoLayerNetwork", config=file)
    assert done.returncode == 2, done.stdout + done.stderr
    assert lines(done.stderr)[0].startswith("lesson.yaml:") or str(file) in lines(done.stderr)[0]
    assert len(lines(done.stderr)) == 1
    assert said in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_sentence_that_has_no_room_is_one_line_that_names_the_clip_and_exit_2(tmp_path: Path) -> None:
    file = tmp_path / "lesson.yaml"
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("title: One signal", "title: " + "One very long title " * 6, 1), encoding="utf-8")
    done = manim(tmp_path, "two_layer_network", "--dry_run", "TwoLayerNetwork", config=file)
    assert done.returncode == 2, done.stdout + done.stderr
    assert len(lines(done.stderr)) == 1
    assert lines(done.stderr)[0].startswith("TwoLayerNetwork: network: words title and ")
    assert "Traceback" not in done.stdout + done.stderr


def test_all_clips_of_a_file_are_drawn_when_all_are_asked_for_from_any_folder(tmp_path: Path) -> None:
    short = quick_settings(tmp_path, functions=["tanh"], sweep_seconds=2.0)
    done = manim(tmp_path, "toy_chain", "--dry_run", "-a", config=short)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
