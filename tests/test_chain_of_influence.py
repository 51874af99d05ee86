"""ChainOfInfluence: the published digits, what is refused, products from both ends, and lies about counts."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from audit_cases import Plain, check_both_engines_name, forged, honest, sample, told, value, wrong
from influence_cases import influence_truth
from stage_cases import dry_run
from test_settings_gears import faults
from truth_cases import changed, settings_in_use

from scenes.parts.errors import StageError
from scenes.parts.settings import load
from scenes.parts.settings.chain_of_influence import ChainOfInfluence
from scenes.parts.stage.stage import Stage
from scenes.parts.stage.travel import Travel
from scenes.parts.things.lettering import Sign
from scenes.parts.type.numbers import Formatter, parse_shown

CLIP = "ChainOfInfluence"
PUBLISHED = {
    **{"x": 1.0, "z": 1.2, "h": 0.8337, "y": -0.6669, "L": 0.6809},
    **{"change_x": 0.1, "change_z": 0.12, "change_h": 0.03313, "change_y": -0.02650, "change_L": 0.03128},
    **{"local_z": 1.2, "local_h": 0.3050, "local_y": -0.8, "local_L": -1.167},
    **{"front_x_h": 0.3660, "front_x_y": -0.2928, "front_x_L": 0.3417},
    **{"front_z_y": -0.2440, "front_z_L": 0.2847, "front_h_L": 0.9335},
    **{"dL_dL": 1.0, "dL_dy": -1.167, "dL_dh": 0.9335, "dL_dz": 0.2847, "dL_dx": 0.3417},
    **{"dL_dw1": 0.2847, "dL_dw2": -0.9728},
    **{"least_z": 0.0012, "least_h": 3.657e-4, "least_y": -2.925e-4, "least_L": 3.414e-4},
    **{"guess_here": 12.0, "front_here": 6.0, "back_here": 3.0},
}
"""As the storyboard has them, to four digits."""

RATIOS = {0.1: 0.2761, 0.01: 0.3020, 0.001: 0.3047}
"""Change of h by change of z, as the step shrinks to the slope 0.3050."""


def clip(**changes: Any) -> ChainOfInfluence:
    with settings_in_use(changed(CLIP, changes)):
        found = load().clip(CLIP)
    assert isinstance(found, ChainOfInfluence)
    return found


@cache
def stage() -> Stage:
    return dry_run(CLIP, frame_rate=2.0)


# -- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_digits_come_out(name: str) -> None:
    assert float(f"{clip().quantities()[name].number:.4g}") == float(f"{PUBLISHED[name]:.4g}")


@pytest.mark.parametrize("step", RATIOS)
def test_change_out_by_change_in_settles(step: float) -> None:
    found = clip().sweeps()["step"].quantities(step)
    assert f"{found['ratio_h'].number:.4f}" == f"{RATIOS[step]:.4f}"
    assert found["ratio_z"].number == pytest.approx(1.2, rel=1e-9)
    assert found["ratio_y"].number == pytest.approx(-0.8, rel=1e-9)
    assert found["ratio_L"].number == pytest.approx(-1.167, abs=step / 7)


def test_the_seeds_own_names_give_the_same_numbers() -> None:
    plain, own = clip().quantities(), clip(names=["h1", "h2"]).quantities()
    assert [own[f"local_{n}"].row.symbol for n in ("L", "y", "h2", "h1")] == [
        "(partial L)/(partial y)",
        "(partial y)/(partial h_2)",
        "(partial h_2)/(partial h_1)",
        "(partial h_1)/(partial x)",
    ]
    for name, other in (("z", "h1"), ("h", "h2")):
        for of in ("dL_d{}", "front_{}_L", "local_{}", "change_{}"):
            assert plain[of.format(name)].number == own[of.format(other)].number


@pytest.mark.parametrize("changes", [{}, {"activation": "sin", "x": -2.0}, {"w1": 0.0}, {"loss": "absolute_error"}])
def test_from_the_front_comes_out_what_comes_from_the_back(changes: dict[str, Any]) -> None:
    found = clip(**changes).quantities()
    for name, last in (("x", "front_x_L"), ("z", "front_z_L"), ("h", "front_h_L"), ("y", "local_L")):
        assert found[last].number == pytest.approx(found[f"dL_d{name}"].number, rel=1e-14)


def test_all_braces_have_one_scale_and_all_number_lines_are_as_wide() -> None:
    for changes in ({}, {"w1": -40.0}, {"step": 3.0}, {"x": 1e4, "activation": "identity"}):
        made = clip(**changes)
        (unit, *_), lines = [made.scales()["change"].per_unit], made.ranges().values()
        assert {round((high - low) * unit, 6) for low, high in lines} == {2.0}
        truth = influence_truth(made)
        largest = max(abs(truth[f"change_{n}"]) for n in ("x", "z", "h", "y", "L"))
        assert 0.4 < largest * unit <= 1.25


def test_a_sum_says_how_its_count_comes_about() -> None:
    sums, found = clip().named(), clip().quantities()
    for way in ("guess", "front", "back"):
        assert eval(sums[f"sum_{way}_here"]) == found[f"{way}_here"].number, way  # our own sum
    assert sums["sum_guess_here"] == "3 + 3 + 3 + 3"


@pytest.mark.parametrize(("into", "out"), [*pairwise(("x", "z", "h", "y", "L"))])
def test_the_changes_that_stand_there_when_the_step_has_shrunk_give_the_slopes_that_stand_there(
    into: str, out: str
) -> None:
    found = clip().quantities(3)
    one, by = (parse_shown(Formatter(3, 3).text(found[f"least_{name}"])) for name in (out, into))
    by_hand = one / by
    assert abs(float(by_hand) - clip().quantities()[f"local_{out}"].number) < 1e-3


def test_what_was_measured_comes_near_the_product_of_the_slopes_as_the_step_shrinks() -> None:
    found = clip().quantities()
    whole, closer, truth = (found[name].number for name in ("measured", "closer", "dL_dx"))
    assert whole == found["change_L"].number / 0.1
    assert abs(closer - truth) < abs(whole - truth) / 50


# -- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "key", "said"),
    [
        ({"names": ["x", "h"]}, "names", "'x' is no name here"),
        ({"names": ["h", "h"]}, "names", "'h' is no name here"),
        ({"names": ["alpha", "h"]}, "names", "a letter, perhaps with a digit"),
        ({"names": ["l", "h"]}, "names", "'l' is no name here"),
        ({"step": 0.0}, "step", "must be more than 0"),
        ({"step": 0.001}, "smallest", "so it must be smaller"),
        ({"x": 1e15}, "step", "too small to be seen"),
        ({"activation": "exp", "step": 1000.0}, "step", "cannot be computed after a step of"),
        ({"scale": 5.0}, "scale", "would draw dL_dy"),
    ],
)
def test_what_cannot_be_shown_is_refused_at_its_key(changes: dict[str, Any], key: str, said: str) -> None:
    found = faults(CLIP, changes)
    assert any(f"clips.{CLIP}.{key}" in line and said in line for line in found), found


# -- what stands on the stage -----------------------------------------------------------------------------------------


def test_a_row_has_as_many_marks_as_the_core_counts_multiplications() -> None:
    rule = stage().rule  # type: ignore[attr-defined]
    for way, marks in (("front", rule.products.marks), ("back", [line.signs[1:] for line in rule.back.lines])):
        signs = [s for row in marks for part in row for s in part.shown if isinstance(s, Sign) and s.sign == "times"]
        assert len(signs) == stage().quantities[f"{way}_here"].number, way


def test_long_products_stand_as_a_table_with_every_mark_and_no_dash_that_reads_as_a_minus() -> None:
    changes = {"x": -10.0, "w1": 4.4, "w2": 0.1, "activation": "exp", "loss": "squared_error", "target": 4.2}
    with settings_in_use(changed(CLIP, changes)):
        products = dry_run(CLIP, lambda made: made.arrange()).rule.products  # type: ignore[attr-defined]
    assert [len(row) for row in products.marks] == [3, 2, 1, 0]
    rows = [products._cells(i) for i in range(len(products.rows))]
    columns = [{round(row[i].place.x, 6) for row in rows if row[i]} for i in range(9)]
    assert all(len(column) <= 1 for column in columns)
    shorts = [line for row in products._wires for lines in row for line in lines]
    assert all(np.ptp(line.submobjects[0].points[:, 0]) > 0.1 for line in shorts)


def test_what_comes_out_of_a_gate_goes_into_the_next() -> None:
    lines = stage().rule.back.lines  # type: ignore[attr-defined]
    shown = [[part.shown[0].quantity.name for part in (line.result, *line.factors)] for line in lines]
    assert shown == [["dL_dh", "w2", "dL_dy"], ["dL_dz", "local_h", "dL_dh"], ["dL_dx", "w1", "dL_dz"]]
    assert all(one[0] == other[2] for one, other in pairwise(shown))


def test_the_sign_says_whether_the_digits_shown_give_the_digits_shown() -> None:
    rule = stage().rule  # type: ignore[attr-defined]
    signs = {line.result.shown[0].quantity.name: line.signs[0].shown[0].sign for line in rule.back.lines}
    assert signs == {"dL_dh": "=", "dL_dz": "=", "dL_dx": "="}, "-0.8 x -1.167 gives 0.934"
    assert [slots.lines[0].signs[0].shown[0].sign for slots in rule.weights.values()] == ["=", "="]


def test_where_nothing_is_divided_by_nothing_a_gate_shows_its_slope_at_once() -> None:
    assert clip().influence.settling == {"z", "h", "y", "L"}
    assert clip(activation="relu", x=-1.0).influence.settling == {"z", "h"}
    assert clip(w1=0.0).influence.settling == {"z"}


def test_a_brace_goes_on_as_one_of_another_quantity_only_while_both_show_the_same_number() -> None:
    new, old = stage().nudged.pairs  # type: ignore[attr-defined]  # the step has shrunk; the glass has grown
    with pytest.raises(StageError, match="they do not show the same"):
        Travel(*new, from_=old, copy=True)
    stage().sweep.x = stage().clip.step  # type: ignore[attr-defined]
    for shown in old:
        shown.draw()
    assert Travel(*new, from_=old, copy=True).gone == ()


def test_a_clip_at_pace_one_takes_no_longer_than_a_class_listens() -> None:
    beats = dry_run(CLIP, frame_rate=15.0).beats
    assert 25.0 < (beats[-1].last + 1) / 15.0 < 75.0
    assert [beat.name for beat in beats][6] == "ask"
    assert (beats[0].last - beats[0].hold) / 15.0 >= 3.9, "the first question leaves time to think, too"


# -- lies -------------------------------------------------------------------------------------------------------------


@pytest.mark.render
def test_an_honest_film_has_nothing_wrong() -> None:
    assert wrong(honest(CLIP)) == []


@pytest.mark.render
@pytest.mark.parametrize(("name", "lie"), [("front_here", 7.0), ("guess_here", 11.0)])
def test_a_count_that_is_off_by_one_is_named_by_both_engines(name: str, lie: float) -> None:
    check_both_engines_name(CLIP, name, lie)


@pytest.mark.render
def test_a_brace_of_another_change_is_wrong() -> None:
    def edit(plain: Plain) -> None:
        sample(plain, "brace", "moved_h")["value"] = value(0.0332)

    assert {"live values", "live reference", "geometry"} <= set(told(forged(CLIP, edit)))


@pytest.mark.render
def test_bars_on_a_scale_that_no_setting_states_are_wrong() -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["kind"] == "stave" and row["quantity"] == "back_here")
        row["scale"] *= 10

    assert "geometry" in told(forged(CLIP, edit))
