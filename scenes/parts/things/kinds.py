"""The table of kinds: everything that may stand on the stage."""

from __future__ import annotations

from typing import Final

from scenes.parts.things.arrow import Bar, GradientArrow, Legend
from scenes.parts.things.base import Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.dial import Dial, GhostDial
from scenes.parts.things.gear_marks import AngleScale, PitchCircle, Sense, Spoke
from scenes.parts.things.lettering import Sign, Symbol, Words
from scenes.parts.things.name_tag import NameTag
from scenes.parts.things.plot import AxisLine, Curve, Dot
from scenes.parts.things.rack import Rack
from scenes.parts.things.readout import Readout
from scenes.parts.things.tangent import Tangent
from scenes.parts.things.wheel import Gear, Idler, Sector

__all__ = ["KINDS"]

KINDS: Final[tuple[type[Shown], ...]] = (
    AngleScale,
    AxisLine,
    Bar,
    Curve,
    Decor,
    Dial,
    Dot,
    Gear,
    GhostDial,
    GradientArrow,
    Idler,
    Legend,
    NameTag,
    PitchCircle,
    Rack,
    Readout,
    Sector,
    Sense,
    Sign,
    Spoke,
    Symbol,
    Tangent,
    Words,
)
"""A class derived from one of them may not stand there, because it could draw anything."""
