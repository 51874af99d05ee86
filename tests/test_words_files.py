"""All words may come from a file of words, in another language; what is typed in a clip wins."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from scenes.parts.settings import Settings, SettingsError, load
from scenes.parts.settings.loader import settings_from
from scenes.parts.settings.yaml12 import read

SHIPPED = Path(__file__).resolve().parents[1] / "config.yaml"


def in_german(words: Mapping[str, Any]) -> dict[str, Any]:
    """Return words as another language has them: every text marked, so that one sees where it comes from."""
    return {key: _marked(value) for key, value in words.items()}


def _marked(value: Any) -> Any:
    if isinstance(value, dict):
        return in_german(value)
    return [f"{text}!" for text in value] if isinstance(value, tuple | list) else f"{value}!"


def translation(folder: Path, *clips: str, **names: str) -> dict[str, Any]:
    """Return a file of words of shipped clips, as it stands in a file."""
    shipped = load(SHIPPED)
    words = {clip: {"words": in_german(shipped.clip(clip).model_dump(mode="json")["words"])} for clip in clips}
    return {"names": {"tanh": "Tangens", "half_squared_error": "halbes Quadrat", **names}, "clips": words}


def written(file: Path, value: object) -> Path:
    file.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
    return file


def german(folder: Path, settings: str, *clips: str, **names: str) -> Settings:
    """Return the settings of a file beside `de.yaml`, which holds the words of some shipped clips."""
    written(folder / "de.yaml", translation(folder, *clips, **names))
    (folder / "own.yaml").write_text(settings, encoding="utf-8")
    return load(folder / "own.yaml", whole=False)


def words_of(settings: Settings, clip: str) -> Any:
    return settings.clip(clip).model_dump()["words"]


MINE = "words: de.yaml\nclips:\n  Mine: {scene: two_layer_network, w1: 2}\n"


def test_all_words_and_names_come_from_the_file_on_top(tmp_path: Path) -> None:
    found = german(tmp_path, MINE, "TwoLayerNetwork")
    assert words_of(found, "Mine") == in_german(load(SHIPPED).clip("TwoLayerNetwork").model_dump()["words"]) | {
        "code": tuple(f"{line}!" for line in words_of(load(SHIPPED), "TwoLayerNetwork")["code"])
    }
    assert found.display_name("tanh") == "Tangens"
    assert found.display_name("relu") == "ReLU"


def test_the_file_may_be_named_in_a_clip_alone(tmp_path: Path) -> None:
    clips = "clips:\n  A: {scene: two_layer_network, words: de.yaml}\n  B: {scene: fan_out}\n"
    found = german(tmp_path, clips, "TwoLayerNetwork")
    assert words_of(found, "A")["title"] == "One signal travels back!"
    assert words_of(found, "B")["title"] == "Used twice"
    assert found.for_clip("A").display_name("tanh") == "Tangens"
    assert found.for_clip("B").display_name("tanh") == "tanh"


@pytest.mark.parametrize(
    "clip", ["words: {title: Mein Titel}", "words: {file: de.yaml, title: Mein Titel}"], ids=["top", "clip"]
)
def test_words_typed_in_the_clip_win(clip: str, tmp_path: Path) -> None:
    found = german(
        tmp_path, f"words: de.yaml\nclips:\n  Mine: {{scene: two_layer_network, {clip}}}\n", "TwoLayerNetwork"
    )
    assert not found.wrong
    assert words_of(found, "Mine")["title"] == "Mein Titel"
    assert words_of(found, "Mine")["push"] == "push 1!"


def test_what_is_typed_as_it_is_shipped_is_replaced_so_that_the_shipped_file_itself_can_be_translated(
    tmp_path: Path,
) -> None:
    shipped = load(SHIPPED).clip("TwoLayerNetwork").model_dump(mode="json")
    own = {"words": "de.yaml", "clips": {"TwoLayerNetwork": {**shipped, "w1": 2.0}}}
    found = german(tmp_path, yaml.safe_dump(own, width=1000), "TwoLayerNetwork")
    assert words_of(found, "TwoLayerNetwork")["title"] == "One signal travels back!"


def test_the_shipped_file_with_a_file_of_words_on_top_is_translated(tmp_path: Path) -> None:
    written(tmp_path / "de.yaml", translation(tmp_path, "TwoLayerNetwork"))
    document = tmp_path / "config.yaml"
    document.write_text("words: de.yaml\n" + SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
    found = settings_from(read(document), read(document).value, tmp_path)
    assert words_of(found, "TwoLayerNetwork")["title"] == "One signal travels back!"
    assert "TwoLayerRelu" in found.wrong  # its own title stands in no file
    assert found.display_name("half_squared_error") == "halbes Quadrat"


def test_the_words_are_recorded_as_settings_so_that_a_film_needs_no_file(tmp_path: Path) -> None:
    found = german(tmp_path, MINE, "TwoLayerNetwork")
    resolved = found.resolved("Mine")
    assert resolved["clip"]["words"]["title"] == "One signal travels back!"
    assert "words" not in resolved
    assert resolved["names"]["tanh"] == "Tangens"


def test_texts_and_names_that_are_missing_are_named_and_other_clips_are_drawn(tmp_path: Path) -> None:
    given = translation(tmp_path, "TwoLayerNetwork")
    del given["clips"]["TwoLayerNetwork"]["words"]["push"]
    del given["clips"]["TwoLayerNetwork"]["words"]["ask"]["sentence"]
    written(tmp_path / "de.yaml", given)
    clips = "  Mine: {scene: two_layer_network, activation: relu}\n  Whole: {scene: two_layer_network}\n"
    (tmp_path / "own.yaml").write_text(f"words: de.yaml\nclips:\n{clips}", encoding="utf-8")
    found = load(tmp_path / "own.yaml", whole=False)
    assert list(found.wrong) == ["Mine", "Whole"]
    (fault,) = found.wrong["Mine"]
    assert fault.message.startswith(f"{tmp_path / 'de.yaml'} lacks push, ask.sentence, names.relu; `backgear words -w ")
    typed = "words: {push: Schub, ask: {sentence: Warum}}"
    (tmp_path / "own.yaml").write_text(
        f"words: de.yaml\nclips:\n  Whole: {{scene: two_layer_network, {typed}}}\n", encoding="utf-8"
    )
    assert "Whole" not in load(tmp_path / "own.yaml", whole=False).wrong


def test_a_shipped_clips_own_sentence_is_not_taken_from_another_clip_of_its_scene(tmp_path: Path) -> None:
    found = german(tmp_path, "words: de.yaml\nclips: {TwoLayerSine: }\n", "TwoLayerNetwork", sin="Sinus")
    (fault,) = found.wrong["TwoLayerSine"]
    assert "lacks title;" in fault.message


FAULTS = {
    "unknown text": ("titel: Eins", "there is no such key", 4),
    "unknown name in braces": ("title: Eins {yy}", "{yy} is not one of", 4),
    "typed number": ("title: Eins 0.5", "the number 0.5 is typed", 4),
    "not a text": ("title: [1]", "a list stands here", 4),
}


@pytest.mark.parametrize(("line", "message", "at"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_the_file_of_words_is_told_with_its_place_there(
    line: str, message: str, at: int, tmp_path: Path
) -> None:
    (tmp_path / "de.yaml").write_text(f"clips:\n  TwoLayerNetwork:\n    words:\n      {line}\n", encoding="utf-8")
    (tmp_path / "own.yaml").write_text(MINE, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load(tmp_path / "own.yaml")
    found = [f for f in caught.value.faults if message in f.message]
    assert [(Path(f.file).name, f.line) for f in found] == [("de.yaml", at)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("clips: [1", "own.yaml:1:1: words: the file of words"),
        ("digits: 4", "a file of words has no such key here, only names, clips"),
        ("clips: {A: {w1: 2}}", "a file of words has no such key here, only words"),
        ("clips: {A: {words: 2}}", "2 is not a block of keys"),
        ("names: {relo: R}", "'relo' is not one of"),
        ("names: {relu: 2}", "2 is not a text"),
        ("clips: {A: {words: {a: 1, a: 2}}}", "this key is repeated"),
        ("- 1", "a file of words holds keys"),
    ],
)
def test_a_file_of_words_that_is_none_is_one_line(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "de.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(MINE, encoding="utf-8")
    if "[1" in text:
        message = "de.yaml:1:8: a list that is opened with [ is not closed"
    with pytest.raises(SettingsError) as caught:
        load(tmp_path / "own.yaml", whole=False)
    assert message in str(caught.value)
    assert "Traceback" not in str(caught.value)


def test_a_file_of_words_that_is_not_there_is_told_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(MINE.replace("de.yaml", "fr.yaml"), encoding="utf-8")
    with pytest.raises(SettingsError, match=r"own\.yaml:1:8: words: the file of words 'fr\.yaml' cannot be read"):
        load(tmp_path / "own.yaml", whole=False)


def test_a_change_of_the_file_of_words_is_seen(tmp_path: Path) -> None:
    before = german(tmp_path, MINE, "TwoLayerNetwork").digest("Mine")
    given = translation(tmp_path, "TwoLayerNetwork")
    given["clips"]["TwoLayerNetwork"]["words"]["title"] = "Ein ganz anderer Titel"
    written(tmp_path / "de.yaml", given)
    assert load(tmp_path / "own.yaml").digest("Mine") != before


OWN = """\
digits: 3
clips:
  A: {scene: two_layer_network, digits: 5, theme: light, palette: {ink: "#112233"}, names: {tanh: Tangens}, pace: 2}
  B: {scene: two_layer_network, digits: 4}
  C: {scene: chain_of_influence, names: [u, v]}
  D: {scene: chain_of_influence, names: {tanh: Tangens}, captions: false}
"""


def test_what_stands_on_top_may_stand_in_a_clip_too(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    found = load(tmp_path / "own.yaml")
    a, b, c, d = map(found.for_clip, "ABCD")
    assert (found.digits, a.digits, b.digits, c.digits) == (3, 5, 4, 3)
    assert (a.theme, a.pace, a.palette.ink) == ("light", 2.0, "#112233")
    assert (a.display_name("tanh"), a.display_name("relu"), found.display_name("tanh")) == ("Tangens", "ReLU", "tanh")
    assert (b.theme, b.palette.ink) == ("light", "#112233")  # taken from the first clip of its scene
    assert (c.display_name("tanh"), d.display_name("tanh"), d.captions) == ("tanh", "Tangens", False)
    assert (found.clip("C").model_dump()["names"], found.clip("D").model_dump()["names"]) == (("u", "v"), ("u", "v"))
    assert found.resolved("A")["digits"] == 5


def test_a_theme_that_a_command_chooses_holds_for_every_clip(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    dark = load(tmp_path / "own.yaml").in_theme("dark")
    assert (dark.for_clip("A").theme, dark.for_clip("A").digits) == ("dark", 5)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("decimals: 99", r"own\.yaml:1:49: clips\.A\.decimals: 99 is too large"),
        ("theme: grey", r"own\.yaml:1:46: clips\.A\.theme: 'grey' is not one of dark, light"),
        ("palette: {inc: '#112233'}", r"clips\.A\.palette\.inc: there is no such key"),
        ("names: {relo: R}", r"clips\.A\.names\.relo: 'relo' is not one of"),
        ("pase: 2", r"clips\.A\.pase: there is no such key; .* pace, .*did you mean 'pace'"),
    ],
)
def test_a_fault_in_what_a_clip_says_itself_stands_in_the_clip(keys: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(f"clips: {{A: {{scene: two_layer_network, {keys}}}}}", encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        load(tmp_path / "own.yaml")
