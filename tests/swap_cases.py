"""What an `activation_swap` should show, worked out from its settings with the core alone."""

from __future__ import annotations

import contextlib
from typing import Any

import numpy as np

from core.errors import CoreError
from core.functions import FUNCTIONS
from core.layers import elementwise, scale
from core.trace import Trace, record


def swap_pass(clip: Any, activation: str, x: float) -> Trace:
    """The recorded pass of its network with one of the functions, at one x."""
    layers = [scale(clip.w1), elementwise(activation), scale(clip.w2)]
    return record(layers, x, target=clip.target, loss=clip.loss)


def swap_truth(clip: Any) -> dict[str, Any]:
    """Every number that does not move, by name."""
    truth: dict[str, Any] = {"w1": clip.w1, "w2": clip.w2, "target": clip.target, "dL_dL": 1.0}
    for before, x in (("", clip.x), ("other_", clip.other_x)):
        truth |= {f"{before}x": x, f"{before}z": clip.w1 * x}
        for i, name in enumerate(clip.activations):
            trace = swap_pass(clip, name, x)
            found = dict(zip(("h", "y"), map(float, trace.h[2:]), strict=True))
            found["slope"] = float(np.asarray(trace.local[1].gain))
            found |= dict(zip(("dL_dx", "out", "in", "dL_dy"), map(float, trace.delta[:4]), strict=True))
            found["error"] = found["dL_dy"]
            truth |= {f"{before}{what}_{i}": value for what, value in found.items()}
    first = swap_pass(clip, clip.activations[0], clip.x)
    truth |= {"L": float(first.loss), "loss_formula": float(first.loss)}
    truth["rule_L"] = float(first.delta[-1])
    truth |= _told(truth, len(clip.activations)) | _pushes(clip, truth)
    return truth | _curves(clip, truth["z"], truth["other_z"])


def _told(truth: dict[str, Any], count: int) -> dict[str, float]:
    """What words say of the function that passes most here and there, and of the one least like what it answers."""
    here, there = ([truth[f"{before}slope_{i}"] for i in range(count)] for before in ("", "other_"))
    most, then = (int(np.argmax(np.abs(slopes))) for slopes in (here, there))
    odd = int(np.argmax([abs(truth[f"h_{i}"] - here[i]) for i in range(count)]))
    slopes = {"most_slope": here[most], "most_later": there[most], "then_slope": there[then], "odd_slope": here[odd]}
    return {**slopes, "odd_h": truth[f"h_{odd}"]}


def _pushes(clip: Any, truth: dict[str, Any]) -> dict[str, float]:
    """What words say of pushes that really come in, and what a nudge of x changes."""
    count, keys = range(len(clip.activations)), ("out", "other_out")
    back, then = (int(np.argmax([abs(truth[f"{key}_{i}"]) for i in count])) for key in keys)
    odd = int(np.argmax([abs(truth[f"h_{i}"] - truth[f"slope_{i}"]) for i in count]))
    found = {f"odd_{what}": truth[f"{what}_{odd}"] for what in ("y", "in", "out")}
    found |= {"back_out": truth[f"out_{back}"], "then_out": truth[f"other_out_{then}"]}
    before, after = (float(swap_pass(clip, clip.activations[odd], x).loss) for x in (clip.x, clip.x + clip.step))
    return found | {"nudge": clip.step, "nudged": after - before}


def _curves(clip: Any, *places: float) -> dict[str, Any]:
    """Each function over all z, from a run of 1 before the lower place to a little behind the higher, or less far."""
    found: dict[str, Any] = {}
    for i, name in enumerate(clip.activations):
        for share in (1.0, 0.5, 0.25, 0.1, 0.03, 0.01, 0.0):
            low, high = min(places) - 1.1 * share, max(places) + 0.8 * share
            at = np.unique([*np.linspace(low, high, 201), *places, *([0.0] if low < 0.0 < high else [])])
            with contextlib.suppress(CoreError):
                found |= {f"curve_z_{i}": at, f"curve_{i}": FUNCTIONS[name].value(at)}
                break
    return found


def swap_moving(clip: Any, x: float) -> dict[str, Any]:
    """Every number that follows x, at one x, by name."""
    made = (float(swap_pass(clip, name, x).h[2]) for name in clip.activations)
    return {"now_x": x, "now_z": clip.w1 * x, **{f"now_h_{i}": value for i, value in enumerate(made)}}
