"""How many digits of a number hold, where numbers that are nearly the same have been taken from one another.

What is rounded on the way to a number is moved by its last bit, up or down, several times over; what then stays of the
number holds. What needs no rounding is not moved: what is given, a product that float64 has, a function that hands on
what it gets. What comes of numbers of the same size is moved alike, so that what a nudge finds on two sides that are
mirrored stays.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache, partial
from hashlib import blake2b
from typing import Any, Final

import numpy as np

from core.errors import CoreError
from core.layers import Diagonal, Layer
from scenes.parts.recipe.by_core import OPS, Passed, evaluate, number
from scenes.parts.recipe.recipe import JOINS, Read, Run, Step
from scenes.parts.recipe.terms import Op, Term

__all__ = ["MOST", "held"]

MOST: Final = 15
"""Digits that float64 has at least."""

_WAYS: Final = range(16)  # in which all is moved by its last bit
_ROUGHLY: Final = range(-3, 0)  # ways in which it is moved by more, each number by another amount: soon told
_FAR: Final = 16  # last bits, roughly
_PLENTY: Final = 12  # digits: more than are ever shown
_SHORT: Final = 40  # bits of a number that is not rounded, where functions of short numbers may give short ones
_CHANCES: Final = ("binary_cross_entropy", "binary_cross_entropy_with_logits")
_RATIONAL: Final = ("identity", "relu", "leaky_relu", "abs", "square", "cube", "sqrt", "reciprocal")


@lru_cache(maxsize=65536)
def held(term: Term) -> int:
    """Return how many significant digits of a number hold, 0 if none does, `MOST` if it is exactly 0.

    That is with how many the last one is off by half of itself at most. Where `_PLENTY` hold when all is moved roughly,
    nothing is looked at more closely.

    Examples
    --------
    >>> from scenes.parts.recipe.recipe import Recipe
    >>> from scenes.parts.recipe.terms import Constant
    >>> def of_x_plus_cos_x(x):
    ...     steps = ("u", "identity", ("x",)), ("v", "cos", ("x",)), ("y", "add", ("u", "v"))
    ...     return Run.of(Recipe(tuple(Step(*step) for step in steps)), x=Constant(x)).delta("x")
    >>> [held(of_x_plus_cos_x(x)) for x in (1.0, 1.57, 1.570796, 1.5707963)]
    [14, 9, 2, 0]
    >>> tenth = Constant(0.1) * Constant(3.0)
    >>> held(tenth), held(tenth - Constant(0.3)), held(Constant(0.5) * Constant(3.0) - Constant(1.5))
    (14, 0, 15)
    """
    try:
        rough = _digits(term, _ROUGHLY)
        return rough if rough >= _PLENTY else _digits(term, _WAYS)
    except CoreError:  # so near to where it cannot be computed that rounding leads there
        return 0


def _digits(term: Term, ways: range) -> int:
    value = number(term)
    off = max(abs(_moved(term, way) - value) for way in ways)
    if not off:
        return MOST
    if not abs(value) > off:
        return 0
    place = math.floor(math.log10(abs(value))) + 1
    return min(MOST, max(0, math.floor(place - math.log10(2.0 * off))))


def _moved(term: Term, way: int) -> float:
    """Return what a term becomes when all that is rounded on the way to it is moved."""
    if isinstance(term, Op):
        left, right = _moved(term.left, way), _moved(term.right, way)
        made = float(OPS[term.sign](left, right))
        return made if _arithmetic(term.sign, left, right, made) else _by_a_bit(way, made, made)
    if isinstance(term, Read):
        passed = _passed(term.run, way)
        made = float(passed.read(term.what, term.of))
        if term.what == "value" and passed.loss is not None and term.of == passed.loss.node:
            y, t = (float(passed.read("value", name)) for name in passed.loss.takes)
            return float(_by_a_bit(way, made, y if passed.loss.does in _CHANCES else y - t))
        is_exact = term.what in ("value", "slope", "weight") or _is_short(made)  # a layer has moved it, if it had to
        return made if is_exact else float(_by_a_bit(way, made, made))
    return float(evaluate(term))


@lru_cache(maxsize=4096)
def _passed(run: Run, way: int) -> Passed:
    """Return a run passed with all that is rounded moved; weights that have learned are what it is given."""
    inputs: dict[str, Any] = {name: np.float64(_moved(term, way)) for name, term in run.inputs}
    if run.learned is not None:
        inputs |= {name: evaluate(Read(run, "weight", name)) for name in run.recipe.weights}
    return _Moved(run.recipe, inputs, way)


class _Moved(Passed):
    """A recipe passed by the core with each number that a step rounds moved by its last bit."""

    def __init__(self, recipe: Any, inputs: Any, way: int) -> None:
        self.way = way
        super().__init__(recipe, inputs)

    def _layer(self, step: Step) -> Layer:
        layer = super()._layer(step)
        return layer if layer.mixes else _moving(layer, step, self.way)

    def _goal(self) -> dict[str, Any]:
        """Move a target that is a chance: what such a loss makes of it is rounded before it is taken from another."""
        goal = super()._goal()
        if goal and goal["loss"] in _CHANCES and 0.0 < float(goal["target"]) < 1.0:
            goal["target"] = _by_a_bit(self.way, goal["target"], goal["target"])
        return goal


def _moving(layer: Layer, step: Step, way: int) -> Layer:
    """Return a layer with each number that it rounds moved."""
    move = partial(_by_a_bit, way)
    weight = layer.params.get("w")

    def forward(h: Any) -> Any:
        h = h if len(step.takes) == 1 or _is_short(h) else move(h, h)
        out = layer.forward(h)
        return out if _kept(step.does, h, out, weight, "b" in layer.params) else move(out, h)

    def local(h_in: Any, h_out: Any) -> Any:
        gain = layer.local(h_in, h_out).gain
        kept = weight is not None or (_is_short(gain) and _is_plain(step.does, h_in))
        return Diagonal(gain if kept else move(gain, h_in))

    def gradients(h_in: Any, delta: Any) -> dict[str, Any]:
        return {name: move(each, each) for name, each in layer.gradients(h_in, delta).items()}

    return layer._replace(forward=forward, local=local, gradients=gradients)


def _kept(does: str, h: Any, out: Any, weight: Any, biased: bool) -> bool:
    """Return whether float64 has what a step gives, so that nothing is rounded."""
    if weight is not None:
        return not biased and _arithmetic("*", float(h), float(weight), float(out))
    if does in JOINS:
        return _is_short(out)
    return abs(out) == abs(h) if does in _RATIONAL and not _is_short(out) else _is_short(out) and _is_plain(does, h)


def _is_plain(does: str, h: Any) -> bool:
    """Return whether a short number is what a function gives, and not one that it is rounded to."""
    return does in (*JOINS, *_RATIONAL) or float(h) in (0.0, 1.0)


def _arithmetic(sign: str, left: float, right: float, made: float) -> bool:
    """Return whether float64 has what arithmetic gives."""
    exact: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b,
        "abs": lambda a, _: abs(a),
    }
    return math.isfinite(made) and exact[sign](Fraction(left), Fraction(right)) == Fraction(made)


def _is_short(value: Any) -> bool:
    """Return whether a number has few bits, as no number has that was rounded but by chance."""
    return float(math.frexp(float(value))[0] * 2.0**_SHORT).is_integer()


def _by_a_bit(way: int, value: Any, of: Any) -> Any:
    """Return a number moved by its last bit, or roughly: always the same way for what comes of numbers of one size."""
    byte = blake2b(f"{abs(float(of)).hex()} {way}".encode(), digest_size=1).digest()[0]
    bits = 1 if way >= 0 else 1 + (byte >> 1) % _FAR
    return np.float64(float(value) * (1.0 + sys.float_info.epsilon * (bits if byte & 1 else -bits)))
