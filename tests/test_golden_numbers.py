"""The numbers that the clips of 0.1.0 showed: the core that gives them may become faster, but not another one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.recipe import Read, Recipe, Run, Step
from scenes.parts.recipe.terms import Moving
from studio.audit.recompute import core_error

GOLDEN: list[dict[str, Any]] = json.loads(Path(__file__).with_name("golden_numbers.json").read_text(encoding="utf-8"))
MOST_ULP = 2.0


def run_of(row: dict[str, Any]) -> Run:
    """The run of a row."""
    steps = tuple(Step(node, does, tuple(takes), tuple(weights)) for node, does, takes, weights in row["recipe"])
    return Run.of(Recipe(steps), **{name: Moving(name, value) for name, value in row["inputs"].items()})


@pytest.mark.parametrize("row", GOLDEN, ids=[row["clip"] for row in GOLDEN])
def test_the_core_gives_the_golden_numbers_to_two_units_in_the_last_place(row: dict[str, Any]) -> None:
    run = run_of(row)
    for told, bits in row["numbers"].items():
        what, of = told.split()
        assert core_error(number(Read(run, what, of)), float.fromhex(bits)) <= MOST_ULP, told
