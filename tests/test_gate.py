"""Gates, what joins things, and the bracket of a push of 1: on the stage, in the ledger and in the frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from audit_cases import wrong as wrong_claims
from dial_cases import RIBBON, Plain, beside, edited, film_of, number_changed, put, sized, stated
from film_cases import Film, wrong
from gear_film_cases import Forger, Lie
from hypothesis import given
from hypothesis import strategies as st
from quantity_cases import ink, lies, places, quantity
from stage_cases import dry_run, refusal

from scenes.parts.errors import StageError
from scenes.parts.measure import Scale
from scenes.parts.page import Auto, Form, Place, Region, Stations, between, gap, lay_out, on
from scenes.parts.stage.motions import Appear
from scenes.parts.stage.stage import Stage
from scenes.parts.theme import LABEL, POST, VALUE, Theme
from scenes.parts.things.base import Shown
from scenes.parts.things.bracket import Bracket, bracket
from scenes.parts.things.decor import Decor
from scenes.parts.things.dial import dial
from scenes.parts.things.gate import Plate, gate, named_over, posts
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.number_line import number_line
from scenes.parts.things.strips import dashes, plate, rod
from scenes.parts.things.wire import bead, edge, leader, wire

THEME = Theme.of("dark", {}, "Source Sans 3")
sizes = st.floats(0.15, 6.0)


@pytest.fixture(autouse=True)
def scales() -> Iterator[None]:
    with stated():
        yield


def box(shown: Shown) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of all that is drawn."""
    points = ink(shown)[:, :2]
    return (*points.min(axis=0).tolist(), *points.max(axis=0).tolist())


# -- strips -----------------------------------------------------------------------------------------------------------


@given(start=places, end=places, width=st.floats(0.01, 0.2))
def test_a_rod_reaches_exactly_from_end_to_end(
    start: tuple[float, float], end: tuple[float, float], width: float
) -> None:
    a, b = np.array([*start, 0.0]), np.array([*end, 0.0])
    length = float(np.linalg.norm(b - a))
    if length > 2 * width:
        outline = rod(a, b, width)
        along = (np.concatenate([outline[::4], outline[3::4]]) - a) @ (b - a) / length
        assert (along.min(), along.max()) == pytest.approx((0.0, length), abs=1e-6)


@given(width=sizes, height=sizes)
def test_a_plate_is_as_large_as_it_says(width: float, height: float) -> None:
    outline = plate(width, height, 0.07)
    assert np.ptp(outline, axis=0)[:2] == pytest.approx([width, height])


@given(start=places, end=places)
def test_dashes_begin_and_end_with_the_line_however_short(start: tuple[float, float], end: tuple[float, float]) -> None:
    a, b = np.array([*start, 0.0]), np.array([*end, 0.0])
    length = float(np.linalg.norm(b - a))
    drawn = dashes(a, b, 0.014, 0.06, 0.05)
    assert np.isfinite(drawn).all()
    if length > 1e-3:
        along = (drawn - a) @ (b - a) / length
        assert (along.min(), along.max()) == pytest.approx((0.0, length), abs=1e-9)


# -- gates ------------------------------------------------------------------------------------------------------------


def test_a_plate_holds_what_it_says_and_its_part_says_how_much_room_it_needs() -> None:
    def check(stage: Stage) -> None:
        pen = stage.pen
        says: dict[str, list[Lettering | None]] = {
            "local_3": [None, pen.words("at_most", height=VALUE), pen.readout("dL_dy", height=VALUE, full=True)],
            "w2": [pen.readout("w2", height=VALUE, form="equation", align="right")],
        }
        for name, content in ((name, content) for name, each in says.items() for content in each):
            part = gate(pen, name, content)
            shown, said = put(stage, part, -1.0, 0.5)
            assert isinstance(shown, Plate)
            across, upright = part.forms[0]  # type: ignore[misc]
            room = (-1.0 - across.before, 0.5 - upright.after, -1.0 + across.after, 0.5 + upright.before)
            assert box(shown) == pytest.approx(room, abs=1e-9)
            left, bottom, right, top = box(said)
            rim = shown.submobjects[1].points  # the plate's body
            beside = 0.08 if isinstance(said, Lettering) and said.script().endswith(")") else 0.11
            assert (left - rim[:, 0].min(), rim[:, 0].max() - right) == pytest.approx((beside, beside), abs=1e-6)
            assert bottom > rim[:, 1].min() + 0.02
            assert top < rim[:, 1].max() - 0.02

    dry_run("PushThroughGears", check)


def test_a_gate_has_the_colour_of_weights_exactly_where_its_slope_is_one() -> None:
    def check(stage: Stage) -> None:
        for name, role in (("w1", "weight"), ("local_1", "ink")):
            part = gate(stage.pen, name)
            plate_, said = put(stage, part, 0.0, 1.0)
            (post,) = posts(stage.theme, Place("wire", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), part)
            assert (plate_.colours[0], said.colours[0], post.colours[1]) == (stage.theme.colour(role),) * 3

    dry_run("PushThroughGears", check)


@pytest.mark.parametrize(("form", "many", "letters"), [(0, 3, VALUE), (1, 3, VALUE), (2, 3, LABEL), (3, 2, LABEL)])
def test_a_title_stands_over_its_plate_or_on_it_and_before_it_goes_letters_are_small(
    form: int, many: int, letters: float
) -> None:
    def check(stage: Stage) -> None:
        part = gate(stage.pen, "w1", title=stage.pen.symbol("w1", height=LABEL))
        across, upright = part.forms[form]  # type: ignore[misc]
        part.put(Place(part.name, 0.0, 0.0, *across[:2], *upright[:2], form), {})
        (plate_, *title, said) = part.shown
        assert len(part.shown) == many
        assert isinstance(said, Lettering)
        assert said.height_of_type == letters
        boxes = [box(one) for one in part.shown]
        assert upright.before - 0.1 < max(top for *_, top in boxes) <= upright.before + 1e-9
        assert max(right for *_, right, _ in boxes) <= across.after + 1e-9
        assert list(named_over(part)) == (title if form != 1 else [])
        for one in title:
            if form == 1:
                assert box(plate_)[0] < box(one)[0] < box(one)[2] < box(said)[0] < box(said)[2] < box(plate_)[2]
            else:
                assert box(one)[1] > box(plate_)[3]

    dry_run("PushThroughGears", check)


def test_a_plate_has_room_for_a_number_at_its_widest() -> None:
    def check(stage: Stage) -> None:
        wide = gate(stage.pen, "local_1", widest=Form.fixed(0.5, 1.5, VALUE, 0.0))
        assert wide.forms[0].across.least == pytest.approx(2.0 + 2 * 0.13)  # type: ignore[union-attr]

    dry_run("PushThroughGears", check)


def test_every_change_of_a_gate_is_a_fault() -> None:
    def check(stage: Stage) -> None:
        shown, _ = put(stage, gate(stage.pen, "w1"), 0.3, 0.1)
        assert shown.fault() is None
        assert shown.copy().shift([0.5, 0.0, 0.0]).fault() is None  # it may travel, and says where it is
        for what, lie in lies(shown):
            assert lie.fault() is not None, what

    dry_run("PushThroughGears", check)


# -- what joins things ------------------------------------------------------------------------------------------------


def test_edges_lead_from_ring_to_ring_with_their_heads_before_the_next() -> None:
    def check(stage: Stage) -> None:
        parts = [dial(stage.pen, name) for name in "xzh"]
        for part, place in zip(parts, ((-4.0, 0.0), (0.0, 0.0), (0.0, -3.0)), strict=True):
            put(stage, part, *place)
        line, head, down, tip = wire(stage.theme, *parts)
        assert box(line)[0] == pytest.approx(-3.5)
        assert box(head)[2] == pytest.approx(-0.54)
        assert box(line)[2] == pytest.approx(box(head)[0])
        assert (box(down)[3], box(tip)[1]) == pytest.approx((-0.5, -3.0 + 0.54))

    dry_run("PushThroughGears", check)


def test_an_edge_needs_two_places() -> None:
    with pytest.raises(StageError, match="an edge goes from one place to another"):
        edge(THEME, (1.0, 1.0), (1.0, 1.0))

    def nowhere(stage: Stage) -> None:
        wire(stage.theme, dial(stage.pen, "x"), dial(stage.pen, "z"))

    assert refusal("PushThroughGears", nowhere) == (1, "x: it is on no page, so nothing can lead there\n")


@given(start=places, end=places)
def test_edges_and_leaders_of_any_length_are_drawn(start: tuple[float, float], end: tuple[float, float]) -> None:
    if np.hypot(*np.subtract(end, start)) > 1e-6:
        pieces: list[Decor] = [*edge(THEME, start, end), leader(THEME, start, end)]
        assert all(np.isfinite(ink(piece)).all() and piece.fault() is None for piece in pieces)


# -- the bracket ------------------------------------------------------------------------------------------------------


@given(scale=st.floats(1e-3, 10.0), place=places)
def test_a_bracket_is_as_long_as_a_push_of_one_is_thick(scale: float, place: tuple[float, float]) -> None:
    shown = Bracket(quantity(1.0), Scale("ribbon", scale), origin=place, colour="#FEB251")
    assert shown.fault() is None
    left, bottom, right, top = box(shown)
    assert top - bottom == pytest.approx(scale)
    assert ((left + right) / 2, (bottom + top) / 2) == pytest.approx(place)


@pytest.mark.parametrize("push", [0.0, -1.0, 1.0000001, 2.0])
def test_a_bracket_of_another_push_is_refused(push: float) -> None:
    with pytest.raises(StageError, match="it shows a push of 1, not of"):
        Bracket(quantity(push), RIBBON, origin=(0.0, 0.0), colour="#FEB251")


def test_the_words_stand_beside_the_bracket_or_over_it_and_its_room_follows_from_the_scale() -> None:
    def check(stage: Stage) -> None:
        part = bracket(stage.pen, "dL_dL", "at_most")
        shown, said = put(stage, part, 4.0, 0.0)
        assert box(said)[2] < box(shown)[0] - 0.05
        part = bracket(stage.pen, "dL_dL", "at_most")
        part.put(Place(part.name, 4.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1), stage.pen.scales)
        shown, said = part.shown
        room = part.forms[1]({"ribbon": RIBBON.per_unit})  # type: ignore[operator]
        assert box(said)[1] > box(shown)[3] + 0.05
        assert box(said)[3] <= room.upright.before + 1e-9
        assert room.upright.after == pytest.approx(RIBBON.per_unit / 2)

    dry_run("PushThroughGears", check)


# -- films ------------------------------------------------------------------------------------------------------------


def board(stage: Stage) -> None:
    """A part of a network: two dials, their edge, gates, a bead, the bracket."""
    pen, dials = stage.pen, [dial(stage.pen, name) for name in "zhL"]
    faces = [one for i, part in enumerate(dials) for one in put(stage, part, 4.0 * i - 5.0, 0.4)]
    shown: list[Shown] = [*wire(stage.theme, *dials)]
    gates = gate(pen, "local_1"), gate(pen, "w2", pen.readout("w2", height=VALUE, form="equation", colour="weight"))
    plates = [one for i, part in enumerate(gates) for one in put(stage, part, 4.0 * i - 3.0, 1.3)]
    shown += [*posts(stage.theme, dials[0], *gates), *plates]
    shown += [*faces, *put(stage, bracket(pen, "dL_dL", "at_most"), 5.0, 0.4)]
    shown += [leader(stage.theme, (-3.0, -0.3), (-3.0, -2.0)), bead(stage.theme, (-1.0, -1.5))]
    stage.open_with_title()
    with stage.beat("ask", least=1.4):
        stage.play(Appear(*shown))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return film_of(board, tmp_path_factory.mktemp("gates"), 720, 10.0)


@pytest.mark.render
def test_honest_gates_are_right_and_what_their_plates_say_is_legible(film: Film) -> None:
    findings = film.found()
    assert wrong(findings) == set()
    assert wrong_claims(film.ledger) == []
    looked_at = {(f.check, f.what) for f in findings}
    assert {
        ("shapes", "plate of w2"),
        ("shapes", "post of w2"),
        ("contrast", "readout of w2 '−0.8'"),
        ("lengths", "bracket of dL_dL"),
    } <= looked_at


@pytest.mark.proof
@pytest.mark.parametrize(
    ("lines", "rate", "theme"), [(480, 15.0, "light"), (1080, 60.0, "dark"), (1080, 60.0, "light")]
)
def test_honest_gates_are_right_in_every_format(tmp_path: Path, lines: int, rate: float, theme: str) -> None:
    assert wrong(film_of(board, tmp_path, lines, rate, theme).found()) == set()


CLAIMS: dict[str, tuple[str, Callable[[Plain, Plain], object], str]] = {
    "a plate of another size": ("plate", lambda row, sample: row["sizes"].update(width=2.0), "geometry"),
    "a plate that shows a number": ("plate", lambda row, sample: sample.update(shown=0.3), "geometry"),
    "a post with a scale": ("post", lambda row, sample: row.update(scale=1.0), "geometry"),
    "a plate of no quantity that there is": ("plate", lambda row, sample: row.update(quantity="local_9"), "values"),
    "a bracket of another scale": ("bracket", lambda row, sample: row.update(scale=1.0), "geometry"),
    "a bracket of another push": ("bracket", lambda row, sample: row.update(quantity="dL_dh"), "values"),
    "a bracket that stands for less": ("bracket", lambda row, sample: sample.update(shown=0.9), "geometry"),
    "a bead elsewhere": ("bead", lambda row, sample: sample.update(ends=[[9.0, 9.0]]), "geometry"),
}


@pytest.mark.render
@pytest.mark.parametrize("lie", CLAIMS)
def test_a_ledger_that_lies_of_them_is_wrong(film: Film, lie: str) -> None:
    kind, edit, check = CLAIMS[lie]
    assert check in {finding.check for finding in wrong_claims(edited(film.ledger, kind, edit))}


@pytest.mark.render
def test_lies_in_the_frames_are_found_and_nothing_else_is(film: Film, tmp_path: Path) -> None:
    lies: dict[str, tuple[Lie, str]] = {
        "bracket of dL_dL": (number_changed(2.0), "lengths"),
        "plate of w2": (sized(width=1.76), "lengths"),
        "post of local_1": (beside(1.0), "positions"),
        "bead": (beside(1.0), "positions"),
    }
    assert film.rest("plate", "plate of w2")[0].sizes["width"] == pytest.approx(1.79, abs=0.03)
    plan = Forger(film).plan({(what.split()[0], what): lie for what, (lie, _) in lies.items()})
    found = wrong(film.found_where(tmp_path / "lies.mp4", plan))
    assert {(check, what) for what, (_, check) in lies.items()} <= found
    assert {what for _, what in found} <= {*lies, "the rest of the frame"}


def test_a_post_is_as_wide_as_the_look_says_and_stands_under_its_plate_only() -> None:
    def check(stage: Stage) -> None:
        part, wire_at = gate(stage.pen, "w1"), Place("wire", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        put(stage, part, 0.0, 0.9)
        (post,) = posts(stage.theme, wire_at, part)
        assert np.ptp(post.submobjects[1].points, axis=0)[0] == pytest.approx(POST, abs=1e-6)
        with pytest.raises(StageError, match="gate w1: it stands on its wire"):
            posts(stage.theme, Place("wire", 0.0, 0.9, 0.0, 0.0, 0.0, 0.0), part)

    dry_run("PushThroughGears", check)


# -- on a page --------------------------------------------------------------------------------------------------------


def test_a_network_of_them_lays_itself_out() -> None:
    def check(stage: Stage) -> None:
        pen, names = stage.pen, "xzhyL"
        dials = [dial(pen, name) for name in names]
        gates = [gate(pen, name) for name in ("w1", "local_1", "w2", "local_3")]
        line = number_line(pen, "y_range", "y", "target", square=("L", "dL_dy"))
        legend = bracket(pen, "dL_dL", "at_most")
        page = Stations(between(*gates), gap(0.1), on(*dials, legend), on(*[None] * 3, line))
        found = lay_out(page, Region(-6.4, -3.0, 6.4, 2.5), {"ribbon": Auto(most=1.0)})
        scales = {**pen.scales, "ribbon": Scale("ribbon", found.scales["ribbon"])}
        for part in (*gates, *dials, line, legend):
            part.put(found[part.name], scales)
        wires = [found[part.name].y for part in (*dials, legend)]
        assert found[line.name].x == found["y"].x  # the line hangs under its dial
        assert wires == pytest.approx([wires[0]] * len(wires))
        for post, part in zip(posts(stage.theme, dials[0], *gates), gates, strict=True):
            assert box(post)[1] == pytest.approx(wires[0] - 0.58)
            assert 0.0 < box(post)[3] - box(part.shown[0])[1] < 0.03
        for part in (*dials, *gates, line, legend):
            points = np.concatenate([ink(one) for one in part.shown])[:, :2]
            region = found[part.name].region
            assert (points.min(axis=0) >= np.array([region.left, region.bottom]) - 1e-6).all(), part.name
            assert (points.max(axis=0) <= np.array([region.right, region.top]) + 1e-6).all(), part.name

    dry_run("PushThroughGears", check)
