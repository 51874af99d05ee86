"""What comes in from outside: strange numbers and arrays, functions of one's own, and the line that refuses them."""

import pickle
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from core import (
    FUNCTIONS,
    LOSSES,
    CoreError,
    Function,
    Node,
    backward_pass,
    central_difference,
    complex_step,
    dense,
    elementwise,
    forward_pass,
    gradient_check,
    nudge,
    record,
    record_graph,
    scale,
    softmax,
)
from core.errors import as_array, seal

LOSS = "half_squared_error"
NET = [dense(np.eye(2))]


# ---- numbers and arrays


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (np.longdouble(0.1), np.float64),
        (np.array([0.1], np.longdouble), np.float64),
        (np.array([0.1 + 1j], np.clongdouble), np.complex128),
        (np.clongdouble(1j), np.complex128),
        (np.complex64(1 + 2j), np.complex128),
        (np.array([1, 2], np.uint8), np.float64),
        (np.array([True, False]), np.float64),
        (np.bool_(True), np.float64),
        (np.array(0.5), np.float64),
        ([np.float16(0.5), 2], np.float64),
    ],
)
def test_every_kind_of_number_comes_in_as_float64_or_complex128(value: object, kind: type) -> None:
    found = as_array(value, "x")
    assert found.dtype == kind
    assert found.shape == np.shape(value)
    assert not found.flags.writeable
    assert np.array_equal(found, np.asarray(value).astype(kind))


@pytest.mark.parametrize(
    "value", [np.ma.array([1.0, 2.0]), np.ma.array([1.0, 2.0], mask=[0, 0]), np.ones((2, 2)).view(np.recarray)]
)
def test_an_array_of_a_subclass_comes_in_as_a_plain_copy(value: np.ndarray) -> None:
    found = as_array(value, "x")
    assert type(found) is np.ndarray
    assert not np.shares_memory(found, value)


def test_a_single_number_is_a_scalar_and_no_array_of_no_axes() -> None:
    for value in (1, 1.0, True, np.float32(1), np.array(1.0), np.longdouble(1)):
        assert type(as_array(value, "x")) is np.float64
    assert type(as_array(np.array(1j), "x")) is np.complex128


def test_nothing_behind_an_array_that_came_in_can_be_written_to() -> None:
    for value in ([1.0, 2.0], np.ones(3), np.ones((2, 3))[:, ::2], np.ma.array([1.0]), np.ones(2, np.longdouble)):
        found = as_array(value, "x")
        assert found.base is None
        assert found.flags.c_contiguous


def test_the_sign_of_zero_comes_in_too() -> None:
    for value in (-0.0, [-0.0], [[-0.0]], np.float32(-0.0)):
        assert np.signbit(as_array(value, "x")).all()


@pytest.mark.parametrize(
    "value",
    [
        Fraction(1, 3),
        [Fraction(1, 3)],
        Decimal("0.1"),
        "0.1",
        b"1",
        ["1", "2"],
        None,
        [None, 1.0],
        {"x": 1},
        {1.0, 2.0},
        object(),
        np.array("2020-01-01", "datetime64[D]"),
        [[1], [2, 3]],
        10**400,
        [10**400],
        np.longdouble("1e400"),
        [1.0, np.nan],
        [[np.inf]],
        complex(np.nan, 0.0),
        np.ma.array([1.0, 2.0], mask=[0, 1]),
        np.ma.masked,
    ],
)
@pytest.mark.filterwarnings("ignore:overflow encountered in cast:RuntimeWarning")
def test_what_is_no_finite_number_is_refused_in_one_line(value: object) -> None:
    with pytest.raises(CoreError, match=r"^x is not an array of finite numbers: ") as refused:
        record([], value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("value", [[], np.empty((0, 2)), np.empty((2, 0)), ()])
def test_an_empty_batch_is_called_empty(value: object) -> None:
    with pytest.raises(CoreError, match=r"\(it is empty\)$"):
        record(NET, value)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "value",
    [
        np.ma.array([1.0, 2.0], mask=[0, 1]),
        [np.ma.array([1.0, 2.0], mask=[0, 1]), np.ma.array([3.0, 4.0], mask=[0, 0])],
        ([3.0, 4.0], np.ma.array([1.0, 2.0], mask=[1, 0])),
        [[[np.ma.masked, 1.0]]],
        np.ma.masked,
    ],
)
def test_what_is_masked_out_is_called_masked_however_deep_it_lies(value: object) -> None:
    with pytest.raises(CoreError, match=r"\(it is masked\)$"):
        record(NET, value)


def test_a_masked_array_of_which_nothing_is_masked_is_an_array() -> None:
    assert record([], [np.ma.array([1.0, 2.0])], target=[[0.0, 0.0]], loss="squared_error").h[0].tolist() == [
        [1.0, 2.0]
    ]


@pytest.mark.parametrize(
    "build",
    [
        lambda: record([], np.full((40, 40), np.nan)),
        lambda: record(NET, np.ones((2, 2)), target=np.full((3, 2), 7.0), loss="softmax_cross_entropy"),
        lambda: record(NET, [1.0, 1.0], loss="two\nlines", target=0),
        lambda: record([elementwise("log")._replace(name="two\nlines")], -1.0),
        lambda: elementwise(Function("two\nlines", lambda x: [x, x], np.cos, "")).forward(np.float64(1)),
        lambda: record_graph([Node("two\nlines", PLAIN, ("q",))], {"x": 1.0}),
    ],
)
def test_a_message_is_one_line_whatever_is_in_it(build: Callable[[], object]) -> None:
    with pytest.raises(CoreError) as refused:
        build()
    assert "\n" not in str(refused.value)


PLAIN = elementwise("identity")


def test_an_error_survives_the_way_between_two_processes() -> None:
    error = CoreError("step 1 (log) on h[1]: {not a field}")
    assert str(pickle.loads(pickle.dumps(error))) == str(error) == "step 1 (log) on h[1]: {not a field}"


def test_an_error_says_in_one_line_what_any_object_says_of_itself() -> None:
    assert str(CoreError(ValueError("two\nlines"))) == "two lines"
    assert str(CoreError((1, "a  b"))) == "(1, 'a b')"


def test_a_seal_freezes_in_place_and_names_what_is_not_finite() -> None:
    for shape in ((3,), (2, 2)):
        array = np.ones(shape)
        assert seal(array, "it") is array
        assert not array.flags.writeable
        big = np.full(shape, 1e200)
        with np.errstate(over="ignore"):
            assert seal(big, "it") is big
        for bad in (np.nan, np.inf, -np.inf):
            array = np.ones(shape)
            array[-1] = bad
            with pytest.raises(CoreError, match=r"^step 2: it is not finite$"):
                seal(array, "step {}: it", 2)
    for bad in (np.float64(np.nan), np.float64(np.inf), np.complex128(complex(0, np.nan))):
        with pytest.raises(CoreError, match=r"^it is not finite$"):
            seal(bad, "it")


# ---- wrong types of the arguments that say what to do


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: record([], 1.0, target=1.0, loss=3), r"^'3' is none of half_squared_error, squared_error, "),
        (lambda: record([], 1.0, target=1.0, loss=[LOSS]), "is none of half_squared_error"),
        (lambda: record([], 1.0, target=1.0, loss=""), "^'' is none of half_squared_error"),
        (lambda: record([], 1.0, target=1.0, loss=0), "^'0' is none of half_squared_error"),
        (lambda: record([], 1.0, target=1.0, loss="mse"), r"; did you mean 'squared_error'\?$"),
        (lambda: record([], 1.0, target=1.0, loss="MAE"), r"; did you mean 'absolute_error'\?$"),
        (lambda: record([], 1.0, target=1.0, loss="bce"), r"; did you mean 'binary_cross_entropy'\?$"),
        (lambda: record([], 1.0, target=1.0, loss="nll"), r"; did you mean 'softmax_cross_entropy'\?$"),
        (lambda: record([], 1.0, target=1.0, loss="xyzzy"), r"binary_cross_entropy_with_logits\.$"),
        (lambda: record([], 1.0, reduction=None), "^'None' is none of sum, mean"),
        (lambda: record([], 1.0, reduction=["sum"]), "is none of sum, mean"),
        (lambda: elementwise(3), "^'3' is none of identity, "),
        (lambda: elementwise(None), "^'None' is none of identity, "),
        (lambda: elementwise("xyz"), r"^'xyz' is none of identity, .*gelu\.$"),
        (lambda: gradient_check([], 1.0, method=None), "^'None' is none of complex_step, central_difference"),
        (lambda: complex_step(np.sin, 1.0, "small"), "^a step is not an array of finite numbers: 'small'"),
        (lambda: central_difference(np.sin, 1.0, [1e-5]), r"^a step is one positive number, not \[1e-05\]$"),
        (lambda: backward_pass(forward_pass([], 1.0), np.nan), "^delta is not an array of finite numbers: nan"),
        (lambda: record_graph([Node("y", scale(1), ("x",))], {"x": "one"}), "^x is not an array of finite numbers"),
        (lambda: record_graph([Node("y", scale(1), ("x",))], {"x": 1}, {"c": None}), "^c is not an array of finite"),
        (lambda: dense(np.eye(2), ["one", "two"]), r"^b is not an array of finite numbers: \['one', 'two'\]"),
        (lambda: dense([["one"]]), r"^W is not an array of finite numbers: \[\['one'\]\]"),
        (lambda: scale(1.0, "two"), "^b is not an array of finite numbers: 'two'"),
        (lambda: dense(np.eye(2), [1.0]), r"^dense takes W .* not \(2, 2\) and \(1,\)$"),
        (lambda: dense(np.ones((1, 2)), 1.0), r"^dense takes W .* not \(1, 2\) and \(\)$"),
        (lambda: dense(np.eye(2), np.ones((1, 2))), r"^dense takes W .* not \(2, 2\) and \(1, 2\)$"),
    ],
)
def test_a_wrong_argument_is_refused_with_what_is_allowed(build: Callable[[], object], message: str) -> None:
    with pytest.raises(CoreError, match=message) as refused:
        build()
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("loss", [None, *LOSSES])
def test_a_mean_is_over_samples_and_n_only(loss: str | None) -> None:
    goal = {} if loss is None else {"target": np.full((2, 3, 1), 1.0), "loss": loss}
    with pytest.raises(CoreError, match=r"a mean is over \(samples, n\), not \(2, 3, 1\)$"):
        record([softmax()], np.ones((2, 3, 1)), reduction="mean", **goal)


# ---- functions and losses of one's own


def own(value: Callable[..., object], slope: Callable[..., object], **more: object) -> Function:
    return Function("own", value, slope, "", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", [(3, 1), (1, 3), (), (2,), (3, 3)])
def test_a_value_or_slope_of_another_shape_is_refused_and_not_broadcast(shape: tuple[int, ...]) -> None:
    for row in (own(np.sin, lambda x: np.ones(shape)), own(lambda x: np.ones(shape), np.cos)):
        with pytest.raises(CoreError, match=rf"^step 1 \(own\) .*must have shape \(3,\), not {re.escape(str(shape))}$"):
            record([scale(2), elementwise(row)], [1.0, 2.0, 3.0])


def test_a_loss_of_ones_own_must_give_a_term_and_a_slope_for_every_entry() -> None:
    y, t = [1.0, 2.0], [0.0, 0.0]
    for row in (own(lambda y, t: np.sum(y - t), np.subtract), own(np.subtract, lambda y, t: 1.0)):
        with pytest.raises(CoreError, match=r"step 1 \(own\) .*must have shape \(2,\), not \(\)"):
            record(NET, y, target=t, loss=row)
    with pytest.raises(CoreError, match=r"must have shape \(2,\), not \(2, 3\)"):
        record([], np.ones((2, 3)), target=np.ones((2, 3)), loss=own(np.subtract, np.subtract, mixes=True))


def test_a_loss_of_ones_own_that_mixes_has_one_term_per_sample() -> None:
    row = own(lambda y, t: np.sum((y - t) ** 2, axis=-1), lambda y, t: 2 * (y - t), mixes=True)
    trace = record([], [[1.0, 2.0], [3.0, 4.0]], target=np.zeros((2, 2)), loss=row)
    assert (float(trace.loss), trace.delta[0].tolist()) == (30.0, [[2.0, 4.0], [6.0, 8.0]])
    assert float(record([], [1.0, 2.0, 2.0], target=np.zeros(3), loss=row).loss) == 9.0


def test_ints_and_floats_of_an_own_function_become_float64() -> None:
    row = own(lambda x: [int(v) for v in x] if np.ndim(x) else int(x), lambda x: np.ones(np.shape(x), int).tolist())
    for x in (2.0, [2.0, 3.0]):
        trace = record([elementwise(row), elementwise("square")], x)
        assert {a.dtype for a in (*trace.h, *trace.delta, trace.local[0].gain)} == {np.dtype(float)}
    assert type(record([elementwise(row)], 2.0).h[1]) is np.float64
    assert type(record([], 2.0, target=1.0, loss=own(lambda y, t: 3, lambda y, t: 1)).delta[0]) is np.float64


def test_a_buffer_that_an_own_function_keeps_is_neither_frozen_nor_shared() -> None:
    kept = np.ones(3)
    trace = record([elementwise(own(lambda x: kept, lambda x: kept))], [1.0, 2.0, 3.0])
    assert kept.flags.writeable
    kept[:] = 7.0
    assert trace.h[1].tolist() == trace.local[0].gain.tolist() == [1.0, 1.0, 1.0]
    same = record([elementwise(own(lambda x: x, np.ones_like))], [1.0, 2.0])
    assert not np.shares_memory(same.h[0], same.h[1])


@pytest.mark.parametrize("bad", ["one", None, [[1.0], [1.0, 2.0]]])
def test_an_own_function_that_gives_no_numbers_is_an_error_that_names_the_step(bad: object) -> None:
    for row in (own(lambda x: bad, np.cos), own(np.sin, lambda x: bad)):
        with pytest.raises(CoreError, match=r"^step 0 \(own\) on h\[0\] of shape \(\): "):
            record([elementwise(row)], 1.0)


def test_an_own_function_that_leaves_what_is_finite_is_named_as_every_other() -> None:
    with pytest.raises(CoreError, match=r"^step 0 \(own\) .*: its output is not finite$"):
        record([elementwise(own(lambda x: np.full_like(x, np.inf), np.cos))], [1.0])
    with pytest.raises(CoreError, match=r"^step 0 \(own\) .*: slope is not finite$"):
        record([elementwise(own(np.sin, lambda x: np.nan))], 1.0)


def test_an_own_function_passes_the_complex_step() -> None:
    row = own(lambda x: x * x * x, lambda x: 3 * x * x)
    assert max(r.relative_error for r in gradient_check([scale(1.5), elementwise(row)], 0.7)) < 1e-14


def test_an_own_row_that_has_the_name_of_ours_is_checked_all_the_same() -> None:
    false = FUNCTIONS["tanh"]._replace(derivative=lambda x: np.ones((3, 1)))
    with pytest.raises(CoreError, match=r"must have shape \(3,\), not \(3, 1\)"):
        record([elementwise(false)], [1.0, 2.0, 3.0])


# ---- logits as large as numbers go


@pytest.mark.parametrize("y", [9.1e307, 1.7e308])
def test_cross_entropies_take_the_largest_logits(y: float) -> None:
    binary = "binary_cross_entropy_with_logits"
    for sign, t, loss, slope in ((1, 1, 0.0, 0.0), (1, 0, y, 1.0), (-1, 1, y, -1.0), (-1, 0, 0.0, 0.0)):
        trace = record([], sign * y, target=t, loss=binary)
        assert (float(trace.loss), float(trace.delta[0])) == (loss, slope)
    trace = record(NET, [[y, 0.0], [0.0, -y]], target=[0, 1], loss="softmax_cross_entropy")
    assert float(trace.loss) == y
    assert trace.delta[1].tolist() == [[0.0, 0.0], [1.0, -1.0]]


def test_logits_further_apart_than_any_number_cost_nothing_where_the_label_is_right() -> None:
    trace = record([], [1.7e308, -1.7e308], target=0, loss="softmax_cross_entropy")
    assert (float(trace.loss), trace.delta[0].tolist()) == (0.0, [0.0, 0.0])


@pytest.mark.parametrize("step", [-1e-4, 0.0, 1j, 0.1 + 1j, "1", None, [0.1], float("nan"), Fraction(1, 10)])
def test_a_nudge_takes_a_positive_step_only(step: float) -> None:
    with pytest.raises(CoreError, match=r"^a step is (one positive number|not an array of finite numbers)"):
        nudge([scale(1.0)], 1.0, layer=0, parameter="w", step=step)


def test_a_forward_pass_needs_no_loss_and_no_layer() -> None:
    assert forward_pass([], [1.0, 2.0]).jacobian().tolist() == [1.0, 1.0]
