"""The dials of a step of learning: none passes half a turn on its way, and those at rest stay readable."""

from __future__ import annotations

import math
from typing import Any

import pytest
from stage_cases import dry_run
from truth_cases import changed, settings_in_use

from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.terms import Constant
from scenes.parts.settings import load
from scenes.parts.settings.reach import rates_of_peaks
from scenes.parts.things.dial import Dial, GhostDial

CLIP = "TwoLayerNetwork"
PEAK = {"x": 4.13, "w1": 4.2, "w2": -1.42, "target": 5.0, "activation": "relu"}  # L rises, then ReLU closes
FAR = {"x": 6.37, "w1": -0.51, "w2": 3.11, "target": -2.43, "activation": "reciprocal"}


@pytest.mark.parametrize("changes", [PEAK, FAR, {**PEAK, "activation": "sin", "rate": 5.0}, {}])
def test_no_value_of_a_step_passes_half_a_turn_at_any_rate_on_the_way(changes: dict[str, Any]) -> None:
    with settings_in_use(changed(CLIP, changes)):
        learning = load().clip(CLIP).learning
        most, net, rate = number(learning.moving_half_turn), learning.network, number(learning.rate)
        for i in range(1, 400):
            run = net.after(Constant(rate * i / 400))
            assert all(abs(number(run.value(name))) <= most for name in net.nodes), i


def test_a_peak_is_found_however_near_to_the_beginning_it_is() -> None:
    with settings_in_use(changed(CLIP, PEAK)):
        net = load().clip(CLIP).learning.network
        peaks = [max(rates_of_peaks(net.run, rate)) for rate in (0.04, 4e5)]
        tops = [
            [number(net.after(Constant(rate)).value("y")) for rate in rates_of_peaks(net.run, r)] for r in (0.04, 9e4)
        ]
    assert peaks[0] < peaks[1]
    assert max(tops[0]) == pytest.approx(max(tops[1]), rel=0.01)


def test_where_a_step_explodes_its_dials_have_a_scale_of_their_own_which_is_said() -> None:
    with settings_in_use(changed(CLIP, FAR)):
        clip: Any = load().clip(CLIP)
        values = [abs(number(clip.run.value(name))) for name in clip.nodes]
        assert number(clip.learning.moving_half_turn) > 100 * max(values)
        assert max(values) * clip.scales()["dial"].per_unit > math.pi / 3, "what rests can be read"
        stage: Any = dry_run(CLIP)
        still, moving = (
            [s for part in cast for s in part.shown if isinstance(s, Dial | GhostDial)] for cast in stage.chain.dials
        )
        per_unit = [{scale.per_unit for dial in dials for _, scale in dial.numbers} for dials in (still, moving)]
        assert per_unit == [{clip.scales()["dial"].per_unit}, {clip.scales()["moving_dial"].per_unit}]
        (said,) = (shown for part in stage.reread for shown in part.shown)
        assert stage.pen.formatter.text(stage.quantities["moving_half_turn"]) in said.text


def test_a_step_that_goes_nowhere_far_keeps_the_one_scale() -> None:
    stage: Any = dry_run(CLIP)
    assert stage.reread == []
    assert stage.clip.scales()["dial"].per_unit == stage.clip.scales()["moving_dial"].per_unit
