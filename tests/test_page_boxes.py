"""The page, laid out: nothing overlaps, nothing leaves its region, and the forms are the richest that fit."""

from __future__ import annotations

import ast
import sys
from dataclasses import FrozenInstanceError
from itertools import product
from math import prod
from pathlib import Path

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st
from page_cases import FRAME, Page, check, code_lines, lengths, pages

import scenes.parts.page
from scenes.parts.page import (
    GROUP,
    NEAR,
    SPRING,
    TOUCH,
    Column,
    Either,
    Form,
    Layout,
    Leaf,
    Need,
    Over,
    Pad,
    Region,
    RoomError,
    Row,
    Slot,
    Stack,
    Stations,
    Table,
    Turns,
    amid,
    beside,
    between,
    during,
    gap,
    here_or_there,
    lay_out,
    on,
)
from scenes.parts.page.needs import fair, shared
from scenes.parts.page.sheet import MANY, Sheet

FILES = sorted(Path(scenes.parts.page.__file__).parent.glob("*.py"))
BOXES = ("needs.py", "boxes.py", "lines.py", "stations.py")


def square(name: str, side: float = 1.0) -> Leaf:
    """A leaf with its origin in its lower left corner."""
    return Leaf(name, Form.fixed(right=side, up=side))


def text(name: str, width: float, lines: int = 3) -> Leaf:
    """Words that are aligned left, on one line, two, ..."""
    return Leaf(name, *(Form.fixed(0.0, width / n, 0.3, 0.5 * (n - 1)) for n in range(1, lines + 1)))


def laid(page: Page, room: Region) -> Layout | RoomError:
    try:
        return lay_out(page.box, room)
    except RoomError as found:
        return found


def larger(room: Region, right: float, down: float) -> Region:
    return Region(room.left, room.bottom - down, room.right + right, room.top)


@given(page=pages(), width=lengths(2.0, 12.8), height=lengths(1.0, 5.5))
def test_nothing_overlaps_nothing_leaves_its_region_and_origins_align(page: Page, width: float, height: float) -> None:
    room = Region(-width / 2, -3.0, width / 2, height - 3.0)
    found = laid(page, room)
    event("laid out" if isinstance(found, Layout) else "refused")
    if isinstance(found, Layout):
        check(page, found, room)


@given(page=pages())
def test_the_same_page_is_laid_out_the_same_again(page: Page) -> None:
    first, second = laid(page, FRAME), laid(page, FRAME)
    assert str(first) == str(second)
    assert first == second or isinstance(first, RoomError)


@given(page=pages(), width=lengths(2.0, 12.8), height=lengths(1.0, 5.5))
def test_the_forms_are_the_first_that_fit_of_all_there_are(page: Page, width: float, height: float) -> None:
    sheet = Sheet("", page.box, Region(0.0, 0.0, width, height))
    assume(prod(sheet.counts) <= 300)
    fitting = [forms for forms in product(*map(range, sheet.counts)) if sheet.fits(forms, {})]

    def poverty(forms: tuple[int, ...]) -> tuple[object, ...]:
        costs = [cost * form for cost, form in zip(sheet.costs, forms, strict=True)]
        return sum(costs), max(costs, default=0), forms

    event(f"{min(len(fitting), 3)} of {min(prod(sheet.counts), 4)} fit")
    assert sheet.forms({}) == min(fitting, key=poverty, default=None)


@given(page=pages(), width=lengths(2.0, 12.8), height=lengths(1.0, 5.5), more=st.tuples(*[lengths(0.0, 2.0)] * 2))
def test_a_little_more_room_never_gives_a_poorer_form(
    page: Page, width: float, height: float, more: tuple[float, float]
) -> None:
    room = Region(0.0, 0.0, width, height)
    found, then = laid(page, room), laid(page, larger(room, *more))
    if isinstance(found, Layout):
        assert isinstance(then, Layout)
        assert then.poorer <= found.poorer


def test_many_choices_are_made_alike_where_they_stand_together() -> None:
    rows = [Row(text(f"a{i}", 7.0), text(f"b{i}", 7.3)) for i in range(10)]
    sheet = Sheet("", Column(*rows), FRAME)
    assert len(sheet.counts) <= 10
    assert prod(sheet.counts) <= MANY
    page = lay_out(Column(*rows), Region(0.0, 0.0, 12.8, 20.0))
    assert {place.form for place in page.places.values()} == {1}
    assert len(Sheet("", Column(*rows[:3]), FRAME).counts) == 6


def test_what_is_of_a_kind_of_its_own_is_made_alike_with_nothing_else_however_many_choices_there_are() -> None:
    forms = Form.fixed(right=1.0, down=0.5), Form.fixed(right=1.0)
    rows = [Row(Leaf(f"a{i}", *forms), Leaf(f"b{i}", *forms)) for i in range(10)]
    both = [Leaf(name, *forms) for name in ("first", "last")]
    for leaf in both:
        leaf.kind = leaf.name
    page = lay_out(Column(*rows, Column(*both, gap=TOUCH), gap=TOUCH), Region(0.0, 0.0, 12.8, 5.5))
    assert [page[name].form for name in ("a0", "b9", "first", "last")] == [0, 0, 0, 1]


def test_words_take_one_line_where_there_is_room_and_two_where_there_is_not() -> None:
    assert lay_out(text("words", 6.0), Region(0.0, 0.0, 6.0, 1.0))["words"].form == 0
    assert lay_out(text("words", 6.0), Region(0.0, 0.0, 5.9, 1.0))["words"].form == 1


def test_the_later_of_two_gives_way_first() -> None:
    page = lay_out(Row(text("first", 4.0), text("second", 4.0)), Region(0.0, 0.0, 7.0, 2.0))
    assert (page["first"].form, page["second"].form) == (0, 1)


def test_two_small_steps_are_better_than_one_large() -> None:
    words = text("first", 6.0), text("second", 6.0)
    page = lay_out(Row(*words, gap=gap(0.0)), Region(0.0, 0.0, 8.0, 2.0))
    assert (page["first"].form, page["second"].form) == (1, 1)


def test_a_costly_choice_gives_way_last() -> None:
    rich = Either(text("first", 4.0, 1), text("first", 2.0, 1), cost=3)
    page = lay_out(Row(text("second", 4.0), rich), Region(0.0, 0.0, 7.0, 2.0))
    assert page["second"].form == 1
    assert page["first"].right == 4.0


def test_what_is_alike_breaks_alike() -> None:
    titles = [Leaf(f"title {i}", *text("t", width).forms, like="titles") for i, width in enumerate((4.0, 1.0))]
    page = lay_out(Row(*titles), Region(0.0, 0.0, 4.0, 2.0))
    assert [page[f"title {i}"].form for i in range(2)] == [1, 1]


def test_a_line_of_stations_is_staggered_where_its_things_are_too_wide() -> None:
    dials = [Leaf(f"dial {i}", Form.fixed(0.4, 0.4, 0.4, 0.4)) for i in range(4)]
    numbers = [Leaf(f"number {i}", Form.fixed(0.9, 0.9, 0.2)) for i in range(4)]
    stations = Stations(on(*dials), on(*numbers, levels=2))
    levels = [
        len({place.y for name, place in lay_out(stations, Region(0.0, 0.0, width, 4.0)).places.items() if "n" in name})
        for width in (12.0, 6.0)
    ]
    assert levels == [1, 2]


@pytest.mark.parametrize("half", [0.3, 0.8, 1.1, 1.6])
@pytest.mark.parametrize("levels", [2, 3, 4])
def test_a_thing_on_a_stem_keeps_clear_of_the_stems_that_run_down_past_it(half: float, levels: int) -> None:
    dials = [Leaf(f"dial {i}", Form.fixed(0.2, 0.2, 0.2, 0.2)) for i in range(7)]
    plates = [Leaf(f"plate {i}", Form.fixed(half, half, 0.2, 0.2)) for i in range(6)]
    line = between(*plates, levels=levels, stem=0.1)
    page = lay_out(Stations(line, on(*dials), anchor=1, most=1.0), Region(0.0, 0.0, 40.0, 8.0))
    at = [page[plate.name] for plate in plates]
    for one, other in product(at, at):
        if other.y > one.y:  # its stem runs down past this one
            assert abs(other.x - one.x) >= half + 0.05 + NEAR.least - 1e-9
    assert len({round(place.y, 6) for place in at}) <= levels


def test_what_reaches_past_the_first_and_the_last_station_has_room() -> None:
    wide = [None, Leaf("wide", Form.fixed(5.0, 5.0, 0.2)), None]
    page = lay_out(Stations(on(*(square(f"dial {i}", 0.4) for i in range(3))), on(*wide), most=1.0), FRAME)
    assert FRAME.holds(page["wide"].region)
    assert page["wide"].x == pytest.approx(page["dial 1"].x)
    with pytest.raises(RoomError, match=r"^wide too wide by 0\.20"):
        lay_out(Stations(on(*map(square, "abc")), on(*wide)), Region(0.0, 0.0, 9.8, 4.0))


def test_plots_under_gates_are_equal_and_straight_under_them() -> None:
    gates = [Leaf(f"gate {i}", Form.fixed(0.3 + i / 10, 0.3, 0.2)) for i in range(3)]
    plots = [Leaf(f"plot {i}", Form.stretch((1.4, 3.0), (1.4, 2.0))) for i in range(3)]
    dials = [square(f"dial {i}", 0.5) for i in range(4)]
    page = lay_out(Stations(between(*gates), on(*dials), between(*plots)), FRAME)
    assert {round(page[f"plot {i}"].right, 6) for i in range(3)} == {round(page["plot 0"].left, 6)}
    assert [page[f"plot {i}"].x for i in range(3)] == pytest.approx([page[f"gate {i}"].x for i in range(3)])
    assert page["plot 0"].right > 1.2


def test_plots_share_room_and_texts_do_not() -> None:
    plots = [Leaf(name, Form.stretch((1.0, 4.0), (1.0, 1.0))) for name in ("one", "two")]
    page = lay_out(Row(plots[0], square("text"), plots[1], gap=gap(0.5)), Region(0.0, 0.0, 8.0, 2.0))
    widths = {name: place.left + place.right for name, place in page.places.items()}
    assert widths == pytest.approx({"one": 3.0, "two": 3.0, "text": 1.0})


@given(wishes=st.lists(st.tuples(*[lengths(0.0, 2.0)] * 2), min_size=1, max_size=6), room=lengths(0.0, 8.0))
def test_the_overlarge_are_cut_to_one_size_and_the_others_keep_their_wish(
    wishes: list[tuple[float, float]], room: float
) -> None:
    needs = [Need(0.0, least, 0.0, more) for least, more in wishes]
    room += sum(need.least for need in needs)
    sizes = shared(needs, room)
    assert sum(sizes) <= room + 1e-9
    cut = [size for size, need in zip(sizes, needs, strict=True) if need.least + 1e-9 < size < need.wish - 1e-9]
    assert max(cut, default=0.0) - min(cut, default=0.0) < 1e-9
    for size, need in zip(sizes, needs, strict=True):
        assert need.least - 1e-9 <= size <= need.wish + 1e-9
        if cut and size > max(cut) + 1e-9:
            assert size == need.least
    if any(size < need.wish - 1e-9 for size, need in zip(sizes, needs, strict=True)):
        assert sum(sizes) == pytest.approx(room, abs=1e-9)
        assert fair(needs, room) < float("inf")


def test_a_number_stands_on_its_point_in_a_table() -> None:
    digits = [[0.8, 0.1], [0.2, 0.6]]
    rows = [[Leaf(f"{i}{j}", Form.fixed(digits[i][j], 0.3, 0.2)) for j in range(2)] for i in range(2)]
    page = lay_out(Table(*rows), FRAME)
    assert page["00"].x == page["10"].x
    assert page["01"].x == page["11"].x
    assert page["01"].x - page["00"].x > 0.3 + 0.45 + 0.6 - 1e-9


def test_a_cell_may_be_empty() -> None:
    page = lay_out(Table([square("a"), None], [None, square("b")], gap=gap(0.5), lines=gap(0.5)), FRAME)
    assert (page["b"].x - page["a"].x, page["a"].y - page["b"].y) == pytest.approx((1.5, 1.5))


def test_what_is_beside_a_thing_leaves_its_origin_where_it_was() -> None:
    hubs = [Leaf(name, Form.fixed(0.5, 0.5, 0.5, 0.5)) for name in "abc"]
    marked = beside(hubs[1], square("mark", 0.2), "left", gap(0.3))
    page = lay_out(Column(hubs[0], marked, beside(hubs[2], square("top", 0.2), "above"), align="origin"), FRAME)
    assert page["a"].x == pytest.approx(page["b"].x)
    assert page["c"].x == pytest.approx(page["top"].x) == pytest.approx(page["a"].x)
    assert page["b"].region.left - page["mark"].region.right == pytest.approx(0.3)
    assert page["top"].region.bottom - page["c"].region.top >= 0.25


def test_a_gap_that_is_said_between_two_things_holds_between_them_alone() -> None:
    page = lay_out(Row(square("a"), gap(0.1), square("b"), square("c"), gap=gap(0.5)), FRAME)
    assert (page["b"].x - page["a"].x, page["c"].x - page["b"].x) == pytest.approx((1.1, 1.5))
    for items in ([], [NEAR, square("a")], [square("a"), NEAR]):
        with pytest.raises(ValueError, match="at least one"):
            Row(*items)


def test_a_spring_pushes_to_the_ends_and_a_box_that_grows_stands_in_the_middle_of_what_is_left() -> None:
    page = lay_out(Column(Row(square("a"), SPRING, square("b")), gap(0.5), Pad(square("c"), grow=True)), FRAME)
    assert (page["a"].region.left, page["b"].region.right) == pytest.approx((FRAME.left, FRAME.right))
    assert page["a"].region.top == pytest.approx(FRAME.top)
    left, right = page["c"].region.left, page["c"].region.right
    assert left + right == pytest.approx(0.0)
    below = page["a"].region.bottom - 0.5
    assert (page["c"].region.bottom + page["c"].region.top) / 2 == pytest.approx((FRAME.bottom + below) / 2)


def test_a_frame_lies_close_around_what_is_in_it() -> None:
    page = lay_out(Column(square("wide", 3.0), Pad(square("text"), 0.2, 0.1, name="plate")), FRAME)
    plate, words = page["plate"].region, page["text"].region
    assert (words.left - plate.left, plate.right - words.right) == pytest.approx((0.2, 0.2))
    assert (words.bottom - plate.bottom, plate.top - words.top) == pytest.approx((0.1, 0.1))


def test_a_slot_is_as_large_as_the_largest_and_knows_its_beats() -> None:
    page = lay_out(Row(Slot(during(square("a", 2.0), "ask"), during(square("b"), "say", "end")), square("c")), FRAME)
    assert (page["a"].x, page["a"].y) == (page["b"].x, page["b"].y)
    assert page["c"].x - page["a"].x >= 2.25
    assert set(page.shown("ask")) == {"a", "c"}
    assert set(page.shown("end")) == {"b", "c"}


def test_the_widest_moment_of_a_live_number_has_room() -> None:
    moments = Form.fixed(0.2, 0.5, 0.2), Form.fixed(0.6, 0.5, 0.2), Form.fixed(0.2, 0.9, 0.1)
    assert Form.widest(*moments) == Form.fixed(0.6, 0.9, 0.2)


def test_two_things_of_one_slot_in_one_beat_are_refused() -> None:
    with pytest.raises(ValueError, match="two things of one slot are shown in the beat 'say'"):
        lay_out(Slot(during(square("a"), "say"), during(square("b"), "ask", "say")), FRAME)


def test_a_second_owner_of_a_place_is_refused_with_both() -> None:
    one = square("one")
    with pytest.raises(ValueError, match=r"'one' has two places: Row\[0\] > Over\[0\] and Row\[1\]"):
        lay_out(Row(Over(one), square("one")), FRAME)
    assert lay_out(Either(Row(one, square("two")), Column(square("one"), square("two"))), FRAME)["one"]


def test_a_thing_stands_in_one_of_two_places_the_second_where_the_first_has_no_room() -> None:
    def is_beside(width: float) -> bool:
        here, there = here_or_there(square("note", 2.0), "note")
        found = lay_out(Column(Row(square("top", 3.0), here), there), Region(0.0, 0.0, width, 9.0))
        return found["note"].x > found["top"].x + 2.9

    assert is_beside(6.0)
    assert not is_beside(4.0)


def test_two_places_that_may_be_taken_at_once_are_refused() -> None:
    with pytest.raises(ValueError, match="'note' has two places"):
        lay_out(Row(*(Either(square("note"), square(f"no {i}")) for i in range(2))), FRAME)


def test_what_cannot_be_meant_is_refused() -> None:
    for name, forms in (("a", []), ("", [Form.fixed()])):
        with pytest.raises(ValueError, match="a leaf needs a name and a form"):
            Leaf(name, *forms)
    with pytest.raises(ValueError, match=r"align is one of origin, left, .* not 'up'"):
        Row(square("a"), align="up")
    with pytest.raises(TypeError, match="stands in Stations"):
        lay_out(Row(on(square("a"))), FRAME)


@pytest.mark.parametrize("size", [-0.1, float("nan"), float("inf")])
def test_a_need_that_is_no_length_is_refused(size: float) -> None:
    with pytest.raises(ValueError, match="'a' needs lengths"):
        lay_out(Leaf("a", Form.fixed(right=size)), FRAME)


def test_what_is_laid_out_does_not_change() -> None:
    page = lay_out(square("a"), FRAME)
    with pytest.raises(FrozenInstanceError):
        page["a"].x = 1.0  # type: ignore[misc]
    with pytest.raises(TypeError):
        page.places["b"] = page["a"]  # type: ignore[index]


def test_anything_with_a_name_and_forms_can_stand_on_a_page() -> None:
    class Dial:
        name = "dial"
        forms = (Form.fixed(0.5, 0.5, 0.5, 0.5),)

    page = lay_out(Column(Dial(), square("text"), gap=GROUP), FRAME)
    assert page["dial"].up == 0.5


def test_the_page_imports_nothing_but_the_standard_library_and_itself() -> None:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.startswith("scenes.parts.page.") or name.partition(".")[0] in sys.stdlib_module_names


def test_the_boxes_can_be_read_in_one_sitting() -> None:
    assert sum(code_lines(path.read_text(encoding="utf-8")) for path in FILES if path.name in BOXES) <= 450
    assert max(len(path.read_text(encoding="utf-8").splitlines()) for path in FILES) < 300


@given(widths=st.lists(lengths(0.2, 2.4), min_size=4, max_size=4), wide=lengths(1.0, 9.0), high=lengths(0.3, 2.0))
def test_lines_that_take_turns_share_their_place_and_what_is_amid_stands_in_the_middle(
    widths: list[float], wide: float, high: float
) -> None:
    def leaf(name: str, width: float, height: float) -> Leaf:
        return Leaf(name, Form.fixed(width / 2, width / 2, 0.0, height))

    first = Stack(
        between(*(leaf(f"graph {i}", w, 1.0) for i, w in enumerate(widths))),
        on(*(leaf(f"number {i}", 0.4, 0.3) for i in range(5))),
        gap=gap(0.5),
        beats=["one"],
    )
    second = amid(5, during(leaf("table", wide, high), "two"))
    page = Stations(on(*(leaf(f"dial {i}", 0.8, 0.8) for i in range(5))), Turns(first, second))
    found = lay_out(page, FRAME)
    table, graph, number = (found[name] for name in ("table", "graph 0", "number 0"))
    assert table.y == pytest.approx(graph.y)
    assert number.y == pytest.approx(graph.y - 1.0 - 0.5)
    assert table.x == pytest.approx((found["dial 0"].x + found["dial 4"].x) / 2)
    assert {name for name in found.shown("two") if not name.startswith("dial")} == {"table"}
    bottom = min(place.y - place.down for place in found.places.values())
    assert bottom == pytest.approx(graph.y - max(1.0 + 0.5 + 0.3, high))
