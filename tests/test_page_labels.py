"""Labels beside points: clear of what stands and of one another, the same each time, poorer forms last."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st
from page_cases import lengths

from scenes.parts.page import Form, Label, Place, Region, place_labels

ROOM = Region(-3.0, -2.0, 3.0, 2.0)
points = st.tuples(lengths(-3.0, 3.0), lengths(-2.0, 2.0))
sizes = st.tuples(lengths(0.1, 1.5), lengths(0.1, 0.4))


def label(name: str, at: tuple[float, float], size: tuple[float, float], forms: int = 1, **kw: object) -> Label:
    shapes = tuple(Form.fixed(right=size[0] / n, up=size[1], down=(n - 1) * 0.3) for n in range(1, forms + 1))
    return Label(name, *at, shapes, **kw)  # type: ignore[arg-type]


some = st.lists(st.tuples(points, sizes, st.integers(1, 2)), min_size=1, max_size=4).map(
    lambda found: [label(f"label {i}", *one) for i, one in enumerate(found)]
)
boxes = st.lists(st.tuples(points, sizes), max_size=4).map(
    lambda found: [Region(x, y, x + width, y + height) for (x, y), (width, height) in found]
)


@given(labels=some, standing=boxes)
def test_labels_lie_in_their_room_beside_their_points_and_over_nothing(
    labels: list[Label], standing: list[Region]
) -> None:
    found = place_labels(labels, standing, ROOM)
    event("placed" if found else "no room")
    assert found == place_labels(labels, standing, ROOM)
    if found is None:
        return
    for one in labels:
        region = found[one.name].region
        assert ROOM.holds(region)
        assert not any(region.meets(other) for other in standing)
        dx = max(region.left - one.x, one.x - region.right, 0.0)
        dy = max(region.bottom - one.y, one.y - region.top, 0.0)
        assert max(dx, dy) == pytest.approx(one.clear)
    assert not any(a.region.meets(b.region) for a, b in combinations(found.values(), 2))


@given(labels=some, standing=boxes, more=lengths(0.0, 1.0))
def test_a_little_more_room_never_gives_a_poorer_label(
    labels: list[Label], standing: list[Region], more: float
) -> None:
    found = place_labels(labels, standing, ROOM)
    assume(found is not None)
    then = place_labels(labels, standing, Region(ROOM.left - more, ROOM.bottom, ROOM.right + more, ROOM.top + more))
    assert found is not None
    assert then is not None
    assert sum(place.form for place in then.values()) <= sum(place.form for place in found.values())


@given(labels=some, standing=boxes)
def test_the_first_label_is_placed_wherever_one_of_its_places_is_free(
    labels: list[Label], standing: list[Region]
) -> None:
    free = [
        place
        for place in labels[0].places()
        if ROOM.holds(place.region) and not any(place.region.meets(other) for other in standing)
    ]
    assert (place_labels(labels[:1], standing, ROOM) or {}).get(labels[0].name) == (free[0] if free else None)


def test_a_label_stands_at_the_side_it_likes_and_else_at_another() -> None:
    one = label("a", (0.0, 0.0), (1.0, 0.2), sides=("above", "left"), clear=0.1)
    assert place_labels([one], [], ROOM)["a"].y == pytest.approx(0.1)
    assert place_labels([one], [Region(0.4, 0.2, 0.6, 0.4)], ROOM)["a"].x == pytest.approx(-1.1)


def test_a_side_it_likes_less_is_better_than_a_poorer_form() -> None:
    one = label("a", (2.0, 0.0), (1.0, 0.2), forms=2)
    found = place_labels([one], [], ROOM)["a"]
    assert (found.form, found.region.right < 2.0) == (0, True)
    found = place_labels([one], [Region(-3.0, -2.0, 1.9, 2.0)], ROOM)["a"]
    assert (found.form, found.region.left > 2.0) == (1, True)


def test_labels_of_different_beats_may_share_a_place() -> None:
    asks = label("a", (0.0, 0.0), (1.0, 0.2), beats=("ask",))
    says = label("b", (0.0, 0.0), (1.0, 0.2), beats=("say",))
    found = place_labels([asks, says], [], ROOM)
    assert found["a"].region == found["b"].region
    assert found["a"].beats == ("ask",)
    together = place_labels([asks, label("b", (0.0, 0.0), (1.0, 0.2))], [], ROOM)
    assert not together["a"].region.meets(together["b"].region)
    frozen = Place("number", 0.5, 0.0, 0.5, 0.5, 0.2, 0.2, beats=("say",))
    assert place_labels([asks], [frozen], ROOM)["a"].region.meets(frozen.region)
