"""What is typeset has the asked height, stands on its baseline, and says what was written, letter by letter."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import svgelements as se
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath

from scenes.parts.things.readout import _from_glyphs
from scenes.parts.type import compiler
from scenes.parts.type.fonts import WORD_FAMILIES, rule
from scenes.parts.type.svg import _path_points
from scenes.parts.type.typeset import Outline, Style, _body, fill_colour, typeset

Points = npt.NDArray[np.float64]
STYLES: tuple[Style, ...] = ("math", "words", "bold", "code")


def ink(outline: Outline) -> Points:
    """All points of a text."""
    return np.concatenate([*outline.parts.values(), np.zeros((0, 3))])


def extent(outline: Outline, axis: int) -> tuple[float, float]:
    """Lowest and highest coordinate of the ink."""
    points = ink(outline)[:, axis]
    return float(points.min()), float(points.max())


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("height", [0.05, 0.32, 1.7])
def test_a_digit_or_a_capital_is_exactly_as_high_as_asked(style: Style, height: float) -> None:
    reference = "8" if style in ("math", "code") else "H"
    assert extent(typeset(reference, height, style), 1)[1] == pytest.approx(height, abs=1e-9)


@pytest.mark.parametrize("family", WORD_FAMILIES)
def test_words_in_every_family_that_a_lecturer_may_choose_have_capitals_of_one_height(family: str) -> None:
    low, high = extent(typeset("H", 0.36, "words", family), 1)
    assert high == pytest.approx(0.36, abs=1e-9)
    assert low == pytest.approx(0.0, abs=0.01 * 0.36), "serifs may bulge a hair below the line"


@given(height=st.floats(0.01, 4))
def test_size_is_a_plain_factor(height: float) -> None:
    small, large = typeset("3.14", 1.0), typeset("3.14", height)
    np.testing.assert_allclose(ink(large), ink(small) * height, rtol=1e-12, atol=1e-15)
    assert large.width == pytest.approx(small.width * height)


def test_all_digits_have_one_advance_so_that_a_number_does_not_jump() -> None:
    for digits in (f"{a}{b}" for a in "0123456789" for b in "0123456789"):
        assert _from_glyphs(digits, 0.32).width == pytest.approx(2 * typeset("0", 0.32).width, abs=1e-9), digits
    widths = {digit: typeset(digit, 0.32, "code").width for digit in "0123456789"}
    assert max(widths.values()) - min(widths.values()) < 1e-9, widths
    assert typeset("0.111", 0.32).width == pytest.approx(typeset("0.888", 0.32).width, abs=1e-9)


@pytest.mark.parametrize("style", STYLES)
def test_every_text_stands_on_the_same_baseline_whatever_is_in_it(style: Style) -> None:
    flat = "8" if style in ("math", "code") else "H"
    beside = f"{flat} g" if style == "math" else f"{flat}gyÅ(|"
    alone = ink(typeset(flat, 0.32, style))
    np.testing.assert_allclose(ink(typeset(beside, 0.32, style))[: len(alone)], alone, atol=1e-6)
    assert abs(alone[:, 1].min()) < 0.04 * 0.32, "a round digit may reach a hair below the line"
    assert extent(typeset("g", 0.32, style), 1)[0] < -0.05


def test_a_fraction_does_not_move_the_baseline_of_what_stands_beside_it() -> None:
    digit = ink(typeset("8", 0.32))
    beside = ink(typeset("8 (partial L)/(partial x)", 0.32))[: len(digit)]
    np.testing.assert_allclose(beside, digit, atol=1e-6)


def test_what_is_painted_with_a_number_is_kept_apart_from_the_rest() -> None:
    outline = typeset(f"a + {fill_colour(1, 'b')} + {fill_colour(200, 'b')}", 0.32)
    assert sorted(outline.parts) == [0, 1, 200]
    first, second = outline.parts[1], outline.parts[200]
    np.testing.assert_allclose(second - first, np.broadcast_to(second[0] - first[0], first.shape), atol=1e-9)


def test_a_fraction_bar_is_an_outline_too_and_takes_its_colour() -> None:
    whole = typeset(fill_colour(3, "1/2"), 0.32)
    assert set(whole.parts) == {3}
    bar = whole.parts[3][np.abs(whole.parts[3][:, 1] - 0.16) < 0.1]
    assert np.ptp(bar[:, 0]) > 0.15


@given(text=st.from_regex(r"[+−]?[0-9]{1,4}(\.[0-9]{1,6})?", fullmatch=True))
@settings(max_examples=60)
def test_a_number_set_glyph_by_glyph_is_the_number_set_as_a_whole(text: str) -> None:
    whole, single = typeset(text.replace("−", "-"), 0.32), _from_glyphs(text, 0.32)
    slack = 1e-6 + 0.02 * 0.32 * text.count("7")  # as a whole, Typst leaves a seventh of a stem of room after a 7
    np.testing.assert_allclose(single.parts[0][:, 0], whole.parts[0][:, 0], atol=slack)
    np.testing.assert_allclose(single.parts[0][:, 1:], whole.parts[0][:, 1:], atol=1e-9)
    assert single.width == pytest.approx(whole.width, abs=slack)


@pytest.mark.parametrize("source", ["(", "frac(1", "nosuchword", "#nosuch()", "x$y", '"', "#import", "\\"])
def test_mathematics_that_cannot_be_read_is_a_value_error_that_quotes_it(source: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(source))):
        typeset(source, 0.32)


LITERAL = [
    "#x", "$x$", "*bold*", "_x_", "`raw`", "a\\b", "\\u{41}", '"quoted"', "'a'", "<label>", "@ref", "= heading",
    "- item", "+ item", "/ term: x", "//comment", "/* comment */", "~", "---", "...", "[x]", "{x}", "#[x]", "1. one",
    '"); #panic("x', "https://example.org", "#sys.version", "\\ ", '\\"',
]  # fmt: skip


def glyphs_one_by_one(text: str, style: Style) -> int:
    """How many points the letters of a text have, each set alone."""
    return sum(len(ink(typeset(letter, 0.32, style))) for letter in text if letter != " ")


@pytest.mark.parametrize("text", LITERAL)
def test_words_are_drawn_letter_by_letter_and_never_obeyed(text: str) -> None:
    assert len(ink(typeset(text, 0.32, "code"))) == glyphs_one_by_one(text, "code")


@given(text=st.text(alphabet=st.sampled_from("#$*_`\\\"'<>@=-+/~.[]{}()x1 &%^|!?;:,"), min_size=1, max_size=12))
@settings(max_examples=80)
def test_no_mixture_of_signs_is_read_as_an_instruction(text: str) -> None:
    outline = typeset(text, 0.32, "code")
    assert len(ink(outline)) == glyphs_one_by_one(text, "code")


@pytest.mark.parametrize("style", ["words", "bold", "code"])
def test_a_blank_is_as_wide_as_any_and_a_text_of_blanks_has_no_ink(style: Style) -> None:
    assert ink(typeset(" ", 0.32, style)).shape == (0, 3)
    assert typeset("a  b", 0.32, style).width > typeset("a b", 0.32, style).width > typeset("ab", 0.32, style).width


def test_a_new_line_of_words_stands_below_the_first() -> None:
    one, two = typeset("H", 0.36, "words"), typeset("H\nH", 0.36, "words")
    assert np.ptp(ink(two)[:, 1]) > 2 * np.ptp(ink(one)[:, 1])


@pytest.mark.parametrize("letter", "ÄßéñøčαβЖ→×−∂Δ…“„’")
def test_letters_of_other_languages_have_ink(letter: str) -> None:
    for style in ("words", "bold", "code"):
        assert len(ink(typeset(letter, 0.32, style)))


SHOWN: list[tuple[str, Style]] = [
    ("x_1 + (partial L)/(partial y) - 0.5 times 10^(-7) sqrt(2)", "math"),
    ("Hafenstraße 直", "words"),
]


@pytest.mark.parametrize(("source", "style"), SHOWN)
def test_a_path_is_read_as_manim_reads_one(source: str, style: Style) -> None:
    found = compiler.svg_of(rule(source, style, "Source Sans 3") + _body(source, style))
    paths = [element.get("d", "") for element in ET.fromstring(found).iter() if element.tag.endswith("path")]
    assert len(paths) > 8
    for path in (*paths, "M 0 0h 1v 1Z", "M 0 0L 1 0q 1 1 2 0 1 -1 2 0M 5 5v -1h -1z"):
        np.testing.assert_array_equal(_path_points(path), VMobjectFromSVGPath(se.Path(path)).points)


def test_outlines_cannot_be_written_to_because_every_later_caller_would_see_it() -> None:
    points = typeset("8", 0.32).parts[0]
    with pytest.raises(ValueError, match="read-only"):
        points[0] = 7.0
    with pytest.raises(TypeError):
        typeset("8", 0.32).parts[0] = points  # type: ignore[index]


def test_typesetting_leaves_no_file(tmp_path: Path) -> None:
    code = "from scenes.parts.type.typeset import typeset; typeset('x + 8', 0.3); typeset('word', 0.3, 'words')"
    subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=True, env={"HOME": str(tmp_path), "PATH": os.defpath}
    )
    assert list(tmp_path.rglob("*")) == []


def test_system_fonts_are_never_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, object]] = []
    real = typst.Fonts

    def spy(**options: object) -> object:
        asked.append(options)
        return real(**options)

    monkeypatch.setattr(typst, "Fonts", spy)
    compiler._fonts.cache_clear()
    compiler._compiler.cache_clear()
    compiler.svg_of("x")
    assert [options["include_system_fonts"] for options in asked] == [False]
