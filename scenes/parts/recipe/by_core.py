"""The first engine: any term with the core, in float64. What a film shows is what this engine gives.

Every run is passed once, whoever asks for it and however often.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from core.errors import CoreError
from core.functions import LOSSES
from core.graph import GraphTrace, Node, record_graph
from core.layers import Layer, Matrix, dense, elementwise, scale, softmax
from scenes.parts.recipe.recipe import JOINS, Read, Recipe, Run, Step
from scenes.parts.recipe.terms import Along, Constant, Given, Grid, Moving, Op, Point, Term, Work
from scenes.parts.recipe.work import multiplications

__all__ = ["OPS", "Passed", "evaluate", "is_computable", "number", "weights_after"]

Numbers = npt.NDArray[np.float64]
Of = str | tuple[str, str]

OPS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "abs": lambda a, _: np.abs(a),
}
"""What each sign of arithmetic makes of two numbers."""


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


def is_computable(term: Term) -> bool:
    """Return whether the core can compute what a term reads."""
    try:
        evaluate(term)
    except CoreError:
        return False
    return True


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
        case Work():
            widths = tuple(int(number(one)) for one in term.widths)
            return np.asarray(multiplications(term.way, widths, term.starts), dtype=np.float64)
        case Op():
            return np.asarray(OPS[term.sign](evaluate(term.left), evaluate(term.right)))
        case Read():
            return np.asarray(_passed(term.run).read(term.what, term.of), dtype=np.float64)
    raise TypeError(f"{term!r} is no term")


@lru_cache(maxsize=64)
@np.errstate(all="ignore")  # what is not finite is refused where it is read
def _grid(grid: Grid) -> Numbers:
    points = np.linspace(number(grid.low), number(grid.high), grid.points)
    return np.union1d(points, grid.also) if grid.also else points


@lru_cache(maxsize=1024)
def _passed(run: Run) -> Passed:
    inputs = {name: evaluate(term) for name, term in run.inputs}
    if run.learned is not None:
        steps, rate = run.learned
        inputs |= weights_after(run.after(0, rate), rate, steps)
    return Passed(run.recipe, inputs)


_MADE: Final[Mapping[str, Callable[..., Layer]]] = {"scale": scale, "dense": dense, "softmax": softmax}


class Passed:
    """A recipe passed forward and backward by the core, that can be read by name."""

    def __init__(self, recipe: Recipe, inputs: Mapping[str, Numbers]) -> None:
        self.recipe, self.inputs = recipe, inputs
        self.loss = recipe.steps[-1] if recipe.steps[-1].does in LOSSES else None
        body = recipe.steps[:-1] if self.loss else recipe.steps
        shared: dict[tuple[str, tuple[str, ...]], Layer] = {}
        layers = [shared.setdefault((step.does, step.weights), self._layer(step)) for step in body]
        self.layers = {step.node: layer for step, layer in zip(body, layers, strict=True)}
        nodes = [Node(s.node, self.layers[s.node], s.takes, _join(s)) for s in body]
        outer = {name: inputs[name] for step in body for name in step.takes if name in inputs}
        self.trace: GraphTrace = record_graph(nodes, outer, **self._goal())

    def _layer(self, step: Step) -> Layer:
        weights = [self.inputs[name] for name in step.weights]
        return _MADE[step.does](*weights) if step.does in _MADE else elementwise(_acts(step))

    def _goal(self) -> dict[str, Any]:
        """Return target and loss, as the core takes them; nothing where the output is L."""
        if self.loss is None:
            return {}
        target = self.inputs[self.loss.takes[-1]]
        if not target.ndim and not any(layer.mixes for layer in self.layers.values()):
            # the same for every x of a sweep
            target = np.full(max((each.shape for each in self.inputs.values()), key=len), target)
        return {"target": target, "loss": self.loss.does, "reduction": self.recipe.reduction}

    def read(self, what: str, of: Of) -> Any:
        """Return a reading.

        Raises
        ------
        LookupError
            There is no such reading.
        """
        readers: Mapping[str, Callable[[Any], Any]] = {
            "value": lambda of: self.trace.value[of] if of in self.trace.value else self.inputs[of],
            "delta": self.trace.delta.__getitem__,
            "slope": self.slope,
            "grad": self.grad,
            "share": self.trace.contribution.__getitem__,
            "weight": self.inputs.__getitem__,
        }
        try:
            return readers[what](of)
        except CoreError as error:  # the core's tables say so of a name that they do not have
            raise LookupError(str(error)) from error

    def slope(self, of: Of) -> Any:
        """Return a local derivative: along an edge, or along the one edge that leads to a node."""
        source, node = (self.recipe.step(of).takes[0], of) if isinstance(of, str) else of
        found = [edge.local for edge in self.trace.edges[node] if edge.source == source]
        if len(found) != 1 or (isinstance(of, str) and len(self.trace.edges[node]) != 1):
            raise LookupError(f"{self.recipe.step(node)} has several slopes, none of them is its slope by {source}")
        if isinstance(found[0], Matrix):
            raise LookupError(f"{self.recipe.step(node)} mixes entries: it has a Jacobian, and no slope")
        return found[0].gain

    def grad(self, of: str) -> Any:
        """Return the gradient of a weight: summed over the steps that share it."""
        found = []
        for step in self.recipe.holders(of):
            names = list(self.layers[step.node].params)
            found.append(self.trace.grads[step.node][names[step.weights.index(of)]])
        return sum(found[1:], found[0])


def _join(step: Step) -> str:
    return step.does if step.does in JOINS and step.does != "add" else "sum"


def _acts(step: Step) -> str:
    return "identity" if step.does in JOINS else step.does


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
        self.run, self.rate = run, rate
        self.found = [{name: evaluate(run.input(name)) for name in run.recipe.weights}]

    def weights(self, steps: int) -> Mapping[str, Numbers]:
        """Return every weight after so many steps."""
        for step in range(len(self.found) - 1, steps):
            passed, rate = _passed(self.run.after(step, self.rate)), number(self.rate)
            self.found.append({name: w - rate * passed.grad(name) for name, w in self.found[step].items()})
        return self.found[steps]


_descent = lru_cache(maxsize=16)(Descent)
