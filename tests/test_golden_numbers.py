"""Numbers that every shipped clip shows, those of 0.1.0 from before the core was changed: it may become faster only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.recipe import Read, Recipe, Run, Step
from scenes.parts.recipe.terms import Constant, Moving
from scenes.parts.settings import load
from studio.audit.recompute import core_error, recipes_of

GOLDEN: list[dict[str, Any]] = json.loads(Path(__file__).with_name("golden_numbers.json").read_text(encoding="utf-8"))
MOST_ULP = 4.0  # two of the machine on which they were written; the exponential of another one's NumPy is another


def run_of(row: dict[str, Any]) -> Run:
    """The run of a row, after the steps of learning that it names."""
    steps = tuple(Step(node, does, tuple(takes), tuple(weights)) for node, does, takes, weights in row["recipe"])
    run = Run.of(Recipe(steps), **{name: Moving(name, value) for name, value in row["inputs"].items()})
    learned, rate = row.get("learned", (0, 1.0))
    return run.after(learned, Constant(rate))


@pytest.mark.parametrize("clip", load().clips)
def test_every_shipped_clip_has_golden_numbers_and_all_of_a_recipe_that_it_follows(clip: str) -> None:
    rows = [str(run_of(row).recipe) for row in GOLDEN if row["clip"] == clip]
    followed = recipes_of(load().clip(clip))  # none, where nothing but work is counted
    assert bool(rows) == bool(followed)
    assert set(rows) <= set(followed)


@pytest.mark.parametrize("row", GOLDEN, ids=[row["clip"] for row in GOLDEN])
def test_the_core_gives_the_golden_numbers_to_a_few_units_in_the_last_place(row: dict[str, Any]) -> None:
    run = run_of(row)
    for told, bits in row["numbers"].items():
        what, of = told.split()
        assert core_error(number(Read(run, what, of)), float.fromhex(bits)) <= MOST_ULP, told
