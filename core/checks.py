"""How one knows that a gradient is right: it is computed again in a way that knows no derivative rule.

- `complex_step`: f'(x) = Im f(x + ih) / h. Nothing is subtracted, so h can be as small as one likes and the result is
  right to the last digits, at gradients of 1e-20 too (Squire and Trapp, SIAM Review 40, 1998).
- `central_difference`: (f(x + h) - f(x - h)) / 2h. It subtracts two nearly equal numbers: too large an h is wrong by
  curvature, too small an h by rounding, and a gradient far below the value itself drowns. `step_curve` shows it.

Errors are relative. An absolute tolerance would let a wrong sign pass wherever the gradient is small.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Unpack

import numpy as np

from core.errors import Array, Table, as_array, positive, read_only, refuse, seal
from core.trace import Goal, Layers, compose, record, stage


def by_entry(estimate: Callable[[Array, Array], Any], x: object, step: float) -> Array:
    """Numeric gradient in the shape of x, from an estimate(x, shift) along each entry on its own."""
    at = as_array(x, "x")
    shifts = positive(step, "a step") * np.eye(at.size).reshape(at.size, *at.shape)
    return as_array(np.reshape([estimate(at, shift) for shift in shifts], at.shape), "the numeric gradient")


def complex_step(f: Callable[[Array], Any], x: object, step: float = 1e-100) -> Array:
    """Gradient of f at x by complex step, one entry of x at a time; f gives one number and must take a complex array.

    Examples
    --------
    >>> float(complex_step(np.sin, 1.0)) - float(np.cos(1.0))
    0.0
    """
    return by_entry(lambda at, shift: f(at + 1j * shift).imag / step, x, step)


def central_difference(f: Callable[[Array], Any], x: object, step: float = 6e-6) -> Array:
    """Gradient of f at x by central difference; the best step lies near the cube root of the rounding unit.

    Examples
    --------
    >>> abs(float(central_difference(np.sin, 1.0)) - float(np.cos(1.0))) < 1e-10
    True
    """
    return by_entry(lambda at, shift: (f(at + shift) - f(at - shift)) / (2 * step), x, step)


METHODS = read_only(Table({"complex_step": complex_step, "central_difference": central_difference}))


def relative_error(a: Array | float, b: Array | float) -> Array:
    """Relative |a - b| / max(|a|, |b|), and 0 where both are 0; it is 2 for a wrong sign, however small the numbers."""
    largest = np.maximum(np.abs(a), np.abs(b))
    return seal(np.abs(np.subtract(a, b)) / np.where(largest == 0, 1.0, largest), "error")


def step_curve(f: Callable[[Array], Any], x: object, exact: float, steps: Sequence[float], method: str) -> Array:
    """Relative error of a numeric derivative of f at the number x, for each step.

    A U for the central difference of a curved function; flat for the complex step once h is small.
    """
    return seal(np.array([relative_error(METHODS[str(method)](f, x, h), exact) for h in steps]), "error")


class GradientRow(NamedTuple):
    """One entry of one parameter, at `entry`; layer is None and parameter "x" for the input itself."""

    layer: int | None
    parameter: str
    entry: tuple[int, ...]
    analytic: float
    numeric: float
    relative_error: float


def gradient_check(layers: Layers, x: object, method: str = "complex_step", **goal: Unpack[Goal]) -> list[GradientRow]:
    """Compare every gradient of `record` with a numeric one, entry by entry; layers first, x last.

    Only forward passes are run for the numeric side. At a kink the complex step answers with the core's convention.
    `goal` is target, loss and reduction as for `record`.

    Raises
    ------
    CoreError
        For a sweep of more than one x (check one x at a time), and for gelu with a complex step.

    Examples
    --------
    >>> from core import scale, elementwise
    >>> chain = [scale(1.2), elementwise("tanh"), scale(-0.8)]
    >>> rows = gradient_check(chain, 1, target=0.5, loss="half_squared_error")
    >>> [(row.layer, row.parameter, round(row.analytic, 4), row.relative_error < 1e-14) for row in rows]
    [(0, 'w', 0.2847, True), (2, 'w', -0.9728, True), (None, 'x', 0.3417, True)]
    """
    rows, how = list[GradientRow](), METHODS[str(method)]
    for (layer, name), (value, slope, loss_by) in places(layers, x, goal).items():
        columns = (slope, numeric := how(loss_by, value), relative_error(slope, numeric))
        rows += [GradientRow(layer, name, i, *(float(c[i]) for c in columns)) for i in np.ndindex(value.shape)]
    return rows


def places(layers: Layers, x: object, goal: Goal) -> dict[tuple[int | None, str], tuple[Any, ...]]:
    """Value, gradient, and the loss as a function of the value, of every parameter by layer and name, and then of x.

    The network with its loss is one gear, whose output is the loss: nothing but its forward pass is asked.
    """
    trace = record(layers, x, **goal)
    refuse(trace.loss.ndim, "a check takes one x at a time, not a sweep of shape {}", trace.loss.shape)
    whole, x = compose(*trace.layers, stage(trace.layers, **goal)), trace.h[0]

    def place(i: int, name: str, value: Array) -> tuple[Any, ...]:
        return value, trace.grads[i][name], lambda moved: whole.with_params({f"{i}.{name}": moved}).forward(x)

    found = {(i, name): place(i, name, p) for i, layer in enumerate(trace.layers) for name, p in layer.params.items()}
    return found | {(None, "x"): (x, trace.delta[0], whole.forward)}


class Nudge(NamedTuple):
    """A central difference with everything that it was computed from.

    rise = loss_plus - loss_minus, run = 2 step, numeric = rise / run, gap = numeric - analytic.
    """

    step: float
    loss_minus: float
    loss: float
    loss_plus: float
    rise: float
    run: float
    numeric: float
    analytic: float
    gap: float


def nudge(layers: Layers, x: object, *, layer: int | None, parameter: str, step: float, **goal: Unpack[Goal]) -> Nudge:
    """Move one number, a parameter of one layer or x itself (layer=None), by -step and +step, and look at the loss.

    CoreError if there is no such parameter, or if it or the loss is not a single number.
    """
    value, slope, loss_by = places(layers, x, goal).get((layer, parameter), (np.zeros(2), np.zeros(2), np.sum))
    refuse(value.ndim, "no single number {!r} in layer {} to nudge", parameter, layer)
    low, now, high = (float(loss_by(value + way * positive(step, "a step"))) for way in (-1, 0, 1))
    rise, run = high - low, 2 * float(step)
    return Nudge(float(step), low, now, high, rise, run, rise / run, float(slope), rise / run - float(slope))
