"""The trace: one forward and one backward pass, with everything that was computed on the way.

What an array x means is decided by the layers:

- If no layer mixes entries (scale, elementwise functions, compositions of these), x is a **sweep**: every entry is an
  experiment of its own, and the trace is that many scalar traces at once. The loss, every delta and every parameter
  gradient have the shape of x, one per experiment. There is nothing to reduce. A single number is a sweep of one.
- If a layer mixes entries (dense, softmax), x is one **vector** (n,) or a **batch** (samples, n). There is one loss,
  and each parameter's gradient has the parameter's shape, summed over samples. softmax_cross_entropy mixes too.

delta[l] = dL/dh[l] at every node of the trace. Many books keep the word for dL/dz alone; z is a node here, too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypedDict

import numpy as np

from core.arrays import Array, as_array, frozen, seal
from core.errors import CoreError
from core.layers import Diagonal, Layer, LocalMap, Matrix, flow_back
from core.losses import OUTPUT, Loss, loss_function

NONE: Mapping[str, Array] = MappingProxyType({})
"""The gradients of a layer that has no parameters."""

quiet = np.errstate(all="ignore")
"""Decorator: no floating-point warnings inside, because what is not finite is found afterwards, and named."""


@dataclass(frozen=True, eq=False)
class Step:
    """One step of a trace: one mesh of the train. delta_in = delta_out * local."""

    index: int
    layer: Layer
    h_in: Array
    h_out: Array
    local: LocalMap
    delta_in: Array
    delta_out: Array
    grads: Mapping[str, Array]


@dataclass(frozen=True, eq=False)
class Forward:
    """What a forward pass computed, as plain data that cannot be written to.

    Attributes
    ----------
    layers : tuple of Layer, n of them
    h : tuple of array, n + 1 of them
        h[0] is x, h[n] the output.
    local : tuple of LocalMap, n of them
        local[l] maps small changes of h[l] to those of h[l + 1].
    sweep : bool
        Whether every entry of x is an experiment of its own.
    """

    layers: tuple[Layer, ...]
    h: tuple[Array, ...]
    local: tuple[LocalMap, ...]
    sweep: bool

    def jacobian(self, start: int = 0, stop: int | None = None) -> Array:
        """J = dh[stop]/dh[start], the product of the local maps between, taken from the output back.

        Returns
        -------
        array
            (n_out, n_in) for a vector, (samples, n_out, n_in) for a batch; in a sweep, one derivative per
            experiment in the shape of x. Between the same nodes it is the identity.

        Raises
        ------
        CoreError
            Unless 0 <= start <= stop <= n.

        Examples
        --------
        >>> from core import forward_pass, scale, elementwise
        >>> float(forward_pass([scale(3), elementwise("square")], 2).jacobian(0, 2))
        36.0
        """
        stop = len(self.local) if stop is None else stop
        if not 0 <= start <= stop <= len(self.local):
            raise CoreError(f"a Jacobian runs from h[start] to h[stop], 0 <= start <= stop <= {len(self.local)}")
        y, local = self.h[stop], self.local[start:stop]
        if self.sweep:
            return frozen(flow_back(local, 0 * y + 1)[0])
        rows = np.eye(y.shape[-1])  # row i is a unit push on entry i of y
        rows = rows if y.ndim == 1 else np.repeat(rows[:, None], len(y), axis=1)
        return frozen(np.moveaxis(flow_back(local, rows)[0], 0, -2))


@dataclass(frozen=True, eq=False)
class Trace(Forward):
    """Everything that both passes computed, as plain data that cannot be written to.

    Attributes
    ----------
    delta : tuple of array, n + 1 of them
        delta[l] = dL/dh[l], in the shape of h[l].
    grads : tuple of mappings, n of them
        grads[l]["W"] = dL/dW of layer l.
    loss : array
        L; one per experiment in a sweep, otherwise a single number.
    """

    delta: tuple[Array, ...]
    grads: tuple[Mapping[str, Array], ...]
    loss: Array

    @property
    def seed(self) -> Array:
        """dL/dL = 1: the delta of the loss as one more stage, in the shape of the loss; the way back starts there."""
        return frozen(0 * self.loss + 1)

    def __iter__(self) -> Iterator[Step]:
        """Yield the steps in forward order; `reversed(tuple(trace))` is the way back."""
        ends = (self.h, self.h[1:], self.local, self.delta, self.delta[1:], self.grads)
        return map(Step, range(len(self.layers)), self.layers, *ends)


@quiet
def forward_pass(layers: Iterable[Layer], x: object) -> Forward:
    """Values and local maps, without a loss: enough for a Jacobian.

    Raises
    ------
    CoreError
        If a step does not fit its input, or makes something that is not finite; it names step, layer and shape.
    """
    layers, h, local = tuple(layers), [as_array(x, "x")], list[LocalMap]()
    try:
        for layer in layers:
            h.append(layer.forward(h[-1]))
            local.append(layer.local(h[-2], h[-1]))
    except ValueError as fault:
        i = len(local)
        raise CoreError(f"step {i} ({layers[i].name}) on h[{i}] of shape {h[i].shape}: {fault}") from fault
    seal(h, lambda i: f"step {i - 1} ({layers[i - 1].name}): h[{i}] of shape {h[i].shape} is not finite")
    return Forward(layers, tuple(h), tuple(local), not any([layer.mixes for layer in layers]))


def run_back(forward: Forward, sweep: bool, delta: Array, loss: Array) -> Trace:
    """Second half: deltas from the recurrence, gradients from the deltas."""
    layers, h, n = forward.layers, forward.h, len(forward.layers)
    deltas, names = flow_back(forward.local, delta), [layer.name for layer in layers] + ["loss"]
    ends = zip(layers, h, deltas[1:], strict=False)  # a layer, what is in front of it, the push behind it
    grads = [gradients(*end, sweep) if end[0].params else NONE for end in ends]
    seal(deltas[::-1], lambda i: f"step {n - i} ({names[n - i]}): delta[{n - i}] is not finite")
    seal([g for found in grads if found for g in found.values()], lambda k: f"{parameters(layers)[k]} is not finite")
    return Trace(layers, h, forward.local, sweep, tuple(deltas), tuple(grads), loss)


def parameters(layers: Iterable[Layer]) -> list[str]:
    """Name of every parameter gradient for an error message, in the order of the steps."""
    return [f"step {i} ({layer.name}): dL_d{name}" for i, layer in enumerate(layers) for name in layer.params]


def gradients(layer: Layer, h_in: Array, delta_out: Array, sweep: bool) -> Mapping[str, Array]:
    """Parameter gradients of one layer: one per experiment in a sweep, otherwise in the parameter's own shape."""
    found = layer.gradients(h_in, delta_out)
    if not sweep:
        found = {name: g if g.shape == layer.params[name].shape else np.sum(g) for name, g in found.items()}
    return MappingProxyType(found)


class Goal(TypedDict, total=False):
    """What an output is measured by; see `record`."""

    target: object
    loss: str | Loss | None
    reduction: str


def measured(forward: Forward, target: object, loss: str | Loss | None, reduction: str) -> tuple[Array, Array, bool]:
    """Loss stage: L, dL/dy, and whether this is still a sweep. See `record` for what is allowed."""
    y, row = forward.h[-1], loss_function(loss) if isinstance(loss, str) else loss or OUTPUT
    sweep = forward.sweep and not row.mixes
    if reduction not in ("sum", "mean") or (reduction == "mean" and sweep and y.ndim):
        raise CoreError(f"reduction is sum or mean, and a sweep has one loss per x to keep, not {reduction!r}")
    if (loss is None) != (target is None) or (loss is None and not sweep and y.shape[-1] != 1):
        raise CoreError(f"a loss goes with a target; with neither L is the output, one number, not shape {y.shape}")
    try:
        t = y if loss is None else as_array(target, "target")
        terms, slope = row.value(y, t), row.derivative(y, t)
    except CoreError as fault:
        raise CoreError(f"loss ({row.name}): {fault}") from fault
    if not sweep:
        share = 1 / len(y) if reduction == "mean" and y.ndim == 2 else 1.0
        terms, slope = np.add.reduce(terms, axis=None) * share, slope * share
    seal([terms], lambda _: f"loss ({row.name}) of an output of shape {y.shape} is not finite")
    return terms, slope, sweep


@quiet
def backward_pass(forward: Forward, delta: object) -> Trace:
    """Trace with every delta and gradient, from `delta` = dL/dh[n] at the output.

    `delta` may be any row in the shape of the output, so a vector function needs no loss: L is then the number whose
    gradient by the output is `delta`, delta . y. With a unit row, delta[0] is one row of the Jacobian.

    Raises
    ------
    CoreError
        If `delta` has another shape than the output, or something is not finite.
    """
    row, y = as_array(delta, "delta"), forward.h[-1]
    if row.shape != y.shape:
        raise CoreError(f"delta has shape {row.shape}, the output {y.shape}")
    return run_back(forward, forward.sweep, row, row * y if forward.sweep else np.sum(row * y))


@quiet
def loss_of(
    layers: Iterable[Layer], x: object, *, target: object = None, loss: Any = None, reduction: str = "sum"
) -> Array:
    """L alone, by a forward pass; otherwise like `record`."""
    return measured(forward_pass(layers, x), target, loss, reduction)[0]


@quiet
def record(
    layers: Iterable[Layer], x: object, *, target: object = None, loss: str | Loss | None = None, reduction: str = "sum"
) -> Trace:
    """One whole trace: forward, loss, backward.

    Parameters
    ----------
    layers : sequence of Layer
        None at all is allowed: then y is x.
    x : number or array
        A number or a sweep of any shape; (n,) or (samples, n) where layers mix entries. See the module's docstring.
    target : number or array
        In the very shape of the output, never broadcast; for softmax_cross_entropy also integer labels, one per sample.
    loss : str, Loss or None
        With None, L is the output, which must then be one number per sample.
    reduction : "sum" or "mean"
        Over samples, not entries. A sweep keeps one loss per x, so "mean" is refused for it.

    Raises
    ------
    CoreError
        Naming the step, the function and the shapes.

    Examples
    --------
    >>> from core import scale, elementwise
    >>> t = record([scale(1.2), elementwise("tanh"), scale(-0.8)], 1, target=0.5, loss="half_squared_error")
    >>> [round(float(d), 4) for d in t.delta]
    [0.3417, 0.2847, 0.9335, -1.1669]
    """
    forward = forward_pass(layers, x)
    value, slope, sweep = measured(forward, target, loss, reduction)
    return run_back(forward, sweep, slope, value)


def compose(*layers: Layer) -> Layer:
    """Layers that act as one gear. Parameters are named by position: "0.w", "2.W".

    It keeps no inner value: what it needs, it computes again.

    Examples
    --------
    >>> from core import elementwise, scale
    >>> gear = compose(scale(3), elementwise("square"))
    >>> float(gear.local(np.float64(2), np.float64(36)).gain)
    36.0
    """

    def named(of: Iterable[Mapping[str, Array]]) -> dict[str, Array]:
        return {f"{i}.{name}": array for i, own in enumerate(of) for name, array in own.items()}

    def local(h_in: Array, h_out: Array) -> LocalMap:
        inner = forward_pass(layers, h_in)
        return (Diagonal if inner.sweep else Matrix)(inner.jacobian())

    def gradients(h_in: Array, delta_out: Array) -> dict[str, Array]:
        return named(backward_pass(forward_pass(layers, h_in), delta_out).grads)

    def rebuilt(params: Mapping[str, object]) -> Layer:
        own = [{name: params[f"{i}.{name}"] for name in layer.params} for i, layer in enumerate(layers)]
        return compose(*(layer.with_params(p) for layer, p in zip(layers, own, strict=True)))

    name, mixes = " then ".join(layer.name for layer in layers), any(layer.mixes for layer in layers)
    params = MappingProxyType(named(layer.params for layer in layers))
    return Layer(name, lambda h: forward_pass(layers, h).h[-1], local, gradients, params, rebuilt, mixes)
