"""Learning: the opposite push, a little, again. x is data and stays."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.arrays import Array, as_array
from core.errors import CoreError
from core.layers import Layer
from core.losses import Loss
from core.trace import Trace, record


@dataclass(frozen=True, eq=False)
class History:
    """What training went through: the layers before each step and after the last, and the loss at each of these.

    Attributes
    ----------
    layers : tuple of tuple of Layer, steps + 1 of them
    losses : array, shape (steps + 1,)
    """

    layers: tuple[tuple[Layer, ...], ...]
    losses: Array


def descent_step(layers: Sequence[Layer], trace: Trace, rate: float) -> tuple[Layer, ...]:
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
    if not rate > 0:
        raise CoreError(f"a learning rate is a positive number, not {rate!r}")
    if trace.sweep and trace.h[0].ndim:
        raise CoreError("a sweep has one gradient for each x; to train on many samples at once, use dense layers")
    return tuple(
        layer.with_params({name: p - rate * grads[name] for name, p in layer.params.items()}) if layer.params else layer
        for layer, grads in zip(layers, trace.grads, strict=True)
    )


def train(
    layers: Sequence[Layer],
    x: object,
    *,
    target: object,
    loss: str | Loss,
    rate: float,
    steps: int,
    reduction: str = "sum",
) -> History:
    """Gradient descent on the same samples, `steps` times.

    Raises
    ------
    CoreError
        When a step leaves what is finite, as too high a rate does in the end.
    """
    passed, losses = [tuple(layers)], []
    for _ in range(steps):
        trace = record(passed[-1], x, target=target, loss=loss, reduction=reduction)
        losses.append(trace.loss)
        passed.append(descent_step(passed[-1], trace, rate))
    losses.append(record(passed[-1], x, target=target, loss=loss, reduction=reduction).loss)
    return History(tuple(passed), as_array(losses, "losses"))
