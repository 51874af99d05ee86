"""What a `chain_of_influence` should show, worked out from its settings with the core alone."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from core.layers import elementwise, scale
from core.trace import Trace, record

TYPED = {
    *("change_x", "least_x", "step", "smallest", "target", "dL_dL"),
    *(f"{way}_here" for way in ("guess", "front", "back")),
}
"""What is shown as it was typed, or counted."""


def influence_names(clip: Any) -> tuple[str, ...]:
    """The names of its values, first to last."""
    return "x", *clip.names, "y", "L"


def influence_pass(clip: Any, x: float) -> tuple[dict[str, float], Trace]:
    """The values of its network at one x, by name, and the recorded pass."""
    layers = [scale(clip.w1), elementwise(clip.activation), scale(clip.w2)]
    trace = record(layers, x, target=clip.target, loss=clip.loss)
    values = (*map(float, trace.h), float(trace.loss))
    return dict(zip(influence_names(clip), values, strict=True)), trace


def influence_truth(clip: Any) -> dict[str, Any]:
    """Every number that does not move, by name."""
    names, (values, trace) = influence_names(clip), influence_pass(clip, clip.x)
    slopes = [clip.w1, float(np.asarray(trace.local[1].gain)), clip.w2, float(trace.delta[-1])]
    truth: dict[str, Any] = {**values, "w1": clip.w1, "w2": clip.w2, "loss_formula": values["L"]}
    truth |= {f"local_{name}": slope for name, slope in zip(names[1:], slopes, strict=True)}
    truth |= {f"dL_d{name}": float(delta) for name, delta in zip(names[:-1], trace.delta, strict=True)}
    truth |= {"dL_dL": 1.0, "dL_dw1": float(trace.grads[0]["w"]), "dL_dw2": float(trace.grads[2]["w"])}
    for i, start in enumerate(names[:-1]):
        truth |= {f"front_{start}_{end}": float(np.prod(slopes[i : j + 1])) for j, end in enumerate(names[1:]) if j > i}
    for of, by in (("change", clip.step), ("least", clip.smallest)):
        after, _ = influence_pass(clip, clip.x + by)
        truth |= {f"{of}_{name}": after[name] - values[name] for name in names[1:]} | {f"{of}_x": by}
    for name, by in (("measured", clip.step), ("closer", clip.smallest)):
        truth[name] = (influence_pass(clip, clip.x + by)[0]["L"] - values["L"]) / by
    counts = {"guess_here": 12.0, "front_here": 6.0, "back_here": 3.0}
    return truth | {"target": clip.target, "smallest": clip.smallest, "step": clip.step} | counts


def influence_moving(clip: Any, step: float) -> dict[str, Any]:
    """Every number that follows the step, at one step, by name."""
    names, (before, _), (after, _) = (
        influence_names(clip),
        influence_pass(clip, clip.x),
        influence_pass(clip, clip.x + step),
    )
    moved = {name: after[name] - before[name] for name in names} | {"x": step}
    found = {f"now_{name}": value for name, value in after.items()}
    for name, change in moved.items():
        found |= {f"moved_{name}": change, f"seen_{name}": change * (clip.step / step)}
    return found | {f"ratio_{b}": moved[b] / moved[a] for a, b in pairwise(names) if moved[a]}
