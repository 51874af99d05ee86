"""The pen: makes everything that a storyboard may show, with the clip's own quantities, scales, colours and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from manim.mobject.geometry.polygram import Rectangle

from scenes.parts.bound.arrow import Bar, GradientArrow, Legend
from scenes.parts.bound.base import Source
from scenes.parts.bound.decor import Decor, decor
from scenes.parts.bound.following import Following
from scenes.parts.bound.gear_marks import Dial, PitchCircle, Sense, Spoke
from scenes.parts.bound.lettering import Align, Form, Operator, Readout, Sign, Symbol, Words
from scenes.parts.bound.name_tag import NameTag
from scenes.parts.bound.plot import AxisLine, Curve, Dot
from scenes.parts.bound.rack import Rack
from scenes.parts.bound.tangent import Tangent
from scenes.parts.bound.wheel import Gear, Idler, Sector, Wheel
from scenes.parts.encode import Formatter, Mode
from scenes.parts.errors import StageError
from scenes.parts.measure import Axis, Scale
from scenes.parts.quantity import Quantities, Quantity, Role
from scenes.parts.rack_plan import RackPlan
from scenes.parts.sector_plan import SectorPlan
from scenes.parts.settings import fill, names_in
from scenes.parts.sweep import Live
from scenes.parts.theme import EDGE_MARGIN, FRAME_HEIGHT, FRAME_WIDTH, NUMBER, Theme
from scenes.parts.typeset import Style
from scenes.parts.wheel_plan import WheelPlan

__all__ = ["Pen"]

Shade = Role | Literal["auto"]
Ends = tuple[tuple[float, float], tuple[float, float]]


class Pen:
    """Everything a clip's settings say about drawing.

    Parameters
    ----------
    clip
        The clip's settings.
    quantities
        The clip's quantities at its own inputs; what words in braces stand for.
    names
        What ``{activation}`` and ``{loss}`` stand for.
    """

    def __init__(
        self, clip: Any, quantities: Quantities, theme: Theme, formatter: Formatter, names: Mapping[str, str]
    ) -> None:
        self.clip, self.quantities, self.theme, self.names = clip, quantities, theme, names
        self.formatter = formatter
        self.scales: Mapping[str, Scale] = clip.scales()
        self.wheels: Mapping[str, WheelPlan] = clip.wheels()
        self._swept = tuple(clip.sweeps().values())
        self._written: list[tuple[Words, str]] = []

    def template(self, key: str) -> str:
        """Return the words of the settings at a key; of a beat, its sentence."""
        found = self.clip.words
        for part in key.split("."):
            found = found[int(part)] if part.isdigit() else getattr(found, part)
        return str(getattr(found, "sentence", found))

    def says(self, key: str, local: Mapping[str, str] | None = None) -> str:
        """Return the words at a key, with what stands in braces filled in.

        Parameters
        ----------
        local
            What a name in braces stands for in these words alone: the name of a quantity, or one of ``names``.
        """
        return self._filled(self.template(key), local or {})

    def caption(self, key: str) -> str:
        """Return the subtitle of a beat, with what stands in braces filled in."""
        return self._filled(getattr(self.clip.words, key).caption, {})

    def _filled(self, text: str, local: Mapping[str, str]) -> str:
        return fill(text, {name: self._shown(local.get(name, name)) for name in names_in(text)})

    def _shown(self, name: str) -> str:
        return self.names[name] if name in self.names else self.formatter.text(self.quantities[name])

    def wrote(self, words: Words) -> bool:
        """Return whether these words came from this pen: a storyboard cannot type any."""
        return any(words is one and words.words == text for one, text in self._written)

    def words(
        self,
        key: str,
        *,
        height: float = NUMBER,
        colour: Role = "ink",
        style: Style = "words",
        align: Align = "left",
        max_width: float | None = None,
        local: Mapping[str, str] | None = None,
    ) -> Words:
        """Return the words of the settings at ``key``, such as ``title``, ``pose_question`` or ``code.2``."""
        return self._words(key, self.says(key, local), height, colour, style, align, max_width)

    def name(self, key: str, *, height: float = NUMBER, colour: Role = "ink", align: Align = "centre") -> Words:
        """Return what a function or a loss of the settings is called on screen; ``key`` is one of ``names``."""
        return self._words(f"names.{self.clip.named()[key]}", self.names[key], height, colour, "words", align, None)

    def _words(
        self, key: str, text: str, height: float, colour: Role, style: Style, align: Align, max_width: float | None
    ) -> Words:
        shade, family = self.theme.colour(colour), self.theme.family
        words = Words(
            key, text, height=height, colour=shade, style=style, align=align, family=family, max_width=max_width
        )
        self._written.append((words, text))
        return words

    def sign(self, sign: Operator, *, height: float = NUMBER, colour: Role = "ink") -> Sign:
        """Return a sign between two numbers."""
        return Sign(sign, height=height, colour=self.theme.colour(colour))

    def pause_mark(self) -> Decor:
        """Return the two bars that say: stop the video here and think."""
        x, y = FRAME_WIDTH / 2 - EDGE_MARGIN - 0.55, FRAME_HEIGHT / 2 - EDGE_MARGIN - 0.7
        bars = [
            Rectangle(width=0.18, height=0.7, stroke_width=0, fill_opacity=1, color=self.theme.colour("ink"))
            for _ in range(2)
        ]
        return decor(bars[0].move_to([x, y + 0.35, 0]), bars[1].move_to([x + 0.38, y + 0.35, 0]))

    def symbol(self, name: str, *, height: float = NUMBER, colour: Shade = "auto", align: Align = "centre") -> Symbol:
        """Return the symbol of a quantity, in the colour of its meaning unless another is asked for."""
        return Symbol(
            self.quantities[name], height=height, colour=self._colour(self.quantities[name], colour), align=align
        )

    def readout(
        self,
        name: str,
        *,
        height: float = NUMBER,
        colour: Shade = "auto",
        form: Form = "number",
        align: Align = "centre",
        full: bool = False,
    ) -> Readout:
        """Return the value of a quantity at rest."""
        quantity = self.quantities[name]
        shade = self._colour(quantity, colour)
        mode: Mode = "full" if full else "resting"
        return Readout(quantity, self.formatter, height=height, colour=shade, mode=mode, form=form, align=align)

    def live_readout(self, source: Source, *, height: float = NUMBER, colour: Shade = "auto") -> Readout:
        """Return the value of a quantity that a sweep moves, anchored at its decimal point."""
        shade = self._colour(source.now, colour)
        return Readout(source, self.formatter, height=height, colour=shade, mode="live", align="point")

    def arrow(
        self,
        source: str | Source,
        scale: str,
        *,
        tail: tuple[float, float],
        direction: tuple[float, float] = (-1.0, 0.0),
    ) -> GradientArrow:
        """Return a gradient arrow whose tail stands at ``tail`` on its baseline."""
        return GradientArrow(
            self._source(source),
            self.scales[scale],
            tail=tail,
            direction=direction,
            colour=self.theme.colour("gradient"),
        )

    def bar(
        self,
        source: str | Source,
        scale: str,
        *,
        base: tuple[float, float],
        direction: tuple[float, float] = (0.0, 1.0),
        width: float = 0.3,
        colour: Shade = "auto",
    ) -> Bar:
        """Return a bar that measures a quantity from ``base``."""
        bound = self._source(source)
        shade = self._colour(bound.now if not isinstance(bound, Quantity) else bound, colour)
        return Bar(bound, self.scales[scale], base=base, direction=direction, width=width, colour=shade)

    def legend(self, scale: str, *, start: tuple[float, float], colour: Role = "gradient") -> Legend:
        """Return the bar that says how long one unit of ``scale`` is."""
        return Legend(self.scales[scale], start=start, colour=self.theme.colour(colour))

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
            return self.quantities[self.wheels[key].quantity], self.wheels[key]
        plan = next((plan for plan in self.followers(follow) if plan.key == key), None)
        if plan is None:
            raise StageError(f"wheel {key}: the settings do not let it follow {follow.name}")
        return follow.sweep[plan.now.quantity], plan

    def followers(self, follow: Live) -> list[Following]:
        """Return every wheel whose place or size follows an input."""
        found = (swept.wheels for swept in self._swept if swept.input == follow.name)
        return [Following(follow, wheels, key) for wheels in found for key in wheels(follow.now.number)]

    def planned(self, wheel: Wheel) -> bool:
        """Return whether a wheel stands as the settings plan it: always, or for the input that it follows."""
        if wheel.follow is None:
            return wheel.plan is self.wheels.get(wheel.plan.key)
        return any(wheel.follow.plans is swept.wheels for swept in self._swept)

    def sector(self, key: str, source: Source) -> Sector:
        """Return a wheel that is not round, turned by the live quantity ``source``, in whose colour its mark is."""
        plan = self.wheels[key]
        if not isinstance(plan, SectorPlan) or source.now.name != plan.turn:
            raise StageError(f"sector {key}: {source.now.name} does not turn it, {plan.turn} does")
        colours = self._wheel_colours("ink") | {"mark": self._colour(source.now, "auto")}
        return Sector(source, plan, **colours, tick=self.theme.colour("quiet"), ground=self.theme.colour("background"))

    def _wheel_colours(self, rim: Role) -> dict[str, str]:
        return {"body": self.theme.colour("body"), "rim": self.theme.colour(rim), "mark": self.theme.colour("quiet")}

    def spoke(self, gear: Gear, *, direction: tuple[float, float] = (0.0, -1.0)) -> Spoke:
        """Return the gradient of a gear as an arrow from its hub to its pitch circle, down if nothing else is said."""
        scale, colour = gear.scale_used, self.theme.colour("gradient")
        return Spoke(gear.source, self.scales[scale.key if scale else ""], hub=gear, direction=direction, colour=colour)

    def name_tag(self, name: str, wheel: Wheel, *, over: float) -> NameTag:
        """Return the symbol of a quantity that keeps over the hub of a wheel, wherever that moves."""
        quantity = self.quantities[name]
        return NameTag(quantity, wheel, over=over, height=NUMBER, colour=self._colour(quantity, "auto"))

    def tooth_push(self, source: str, scale: str, *, at: tuple[float, float], up: bool) -> Spoke:
        """Return the push at a tooth as an arrow along the rim, up or down."""
        way, colour = (0.0, 1.0 if up else -1.0), self.theme.colour("gradient")
        return Spoke(self._source(source), self.scales[scale], hub=at, direction=way, colour=colour)

    def sense(self, key: str, *, radius: float) -> Sense:
        """Return the bent arrow that says which way the shaft of a gear is pushed."""
        plan = self.wheels[key]
        colour = self.theme.colour("gradient")
        return Sense(self.quantities[plan.quantity], hub=plan.centre, radius=radius, colour=colour)

    def dial(self, source: str | Source, scale: str, *, hub: tuple[float, float], radius: float) -> Dial:
        """Return the slice that shows by how much something has turned."""
        bound = self._source(source)
        shade = self._colour(bound if isinstance(bound, Quantity) else bound.now, "auto")
        return Dial(bound, self.scales[scale], hub=hub, radius=radius, colour=shade)

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
        bound = self._source(source)
        shade = self._colour(bound if isinstance(bound, Quantity) else bound.now, colour)
        return PitchCircle(bound, self.scales[scale], hub=hub, colour=shade, dashes=dashes)

    def axis(self, key: str, ends: Ends) -> Axis:
        """Return the range that the settings state at ``key``, laid between two points."""
        low, high = self.clip.ranges()[key]
        return Axis(key, low, high, (*ends[0], 0.0), (*ends[1], 0.0))

    def axis_line(self, axis: Axis, colour: Role = "quiet") -> AxisLine:
        """Return the line of an axis."""
        return AxisLine(axis, colour=self.theme.colour(colour))

    def dot(
        self, source: str | Source, axis: Axis, *, across: tuple[str | Source, Axis] | None = None, radius: float = 0.1
    ) -> Dot:
        """Return a dot on an axis, or in the plane of two."""
        bound = self._source(source)
        shade = self._colour(bound if isinstance(bound, Quantity) else bound.now, "auto")
        placed = (self._source(across[0]), across[1]) if across else None
        return Dot(bound, axis, across=placed, colour=shade, radius=radius)

    def curve(
        self,
        ys: str,
        y_axis: Axis,
        xs: str,
        x_axis: Axis,
        *,
        until: tuple[Source, Source] | None = None,
        rising: bool = True,
        stroke: float = 4.0,
    ) -> Curve:
        """Return one quantity of a sweep against another; ``until`` is the live (x, y) that it grows with."""
        y, x = self.quantities[ys], self.quantities[xs]
        return Curve(y, y_axis, x, x_axis, colour=self._colour(y, "auto"), until=until, rising=rising, stroke=stroke)

    def tangent(self, slope: Source, x: tuple[Source, Axis], y: tuple[Source, Axis]) -> Tangent:
        """Return the line through (x, y) whose slope is a local derivative."""
        return Tangent(slope, x, y, colour=self._colour(slope.now, "auto"))

    def _source(self, source: str | Source) -> Quantity | Source:
        return self.quantities[source] if isinstance(source, str) else source

    def _colour(self, quantity: Quantity, shade: Shade) -> str:
        return self.theme.colour(quantity.row.role if shade == "auto" else shade)
