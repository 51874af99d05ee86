"""Function gears on the stage: teeth mesh on every frame, circles part, the stop rests, and every lie is refused."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import pytest
from gear_cases import area, inside, overlap, turned
from quantity_cases import ink
from stage_cases import dry_run, refusal

from scenes.parts.measure import Axis
from scenes.parts.pictures.function_picture import FunctionPicture
from scenes.parts.plans.sector_plan import SectorPlan
from scenes.parts.settings import load
from scenes.parts.stage.motions import Appear, SweepTo
from scenes.parts.stage.record import Sample
from scenes.parts.stage.stage import Stage
from scenes.parts.things.base import Paint
from scenes.parts.things.gear_marks import PitchCircle
from scenes.parts.things.gear_pen import GearPen
from scenes.parts.things.lettering import Symbol
from scenes.parts.things.plot import Dot
from scenes.parts.things.tangent import Tangent
from scenes.parts.things.wheel import Sector

INK = "#FFFFFF"
CLIPS = ["FunctionGears", "FunctionGearsGrowth"]
PAIRS = [(name, i) for name in CLIPS for i in range(len(load().clip(name).smooth))]


def picture(stage: Stage, i: int = 0) -> FunctionPicture:
    """A piece of the clip."""
    return FunctionPicture(stage.pen, stage.clip, i)


def look(stage: Stage) -> None:
    """Let a moment pass."""
    stage.play(Appear(stage.pen.words("title")))


def sector_turned_by_hand(stage: Stage) -> None:
    driven = picture(stage).driven
    stage.add(driven.rotate(math.radians(0.05), about_point=np.array([*driven.plan.centre, 0.0])))
    look(stage)


def sector_turned_by_the_other_number(stage: Stage) -> None:
    pen, shown = stage.pen, picture(stage)
    stage.add(Sector(shown.x, pen.wheels["driven_0"], paints=[Paint(INK)] * 5))
    look(stage)


def sector_that_stops_half_way(stage: Stage) -> None:
    shown = picture(stage)
    stage.add(*shown.pair())
    shown.driven.draw = lambda: None
    stage.play(SweepTo(shown.sweep, shown.high, run_time=1.0))


def sector_asked_of_the_pen_with_another_number(stage: Stage) -> None:
    GearPen(stage.pen).sector("driven_0", picture(stage).x)


def tangent_of_another_slope(stage: Stage) -> None:
    shown = picture(stage)
    tangent = next(thing for thing in shown.riders() if isinstance(thing, Tangent))
    stage.add(tangent)
    tangent.rotate(0.002)
    look(stage)


def tangent_with_a_range_of_its_own(stage: Stage) -> None:
    shown = picture(stage)
    across = Axis("graph_x_0", -2.0, 3.0, (1.0, 0.0, 0.0), (5.0, 0.0, 0.0))
    up = stage.pen.axis("graph_h_0", ((3.0, -1.0), (3.0, 1.0)))
    stage.add(stage.pen.tangent(shown.local, (shown.x, across), (shown.h, up)))


def contact_beside_its_place(stage: Stage) -> None:
    dot = next(thing for thing in picture(stage).pair() if isinstance(thing, Dot))
    stage.add(dot.shift([0.01, 0.0, 0.0]))
    look(stage)


def circle_of_another_x(stage: Stage) -> None:
    still, shown = picture(stage).circles()[0], picture(stage)
    stage.add(*shown.live_circles())
    live = stage.standing[0]
    live.submobjects[0].points = still.submobjects[0].points
    look(stage)


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (sector_turned_by_hand, "sector of h_0"),
        (sector_turned_by_the_other_number, "x_0 turns it, and should not: h_0 does"),
        (sector_that_stops_half_way, "sector of h_0"),
        (sector_asked_of_the_pen_with_another_number, "x_0 does not turn it, h_0 does"),
        (tangent_of_another_slope, "tangent of local_0"),
        (tangent_with_a_range_of_its_own, "no setting states the range -2.0 to 3.0 (graph_x_0)"),
        (contact_beside_its_place, "dot of near_0: it shows 0.43"),
        (circle_of_another_x, "circle of near_0"),
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


def moments(clip: str, kind: type) -> Iterator[tuple[Sector | Dot | PitchCircle, Sample]]:
    """What things of a kind showed, frame by frame."""
    for entry in film(clip).record.entries:
        if isinstance(entry.shown, kind):
            yield from ((entry.shown, sample) for span in entry.spans for sample in span.samples)


def pairs(clip: str, i: int) -> dict[int, tuple[float, float]]:
    """How far both wheels of a piece have turned, by frame."""
    found: dict[str, dict[int, float]] = {f"driver_{i}": {}, f"driven_{i}": {}}
    for shown, sample in moments(clip, Sector):
        assert isinstance(shown, Sector)
        if shown.plan.key in found:
            found[shown.plan.key][sample.frame] = sample.reading.angle or 0.0
    driver, driven = found.values()
    return {frame: (driver[frame], driven[frame]) for frame in sorted(driver)}


@pytest.mark.parametrize(("clip", "i"), PAIRS)
def test_teeth_never_overlap_by_a_hundredth_of_one_as_a_pair_rolls(clip: str, i: int) -> None:
    stage = film(clip)
    driver, driven = (stage.pen.wheels[f"{name}_{i}"] for name in ("driver", "driven"))
    assert driver.outline is not None
    assert driven.outline is not None
    tooth = stage.clip.gear(i).tooth_height * stage.clip.gear(i).total_arc / stage.clip.gear(i).teeth
    frames = pairs(clip, i)
    assert len(frames) >= 15
    for near, far in list(frames.values())[::3]:
        shapes = turned(driver.outline, near, driver.centre), turned(driven.outline, far, driven.centre)
        assert overlap(*shapes, lines=600) < 0.01 * tooth


@pytest.mark.parametrize(("clip", "i"), PAIRS)
def test_a_pair_stays_inside_its_room_as_it_rolls(clip: str, i: int) -> None:
    stage = film(clip)
    for near, far in pairs(clip, i).values():
        for name, angle in (("driver", near), ("driven", far)):
            plan = stage.pen.wheels[f"{name}_{i}"]
            assert plan.outline is not None
            (left, bottom), (right, top) = (
                f(turned(plan.outline, angle, plan.centre), axis=0) for f in (np.min, np.max)
            )
            assert left > -6.72
            assert right < 0.72
            assert bottom > -3.0
            assert top < 2.0


@pytest.mark.parametrize("clip", CLIPS)
def test_letters_stand_in_the_bores_of_wheels_or_beyond_all_that_a_wheel_reaches(clip: str) -> None:
    stage = film(clip)
    for name, plan in stage.pen.wheels.items():
        assert isinstance(plan, SectorPlan)
        hub = np.array(plan.centre)
        letters = [
            e for e in stage.record.entries if isinstance(e.shown, Symbol) and e.name == f"symbol of {plan.turn}"
        ]
        nearest = min((e.shown for e in letters), key=lambda letter: float(np.hypot(*(letter.offset[:2] - hub))))
        far = np.hypot(*(ink(nearest)[:, :2] - hub).T)
        assert far.max() < plan.bore or far.min() > plan.reach, name


@pytest.mark.parametrize("clip", CLIPS)
def test_the_point_of_contact_stands_where_the_round_gears_of_this_x_touch(clip: str) -> None:
    stage = film(clip)
    radii = {(s.quantity.name, m.frame): m.reading.value for s, m in moments(clip, PitchCircle)}
    dots = {
        m.frame: m.reading.ends[0] for s, m in moments(clip, Dot) if isinstance(s, Dot) and s.quantity.name == "near_0"
    }
    met = [frame for name, frame in radii if name == "near_0" and frame in dots]
    assert len(met) > 10
    left, right = stage.clip.hubs(0)
    for frame in met:
        assert dots[frame][0] == pytest.approx(left + (radii["near_0", frame] or 0.0), abs=1e-9)
        assert dots[frame][0] == pytest.approx(right - (radii["far_0", frame] or 0.0), abs=1e-9)


@pytest.mark.parametrize("clip", CLIPS)
def test_round_gears_that_fit_at_one_x_are_left_by_the_contact_as_x_moves_on(clip: str) -> None:
    stage = film(clip)
    beats = {beat.name: beat for beat in stage.beats}
    left, _ = stage.clip.hubs(0)
    touch = left + stage.clip.near(stage.clip.circles_at)
    dots = {m.frame: m.reading.ends[0][0] for s, m in moments(clip, Dot) if s.quantity.name == "near_0"}
    fitted, parted = (
        dots[max(frame for frame in dots if frame <= beats[name].hold)] for name in ("fit_circles", "part_from_circles")
    )
    assert fitted == pytest.approx(touch, abs=1e-9)
    assert abs(parted - touch) >= 0.3


def test_h_rests_at_exactly_0_until_z_is_0_and_then_turns_as_far_as_z() -> None:
    stop = film("FunctionGears").clip.stopped
    frames = pairs("FunctionGears", stop)
    before = [(z, h) for z, h in frames.values() if z <= 0]
    after = [(z, h) for z, h in frames.values() if z > 0]
    assert len(before) >= 8
    assert len(after) >= 8
    assert {h for _, h in before} == {0.0}
    assert before[-1] == (0.0, 0.0)
    assert all(h == pytest.approx(z, abs=1e-12) for z, h in after)


def test_lug_and_stop_touch_without_overlapping_once_they_have_met() -> None:
    stage = film("FunctionGears")
    stop = stage.clip.stopped
    disc, ring = (stage.pen.wheels[f"{name}_{stop}"] for name in ("driver", "driven"))
    assert isinstance(disc, SectorPlan)
    assert isinstance(ring, SectorPlan)
    assert disc.outline is not None
    assert ring.opening is not None
    for z, h in pairs("FunctionGears", stop).values():
        lug, opening = turned(disc.outline, z), turned(ring.opening, h)
        assert overlap(lug, opening) == pytest.approx(abs(area(lug)), rel=1e-3), "the disc is inside the opening"
        assert inside(0.98 * turned(disc.outline, z - 1e-3), opening).all()


def test_the_question_comes_before_x_is_turned_slowly_and_the_ratio_is_read_out() -> None:
    for clip in CLIPS:
        stage = film(clip)
        beats = {beat.name: beat for beat in stage.beats}
        entries = [entry for entry in stage.record.entries if entry.name == "readout of local_0"]
        assert min(span.first for entry in entries for span in entry.spans) > beats["ask"].last
