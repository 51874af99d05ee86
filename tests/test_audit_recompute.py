"""A ledger with a lie in it: each is found and named without a look at any frame."""

from __future__ import annotations

import math

import pytest
from audit_cases import Edit, Plain, forged, honest, quantity, sample, told, value, wrong

pytestmark = pytest.mark.render
NET, CHAIN = "TwoLayerNetwork", "ToyChain"


@pytest.mark.parametrize("clip", [NET, CHAIN])
def test_an_honest_ledger_has_nothing_wrong(clip: str) -> None:
    assert wrong(honest(clip)) == []


def changed(name: str, number: float) -> Edit:
    def edit(plain: Plain) -> None:
        quantity(plain, name)["values"][0] = value(number)

    return edit


@pytest.mark.parametrize(
    ("name", "number"),
    [("dL_dw1", 0.284748046526), ("dL_dw1", -0.2847480465272111), ("gap_w1_0", 0.0), ("x", 1.5), ("L", 0.7)],
)
def test_a_quantity_edited_in_repr_and_hex_is_named_by_core_and_reference(name: str, number: float) -> None:
    said = told(forged(NET, changed(name, number)))
    assert said["core"].startswith(f"{name}: the ledger says {number!r}, the core gives ")
    assert said["reference"].startswith(f"{name}: the ledger says {number!r}, the reference gives ")


def test_the_last_shown_digit_of_a_gap_is_checked_though_both_slopes_are_near() -> None:
    (gap,) = (row.values[0].number for row in honest(NET).quantities if row.name == "gap_w1_1")
    assert "core" in told(forged(NET, changed("gap_w1_1", gap * 1.001)))


def test_a_gap_made_with_another_core_is_checked_to_the_last_place_of_the_slopes() -> None:
    (gap,) = (row.values[0].number for row in honest(NET).quantities if row.name == "gap_w1_1")

    def edit(plain: Plain) -> None:
        plain["core_digest"] = "0" * 64
        changed("gap_w1_1", gap + 1e-13)(plain)

    assert set(told(forged(NET, edit))) <= {"values"}


def test_five_units_in_the_last_place_are_too_many_and_three_are_not() -> None:
    (y,) = (row.values[0].number for row in honest(NET).quantities if row.name == "y")
    assert "core" in told(forged(NET, changed("y", y + 5 * math.ulp(y))))
    assert "core" not in told(forged(NET, changed("y", y + 3 * math.ulp(y))))


def test_one_point_of_a_sweep_is_enough() -> None:
    def edit(plain: Plain) -> None:
        quantity(plain, "sweep_d_x")["values"][77] = value(0.125)

    said = told(forged(CHAIN, edit))
    assert "sweep_d_x" in said["core"]
    assert "sweep_d_x" in said["reference"]


def test_a_point_missing_from_a_sweep_is_named() -> None:
    def edit(plain: Plain) -> None:
        quantity(plain, "sweep_d_x")["values"].pop()

    assert "sweep_d_x: symbol, term or number of values" in told(forged(CHAIN, edit))["quantities"]


def test_a_quantity_without_values_is_named() -> None:
    def edit(plain: Plain) -> None:
        quantity(plain, "y")["values"] = []

    assert told(forged(NET, edit))["core"].startswith("y: ")


def test_a_quantity_dropped_is_named() -> None:
    def edit(plain: Plain) -> None:
        plain["quantities"].remove(quantity(plain, "dL_dh"))

    assert told(forged(NET, edit))["quantities"] == "quantity dL_dh is missing"


def test_a_quantity_added_is_named() -> None:
    def edit(plain: Plain) -> None:
        plain["quantities"].append(quantity(plain, "y") | {"name": "dL_dnothing"})

    assert told(forged(NET, edit))["quantities"].startswith("quantity dL_dnothing stands there")


@pytest.mark.parametrize(("key", "to"), [("symbol", "q"), ("term", ["value", "h", 0]), ("typed", True)])
def test_a_quantity_under_another_symbol_or_term_is_named(key: str, to: object) -> None:
    def edit(plain: Plain) -> None:
        quantity(plain, "y")[key] = to

    assert told(forged(NET, edit))["quantities"].startswith("y: symbol, term")


@pytest.mark.parametrize(
    ("key", "to", "check"),
    [
        ("text", "0.667", "texts"),
        ("text", "−0.6696", "texts"),
        ("text", "-0.6669", "texts"),
        ("script", "-0.6696", "texts"),
        ("value", value(-0.6667), "values"),
        ("value", None, "values"),
    ],
    ids=["sign flipped", "digits swapped", "an ASCII minus", "typeset otherwise", "another value", "no value"],
)
def test_a_readout_that_claims_something_else_is_named(key: str, to: object, check: str) -> None:
    def edit(plain: Plain) -> None:
        sample(plain, "readout", "y")[key] = to

    assert told(forged(NET, edit))[check].startswith("readout of y: ")


def test_value_and_text_edited_together_are_not_the_quantity() -> None:
    def edit(plain: Plain) -> None:
        sample(plain, "readout", "y").update(value=value(-0.7), text="−0.700", script="-0.700")

    assert "and -0.66692" in told(forged(NET, edit))["values"]


def test_a_readout_of_another_quantity_is_named() -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["kind"] == "readout" and row["quantity"] == "y")
        row["quantity"] = "h"

    assert told(forged(NET, edit))["values"].startswith("readout of y: it claims -0.6669")


def test_a_readout_of_no_quantity_of_the_clip_is_named() -> None:
    def edit(plain: Plain) -> None:
        next(row for row in plain["shown"] if row["kind"] == "readout")["quantity"] = "nothing"

    assert "there is no quantity 'nothing'" in told(forged(NET, edit))["values"]


@pytest.mark.parametrize(("clip", "kind"), [(NET, "words"), (NET, "symbol"), (NET, "sign")])
def test_lettering_that_the_settings_do_not_say_is_named(clip: str, kind: str) -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["kind"] == kind)
        found = next(span["samples"][0] for span in row["spans"] if span["samples"])
        found["text"] = found["script"] = "Something else"

    assert "it claims to show 'Something else'" in told(forged(clip, edit))["texts"]


def test_a_ribbon_whose_box_is_a_pixel_larger_is_named() -> None:
    def edit(plain: Plain) -> None:
        found = sample(plain, "ribbon", "dL_dh")
        found["box"][3] += 1.0

    assert told(forged(NET, edit))["geometry"].startswith("ribbon of dL_dh: ")


@pytest.mark.parametrize("shown", [-0.9335389484877794, 0.5, None], ids=["the other side", "shorter", "not said"])
def test_a_ribbon_that_stands_for_another_value_is_named(shown: float | None) -> None:
    def edit(plain: Plain) -> None:
        sample(plain, "ribbon", "dL_dh")["shown"] = shown

    assert told(forged(NET, edit))["geometry"].startswith("ribbon of dL_dh: ")


def test_a_scale_that_no_setting_states_is_named() -> None:
    def edit(plain: Plain) -> None:
        next(row for row in plain["shown"] if row["kind"] == "stave")["scale"] = 2.0

    assert "no setting states its scale of 2.0" in told(forged("PushThroughGears", edit))["geometry"]


def test_an_axis_that_no_setting_states_is_named() -> None:
    def edit(plain: Plain) -> None:
        next(row for row in plain["shown"] if row["kind"] == "dot")["axes"][0][0] = "my_range"

    assert "'my_range'" in told(forged(CHAIN, edit))["geometry"]


@pytest.mark.parametrize("along", [0, 1], ids=["across", "up"])
def test_a_dot_half_a_pixel_away_from_its_place_is_named(along: int) -> None:
    def edit(plain: Plain) -> None:
        sample(plain, "dot", "h_h1", "tracking")["ends"][0][along] += 0.5

    assert told(forged(CHAIN, edit))["geometry"].startswith("dot of h_h1: ")


def test_a_number_at_rest_whose_digits_are_not_the_mathematics_is_named() -> None:
    def edit(plain: Plain) -> None:
        sample(plain, "readout", "dL_dw1", "resting").update(text="0.287", script="0.287")

    assert "it says 0.287, and the reference gives 0.2847" in told(forged("TwoLayerNetwork", edit))["digits that hold"]


def test_a_live_value_that_does_not_follow_x_is_named() -> None:
    def edit(plain: Plain) -> None:
        sample(plain, "readout", "h_h1", "tracking").update(value=value(0.5), text="0.500", script="0.500")

    said = told(forged(CHAIN, edit))
    assert said["live values"].startswith("readout of h_h1: it claims 0.5 on frame")
    assert said["live reference"].startswith("readout of h_h1: it claims 0.5 on frame")


def test_a_live_number_with_another_count_of_decimals_is_named() -> None:
    def edit(plain: Plain) -> None:
        found = sample(plain, "readout", "h_h1", "tracking")
        found["text"] = found["script"] = found["text"][:-1]

    assert told(forged(CHAIN, edit))["texts"].startswith("readout of h_h1: ")


@pytest.mark.parametrize("x", [5.0, -0.123], ids=["outside its range", "two at once"])
def test_an_x_of_one_frame_that_is_not_the_sweeps_is_named(x: float) -> None:
    def edit(plain: Plain) -> None:
        sample(plain, "readout", "h_x", "tracking")["value"] = value(x)

    said = told(forged(CHAIN, edit))
    assert "readout of h_x: " in said["sweep"] + said["texts"]


def test_two_frames_of_a_sweep_swapped_are_named() -> None:
    def edit(plain: Plain) -> None:
        for row in (row for row in plain["shown"] if row["quantity"] == "h_x"):
            for span in (span for span in row["spans"] if len(span["samples"]) > 2):
                one, two = span["samples"][1], span["samples"][2]
                one["value"], two["value"] = two["value"], one["value"]

    assert "x goes back and forth" in told(forged(CHAIN, edit))["sweep"]


@pytest.mark.parametrize(("key", "by"), [("first", -1), ("last", 10_000)], ids=["overlapping", "outside the file"])
def test_spans_that_cannot_be_are_named(key: str, by: int) -> None:
    def edit(plain: Plain) -> None:
        spans = next(row["spans"] for row in plain["shown"] if row["quantity"] == "y" and len(row["spans"]) > 1)
        spans[1][key] += by

    assert "overlap, or lie outside the file" in told(forged(NET, edit))["timeline"]


def test_a_rest_without_its_sample_is_named() -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["kind"] == "readout" and row["quantity"] == "y")
        next(span for span in row["spans"] if span["state"] == "resting")["samples"] = []

    assert told(forged(NET, edit))["timeline"].startswith("readout of y: ")


@pytest.mark.parametrize(
    ("key", "to"), [("sentence", "Something else."), ("caption", "It is 3.14."), ("last", 10_000), ("name", "no_such")]
)
def test_a_beat_that_is_not_the_settings_own_is_named(key: str, to: object) -> None:
    def edit(plain: Plain) -> None:
        plain["beats"][1][key] = to

    assert told(forged(NET, edit))["beats"].startswith("beat ")


def test_an_axis_of_no_length_is_wrong_and_no_crash() -> None:
    def edit(plain: Plain) -> None:
        axes = next(row for row in plain["shown"] if row["kind"] == "dot")["axes"]
        axes[0][2] = axes[0][1]

    assert told(forged(CHAIN, edit))["geometry"].startswith("dot of ")


def test_a_rest_of_a_million_million_frames_is_wrong_and_takes_no_time() -> None:
    def edit(plain: Plain) -> None:
        for row in (row for row in plain["shown"] if row["quantity"] == "h_x"):
            row["spans"][-1]["last"] = 10**12

    assert "timeline" in told(forged(CHAIN, edit))
