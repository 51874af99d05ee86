"""The table of kinds: everything that may stand on the stage. A kind is two files and a row in two tables.

How to add one, say a ribbon, whose thickness is scale x gradient:

1. ``scenes/parts/things/ribbon.py`` draws it: ``class Ribbon(Outlined)`` with its ``kind``, the ``roles`` of its one to
   three numbers, :meth:`~Outlined.shapes` (what is drawn for each role, and the sizes that the layout chose -> one
   outline for each paint, pure arrays about the origin, made with `shapes`) and :meth:`~Outlined.read` (outlines -> the
   numbers that they stand for). A sign must show in the shapes, never in the colour alone; of exactly 0 it draws what
   LOOK.md asks for. A class method ``by(pen, ...)`` makes one from the names of quantities and scales:
   ``pen.source(name)``, ``pen.scales[key]``, ``pen.theme.colour(role)``.
2. ``studio/audit/things/ribbon.py`` audits it: ``class Ribbon(Outlined)`` with the same ``roles``, which of them are
   ``angles`` or ``unsigned``, and its ``shapes`` once more, from the ledger's numbers and sizes alone; sizes that no
   field gives are stated a second time. A shape on which other things may lie is a ``body``. Last line:
   ``RIBBON: Final = Ribbon()``.
3. A row here and one in `studio.audit.kinds`, each where the alphabet puts it.
4. ``tests/test_ribbon.py``, with planted lies: `tests/test_outlined.py` has the patterns.

What is no outline of some numbers derives from :class:`Bound` or :class:`Shown` instead (from :class:`Lettering`, if it
is read) and answers for itself what the rest asks of every class: ``outlines``, ``reading`` and ``fault`` (what is
drawn, and is it true), ``told`` and ``fields`` (what the ledger says on each frame, and once), ``axes`` and
``unstated`` (what a setting must state), ``measures``, ``remedy``, ``dims_by_colour`` and ``to_read``. Its audit is a
`studio.audit.kind.Kind`.
"""

from __future__ import annotations

from typing import Final

from scenes.parts.things.area import Area
from scenes.parts.things.axis_break import AxisBreak
from scenes.parts.things.base import Shown
from scenes.parts.things.brace import Brace
from scenes.parts.things.bracket import Bracket
from scenes.parts.things.branch import Branch
from scenes.parts.things.centred import Arm, Round
from scenes.parts.things.decor import Decor
from scenes.parts.things.dial import Dial, GhostDial
from scenes.parts.things.gate import Plate, Post
from scenes.parts.things.gear_marks import AngleScale, Sense
from scenes.parts.things.ground import Ground
from scenes.parts.things.half_square import HalfSquare
from scenes.parts.things.hub import Hub
from scenes.parts.things.inset import Inset
from scenes.parts.things.legs import Legs
from scenes.parts.things.lettering import Sign, Symbol, Words
from scenes.parts.things.levels import LevelNumber, Levels
from scenes.parts.things.log_bar import LogBar
from scenes.parts.things.name_tag import NameTag
from scenes.parts.things.path import Path
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.plus import Plus
from scenes.parts.things.pointer import Pointer
from scenes.parts.things.rack import Rack
from scenes.parts.things.readout import Readout
from scenes.parts.things.ribbon import Ribbon
from scenes.parts.things.ruler import Mark, Ruler, Tick
from scenes.parts.things.rungs import Rungs
from scenes.parts.things.sector import Sector
from scenes.parts.things.slope import Slope, SlopeShade
from scenes.parts.things.spoke import Spoke, ToothPush
from scenes.parts.things.stack import Stack
from scenes.parts.things.stave import Stave
from scenes.parts.things.stretch import Stretch
from scenes.parts.things.tangent import Tangent
from scenes.parts.things.wheel import Gear, Idler
from scenes.parts.things.wire import Bead
from scenes.parts.things.zones import Zones

__all__ = ["KINDS"]

KINDS: Final[tuple[type[Shown], ...]] = (
    AngleScale,
    Area,
    Arm,
    AxisBreak,
    Bead,
    Brace,
    Bracket,
    Branch,
    Curve,
    Decor,
    Dial,
    Dot,
    Gear,
    GhostDial,
    Ground,
    HalfSquare,
    Hub,
    Idler,
    Inset,
    Legs,
    LevelNumber,
    Levels,
    LogBar,
    Mark,
    NameTag,
    Path,
    Plate,
    Plus,
    Pointer,
    Post,
    Rack,
    Readout,
    Ribbon,
    Round,
    Ruler,
    Rungs,
    Sector,
    Sense,
    Sign,
    Slope,
    SlopeShade,
    Spoke,
    Stack,
    Stave,
    Stretch,
    Symbol,
    Tangent,
    Tick,
    ToothPush,
    Words,
    Zones,
)
"""A class derived from one of them may not stand there, because it could draw anything."""
