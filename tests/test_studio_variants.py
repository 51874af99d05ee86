"""Variants of a clip without a file: each value of a key with each of the others, all under names of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenes.parts.settings import Settings, SettingsError, config_path, load
from studio.listing import listing
from studio.render import Order, render, varied
from studio.variants import write_variants


def variants(folder: Path, clip: str, *changes: str) -> Settings:
    return load(write_variants(load(), [clip], changes, folder), whole=False)


def test_every_value_is_drawn_with_every_value_of_the_other_keys(tmp_path: Path) -> None:
    found = variants(tmp_path, "TwoLayerNetwork", "w1=2,-0.5", "activation=relu,tanh,sin")
    assert len(found.clips) == 6
    clip = found.clip("TwoLayerNetwork_w1_m0_5_activation_sin")
    assert (clip.w1, clip.activation) == (-0.5, "sin")  # type: ignore[attr-defined]
    assert clip.model_dump(exclude={"w1", "activation"}) == load().clip("TwoLayerNetwork").model_dump(
        exclude={"w1", "activation"}
    )


def test_what_is_common_to_all_clips_stays(tmp_path: Path) -> None:
    found = variants(tmp_path, "FanOut", "x=2")
    assert found.model_dump(exclude={"clips"}) == load().model_dump(exclude={"clips"})


@pytest.mark.parametrize("clip", list(load().clips))
def test_any_shipped_clip_can_be_changed_in_a_key_that_all_have(clip: str, tmp_path: Path) -> None:
    found = variants(tmp_path, clip, "ask_hold=6")
    assert not found.wrong
    (name,) = found.clips
    assert found.clip(name).model_dump() == {**load().clip(clip).model_dump(), "ask_hold": 6.0}


def test_a_key_inside_of_a_key_has_dots(tmp_path: Path) -> None:
    found = variants(tmp_path, "ChainRuleGears", "weights.w1=0.5,2", "stages=[w1, relu, w2]")
    assert [clip.weights["w1"] for clip in found.clips.values()] == [0.5, 2.0]  # type: ignore[attr-defined]
    assert variants(tmp_path, "FunctionGears", "pieces.0.function=sin").clips


def test_a_variant_that_is_wrong_leaves_the_others(tmp_path: Path) -> None:
    found = variants(tmp_path, "TwoLayerNetwork", "w1=2,much")
    assert (list(found.clips), list(found.wrong)) == (["TwoLayerNetwork_w1_2"], ["TwoLayerNetwork_w1_much"])


def test_values_that_would_be_called_the_same_have_names_of_their_own(tmp_path: Path) -> None:
    names = list(variants(tmp_path, "TwoLayerNetwork", "w1=1.5,'1.5',1_5").named)
    assert len({name.lower() for name in names}) == 3


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (["w1"], "a change is KEY=VALUE"),
        (["w1="], "a change is KEY=VALUE"),
        (["=2"], "a change is KEY=VALUE"),
        (["w1=["], "a list that is opened with"),
        (["pieces.9.function=sin"], "there is nothing in"),
        (["w1.deep=2"], "there is nothing in"),
        (["w1=" + ",".join(map(str, range(2000)))], "2000 variants of a clip, and 1000 is the most"),
    ],
)
def test_a_change_that_cannot_be_read_is_one_line(changes: list[str], said: str, tmp_path: Path) -> None:
    clip = "FunctionGears" if changes[0].startswith("pieces") else "TwoLayerNetwork"
    with pytest.raises(SettingsError, match=said) as caught:
        variants(tmp_path, clip, *changes)
    assert len(str(caught.value).splitlines()) == 1
    assert str(caught.value).startswith("--set ") or "w1" in str(caught.value)


def test_changes_without_a_clip_ask_for_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="name the clip that this is for"):
        write_variants(load(), [], ["w1=2"], tmp_path)


def test_beats_are_drawn_of_every_variant_of_their_clip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKGEAR_CONFIG", str(Path(__file__).parents[1] / "config.yaml"))
    order = Order(clips=("TwoLayerRelu:ask", "FanOut", "TwoLayerRelu:ask_step"), changes=("x=2,3",))
    assert varied(order, tmp_path).clips == (
        *("TwoLayerRelu_x_2:ask", "TwoLayerRelu_x_3:ask", "FanOut_x_2", "FanOut_x_3"),
        *("TwoLayerRelu_x_2:ask_step", "TwoLayerRelu_x_3:ask_step"),
    )


def test_the_list_names_every_clip_and_every_key_and_beat_of_one() -> None:
    assert [line.split()[0] for line in listing().splitlines()] == list(load().clips)
    said = listing(["TwoLayerRelu"])
    assert "activation           relu" in said
    assert all(beat in said for beat in load().clip("TwoLayerRelu").words.beats())  # type: ignore[attr-defined]


def test_what_may_stand_on_top_may_be_set_and_what_a_clip_says_of_it_stays(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "clips: {A: {scene: chain_of_influence, decimals: 2, theme: light, names: {tanh: Tangens}}}", encoding="utf-8"
    )
    found = load(write_variants(load(own), ["A"], ["digits=2,6"], tmp_path))
    two, six = (found.for_clip(name) for name in found.named)
    assert (two.digits, six.digits, two.decimals, two.theme) == (2, 6, 2, "light")
    assert two.display_name("tanh") == "Tangens"


def test_what_is_wrong_with_a_variant_is_said_of_what_was_typed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKGEAR_CONFIG", str(config_path()))  # which what is tested replaces
    assert render(Order(["FanOut"], media=tmp_path, changes=["foo=3"])) == 2
    *_, said = capsys.readouterr().err.splitlines()
    assert said.startswith("--set foo=3: clips.FanOut_foo_3.foo: there is no such key")


def test_what_a_shipped_clip_says_of_its_own_numbers_is_not_said_of_others(tmp_path: Path) -> None:
    title = load().clip("TwoLayerReluClosed").words.title
    first = load().clip("TwoLayerNetwork").words
    (other,) = variants(tmp_path, "TwoLayerReluClosed", "x=0.7").clips.values()
    assert other.words == first
    assert first.title != title
    (same,) = variants(tmp_path, "TwoLayerReluClosed", "digits=3").clips.values()
    assert same.words.title == title


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("clips: {TwoLayerReluClosed: {x: 0.7}}", "One signal travels back"),
        ("clips: {TwoLayerReluClosed: {x: -1, digits: 3}}", "When {activation} is closed"),
        ("clips: {TwoLayerReluClosed: {x: 0.7, words: {title: Mine}}}", "Mine"),
        ("words: de.yaml\nclips: {TwoLayerReluClosed: {x: 0.7}}", "Ein Signal läuft zurück"),
        ("words: de.yaml\nclips: {TwoLayerReluClosed: {digits: 3}}", "Wenn {activation} geschlossen ist"),
    ],
)
def test_nor_is_it_in_a_file_of_ones_own_that_changes_its_numbers(text: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    assert load(file).clip("TwoLayerReluClosed").words.title == told
    assert load(file).clip("TwoLayerReluClosed").words.pose_question
