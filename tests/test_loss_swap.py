"""The clip LossSwap: what stands in its frames, and lies about its bars, curves and paths in ledger and frames."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path as File
from typing import Any

import numpy as np
import pytest
import yaml
from audit_cases import wrong as wrong_claims
from command_cases import manim
from dial_cases import Plain, beside, edited, number_changed
from film_cases import Film, wrong
from gear_film_cases import Forger, Lie
from stage_cases import dry_run
from truth_cases import changed

from scenes.parts.film.ledger import SampleRow, ShownRow, read_ledger
from scenes.parts.stage.judged import JudgedStage
from scenes.parts.things.readout import Readout
from scenes.parts.things.ruler import Tick
from scenes.parts.things.stretch import Stretch
from studio.audit.drawn import Facts, Piece
from studio.audit.kinds import pieces_of

# -- on the stage -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stage() -> JudgedStage:
    made = dry_run("LossSwapSettles", frame_rate=5.0)
    assert isinstance(made, JudgedStage)
    return made


def length_of(bar: Stretch) -> float:
    """How far the ink of a bar reaches, as its sweep is now."""
    bar.draw()
    return float(np.ptp(bar.submobjects[1].points[:, 0]))


def test_the_push_of_half_the_square_is_as_long_as_the_error_and_that_of_the_size_is_not(stage: JudgedStage) -> None:
    (error,), (square, size) = stage.error_bars, stage.push_bars
    stage.answer.x = stage.quantities["slid_y"].number
    lengths = [length_of(*told.bar) for told in (error, square, size)]
    axis = stage.plane.across.scale.per_unit
    assert lengths[0] == pytest.approx(lengths[1], rel=1e-9)
    assert lengths[0] == pytest.approx(axis * abs(stage.quantities["slid_miss"].number))
    assert lengths[2] == pytest.approx(axis)


def test_on_the_kink_every_bar_of_a_push_is_the_ring_of_exactly_zero(stage: JudgedStage) -> None:
    stage.answer.x = stage.quantities["target"].number
    for told in (*stage.push_bars, *stage.kink.told):
        (bar,) = told.bar
        bar.draw()
        assert bar.reading().value == 0.0
        assert not len(bar.submobjects[1].points)
        assert len(bar.submobjects[2].points)


def test_a_number_that_comes_from_a_bar_says_what_the_bar_shows_there(stage: JudgedStage) -> None:
    for place in ("", "slid_"):
        stage.answer.x = stage.quantities[f"{place}y"].number
        for told, name in zip(stage.told, ("miss", "push_0", "push_1"), strict=True):
            assert told.told.number.now.number == stage.quantities[f"{place}{name}"].number
    stage.answer.x = stage.quantities["target"].number
    (told,) = stage.kink.told
    assert told.told.number.now.number == stage.quantities["on_push_1"].number == 0.0


def test_what_one_might_expect_is_so_many_times_the_push_and_only_one_loss_keeps_to_it(stage: JudgedStage) -> None:
    known, times = stage.quantities, stage.clip.times
    for i in range(2):
        assert known[f"tempt_{i}"].number == pytest.approx(times * known[f"push_{i}"].number)
        bar, *_ = stage.push_bars[i].ghost
        assert isinstance(bar, Stretch)
        assert bar.reading().value == pytest.approx(known[f"tempt_{i}"].number, abs=1e-6)
    assert known["slid_push_0"].number == pytest.approx(known["tempt_0"].number)
    assert known["slid_push_1"].number != pytest.approx(known["tempt_1"].number)


def test_a_nudge_of_the_answer_agrees_with_the_slope_that_is_read(stage: JudgedStage) -> None:
    known = stage.quantities
    for i in range(2):
        (slope,) = stage.plane.slope(i, f"push_{i}")
        assert slope.reading().value == pytest.approx(known[f"push_{i}"].number, abs=1e-6)
        assert known[f"nudged_{i}"].number / known["nudge"].number == pytest.approx(known[f"push_{i}"].number, rel=5e-3)


def test_each_side_of_the_kink_is_told_at_its_slope(stage: JudgedStage) -> None:
    assert set(stage.kink.sides) == {"below", "on", "above"}
    for side, (name, push) in stage.kink.sides.items():
        (slope,) = stage.kink.slopes_of(side)
        x, y = slope.x_axis.point(slope.at_x.now.number)[0], slope.y_axis.point(slope.at_y.now.number)[1]
        points = np.concatenate([piece.points for text in (name, push) for piece in text.submobjects])
        assert np.hypot(points[:, 0] - x, points[:, 1] - y).min() < 0.6


HAND = ["show_values", "begin_by_hand", "derive", "derive_weights", "divide"]


@pytest.mark.parametrize(
    ("clip", "first", "told"),
    [
        ("LossSwap", [], HAND),
        ("LossSwapSettles", [], ["choose_at_kink", "learn"]),
        ("LossSwapChance", ["show_chance"], ["read_as_chance"]),
        ("LossSwapSaturated", [], [*HAND, "learn"]),
    ],
)
def test_each_clip_tells_its_own_part_behind_the_pushes(clip: str, first: list[str], told: list[str]) -> None:
    pushes = ["meet_judges", "read_slopes", "read_second", "ask", "compare_pushes"]
    beats = [beat.name for beat in dry_run(clip, frame_rate=5.0).beats]
    assert beats == ["pose_question", *first, *pushes, *told, "say_claim"]


def test_while_the_slope_of_one_loss_is_read_the_other_has_no_dot_and_no_tangent() -> None:
    found = list[list[bool]]()

    def construct(stage: Any) -> None:
        stage.arrange()
        stage.open("pose_question")
        stage.meet_judges()
        for i, beat in enumerate(("read_slopes", "read_second")):
            stage.read(i, beat)
            found.append([shown in stage.standing for j in (0, 1) for shown in stage.plane.marked_on(j)])

    dry_run("LossSwap", construct, frame_rate=5.0)
    assert found == [[False, True, False, False], [False, False, False, True]]


def test_the_last_picture_shows_where_both_losses_have_led_where_that_is_wanted(stage: JudgedStage) -> None:
    other = dry_run("LossSwapSaturated", frame_rate=5.0)
    assert isinstance(other, JudgedStage)
    for i in range(2):
        for made, at, push in ((stage, f"then_over_{i}", f"last_push_{i}"), (other, "z", f"push_{i}")):
            (tangent,), over = made.posted[i].tangents, made.posted[i].over.now
            assert (over.name, tangent.reading().value) == (at, pytest.approx(made.quantities[push].number, abs=1e-6))


def test_both_races_are_drawn_equally_wide(stage: JudgedStage) -> None:
    one, other = (race.across.end[0] - race.across.start[0] for race in stage.races)
    assert one == pytest.approx(other, abs=1e-9)


def test_without_a_target_on_the_axis_all_bars_begin_at_the_zero_of_their_own_under_their_numbers() -> None:
    made = dry_run("LossSwapSaturated", frame_rate=5.0)
    assert isinstance(made, JudgedStage)
    own, over = made.plane.measured, made.plane.across
    assert own.start[1] < over.start[1]
    origin = own.point(0.0)[0]
    made.answer.x = made.quantities["slid_z"].number
    for told, name in zip(made.told, ("slid_miss", "slid_push_0", "slid_push_1"), strict=True):
        bar, number = told.bar[0], told.groups[0][0]
        bar.draw()
        assert bar.reading().value == pytest.approx(made.quantities[name].number, abs=1e-6)
        assert min(piece.points[:, 0].min() for piece in bar.submobjects if len(piece.points)) > origin - 0.1
        assert 0.05 < min(piece.points[:, 0].min() for piece in number.submobjects) - origin < 0.2
        assert max(piece.points[:, 0].max() for piece in told.words.submobjects) < origin - 0.1
    assert {tick.text for tick in made.plane.scale if isinstance(tick, Tick)} == {"0", "0.5", "1"}


def test_an_axis_of_the_bars_own_comes_with_the_first_push_and_the_error() -> None:
    seen = dict[str, bool]()

    def construct(made: Any) -> None:
        made.arrange()
        made.open("pose_question", asking=True)
        made.meet_judges()
        late = [*made.plane.scale, *made.error_bars[0].bar]
        seen["met"] = any(shown in made.standing for shown in late)
        made.read(0, "read_slopes")
        seen["read"] = all(shown in made.standing for shown in late)

    dry_run("LossSwapSaturated", construct, frame_rate=5.0)
    assert seen == {"met": False, "read": True}


@pytest.mark.parametrize(
    ("clip", "said"),
    [("LossSwap", ["−0.667"]), ("LossSwapSaturated", ["1", "4.00", "0.982", "2"])],
)
def test_the_card_has_the_number_of_the_answer_and_of_all_that_makes_what_a_loss_lies_over(
    clip: str, said: list[str]
) -> None:
    made: Any = dry_run(clip, frame_rate=1.0)
    numbers = [shown.text for part in made.stated for shown in part.shown if isinstance(shown, Readout)]
    assert numbers == said


@pytest.mark.parametrize(("clip", "both"), [("LossSwapSaturated", False), ("LossSwap", True)])
def test_at_the_end_each_slope_stands_beside_its_tangent_and_how_it_follows_under_it(clip: str, both: bool) -> None:
    made: Any = dry_run(clip, frame_rate=1.0)
    for i, (plane, law) in enumerate(zip(made.posted, made.laws, strict=True)):
        name = f"law_{i}"
        (beside,) = (
            s for s in made.standing if isinstance(s, Readout) and s.quantity.name == name and s not in law.shown
        )
        ink, dot = np.concatenate([piece.points for piece in beside.submobjects]), plane.dots[0].place
        apart = np.maximum(np.maximum(ink.min(axis=0) - dot, dot - ink.max(axis=0)), 0.0)
        assert np.hypot(*apart[:2]) < 0.6
        assert (law.shown[0] in made.standing) == both
        assert beside.form == ("number" if both else "equation")


def test_on_the_last_picture_the_value_and_the_target_stand_under_their_places() -> None:
    made = dry_run("LossSwap", frame_rate=5.0)
    assert isinstance(made, JudgedStage)
    for plane in made.posted:
        for said, name in zip(plane.marks[-2:], ("y", "target"), strict=True):
            ink = np.concatenate([piece.points for piece in said.submobjects])[:, 0]
            assert ink.min() < plane.across.point(made.quantities[name].number)[0] < ink.max()


@pytest.mark.parametrize("clip", ["LossSwap", "LossSwapSettles", "LossSwapChance"])
def test_what_one_might_expect_and_a_nudge_are_said_beyond_the_target(clip: str) -> None:
    stage = dry_run(clip, frame_rate=5.0)
    assert isinstance(stage, JudgedStage)
    origin = stage.plane.across.point(stage.quantities["target"].number)[0]
    for told in stage.push_bars:
        for piece in (*told.told.expected, *told.told.nudged, *told.told.note):
            assert piece in told.shown
            assert min(part.points[:, 0].min() for part in piece.submobjects if len(part.points)) > origin


def test_the_gap_at_the_end_of_a_path_is_as_long_as_its_number(stage: JudgedStage) -> None:
    for i, race in enumerate(stage.races):
        gap, _ = race.missed
        gap.draw()
        high = float(np.ptp(np.concatenate([piece.points for piece in gap.submobjects])[:, 1]))
        assert high == pytest.approx(race.up.scale.per_unit * abs(stage.quantities[f"off_{i}"].number), abs=1e-6)


def test_the_gap_of_a_chance_is_the_slope_that_was_read() -> None:
    known = dry_run("LossSwapChance", frame_rate=5.0).quantities
    assert known["law_p_miss"].number == pytest.approx(known["push_1"].number, rel=1e-12)
    assert known["law_p"].number - known["target"].number == known["p_miss"].number


# -- in the ledger ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    folder = tmp_path_factory.mktemp("judged")
    quick = {"ask_hold": 0.0, "slide_seconds": 1.0, "learn_seconds": 1.0, "steps": 6}
    file = folder / "lesson.yaml"
    parts = {"parts": ["kink", "hand", "learn"]}
    plain = changed("LossSwap", quick | parts, {"pace": 4.0})
    file.write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
    done = manim(folder, "loss_swap", "-r", "1280,720", "--fps", "10", "LossSwap", config=file)
    assert done.returncode == 0, done.stdout + done.stderr
    video = folder / "media/videos/loss_swap/720p10/LossSwap.mp4"
    return Film(video, read_ledger(video.with_suffix(".ledger.json")))


CLAIMS: dict[str, tuple[str, Callable[[Plain, Plain], object], str]] = {
    "a longer error": ("stretch", lambda row, sample: sample.update(shown=-1.3), "geometry"),
    "an error from elsewhere": ("stretch", lambda row, sample: row.update(across="p", through="p"), "geometry"),
    "an error in its own scale": ("stretch", lambda row, sample: row.update(scale=1.0), "geometry"),
    "a slope of the other loss": ("tangent", lambda row, sample: row.update(quantity="now_push_1"), "live values"),
    "a dot against another number": ("dot", lambda row, sample: row.update(quantity="now_L_1"), "geometry"),
    "a way of the other loss": ("path", lambda row, sample: row.update(quantity="way_1"), "geometry"),
}


@pytest.mark.render
def test_the_ledger_of_an_honest_clip_is_right(film: Film) -> None:
    assert wrong_claims(film.ledger) == []


@pytest.mark.render
@pytest.mark.parametrize("lie", CLAIMS)
def test_a_ledger_that_lies_is_wrong(film: Film, lie: str) -> None:
    kind, edit, check = CLAIMS[lie]
    assert check in {finding.check for finding in wrong_claims(edited(film.ledger, kind, edit))}


# -- in the frames ----------------------------------------------------------------------------------------------------


def lowered(by: float) -> Lie:
    """A thing under its place."""

    def lie(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        found = pieces_of(row, sample, facts)
        return [Piece(p.points + np.array([0.0, by]) if len(p.points) else p.points, p.stroke) for p in found]

    return lie


LIES: list[tuple[str, str, int, Lie, set[str]]] = [
    ("stretch", "stretch of now_push_0", -1, number_changed(-2.0), {"lengths", "positions"}),
    ("stretch", "stretch of now_push_1", 0, number_changed(-2.0), {"lengths", "positions"}),
    ("mark", "mark of target", 0, beside(1.5), {"positions"}),
    ("tangent", "tangent of push_0", 0, lowered(1.5), {"positions", "shapes"}),
    ("curve", "curve of aim", 0, lowered(2.0), {"positions"}),
]


@pytest.mark.render
@pytest.mark.parametrize(
    ("kind", "name", "nth", "lie", "checks"),
    [pytest.param(*lie, id=lie[1], marks=[pytest.mark.proof] * (i in (1, 2))) for i, lie in enumerate(LIES)],
)
def test_lies_in_the_frames_are_found(
    film: Film, tmp_path: File, kind: str, name: str, nth: int, lie: Lie, checks: set[str]
) -> None:
    assert Forger(film).checks_of(kind, name, nth, lie, tmp_path / "lie.mp4") & checks


@pytest.mark.render
def test_honest_frames_are_right(film: Film) -> None:
    assert wrong(film.found(every=60)) == set()
