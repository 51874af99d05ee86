"""Other people's numbers and words: what a clip accepts it draws, reads well, and passes its audit."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from stage_cases import ROOT
from truth_cases import changed, plain_settings, settings_in_use
from word_cases import SENTENCES, TITLES

from scenes.parts.stage.rehearsal import refusals

Changes = Mapping[str, Any]

NETWORKS: Final[tuple[Changes, ...]] = (
    {"w1": 2.0},
    {"w1": -123.456, "activation": "identity"},
    {"w1": 0.0},
    {"w2": 0.0},
    {"x": 0.0},
    {"x": -3.5, "w1": 0.001},
    {"x": 12.0, "w1": 2.5, "w2": 4.0, "activation": "sin"},
    {"w1": -2.0, "w2": -2.0, "target": -1.0},
    {"x": 1e-3, "w2": 1e3},
    {"target": 250.0},
    {"target": -0.65},
    {"activation": "relu", "x": -1.0},
    {"activation": "sigmoid", "target": 1.0},
    {"activation": "softplus", "loss": "absolute_error"},
    {"activation": "exp", "w1": 1.5},
    {"activation": "cos", "x": 2.0, "rate": 3.0},
    {"activation": "identity", "loss": "squared_error"},
    {"activation": "square", "w1": 3.0},
    {"loss": "binary_cross_entropy_with_logits", "target": 1.0},
    {"rate": 0.001, "x": 7.25, "w1": 0.3333},
)


def functions(*pieces: tuple[str, float, float]) -> Changes:
    """Function gears of these functions, each from a lowest to a highest x."""
    return {"circles_at": None, "pieces": [{"function": f, "x_range": [low, high]} for f, low, high in pieces]}


FUNCTION_GEARS: Final[tuple[Changes, ...]] = (
    functions(("identity", -1.0, 2.0)),
    functions(("square", -2.0, 2.0)),
    functions(("cube", 0.5, 1.5), ("cube", -0.1, 0.1)),
    functions(("tanh", -4.0, 4.0)),
    functions(("sigmoid", -6.0, 6.0), ("tanh", 3.0, 5.0)),
    functions(("relu", -3.0, 1.0)),
    functions(("relu", -2.0, -1.0), ("softplus", -4.0, 4.0)),
    functions(("leaky_relu", -1.0, 1.0)),
    functions(("softplus", -100.0, 100.0)),
    functions(("sin", -10.0, 10.0)),
    functions(("cos", 0.3, 2.8)),
    functions(("exp", 0.0, 1000.0)),
    functions(("exp", 3.0, 5.0), ("exp", -9.0, -5.0)),
    functions(("log", -1.0, 5.0)),
    functions(("sqrt", 0.0, 4.0)),
    functions(("reciprocal", -2.0, 2.0)),
    functions(("reciprocal", 0.001, 0.002)),
    functions(("abs", -3.0, 1.0)),
    functions(("gelu", -4.0, 4.0), ("relu", -1.0, 1.0), ("sin", -1e-6, 1e-6)),
    functions(("square", 1e4, 2e4), ("sigmoid", -1.0, 1.0), ("log", 1.0, 3.0), ("sqrt", 1.0, 9.0)),
)
_TEN: Final = ["tanh", "square", "identity", "sin", "cos", "softplus", "gelu", "sigmoid", "tanh", "leaky_relu"]

TOY_CHAINS: Final[tuple[Changes, ...]] = (
    {"functions": ["identity"]},
    {"functions": ["square"], "x_range": [-1e4, 1e4]},
    {"functions": ["relu"], "x_range": [-3.0, 1.0]},
    {"functions": ["relu", "identity"], "x_range": [-2.0, -1.0]},
    {"functions": ["leaky_relu", "abs"], "x_range": [-1.0, 1.0]},
    {"functions": ["tanh", "sigmoid"], "x_range": [-100.0, 100.0]},
    {"functions": ["sin", "cos"], "x_range": [-10.0, 10.0]},
    {"functions": ["exp", "log", "reciprocal"], "x_range": [0.5, 3.0]},
    {"functions": ["exp", "exp"], "x_range": [-2.0, 2.0]},
    {"functions": ["sqrt", "log"], "x_range": [1e-3, 2e-3]},
    {"functions": ["cube", "gelu", "softplus"], "x_range": [-1.5, 1.5]},
    {"functions": ["sin"], "x_range": [-1e-6, 1e-6]},
    {"functions": ["reciprocal", "square"], "x_range": [-3.0, -0.25]},
    {"flat": 1.0},
    {"flat": 1e-6},
    {"functions": ["square", "abs", "sqrt"], "x_range": [0.1, 2.0], "scale": 0.2},
    {"functions": ["sigmoid"] * 5, "x_range": [-6.0, 6.0]},
    {"functions": _TEN[:7], "x_range": [0.0, 1.0]},
    {"functions": _TEN[:8]},
    {"functions": _TEN},
)


def chain(*stages: str, **weights: float) -> Changes:
    """A chain of these stages, of which some are weights, without a loss."""
    return {"stages": list(stages), "weights": weights, "loss": "none"}


TRAINS: Final[tuple[Changes, ...]] = (
    {"weights": {"w1": 0.0, "w2": -0.8}},
    {"weights": {"w1": 1.2, "w2": 0.0}},
    {"weights": {"w1": 1.2, "w2": 0.8}},
    {"weights": {"w1": -2.0, "w2": -2.0}, "target": -1.0},
    {"weights": {"w1": 1e-3, "w2": 1e3}},
    {"x": 0.0, "target": 0.0},
    {"x": 0.5, "weights": {"w1": 1.5, "w2": 2.0}, "target": 1.0},
    {"x": -1.0, "stages": ["w1", "relu", "w2"]},
    {"weights": {"w1": 123.456, "w2": -0.8}, "stages": ["w1", "identity", "w2"]},
    {"weights": {"w1": 1e6, "w2": -0.8}, "stages": ["w1", "identity", "w2"], "target": 3.0},
    {"stages": ["w1", "sigmoid", "w2"], "loss": "binary_cross_entropy_with_logits", "target": 1.0},
    {"weights": {"w": 1.2}, "stages": ["w"], "loss": "absolute_error"},
    {"weights": {"w1": 1.2}, "stages": ["exp", "w1", "softplus"], "loss": "squared_error"},
    {"weights": {"w1": 1.2, "w2": -0.8, "w3": 1.5}, "stages": ["w1", "tanh", "w2", "sigmoid", "w3"]},
    {"x": -1.5, "weights": {"w1": 0.7, "w2": 0.3}, "stages": ["gelu", "w1", "leaky_relu", "w2", "cos"]},
    {"weights": {}, "stages": ["identity"] * 12},
    {"x": 2.0, **chain("sqrt", "w1", "log", "w2", w1=2.0, w2=0.5)},
    {"x": 1.5, **chain("cube", "w1", "reciprocal", w1=3.0)},
    chain(*["sigmoid"] * 12),
    chain(*["sin"] * 9),
)


def two_ways(x: float, *functions: str, **others: Any) -> Changes:
    """Another value, other functions, and whatever else."""
    return {"x": x, "functions": list(functions or ("identity", "tanh")), **others}


FAN_OUTS: Final[tuple[Changes, ...]] = (
    two_ways(0.0),
    two_ways(-123.456, "square", "identity"),
    two_ways(1e-6, "identity", "sin"),
    two_ways(12.0, "exp", "cube", turn=0.5),
    two_ways(1.0, "identity", "cos", turn=2.0),
    two_ways(-0.7, "relu", "softplus"),
    two_ways(0.0, "relu", "abs"),
    two_ways(0.0, "square", "cos"),
    two_ways(2.0, "identity", "identity", weights=[1.0, -1.0]),
    two_ways(2.0, "tanh", "sigmoid", weights=[0.0, 0.0]),
    two_ways(2.0, "identity", "tanh", weights=[0.5, 1.5]),
    two_ways(0.4, "gelu", "leaky_relu", weights=[-3.25, 0.001]),
    two_ways(0.3, "log", "reciprocal", turn=0.01),
    two_ways(4.0, "sqrt", "log", turn=1.0),
    two_ways(1e4, "square", "sqrt", turn=100.0, nudge=1.0),
    two_ways(0.8, "identity", "sin", weights=[250.0, 1000.0]),
    two_ways(1.2, "tanh", "tanh", weights=[1.0, 0.9]),
    two_ways(-2.0, "sigmoid", "gelu"),
    two_ways(3.1, "cos", "sin", turn=0.3),
    two_ways(0.5, "cube", "exp", scale=0.05, nudge=0.1),
)
GEARED: Final[tuple[Changes, ...]] = (
    two_ways(0.8, "identity", "cos"),
    two_ways(0.1, "tanh", "identity", weights=[-0.6, 1.2]),
    two_ways(-0.8, "tanh", "identity", turn=1e6),
    two_ways(0.8, "identity", "tanh", turn=1e-6, nudge=1e-7),
)
STEPS: Final[tuple[Changes, ...]] = (
    {"w1": 2.0},
    {"w1": 0.0},
    {"w2": 0.0},
    {"x": 0.0},
    {"x": -3.5, "w1": 0.001},
    {"x": 12.0, "w1": 2.5, "w2": 4.0, "activation": "sin"},
    {"x": 1e-3, "w2": 1e3},
    {"x": 100.0},
    {"w1": 1e8, "activation": "identity"},
    {"target": 250.0},
    {"target": -0.65},
    {"activation": "relu", "x": -1.0},
    {"activation": "softplus", "loss": "absolute_error"},
    {"activation": "identity", "loss": "squared_error"},
    {"activation": "identity", "w1": 1.0, "w2": 0.5},
    {"activation": "square", "w1": 3.0},
    {"loss": "binary_cross_entropy_with_logits", "target": 1.0},
    {"rates": [0.5]},
    {"rates": [0.001, 0.1, 0.7]},
    {"rates": [1e6, 1e-9], "first_steps": 2, "steps": 60},
)
INFLUENCES: Final[tuple[Changes, ...]] = (
    {"w1": 2.0},
    {"w1": -123.456, "activation": "identity"},
    {"w1": 0.0},
    {"w2": 0.0, "names": ["u", "v"]},
    {"x": 0.0, "step": 0.5},
    {"x": -3.5, "w1": 0.001},
    {"x": 12.0, "w1": 2.5, "w2": 4.0, "activation": "sin"},
    {"w1": -2.0, "w2": -2.0, "target": -1.0, "names": ["h1", "h2"]},
    {"x": 1e-3, "w2": 1e3},
    {"target": 250.0},
    {"activation": "relu", "x": -1.0},
    {"activation": "relu", "x": -0.05},
    {"activation": "sigmoid", "target": 1.0, "loss": "binary_cross_entropy_with_logits"},
    {"activation": "softplus", "loss": "absolute_error"},
    {"activation": "exp", "w1": 1.5, "step": 0.02},
    {"activation": "cos", "x": 2.0},
    {"activation": "square", "w1": 3.0, "loss": "squared_error"},
    {"x": 7.25, "w1": 0.3333, "step": 3.0, "smallest": 1e-5},
    {"scale": 0.4},
)
SWEEPS: Final[tuple[Changes, ...]] = (
    {"long": 2, "widths": [1, 1, 1]},
    {"long": 100, "widths": [1000, 1000, 1000, 1000]},
    {"long": 3, "widths": [3, 4, 2]},
    {"long": 17, "widths": [1000, 1, 1000]},
    {"widths": [5, 6, 7, 8]},
)
LOGITS: Final = "binary_cross_entropy_with_logits"
JUDGED: Final[tuple[Changes, ...]] = (
    {"w1": 2.0},
    {"w1": 0.0, "parts": ["kink", "hand", "learn", "chance"]},
    {"w2": 0.0, "parts": ["learn"]},
    {"x": 0.0, "target": 0.0, "parts": ["kink", "learn"]},
    {"x": -3.5, "w1": 0.001, "parts": []},
    {"x": 12.0, "w1": 2.5, "w2": 4.0, "activation": "sin", "parts": ["kink", "hand", "learn"]},
    {"x": 1e-3, "w2": 1e3, "parts": ["kink", "learn"]},
    {"target": 250.0, "parts": ["kink", "hand", "learn"]},
    {"target": -0.65, "parts": ["kink", "hand", "learn"]},
    {"activation": "relu", "x": -1.0, "parts": ["kink", "hand", "learn"]},
    {"activation": "softplus", "b": -2.5, "times": 0.25, "parts": ["kink", "learn"]},
    {"losses": ["squared_error", "half_squared_error"]},
    {"losses": ["absolute_error", LOGITS], "target": 1.0, "parts": ["kink", "hand", "learn", "chance"]},
    {"losses": [LOGITS, "half_squared_error"], "target": 0.25, "parts": ["hand", "chance"]},
    {"w2": 4.0, "parts": ["kink", "hand", "learn"]},
    {"losses": ["squared_error", LOGITS], "target": 0.0, "w2": 3.0, "times": 10.0, "parts": ["chance"]},
    {"b": 0.5, "rate": 0.001, "steps": 100, "parts": ["kink", "learn"]},
    {"activation": "identity", "w1": -123.456, "rate": 5.0, "steps": 2, "parts": ["hand", "learn"]},
    {"w2": None, "activation": "tanh", "parts": ["hand", "learn"]},
    {"w2": None, "activation": "sigmoid", "target": 1.0, "losses": ["binary_cross_entropy", "absolute_error"]},
)
_SIX: Final = ["tanh", "relu", "sin", "sigmoid", "leaky_relu", "softplus"]
SWAPS: Final[tuple[Changes, ...]] = (
    {"w1": 2.0},
    {"w1": -123.456, "activations": ["identity", "relu"]},
    {"w1": 0.0},
    {"w2": 0.0},
    {"x": 0.0},
    {"x": -3.5, "w1": 0.001},
    {"x": 12.0, "w1": 2.5, "w2": 4.0},
    {"x": 1e-3, "other_x": 2e-3, "w2": 1e3},
    {"other_x": 0.9, "w1": -2.0, "w2": -2.0, "target": -1.0},
    {"other_x": 3.0, "activations": ["cos", "gelu"]},
    {"target": 250.0},
    {"target": -0.65},
    {"activations": ["identity", "square", "cube"]},
    {"activations": _SIX},
    {"activations": _SIX[:5], "scale": 0.3},
    {"activations": ["exp", "abs", "gelu", "cos", "square", "identity"]},
    {"activations": ["exp", "cube"], "x": 3.0},
    {"loss": "absolute_error"},
    {"loss": "squared_error", "w2": 3.0},
    {"loss": "binary_cross_entropy_with_logits", "target": 1.0, "activations": ["sigmoid", "softplus", "tanh"]},
    {"tells": "pushes", "w1": 2.0, "target": -0.65},
    {"tells": "pushes", "activations": ["identity", "relu"], "w2": 0.0},
    {"tells": "pushes", "activations": _SIX, "other_x": 3.0},
    {"tells": "pushes", "activations": ["cos", "gelu"], "x": -3.5, "w1": 0.001},
    {"tells": "pushes", "activations": ["exp", "cube"], "x": 3.0, "w2": -250.0},
)


def joined(*stages: str, joins: tuple[str, ...] = ("sin", "cos"), **others: Any) -> Changes:
    """A chain of these stages, what joins it, and whatever else."""
    return {"stages": list(stages), "joins": list(joins), **others}


EXTENDED_CHAINS: Final[tuple[Changes, ...]] = (
    {"x": 0.0},
    {"x": -1.7, "x_range": [-3.0, 0.5]},
    joined("identity", joins=()),
    joined("tanh", "square", "identity", joins=("sin",)),
    joined("relu", "identity", x=-1.0),
    joined("w", "tanh", weights={"w": -123.456}, joins=("w1",)) | {"weights": {"w": -123.456, "w1": 0.001}},
    joined("w", weights={"w": 1e4}, joins=("w2", "w3")) | {"weights": {"w": 1e4, "w2": 0.0, "w3": -1e-3}},
    joined("exp", "log", "reciprocal", x=1.5, x_range=[0.5, 3.0]),
    joined("exp", "exp", x_range=[-2.0, 2.0]),
    joined("sqrt", "log", x=0.5, x_range=[0.1, 2.0], joins=("softplus",)),
    joined(*["sigmoid"] * 10),
    joined(*_TEN, x=0.3),
    joined(*["identity"] * 12, joins=()),
    joined("square", "square", "square", joins=("square", "square"), x=1.5),
    joined("abs", "leaky_relu", "gelu", joins=("relu", "identity"), x=-0.4),
    joined("cube", "sin", x=2.0, joins=("cos", "cos"), x_range=[-1.0, 2.5]),
    {"first": ["relu", "tanh"], "first_x": -1.0, "second": ["identity"] * 12, "axis": "linear"},
    {"first": ["square"] * 10, "first_x": 1.5, "second": ["sigmoid"] * 12, "second_x": 5.0},
    {"first": ["cos"], "second": ["w", "sin", "cos"], "weights": {"w": -3.0}, "second_x": 0.1},
    joined("tanh", joins=("softplus", "gelu"), first=["square"] * 3, first_x=30.0, axis="linear"),
)
TOLD: Final = "all", "joins", "joins and long chains", "x and long chains"
OTHERS: Final = {
    "ExtendedChain": tuple({"tells": TOLD[i % 4], **each} for i, each in enumerate(EXTENDED_CHAINS)),
    "TwoLayerNetwork": NETWORKS,
    "FunctionGears": FUNCTION_GEARS,
    "FanOut": FAN_OUTS,
    "FanOutGears": GEARED,
    "LearningStep": STEPS,
    "LearningRates": STEPS,
    "LossSwap": JUDGED,
    "ChainOfInfluence": INFLUENCES,
    "OneSweep": SWEEPS,
    "ActivationSwap": SWAPS,
    "ChainRuleGears": TRAINS,
    "PushThroughGears": TRAINS,
    "ToyChain": TOY_CHAINS,
}


def every(nth: int, i: int) -> list[pytest.MarkDecorator]:
    """One in so many is for `make test`, spread over all clips; the others are for `make proof`."""
    return [] if i % nth == 0 else [pytest.mark.proof]


EACH: Final = [
    pytest.param(clip, change, id=f"{clip}: {change}", marks=every(12, i + j))
    for j, (clip, all_) in enumerate(OTHERS.items())
    for i, change in enumerate(all_)
]
LANGUAGES: Final = sorted(set(SENTENCES) & set(TITLES) - {"en"})
TIGHT: Final = {("TwoLayerNetwork", "th")}  # two lines of Thai on every beat: always tried
IN_WORDS: Final = [
    pytest.param(clip, language, id=f"{clip} in {language}", marks=[] if (clip, language) in TIGHT else every(n, i - j))
    for n in [len(LANGUAGES)]  # each clip in one language, the next clip in the next
    for (j, clip), (i, language) in product(enumerate(OTHERS), enumerate(LANGUAGES))
]


def in_language(clip: str, language: str) -> dict[str, Any]:
    """The shipped settings of a clip with its title and every sentence in another language."""
    clips = plain_settings()["clips"]
    first = next(each for each in clips.values() if each["scene"] == clips[clip]["scene"])
    words = {**first["words"], **clips[clip]["words"]}
    said = {key: {**beat, "sentence": SENTENCES[language]} for key, beat in words.items() if isinstance(beat, dict)}
    # 0.834 in the sentences is a number that they type
    return changed(clip, {"words": {**words, **said, "title": TITLES[language]}, "allow_typed_numbers": True})


def refused(clip: str, plain: Mapping[str, Any]) -> list[str]:
    with settings_in_use(plain):
        return [refusal.message for refusal in refusals(clip)]


@pytest.mark.parametrize(("clip", "change"), EACH)
def test_other_numbers_are_accepted_and_nothing_lies_over_anything(clip: str, change: Changes) -> None:
    assert refused(clip, changed(clip, change)) == []


@pytest.mark.parametrize(("clip", "language"), IN_WORDS)
def test_words_of_other_languages_are_accepted_and_nothing_lies_over_anything(clip: str, language: str) -> None:
    assert refused(clip, in_language(clip, language)) == []


def audited(folder: Path, plain: Mapping[str, Any], what: str) -> None:
    """Draw a clip, or one beat of it, in draft quality and audit it, as a user would."""
    file = folder / "own.yaml"
    file.write_text(yaml.safe_dump(dict(plain), allow_unicode=True, sort_keys=False), encoding="utf-8")
    backgear = str(Path(sys.executable).with_name("backgear"))
    command = [backgear, "render", "-q", "l", "-j", "1", "--audit", "--media", str(folder), what]
    own = {**os.environ, "BACKGEAR_CONFIG": str(file)}
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


@pytest.mark.render
@pytest.mark.parametrize(
    ("clip", "beat", "change"),
    [
        ("TwoLayerNetwork", "collect_weight_gradients", NETWORKS[0]),
        ("FunctionGears", "roll_same", {**FUNCTION_GEARS[0], "sweep_seconds": 12.0}),
    ],
)
def test_a_beat_of_other_numbers_passes_its_audit(tmp_path: Path, clip: str, beat: str, change: Changes) -> None:
    audited(tmp_path, changed(clip, change, {"pace": 4.0}), f"{clip}:{beat}")


@pytest.mark.proof
@pytest.mark.parametrize(("clip", "change"), EACH)
def test_every_clip_of_other_numbers_passes_its_audit(tmp_path: Path, clip: str, change: Changes) -> None:
    audited(tmp_path, changed(clip, change), clip)


@pytest.mark.proof
@pytest.mark.parametrize(("clip", "language"), IN_WORDS)
def test_every_clip_in_another_language_passes_its_audit(tmp_path: Path, clip: str, language: str) -> None:
    audited(tmp_path, in_language(clip, language), clip)
