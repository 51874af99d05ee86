"""The mathematics of the second engine: every function and every loss, with its slope, at 50 digits.

They are written down here a second time, in mpmath and in other forms than the core's; derivatives at kinks follow the
project's published conventions. How a slope bends, and thus how an error in its place enlarges, need not be known to
more than a few digits: it is computed with floats. No code is shared with the core.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from mpmath import libmp

from studio.audit.known import MP, NOTHING, ROUNDING, Known, Number, dot, is_kept, magnitude, mpf, total

__all__ = ["FUNCTIONS", "LOSSES", "ahead", "cross_entropy", "judged", "larger", "linked", "softened", "turned_back"]

_UNSURE: Final = 2 / ROUNDING  # the scale of a number that may be off by 1, and twice that for safety


class Row(NamedTuple):
    """A function, its slope, and how much the slope bends.

    The bend is said as by how much the slope may be off, from the magnitudes of the place, the value and the slope, and
    from how far off the place may be.

    Attributes
    ----------
    jump
        By how much the slope changes at 0.
    above
        Whether it takes numbers above 0 alone.
    keeps
        Whether float64 rounds its value only where it must.
    """

    value: Callable[[Number], Number]
    slope: Callable[[Number], Number]
    bend: Callable[[float, float, float, float], float]
    jump: float = 0.0
    above: bool = False
    keeps: bool = False


def _sigmoid(x: Number) -> Number:
    return 1 / (1 + MP.exp(-x))


def _softplus(x: Number) -> Number:
    return MP.log1p(MP.exp(x))


def _cosh(x: Number) -> Number:
    return MP.make_mpf(libmp.mpf_cosh_sinh(x._mpf_, MP.prec)[0])


def _density(x: Number) -> Number:
    return MP.exp(-(x**2) / 2) / MP.sqrt(2 * MP.pi)


def _share_below(x: Number) -> Number:
    return MP.erfc(-x / MP.sqrt(2)) / 2


def _step(x: Number) -> Number:
    return mpf(1) if x > 0 else mpf(0)


def _no_bend(x: float, value: float, slope: float, off: float) -> float:
    return 0.0


FUNCTIONS: Final[Mapping[str, Row]] = {
    "identity": Row(lambda x: x, lambda x: mpf(1), _no_bend, keeps=True),
    "square": Row(lambda x: x**2, lambda x: 2 * x, lambda x, v, s, off: 2 * off, keeps=True),
    "cube": Row(lambda x: x**3, lambda x: 3 * x**2, lambda x, v, s, off: 6 * x * off, keeps=True),
    "tanh": Row(MP.tanh, lambda x: 1 / _cosh(x) ** 2, lambda x, v, s, off: 2 * v * (s * off)),
    "sigmoid": Row(_sigmoid, lambda x: 1 / (2 * _cosh(x / 2)) ** 2, lambda x, v, s, off: s * abs(1 - 2 * v) * off),
    "relu": Row(lambda x: x if x > 0 else mpf(0), _step, _no_bend, 1.0, keeps=True),
    "leaky_relu": Row(lambda x: x if x > 0 else x / 100, lambda x: mpf(1) if x > 0 else mpf(1) / 100, _no_bend, 0.99),
    "softplus": Row(_softplus, _sigmoid, lambda x, v, s, off: s * (1 - s) * off),
    "sin": Row(MP.sin, MP.cos, lambda x, v, s, off: v * off),
    "cos": Row(MP.cos, lambda x: -MP.sin(x), lambda x, v, s, off: v * off),
    "exp": Row(MP.exp, MP.exp, lambda x, v, s, off: v * off),
    "log": Row(MP.log, lambda x: 1 / x, lambda x, v, s, off: s * (s * off), above=True),
    "sqrt": Row(
        MP.sqrt, lambda x: 1 / (2 * MP.sqrt(x)), lambda x, v, s, off: s * (off / (2 * x)), above=True, keeps=True
    ),
    "reciprocal": Row(lambda x: 1 / x, lambda x: -1 / x**2, lambda x, v, s, off: 2 * v * (s * off), keeps=True),
    "abs": Row(abs, MP.sign, _no_bend, 2.0, keeps=True),
    "gelu": Row(
        lambda x: x * _share_below(x),
        lambda x: _share_below(x) + x * _density(x),
        lambda x, v, s, off: abs(2 - x * x) * math.exp(-x * x / 2) / math.sqrt(2 * math.pi) * off,
    ),
}
"""Value, slope and bend of each function; at 0 relu' = abs' = 0 and leaky_relu' = 0.01."""


def linked(name: str, h: Known) -> tuple[Known, Known]:
    """Return the value of a function and its slope.

    Raises
    ------
    LookupError
        There is no such function.
    ArithmeticError
        It has no value, or no slope, where it is asked for, or may have none but for rounding.

    Examples
    --------
    >>> value, slope = linked("square", Known(mpf(3), 3))
    >>> float(value.value), float(slope.value), round(value.scale), round(slope.scale)
    (9.0, 6.0, 27, 12)
    """
    row, x = FUNCTIONS[name], h.value
    if (row.above and x <= 0) or ((row.above or name == "reciprocal") and (not x or h.is_near_zero)):
        raise ZeroDivisionError(f"{name} has no value or no slope at {float(x)!r}")
    jump = row.jump if row.jump and h.is_near_zero else 0.0
    value, slope = row.value(x), row.slope(x)
    height, turn = magnitude(value), magnitude(slope)
    bend = row.bend(h.size + ROUNDING * h.scale, height, turn, h.scale)  # where a slope is flat, an error meets it
    reach = turn + jump + ROUNDING * bend
    sure = h.sure and (row.keeps or not x) and is_kept(value)
    return Known(value, height + reach * h.scale, sure), Known(slope, turn + bend + jump * _UNSURE)


def ahead(left: Known, right: Known) -> Known:
    """Return the slope of the larger of two numbers by the first: 1, 0, or 1/2 at a tie.

    Examples
    --------
    >>> from studio.audit.known import exact
    >>> [float(ahead(exact(2.0), exact(other)).value) for other in (1.0, 2.0, 3.0)]
    [1.0, 0.5, 0.0]
    """
    apart = left.value - right.value
    slope = mpf(1) / 2 if not apart else _step(apart)
    return Known(slope, _UNSURE if _may_tie(left, right) else float(slope))


def larger(left: Known, right: Known) -> Known:
    """Return the larger of two numbers."""
    found, ties = left if left.value >= right.value else right, _may_tie(left, right)
    return Known(found.value, max(left.scale, right.scale) if ties else found.scale, found.sure and not ties)


def _may_tie(left: Known, right: Known) -> bool:
    """Return whether rounding alone may have made one of two numbers the larger."""
    sure = left is right or (left.sure and right.sure)
    return Known(left.value - right.value, left.scale + right.scale, sure).is_near_zero


class Part(NamedTuple):
    """A summand of a loss: its value and slope by the output, how the slope bends, and both by the target."""

    value: Number
    slope: Number
    bend: Number
    by_target: Number
    slope_by_target: Number


def _squared(y: Number, t: Number, factor: Number) -> list[Part]:
    off = y - t
    return [Part(factor * off**2, 2 * factor * off, 2 * factor, 2 * factor * off, 2 * factor)]


def _cross_entropy(y: Number, t: Number) -> list[Part]:
    if (t and y <= 0) or (t != 1 and y >= 1):
        raise ZeroDivisionError(f"no probability of {float(t)!r} is seen in one of {float(y)!r}")
    found = []
    if t:
        found.append(Part(-t * MP.log(y), -t / y, t / y**2, MP.log(y), 1 / y))
    if t != 1:
        log, left = MP.log1p(-y), 1 - y
        found.append(Part((t - 1) * log, (1 - t) / left, (1 - t) / left**2, log, 1 / left))
    return found


def _with_logits(y: Number, t: Number) -> list[Part]:
    yes, no, up, down = _sigmoid(-y), _sigmoid(y), _softplus(-y), _softplus(y)
    first = Part(t * up, -t * yes, t * yes * no, up, yes)
    return [first, Part((1 - t) * down, (1 - t) * no, (1 - t) * yes * no, down, no)]


LOSSES: Final[Mapping[str, Callable[[Number, Number], list[Part]]]] = {
    "half_squared_error": lambda y, t: _squared(y, t, mpf(1) / 2),
    "squared_error": lambda y, t: _squared(y, t, mpf(1)),
    "absolute_error": lambda y, t: [Part(abs(y - t), MP.sign(y - t), mpf(0), mpf(1), mpf(0))],
    "binary_cross_entropy": _cross_entropy,
    "binary_cross_entropy_with_logits": _with_logits,
}
"""Each loss of one output y and one target t, as parts that are added."""


def judged(loss: str, y: Known, t: Known) -> tuple[Known, Known]:
    """Return a loss and dL/dy.

    Raises
    ------
    ArithmeticError
        The output is no probability, where the loss takes one.
    """
    near = 0.0 if y.sure else ROUNDING * y.scale
    if loss == "binary_cross_entropy" and not (0 <= t.value <= 1 and -near <= y.value <= 1 + near):
        raise ArithmeticError(f"{loss} takes probabilities")
    jump = 2.0 if loss == "absolute_error" and _may_tie(y, t) else 0.0
    parts, leeway = LOSSES[loss](y.value, t.value), 0.0 if t.sure else t.scale
    scale = slope_scale = 0.0
    for part in parts:
        turn, bend = magnitude(part.slope), magnitude(part.bend * y.scale)
        scale += magnitude(part.value) + (turn + jump + ROUNDING * bend) * y.scale
        slope_scale += turn + bend + jump * _UNSURE
        if leeway:
            scale += magnitude(part.by_target * leeway)
            slope_scale += magnitude(part.slope_by_target * leeway)
    value, slope = (MP.fsum(part[i] for part in parts) for i in (0, 1))
    return Known(value, scale), Known(slope, slope_scale)


class _Soft(NamedTuple):
    """The shares of a softmax: their logarithms, what each leaves to the others, and how far each may be off."""

    share: list[Number]
    log: list[Number]
    rest: list[Number]
    spread: list[float]


def _softmax(row: Sequence[Known]) -> _Soft:
    top = max(range(len(row)), key=lambda k: row[k].value)
    below = [y.value - row[top].value for y in row]
    powers = [MP.exp(value) for value in below]
    others = MP.fsum(power for k, power in enumerate(powers) if k != top)
    share = [power / (1 + others) for power in powers]
    log = [value - MP.log1p(others) for value in below]
    rest = [MP.fsum(p for j, p in enumerate(share) if j != k) for k in range(len(row))]
    weighed = [float(p) for p in share]
    rounded = sum(p * abs(float(value)) for p, value in zip(weighed, below, strict=True))
    moved = [p * y.scale for p, y in zip(weighed, row, strict=True)]
    spread = [
        abs(float(log[k])) + rounded + sum(moved) - moved[k] + float(rest[k]) * y.scale for k, y in enumerate(row)
    ]
    return _Soft(share, log, rest, spread)


def softened(row: Sequence[Known]) -> list[Known]:
    """Return the softmax of a row.

    Examples
    --------
    >>> from studio.audit.known import exact
    >>> [float(p.value) for p in softened([exact(1.0), exact(1.0)])]
    [0.5, 0.5]
    """
    found = _softmax(row)
    return [Known(p, float(p) * (1 + off)) for p, off in zip(found.share, found.spread, strict=True)]


def turned_back(shares: Sequence[Known], delta: Sequence[Known]) -> list[Known]:
    """Return what comes back through a softmax: p_j delta_j - p_j sum of p_i delta_i."""
    mean = dot(shares, delta)
    return [p * push - p * mean for p, push in zip(shares, delta, strict=True)]


def cross_entropy(row: Sequence[Known], target: Sequence[Known]) -> tuple[Known, list[Known]]:
    """Return -sum t log p of one sample, p the softmax of its row, and the slope p sum(t) - t by each entry.

    Examples
    --------
    >>> from studio.audit.known import exact
    >>> loss, slopes = cross_entropy([exact(0.0), exact(0.0)], [exact(1.0), exact(0.0)])
    >>> round(float(loss.value), 4), [float(slope.value) for slope in slopes]
    (0.6931, [-0.5, 0.5])
    """
    found, whole = _softmax(row), total(target)
    slopes, scale = [], 0.0
    for p, log, rest, spread, t in zip(found.share, found.log, found.rest, found.spread, target, strict=True):
        left = whole.value - t.value
        leeway = 0.0 if t.sure else t.scale
        rough = float(p * whole.value) * spread + float(p) * (abs(float(left)) + whole.scale) + t.size * float(rest)
        slopes.append(Known(p * left - t.value * rest, rough + leeway))
        scale += t.size * (abs(float(log)) + spread) + leeway * abs(float(log))
    loss = -MP.fsum(t.value * log for t, log in zip(target, found.log, strict=True))
    return Known(loss, scale) if whole.size else NOTHING, slopes
