"""Outlines that follow from numbers: checked on the stage, claimed in the ledger, measured in the frames."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from audit_cases import wrong as wrong_claims
from film_cases import Film, forged, wrong
from gear_film_cases import Forger
from outlined_cases import Beam, Needle, Points, Slab, film_of, known
from stage_cases import dry_run, refusal

from scenes.parts.film.ledger import Ledger, SampleRow, ShownRow, parse_ledger
from scenes.parts.measure import Scale
from scenes.parts.settings import load
from scenes.parts.stage.stage import Stage
from scenes.parts.things.base import Paint
from scenes.parts.things.outlined import Numbers, Spot
from scenes.parts.things.shapes import polygon
from studio.audit.drawn import Facts, Piece
from studio.audit.kinds import pieces_of

AMBER, LONG = Paint("#FEB251"), {"length": 3.0, "edge": 0.028}
Plain = dict[str, Any]


@pytest.fixture(autouse=True)
def tables() -> Iterator[None]:
    with known():
        yield


# -- on the stage -----------------------------------------------------------------------------------------------------


def slab(stage: Stage) -> Slab:
    scale = stage.pen.scales["scale"]
    return Slab([(stage.quantities["h"], scale), (stage.quantities["dL_dy"], scale)], origin=(0, 0), paints=[AMBER])


def stretched(stage: Stage) -> None:
    stage.add(slab(stage).stretch(1.001, 0))
    stage.rest(1.0)


def of_a_scale_of_its_own(stage: Stage) -> None:
    stage.add(Beam([(stage.quantities["h"], Scale("scale", 0.3))], origin=(0, 0), sizes=LONG, paints=[AMBER, AMBER]))


def of_a_number(stage: Stage) -> None:
    stage.add(Needle([(0.5, stage.pen.scales["scale"])], origin=(0, 0), paints=[AMBER]))


def of_one_number_too_few(stage: Stage) -> None:
    Slab([(stage.quantities["h"], stage.pen.scales["scale"])], origin=(0, 0), paints=[AMBER])


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (stretched, "its outline is not the one that its value gives"),
        (of_a_scale_of_its_own, "a scale of 0.3 units per unit is stated nowhere in the settings"),
        (of_a_number, "0.5 is no quantity"),
        (of_one_number_too_few, "slab: it shows width, height, and was given 1 quantities"),
    ],
)
def test_the_stage_refuses_an_outline(lie: Callable[[Stage], None], said: str) -> None:
    code, told = refusal("PushThroughGears", lie)
    assert (code, said in told) == (1, True), told


def test_a_second_number_that_is_read_back_otherwise_is_a_fault() -> None:
    class Skewed(Slab):
        @classmethod
        def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
            return {**super().read(shapes, sizes), "height": -1.0}

    def check(stage: Stage) -> None:
        numbers = [(stage.quantities[name], stage.pen.scales["scale"]) for name in ("h", "dL_dy")]
        assert Slab(numbers, origin=(0, 0), paints=[AMBER]).fault() is None
        fault = Skewed(numbers, origin=(0, 0), paints=[AMBER]).fault()
        shows = -1.0 / stage.pen.scales["scale"].per_unit
        assert fault == f"its height shows {shows!r}, the core says -1.1669236856097243"

    dry_run("PushThroughGears", check)


def test_a_thing_on_two_axes_may_not_leave_them() -> None:
    def check(stage: Stage) -> None:
        x = stage.pen.axis("x_range", ((-4.0, 0.0), (4.0, 0.0)))
        spot = Spot((stage.quantities["stop_0_x"], x), (stage.quantities["stop_0_y"], x))
        shown = Beam([(stage.quantities["stop_0_y"], x.scale)], origin=spot, sizes=LONG, paints=[AMBER, AMBER])
        assert shown.fault() is None
        assert shown.shift([0.1, 0, 0]).fault() == "it was moved away from its axes"

    dry_run("ToyChain", check)


# -- in the ledger ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    with known():
        return film_of("PushThroughGears", tmp_path_factory.mktemp("train"), 720, 10.0)


@pytest.fixture(scope="module")
def plot(tmp_path_factory: pytest.TempPathFactory) -> Film:
    with known():
        return film_of("ToyChain", tmp_path_factory.mktemp("plot"), 480, 10.0)


@pytest.mark.render
def test_outlines_have_their_numbers_and_sizes_in_the_ledger(film: Film) -> None:
    row, span = film.rest("slab", "slab of h")
    scale = load().clip("PushThroughGears").scales()["scale"].per_unit
    assert [(number.role, number.quantity, number.scale) for number in row.numbers] == [("height", "dL_dy", scale)]
    (sample,) = span.samples
    assert sample.values[0].number == pytest.approx(-1.1669236856097243)
    assert sample.reads == pytest.approx([-1.1669236856097243])
    assert film.rest("beam", "beam of dL_dh")[0].sizes == LONG


def edited(ledger: Ledger, kind: str, edit: Callable[[Plain, Plain], None]) -> Ledger:
    """A ledger in which the row of the first thing of a kind, and its first sample, are changed."""
    plain = copy.deepcopy(ledger.model_dump(mode="json"))
    row = next(row for row in plain["shown"] if row["kind"] == kind)
    edit(row, next(sample for span in row["spans"] for sample in span["samples"]))
    return parse_ledger(json.dumps(plain), "a forged ledger")


LIES: dict[str, tuple[str, Callable[[Plain, Plain], None], str]] = {
    "another size": ("beam", lambda row, sample: row["sizes"].update(length=3.01), "geometry"),
    "another place": (
        "slab",
        lambda row, sample: sample.update(ends=[[sample["ends"][0][0] + 0.1, 270.0]]),
        "geometry",
    ),
    "no place": ("slab", lambda row, sample: sample.update(ends=[]), "geometry"),
    "another second number": (
        "slab",
        lambda row, sample: sample["values"].reverse() or sample.update(values=[sample["value"]]),
        "values",
    ),
    "a second number too few": ("slab", lambda row, sample: sample.update(values=[], reads=[]), "values"),
    "a drawn number that is not its value": ("slab", lambda row, sample: sample.update(reads=[-1.1]), "geometry"),
    "a first drawn number that is not its value": ("needle", lambda row, sample: sample.update(shown=-1.1), "geometry"),
    "a scale of its own": ("slab", lambda row, sample: row["numbers"][0].update(scale=1.1), "geometry"),
    "roles of its own": ("slab", lambda row, sample: row["numbers"][0].update(role="depth"), "geometry"),
    "another quantity": ("slab", lambda row, sample: row["numbers"][0].update(quantity="h"), "values"),
}


@pytest.mark.render
@pytest.mark.parametrize("lie", LIES)
def test_a_ledger_that_lies_of_an_outline_is_wrong(film: Film, lie: str) -> None:
    kind, edit, check = LIES[lie]
    assert wrong_claims(film.ledger) == []
    assert check in {finding.check for finding in wrong_claims(edited(film.ledger, kind, edit))}


@pytest.mark.render
def test_an_origin_that_its_quantities_put_elsewhere_is_wrong(plot: Film) -> None:
    assert wrong_claims(plot.ledger) == []
    for change in ({"across": "h_h1"}, {"through": "h_x"}, {"through": None}, {"axes": []}):
        lied = edited(plot.ledger, "slab", lambda row, sample, change=change: row.update(change))
        assert "geometry" in {finding.check for finding in wrong_claims(lied)}, change


# -- in the frames ---------------------------------------------------------------------------------------------------


@pytest.mark.render
def test_honest_outlines_are_right_at_rest_and_in_a_sweep(film: Film, plot: Film) -> None:
    assert wrong(film.found(every=4)) | wrong(plot.found(every=4)) == set()


def number_changed(role: int, by: float) -> Callable[[ShownRow, SampleRow, Facts], list[Piece]]:
    """The outlines of a number that is larger by so many pixels, or for a bow degrees."""

    def lie(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        values = [sample.value, *sample.values]
        off = np.radians(by) if row.kind == "needle" else by / facts.unit
        scale = [row.scale or 1.0, *(number.scale for number in row.numbers)][role]
        number = values[role].number + off / scale  # type: ignore[union-attr]
        values[role] = values[role].model_copy(update={"hex": number.hex()})  # type: ignore[union-attr]
        return pieces_of(row, sample.model_copy(update={"value": values[0], "values": tuple(values[1:])}), facts)

    return lie


def of_the_other_sign(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """Solid for hollow."""
    assert sample.value is not None
    other = sample.value.model_copy(update={"hex": (-sample.value.number).hex()})
    return pieces_of(row, sample.model_copy(update={"value": other}), facts)


def swollen(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """A band whose upper edge bulges by 1.2 pixels, over a fifth of its length."""
    left, top, right, _ = sample.box
    start, end = (left + (right - left) * share for share in (0.4, 0.6))
    bulge = polygon([[start, top, 0], [end, top, 0], [end, top - 1.2, 0], [start, top - 1.2, 0]])[:, :2]
    *others, ink = pieces_of(row, sample, facts)
    return [*others, Piece(np.concatenate([ink.points, bulge]))]


def beside(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """A thing a pixel to the right of its place."""
    return [
        Piece(p.points + np.array([1.0, 0.0]) if len(p.points) else p.points, p.stroke)
        for p in pieces_of(row, sample, facts)
    ]


@pytest.mark.render
def test_planted_lies_are_found(film: Film, tmp_path: Path) -> None:
    lies = {
        ("beam", "beam of dL_dh"): number_changed(0, 1.0),
        ("slab", "slab of h"): number_changed(1, -1.0),
        ("needle", "needle of dL_dy"): number_changed(0, 1.0),
        ("beam", "beam of dL_dy"): of_the_other_sign,
    }
    found = wrong(film.found_where(tmp_path / "lies.mp4", Forger(film).plan(lies)))
    assert {
        ("lengths", "beam of dL_dh"),
        ("angles", "needle of dL_dy"),
        ("signs", "beam of dL_dy"),
    } <= found
    assert {("lengths", "slab of h"), ("edges", "slab of h")} & found


@pytest.mark.render
def test_a_bulge_and_a_shift_are_found(film: Film, tmp_path: Path) -> None:
    lies = {("beam", "beam of dL_dh"): swollen, ("needle", "needle of dL_dy"): beside}
    found = wrong(film.found_where(tmp_path / "lies.mp4", Forger(film).plan(lies)))
    assert {("edges", "beam of dL_dh"), ("positions", "needle of dL_dy")} <= found


@pytest.mark.render
def test_a_copy_that_was_encoded_again_is_still_right(film: Film, tmp_path: Path) -> None:
    assert wrong(film.found(forged(film, tmp_path / "again.mp4", crf=30))) == set()
