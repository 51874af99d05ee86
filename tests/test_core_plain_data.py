"""What the core hands out is plain data: tuples, read-only mappings and arrays; and nothing warns on the way."""

import numpy as np
import pytest

from core import (
    FUNCTIONS,
    JOINS,
    LOSSES,
    CoreError,
    Layer,
    Node,
    Trace,
    backward_pass,
    compose,
    dense,
    elementwise,
    forward_pass,
    record,
    record_graph,
    scale,
    softmax,
    train,
)
from core.checks import METHODS
from core.trace import REDUCTIONS

CHAIN = [scale(1.2, 0.1), elementwise("tanh"), scale(-0.8)]
NET = [dense([[0.3, -1.2], [2.0, 0.1]]), elementwise("tanh"), softmax()]


@pytest.mark.parametrize("table", [FUNCTIONS, LOSSES, JOINS, METHODS, REDUCTIONS])
def test_no_table_can_be_written_to(table: object) -> None:
    with pytest.raises(TypeError):
        table["mine"] = None  # type: ignore[index]


@pytest.mark.parametrize("layer", [CHAIN[0], CHAIN[1], NET[0], softmax(), compose(*CHAIN)])
def test_parameters_of_a_layer_are_read_only(layer: Layer) -> None:
    with pytest.raises(TypeError):
        layer.params["w"] = 1.0  # type: ignore[index]
    assert not any(value.flags.writeable for value in layer.params.values())


def traces() -> list[Trace]:
    """One number, a sweep, a vector and a batch."""
    two = record(NET, [[1.0, 2.0], [0.5, 0.1]], target=np.ones((2, 2)), loss="squared_error", reduction="mean")
    one = record(NET, [1.0, 2.0], target=[1.0, 0.0], loss="squared_error")
    return [record(CHAIN, 0.5), record(CHAIN, [0.5, 1.5], target=[1, 1], loss="squared_error"), one, two]


@pytest.mark.parametrize("i", range(4))
def test_every_part_of_a_trace_is_a_tuple_and_every_array_is_read_only(i: int) -> None:
    trace = traces()[i]
    for part in (trace.layers, trace.h, trace.local, trace.delta, trace.grads):
        assert type(part) is tuple
    for array in (*trace.h, *trace.delta, trace.loss, trace.seed, *(J.gain for J in trace.local)):
        assert not array.flags.writeable
    for found in trace.grads:
        assert not any(slope.flags.writeable for slope in found.values())
    assert trace.seed.shape == trace.loss.shape
    assert np.all(trace.seed == 1)


def test_a_trace_is_equal_to_itself_alone() -> None:
    one, other = (record(CHAIN, [0.5, 1.0]) for _ in range(2))
    assert one == one
    assert one != other
    assert len({one, other, one}) == 2
    passed = forward_pass(CHAIN, [0.5, 1.0])
    assert passed == passed
    assert passed != forward_pass(CHAIN, [0.5, 1.0])
    assert len({passed}) == 1
    for name in ("h", "sweep"):
        with pytest.raises(AttributeError):
            setattr(passed, name, None)


def test_layers_may_come_from_anything_that_can_be_run_through_once() -> None:
    whole = record(CHAIN, 0.5, target=1.0, loss="squared_error")
    again = record(iter(CHAIN), 0.5, target=1.0, loss="squared_error")
    assert [float(h) for h in again.h] == [float(h) for h in whole.h]
    assert len(forward_pass(iter(CHAIN), 0.5).layers) == 3
    assert not forward_pass(iter(NET), [1.0, 2.0]).sweep
    history = train(iter(CHAIN), 0.5, 0.1, 2, target=1.0, loss="squared_error")
    assert type(history) is tuple
    assert len(history) == 3


def test_nothing_warns_before_an_error_says_what_is_not_finite() -> None:
    steep = [scale(1e200), scale(1e200), scale(1e-200)]
    with pytest.raises(CoreError, match=r"step 0 \(scale\): delta is not finite"):
        backward_pass(forward_pass(steep, 1e-300), 1e150)
    with pytest.raises(CoreError, match=r"step 1 \(scale\) .*: its output is not finite"):
        forward_pass(steep, [1.0, 2.0])
    with pytest.raises(CoreError, match=r"step 0 \(exp\) .*: its output is not finite"):
        record([elementwise("exp")], [[800.0, 1.0]])
    with pytest.raises(CoreError, match=r"step 0 \(y: exp\) .*: its output is not finite"):
        record_graph([Node("y", elementwise("exp"), ("x",))], {"x": [800.0, 1.0]})
    with pytest.raises(CoreError, match=r"step 0 \(scale\): dL_dw is not finite"):
        record([scale(1e-200), scale(1e200)], [1e300, 1.0])


def test_large_numbers_that_are_finite_go_through_without_a_warning() -> None:
    assert record([elementwise("identity")], [1e200, 1e300]).delta[0].tolist() == [1.0, 1.0]
    assert forward_pass([dense(np.eye(2))], [1e200, 1.0]).jacobian().tolist() == [[1.0, 0.0], [0.0, 1.0]]
    assert forward_pass([scale(1e200)], [1.0, 2.0]).jacobian().tolist() == [1e200, 1e200]
    back = backward_pass(forward_pass([scale(1e200)], [1.0, 2.0]), [1e-10, 1e100])
    assert back.delta[0] == pytest.approx([1e190, 1e300], rel=1e-15)
