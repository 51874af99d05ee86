"""Bars on an axis of powers of ten, and its broken place: what they draw, and lies about them in ledger and frames."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from audit_cases import wrong as wrong_claims
from dial_cases import Plain, beside, edited, number_changed, sized
from film_cases import Film, wrong
from gear_film_cases import Forger, Lie
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import config, tempconfig
from quantity_cases import INK, ink, lies, places, quantity
from shape_cases import lengths, same, whole
from stage_cases import storyboard_of
from truth_cases import changed, settings_in_use

from scenes.parts.film.ledger import SampleRow, ShownRow, read_ledger
from scenes.parts.measure import Scale
from scenes.parts.page import Place
from scenes.parts.settings import load
from scenes.parts.stage.motions import Appear
from scenes.parts.stage.stage import Stage
from scenes.parts.theme import FINE, Theme
from scenes.parts.things.axis_break import BROKEN, AxisBreak
from scenes.parts.things.deep_charts import DeepCharts
from scenes.parts.things.log_bar import LogBar
from studio.audit.drawn import Facts, Piece
from studio.audit.kinds import pieces_of
from studio.audit.things.axis_break import AXIS_BREAK
from studio.audit.things.log_bar import LOG_BAR

THEME = Theme.of("dark", {}, "Source Sans 3")
DECADE, WIDTH, SIZES = Scale("decades", 0.5), Scale("bar_width", 0.3), {"rim": 0.028}
CLIP, CLOSED = "ExtendedChain", {"second": ["relu", "sigmoid", "cos", "sin"], "second_x": -1.0}
"""A chain in which the slope of one function is exactly 0, so that the axis has its broken place; and a minus."""


def bar(power: float, sign: float = 1.0, foot: tuple[float, float] = (0.0, 0.0)) -> LogBar:
    return LogBar((quantity(power), DECADE), (quantity(sign), WIDTH), origin=foot, theme=THEME, colour=INK)


@given(power=lengths, sign=st.sampled_from((-1.0, 1.0)))
@settings(max_examples=20)
def test_both_sides_say_the_same_bar_and_it_is_as_long_as_its_power(power: float, sign: float) -> None:
    drawn = {"power": power, "side": 0.3 * sign}
    shapes = LogBar.shapes(drawn, SIZES)
    assert whole(shapes)
    assert same(shapes, LOG_BAR.shapes(drawn, SIZES))
    found = LogBar.read(shapes, SIZES)
    assert found["power"] == pytest.approx(power, rel=1e-9, abs=1e-9)
    assert found["side"] == pytest.approx(0.3 * sign)


@given(power=st.floats(-8.0, 8.0).filter(lambda v: abs(v) > 0.1), sign=st.sampled_from((-1.0, 1.0)), foot=places)
@settings(max_examples=10)
def test_it_hangs_from_one_for_less_and_stands_on_it_for_more(
    power: float, sign: float, foot: tuple[float, float]
) -> None:
    shown = bar(power, sign, foot)
    reach = ink(shown)[:, 1] - foot[1]
    assert (reach.max(), reach.min()) == pytest.approx((max(power / 2, 0.0), min(power / 2, 0.0)), abs=1e-9)
    assert (len(shown.submobjects[0].points) > 0) == (sign < 0), "hollow for minus"
    assert shown.fault() is None
    assert shown.reading().value == pytest.approx(power)
    assert shown.reading().values == (pytest.approx(sign),)


def test_one_and_minus_one_are_lines_in_one_piece_and_in_two() -> None:
    for sign, pieces in ((1.0, 1), (-1.0, 2)):
        shown = bar(0.0, sign)
        assert np.ptp(ink(shown), axis=0)[:2] == pytest.approx([0.3, FINE])
        assert len(shown.submobjects[1].points) == 16 * pieces
        assert shown.fault() is None
        assert shown.reading().values == (pytest.approx(sign),)


@pytest.mark.parametrize(("power", "sign"), [(-3.0, 1.0), (-3.0, -1.0), (2.0, 1.0), (0.0, -1.0)])
def test_every_change_of_a_bar_is_a_fault(power: float, sign: float) -> None:
    for what, lie in lies(bar(power, sign)):
        assert lie.fault() is not None, what


def test_it_grows_from_its_foot_as_wide_as_it_is() -> None:
    half = np.concatenate(list(bar(-4.0).unfolded(0.5)))
    assert np.ptp(half, axis=0)[:2] == pytest.approx([0.3, 1.0])


def test_both_sides_draw_the_same_broken_place_and_every_change_of_it_is_a_fault() -> None:
    shown = AxisBreak(origin=(1.0, 2.0), theme=THEME)
    assert same(AxisBreak.shapes(shown.sizes), AXIS_BREAK.figure(shown.sizes))
    line, strokes = (piece.points[:, 1] for piece in shown.submobjects)
    assert (line.max(), line.min()) == pytest.approx((2.0, 2.0 - BROKEN))
    gap = np.sort(line)[np.argmax(np.diff(np.sort(line)))]
    assert strokes.min() < gap < strokes.max(), "the strokes stand where the line stops"
    for what, lie in lies(shown):
        assert lie.fault() is not None, what


# -- films ------------------------------------------------------------------------------------------------------------


def board(stage: Stage) -> None:
    """Both long chains on the axis of powers of ten, at rest."""
    charts = DeepCharts(stage.pen, stage.clip.long)
    for chart, x in zip(charts.log, (-5.0, 1.5), strict=True):
        chart.part.put(Place(chart.part.name, x, -1.4, 1.0, 1.0, 1.0, 1.0, len(chart.steps) - 1), stage.pen.scales)
    with stage.beat("say_claim", least=1.0):
        stage.play(Appear(*charts.frames(charts.log)))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    with settings_in_use(changed(CLIP, CLOSED)):
        return film_of(tmp_path_factory.mktemp("log bars"))


def film_of(folder: Path) -> Film:
    size = {"pixel_width": 1280, "pixel_height": 720, "frame_rate": 10.0}
    quiet = {"progress_bar": "none", "verbosity": "ERROR", "format": "mp4", "write_all": False, "dry_run": False}
    storyboard = storyboard_of(load().clip(CLIP).scene)
    with tempconfig({**size, **quiet, "media_dir": str(folder), "write_to_movie": True}):
        config.frame_width, config.frame_height = 128 / 9, 8.0
        stage = type(CLIP, (storyboard,), {"construct": board})()
        stage.render()
    assert stage.writer.final is not None
    return Film(stage.writer.final, read_ledger(stage.writer.final.with_suffix(".ledger.json")))


def on_the_other_side(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """What a bar of the other sign would look like."""
    (side,) = sample.values
    assert side is not None
    other = side.model_copy(update={"hex": (-side.number).hex()})
    return pieces_of(row, sample.model_copy(update={"values": (other,)}), facts)


@pytest.mark.render
def test_honest_bars_and_an_honest_broken_place_are_right(film: Film) -> None:
    assert wrong(film.found(every=5)) == set()
    assert wrong_claims(film.ledger) == []
    kinds = {row.kind for row in film.ledger.shown}
    assert {"log_bar", "axis_break", "stave"} <= kinds, "powers, the broken place, and rings of exactly zero behind it"


CLAIMS: dict[str, tuple[str, Callable[[Plain, Plain], object], str]] = {
    "another drawn power": ("log_bar", lambda row, sample: sample.update(shown=-2.0), "geometry"),
    "a decade of another length": ("log_bar", lambda row, sample: row.update(scale=1.0), "geometry"),
    "another push": ("log_bar", lambda row, sample: row.update(quantity="first_power_h3"), "values"),
    "an axis that breaks later": ("axis_break", lambda row, sample: row["sizes"].update(length=0.7), "geometry"),
}


@pytest.mark.render
@pytest.mark.parametrize("lie", CLAIMS)
def test_a_ledger_that_lies_of_one_is_wrong(film: Film, lie: str) -> None:
    kind, edit, check = CLAIMS[lie]
    assert check in {finding.check for finding in wrong_claims(edited(film.ledger, kind, edit))}


BAR, BREAK = ("log_bar", "log_bar of first_power_x"), ("axis_break", "axis_break")
FORGED: dict[str, tuple[tuple[str, str], Lie, str]] = {
    "two pixels too short": (BAR, number_changed(2.0), "lengths"),
    "a bar of minus": (BAR, on_the_other_side, "signs"),
    "beside its place": (BAR, beside(1.5), "edges"),
    "an axis that breaks later": (BREAK, sized(length=0.6), "shapes"),
}


@pytest.mark.render
@pytest.mark.parametrize("lie", FORGED)
def test_lies_in_the_frames_are_found(film: Film, tmp_path: Path, lie: str) -> None:
    thing, edit, check = FORGED[lie]
    edits = Forger(film).plan({thing: edit})
    assert (check, thing[1]) in wrong(film.found_where(tmp_path / "lies.mp4", edits))
