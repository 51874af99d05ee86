"""A run passed forward and backward at 50 digits: whatever recipe it is of. No code is shared with the core.

Values go forward step by step, pushes come back edge by edge and add where a value is used more than once. What enters
a step is added up first, unless the step says how it joins what it takes. Where no step mixes entries, an array is as
many runs of single numbers; where one does, there is one loss, and a gradient has the shape of its weight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial, reduce
from operator import add, mul
from typing import Any, Final, NamedTuple

import numpy as np

from scenes.parts.recipe.recipe import Recipe, Step
from studio.audit.exact import FUNCTIONS, LOSSES, ahead, cross_entropy, judged, linked, softened, turned_back
from studio.audit.known import NOTHING, Known, dot, exact, mpf, total

__all__ = ["Numbers", "Passed", "each", "stacked"]

Numbers = Any
"""A `Known`, or an array of them: of objects, so that NumPy holds them and computes nothing."""

_ONE: Final = exact(1.0)
_LABELLED: Final = "softmax_cross_entropy"
_MIXING: Final = ("dense", "softmax", _LABELLED)


def each(function: Callable[..., Any], *several: Numbers, outputs: int = 1) -> Any:
    """Return what a function makes of numbers, entry by entry; ``outputs`` arrays of it, if it makes several."""
    for one in several:
        if isinstance(one, np.ndarray):
            return np.frompyfunc(function, len(several), outputs)(*several)
    return function(*several)


def _shape(numbers: Numbers) -> tuple[int, ...]:
    return numbers.shape if isinstance(numbers, np.ndarray) else ()


def _flat(numbers: Numbers) -> list[Known]:
    return list(numbers.ravel()) if isinstance(numbers, np.ndarray) else [numbers]


def _rows(numbers: Numbers) -> Sequence[Any]:
    """Return the samples of a batch, or the one vector as one sample."""
    return numbers if numbers.ndim == 2 else [numbers]


def _shaped(rows: Sequence[Sequence[Known]], like: Numbers) -> Numbers:
    """Return an array of rows: of one row alone, where it stands for a vector and no batch."""
    found = np.empty((len(rows), len(rows[0])), dtype=object)
    for i, row in enumerate(rows):
        found[i] = row
    return found if like.ndim == 2 else found[0]


def stacked(several: Sequence[Numbers]) -> Numbers:
    """Return numbers, or arrays of one shape, side by side."""
    if any(isinstance(one, np.ndarray) for one in several):
        return np.stack(several)
    found = np.empty(len(several), dtype=object)
    found[:] = several
    return found


class Made(NamedTuple):
    """What a step made, and the ways back through it.

    Attributes
    ----------
    slopes
        The local derivative by each value that it takes; none where entries mix.
    pulls
        Where entries mix: from the push on what it made to that on what it takes.
    grads
        From the push on what it made to the gradient of each weight.
    """

    value: Numbers
    slopes: tuple[Numbers, ...]
    pulls: Callable[[Numbers], Numbers] | None = None
    grads: Callable[[Numbers], tuple[Numbers, ...]] = lambda push: ()


class Passed:
    """A run passed forward, and backward when somebody asks for what comes back.

    Parameters
    ----------
    inputs
        Every weight and everything else that goes in.

    Raises
    ------
    LookupError
        A step takes what is not there, or does what nobody knows.
    ArithmeticError, ValueError
        A step has no value for what it takes.
    """

    def __init__(self, recipe: Recipe, inputs: Mapping[str, Numbers]) -> None:
        self.recipe, self.inputs = recipe, inputs
        self.mixes = any(step.does in _MIXING for step in recipe.steps)
        self.values: dict[str, Numbers] = dict(inputs)
        self.made: dict[str, Made] = {}
        for step in recipe.steps:
            self.made[step.node] = self._make(step)
            self.values[step.node] = self.made[step.node].value

    def read(self, what: str, of: str | tuple[str, str]) -> Numbers:
        """Return a reading.

        Raises
        ------
        LookupError
            There is no such reading.
        """
        if what == "slope":
            return self._slope(*(("", of) if isinstance(of, str) else of))
        if what == "weight" and of not in self.recipe.weights:
            raise LookupError(f"{of} is no weight of {self.recipe}")
        return self._tables(what)[of]

    def _tables(self, what: str) -> Mapping[Any, Numbers]:
        if what in ("value", "weight"):
            return self.values
        back: Mapping[str, Mapping[Any, Numbers]] = {
            "delta": self._back.deltas,
            "share": self._back.shares,
            "grad": self._back.grads,
        }
        return back[what]

    def _slope(self, source: str, node: str) -> Numbers:
        """Return the slope of a step by one of what it takes; with none named, by the one way that it has."""
        step, slopes = self.recipe.step(node), self.made[node].slopes
        if not slopes:
            raise LookupError(f"{step} mixes entries: it has a Jacobian, and no slope")
        if source:
            found = [slope for name, slope in zip(step.takes, slopes, strict=False) if name == source]
            if not found:
                raise LookupError(f"{step} has no slope by {source}")
            return reduce(partial(each, add), found)
        if step.does in _JOINED:
            raise LookupError(f"{step} has a slope by each of what it takes")
        return slopes[0]

    def _make(self, step: Step) -> Made:
        takes = [self.values[name] for name in step.takes]
        weights = [self.inputs[name] for name in step.weights]
        if step.does in LOSSES or step.does == _LABELLED:
            if step is not self.recipe.steps[-1] or len(takes) != 2:
                raise LookupError(f"a loss is the last step, and takes an output and a target: {step}")
            return self._lose(step.does, *takes)
        _check_shapes(step, takes)
        if step.does in _JOINED:
            return _JOINED[step.does](*takes)
        into = reduce(partial(each, add), takes)
        if step.does == "scale":
            made = self._scale(into, *weights)
        elif step.does in FUNCTIONS or step.does == "add":
            does = "identity" if step.does == "add" else step.does
            value, slope = each(partial(linked, does), into, outputs=2)
            made = Made(value, (slope,))
        else:
            made = _MATRICES[step.does](into, *weights)
        return made if len(takes) == 1 else made._replace(slopes=made.slopes * len(takes))

    def _scale(self, h: Numbers, weight: Known, bias: Known | None = None) -> Made:
        value = each(lambda x: weight * x, h)
        if bias is not None:
            value = each(lambda x: x + bias, value)

        def grads(push: Numbers) -> tuple[Numbers, ...]:
            if self.mixes:
                return dot(_flat(push), _flat(h)), total(_flat(push))
            return each(mul, push, h), push

        return Made(value, (each(lambda _: weight, h),), grads=grads)

    def _lose(self, loss: str, y: Numbers, t: Numbers) -> Made:
        if loss == _LABELLED:
            value, slopes = _labelled(y, t)
        elif _shape(y) != _shape(t):
            raise ValueError(f"the target has shape {_shape(t)}, the output {_shape(y)}")
        else:
            value, slopes = each(partial(judged, loss), y, t, outputs=2)
        if not self.mixes and len(_shape(y)) and self.recipe.reduction == "mean":
            raise ValueError("a sweep has one loss for each of its numbers, and no mean")
        value = total(_flat(value)) if self.mixes else value
        if self.recipe.reduction == "mean" and len(_shape(y)) == 2:
            samples = exact(float(len(y)))
            value, slopes = value / samples, each(lambda slope: slope / samples, slopes)
        return Made(value, (slopes,))

    @cached_property
    def _back(self) -> _Back:
        steps, last = self.recipe.steps, self.recipe.steps[-1]
        is_lost = last.does in LOSSES or last.does == _LABELLED
        if self.mixes and not is_lost and _shape(self.values[last.node])[-1:] != (1,):
            raise ValueError("with no loss, L is the output: it must be one number")
        found = _Back({last.node: each(lambda _: _ONE, self.values[last.node])}, {}, {})
        for step in reversed(steps):
            if step.node not in found.deltas:  # it leads nowhere
                found.deltas[step.node] = each(lambda _: NOTHING, self.values[step.node])
            self._return(step, found)
        return found

    def _return(self, step: Step, found: _Back) -> None:
        """Take the push on what a step made back to what it takes, and to its weights."""
        made, push = self.made[step.node], found.deltas[step.node]
        if made.pulls:
            pushes = [made.pulls(push)] * len(step.takes)
        else:
            pushes = [each(mul, push, slope) for slope in made.slopes]
        for source, back in zip(step.takes, pushes, strict=False):
            _add(found.deltas, source, back)
            _add(found.shares, (source, step.node), back)
        for name, grad in zip(step.weights, made.grads(push), strict=False):
            _add(found.grads, name, grad)


class _Back(NamedTuple):
    """What comes back: the push on every value, along every edge, and the gradient of every weight."""

    deltas: dict[str, Numbers]
    shares: dict[tuple[str, str], Numbers]
    grads: dict[str, Numbers]


def _add(found: dict[Any, Numbers], key: str | tuple[str, str], numbers: Numbers) -> None:
    found[key] = each(add, found[key], numbers) if key in found else numbers


def _check_shapes(step: Step, takes: Sequence[Numbers]) -> None:
    if len({_shape(one) for one in takes}) != 1:
        raise ValueError(f"what enters {step} is of shapes {[_shape(one) for one in takes]}")


def _product(*takes: Numbers) -> Made:
    several = partial(reduce, partial(each, mul))
    ones = each(lambda _: _ONE, takes[0])
    others = [[*takes[:i], *takes[i + 1 :]] or [ones] for i in range(len(takes))]
    return Made(several(takes), tuple(map(several, others)))


def _quotient(above: Numbers, below: Numbers) -> Made:
    value = each(lambda a, b: a / b, above, below)
    minus = Known(mpf(-1), 1.0, True)
    return Made(value, (each(lambda b: _ONE / b, below), each(lambda q, b: minus * q / b, value, below)))


def _maximum(left: Numbers, right: Numbers) -> Made:
    def larger(a: Known, b: Known) -> Known:
        near = abs(a.value - b.value) <= a.scale + b.scale
        return Known(max(a.value, b.value), max(a.scale, b.scale) if near else (a if a.value > b.value else b).scale)

    slopes = each(ahead, left, right), each(ahead, right, left)
    return Made(each(larger, left, right), slopes)


def _dense(h: Numbers, weight: Numbers, bias: Numbers = None) -> Made:
    if len(_shape(weight)) != 2 or len(_shape(h)) not in (1, 2) or h.shape[-1] != weight.shape[1]:
        raise ValueError(f"a matrix of shape {_shape(weight)} does not take {_shape(h)}")
    if bias is not None and _shape(bias) != weight.shape[:1]:
        raise ValueError(f"a matrix of shape {weight.shape} takes no bias of shape {_shape(bias)}")
    value = _shaped([[dot(row, sample) for row in weight] for sample in _rows(h)], h)
    value = value if bias is None else each(add, value, bias)

    def grads(push: Numbers) -> tuple[Numbers, ...]:
        behind, before = list(zip(*_rows(push), strict=True)), list(zip(*_rows(h), strict=True))
        turned = _shaped([[dot(out, into) for into in before] for out in behind], weight)
        return turned, stacked([total(several) for several in behind])

    def pulls(push: Numbers) -> Numbers:
        return _shaped([[dot(column, sample) for column in weight.T] for sample in _rows(push)], h)

    return Made(value, (), pulls, grads)


def _soft(h: Numbers) -> Made:
    if len(_shape(h)) not in (1, 2):
        raise ValueError(f"softmax takes no numbers of shape {_shape(h)}")
    value = _shaped([softened(row) for row in _rows(h)], h)

    def pulls(push: Numbers) -> Numbers:
        return _shaped([turned_back(*pair) for pair in zip(_rows(value), _rows(push), strict=True)], h)

    return Made(value, (), pulls)


def _labelled(y: Numbers, t: Numbers) -> tuple[Known, Numbers]:
    """Return the cross-entropy of a softmax, and its slope; the target is whole labels, or a distribution."""
    if len(_shape(y)) not in (1, 2):
        raise ValueError(f"{_LABELLED} takes no output of shape {_shape(y)}")
    classes = y.shape[-1]
    if _shape(t) == y.shape:
        targets: Iterable[Any] = _rows(t)
    elif _shape(t) == y.shape[:-1]:
        targets = [_one_of(classes, label) for label in _flat(t)]
    else:
        raise ValueError(f"an output of shape {y.shape} takes no target of shape {_shape(t)}")
    losses, slopes = zip(*map(cross_entropy, _rows(y), targets), strict=True)
    return total(losses), _shaped(slopes, y)


def _one_of(classes: int, label: Known) -> list[Known]:
    if label.value not in range(classes):
        raise ValueError(f"{float(label.value)!r} is no label from 0 to {classes - 1}")
    return [_ONE if label.value == k else NOTHING for k in range(classes)]


_JOINED: Final[Mapping[str, Callable[..., Made]]] = {
    "product": _product,
    "quotient": _quotient,
    "maximum": _maximum,
}
_MATRICES: Final[Mapping[str, Callable[..., Made]]] = {"dense": _dense, "softmax": _soft}
