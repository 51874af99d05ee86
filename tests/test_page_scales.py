"""Scales that fit: round, as large as may be, one for all that is compared; too large a typed one names another."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st
from page_cases import FRAME, Page, check, lengths, pages

from scenes.parts.page import (
    Auto,
    Column,
    Form,
    Layout,
    Leaf,
    Region,
    RoomError,
    Row,
    gap,
    lay_out,
    lay_out_all,
    round_index,
    round_number,
)
from scenes.parts.page.fitting import LEAST
from scenes.parts.page.sheet import Sheet

SCALE = st.integers(-6, 4).map(round_number)


def bar(name: str, value: float, scale: str = "bars") -> Leaf:
    return Leaf(name, lambda scales: Form.fixed(0.1, 0.1, abs(value) * scales[scale], 0.0))


def words(width: float) -> Leaf:
    return Leaf("words", Form.fixed(0.0, width, 0.3), Form.fixed(0.0, width / 2, 0.3, 0.5))


def laid(page: Page, scales: Mapping[str, float | Auto], room: Region = FRAME) -> Layout | RoomError:
    try:
        return lay_out(page.box, room, scales)
    except RoomError as found:
        return found


def fits(page: Page, scale: float, room: Region = FRAME) -> bool:
    return isinstance(laid(page, {"bars": scale}, room), Layout)


@given(page=pages(scaled=True), most=SCALE)
def test_the_scale_is_round_and_the_next_larger_does_not_fit(page: Page, most: float) -> None:
    found = laid(page, {"bars": Auto(most=most)})
    if isinstance(found, RoomError):
        assert not fits(page, LEAST)
        return
    check(page, found, FRAME)
    scale = found.scales["bars"]
    assert scale == round_number(round_index(scale)) <= most
    event("as large as it may be" if scale == most else "as large as fits")
    assert scale == most or not fits(page, round_number(round_index(scale) + 1))
    assert found.poorer == lay_out(page.box, FRAME, {"bars": scale}).poorer


@given(page=pages(scaled=True), enough=SCALE)
def test_beyond_what_is_enough_a_larger_scale_makes_no_form_poorer(page: Page, enough: float) -> None:
    found = laid(page, {"bars": Auto(most=100.0, enough=enough)})
    assume(isinstance(found, Layout) and fits(page, enough))
    assert isinstance(found, Layout)
    assert found.scales["bars"] >= enough
    assert found.poorer == lay_out(page.box, FRAME, {"bars": enough}).poorer


@given(page=pages(scaled=True), more=st.tuples(*[lengths(0.0, 1.0)] * 2), enough=st.none() | SCALE)
def test_a_little_more_room_never_gives_a_smaller_scale_or_for_the_same_a_poorer_form(
    page: Page, more: tuple[float, float], enough: float | None
) -> None:
    wanted = {"bars": Auto(most=5.0, enough=enough)}
    larger = Region(FRAME.left, FRAME.bottom - more[1], FRAME.right + more[0], FRAME.top)
    found, then = laid(page, wanted), laid(page, wanted, larger)
    if isinstance(found, Layout):
        assert isinstance(then, Layout)
        worth = [(min(page.scales["bars"], enough or 5.0), -page.poorer, page.scales["bars"]) for page in (found, then)]
        assert worth[0] <= worth[1]


def test_a_scale_goes_before_forms_up_to_what_is_enough_and_forms_before_it_beyond() -> None:
    page = Column(words(6.0), bar("bar", 1.0), gap=gap(0.2))
    room = Region(0.0, 0.0, 5.0, 3.5)
    assert lay_out(page, room, {"bars": Auto()}).scales["bars"] == 2.0
    one_line = Region(0.0, 0.0, 6.0, 2.6)
    assert lay_out(page, one_line, {"bars": Auto()}).poorer == 0
    tight = Row(words(6.0), bar("bar", 1.0), gap=gap(0.2))
    sideways = Row(words(6.0), Leaf("arrow", lambda scales: Form.fixed(0.0, scales["bars"])), gap=gap(0.2))
    assert lay_out(tight, FRAME, {"bars": Auto()}).poorer == 0
    for enough, scale, poorer in ((None, 5.0, 1), (1.0, 2.0, 0), (5.0, 5.0, 1)):
        found = lay_out(sideways, Region(0.0, 0.0, 8.6, 2.0), {"bars": Auto(enough=enough)})
        assert (found.scales["bars"], found.poorer) == (scale, poorer)


@given(values=st.lists(st.floats(0.05, 20.0), min_size=1, max_size=3), typed=SCALE)
def test_a_typed_scale_is_kept_or_refused_with_the_largest_that_would_do(values: list[float], typed: float) -> None:
    page = Row(*(bar(f"bar {i}", value) for i, value in enumerate(values)))
    room = Region(0.0, 0.0, 10.0, 3.0)
    if max(values) * typed <= 3.0:
        assert lay_out(page, room, {"bars": typed}).scales["bars"] == typed
        return
    with pytest.raises(RoomError) as caught:
        lay_out(page, room, {"bars": typed})
    would = caught.value.would["bars"]
    assert max(values) * would <= 3.0 < max(values) * round_number(round_index(would) + 1)
    assert f"bars {would:g} would do" in str(caught.value)


def test_no_scale_is_named_where_none_would_do() -> None:
    with pytest.raises(RoomError) as caught:
        lay_out(Column(bar("bar", 1.0), words(20.0)), Region(0.0, 0.0, 3.0, 3.0), {"bars": 10.0})
    assert (caught.value.direction, caught.value.would) == ("wide", {})
    assert "would do" not in str(caught.value)


def test_pages_of_one_clip_share_their_scale() -> None:
    pages = {"small": bar("bar", 1.0), "large": bar("bar", 12.0)}
    found = lay_out_all(pages, FRAME, {"bars": Auto()})
    assert [page.scales["bars"] for page in found.values()] == [0.2, 0.2]
    assert found["small"]["bar"].up == pytest.approx(0.2)
    with pytest.raises(RoomError, match=r"^large: bar too high by 0\.50") as caught:
        lay_out_all(pages, FRAME, {"bars": 0.5})
    assert (caught.value.page, caught.value.would) == ("large", {"bars": 0.2})


def test_two_scales_are_lowered_together_and_then_each_is_as_large_as_it_goes() -> None:
    page = Column(bar("one", 1.0, "a"), bar("other", 3.0, "b"), gap=gap(0.0))
    found = lay_out(page, FRAME, {"a": Auto(), "b": Auto()})
    a, b = found.scales["a"], found.scales["b"]
    assert (a, b) == (2.0, 1.0)
    sheet = Sheet("", page, FRAME)
    assert sheet.fits((), found.scales)
    for larger in ({"a": 5.0}, {"b": 2.0}):
        assert not sheet.fits((), {**found.scales, **larger})


def test_a_scale_that_nothing_needs_is_as_large_as_it_may_be() -> None:
    assert lay_out(words(1.0), FRAME, {"bars": Auto(most=0.7)}).scales["bars"] == 0.5
