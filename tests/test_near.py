"""Things on a line, each as near to a place of its own as the others let it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.page import Form, Leaf, Near, Need, Region, RoomError, lay_out
from scenes.parts.page.near import apart

lines = st.lists(st.tuples(st.floats(-5, 5), st.floats(0.05, 0.6)), min_size=1, max_size=12)
GAP = 0.2


def halves(line: list[tuple[float, float]]) -> tuple[list[float], list[Need]]:
    """The wanted places of a line, in their order, and the room of each thing."""
    ordered = sorted(line)
    return [place for place, _ in ordered], [Need(half, half) for _, half in ordered]


@given(line=lines)
def test_things_keep_their_order_and_the_gap(line: list[tuple[float, float]]) -> None:
    wanted, needs = halves(line)
    found = apart(wanted, needs, GAP)
    room = [a.after + GAP + b.before for a, b in pairwise(needs)]
    assert (np.diff(found) >= np.array(room) - 1e-9).all()


@given(line=lines)
def test_what_has_room_stands_where_it_should(line: list[tuple[float, float]]) -> None:
    wanted, needs = halves(line)
    spread = [10.0 * i for i in range(len(wanted))]
    assert apart(spread, needs, GAP) == pytest.approx(spread)


@given(line=lines)
def test_nothing_reaches_beyond_what_is_allowed_if_all_has_room(line: list[tuple[float, float]]) -> None:
    wanted, needs = halves(line)
    total = sum(need.least for need in needs) + GAP * (len(needs) - 1)
    within = total / 2 + 0.01
    found = apart(wanted, needs, GAP, within)
    assert found[0] - needs[0].before >= -within - 1e-9
    assert found[-1] + needs[-1].after <= within + 1e-9


@given(line=lines)
def test_no_other_places_are_nearer_to_the_wanted_ones(line: list[tuple[float, float]]) -> None:
    wanted, needs = halves(line)
    found = np.array(apart(wanted, needs, GAP))
    best = float(((found - np.array(wanted)) ** 2).sum())
    for shift in (-0.01, 0.01):  # moved together, they are farther
        assert float(((found + shift - np.array(wanted)) ** 2).sum()) >= best - 1e-9


def test_what_is_too_wide_for_one_line_takes_turns_on_two_and_on_one_is_refused() -> None:
    names = [Leaf(name, Form.fixed(0.9, 0.9, 0.2)) for name in "abcd"]
    room = Region(-2.2, -2.0, 2.2, 2.0)
    page = lay_out(Near(names, at=[-1.0, -0.5, 0.5, 1.0], levels=2), room)
    assert page["a"].y == page["c"].y > page["b"].y == page["d"].y
    with pytest.raises(RoomError):
        lay_out(Near(names, at=[-1.0, -0.5, 0.5, 1.0]), room)


def test_what_hangs_lower_does_so_on_one_line_and_on_several_all_hang_under_the_lowest() -> None:
    names = [Leaf(name, Form.fixed(0.5, 0.5, 0.2)) for name in "abc"]
    wide, narrow = Region(-4.0, -3.0, 4.0, 1.0), Region(-1.2, -3.0, 1.2, 1.0)
    found = [
        lay_out(Near(names, at=[-at, 0.0, at], drops=[0.3, 0.0, 1.0], levels=3), room)
        for at, room in ((2.0, wide), (0.1, narrow))
    ]
    one, several = ([page[name].y for name in "abc"] for page in found)
    assert one[1] - one[0] == pytest.approx(0.3)
    assert one[1] - one[2] == pytest.approx(1.0)
    assert several[0] == several[2]
    assert several[0] - several[1] == pytest.approx(0.45, abs=0.2)


def test_what_hangs_lower_takes_room_below() -> None:
    tall = Near([Leaf("a", Form.fixed(0.5, 0.5, 0.2))], at=[0.0], drops=[1.5])
    with pytest.raises(RoomError, match="too high"):
        lay_out(tall, Region(-1.0, -0.7, 1.0, 0.7))
