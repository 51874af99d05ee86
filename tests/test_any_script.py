"""Words in any script: broken to the width that there is, on baselines that never move, and no letter without glyph."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import yaml
from command_cases import manim, quick_settings
from film_cases import Film, wrong
from hypothesis import given, settings
from hypothesis import strategies as st
from quantity_cases import INK
from word_cases import RIGHT_TO_LEFT, SENTENCES, TITLES

from scenes.parts.errors import LayoutError
from scenes.parts.film.ledger import read_ledger
from scenes.parts.settings.loader import check, config_path
from scenes.parts.stage.overlaps import layout_faults
from scenes.parts.stage.told import LEFT_EDGE, TITLE_LINE
from scenes.parts.theme import EDGE_MARGIN, FRAME_WIDTH, SENTENCE, TITLE
from scenes.parts.things.lettering import Words
from scenes.parts.type import compiler
from scenes.parts.type.fonts import CODE_FAMILY, WORD_FAMILIES, Style, families, script_of
from scenes.parts.type.letters import missing, told
from scenes.parts.type.lines import Block, fits, longest, set_lines
from scenes.parts.type.typeset import typeset
from studio.audit.digits import _points

Points = npt.NDArray[np.float64]
languages = pytest.mark.parametrize("language", SENTENCES)


def places(points: Points, glyph: str, height: float) -> list[tuple[float, float]]:
    """Where the outline of a letter stands among points, left to right."""
    shape = typeset(glyph, height, "words").parts[0]
    starts = range(0, len(points) - len(shape) + 1, 4)
    steps = np.diff(shape, axis=0)
    found = [i for i in starts if np.abs(np.diff(points[i : i + len(shape)], axis=0) - steps).max() < 1e-6]
    return sorted((float(x), float(y)) for x, y, _ in (points[i] - shape[0] for i in found))


# -- lines ------------------------------------------------------------------------------------------------------------


@languages
@given(room=st.floats(2.2, 9.0), balanced=st.booleans())
@settings(max_examples=15, deadline=None)
def test_lines_of_any_script_are_as_wide_as_there_is_room_and_no_letter_is_lost(
    language: str, room: float, balanced: bool
) -> None:
    text = SENTENCES[language]
    block, flat = set_lines(text, 0.285, room, balanced=balanced), typeset(text, 0.285, "words")
    assert len(block.points) == len(flat.parts[0])
    assert block.width <= room + 1e-6
    for line in block.lines:
        assert line.ink is not None
        assert -0.05 < line.ink[0] < line.ink[2] < block.width + 0.05
    assert len(block.lines) >= 0.95 * flat.width / room


@languages
def test_every_script_is_broken_with_or_without_blanks_between_words(language: str) -> None:
    counts = [len(set_lines(SENTENCES[language], 0.285, room).lines) for room in (16.0, 5.0, 2.5)]
    assert counts[0] == 1
    assert counts == sorted(counts)
    assert counts[2] >= 3


def test_no_line_of_chinese_or_japanese_begins_with_a_full_stop_or_a_comma() -> None:
    marks = 0
    for language in ("zh", "ja"):
        for room in np.arange(1.5, 7.0, 0.1):
            block = set_lines(SENTENCES[language], 0.285, float(room))
            for mark in "。，、":
                found = [x for x, _ in places(block.points, mark, 0.285)]
                marks += len(found)
                assert all(x > 0.1 for x in found)
    assert marks > 50


@languages
def test_a_line_is_filled_before_the_next_begins(language: str) -> None:
    text = SENTENCES[language]
    for room in (2.9, 4.0, 6.0):
        wide = set_lines(text, 0.285, room)
        again = set_lines(text, 0.285, wide.width + 1e-9)
        assert np.allclose(again.points, wide.points, atol=1e-9), "the lines follow from the width of the widest"


@languages
def test_balanced_lines_are_as_many_and_as_narrow_as_can_be(language: str) -> None:
    text, height = SENTENCES[language], 0.285
    for room in (8.0, 5.0, 4.0):
        filled, even = set_lines(text, height, room), set_lines(text, height, room, balanced=True)
        assert len(even.lines) == len(filled.lines)
        assert even.width <= filled.width + 1e-9
        assert len(set_lines(text, height, even.width - 0.01).lines) > len(even.lines) or len(even.lines) == 1


@languages
def test_where_right_to_left_is_written_lines_meet_at_the_right(language: str) -> None:
    block = set_lines(SENTENCES[language], 0.285, 4.0)
    inks = [line.ink for line in block.lines if line.ink]
    sides = {"left": [ink[0] for ink in inks], "right": [block.width - ink[2] for ink in inks]}
    flush, ragged = ("right", "left") if language in RIGHT_TO_LEFT else ("left", "right")
    assert max(abs(x) for x in sides[flush]) < 0.13
    assert max(sides[ragged]) > 0.1
    for named in ("left", "right"):
        asked = set_lines(SENTENCES[language], 0.285, 4.0, flush="left" if named == "left" else "right")
        edges = [line.ink[0] if named == "left" else asked.width - line.ink[2] for line in asked.lines if line.ink]
        assert max(abs(x) for x in edges) < 0.13


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_inside_right_to_left_a_number_is_read_from_left_to_right(language: str) -> None:
    block = set_lines(SENTENCES[language], 0.285, 20.0)
    assert len(block.lines) == 1
    zero, eight, three, four = (places(block.points, digit, 0.285)[0][0] for digit in "0834")
    assert zero < eight < three < four < zero + 1.0
    words = SENTENCES[language].split()
    alone = set_lines(words[0], 0.285, 20.0)
    assert np.ptp(alone.points[:, 0]) < block.width / 3
    head = block.points[block.points[:, 0] > block.width - alone.width]
    assert len(head) >= 0.8 * len(alone.points), "the first word stands at the right"


@pytest.mark.parametrize("number", ["−0.834", "+0.834", "3.815×10⁻⁶", "-0.834"])
@pytest.mark.parametrize("text", ["ערך {} וכל", "القيمة {} هنا", "({}) ערך"])
def test_inside_right_to_left_a_sign_stands_before_its_number(number: str, text: str) -> None:
    alone = typeset(number, 0.285, "words").parts[0]
    for points in (
        typeset(text.format(number), 0.285, "words").parts[0],
        set_lines(text.format(number), 0.285, 9.0).points,
    ):
        starts = range(0, len(points) - len(alone) + 1, 4)
        assert any(np.allclose(points[i : i + len(alone)] - points[i], alone - alone[0], atol=1e-6) for i in starts)


def test_a_hyphen_that_joins_a_number_to_a_word_is_no_minus() -> None:
    points = typeset("ב-5 א", 0.285, "words").parts[0]
    assert places(points, "5", 0.285)[0][0] < places(points, "-", 0.285)[0][0]


def test_on_one_line_the_first_letter_decides_the_direction() -> None:
    hebrew, latin = typeset("א 1 x", 0.3, "words").parts[0], typeset("x 1 א", 0.3, "words").parts[0]
    for points in (hebrew, latin):
        assert places(points, "x", 0.3)[0] < places(points, "1", 0.3)[0] < places(points, "א", 0.3)[0]


def test_a_word_that_is_wider_than_the_room_sticks_out_and_does_not_fit() -> None:
    text = "a Donaudampfschifffahrtsgesellschaft b"
    for balanced in (False, True):
        block = set_lines(text, 0.285, 4.0, balanced=balanced)
        assert len(block.lines) == 3
        assert block.width == pytest.approx(typeset(text.split()[1], 0.285, "words").width, abs=1e-6)
    assert not fits(text, 0.285, 4.0, 3)
    assert fits(text, 0.285, 7.0, 2)


def test_a_new_line_in_the_words_is_one_on_the_frame() -> None:
    block = set_lines("one\ntwo three", 0.285, 9.0)
    assert [line.baseline for line in block.lines] == [0.0, pytest.approx(-1.75 * 0.285)]


@pytest.mark.parametrize(("height", "room"), [(0.0, 3.0), (-1.0, 3.0), (0.3, 0.0), (0.3, float("nan"))])
def test_a_size_that_is_none_is_refused(height: float, room: float) -> None:
    with pytest.raises(ValueError, match="a height and a width"):
        set_lines("x", height, room)


# -- baselines --------------------------------------------------------------------------------------------------------


def test_accents_and_tails_move_no_baseline() -> None:
    plain, full = (set_lines(text, 0.285, 1.0) for text in ("xHx xHx xHx", "xHgÅ xHjŞ xHyÖ"))
    for one, other in zip(plain.lines, full.lines, strict=True):
        assert one.baseline == other.baseline
        standing = len(typeset("xH", 0.285, "words").parts[0])
        np.testing.assert_allclose(one.points[:standing], other.points[:standing], atol=1e-9)
    assert plain.height == full.height


@languages
def test_baselines_are_as_far_apart_in_every_text_of_a_script(language: str) -> None:
    block = set_lines(SENTENCES[language], 0.285, 3.0)
    script = script_of(SENTENCES[language])
    assert [line.baseline for line in block.lines] == pytest.approx(
        [-script.step * 0.285 * i for i in range(len(block.lines))]
    )
    assert script.step == (2.2 if language in ("ar", "hi", "th") else 1.75)
    assert block.height == pytest.approx(script.step * 0.285 * len(block.lines))


@languages
def test_what_stands_on_a_line_stays_in_its_box(language: str) -> None:
    block = set_lines(SENTENCES[language], 0.285, 3.0)
    for line in block.lines:
        assert line.ink is not None
        assert line.baseline - block.below <= line.ink[1] < line.ink[3] <= line.baseline + block.above


def test_ink_left_of_where_a_line_begins_has_its_place() -> None:
    block = set_lines("jjj", 0.285, 9.0, family="Noto Sans")
    assert block.ink is not None
    assert block.ink[0] < -0.01


# -- how long ---------------------------------------------------------------------------------------------------------


@languages
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_the_longest_beginning_that_fits_is_said(language: str, lines: int) -> None:
    text = SENTENCES[language] * 3
    found = longest(text, 0.285, 3.5, lines)
    assert text.startswith(found)
    assert fits(found, 0.285, 3.5, lines)
    assert not fits(text[: len(found) + 12], 0.285, 3.5, lines)
    assert not unicodedata.category(text[len(found)]).startswith("M"), "no letter is cut from its marks"


def test_all_of_what_fits_is_said_and_nothing_of_what_cannot() -> None:
    assert longest("short", 0.285, 9.0, 1) == "short"
    assert longest("Wide", 0.285, 0.05, 1) == ""


# -- glyphs -----------------------------------------------------------------------------------------------------------


@languages
@pytest.mark.parametrize("style", ["words", "bold", "code"])
@pytest.mark.parametrize("family", WORD_FAMILIES)
def test_every_letter_of_twelve_languages_has_a_glyph(language: str, style: Style, family: str) -> None:
    assert missing(SENTENCES[language]) == ()
    assert typeset(SENTENCES[language], 0.285, style, family).width > 4


@pytest.mark.parametrize("letter", "𓀀ꔀ𐤀𒀀")
def test_a_letter_that_no_font_has_is_named_and_never_drawn_as_a_box(letter: str) -> None:
    said = f"U+{ord(letter):04X} {unicodedata.name(letter)}"
    assert told(letter).endswith(said)
    assert missing(f"ein {letter} da") == (letter,)
    styles: tuple[Style, ...] = ("words", "bold", "code")
    for style in styles:
        with pytest.raises(ValueError, match=re.escape(said)):
            typeset(f"ein {letter} da", 0.3, style)
    with pytest.raises(ValueError, match=re.escape(said)):
        set_lines(f"ein {letter} da", 0.3, 4.0)


def test_letters_without_glyphs_are_told_each_once_and_in_order() -> None:
    assert missing("𓀁 x 𓀀 𓀁 中") == ("𓀁", "𓀀")
    assert missing("\n\u200d\u200c\ufe0f\u00ad\u2066\u2069\u200f") == (), "what joins and parts letters needs no glyph"


def test_a_settings_file_is_told_the_letter_that_cannot_be_drawn(tmp_path: Path) -> None:
    text = config_path().read_text(encoding="utf-8")
    bad = tmp_path / "bad.yaml"
    bad.write_text(text.replace("title: One signal travels back\n", "title: One 𓀀 travels back\n"), encoding="utf-8")
    (fault,) = check(bad)
    assert fault.key == "clips.TwoLayerNetwork.words.title"
    assert fault.message == "no font here has a glyph for '𓀀', U+13000 EGYPTIAN HIEROGLYPH A001"
    assert "\n" not in str(fault)


def test_every_family_that_is_asked_for_comes_with_a_pinned_package() -> None:
    held = set(compiler._fonts().families())
    for language in ("en", "ja", "ko", "zh", "ar"):
        for style in ("words", "code"):
            assert set(families(style, "Source Sans 3", language)) <= held  # type: ignore[arg-type]
    assert CODE_FAMILY in held


def test_a_family_that_does_not_come_along_is_refused() -> None:
    with pytest.raises(ValueError, match="Noto Sans or Source Sans 3"):
        typeset("x", 0.3, "words", 'Arial", fallback: true')


def test_chinese_and_japanese_have_each_their_own_form_of_a_letter() -> None:
    chinese, japanese = typeset("直", 0.3, "words").parts[0], typeset("直の", 0.3, "words").parts[0]
    assert chinese.shape != japanese[: len(chinese)].shape or not np.allclose(chinese, japanese[: len(chinese)])


# -- on a frame -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("style", ["words", "bold"])
def test_a_title_in_any_script_stands_inside_its_part_of_the_frame(language: str, style: Style) -> None:
    title = Words("title", TITLES[language], height=TITLE, colour=INK, style=style).at(LEFT_EDGE, TITLE_LINE)
    assert not [*layout_faults([title])]
    with pytest.raises(LayoutError, match="kept for it"):
        raise next(layout_faults([title.at(LEFT_EDGE, TITLE_LINE + 0.6)]))


@pytest.mark.parametrize("family", WORD_FAMILIES)
def test_a_sentence_that_begins_with_j_may_stand_at_the_margin(family: str) -> None:
    words = Words("ask", "j'ai", height=SENTENCE, colour=INK, family=family).at(LEFT_EDGE, 0.0)
    assert not [*layout_faults([words])]
    with pytest.raises(LayoutError, match="past the margin"):
        raise next(layout_faults([words.at(LEFT_EDGE - 0.1, 0.0)]))


@languages
@pytest.mark.parametrize("align", ["left", "centre", "right"])
def test_an_audit_finds_the_lines_again_from_the_block_alone(language: str, align: str) -> None:
    for room in (3.0, 4.1, 6.3):
        words = Words("ask", SENTENCES[language], height=0.285, colour=INK, align=align, max_width=room)  # type: ignore[arg-type]
        drawn = words.outline().parts[0][:, :2]
        wide, high = np.ptp(drawn, axis=0)
        found = _points(words.text, None, 0.285, "words", "Source Sans 3", float(wide), float(high))
        moved = [points - points.min(axis=0) for points in found]
        own = drawn - drawn.min(axis=0)
        assert any(points.shape == own.shape and np.allclose(points, own, atol=1e-6) for points in moved)


@pytest.mark.render
def test_a_film_in_ten_languages_is_drawn_and_audited(tmp_path: Path) -> None:
    file = quick_settings(tmp_path)
    plain = yaml.safe_load(file.read_text(encoding="utf-8"))
    words = plain["clips"]["ToyChain"]["words"]
    words["title"] = TITLES["zh"]
    beats = [key for key, value in words.items() if isinstance(value, dict)]
    for beat, language in zip(beats, ("ar", "he", "th", "hi", "ja", "zh", "ru", "el"), strict=False):
        text = SENTENCES[language].replace("0.834", "{x_high}")
        one_line = fits(text, SENTENCE, FRAME_WIDTH - 2 * EDGE_MARGIN, 1)
        words[beat]["sentence"] = text if one_line else f"{TITLES[language]} {{x_high}}"
    for label, language in (("push", "ja"), ("hatched", "ko")):
        words[label] = TITLES[language]
    file.write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
    done = manim(tmp_path, "toy_chain", "-r", "854,480", "--fps", "5", "ToyChain", config=file)
    assert done.returncode == 0, done.stdout + done.stderr
    video = tmp_path / "media/videos/toy_chain/480p5/ToyChain.mp4"
    film = Film(video, read_ledger(video.with_suffix(".ledger.json")))
    assert {row.key for row in film.ledger.shown if row.kind == "words"} >= {*beats, "title"}
    assert wrong(film.found(every=10**6)) == set()


def test_blocks_below_one_another_do_not_touch() -> None:
    for language in SENTENCES:
        block: Block = set_lines(SENTENCES[language], 0.285, 3.0)
        for above, below in pairwise(block.lines):
            assert above.ink is not None
            assert below.ink is not None
            assert above.baseline - block.below >= below.baseline + block.above - 1e-9
