"""A file of one's own says only what differs, and a clip that is wrong stands in no other clip's way."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenes.parts.settings import Settings, SettingsError, load
from scenes.parts.settings.loader import check
from studio.rehearsals import Rehearsals, faults_of


def own(folder: Path, text: str) -> Path:
    """Write a settings file and return where it is."""
    file = folder / "own.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def settings(folder: Path, text: str) -> Settings:
    return load(own(folder, text), whole=False)


def same_but(settings: Settings, name: str, shipped: str, **changes: object) -> bool:
    """Return whether a clip is a shipped one but for some keys."""
    theirs = load(Path(__file__).resolve().parents[1] / "config.yaml").clip(shipped)
    return settings.clip(name) == type(theirs).model_validate({**theirs.model_dump(), **changes})


def test_one_clip_with_one_key_is_a_whole_settings_file(tmp_path: Path) -> None:
    found = settings(tmp_path, "clips: {Mine: {scene: two_layer_network, w1: 2}}")
    assert found.named == ("Mine",)
    assert not found.wrong
    assert same_but(found, "Mine", "TwoLayerNetwork", w1=2.0)


def test_a_clip_of_a_shipped_name_is_that_clip_with_what_differs(tmp_path: Path) -> None:
    found = settings(tmp_path, "clips: {TwoLayerSine: {w1: 2}, ToyChain: }")
    words = load(Path(__file__).resolve().parents[1] / "config.yaml").clip("TwoLayerNetwork").model_dump()["words"]
    assert same_but(found, "TwoLayerSine", "TwoLayerSine", w1=2.0, words=words)  # its own are of its own numbers
    assert same_but(found, "ToyChain", "ToyChain")
    found = settings(tmp_path, "clips: {TwoLayerSine: {ask_hold: 5}}")
    assert same_but(found, "TwoLayerSine", "TwoLayerSine", ask_hold=5.0)


def test_a_shipped_name_with_another_scene_is_a_clip_of_that_scene(tmp_path: Path) -> None:
    found = settings(tmp_path, "clips: {ToyChain: {scene: fan_out, x: 2}}")
    assert same_but(found, "ToyChain", "FanOut", x=2.0)


def test_later_clips_of_a_scene_inherit_from_the_first_of_the_file(tmp_path: Path) -> None:
    found = settings(tmp_path, "clips: {A: {scene: two_layer_network, w1: 2}, B: {scene: two_layer_network, x: 3}}")
    assert same_but(found, "B", "TwoLayerNetwork", w1=2.0, x=3.0)


def test_what_stands_on_top_is_the_shipped_files_but_for_what_is_said(tmp_path: Path) -> None:
    found = settings(tmp_path, "digits: 5\nnames: {relu: Rampe}\nclips: {ToyChain: }")
    shipped = load(Path(__file__).resolve().parents[1] / "config.yaml")
    assert (found.digits, found.decimals) == (5, shipped.decimals)
    assert found.names == {**shipped.names, "relu": "Rampe"}


def test_words_of_a_beat_may_be_changed_alone(tmp_path: Path) -> None:
    found = settings(tmp_path, "clips: {Mine: {scene: fan_out, words: {title: Zwei Wege}}}")
    words = found.clip("Mine").model_dump()["words"]
    assert words == {**load().clip("FanOut").model_dump()["words"], "title": "Zwei Wege"}


TWO = """\
clips:
  Good: {scene: two_layer_network, w1: 2}
  Bad: {scene: two_layer_network, w1: much}
  Worse: {scene: no_such_scene}
"""


def test_what_is_wrong_with_a_clip_waits_until_somebody_wants_that_clip(tmp_path: Path) -> None:
    found = settings(tmp_path, TWO)
    assert (list(found.clips), list(found.wrong)) == (["Good"], ["Bad", "Worse"])
    assert found.named == ("Good", "Bad", "Worse")
    with pytest.raises(SettingsError, match=r"own\.yaml:3:39: clips\.Bad\.w1: 'much' is not a number"):
        found.clip("Bad")


def test_the_whole_file_is_refused_where_all_of_it_must_be_right(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="much") as caught:
        load(own(tmp_path, TWO))
    assert len(caught.value.faults) == len(check(tmp_path / "own.yaml")) == 2


@pytest.mark.parametrize("top", ["digits: many", "colour: red", "theme: grey"])
def test_what_is_wrong_outside_of_the_clips_is_refused_at_once(top: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        settings(tmp_path, f"{top}\n{TWO}")
    assert [fault.line for fault in caught.value.faults] == [1, 4, 5]


def test_a_clip_that_is_wrong_is_found_and_the_others_are_rehearsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = own(tmp_path, TWO)
    monkeypatch.setattr(Rehearsals, "_known", lambda self, clip: None)
    found = Rehearsals(load(file, whole=False), file, 1, anew=True).of(["Good", "Bad", "Worse"])
    assert [(one.clip, one.code, one.fresh) for one in found] == [
        ("Good", 0, True),
        ("Bad", 2, False),
        ("Worse", 2, False),
    ]
    assert [fault.line for fault in faults_of(found, file)] == [3, 4]


def test_what_belongs_to_another_key_is_not_inherited_where_a_clip_says_that_key_itself(tmp_path: Path) -> None:
    pieces = "pieces: [{function: cube, x_range: [-2, 2]}, {function: gelu, x_range: [-3, 3]}]"
    found = settings(tmp_path, f"clips: {{Own: {{scene: function_gears, {pieces}}}, As: {{scene: function_gears}}}}")
    assert found.clip("Own").model_dump()["circles_at"] is None
    assert not found.fit("Own")
    found = settings(tmp_path, "clips: {Slow: {scene: function_gears, sweep_seconds: 9}}")
    assert found.clip("Slow").model_dump()["circles_at"] == load().clip("FunctionGears").model_dump()["circles_at"]


def test_what_is_no_use_is_not_among_what_to_use_instead(tmp_path: Path) -> None:
    text = "clips: {A: {scene: activation_swap, loss: softmax_cross_entropy}}"
    fault = settings(tmp_path, text).wrong["A"][-1]
    reason, _, fitting = fault.message.partition("; use one of ")
    assert "'softmax_cross_entropy' is no use here" in reason
    assert "absolute_error" in fitting
    assert "softmax" not in fitting
