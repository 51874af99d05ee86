"""Beats that say something of the numbers come where it is true, and only there: their conditions, worked out anew.

What each scene leaves out is compared with the same condition evaluated by a second engine, for settings drawn by
chance; and so is all that words say of the numbers (`claim_cases`), for every setting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest
import yaml
from claim_cases import CLAIMS, extremes, reference
from lecturer_cases import CLIP, Changes, drawn
from stage_cases import ROOT
from truth_cases import settings_in_use

from core import CoreError
from scenes.parts.settings import SettingsError, load
from scenes.parts.settings.models import SCENES
from studio.beats import beats_of

FEW, MANY = 12, 500  # settings of each scene, for `make test` and for `make proof`

Said = Mapping[str, bool]


def gears(clip: Any) -> Said:
    """A turn of L turns x only where dL/dx is not 0; the gap shrinks faster than the turn, or that is not said."""
    quantities = clip.quantities()
    if any(quantities[f"gap_{i}"].is_rounding for i in (0, 1)):
        raise LookupError("a gap of which no digit holds is not shown: the clip is refused")
    back = reference(quantities["dL_dx"].row.term) != 0.0
    gaps, turns = ([abs(reference(quantities[f"{of}_{i}"].row.term)) for i in (0, 1)] for of in ("gap", "dx"))
    shrinks = gaps[1] * turns[0] < gaps[0] * turns[1]
    return {"turn_back": back, "cannot_turn_back": not back, "turn_less": shrinks, "turn_less_too": not shrinks}


def pushes(clip: Any) -> Said:
    """A weight has an area where there is one; x moves where it is told to go elsewhere."""
    weights = [stage for stage in clip.stages if stage in clip.weights]
    return {"span_area": bool(weights), "collect_weight_gradients": len(weights) > 1}


def sweeps(clip: Any) -> Said:
    """The first triangle stands alone where there are others."""
    return {"read_first": len(clip.functions) > 1}


CONDITIONS: Final[Mapping[str, Callable[[Any], Said]]] = {
    "chain_rule_gears": gears,
    "push_through_gears": pushes,
    "toy_chain": sweeps,
}


def compared(scene: str, seed: int) -> bool:
    """Compare which beats a clip tells with which it should; return whether it can be computed."""
    with settings_in_use({"clips": {CLIP: drawn(scene, seed)}}):
        try:
            clip: Any = load().clip(CLIP)
            should, without = CONDITIONS[scene](clip), clip.left_out
        except (SettingsError, CoreError, ArithmeticError, LookupError):
            return False
        told = {beat: beat not in without for beat in should}
    assert told == should, f"{scene} {seed}"
    return True


def judge(scene: str, many: int) -> None:
    computed = sum(compared(scene, seed) for seed in range(20_000, 20_000 + many))
    print(f"{scene}: {many} drawn, the conditions of {computed} evaluated")
    assert computed >= many // 2


@pytest.mark.parametrize("scene", CONDITIONS)
def test_what_a_beat_says_holds_for_a_few_settings(scene: str) -> None:
    judge(scene, FEW)


@pytest.mark.proof
@pytest.mark.parametrize("scene", CONDITIONS)
def test_what_a_beat_says_holds_for_hundreds_of_settings(scene: str) -> None:
    judge(scene, MANY)


def test_every_scene_that_leaves_beats_out_has_its_conditions_here() -> None:
    assert {scene for scene, model in SCENES.items() if hasattr(model, "left_out")} == set(CONDITIONS)


@pytest.mark.parametrize(
    ("changes", "asked", "told"),
    [
        ({"scene": "two_layer_network", "activation": "relu", "w1": -3.0}, "compare_sizes", "compare_none"),
        ({"scene": "two_layer_network", "activation": "identity", "w1": 0.8, "w2": 0.8}, "ask", "ask_alike"),
        ({"scene": "two_layer_network"}, "compare_sizes", "compare_sizes"),
        ({"scene": "extended_chain", "joins": ["identity"]}, "ask", "ask_any"),
        ({"scene": "fan_out", "functions": ["relu", "relu"], "x": -1.0}, "say_claim", "say_sum"),
    ],
)
def test_where_one_beat_comes_in_place_of_another_it_comes_for_who_asks_for_that(
    changes: Changes, asked: str, told: str
) -> None:
    with settings_in_use({"clips": {CLIP: changes}}):
        settings = load()
        clip: Any = settings.clip(CLIP)
        assert beats_of([f"{CLIP}:{asked}"], settings) == {CLIP: [told]}
        beats, instead = clip.words.beats(), clip.instead
    assert {*instead, *instead.values()} <= {*beats}
    assert all(beats.index(beat) < beats.index(other) for beat, other in instead.items())


def false_of(changes: Changes) -> list[str] | None:
    """Return what words say of a clip that is not so; None where it cannot be computed, so that it is refused."""
    with settings_in_use({"clips": {CLIP: changes}}):
        try:
            clip: Any = load().clip(CLIP)
            return [said for said, holds in CLAIMS[changes["scene"]].items() if not holds(clip)]
        except (SettingsError, CoreError, ArithmeticError, LookupError, ValueError):
            return None


def judge_words(scene: str, many: int) -> None:
    told = {seed: false_of(drawn(scene, seed)) for seed in range(30_000, 30_000 + many)}
    computed = {seed: false for seed, false in told.items() if false is not None}
    print(f"{scene}: {many} drawn, what words say of {len(computed)} evaluated")
    assert not {seed: false for seed, false in computed.items() if false}
    assert len(computed) >= many // 6


@pytest.mark.parametrize("scene", CLAIMS)
def test_what_words_say_holds_for_a_few_settings(scene: str) -> None:
    judge_words(scene, FEW)


@pytest.mark.parametrize("scene", CLAIMS)
def test_what_words_say_holds_at_the_ends_of_what_may_be_set(scene: str) -> None:
    told = [false_of(changes) for changes in extremes(scene)]
    assert [false for false in told if false is not None] == [[]] * len(told)


@pytest.mark.proof
@pytest.mark.parametrize("scene", CLAIMS)
def test_what_words_say_holds_for_hundreds_of_settings(scene: str) -> None:
    judge_words(scene, MANY)


def test_what_is_tried_is_what_shipped_words_say() -> None:
    clips = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))["clips"].values()
    said = {
        scene: str([clip["words"] for clip in clips if clip["scene"] == scene and "words" in clip]) for scene in SCENES
    }
    assert set(CLAIMS) == set(SCENES)
    assert not [
        (scene, text)
        for scene, claims in CLAIMS.items()
        for text in claims
        if text not in said[scene].replace("\\'", "'")
    ]
