"""Each function's value and slope against mpmath at 50 digits, in the tails, at the kinks and under a complex step."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import FUNCTIONS, CoreError, elementwise, forward_pass

mpmath.mp.dps = 50
EXACT = {
    "identity": lambda x: x,
    "square": lambda x: x * x,
    "cube": lambda x: x**3,
    "tanh": mpmath.tanh,
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
    "relu": lambda x: x if x > 0 else mpmath.mpf(0),
    "leaky_relu": lambda x: x if x > 0 else x * mpmath.mpf(0.01),
    "softplus": lambda x: mpmath.log1p(mpmath.exp(x)),
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "exp": mpmath.exp,
    "log": mpmath.log,
    "sqrt": mpmath.sqrt,
    "reciprocal": lambda x: 1 / x,
    "abs": abs,
    "gelu": lambda x: x * mpmath.ncdf(x),
}
SLOPES = {
    "tanh": lambda x: mpmath.sech(x) ** 2,
    "sigmoid": lambda x: mpmath.exp(-x) / (1 + mpmath.exp(-x)) ** 2,
    "softplus": lambda x: 1 / (1 + mpmath.exp(-x)),
    "gelu": lambda x: mpmath.ncdf(x) + x * mpmath.npdf(x),
}
POSITIVE = ("log", "sqrt")
# as published by torch 2.13: value and gradient of each function at its kink
TORCH_AT_ZERO = {"relu": (0.0, 0.0), "leaky_relu": (0.0, 0.01), "abs": (0.0, 0.0)}


def domain(name: str, x: float) -> float:
    """x, or a number like it that lies in the domain of a function and is neither 0 nor nearly 0."""
    x = abs(x) if name in POSITIVE else x
    return x if name not in (*POSITIVE, "reciprocal") or abs(x) > 1e-3 else x + 0.5


def off(found: float, exact: mpmath.mpf) -> float:
    """Relative difference, taken at 50 digits."""
    return float(abs(mpmath.mpf(float(found)) - exact) / abs(exact)) if exact else abs(float(found))


def test_the_table_holds_the_functions_of_the_design_in_their_order() -> None:
    assert list(FUNCTIONS) == list(EXACT)
    assert all(row.formula for row in FUNCTIONS.values())


@pytest.mark.parametrize("name", EXACT)
@pytest.mark.parametrize("x", [-3.7, -1.0, -0.3, 0.2, 1.0, 2.9])
def test_value_and_slope_agree_with_mpmath(name: str, x: float) -> None:
    row, exact, x = FUNCTIONS[name], EXACT[name], domain(name, x)
    assert off(row.value(np.float64(x)), exact(mpmath.mpf(x))) < 1e-14
    assert off(row.derivative(np.float64(x)), mpmath.diff(exact, mpmath.mpf(x))) < 1e-14


@pytest.mark.parametrize(
    ("name", "x"), [(name, x) for name in ("tanh", "sigmoid", "softplus") for x in (-700.0, -300.0, -40.0, -19.5)]
)
def test_tails_keep_fourteen_digits(name: str, x: float) -> None:
    row, exact = FUNCTIONS[name], EXACT[name]
    if abs(x) < 350 or name != "tanh":  # below this, tanh' is no longer a normal number
        assert off(row.derivative(np.float64(x)), SLOPES[name](mpmath.mpf(x))) < 1e-14
        assert off(row.derivative(np.float64(-x)), SLOPES[name](mpmath.mpf(-x))) < 1e-14
    assert off(row.value(np.float64(x)), exact(mpmath.mpf(x))) < 1e-14


@pytest.mark.parametrize("x", [-37.0, -20.0, -9.0, -5.0, 5.0, 20.0])
def test_gelu_keeps_two_in_ten_to_the_thirteen_in_its_tails(x: float) -> None:
    row = FUNCTIONS["gelu"]
    assert off(row.value(np.float64(x)), EXACT["gelu"](mpmath.mpf(x))) < 2e-13
    assert off(row.derivative(np.float64(x)), SLOPES["gelu"](mpmath.mpf(x))) < 2e-13


@pytest.mark.parametrize("name", TORCH_AT_ZERO)
@pytest.mark.parametrize("zero", [0.0, -0.0])
def test_kinks_follow_the_published_convention(name: str, zero: float) -> None:
    row = FUNCTIONS[name]
    assert (float(row.value(np.float64(zero))), float(row.derivative(np.float64(zero)))) == TORCH_AT_ZERO[name]


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "gelu"])
@pytest.mark.parametrize("x", [-25.0, -1.3, -0.0, 0.0, 0.7, 25.0])
def test_every_function_but_gelu_is_safe_under_a_complex_step(name: str, x: float) -> None:
    row, x = FUNCTIONS[name], domain(name, x)
    stepped = row.value(np.complex128(complex(x, 1e-100)))
    assert stepped.imag / 1e-100 == pytest.approx(float(row.derivative(np.float64(x))), rel=1e-13, abs=2e-200)
    array = row.value(np.array([complex(x, 1e-100)] * 3))
    assert np.array_equal(array, np.full(3, stepped))


def test_gelu_refuses_a_complex_number_rather_than_dropping_its_imaginary_part() -> None:
    with pytest.raises(CoreError, match="gelu takes no complex number"):
        FUNCTIONS["gelu"].value(np.complex128(1 + 1j))


@given(st.sampled_from(sorted(FUNCTIONS)), st.floats(-700, 700))
def test_one_number_and_an_array_of_it_give_the_same(name: str, x: float) -> None:
    row, x = FUNCTIONS[name], domain(name, x)
    for rule in (row.value, row.derivative):
        one, many = rule(np.float64(x)), rule(np.array([x, x]))
        assert np.isfinite(one)
        assert many == pytest.approx([float(one)] * 2, rel=1e-14, abs=0)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_value_shares_memory_with_its_argument(name: str) -> None:
    x = np.array([0.5, domain(name, -0.5)])
    assert not np.shares_memory(x, FUNCTIONS[name].value(x))
    assert not np.shares_memory(x, FUNCTIONS[name].derivative(x))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_comes_out_is_float64_in_the_shape_of_what_went_in(name: str) -> None:
    row = FUNCTIONS[name]
    for x in (np.float64(0.7), np.array([0.7]), np.array([[0.7, 0.2], [1.5, 3.0]]), np.full((2, 1, 3), 0.4)):
        for rule in (row.value, row.derivative):
            assert (rule(x).dtype, rule(x).shape) == (np.float64, x.shape)
            assert isinstance(rule(x), type(x))


@pytest.mark.parametrize("x", [9.1e307, 1.7e308, -9.1e307, -1.7e308])
def test_softplus_sigmoid_and_tanh_take_the_largest_numbers(x: float) -> None:
    ends = {"softplus": (max(x, 0.0), float(x > 0)), "sigmoid": (float(x > 0), 0.0), "tanh": (np.sign(x), 0.0)}
    for name, (value, slope) in ends.items():
        for at in (x, [x, x]):
            passed = forward_pass([elementwise(name)], at)
            assert np.all(passed.h[1] == value)
            assert np.all(passed.local[0].gain == slope)


@pytest.mark.parametrize(
    ("name", "x"),
    [("log", 0.0), ("log", -0.0), ("log", -2.0), ("sqrt", -1e-300), ("reciprocal", 0.0), ("reciprocal", -0.0)],
)
def test_outside_its_domain_a_function_is_an_error_that_names_the_step(name: str, x: float) -> None:
    with pytest.raises(CoreError, match=rf"^step 1 \({name}\) on h\[1\] of shape \(\): it is not defined at {x:g}$"):
        forward_pass([elementwise("identity"), elementwise(name)], x)
    with pytest.raises(CoreError, match=rf"step 0 \({name}\) .* not defined at"):
        forward_pass([elementwise(name)], [[1.0, x]])
    with pytest.raises(CoreError, match="not defined at"):  # NumPy's complex logarithm and root would answer
        forward_pass([elementwise(name)], complex(x, 1e-100))


def test_the_slope_of_a_root_at_zero_is_an_error_and_its_value_is_not() -> None:
    assert float(FUNCTIONS["sqrt"].value(np.float64(0.0))) == 0.0
    with pytest.raises(CoreError, match=r"step 0 \(sqrt\) .*: slope is not finite"):
        forward_pass([elementwise("sqrt")], 0.0)


def test_slopes_of_reciprocals_neither_overflow_nor_vanish_early() -> None:
    assert float(FUNCTIONS["reciprocal"].derivative(np.float64(1e-150))) == pytest.approx(-1e300, rel=1e-14)
    assert float(FUNCTIONS["reciprocal"].derivative(np.float64(1e155))) == pytest.approx(-1e-310, rel=1e-9, abs=0)


def test_negative_zero_does_not_come_out_of_relu_or_abs() -> None:
    for name in ("relu", "abs"):
        assert str(float(FUNCTIONS[name].value(np.float64(-3.0)) * 0)) == "0.0"
        assert not np.signbit(FUNCTIONS[name].value(np.array([-3.0, 0.0, -0.0]))).any()
        assert not np.signbit(FUNCTIONS[name].value(np.float64(-0.0)))
        assert not np.signbit(FUNCTIONS[name].value(np.array([-3 + 1e-100j, 0.0j])).real).any()


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(CoreError, match=r"^'tahn' is none of identity, square, .*; did you mean 'tanh'\?$"):
        elementwise("tahn")
    with pytest.raises(CoreError, match=r"did you mean 'tanh'\?$"):
        FUNCTIONS["tahn"]
