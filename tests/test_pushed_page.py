"""What stands at a train that is pushed keeps clear of the pushes, and what is spoken of is seen."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from stage_cases import dry_run
from truth_cases import changed, shown_or_refused

from scenes.parts.things.name_tag import NameTag
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.spoke import ToothPush

CLIPS = ["PushThroughGears", "PushThroughClosedRelu", "PushThroughTenSigmoids"]


@cache
def pushed(clip: str) -> Any:
    """A clip after a dry run."""
    return dry_run(clip, frame_rate=2.0)


@pytest.mark.parametrize("clip", CLIPS)
def test_a_name_keeps_clear_of_every_push_at_a_tooth(clip: str) -> None:
    shown = [entry.shown for entry in pushed(clip).record.entries]
    pushes = [each.submobjects[1].points[:, :2] for each in shown if isinstance(each, ToothPush)]
    names = [each for each in shown if isinstance(each, NameTag)]
    assert pushes
    assert names
    for name in names:
        low, high = (f(name.submobjects[0].points[:, :2], axis=0) for f in (np.min, np.max))
        for push in pushes:
            apart = np.maximum(low - push.max(axis=0), push.min(axis=0) - high)
            assert apart.max() > 0.04, name.name


@pytest.mark.parametrize("clip", CLIPS)
def test_a_function_is_seen_as_its_curve_and_named_before_anything_is_asked_of_it(clip: str) -> None:
    stage = pushed(clip)
    functions = {stage_of for stage_of in stage.clip.stages if stage_of not in stage.clip.weights}
    curves = [shown for part in stage.curves for shown in part.shown if isinstance(shown, Curve)]
    assert len(stage.curves) == 2 * len(functions) == 2 * len(curves)
    first = {id(entry.shown): entry.spans[0].first for entry in stage.record.entries}
    begins = next(beat.first for beat in stage.beats if beat.name == "read_values")
    for shown in (shown for part in stage.curves for shown in part.shown):
        assert not isinstance(shown, Dot)
        assert first[id(shown)] < begins


def test_of_a_long_chain_the_slopes_that_both_ways_multiply_stand_between_them() -> None:
    stage = pushed("PushThroughTenSigmoids")
    back, front = (row[0].place.y for row in stage.ways)
    assert len(stage.plates) == len(stage.told_meshes)
    for i, plate in zip(stage.told_meshes, stage.plates, strict=True):
        assert front < plate.place.y < back
        assert abs(plate.place.x - stage.train.mesh(i)[0]) < 0.1


def test_a_long_chain_whose_slopes_have_no_room_beside_one_another_is_told_without_them() -> None:
    stages = ["sigmoid", "relu", "cube", "identity", "reciprocal", "sigmoid", "tanh", "w2", "w1", "relu"]
    wide = {"x": -9.1, "weights": {"w1": 3.82, "w2": -4.78}, "stages": stages, "target": 0.8, "move_to": -4.6}
    changes = wide | {"loss": "binary_cross_entropy_with_logits"}
    stage: Any = shown_or_refused("PushThroughGears", changed("PushThroughGears", changes))
    assert not isinstance(stage, str), stage
    assert stage.plates
    assert not [shown for plate in stage.plates for shown in plate.shown]
