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
from math import isfinite
from typing import Any, NamedTuple, TypeAlias, TypedDict, Unpack

import numpy as np

from core.errors import Array, CoreError, Number, Table, as_array, positive, read_only, refuse, seal
from core.functions import LOSSES, OUTPUT, Function, row_of
from core.layers import Diagonal, Layer, LocalMap, Matrix, new

# mypy: disable-error-code="no-any-return"
# `read_only` and a table of reductions say Any.

Layers: TypeAlias = Iterable[Layer]
Loss: TypeAlias = str | Function | None


class Step(NamedTuple):
    """One step of a trace: one mesh of the train. delta_in = delta_out * local."""

    layer: Layer
    h_in: Array
    h_out: Array
    local: LocalMap
    delta_in: Array
    delta_out: Array
    grads: Mapping[str, Array]


def flow_back(layers: Sequence[Layer], local: Sequence[LocalMap], delta: Array) -> tuple[Array, ...]:
    """Backpropagation: every delta, first to last, from the one behind the last layer.

    delta_l = delta_{l+1} J_l. This is the only place where it is written, for a scalar, a sweep, a batch, a Jacobian.
    """
    deltas, told = [delta], "step {} ({}): delta"
    for l in reversed(range(len(local))):  # noqa: E741 - l is the layer's index in every book on this
        delta = local[l].vjp(delta)
        # a finite number needs no call of `seal`, here as in `through`: half the time of a chain of numbers
        deltas.append(delta if type(delta) is Number and isfinite(delta) else seal(delta, told, l, layers[l].name))
    return tuple(deltas[::-1])


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

    @np.errstate(all="ignore")
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
        refuse(not 0 <= start <= stop <= n, "a Jacobian runs from h[start] to h[stop], 0 <= start <= stop <= {}", n)
        y = self.h[stop]  # row i is a unit push on entry i of y
        rows = 1 if self.sweep else np.expand_dims(np.eye(y.shape[-1]), tuple(range(1, y.ndim)))
        J = flow_back(self.layers[start:stop], self.local[start:stop], 0 * y + rows)[0]
        return seal(J if self.sweep else np.moveaxis(J, 0, -2), "J")


@dataclass(frozen=True, eq=False, init=False)
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
    seed : array
        dL/dL = 1: the delta of the loss as one more stage, in the shape of the loss; the way back starts there.
    """

    delta: tuple[Array, ...]
    grads: tuple[Mapping[str, Array], ...]
    loss: Array
    seed: Array

    def __init__(self, *fields: Any) -> None:  # in half the time of what a frozen dataclass writes
        o = vars(self)
        o["layers"], o["h"], o["local"], o["sweep"], o["delta"], o["grads"], o["loss"], o["seed"] = fields

    def __iter__(self) -> Iterator[Step]:
        """Yield the steps in forward order; `reversed(tuple(trace))` is the way back."""
        return map(Step, self.layers, self.h, self.h[1:], self.local, self.delta, self.delta[1:], self.grads)


# no warnings, because `seal` finds what is not finite and names it


@np.errstate(all="ignore")
def forward_pass(layers: Layers, x: object) -> Forward:
    """Values and local maps, without a loss: enough for a Jacobian.

    A step that does not fit its input, or makes something that is not finite, is a CoreError that names it.
    """
    return Forward(*through(layers := tuple(layers), x), not any([layer.mixes for layer in layers]))


def through(layers: tuple[Layer, ...], x: object) -> tuple[Any, Any, Any]:
    """Fields of a Forward but the last: its layers, h, and local."""
    h, maps = [as_array(x, "x")], []
    try:
        for layer in layers:
            h_out = layer.forward(h_in := h[-1])
            h.append(h_out if type(h_out) is Number and isfinite(h_out) else seal(h_out, "its output"))
            maps.append(layer.local(h_in, h_out))
    except ValueError as fault:
        raise CoreError(f"step {(n := len(maps))} ({layer.name}) on h[{n}] of shape {h[n].shape}: {fault}") from fault
    return layers, tuple(h), tuple(maps)


def closed(layers: tuple[Layer, ...], h: tuple[Array, ...], local: tuple[LocalMap, ...], sweep: bool) -> Trace:
    """Trace of a forward pass whose last stage is L: what flows back starts there, with dL/dL = 1."""
    delta, own = flow_back(layers, local, seal(0 * h[-1] + 1, "dL/dL")), layers[:-1]
    grads = [gradients(i, f, h[i], delta[i + 1], sweep) if f.params else f.params for i, f in enumerate(own)]
    return Trace(own, h[:-1], local[:-1], sweep, delta[:-1], tuple(grads), h[-1], delta[-1])


@np.errstate(all="ignore")
def backward_pass(forward: Forward, delta: object) -> Trace:
    """Trace with every delta and gradient, from `delta` = dL/dh[n] at the output.

    `delta` may be any row in the shape of the output, so a vector function needs no loss: L is then the number whose
    gradient by the output is `delta`, delta . y. With a unit row, delta[0] is one row of the Jacobian.

    A `delta` in another shape, or anything that is not finite, is a CoreError.
    """
    row, y = as_array(delta, "delta"), forward.h[-1]
    refuse(row.shape != y.shape, "delta has shape {}, the output {}", row.shape, y.shape)
    layers, h, local = through((stage(forward.layers, row, OUTPUT),), y)
    return closed(forward.layers + layers, forward.h + h[1:], forward.local + local, forward.sweep)


def gradients(i: int, layer: Layer, h_in: Array, delta_out: Array, sweep: bool) -> Mapping[str, Array]:
    """Gradients of layer i: one per experiment in a sweep, otherwise summed to the parameter's own shape."""
    found = layer.gradients(h_in, delta_out)
    for name, slope in found.items():
        whole = slope if sweep or slope.ndim == layer.params[name].ndim else np.add.reduce(slope, axis=None)
        found[name] = seal(whole, "step {} ({}): dL_d{}", i, layer.name, name)
    return read_only(found)


Goal = TypedDict("Goal", {"target": object, "loss": Loss, "reduction": str}, total=False)  # noqa: UP013
"""What an output is measured by: keyword arguments of `record`."""

REDUCTIONS = read_only(Table({"sum": lambda L, y: L, "mean": lambda L, y: L / len(y) if y.ndim == 2 else L}))
"""What is made of the sum over all samples, and of its derivative; y, if it is a batch, tells how many there are."""


def stage(layers: Layers, target: object = None, loss: Loss = None, reduction: str = "sum") -> Layer:
    """Loss as one more stage behind `layers`, L(y), with local derivative dL/dy; a sweep keeps one L per experiment.

    It mixes if they do, so that of a whole network its last stage tells whether x is a sweep.
    """
    f, t = OUTPUT if loss is None else row_of(LOSSES, loss), Number(1) if target is None else as_array(target, "target")
    per, mixes = REDUCTIONS[str(reduction)], f.mixes or any([layer.mixes for layer in layers])
    refuse((loss is None) != (target is None), "a loss takes a target, a target a loss; with neither, L is the output")

    def forward(y: Array) -> Array:
        if y.ndim:
            refuse(reduction == "mean" and (not mixes or y.ndim > 2), "a mean is over (samples, n), not {}", y.shape)
            refuse(target is None and mixes and y.shape[-1] > 1, "with no loss, L is the output: it must be one number")
        wrong = target is not None and not f.mixes and t.shape != y.shape
        refuse(wrong, "the target has shape {0.shape}, the output {1.shape}; a target is never broadcast", t, y)
        return per(np.add.reduce(f.value(y, t), axis=None) if mixes else f.value(y, t), y)

    # with its target, a loss is a function of y alone
    return Layer(f.name, forward, lambda y, L: new(Diagonal, (seal(per(f.derivative(y, t), y), "slope"),)), mixes=mixes)


@np.errstate(all="ignore")
def record(layers: Layers, x: object, *, target: object = None, loss: Loss = None, reduction: str = "sum") -> Trace:
    """One whole trace: forward, loss, backward.

    Parameters
    ----------
    layers : iterable of Layer
        None at all is allowed: then y is x.
    x : number or array
        A number or a sweep of any shape; (n,) or (samples, n) where layers mix entries. See the module's docstring.
    target : number or array
        In the very shape of the output, never broadcast; for softmax_cross_entropy also whole labels, one per sample.
    loss : str, Function or None
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
    return closed(*through((*(own := tuple(layers)), end := stage(own, target, loss, reduction)), x), not end.mixes)


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
        return compose(*[f.with_params({k: params[f"{i}.{k}"] for k in f.params}) for i, f in enumerate(layers)])

    name, mixes = " then ".join(layer.name for layer in layers), any(layer.mixes for layer in layers)
    params = read_only(named(layer.params for layer in layers))
    return Layer(name, lambda h: forward_pass(layers, h).h[-1], local, gradients, params, rebuilt, mixes)


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
    refuse(trace.sweep and trace.h[0].ndim, "a sweep has one gradient for each x; to train on many, use dense layers")
    step, pairs = positive(rate, "a rate"), zip(layers, trace.grads, strict=True)
    return tuple(layer.with_params({k: p - step * g[k] for k, p in layer.params.items()}) for layer, g in pairs)


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
    refuse(not hasattr(steps, "__index__") or steps < 0, "steps are a whole number from 0 on, not {!r:.60}", steps)
    traces = [record(layers, x, **goal)]
    for _ in range(steps):
        traces.append(record(descent_step(traces[-1].layers, traces[-1], rate), x, **goal))
    return tuple(traces)
