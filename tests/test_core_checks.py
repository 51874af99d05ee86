"""The checks, and the checker itself caught with derivatives that are wrong."""

from fractions import Fraction

import numpy as np
import pytest

from core import (
    FUNCTIONS,
    CoreError,
    Function,
    central_difference,
    complex_step,
    dense,
    elementwise,
    gradient_check,
    nudge,
    scale,
    step_curve,
)
from core.checks import relative_error

EXAMPLE = [scale(1.2), elementwise("tanh"), scale(-0.8)]
GOAL = {"target": 0.5, "loss": "half_squared_error"}


def test_a_right_network_passes_to_thirteen_digits() -> None:
    rng = np.random.default_rng(1)
    net = [dense(rng.normal(size=(5, 4)), rng.normal(size=5)), elementwise("tanh"), dense(rng.normal(size=(3, 5)))]
    rows = gradient_check(net, rng.normal(size=(6, 4)), target=[0, 1, 2, 0, 1, 2], loss="softmax_cross_entropy")
    assert len(rows) == 20 + 5 + 15 + 3 + 24
    assert max(row.relative_error for row in rows) < 1e-12
    assert [(row.layer, row.parameter, row.entry) for row in rows[:2]] == [(0, "W", (0, 0)), (0, "W", (0, 1))]
    assert rows[-1].layer is None


def test_a_slope_that_is_a_twentieth_of_a_percent_off_is_caught() -> None:
    bad = Function("bad", np.tanh, lambda x: 1.0005 * FUNCTIONS["tanh"].derivative(x), "")
    rows = gradient_check([scale(1.2), elementwise(bad), scale(-0.8)], 1, **GOAL)
    errors = {(row.layer, row.parameter): row.relative_error for row in rows}
    assert errors[0, "w"] == pytest.approx(0.0005 / 1.0005, rel=1e-9)
    assert errors[None, "x"] == pytest.approx(0.0005 / 1.0005, rel=1e-9)
    assert errors[2, "w"] < 1e-14


@pytest.mark.parametrize("size", [1e-8, 1e-20, 1e-100])
def test_a_wrong_sign_is_caught_however_small_the_gradient(size: float) -> None:
    bad = Function("bad", lambda x: size * np.sin(x), lambda x: -size * np.cos(x), "")
    assert gradient_check([elementwise(bad)], 0.4)[-1].relative_error == pytest.approx(2.0, rel=1e-14)


def test_a_swapped_index_is_caught() -> None:
    right = dense([[0.3, -0.7], [0.2, 0.9]])
    swapped = right._replace(gradients=lambda h, d: {k: g.T for k, g in right.gradients(h, d).items()})
    goal = {"target": [0.1, 0.2], "loss": "half_squared_error"}
    assert max(row.relative_error for row in gradient_check([right], [0.5, -0.4], **goal)) < 1e-14
    wrong = {row.entry for row in gradient_check([swapped], [0.5, -0.4], **goal) if row.relative_error > 1e-3}
    assert wrong == {(0, 1), (1, 0)}


def test_a_forgotten_factor_is_caught() -> None:
    right = elementwise("tanh")
    forgotten = right._replace(local=lambda h_in, h_out: elementwise("identity").local(h_in, h_out))
    assert max(row.relative_error for row in gradient_check([scale(1.2), forgotten], 1, **GOAL)) > 0.5


def test_gradients_of_ten_to_the_minus_twenty_are_checked_to_the_last_digits() -> None:
    rows = gradient_check([scale(1e-10), elementwise("sin"), scale(1e-10)], 0.7)
    assert abs(rows[-1].analytic) == pytest.approx(1e-20, rel=1e-6)
    assert max(row.relative_error for row in rows) < 1e-14


def test_gelu_is_checked_by_central_difference_because_it_takes_no_complex_step() -> None:
    net = [scale(1.3), elementwise("gelu")]
    with pytest.raises(CoreError, match="gelu takes no complex number"):
        gradient_check(net, 0.4)
    assert max(row.relative_error for row in gradient_check(net, 0.4, method="central_difference")) < 1e-9


@pytest.mark.parametrize("x", [0.0, -1.0])
@pytest.mark.parametrize("name", ["relu", "leaky_relu", "abs"])
def test_at_a_kink_the_complex_step_answers_with_the_convention(name: str, x: float) -> None:
    assert max(row.relative_error for row in gradient_check([elementwise(name), scale(2)], x)) < 1e-15


def test_a_sweep_is_checked_one_x_at_a_time() -> None:
    with pytest.raises(CoreError, match=r"not a sweep of shape \(2,\)"):
        gradient_check(EXAMPLE, [1.0, 2.0])


def test_an_unknown_method_is_answered_with_the_nearest() -> None:
    with pytest.raises(CoreError, match="did you mean 'complex_step'"):
        gradient_check(EXAMPLE, 1, method="complexstep")


def test_a_method_that_is_no_name_at_all_is_answered_with_those_that_are() -> None:
    with pytest.raises(CoreError, match=r"^'None' is none of complex_step, central_difference"):
        step_curve(np.sin, 1.0, float(np.cos(1.0)), [1e-3], None)


def test_the_complex_step_is_right_at_numbers_whose_cube_is_far_below_all_others() -> None:
    for x in (1e-60, 1e-80, 1e-90):
        exact = float(Fraction(x) ** 2 * 3)
        assert float(complex_step(lambda v: v * v * v, x)) == pytest.approx(exact, rel=1e-13, abs=0)


def test_the_error_of_a_central_difference_is_a_u_and_that_of_a_complex_step_falls_flat() -> None:
    steps = 10.0 ** np.arange(-12, 0)
    u = step_curve(np.sin, 1.0, float(np.cos(1.0)), steps, "central_difference")
    best = int(np.argmin(u))
    assert 1e-7 < steps[best] < 1e-4
    assert u[0] > 1e3 * u[best] < u[-1]
    flat = step_curve(np.sin, 1.0, float(np.cos(1.0)), steps[:5], "complex_step")
    assert max(flat) < 1e-15


@pytest.mark.parametrize("rule", [complex_step, central_difference])
def test_a_numeric_gradient_has_the_shape_of_x(rule) -> None:
    x = np.array([[0.3, -0.2], [0.5, 1.0]])
    found = rule(lambda v: np.sum(np.sin(v) * [[1, 2], [3, 4]]), x)
    assert found == pytest.approx(np.cos(x) * [[1, 2], [3, 4]], rel=1e-9)
    for step in (0.0, -1.0, np.inf, np.nan):
        with pytest.raises(CoreError, match=r"a step is (one positive number|not an array of finite numbers)"):
            rule(np.sin, 1.0, step)


def test_relative_error_is_two_for_a_wrong_sign_and_zero_for_two_zeros() -> None:
    assert float(relative_error(1e-300, -1e-300)) == 2.0
    assert relative_error(np.array([0.0, 1.0]), np.array([0.0, 2.0])).tolist() == [0.0, 0.5]


@pytest.mark.parametrize(("a", "b"), [(2.0, 3.0), (-2.0, -3.0), (-3.0, 2.0), (3.0, -2.0), (0.0, -4.0), (-4.0, 0.0)])
def test_relative_error_is_measured_by_the_larger_magnitude_whatever_the_signs(a: float, b: float) -> None:
    exact = abs(Fraction(a) - Fraction(b)) / max(abs(Fraction(a)), abs(Fraction(b)))
    for one, other in ((a, b), (b, a)):
        assert float(relative_error(one, other)) == pytest.approx(float(exact), rel=1e-15)
        assert relative_error(np.array([one]), np.array([other])).tolist() == [float(relative_error(one, other))]


def test_a_nudge_carries_everything_that_it_was_computed_from() -> None:
    for layer, parameter, gradient in (
        (0, "w", 0.2847480465272111),
        (2, "w", -0.9728113065401505),
        (None, "x", 0.3416976558326533),
    ):
        found = nudge(EXAMPLE, 1, layer=layer, parameter=parameter, step=1e-4, **GOAL)
        assert found.step == 1e-4
        assert found.loss == pytest.approx(0.6808554440184913, rel=1e-15)
        assert found.rise == found.loss_plus - found.loss_minus
        assert (found.run, found.numeric) == (2e-4, found.rise / 2e-4)
        assert found.analytic == pytest.approx(gradient, rel=1e-15)
        assert found.gap == found.numeric - found.analytic
        assert abs(found.gap) < 1e-8


def test_what_a_check_tells_are_plain_floats_that_any_file_can_hold() -> None:
    found = nudge(EXAMPLE, 1, layer=0, parameter="w", step=np.float64(1e-4), **GOAL)
    assert {type(number) for number in found} == {float}
    (row, *_) = gradient_check(EXAMPLE, 1, **GOAL)
    assert {type(number) for number in row[3:]} == {float}


@pytest.mark.parametrize(("layer", "parameter", "step"), [(1, "w", 1e-4), (0, "b", 1e-4), (None, "w", 1e-4)])
def test_only_a_single_number_can_be_nudged(layer: int | None, parameter: str, step: float) -> None:
    with pytest.raises(CoreError, match="no single number"):
        nudge(EXAMPLE, 1, layer=layer, parameter=parameter, step=step, **GOAL)
