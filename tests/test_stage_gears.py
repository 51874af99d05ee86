"""Gears on the stage: the train meshes on every frame, and every lie that a gear can tell is refused."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from stage_cases import dry_run, refusal
from truth_cases import changed, gear_partials, shown_or_refused

from scenes.parts.measure import Scale
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.motions import Appear, SweepTo
from scenes.parts.stage.stage import Stage
from scenes.parts.theme import BAND
from scenes.parts.things.decor import Decor
from scenes.parts.things.following import Following
from scenes.parts.things.gear_marks import AngleScale
from scenes.parts.things.gear_pen import GearPen
from scenes.parts.things.name_tag import NameTag
from scenes.parts.things.spoke import Spoke, ToothPush
from scenes.parts.things.wheel import Gear, Wheel, ring_paints

INK = "#FFFFFF"


def turning(stage: Stage) -> Sweep:
    """The sweep that turns the whole train."""
    return Sweep(0.0, stage.clip.sweeps()["turn"].quantities)


def gear_of_a_plan_of_its_own(stage: Stage) -> None:
    plan = dataclasses.replace(stage.pen.wheels["x"], rest=0.3)
    stage.add(Gear(stage.quantities["dL_dx"], plan, turn=None, paints=ring_paints(stage.theme, INK)))


def gear_of_another_gradient(stage: Stage) -> None:
    stage.add(Gear(stage.quantities["dL_dz"], stage.pen.wheels["x"], turn=None, paints=ring_paints(stage.theme, INK)))
    stage.play(Appear(stage.pen.words("title")))


def gear_turned_by_hand(stage: Stage) -> None:
    gear = GearPen(stage.pen).gear("L", turn=turning(stage)["turn_L"])
    stage.add(gear)
    gear.rotate(math.radians(0.05), about_point=np.array([*gear.plan.centre, 0.0]))
    stage.play(Appear(stage.pen.words("title")))


def gear_that_follows_another_shaft(stage: Stage) -> None:
    sweep = turning(stage)
    gear = GearPen(stage.pen).gear("L", turn=sweep["turn_y"])
    stage.add(gear)
    stage.play(SweepTo(sweep, 0.1, run_time=1.0))


def gear_put_elsewhere(stage: Stage) -> None:
    stage.add(GearPen(stage.pen).gear("L").shift([0.1, 0.0, 0.0]))
    stage.play(Appear(stage.pen.words("title")))


def spoke_of_another_scale(stage: Stage) -> None:
    stage.add(Spoke(GearPen(stage.pen).gear("x"), Scale("scale", 3.0), theme=stage.theme, colour=INK))


def wheel_that_follows_plans_of_its_own(stage: Stage) -> None:
    sweep = Sweep(1.0, stage.clip.sweeps()["x"].quantities)
    mine = Following(sweep["moving_x"], stage.clip.rolling, "plain_x")
    stage.add(Gear(sweep["moving_dL_dx"], mine, turn=None, paints=ring_paints(stage.theme, INK)))


def name_over_a_wheel_of_its_own(stage: Stage) -> None:
    plan = dataclasses.replace(stage.pen.wheels["x"], centre=(1.0, 0.0))
    gear = Gear(stage.quantities["dL_dx"], plan, turn=None, paints=ring_paints(stage.theme, INK))
    stage.add(GearPen(stage.pen).name_tag("x", gear, over=1.0))


def wheel_that_follows_what_it_may_not(stage: Stage) -> None:
    sweep = Sweep(1.0, stage.clip.sweeps()["x"].quantities)
    GearPen(stage.pen).gear("plain_x", follow=sweep["moving_dL_dx"])


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (wheel_that_follows_plans_of_its_own, "the settings know no such wheel 'plain_x'"),
        (name_over_a_wheel_of_its_own, "the settings know no such wheel 'x'"),
        (wheel_that_follows_what_it_may_not, "the settings do not let it follow moving_dL_dx"),
    ],
    ids=lambda part: part.__name__ if callable(part) else "",
)
def test_a_lie_about_a_wheel_that_moves_is_refused_by_name(lie: Callable[[Stage], None], said: str) -> None:
    code, line = refusal("PushThroughGears", lie)
    assert code == 1, line
    assert said in line


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (gear_of_a_plan_of_its_own, "the settings know no such wheel 'x'"),
        (gear_of_another_gradient, "gear of dL_dz"),
        (gear_turned_by_hand, "gear of dL_dL"),
        (gear_that_follows_another_shaft, "gear of dL_dL"),
        (gear_put_elsewhere, "it was moved away from its shaft"),
        (spoke_of_another_scale, "a scale of 3.0 units per unit is stated nowhere"),
    ],
    ids=lambda part: part.__name__ if callable(part) else "",
)
def test_a_lie_about_a_gear_is_refused_by_name(lie: Callable[[Stage], None], said: str) -> None:
    code, line = refusal("ChainRuleGears", lie)
    assert code == 1, line
    assert said in line


@cache
def train(clip: str) -> Stage:
    """A clip after a dry run at 10 frames per second."""
    return dry_run(clip, frame_rate=10.0)


def outlines(stage: Stage) -> dict[int, dict[str, Any]]:
    """For each frame of a sweep, how far each wheel of the whole train has turned, with its plan."""
    found: dict[int, dict[str, Any]] = {}
    for entry in stage.record.entries:
        if isinstance(entry.shown, Wheel) and not entry.shown.plan.key.startswith("pair_"):
            for sample in (s for span in entry.spans if span.state == "tracking" for s in span.samples):
                found.setdefault(sample.frame, {})[entry.shown.plan.key] = (entry.shown.plan, sample.reading.angle)
    return found


@pytest.mark.parametrize("clip", ["ChainRuleGears", "ChainRuleGearsSine", "ChainRuleGearsSteeper"])
def test_all_rims_run_at_the_same_speed_on_every_frame(clip: str) -> None:
    frames = outlines(train(clip))
    assert len(frames) > 40
    for wheels in frames.values():
        runs = {key: abs(angle) * plan.pitch_radius for key, (plan, angle) in wheels.items() if angle is not None}
        assert max(runs.values()) == pytest.approx(min(runs.values()), abs=1e-12), runs


@pytest.mark.parametrize("clip", ["ChainRuleGears", "ChainRuleGearsSine", "ChainRuleGearsSteeper"])
def test_no_move_of_a_clip_brings_teeth_out_of_step_by_a_tenth(clip: str) -> None:
    stage = train(clip)
    per_unit = stage.clip.scales()["turn_scale_deg"].per_unit
    laid = stage.clip.train()
    for dx in (*stage.clip.turns, stage.quantities["back_x"].number):
        turns = per_unit * dx * np.array(list(gear_partials(stage.clip).values()))
        assert np.abs(laid.drift(turns)).max() < 0.05


@pytest.mark.parametrize("clip", ["ChainRuleGears", "PushThroughGears", "PushThroughTenSigmoids"])
def test_neighbouring_gears_touch_exactly_on_their_pitch_circles(clip: str) -> None:
    plans = [plan for key, plan in load_wheels(clip).items() if not key.startswith("pair_")]
    for one, other in pairwise(plans):
        apart = math.dist(one.centre, other.centre)
        assert apart == pytest.approx(one.pitch_radius + other.pitch_radius, rel=1e-9)


@pytest.mark.parametrize("clip", ["ChainRuleGears", "ChainRuleGearsSine"])
def test_the_last_two_gears_travel_into_their_own_places_and_so_the_train_stays_one(clip: str) -> None:
    stage = train(clip)
    moved = [entry for entry in stage.record.entries if isinstance(entry.shown, Wheel)]
    spans = [span for entry in moved for span in entry.spans if span.state == "travelling"]
    assert len(spans) >= 4
    ways = [{tuple(np.round(s.reading.stands, 6)) for s in span.samples} for span in spans]
    assert max(map(len, ways)) > 3
    own = [entry for entry in moved if not entry.shown.plan.key.startswith("pair_")]
    rests = (span for entry in own for span in entry.spans if span.state == "resting")
    assert len({sample.reading.stands for span in rests for sample in span.samples}) == 1


@pytest.mark.parametrize("clip", ["ChainRuleGears", "ChainRuleGearsSine", "ChainRuleGearsSteeper"])
def test_the_heads_of_values_before_and_after_stand_close_before_them_on_their_lines(clip: str) -> None:
    stage: Any = train(clip)
    for head, row in zip(stage.moved, stage.rows, strict=True):
        assert head.place.y == pytest.approx(row[0].place.y)
        assert 0.19 < row[0].place.x - row[0].place.left - (head.place.x + head.place.right) < 0.6


@pytest.mark.parametrize("clip", ["ChainRuleGears", "ChainRuleGearsSine", "ChainRuleGearsSteeper"])
def test_the_slice_of_a_turn_lies_on_the_open_face_of_its_gear_or_reaches_out_of_its_teeth(clip: str) -> None:
    laid: Any = train(clip).train
    reaches = {}
    for i, gear in enumerate(laid.gears):
        reach, teeth = laid.slice_of(i), float(np.hypot(*gear.plan.outline.T).max())
        face = float(np.hypot(*gear.plan.outline.T).min()) - BAND[0]
        assert reach < face if laid.inside[i] else reach >= teeth, gear.name
        reaches[gear.plan.key] = reach - teeth
    assert reaches["x"] > 0.2  # nothing is beside it where it turns to


@pytest.mark.parametrize("clip", ["ChainRuleGears", "ChainRuleGearsSine", "ChainRuleGearsSteeper"])
def test_a_slice_comes_over_no_other_wheel_or_is_no_larger_than_its_gear(clip: str) -> None:
    stage: Any = train(clip)
    rims = [(np.array(wheel.hub[:2]), float(np.hypot(*wheel.plan.outline.T).max())) for wheel in stage.train.wheels]
    slices = [entry for entry in stage.record.entries if isinstance(entry.shown, AngleScale)]
    drawn = [sample.reading.ends for entry in slices for span in entry.spans for sample in span.samples]
    covering, held = 0, 0
    for hub, start, end in (np.array(ends) for ends in drawn if ends):
        others = [(at, rim) for at, rim in rims if math.dist(at, hub) > 1e-6]
        own = [rim for at, rim in rims if math.dist(at, hub) <= 1e-6]
        if not own:
            continue  # of the two gears alone
        ways = np.unwrap(np.arctan2(*np.array([start - hub, end - hub]).T[::-1]))
        reach, along = math.dist(start, hub), np.linspace(*ways, 60)
        bow = hub + reach * np.column_stack([np.cos(along), np.sin(along)])
        held += 1
        if any((np.hypot(*(bow - at).T) < rim).any() for at, rim in others):
            covering += 1
            assert reach <= own[0] + 1e-9
    assert held > 100
    assert (covering > 0) == (clip == "ChainRuleGearsSteeper")  # z turns by 90 degrees, as far as the wheel before it


@pytest.mark.parametrize("clip", ["ChainRuleGears", "ChainRuleGearsSine", "ChainRuleGearsSteeper"])
def test_what_makes_each_value_stands_over_its_mesh_while_values_are_read(clip: str) -> None:
    stage: Any = train(clip)
    meshes = [stage.train.mesh(i)[0] for i in range(len(stage.slopes))]
    for part, x in zip(stage.made, [*meshes, stage.train.hub(len(meshes))[0]], strict=True):
        assert part.shown
        assert abs(part.place.x - x) < 0.5
        assert part.place.beats == ("read_before", "turn_x")
    said = [part.shown[0].kind for part in stage.made]
    assert said.count("readout") == len(stage.clip.weights) + 1  # with their numbers, and the target


@pytest.mark.parametrize(("clip", "grey"), [("ChainRuleGears", 0), ("ChainRuleGearsSine", 1)])
def test_a_grey_wheel_between_the_first_two_gears_is_explained_where_it_is_met(clip: str, grey: int) -> None:
    stage: Any = train(clip)
    assert len(stage.grey) == len(stage.pair.idlers[0]) == grey
    for note in stage.grey:
        assert note.place.x - stage.pair.part.place.x == pytest.approx(stage.pair.mesh_columns[0])
        assert note.place.beats == ("meet_two_gears",)


def test_on_the_axis_of_decades_the_guess_stands_beside_the_number_of_the_first_gradient_over_its_dot() -> None:
    stage: Any = train("PushThroughTenSigmoids")
    axis = stage.shrinking.axis
    guess, answer = axis.answered
    assert answer.quantity.name == "dL_dx"
    assert guess.offset[0] < axis.dots[0].submobjects[0].points[:, 0].mean() < answer.offset[0] + 0.5
    assert all(each in stage.answer for each in axis.answered)


@pytest.mark.parametrize("clip", ["PushThroughGears", "PushThroughClosedRelu", "PushThroughTenSigmoids"])
def test_force_times_arm_at_every_tooth_is_the_push_on_its_shaft(clip: str) -> None:
    """From mechanics alone: counter-clockwise is plus, and a force of 1 on the rim has its arm as moment."""
    stage = train(clip)
    deltas = dict(zip(stage.clip.nodes, stage.clip.deltas, strict=True))
    entries = [entry.shown for entry in stage.record.entries]
    pushes = {shown.wheel.plan.key: shown for shown in entries if isinstance(shown, ToothPush)}
    assert len(pushes) >= sum(stage.clip.unit * abs(delta) > 0.5 for delta in stage.clip.deltas[1:])
    moments, forces = {}, {}
    for key, push in pushes.items():
        up = push.submobjects[1].points[:, 1] - push.origin[1]
        forces[key] = math.copysign(1.0, up[np.abs(up).argmax()])
        moments[key] = (push.origin[0] - push.wheel.hub[0]) * forces[key] / stage.clip.unit
    for key in moments.keys() & deltas.keys():
        assert moments[key] == pytest.approx(deltas[key], rel=1e-9)
    for key in moments.keys() - deltas.keys():  # an idler is in balance: the wheel before it pushes back what it gets
        assert forces[key.removesuffix("_idler")] == -forces[key]


@pytest.mark.parametrize(
    ("clip", "key"),
    [
        ("PushThroughTenSigmoids", "small"),
        ("PushThroughClosedRelu", "free"),
        ("PushThroughClosedRelu", "hollow"),
        ("PushThroughGears", "hollow"),
    ],
)
def test_from_what_a_kind_of_wheel_means_a_leader_comes_down_to_the_first_and_keeps_off_names(
    clip: str, key: str
) -> None:
    stage: Any = train(clip)
    gear = stage.train.gears[stage.clip.first_marked[key]]
    note = next(notes[key].place for notes in stage.marked.values() if key in notes)
    shown = [entry.shown for entry in stage.record.entries]
    found = []
    for points in (each.submobjects[0].points[:, :2] for each in shown if isinstance(each, Decor)):
        high, low = points[points[:, 1].argmax()], points[points[:, 1].argmin()]
        begins = 0 < note.y - note.down - high[1] < 0.2 and -note.left - 0.1 < high[0] - note.x < note.right + 0.1
        (x, y), (far_x, far_y) = low - gear.hub[:2], high - gear.hub[:2]
        ends = 0 < np.hypot(x, y) - gear.plan.sides[2] < 0.25
        if begins and ends and abs(math.atan2(x, y) - math.atan2(far_x, far_y)) < 0.05:
            found.append(points)
    (way,) = found
    names = np.concatenate([each.submobjects[0].points[:, :2] for each in shown if isinstance(each, NameTag)])
    assert np.linalg.norm(way[:, None] - names, axis=2).min() > 0.06
    assert "small" not in stage.rings, "it is said once"


@pytest.mark.parametrize("clip", ["PushThroughGears", "PushThroughClosedRelu"])
def test_under_both_ways_something_leads_from_each_mesh_to_its_slope(clip: str) -> None:
    stage: Any = train(clip)
    shown = {id(entry.shown) for entry in stage.record.entries}
    for i in range(len(stage.slopes)):
        lead, *_ = stage.all_slopes.at(i)
        assert isinstance(lead, Decor)
        assert id(lead) in shown
        assert np.ptp(lead.submobjects[0].points[:, 1]) > 0.5


def test_gears_so_small_that_their_hubs_are_one_have_true_radii_and_rings() -> None:
    tiny = {"weights": {"w1": -0.00390625, "w2": 3.8e-07}, "target": 0.0, "move_to": 1.0}
    stage = shown_or_refused("PushThroughGears", changed("PushThroughGears", tiny))
    assert not isinstance(stage, str), stage
    gears = {e.shown.plan.key: e.shown for e in stage.record.entries if isinstance(e.shown, Gear)}
    assert len(gears["h"].part("rim"))
    for name, gear in gears.items():
        wanted = gear.scale_used.length(stage.quantities[f"dL_d{name}"].number)
        assert gear.reading().value * gear.scale_used.per_unit == pytest.approx(wanted, abs=1e-9)


def test_a_name_stands_clear_of_every_wheel_but_inside_its_own() -> None:
    stage = train("PushThroughTenSigmoids")
    wheels = [e.shown for e in stage.record.entries if isinstance(e.shown, Wheel)]
    names = [e.shown for e in stage.record.entries if isinstance(e.shown, NameTag)]
    assert len(names) == 11
    for name in names:
        points = name.submobjects[0].points
        for wheel in (w for w in wheels if w is not name.wheel):
            assert np.hypot(*(points - wheel.hub)[:, :2].T).min() > wheel.plan.pitch_radius


SHRINKS = {"x": 1.5, "weights": {"w1": 2.3}, "stages": ["w1", "softplus"], "loss": "none", "move_to": -8.01}


@pytest.mark.parametrize(("changes", "stays_close"), [({}, True), ({"move_to": 0.9}, True), (SHRINKS, False)])
def test_the_number_that_moves_clears_its_gear_on_all_of_its_way_or_stands_in_the_corner(
    changes: dict[str, Any], stays_close: bool
) -> None:
    stage: Any = shown_or_refused("PushThroughGears", changed("PushThroughGears", changes))
    assert not isinstance(stage, str), stage
    assert stage.x_is_over is stays_close
    train = stage.rolling
    if stays_close:
        highest = max(plans[train.keys[0]].sides[2] for plans in train.plans)
        assert stage.x.place.y - stage.x.place.down > float(train.gears[0].hub[1]) + highest


def finished(stage: Stage, play: Callable[[], None]) -> None:
    """Play something as the one beat of a clip."""
    stage.arrange()
    with stage.beat("turn_x"):
        play()


def load_wheels(clip: str) -> Any:
    """The wheels of a clip, first to last."""
    return train(clip).pen.wheels
