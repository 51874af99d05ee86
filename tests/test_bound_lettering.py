"""What can be read is what the one formatter writes for the quantity, standing where it was put."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from quantity_cases import INK, ink, lies, moving, quantity

from scenes.parts.errors import StageError
from scenes.parts.things.lettering import Align, Sign, Symbol, Words
from scenes.parts.things.readout import Form, Readout
from scenes.parts.type.numbers import Formatter, Mode, format_live, format_resting, format_typed
from scenes.parts.type.typeset import typeset

FORMATTER = Formatter(digits=4, decimals=3)
shown_values = st.floats(-1e12, 1e12).filter(lambda v: v == 0 or abs(v) > 1e-12)


def readout(
    value: float,
    mode: Mode = "resting",
    form: Form = "number",
    *,
    typed: bool = False,
    align: Align = "centre",
    symbol: str = "y",
) -> Readout:
    q = quantity(value, typed=typed, symbol=symbol)
    return Readout(q, FORMATTER, height=0.32, colour=INK, mode=mode, form=form, align=align)


@given(value=shown_values)
@settings(max_examples=40)
def test_a_readout_says_what_the_formatter_writes_in_each_of_its_ways(value: float) -> None:
    assert readout(value).reading().text == format_resting(value, 4)
    assert readout(value, "full").reading().text == format_resting(value, 10)
    assert readout(value, typed=True).reading().text == format_typed(value)
    assert readout(value, "live").reading().text == format_live(value, 3)
    assert readout(value, "live", typed=True).reading().text == format_live(value, 3)


@given(value=shown_values, form=st.sampled_from(["number", "equation", "factor", "operand"]))
@settings(max_examples=60)
def test_the_outline_of_a_readout_is_the_number_set_as_a_whole(value: float, form: Form) -> None:
    shown = readout(value, form=form, align="left")
    assert shown.fault() is None
    whole = typeset(shown.script(), 0.32)
    slack = 1e-6 + 0.02 * 0.32 * shown.text.count("7")  # as a whole, Typst leaves a hair of room after a 7
    np.testing.assert_allclose(ink(shown), whole.parts[0], atol=slack)


@given(one=st.floats(-1e6, 1e6), other=st.floats(-1e6, 1e6))
@settings(max_examples=60)
def test_two_numbers_that_are_written_differently_are_drawn_differently(one: float, other: float) -> None:
    assume(format_resting(one, 4) != format_resting(other, 4))
    honest, foreign = readout(one), readout(other)
    honest.submobjects[0].points = foreign.submobjects[0].points
    assert honest.fault() == "its outline is not the one that its value gives"


def test_a_negative_operand_stands_in_parentheses_and_an_equation_names_its_quantity() -> None:
    assert readout(-0.8, form="operand").script() == "(-0.8000)"
    assert readout(0.8, form="operand").script() == "0.8000"
    assert readout(-0.8, form="factor").script() == "times (-0.8000)"
    assert readout(-0.8, form="equation", symbol="w_2").script() == "w_2 = -0.8000"
    assert readout(3.9e-7, form="operand").script() == "3.900 times 10^(-7)"
    assert readout(-0.8, form="operand").reading().text == "−0.8000"


@given(value=st.floats(-9.999, 9.999))
@settings(max_examples=80)
def test_the_decimal_point_of_a_live_number_never_moves(value: float) -> None:
    assume(format_live(value, 3) != "0")
    sweep = moving(1.0)
    shown = Readout(sweep["q"], FORMATTER, height=0.32, colour=INK, mode="live", align="point").at(2.0, 1.0)
    sweep.x = value
    shown.draw()
    assert shown.fault() is None
    point = typeset(".", 0.32).parts[0]
    size = np.ptp(point, axis=0)
    glyphs = ink(shown)
    start = len(ink(shown)) - len(_after_the_point(shown.text)) - len(point)
    stop = glyphs[start : start + len(point)]
    np.testing.assert_allclose(np.ptp(stop, axis=0), size, atol=1e-9)
    np.testing.assert_allclose(stop - point, np.broadcast_to([2.0, 1.0, 0.0], stop.shape), atol=1e-9)


@given(value=shown_values, typed=st.booleans())
@settings(max_examples=60)
def test_numbers_below_one_another_can_be_aligned_at_their_points_however_they_are_written(
    value: float, typed: bool
) -> None:
    shown = readout(value, typed=typed, align="point").at(2.0, 1.0)
    assert shown.fault() is None
    whole = shown.text.partition("×")[0].partition(".")[0].replace("−", "-")
    left = typeset(whole, 0.32).width
    assert ink(shown)[:, 0].min() == pytest.approx(2.0 - left, abs=0.08)


def _after_the_point(text: str) -> np.ndarray:
    """All points of the digits behind the decimal point."""
    return np.concatenate([typeset(digit, 0.32).parts[0] for digit in text.split(".")[1]])


@given(values=st.lists(st.sampled_from([0.0, -0.0, 2e-5, -2e-5, 1.5, -9.999, 0.305]), min_size=1, max_size=8))
@settings(max_examples=40)
def test_a_live_number_that_passes_through_zero_stays_where_it_was_put(values: list[float]) -> None:
    sweep = moving(1.0)
    shown = Readout(sweep["q"], FORMATTER, height=0.32, colour=INK, mode="live", align="point").at(2.0, 1.0)
    for value in values:
        sweep.x = value
        shown.draw()
        there = Readout(quantity(value), FORMATTER, height=0.32, colour=INK, mode="live", align="point").at(2.0, 1.0)
        np.testing.assert_allclose(ink(shown), ink(there), atol=1e-9)


@pytest.mark.parametrize("align", ["left", "centre", "right"])
@given(value=st.floats(-1e6, 1e6), x=st.floats(-6, 6), y=st.floats(-3, 3))
@settings(max_examples=25)
def test_a_number_is_aligned_by_its_width_and_stands_on_the_line(
    align: Align, value: float, x: float, y: float
) -> None:
    shown = readout(value, align=align).at(x, y)
    left = ink(shown)[:, 0].min()
    share = {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
    assert left == pytest.approx(x - share * shown.advance, abs=0.06)
    assert -0.04 * 0.32 <= ink(shown)[:, 1].min() - y <= 0.02 or "×" in shown.text or shown.text == "0"
    assert shown.fault() is None
    assert shown.at(x + 1, y).fault() is None


def test_every_change_of_shape_of_what_is_read_is_a_fault() -> None:
    things = [
        readout(-0.6669),
        readout(0.305, form="equation"),
        Symbol(quantity(1.0, symbol="w_1"), height=0.3, colour=INK),
        Sign("times", height=0.3, colour=INK),
        Words("title", "One signal travels back", height=0.4, colour=INK),
    ]
    for thing in things:
        assert thing.fault() is None
        for lie, changed in lies(thing):
            assert changed.fault() is not None, f"{thing.name} {lie}"


@pytest.mark.parametrize("sign", ["2", "0.5", "- -", "- 1", "", "times 2", "=0", 'text("3")'])
def test_a_sign_is_one_of_three_and_never_a_number(sign: str) -> None:
    with pytest.raises(StageError, match="no sign of arithmetic"):
        Sign(sign, height=0.3, colour=INK)  # type: ignore[arg-type]


@pytest.mark.parametrize("number", [0.5, 1, np.float64(0.5), None, "0.5"])
def test_a_readout_of_a_number_that_came_from_nowhere_is_refused(number: object) -> None:
    with pytest.raises(StageError, match="is no quantity"):
        Readout(number, FORMATTER, height=0.3, colour=INK)  # type: ignore[arg-type]


@given(text=st.text(alphabet=st.sampled_from("abc xyz"), min_size=1, max_size=60), width=st.floats(0.6, 8))
@settings(max_examples=40)
def test_words_that_are_too_wide_are_broken_as_late_as_they_can_be_and_none_is_lost(text: str, width: float) -> None:
    assume(text.strip())
    words = Words("title", text, height=0.3, colour=INK, max_width=width)
    flat = Words("title", " ".join(text.split()), height=0.3, colour=INK)
    assert len(ink(words)) == len(ink(flat))
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        rows[-1:] = [longer] if not rows[-1] or typeset(longer, 0.3, "words").width <= width else [rows[-1], word]
    assert len(words.block(width).lines) == len(rows)
    assert words.advance == pytest.approx(max(typeset(row, 0.3, "words").width for row in rows), abs=1e-6)


def test_words_below_one_another_do_not_touch() -> None:
    words = Words("title", "Apfgy Apfgy Apfgy", height=0.3, colour=INK, max_width=1.2)
    lines = [line.ink for line in words.block(1.2).lines]
    assert len(lines) == 3
    for above, below in pairwise(lines):
        assert above is not None
        assert below is not None
        assert above[1] > below[3]


def test_colours_are_painted_as_asked() -> None:
    assert Symbol(quantity(1.0), height=0.3, colour="#CC8023").colours == ("#CC8023",)
    assert Words("title", "a", height=0.3, colour="#51A2FE").colours == ("#51A2FE",)
