"""Learning: the opposite push, a little, again. x is data and stays."""

from typing import Unpack

from core.errors import refuse
from core.layers import Layer, Layers
from core.trace import Goal, Trace, record


def descent_step(layers: Layers, trace: Trace, rate: float) -> tuple[Layer, ...]:
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
    refuse(not rate > 0, "a learning rate is a positive number, not {!r}", rate)
    refuse(trace.sweep and trace.h[0].ndim, "a sweep has one gradient for each x; to train on many, use dense layers")
    pairs = zip(layers, trace.grads, strict=True)
    return tuple(layer.with_params({k: p - rate * g[k] for k, p in layer.params.items()}) for layer, g in pairs)


def train(layers: Layers, x: object, rate: float, steps: int, **goal: Unpack[Goal]) -> tuple[Trace, ...]:
    """Gradient descent on the same samples; `goal` is what `record` takes: target, loss, reduction.

    Returns
    -------
    tuple of Trace, steps + 1 of them
        One before each step and one after the last, each with its layers and its loss.

    Raises
    ------
    CoreError
        When a step leaves what is finite, as too high a rate does in the end.
    """
    traces = [record(layers, x, **goal)]
    for _ in range(steps):
        traces.append(record(descent_step(traces[-1].layers, traces[-1], rate), x, **goal))
    return tuple(traces)
