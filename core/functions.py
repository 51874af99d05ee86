"""The elementwise functions: one row each, the value beside its derivative.

Adding a function is adding a row. Two rules keep the rows right where textbook forms fail:

- *Tails.* 1 - tanh(x)^2 is 100 % wrong from |x| = 19 on. With e = exp(-2|x|), tanh' = 4e / (1 + e)^2 keeps full
  relative precision until it underflows; sigmoid likewise with e = exp(-|x|).
- *Complex step.* A check sends x + ih through `value`, so every decision is taken on `x.real`, and |x| is written
  x * sign(x.real): `np.abs` of a complex number is its modulus and would break the check in silence.

A function with a kink here is two straight lines that meet at 0, so its value is x times its derivative. That way its
convention at the kink is written once, and a complex step taken at the kink itself answers with that same convention.
"""

# mypy: disable-error-code="no-any-return"
# NumPy declares that its ufuncs return Any.

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.errors import Array, read_only, refuse, row_named


@dataclass(frozen=True)
class Function:
    """A function of one number, applied to each entry on its own.

    Attributes
    ----------
    name : str
        As in the settings.
    value, derivative : callable
        f(x) and f'(x): a float64 array (or scalar) in, one of the same shape out, sharing no memory with it.
    formula : str
        f and f' in plain text.
    caveat : str
        Domain, kinks and precision; empty where there is nothing to say.
    """

    name: str
    value: Callable[..., Array]
    derivative: Callable[..., Array]
    formula: str
    caveat: str = ""


def magnitude(x: Array) -> Array:
    """|x|; of a complex x it is x or -x, by the side of 0 on which x.real lies, so that it is smooth at 0 as well."""
    return np.copysign(1.0, x.real) * x


def sigmoid(x: Array) -> Array:
    """exp(min(x, 0)) / (1 + exp(-|x|)): no exponential of a positive number, so it cannot overflow."""
    return np.exp(0.5 * (x - magnitude(x))) / (1 + np.exp(-magnitude(x)))


def sigmoid_slope(x: Array) -> Array:
    """e / (1 + e)^2 with e = exp(-|x|). As tanh x = 2 sigmoid(2x) - 1, tanh'(x) = 4 sigmoid'(2x) = 4e / (1 + e)^2."""
    e = np.exp(-magnitude(x))
    return e / (1 + e) ** 2


def softplus(x: Array) -> Array:
    """max(x, 0) + log(1 + exp(-|x|)), which neither overflows nor loses the left tail."""
    return 0.5 * (x + magnitude(x)) + np.log1p(np.exp(-magnitude(x)))


def right(x: Array) -> Array:
    """1 right of 0, 0 at 0 and left of it; of a complex x the real part decides, as it would not in `np.maximum`."""
    return np.greater(x.real, 0.0).astype(float)


def normal_share(x: Array) -> Array:
    """Phi(x) = erfc(-x / sqrt 2) / 2, the share of a standard normal left of x, right in its tail too."""
    refuse(np.iscomplexobj(x), "gelu takes no complex number (math.erf has none): check it with central_difference")
    return np.array([0.5 * math.erfc(-v * math.sqrt(0.5)) for v in np.ravel(x)]).reshape(np.shape(x))[()]


def gelu_slope(x: Array) -> Array:
    """Phi(x) + x phi(x), with the density phi(x) = exp(-x^2 / 2) / sqrt(2 pi)."""
    return normal_share(x) + x * np.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)


# fmt: off
FUNCTIONS = read_only({row.name: row for row in (
    Function("identity", lambda x: +x, lambda x: 0 * x + 1, "f = x;  f' = 1"),
    Function("square", lambda x: x * x, lambda x: 2 * x, "f = x^2;  f' = 2x", "Flat at 0."),
    Function("tanh", np.tanh, lambda x: 4 * sigmoid_slope(2 * x), "f = tanh x;  f' = 4e/(1+e)^2, e = exp(-2|x|)"),
    Function("sigmoid", sigmoid, sigmoid_slope, "f = 1/(1+exp(-x));  f' = e/(1+e)^2, e = exp(-|x|)"),
    Function("relu", lambda x: x * right(x) + 0.0, right, "f = max(x, 0);  f' = 1 if x > 0 else 0", "Kink: f'(0) = 0."),
    Function("leaky_relu", lambda x: x * (0.01 + 0.99 * right(x)), lambda x: 0.01 + 0.99 * right(x),
             "f = max(x, x/100);  f' = 1 if x > 0 else 0.01", "Kink: f'(0) = 0.01."),
    Function("softplus", softplus, sigmoid, "f = log(1 + exp x);  f' = sigmoid x"),
    Function("sin", np.sin, np.cos, "f = sin x;  f' = cos x"),
    Function("cos", np.cos, lambda x: -np.sin(x), "f = cos x;  f' = -sin x"),
    Function("exp", np.exp, np.exp, "f = exp x;  f' = exp x", "Not finite from x = 709.8."),
    Function("abs", lambda x: x * np.sign(x.real), lambda x: np.sign(x.real), "f = |x|", "Kink: f'(0) = 0."),
    Function("gelu", lambda x: x * normal_share(x), gelu_slope, "f = x Phi(x);  f' = Phi(x) + x phi(x)", "Real x."),
)})
# fmt: on
"""Every elementwise function by name, in the order of the lesson."""


def function(name: str) -> Function:
    """Row with this name; CoreError, with the nearest name, if there is none.

    Examples
    --------
    >>> row = function("relu")
    >>> [float(row.derivative(np.float64(x))) for x in (-1, 0, 1)]
    [0.0, 0.0, 1.0]
    """
    return row_named(FUNCTIONS, name, "function")
