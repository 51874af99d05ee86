"""What the settings plan of a value that is used twice: the wheels of both trains, and the differential that adds them.

All that stays in place is planned once; the pinion, the racks and the carriage travel, and are planned anew for every
turn of x.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.gears.differential import BAR, Cog
from scenes.parts.gears.two_paths import TwoPaths, lying
from scenes.parts.gears.wheels import DEDENDUM, Train
from scenes.parts.measure import Scale
from scenes.parts.plans.rack_plan import RackPlan
from scenes.parts.plans.wheel_plan import FLANK_POINTS, WheelPlan, plans_of

__all__ = ["BARS", "FanOutPlan"]

Array = npt.NDArray[np.float64]
_ARM: Final = 0.09  # half the width of the arm that joins the carriage to the pinion's hub, in frame units
BARS: Final = {"rack_u": "rack_1", "rack_v": "rack_2", "carriage": "carriage"}
"""The bars of the clip, and what the geometry calls them."""


@dataclass(frozen=True)
class FanOutPlan:
    """The wheels of a value that is used twice, as they stand on the frame.

    Attributes
    ----------
    paths
        The geometry.
    place
        Where the pinion's hub stands at rest.
    scales
        By name: ``scale`` and ``half_scale`` of radii, ``turn_scale_deg`` of angles in radians per unit, and ``travel``
        and ``half_travel`` of the ways of racks and carriage.
    """

    paths: TwoPaths
    place: tuple[float, float]
    scales: Mapping[str, Scale]

    def still(self) -> dict[str, WheelPlan]:
        """Return the wheels that stay in place, by name, those of each path in order."""
        ordered = sorted(zip("uv", self.paths.trains, strict=True), key=lambda path: -path[1].wheels[0].pitch_radius)
        found = {plan.key: plan for path, train in ordered for plan in self._path(path, train)}
        cogs = self.paths.plus.cogs
        idler = self._wheel("plus_idler", cogs["idler"], "dL_dv", "turn_v", share=-2.0)
        output = self._wheel("y", cogs["output"], "dL_dy", "turn_y", scale="half_scale")
        return {**found, "plus_idler": idler, "y": output}

    def _path(self, path: str, train: Train) -> Iterator[WheelPlan]:
        """Yield the wheels from x to the input of a path; the gear of x has the radius of its contribution."""
        ends = f"x_{path}", path
        angles = self.scales["turn_scale_deg"]
        alone = plans_of(train, ends, scale=self.scales["scale"], turns=("turn_x", f"turn_{path}"), turn_scale=angles)
        for key, plan in alone.items():
            quantity = plan.quantity if key == path else f"contribution_{path}"
            yield replace(plan, centre=self._placed(plan.centre), quantity=quantity)

    def _wheel(
        self, key: str, cog: Cog, quantity: str, turn: str, *, share: float = 1.0, scale: str | None = None
    ) -> WheelPlan:
        """Return a wheel of the differential as it stands on the frame at rest."""
        return WheelPlan(
            key,
            self._lying(cog.centre),
            cog.gear.pitch_radius,
            cog.gear.outline(FLANK_POINTS),
            cog.rest_angle - math.pi / 2,
            quantity,
            radius_scale=self.scales[scale] if scale else None,
            turn=turn,
            turn_scale=self.scales["turn_scale_deg"],
            share=share,
        )

    def travelling(self, turn_u: float, turn_v: float) -> dict[str, WheelPlan]:
        """Return the wheels that travel, by name, for such turns of the two inputs, in units of their values."""
        k = self.scales["turn_scale_deg"].per_unit
        ways = self.paths.plus.shifts(k * turn_u, k * turn_v)
        pinion = self._wheel("pinion", self.paths.plus.cogs["pinion"], "turn_apart", "turn_apart")
        (x, y), moved = pinion.centre, float(ways["carriage"])
        bars = {key: self._bar(key).after(float(ways[name])) for key, name in BARS.items()}
        order = ("rack_u", "pinion", "rack_v", "carriage")
        found: dict[str, WheelPlan] = {**bars, "pinion": replace(pinion, centre=(x + moved, y))}
        return {key: found[key] for key in order}

    def _bar(self, key: str) -> RackPlan:
        """Return a bar at rest."""
        rack = self.paths.plus.racks[BARS[key]]
        joined = key == "carriage"
        outline = lying(np.concatenate([rack.outline(), _arm(rack.low)]) if joined else rack.outline())
        middle = (outline.min(axis=0) + outline.max(axis=0)) / 2
        inside = (BAR / 2 - DEDENDUM) * rack.gear_module
        across, along = (rack.left + rack.right) / 2, (rack.low + rack.high + self._farthest(key)) / 2
        line = lying(np.array([[across - inside, along], [across + inside, along]]))
        x, y = middle + self.place
        return RackPlan(
            key,
            (float(x), float(y)),
            0.0,
            outline - middle,
            0.0,
            "turn_y" if joined else f"turn_{key[-1]}",
            mark=None,
            start=float(x),
            travel_scale=self.scales["half_travel" if joined else "travel"],
            line=line - middle,
            pin=(-float(middle[0]), -float(middle[1])) if joined else None,
        )

    def _farthest(self, key: str) -> float:
        """How far a bar slides in all: its way lies about its middle."""
        plus = self.paths.plus
        return float(plus.shifts(sum(plus.reach_1), sum(plus.reach_2))[BARS[key]])

    def _lying(self, point: tuple[float, float]) -> tuple[float, float]:
        x, y = lying(np.array(point)).tolist()
        return self._placed((x, y))

    def _placed(self, point: tuple[float, float]) -> tuple[float, float]:
        return point[0] + self.place[0], point[1] + self.place[1]


def _arm(start: float) -> Array:
    """Return the outline of the arm from an upright carriage's lower end down and round the pinion's hub."""
    bow = np.linspace(math.pi, 2 * math.pi, 13)
    round_hub = _ARM * np.stack([np.cos(bow), np.sin(bow)], axis=-1)
    return np.concatenate([[[-_ARM, start]], round_hub, [[_ARM, start]]])
