"""Stretches on number lines and the knobs that they stand on: on the stage, in the ledger and in the frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from audit_cases import wrong as wrong_claims
from dial_cases import Plain, beside, edited, film_of, number_changed, of_the_other_sign, stated
from film_cases import Film, wrong
from gear_film_cases import Forger, Lie
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import ink, lies, quantity
from stage_cases import dry_run

from scenes.parts.errors import StageError
from scenes.parts.measure import Axis
from scenes.parts.page import Form, Place
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.motions import Appear, SweepTo
from scenes.parts.stage.stage import Stage
from scenes.parts.theme import RING, SPECK, Theme
from scenes.parts.things.knob import knob
from scenes.parts.things.lettering import Symbol
from scenes.parts.things.ruler import Ruler
from scenes.parts.things.stretch import Stretch

THEME = Theme.of("dark", {}, "Source Sans 3")
AXIS = Axis("y_range", -1.0, 1.0, (-2.0, -1.0, 0.0), (2.0, -1.0, 0.0))
lengths = st.floats(-1e3, 1e3).filter(lambda v: v == 0.0 or abs(v) > 1e-6)
heads = st.sampled_from([0.0, 0.2])


@pytest.fixture(autouse=True)
def scales() -> Iterator[None]:
    with stated():
        yield


def made(length: float, head: float = 0.0, start: float = 0.25, axis: Axis = AXIS) -> Stretch:
    how = {"lift": 0.4, "thick": 0.09, "head": head, "theme": THEME}
    return Stretch(quantity(length), start=quantity(start), axis=axis, colour="#FEB251", **how)  # type: ignore[arg-type]


@given(length=lengths, head=heads, start=st.floats(-1.0, 1.0))
def test_it_begins_at_its_place_and_is_as_long_as_its_number(length: float, head: float, start: float) -> None:
    shown = made(length, head, start)
    assert shown.fault() is None
    assert shown.reading().value == pytest.approx(length, abs=1e-9)
    assert shown.reading().ends[0] == pytest.approx(AXIS.point(start)[:2])
    if abs(length) * AXIS.scale.per_unit > 2 * SPECK:
        points = ink(shown)[:, 0] - AXIS.point(start)[0]
        assert sorted((points.min(), points.max())) == pytest.approx(sorted((0.0, length * AXIS.scale.per_unit)))


@given(one=st.floats(0.0, 10.0), other=st.floats(0.0, 10.0), head=heads)
def test_a_larger_number_is_longer(one: float, other: float, head: float) -> None:
    low, high = (made(value, head).reading().value or 0.0 for value in sorted((one, other)))
    assert low <= high + 1e-9


@pytest.mark.parametrize("head", [0.0, 0.2])
def test_exactly_zero_is_the_ring_and_a_speck_is_a_dot(head: float) -> None:
    assert np.ptp(ink(made(0.0, head)), axis=0)[:2] == pytest.approx([2 * RING[0]] * 2)
    assert np.ptp(ink(made(1e-4, head)), axis=0)[1] == pytest.approx(2 * SPECK)


def test_a_negative_bar_is_hollow_and_on_the_other_side() -> None:
    plus, minus = made(0.5), made(-0.5)
    assert [len(piece.points) > 0 for piece in plus.submobjects] == [False, True, False]
    assert [len(piece.points) > 0 for piece in minus.submobjects] == [True, True, False]
    outer, inner = minus.submobjects[1].points[:16], minus.submobjects[1].points[16:]
    area = [np.sum(p[:-1, 0] * p[1:, 1] - p[1:, 0] * p[:-1, 1]) for p in (outer, inner)]
    assert np.sign(area[0]) == -np.sign(area[1]), "the hole is wound the other way, so that it is one"


@pytest.mark.parametrize("head", [0.0, 0.2])
@pytest.mark.parametrize("length", [0.6, -0.6, 0.0])
def test_every_change_is_a_fault(length: float, head: float) -> None:
    for what, lie in lies(made(length, head)):
        assert lie.fault() is not None, what
    assert made(length, head).shift([0.1, 0.0, 0.0]).fault() == "it was moved away from its axes"


def test_it_lies_on_a_line_from_left_to_right_only() -> None:
    for end in ((-2.0, 1.0, 0.0), (2.0, 0.0, 0.0), (-3.0, -1.0, 0.0)):
        with pytest.raises(StageError, match="runs from left to right"):
            made(0.5, axis=Axis("y_range", -1.0, 1.0, (-2.0, -1.0, 0.0), end))


# -- films ------------------------------------------------------------------------------------------------------------


def board(stage: Stage) -> None:
    """A bar and an arrow for minus at rest; an arrow for plus that follows x."""
    pen, sweep = stage.pen, Sweep(1.0, stage.clip.sweeps()["x"].quantities)
    axis = pen.axis("y_range", ((-4.0, -0.5), (0.0, -0.5)))
    other = pen.axis("y_range", ((1.0, -0.5), (5.0, -0.5)))
    down, up = (pen.quantities[name] for name in ("dL_dy", "dL_dh"))
    how = {"thick": 0.09, "theme": stage.theme}
    begin = pen.quantities["target"]
    bar = Stretch(down, start=begin, axis=axis, lift=0.6, head=0.0, colour=stage.theme.colour("gradient"), **how)
    white = stage.theme.colour("ink")
    back = Stretch(down, start=begin, axis=axis, lift=0.2, head=0.2, colour=white, **how)
    solid = Stretch(up, start=pen.quantities["y"], axis=other, lift=0.6, colour=stage.theme.colour("gradient"), **how)
    live = Stretch(sweep["moving_dL_dy"], start=begin, axis=other, lift=0.2, head=0.2, colour=white, **how)
    stage.open_with_title()
    with stage.beat("ask", least=1.0):
        stage.play(Appear(bar, back, solid))
    with stage.beat("move_x", least=1.0):
        stage.play(Appear(live, pen.live_readout(sweep["moving_x"]).at(5.0, 1.2)))
        stage.play(SweepTo(sweep, 0.4, run_time=1.0))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return film_of(board, tmp_path_factory.mktemp("stretches"), 720, 10.0)


@pytest.mark.render
def test_honest_stretches_are_right_at_rest_and_in_a_sweep(film: Film) -> None:
    findings = film.found(every=3)
    assert wrong(findings) == set()
    assert wrong_claims(film.ledger) == []


@pytest.mark.proof
@pytest.mark.parametrize(
    ("lines", "rate", "theme"), [(480, 15.0, "light"), (1080, 60.0, "dark"), (1080, 60.0, "light")]
)
def test_honest_stretches_are_right_in_every_format(tmp_path: Path, lines: int, rate: float, theme: str) -> None:
    assert wrong(film_of(board, tmp_path, lines, rate, theme).found(every=7)) == set()


CLAIMS: dict[str, tuple[Callable[[Plain, Plain], object], str]] = {
    "another drawn length": (lambda row, sample: sample.update(shown=0.5), "geometry"),
    "a scale of its own": (lambda row, sample: row.update(scale=1.0), "geometry"),
    "a beginning elsewhere": (lambda row, sample: row.update(across="y", through="y"), "geometry"),
    "two places to begin at": (lambda row, sample: row.update(across="y"), "geometry"),
    "another quantity": (lambda row, sample: row.update(quantity="h"), "values"),
}


@pytest.mark.render
@pytest.mark.parametrize("lie", CLAIMS)
def test_a_ledger_that_lies_of_one_is_wrong(film: Film, lie: str) -> None:
    edit, check = CLAIMS[lie]
    assert check in {finding.check for finding in wrong_claims(edited(film.ledger, "stretch", edit))}


@pytest.mark.render
@pytest.mark.parametrize(
    ("lie", "check"),
    [(number_changed(1.0), "lengths"), (of_the_other_sign, "signs"), (beside(1.5), "positions")],
    ids=["longer by a pixel", "to the other side", "beside its place"],
)
def test_lies_in_the_frames_are_found(film: Film, tmp_path: Path, lie: Lie, check: str) -> None:
    found = wrong(film.found_where(tmp_path / "lies.mp4", Forger(film).plan({("stretch", "stretch of dL_dh"): lie})))
    assert (check, "stretch of dL_dh") in found


@pytest.mark.parametrize("form", range(5))
def test_the_line_of_a_knob_has_the_name_of_its_weight_behind_its_right_end(form: int) -> None:
    def check(stage: Stage) -> None:
        step = stage.clip.sweeps()["step"]
        moving = Sweep(step.low, step.quantities)
        part = knob(stage.pen, "w1", key="knob_w1", gradient="dL_dw1", step=moving["moved_w1"], now=moving["now_w1"])
        need = part.forms[form]
        assert isinstance(need, Form)
        (left, right, *_), (up, down, *_) = need
        part.put(Place(part.name, 1.0, 0.5, left, right, up, down, form=form), stage.pen.scales)
        (name,) = (one for one in part.shown if isinstance(one, Symbol) and one.script() == "w_1")
        line = next(one for one in part.shown if isinstance(one, Ruler))
        assert name.submobjects[0].paint.colour == stage.theme.colour("weight")
        assert 0.0 < ink(name)[:, 0].min() - ink(line)[:, 0].max() < 0.2
        assert ink(name)[:, 0].max() <= 1.0 + right + 0.01
        others = (ink(one) for one in part.shown if one is not name)
        assert all(one[:, 0].max() < ink(name)[:, 0].min() or one[:, 1].min() > ink(name)[:, 1].max() for one in others)

    dry_run("TwoLayerNetwork", check)
