"""The first engine: any term with the core, in float64. What a film shows is what this engine gives.

Every run is passed once, whoever asks for it and however often.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from core.functions import LOSSES
from core.graph import GraphTrace, Node, record_graph
from core.layers import Layer, dense, elementwise, scale, softmax
from core.trace import Trace, record
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Along, Constant, Given, Grid, Moving, Op, Point, Read, Term

__all__ = ["evaluate", "number", "weights_after"]

Numbers = npt.NDArray[np.float64]
Of = str | tuple[str, str]

_OPS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "abs": lambda a, _: np.abs(a),
}


def number(term: Term) -> float:
    """Return the value of a term that is one number.

    Raises
    ------
    CoreError
        The core refuses the run that the term reads.
    TypeError
        It is an array.
    """
    return float(evaluate(term))


def evaluate(term: Term) -> Numbers:
    """Return the value of a term, shape () for one number.

    Raises
    ------
    CoreError
        The core refuses the run that the term reads.
    LookupError
        The run has no such reading.

    Examples
    --------
    >>> run = Run.of(Recipe.chain(("w", "square"), "xhy", ("w",)), x=Constant(2), w=Constant(3))
    >>> number(run.grad("w")), number(run.but(x=Constant(1)).value("y") / run.value("y"))
    (24.0, 0.25)
    """
    match term:
        case Given() | Constant() | Moving():
            return np.asarray(term.value, dtype=np.float64)
        case Grid():
            return _grid(term)
        case Point():
            return np.asarray(_grid(term.grid)[term.index])
        case Along():
            return np.array([evaluate(one) for one in term.terms])
        case Op():
            return np.asarray(_OPS[term.sign](evaluate(term.left), evaluate(term.right)))
        case Read():
            return np.asarray(_passed(term.run).read(term.what, term.of), dtype=np.float64)
    raise TypeError(f"{term!r} is no term")


@lru_cache(maxsize=64)
def _grid(grid: Grid) -> Numbers:
    points = np.linspace(number(grid.low), number(grid.high), grid.points)
    return np.union1d(points, grid.also) if grid.also else points


class Passed(Protocol):
    """A run passed forward and backward, that can be read by name."""

    def read(self, what: str, of: Of) -> Any:
        """Return a reading.

        Raises
        ------
        LookupError
            There is no such reading.
        """


@lru_cache(maxsize=1024)
def _passed(run: Run) -> Passed:
    inputs = {name: evaluate(term) for name, term in run.inputs}
    if run.learned is not None:
        steps, rate = run.learned
        inputs |= weights_after(run.after(0, rate), rate, steps)
    return _recorded(run.recipe, inputs)


def _recorded(recipe: Recipe, inputs: Mapping[str, Numbers]) -> Chain | Graph:
    """Return the passes of a recipe."""
    body = _body(recipe)
    before = (recipe.steps[0].takes[0], *(step.node for step in body))
    is_chain = all(step.takes == (name,) for step, name in zip(body, before, strict=False))
    shares = len(recipe.weights) < sum(len(step.weights) for step in body)
    return Chain(recipe, inputs) if is_chain and not shares else Graph(recipe, inputs)


def _body(recipe: Recipe) -> Sequence[Step]:
    """Return the steps but for a loss."""
    return recipe.steps[:-1] if recipe.steps[-1].does in LOSSES else recipe.steps


def _goal(recipe: Recipe, inputs: Mapping[str, Numbers]) -> dict[str, Any]:
    """Return target and loss, as the core takes them; nothing where the output is L."""
    last = recipe.steps[-1]
    if last.does not in LOSSES:
        return {}
    target = inputs[last.takes[-1]]
    labels = target.astype(np.int64) if last.does == "softmax_cross_entropy" and _are_labels(target) else target
    return {"target": labels, "loss": last.does, "reduction": recipe.reduction}


def _are_labels(target: Numbers) -> bool:
    return bool(np.all(target == np.floor(target)))


_MADE: Final[Mapping[str, Callable[..., Layer]]] = {"scale": scale, "dense": dense, "softmax": softmax}
_ACTS: Final = {"add": "identity"}


def _layer(step: Step, inputs: Mapping[str, Numbers]) -> Layer:
    weights = [inputs[name] for name in step.weights]
    return _MADE[step.does](*weights) if step.does in _MADE else elementwise(_ACTS.get(step.does, step.does))


class Chain:
    """Steps one after the other: a trace of the core."""

    def __init__(self, recipe: Recipe, inputs: Mapping[str, Numbers]) -> None:
        self.recipe, self.inputs, self.body, self.goal = recipe, inputs, _body(recipe), _goal(recipe, inputs)
        self.layers = tuple(_layer(step, inputs) for step in self.body)
        start = self.body[0].takes[0]
        self.index = {name: i for i, name in enumerate((start, *(step.node for step in self.body)))}
        self.trace: Trace = record(self.layers, inputs[start], **self.goal)

    def read(self, what: str, of: Of) -> Any:
        """Return a reading; of an edge, as of the node that it leads to."""
        node = of if isinstance(of, str) else of[1]
        readers = {"value": self.value, "delta": self.delta, "slope": self.slope, "grad": self.grad}
        if what == "share" and not isinstance(of, str) and of[0] in self.recipe.step(node).takes:
            return self.delta(of[0])
        return self.inputs[node] if what == "weight" else readers[what](node)

    def value(self, of: str) -> Any:
        """Return a value of the pass forward, or what goes in."""
        if of in self.index:
            return self.trace.h[self.index[of]]
        return self.trace.loss if self._is_loss(of) else self.inputs[of]

    def delta(self, of: str) -> Any:
        """Return dL/dnode; dL/dL is 1."""
        return self.trace.seed if self._is_loss(of) else self.trace.delta[self.index[of]]

    def slope(self, of: str) -> Any:
        """Return a local derivative: dL/dy for the loss."""
        if self._is_loss(of):
            return self.trace.delta[-1] / self.trace.seed
        return self._slope(self.index[of] - 1)

    def _slope(self, i: int) -> Any:
        if self.layers[i].mixes:
            raise LookupError(f"the step {self.body[i]} mixes entries: it has a Jacobian, and no slope")
        return self.trace.local[i].gain

    def grad(self, of: str) -> Any:
        """Return the gradient of a weight."""
        (step,) = self.recipe.holders(of)
        i = self.body.index(step)
        return self.trace.grads[i][list(self.layers[i].params)[step.weights.index(of)]]

    def _is_loss(self, of: str) -> bool:
        return bool(self.goal) and of == self.recipe.steps[-1].node


class Graph:
    """Steps that take several values, or values and weights that are used more than once."""

    def __init__(self, recipe: Recipe, inputs: Mapping[str, Numbers]) -> None:
        self.recipe, self.inputs, self.goal = recipe, inputs, _goal(recipe, inputs)
        shared: dict[tuple[str, tuple[str, ...]], Layer] = {}
        self.layers: dict[str, Layer] = {}
        for step in _body(recipe):
            self.layers[step.node] = shared.setdefault((step.does, step.weights), _layer(step, inputs))
        outer = [name for step in _body(recipe) for name in step.takes if name in inputs]
        nodes = [Node(step.node, self.layers[step.node], step.takes) for step in _body(recipe)]
        self.trace: GraphTrace = record_graph(nodes, {name: inputs[name] for name in outer}, **self.goal)

    def read(self, what: str, of: Of) -> Any:
        """Return a reading."""
        if what == "share":
            return self.trace.contribution[of]  # type: ignore[index]
        node = of if isinstance(of, str) else of[1]
        readers = {"value": self.value, "delta": self.trace.delta.__getitem__, "slope": self.slope, "grad": self.grad}
        return self.inputs[node] if what == "weight" else readers[what](node)

    def value(self, of: str) -> Any:
        """Return a value of the pass forward, or what goes in."""
        found = self.trace.value.get(of)
        return self.inputs[of] if found is None else found

    def slope(self, of: str) -> Any:
        """Return a local derivative."""
        step = self.recipe.step(of)
        if of not in self.layers:
            return self.trace.delta[step.takes[0]] / self.trace.delta[of]
        into = sum(self.trace.value[name] for name in step.takes)
        return self.layers[of].local(np.asarray(into), self.trace.value[of]).gain

    def grad(self, of: str) -> Any:
        """Return the gradient of a weight: summed over the steps that share it."""
        found = []
        for step in self.recipe.holders(of):
            names = list(self.layers[step.node].params)
            found.append(self.trace.grads[step.node][names[step.weights.index(of)]])
        return sum(found[1:], found[0])


def weights_after(run: Run, rate: Term, steps: int) -> Mapping[str, Numbers]:
    """Return every weight of a run after steps of descent: each moved by minus rate times its gradient, every time.

    Raises
    ------
    CoreError
        A step leaves what is finite.
    """
    return _descent(run, rate).weights(steps)


class Descent:
    """Steps of learning from a run on; each is taken once, when somebody asks for what comes after it."""

    def __init__(self, run: Run, rate: Term) -> None:
        self.run, self.rate = run, number(rate)
        self.found = [{name: evaluate(run.input(name)) for name in run.recipe.weights}]

    def weights(self, steps: int) -> Mapping[str, Numbers]:
        """Return every weight after so many steps."""
        while len(self.found) <= steps:
            inputs = {name: evaluate(term) for name, term in self.run.inputs} | self.found[-1]
            passed = _recorded(self.run.recipe, inputs)
            self.found.append({name: w - self.rate * passed.grad(name) for name, w in self.found[-1].items()})
        return self.found[steps]


_descent = lru_cache(maxsize=16)(Descent)
