"""The pen for gears: wheels as the clip's settings plan them, and what is drawn on them."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.parts.errors import StageError
from scenes.parts.plans.rack_plan import RackPlan
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.recipe.quantity import Quantity, Role
from scenes.parts.recipe.sweep import Live
from scenes.parts.theme import NUMBER
from scenes.parts.things.base import Source
from scenes.parts.things.following import Following
from scenes.parts.things.gear_marks import AngleScale, PitchCircle, Sense, Spoke
from scenes.parts.things.letter_pen import LetterPen, Shade
from scenes.parts.things.name_tag import NameTag
from scenes.parts.things.rack import Rack
from scenes.parts.things.wheel import Gear, Idler, Wheel

__all__ = ["GearPen"]


@dataclass(frozen=True)
class GearPen:
    """Makes wheels, racks, and the marks on them, with what the clip's pen knows."""

    pen: LetterPen

    def gear(self, key: str, *, turn: Source | None = None, follow: Live | None = None) -> Gear:
        """Return the gear of a value: its radius is the gradient.

        Parameters
        ----------
        turn
            What turns it.
        follow
            The input that its place or its size follows.
        """
        source, plan = self._planned(key, follow)
        return Gear(source, plan, turn=turn, **self._wheel_colours("ink"))

    def idler(self, key: str, *, turn: Source | None = None, follow: Live | None = None) -> Idler:
        """Return a wheel without a value, driven by the gear before it; ``turn`` and ``follow`` as for a gear."""
        source, plan = self._planned(key, follow)
        return Idler(source, plan, turn=turn, **self._wheel_colours("quiet"))

    def rack(self, key: str, *, follow: Live) -> Rack:
        """Return a bar with teeth that slides as the input ``follow`` says."""
        source, plan = self._planned(key, follow)
        if not isinstance(plan, Following) or not isinstance(plan.now, RackPlan):
            raise StageError(f"rack {key}: the settings plan a wheel of that name, no rack")
        return Rack(source, plan, **self._wheel_colours("quiet"))

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

    def _wheel_colours(self, rim: Role) -> dict[str, str]:
        return {
            "body": self.pen.theme.colour("body"),
            "rim": self.pen.theme.colour(rim),
            "mark": self.pen.theme.colour("quiet"),
        }

    def spoke(self, gear: Gear, *, direction: tuple[float, float] = (0.0, -1.0)) -> Spoke:
        """Return the gradient of a gear as an arrow from its hub to its pitch circle, down if nothing else is said."""
        scale, colour = gear.scale_used, self.pen.theme.colour("gradient")
        return Spoke(
            gear.source, self.pen.scales[scale.key if scale else ""], hub=gear, direction=direction, colour=colour
        )

    def name_tag(self, name: str, wheel: Wheel, *, over: float) -> NameTag:
        """Return the symbol of a quantity that keeps over the hub of a wheel, wherever that moves."""
        quantity = self.pen.quantities[name]
        return NameTag(quantity, wheel, over=over, height=NUMBER, colour=self.pen.colour_of(quantity, "auto"))

    def tooth_push(self, source: str, scale: str, *, at: tuple[float, float], up: bool) -> Spoke:
        """Return the push at a tooth as an arrow along the rim, up or down."""
        way, colour = (0.0, 1.0 if up else -1.0), self.pen.theme.colour("gradient")
        return Spoke(self.pen.source(source), self.pen.scales[scale], hub=at, direction=way, colour=colour)

    def sense(self, key: str, *, radius: float) -> Sense:
        """Return the bent arrow that says which way the shaft of a gear is pushed."""
        plan = self.pen.wheels[key]
        colour = self.pen.theme.colour("gradient")
        return Sense(self.pen.quantities[plan.quantity], hub=plan.centre, radius=radius, colour=colour)

    def angle(self, source: str | Source, scale: str, *, hub: tuple[float, float], radius: float) -> AngleScale:
        """Return the slice that shows by how much something has turned."""
        bound = self.pen.source(source)
        shade = self.pen.colour_of(bound if isinstance(bound, Quantity) else bound.now, "auto")
        return AngleScale(bound, self.pen.scales[scale], hub=hub, radius=radius, colour=shade)

    def pitch_circle(
        self,
        source: str | Source,
        scale: str,
        *,
        hub: tuple[float, float],
        colour: Shade = "auto",
        dashes: int | None = None,
    ) -> PitchCircle:
        """Return a dashed circle whose radius a quantity is; a radius that moves wants a fixed number of dashes."""
        bound = self.pen.source(source)
        shade = self.pen.colour_of(bound if isinstance(bound, Quantity) else bound.now, colour)
        return PitchCircle(bound, self.pen.scales[scale], hub=hub, colour=shade, dashes=dashes)
