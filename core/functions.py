"""The elementwise functions and the losses: one row each, the value beside its derivative.

Adding one is adding a row. Two rules keep the rows right where textbook forms fail:

- *Tails.* 1 - tanh(x)^2 is 100 % wrong from |x| = 19 on. With e = exp(-2|x|), tanh' = 4e / (1 + e)^2 keeps full
  relative precision until it underflows; sigmoid likewise with e = exp(-|x|).
- *Complex step.* A check sends x + ih through `value`, so every decision is taken on `x.real`, and |x| is written
  x * sign(x.real): `np.abs` of a complex number is its modulus and would break the check in silence.

A function with a kink here is two straight lines that meet at 0, so its value is x times its derivative. That way its
convention at the kink is written once, and a complex step taken at the kink itself answers with that same convention.

A loss is a row of two arguments, the output y and the target t: never a clip, an epsilon or a broadcast. What it gives
are *terms*, and the loss is their sum. A target must have the very shape of y (the stage that `core.trace` makes of a
loss sees to that); softmax_cross_entropy, whose terms are one per sample, has a rule of its own.
"""

# mypy: disable-error-code="no-any-return"
# NumPy declares that its ufuncs return Any.

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from core.errors import Array, Table, plain, read_only, refuse


class Function(NamedTuple):
    """A function of one number, applied to each entry on its own; or a loss, of an output y and a target t.

    Attributes
    ----------
    name : str
        As in the settings.
    value, derivative : callable
        f(x) and f'(x): a float64 array (or scalar) in, one of the same shape out, sharing no memory with it. Of a
        loss, value(y, t) is one *term* per entry of y and derivative(y, t), in the shape of y, that of the terms' sum.
    formula : str
        f and f' in plain text.
    caveat : str
        Domain, kinks and precision; empty where there is nothing to say.
    mixes : bool
        True for a loss of which one term reads several entries of y, so that the last axis of y holds the classes of
        one sample. Such a loss has one term per sample, and refuses by itself a target that does not fit.
    """

    name: str
    value: Callable[..., Array]
    derivative: Callable[..., Array]
    formula: str
    caveat: str = ""
    mixes: bool = False


def inside(domain: Array, x: Array) -> Array:
    """x, if all of it lies in the domain: a complex logarithm or root would answer outside, too."""
    refuse(not np.all(domain), "it is not defined at {:.6g}", *np.extract(np.logical_not(domain), x)[:1])
    return x


def magnitude(x: Array) -> Array:
    """|x|; of a complex x it is x or -x, by the side of 0 on which x.real lies, and 0 if it lies on neither."""
    return x * np.sign(x.real) if x.dtype.kind == "c" else abs(x)


def sigmoid(x: Array) -> Array:
    """exp(min(x, 0)) / (1 + exp(-|x|)): no exponential of a positive number, so it cannot overflow."""
    return np.exp(0.5 * x - 0.5 * magnitude(x)) / (1 + np.exp(-magnitude(x)))


def bell(x: Array) -> Array:
    """sigmoid'(x) = e / (1 + e)^2 with e = exp(-|x|). As tanh x = 2 sigmoid(2x) - 1, tanh'(x) is 4 bell(2x)."""
    return (e := np.exp(-abs(x))) / (1.0 + e) ** 2


def softplus(x: Array) -> Array:
    """max(x, 0) + log(1 + exp(-|x|)), which neither overflows nor loses the left tail."""
    return 0.5 * x + 0.5 * magnitude(x) + np.log1p(np.exp(-magnitude(x)))


def right(x: Array) -> Array:
    """1 right of 0, 0 at 0 and left of it; of a complex x the real part decides, as it would not in `np.maximum`."""
    return np.greater(x.real, 0.0).astype(float)


def left_of(x: Array) -> Array:
    """Phi(x) = erfc(-x / sqrt 2) / 2, the share of a standard normal left of x, right in its tail too."""
    refuse(np.iscomplexobj(x), "gelu takes no complex number (math.erf has none): check it with central_difference")
    return np.array([0.5 * math.erfc(-v * math.sqrt(0.5)) for v in np.ravel(x)]).reshape(np.shape(x))[()]


# fmt: off
FUNCTIONS: Mapping[str, Function] = read_only(Table({row.name: row for row in (
    Function("identity", lambda x: +x, lambda x: 0 * x + 1, "f = x;  f' = 1"),
    Function("square", lambda x: x * x, lambda x: 2 * x, "f = x^2;  f' = 2x", "Flat at 0."),
    Function("cube", lambda x: x * x * x, lambda x: 3 * (x * x), "f = x^3;  f' = 3x^2", "Flat at 0."),
    Function("tanh", np.tanh, lambda x: 4.0 * bell(x + x), "f = tanh x;  f' = 4e/(1+e)^2, e = exp(-2|x|)"),
    Function("sigmoid", sigmoid, bell, "f = 1/(1+exp(-x));  f' = e/(1+e)^2, e = exp(-|x|)"),
    # np.maximum would compare the imaginary parts of complex numbers, too; + 0.0 turns -0 into 0
    Function("relu", lambda x: (x * right(x) if x.dtype.kind == "c" else np.maximum(x, 0.0)) + 0.0, right,
             "f = max(x, 0);  f' = 1 if x > 0 else 0", "Kink: f'(0) = 0."),
    Function("leaky_relu", lambda x: x * (0.01 + 0.99 * right(x)), lambda x: 0.01 + 0.99 * right(x),
             "f = max(x, x/100);  f' = 1 if x > 0 else 0.01", "Kink: f'(0) = 0.01."),
    Function("softplus", softplus, sigmoid, "f = log(1 + exp x);  f' = sigmoid x"),
    Function("sin", np.sin, np.cos, "f = sin x;  f' = cos x"),
    Function("cos", np.cos, lambda x: -np.sin(x), "f = cos x;  f' = -sin x"),
    Function("exp", np.exp, np.exp, "f = exp x;  f' = exp x", "Not finite from x = 709.8."),
    Function("log", lambda x: np.log(inside(x.real > 0, x)), lambda x: 1 / x, "f = log x;  f' = 1/x", "x > 0."),
    Function("sqrt", lambda x: np.sqrt(inside(x.real >= 0, x)), lambda x: .5 / np.sqrt(x), "f = sqrt x;  f' = 1/(2f)"),
    Function("reciprocal", lambda x: 1 / inside(x.real != 0, x), lambda x: -1 / x / x, "f = 1/x; f' = -1/x^2", "No 0."),
    Function("abs", magnitude, lambda x: np.sign(x.real), "f = |x|", "Kink: f'(0) = 0."),
    Function("gelu", lambda x: x * left_of(x), lambda x: left_of(x) + x * np.exp(-x * x / 2) / math.sqrt(math.tau),
             "f = x Phi(x);  f' = Phi(x) + x phi(x)", "Real x."))}))
# fmt: on
"""Every elementwise function by name, in the order of the lesson."""


def weighted(weight: Array, term: Array) -> Array:
    """weight * term, and 0 where the weight is 0, even if the term is infinite there: 0 log 0 is 0.

    The two weights of a binary cross-entropy are t and 1 - t, so that none is negative if t is the chance of a yes.
    """
    refuse(np.any(weight < 0), "a binary target must lie between 0 and 1")
    return np.where(weight == 0, 0.0, weight * term)[()]


def cross_entropy(y: Array, t: Array) -> Array:
    """-(t log y + (1-t) log(1-y)) for a probability y."""
    off = np.any((y.real < 0) | (y.real > 1 - 1e-9 * (t < 1)))  # 1 - y would have lost its digits
    refuse(off, "a probability must lie between 0 and 1, below 1 - 1e-9 if the target is below 1; or: ..._with_logits")
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
    """Target as a distribution over the last axis of y, from whole labels (one per sample) or from a distribution.

    What is neither whole labels in range nor shares that are >= 0 and sum to 1 within 1e-6 is refused. A label that is
    no class matches none, so its shares sum to 0 (-1 never means "the last").
    """
    k = (y.shape or (1,))[-1]
    share = t if t.shape == y.shape else np.equal(t[..., None], np.arange(k)).astype(float)
    fits = y.ndim and share.shape == y.shape and share.min() >= 0 and abs(share.dot(np.ones(k)) - 1).max() <= 1e-6
    what = "an output of shape {} takes whole labels from 0 to {} of shape {}, or shares whose sum is 1, not {!r:.60}"
    refuse(not fits, what, y.shape, k - 1, y.shape[:-1], t)
    return share


def softmax_slope(y: Array, t: Array) -> Array:
    """p_k sum(t) - t_k, written p_k sum_{j != k} t_j - t_k (1 - p_k).

    It is p - t when t sums to 1 exactly; the general form stays exact when rounding leaves t a little off, and
    its right-hand side keeps the tail that p_k - 1 would cancel.
    """
    log_p, t = log_softmax(y), shares(y, t)
    return np.exp(log_p) * (t.sum(axis=-1, keepdims=True) - t) + t * np.expm1(log_p)


# fmt: off
# Every loss by name; OUTPUT stands for none.
LOSSES: Mapping[str, Function] = read_only(Table({row.name: row for row in (
    Function("half_squared_error", lambda y, t: (y - t)**2 * .5, lambda y, t: y - t, "L = sum (y-t)^2/2;  dL/dy = y-t"),
    Function("squared_error", lambda y, t: (y - t)**2, lambda y, t: 2 * (y - t), "L = sum (y-t)^2;  dL/dy = 2 (y-t)"),
    Function("absolute_error", lambda y, t: magnitude(y - t), lambda y, t: np.sign((y - t).real),
             "L = sum |y - t|;  dL/dy = sign(y - t)", "Kink: dL/dy = 0 at y = t."),
    Function("softmax_cross_entropy", lambda y, t: -weighted(shares(y, t), log_softmax(y)).sum(axis=-1), softmax_slope,
             "L = -sum t log p, p = softmax y;  dL/dy = p sum(t) - t", "y: logits.", mixes=True),
    Function("binary_cross_entropy", cross_entropy, lambda y, t: weighted(1 - t, 1 / (1 - y)) - weighted(t, 1 / y),
             "L = -sum (t log y + (1-t) log(1-y));  dL/dy = (1-t)/(1-y) - t/y", "y: probabilities."),
    Function("binary_cross_entropy_with_logits", lambda y, t: weighted(t, softplus(-y)) + weighted(1 - t, softplus(y)),
             lambda y, t: (1 - t) * sigmoid(y) - t * sigmoid(-y), "L = sum (t softplus(-y) + (1-t) softplus(y))"))}))
OUTPUT = Function("output", lambda y, t: t * y, lambda y, t: 0 * y + t, "L = sum t y;  dL/dy = t", "No loss: t is 1.")
# fmt: on


def row_of(table: Mapping[str, Function], f: object) -> Function:
    """Row of a table by name, or one of your own: what that returns is copied to float64 and must have its shape."""
    if not isinstance(f, Function) or f is OUTPUT or f is table.get(f.name):
        return f if isinstance(f, Function) else table[str(f)]
    return f._replace(value=bordered(f.value, f.mixes), derivative=bordered(f.derivative))


def bordered(rule: Callable[..., Array], per_sample: bool = False) -> Callable[..., Array]:
    """Rule whose result is a float64 copy in the shape of its first argument, or of its samples."""
    return lambda x, *t: fitting(plain(rule(x, *t)), x.shape[:-1] if per_sample else x.shape)


def fitting(found: Array, shape: tuple[int, ...]) -> Array:
    """Array that has this shape, and no other that NumPy would stretch to it later."""
    refuse(found.shape != shape, "what it returns must have shape {}, not {}", shape, found.shape)
    return found
