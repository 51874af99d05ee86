"""Each loss against mpmath, a complex step and its tails; targets that do not fit."""

import mpmath
import numpy as np
import pytest

from core import (
    FUNCTIONS,
    LOSSES,
    CoreError,
    Function,
    complex_step,
    dense,
    elementwise,
    gradient_check,
    record,
    scale,
)

mpmath.mp.dps = 50
TARGETS = {
    "half_squared_error": 0.5,
    "squared_error": 0.5,
    "absolute_error": 0.5,
    "binary_cross_entropy": 0.25,
    "binary_cross_entropy_with_logits": 0.25,
}


def total(name: str, y: object, t: object) -> float:
    return float(record([], y, target=t, loss=name).loss)


def slope(name: str, y: object, t: object) -> np.ndarray:
    return np.asarray(record([], y, target=t, loss=name).delta[0])


def test_the_table_holds_the_losses_of_the_design() -> None:
    assert set(LOSSES) == {*TARGETS, "softmax_cross_entropy"}


@pytest.mark.parametrize("function", [name for name in FUNCTIONS if name != "gelu"])
@pytest.mark.parametrize("loss", LOSSES)
def test_every_function_with_every_loss_passes_the_complex_step(function: str, loss: str) -> None:
    middle = [dense([[0.3, -0.2], [0.1, 0.4]], [1.1, 1.2]), elementwise(function), dense([[0.2, 0.1], [-0.3, 0.2]])]
    net = [*middle, elementwise("sigmoid")] if loss == "binary_cross_entropy" else middle
    x = np.array([[0.7, -0.4], [1.1, 0.9]])
    target = [0, 1] if loss == "softmax_cross_entropy" else np.full((2, 2), TARGETS.get(loss))
    for reduction in ("sum", "mean"):
        rows = gradient_check(net, x, target=target, loss=loss, reduction=reduction)
        assert len(rows) == 16
        for row in rows:  # where contributions cancel, what is left is rounding
            assert row.numeric == pytest.approx(row.analytic, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("loss", TARGETS)
def test_gelu_passes_against_mpmath(loss: str) -> None:
    def exact(w: mpmath.mpf) -> mpmath.mpf:
        y, t = w * mpmath.ncdf(w), mpmath.mpf(TARGETS[loss])
        return {
            "half_squared_error": lambda: (y - t) ** 2 / 2,
            "squared_error": lambda: (y - t) ** 2,
            "absolute_error": lambda: abs(y - t),
            "binary_cross_entropy": lambda: -t * mpmath.log(y) - (1 - t) * mpmath.log(1 - y),
            "binary_cross_entropy_with_logits": lambda: mpmath.log1p(mpmath.exp(y)) - t * y,
        }[loss]()

    trace = record([scale(0.75), elementwise("gelu")], 1.0, target=TARGETS[loss], loss=loss)
    assert float(trace.loss) == pytest.approx(float(exact(mpmath.mpf(0.75))), rel=1e-13)
    assert float(trace.grads[0]["w"]) == pytest.approx(float(mpmath.diff(exact, mpmath.mpf(0.75))), rel=1e-12)


def test_half_squared_error_is_half_the_sum_of_squares() -> None:
    trace = record([dense(np.eye(2))], [[1.0, 2.0], [3.0, 4.0]], target=np.zeros((2, 2)), loss="half_squared_error")
    assert float(trace.loss) == 15.0
    assert np.array_equal(trace.delta[-1], [[1.0, 2.0], [3.0, 4.0]])


def test_softmax_cross_entropy_takes_labels_or_a_distribution() -> None:
    y = [[1.0, 2.0, 0.5], [0.0, -1.0, 3.0]]
    exact = float(-sum(mpmath.log(mpmath.exp(r[k]) / sum(map(mpmath.exp, r))) for r, k in zip(y, (1, 2), strict=True)))
    by_label = record([], y, target=[1, 2], loss="softmax_cross_entropy")
    by_share = record([], y, target=[[0, 1, 0], [0, 0, 1]], loss="softmax_cross_entropy")
    assert float(by_label.loss) == float(by_share.loss) == pytest.approx(exact, rel=1e-14)
    assert np.array_equal(by_label.delta[0], by_share.delta[0])
    one = record([], y[0], target=1, loss="softmax_cross_entropy")
    assert np.array_equal(one.delta[0], by_label.delta[0][0])


def test_softmax_slope_is_exact_even_where_the_distribution_sums_to_a_little_less_than_one() -> None:
    t = np.array([0.3, 0.3, 0.4 - 5e-7])
    y = np.array([0.2, 1.0, -0.4])
    found = slope("softmax_cross_entropy", y, t)
    row = LOSSES["softmax_cross_entropy"]
    assert found == pytest.approx(complex_step(lambda z: row.value(z, t), y), rel=1e-13)
    assert np.sum(found) == pytest.approx(0.0, abs=1e-15)


def test_tails_of_the_cross_entropies_do_not_cancel() -> None:
    tiny = float(mpmath.exp(-60))
    assert total("softmax_cross_entropy", [60.0, 0.0], 0) == pytest.approx(tiny, rel=1e-14, abs=0)
    assert slope("softmax_cross_entropy", [60.0, 0.0], 0) == pytest.approx([-tiny, tiny], rel=1e-14, abs=0)
    assert total("binary_cross_entropy_with_logits", 60.0, 1) == pytest.approx(tiny, rel=1e-14, abs=0)
    assert slope("binary_cross_entropy_with_logits", 60.0, 1) == pytest.approx(-tiny, rel=1e-14, abs=0)
    assert slope("binary_cross_entropy_with_logits", -60.0, 0) == pytest.approx(tiny, rel=1e-14, abs=0)
    assert total("binary_cross_entropy", 1e-30, 0) == pytest.approx(1e-30, rel=1e-14, abs=0)


def test_logits_of_a_thousand_do_not_overflow() -> None:
    assert total("softmax_cross_entropy", [1000.0, -1000.0], 1) == 2000.0
    assert total("binary_cross_entropy_with_logits", -1000.0, 1) == 1000.0


def test_a_certain_and_right_probability_costs_nothing_and_a_certain_and_wrong_one_is_an_error() -> None:
    assert total("binary_cross_entropy", 1.0, 1) == 0.0
    assert float(slope("binary_cross_entropy", 0.0, 0)) == 1.0
    with pytest.raises(CoreError, match=r"step 0 \(binary_cross_entropy\) .*: its output is not finite"):
        record([], 0.0, target=1.0, loss="binary_cross_entropy")


@pytest.mark.parametrize(("y", "t"), [(1.2, 1.0), (-0.1, 0.0), (0.5, 1.5), (0.5, -0.5)])
def test_probabilities_and_binary_targets_outside_zero_to_one_are_refused(y: float, t: float) -> None:
    with pytest.raises(CoreError, match="must lie between 0 and 1"):
        record([], y, target=t, loss="binary_cross_entropy")


def test_a_probability_so_near_1_that_its_distance_from_1_has_lost_its_digits_is_refused_with_what_to_use() -> None:
    for z in (21.0, 36.0):  # 1 - sigmoid(36) is 2.22e-16 in float64, and the push on z came out as 1.0446 for 1
        with pytest.raises(CoreError, match=r"below 1 - 1e-9 .*_with_logits"):
            record([elementwise("sigmoid")], z, target=0.0, loss="binary_cross_entropy")
        assert float(record([elementwise("sigmoid")], z, target=1.0, loss="binary_cross_entropy").loss) >= 0.0
    trace = record([elementwise("sigmoid")], 20.0, target=0.0, loss="binary_cross_entropy")
    assert float(trace.delta[0]) == pytest.approx(float(1 / (1 + mpmath.exp(-20))), rel=5e-7)


@pytest.mark.parametrize("t", [1.5, -0.5, -1e-9, 1 + 1e-9])
@pytest.mark.parametrize("y", [-3.0, 0.5])
def test_a_binary_target_of_logits_lies_between_0_and_1_too(y: float, t: float) -> None:
    with pytest.raises(CoreError, match="a binary target must lie between 0 and 1"):
        record([], y, target=t, loss="binary_cross_entropy_with_logits")


@pytest.mark.parametrize("t", [[0.5, 0.6], [1.5, -0.5], [0, 2], [-1, 0]])
def test_a_distribution_that_is_none_is_refused(t: list[float]) -> None:
    with pytest.raises(CoreError, match="whose sum is 1"):
        record([], [0.1, 0.2], target=t, loss="softmax_cross_entropy")


def test_softmax_cross_entropy_of_a_single_number_is_refused() -> None:
    with pytest.raises(CoreError, match=r"step 1 \(softmax_cross_entropy\) .*: an output of shape \(\)"):
        record([scale(2)], 1.0, target=0, loss="softmax_cross_entropy")


def test_a_loss_of_your_own_is_a_row_and_its_target_is_not_broadcast_either() -> None:
    cubic = Function("cubic", lambda y, t: (y - t) ** 3, lambda y, t: 3 * (y - t) ** 2, "L = sum (y-t)^3")
    trace = record([scale(2)], [1.0, 2.0], target=[0.0, 1.0], loss=cubic)
    assert (trace.loss.tolist(), trace.delta[1].tolist()) == ([8.0, 27.0], [12.0, 27.0])
    with pytest.raises(CoreError, match=r"the target has shape \(2, 1\), the output \(2,\)"):
        record([scale(2)], [1.0, 2.0], target=[[0.0], [1.0]], loss=cubic)


def test_an_unknown_loss_is_answered_with_the_nearest() -> None:
    with pytest.raises(CoreError, match="did you mean 'half_squared_error'"):
        total("half_square_error", 1.0, 1.0)


@pytest.mark.parametrize("name", sorted(set(LOSSES) - {"softmax_cross_entropy"}))
def test_a_row_takes_plain_numbers_as_its_arrays(name: str) -> None:
    y, t = np.float64(0.3), 0.25
    assert LOSSES[name].value(y, t) == LOSSES[name].value(np.array([0.3]), np.array([0.25]))[0]
