"""The function gears on their stage: teeth mesh on every frame, circles part, the stop rests, every lie is refused."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import pytest
from gear_cases import area, inside, overlap, turned
from stage_cases import dry_run, refusal
from truth_cases import changed, settings_in_use

from scenes.parts.errors import StageError
from scenes.parts.gears.found import finest_module
from scenes.parts.gears.function_gear import FunctionGear
from scenes.parts.gears.profile import Profile, profile_of
from scenes.parts.settings import load
from scenes.parts.stage.carry import Carry
from scenes.parts.stage.motions import Appear, SweepTo
from scenes.parts.stage.overlaps import layout_faults
from scenes.parts.stage.record import Sample
from scenes.parts.stage.stage import Stage
from scenes.parts.theme import CODE
from scenes.parts.things.base import Shown
from scenes.parts.things.centred import Arm, Round
from scenes.parts.things.function_picture import FunctionPicture
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.plot import Dot
from scenes.parts.things.rungs import Rungs
from scenes.parts.things.sector import Sector

INK = "#FFFFFF"
CLIPS = ["FunctionGears", "FunctionGearsGrowth"]
PAIRS = [(name, i) for name in CLIPS for i in load().clip(name).of("gears")]


def picture(stage: Stage) -> FunctionPicture:
    """The first function of the clip, on its page."""
    stage.arrange()
    return stage.pictures[0]


def look(stage: Stage) -> None:
    """Let a moment pass."""
    stage.play(Appear(stage.pen.words("title")))


def sector_turned_by_hand(stage: Stage) -> None:
    driven = picture(stage).wheels[1]
    stage.add(driven.rotate(math.radians(0.05), about_point=driven.origin))
    look(stage)


def sector_of_another_function(stage: Stage) -> None:
    shown = picture(stage).wheels[0]
    shown.profile["high"] = 1.4
    stage.add(shown)


def sector_under_another_name(stage: Stage) -> None:
    shown = picture(stage).wheels[0]
    shown.wheel = "driver_1"
    stage.add(shown)


def sector_that_stops_half_way(stage: Stage) -> None:
    shown = picture(stage)
    stage.add(*shown.standing)
    shown.wheels[1].draw = lambda: None
    stage.play(SweepTo(shown.sweep, shown.high, run_time=1.0))


def legs_of_another_slope(stage: Stage) -> None:
    legs = picture(stage).graph.legs()
    stage.add(legs)
    legs.rotate(0.002)
    look(stage)


def contact_beside_its_place(stage: Stage) -> None:
    stage.add(picture(stage).pair.arms()[2].shift([0.01, 0.0, 0.0]))
    look(stage)


def arm_that_is_too_long(stage: Stage) -> None:
    arm = picture(stage).pair.arms()[0]
    stage.add(arm)
    arm.stretch_about_point(1.01, 0, arm.origin)
    look(stage)


def round_gear_of_another_x(stage: Stage) -> None:
    near, far = picture(stage).pair.rounds("circle_near", "circle_far")
    stage.add(near)
    near.submobjects[0].points = far.submobjects[0].points
    look(stage)


def rung_beside_its_place(stage: Stage) -> None:
    rungs = picture(stage).graph.rungs()[1]
    stage.add(rungs)
    rungs.submobjects[2].shift([0.0, 0.01, 0.0])
    look(stage)


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (sector_turned_by_hand, "sector of h_0"),
        (sector_of_another_function, "the settings know no such wheel 'driver_0'"),
        (sector_under_another_name, "the settings know no such wheel 'driver_1'"),
        (sector_that_stops_half_way, "sector of h_0"),
        (legs_of_another_slope, "legs of rise_0"),
        (contact_beside_its_place, "dot of near_0"),
        (arm_that_is_too_long, "arm of near_0"),
        (round_gear_of_another_x, "round of circle_near"),
        (rung_beside_its_place, "rungs of ticks_h_0"),
    ],
    ids=lambda part: part.__name__ if callable(part) else "",
)
def test_a_lie_about_a_function_gear_is_refused_by_name(lie: Callable[[Stage], None], said: str) -> None:
    code, line = refusal("FunctionGears", lie)
    assert code == 1, line
    assert said in line


@cache
def film(clip: str) -> Stage:
    """A clip after a dry run at 5 frames per second."""
    return dry_run(clip, frame_rate=5.0)


def moments(clip: str, kind: type[Shown], name: str) -> Iterator[tuple[Shown, Sample]]:
    """What things of a kind and a name showed, frame by frame."""
    for entry in film(clip).record.entries:
        if isinstance(entry.shown, kind) and entry.name == name:
            yield from ((entry.shown, sample) for span in entry.spans for sample in span.samples)


def wheels(clip: str, i: int) -> tuple[Profile, Profile]:
    """Driver and driven of a function, or disc and ring."""
    profiles = film(clip).pen.profiles
    driver, driven = (profile_of(profiles[f"{part}_{i}"]) for part in ("driver", "driven"))
    return driver, driven


def poses(clip: str, i: int) -> list[tuple[float, float]]:
    """How far both wheels of a function have turned, frame by frame, as they are drawn."""
    k, found = film(clip).clip.scales()[f"k_{i}"].per_unit, []
    for wheel, name in zip(wheels(clip, i), ("x", "h"), strict=True):
        seen = moments(clip, Sector, f"sector of {name}_{i}")
        found.append({sample.frame: wheel.turned(k * (sample.reading.value or 0.0)) for _, sample in seen})
    return [(found[0][frame], found[1][frame]) for frame in sorted(found[0])]


@pytest.mark.parametrize(("clip", "i"), PAIRS)
def test_teeth_never_overlap_by_a_hundredth_of_one_as_a_pair_rolls(clip: str, i: int) -> None:
    piece = film(clip).clip.shown[i]
    (low, high), (driver, driven) = piece.found.turns, wheels(clip, i)
    gear = FunctionGear(piece.function, low, high, piece.found.k, 1.0, finest_module(piece.function, low, high))
    tooth = gear.tooth_height * gear.total_arc / gear.teeth
    frames = poses(clip, i)
    assert len(frames) >= 15
    for near, far in frames[::3]:
        shapes = turned(driver.body, near, (0.0, 0.0)), turned(driven.body, far, (1.0, 0.0))
        assert overlap(*shapes, lines=600) < 0.01 * tooth


@pytest.mark.parametrize("clip", CLIPS)
def test_all_that_stands_on_one_line_of_centres_says_the_same_hubs(clip: str) -> None:
    for picture in film(clip).pictures:
        if picture.pair and not picture.pair.lug:
            near, far, contact = picture.pair.arms()
            driver, driven = picture.wheels
            assert driver.origin == pytest.approx(near.origin)
            assert driven.origin == pytest.approx(far.origin)
            (tip,) = contact.reading().ends
            reach = [abs(arm.reading().value) * picture.pair.centres.scale.per_unit for arm in (near, far)]
            assert tip[0] == pytest.approx(driver.origin[0] + reach[0])
            assert tip[0] == pytest.approx(driven.origin[0] - reach[1])


@pytest.mark.parametrize("clip", CLIPS)
def test_both_arms_have_the_ratio_of_both_legs_and_of_the_slope(clip: str) -> None:
    assert all(0 < sample.reading.value < 1 for _, sample in moments(clip, Arm, "arm of near_0"))
    stage = film(clip)
    for x in np.linspace(*stage.clip.shown[0].found.turns, 7):
        now = stage.clip.sweeps()["piece_0"].quantities(float(x))
        slope = now["local_0"].number
        assert now["near_0"].number / now["far_0"].number == pytest.approx(abs(slope))
        assert now["rise_0"].number / now["run_0"].number == pytest.approx(slope)
        assert now["near_0"].number + now["far_0"].number == pytest.approx(1.0)


@pytest.mark.parametrize("clip", CLIPS)
def test_round_gears_that_fit_at_one_x_are_left_by_the_contact_as_x_moves_on(clip: str) -> None:
    stage = film(clip)
    ((_, circle), *_) = moments(clip, Round, "round of circle_near")
    frames = {sample.frame: sample.value for _, sample in moments(clip, Dot, "dot of near_0")}
    beats = {beat.name: beat for beat in stage.beats}
    fitted, parted = (
        frames[max(f for f in frames if f <= beats[n].hold)] for n in ("fit_circles", "part_from_circles")
    )
    assert fitted == pytest.approx(circle.value, abs=1e-12)
    assert abs(parted - fitted) >= 0.1


def test_two_equal_turns_of_x_stand_as_triangles_of_equal_run_whose_rises_differ_most() -> None:
    shown = film("FunctionGears").pen.quantities
    assert shown["one_run"].number == pytest.approx(shown["other_run"].number)
    rises = [shown[f"{name}_rise"].number for name in ("one", "other")]
    assert rises == pytest.approx([math.tanh(0.5), math.tanh(1.5) - math.tanh(1.0)])


@pytest.mark.parametrize("clip", CLIPS)
def test_numbers_beside_a_triangle_lie_over_no_line_of_the_graph(clip: str) -> None:
    for picture in (film(clip).pictures[0], film(clip).last):
        ghost, *slopes = picture.ghost()
        named = clip != "FunctionGearsGrowth"  # there an equation would not fit beside the triangle
        for legs, tags in (picture.chords(), ([ghost], slopes)):
            assert tags if named or legs != [ghost] else not tags
            lines = [picture.graph.curve, picture.graph.dot(), *legs]
            assert list(layout_faults([*tags, *picture.graph.rungs()])) == []
            ink = np.concatenate([piece.points for line in lines for piece in line.submobjects])
            for tag in tags:
                points = np.concatenate([piece.points for piece in tag.submobjects])
                low, high = points.min(axis=0), points.max(axis=0)
                assert not ((ink[:, :2] > low[:2]) & (ink[:, :2] < high[:2])).all(axis=1).any()


@pytest.mark.parametrize("clip", CLIPS)
def test_the_number_of_a_rise_stands_nearer_to_its_own_bar_than_to_the_other(clip: str) -> None:
    bars, (_, *rises) = film(clip).pictures[0].chords()
    middles = [bar.submobjects[3].points[:, :2].mean(axis=0) for bar in bars]
    for i, tag in enumerate(rises):
        away = [float(np.linalg.norm(tag.get_center()[:2] - middle)) for middle in middles]
        assert np.argmin(away) == i
        assert away[i] < 1.0


@pytest.mark.parametrize("clip", CLIPS)
def test_the_answer_that_tempts_has_as_many_lines_between_the_same_ends_evenly_spaced(clip: str) -> None:
    shown = film(clip).pen.quantities
    guess, true = (np.asarray(shown[name].value) for name in ("guess_h", "ticks_h_0"))
    assert (guess[0], guess[-1], len(guess)) == pytest.approx((true[0], true[-1], len(true)))
    assert np.ptp(np.diff(guess)) < 1e-12 < np.ptp(np.diff(true))


@pytest.mark.parametrize("clip", CLIPS)
def test_round_gears_turn_h_along_the_straight_line_and_elsewhere_than_the_function(clip: str) -> None:
    stage = film(clip)
    still = stage.pen.quantities
    end = stage.clip.sweeps()["piece_0"].quantities(stage.clip.shown[0].found.turns[1])
    x, h = still["line_x"].value, still["line_h"].value
    assert (h[1] - h[0]) / (x[1] - x[0]) == pytest.approx(still["circle_local"].number)
    assert end["wrong"].number == pytest.approx(h[1])
    assert abs(end["wrong"].number - end["h_0"].number) > 0.1


@pytest.mark.parametrize("clip", CLIPS)
def test_no_triangle_stands_where_two_points_say_how_far_round_gears_miss(clip: str) -> None:
    stage = film(clip)
    told = next(beat for beat in stage.beats if beat.name == "part_from_circles")
    there = {e.name for e in stage.record.entries for span in e.spans if span.first <= told.hold <= span.last}
    assert {"dot of wrong", "dot of h_0"} <= there
    assert "legs of rise_0" not in there


@pytest.mark.parametrize("clip", CLIPS)
def test_both_bars_under_a_pair_are_as_long_as_its_arms(clip: str) -> None:
    pair = film(clip).pictures[0].geared
    for arm, bar in zip(pair.arms()[:2], pair.bars()[:2], strict=True):
        assert np.ptp(bar.outline[:, 0]) == pytest.approx(np.ptp(arm.outline[:, 0]))
        assert bar.outline[:, 0].min() == pytest.approx(arm.outline[:, 0].min())


def test_a_name_that_would_be_too_small_in_its_axle_stands_beside_all_that_turns() -> None:
    pieces = [{"function": "sigmoid", "x_range": [-5.47, 5.71]}]
    with settings_in_use(changed("FunctionGears", {"pieces": pieces, "circles_at": None})):
        stage = dry_run("FunctionGears", frame_rate=2.0)
    pair = stage.pictures[0].geared
    near, far = (shown for shown in pair.top if isinstance(shown, Lettering))
    assert min(near.height_of_type, far.height_of_type) >= CODE
    boxes = [(e.shown, s.box) for e in stage.record.entries for span in e.spans for s in span.samples]
    of = [[box for shown, box in boxes if shown is letter] for letter in (near, far)]
    reached = [box for shown, box in boxes if shown in pair.wheels]
    assert of[0][0][2] < min(left for left, *_ in reached)
    assert any(left < of[1][0][0] < of[1][0][2] < right for left, _, right, _ in reached)


def test_a_function_without_wheels_has_no_pair() -> None:
    (stop, *_) = [picture for picture in film("FunctionGears").pictures if picture.found.picture == "lug"]
    stop.pair = None
    with pytest.raises(StageError, match="has no wheels"):
        _ = stop.geared


def test_even_lines_of_x_stand_evenly_on_its_axis_and_those_of_h_do_not() -> None:
    spaces = {}
    for name in ("x", "h"):
        ((_, sample), *_) = moments("FunctionGears", Rungs, f"rungs of ticks_{name}_0")
        along = np.array(sample.reading.ends)[:, 0 if name == "x" else 1]
        spaces[name] = np.diff(along)
    np.testing.assert_allclose(spaces["x"], spaces["x"][0], rtol=1e-9)
    assert spaces["h"].max() > 2 * spaces["h"].min() > 0


def test_what_is_carried_begins_where_it_was_seen_and_ends_where_it_belongs() -> None:
    def carried(stage: Stage) -> None:
        shown = picture(stage)
        near, far, _ = shown.pair.arms()
        legs = shown.graph.legs()
        home = [np.array(piece.points) for piece in legs.submobjects]
        motion = Carry(legs, legs.made_of(near.outline, far.outline))
        motion.begin()
        run, rise = legs.submobjects[0].points, legs.submobjects[3].points
        np.testing.assert_allclose(run.mean(axis=0), far.outline.mean(axis=0), atol=1e-9)
        np.testing.assert_allclose(rise[:, 0].min(), near.outline[:, 0].min(), atol=1e-9)
        np.testing.assert_allclose(rise[:, 0].max(), near.outline[:, 0].max(), atol=1e-9)
        motion.interpolate(1.0)
        for piece, points in zip(legs.submobjects, home, strict=True):
            np.testing.assert_array_equal(piece.points, points)

    dry_run("FunctionGears", carried)


@pytest.mark.parametrize(("name", "i"), PAIRS)
def test_the_name_of_the_run_stands_under_it_and_that_of_the_rise_to_its_right(name: str, i: int) -> None:
    def named(stage: Stage) -> None:
        picture(stage)
        shown = stage.pictures[i]
        stage.add(*shown.standing)
        stage.play(SweepTo(shown.sweep, shown.rest if i else stage.at, run_time=1.0))
        rise, run = shown.leg_names()
        level, *_, up = shown.legs().submobjects
        assert run.get_top()[1] < level.points[:, 1].min()
        assert level.points[:, 0].min() < run.get_right()[0]
        assert run.get_left()[0] < level.points[:, 0].max()
        assert rise.get_left()[0] > up.points[:, 0].max()
        assert rise.get_bottom()[1] < up.points[:, 1].max()

    dry_run(name, named)


def test_h_rests_at_exactly_0_until_x_is_0_and_then_turns_as_far_as_x() -> None:
    (stop,) = film("FunctionGears").clip.of("lug")
    frames = poses("FunctionGears", stop)
    before = [(z, h) for z, h in frames if z <= 1e-9]
    after = [(z, h) for z, h in frames if z > 1e-9]
    assert len(before) >= 8
    assert len(after) >= 8
    assert all(abs(h) < 1e-12 for _, h in before)
    assert all(h == pytest.approx(z, abs=1e-9) for z, h in after)


def test_lug_and_stop_touch_without_overlapping_once_they_have_met() -> None:
    (stop,) = film("FunctionGears").clip.of("lug")
    disc, ring = wheels("FunctionGears", stop)
    for z, h in poses("FunctionGears", stop):
        lug, opening = turned(disc.body, z), turned(ring.band, h)
        assert overlap(lug, opening) == pytest.approx(abs(area(lug)), rel=1e-3), "the disc is inside the opening"
        assert inside(0.98 * turned(disc.body, z - 1e-3), opening).all()


@pytest.mark.parametrize("clip", CLIPS)
def test_the_question_comes_before_the_lines_of_h_stand_on_their_axis(clip: str) -> None:
    stage = film(clip)
    asked = next(beat for beat in stage.beats if beat.name == "ask")
    first = {e.name: min(span.first for span in e.spans) for e in reversed(list(stage.record.entries))}
    assert first["rungs of ticks_x_0"] < asked.first
    assert min(first["rungs of ticks_h_0"], first["readout of local_0"]) > asked.last


def test_which_way_h_counts_is_said_close_under_its_wheel_as_it_stands_then() -> None:
    stage = dry_run("FunctionGears", frame_rate=5.0)
    first = stage.pictures[0]
    (said,), wheel = first.geared.sense, first.wheels[1]
    first.sweep.x = first.high
    wheel.draw()
    letters, outline = (np.concatenate([each.points for each in shown.submobjects]) for shown in (said, wheel))
    left, right = letters[:, 0].min(), letters[:, 0].max()
    near = outline[(left < outline[:, 0]) & (outline[:, 0] < right), 1]
    assert left < first.geared.centres.end[0] < right
    assert 0.1 < near.min() - letters[:, 1].max() < 0.5
