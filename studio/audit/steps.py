"""Every step that a recipe can have, at 50 digits: what it makes, and the ways back through it.

What enters a step is added up first, unless the step says how it joins what it takes. Where no step of a recipe mixes
entries, an array is as many runs of single numbers; where one does, there is one loss, and a gradient has the shape of
its weight. No code is shared with the core.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial, reduce
from operator import add, mul
from typing import Any, Final, NamedTuple

import numpy as np

from scenes.parts.recipe.recipe import Step
from studio.audit.exact import LOSSES, ahead, cross_entropy, judged, larger, linked, softened, turned_back
from studio.audit.known import NOTHING, Known, dot, exact, mpf, total

__all__ = ["MIXING", "ONE", "Made", "Numbers", "concluded", "each", "is_loss", "made", "shape_of", "stacked"]

Numbers = Any
"""A `Known`, or an array of them: of objects, so that NumPy holds them and computes nothing."""

ONE: Final = exact(1.0)
_LABELLED: Final = "softmax_cross_entropy"
MIXING: Final = ("dense", "softmax", _LABELLED)


def each(function: Callable[..., Any], *several: Numbers, outputs: int = 1) -> Any:
    """Return what a function makes of numbers, entry by entry; ``outputs`` arrays of it, if it makes several."""
    for one in several:
        if isinstance(one, np.ndarray):
            with np.errstate(all="ignore"):  # of what Python's own floats do meanwhile
                return np.frompyfunc(function, len(several), outputs)(*several)
    return function(*several)


def shape_of(numbers: Numbers) -> tuple[int, ...]:
    """Return the shape of numbers, () of one alone."""
    return numbers.shape if isinstance(numbers, np.ndarray) else ()


def stacked(several: Sequence[Numbers]) -> Numbers:
    """Return numbers, or arrays of one shape, side by side."""
    if any(isinstance(one, np.ndarray) for one in several):
        return np.stack(several)
    found = np.empty(len(several), dtype=object)
    found[:] = several
    return found


def _flat(numbers: Numbers) -> list[Known]:
    return list(numbers.ravel()) if isinstance(numbers, np.ndarray) else [numbers]


def _rows(numbers: Numbers) -> Sequence[Any]:
    """Return the samples of a batch, or the one vector as one sample."""
    return numbers if numbers.ndim == 2 else [numbers]


def _shaped(rows: Sequence[Sequence[Known]], like: Numbers) -> Numbers:
    """Return an array of rows: of one row alone, where it stands for a vector and no batch."""
    found = stacked([stacked(row) for row in rows])
    return found if like.ndim == 2 else found[0]


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


def made(step: Step, takes: Sequence[Numbers], weights: Sequence[Numbers], whole: bool) -> Made:
    """Return what a step makes of values; ``whole`` says that a gradient is summed to the shape of its weight.

    Raises
    ------
    LookupError
        Nobody knows what it does.
    ValueError
        Shapes do not fit.
    ArithmeticError
        It has no value for what it takes.
    """
    if len({shape_of(one) for one in takes}) != 1:
        raise ValueError(f"what enters {step} is of shapes {[shape_of(one) for one in takes]}")
    if step.does in _JOINED:
        return _JOINED[step.does](*takes)
    into = reduce(partial(each, add), takes)
    if step.does == "scale":
        found = _scaled(whole, into, *weights)
    elif step.does in _MATRICES:
        found = _MATRICES[step.does](into, *weights)
    else:
        value, slope = each(partial(linked, "identity" if step.does == "add" else step.does), into, outputs=2)
        found = Made(value, (slope,))
    return found if len(takes) == 1 else found._replace(slopes=found.slopes * len(takes))


def is_loss(step: Step) -> bool:
    """Return whether a step compares with a target, which it takes last."""
    return step.does in LOSSES or step.does == _LABELLED


def concluded(loss: str, takes: Sequence[Numbers], reduction: str, whole: bool) -> Made:
    """Return a loss, and its slope by the output that it takes; with no loss, L is the output.

    Raises
    ------
    ValueError
        Shapes do not fit, or a sweep is to have a mean.
    """
    y, target = takes if len(takes) == 2 else (takes[0], takes[0])
    if shape_of(y) and not shape_of(target) and not whole:  # the same for every number of a sweep
        target = each(lambda _: target, y)
    if loss == _LABELLED:
        value, slopes = _labelled(y, target)
    elif shape_of(y) != shape_of(target):
        raise ValueError(f"the target has shape {shape_of(target)}, the output {shape_of(y)}")
    elif loss in LOSSES:
        value, slopes = each(partial(judged, loss), y, target, outputs=2)
    elif whole and shape_of(y)[-1:] != (1,):
        raise ValueError("with no loss, L is the output: it must be one number")
    else:
        value, slopes = y, each(lambda _: ONE, y)
    if not whole and shape_of(y) and reduction == "mean":
        raise ValueError("a sweep has one loss for each of its numbers, and no mean")
    value = total(_flat(value)) if whole else value
    if reduction == "mean" and len(shape_of(y)) == 2:
        samples = exact(float(len(y)))
        value, slopes = value / samples, each(lambda slope: slope / samples, slopes)
    return Made(value, (slopes,))


def _scaled(whole: bool, h: Numbers, weight: Known, bias: Known | None = None) -> Made:
    value = each(lambda x: weight * x, h) if bias is None else each(lambda x: weight * x + bias, h)

    def grads(push: Numbers) -> tuple[Numbers, ...]:
        return (dot(_flat(push), _flat(h)), total(_flat(push))) if whole else (each(mul, push, h), push)

    return Made(value, (each(lambda _: weight, h),), grads=grads)


def _product(*takes: Numbers) -> Made:
    several = partial(reduce, partial(each, mul))
    others = ((*takes[:i], *takes[i + 1 :]) for i in range(len(takes)))
    return Made(several(takes), tuple(map(several, others)))


def _quotient(above: Numbers, below: Numbers) -> Made:
    value = each(lambda a, b: a / b, above, below)
    minus = Known(mpf(-1), 1.0, True)
    return Made(value, (each(lambda b: ONE / b, below), each(lambda q, b: minus * q / b, value, below)))


def _maximum(left: Numbers, right: Numbers) -> Made:
    return Made(each(larger, left, right), (each(ahead, left, right), each(ahead, right, left)))


def _dense(h: Numbers, weight: Numbers, bias: Numbers = None) -> Made:
    if len(shape_of(weight)) != 2 or len(shape_of(h)) not in (1, 2) or h.shape[-1] != weight.shape[1]:
        raise ValueError(f"a matrix of shape {shape_of(weight)} does not take {shape_of(h)}")
    if bias is not None and shape_of(bias) != weight.shape[:1]:
        raise ValueError(f"a matrix of shape {weight.shape} takes no bias of shape {shape_of(bias)}")
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
    if len(shape_of(h)) not in (1, 2):
        raise ValueError(f"softmax takes no numbers of shape {shape_of(h)}")
    value = _shaped([softened(row) for row in _rows(h)], h)

    def pulls(push: Numbers) -> Numbers:
        return _shaped([turned_back(*pair) for pair in zip(_rows(value), _rows(push), strict=True)], h)

    return Made(value, (), pulls)


def _labelled(y: Numbers, target: Numbers) -> tuple[Known, Numbers]:
    """Return the cross-entropy of a softmax, and its slope; the target is whole labels, or a distribution."""
    if len(shape_of(y)) not in (1, 2):
        raise ValueError(f"{_LABELLED} takes no output of shape {shape_of(y)}")
    classes = y.shape[-1]
    if shape_of(target) == y.shape:
        targets: Iterable[Any] = _rows(target)
    elif shape_of(target) == y.shape[:-1]:
        targets = [_one_of(classes, label) for label in _flat(target)]
    else:
        raise ValueError(f"an output of shape {y.shape} takes no target of shape {shape_of(target)}")
    losses, slopes = zip(*map(cross_entropy, _rows(y), targets), strict=True)
    return total(losses), _shaped(slopes, y)


def _one_of(classes: int, label: Known) -> list[Known]:
    if label.value not in range(classes):
        raise ValueError(f"{float(label.value)!r} is no label from 0 to {classes - 1}")
    return [ONE if label.value == k else NOTHING for k in range(classes)]


_JOINED: Final[Mapping[str, Callable[..., Made]]] = {
    "product": _product,
    "quotient": _quotient,
    "maximum": _maximum,
}
_MATRICES: Final[Mapping[str, Callable[..., Made]]] = {"dense": _dense, "softmax": _soft}
