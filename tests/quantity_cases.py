"""Quantities of any value, for tests of what is drawn from them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from manim.mobject.mobject import Mobject

from scenes.parts.recipe.quantity import Quantities, Quantity, Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.recipe.terms import Along, Moving, Term
from scenes.parts.things.base import Shown

Points = npt.NDArray[np.float64]

INK = "#F2F4F5"
SAME = Recipe.chain(("identity",), "xy")
values = st.floats(-1e6, 1e6).filter(lambda v: v == 0 or abs(v) > 1e-12)
scales = st.floats(1e-3, 1e3)
turns = st.floats(-np.pi, np.pi).map(lambda a: (float(np.cos(a)), float(np.sin(a))))
places = st.tuples(st.floats(-7, 7), st.floats(-4, 4))


def quantity(value: object, *, typed: bool = False, symbol: str = "y") -> Quantity:
    """A quantity that the core has computed, by a step that changes nothing."""
    each = tuple(Moving("x", float(one)) for one in np.ravel(np.asarray(value, dtype=np.float64)))
    x: Term = Along(each) if np.ndim(np.asarray(value)) else each[0]
    return Quantities.read({"q": Row(symbol, Run.of(SAME, x=x).value("y"), typed=typed)})["q"]


def moving(start: float) -> Sweep:
    """A sweep whose quantity `q` is the moving input itself."""
    return Sweep(start, lambda x: Quantities.read({"q": Row("x", Run.of(SAME, x=Moving("q", x)).value("x"))}))


def ink(shown: Mobject) -> Points:
    """All points that are drawn, shape (n, 3)."""
    return np.concatenate([np.zeros((0, 3)), *(piece.points for piece in shown.submobjects)])


def lies(shown: Shown) -> Iterator[tuple[str, Shown]]:
    """The thing after each change that makes it show something else."""
    for size in (0.99, 1.01, 2.0):
        yield f"scaled by {size}", shown.copy().scale(size)
    yield "stretched across", shown.copy().stretch(1.01, 0)
    yield "stretched upwards", shown.copy().stretch(1.01, 1)
    yield "turned", shown.copy().rotate(0.01)
    yield "turned round", shown.copy().rotate(np.pi)
    yield "painted away", shown.copy().set_opacity(0)
