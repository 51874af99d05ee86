"""Audit gears of values: wheels whose pitch radius is a gradient."""

from __future__ import annotations

import math
from typing import Final

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.plans.wheel_plan import WheelPlan
from studio.audit.things.wheel import Wheel

__all__ = ["GEAR"]


class Gear(Wheel):
    """The gear of a value."""

    comes_from = frozenset({"dial"})

    scaled = True

    def radius_fault(self, plan: WheelPlan, row: ShownRow, sample: SampleRow) -> str:
        """Return what is wrong with the radius, or nothing: it is its scale times the magnitude of its value."""
        scale, value = row.scale or 0.0, abs(sample.value.number) if sample.value else math.nan
        shown = math.nan if sample.shown is None else sample.shown
        if plan.radius_scale is None or plan.radius_scale.per_unit != scale:
            return f"its radius has the scale {scale!r}, which is not the one that the settings state for it"
        if not abs(plan.pitch_radius - scale * value) <= 1e-9 or not abs(shown - value) * scale <= 1e-6:
            return f"its radius stands for {shown!r}, its value is {value!r}"
        if plan.hollow != (sample.value is not None and sample.value.number < 0):
            return f"its ring is {'hollow' if plan.hollow else 'solid'}, and its value has the other sign"
        return ""


GEAR: Final = Gear()
