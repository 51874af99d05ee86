"""Function gears: what a ledger claims of wheels that are not round and of tangents, and what frames show of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from audit_cases import Edit, Plain, honest, sample, told, value, wrong
from audit_cases import forged as with_lie
from film_cases import Film, rendered
from film_cases import wrong as wrong_pixels
from gear_film_cases import Lies, geared_pieces
from test_audit_gear_pixels import checks_of, lying

from scenes.parts.film.ledger import SampleRow, ShownRow
from studio.audit.drawn import Facts, Piece
from studio.audit.kinds import KINDS, pieces_of
from studio.audit.outlined import Outlined

pytestmark = pytest.mark.render
CLIP = "FunctionGears"


def test_honest_function_gears_have_nothing_wrong() -> None:
    assert wrong(honest(CLIP)) == []


def test_a_wheel_that_is_not_at_the_angle_of_its_value_is_named() -> None:
    def edit(plain: Plain) -> None:
        sample(plain, "sector", "h_0", "tracking")["shown"] += 0.005

    assert "sector of h_0: its turn stands for " in told(with_lie(CLIP, edit))["geometry"]


def test_a_value_edited_with_its_angle_is_named_by_core_and_reference() -> None:
    def edit(plain: Plain) -> None:
        wheel = sample(plain, "sector", "h_0", "tracking")
        wheel["value"] = value(float(wheel["value"]["repr"]) + 1e-3)
        wheel["shown"] += 1e-3

    said = told(with_lie(CLIP, edit))
    assert said["live values"].startswith("sector of h_0: it claims ")
    assert said["live reference"].startswith("sector of h_0: it claims ")


NOT_ALONE = ("dot", "near_0"), ("dot", "wrong"), ("legs", "circle_rise")
"""What is judged by the other things of its ledger, too."""


def told_of(kind: str, of: str, edit: Edit) -> dict[str, str]:
    """What is said of a thing that was edited, in a ledger of nothing but things of its kind where that will do."""
    if (kind, of) in NOT_ALONE:
        return told(with_lie(CLIP, edit))

    def alone(plain: Plain) -> None:
        edit(plain)
        plain["shown"] = [row for row in plain["shown"] if row["kind"] == kind]

    return told(with_lie(CLIP, alone))


def row(plain: Plain, kind: str, quantity: str) -> Plain:
    """The row of a thing."""
    return next(row for row in plain["shown"] if row["kind"] == kind and row["quantity"] == quantity)


@pytest.mark.parametrize(
    ("kind", "of", "edit", "said"),
    [
        ("sector", "h_0", {"wheel": "driven_1"}, "the settings know no such wheel 'driven_1'"),
        ("sector", "h_0", {"scale": 1.8}, "no setting states its scale of 1.8"),
        ("sector", "h_0", {"axes": ()}, "it names no axis"),
        ("arm", "near_0", {"scale": 2.0}, "its length is not measured on the line of centres"),
        ("round", "circle_far", {"scale": 1.0}, "its length is not measured on the line of centres"),
        ("legs", "rise_0", {"across": None}, "it does not say of which quantities it stands"),
        ("legs", "rise_0", {"scale": 7.0}, "no setting states its scale of 7.0"),
        ("legs", "one_rise", {"scale": 7.0}, "no setting states its scale of 7.0"),
        ("legs", "circle_rise", {"across": "end_x"}, "legs of circle_rise"),
        ("sector", "h_0", {"wheel": "driver_0"}, "the settings know no such wheel 'driver_0'"),
        ("rungs", "ticks_h_0", {"quantity": "ticks_x_0"}, "a line of it does not stand at"),
    ],
)
def test_a_row_that_says_otherwise_than_the_settings_is_named(kind: str, of: str, edit: Plain, said: str) -> None:
    assert said in told_of(kind, of, lambda plain: row(plain, kind, of).update(edit))["geometry"]


@pytest.mark.parametrize("size", ["size", "high", "function", "far"])
def test_a_wheel_of_another_size_function_or_hub_is_named(size: str) -> None:
    def edit(plain: Plain) -> None:
        row(plain, "sector", "h_0")["sizes"][size] += 0.5

    assert told_of("sector", "h_0", edit)["geometry"].startswith("sector of h_0: ")


@pytest.mark.parametrize(
    ("kind", "of"),
    [
        *(("dot", "near_0"), ("arm", "far_0"), ("legs", "rise_0"), ("rungs", "ticks_x_0")),
        *(("dot", "wrong"), ("legs", "one_rise"), ("legs", "circle_rise")),
    ],
)
def test_what_stands_beside_its_hub_its_axis_or_its_point_is_named(kind: str, of: str) -> None:
    def edit(plain: Plain) -> None:
        spans = row(plain, kind, of)["spans"]
        next(span for span in spans if span["samples"])["samples"][0]["ends"][0][0] += 0.05

    assert told_of(kind, of, edit)["geometry"].startswith(f"{kind} of {of}: ")


def test_legs_that_claim_another_run_are_named() -> None:
    def edit(plain: Plain) -> None:
        legs = sample(plain, "legs", "rise_0", "tracking")
        legs["values"] = [value(float(legs["values"][0]["repr"]) + 0.01)]
        legs["reads"] = [legs["reads"][0] + 0.01]

    said = told(with_lie(CLIP, edit))
    assert said["live values"].startswith("legs of rise_0: it claims ")


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return rendered(tmp_path_factory.mktemp("functions"), "function_gears", CLIP)


@pytest.mark.proof
def test_honest_function_gears_show_what_they_claim_and_every_lie_is_named(film: Film, tmp_path: Path) -> None:
    findings = film.found()
    assert wrong_pixels(findings) == set()
    for kind, wanted in {
        "sector of": {"angles", "shapes", "positions", "colours"},
        "arm of": {"lengths", "shapes", "positions", "edges"},
        "round of": {"lengths", "shapes", "positions"},
        "legs of": {"lengths", "signs", "directions", "shapes"},
        "rungs of": {"shapes", "positions"},
        "hub of": {"lengths", "shapes", "positions"},
    }.items():
        assert {finding.check for finding in findings if finding.what.startswith(kind)} >= wanted, kind
    lies: Lies = {
        ("sector", "sector of h_1"): drawn_with("turn", 0.006),
        ("arm", "arm of near_0"): drawn_with("length", -0.25),
        ("rungs", "rungs of ticks_h_0"): one_beside(1.5),
        ("legs", "legs of one_rise"): drawn_with("rise", 0.08),
        ("curve", "curve of rim_h_up"): shifted,
    }
    found = lying(film, tmp_path / "lies.mp4", lies)
    assert "angles" in checks_of(found, "sector of h_1")
    assert "positions" in checks_of(found, "curve of rim_h_up")
    assert checks_of(found, "arm of near_0") & {"lengths", "edges", "shapes"}
    assert checks_of(found, "rungs of ticks_h_0") & {"shapes", "edges"}
    assert checks_of(found, "legs of one_rise") & {"lengths", "shapes", "edges", "directions"}


def shifted(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """A line two pixels beside its place."""
    return [Piece(piece.points + 2.0, piece.stroke) for piece in pieces_of(row, sample, facts)]


def drawn_with(role: str, more: float) -> Callable[[ShownRow, SampleRow, Facts], list[Piece]]:
    """Draw outlines with one number larger than it is."""

    def lie(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        kind = KINDS[row.kind]
        assert isinstance(kind, Outlined)
        drawn = kind.drawn(row, sample)
        pieces = kind.shapes({**drawn, role: drawn[role] + more}, row.sizes)
        return [Piece(facts.placed(s.points, np.array(sample.ends[0])), s.stroke * facts.unit) for s in pieces]

    return lie


def one_beside(pixels: float) -> Callable[[ShownRow, SampleRow, Facts], list[Piece]]:
    """Draw one of several pieces a little beside its place."""

    def lie(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        first, second, *rest = geared_pieces(row, sample, facts)
        return [first, Piece(second.points + np.array([0.0, pixels])), *rest]

    return lie
