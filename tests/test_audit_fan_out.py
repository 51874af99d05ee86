"""Racks, a carriage and a pinion that travels: what a ledger claims of them, what frames show, and planted lies."""

from __future__ import annotations

from pathlib import Path

import pytest
from audit_cases import Plain, honest, sample, told, value, wrong
from audit_cases import forged as with_lie
from film_cases import Film, forged, rendered, retyped, through
from film_cases import wrong as wrong_pixels
from gear_film_cases import Lies, aside, gone_the_other_way, turned
from test_audit_gear_pixels import checks_of, lying

pytestmark = pytest.mark.render
CLIP = "FanOut"


def test_an_honest_fan_out_has_nothing_wrong() -> None:
    assert wrong(honest(CLIP)) == []


@pytest.mark.parametrize("of", ["turn_u", "turn_v", "turn_y"])
@pytest.mark.parametrize("part", ["place", "meaning", "scale", "another rack", "no place"])
def test_a_rack_that_is_not_where_its_numbers_put_it_is_named(of: str, part: str) -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["kind"] == "rack" and row["quantity"] == of)
        rack = sample(plain, "rack", of, "tracking")
        if part == "place":
            rack["ends"][0][0] += 0.01
        elif part == "meaning":
            rack["shown"] += 0.01
        elif part == "scale":
            row["scale"] = plain["settings"]["clip"]["scale"]  # stated, but not for ways
        elif part == "no place":
            rack["ends"] = []
        else:
            row["wheel"] = "rack_v" if row["wheel"] == "rack_u" else "rack_u"

    assert told(with_lie(CLIP, edit))["geometry"].startswith(f"rack of {of}: ")


def test_a_way_with_the_wrong_sign_is_named_by_core_and_reference_though_its_place_agrees() -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["kind"] == "rack" and row["quantity"] == "turn_v")
        spans = [span for span in row["spans"] if span["state"] == "tracking"]
        start = spans[0]["samples"][0]["ends"][0][0]
        for rack in (rack for span in spans for rack in span["samples"]):
            rack["value"], rack["shown"] = value(-float(rack["value"]["repr"])), -rack["shown"]
            rack["ends"][0][0] = 2 * start - rack["ends"][0][0]

    said = told(with_lie(CLIP, edit))
    for check in ("live values", "live reference", "geometry"):
        assert said[check].startswith("rack of turn_v: "), check


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

    said = told(with_lie(CLIP, edit))
    assert any(line.startswith("idler of turn_apart: ") for line in said.values()), said


@pytest.mark.parametrize("name", ["contribution_u", "dL_dx"])
def test_a_sum_or_a_part_of_it_that_was_edited_is_named_by_core_and_reference(name: str) -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["quantities"] if row["name"] == name)
        row["values"] = [value(float(row["values"][0]["repr"]) / 2)]  # the average

    said = told(with_lie(CLIP, edit))
    assert said["core"].startswith(f"{name}: ")
    assert said["reference"].startswith(f"{name}: ")


def test_a_contribution_on_the_other_gear_of_the_shaft_is_named() -> None:
    def edit(plain: Plain) -> None:
        next(r for r in plain["shown"] if r["kind"] == "spoke" and r["quantity"] == "contribution_u")["wheel"] = "x_v"

    assert told(with_lie(CLIP, edit))["geometry"].startswith("spoke of contribution_u: ")


# -- pixels -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return rendered(tmp_path_factory.mktemp("fan_out"), "fan_out", CLIP)


def test_an_honest_fan_out_shows_everything_that_it_claims(film: Film) -> None:
    findings = film.found()
    assert wrong_pixels(findings) == set()
    of_racks = {finding.check for finding in findings if finding.what.startswith("rack of")}
    assert {"positions", "shapes", "colours", "thin colours"} <= of_racks


def test_a_pixel_beside_its_place_is_named_and_nothing_else_is(film: Film, tmp_path: Path) -> None:
    lies: Lies = {
        ("rack", "rack of turn_u"): aside(1.0),
        ("idler", "idler of turn_apart"): aside(0.0, 1.0),
    }
    findings = lying(film, tmp_path / "aside.mp4", lies)
    assert "positions" in checks_of(findings, "rack of turn_u")
    assert "positions" in checks_of(findings, "idler of turn_apart")
    assert checks_of(findings, "rack of turn_v") == checks_of(findings, "gear of dL_dv") == set()


def test_a_rack_that_goes_the_other_way_is_named(film: Film, tmp_path: Path) -> None:
    findings = lying(film, tmp_path / "other.mp4", {("rack", "rack of turn_v"): gone_the_other_way})
    assert "shapes" in checks_of(findings, "rack of turn_v")
    assert checks_of(findings, "rack of turn_y") == set()


def test_a_sum_painted_over_with_the_average_is_named(film: Film, tmp_path: Path) -> None:
    row, span = film.rest("readout", "readout of dL_dx")
    copy = forged(film, tmp_path / "average.mp4", through(span, retyped(film, row, span.samples[0], "0.7795")))
    assert "digits" in {check for check, what in wrong_pixels(film.found(copy)) if "dL_dx" in what}


@pytest.mark.proof
def test_every_travelling_thing_a_pixel_aside_and_a_turned_pinion_are_caught(film: Film, tmp_path: Path) -> None:
    things = [("rack", f"rack of turn_{name}") for name in "uvy"] + [("idler", "idler of turn_apart")]
    for thing in things:
        for way in ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)):
            findings = lying(film, tmp_path / "aside.mp4", {thing: aside(*way)})
            assert "positions" in checks_of(findings, thing[1]), (thing, way)
    lies: Lies = {("idler", "idler of turn_apart"): turned(0.3)}
    assert "hub angles" in checks_of(lying(film, tmp_path / "turned.mp4", lies), "idler of turn_apart")


@pytest.mark.proof
@pytest.mark.parametrize(("crf", "height"), [(30, None), (35, None), (20, 480)])
def test_an_honest_copy_of_another_size_or_quality_passes(
    film: Film, tmp_path: Path, crf: int, height: int | None
) -> None:
    assert wrong_pixels(film.found(forged(film, tmp_path / "copy.mp4", crf=crf, height=height))) == set()
