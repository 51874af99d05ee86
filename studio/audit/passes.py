"""The mathematics of the independent reference: a chain passed forward and backward at 50 digits, each with its scale.

Functions, losses and their slopes are written down here a second time, in mpmath and in other forms than the core's;
derivatives at kinks follow the project's published conventions. No code is shared with the core.

Beside each value stands its *scale*: the size of the numbers that float64 had to round on the way to it, carried along
by first-order error analysis. An error is relative to the value, or to a thousandth of the scale where that is larger,
as it is for differences: a gap of 1e-9 between two slopes near 1 can only be right to some 1e-15, not to 1e-21. A value
that is 0 without any rounding has scale 0, and then only 0 is right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mpmath import MPContext

__all__ = [
    "FUNCTIONS",
    "LOSSES",
    "MP",
    "STEEPEST",
    "Known",
    "Link",
    "Number",
    "Pass",
    "exact",
    "mpf",
    "recorded",
]

MP: Final = MPContext()
MP.dps = 50
mpf = MP.mpf  # not mpmath's own, which computes with 15 digits

Number = Any  # an mpf: mpmath ships no types
Link = tuple[str, Number]
Term = tuple[Number, Number, Number]

UNSURE: Final = mpf(10) ** 40  # the scale of a slope at a kink that rounding alone may cross
_AT_KINK: Final = mpf(10) ** -14
_SHARE: Final = mpf(10) ** -3  # some five roundings of the scale are then 1e-12
_SMALLEST: Final = mpf(2) ** -1022  # below it float64 keeps fewer digits


@dataclass(frozen=True)
class Known:
    """A value at 50 digits and its scale."""

    value: Number
    scale: Number

    def error(self, number: float) -> float:
        """Return how far ``number`` is off, relative to the value or to a thousandth of the scale.

        Examples
        --------
        >>> Known(mpf(2), mpf(2)).error(2.5), Known(mpf(0), mpf(0)).error(0.0), Known(mpf(0), mpf(0)).error(1e-300)
        (0.25, 0.0, inf)
        >>> Known(mpf(0), mpf(2)).error(2e-15) < 1.1e-12
        True
        """
        off = abs(mpf(number) - self.value)
        if off == 0:
            return 0.0
        size = max(abs(self.value), self.scale * _SHARE, _SMALLEST)
        return float(off / size) if self.scale else float("inf")

    def __mul__(self, other: Known) -> Known:
        """Return the product."""
        scale = abs(self.value) * other.scale + abs(other.value) * self.scale
        return Known(self.value * other.value, scale)

    def __truediv__(self, other: Known) -> Known:
        """Return the quotient."""
        scale = self.scale / abs(other.value) + abs(self.value) * other.scale / other.value**2
        return Known(self.value / other.value, scale)

    def __add__(self, other: Known) -> Known:
        """Return the sum: its scale is that of what was added."""
        return Known(self.value + other.value, self.scale + other.scale)

    def __sub__(self, other: Known) -> Known:
        """Return the difference: its scale is that of what it was taken from."""
        return Known(self.value - other.value, self.scale + other.scale)


def exact(number: float) -> Known:
    """Return a number that was given, not computed."""
    return Known(mpf(number), abs(mpf(number)))


def _softplus(x: Number) -> Number:
    return MP.log1p(MP.exp(x))


def _sigmoid(x: Number) -> Number:
    return 1 / (1 + MP.exp(-x))


def _step(x: Number) -> Number:
    return mpf(1) if x > 0 else mpf(0)


FUNCTIONS: Final[Mapping[str, tuple[Callable[[Number], Number], Callable[[Number], Number]]]] = {
    "identity": (lambda x: x, lambda x: mpf(1)),
    "square": (lambda x: x**2, lambda x: 2 * x),
    "tanh": (MP.tanh, lambda x: MP.sech(x) ** 2),
    "sigmoid": (_sigmoid, lambda x: (MP.sech(x / 2) / 2) ** 2),
    "relu": (lambda x: x if x > 0 else mpf(0), _step),
    "leaky_relu": (lambda x: x if x > 0 else x / 100, lambda x: mpf(1) if x > 0 else mpf(1) / 100),
    "softplus": (_softplus, _sigmoid),
    "sin": (MP.sin, MP.cos),
    "cos": (MP.cos, lambda x: -MP.sin(x)),
    "exp": (MP.exp, MP.exp),
    "abs": (abs, MP.sign),
    "gelu": (lambda x: x * MP.ncdf(x), lambda x: MP.ncdf(x) + x * MP.npdf(x)),
}
"""Value and slope of each function; at 0 relu' = abs' = 0 and leaky_relu' = 0.01."""

STEEPEST: Final[Mapping[str, Number]] = {
    **dict.fromkeys(("identity", "tanh", "relu", "leaky_relu", "abs", "sin", "cos"), mpf(1)),
    "sigmoid": mpf(1) / 4,
}
"""The largest magnitude that the slope of a function reaches, for those whose slope has a largest one at some place."""

_KINKED: Final = ("relu", "leaky_relu", "abs")


def _cross_entropy(y: Number, t: Number) -> list[Term]:
    yes = [(-t * MP.log(y), -t / y, t / y**2)] if t else []
    no = [(-(1 - t) * MP.log1p(-y), (1 - t) / (1 - y), (1 - t) / (1 - y) ** 2)] if t != 1 else []
    return yes + no


def _with_logits(y: Number, t: Number) -> list[Term]:
    bend = FUNCTIONS["sigmoid"][1](y)
    yes = (t * _softplus(-y), -t * _sigmoid(-y), t * bend)
    return [yes, ((1 - t) * _softplus(y), (1 - t) * _sigmoid(y), (1 - t) * bend)]


LOSSES: Final[Mapping[str, Callable[[Number, Number], list[Term]]]] = {
    "half_squared_error": lambda y, t: [((y - t) ** 2 / 2, y - t, mpf(1))],
    "absolute_error": lambda y, t: [(abs(y - t), MP.sign(y - t), mpf(0))],
    "binary_cross_entropy": _cross_entropy,
    "binary_cross_entropy_with_logits": _with_logits,
    "output": lambda y, t: [(y, mpf(1), mpf(0))],
}
"""Each loss as terms that are added: value, slope and bend of each at the output y and the target t."""


@dataclass(frozen=True)
class Pass:
    """A chain passed forward and backward; named as in the project's traces."""

    h: tuple[Known, ...]
    local: tuple[Known, ...]
    delta: tuple[Known, ...]
    grads: tuple[Known, ...]
    loss: Known
    seed: Known


def recorded(links: Sequence[Link], x: Known, loss: str = "output", target: float = 0.0) -> Pass:
    """Return the pass of a chain; a link is a function's name, or ``"scale"`` with its weight.

    Examples
    --------
    >>> float(recorded([("scale", mpf(3)), ("square", None)], exact(2.0)).delta[0].value)
    36.0
    """
    h, local = [x], []
    for link in links:
        forward, slope = _linked(link, h[-1])
        h.append(forward)
        local.append(slope)
    total, push = _judged(loss, h[-1], mpf(target))
    delta = [push]
    for slope in reversed(local):
        delta.insert(0, slope * delta[0])
    grads = tuple(before * after for before, after in zip(h, delta[1:], strict=False))
    return Pass(tuple(h), tuple(local), tuple(delta), grads, total, exact(1.0))


def _linked(link: Link, h: Known) -> tuple[Known, Known]:
    """Return the output of a link and its slope there."""
    name, weight = link
    if name == "scale":
        turn = Known(weight, abs(weight))
        return turn * h, turn
    value, slope = (function(h.value) for function in FUNCTIONS[name])
    if name in _KINKED:
        unsure = h.scale and abs(h.value) <= max(_AT_KINK * h.scale, _SMALLEST)
        bend = UNSURE / h.scale if unsure else mpf(0)
    else:
        bend = abs(MP.diff(FUNCTIONS[name][1], h.value))
    return Known(value, abs(value) + abs(slope) * h.scale), Known(slope, abs(slope) + bend * h.scale)


def _judged(loss: str, y: Known, t: Number) -> tuple[Known, Known]:
    """Return the loss and dL/dy."""
    terms, spread = LOSSES[loss](y.value, t), y.scale + abs(t)
    values, slopes, bends = (sum((term[i] for term in terms), mpf(0)) for i in range(3))
    scale = sum((abs(v) + abs(s) * spread for v, s, _ in terms), mpf(0))
    slope_scale = sum((abs(s) for _, s, _ in terms), mpf(0)) + bends * spread
    if loss == "absolute_error" and abs(y.value - t) <= _AT_KINK * spread:
        slope_scale = UNSURE
    return Known(values, scale), Known(slopes, slope_scale)
