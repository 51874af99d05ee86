"""The widths for one line, two, three: in each, words really take so many, and in a narrower one more."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.parts.type.lines import set_lines
from scenes.parts.type.typeset import Style
from scenes.parts.type.widths import narrowest_widths

FAMILY = "Source Sans 3"
TEXTS = ["One signal travels back, and every weight reads it.", "Слово и дело, сигнал идёт назад", "信号は後ろへ流れる",
         "אות אחד חוזר אחורה", "two\nlines, said so", "« mot »  et ses   signes", "x"]  # fmt: skip


def lines_in(text: str, height: float, room: float, style: Style = "words") -> int:
    return len(set_lines(text, height, room, style=style, family=FAMILY).lines)


def check(text: str, height: float, style: Style = "words") -> None:
    widths = narrowest_widths(text, height, 3, style=style, family=FAMILY)
    fewest = lines_in(text, height, 1e3, style)
    assert widths[0] == set_lines(text, height, 1e3, style=style, family=FAMILY).width
    for further, width in enumerate(widths[1:], start=1):
        assert lines_in(text, height, width, style) == fewest + further
        assert lines_in(text, height, width - 0.011, style) > fewest + further


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("style", ["words", "bold"])
def test_words_of_any_script_take_the_lines_for_which_a_width_was_found(text: str, style: Style) -> None:
    check(text, 0.3, style)


@given(words=st.lists(st.text("abil.,", min_size=1, max_size=9), min_size=1, max_size=7), height=st.floats(0.05, 1.0))
@settings(max_examples=30)
def test_any_words_take_the_lines_for_which_a_width_was_found(words: list[str], height: float) -> None:
    check(" ".join(words), height)


@pytest.mark.parametrize("text", ['"); #panic("x', '#read("/etc/passwd")', "$x$ and #sys.version here"])
def test_words_are_measured_letter_by_letter_and_never_obeyed(text: str) -> None:
    check(text, 0.3)


def test_a_letter_without_a_glyph_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"U\+13000"):
        narrowest_widths("a \U00013000", 0.3, 3, style="words", family=FAMILY)
