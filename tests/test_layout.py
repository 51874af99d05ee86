"""Lettering that reaches past its margin, into the captions or over other lettering is refused by name."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from quantity_cases import INK, quantity, turns

from scenes.parts.errors import LayoutError
from scenes.parts.measure import Axis
from scenes.parts.stage.overlaps import layout_faults
from scenes.parts.stage.paged import REGION
from scenes.parts.theme import EDGE_MARGIN, FRAME_WIDTH, Theme
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.letter_pen import _PAUSE
from scenes.parts.things.lettering import Symbol, Words
from scenes.parts.things.plot import Dot
from scenes.parts.things.readout import Readout
from scenes.parts.things.shapes import arrow
from scenes.parts.things.stretch import Stretch
from scenes.parts.type.numbers import Formatter

THEME = Theme.of("dark", {}, "Source Sans 3")
RIGHT, LEFT, TOP, BOTTOM = 128 / 18 - 0.4, 0.4 - 128 / 18, 3.6, -3.0


def words(text: str, x: float = 0.0, y: float = 0.0) -> Words:
    return Words("title", text, height=0.36, colour=INK, align="centre").at(x, y)


def number(x: float, y: float) -> Readout:
    return Readout(quantity(0.3051), Formatter(4, 3), height=0.32, colour=INK).at(x, y)


def check_layout(things: list[Shown]) -> None:
    for fault in layout_faults(things):
        raise fault


def room(n: Readout) -> float:
    """How far a number is from the nearest edge of its part of the frame; negative outside."""
    sides = n.get_left()[0] - LEFT, RIGHT - n.get_right()[0], n.get_bottom()[1] - BOTTOM, TOP - n.get_top()[1]
    return float(min(sides))


def test_what_has_room_is_let_through() -> None:
    check_layout([words("One signal", -4, 2), words("travels back", 4, 2), number(0, 0), number(0, -1)])
    check_layout([])


@pytest.mark.parametrize("side", [-1, 1])
def test_what_reaches_past_a_side_is_named_with_how_far(side: int) -> None:
    with pytest.raises(LayoutError, match=r"words title \('travels'\).* reaches 0\.\d\d units past the margin"):
        check_layout([words("travels", side * 6.7)])


@pytest.mark.parametrize("y", [3.7, 4.0, -3.2, -3.9])
def test_what_stands_above_the_margin_or_in_the_captions_is_named(y: float) -> None:
    with pytest.raises(LayoutError, match=r"words title .* the part of the frame that is kept for it"):
        check_layout([words("travels", 0, y)])


def test_what_lies_over_another_text_is_named_with_it() -> None:
    with pytest.raises(LayoutError) as caught:
        check_layout([words("travels", 0, 0), number(0.2, 0.1)])
    assert "words title ('travels') lies over readout of q ('0.3051')" in str(caught.value)


def test_what_has_no_ink_is_in_nobodys_way() -> None:
    check_layout([words(" ", 0, 0), words("travels", 0, 0)])


@given(x=st.floats(-7, 7), y=st.floats(-4, 4), dx=st.floats(-3, 3), dy=st.floats(-1, 1))
@settings(max_examples=60)
def test_two_numbers_pass_exactly_when_their_boxes_are_apart(x: float, y: float, dx: float, dy: float) -> None:
    one, other = number(x, y), number(x + dx, y + dy)
    wide, high = one.width, one.height
    assume(abs(abs(dx) - wide) > 0.05)
    assume(abs(abs(dy) - high) > 0.05)
    overlap = abs(dx) < wide and abs(dy) < high
    spare = min(room(one), room(other))
    assume(abs(spare) > 0.05)
    try:
        check_layout([one, other])
        passed = True
    except LayoutError:
        passed = False
    assert passed == (spare > 0 and not overlap)


def test_symbols_are_lettering_too() -> None:
    with pytest.raises(LayoutError, match="symbol of q"):
        check_layout([Symbol(quantity(1.0, symbol="y"), height=0.3, colour=INK).at(7.0, 0.0)])


class Needle(Decor):
    """An arrow of any direction that counts as one that measures."""

    measures = True

    def __init__(
        self,
        length: float,
        tail: tuple[float, float],
        direction: tuple[float, float] = (-1.0, 0.0),
        filled: bool = True,
    ) -> None:
        self.ends = np.array([*tail, 0.0]), np.array([*tail, 0.0]) + length * np.array([*direction, 0.0])
        super().__init__([Paint(INK)] * 2, arrow(*self.ends, width=0.085, head=0.26, filled=filled))


def dot(x: float, y: float) -> Dot:
    return Dot(quantity(x), Axis("x_range", -7.0, 7.0, (-7.0, y, 0.0), (7.0, y, 0.0)), colour=INK)


def bar(length: float, x: float, y: float) -> Stretch:
    line = Axis("y_range", -7.0, 7.0, (-7.0, y, 0.0), (7.0, y, 0.0))
    return Stretch(quantity(length), start=quantity(x), axis=line, lift=0.0, thick=0.3, theme=THEME, colour=INK)


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (Needle(2.0, (1.0, 0.15)), "decor lies over readout of q ('0.3051'): lower digits"),
        (Needle(2.0, (1.0, 0.05), (-1.0, 0.3)), "decor lies over readout of q"),
        (Needle(2.0, (1.0, 0.15), filled=False), "decor lies over readout of q"),
        (bar(0.0, 0.0, 0.1), "stretch of q lies over readout of q"),
        (bar(1.5, -0.1, 0.1), "stretch of q lies over readout of q ('0.3051'): lower digits"),
        (dot(0.1, 0.1), "dot of q lies over readout of q ('0.3051'): lower digits; or widen x_range"),
    ],
)
def test_what_measures_may_not_lie_over_a_number(shape: Shown, said: str) -> None:
    with pytest.raises(LayoutError) as caught:
        check_layout([shape, number(0, 0)])
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "shape",
    [Needle(2.0, (1.0, 0.55)), Needle(2.0, (1.0, -0.45)), bar(-1.5, -1.0, 0.1), bar(1.5, 0.0, -0.5), dot(0.7, 0.1)],
)
def test_what_measures_may_stand_beside_a_number(shape: Shown) -> None:
    check_layout([shape, number(0, 0)])


def test_what_measures_may_lie_over_what_measures() -> None:
    check_layout([Needle(2.0, (1.0, 0.15)), dot(0.1, 0.15), bar(1.0, 0.0, 0.1)])


@given(x=st.floats(-4, 4), y=st.floats(-2, 2), value=st.floats(1.0, 3.0), direction=turns)
def test_an_arrow_of_any_direction_is_refused_exactly_when_its_shaft_or_head_meets_the_number(
    x: float, y: float, value: float, direction: tuple[float, float]
) -> None:
    drawn, shown = Needle(value, (x, y), direction), number(0, 0)
    (left, bottom, _), (right, top, _) = shown.get_corner([-1, -1, 0]), shown.get_corner([1, 1, 0])
    tail, tip = (end[:2] for end in drawn.ends)
    along = tail + np.linspace(0.0, 1.0, 400)[:, None] * (tip - tail)
    apart = np.maximum(
        np.maximum(left - along[:, 0], along[:, 0] - right), np.maximum(bottom - along[:, 1], along[:, 1] - top)
    ).min()  # below 0 where the middle of the arrow runs through the box
    assume(not 0.02 - 0.06 < apart < 0.15)  # a shaft is 0.085 wide, a head 0.26
    try:
        check_layout([drawn, shown])
        passed = True
    except LayoutError:
        passed = False
    assert passed == (apart > 0)


def test_the_small_pause_mark_stands_beside_the_longest_sentence_and_inside_the_margin() -> None:
    size, right, _ = _PAUSE[True]
    assert right - (0.38 + 0.09) * size > REGION.right
    assert right + 0.09 * size <= FRAME_WIDTH / 2 - EDGE_MARGIN + 1e-9
