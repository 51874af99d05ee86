"""The whole German translation: nothing is missing, left in English or says other numbers, and every clip fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.functions import FUNCTIONS
from scenes.parts.settings import Settings, load
from scenes.parts.settings.loader import without_files_of_words
from scenes.parts.settings.scalar_losses import SCALAR_LOSSES
from scenes.parts.settings.words import names_in
from scenes.parts.settings.words_file import WordsFile
from scenes.parts.stage.rehearsal import refusals
from studio.wordlist import Lines, at, wanted_in
from studio.words import WordsOrder, words

ROOT = Path(__file__).resolve().parents[1]
CLIPS = load(ROOT / "config.yaml").named
SAMPLE = ("TwoLayerNetwork", "FanOutCancel", "LossSwapSaturated")
ENGLISH = {
    *("the", "of", "and", "its", "it", "what", "which", "each", "with", "gate", "slope", "push", "weight", "loss"),
    *("turns", "turn", "gear", "gears", "back", "one", "two", "not", "than", "from", "this", "that", "are", "by"),
    *("how", "when", "where", "does", "no", "as", "to"),
}
MOST_WORDS = 14


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Every shipped clip with the shipped translation, named as from any folder; also the settings in use."""
    file = tmp_path / "own.yaml"
    file.write_text("words: de.yaml\nclips:\n" + "".join(f"  {clip}:\n" for clip in CLIPS), encoding="utf-8")
    monkeypatch.setenv("BACKGEAR_CONFIG", str(file))
    return load(file)


def pairs(settings: Settings) -> Iterator[tuple[str, Lines, Lines]]:
    """Yield every text: where it stands, in English, in German."""
    wanted = wanted_in(without_files_of_words(ROOT / "config.yaml"), CLIPS)
    for clip, texts in wanted.texts.items():
        translated = settings.clip(clip).model_dump()["words"]
        for key, text in texts.items():
            yield ".".join(map(str, (clip, *key))), text, at(translated, key)


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", re.sub(r"\{[^}]*\}", " ", text))


def test_every_clip_has_all_its_words_in_german(german: Settings) -> None:
    assert not german.wrong
    assert words(WordsOrder(known=ROOT / "de.yaml")) == 0


def test_every_function_and_every_loss_has_its_german_name() -> None:
    file = WordsFile.read(ROOT / "de.yaml")
    assert {*FUNCTIONS, *SCALAR_LOSSES} <= set(file.names), "a lecturer may take any"


def test_no_text_is_left_untranslated(german: Settings) -> None:
    left = [
        (where, text)
        for where, english, text in pairs(german)
        for text in ([text] if isinstance(text, str) else text)
        if ENGLISH & {word.lower() for word in words_of(text)} or (text == english and len(words_of(text)) > 2)
    ]
    assert not left


def test_every_text_shows_the_same_numbers_and_names(german: Settings) -> None:
    for where, english, text in pairs(german):
        if isinstance(english, str) and isinstance(text, str):
            assert set(names_in(text)) == set(names_in(english)), where


def test_no_sentence_is_longer_than_can_be_read(german: Settings) -> None:
    said = [(where, str(text)) for where, _, text in pairs(german) if where.endswith(".sentence")]
    assert not [(where, text) for where, text in said if len(text.split()) > MOST_WORDS]


@pytest.mark.parametrize(
    "clip", [pytest.param(clip, marks=() if clip in SAMPLE else pytest.mark.proof) for clip in CLIPS]
)
def test_every_clip_can_be_drawn_in_german(clip: str, german: Settings) -> None:
    assert not refusals(clip)
