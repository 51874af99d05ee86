"""Pairs of numbers with a sign between both that says which one is larger."""

from __future__ import annotations

import pytest
from stage_cases import dry_run

from scenes.parts.stage.stage import Stage
from scenes.parts.things.sums import Ranked

PAIRS = [("size_w1", "size_w2", ">"), ("size_dL_dw1", "size_dL_dw2", "<"), ("w2", "w2", "="), ("dL_dz", "dL_dw1", "=")]


@pytest.mark.parametrize(("one", "other", "sign"), [*PAIRS, ("nudged_w1_0", "dL_dw1", "approx")])
def test_the_sign_says_which_is_larger_and_nearly_where_only_the_digits_are_equal(
    one: str, other: str, sign: str
) -> None:
    def check(stage: Stage) -> None:
        assert Ranked(stage.pen, {"weight": (one, other)}).signs == [sign]

    dry_run("TwoLayerNetwork", check)
