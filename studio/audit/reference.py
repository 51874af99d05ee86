"""The independent reference: every value again, at 50 digits, sharing no code with the core.

Functions, losses and their slopes are written down here a second time, in mpmath and in other forms than the core's;
how a value is reached is read from its path in the ledger, such as ``trace.delta[1]``. Derivatives at kinks follow the
project's published conventions.

Beside each value stands its *scale*: the size of the numbers that float64 had to round on the way to it, carried along
by first-order error analysis. An error is relative to the value, or to a thousandth of the scale where that is larger,
as it is for differences: a gap of 1e-9 between two slopes near 1 can only be right to some 1e-15, not to 1e-21. A value
that is 0 without any rounding has scale 0, and then only 0 is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mpmath import MPContext

__all__ = ["FUNCTIONS", "LOSSES", "Known", "Pass", "Reference", "recorded"]

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
_SWEEP_POINTS: Final = 401
_WEIGHTS: Final = {"w1": 0, "w2": 2}


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


class Reference:
    """What each path of a clip's ledger should hold.

    Parameters
    ----------
    clip
        The clip's settings, as plain as they stand in the ledger.
    claimed
        The values that the ledger gives for a path. Only the x of a sweep is taken from it, because a rounded x is what
        the core was given; that x is compared too.

    Raises
    ------
    LookupError
        There is no reference for this scene.
    """

    def __init__(self, clip: Mapping[str, Any], claimed: Mapping[str, Sequence[float]]) -> None:
        self.clip, self.claimed = clip, claimed
        if clip["scene"] not in ("two_layer_network", "toy_chain"):
            raise LookupError(f"there is no independent reference for the scene {clip['scene']!r}")
        self._passes: dict[str, tuple[Pass, ...]] = {}

    def known(self, path: str) -> tuple[Known, ...]:
        """Return what stands at ``path``: one value, or one for each point of the sweep.

        Raises
        ------
        LookupError
            The path leads to nothing that the reference knows.
        """
        if found := re.fullmatch(r"settings\.(\w+)(?:\[(\d+)\])?", path):
            return (self._setting(found[1], found[2]),)
        if found := re.fullmatch(r"nudged\['(w[12])'\]\[(\d+)\]\.(\w+)", path):
            return (self._nudged(found[1], int(found[2]))[found[3]],)
        if found := re.fullmatch(r"(sweep|flat\[\d+\])\.h\[0\]", path):
            return tuple(self._grid(path, x) for x in enumerate(self.claimed[path]))
        if found := re.fullmatch(r"(trace|sweep|flat\[\d+\])\.(.+)", path):
            return tuple(_within(one, found[2], path) for one in self._recorded(found[1]))
        raise LookupError(f"the reference knows no {path}")

    def at(self, x: float, path: str) -> Known:
        """Return what stands at a path of ``trace`` when the input is ``x``."""
        return _within(recorded(self._links(), exact(x), *self._goal()), path.removeprefix("trace."), path)

    def _links(self) -> list[Link]:
        clip = self.clip
        if clip["scene"] == "toy_chain":
            return [(name, None) for name in clip["functions"]]
        return [("scale", mpf(clip["w1"])), (clip["activation"], None), ("scale", mpf(clip["w2"]))]

    def _goal(self) -> tuple[str, float]:
        return (self.clip["loss"], self.clip["target"]) if "loss" in self.clip else ("output", 0.0)

    def _recorded(self, source: str) -> tuple[Pass, ...]:
        if source not in self._passes:
            first = self.clip["x"] if "x" in self.clip else self.clip["x_range"][0]
            inputs = (first,) if source == "trace" else self.claimed[f"{source}.h[0]"]
            self._passes[source] = tuple(recorded(self._links(), exact(x), *self._goal()) for x in inputs)
        return self._passes[source]

    def _grid(self, path: str, at: tuple[int, float]) -> Known:
        """Return the point of the sweep that ``at``, (index, x), should be; the nearest one for a single x."""
        low, high = (mpf(end) for end in self.clip["x_range"])
        index, x = at
        step = (high - low) / (_SWEEP_POINTS - 1)
        place = index if path.startswith("sweep") else min(max(MP.nint((x - low) / step), 0), _SWEEP_POINTS - 1)
        return Known(low + place * step, max(abs(low), abs(high)))

    def _setting(self, name: str, index: str | None) -> Known:
        if name == "magnification":
            value = mpf(1) / 2 / mpf(self.clip["nudge"])
            return Known(value, value)
        found = self.clip[name]
        return exact(found[int(index)] if index else found)

    def _nudged(self, weight: str, index: int) -> dict[str, Known]:
        """Return what nudging a weight gives; a difference has the scale of what it was taken from."""
        step, links = mpf((*self.clip["nudges"], self.clip["nudge"])[index]), self._links()
        place, x = _WEIGHTS[weight], exact(self.clip["x"])
        slope = recorded(links, x, *self._goal()).grads[place]
        low, high = (
            recorded([*links[:place], ("scale", links[place][1] + s), *links[place + 1 :]], x, *self._goal()).loss
            for s in (-step, step)
        )
        rise, run = Known(high.value - low.value, high.scale + low.scale), Known(2 * step, 2 * step)
        numeric = Known(rise.value / run.value, rise.scale / run.value)
        gap = Known(numeric.value - slope.value, numeric.scale + slope.scale)
        return {"step": Known(step, step), "rise": rise, "run": run, "numeric": numeric, "analytic": slope, "gap": gap}


def _within(one: Pass, rest: str, path: str) -> Known:
    if rest in ("loss", "seed"):
        return one.loss if rest == "loss" else one.seed
    found = re.fullmatch(r"(h|delta)\[(\d+)\]|(local)\[(\d+)\]\.gain|(grads)\[(\d+)\]\['w'\]", rest)
    if not found:
        raise LookupError(f"the reference knows no {path}")
    name, index = (part for part in found.groups() if part is not None)
    held: tuple[Known, ...] = getattr(one, name)
    return held[int(index)]
