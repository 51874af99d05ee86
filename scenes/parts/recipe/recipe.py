"""Recipes: what a clip computes, said once. A recipe is named steps, a run is a recipe with what goes in.

    z = w1 * x; h = tanh(z); y = w2 * h; L = half_squared_error(y, t)

Nothing is computed here, and nothing is known of the core: what the two engines would both follow wrongly is a recipe
that is not the lesson's, and that is why it stands in words in every ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from scenes.parts.recipe.terms import Term

__all__ = ["JOINS", "Read", "Recipe", "Run", "Step"]

JOINS: Final = {"add": " + ", "product": " * ", "quotient": " / ", "maximum": None}
"""Steps that make one value of several: how the sign between them is written, if there is one."""


@dataclass(frozen=True)
class Step:
    """One step: ``node = does(takes; weights)``.

    Attributes
    ----------
    does
        A function of the core, a loss (which takes its target last), ``scale`` (a weight, and perhaps a bias),
        ``dense`` (a matrix, and perhaps a bias), ``softmax``, or one of ``JOINS``. A function that takes several
        values acts on their sum.
    """

    node: str
    does: str
    takes: tuple[str, ...]
    weights: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.does in ("scale", "dense"):
            between = " * " if self.does == "scale" else " "
            into = self.takes[0] if len(self.takes) == 1 else f"({' + '.join(self.takes)})"
            return f"{self.node} = {self.weights[0]}{between}{into}" + "".join(
                f" + {bias}" for bias in self.weights[1:]
            )
        sign = JOINS.get(self.does)
        return f"{self.node} = {sign.join(self.takes) if sign else self.does + '(' + ', '.join(self.takes) + ')'}"


@dataclass(frozen=True)
class Recipe:
    """Steps in the order of computing; what no step makes goes in from outside. The last step makes the output, or L.

    Attributes
    ----------
    reduction
        What a loss makes of the samples of a batch: ``sum`` or ``mean``.

    Examples
    --------
    >>> str(Recipe.chain(("w1", "tanh", "w2"), "xzhy", ("w1", "w2"), "half_squared_error"))
    'z = w1 * x; h = tanh(z); y = w2 * h; L = half_squared_error(y, t)'
    """

    steps: tuple[Step, ...]
    reduction: str = "sum"

    @classmethod
    def chain(
        cls, stages: Sequence[str], nodes: Sequence[str], weights: Sequence[str] = (), loss: str | None = None
    ) -> Recipe:
        """Return stages one after the other, each a weight's name or a function; a loss compares with ``t``.

        Parameters
        ----------
        nodes
            Names of the values before, between and behind the stages.
        """
        kinds = [("scale", (stage,)) if stage in weights else (stage, ()) for stage in stages]
        made = [
            Step(node, does, (before,), names)
            for (does, names), before, node in zip(kinds, nodes, nodes[1:], strict=False)
        ]
        return cls((*made, *((Step("L", loss, (nodes[len(stages)], "t")),) if loss else ())))

    @property
    def nodes(self) -> tuple[str, ...]:
        """Names of what the steps make."""
        return tuple(step.node for step in self.steps)

    @property
    def weights(self) -> tuple[str, ...]:
        """Names of the weights, each once, first to last."""
        return tuple(dict.fromkeys(name for step in self.steps for name in step.weights))

    def step(self, node: str) -> Step:
        """Return the step that makes a node.

        Raises
        ------
        LookupError
            None does.
        """
        found = next((step for step in self.steps if step.node == node), None)
        if found is None:
            raise LookupError(f"no step of {self} makes {node}")
        return found

    def holders(self, weight: str) -> tuple[Step, ...]:
        """Return the steps that have a weight: one, or several that share it.

        Raises
        ------
        LookupError
            None does.
        """
        found = tuple(step for step in self.steps if weight in step.weights)
        if not found:
            raise LookupError(f"no step of {self} has the weight {weight}")
        return found

    def leads(self, source: str, node: str) -> bool:
        """Return whether a way goes from a value to a node.

        Examples
        --------
        >>> chain = Recipe.chain(("tanh", "square"), "xhy")
        >>> chain.leads("x", "y"), chain.leads("y", "h")
        (True, False)
        """
        takes = self.step(node).takes if node in self.nodes else ()
        return source in takes or any(self.leads(source, name) for name in takes)

    def __str__(self) -> str:
        return "; ".join(map(str, self.steps))


@dataclass(frozen=True)
class Run:
    """A recipe with what goes in. It can be asked for terms; each is computed when an engine evaluates it.

    Attributes
    ----------
    inputs
        A term for every weight and for everything else that goes in, by name.
    learned
        How many steps of descent were taken first, and at which rate.

    Examples
    --------
    >>> from scenes.parts.recipe.terms import Constant
    >>> run = Run.of(Recipe.chain(("w", "square"), "xhy", ("w",)), x=Constant(2), w=Constant(3))
    >>> print(run.grad("w"), "|", run.but(x=Constant(5)).value("y"), "|", run.slope("y") * run.slope("h"))
    grad of w | value of y for x = 5 | (slope of y * slope of h)
    """

    recipe: Recipe
    inputs: tuple[tuple[str, Term], ...]
    learned: tuple[int, Term] | None = None
    changed: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, recipe: Recipe, **inputs: Term) -> Run:
        """Return a run of a recipe."""
        return cls(recipe, tuple(inputs.items()))

    def but(self, **changes: Term) -> Run:
        """Return the run with other inputs or weights."""
        changed = tuple(dict.fromkeys((*self.changed, *changes)))
        return replace(self, inputs=tuple({**dict(self.inputs), **changes}.items()), changed=changed)

    def after(self, steps: int, rate: Term) -> Run:
        """Return the run after steps of learning: every weight moved by minus rate times its gradient, each time."""
        return replace(self, learned=(steps, rate) if steps else None)

    @cached_property
    def _hash(self) -> int:
        return hash((self.recipe, self.inputs, self.learned))

    def __hash__(self) -> int:
        """Return a hash that is computed once: every reading is looked up by its run."""
        return self._hash

    @property
    def told(self) -> str:
        """In which way it is not the clip's own run, in words; nothing if it is."""
        inputs = dict(self.inputs)
        changes = ", ".join(f"{name} = {inputs[name]}" for name in self.changed)
        steps = f" after {self.learned[0]} steps at {self.learned[1]}" if self.learned else ""
        return (f" for {changes}" if changes else "") + steps

    def input(self, name: str) -> Term:
        """Return what goes in under a name."""
        return dict(self.inputs)[name]

    def value(self, of: str) -> Term:
        """Return a value: what goes in, or what a step makes."""
        return Read(self, "value", of)

    def delta(self, of: str) -> Term:
        """Return dL/dnode; with no loss L is the output."""
        return Read(self, "delta", of)

    def slope(self, of: str, by: str | None = None) -> Term:
        """Return the local derivative of the step that makes a node, by what it takes (which, if several)."""
        return Read(self, "slope", of if by is None else (by, of))

    def grad(self, weight: str) -> Term:
        """Return dL/dweight; of a weight that several steps share, their sum."""
        return Read(self, "grad", weight)

    def share(self, source: str, into: str) -> Term:
        """Return the push that comes back along an edge."""
        return Read(self, "share", (source, into))

    def weight(self, name: str) -> Term:
        """Return a weight as it stands in this run, after its steps of learning."""
        return Read(self, "weight", name)

    def turned(self, dx: Term, of: str, start: str = "x") -> Term:
        """Return by how much a value changes to first order when another changes by ``dx``, on all ways between them.

        Raises
        ------
        LookupError
            There is no way.
        """
        if of == start:
            return dx
        takes = self.recipe.step(of).takes
        before = [name for name in takes if name == start or self.recipe.leads(start, name)]
        if not before:
            raise LookupError(f"there is no way from {start} to {of} in {self.recipe}")
        turns = [self.slope(of, name if len(takes) > 1 else None) * self.turned(dx, name, start) for name in before]
        return sum(turns[1:], turns[0])


@dataclass(frozen=True)
class Read(Term):
    """What a run has: ``what`` is value, delta, slope, grad, share or weight, ``of`` the name of a node or weight.

    A share, and the slope of a node that takes several, belong to an edge: ``of`` is then source and node.
    """

    run: Run
    what: str
    of: str | tuple[str, str]

    def __str__(self) -> str:
        of = self.of if isinstance(self.of, str) else f"{self.of[1]} by {self.of[0]}"
        return f"{self.what} of {of}{self.run.told}"
