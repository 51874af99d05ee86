"""What is printed closes: sums that a viewer can do over with the digits on screen, and the digits that they get."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.recipe.quantity import Quantities, Row
from scenes.parts.recipe.terms import Constant
from scenes.parts.settings import load
from scenes.parts.type.by_hand import ByHand, closed, difference, product, quotient, unlike
from scenes.parts.type.numbers import Formatter

DIGITS = 3
CLOSED = (
    *("TwoLayerNetwork", "TwoLayerRelu", "TwoLayerReluClosed", "TwoLayerSine", "TwoLayerAbsolute"),
    *("ChainOfInfluence", "ChainOfInfluenceSeed"),
)
"""Shipped clips in which every sum closes."""
FORMATTER = Formatter(digits=DIGITS, decimals=3)
numbers = st.floats(-1e6, 1e6).filter(lambda value: value == 0 or abs(value) > 1e-6)


def read(typed: str = "", **values: float) -> Quantities:
    """Return quantities of these values; the names in ``typed`` are inputs."""
    terms = {name: Constant(value) * Constant(1.0) for name, value in values.items()}
    return Quantities.read({name: Row(name, term, typed=name in typed) for name, term in terms.items()})


def shown(quantities: Quantities, *sums: ByHand) -> dict[str, str]:
    """Return how each number is written when these sums are to close."""
    return {name: FORMATTER.text(each) for name, each in closed(quantities, sums, DIGITS).items()}


def holds(each: ByHand, texts: dict[str, str]) -> bool:
    return each.holds(*(texts[name] for name in each.names))


def test_a_factor_gets_the_digit_that_its_product_needs_and_nothing_else_gets_one() -> None:
    found = read("w", push=-1.16692, w=-0.8, back=0.933539)
    assert shown(found) == {"push": "−1.17", "w": "−0.8", "back": "0.934"}
    assert shown(found, product("back", "w", "push")) == {"push": "−1.167", "w": "−0.8", "back": "0.934"}


def test_half_a_square_closes_too() -> None:
    texts = shown(read(miss=-1.16692, L=0.680855), product("L", "miss", "miss", over=2))
    assert texts == {"miss": "−1.167", "L": "0.681"}


def test_one_size_has_one_spelling_whatever_its_sign_and_name() -> None:
    found = read("w", push=-1.16692, size=1.16692, w=-0.8, back=0.933539)
    assert shown(found, product("back", "w", "push"))["size"] == "1.167"


def test_a_quotient_gets_digits_of_what_is_divided() -> None:
    found = read("run", rise=-0.194562, run=0.2, slope=-0.972811)
    assert shown(found, quotient("slope", "rise", "run"))["rise"] == "−0.1946"


def test_a_difference_closes_in_the_places_of_its_numbers() -> None:
    assert difference("gap", "one", "other").holds("−1.167", "−0.667", "0.5")
    assert difference("gap", "one", "other").holds("−0.1946", "0.587", "0.782")
    assert not difference("gap", "one", "other").holds("−0.1946", "0.5874", "0.7816")
    assert not difference("gap", "one", "other").holds("−1.167", "−0.667", "0.6")


def test_numbers_with_a_gap_between_them_do_not_look_alike() -> None:
    found = read(found=0.285281, predicted=0.284748, gap=0.000533)
    texts = shown(found, unlike("gap", "found", "predicted"))
    assert (texts["found"], texts["predicted"]) in (("0.2853", "0.285"), ("0.285", "0.2847"))
    alike = read(found=0.25, predicted=0.25, gap=0.0)
    assert shown(alike, unlike("gap", "found", "predicted"))["found"] == "0.250"


def test_what_does_not_close_with_a_digit_more_stays_as_it_is() -> None:
    found = read("a", a=3.0, b=1.0, c=2.0)
    assert shown(found, product("b", "a", "c")) == shown(found)
    assert quotient("c", "a", "b").holds("2", "1", "0") is False


def test_sums_of_what_is_no_number_are_passed_over() -> None:
    assert shown(read(a=1.0), product("a", "nothing", "a")) == {"a": "1.00"}


@given(numbers, numbers, numbers)
def test_only_factors_grow_by_one_digit_at_most_and_never_fewer_sums_close(a: float, b: float, c: float) -> None:
    found = read("c", a=a, b=b, c=c, ab=a * b, abc=a * b * c, less=a - b)
    sums = [product("ab", "a", "b"), product("abc", "ab", "c"), difference("less", "a", "b")]
    before, after = shown(found), closed(found, sums, DIGITS)
    texts = {name: FORMATTER.text(each) for name, each in after.items()}
    assert sum(holds(each, texts) for each in sums) >= sum(holds(each, before) for each in sums)
    assert {each.row.significant(DIGITS) for each in after.values()} <= {DIGITS, DIGITS + 1}
    assert after["c"].row == found["c"].row
    assert [each.value for each in after.values()] == [each.value for each in found.values()]


@pytest.mark.parametrize("name", load(whole=False).named)
def test_every_sum_of_a_shipped_clip_closes_or_is_a_product_which_bears_nearly(name: str) -> None:
    settings = load(whole=False)
    clip = settings.clip(name)
    known = clip.quantities(settings.digits)
    formatter = Formatter(settings.digits, settings.decimals)
    sums = [each for each in clip.by_hand() if all(n in known for n in each.names)]
    loose = [each for each in sums if not each.holds(*(formatter.text(known[n]) for n in each.names))]
    assert [each for each in loose if each.how != "product"] == []
    assert loose == [] or name not in CLOSED


def test_clips_that_close_have_sums() -> None:
    settings = load(whole=False)
    assert all(list(settings.clip(name).by_hand()) for name in CLOSED)
