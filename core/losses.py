"""The losses: one row each, the value beside its derivative, and never a clip, an epsilon or a broadcast.

`value(y, t)` is one *term* per entry of y, except for softmax_cross_entropy, which has one term per sample (row) of y;
the loss is the sum of the terms, and `core.trace` takes that sum. `derivative(y, t)` always has the shape of y.
Every row refuses a target that does not fit before it computes anything.
"""

# mypy: disable-error-code="no-any-return"
# NumPy declares that its ufuncs return Any.

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from core.arrays import Array
from core.errors import CoreError, row_named
from core.functions import sigmoid, softplus


@dataclass(frozen=True)
class Loss:
    """How far an output y is from its target t.

    Attributes
    ----------
    name : str
        As in the settings.
    value : callable
        value(y, t): the terms, whose sum is the loss.
    derivative : callable
        derivative(y, t): dL/dy for that sum, in the shape of y.
    formula, caveat : str
        L and dL/dy in plain text; domain, kinks, what the target may be.
    mixes : bool
        True if one term reads several entries of y, so that the last axis of y holds the classes of one sample.
    """

    name: str
    value: Callable[[Array, Array], Array]
    derivative: Callable[[Array, Array], Array]
    formula: str
    caveat: str = ""
    mixes: bool = False


def residual(y: Array, t: Array) -> Array:
    """y - t, for a target in the very shape of y."""
    if t.shape != y.shape:
        raise CoreError(f"the target has shape {t.shape}, the output {y.shape}; a target is never broadcast")
    return y - t


def share(y: Array, t: Array) -> Array:
    """Target t of a binary cross-entropy, checked: in the shape of y and between 0 and 1."""
    residual(y, t)
    if np.any((t < 0) | (t > 1)):
        raise CoreError(f"a binary target lies between 0 and 1, not {t!r:.60}")
    return t


def probability(y: Array) -> Array:
    """Output y of a binary cross-entropy, checked: between 0 and 1."""
    if np.any((y.real < 0) | (y.real > 1)):
        raise CoreError("binary_cross_entropy takes probabilities from 0 to 1; for logits there is ..._with_logits")
    return y


def weighted(weight: Array, term: Array) -> Array:
    """weight * term, and 0 where the weight is 0, even if the term is infinite there: 0 log 0 is 0."""
    return np.where(weight == 0, 0.0, weight * term)[()]


class Classes(NamedTuple):
    """Softmax of logits y in forms that lose nothing, each of the shape of y. Sums run over the last axis."""

    p: Array  # exp(y_k) / sum_j exp(y_j)
    rest: Array  # 1 - p, without the subtraction that would cancel when p is nearly 1
    log_p: Array


def classes(y: Array) -> Classes:
    """Softmax of the logits y: the largest is taken out first, the others are summed apart from it.

    Examples
    --------
    >>> classes(np.array([50.0, 0.0])).rest
    array([1.92874985e-22, 1.00000000e+00])
    """
    top = np.arange(y.shape[-1]) == np.argmax(y.real, axis=-1)[..., None]
    shifted = y - np.sum(top * y, axis=-1, keepdims=True)
    e = np.exp(shifted)
    others = np.sum(np.where(top, 0.0, e), axis=-1, keepdims=True)
    return Classes(e / (1 + others), np.where(top, others, 1 + others - e) / (1 + others), shifted - np.log1p(others))


def distribution(y: Array, t: Array) -> Array:
    """Target as a distribution over the last axis of y, from integer labels or from a distribution.

    Raises
    ------
    CoreError
        If a label is not a whole number or is out of range (-1 never means "the last"), if a distribution has
        a negative entry or does not sum to 1 within 1e-6, or if the shape fits neither.
    """
    t = np.asarray(t)
    if y.ndim == 0:
        raise CoreError("softmax_cross_entropy takes a vector of logits, one per class; the output is one number")
    if t.shape == y.shape:
        if np.any(t < 0) or np.any(np.abs(np.sum(t, axis=-1) - 1) > 1e-6):
            raise CoreError("a target distribution has no negative entry and sums to 1 over the classes")
        return t
    if t.shape != y.shape[:-1]:
        raise CoreError(f"the target has shape {t.shape}: labels {y.shape[:-1]} or a distribution {y.shape} would fit")
    if np.any((t < 0) | (t >= y.shape[-1]) | (t != np.floor(t))):
        raise CoreError(f"labels are whole numbers from 0 to {y.shape[-1] - 1}, not {t.tolist()!r:.60}")
    return (np.arange(y.shape[-1]) == t[..., None]) * 1.0


def softmax_terms(y: Array, t: Array) -> Array:
    """-sum_k t_k log p_k, one term per sample."""
    return -np.sum(distribution(y, t) * classes(y).log_p, axis=-1)


def softmax_slope(y: Array, t: Array) -> Array:
    """p_k sum(t) - t_k, written p_k sum_{j != k} t_j - t_k sum_{j != k} p_j.

    It is p - t when t sums to 1 exactly; the general form stays exact when rounding leaves t a little off, and
    its right-hand side keeps the tail that p_k - 1 would cancel.
    """
    t, c = distribution(y, t), classes(y)
    return c.p * (np.sum(t, axis=-1, keepdims=True) - t) - t * c.rest


_ROWS = (
    Loss(
        "half_squared_error",
        lambda y, t: 0.5 * residual(y, t) * residual(y, t),
        residual,
        "L = sum (y - t)^2 / 2;  dL/dy = y - t",
    ),
    Loss(
        "absolute_error",
        lambda y, t: residual(y, t) * np.sign(residual(y, t).real),
        lambda y, t: np.sign(residual(y, t).real),
        "L = sum |y - t|;  dL/dy = sign(y - t)",
        "Kink: dL/dy = 0 at y = t.",
    ),
    Loss(
        "softmax_cross_entropy",
        softmax_terms,
        softmax_slope,
        "L = -sum t log p, p = softmax y;  dL/dy = p sum(t) - t",
        "y are logits; t are whole labels from 0 or a distribution over the last axis. p - t needs sum t = 1.",
        mixes=True,
    ),
    Loss(
        "binary_cross_entropy",
        lambda y, t: -weighted(share(y, t), np.log(probability(y))) - weighted(1 - t, np.log1p(-y)),
        lambda y, t: weighted(1 - share(y, t), 1 / (1 - probability(y))) - weighted(t, 1 / y),
        "L = -sum (t log y + (1-t) log(1-y));  dL/dy = (1-t)/(1-y) - t/y",
        "y is a probability; a certain and wrong one (y = 0, t = 1) is an error, not a large number.",
    ),
    Loss(
        "binary_cross_entropy_with_logits",
        lambda y, t: share(y, t) * softplus(-y) + (1 - t) * softplus(y),
        lambda y, t: (1 - share(y, t)) * sigmoid(y) - t * sigmoid(-y),
        "L = sum (t softplus(-y) + (1-t) softplus(y));  dL/dy = sigmoid(y) - t",
        "y is a logit. The derivative is written (1-t) sigmoid(y) - t sigmoid(-y), right in both tails.",
    ),
)

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
