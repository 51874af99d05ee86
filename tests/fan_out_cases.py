"""What a `fan_out` should show, by hand: its numbers from the core's functions, its wheels from the slopes."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.functions import FUNCTIONS

Truth = dict[str, float]
TRAVELLING = {"rack_u": (1.0, 0.0), "rack_v": (0.0, 1.0), "carriage": (0.5, 0.5), "pinion": (0.5, 0.5)}
"""How far each travels for the ways of the two racks."""


def fan_out_slopes(clip: Any) -> tuple[float, float]:
    """f' and g' at x."""
    one, other = (float(FUNCTIONS[name].derivative(np.float64(clip.x))) for name in clip.functions)
    return one, other


def _sum(clip: Any, x: float) -> tuple[float, float, float]:
    u, v = (float(FUNCTIONS[name].value(np.float64(x))) for name in clip.functions)
    return u, v, u + v


def fan_out_turned(clip: Any, dx: float) -> Truth:
    """How far x, u, v and y turn to first order when x is turned by `dx`, and how far u and v part."""
    u, v = (slope * dx for slope in fan_out_slopes(clip))
    return {"x": dx, "u": u, "v": v, "y": u + v, "apart": v - u}


def fan_out_truth(clip: Any) -> Truth:
    """Every number of a clip that does not move, by name."""
    u, v, y = _sum(clip, clip.x)
    one, other = fan_out_slopes(clip)
    truth = {"x": clip.x, "u": u, "v": v, "y": y, "turn": clip.turn, "local_u": one, "local_v": other}
    truth |= {"contribution_u": one, "contribution_v": other, "dL_dx": one + other}
    truth |= {"dL_du": 1.0, "dL_dv": 1.0, "dL_dy": 1.0}
    moved = {f"moved_{name}": way for name, way in fan_out_turned(clip, clip.turn).items() if name in "uvy"}
    recomputed = _sum(clip, clip.x + clip.turn)[2] - y
    return truth | moved | {"recomputed": recomputed, "gap": recomputed - moved["moved_y"]}


def fan_out_wheel(clip: Any, key: str, turns: Truth) -> tuple[float | None, float]:
    """Radius of a wheel (None for an idler of a path, which may have any), and how far its rim has run, by its turns.

    The rims of a path all run alike, one this way, the next that way.
    """
    r, k = clip.scale, float(np.radians(clip.turn_scale_deg))
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
    per_unit = clip.scale * float(np.radians(clip.turn_scale_deg))
    return float(np.dot(TRAVELLING[key], (turns["u"], turns["v"]))) * per_unit
