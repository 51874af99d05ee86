"""What the checks cost: the share of a render's processor time that goes into comparing and recording what is shown."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from manim import tempconfig

from scenes.parts.stage.stage import Stage
from scenes.toy_chain import ToyChain
from scenes.two_layer_network import TwoLayerNetwork
from studio.bench.measure import Measure

__all__ = ["cost_of_checks", "measures", "render_settings"]

CLIPS: tuple[type[Stage], ...] = (TwoLayerNetwork, ToyChain)
BAR = 0.05
"""The checks may cost this share of a render's processor time."""


def measures() -> Iterator[Measure]:
    """Measure the cost of the checks for each of the first clips, at 480p15, where a frame costs least to draw."""
    for clip in CLIPS:
        yield Measure(f"checks of {clip.__name__} / its render, 480p15", cost_of_checks(clip), BAR, 2 * BAR)


def cost_of_checks(clip: type[Stage], width: int = 854, height: int = 480, frame_rate: float = 15.0) -> float:
    """Render ``clip`` once and return the share of processor time spent in its checks.

    Both times are taken in the same process at the same moment, so a busy machine changes neither of them alone.
    """
    spent = [0.0]
    timed = type(clip.__name__, (clip,), {name: _timed(getattr(clip, name), spent) for name in ("_check", "_sampled")})
    with TemporaryDirectory() as folder, tempconfig(render_settings(Path(folder), width, height, frame_rate)):
        begin = time.process_time()
        timed().render()
        return spent[0] / (time.process_time() - begin)


def render_settings(folder: Path, width: int, height: int, frame_rate: float) -> dict[str, Any]:
    """Return what manim must be told to render quietly into a folder."""
    size = {"pixel_width": width, "pixel_height": height, "frame_rate": frame_rate}
    return {"media_dir": str(folder), "progress_bar": "none", "verbosity": "ERROR", "format": None, **size}


def _timed(function: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    @wraps(function)
    def measured(*args: Any, **kwargs: Any) -> Any:
        begin = time.thread_time()
        try:
            return function(*args, **kwargs)
        finally:
            spent[0] += time.thread_time() - begin

    return measured
