"""The losses: one row each, the value beside its derivative, and never a clip, an epsilon or a broadcast.

`check(y, t)` refuses a target that does not fit. `value(y, t)` is one *term* per entry of y, except that
softmax_cross_entropy has one per sample; the loss is their sum. `derivative(y, t)` has the shape of y.
"""

# mypy: disable-error-code="no-any-return"
# NumPy declares that its ufuncs return Any.

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.errors import Array, read_only, refuse, row_named
from core.functions import Function, sigmoid, softplus


def same_shape(y: Array, t: Array) -> None:
    """Refuse a target that has not the very shape of y."""
    refuse(t.shape != y.shape, "the target has shape {}, the output {}; a target is never broadcast", t.shape, y.shape)


@dataclass(frozen=True)
class Loss(Function):
    """How far an output y is from its target t: a row like a function's, of two arguments.

    Attributes
    ----------
    value : callable
        value(y, t): the terms, whose sum is the loss.
    derivative : callable
        derivative(y, t): dL/dy for that sum, in the shape of y.
    check : callable
        check(y, t): CoreError if the target does not fit the output.
    mixes : bool
        True if one term reads several entries of y, so that the last axis of y holds the classes of one sample.
    """

    check: Callable[..., None] = same_shape
    mixes: bool = False


def chance(y: Array, t: Array) -> None:
    """Refuse a target of a binary cross-entropy that is not the chance of a yes."""
    refuse(np.any((t < 0) | (t > 1)), "a binary target must lie between 0 and 1")
    same_shape(y, t)


def weighted(weight: Array, term: Array) -> Array:
    """weight * term, and 0 where the weight is 0, even if the term is infinite there: 0 log 0 is 0."""
    return np.where(weight == 0, 0.0, weight * term)[()]


def cross_entropy(y: Array, t: Array) -> Array:
    """-(t log y + (1-t) log(1-y)) for a probability y."""
    refuse(np.any((y.real < 0) | (y.real > 1)), "a probability must lie between 0 and 1; for logits: ..._with_logits")
    return -weighted(t, np.log(y)) - weighted(1 - t, np.log1p(-y))


def log_softmax(y: Array) -> Array:
    """log p, p = softmax y over the last axis. The largest logit is taken out, and 1 + the sum of the others is left.

    So nothing cancels when one p is nearly 1. (Complex logits are sorted by their real parts.)

    Examples
    --------
    >>> -np.expm1(log_softmax(np.array([50.0, 0.0])))  # 1 - p
    array([1.92874985e-22, 1.00000000e+00])
    """
    ordered = np.sort(y, axis=-1)
    largest, others = ordered[..., -1:], ordered[..., :-1]
    return y - largest - np.log1p(np.exp(others - largest).sum(axis=-1, keepdims=True))


def shares(y: Array, t: Array) -> Array:
    """Target as a distribution over the last axis of y, from whole labels (one per sample) or from a distribution."""
    return t if t.shape == y.shape else np.equal(t[..., None], np.arange(y.shape[-1])).astype(float)


def distribution(y: Array, t: Array) -> None:
    """Refuse what is neither whole labels in range nor shares that are >= 0 and sum to 1 within 1e-6.

    A label that is no class matches none, so its shares sum to 0 (-1 never means "the last").
    """
    fits = y.ndim and t.shape in (y.shape, y.shape[:-1]) and (t >= 0).all()
    fits = fits and (abs(shares(y, t).sum(axis=-1) - 1) <= 1e-6).all()
    what = "an output of shape {} takes whole labels from 0 to {} of shape {}, or shares whose sum is 1, not {!r:.60}"
    refuse(not fits, what, y.shape, (y.shape or (1,))[-1] - 1, y.shape[:-1], t)


def softmax_slope(y: Array, t: Array) -> Array:
    """p_k sum(t) - t_k, written p_k sum_{j != k} t_j - t_k (1 - p_k).

    It is p - t when t sums to 1 exactly; the general form stays exact when rounding leaves t a little off, and
    its right-hand side keeps the tail that p_k - 1 would cancel.
    """
    log_p, t = log_softmax(y), shares(y, t)
    return np.exp(log_p) * (t.sum(axis=-1, keepdims=True) - t) + t * np.expm1(log_p)


# fmt: off
# Every loss by name; OUTPUT stands for none.
LOSSES = read_only({row.name: row for row in (
    Loss("half_squared_error", lambda y, t: 0.5 * (y - t) ** 2, lambda y, t: y - t, "L = sum (y-t)^2/2;  dL/dy = y-t"),
    Loss("absolute_error", lambda y, t: (y - t) * np.sign((y - t).real), lambda y, t: np.sign((y - t).real),
         "L = sum |y - t|;  dL/dy = sign(y - t)", "Kink: dL/dy = 0 at y = t."),
    Loss("softmax_cross_entropy", lambda y, t: -(shares(y, t) * log_softmax(y)).sum(axis=-1), softmax_slope,
         "L = -sum t log p, p = softmax y;  dL/dy = p sum(t) - t", "y: logits", distribution, True),
    Loss("binary_cross_entropy", cross_entropy, lambda y, t: weighted(1 - t, 1 / (1 - y)) - weighted(t, 1 / y),
         "L = -sum (t log y + (1-t) log(1-y));  dL/dy = (1-t)/(1-y) - t/y", "y: probabilities.", chance),
    Loss("binary_cross_entropy_with_logits", lambda y, t: t * softplus(-y) + (1 - t) * softplus(y),
         lambda y, t: (1 - t) * sigmoid(y) - t * sigmoid(-y),
         "L = sum (t softplus(-y) + (1-t) softplus(y));  dL/dy = sigmoid(y) - t", "No tail cancels.", chance),
)})
OUTPUT = Loss("output", lambda y, t: +y, lambda y, t: 0 * y + 1, "L = y;  dL/dy = 1", "No loss.", lambda y, t: None)
# fmt: on


def loss_function(name: str) -> Loss:
    """Row with this name; CoreError, with the nearest name, if there is none.

    Examples
    --------
    >>> float(loss_function("absolute_error").derivative(np.float64(0.5), np.float64(0.5)))
    0.0
    """
    return row_named(LOSSES, name, "loss")
