"""The pen for gears: wheels as the clip's settings plan them, and what is drawn on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scenes.parts.errors import StageError
from scenes.parts.plans.rack_plan import RackPlan
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.recipe.quantity import Quantity, Role
from scenes.parts.recipe.sweep import Live
from scenes.parts.theme import NAME, RIM
from scenes.parts.things.base import Paint, Source
from scenes.parts.things.following import Following
from scenes.parts.things.gear_marks import AngleScale, Sense
from scenes.parts.things.letter_pen import LetterPen
from scenes.parts.things.name_tag import NameTag
from scenes.parts.things.rack import Rack
from scenes.parts.things.spoke import DOWN, Spoke, ToothPush
from scenes.parts.things.wheel import Gear, Idler, Wheel, ring_paints

__all__ = ["GearPen"]

Spot = tuple[float, float]
IDLE: Final = 0.7
"""So much of the colour of edges is left in an idler: silent, but visible on white."""


@dataclass(frozen=True)
class GearPen:
    """Makes wheels, racks, and the marks on them, with what the clip's pen knows."""

    pen: LetterPen

    def gear(
        self,
        key: str,
        *,
        turn: Source | None = None,
        follow: Live | None = None,
        origin: Spot = (0.0, 0.0),
        role: Role = "gradient",
    ) -> Gear:
        """Return the gear of a value: its radius is the gradient.

        Parameters
        ----------
        turn
            What turns it.
        follow
            The input that its place or its size follows.
        origin
            Where the origin of its train stands.
        role
            In whose colour its ring is.
        """
        source, plan = self._planned(key, follow)
        hollow = (plan.now if isinstance(plan, Following) else plan).hollow
        paints = ring_paints(self.pen.theme, self.pen.theme.colour(role), hollow=hollow)
        return Gear(source, plan, turn=turn, paints=paints, origin=origin)

    def idler(
        self,
        key: str,
        *,
        turn: Source | None = None,
        follow: Live | None = None,
        origin: Spot = (0.0, 0.0),
        lit: bool = False,
    ) -> Idler:
        """Return a wheel without a value, grey and silent, driven by the gear before it; else as for a gear.

        One that is spoken of is ``lit``: as light as the words that name it.
        """
        source, plan = self._planned(key, follow)
        theme = self.pen.theme
        *rest, _ = ring_paints(theme, theme.colour("quiet") if lit else theme.mixed(theme.colour("edge"), IDLE))
        return Idler(source, plan, turn=turn, paints=[*rest, Paint(theme.colour("edge"))], origin=origin)

    def rack(self, key: str, *, follow: Live, origin: Spot = (0.0, 0.0)) -> Rack:
        """Return a bar with teeth that slides as the input ``follow`` says."""
        source, plan = self._planned(key, follow)
        if not isinstance(plan, Following) or not isinstance(plan.now, RackPlan):
            raise StageError(f"rack {key}: the settings plan a wheel of that name, no rack")
        colour = self.pen.theme.colour
        paints = [
            Paint(colour("body")),
            Paint(colour("quiet"), stroke=RIM),
            Paint(colour("value")),
            Paint(colour("quiet")),
            Paint(colour("quiet")),
        ]
        return Rack(source, plan, paints=paints, origin=origin)

    def _planned(self, key: str, follow: Live | None) -> tuple[Quantity | Source, WheelPlan | Following]:
        """Return what a wheel measures, and its plan; of one that follows an input, what says its plan now."""
        if follow is None:
            return self.pen.quantities[self.pen.wheels[key].quantity], self.pen.wheels[key]
        plan = next((plan for plan in self.followers(follow) if plan.key == key), None)
        if plan is None:
            raise StageError(f"wheel {key}: the settings do not let it follow {follow.name}")
        return follow.sweep[plan.now.quantity], plan

    def followers(self, follow: Live) -> list[Following]:
        """Return every wheel whose place or size follows an input."""
        found = (swept.wheels for swept in self.pen.swept if swept.input == follow.name)
        return [Following(follow, wheels, key) for wheels in found for key in wheels(follow.now.number)]

    def planned(self, wheel: Wheel) -> bool:
        """Return whether a wheel stands as the settings plan it: always, or for the input that it follows."""
        if wheel.follow is None:
            return wheel.plan is self.pen.wheels.get(wheel.plan.key)
        return any(wheel.follow.plans is swept.wheels for swept in self.pen.swept)

    def spoke(self, gear: Gear, *, direction: float = DOWN) -> Spoke:
        """Return the gradient of a gear as a bar from its hub to its pitch circle, downward if nothing else is said."""
        scale, colour = gear.scale_used, self.pen.theme.colour("gradient")
        if scale is None:
            raise StageError(f"{gear.name}: its radius has no scale, so it has no spoke")
        return Spoke(gear, scale, theme=self.pen.theme, colour=colour, direction=direction)

    def name_tag(self, name: str, wheel: Wheel, *, over: float, on_top: bool = False) -> NameTag:
        """Return the symbol of a quantity that keeps over the hub or over the top of a wheel, wherever that moves."""
        quantity = self.pen.quantities[name]
        colour = self.pen.colour_of(quantity, "auto")
        return NameTag(quantity, wheel, over=over, height=NAME, colour=colour, on_top=on_top)

    def tooth_push(self, source: str, scale: str, *, wheel: Wheel) -> ToothPush:
        """Return the push on a wheel at the tooth where it meets the next one: white, along the rim, up or down."""
        return ToothPush(self.pen.source(source), self.pen.scales[scale], wheel=wheel, theme=self.pen.theme)

    def sense(self, gear: Gear, *, radius: float) -> Sense:
        """Return the bent arrow that says which way the shaft of a gear is pushed."""
        return Sense(gear, radius=radius, colour=self.pen.theme.colour("gradient"))

    def angle(self, source: str | Source, scale: str, *, hub: tuple[float, float], radius: float) -> AngleScale:
        """Return the slice that shows by how much something has turned."""
        bound = self.pen.source(source)
        shade = self.pen.colour_of(bound if isinstance(bound, Quantity) else bound.now, "auto")
        how = {"colour": shade, "ground": self.pen.theme.colour("background")}
        return AngleScale(bound, self.pen.scales[scale], hub=hub, radius=radius, **how)
