"""The trace: one forward and one backward pass, with everything that was computed on the way.

What an array x means is decided by the layers:

- If no layer mixes entries (scale, elementwise functions, compositions of these), x is a **sweep**: every entry is an
  experiment of its own, and the trace is that many scalar traces at once. The loss, every delta and every parameter
  gradient have the shape of x, one per experiment. There is nothing to reduce. A single number is a sweep of one.
- If a layer mixes entries (dense, softmax), x is one **vector** (n,) or a **batch** (samples, n). There is one loss,
  and each parameter's gradient has the parameter's shape, summed over samples. softmax_cross_entropy mixes too.

delta[l] = dL/dh[l] at every node of the trace. Many books keep the word for dL/dz alone; z is a node here, too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypedDict, Unpack

import numpy as np

from core.errors import Array, CoreError, as_array, read_only, refuse, seal
from core.layers import NONE, Diagonal, Layer, LocalMap, Matrix
from core.losses import OUTPUT, Loss, loss_function

quiet = np.errstate(all="ignore")
"""Decorator: no floating-point warnings inside, because `seal` finds what is not finite and names it."""


class Step(NamedTuple):
    """One step of a trace: one mesh of the train. delta_in = delta_out * local."""

    index: int  # type: ignore[assignment]  # a tuple's `index` is a method that nobody needs here
    layer: Layer
    h_in: Array
    h_out: Array
    local: LocalMap
    delta_in: Array
    delta_out: Array
    grads: Mapping[str, Array]


def flow_back(layers: Sequence[Layer], local: Sequence[LocalMap], delta: Array) -> list[Array]:
    """Backpropagation: every delta, first to last, from the one behind the last layer.

    delta_l = delta_{l+1} J_l. This is the only place where it is written, for a scalar, a sweep, a batch, a Jacobian.
    """
    deltas = [delta]
    for l in reversed(range(len(local))):  # noqa: E741 - l is the layer's index in every book on this
        delta = local[l].vjp(delta)
        deltas.append(seal(delta, "delta", l, layers[l].name))
    return deltas[::-1]


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

        Examples
        --------
        >>> from core import forward_pass, scale, elementwise
        >>> float(forward_pass([scale(3), elementwise("square")], 2).jacobian(0, 2))
        36.0
        """
        n, stop = len(self.layers), len(self.layers) if stop is None else stop
        refuse(not 0 <= start <= stop <= n, f"a Jacobian runs from h[start] to h[stop], 0 <= start <= stop <= {n}")
        y, between = self.h[stop], (self.layers[start:stop], self.local[start:stop])
        if self.sweep:
            return seal(flow_back(*between, 0 * y + 1)[0], "J")
        rows = np.eye(y.shape[-1])  # row i is a unit push on entry i of y
        rows = rows if y.ndim == 1 else np.repeat(rows[:, None], len(y), axis=1)
        return seal(np.moveaxis(flow_back(*between, rows)[0], 0, -2), "J")


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
        return seal(0 * self.loss + 1, "dL/dL")

    def __iter__(self) -> Iterator[Step]:
        """Yield the steps in forward order; `reversed(tuple(trace))` is the way back."""
        ends = (self.h, self.h[1:], self.local, self.delta, self.delta[1:], self.grads)
        return map(Step, range(len(self.layers)), self.layers, *ends)


@quiet
def forward_pass(layers: Iterable[Layer], x: object) -> Forward:
    """Values and local maps, without a loss: enough for a Jacobian.

    A step that does not fit its input, or makes something that is not finite, is a CoreError that names it.
    """
    layers, h, local = tuple(layers), [as_array(x, "x")], list[LocalMap]()
    try:
        for layer in layers:
            h.append(seal(layer.forward(h[-1]), "its output"))
            local.append(layer.local(h[-2], h[-1]))
    except ValueError as fault:
        i = len(local)
        raise CoreError(f"step {i} ({layers[i].name}) on h[{i}] of shape {h[i].shape}: {fault}") from fault
    return Forward(layers, tuple(h), tuple(local), not any([layer.mixes for layer in layers]))


@quiet
def backward_pass(forward: Forward, delta: object) -> Trace:
    """Trace with every delta and gradient, from `delta` = dL/dh[n] at the output.

    `delta` may be any row in the shape of the output, so a vector function needs no loss: L is then the number whose
    gradient by the output is `delta`, delta . y. With a unit row, delta[0] is one row of the Jacobian.

    A `delta` in another shape, or anything that is not finite, is a CoreError.
    """
    row, y = as_array(delta, "delta"), forward.h[-1]
    refuse(row.shape != y.shape, f"delta has shape {row.shape}, the output {y.shape}")
    loss = row * y if forward.sweep else np.sum(row * y)
    return Trace(forward.layers, forward.h, forward.local, forward.sweep, *flown_back(forward, row), loss)


def flown_back(forward: Forward, delta: Array) -> tuple[tuple[Array, ...], tuple[Mapping[str, Array], ...]]:
    """Every delta from the recurrence, and every gradient from a delta and the value in front of the layer."""
    deltas = flow_back(forward.layers, forward.local, delta)
    ends = zip(forward.layers, forward.h, deltas[1:], strict=False)
    grads = [gradients(i, *end, forward.sweep) if end[0].params else NONE for i, end in enumerate(ends)]
    return tuple(deltas), tuple(grads)


def gradients(i: int, layer: Layer, h_in: Array, delta_out: Array, sweep: bool) -> Mapping[str, Array]:
    """Gradients of layer i: one per experiment in a sweep, otherwise summed to the parameter's own shape."""
    found = layer.gradients(h_in, delta_out)
    for name, p in layer.params.items():
        gradient = found[name] if sweep or found[name].ndim == p.ndim else np.sum(found[name])
        found[name] = seal(gradient, f"dL_d{name}", i, layer.name)
    return read_only(found)


class Goal(TypedDict, total=False):
    """What an output is measured by: keyword arguments of `record`."""

    target: object
    loss: str | Loss | None
    reduction: str


def stage(sweep: bool, target: object = None, loss: str | Loss | None = None, reduction: str = "sum") -> Layer:
    """Loss as one more stage, L(y), with local derivative dL/dy; a sweep keeps one L per experiment."""
    row = loss_function(loss) if isinstance(loss, str) else loss or OUTPUT
    sweep, t = sweep and not row.mixes, None if target is None else as_array(target, "target")
    refuse(reduction not in ("sum", "mean"), "a reduction is sum or mean")
    refuse(
        (loss is None) != (t is None), "a loss takes a target and a target takes a loss; with neither, L is the output"
    )

    def share(y: Array) -> float:
        refuse(sweep and y.ndim and reduction == "mean", "a sweep has one loss per x to keep, so no mean")
        refuse(t is None and not sweep and y.shape[-1] != 1, "with no loss, L is the output, which must be one number")
        return 1 / len(y) if reduction == "mean" and y.ndim == 2 else 1.0

    def forward(y: Array) -> Array:
        terms, part = row.value(y, y if t is None else row.target(y, t)), share(y)
        return terms if sweep else np.add.reduce(terms, axis=None) * part

    def local(y: Array, L: Array) -> LocalMap:
        return Diagonal(seal(row.derivative(y, y if t is None else row.target(y, t)) * share(y), "slope"))

    return Layer(row.name, forward, local, mixes=row.mixes)


def loss_of(layers: Iterable[Layer], x: object, **goal: Unpack[Goal]) -> Array:
    """L alone, by a forward pass; otherwise like `record`."""
    layers = tuple(layers)
    return forward_pass([*layers, stage(not any(layer.mixes for layer in layers), **goal)], x).h[-1]


@quiet
def record(
    layers: Iterable[Layer], x: object, *, target: object = None, loss: str | Loss | None = None, reduction: str = "sum"
) -> Trace:
    """One whole trace: forward, loss, backward.

    Parameters
    ----------
    layers : iterable of Layer
        None at all is allowed: then y is x.
    x : number or array
        A number or a sweep of any shape; (n,) or (samples, n) where layers mix entries. See the module's docstring.
    target : number or array
        In the very shape of the output, never broadcast; for softmax_cross_entropy also whole labels, one per sample.
    loss : str, Loss or None
        With None, L is the output, which must then be one number per sample.
    reduction : "sum" or "mean"
        Over samples, not entries. A sweep keeps one loss per x, so "mean" is refused for it.

    Raises
    ------
    CoreError
        Naming the step (the loss is the last one), the function and the shapes.

    Examples
    --------
    >>> from core import scale, elementwise
    >>> t = record([scale(1.2), elementwise("tanh"), scale(-0.8)], 1, target=0.5, loss="half_squared_error")
    >>> [round(float(d), 4) for d in t.delta]
    [0.3417, 0.2847, 0.9335, -1.1669]
    """
    layers = tuple(layers)
    last = stage(not any([layer.mixes for layer in layers]), target, loss, reduction)
    whole = forward_pass([*layers, last], x)
    delta, grads = flown_back(whole, 0 * whole.h[-1] + 1)
    return Trace(layers, whole.h[:-1], whole.local[:-1], whole.sweep, delta[:-1], grads[:-1], whole.h[-1])


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

    def rebuilt(**params: object) -> Layer:
        own = [{name: params[f"{i}.{name}"] for name in layer.params} for i, layer in enumerate(layers)]
        return compose(*(layer.with_params(p) for layer, p in zip(layers, own, strict=True)))

    name, mixes = " then ".join(layer.name for layer in layers), any(layer.mixes for layer in layers)
    params = read_only(named(layer.params for layer in layers))
    return Layer(name, lambda h: forward_pass(layers, h).h[-1], local, gradients, params, rebuilt, mixes)
