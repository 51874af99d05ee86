"""What has no room is named: what is too large, by how much, in which direction, and how large it might be."""

from __future__ import annotations

import pytest
from hypothesis import assume, event, given
from page_cases import FRAME, Page, lengths, pages

from scenes.parts.page import Column, Form, Layout, Leaf, Region, RoomError, Row, Stations, gap, lay_out, on


def leaf(name: str, width: float, height: float = 0.3) -> Leaf:
    return Leaf(name, Form.fixed(0.0, width, height))


def fault(page: object, width: float, height: float) -> RoomError | None:
    try:
        lay_out(page, Region(0.0, 0.0, width, height))  # type: ignore[arg-type]
    except RoomError as found:
        return found
    return None


@given(page=pages(), width=lengths(0.5, 8.0), height=lengths(0.3, 4.0))
def test_with_the_room_that_is_missing_a_page_fits_or_is_too_large_the_other_way(
    page: Page, width: float, height: float
) -> None:
    first = fault(page.box, width, height)
    assume(first is not None)
    assert first is not None
    assert first.over > 0.0
    by = first.over + 1e-6
    assert fault(page.box, *((width + by, height) if first.direction == "wide" else (width, height + by))) is None or (
        first.direction == "wide" and fault(page.box, width + by, height).direction == "high"  # type: ignore[union-attr]
    )
    less = first.over - 1e-3
    if less > 0.0:
        size = (width + less, height) if first.direction == "wide" else (width, height + less)
        assert fault(page.box, *size).direction == first.direction  # type: ignore[union-attr]
    event(first.direction)


@given(page=pages(), width=lengths(0.5, 8.0), height=lengths(0.3, 4.0))
def test_every_name_is_on_the_page_and_could_be_smaller(page: Page, width: float, height: float) -> None:
    found = fault(page.box, width, height)
    assume(found is not None)
    assert found is not None
    everything = lay_out(page.box, Region(0.0, 0.0, 500.0, 500.0))
    assert isinstance(everything, Layout)
    event(f"{min(len(found.names), 3)} names")
    assert all(room >= 0.0 for room in found.room.values())
    assert list(found.room) == list(found.names)


def test_the_longest_text_that_would_do_is_named() -> None:
    found = fault(Column(leaf("title", 3.0), leaf("sentence", 9.0)), 7.5, 3.0)
    assert found is not None
    assert (found.names, found.direction) == (("sentence",), "wide")
    assert found.over == pytest.approx(1.5)
    assert found.room == pytest.approx({"sentence": 7.5})
    assert str(found) == "sentence too wide by 1.50; sentence may be 7.50"
    assert fault(Column(leaf("title", 3.0), leaf("sentence", found.room["sentence"] - 1e-6)), 7.5, 3.0) is None


def test_of_two_that_are_equally_too_wide_both_are_named() -> None:
    found = fault(Column(leaf("title", 9.0), leaf("sentence", 9.0)), 7.5, 3.0)
    assert found is not None
    assert found.room == pytest.approx({"title": 7.5, "sentence": 7.5})


def test_at_stations_what_is_too_wide_is_the_pair_that_keeps_them_apart() -> None:
    def page(width: float) -> Stations:
        numbers = [Leaf(f"n{i}", Form.fixed(w / 2, w / 2, 0.2)) for i, w in enumerate((1.0, width, 2.0, 1.0))]
        return Stations(on(*numbers, gap=gap(0.2)))

    found = fault(page(3.0), 7.6, 2.0)
    assert found is not None
    assert (set(found.names[:2]), set(found.names[2:])) == ({"n1", "n2"}, {"n0", "n3"})
    assert found.over == pytest.approx(3 * 2.7 + 1.0 - 7.6)
    assert fault(page(found.room["n1"] - 1e-6), 7.6, 2.0) is None
    assert fault(page(found.room["n1"] + 1e-2), 7.6, 2.0) is not None


def test_what_is_too_high_is_named_in_the_lowest_forms_that_are_not_too_wide() -> None:
    words = Leaf("words", Form.fixed(0.0, 9.0, 0.3), Form.fixed(0.0, 4.5, 0.3, 0.5))
    found = fault(Column(words, leaf("plot", 2.0, 1.4), gap=gap(0.2)), 5.0, 2.0)
    assert found is not None
    assert (found.direction, found.names) == ("high", ("plot", "words"))
    assert found.over == pytest.approx(0.4)
    assert found.room == pytest.approx({"plot": 1.0, "words": 0.4})


def test_where_gaps_alone_have_no_room_the_page_is_named() -> None:
    found = fault(Row(leaf("a", 0.0), leaf("b", 0.0), gap=gap(2.0)), 1.0, 1.0)
    assert found is not None
    assert (found.names, str(found)) == ((), "the page too wide by 1.00")


def test_three_names_are_said_as_two_and_more() -> None:
    found = fault(Row(*(leaf(name, 3.0) for name in "abc"), gap=gap(0.0)), 2.0, 1.0)
    assert found is not None
    assert str(found) == "a and b and 1 more too wide by 7.00"
    assert found.room == {"a": 0.0, "b": 0.0, "c": 0.0}


def test_a_page_that_fits_exactly_is_no_fault() -> None:
    assert fault(leaf("a", FRAME.right - FRAME.left), FRAME.right - FRAME.left, 0.3) is None
