"""OneSweep: the published counts, sums that give them, what is refused, what is drawn, and lies about counts."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from audit_cases import Plain, check_both_engines_name, forged, honest, told, wrong
from stage_cases import dry_run
from sweep_cases import sweep_truth
from test_settings_gears import faults
from truth_cases import changed, settings_in_use

from scenes.parts.settings import load
from scenes.parts.settings.one_sweep import OneSweep
from scenes.parts.stage.stage import Stage

CLIP = "OneSweep"
PUBLISHED = {
    **{"front_long": 1225.0, "back_long": 49.0, "gain_long": 25.0},
    **{"front_net": 6_932_128.0, "back_net": 109_184.0, "each_input": 8842.0},
    **{"front_one": 8842.0, "back_one": 8960.0, "gain_most": 8842 / 128},
    **{"wires_0": 100_352.0, "wires_1": 8192.0, "wires_2": 640.0, "wires_3": 10.0},
}


def clip(**changes: Any) -> OneSweep:
    with settings_in_use(changed(CLIP, changes)):
        found = load().clip(CLIP)
    assert isinstance(found, OneSweep)
    return found


@cache
def stage() -> Stage:
    return dry_run(CLIP, frame_rate=15.0)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_counts_come_out(name: str) -> None:
    assert clip().quantities()[name].number == PUBLISHED[name]


@pytest.mark.parametrize("widths", [(5, 3, 1), (784, 128, 64, 10), (2, 3, 4, 5), (7, 1, 1)])
@pytest.mark.parametrize("long", [2, 3, 5, 50])
def test_the_counts_are_those_of_going_through_every_product(widths: tuple[int, ...], long: int) -> None:
    made = clip(widths=list(widths), long=long)
    found = {name: each.number for name, each in made.quantities().items()}
    assert found == pytest.approx(sweep_truth(made), rel=1e-15)
    for way in ("front", "back"):
        said = made.named()[f"sum_{way}_long"]
        assert "…" in said or eval(said) == found[f"{way}_long"], (way, said)  # our own sum
    assert clip().named()["sum_front_long"] == "49 + 48 + … + 1"


@pytest.mark.parametrize("widths", [(20, 5), (1, 1), (1000, 1), (5, 1000), (128, 64, 10)])
def test_the_more_inputs_the_larger_the_gain_up_to_a_limit(widths: tuple[int, ...]) -> None:
    each = [clip(widths=[inputs, *widths]).quantities() for inputs in (1, 2, 14, 999, 1000)]
    one, *_, most = gains = [found["gain_net"].number for found in each]
    assert all(few < many for few, many in pairwise(gains))
    assert {found["gain_one"].number for found in each} == {one}
    assert {found["gain_most"].number for found in each} == {limit := each[0]["gain_most"].number}
    assert most < limit
    assert (1000 / most - 1 / one) / 999 == pytest.approx(1 / limit)  # 1 / gain is a line over 1 / inputs


@pytest.mark.parametrize(
    ("changes", "key", "said"),
    [
        ({"long": 1}, "long", "must be at least 2"),
        ({"long": 101}, "long", "must be at most 100"),
        ({"widths": [5, 3]}, "widths", "at least 3 are needed"),
        ({"widths": [5, 3, 1001]}, "widths", "must be at most 1000"),
        ({"widths": [5, 0, 3]}, "widths", "must be at least 1"),
    ],
)
def test_what_cannot_be_shown_is_refused_at_its_key(changes: dict[str, Any], key: str, said: str) -> None:
    found = faults(CLIP, changes)
    assert any(f"clips.{CLIP}.{key}" in line and said in line for line in found), found


def test_every_value_has_a_bar_and_the_bars_together_are_the_count() -> None:
    rows = stage().rows.bars  # type: ignore[attr-defined]
    assert sum(bar.numbers[0][0].now.number for bar in rows) == stage().quantities["front_long"].number
    heights = [bar.reading().value for bar in rows]
    assert heights == sorted(heights, reverse=True)


def test_there_is_a_wire_from_each_dot_to_each_dot_of_the_next_layer() -> None:
    net = stage().net  # type: ignore[attr-defined]
    for i, (one, other) in enumerate(zip(net.spots, net.spots[1:], strict=False)):
        assert len(net.bundle(i, "edge").submobjects) == len(one) * len(other)


def test_a_clip_at_pace_one_takes_no_longer_than_a_class_listens() -> None:
    beats = stage().beats
    assert 25.0 < (beats[-1].last + 1) / 15.0 < 75.0
    assert "ask" in [beat.name for beat in beats]


# -- lies -------------------------------------------------------------------------------------------------------------


@pytest.mark.render
def test_an_honest_film_has_nothing_wrong() -> None:
    assert wrong(honest(CLIP)) == []


@pytest.mark.render
@pytest.mark.parametrize(("name", "lie"), [("back_long", 48.0), ("back_net", 109_185.0), ("wires_1", 8193.0)])
def test_a_count_that_is_off_by_one_is_named_by_both_engines(name: str, lie: float) -> None:
    check_both_engines_name(CLIP, name, lie)


@pytest.mark.render
def test_a_bar_on_a_scale_that_no_setting_states_is_wrong() -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["kind"] == "stave" and row["quantity"] == "row_7")
        row["scale"] *= 10

    assert "geometry" in told(forged(CLIP, edit))
