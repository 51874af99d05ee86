"""Whatever the settings: a clip is refused in words, or shows what the core computes, each thing in its right place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from fan_out_cases import fan_out_turned, fan_out_way, fan_out_wheel
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stage_cases import dry_run
from truth_cases import changed, is_typed, moving_at, rolling_at, sector_angle, seeds_of, shown_or_refused, truth_of

from core.functions import FUNCTIONS, LOSSES
from scenes.parts.beat import hold_seconds, reading_seconds
from scenes.parts.bound.arrow import Bar, GradientArrow, Legend
from scenes.parts.bound.gear_marks import Dial, PitchCircle, Sense, Spoke
from scenes.parts.bound.lettering import Lettering, Symbol, Words
from scenes.parts.bound.plot import Curve, Dot
from scenes.parts.bound.rack import Rack
from scenes.parts.bound.readout import Readout
from scenes.parts.bound.tangent import Tangent
from scenes.parts.bound.wheel import Idler, Sector, Wheel
from scenes.parts.encode import format_live, format_resting, format_typed
from scenes.parts.record import Entry, Sample
from scenes.parts.settings import load
from scenes.parts.stage import Stage

CLIPS = list(load().clips)
PUBLISHED = {
    "h": 0.8336546070121552,
    "y": -0.6669236856097243,
    "dL_dw1": 0.2847480465272111,
    "dL_dw2": -0.9728113065401505,
    "dL_dx": 0.3416976558326533,
}
DECIMAL = re.compile(r"[+−]?\d+\.\d+(?:×10\^−?\d+)?")
"""A number in a sentence."""


@cache
def stage_of(clip: str) -> Stage:
    """A clip of the shipped settings after a dry run at 5 frames per second."""
    return dry_run(clip, frame_rate=5.0)


def written(name: str, value: float, mode: str, stage: Stage) -> str:
    """What stands on screen for a number."""
    if mode == "live":
        return format_live(value, stage.settings.decimals)
    if mode == "full":
        return format_resting(value, 10)
    typed = is_typed(name) or name in seeds_of(stage.clip)
    return format_typed(value) if typed else format_resting(value, stage.settings.digits)


def samples(stage: Stage) -> Iterator[tuple[Entry, Sample]]:
    """Every moment that the stage claims something about."""
    for entry in stage.record.entries:
        yield from ((entry, sample) for span in entry.spans for sample in span.samples)


Inputs = dict[tuple[str, int], float]


def moving_inputs(stage: Stage) -> Inputs:
    """The input of each sweep on every frame of it, as its number was drawn, or as the gear of the input stood."""
    found: Inputs = {}
    for key, sweep in stage.clip.sweeps().items():
        for entry, sample in samples(stage):
            turn = entry.shown.turn.now.name if isinstance(entry.shown, Wheel) and entry.shown.turn else ""
            value = sample.value if entry.name == f"readout of {sweep.input}" else sample.turned
            if value is not None and sweep.input in (entry.name.removeprefix("readout of "), turn):
                assert found.setdefault((key, sample.frame), value) == value, entry.name
    return dict(sorted(found.items(), key=lambda item: item[0][1]))


def truth_at(stage: Stage, name: str, frame: int, inputs: Inputs, resting: dict[str, Any]) -> Any:
    """What the core gives for a quantity on a frame."""
    if name in resting:
        return resting[name]
    key = next(key for key, sweep in stage.clip.sweeps().items() if name in sweep.table)
    at = (v for (k, f), v in reversed(inputs.items()) if k == key and f <= frame)
    return moving_at(stage.clip, key, next(at, 0.0))[name]


def check_moment(stage: Stage, entry: Entry, sample: Sample, truth: Any) -> None:
    """Compare one thing on one frame with the number that the core gives."""
    shown = entry.shown
    where = f"{entry.name} on frame {sample.frame}"
    exact = truth if shown.quantity.name in ("x", "w1", "w2") else pytest.approx(truth, rel=1e-13, abs=1e-15)
    if isinstance(shown, Readout):
        assert sample.reading.text == written(shown.quantity.name, truth, shown.mode, stage), where
        assert sample.value == exact, where
    elif isinstance(shown, GradientArrow | Bar | Dot | Spoke | Dial | PitchCircle | Tangent):
        unit = shown.scale_used.per_unit if shown.scale_used else 1.0
        if isinstance(shown, Spoke) and sample.reading.value is None:
            assert 0 < abs(truth) * unit < 0.16, where  # its hub marks what is too small to be drawn
            return
        assert sample.reading.value == pytest.approx(truth, rel=1e-9, abs=1e-6 / unit), where
        assert sample.value == exact, where
    elif isinstance(shown, Curve):
        np.testing.assert_array_equal(shown.quantity.value, truth)


def check_truth(stage: Stage) -> None:
    """Compare everything that a clip claims with the core."""
    resting, inputs = truth_of(stage.clip), moving_inputs(stage)
    for entry, sample in samples(stage):
        shown = entry.shown
        if isinstance(shown, Readout | GradientArrow | Bar | Dot | Curve | Spoke | Dial | PitchCircle | Tangent):
            name = shown.quantity.name
            check_moment(stage, entry, sample, truth_at(stage, name, sample.frame, inputs, resting))
        elif isinstance(shown, Sector):
            value = truth_at(stage, shown.quantity.name, sample.frame, inputs, resting)
            check_sector(stage, shown, sample, value)
        elif isinstance(shown, Wheel) and stage.clip.scene == "fan_out":
            check_fan_out(stage, shown, sample, truth_at(stage, "turn_x", sample.frame, inputs, resting))
        elif isinstance(shown, Wheel) and shown.follow:
            check_rolling(stage, shown, sample, truth_at(stage, "moving_x", sample.frame, inputs, resting))
        elif isinstance(shown, Wheel):
            turn = shown.turn.now.name if shown.turn else ""
            check_wheel(stage, shown, sample, truth_at(stage, turn, sample.frame, inputs, resting) if turn else 0.0)
        elif isinstance(shown, Sense):
            (x0, _), (x1, _) = sample.reading.ends
            assert (x0 > x1) == (resting[shown.quantity.name] > 0), entry.name
        elif isinstance(shown, Legend):
            assert sample.reading.value == pytest.approx(1.0)
            assert shown.scale_used.per_unit == getattr(stage.clip, shown.scale_used.key)
        elif isinstance(shown, Words):
            check_words(
                shown.text, "" if shown.key.startswith("names.") else stage.pen.template(shown.key), stage, resting
            )
    for beat in stage.beats:
        check_words(beat.caption, getattr(stage.clip.words, beat.name).caption, stage, resting)
        check_words(beat.sentence, getattr(stage.clip.words, beat.name).sentence, stage, resting)


def check_wheel(stage: Stage, shown: Wheel, sample: Sample, turn: float) -> None:
    """Compare radius and angle of a wheel with the gradient of its node and with how far its value has turned."""
    gradient = abs(truth_of(stage.clip)[shown.quantity.name])
    radius = gradient * (stage.clip.pair_scale if shown.plan.key.startswith("pair_") else stage.clip.scale)
    angle = np.radians(getattr(stage.clip, "turn_scale_deg", 0.0)) * turn
    if isinstance(shown, Idler):  # its rim runs with that of the gear before it, the other way
        radius, angle = stage.clip.idler_radius, -angle * radius / stage.clip.idler_radius
    where = f"{shown.plan.key} on frame {sample.frame}"
    if len(sample.reading.ends) == 2:
        assert np.hypot(*np.subtract(*sample.reading.ends)) == pytest.approx(radius, abs=1e-9), where
        assert sample.reading.angle == pytest.approx(angle, abs=1e-9), where
    else:
        assert shown.plan.pitch_radius == pytest.approx(radius, rel=1e-12), where


def check_rolling(stage: Stage, shown: Wheel, sample: Sample, x: float) -> None:
    """Compare place and radius of a wheel without teeth with the train at an x, laid out by hand."""
    hub, radius = rolling_at(stage.clip, x)[shown.plan.key]
    where = f"{shown.plan.key} on frame {sample.frame}"
    assert sample.followed == x, where
    assert sample.reading.ends[0] == pytest.approx((hub, -0.13), abs=1e-9), where
    if not isinstance(shown, Idler):
        assert sample.reading.value * stage.clip.scale == pytest.approx(radius, abs=1e-9), where


def check_fan_out(stage: Stage, shown: Wheel, sample: Sample, dx: float) -> None:
    """Compare radius, angle and place of a wheel with what turning x by ``dx`` does, worked out from the slopes."""
    clip, key, turns = stage.clip, shown.plan.key, fan_out_turned(stage.clip, dx)
    where = f"{key} on frame {sample.frame}"
    (x, y), *tip = sample.reading.ends
    if shown.follow:
        home_x, home_y = stage.clip.plan.travelling(0.0, 0.0)[key].centre
        assert (x, y) == pytest.approx((home_x + fan_out_way(clip, key, turns), home_y), abs=1e-9), where
        assert sample.followed == dx, where
    if isinstance(shown, Rack):
        truth = turns[shown.plan.quantity.removeprefix("turn_")]
        assert sample.value == pytest.approx(truth, rel=1e-13, abs=1e-15), where
        assert sample.reading.value == pytest.approx(truth, abs=1e-9), where
        return
    radius, rim = fan_out_wheel(clip, key, turns)
    drawn = float(np.hypot(*np.subtract((x, y), tip[0])))
    assert drawn == pytest.approx(radius or shown.plan.pitch_radius, abs=1e-9), where
    assert sample.reading.angle * drawn == pytest.approx(rim, abs=1e-9), where


def check_sector(stage: Stage, shown: Sector, sample: Sample, value: float) -> None:
    """Compare the angle of a wheel that is not round with its number, and what that angle says with the number."""
    where = f"{shown.plan.key} on frame {sample.frame}"
    assert sample.reading.angle == pytest.approx(sector_angle(stage.clip, shown.plan.key, value), abs=1e-9), where
    assert sample.reading.value == pytest.approx(value, rel=1e-9, abs=1e-9), where
    assert sample.value == sample.turned == pytest.approx(value, rel=1e-13, abs=1e-15), where


def check_words(text: str, template: str, stage: Stage, resting: dict[str, Any]) -> None:
    """Compare the numbers in a text with what stands on screen for the names in its braces."""
    names = re.findall(r"(?<!\{)\{(\w+)\}", template)
    allowed = {written(name, resting[name], "resting", stage) for name in names if name in resting}
    assert set(DECIMAL.findall(text)) <= allowed, text
    assert not re.search(r"\{\w+\}", text), text


@pytest.mark.parametrize("clip", CLIPS)
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


# -- settings drawn at random -----------------------------------------------------------------------------------------

numbers = st.one_of(
    st.sampled_from([0.0, 1.0, -1.0, 0.5, -0.8, 1.2]),
    st.floats(-3, 3).map(lambda v: round(v, 2)),
    st.floats(-3, 3),
    st.floats(-1e-6, 1e-6).map(lambda v: round(v, 9)),
)
common = st.fixed_dictionaries(
    {
        "digits": st.integers(2, 6),
        "decimals": st.integers(1, 4),
        "theme": st.sampled_from(["dark", "light"]),
        "pace": st.sampled_from([0.5, 1.0, 4.0]),
    }
)
networks = st.fixed_dictionaries(
    {
        "x": numbers,
        "w1": numbers,
        "w2": numbers,
        "target": st.one_of(numbers, st.sampled_from([0.0, 0.25, 1.0])),
        "activation": st.sampled_from(list(FUNCTIONS)),
        "loss": st.sampled_from(list(LOSSES)),
        "scale": st.sampled_from([0.05, 0.3, 1.0]),
        "nudge": st.sampled_from([1e-4, 1e-3]),
        "nudges": st.sampled_from([[0.1], [0.1, 0.01], [0.5, 0.1, 0.01]]),
    }
)
intervals = st.tuples(st.sampled_from([-2.0, -1.0, 0.0, 0.3]), st.sampled_from([1.0, 2.0, 2.5])).map(list)
chains = st.fixed_dictionaries(
    {
        "functions": st.lists(st.sampled_from(list(FUNCTIONS)), min_size=1, max_size=4),
        "x_range": intervals,
        "value_range": st.sampled_from([[-2, 2], [-4, 4], [-10, 10]]),
        "gradient_range": st.sampled_from([[-2, 2], [-4, 4], [-10, 10]]),
        "close_range": st.sampled_from([[-1, 1], [-4, 4], [-10, 10]]),
        "sweep_seconds": st.just(3.0),
    }
)
stages = st.lists(st.sampled_from([*FUNCTIONS, "w1", "w2"]), min_size=1, max_size=5).filter(
    lambda names: names.count("w1") < 2 and names.count("w2") < 2
)
trains = st.fixed_dictionaries(
    {
        "x": numbers,
        "weights": st.fixed_dictionaries({"w1": numbers, "w2": numbers}),
        "stages": st.one_of(st.just(["w1", "tanh", "w2"]), stages),
        "target": st.one_of(numbers, st.sampled_from([0.0, 0.25, 1.0])),
        "loss": st.sampled_from([*LOSSES, "none"]),
        "scale": st.sampled_from([0.05, 0.3, 1.0]),
        "idler_radius": st.sampled_from([0.3, 0.65]),
    }
)
turning = st.fixed_dictionaries(
    {
        "pair_scale": st.sampled_from([0.1, 1.0]),
        "turn_scale_deg": st.sampled_from([30, 480]),
        "turns": st.sampled_from([[0.1, 0.01], [0.5, 0.2]]),
        "turn_seconds": st.just(1.0),
    }
)
drawable = st.sampled_from(
    [
        *(("tanh", -1.5, 1.5), ("sigmoid", -1.0, 1.2), ("exp", -1.0, 1.0), ("sin", -1.0, 1.1), ("softplus", -1.0, 2.0)),
        *(("cos", 0.4, 1.4), ("square", 0.6, 1.8), ("square", -2.0, -0.6)),
    ]
)
anything = st.tuples(st.sampled_from(list(FUNCTIONS)), st.floats(-2, 0.4), st.floats(0.5, 2))
often, seldom = [True] * 9, [False]


def piece(parts: tuple[str, float, float], wide: bool, k: float | None) -> dict[str, Any]:
    """A function on an interval, with a graph that holds any of them, or hardly any."""
    name, low, high = parts
    graph = {"graph_x": [-2.5, 2.5], "graph_h": [-1.2, 13] if wide else [0, 1]}
    return {"function": name, "x_range": [low, high], **graph, **({"k": k} if k else {})}


ks = st.sampled_from([*[None] * 4, 1.5, 9.0])
smooth_pieces = st.builds(piece, drawable, st.sampled_from([*often, *seldom]), ks)
stops = st.builds(piece, st.tuples(st.just("relu"), st.floats(-2.5, 0.1), st.floats(0.2, 2)), st.just(True), ks)
function_clips = st.fixed_dictionaries(
    {
        "pieces": st.tuples(
            st.lists(smooth_pieces, min_size=1, max_size=2),
            st.lists(st.builds(piece, anything, st.just(True), ks), max_size=1) | st.lists(stops, max_size=1),
        ).map(lambda parts: [*parts[0], *parts[1]]),
        "circles_at": st.sampled_from([0.7, 0.7, -0.7]),
        "centre_distance": st.sampled_from([1.5, 2.2, 2.2, 2.75]),
        "gear_module": st.sampled_from([0.03, 0.05]),
        "sweep_seconds": st.just(2.0),
    }
)
fan_outs = st.fixed_dictionaries(
    {
        "x": st.one_of(st.floats(-1.5, 1.5), numbers),
        "functions": st.lists(st.sampled_from(list(FUNCTIONS)), min_size=2, max_size=2),
        "scale": st.sampled_from([0.5, 0.65, 0.8]),
        "turn_scale_deg": st.sampled_from([100, 450]),
        "turn": st.sampled_from([0.05, 0.1]),
        "turn_seconds": st.just(1.0),
    }
)
some = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def check_any(clip: str, changes: dict[str, Any], all_clips: dict[str, Any]) -> None:
    """A clip with any settings is refused in one line with words, or tells the truth."""
    stage = shown_or_refused(clip, changed(clip, changes, all_clips))
    if isinstance(stage, Stage):
        check_truth(stage)
        check_spans(stage)
        return
    assert "Traceback" not in stage
    for line in stage.splitlines():
        assert re.search(rf"clips\.{clip}", line) or line.startswith(f"{clip}: "), line


@given(changes=networks, all_clips=common)
@some
def test_a_network_of_any_numbers_tells_the_truth_or_is_refused_in_words(
    changes: dict[str, Any], all_clips: dict[str, Any]
) -> None:
    check_any("TwoLayerNetwork", changes, all_clips)


@given(changes=chains, all_clips=common)
@some
def test_a_chain_of_any_functions_tells_the_truth_or_is_refused_in_words(
    changes: dict[str, Any], all_clips: dict[str, Any]
) -> None:
    check_any("ToyChain", changes, all_clips)


@given(changes=trains, turned=turning, all_clips=common)
@some
def test_a_train_of_any_stages_turns_truly_or_is_refused_in_words(
    changes: dict[str, Any], turned: dict[str, Any], all_clips: dict[str, Any]
) -> None:
    check_any("ChainRuleGears", changes | turned, all_clips)


@given(changes=trains, way=st.sampled_from([0.0, 0.4, -0.7]), all_clips=common)
@some
def test_a_train_of_any_stages_is_pushed_truly_or_is_refused_in_words(
    changes: dict[str, Any], way: float, all_clips: dict[str, Any]
) -> None:
    check_any("PushThroughGears", changes | {"move_to": changes["x"] + way}, all_clips)


@given(changes=fan_outs, all_clips=common)
@some
def test_two_ways_of_any_functions_add_truly_or_are_refused_in_words(
    changes: dict[str, Any], all_clips: dict[str, Any]
) -> None:
    check_any("FanOut", changes, all_clips)


@given(changes=function_clips, all_clips=common)
@some
def test_gears_of_any_functions_turn_truly_or_are_refused_in_words(
    changes: dict[str, Any], all_clips: dict[str, Any]
) -> None:
    check_any("FunctionGears", changes, all_clips)


# -- one change in the settings ---------------------------------------------------------------------------------------

DEPENDS_ON_W1 = {"w1", "z", "h", "y", "L", "loss_formula", "local_z", "local_h", "local_L"}
GRADIENTS = {"dL_dy", "dL_dh", "dL_dz", "dL_dx", "dL_dw1", "dL_dw2"}


def facts(stage: Stage) -> dict[str, set[Any]]:
    """What is shown of every quantity: characters, and the numbers that lengths stand for."""
    found: dict[str, set[Any]] = {}
    for entry, sample in samples(stage):
        shown = entry.shown
        if isinstance(shown, Readout | GradientArrow | Bar):
            length = sample.reading.value
            fact = sample.reading.text if length is None else round(length * 1e6)
            found.setdefault(shown.quantity.name, set()).add((shown.kind, fact))
    return found


@pytest.mark.parametrize(
    ("changes", "depends"),
    [
        ({"w1": 2}, DEPENDS_ON_W1 | GRADIENTS),
        ({"activation": "relu"}, (DEPENDS_ON_W1 | GRADIENTS) - {"w1", "z", "local_z"}),
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
    assert set(old) == set(new)
    different = {name for name in old if old[name] != new[name]}
    nudged = {name for name in old if name.startswith(("nudged_", "rise_", "gap_"))}
    assert different - nudged == depends & set(old)
    assert {name for name in nudged if name.startswith("nudged_")} <= different


# -- the record -------------------------------------------------------------------------------------------------------


def check_spans(stage: Stage) -> None:
    """What is claimed covers every frame from entry on, without overlap, and claims nothing of what comes or goes."""
    frames = stage.writer.frames
    for entry in stage.record.entries:
        for span in entry.spans:
            assert 0 <= span.first <= span.last < frames
            if span.state == "tracking":
                assert [sample.frame for sample in span.samples] == list(range(span.first, span.last + 1)), entry.name
            elif span.state == "resting":
                assert [sample.frame for sample in span.samples] == [span.first], entry.name
            else:
                assert span.samples == [], entry.name
        for earlier, later in pairwise(entry.spans):
            gone = earlier.state == "leaving"
            assert later.state == "entering" if gone else later.first == earlier.last + 1, entry.name
        left = entry.spans[-1].state == "leaving"
        assert left or entry.spans[-1].last == frames - 1, f"{entry.name} is forgotten before the end"


@pytest.mark.parametrize("clip", CLIPS)
def test_every_frame_of_every_thing_is_accounted_for(clip: str) -> None:
    check_spans(stage_of(clip))


@pytest.mark.parametrize("clip", CLIPS)
def test_beats_follow_one_another_without_a_gap_and_end_in_a_rest_in_which_nothing_moves(clip: str) -> None:
    stage = stage_of(clip)
    names = [beat.name for beat in stage.beats]
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
def test_every_rest_is_long_enough_to_read_the_sentence(clip: str) -> None:
    stage, rate = stage_of(clip), 5.0
    for beat in stage.beats:
        frames = beat.last - beat.hold + 1
        if beat.name == "ask":
            assert frames / rate >= stage.clip.ask_hold
            continue
        reading = reading_seconds(len(beat.sentence.split()), 0)
        least = hold_seconds(reading, (beat.hold - beat.first) / rate, stage.settings.pace)
        assert frames >= least * rate - 1e-6, beat.name


def test_a_sweep_claims_every_frame_and_runs_evenly_from_end_to_end() -> None:
    stage = stage_of("ToyChain")
    xs = {frame: x for (_, frame), x in moving_inputs(stage).items()}
    spans = [span for e in stage.record.entries for span in e.spans if span.state == "tracking"]
    sweeps = sorted({(span.first, span.last) for span in spans})
    assert len(sweeps) == 2
    for (first, last), start in zip(sweeps, stage.clip.x_range, strict=True):
        path = np.array([xs[frame] for frame in range(first, last + 1)])
        assert path[0] == start
        steps = np.diff(path)
        np.testing.assert_allclose(steps, steps[0], atol=1e-9)
        assert last - first + 1 == pytest.approx(stage.clip.sweep_seconds * 5.0, abs=1)
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
