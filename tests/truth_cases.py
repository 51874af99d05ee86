"""What a clip should show, worked out from its settings with the core alone, beside the clip's own table."""

from __future__ import annotations

import contextlib
import io
import math
import os
import tempfile
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from curve_cases import KINKED, curve_near
from fan_out_cases import fan_out_moving, fan_out_truth
from influence_cases import TYPED as COUNTED
from influence_cases import influence_moving, influence_truth
from stage_cases import ROOT, dry_run
from swap_cases import swap_moving, swap_truth
from sweep_cases import TYPED as WORK
from sweep_cases import sweep_truth

from core.checks import nudge
from core.errors import CoreError
from core.functions import FUNCTIONS, LOSSES
from core.layers import elementwise, scale
from core.trace import Trace, record
from scenes.parts.recipe.by_core import number
from scenes.parts.settings import SettingsError, load
from scenes.parts.stage.stage import Stage

Truth = dict[str, float]

_INPUTS = {"x", "nudge", "w1", "w2", "target", "rate", "minus_rate", "size_w1", "size_w2"}
TYPED = _INPUTS | {
    "half_turn",
    "dL_dL",
    "x_low",
    "x_high",
    "flat",
    "push",
    "back_L",
    "turned_by",
    "front_x",
    "circle_x",
    "turn",
    "nudge_wide",
    "move_to",
    "other_x",
}
"""What the lecturer typed, or what is one by definition: shown as typed, not rounded."""


def is_typed(name: str) -> bool:
    """Whether a quantity is shown as it was typed."""
    if name in ("step_w1", "step_w2"):
        return False
    return name in TYPED | COUNTED | WORK or name.startswith(
        ("row_", "width_", "wires_", "step_", "run_w", "dx_", "graph_x_", "graph_h_")
    )


def network_pass(clip: Any, w1: float, w2: float) -> Trace:
    """The recorded pass of a `two_layer_network` with some weights."""
    layers = [scale(w1), elementwise(clip.activation), scale(w2)]
    return record(layers, clip.x, target=clip.target, loss=clip.loss)


def network_after(clip: Any, rate: float) -> Truth:
    """The weights and all values of a `two_layer_network` after one step at a rate."""
    before = network_pass(clip, clip.w1, clip.w2)
    w1, w2 = (w - rate * float(before.grads[i]["w"]) for w, i in ((clip.w1, 0), (clip.w2, 2)))
    after = network_pass(clip, w1, w2)
    x, z, h, y = (float(value) for value in after.h)
    return {"rate": rate, "w1": w1, "w2": w2, "x": x, "z": z, "h": h, "y": y, "L": float(after.loss)}


def network_curves(clip: Any, trace: Trace) -> dict[str, Any]:
    """The graphs under the gates of a `two_layer_network`: 121 points about each value, and that value."""
    x, z, h, y = (float(value) for value in trace.h)
    gates = {"z": (x, lambda at: clip.w1 * at), "h": (z, FUNCTIONS[clip.activation].value)}
    gates |= {"y": (h, lambda at: clip.w2 * at), "L": (y, lambda at: LOSSES[clip.loss].value(at, clip.target))}
    curves = (
        curve_near(
            *(node, here, function, clip.target if node == "L" else 0.0),
            past=0.7 if node == "h" and clip.activation in KINKED else 0.3,
        )
        for node, (here, function) in gates.items()
    )
    return {name: points for curve in curves for name, points in curve.items()}


def network_truth(clip: Any) -> dict[str, Any]:
    """Every number of a `two_layer_network` that does not move, by name."""
    layers = [scale(clip.w1), elementwise(clip.activation), scale(clip.w2)]
    trace = network_pass(clip, clip.w1, clip.w2)
    x, z, h, y = (float(value) for value in trace.h)
    dx, dz, dh, dy = (float(value) for value in trace.delta)
    truth: dict[str, Any] = {"x": x, "z": z, "h": h, "y": y, "L": float(trace.loss)}
    truth |= {"loss_formula": float(trace.loss), "w1": clip.w1, "w2": clip.w2, "target": clip.target}
    truth |= {"miss": y - clip.target, "size_miss": abs(y - clip.target)}
    after = network_after(clip, clip.rate)
    truth |= {f"new_{name}": value for name, value in after.items() if name not in ("rate", "x")}
    truth |= {"rate": clip.rate, "minus_rate": -clip.rate}
    way = [network_after(clip, clip.rate * i / 24) for i in range(25)]
    largest = max(1.0, *(1.02 * abs(at[name]) for at in way for name in "xzhyL"))
    truth |= {"half_turn": min(d for k in range(40) for d in (10.0**k, 2 * 10.0**k, 5 * 10.0**k) if d >= largest)}
    truth |= network_curves(clip, trace)
    truth |= {"dL_dL": 1.0, "dL_dy": dy, "dL_dh": dh, "dL_dz": dz, "dL_dx": dx, "local_L": dy}
    truth |= {"local_z": clip.w1, "local_y": clip.w2, "local_h": float(np.asarray(trace.local[1].gain))}
    truth |= {"dL_dw1": float(trace.grads[0]["w"]), "dL_dw2": float(trace.grads[2]["w"])}
    truth["slopes"] = truth["dL_dw1"] + truth["dL_dw2"]
    for weight, layer in (("w1", 0), ("w2", 2)):
        truth[f"step_{weight}"] = after[weight] - truth[weight]
        truth |= {f"size_{name}": abs(truth[name]) for name in (weight, f"dL_d{weight}")}
        for index, step in enumerate([*clip.nudges, number(clip.nudging.steps[-1])]):
            given = {"target": clip.target, "loss": clip.loss, "layer": layer, "parameter": "w", "step": step}
            found = nudge(layers, clip.x, **given)
            parts = {"step": step, "nudged": found.numeric, "gap": found.gap, "run": found.run, "rise": found.rise}
            truth |= {f"{name}_{weight}_{index}": float(value) for name, value in parts.items()}
        truth |= nudge_truth(clip, weight)
    return truth


def nudge_truth(clip: Any, weight: str) -> dict[str, Any]:
    """The largest nudge of a weight of a `two_layer_network`, and the loss as far as three of it to both sides."""
    here, step = getattr(clip, weight), clip.nudges[0]
    ways = [{"w1": clip.w1, "w2": clip.w2} | {weight: here + step * i / 8} for i in range(-24, 25)]
    losses = [float(network_pass(clip, **way).loss) for way in ways]
    truth = {f"nudge_{weight}_x": np.array([way[weight] for way in ways]), f"nudge_{weight}_y": np.array(losses)}
    truth |= {f"at_below_{weight}": here - step, f"at_above_{weight}": here + step}
    truth |= {f"below_{weight}_0": losses[16], f"above_{weight}_0": losses[32]}
    trace = network_pass(clip, clip.w1, clip.w2)
    return truth | {f"predicted_{weight}_0": float(trace.grads[0 if weight == "w1" else 2]["w"])}


def nodes_truth(clip: Any, trace: Trace) -> dict[str, Any]:
    """The value and the gradient at every node of a `toy_chain`, and the slope of every gate, by name."""
    names = ["x", *(f"h{index}" for index in range(1, len(clip.functions))), "y"]
    values = {f"h_{name}": value for name, value in zip(names, trace.h, strict=True)}
    slopes = {f"s_{name}": np.asarray(local.gain) for name, local in zip(names[1:], trace.local, strict=True)}
    return values | {f"d_{name}": value for name, value in zip(names, trace.delta, strict=True)} | slopes


def chain_at(clip: Any, x: Any) -> dict[str, Any]:
    """Every number of a `toy_chain` at one x, or along an array of x."""
    return nodes_truth(clip, record([elementwise(name) for name in clip.functions], x))


def graph_truth(clip: Any, node: str, function: str, values: Any) -> dict[str, Any]:
    """The graph of a gate: 201 points over all that goes into it; about a value that never moves, as far as it can."""
    low, high = float(values.min()), float(values.max())
    for reach in [0.0] if low < high else [by * max(1.0, abs(low)) for by in (1.0, 0.5, 0.1, 1e-2, 1e-4)]:
        at = np.linspace(low - reach, high + reach, 201)
        with contextlib.suppress(CoreError):
            trace = record([elementwise(function)], at)
            return {f"graph_{node}_{what}": each for what, each in zip("xy", trace.h, strict=True)} | {
                f"graph_{node}_slope": trace.local[0].gain
            }
    raise AssertionError(f"{function} has no graph near {low}")


def chain_truth(clip: Any) -> dict[str, Any]:
    """Every number of a `toy_chain` but the moving ones, by name."""
    xs = np.linspace(*clip.x_range, 601)
    along, nodes = chain_at(clip, xs), clip.chain.nodes
    truth: dict[str, Any] = {"x_low": clip.x_range[0], "x_high": clip.x_range[1], "flat": clip.flat, "push": 1.0}
    truth |= {f"sweep_{name}": value for name, value in along.items()}
    for (before, node), function in zip(pairwise(nodes), clip.functions, strict=True):
        truth |= graph_truth(clip, node, function, np.asarray(along[f"h_{before}"]))
    largest = max(1.0, *(float(np.abs(along[f"h_{name}"]).max()) for name in nodes))
    truth |= {"half_turn": min(d for k in range(309) for d in (10.0**k, 2 * 10.0**k, 5 * 10.0**k) if d >= largest)}
    for i, x in enumerate(map(number, clip.chain.cases)):
        here = chain_at(clip, x)
        flat = any(abs(here[f"s_{node}"]) < clip.flat for node in nodes[1:])
        assert i >= len(clip.chain.stops) or flat or x == clip.x_range[0], f"x stops at {x}, where nothing is flat"
        truth |= {f"stop_{i}_{what}": here[name] for what, name in (("x", "h_x"), ("y", "h_y"), ("back", "d_x"))}
        truth |= {f"stop_{i}_s_{node}": here[f"s_{node}"] for node in nodes[1:]}
    ends = {"first": 0, "last": len(clip.chain.stops) - 1}
    slopes = {end: [truth[f"stop_{i}_s_{node}"] for node in nodes[1:]] for end, i in ends.items()}
    truth |= {f"{end}_slope": min(each, key=abs) for end, each in slopes.items()}
    has_small = len(clip.chain.cases) > len(clip.chain.stops)
    at_rest = number(clip.chain.cases[-1]) if has_small else clip.x_range[1]
    asked = chain_at(clip, at_rest)
    truth |= {"asked_y": asked["h_y"], "low_y": chain_at(clip, clip.x_range[0])["h_y"]}
    truth |= {f"asked_s_{node}": asked[f"s_{node}"] for node in nodes[1:]}
    return truth | {f"small_{what}": truth[f"stop_{len(clip.chain.cases) - 1}_{what}"] for what in ("y", "back")}


def gear_names(clip: Any) -> list[str]:
    """The nodes of a train, by the names that the lesson gives them."""
    kinds = [stage in clip.weights for stage in clip.stages]
    inner = ["z", "h"] if kinds == [True, False, True] else [f"h{i}" for i in range(1, len(kinds))]
    return ["x", *inner, "y", *(["L"] if clip.loss != "none" else [])]


def seeds_of(clip: Any) -> tuple[str, ...]:
    """The gradients that are 1 by definition and shown as typed; a train calls its own like its last node."""
    if clip.scene == "fan_out":
        return "dL_dy", "dL_du", "dL_dv"
    return (f"dL_d{gear_names(clip)[-1]}" if hasattr(clip, "stages") else "dL_dL",)


def gear_pass(clip: Any, x: float) -> Trace:
    """The recorded pass of a train at an x."""
    layers = [scale(clip.weights[s]) if s in clip.weights else elementwise(s) for s in clip.stages]
    goal = {} if clip.loss == "none" else {"target": clip.target, "loss": clip.loss}
    return record(layers, x, **goal)


def gear_partials(clip: Any) -> dict[str, float]:
    """How far each node turns per turn of x, by name: the product of the slopes before it."""
    trace = gear_pass(clip, clip.x)
    slopes = [float(np.asarray(local.gain)) for local in trace.local]
    slopes += [float(trace.delta[-1])] if clip.loss != "none" else []
    return dict(zip(gear_names(clip), np.cumprod([1.0, *slopes]).tolist(), strict=True))


def gears_truth(clip: Any) -> Truth:
    """Every number of a train that does not move, by name."""
    trace, names = gear_pass(clip, clip.x), gear_names(clip)
    has_loss = clip.loss != "none"
    values = [*map(float, trace.h), *([float(trace.loss)] if has_loss else [])]
    deltas = [*map(float, trace.delta), *([1.0] if has_loss else [])]
    truth = dict(zip(names, values, strict=True)) | {"L": float(trace.loss), "target": clip.target}
    truth |= {f"dL_d{name}": delta for name, delta in zip(names, deltas, strict=True)}
    truth |= {f"log_dL_d{n}": math.log10(abs(d)) for n, d in zip(names, deltas, strict=True) if d}
    gains = [float(np.asarray(local.gain)) for local in trace.local] + ([float(trace.delta[-1])] if has_loss else [])
    truth |= {f"{of}_{i}": gain for i, gain in enumerate(gains) for of in ("local", "rule")}
    for i, stage in enumerate(clip.stages):
        if stage in clip.weights:
            truth |= {stage: clip.weights[stage], f"dL_d{stage}": float(trace.grads[i]["w"])}
    if clip.scene == "push_through_gears":
        truth |= {f"front_{name}": partial for name, partial in gear_partials(clip).items()}
        for i, stage in enumerate(clip.stages):
            if stage not in clip.weights and max(map(abs, (*values[i : i + 2], gains[i]))) <= 100.0:
                past = 0.7 if stage in KINKED else 0.3
                truth |= curve_near(names[i + 1], values[i], FUNCTIONS[stage].value, past=past, farthest=3.0)
                truth[f"rule_{names[i + 1]}"] = gains[i]
        truth["move_to"] = clip.move_to if clip.share == 1.0 else clip.x + (clip.move_to - clip.x) * clip.share
        return truth | ({"bound": 0.25 ** len(clip.stages)} if clip.name_bound else {})
    for j, dx in enumerate(clip.turns):
        moved = gear_moved(clip, dx)
        truth |= {f"dx_{j}": dx} | {f"{part}_{j}": moved[part] for part in ("predicted", "recomputed", "gap")}
    truth |= {f"pair_turn_{i}": times * clip.turns[0] for i, times in enumerate((1.0, gains[-1]))}
    degrees = math.degrees(clip.turns[0] * clip.scales()["turn_scale_deg"].per_unit)
    truth |= {"back_L": clip.back_turn, "turned_by": clip.turns[0], "degrees": degrees, "added": math.fsum(gains)}
    back, slope = clip.back_turn, deltas[0]
    after = gear_pass(clip, clip.x + clip.turns[0])
    truth |= {f"new_{name}": float(h) for name, h in zip(names, after.h, strict=False)} | {"new_L": float(after.loss)}
    if not slope:
        return truth
    found = {
        f"{of}_found": gear_moved(clip, x)["recomputed"] for of, x in (("back", back / slope), ("guess", back * slope))
    }
    return truth | found | {"back_x": back / slope, "guess_x": back * slope, "guess_L": back * slope * slope}


def rolling_at(clip: Any, at: float) -> dict[str, tuple[float, float]]:
    """Where the hub of each wheel of a train without teeth is, across, and its radius: one beside the other."""
    trace = gear_pass(clip, at)
    slopes = [float(np.asarray(local.gain)) for local in trace.local]
    slopes += [float(trace.delta[-1])] if clip.loss != "none" else []
    deltas = [*map(float, trace.delta), *([1.0] if clip.loss != "none" else [])]
    found, edge = dict[str, tuple[float, float]](), 0.0
    for i, (name, delta) in enumerate(zip(gear_names(clip), deltas, strict=True)):
        radii = {f"plain_{name}": abs(delta) * clip.scales()["scale"].per_unit}
        radii |= {f"plain_{name}_idler": clip.idler(slopes, deltas)} if i < len(slopes) and slopes[i] > 0 else {}
        for key, radius in radii.items():
            found[key] = edge + radius, radius
            edge += 2 * radius
    return {key: (hub - edge / 2, radius) for key, (hub, radius) in found.items()}


def gear_moved(clip: Any, dx: float) -> Truth:
    """Every number that follows x when the train is turned by `dx`, by name."""
    partials = gear_partials(clip)
    predicted = dx * list(partials.values())[-1]
    recomputed = float(gear_pass(clip, clip.x + dx).loss) - float(gear_pass(clip, clip.x).loss)
    moved = {"predicted": predicted, "recomputed": recomputed, "gap": recomputed - predicted}
    return moved | {f"turn_{name}": dx * partial for name, partial in partials.items()}


def function_at(clip: Any, i: int, at: float) -> Truth:
    """Every number of a function of a `function_gears` at one input: r_x + r_h = 1 and r_x / r_h = |f'|."""
    piece, x = clip.shown[i], np.float64(at)
    h, slope = float(FUNCTIONS[piece.function].value(x)), float(FUNCTIONS[piece.function].derivative(x))
    far = 1 / (1 + abs(slope))
    near, legs, alone = 1 - far, piece.found.legs, piece.found.picture == "graph"
    sides = {f"rise_{i}": slope if alone else math.copysign(near, slope), f"run_{i}": 1.0 if alone else far}
    truth = {f"x_{i}": at, f"h_{i}": h, f"local_{i}": slope, f"rule_{i}": slope} | {
        name: legs * side for name, side in sides.items()
    }
    arms = {f"near_{i}": near, f"far_{i}": far, f"arms_{i}": slope}
    if i == 0 and clip.round_at is not None:
        x0 = np.float64(clip.round_at)
        fits, straight = (float(f(x0)) for f in (FUNCTIONS[piece.function].value, FUNCTIONS[piece.function].derivative))
        truth["wrong"] = fits + straight * (at - clip.round_at)
    return truth | (arms if piece.found.picture == "gears" else {})


def functions_truth(clip: Any) -> dict[str, Any]:
    """Every number of a `function_gears` that does not move, by name."""
    truth: dict[str, Any] = {}
    for i, piece in enumerate(clip.shown):
        left, right = piece.found.drawn
        xs = np.union1d(np.linspace(left, right, 401), [0.0] if left < 0 < right else [])
        even = np.linspace(*piece.lines)
        for name, at in (("curve", xs), ("ticks", even)):
            truth |= {f"{name}_x_{i}": at, f"{name}_h_{i}": FUNCTIONS[piece.function].value(at)}
    if clip.of("gears"):
        truth |= chord_truth(clip.shown[0]) | rolled_truth(clip)
        first, last, count = clip.shown[0].lines
        truth["guess_h"] = np.linspace(*FUNCTIONS[clip.shown[0].function].value(np.array([first, last])), count)
    if clip.round_at is not None:
        end, sides = clip.shown[0].found.turns[1], {"x": "x", "h": "h", "slope": "local", "rise": "rise", "run": "run"}
        fits, last = function_at(clip, 0, clip.round_at), function_at(clip, 0, end)
        for name, fixed in (("circle", fits), ("end", last)):
            truth |= {f"{name}_{side}": fixed[f"{of}_0"] for side, of in sides.items()}
        truth |= {f"circle_{name}": fits[f"{name}_0"] for name in ("local", "near", "far")}
        truth |= {
            "line_end": last["wrong"],
            "line_x": np.array([clip.round_at, end]),
            "line_h": np.array([fits["h_0"], last["wrong"]]),
        }
    return truth


def rolled_truth(clip: Any) -> dict[str, Any]:
    """The pieces of both rims that roll on one another next, hubs at (0, 0) and (1, 0), from the polar pitch curves."""
    piece = clip.shown[0]
    (low, high), k, function = piece.found.turns, piece.found.k, FUNCTIONS[piece.function]
    at = piece.rest if clip.round_at is None else clip.round_at
    slopes = lambda x: np.abs(function.derivative(x))  # noqa: E731
    near = slopes(np.float64(at)) / (1 + slopes(np.float64(at)))
    most = 0.25 / (k * max(float(near), 1e-9))
    ways = [
        np.linspace(max(low, at - most * part), min(high, at + most * part), 65) for part in (1, 0.8, 0.6, 0.4, 0.2)
    ]
    same = [x for x in ways if ((1 - slopes(x)) * (1 - slopes(at)) > 0).all()]
    x = [*same, ways[0]][0]  # all the way the same arm is the longer one, if there is such a way
    far, turned = 1 / (1 + slopes(x)), k * np.sign(x - at) * np.abs(function.value(x) - function.value(np.float64(at)))
    driver, driven = (1 - far) * np.exp(-1j * k * (x - at)), 1 - far * np.exp(1j * turned)
    truth = {"rim_law": near} | {f"rim_{n}_across": rim.real for n, rim in (("x", driver), ("h", driven))}
    return truth | {f"rim_{n}_up": rim.imag for n, rim in (("x", driver), ("h", driven))}


def chord_truth(piece: Any) -> dict[str, Any]:
    """Two equal turns of x and how far h turns: the largest and the smallest, or first and last where all are alike."""
    xs = np.linspace(*piece.lines) if piece.lines[2] > 2 else np.linspace(*piece.found.turns, 3)
    h = FUNCTIONS[piece.function].value(xs)
    rises = np.abs(np.diff(h)) / np.abs(np.diff(h)).max()
    alike = [[i for i, rise in enumerate(rises) if abs(rise - end) < 1e-9] for end in (rises.max(), rises.min())]
    picked = (0, len(rises) - 1) if piece.is_even else (alike[0][-1], alike[1][-1])
    truth: dict[str, Any] = {}
    for name, i in zip(("one", "other"), sorted(picked), strict=True):
        truth |= {f"{name}_x": xs[i + 1], f"{name}_h": h[i + 1]}
        truth |= {f"{name}_run": xs[i + 1] - xs[i], f"{name}_rise": h[i + 1] - h[i]}
    return truth


def sector_angle(clip: Any, key: str, value: float) -> float:
    """How far a wheel of a `function_gears` has turned when its number is `value`, in radians, counter-clockwise."""
    part, _, index = key.rpartition("_")
    piece = clip.shown[int(index)]
    (low, _), k = piece.found.turns, piece.found.k
    if piece.found.picture == "lug":
        return float(k * value)
    if part == "driver":
        return float(k * (value - low))
    return float(-k * abs(value - float(FUNCTIONS[piece.function].value(np.float64(low)))))


def moving_at(clip: Any, sweep: str, at: float) -> dict[str, Any]:
    """Every number that follows the input of a sweep, at one input, by name."""
    if clip.scene == "two_layer_network":
        after = network_after(clip, at)
        moved = {f"moved_{w}": after[w] - getattr(clip, w) for w in ("w1", "w2")}
        pushed = {
            "miss": after["y"] - clip.target,
            "dL_dy": float(network_pass(clip, after["w1"], after["w2"]).delta[-1]),
        }
        return moved | {f"now_{name}": value for name, value in (after | pushed).items()}
    if clip.scene == "chain_of_influence":
        return influence_moving(clip, at)
    if clip.scene == "activation_swap":
        return swap_moving(clip, at)
    if clip.scene == "function_gears":
        return function_at(clip, int(sweep.removeprefix("piece_")), at)
    if clip.scene == "toy_chain":
        return chain_at(clip, at)
    if clip.scene == "fan_out":
        return fan_out_moving(clip, sweep, at)
    if clip.scene == "push_through_gears":
        deltas = [*map(float, gear_pass(clip, at).delta), *([1.0] if clip.loss != "none" else [])]
        names = (f"moving_dL_d{name}" for name in gear_names(clip))
        return {"moving_x": at, **dict(zip(names, deltas, strict=True))}
    if sweep == "pair":
        *_, last = (v for k, v in gears_truth(clip).items() if k.startswith("local_"))
        return {"pair_0": at, "pair_1": at * last}
    return gear_moved(clip, at)


def truth_of(clip: Any) -> dict[str, Any]:
    """Every number of a clip that does not move, by name."""
    known = {"two_layer_network": network_truth, "toy_chain": chain_truth, "function_gears": functions_truth}
    known |= {"fan_out": fan_out_truth, "chain_of_influence": influence_truth, "one_sweep": sweep_truth}
    known |= {"activation_swap": swap_truth}
    return known.get(clip.scene, gears_truth)(clip)


def plain_settings() -> dict[str, Any]:
    """The shipped settings as plain data."""
    plain: dict[str, Any] = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8").replace("1e-4", "0.0001"))
    return plain


@contextlib.contextmanager
def settings_in_use(plain: Mapping[str, Any]) -> Iterator[Path]:
    """Make these the settings in use."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "config.yaml"
        file.write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
        before = os.environ.get("BACKGEAR_CONFIG")
        os.environ["BACKGEAR_CONFIG"] = str(file)
        try:
            yield file
        finally:
            os.environ.pop("BACKGEAR_CONFIG")
            if before is not None:
                os.environ["BACKGEAR_CONFIG"] = before


def changed(clip: str, changes: Mapping[str, Any], common: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The shipped settings with this clip alone, and some of its keys and of the common keys changed."""
    plain = plain_settings()
    return {**plain, **(common or {}), "clips": {clip: {**plain["clips"][clip], **changes}}}


def shown_or_refused(clip: str, plain: Mapping[str, Any], frame_rate: float = 1.0) -> Stage | str:
    """The stage of a clip under these settings after a dry run, or the message with which it was refused, code 2."""
    said = io.StringIO()
    with settings_in_use(plain), contextlib.redirect_stderr(said):
        try:
            load().clip(clip)
            return dry_run(clip, frame_rate=frame_rate)
        except SettingsError as error:
            return str(error)
        except SystemExit as stopped:
            if stopped.code != 2:
                raise
            return said.getvalue()
