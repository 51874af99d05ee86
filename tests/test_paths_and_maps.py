"""Paths, level lines, their numbers, pointers and grounds: what they draw, and lies about them in ledger and frames."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path as File
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import yaml
from audit_cases import wrong as wrong_claims
from command_cases import manim
from dial_cases import Plain, beside, edited, number_changed
from film_cases import Film, wrong
from gear_film_cases import Forger, Lie, not_there
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import ink, lies, moving, quantity
from stage_cases import dry_run
from truth_cases import changed, settings_in_use

from scenes.parts.errors import StageError
from scenes.parts.film.ledger import SampleRow, ShownRow, read_ledger
from scenes.parts.measure import Axis
from scenes.parts.theme import RING, SPECK, Theme
from scenes.parts.things.ground import Ground
from scenes.parts.things.levels import Heights, LevelNumber, Levels
from scenes.parts.things.outlined import Spot
from scenes.parts.things.path import DOT, HEAD, Path
from scenes.parts.things.pointer import Pointer
from scenes.parts.things.shapes import clipped, polyline
from studio.audit.drawn import Facts, Piece, ink_of
from studio.audit.frames import Window
from studio.audit.glance import Around
from studio.audit.kinds import pieces_of
from studio.audit.limits import STRICT
from studio.audit.synthesis import Synthesis
from studio.audit.things.levels import LEVELS
from studio.audit.things.path import Drawn, _held

THEME = Theme.of("dark", {}, "Source Sans 3")
ACROSS = Axis("near_x", -1.0, 3.0, (-4.0, -2.0, 0.0), (0.0, -2.0, 0.0))
UP = Axis("near_y", -2.0, 2.0, (-4.0, -2.0, 0.0), (-4.0, 2.0, 0.0))
GRID = np.linspace(-1.0, 3.0, 41)
ROWS = np.linspace(-2.0, 2.0, 21)
numbers = st.floats(-0.9, 1.9)

# -- paths ------------------------------------------------------------------------------------------------------------


def path(xs: list[float], ys: list[float], step: float | None = None) -> Path:
    until = None if step is None else moving(step)["q"]
    return Path(quantity(ys), UP, quantity(xs), ACROSS, colour="#47D8C3", until=until)


@given(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=9))
def test_a_path_begins_and_ends_where_its_numbers_say(points: list[tuple[float, float]]) -> None:
    xs, ys = (list(each) for each in zip(*points, strict=True))
    shown = path(xs, ys)
    assert shown.fault() is None
    start, end = shown.reading().ends
    assert start == pytest.approx((ACROSS.point(xs[0])[0], UP.point(ys[0])[1]))
    assert end == pytest.approx((ACROSS.point(xs[-1])[0], UP.point(ys[-1])[1]))


def test_a_path_comes_as_far_as_its_step_and_stands_between_two_on_the_line() -> None:
    shown = path([0.0, 1.0, 2.0], [0.0, 1.0, 0.0], 1.5)
    assert shown.reading().ends[1] == pytest.approx((ACROSS.point(1.5)[0], UP.point(0.5)[1]))
    assert len(shown.submobjects[1].points) == 2 * 16, "two dots, of the steps that are done"
    assert path([0.0, 1.0], [0.0, 1.0], 7.0).reading().ends[1] == pytest.approx(
        (ACROSS.point(1.0)[0], UP.point(1.0)[1])
    )


def test_what_lies_beyond_the_plane_is_cut_off_there() -> None:
    shown = path([0.0, 9.0, 1.0], [0.0, 0.0, 1.0])
    line, dots, head = (piece.points for piece in shown.submobjects)
    assert line[:, 0].max() == ACROSS.end[0]
    assert len(dots) == 2 * 16, "the second step is out of sight"
    assert len(head)
    assert not len(path([0.0, 9.0], [0.0, 0.0]).submobjects[2].points)


@pytest.mark.parametrize("far", [1e9, 1e150, -1e300])
def test_a_path_that_flies_off_leaves_in_the_true_direction(far: float) -> None:
    line = path([0.0, far], [0.0, far / 2]).submobjects[0].points
    way = line[-1] - line[0]
    assert way[1] / way[0] == pytest.approx(0.5)


def test_a_path_is_drawn_of_straight_pieces_and_dots_so_that_a_text_may_stand_in_its_bend() -> None:
    bodies = path([0.0, 1.0, 2.0], [0.0, 1.0, 0.0], 1.5).bodies()
    assert [len(points) for points in bodies[:2]] == [4, 4], "a straight piece each"
    assert len(bodies) == 2 + 2 + 1, "two dots, and the one at its end"
    assert all(np.ptp(points[:, :2], axis=0).max() <= 2 * HEAD + 1e-9 for points in bodies[2:])


def test_dots_that_would_run_together_are_left_out() -> None:
    near = DOT / 2
    dots = path([0.0, near, 2 * near, 1.0], [0.0] * 4).submobjects[1].points
    assert len(dots) == 2 * 16, "the first, and the one far away"


@pytest.mark.parametrize("step", [None, 0.0, 1.3])
def test_every_change_of_a_path_is_a_fault(step: float | None) -> None:
    for what, lie in lies(path([0.0, 1.0, 2.0], [0.0, 1.0, -1.0], step)):
        assert lie.fault() is not None, what
    assert path([0.0, 1.0], [0.0, 1.0]).shift([0.1, 0.0, 0.0]).fault() == "it was moved away from its axes"


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=2, max_size=6))
def test_what_is_cut_lies_in_the_box_and_on_the_line(points: list[tuple[float, float]]) -> None:
    corners = np.array([[*point, 0.0] for point in points])
    low, high = np.array([-2.0, -1.0, 0.0]), np.array([2.0, 3.0, 0.0])
    found = clipped(corners, low, high)
    assert ((low - 1e-9 <= found) & (found <= high + 1e-9)).all()
    dense = polyline(corners).reshape(-1, 3)
    inside = dense[((low < dense) | (low == high)).all(axis=1) & ((dense < high) | (low == high)).all(axis=1)]
    for point in inside:
        assert len(found)
        assert np.linalg.norm(found - point, axis=1).min() < 20.0


# -- level lines ------------------------------------------------------------------------------------------------------


def levels(heights: Heights, grid: np.ndarray | None = None) -> Levels:
    x, y = np.meshgrid(GRID, ROWS)
    made = quantity_grid(x * x + y * y if grid is None else grid)
    return Levels(made, heights, (quantity(GRID), ACROSS), (quantity(ROWS), UP), colour="#FF5A60")


def quantity_grid(grid: np.ndarray) -> object:
    """A quantity with rows and columns."""
    from quantity_cases import SAME

    from scenes.parts.recipe.quantity import Quantities, Row
    from scenes.parts.recipe.recipe import Run
    from scenes.parts.recipe.terms import Along, Moving

    rows = (Run.of(SAME, x=Along(tuple(Moving("x", float(v)) for v in row))).value("y") for row in grid)
    return Quantities.read({"q": Row("L", Along(tuple(rows)), "loss")})["q"]


def test_a_level_line_runs_where_the_grid_has_its_height() -> None:
    shown = levels(Heights(0.5, 3.5, 3))
    assert shown.fault() is None
    assert shown.heights.at == (1.0, 2.0, 3.0)
    points = ink(shown)
    x, y = points[:, 0] + 3.0, points[:, 1]  # of the axes above, one unit is one frame unit
    squares = x * x + y * y
    assert min(abs(squares - height) for height in (1.0, 2.0, 3.0)[:1])[0] >= 0.0
    assert np.min(np.abs(squares[:, None] - np.array([1.0, 2.0, 3.0])), axis=1).max() < 0.02


def test_of_the_round_heights_those_between_two_quantities_are_pointed_out() -> None:
    ends = quantity(3.0), quantity(1.5)
    heights = Heights(0.5, 3.5, 7, between=ends)
    assert heights.at == (2.0, 2.5), "not the ends themselves, whichever is the higher"
    assert heights.sizes == {"low": 0.5, "high": 3.5, "most": 7.0, "from": 3.0, "to": 1.5}
    assert Heights(0.5, 3.5, 3, between=(quantity(1.2), quantity(1.9))).at == ()
    others = Heights(0.5, 3.5, 7, between=ends, left=True)
    assert others.at == (0.5, 1.0, 1.5, 3.0, 3.5)
    assert others.sizes == {"low": 0.5, "high": 3.5, "most": 7.0, "until": 3.0, "beyond": 1.5}


def test_where_two_quantities_are_equal_there_is_one_line() -> None:
    shown = levels(Heights(equal=quantity(2.0)))
    assert shown.heights.sizes == {"at": 2.0}
    points = ink(shown)
    assert ((points[:, 0] + 3.0) ** 2 + points[:, 1] ** 2) == pytest.approx(2.0, abs=0.02)


def test_a_flat_grid_has_no_lines_and_a_grid_of_another_shape_is_refused() -> None:
    assert not len(ink(levels(Heights(0.0, 1.0, 4), np.full((21, 41), 7.0))))
    with pytest.raises(StageError, match=r"a grid of \(3, 3\)"):
        levels(Heights(), np.ones((3, 3)))


def test_every_change_of_level_lines_is_a_fault() -> None:
    for what, lie in lies(levels(Heights(0.5, 3.5, 3))):
        assert lie.fault() is not None, what
    assert levels(Heights(0.5, 3.5, 3)).shift([0.0, 0.1, 0.0]).fault() == "it was moved away from its axes"


def test_a_number_stands_beside_its_line_at_the_right_edge() -> None:
    shown = levels(Heights(9.0, 12.0, 4))
    at = shown.crossings(10.0)
    assert at == pytest.approx([-1.0, 1.0], abs=0.02)
    label = LevelNumber(shown, 10.0, at[1], colour="#FF5A60")
    assert (label.text, label.fault()) == ("10", None)
    assert ink(label)[:, 0].min() > ACROSS.end[0]
    assert label.shift([0.0, 0.1, 0.0]).fault() == "it does not stand beside its line"
    with pytest.raises(StageError, match="no such line meets the edge"):
        LevelNumber(shown, 10.0, 0.0, colour="#FF5A60")


def test_the_number_of_a_line_that_ends_near_the_top_does_not_touch_the_name_of_the_loss() -> None:
    with settings_in_use(changed("LearningRates", DEAD)):
        near = dry_run("LearningRates", frame_rate=1.0).near  # type: ignore[attr-defined]
    (name,) = (each for each in near.frame if each.name == "symbol of near_L")
    tops = [ink(each)[:, 1].max() for each in near.frame if isinstance(each, LevelNumber)]
    assert len(tops) > 4
    assert max(tops) < ink(name)[:, 1].min() - 0.08


# -- pointers and grounds ---------------------------------------------------------------------------------------------


def pointer(x: float, y: float) -> Pointer:
    spot = Spot((quantity(1.0), ACROSS), (quantity(0.0), UP))
    return Pointer(quantity(x), quantity(y), spot=spot, colour="#FEB251")


@given(x=st.floats(-2, 2).filter(lambda v: abs(v) > 0.1), y=st.floats(-2, 2))
def test_a_pointer_goes_as_far_as_its_numbers_say(x: float, y: float) -> None:
    shown = pointer(x, y)
    assert shown.fault() is None
    assert (shown.reading().value, *shown.reading().values) == pytest.approx((x, y), abs=1e-6)
    assert shown.mouth[:2] == pytest.approx((ACROSS.point(1.0 + x)[0], UP.point(y)[1]))


def test_a_pointer_of_exactly_zero_is_the_ring_and_a_speck_is_a_dot() -> None:
    assert np.ptp(ink(pointer(0.0, 0.0)), axis=0)[:2] == pytest.approx([2 * RING[0]] * 2)
    assert np.ptp(ink(pointer(1e-4, -1e-4)), axis=0)[:2] == pytest.approx([2 * SPECK] * 2, abs=1e-3)


def test_every_change_of_a_pointer_is_a_fault() -> None:
    for what, lie in lies(pointer(0.7, -0.9)):
        assert lie.fault() is not None, what


def test_a_number_on_a_map_keeps_clear_of_ticks_as_far_as_a_reader_of_numbers_looks() -> None:
    """Right behind −1.7 the upper half of a tick reads as a point."""
    point = {"x": 0.79, "w1": -1.7, "w2": -4.6, "activation": "gelu", "loss": "binary_cross_entropy", "target": 0.0}
    with settings_in_use(changed("LearningStep", point)):
        near = dry_run("LearningStep").near
    ((_, ticks),) = [each.shapes(each.sizes) for each in near.frame if each.name == "ruler of near_x"]
    ticks = ticks + near.across.start
    inside = [each for each in near.here if ink(each)[:, 1].min() > near.across.start[1]]
    assert {each.quantity.name for each in inside} >= {"w1"}
    for each in inside:
        low, high = (edge[:2] for edge in (ink(each).min(axis=0) - 0.08, ink(each).max(axis=0) + 0.08))
        assert not ((ticks[:, :2] > low) & (ticks[:, :2] < high)).all(axis=1).any(), each.name


def test_a_ground_fills_its_rectangle() -> None:
    points = ink(Ground(-1.0, -2.0, 3.0, 0.5, theme=THEME))
    assert points.min(axis=0).tolist() == [-1.0, -2.0, 0.0]
    assert points.max(axis=0).tolist() == [3.0, 0.5, 0.0]


# -- in the ledger ----------------------------------------------------------------------------------------------------


DEAD: dict[str, Any] = {
    **{"x": 2.0, "w1": 0.5, "w2": 0.5, "target": 10.0, "activation": "softplus"},
    **{"rates": [0.001, 0.02, 0.1, 0.5], "rate": 0.02, "steps": 30},
}


def drawn(clip: str, folder: File, **changes: Any) -> Film:
    times = {"ask_hold": 0.0, "again_seconds": 1.0, "step_seconds": 1.0}
    plain = changed(clip, {**times, **changes}, {"pace": 4.0})
    file = folder / "lesson.yaml"
    file.write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
    done = manim(folder, "learning_step", "-r", "1280,720", "--fps", "10", clip, config=file)
    assert done.returncode == 0, done.stdout + done.stderr
    video = folder / f"media/videos/learning_step/720p10/{clip}.mp4"
    return Film(video, read_ledger(video.with_suffix(".ledger.json")))


@pytest.fixture(scope="module")
def step(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return drawn("LearningStep", tmp_path_factory.mktemp("step"))


@pytest.fixture(scope="module")
def rates(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return drawn("LearningRates", tmp_path_factory.mktemp("rates"))


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> Film:
    """At two of the rates the function is flat from the second step on: their losses lie on one another."""
    return drawn("LearningRates", tmp_path_factory.mktemp("alike"), **DEAD)


CLAIMS: dict[str, tuple[str, Callable[[Plain, Plain], object], str]] = {
    "a path of another weight": ("path", lambda row, sample: row.update(quantity="w1_first"), "geometry"),
    "a path that comes less far": ("path", lambda row, sample: sample["values"][0].update(number_of(0.5)), "geometry"),
    "a path that follows nothing": ("path", lambda row, sample: row.update(through=None), "geometry"),
    "a path with larger dots": ("path", lambda row, sample: row["sizes"].update(dot=0.06), "geometry"),
    "a path that ends elsewhere": ("path", lambda row, sample: sample["ends"][-1].__setitem__(0, 9.0), "geometry"),
    "level lines of another grid": ("levels", lambda row, sample: row.update(quantity="far_out"), "geometry"),
    "level lines on no grid": ("levels", lambda row, sample: row.update(through="first_w1"), "geometry"),
    "a level line too few": ("levels", lambda row, sample: sample["ends"].pop(), "geometry"),
    "a level that is not the target": ("levels", lambda row, sample: row["sizes"].update(at=0.4), "geometry"),
    "level lines in another box": ("levels", lambda row, sample: sample["box"].__setitem__(0, 9.0), "geometry"),
    "lit lines up to another loss": ("lit", lambda row, sample: row["sizes"].update(to=1.25), "geometry"),
    "lit lines from nowhere": ("lit", lambda row, sample: row["sizes"].pop("from"), "geometry"),
    "a lit line too few": ("lit", lambda row, sample: sample["ends"].pop(), "geometry"),
    "another level": ("level", lambda row, sample: sample["value"].update(number_of(0.7)), "texts"),
    "a level beside another line": ("level", lambda row, sample: sample["box"].__setitem__(1, 9.0), "texts"),
    "a pointer the other way": ("pointer", lambda row, sample: sample.update(shown=-0.1), "geometry"),
    "a pointer from elsewhere": ("pointer", lambda row, sample: row.update(across="new_w1"), "geometry"),
    "a pointer in its own scale": ("pointer", lambda row, sample: row.update(scale=1.0), "geometry"),
    "a larger ground": ("ground", lambda row, sample: row["sizes"].update(width=1.0), "geometry"),
    "a dot against another number": ("dot", lambda row, sample: sample["values"][0].update(number_of(0.9)), "geometry"),
}


def number_of(value: float) -> Plain:
    return {"repr": repr(value), "hex": value.hex()}


@pytest.mark.render
def test_the_ledgers_of_honest_clips_are_right(step: Film, rates: Film) -> None:
    assert wrong_claims(step.ledger) == wrong_claims(rates.ledger) == []


@pytest.mark.render
@pytest.mark.parametrize("lie", CLAIMS)
def test_a_ledger_that_lies_of_a_map_is_wrong(step: Film, rates: Film, lie: str) -> None:
    kind, edit, check = CLAIMS[lie]
    ledger = (rates if kind == "path" else step).ledger
    if kind == "lit":  # the lines between two losses
        lit = next(row for row in ledger.shown if row.kind == "levels" and "to" in row.sizes)
        ledger, kind = ledger.model_copy(update={"shown": (lit,)}), "levels"
    assert check in {finding.check for finding in wrong_claims(edited(ledger, kind, edit))}


# -- in the frames ----------------------------------------------------------------------------------------------------

WHOLE, LINES, POINTER = "path of w2_first", "levels of near_L", "pointer of up_w1"


def corner_moved(which: int, by: float) -> Lie:
    """A path of which one dot, and the lines that meet there, stand farther to the right."""

    def lie(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        line, *dots = pieces_of(row, sample, facts)
        step, at = np.array([by, 0.0]), line.points[4 * which]
        moved = [np.abs(line.points - at).max(axis=1) < 1e-6]
        corners = np.concatenate([line.points[::4], line.points[-1:]])
        corners[np.abs(corners - at).max(axis=1) < 1e-6] += step
        assert moved[0].any()
        bent = polyline(np.concatenate([corners, np.zeros((len(corners), 1))], axis=1))[:, :2]
        dots[which] = Piece(dots[which].points + step)
        return [Piece(bent, line.stroke), *dots]

    return lie


def one_line_moved(by: float) -> Lie:
    """Level lines of which one, the longest, lies lower."""

    def lie(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        found = pieces_of(row, sample, facts)
        longest = max(range(len(found)), key=lambda i: len(found[i].points))
        found[longest] = Piece(found[longest].points + np.array([0.0, by]), found[longest].stroke)
        return found

    return lie


def one_line_less(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """Level lines without the last."""
    return pieces_of(row, sample, facts)[:-1]


@pytest.mark.render
@pytest.mark.parametrize(
    ("kind", "name", "nth", "lie", "checks"),
    [
        ("path", WHOLE, -1, corner_moved(2, 2.0), {"positions"}),
        pytest.param("levels", LINES, -1, one_line_moved(1.5), {"positions"}, marks=pytest.mark.proof),
        ("levels", LINES, 1, one_line_moved(1.5), {"positions"}),
        pytest.param("levels", LINES, 0, one_line_less, {"positions", "shapes"}, marks=pytest.mark.proof),
        ("pointer", POINTER, 0, number_changed(-3.0, 1), {"lengths", "positions"}),
        pytest.param("pointer", POINTER, 0, beside(1.5), {"positions"}, marks=pytest.mark.proof),
    ],
    ids=[
        "a path's point moved",
        "a level line moved",
        "a lit line moved",
        "a level line less",
        "a longer pointer",
        "a pointer beside",
    ],
)
def test_lies_in_the_frames_are_found(
    step: Film, rates: Film, tmp_path: File, kind: str, name: str, nth: int, lie: Lie, checks: set[str]
) -> None:
    assert Forger(rates if kind == "path" else step).checks_of(kind, name, nth, lie, tmp_path / "lie.mp4") & checks


@pytest.mark.parametrize("moved", [0.0, 1.5])
def test_a_line_is_not_where_the_ink_of_one_near_it_spreads_to(moved: float) -> None:
    ends = [((40.0, 10.0), (40.0, 300.0)), ((60.0, 10.0), (41.0, 300.0))]
    pieces = [Piece(polyline(np.array([(*a, 0.0), (*b, 0.0)]))[:, :2], 1.2) for a, b in ends]
    shown = [Piece(piece.points + np.array([moved, 0.0]), piece.stroke) for piece in pieces]

    def spread(window: Window) -> np.ndarray:
        drawn = ink_of(shown, window)
        for axis in (0, 1):  # as an encoder does
            drawn = (np.roll(drawn, 1, axis) + 2 * drawn + np.roll(drawn, -1, axis)) / 4
        return drawn

    glance: Any = SimpleNamespace(
        window=Window.around, ink=spread, hidden=lambda window: np.zeros(window.shape, dtype=bool)
    )
    found = [off for i in range(2) for off in LEVELS._beside(glance, pieces, i)]
    assert len(found) > 20
    assert max(found) == pytest.approx(moved, abs=0.1)


def one_on_its_like(covered: float, shown: bool, *, under: bool) -> float:
    """How far a noisy picture is from a line, a share of which its like covers, or it covers, with the line or not."""
    window, contrast = Window(0, 0, 320, 60), 60.0
    long = [
        Piece(polyline(np.array([(10.0, 30.0, 0.0), (end, 30.0, 0.0)]))[:, :2], 2.3)
        for end in (310.0, 10 + 300 * covered)
    ]
    other = ink_of([long[1]], window)
    nothing = Around(np.zeros(window.shape), np.ones(window.shape), np.zeros(window.shape))
    around = (nothing.painted_over if under else nothing.painted_under)(other, contrast)
    noise = np.random.default_rng(7).normal(0.0, 3.0, window.shape)
    free = np.ones(window.shape, dtype=bool)
    bare = Synthesis(window, np.zeros(window.shape), free, around, lambda colour: contrast, contrast)
    seen = (bare.drawn([(long[0], "")]) if shown else bare.bare) + noise
    return replace(bare, seen=seen).misfit([(long[0], "")], among=True)


@pytest.mark.parametrize("under", [True, False])
def test_what_lies_on_its_like_is_no_lie_and_where_it_does_not_it_may_not_be_left_out(under: bool) -> None:
    assert one_on_its_like(1.0, True, under=under) == 0.0, "with it and without it the picture is the same"
    for covered in (0.0, 0.5, 0.9):
        assert one_on_its_like(covered, True, under=under) < STRICT.lettering
        assert one_on_its_like(covered, False, under=under) > 0.9


@pytest.mark.render
def test_two_rates_that_leave_the_same_losses_are_no_lie_and_a_curve_that_is_left_out_is(
    alike: Film, tmp_path: File
) -> None:
    assert wrong(alike.found(every=40)) == set()
    for name in ("path of log_2", "path of log_3"):
        assert "shapes" in Forger(alike).checks_of("path", name, -1, not_there, tmp_path / "lie.mp4"), name


@pytest.mark.render
def test_honest_frames_are_right(step: Film, rates: Film) -> None:
    assert wrong(step.found(every=40)) == wrong(rates.found(every=40)) == set()
    assert HEAD > DOT


def test_a_point_on_the_edge_of_a_plane_lies_on_it_however_both_are_rounded() -> None:
    box = np.array([[0.0, 0.0], [398.872, 10.0]])
    points = np.array([[-1e-12, 5.0], [398.872 + 1e-12, 10.0], [398.9, 5.0]])
    assert _held(points, box).tolist() == points[:2].tolist()


@pytest.mark.parametrize(("away", "placed"), [(3.6, 1), (7.5, 1), (7.7, 2)])
def test_a_dot_that_lies_under_the_end_of_a_path_is_not_placed(away: float, placed: int) -> None:
    dots, head, none = np.array([[10.0, 20.0], [50.0 - away, 20.0]]), np.array([[50.0, 20.0]]), np.zeros((0, 2, 2))
    assert len(Drawn(none, dots, head, np.array([[4.5, 4.5], [7.65, 7.65]])).clear) == placed
    assert len(Drawn(none, dots, head[:0], np.array([[4.5, 4.5], [7.65, 7.65]])).clear) == 2
