"""What a `fan_out` should show, by hand: its numbers from the core's functions, its wheels from the contributions."""

from __future__ import annotations

from typing import Any

import numpy as np
from curve_cases import KINKED, curve_near

from core.functions import FUNCTIONS

Truth = dict[str, float]
TRAVELLING = {"rack_u": (1.0, 0.0), "rack_v": (0.0, 1.0), "carriage": (0.5, 0.5), "pinion": (0.5, 0.5)}
"""How far each travels for the ways of the two racks."""


def fan_out_nodes(clip: Any, x: float) -> Truth:
    """Every value at an x."""
    found = {"x": x}
    for weight, inner, node, name in zip(clip.weights or (1.0, 1.0), "pq", "uv", clip.functions, strict=True):
        found |= {inner: weight * x} if clip.weights else {}
        found[node] = float(FUNCTIONS[name].value(np.float64(weight * x if clip.weights else x)))
    return {**found, "y": found["u"] + found["v"]}


def fan_out_locals(clip: Any) -> tuple[float, float]:
    """f' and g' where they are used."""
    weights = clip.weights or (1.0, 1.0)
    one, other = (
        float(FUNCTIONS[f].derivative(np.float64(w * clip.x if clip.weights else clip.x)))
        for f, w in zip(clip.functions, weights, strict=True)
    )
    return one, other


def fan_out_slopes(clip: Any) -> tuple[float, float]:
    """What comes back along each way: its function's slope, times its weight if it has one."""
    weights = clip.weights or (1.0, 1.0)
    one, other = (w * slope if clip.weights else slope for w, slope in zip(weights, fan_out_locals(clip), strict=True))
    return one, other


def fan_out_turned(clip: Any, dx: float) -> Truth:
    """How far all turn to first order when x is turned by `dx`, and how far u and v part."""
    u, v = (local * ((weight * dx) if clip.weights else dx) for local, weight in _each(clip))
    return {"x": dx, "u": u, "v": v, "y": u + v, "apart": v - u}


def _each(clip: Any) -> list[tuple[float, float]]:
    return list(zip(fan_out_locals(clip), clip.weights or (1.0, 1.0), strict=True))


def fan_out_moving(clip: Any, sweep: str, at: float) -> Truth:
    """What follows a sweep: all values with x, or the turns of the shafts."""
    if sweep == "turn":
        return {f"now_{name}": value for name, value in fan_out_nodes(clip, at).items()}
    return {f"turn_{name}": way for name, way in fan_out_turned(clip, at).items()}


def fan_out_truth(clip: Any) -> dict[str, Any]:
    """Every number of a clip that does not move, by name."""
    values, again = fan_out_nodes(clip, clip.x), fan_out_nodes(clip, clip.x + clip.turn)
    (f, g), (one, other) = fan_out_locals(clip), fan_out_slopes(clip)
    truth: dict[str, Any] = {**values, "turn": clip.turn, "local_u": f, "local_v": g}
    truth |= {"contribution_u": one, "contribution_v": other, "dL_dx": one + other}
    truth |= {"dL_du": 1.0, "dL_dv": 1.0, "dL_dy": 1.0}
    moved = {f"moved_{name}": way for name, way in fan_out_turned(clip, clip.turn).items() if name in "uvy"}
    if clip.weights:
        w1, w2 = clip.weights
        truth |= {"w1": w1, "w2": w2, "local_p": w1, "local_q": w2, "dL_dp": f, "dL_dq": g}
        moved |= {"moved_p": w1 * clip.turn, "moved_q": w2 * clip.turn}
    for name, function in zip("uv", clip.functions, strict=True):
        before = values["pq"["uv".index(name)] if clip.weights else "x"]
        truth |= curve_near(name, before, FUNCTIONS[function].value, past=0.7 if function in KINKED else 0.3)
    recomputed, felt = again["y"] - values["y"], f"{one + other + 0.0:.4g}"
    truth |= {"new_y": again["y"], "fine_new_y": again["y"], "fine_y": values["y"]}
    for h in (0.01, 0.001, 0.0001) if clip.nudge == "auto" else (clip.nudge,):
        below, above = (fan_out_nodes(clip, clip.x + side * h)["y"] for side in (-1, 1))
        if f"{(above - below) / (2 * h) + 0.0:.4g}" == felt:
            break
    truth |= {"nudge": h, "nudge_wide": 2 * h, "nudge_moved": above - below, "nudged": (above - below) / (2 * h)}
    tempting = abs(one) + abs(other) if one * other < 0 else (one + other) / 2
    truth |= {"tempting": tempting, "tempting_moved": tempting * clip.turn}
    small = clip.turn * 0.1
    closer = fan_out_nodes(clip, clip.x + small)["y"] - values["y"]
    truth |= {"smaller": small, "smaller_y": fan_out_turned(clip, small)["y"], "closer": closer}
    truth |= {"smaller_gap": closer - truth["smaller_y"]}
    truth |= {"slope_u": f, "slope_v": g, "half_moved": moved["moved_y"] / 2}
    return truth | moved | {"recomputed": recomputed, "gap": recomputed - moved["moved_y"]}


def fan_out_wheel(clip: Any, key: str, turns: Truth) -> tuple[float | None, float]:
    """Radius of a wheel (None for an idler of a path, which may have any), and how far its rim has run, by its turns.

    The rims of a path all run alike, one this way, the next that way.
    """
    scales = clip.scales()
    r, k = scales["gear_scale"].per_unit, scales["gear_turn_scale_deg"].per_unit
    if key in ("u", "v"):
        return r, k * turns[key] * r
    if key in ("y", "plus_idler", "pinion"):
        return r / 2, k * {"y": turns["y"], "plus_idler": -2 * turns["v"], "pinion": turns["apart"]}[key] * r / 2
    slope = fan_out_slopes(clip)["uv".index(key.split("_")[1])]
    rim = k * turns["x"] * abs(slope) * r
    if key in ("x_u", "x_v"):
        return abs(slope) * r, rim
    return None, rim if key.endswith("_2") else -rim


def fan_out_way(clip: Any, key: str, turns: Truth) -> float:
    """How far to the right a rack, the carriage or the pinion has come."""
    per_unit = clip.scales()["gear_travel"].per_unit
    return float(np.dot(TRAVELLING[key], (turns["u"], turns["v"]))) * per_unit
