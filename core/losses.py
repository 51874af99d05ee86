"""The losses: one row each, the value beside its derivative, and never a clip, an epsilon or a broadcast.

`target(y, t)` refuses a target that does not fit. `value(y, t)` is one *term* per entry of y, except that
softmax_cross_entropy has one per sample; the loss is their sum. `derivative(y, t)` has the shape of y.
"""

# mypy: disable-error-code="no-any-return"
# NumPy declares that its ufuncs return Any.

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.errors import Array, CoreError, read_only, refuse, row_named
from core.functions import Function, sigmoid, softplus


def same_shape(y: Array, t: Array) -> Array:
    """Target t, if it has the very shape of y."""
    if t.shape != y.shape:
        raise CoreError(f"the target has shape {t.shape}, the output {y.shape}; a target is never broadcast")
    return t


@dataclass(frozen=True)
class Loss(Function):
    """How far an output y is from its target t: a row like a function's, of two arguments.

    Attributes
    ----------
    value : callable
        value(y, t): the terms, whose sum is the loss.
    derivative : callable
        derivative(y, t): dL/dy for that sum, in the shape of y.
    target : callable
        target(y, t): t in the form that the two take, if it fits; otherwise CoreError.
    mixes : bool
        True if one term reads several entries of y, so that the last axis of y holds the classes of one sample.
    """

    target: Callable[[Array, Array], Array] = same_shape
    mixes: bool = False


def share(y: Array, t: Array) -> Array:
    """Target of a binary cross-entropy, if it fits: the chance of a yes."""
    refuse(np.any((t < 0) | (t > 1)), "a binary target must lie between 0 and 1")
    return same_shape(y, t)


def weighted(weight: Array, term: Array) -> Array:
    """weight * term, and 0 where the weight is 0, even if the term is infinite there: 0 log 0 is 0."""
    return np.where(weight == 0, 0.0, weight * term)[()]


def cross_entropy(y: Array, t: Array) -> Array:
    """-(t log y + (1-t) log(1-y)) for a probability y."""
    refuse(np.any((y.real < 0) | (y.real > 1)), "a probability must lie between 0 and 1; for logits: ..._with_logits")
    return -weighted(t, np.log(y)) - weighted(1 - t, np.log1p(-y))


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
    if t.shape == y.shape[:-1] and np.all((t >= 0) & (t < len(labels)) & (t == np.floor(t))):
        return (labels == t[..., None]) * 1.0
    if not y.ndim or t.shape != y.shape or np.any(t < 0) or np.any(abs(np.sum(t, axis=-1) - 1) > 1e-6):
        what = f"whole labels from 0 to {len(labels) - 1} of shape {y.shape[:-1]}, or shares {y.shape} whose sum is 1"
        raise CoreError(
            f"an output of shape {y.shape} takes {what}, not the target {t.tolist()!r:.60} of shape {t.shape}"
        )
    return t


def softmax_slope(y: Array, t: Array) -> Array:
    """p_k sum(t) - t_k, written p_k sum_{j != k} t_j - t_k (1 - p_k).

    It is p - t when t sums to 1 exactly; the general form stays exact when rounding leaves t a little off, and
    its right-hand side keeps the tail that p_k - 1 would cancel.
    """
    p, rest, _ = classes(y)
    return p * (np.sum(t, axis=-1, keepdims=True) - t) - t * rest


# fmt: off
_ROWS = (
    Loss("half_squared_error", lambda y, t: 0.5 * (y - t) ** 2, lambda y, t: y - t, "L = sum (y-t)^2/2;  dL/dy = y-t"),
    Loss("absolute_error", lambda y, t: (y - t) * np.sign((y - t).real), lambda y, t: np.sign((y - t).real),
         "L = sum |y - t|;  dL/dy = sign(y - t)", "Kink: dL/dy = 0 at y = t."),
    Loss("softmax_cross_entropy", lambda y, t: -np.sum(t * classes(y)[2], axis=-1), softmax_slope,
         "L = -sum t log p, p = softmax y;  dL/dy = p sum(t) - t", "y: logits", distribution, True),
    Loss("binary_cross_entropy", cross_entropy, lambda y, t: weighted(1 - t, 1 / (1 - y)) - weighted(t, 1 / y),
         "L = -sum (t log y + (1-t) log(1-y));  dL/dy = (1-t)/(1-y) - t/y", "y: probabilities.", share),
    Loss("binary_cross_entropy_with_logits", lambda y, t: t * softplus(-y) + (1 - t) * softplus(y),
         lambda y, t: (1 - t) * sigmoid(y) - t * sigmoid(-y),
         "L = sum (t softplus(-y) + (1-t) softplus(y));  dL/dy = sigmoid(y) - t", "No tail cancels.", share),
)
OUTPUT = Loss("output", lambda y, t: +y, lambda y, t: 0 * y + 1, "L = y;  dL/dy = 1", "The loss where there is none.")
# fmt: on

LOSSES = read_only({row.name: row for row in _ROWS})
"""Every loss by name."""


def loss_function(name: str) -> Loss:
    """Row with this name; CoreError, with the nearest name, if there is none.

    Examples
    --------
    >>> float(loss_function("absolute_error").derivative(np.float64(0.5), np.float64(0.5)))
    0.0
    """
    return row_named(LOSSES, name, "loss")
