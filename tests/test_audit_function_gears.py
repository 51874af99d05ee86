"""Function gears: what a ledger claims of wheels that are not round and of tangents, and what frames show of them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from audit_cases import Plain, honest, sample, told, value, wrong
from audit_cases import forged as with_lie
from film_cases import Film, rendered
from film_cases import wrong as wrong_pixels
from gear_film_cases import turned
from test_audit_gear_pixels import checks_of, lying

pytestmark = pytest.mark.render
CLIP = "FunctionGears"


def test_honest_function_gears_have_nothing_wrong() -> None:
    assert wrong(honest(CLIP)) == []


def test_a_wheel_that_is_not_at_the_angle_of_its_value_is_named() -> None:
    def edit(plain: Plain) -> None:
        sample(plain, "sector", "h_0", "tracking")["angle"] += math.radians(0.5)

    assert told(with_lie(CLIP, edit))["geometry"].startswith("sector of h_0: ")


def test_a_value_edited_with_its_angle_is_named_by_core_and_reference() -> None:
    def edit(plain: Plain) -> None:
        wheel = sample(plain, "sector", "h_0", "tracking")
        wheel["value"] = wheel["turned"] = value(float(wheel["value"]["repr"]) + 1e-3)

    said = told(with_lie(CLIP, edit))
    assert said["live values"].startswith("sector of h_0: it claims ")
    assert said["live reference"].startswith("sector of h_0: it claims ")


@pytest.mark.parametrize("end", [0, 1])
def test_a_tangent_of_another_slope_or_beside_its_point_is_named(end: int) -> None:
    def edit(plain: Plain) -> None:
        tangent = sample(plain, "tangent", "local_0", "tracking")
        tangent["ends"][end][1] += 0.05

    assert "it does not pass with slope" in told(with_lie(CLIP, edit))["geometry"]


def test_a_tangent_through_another_quantity_is_named() -> None:
    def edit(plain: Plain) -> None:
        next(row for row in plain["shown"] if row["kind"] == "tangent")["through"] = "x_0"

    assert told(with_lie(CLIP, edit))["geometry"].startswith("tangent of local_0: ")


def test_a_contact_beside_the_place_of_its_radius_is_named() -> None:
    def edit(plain: Plain) -> None:
        sample(plain, "dot", "near_0", "tracking")["ends"][0][0] += 0.05

    assert told(with_lie(CLIP, edit))["geometry"].startswith("dot of near_0: its centre ")


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return rendered(tmp_path_factory.mktemp("functions"), "function_gears", CLIP)


@pytest.mark.proof
def test_honest_function_gears_show_what_they_claim_and_a_twentieth_of_a_degree_is_named(
    film: Film, tmp_path: Path
) -> None:
    findings = film.found()
    assert wrong_pixels(findings) == set()
    assert {"hub angles", "ratios", "directions", "positions", "radii"} <= {finding.check for finding in findings}
    lies = {("sector", "sector of h_1"): turned(0.05)}
    assert checks_of(lying(film, tmp_path / "lies.mp4", lies), "sector of h_1") == {"hub angles"}
