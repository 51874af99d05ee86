"""The losses: one row each, the value beside its derivative, and never a clip, an epsilon or a broadcast.

`value(y, t)` is one *term* per entry of y, except for softmax_cross_entropy, which has one term per sample (row) of y;
the loss is the sum of the terms, and `core.trace` takes that sum. `derivative(y, t)` always has the shape of y.
`value` refuses a target that does not fit; it is asked first.
"""

# mypy: disable-error-code="no-any-return"
# NumPy declares that its ufuncs return Any.

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from core.arrays import Array
from core.errors import CoreError, row_named
from core.functions import Function, sigmoid, softplus


@dataclass(frozen=True)
class Loss(Function):
    """How far an output y is from its target t: a row like a function's, of two arguments.

    Attributes
    ----------
    value : callable
        value(y, t): the terms, whose sum is the loss.
    derivative : callable
        derivative(y, t): dL/dy for that sum, in the shape of y.
    mixes : bool
        True if one term reads several entries of y, so that the last axis of y holds the classes of one sample.
    """

    mixes: bool = False


def residual(y: Array, t: Array) -> Array:
    """y - t, for a target in the very shape of y."""
    if t.shape != y.shape:
        raise CoreError(f"the target has shape {t.shape}, the output {y.shape}; a target is never broadcast")
    return y - t


def unit(value: Array, what: str) -> Array:
    """`value`, checked: between 0 and 1."""
    if np.any((value.real < 0) | (value.real > 1)):
        raise CoreError(f"{what} must lie between 0 and 1 (for logits there is binary_cross_entropy_with_logits)")
    return value


def weighted(weight: Array, term: Array) -> Array:
    """weight * term, and 0 where the weight is 0, even if the term is infinite there: 0 log 0 is 0."""
    return np.where(weight == 0, 0.0, weight * term)[()]


def cross_entropy(y: Array, t: Array) -> Array:
    """-(t log y + (1-t) log(1-y)) for a probability y."""
    residual(y, unit(t, "the target"))
    return -weighted(t, np.log(unit(y, "the output"))) - weighted(1 - t, np.log1p(-y))


def logit_entropy(y: Array, t: Array) -> Array:
    """Binary cross-entropy of a logit y: t softplus(-y) + (1-t) softplus(y)."""
    residual(y, unit(t, "the target"))
    return t * softplus(-y) + (1 - t) * softplus(y)


def classes(y: Array) -> tuple[Array, Array, Array]:
    """Softmax p over the last axis, 1 - p and log p, from logits y.

    The largest logit is taken out first and the others are summed apart from it, so that nothing cancels when one p is
    nearly 1.

    Examples
    --------
    >>> classes(np.array([50.0, 0.0]))[1]
    array([1.92874985e-22, 1.00000000e+00])
    """
    top = np.arange(y.shape[-1]) == np.argmax(y.real, axis=-1)[..., None]
    shifted = y - np.sum(top * y, axis=-1, keepdims=True)
    e = np.exp(shifted)
    others = np.sum(np.where(top, 0.0, e), axis=-1, keepdims=True)
    return e / (1 + others), np.where(top, others, 1 + others - e) / (1 + others), shifted - np.log1p(others)


def distribution(y: Array, t: Array) -> Array:
    """Target as a distribution over the last axis of y, from whole labels (one per sample) or from a distribution.

    A label out of range is refused (-1 never means "the last"), and a distribution that has a negative entry or does
    not sum to 1 within 1e-6.
    """
    labels = np.arange(y.shape[-1] if y.ndim else 0)
    if y.ndim and t.shape == y.shape[:-1] and np.isin(t, labels).all():
        return (labels == t[..., None]) * 1.0
    if y.ndim and t.shape == y.shape and np.all(t >= 0) and np.all(abs(np.sum(t, axis=-1) - 1) < 1e-6):
        return t
    raise CoreError(
        f"an output of shape {y.shape} takes whole labels from 0 to {len(labels) - 1} of shape {y.shape[:-1]}, or a "
        f"distribution of shape {y.shape} that sums to 1; not the target {t.tolist()!r:.60} of shape {t.shape}"
    )


def softmax_slope(y: Array, t: Array) -> Array:
    """p_k sum(t) - t_k, written p_k sum_{j != k} t_j - t_k (1 - p_k).

    It is p - t when t sums to 1 exactly; the general form stays exact when rounding leaves t a little off, and
    its right-hand side keeps the tail that p_k - 1 would cancel.
    """
    t, (p, rest, _) = distribution(y, t), classes(y)
    return p * (np.sum(t, axis=-1, keepdims=True) - t) - t * rest


# fmt: off
_ROWS = (
    Loss("half_squared_error", lambda y, t: 0.5 * residual(y, t) ** 2, residual, "L = sum (y-t)^2 / 2;  dL/dy = y-t"),
    Loss("absolute_error", lambda y, t: residual(y, t) * np.sign((y - t).real), lambda y, t: np.sign((y - t).real),
         "L = sum |y - t|;  dL/dy = sign(y - t)", "Kink: dL/dy = 0 at y = t."),
    Loss("softmax_cross_entropy", lambda y, t: -np.sum(distribution(y, t) * classes(y)[2], axis=-1), softmax_slope,
         "L = -sum t log p, p = softmax y;  dL/dy = p sum(t) - t", "y are logits; p - t needs sum t = 1.", mixes=True),
    Loss("binary_cross_entropy", cross_entropy, lambda y, t: weighted(1 - t, 1 / (1 - y)) - weighted(t, 1 / y),
         "L = -sum (t log y + (1-t) log(1-y));  dL/dy = (1-t)/(1-y) - t/y", "Never clipped."),
    Loss("binary_cross_entropy_with_logits", logit_entropy, lambda y, t: (1 - t) * sigmoid(y) - t * sigmoid(-y),
         "L = sum (t softplus(-y) + (1-t) softplus(y));  dL/dy = sigmoid(y) - t", "Written so that no tail cancels."),
)
# fmt: on

OUTPUT = Loss("output", lambda y, t: +y, lambda y, t: 0 * y + 1, "L = y;  dL/dy = 1")
"""What stands for the loss where there is none."""

LOSSES: Mapping[str, Loss] = MappingProxyType({row.name: row for row in _ROWS})
"""Every loss by name."""


def loss_function(name: str) -> Loss:
    """Row with this name; CoreError, with the nearest name, if there is none.

    Examples
    --------
    >>> float(loss_function("absolute_error").derivative(np.float64(0.5), np.float64(0.5)))
    0.0
    """
    return row_named(LOSSES, name, "loss")
