"""Work: multiplications that are counted while the core multiplies, and once more by the audit in its own way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Constant, Work
from scenes.parts.recipe.work import Counted, multiplications
from scenes.parts.recipe.written import Written
from studio.audit.engine import Engine

widths = st.lists(st.integers(1, 7), min_size=1, max_size=6).map(tuple)
PUBLISHED = [((1,) * 4, 4, 6, 3), ((1,) * 50, 50, 1225, 49), ((784, 128, 64, 10), 1, 6_932_128, 109_184)]


@pytest.mark.parametrize(("wide", "starts", "front", "back"), PUBLISHED)
def test_the_published_counts_come_out(wide: tuple[int, ...], starts: int, front: int, back: int) -> None:
    assert (multiplications("front", wide, starts), multiplications("back", wide, starts)) == (front, back)


@given(wide=widths, data=st.data(), way=st.sampled_from(["front", "back"]))
def test_both_engines_count_the_same(wide: tuple[int, ...], data: st.DataObject, way: str) -> None:
    starts = data.draw(st.integers(1, len(wide)))
    term = Work(way, tuple(Constant(float(each)) for each in wide), starts)
    (known,) = Engine({}).known(term)
    assert number(term) == float(known.value)
    assert known.error(number(term)) == 0.0
    assert known.error(number(term) + 1.0) > 0.0


@given(n=st.integers(1, 30))
def test_of_single_numbers_it_is_half_a_square_against_a_line(n: int) -> None:
    assert multiplications("front", (1,) * n, n) == n * (n - 1) // 2
    assert multiplications("back", (1,) * n, n) == n - 1
    assert multiplications("front", (1,) * n, 1) == n - 1, "for one gradient there is no gain"


def test_a_counted_map_gives_what_the_core_gives_and_counts_its_products() -> None:
    from core.layers import Matrix

    rng = np.random.default_rng(3)
    plain = Matrix(rng.normal(size=(3, 5)))
    counted, row, columns = Counted(plain), rng.normal(size=3), rng.normal(size=(4, 5))
    assert np.array_equal(counted.vjp(row), plain.vjp(row))
    assert counted.done == 15
    assert np.array_equal(counted.jvp(columns), plain.jvp(columns))
    assert counted.done == 15 + 60


def test_there_are_two_ways_and_no_third() -> None:
    with pytest.raises(LookupError, match="from the side"):
        multiplications("side", (1, 1), 1)
    with pytest.raises(LookupError, match="from the side"):
        Engine({}).known(Work("side", (Constant(1.0),), 1))


def test_it_stands_in_a_ledger_with_its_widths_and_reads_as_words() -> None:
    term = Work("front", tuple(Constant(float(each)) for each in (3, 2)), 1)
    run = Run.of(Recipe.chain(("square",), "xy"), x=Constant(2.0))
    assert Written.of({"work": term, "y": run.value("y")})[1]["work"] == ["work", "front", 1, 3.0, 2.0]
    assert str(term) == "multiplications from the front for 1 of 3 to 2"
    assert str(Work("back", (Constant(1.0),) * 6, 1)).endswith("for 1 of 1 to 1 to 1 to 1 to 1 to 1")
    assert str(Work("back", (Constant(1.0),) * 7, 1)).endswith("for 1 of 7 values")
    assert str(Work("back", (Constant(1.0),) * 50, 50)) == "multiplications from the back for 50 of 50 values"
