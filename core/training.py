"""Learning: the opposite push, a little, again. x is data and stays."""

from collections.abc import Iterable
from typing import NamedTuple, Unpack

from core.errors import Array, as_array, refuse
from core.layers import Layer
from core.trace import Goal, Trace, record


class History(NamedTuple):
    """What training went through: the layers before each step and after the last, and the loss at each of these.

    Attributes
    ----------
    layers : tuple of tuple of Layer, steps + 1 of them
    losses : array, shape (steps + 1,)
    """

    layers: tuple[tuple[Layer, ...], ...]
    losses: Array


def descent_step(layers: Iterable[Layer], trace: Trace, rate: float) -> tuple[Layer, ...]:
    """Layers with every parameter moved by -rate * dL/dparameter.

    Raises
    ------
    CoreError
        If the rate is not positive, or the trace is a sweep of several x, which has a gradient for each of them.

    Examples
    --------
    >>> from core import record, scale
    >>> layers = [scale(2)]
    >>> trace = record(layers, 3, target=0, loss="half_squared_error")
    >>> float(descent_step(layers, trace, 0.1)[0].params["w"])
    0.19999999999999996
    """
    refuse(not rate > 0, f"a learning rate is a positive number, not {rate!r}")
    refuse(trace.sweep and trace.h[0].ndim, "a sweep has one gradient for each x; to train on many, use dense layers")
    pairs = zip(layers, trace.grads, strict=True)
    return tuple(layer.with_params({k: p - rate * g[k] for k, p in layer.params.items()}) for layer, g in pairs)


def train(layers: Iterable[Layer], x: object, rate: float, steps: int, **goal: Unpack[Goal]) -> History:
    """Gradient descent on the same samples, `steps` times; `goal` is what `record` takes: target, loss, reduction.

    Raises
    ------
    CoreError
        When a step leaves what is finite, as too high a rate does in the end.
    """
    passed, losses = [tuple(layers)], list[Array]()
    while len(losses) <= steps:
        trace = record(passed[-1], x, **goal)
        losses.append(trace.loss)
        passed.append(descent_step(passed[-1], trace, rate))
    return History(tuple(passed[:-1]), as_array(losses, "losses"))
