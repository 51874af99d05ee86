"""How one knows that a gradient is right: it is computed again in a way that knows no derivative rule.

- `complex_step`: f'(x) = Im f(x + ih) / h. Nothing is subtracted, so h can be as small as one likes and the result is
  right to the last digits, at gradients of 1e-20 too (Squire and Trapp, SIAM Review 40, 1998).
- `central_difference`: (f(x + h) - f(x - h)) / 2h. It subtracts two nearly equal numbers: too large an h is wrong by
  curvature, too small an h by rounding, and a gradient far below the value itself drowns. `step_curve` shows it.

Errors are relative. An absolute tolerance would let a wrong sign pass wherever the gradient is small.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from core.arrays import Array, as_array, frozen
from core.errors import CoreError, row_named
from core.layers import Layer
from core.losses import Loss
from core.trace import loss_of, record

Scalar = Callable[[Array], Any]
"""A function from an array to one number."""


@dataclass(frozen=True)
class Method:
    """A numeric derivative: its estimate from f, which it calls at x plus a shift, and the step it works best with."""

    name: str
    estimate: Callable[[Callable[[complex], Any], float], Any]
    step: float


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "complex_step": Method("complex_step", lambda f, h: f(1j * h).imag / h, 1e-100),
        "central_difference": Method("central_difference", lambda f, h: (f(h) - f(-h)) / (2 * h), 6e-6),
    }
)


def numeric_gradient(f: Scalar, x: object, method: str = "complex_step", step: float | None = None) -> Array:
    """Gradient of f at x, one entry at a time, in the shape of x.

    Parameters
    ----------
    f : callable
        From an array in the shape of x to one number. For a complex step it must take a complex array.
    step : float or None
        h; None for the method's own.
    """
    how, at = row_named(METHODS, method, "method"), as_array(x, "x")
    h = how.step if step is None else float(step)
    if not (np.isfinite(h) and h > 0):
        raise CoreError(f"a step is a positive number, not {step!r}")
    units = np.eye(at.size).reshape(at.size, *at.shape)

    def along(unit: Array) -> Any:
        return how.estimate(lambda shift: f(at + shift * unit), h)

    return as_array(np.reshape([along(unit) for unit in units], at.shape), f"{method} of f")


def complex_step(f: Scalar, x: object, step: float | None = None) -> Array:
    """Gradient of f at x by complex step; h = 1e-100 unless given.

    Examples
    --------
    >>> float(complex_step(np.sin, 1.0)) - float(np.cos(1.0))
    0.0
    """
    return numeric_gradient(f, x, "complex_step", step)


def central_difference(f: Scalar, x: object, step: float | None = None) -> Array:
    """Gradient of f at x by central difference; h = 6e-6, near the cube root of the rounding unit, unless given.

    Examples
    --------
    >>> f"{float(central_difference(np.sin, 1.0)) - float(np.cos(1.0)):.0e}"[-3:]
    '-12'
    """
    return numeric_gradient(f, x, "central_difference", step)


def relative_error(a: Array | float, b: Array | float) -> Array:
    """Relative |a - b| / max(|a|, |b|), and 0 where both are 0; it is 2 for a wrong sign, however small the numbers."""
    largest = np.maximum(np.abs(a), np.abs(b))
    return frozen(np.abs(np.subtract(a, b)) / np.where(largest == 0, 1.0, largest))


def step_curve(f: Scalar, x: object, exact: float, steps: Sequence[float], method: str = "central_difference") -> Array:
    """Relative error of a numeric derivative of f at the number x, for each step.

    A U for the central difference of a curved function; flat for the complex step once h is small.
    """
    return frozen(np.array([relative_error(numeric_gradient(f, x, method, h), exact) for h in steps]))


@dataclass(frozen=True)
class GradientRow:
    """One entry of one parameter; layer is None and parameter "x" for the input itself."""

    layer: int | None
    parameter: str
    index: tuple[int, ...]
    analytic: float
    numeric: float
    relative_error: float


@dataclass(frozen=True)
class GradientReport:
    """Rows of a gradient check, in the order of the layers, x last."""

    method: str
    rows: tuple[GradientRow, ...]

    @property
    def worst(self) -> float:
        """Largest relative error."""
        return max(row.relative_error for row in self.rows)

    def worst_rows(self, count: int = 3) -> tuple[GradientRow, ...]:
        """Rows with the largest relative errors, largest first."""
        return tuple(sorted(self.rows, key=lambda row: -row.relative_error)[:count])


def replaced(
    layers: Sequence[Layer], x: Array, layer: int | None, parameter: str, value: Array
) -> tuple[Sequence[Layer], Array]:
    """Layers and x with one parameter, or x itself, replaced."""
    if layer is None:
        return layers, value
    changed = layers[layer].with_params({**layers[layer].params, parameter: value})
    return [*layers[:layer], changed, *layers[layer + 1 :]], x


def gradient_check(
    layers: Sequence[Layer],
    x: object,
    *,
    target: object = None,
    loss: str | Loss | None = None,
    reduction: str = "sum",
    method: str = "complex_step",
    step: float | None = None,
) -> GradientReport:
    """Compare every gradient of `record` with a numeric one, entry by entry.

    Only forward passes are run for the numeric side. At a kink the complex step answers with the core's convention.

    Raises
    ------
    CoreError
        For a sweep of more than one x (check one x at a time), and for gelu with a complex step.

    Examples
    --------
    >>> from core import scale, elementwise
    >>> chain = [scale(1.2), elementwise("tanh"), scale(-0.8)]
    >>> gradient_check(chain, 1, target=0.5, loss="half_squared_error").worst < 1e-14
    True
    """
    trace = record(layers, x, target=target, loss=loss, reduction=reduction)
    if np.size(trace.loss) > 1:
        raise CoreError(f"a gradient check takes one loss; this sweep has {np.size(trace.loss)}: check one x at a time")
    rows = []
    for place, parameter, value, analytic in places(trace.layers, trace.h[0], trace.grads, trace.delta[0]):

        def total(changed: Array, place: int | None = place, parameter: str = parameter) -> Any:
            net, at = replaced(trace.layers, trace.h[0], place, parameter, changed)
            return np.sum(loss_of(net, at, target, loss, reduction))

        numeric = numeric_gradient(total, value, method, step)
        error = relative_error(analytic, numeric)
        rows += [
            GradientRow(place, parameter, i, float(analytic[i]), float(numeric[i]), float(error[i]))
            for i in np.ndindex(value.shape)
        ]
    return GradientReport(method, tuple(rows))


def places(
    layers: Sequence[Layer], x: Array, grads: Sequence[Mapping[str, Array]], delta: Array
) -> list[tuple[int | None, str, Array, Array]]:
    """Layer, name, value and gradient of every parameter, then of x."""
    found: list[tuple[int | None, str, Array, Array]] = [
        (i, name, value, np.reshape(grads[i][name], value.shape))
        for i, layer in enumerate(layers)
        for name, value in layer.params.items()
    ]
    return [*found, (None, "x", x, delta)]


@dataclass(frozen=True)
class Nudge:
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


def nudge(
    layers: Sequence[Layer],
    x: object,
    *,
    target: object = None,
    loss: str | Loss | None = None,
    layer: int | None,
    parameter: str = "x",
    step: float,
    reduction: str = "sum",
) -> Nudge:
    """Move one number, a parameter of one layer or x itself (layer=None), by -step and +step, and look at the loss.

    Raises
    ------
    CoreError
        If there is no such parameter, or if it or the loss is not a single number.
    """
    trace = record(layers, x, target=target, loss=loss, reduction=reduction)
    known = {
        (i, name): (value, slope) for i, name, value, slope in places(layers, trace.h[0], trace.grads, trace.delta[0])
    }
    key = (layer, "x" if layer is None else parameter)
    if key not in known or known[key][0].ndim or np.ndim(trace.loss):
        raise CoreError(f"there is no single number {parameter!r} in layer {layer} to nudge, or more than one loss")
    value, slope = known[key]

    def total(changed: Array) -> float:
        net, at = replaced(layers, trace.h[0], layer, parameter, changed)
        return float(loss_of(net, at, target, loss, reduction))

    low, high = total(value - step), total(value + step)
    rise, run, analytic = high - low, 2 * float(step), float(slope)
    now = total(value)
    return Nudge(float(step), low, now, high, rise, run, rise / run, analytic, rise / run - analytic)
