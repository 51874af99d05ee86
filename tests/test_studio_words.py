"""`backgear words` writes a file with every text of clips, and says later what a translation lacks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scenes.parts.settings import load
from scenes.parts.settings.words_file import WordsFile
from studio.cli import main
from studio.words import WordsOrder, words

SHIPPED = Path(__file__).resolve().parents[1] / "config.yaml"
DIES = load(SHIPPED).clip("ToyChain").model_dump()["words"]["title"]


@pytest.fixture
def translation(tmp_path: Path) -> Path:
    """Return a file of all words of all shipped clips, as the command writes it."""
    file = tmp_path / "es.yaml"
    assert words(WordsOrder(target=file)) == 0
    return file


def changed(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_file_as_it_is_written_gives_every_clip_the_words_that_it_has(translation: Path, tmp_path: Path) -> None:
    clips = "".join(f"  {name}:\n" for name in load(SHIPPED).named)
    (tmp_path / "own.yaml").write_text(f"words: es.yaml\nclips:\n{clips}", encoding="utf-8")
    found, shipped = load(tmp_path / "own.yaml"), load(SHIPPED)
    for name in shipped.named:
        assert found.resolved(name) == shipped.resolved(name) | {"names": {**shipped.names, **found.names}}, name


def test_every_text_is_written_with_what_it_is_for_its_room_and_its_names_in_braces(translation: Path) -> None:
    text = translation.read_text(encoding="utf-8")
    beat = re.search(r"# The loss compares.*\n +measure_loss:\n +# from: Answer .*\n +# (.*)\n +sentence: (.*)", text)
    assert beat
    assert re.fullmatch(r"5\d of about 1\d\d characters; names in braces stay: \{miss\} \{loss\}", beat[1])
    assert beat[2].startswith('"Answer minus target: {miss}')
    assert "a subtitle: 18 of 400 characters; names in braces stay: {loss} {L}" in text
    assert "# from: absolute error\n  absolute_error:" in text


def test_a_variant_has_only_the_texts_that_it_does_not_take_from_another_clip(translation: Path) -> None:
    file = WordsFile.read(translation)
    assert list(dict(file.words("TwoLayerRelu"))) == ["title"]  # type: ignore[call-overload]
    assert "ChainRuleGearsSteeper" not in file.clips


def test_the_words_of_one_clip_are_all_that_it_says(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert words(WordsOrder(["TwoLayerRelu"])) == 0
    (tmp_path / "es.yaml").write_text(capsys.readouterr().out, encoding="utf-8")
    (tmp_path / "own.yaml").write_text("clips: {TwoLayerRelu: {words: es.yaml}}", encoding="utf-8")
    assert not load(tmp_path / "own.yaml").wrong


def test_words_typed_in_a_clip_of_ones_own_are_not_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("words: es.yaml\nclips: {Mine: {scene: fan_out, words: {title: Dos veces}}}", encoding="utf-8")
    monkeypatch.setenv("BACKGEAR_CONFIG", str(own))
    assert words(WordsOrder()) == 0  # es.yaml need not be there: it is being made
    out = capsys.readouterr().out
    assert "# typed in the settings file itself: title" in out
    assert "Dos veces" not in out
    assert 'push: "push 1"' in out


def test_what_a_translation_lacks_and_what_has_changed_and_what_nobody_needs_is_said(
    translation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(translation, '      title: "Used twice"\n', "")
    changed(translation, '        - "dw1 = dz * x"\n', "")
    changed(translation, f"# from: {DIES}", "# from: Where is the push lost?")
    changed(translation, '  absolute_error: "absolute error"\n', "")
    changed(translation, "clips:\n", "clips:\n  Gone: {words: {title: Fort}}\n")
    changed(translation, '      rounding: "0', '      share: "x"\n      rounding: "0')
    capsys.readouterr()
    assert words(WordsOrder(known=translation)) == 1
    *lines, last = capsys.readouterr().out.splitlines()
    told = [re.sub(r"^.*es\.yaml(:\d+:\d+)?: ", "", line) for line in lines]
    assert told[:3] == [
        "names.absolute_error: missing: absolute error",
        told[1],
        "clips.FanOut.words.title: missing: Used twice",
    ]
    assert told[1].startswith("clips.TwoLayerNetwork.words.code: missing: z = w1 * x / ")
    assert told[3] == f"clips.ToyChain.words.title: changed, it is now: {DIES}"
    assert sorted(told[4:]) == [
        "clips.Gone: no longer used: there is no such clip",
        "clips.TwoLayerNetwork.words.share: no longer used",
    ]
    (same,) = re.findall(r"texts wanted, 4 missing, changed or wrong, (\d+) as they were, 2 no longer used$", last)
    assert int(same) > 100  # of a file that nobody has translated yet


def test_a_text_of_a_translation_that_cannot_be_filled_in_is_said_with_its_place(
    translation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(translation, '      title: "Used twice"\n', '      title: "Dos veces {dL_dz}, 0.5"\n')
    capsys.readouterr()
    assert words(WordsOrder(clips=["FanOut"], known=translation)) == 1
    brace, number, last = capsys.readouterr().out.splitlines()
    assert re.search(r"es\.yaml:\d+:25: clips\.FanOut\.words\.title: \{dL_dz\} is not one of \{", brace)
    assert "the number 0.5 is typed" in number
    assert "2 missing, changed or wrong" in last


def test_a_translation_is_brought_up_to_date_and_keeps_what_it_has(translation: Path, tmp_path: Path) -> None:
    changed(translation, '      title: "Used twice"\n', "")
    changed(translation, f'      title: "{DIES}"', '      title: "¿Dónde muere el empuje?"')
    changed(translation, "names:\n", 'names:\n  cube: "tercera potencia"\n')  # which no shipped clip has
    new = tmp_path / "new.yaml"
    assert words(WordsOrder(known=translation, target=new)) == 1
    text = new.read_text(encoding="utf-8")
    assert '      title: "Used twice"\n' in text
    assert '      title: "¿Dónde muere el empuje?"\n' in text
    assert '  cube: "tercera potencia"\n' in text


def test_a_file_that_is_there_is_never_replaced_unasked(translation: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = translation.read_text(encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main(["words", "FanOut", "-o", str(translation)])
    assert left.value.code == 2
    assert "this file is there already" in capsys.readouterr().err
    assert translation.read_text(encoding="utf-8") == before
    with pytest.raises(SystemExit) as left:
        main(["words", "FanOut", "-o", str(translation), "--force"])
    assert left.value.code == 0
    assert "TwoLayerNetwork" not in translation.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["words", "NoSuch"], "'NoSuch' is not one of"),
        (["words", "-w", "nowhere.yaml"], "nowhere.yaml: no such file"),
        (["words", "FanOut", "-o", "nowhere/es.yaml"], "nowhere/es.yaml: it cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1
