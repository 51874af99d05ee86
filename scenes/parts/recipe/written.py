"""Terms as they stand in a ledger: nested lists of names and numbers, that say everything and can be compared.

    ["/", ["-", ["value", "L", 1], ["value", "L", 2]], ["*", 2.0, ["given", "nudges", 0]]]

A number alone is a constant. The last entry of a reading is the run that is read, by its place in the list of runs; a
run names its recipe, by its place in the list of recipes, each written out in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scenes.parts.recipe.recipe import Read, Run
from scenes.parts.recipe.terms import Along, Constant, Given, Grid, Moving, Op, Point, Term, Work

__all__ = ["Written"]

Plain = Any  # nested lists, strings and numbers, as JSON has them


@dataclass
class Written:
    """Terms, runs and recipes written down, each run and recipe once; and how far each descent goes.

    Examples
    --------
    >>> from scenes.parts.recipe.recipe import Recipe
    >>> run = Run.of(Recipe.chain(("square",), "xy"), x=Constant(2.0))
    >>> book = Written()
    >>> book.term(run.delta("x") / run.value("y")), book.runs, book.recipes
    (['/', ['delta', 'x', 0], ['value', 'y', 0]], [{'recipe': 0, 'inputs': {'x': 2.0}}], ['y = square(x)'])
    """

    recipes: list[str] = field(default_factory=list)
    runs: list[dict[str, Plain]] = field(default_factory=list)
    descents: dict[tuple[Run, Term], int] = field(default_factory=dict)
    _places: dict[Run, int] = field(default_factory=dict)

    @classmethod
    def of(cls, terms: Mapping[str, Term]) -> tuple[Written, dict[str, Plain]]:
        """Return the lists of runs and recipes, and each term as it is written."""
        book = cls()
        return book, {name: book.term(term) for name, term in terms.items()}

    def term(self, term: Term) -> Plain:
        """Return a term as it is written, and note the runs that it reads."""
        match term:
            case Given():
                return ["given", *term.key]
            case Constant():
                return term.value
            case Moving():
                return ["moving", term.name, term.value]
            case Grid():
                return ["grid", self.term(term.low), self.term(term.high), term.points, *term.also]
            case Point():
                return ["point", term.index, self.term(term.grid)]
            case Along():
                return ["along", *map(self.term, term.terms)]
            case Work():
                return ["work", term.way, term.starts, *map(self.term, term.widths)]
            case Op():
                sides = (term.left,) if term.sign == "abs" else (term.left, term.right)
                return [term.sign, *map(self.term, sides)]
            case Read():
                of = (term.of,) if isinstance(term.of, str) else term.of
                return [term.what, *of, self.run(term.run)]
        raise TypeError(f"{term!r} is no term")

    def run(self, run: Run) -> int:
        """Return the place of a run in the list; it is written down if it is new."""
        if run not in self._places:
            row: dict[str, Plain] = {"recipe": self._recipe(run)}
            row["inputs"] = {name: self.term(term) for name, term in run.inputs}
            if run.learned is not None:
                row["learned"] = self._learned(run, *run.learned)
            self._places[run] = len(self.runs)
            self.runs.append(row)
        return self._places[run]

    def _learned(self, run: Run, steps: int, rate: Term) -> Plain:
        """Return steps and rate, and note from which run on how many steps are taken."""
        start = run.after(0, rate)
        self.run(start)
        self.descents[start, rate] = max(steps, self.descents.get((start, rate), 0))
        return [steps, self.term(rate)]

    def _recipe(self, run: Run) -> int:
        told = str(run.recipe) + ("; mean over samples" if run.recipe.reduction == "mean" else "")
        if told not in self.recipes:
            self.recipes.append(told)
        return self.recipes.index(told)
