"""Two ways in films: branches, stacks, racks and the pinion; what ledgers claim, what frames show, planted lies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from audit_cases import Plain, honest, sample, told, value, wrong
from audit_cases import forged as with_lie
from dial_cases import number_changed, of_the_other_sign
from film_cases import Film, forged, rendered, retyped, through
from film_cases import wrong as wrong_pixels
from gear_film_cases import Lies, aside, gone_the_other_way, turned
from test_audit_gear_pixels import checks_of, lying_there

from scenes.parts.film.ledger import SampleRow, ShownRow
from studio.audit.drawn import Facts, Piece
from studio.audit.kinds import pieces_of

pytestmark = pytest.mark.render
CLIP, GEARS, CANCEL = "FanOut", "FanOutGears", "FanOutCancel"


@pytest.mark.parametrize("clip", [CLIP, GEARS])
def test_an_honest_fan_out_has_nothing_wrong(clip: str) -> None:
    assert wrong(honest(clip)) == []


# -- claims about pushes ----------------------------------------------------------------------------------------------


def swapped(stack: Plain) -> None:
    """Claim that the lower push is as thick as the upper one."""
    stack["reads"][0] = stack["shown"]


CLAIMS: dict[str, tuple[str, str, Callable[[Plain, Plain], object]]] = {
    "a branch that is thicker": ("branch", "dL_du", lambda row, it: it.update(shown=it["shown"] * 1.02)),
    "a branch that ends elsewhere": ("branch", "dL_dv", lambda row, it: row["sizes"].update(rise=0.5)),
    "a branch of another scale": ("branch", "dL_du", lambda row, it: row.update(scale=row["scale"] * 2)),
    "a stack in the other order": ("stack", "contribution_u", lambda row, it: swapped(it)),
    "a stack with a longer tail": ("stack", "contribution_u", lambda row, it: row["sizes"].update(tail=1.0)),
    "a stack that names less": ("stack", "contribution_u", lambda row, it: row.update(numbers=row["numbers"][:1])),
    "a plus of another size": ("plus", "y", lambda row, it: row["sizes"].update(radius=0.3)),
}  # fmt: skip


@pytest.mark.parametrize("lie", CLAIMS)
def test_a_ledger_that_lies_about_a_push_is_named(lie: str) -> None:
    kind, of, change = CLAIMS[lie]

    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["kind"] == kind and row["quantity"] == of)
        change(row, sample(plain, kind, of))

    assert told(with_lie(CLIP, edit))["geometry"].startswith(f"{kind} of {of}: ")


def test_a_stack_whose_sum_is_not_that_of_its_parts_is_named_though_its_drawing_agrees() -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["kind"] == "stack" and row["quantity"] == "contribution_u")
        row["numbers"][1]["quantity"] = "contribution_u"
        stack = sample(plain, "stack", "contribution_u")
        stack["values"][1] = value(stack["shown"])
        stack["reads"][1] = stack["shown"]

    assert "its sum is" in str(wrong(with_lie(CLIP, edit)))


@pytest.mark.parametrize("name", ["contribution_u", "dL_dx"])
def test_a_sum_or_a_part_of_it_that_was_edited_is_named_by_core_and_reference(name: str) -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["quantities"] if row["name"] == name)
        row["values"] = [value(float(row["values"][0]["repr"]) / 2)]  # the average

    said = told(with_lie(CLIP, edit))
    assert said["core"].startswith(f"{name}: ")
    assert said["reference"].startswith(f"{name}: ")


def test_of_two_against_each_other_one_with_a_shorter_tail_is_named() -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["kind"] == "stack" and row["quantity"] == "contribution_u")
        row["sizes"].update(tail=row["sizes"]["tail"] - 0.2)

    assert told(with_lie(CANCEL, edit))["geometry"].startswith("stack of contribution_u: ")


# -- claims about gears -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", ["turn_u", "turn_v", "turn_y"])
@pytest.mark.parametrize("part", ["place", "meaning", "no place"])
def test_a_rack_that_is_not_where_its_numbers_put_it_is_named(of: str, part: str) -> None:
    def edit(plain: Plain) -> None:
        rack = sample(plain, "rack", of, "tracking")
        if part == "place":
            rack["ends"][0][0] += 0.01
        elif part == "meaning":
            rack["shown"] += 0.01
        else:
            rack["ends"] = []

    assert told(with_lie(GEARS, edit))["geometry"].startswith(f"rack of {of}: ")


@pytest.mark.parametrize("part", ["hub", "angle", "followed", "follows"])
def test_a_pinion_that_is_not_where_x_puts_it_is_named(part: str) -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["wheel"] == "pinion")
        pinion = next(span for span in row["spans"] if span["state"] == "tracking")["samples"][2]
        if part == "hub":
            pinion["ends"] = [[x + 0.01, y] for x, y in pinion["ends"]]
        elif part == "angle":
            pinion["angle"] += 0.02
        elif part == "followed":
            pinion["followed"] = value(float(pinion["followed"]["repr"]) + 1e-3)
        else:
            row["follows"] = None

    said = told(with_lie(GEARS, edit))
    assert any(line.startswith("idler of turn_apart: ") for line in said.values()), said


# -- pixels -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return rendered(tmp_path_factory.mktemp("fan_out"), "fan_out", CLIP)


@pytest.fixture(scope="session")
def geared(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return rendered(tmp_path_factory.mktemp("geared"), "fan_out", GEARS)


def other_order(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """A stack with the lower push above the upper one."""
    mirror, lift = np.array([1.0, -1.0]), np.array([0.0, 2 * sample.ends[0][1]])
    pieces = pieces_of(row, sample, facts)
    return [Piece(piece.points * mirror + lift, piece.stroke) if len(piece.points) else piece for piece in pieces]


def test_an_honest_fan_out_shows_everything_that_it_claims(film: Film) -> None:
    findings = film.found(every=40)
    assert wrong_pixels(findings) == set()
    for kind in ("branch of", "stack of"):
        checks = {finding.check for finding in findings if finding.what.startswith(kind)}
        assert {"lengths", "positions", "shapes", "signs", "edges", "colours"} <= checks, kind
    assert {"positions", "shapes", "lengths"} <= {f.check for f in findings if f.what.startswith("plus of")}


def test_a_branch_one_pixel_too_thick_and_one_that_is_hollow_are_named(film: Film, tmp_path: Path) -> None:
    lies: Lies = {("branch", "branch of dL_dy"): of_the_other_sign, ("branch", "branch of dL_du"): number_changed(1.0)}
    findings = lying_there(film, tmp_path / "thick.mp4", lies)
    assert "signs" in checks_of(findings, "branch of dL_dy")
    assert {"lengths", "edges"} & checks_of(findings, "branch of dL_du")


STACKED = [
    (other_order, "edges"),
    pytest.param(of_the_other_sign, "signs", marks=pytest.mark.proof),
    pytest.param(number_changed(1.0), "lengths", marks=pytest.mark.proof),
]


@pytest.mark.parametrize(("lie", "check"), STACKED)
def test_a_stack_in_the_other_order_one_that_is_hollow_and_one_too_thick_are_named(
    film: Film, tmp_path: Path, lie: Callable[[ShownRow, SampleRow, Facts], list[Piece]], check: str
) -> None:
    findings = lying_there(film, tmp_path / "stack.mp4", {("stack", "stack of contribution_u"): lie})
    assert check in checks_of(findings, "stack of contribution_u")


def test_of_two_against_each_other_a_sum_that_does_not_lie_in_the_middle_is_named(tmp_path: Path) -> None:
    film = rendered(tmp_path, "fan_out", CANCEL, beat="add_up")
    lies: Lies = {("stack", "stack of contribution_u"): other_order}
    findings = lying_there(film, tmp_path / "mirrored.mp4", lies)
    assert {"edges", "shapes"} & checks_of(findings, "stack of contribution_u")
    assert wrong_pixels(film.found(every=10**6)) == set()


def shorter_way(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """A rack on which its way is half as long."""
    body, rim, way, *others = pieces_of(row, sample, facts)
    points = way.points.copy()
    points[:, 0] = (points[:, 0] + points[:, 0].max()) / 2
    return [body, rim, Piece(points, straight=True), *others]


def test_a_rack_whose_way_is_drawn_half_as_long_is_named(geared: Film, tmp_path: Path) -> None:
    lies: Lies = {("rack", "rack of turn_y"): shorter_way}
    findings = lying_there(geared, tmp_path / "shorter.mp4", lies)
    assert {"shapes", "thin colours"} & checks_of(findings, "rack of turn_y")
    assert checks_of(findings, "rack of turn_v") == set()


def test_gears_a_pixel_beside_their_place_and_a_rack_that_goes_the_other_way_are_named(
    geared: Film, tmp_path: Path
) -> None:
    lies: Lies = {
        ("rack", "rack of turn_u"): aside(1.0),
        ("idler", "idler of turn_apart"): aside(0.0, 1.0),
        ("rack", "rack of turn_v"): gone_the_other_way,
    }
    findings = lying_there(geared, tmp_path / "aside.mp4", lies)
    assert "positions" in checks_of(findings, "rack of turn_u")
    assert "positions" in checks_of(findings, "idler of turn_apart")
    assert "shapes" in checks_of(findings, "rack of turn_v")
    assert checks_of(findings, "rack of turn_y") == set()


def test_a_sum_painted_over_with_the_average_is_named(film: Film, tmp_path: Path) -> None:
    row, span = film.rest("readout", "readout of dL_dx")
    found = film.found_where(tmp_path / "average.mp4", through(span, retyped(film, row, span.samples[0], "0.780")))
    assert "digits" in {check for check, what in wrong_pixels(found) if "dL_dx" in what}


@pytest.mark.proof
def test_every_travelling_thing_a_pixel_aside_and_a_turned_pinion_are_caught(geared: Film, tmp_path: Path) -> None:
    things = [("rack", f"rack of turn_{name}") for name in "uvy"] + [("idler", "idler of turn_apart")]
    for thing in things:
        for way in ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)):
            findings = lying_there(geared, tmp_path / "aside.mp4", {thing: aside(*way)})
            assert "positions" in checks_of(findings, thing[1]), (thing, way)
    lies: Lies = {("idler", "idler of turn_apart"): turned(0.3)}
    assert "hub angles" in checks_of(lying_there(geared, tmp_path / "turned.mp4", lies), "idler of turn_apart")


@pytest.mark.proof
@pytest.mark.parametrize(("crf", "height"), [(30, None), (35, None), (20, 480)])
def test_an_honest_copy_of_another_size_or_quality_passes(
    film: Film, tmp_path: Path, crf: int, height: int | None
) -> None:
    assert wrong_pixels(film.found(forged(film, tmp_path / "copy.mp4", crf=crf, height=height))) == set()
