"""What the pages of the scene `two_layer_network` say close to what it is about, whatever the settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from quantity_cases import ink
from stage_cases import config_with, dry_run
from truth_cases import changed, settings_in_use

from scenes.parts.stage.rehearsal import refusals
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.readout import Readout
from scenes.parts.things.stretch import Stretch

Box = tuple[float, float, float, float]


def box(part: Part) -> Box:
    """Return left, bottom, right and top of what is drawn of a part."""
    points = np.concatenate([ink(one) for one in part.shown])[:, :2]
    return *points.min(axis=0).tolist(), *points.max(axis=0).tolist()


@pytest.fixture
def arranged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """What returns the stage of a clip with settings of one's own, all of its parts where they stand."""

    def made(clip: str, **changes: object) -> Any:
        monkeypatch.setenv("BACKGEAR_CONFIG", str(config_with(tmp_path, changes, clip)))
        return dry_run(clip, lambda stage: stage.arrange())  # type: ignore[attr-defined]

    return made


@pytest.mark.parametrize("clip", ["TwoLayerNetwork", "TwoLayerReluClosed"])
def test_how_a_dial_is_read_stands_close_over_the_first_one(clip: str, arranged: Callable[..., Any]) -> None:
    stage = arranged(clip)
    left, bottom, right, _ = box(stage.read)
    dial, plate = box(stage.chain.dials[0][0]), box(stage.chain.gates[0][0])
    assert 0.0 < bottom - dial[3] < 0.3
    assert left < (dial[0] + dial[2]) / 2 < right < plate[0]


@pytest.mark.parametrize(
    ("changes", "at"), [({"x": -1.0}, 3), ({"x": 0.0}, 3), ({"w1": 0.0, "activation": "sigmoid"}, 1)]
)
def test_what_a_ring_is_stands_close_over_the_last_one(
    changes: dict[str, object], at: int, arranged: Callable[..., Any]
) -> None:
    stage = arranged("TwoLayerReluClosed", **changes)
    (ring,) = stage.rings
    left, bottom, right, _ = box(ring)
    dial, plate = box(stage.chain.dials[0][at]), box(stage.chain.gates[0][at - 1])
    assert 0.0 < bottom - dial[3] < 0.3
    assert plate[2] < left < (dial[0] + dial[2]) / 2 < right


def test_where_a_long_weight_leaves_no_room_over_the_dial_the_words_stay_under_it(arranged: Callable[..., Any]) -> None:
    stage = arranged("TwoLayerNetwork", w1=1.2345678901)
    assert box(stage.read)[3] < box(stage.chain.dials[0][0])[1]


@pytest.mark.parametrize(
    ("clip", "changes", "lines", "steps"),
    [
        ("TwoLayerNetwork", {}, 1, [["−0.5", "0.285", "−0.142"], ["−0.5", "−0.973", "0.486"]]),
        ("TwoLayerReluClosed", {}, 1, [["−0.5", "0", "0"]] * 2),
        (
            *("TwoLayerNetwork", {"rate": 0.512345678901234}, 2),
            [["−0.512345678901234", "0.285", "−0.146"], ["−0.512345678901234", "−0.973", "0.498"]],
        ),
    ],
    ids=["as they come", "none", "on two lines"],
)
def test_each_step_is_written_as_what_it_is(
    clip: str, changes: dict[str, object], lines: int, steps: list[list[str]], arranged: Callable[..., Any]
) -> None:
    stage = arranged(clip, **changes)
    assert [[one.text for one in shown_of(*step.parts) if isinstance(one, Readout)] for step in stage.steps] == steps
    assert [len({one.place.y for one in step.parts}) for step in stage.steps] == [lines] * 2


@pytest.mark.parametrize("target", [0.5, -1.2])
def test_the_absolute_error_is_a_solid_bar_over_how_far_the_answer_misses(
    target: float, arranged: Callable[..., Any]
) -> None:
    stage = arranged("TwoLayerAbsolute", target=target)
    miss, loss = (one for one in stage.miss.shown if isinstance(one, Stretch))
    assert loss.reading().value == pytest.approx(abs(miss.reading().value or 0.0))
    ends = [(ink(bar)[:, 0].min(), ink(bar)[:, 0].max()) for bar in (miss, loss)]
    assert ends[0] == pytest.approx(ends[1])
    told = [
        next(one for one in stage.miss.shown if isinstance(one, Readout) and one.quantity.name == bar.quantity.name)
        for bar in (miss, loss)
    ]
    for bar, text in zip((miss, loss), told, strict=True):
        assert ink(text)[:, 1].min() < ink(bar)[:, 1].min() < ink(bar)[:, 1].max() < ink(text)[:, 1].max()
    assert ink(loss)[:, 1].min() > ink(miss)[:, 1].max()


SATURATED = {"x": -5.53, "w1": -4.61, "w2": 3.4, "activation": "tanh", "target": -4.63}


@pytest.mark.parametrize(
    ("nudge", "said"),
    [("auto", ""), (1e-4, "does not give dL_dw1 in all 3 digits, nor does any other step: the loss is too flat there")],
)
def test_where_no_float_can_tell_a_step_none_that_is_found_has_to_confirm(nudge: object, said: str) -> None:
    with settings_in_use(changed("TwoLayerNetwork", {**SATURATED, "nudge": nudge})):
        found = [refusal.message for refusal in refusals("TwoLayerNetwork")]
    assert len(found) == bool(said), found
    assert all(said in message for message in found), found
