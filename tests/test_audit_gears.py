"""Ledgers of trains of gears with a lie in them: each is found and named without a look at any frame."""

from __future__ import annotations

import math

import pytest
from audit_cases import Plain, forged, honest, sample, told, value, wrong

from scenes.parts.settings import load

pytestmark = pytest.mark.render
TURN, PUSH = "ChainRuleGears", "PushThroughGears"


def moved(point: list[float], right: float, down: float = 0.0) -> list[float]:
    return [point[0] + right, point[1] + down]


@pytest.mark.parametrize("clip", [TURN, PUSH])
def test_an_honest_train_has_nothing_wrong(clip: str) -> None:
    assert wrong(honest(clip)) == []


def test_a_turn_edited_with_its_angle_is_named_by_core_and_reference() -> None:
    def edit(plain: Plain) -> None:
        gear = sample(plain, "gear", "dL_dL", "tracking")
        gear["turned"] = value(float(gear["turned"]["repr"]) + 1e-3)

    said = told(forged(TURN, edit))
    assert said["live values"].startswith("gear of dL_dL: it claims ")
    assert said["live reference"].startswith("gear of dL_dL: it claims ")


def test_a_turn_that_is_left_out_is_named() -> None:
    def edit(plain: Plain) -> None:
        sample(plain, "idler", "dL_dx", "tracking")["turned"] = None

    assert "nothing says what turn_x is" in told(forged(TURN, edit))["live values"]


def test_one_gear_that_stands_at_another_x_than_the_rest_is_named() -> None:
    def edit(plain: Plain) -> None:
        rows = [row for row in plain["shown"] if row["kind"] == "gear" and row["turn"] == "turn_x"]
        tracking = next(span for span in rows[0]["spans"] if span["state"] == "tracking")
        turned = tracking["samples"][1]["turned"]
        tracking["samples"][1]["turned"] = value(float(turned["repr"]) * (1 + 1e-6))

    assert "on frame" in told(forged(TURN, edit))["sweep"]


@pytest.mark.parametrize("kind", ["gear", "idler"])
@pytest.mark.parametrize("part", ["angle", "hub", "mark", "no mark", "stands", "no stands", "wheel"])
def test_a_wheel_that_is_not_where_its_numbers_put_it_is_named(kind: str, part: str) -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["kind"] == kind and row["turn"] == "turn_z")
        wheel = next(span for span in row["spans"] if span["state"] == "tracking")["samples"][1]
        if part == "angle":
            wheel["angle"] += math.radians(0.3)  # at 160 by 90 pixels a tenth of a pixel is more than half a degree
        elif part == "hub":
            wheel["ends"] = [moved(end, 0.02) for end in wheel["ends"]]
        elif part == "mark":
            wheel["ends"][1] = moved(wheel["ends"][1], 0.0, 0.02)
        elif part == "no mark":
            del wheel["ends"][1]
        elif part == "stands":
            wheel["stands"] = moved(wheel["stands"], 0.02)
        elif part == "no stands":
            del wheel["stands"]
        else:
            row["wheel"] = "h"

    assert told(forged(TURN, edit))["geometry"].startswith(f"{kind} of dL_dz: ")


@pytest.mark.parametrize("part", ["followed", "all followed", "no followed", "hub", "shown", "wheel"])
def test_a_wheel_that_moves_and_is_not_where_its_input_puts_it_is_named(part: str) -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["wheel"] == "plain_h" and row["kind"] == "gear")
        samples = next(span for span in row["spans"] if span["state"] == "tracking")["samples"]
        if part == "hub":
            samples[1]["ends"] = [moved(end, 0.02) for end in samples[1]["ends"]]
        elif part == "shown":
            samples[1]["shown"] *= 1.001
        elif part == "wheel":
            row["wheel"] = "plain_y"
        elif part == "no followed":
            samples[1]["followed"] = None
        else:
            for one in samples if part == "all followed" else samples[1:2]:
                one["followed"] = value(float(one["followed"]["repr"]) + 1e-3)

    said = told(forged(PUSH, edit))
    if "followed" in part:
        assert said["live values"].startswith("gear of moving_dL_dh: ")
    if part != "no followed":
        assert said["geometry"].startswith("gear of moving_dL_dh: ")


@pytest.mark.parametrize("part", ["box", "ends", "wheel"])
def test_a_name_that_does_not_keep_over_its_wheel_is_named(part: str) -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["wheel"] == "plain_h" and row["kind"] == "symbol")
        samples = next(span for span in row["spans"] if span["state"] == "tracking")["samples"]
        if part == "wheel":
            row["wheel"] = "plain_y"
        elif part == "ends":
            samples[2]["ends"] = [moved(end, 0.02) for end in samples[2]["ends"]]
        else:
            samples[2]["box"] = [edge + 0.02 for edge in samples[2]["box"]]

    assert told(forged(PUSH, edit))["geometry"].startswith("symbol of h: it does not ")


@pytest.mark.parametrize("part", ["root", "wheel", "left out"])
def test_a_spoke_that_does_not_begin_at_its_hub_is_named(part: str) -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["wheel"] == "h" and row["kind"] == "spoke")
        spoke = row["spans"][-1]["samples"][0]
        if part == "wheel":
            row["wheel"] = "y"
        elif part == "left out":
            spoke["ends"] = []
        else:
            spoke["ends"] = [moved(end, 0.02) for end in spoke["ends"]]

    assert told(forged(PUSH, edit))["geometry"].startswith("spoke of dL_dh: ")


@pytest.mark.parametrize("part", ["scale", "shown"])
def test_a_radius_with_another_scale_or_another_meaning_is_named(part: str) -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["kind"] == "gear" and row["quantity"] == "dL_dh")
        if part == "scale":
            row["scale"] = load().clip("PushThroughGears").scales()["area"].per_unit  # stated, but not for radii
        else:
            sample(plain, "gear", "dL_dh")["shown"] *= 1.01

    assert told(forged(PUSH, edit))["geometry"].startswith("gear of dL_dh: its radius ")


@pytest.mark.parametrize(
    ("kind", "of", "what"),
    [("spoke", "dL_dh", "length"), ("stave", "dL_dy", "height"), ("tooth_push", "dL_dL", "length")],
)
def test_a_length_that_is_not_its_value_is_named(kind: str, of: str, what: str) -> None:
    def edit(plain: Plain) -> None:
        sample(plain, kind, of)["shown"] *= 1.05

    assert told(forged(PUSH, edit))["geometry"].startswith(f"{kind} of {of}: its {what} ")


def test_a_push_that_does_not_stand_where_two_wheels_meet_is_named() -> None:
    def edit(plain: Plain) -> None:
        push = sample(plain, "tooth_push", "dL_dL")
        push["ends"], left = [moved(end, 0.5) for end in push["ends"]], push["box"]
        push["box"] = [left[0] + 0.5, left[1], left[2] + 0.5, left[3]]

    assert told(forged(PUSH, edit))["geometry"].startswith("tooth_push of dL_dL: it does not stand on its place")


@pytest.mark.parametrize("wheel", ["h", "y", "x_idler"])
def test_a_push_that_turns_its_wheel_against_the_gradient_is_named(wheel: str) -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["kind"] == "tooth_push" and row["wheel"] == wheel)
        row["sizes"]["way"] *= -1
        for one in (one for span in row["spans"] for one in span["samples"]):
            x0, y0, x1, y1 = one["box"]
            ((_, y),) = one["ends"]
            one["box"] = [x0, 2 * y - y1, x1, 2 * y - y0]

    said = told(forged(PUSH, edit))["geometry"]
    assert said.startswith("tooth_push of dL_dL: it turns its wheel against the push of ")


def test_a_wheel_that_was_moved_out_of_its_train_is_named_though_all_else_of_it_agrees() -> None:
    def edit(plain: Plain) -> None:
        gear = sample(plain, "gear", "dL_dz")
        for key in ("ends", "stands", "box"):
            at = gear[key]
            gear[key] = [moved(end, 3.0) for end in at] if key == "ends" else [at[0] + 3.0, at[1], *at[2:]]
        gear["box"][2] += 3.0

    assert "of one train stand about two origins" in told(forged(PUSH, edit))["geometry"]


def test_a_solid_ring_of_a_negative_value_is_named() -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["kind"] == "gear" and row["quantity"] == "dL_dy")
        for span in row["spans"]:
            for one in span["samples"]:
                one["value"] = value(-float(one["value"]["repr"]))

    assert "its value has the other sign" in told(forged(PUSH, edit))["geometry"]


def test_a_bent_arrow_that_points_the_wrong_way_is_named() -> None:
    def edit(plain: Plain) -> None:
        sample(plain, "sense", "dL_dy")["ends"].reverse()

    assert "it points the wrong way" in told(forged(PUSH, edit))["geometry"]


def test_a_bent_arrow_on_another_gear_is_named() -> None:
    def edit(plain: Plain) -> None:
        bent = sample(plain, "sense", "dL_dy")
        bent["ends"] = [moved(end, 20.0) for end in bent["ends"]]

    assert told(forged(PUSH, edit))["geometry"].startswith("sense of dL_dy: ")


@pytest.mark.parametrize("part", ["end", "shown", "start"])
def test_an_angle_that_is_not_at_its_angle_is_named(part: str) -> None:
    def edit(plain: Plain) -> None:
        (row,) = (row for row in plain["shown"] if row["name"] == "angle of pair_0")
        angle = next(s for span in row["spans"] if span["state"] == "resting" for s in span["samples"] if s["ends"])
        if part == "shown":
            angle["shown"] *= 1.01
        else:
            place = ("hub", "start", "end").index(part)
            angle["ends"][place] = moved(angle["ends"][place], 0.05)

    assert told(forged(TURN, edit))["geometry"].startswith("angle of pair_0: its angle ")
