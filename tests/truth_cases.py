"""What a clip should show, worked out from its settings with the core alone, beside the clip's own table."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from stage_cases import ROOT, dry_run

from core.checks import nudge
from core.layers import elementwise, scale
from core.trace import Trace, record
from scenes.parts.settings import SettingsError, load
from scenes.parts.stage import Stage

Truth = dict[str, float]

TYPED = {"x", "w1", "w2", "target", "dL_dL", "x_low", "x_high"}
"""What the lecturer typed, or what is one by definition: shown as typed, not rounded."""


def is_typed(name: str) -> bool:
    """Whether a quantity is shown as it was typed."""
    return name in TYPED or name.startswith(("step_", "value_range_", "gradient_range_", "close_range_"))


def network_truth(clip: Any) -> Truth:
    """Every number of a `two_layer_network`, by name."""
    layers = [scale(clip.w1), elementwise(clip.activation), scale(clip.w2)]
    trace = record(layers, clip.x, target=clip.target, loss=clip.loss)
    x, z, h, y = (float(value) for value in trace.h)
    dx, dz, dh, dy = (float(value) for value in trace.delta)
    truth = {"x": x, "z": z, "h": h, "y": y, "L": float(trace.loss), "loss_formula": float(trace.loss)}
    truth |= {"w1": clip.w1, "w2": clip.w2, "target": clip.target, "magnification": 0.5 / clip.nudge}
    truth |= {"dL_dL": 1.0, "dL_dy": dy, "dL_dh": dh, "dL_dz": dz, "dL_dx": dx, "local_L": dy}
    truth |= {"local_z": clip.w1, "local_y": clip.w2, "local_h": float(np.asarray(trace.local[1].gain))}
    truth |= {"dL_dw1": float(trace.grads[0]["w"]), "dL_dw2": float(trace.grads[2]["w"])}
    for weight, layer in (("w1", 0), ("w2", 2)):
        for index, step in enumerate([*clip.nudges, clip.nudge]):
            given = {"target": clip.target, "loss": clip.loss, "layer": layer, "parameter": "w", "step": step}
            found = nudge(layers, clip.x, **given)
            parts = {"step": step, "nudged": found.numeric, "gap": found.gap, "run": found.run, "rise": found.rise}
            truth |= {f"{name}_{weight}_{index}": float(value) for name, value in parts.items()}
    return truth


def nodes_truth(clip: Any, trace: Trace) -> dict[str, Any]:
    """The value and the gradient at every node of a `toy_chain`, by name."""
    names = ["x", *(f"h{index}" for index in range(1, len(clip.functions))), "y"]
    values = {f"h_{name}": value for name, value in zip(names, trace.h, strict=True)}
    return values | {f"d_{name}": value for name, value in zip(names, trace.delta, strict=True)}


def chain_at(clip: Any, x: Any) -> dict[str, Any]:
    """Every number of a `toy_chain` at one x, or along an array of x."""
    return nodes_truth(clip, record([elementwise(name) for name in clip.functions], x))


def chain_truth(clip: Any) -> dict[str, Any]:
    """Every number of a `toy_chain` but the moving ones, by name."""
    truth: dict[str, Any] = {"x_low": clip.x_range[0], "x_high": clip.x_range[1]}
    for what in ("value_range", "gradient_range", "close_range"):
        truth |= {f"{what}_{end}": getattr(clip, what)[i] for i, end in enumerate(("low", "high"))}
    xs = np.linspace(*clip.x_range, 401)
    truth |= {f"sweep_{name}": value for name, value in chain_at(clip, xs).items()}
    for index, place in enumerate(clip.flat_places()):
        trace = record([elementwise(name) for name in clip.functions], float(xs[place.point]))
        layer = place.layer
        parts = {"x": trace.h[0], "local": trace.local[layer].gain, "back": trace.delta[0], "y": trace.h[-1]}
        parts |= {"h": trace.h[layer + 1], "incoming": trace.delta[layer + 1], "outgoing": trace.delta[layer]}
        truth |= {f"flat_{index}_{name}": value for name, value in parts.items()}
    return truth


def truth_of(clip: Any) -> dict[str, Any]:
    """Every number of a clip that does not move, by name."""
    return network_truth(clip) if clip.scene == "two_layer_network" else chain_truth(clip)


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
