"""A run passed forward and backward at 50 digits: whatever recipe it is of. No code is shared with the core.

Values go forward step by step, pushes come back edge by edge and add where a value is used more than once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from operator import add, mul
from typing import Any, Final, NamedTuple

from scenes.parts.recipe.recipe import Recipe, Step
from studio.audit.known import NOTHING
from studio.audit.steps import MIXING, ONE, Made, Numbers, concluded, each, is_loss, made

__all__ = ["Passed"]

_NO_LOSS: Final = "output"


class _Back(NamedTuple):
    """What comes back: the push on every value, along every edge, and the gradient of every weight."""

    deltas: dict[str, Numbers]
    shares: dict[tuple[str, str], Numbers]
    grads: dict[str, Numbers]


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
        self.recipe, self.inputs, self.steps = recipe, inputs, recipe.steps
        if not is_loss(self.steps[-1]):
            self.steps = (*self.steps, Step("L", _NO_LOSS, (self.steps[-1].node,)))
        self.mixes = any(step.does in MIXING for step in self.steps)
        self.values: dict[str, Numbers] = dict(inputs)
        self.made: dict[str, Made] = {}
        for step in self.steps:
            if step.node in self.values:
                raise LookupError(f"{step.node} is there before {step} makes it")
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
            return self._slope(*((None, of) if isinstance(of, str) else of))
        if what == "weight" and of not in self.recipe.weights:
            raise LookupError(f"{of} is no weight of {self.recipe}")
        if what in ("value", "weight"):
            return self.values[str(of)]
        back: Mapping[str, Mapping[Any, Numbers]] = self._back._asdict()
        return back[f"{what}s"][of]

    def _make(self, step: Step) -> Made:
        takes = [self.values[name] for name in step.takes]
        if step is self.steps[-1]:
            return concluded(step.does, takes, self.recipe.reduction if is_loss(step) else "sum", self.mixes)
        return made(step, takes, [self.inputs[name] for name in step.weights], self.mixes)

    def _slope(self, source: str | None, node: str) -> Numbers:
        """Return the slope of a step by one of what it takes; with none named, by the only one that there is."""
        found = list(zip(self._step(node).takes, self.made[node].slopes, strict=False))
        found = [(name, slope) for name, slope in found if source in (None, name)]
        if len(found) != 1:
            raise LookupError(f"{self._step(node)} has {len(found)} slopes by {source or 'what it takes'}, not one")
        return found[0][1]

    def _step(self, node: str) -> Step:
        return next(step for step in self.steps if step.node == node) if node in self.made else self.recipe.step(node)

    @cached_property
    def _back(self) -> _Back:
        last = self.steps[-1].node
        found = _Back({last: each(lambda _: ONE, self.values[last])}, {}, {})
        for step in reversed(self.steps):
            if step.node not in found.deltas:  # it leads nowhere
                found.deltas[step.node] = each(lambda _: NOTHING, self.values[step.node])
            self._return(step, found)
        return found

    def _return(self, step: Step, found: _Back) -> None:
        """Take the push on what a step made back to what it takes, and to its weights."""
        passed, push = self.made[step.node], found.deltas[step.node]
        if passed.pulls:
            pushes = [passed.pulls(push)] * len(step.takes)
        else:
            pushes = [each(mul, push, slope) for slope in passed.slopes]
        for source, back in zip(step.takes, pushes, strict=False):
            _add(found.deltas, source, back)
            _add(found.shares, (source, step.node), back)
        for name, grad in zip(step.weights, passed.grads(push), strict=False):
            _add(found.grads, name, grad)


def _add(found: dict[Any, Numbers], key: str | tuple[str, str], numbers: Numbers) -> None:
    found[key] = each(add, found[key], numbers) if key in found else numbers
