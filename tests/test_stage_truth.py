"""The shipped clips show what the core computes, each thing in its right place, on every frame."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from stage_cases import dry_run
from truth_cases import changed, shown_or_refused
from truth_checks import check_spans, check_truth, moving_inputs, samples

from scenes.parts.settings import load
from scenes.parts.stage.beat import hold_seconds, reading_seconds
from scenes.parts.stage.stage import Stage
from scenes.parts.things.lettering import Lettering, Symbol
from scenes.parts.things.readout import Readout

CLIPS = list(load().clips)
PUBLISHED = {
    "h": 0.8336546070121552,
    "y": -0.6669236856097243,
    "dL_dw1": 0.2847480465272111,
    "dL_dw2": -0.9728113065401505,
    "dL_dx": 0.3416976558326533,
}


RATE = 2.5  # frames per second


@cache
def stage_of(clip: str) -> Stage:
    """A clip of the shipped settings after a dry run."""
    return dry_run(clip, frame_rate=RATE)


# what a step of learning gives, what two losses say, and what joins a chain, is worked out in tests of its own
OF_THEIR_OWN = "Learning", "LossSwap", "ExtendedChain"


@pytest.mark.parametrize("clip", [clip for clip in CLIPS if not clip.startswith(OF_THEIR_OWN)])
def test_everything_that_a_shipped_clip_shows_is_what_the_core_computes(clip: str) -> None:
    check_truth(stage_of(clip))


def test_the_worked_example_shows_the_published_numbers_to_four_units_in_the_last_place() -> None:
    quantities = stage_of("TwoLayerNetwork").quantities
    for name, published in PUBLISHED.items():
        assert abs(quantities[name].number - published) <= 4 * np.spacing(abs(published)), name


def test_where_relu_is_closed_the_gradients_are_exactly_zero_and_said_as_such() -> None:
    stage = stage_of("TwoLayerReluClosed")
    for name in ("h", "dL_dz", "dL_dx", "dL_dw1", "dL_dw2"):
        assert stage.quantities[name].number == 0.0, name
        texts = {sample.reading.text for entry, sample in samples(stage) if entry.name == f"readout of {name}"}
        assert texts <= {"0"}, name
    caption = next(beat.caption for beat in stage.beats if beat.name == "collect_weight_gradients")
    assert caption.startswith("Exactly 0 for w1")


# -- one change in the settings ---------------------------------------------------------------------------------------

DEPENDS_ON_W1 = {"w1", "z", "h", "y", "L", "loss_formula", "local_z", "local_h", "local_L"}
DEPENDS_ON_W1 |= {"now_w1", "now_w2", "now_z", "now_h", "now_y", "now_L", "miss", "size_miss"}
DEPENDS_ON_W1 |= {"size_w1", "size_dL_dw1", "size_dL_dw2", "step_w1", "step_w2"}
GRADIENTS = {"dL_dy", "dL_dh", "dL_dz", "dL_dx", "dL_dw1", "dL_dw2"}


def facts(stage: Stage) -> dict[str, set[Any]]:
    """What is shown of every quantity: the characters."""
    found: dict[str, set[Any]] = {}
    for entry, sample in samples(stage):
        shown = entry.shown
        if isinstance(shown, Readout):
            found.setdefault(shown.quantity.name, set()).add(sample.reading.text)
    return found


@pytest.mark.parametrize(
    ("changes", "depends"),
    [
        ({"w1": 2}, DEPENDS_ON_W1 | GRADIENTS),
        ({"activation": "relu"}, (DEPENDS_ON_W1 | GRADIENTS) - {"w1", "size_w1", "z", "local_z"}),
    ],
    ids=["w1 to 2", "tanh to relu"],
)
def test_a_change_in_the_settings_changes_every_number_that_depends_on_it_and_no_other(
    changes: dict[str, Any], depends: set[str]
) -> None:
    small = {"scale": 0.45}
    before = shown_or_refused("TwoLayerNetwork", changed("TwoLayerNetwork", small))
    after = shown_or_refused("TwoLayerNetwork", changed("TwoLayerNetwork", small | changes))
    assert isinstance(before, Stage), before
    assert isinstance(after, Stage), after
    old, new = facts(before), facts(after)
    # a gap that is only rounding is told in words
    assert all(name.startswith(("gap_", "step_w1_", "step_w2_")) for name in set(old) ^ set(new))
    different = {name for name in set(old) & set(new) if old[name] != new[name]}
    nudged = {
        name for name in old if name.startswith(("nudged_", "rise_", "gap_", "at_", "predicted_", "above_", "below_"))
    }
    assert different - nudged == depends & set(old)
    assert {name for name in nudged if name.startswith("nudged_")} <= different


# -- the record -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("clip", CLIPS)
def test_every_frame_of_every_thing_is_accounted_for(clip: str) -> None:
    check_spans(stage_of(clip))


@pytest.mark.parametrize("clip", CLIPS)
def test_beats_follow_one_another_without_a_gap_and_end_in_a_rest_in_which_nothing_moves(clip: str) -> None:
    stage = stage_of(clip)
    last = {"ask_last"}  # before the last of further pairs, whichever that is
    names = [beat.name for beat in stage.beats if beat.name not in last]
    assert names == [name for name in type(stage.clip.words).beats() if name in names]
    assert stage.beats[-1].last == stage.writer.frames - 1
    assert all(later.first == earlier.last + 1 for earlier, later in pairwise(stage.beats))
    for beat in stage.beats:
        assert beat.first < beat.hold <= beat.last
        held = (
            span for e in stage.record.entries for span in e.spans if span.first <= beat.last and span.last >= beat.hold
        )
        assert {span.state for span in held} == {"resting"}, beat.name


@pytest.mark.parametrize("clip", CLIPS)
def test_every_rest_is_long_enough_to_read_the_sentence_and_to_say_the_caption(clip: str) -> None:
    stage, rate = stage_of(clip), RATE
    for beat in stage.beats:
        frames = beat.last - beat.hold + 1
        if beat.name == "ask":
            assert frames / rate >= stage.clip.ask_hold
            continue
        reading = reading_seconds(beat.sentence, beat.caption, 0)
        least = hold_seconds(reading, (beat.hold - beat.first) / rate, stage.settings.pace)
        assert frames >= least * rate - 1e-6, beat.name


def test_a_sweep_claims_every_frame_and_runs_evenly_from_end_to_end() -> None:
    stage = stage_of("ToyChain")
    xs = {frame: x for (_, frame), x in moving_inputs(stage).items()}
    spans = [span for e in stage.record.entries for span in e.spans if span.state == "tracking"]
    low, high = stage.clip.x_range
    sweeps = sorted({(span.first, span.last) for span in spans})
    whole = [(a, b) for a, b in sweeps if b - a + 1 >= stage.clip.sweep_seconds * RATE - 1]
    found = [next(beat.name for beat in stage.beats if beat.first <= first <= beat.last) for first, _ in whole]
    assert found == ["sweep_forward", "draw_curve", "draw_slope"]  # to the right, and each curve over x to the left
    for (first, last), start in zip(whole, (low, high, high), strict=True):
        path = np.array([xs[frame] for frame in range(first, last + 1)])
        assert path[0] == start
        steps = np.diff(path)
        np.testing.assert_allclose(steps, steps[0], atol=1e-9)
        assert last - first + 1 == pytest.approx(stage.clip.sweep_seconds * RATE, abs=1)
        assert np.ptp(path) > 0.9 * np.ptp(stage.clip.x_range)


@pytest.mark.parametrize("clip", CLIPS)
def test_no_two_pieces_of_lettering_at_rest_lie_over_one_another(clip: str) -> None:
    stage = stage_of(clip)
    for beat in stage.beats:
        boxes = []
        for entry in stage.record.entries:
            if not isinstance(entry.shown, Lettering):
                continue
            resting = [s for s in entry.spans if s.state == "resting" and s.first <= beat.last <= s.last]
            boxes += [(entry.name, resting[0].samples[0].box)] if resting else []
        for index, (one, a) in enumerate(boxes):
            for other, b in boxes[index + 1 :]:
                apart = a[2] <= b[0] + 0.1 or b[2] <= a[0] + 0.1 or a[3] <= b[1] + 0.1 or b[3] <= a[1] + 0.1
                assert apart or a == b == (0.0, 0.0, 0.0, 0.0), f"{beat.name}: {one} over {other}"


@pytest.mark.parametrize("clip", CLIPS)
def test_every_symbol_stands_for_a_quantity_of_the_clip(clip: str) -> None:
    stage = stage_of(clip)
    symbols = [entry.shown for entry in stage.record.entries if isinstance(entry.shown, Symbol)]
    assert symbols
    for symbol in symbols:
        assert stage.quantities[symbol.quantity_named.name] is symbol.quantity_named
