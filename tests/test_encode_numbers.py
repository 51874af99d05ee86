"""The one formatter: what it writes can be read back, keeps its sign, and never says something that is not so."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.recipe.quantity import Quantities, Quantity, Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.terms import Moving
from scenes.parts.type.numbers import (
    FULL_DIGITS,
    Formatter,
    format_live,
    format_resting,
    format_tick,
    format_typed,
    is_product,
    last_place,
    parse_shown,
)

numbers = st.floats(allow_nan=False, allow_infinity=False)
moderate = st.floats(-1e12, 1e12)
digit_counts = st.integers(2, 10)
decimal_counts = st.integers(1, 8)


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (0.3050, 4, "0.3050"),
        (0.30502, 4, "0.3050"),
        (-0.6669236856097243, 4, "\u22120.6669"),
        (-1.1669236856097243, 4, "\u22121.167"),
        (0.6809, 2, "0.68"),
        (1.0, 4, "1.000"),
        (0.0, 4, "0"),
        (-0.0, 4, "0"),
        (0.001, 4, "0.001000"),
        (0.000999999, 4, "0.001000"),
        (0.00099994, 4, "9.999\u00d710^\u22124"),
        (3.814697e-6, 4, "3.815\u00d710^\u22126"),
        (-3.9e-7, 2, "\u22123.9\u00d710^\u22127"),
        (99994.0, 4, "99990"),
        (99996.0, 4, "1.000\u00d710^5"),
        (6.4e8, 4, "6.400\u00d710^8"),
        (0.125, 2, "0.12"),
        (0.375, 2, "0.38"),
        (5e-324, 4, "4.941\u00d710^\u2212324"),
        (0.3416976558326533, FULL_DIGITS, "0.3416976558"),
    ],
)
def test_a_number_at_rest_shows_its_significant_digits(value: float, digits: int, shown: str) -> None:
    assert format_resting(value, digits) == shown


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (0.8336546, 3, "0.834"),
        (-1.0, 3, "\u22121.000"),
        (0.0, 3, "0"),
        (-0.0, 3, "0"),
        (0.0004, 3, "+0.000"),
        (-0.0004, 3, "\u22120.000"),
        (0.0005, 3, "0.001"),
        (98765.0, 3, "98765.000"),
        (123456.0, 3, "1.235\u00d710^5"),
        (1e-300, 2, "+0.00"),
    ],
)
def test_a_live_number_keeps_its_decimals(value: float, decimals: int, shown: str) -> None:
    assert format_live(value, decimals) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1.2, "1.2"),
        (1.0, "1"),
        (-0.8, "\u22120.8"),
        (0.0, "0"),
        (-0.0, "0"),
        (1e-4, "0.0001"),
        (1e-5, "1\u00d710^\u22125"),
        (100000.0, "100000"),
        (2.5e16, "2.5\u00d710^16"),
    ],
)
def test_an_input_is_shown_as_it_was_typed(value: float, shown: str) -> None:
    assert format_typed(value) == shown


@pytest.mark.parametrize(("value", "shown"), [(-50000.0, "\u221250000"), (5e5, "5\u00d710^5"), (0.0005, "0.0005")])
def test_a_tick_has_a_power_of_ten_where_a_number_at_rest_has_one_for_its_size(value: float, shown: str) -> None:
    assert format_tick(value) == shown
    assert float(parse_shown(shown)) == value


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("shown", [format_typed, lambda v: format_resting(v, 4), lambda v: format_live(v, 3)])
def test_what_is_not_finite_is_refused(shown: Callable[[float], str], value: float) -> None:
    with pytest.raises(ValueError, match="not finite"):
        shown(value)


@pytest.mark.parametrize("text", ["", "nan", "1.", ".5", "1.2.3", "-1", "\u2212", "1e5", "1\u00d710^", "0x1", " 1"])
def test_only_what_a_formatter_writes_is_read_back(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number as it is shown"):
        parse_shown(text)


@given(numbers, digit_counts)
def test_at_rest_it_reads_back_within_half_a_unit_of_the_last_digit(value: float, digits: int) -> None:
    exact = Decimal(value)
    error = abs(parse_shown(format_resting(value, digits)) - exact)
    assert error <= Decimal(5).scaleb(exact.adjusted() - digits)


@given(numbers, decimal_counts)
def test_live_it_reads_back_within_half_a_unit_of_the_last_digit(value: float, decimals: int) -> None:
    shown = parse_shown(format_live(value, decimals))
    assert abs(shown - Decimal(value)) <= Decimal(5).scaleb(last_place(shown) - 1)
    assert last_place(shown) == -decimals or abs(shown) >= 100_000 or value == 0


@given(numbers)
def test_an_input_reads_back_exactly(value: float) -> None:
    assert float(parse_shown(format_typed(value))) == value


@given(numbers, digit_counts, decimal_counts)
def test_the_sign_is_kept_and_only_zero_has_none(value: float, digits: int, decimals: int) -> None:
    for shown in (format_resting(value, digits), format_live(value, decimals), format_typed(value)):
        assert shown.startswith("\u2212") == (value < 0)
        assert (shown == "0") == (value == 0)
        assert "-" not in shown


@given(numbers, numbers, digit_counts)
def test_a_larger_number_never_reads_smaller(one: float, other: float, digits: int) -> None:
    low, high = sorted((one, other))
    assert parse_shown(format_resting(low, digits)) <= parse_shown(format_resting(high, digits))


@given(numbers, digit_counts)
def test_a_number_and_its_opposite_differ_only_in_sign(value: float, digits: int) -> None:
    assert format_resting(-abs(value), digits).removeprefix("\u2212") == format_resting(abs(value), digits)


@given(moderate, digit_counts)
def test_at_rest_the_digits_shown_are_as_many_as_asked(value: float, digits: int) -> None:
    shown = format_resting(value, digits).partition("\u00d7")[0]
    figures = shown.lstrip("\u22120.").replace(".", "")
    assert value == 0 or len(figures) >= digits


@given(numbers, digit_counts)
def test_showing_what_is_shown_changes_nothing(value: float, digits: int) -> None:
    shown = format_resting(value, digits)
    again = float(parse_shown(shown))
    assert not math.isfinite(again) or format_resting(again, digits) == shown or abs(again) < 1e-300


# ---------------------------------------------------------------------------------------------- what is shown together


def quantity(value: float, *, typed: bool = False, digits: int | None = None, least: int = 0) -> Quantity:
    """A quantity that the core has computed, by a step that changes nothing."""
    same = Run.of(Recipe.chain(("identity",), "xy"), x=Moving("x", value)).value("y")
    return Quantities.read({"q": Row("q", same, typed=typed, digits=digits, least=least)})["q"]


def exactly(text: str) -> Fraction:
    """The number that a shown text says, read by nobody's formatter."""
    mantissa, _, exponent = text.replace("\u2212", "-").partition("\u00d710^")
    return Fraction(mantissa) * Fraction(10) ** int(exponent or 0)


def unit(text: str) -> Fraction:
    """One unit of the last digit that is shown."""
    mantissa, _, exponent = text.replace("\u2212", "-").partition("\u00d710^")
    return Fraction(10) ** (int(exponent or 0) - len(mantissa.partition(".")[2]))


def test_a_quantity_is_written_by_how_it_stands_and_an_input_as_it_was_typed_unless_it_moves() -> None:
    formatter, value = Formatter(digits=4, decimals=2), 0.3416976558326533
    plain, typed = quantity(value), quantity(value, typed=True)
    assert [formatter.text(plain), formatter.text(plain, "live"), formatter.text(plain, "full")] == [
        "0.3417",
        "0.34",
        "0.3416976558",
    ]
    assert [formatter.text(typed), formatter.text(typed, "live"), formatter.text(typed, "full")] == [
        "0.3416976558326533",
        "0.34",
        "0.3416976558",
    ]
    assert formatter.text(quantity(value, digits=1)) == "0.3"
    assert formatter.text(quantity(value, least=6)) == "0.341698"
    assert formatter.text(quantity(value, digits=1, least=2)) == "0.34"
    assert formatter.text(quantity(value, least=3)) == "0.3417"


shown_texts = st.one_of(
    st.builds(format_resting, st.floats(-1e6, 1e6), st.integers(2, 4)),
    st.builds(format_live, st.floats(-20, 20), st.integers(1, 2)).filter(lambda text: "+" not in text),
    st.just("0"),
)


@given(st.lists(shown_texts, min_size=1, max_size=3), st.integers(1, 3), st.integers(2, 4), st.integers(-2, 2))
def test_what_is_shown_is_a_product_to_half_a_unit_of_its_last_digit(
    factors: list[str], over: int, digits: int, off: int
) -> None:
    exact = math.prod(map(exactly, factors), start=Fraction(1)) / over
    product = format_resting(float(exact), digits)
    if off and "\u00d7" not in product:  # some units of the last digit beside it
        decimals = len(product.partition(".")[2])
        product = f"{parse_shown(product) + off * Decimal(1).scaleb(-decimals):.{decimals}f}".replace("-", "\u2212")
    wanted = exactly(product)
    off_by, half = abs(exact - wanted), unit(product) / 2 if wanted else Fraction(0)
    assert is_product(product, factors, over) == (off_by < half if wanted else not exact)
    is_even = int(wanted / unit(product)) % 2 == 0
    ties = off_by == half and is_even
    assert is_product(product, factors, over, even=True) == (off_by < half or ties if wanted else not exact)


def test_a_product_that_lies_half_a_unit_off_is_only_nearly_that_and_nothing_but_0_gives_0() -> None:
    assert not is_product("0.12", ["0.25", "0.5"])
    assert is_product("0.12", ["0.25", "0.5"], even=True)
    assert not is_product("0.13", ["0.25", "0.5"])
    assert not is_product("0.14", ["0.25", "0.5"])
    assert is_product("0", ["0", "0.5"])
    assert not is_product("0", ["0.001", "0.001"])
    assert not is_product("\u22120.12", ["0.25", "0.5"])
    assert is_product("1.5\u00d710^\u22126", ["0.003", "0.0005"])
    assert not is_product("1.7\u00d710^\u22126", ["0.003", "0.0005"])


def test_equals_stands_where_what_is_shown_gives_what_is_shown_and_about_where_only_the_core_knows() -> None:
    three = Formatter(digits=3, decimals=3)
    delta, w, product = quantity(-1.1669), quantity(-0.8, typed=True), quantity(1.1669 * 0.8)
    assert (three.text(delta), three.text(product)) == ("\u22121.17", "0.934")
    assert not three.multiplies(product, [delta, w])  # 1.17 times 0.8 is 0.936
    assert three.multiplies(quantity(0.936), [delta, w])
    assert three.multiplies(quantity(0.468), [delta, w], 2)
    assert not three.multiplies(quantity(0.468), [delta, w])
    assert Formatter(digits=5, decimals=3).multiplies(product, [delta, w])
    third, two, six = quantity(1 / 3), quantity(2.0, typed=True), quantity(6.0, typed=True)
    assert three.divides(third, two, six)
    assert not three.divides(third, six, two)
    assert not three.divides(quantity(0.334), two, six)
    assert three.divides(quantity(3.0), six, two)


def test_a_gap_is_what_the_shown_numbers_leave_exactly_and_has_its_sign() -> None:
    three = Formatter(digits=3, decimals=3)
    one, other = quantity(0.28528), quantity(0.2849)
    assert three.leaves(quantity(0.0), one, other)
    assert not three.leaves(quantity(0.00038, digits=2), one, other)
    assert Formatter(digits=4, decimals=3).leaves(quantity(0.0004, digits=1), one, other)
    assert not Formatter(digits=4, decimals=3).leaves(quantity(-0.0004, digits=1), one, other)
    assert Formatter(digits=4, decimals=3).leaves(quantity(-0.0004, digits=1), other, one)
