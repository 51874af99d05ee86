"""Number lines with half squares: ticks, marks and areas, on the stage, in the ledger and in the frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from audit_cases import wrong as wrong_claims
from dial_cases import Plain, beside, edited, film_of, number_changed, stated
from film_cases import Film, wrong
from gear_film_cases import Forger, Lie
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import ink, lies, quantity
from stage_cases import dry_run, refusal

from scenes.parts.errors import StageError
from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.measure import Axis
from scenes.parts.page import Place, ticks
from scenes.parts.recipe.quantity import Quantities, Row
from scenes.parts.recipe.recipe import Recipe, Run
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.recipe.terms import Moving
from scenes.parts.stage.motions import Appear, SweepTo
from scenes.parts.stage.stage import Stage
from scenes.parts.theme import Theme
from scenes.parts.things.base import Shown
from scenes.parts.things.half_square import HalfSquare
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.number_line import number_line
from scenes.parts.things.ruler import Mark, Ruler, Tick, tick_labels
from studio.audit.drawn import Facts, Piece
from studio.audit.kinds import pieces_of
from studio.audit.things.half_square import HALF_SQUARE
from studio.audit.things.ruler import ticks as audited_ticks

THEME = Theme.of("dark", {}, "Source Sans 3")
AXIS = Axis("y_range", -1.0, 1.0, (-2.0, -1.0, 0.0), (2.0, -1.0, 0.0))
answers = st.floats(-1e3, 1e3).filter(lambda v: v == 0.0 or abs(v) > 1e-9)


@pytest.fixture(autouse=True)
def scales() -> Iterator[None]:
    with stated():
        yield


def compared(y: float, t: float, loss: str = "half_squared_error") -> Quantities:
    """What the core says of an answer and a target."""
    run = Run.of(Recipe.chain(("identity",), "xy", loss=loss), x=Moving("x", y), t=Moving("t", t))
    rows = {"y": Row("y", run.value("y")), "t": Row("t", run.input("t")), "L": Row("L", run.value("L"), "loss")}
    return Quantities.read({**rows, "d": Row("d", run.delta("y"), "gradient")})


def made(y: float, t: float, axis: Axis = AXIS) -> HalfSquare:
    found = compared(y, t)
    return HalfSquare(found["L"], found["d"], target=found["t"], axis=axis, theme=THEME)


# -- the area ---------------------------------------------------------------------------------------------------------


@given(y=answers, t=answers)
def test_the_leg_is_the_slope_and_the_area_is_the_loss(y: float, t: float) -> None:
    largest = max(abs(y), abs(t), 1e-3)
    axis = Axis("y_range", -largest, largest, (-2.0, 0.0, 0.0), (2.0, 0.0, 0.0))
    shown, found = made(y, t, axis), compared(y, t)
    assert shown.fault() is None
    unit = axis.scale.per_unit
    reading = shown.reading()
    assert reading.value == pytest.approx(found["L"].number, abs=1e-6 / unit)
    assert reading.values == pytest.approx([found["d"].number], abs=1e-6 / unit)
    assert reading.ends[0] == pytest.approx(axis.point(t)[:2])
    if (leg := abs(found["d"].number) * unit) > 0.1:
        wash = shown.submobjects[0].points
        assert np.ptp(wash, axis=0)[:2] == pytest.approx([leg, leg])
        assert leg**2 / 2 / unit**2 == pytest.approx(found["L"].number)


@given(t=st.floats(-0.9, 0.9), one=st.floats(0.0, 1.0), other=st.floats(0.0, 1.0))
def test_a_larger_miss_has_a_larger_area(t: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    areas = [made(t + miss, t).reading().value or 0.0 for miss in (low, high)]
    assert areas[0] <= areas[1] + 1e-9


@pytest.mark.parametrize(("y", "side"), [(-0.6, -1.0), (0.9, 1.0)])
def test_the_answer_lies_on_its_side_of_the_target(y: float, side: float) -> None:
    wash = made(y, 0.5).submobjects[0].points
    assert np.sign(wash[0, 0] - AXIS.point(0.5)[0]) == side


def test_no_miss_is_a_ring_and_a_speck_of_one_is_a_dot() -> None:
    wash, ring = (piece.points for piece in made(0.5, 0.5).submobjects)
    assert (len(wash), len(ring)) == (0, 32)
    assert made(0.5, 0.5).reading().values == (0.0,)
    assert np.ptp(ink(made(0.501, 0.5)), axis=0)[0] == pytest.approx(0.1)


@pytest.mark.parametrize("y", [-0.4, 0.5, 0.51])
def test_every_change_of_an_area_is_a_fault(y: float) -> None:
    for what, lie in lies(made(y, 0.5)):
        assert lie.fault() is not None, what
    assert made(y, 0.5).shift([0.1, 0.0, 0.0]).fault() == "it was moved away from its axes"


def test_another_loss_is_no_such_area() -> None:
    found = compared(0.2, 0.9, "squared_error")
    with pytest.raises(StageError, match=r"is not half the square of d, .*: another loss is no such area"):
        HalfSquare(found["L"], found["d"], target=found["t"], axis=AXIS, theme=THEME)


def test_it_stands_on_a_line_from_left_to_right_only() -> None:
    for end in ((-2.0, 1.0, 0.0), (2.0, 0.0, 0.0), (-3.0, -1.0, 0.0)):
        with pytest.raises(StageError, match="runs from left to right"):
            made(0.1, 0.5, Axis("y_range", -1.0, 1.0, (-2.0, -1.0, 0.0), end))


# -- the line ---------------------------------------------------------------------------------------------------------


@given(low=st.floats(-50.0, 50.0), width=st.floats(0.01, 90.0), most=st.integers(2, 8))
def test_every_tick_has_its_number_centred_under_it(low: float, width: float, most: int) -> None:
    axis = Axis("y_range", low, low + width, (-3.0, 0.0, 0.0), (3.0, 0.0, 0.0))
    assert Ruler(axis, theme=THEME, most=most).fault() is None
    labels = tick_labels(axis, THEME, most=most)
    assert [label.value for label in labels] == list(ticks(low, low + width, most))
    for label in labels:
        assert label.fault() is None
        points = ink(label)
        assert (points[:, 0].min() + points[:, 0].max()) / 2 == pytest.approx(axis.point(label.value)[0])
        assert label.shift([1e-3, 0.0, 0.0]).fault() == "it does not stand at its tick"


@given(low=st.floats(-1e6, 1e6), width=st.floats(1e-3, 1e6), most=st.integers(2, 12))
def test_the_audit_finds_the_same_ticks_by_itself(low: float, width: float, most: int) -> None:
    assert audited_ticks(low, low + width, most) == ticks(low, low + width, most)


def test_a_tick_where_there_is_none_is_refused() -> None:
    with pytest.raises(StageError, match=r"tick of y_range: there is none at 0\.3"):
        Tick(AXIS, 0.3, colour="#90999F")


@given(value=st.floats(-1.0, 1.0))
def test_a_mark_stands_where_its_number_does(value: float) -> None:
    shown = Mark(quantity(value), AXIS, theme=THEME, colour="#F2F4F5")
    assert shown.fault() is None
    assert shown.reading().value == pytest.approx(value)
    assert shown.shift([0.01, 0.0, 0.0]).fault() is not None


def test_a_mark_is_judged_by_how_far_it_is_from_its_place_on_an_axis_of_enormous_numbers() -> None:
    wide = replace(AXIS, high=3e15)
    shown = Mark(quantity(1.58), wide, theme=THEME, colour="#F2F4F5")
    assert shown.fault() is None
    assert shown.shift([0.01, 0.0, 0.0]).fault() is not None


def lies_apart(one: Shown, other: Shown) -> bool:
    a, b = (ink(each)[:, :2] for each in (one, other))
    return bool((a.min(axis=0) > b.max(axis=0)).any() or (b.min(axis=0) > a.max(axis=0)).any())


@pytest.mark.parametrize("room", [(1.6, 3.0, 1.5), (0.9, 3.2, 3.0), (2.0, 5.0, 9.0)])
def test_a_line_with_its_area_stays_in_its_place_and_its_names_apart(room: tuple[float, float, float]) -> None:
    def check(stage: Stage) -> None:
        left, right, up = room
        part = number_line(stage.pen, "y_range", "y", "target", square=("L", "dL_dy"), area="at_most", wide=(2.4, 4.0))
        across, upright = part.forms[0]  # type: ignore[misc]
        left, right, up = max(left, across.before), max(right, across.after), max(up, upright.before)
        part.put(Place(part.name, 1.0, 0.0, left, right, up, 1.2), {})
        points = np.concatenate([ink(one) for one in part.shown])[:, :2] - [1.0, 0.0]
        assert (points.min(axis=0) >= -np.array([left, upright.after]) - 1e-6).all()
        assert (points.max(axis=0) <= np.array([right, up]) + 1e-6).all()
        texts = [one for one in part.shown if isinstance(one, Lettering)]
        assert all(lies_apart(a, b) for i, a in enumerate(texts) for b in texts[:i])
        dot = next(one for one in part.shown if one.kind == "dot")
        assert dot.reading().ends[0] == pytest.approx((1.0, 0.0))

    dry_run("PushThroughGears", check)


def test_a_value_outside_the_line_is_refused() -> None:
    def lie(stage: Stage) -> None:
        number_line(stage.pen, "y_range", "z", "target")

    code, said = refusal("PushThroughGears", lie)
    assert (code, said) == (1, "line of z: z and target lie inside y_range, -1.0 to 1.0\n")


# -- films ------------------------------------------------------------------------------------------------------------


def board(stage: Stage) -> None:
    """Two lines with half squares: one of the clip's numbers, one that follows x to 0."""
    pen, sweep = stage.pen, Sweep(1.0, stage.clip.sweeps()["x"].quantities)
    still = number_line(pen, "y_range", "y", "target", square=("L", "dL_dy"), area="at_most")
    pair = sweep["moving_L"], sweep["moving_dL_dy"]
    live = number_line(pen, "y_range", "y", "target", source=sweep["moving_y"], square=pair)
    for part, x in ((still, -4.0), (live, 2.0)):
        part.put(Place(part.name, x, -1.5, 1.5, 3.5, 2.6, 1.3), pen.scales)
    stage.open_with_title()
    with stage.beat("ask", least=1.0):
        stage.play(Appear(*still.shown))
    with stage.beat("move_x", least=1.0):
        stage.play(Appear(*live.shown, pen.live_readout(sweep["moving_x"]).at(5.0, 1.2)))
        stage.play(SweepTo(sweep, 0.0, run_time=1.0))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return film_of(board, tmp_path_factory.mktemp("squares"), 720, 10.0)


@pytest.mark.render
def test_honest_areas_are_right_at_rest_and_in_a_sweep(film: Film) -> None:
    findings = film.found(every=3)
    assert wrong(findings) == set()
    assert wrong_claims(film.ledger) == []
    assert {"lengths", "positions", "shapes", "digits", "second reader"} <= {f.check for f in findings}


@pytest.mark.proof
@pytest.mark.parametrize(
    ("lines", "rate", "theme"), [(480, 15.0, "light"), (1080, 60.0, "dark"), (1080, 60.0, "light")]
)
def test_honest_areas_are_right_in_every_format(tmp_path: Path, lines: int, rate: float, theme: str) -> None:
    assert wrong(film_of(board, tmp_path, lines, rate, theme).found(every=7)) == set()


CLAIMS: dict[str, tuple[str, Callable[[Plain, Plain], object], str]] = {
    "another drawn area": ("half_square", lambda row, sample: sample.update(shown=0.5), "geometry"),
    "another drawn leg": ("half_square", lambda row, sample: sample.update(reads=[-1.0]), "geometry"),
    "the leg of another quantity": (
        "half_square",
        lambda row, sample: row["numbers"][0].update(quantity="h"),
        "values",
    ),
    "a unit of its own": ("half_square", lambda row, sample: row["sizes"].update(unit=1.0), "geometry"),
    "a corner beside the target": ("half_square", lambda row, sample: row.update(across="y", through="y"), "geometry"),
    "a corner over the line": (
        "half_square",
        lambda row, sample: sample.update(
            ends=[[sample["ends"][0][0], sample["ends"][0][1] - 2.0]],
            box=[sample["box"][0], sample["box"][1] - 2.0, sample["box"][2], sample["box"][3] - 2.0],
        ),
        "geometry",
    ),
    "a line of another range": ("ruler", lambda row, sample: row["sizes"].update(high=2.0), "geometry"),
    "a line with other ticks": ("ruler", lambda row, sample: row["sizes"].update(most=1.0), "geometry"),
    "a longer line": ("ruler", lambda row, sample: row["sizes"].update(length=5.0), "geometry"),
    "a number where no tick is": (
        "tick",
        lambda row, sample: sample["value"].update(repr="0.4", hex=(0.4).hex()),
        "texts",
    ),
    "another number at a tick": ("tick", lambda row, sample: sample.update(text="2", script="2"), "texts"),
    "a number beside its tick": (
        "tick",
        lambda row, sample: sample.update(box=[c + 2.0 * (i in (0, 2)) for i, c in enumerate(sample["box"])]),
        "texts",
    ),
    "a mark of another value": ("mark", lambda row, sample: sample.update(shown=0.4), "geometry"),
    "a mark elsewhere": ("mark", lambda row, sample: sample.update(ends=[[9.0, 9.0]]), "geometry"),
}


@pytest.mark.render
@pytest.mark.parametrize("lie", CLAIMS)
def test_a_ledger_that_lies_of_them_is_wrong(film: Film, lie: str) -> None:
    kind, edit, check = CLAIMS[lie]
    assert check in {finding.check for finding in wrong_claims(edited(film.ledger, kind, edit))}


def on_the_other_side(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """The area of a miss to the other side."""
    miss = sample.values[0].model_copy(update={"hex": (-sample.values[0].number).hex()})
    return pieces_of(row, sample.model_copy(update={"values": (miss,)}), facts)


@pytest.mark.render
@pytest.mark.parametrize(
    ("square", "check"),
    [(number_changed(1.0, role=1), "lengths"), (number_changed(1.0), "lengths"), (on_the_other_side, "signs")],
    ids=["a longer leg", "a larger area", "the other side"],
)
def test_lies_in_the_frames_are_found(film: Film, tmp_path: Path, square: Lie, check: str) -> None:
    lies: dict[tuple[str, str], Lie] = {("half_square", "half_square of L"): square}
    lies |= {("ruler", "ruler of y_range"): beside(2.0), ("mark", "mark of target"): beside(1.0)}
    found = wrong(film.found_where(tmp_path / "lies.mp4", Forger(film).plan(lies)))
    assert {(check, "half_square of L"), ("shapes", "ruler of y_range"), ("positions", "mark of target")} <= found


def test_at_the_upright_leg_stands_how_long_it_is_on_its_free_side() -> None:
    def check(stage: Stage) -> None:
        part = number_line(stage.pen, "answers", "y", "target", square=("L", "dL_dy"), upright="size_miss")
        across, upright = part.forms[0]  # type: ignore[misc]
        part.put(Place(part.name, 1.0, 0.0, across.before, across.after, upright.before, upright.after), {})
        (leg,) = (one for one in part.shown if isinstance(one, Lettering) and one.text == "1.167")
        area = next(one for one in part.shown if isinstance(one, HalfSquare))
        (left, low), (right, high) = (points[:2] for points in (ink(leg).min(axis=0), ink(leg).max(axis=0)))
        assert left > ink(area)[:, 0].max(), "it stands beside the area"
        assert ink(area)[:, 1].min() < low < high < ink(area)[:, 1].max()
        assert right <= 1.0 + across.after + 1e-9

    dry_run("TwoLayerNetwork", check)


def test_an_area_is_off_by_as_much_as_its_upright_edge_is() -> None:
    drawn, sizes = {"area": 54.0, "leg": -1.8}, {"unit": 0.03}
    more = {**drawn, "area": 54.0 + 0.01}
    low, high = (max(s.points[:, 1].max() for s in HALF_SQUARE.shapes(each, sizes)) for each in (drawn, more))
    assert high - low == pytest.approx(0.01 * HALF_SQUARE.moves("area", drawn, sizes))
