"""What a ledger says of how its numbers came about, with a lie in it: recipes, runs, every step of learning."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from ledger_cases import example

from scenes.parts.film.computed import computed_rows
from scenes.parts.film.ledger import Ledger, Value, ledger_text, parse_ledger
from scenes.parts.recipe import by_core
from scenes.parts.recipe.quantity import Quantities
from scenes.parts.settings import load
from studio.audit.recompute import check_quantities

Plain = dict[str, Any]
CLIP = "LearningStep"


@cache
def computed(clip: str) -> Ledger:
    """A ledger that says truly what a clip computes."""
    return example(clip=clip, **computed_rows(load().clip(clip).quantities()))


def said(ledger: Ledger, clip: str = CLIP) -> dict[str, list[str]]:
    """What the audit says of it that is wrong, by check."""
    found: dict[str, list[str]] = {}
    for finding in check_quantities(ledger, load().clip(clip)):
        if not finding.ok:
            found.setdefault(finding.check, []).append(finding.told)
    return found


def forged(edit: Callable[[Plain], None]) -> Ledger:
    """The ledger, with something in it changed."""
    plain = copy.deepcopy(json.loads(ledger_text(computed(CLIP))))
    edit(plain)
    return parse_ledger(json.dumps(plain), "a forged ledger")


def test_what_a_clip_that_learns_computes_is_told_truly() -> None:
    assert said(computed(CLIP)) == {}


def test_a_recipe_whose_weights_change_places_is_quoted_beside_the_clips_own() -> None:
    def edit(plain: Plain) -> None:
        words = plain["recipes"][0]
        plain["recipes"][0] = words.replace("w1", "w#").replace("w2", "w1").replace("w#", "w2")

    found = said(forged(edit))
    assert set(found) == {"recipe"}
    assert "the ledger computes 'z = w2 * x; h = tanh(z); y = w1 * h; " in found["recipe"][0]


def test_a_recipe_more_is_named() -> None:
    def edit(plain: Plain) -> None:
        plain["recipes"].append("y = x")

    assert said(forged(edit)) == {"recipe": ["the recipes of the ledger are not those of the clip"]}


def dropped(plain: Plain) -> None:
    plain["runs"].pop()


def of_another_recipe(plain: Plain) -> None:
    plain["runs"][0]["recipe"] += 1


def of_another_input(plain: Plain) -> None:
    inputs = plain["runs"][0]["inputs"]
    inputs["w1"], inputs["w2"] = inputs["w2"], inputs["w1"]


@pytest.mark.parametrize("edit", [dropped, of_another_recipe, of_another_input])
def test_runs_that_are_not_the_clips_are_named(edit: Callable[[Plain], None]) -> None:
    assert said(forged(edit)) == {"recipe": ["recipe: the runs of the ledger are not those of the clip"]}


def weight_moved(plain: Plain) -> None:
    numbers = plain["learned"][0]["steps"][4]["w1"]
    numbers[0] = Value.of(float(numbers[0]["repr"]) + 1e-9).model_dump()


def weights_exchanged(plain: Plain) -> None:
    step = plain["learned"][0]["steps"][4]
    step["w1"], step["w2"] = step["w2"], step["w1"]


@pytest.mark.parametrize("edit", [weight_moved, weights_exchanged])
def test_a_step_that_is_not_taken_from_the_weights_before_it_is_named(edit: Callable[[Plain], None]) -> None:
    (line,) = said(forged(edit))["learning"]
    assert line.endswith("step 4 of learning is not taken from the weights before it")


def step_left_out(plain: Plain) -> None:
    del plain["learned"][0]["steps"][3]


def another_rate(plain: Plain) -> None:
    plain["learned"][0]["rate"], plain["learned"][-1]["rate"] = (
        plain["learned"][-1]["rate"],
        plain["learned"][0]["rate"],
    )


def descent_left_out(plain: Plain) -> None:
    plain["learned"].pop()


@pytest.mark.parametrize("edit", [step_left_out, another_rate, descent_left_out])
def test_a_descent_that_is_not_the_clips_is_named(edit: Callable[[Plain], None]) -> None:
    assert "recipe: the steps of learning of the ledger are not those of the clip" in said(forged(edit))["recipe"]


@pytest.mark.parametrize("clip", ["LearningStep", "LossSwapSaturated", "TwoLayerNetwork", "FanOut", "ActivationSwap"])
def test_every_run_of_a_clip_is_passed_once(clip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    passes, runs = list[object](), set[object]()
    real, first = by_core.record_graph, by_core._passed.__wrapped__

    def counting(*arguments: Any, **goal: Any) -> Any:
        passes.append(None)
        return real(*arguments, **goal)

    def noting(run: Any) -> Any:
        runs.add(run)
        return first(run)

    monkeypatch.setattr(by_core, "record_graph", counting)
    monkeypatch.setattr(by_core, "_passed", by_core.lru_cache(maxsize=1024)(noting))
    by_core._descent.cache_clear()
    Quantities.read(load().clip(clip).table())
    assert len(passes) == len(runs) > 0
