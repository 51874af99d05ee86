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
    assert apart(spread, needs, GAP).tolist() == pytest.approx(spread)


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
    found = apart(wanted, needs, GAP)
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
