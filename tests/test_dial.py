"""Dials: the arc is the number, on the stage, in the ledger and in the frames; every planted lie is found."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from audit_cases import wrong as wrong_claims
from dial_cases import (
    DIAL,
    Plain,
    beside,
    edited,
    film_of,
    number_changed,
    of_the_other_sign,
    put,
    stated,
)
from film_cases import Film, forged, wrong
from gear_film_cases import Forger, Lie
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import ink, lies, moving, places, quantity
from stage_cases import dry_run, refusal

from scenes.parts.errors import StageError
from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.measure import Scale
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.settings.fitting import round_up
from scenes.parts.stage.motions import Appear, SweepTo
from scenes.parts.stage.stage import Stage
from scenes.parts.theme import Theme
from scenes.parts.things.dial import Dial, GhostDial, dial
from scenes.parts.things.lettering import Symbol
from studio.audit.drawn import Facts, Piece
from studio.audit.kinds import pieces_of

THEME = Theme.of("dark", {}, "Source Sans 3")
BLUE = THEME.colour("value")
shares = st.floats(-1.0, 1.0)
units = st.integers(-9, 9).map(lambda k: 10.0**k)


def made(value: float, unit: float = 1.0, place: tuple[float, float] = (0.0, 0.0)) -> Dial:
    return Dial([(quantity(value), Scale("dial", math.pi / unit))], origin=place, theme=THEME, colour=BLUE)


@pytest.fixture(autouse=True)
def scales() -> Iterator[None]:
    with stated():
        yield


# -- what is drawn ----------------------------------------------------------------------------------------------------


@given(share=shares, unit=units, place=places)
def test_the_arc_is_the_number_for_tiny_and_for_huge_ones(
    share: float, unit: float, place: tuple[float, float]
) -> None:
    shown = made(share * unit, unit, place)
    assert shown.fault() is None
    assert shown.reading().value == pytest.approx(share * unit, abs=1e-7 * unit)
    assert np.isfinite(ink(shown)).all()


@given(one=shares, other=shares)
def test_a_larger_value_turns_farther_clockwise(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert (made(low).reading().value or 0.0) <= (made(high).reading().value or 0.0) + 1e-9


@given(share=shares.filter(lambda s: abs(s) > 1e-6))
def test_plus_goes_right_to_a_solid_dot_and_minus_left_to_an_open_one(share: float) -> None:
    *_, arc, _, dot, eye = (piece.points for piece in made(share).submobjects)
    assert np.sign(arc[4, 0]) == np.sign(share)
    assert len(dot) == 16
    assert bool(len(eye)) == (share < 0)


def test_of_exactly_zero_there_is_no_arc_and_a_ring_lies_at_twelve() -> None:
    *_, arc, _, ring, eye = (piece.points for piece in made(0.0).submobjects)
    assert (len(arc), len(eye), len(ring)) == (0, 0, 32)
    assert (ring.min(axis=0) + ring.max(axis=0))[:2] / 2 == pytest.approx([0.0, 0.44])
    assert made(0.0).reading().value == 0.0


@pytest.mark.parametrize("value", [0.6, -0.3, 1e-9, 0.0])
def test_every_change_of_a_dial_is_a_fault(value: float) -> None:
    for what, lie in lies(made(value)):
        assert lie.fault() is not None, what


def test_a_dial_follows_its_sweep_past_zero_and_stops_at_half_a_turn() -> None:
    sweep = moving(0.4)
    shown = Dial([(sweep["q"], Scale("dial", math.pi))], origin=(1.0, 2.0), theme=THEME, colour=BLUE)
    for x in (0.4, 0.0, -0.4, -1.0):
        sweep.x = x
        shown.draw()
        assert shown.reading().value == pytest.approx(x)
    sweep.x = 1.01
    with pytest.raises(StageError, match=r"dial of q: its turn 1\.01 passes half a turn, which is 1\.0 \(dial\)"):
        shown.draw()


@given(value=shares, ghost=shares)
def test_a_ghost_keeps_another_value_in_sight(value: float, ghost: float) -> None:
    pairs = [(quantity(value), Scale("dial", math.pi)), (quantity(ghost), Scale("dial", math.pi))]
    shown = GhostDial(pairs, origin=(0.5, -0.5), theme=THEME, colour=BLUE)
    assert shown.fault() is None
    assert (shown.reading().value, *shown.reading().values) == pytest.approx((value, ghost), abs=1e-7)


@given(values=st.lists(st.floats(-1e9, 1e9), max_size=5))
def test_half_a_turn_is_a_round_number_that_no_value_passes(values: list[float]) -> None:
    largest = max((abs(value) for value in values), default=0.0)
    unit = round_up(max(1.0, largest))
    assert unit >= max(largest, 1.0)
    assert f"{unit:.0e}"[0] in "125"
    assert unit == 1.0 or unit < 2.6 * largest


def test_a_dial_is_a_part_with_its_name_in_its_middle() -> None:
    def check(stage: Stage) -> None:
        part = dial(stage.pen, "y")
        shown, letter = put(stage, part, 2.0, -1.0)
        assert isinstance(letter, Symbol)
        middle = (ink(letter).min(axis=0) + ink(letter).max(axis=0)) / 2
        assert middle[:2] == pytest.approx([2.0, -1.0], abs=0.12)
        reach = float(np.abs(ink(shown)[:, :2] - [2.0, -1.0]).max())
        assert part.forms[0].across.before >= reach  # type: ignore[union-attr]

    dry_run("PushThroughGears", check)


@pytest.mark.parametrize("radius", [0.44, 0.4, 0.35, 0.31])
@pytest.mark.parametrize("name", ["h_x", "h_h1", "h_y"])
def test_no_end_dot_lies_on_the_name_of_its_dial_at_any_angle(name: str, radius: float) -> None:
    def check(stage: Stage) -> None:
        _, letter = put(stage, dial(stage.pen, name, radius=radius), 2.0, -1.0)
        reach = np.linalg.norm(ink(letter)[:, :2] - [2.0, -1.0], axis=1).max()
        assert reach < radius - 0.085, "the dot reaches so far into the ring"

    dry_run("ToyChain", check)


def test_a_dial_of_a_scale_that_no_setting_states_is_refused() -> None:
    def lie(stage: Stage) -> None:
        numbers = [(stage.quantities["y"], Scale("dial", 3.0))]
        stage.add(Dial(numbers, origin=(0, 0), theme=stage.theme, colour=BLUE))

    code, said = refusal("PushThroughGears", lie)
    assert (code, "a scale of 3.0 units per unit is stated nowhere" in said) == (1, True), said


# -- films ------------------------------------------------------------------------------------------------------------


def board(stage: Stage) -> None:
    """The dials of a network, one with a ghost; then x moves to 0, and three dials with it."""
    sweep = Sweep(1.0, stage.clip.sweeps()["x"].quantities)
    stage.open_with_title()
    fixed = [one for i, name in enumerate("xzhyL") for one in put(stage, dial(stage.pen, name), 2.5 * i - 5.0, 1.2)]
    fixed += put(stage, dial(stage.pen, "h", ghost="y"), -5.0, -1.5)
    live = put(stage, dial(stage.pen, "x", source=sweep["moving_x"]), -2.0, -1.5)
    live += put(stage, dial(stage.pen, "dL_dx", source=sweep["moving_dL_dx"], ghost="dL_dh", symbol="x"), 1.0, -1.5)
    with stage.beat("ask", least=1.0):
        stage.play(Appear(*fixed))
    with stage.beat("move_x", least=1.0):
        stage.play(Appear(*live))
        stage.play(SweepTo(sweep, 0.0, run_time=1.0))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return film_of(board, tmp_path_factory.mktemp("dials"), 720, 10.0)


@pytest.mark.render
def test_honest_dials_are_right_to_a_third_of_a_degree(film: Film) -> None:
    findings = film.found(every=1)
    assert wrong(findings) == set()
    assert wrong_claims(film.ledger) == []
    rests = [f for f in findings if f.check == "angles" and f.what.startswith("dial of") and f.limit <= 0.3]
    assert len(rests) > 20


@pytest.mark.render
def test_honest_dials_are_right_in_a_light_draft(tmp_path: Path) -> None:
    assert wrong(film_of(board, tmp_path, 480, 15.0, "light").found(every=2)) == set()


@pytest.mark.proof
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_honest_dials_are_right_in_full_size(tmp_path: Path, theme: str) -> None:
    assert wrong(film_of(board, tmp_path, 1080, 60.0, theme).found(every=7)) == set()


@pytest.mark.render
def test_honest_dials_are_right_in_a_copy(film: Film, tmp_path: Path) -> None:
    assert wrong(film.found(forged(film, tmp_path / "again.mp4", crf=30))) == set()


CLAIMS: dict[str, tuple[str, Callable[[Plain, Plain], object]]] = {
    "another drawn value": ("dial", lambda row, sample: sample.update(shown=0.9)),
    "another radius": ("dial", lambda row, sample: row["sizes"].update(radius=0.45)),
    "another scale": ("dial", lambda row, sample: row.update(scale=DIAL.per_unit * 1.01)),
    "another place": ("dial", lambda row, sample: sample.update(ends=[[100.0, 100.0]])),
    "another ghost": ("ghost_dial", lambda row, sample: sample.update(reads=[0.6])),
}


@pytest.mark.render
@pytest.mark.parametrize("lie", CLAIMS)
def test_a_ledger_that_lies_of_a_dial_is_wrong(film: Film, lie: str) -> None:
    kind, edit = CLAIMS[lie]
    assert "geometry" in {finding.check for finding in wrong_claims(edited(film.ledger, kind, edit))}


def with_the_other_dot(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """An open dot filled, or none where one is open."""
    *face, dot, eye = pieces_of(row, sample, facts)
    assert len(eye.points)
    return [*face, dot, Piece(np.zeros((0, 2)))]


@pytest.mark.render
def test_lies_in_the_frames_are_found_and_nothing_else_is(film: Film, tmp_path: Path) -> None:
    lies: dict[str, tuple[Lie, str]] = {
        "dial of h": (number_changed(1.0, degrees=True), "angles"),
        "dial of z": (number_changed(-1.0, degrees=True), "angles"),
        "dial of y": (with_the_other_dot, "signs"),
        "dial of x": (beside(1.0), "positions"),
        "dial of L": (of_the_other_sign, "signs"),
        "ghost_dial of h": (number_changed(2.0, role=1, degrees=True), "angles"),
    }
    plan = Forger(film).plan({(what.split()[0], what): lie for what, (lie, _) in lies.items()})
    found = wrong(film.found_where(tmp_path / "lies.mp4", plan))
    assert {(check, what) for what, (_, check) in lies.items()} <= found
    names = {f"symbol of {name}" for name in "xzhyL"}
    assert {what for _, what in found} <= {*lies, *names, "the rest of the frame"}
