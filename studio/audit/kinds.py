"""The table of kinds: how everything that may stand on a frame is audited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from scenes.parts.film.ledger import Ledger, LedgerError, SampleRow, ShownRow
from studio.audit.drawn import Facts, Piece
from studio.audit.kind import Kind
from studio.audit.layers import Drawing
from studio.audit.things.angle import ANGLE
from studio.audit.things.area import AREA
from studio.audit.things.axis_break import AXIS_BREAK
from studio.audit.things.bead import BEAD
from studio.audit.things.brace import BRACE
from studio.audit.things.bracket import BRACKET
from studio.audit.things.branch import BRANCH
from studio.audit.things.centred import ARM, ROUND
from studio.audit.things.curve import CURVE
from studio.audit.things.decor import DECOR
from studio.audit.things.dial import DIAL, GHOST_DIAL
from studio.audit.things.dot import DOT
from studio.audit.things.gate import PLATE, POST
from studio.audit.things.gear import GEAR
from studio.audit.things.ground import GROUND
from studio.audit.things.half_square import HALF_SQUARE
from studio.audit.things.hub import HUB
from studio.audit.things.inset import INSET
from studio.audit.things.lettering import READOUT, SIGN, SYMBOL, WORDS
from studio.audit.things.levels import LEVEL, LEVELS
from studio.audit.things.log_bar import LOG_BAR
from studio.audit.things.path import PATH
from studio.audit.things.plus import PLUS
from studio.audit.things.pointer import POINTER
from studio.audit.things.rack import RACK
from studio.audit.things.ribbon import RIBBON
from studio.audit.things.ruler import MARK, RULER, TICK
from studio.audit.things.rungs import RUNGS
from studio.audit.things.sector import SECTOR
from studio.audit.things.sense import SENSE
from studio.audit.things.slope import LEGS, SHADE, SLOPE
from studio.audit.things.spoke import SPOKE, TOOTH_PUSH
from studio.audit.things.stack import STACK
from studio.audit.things.stave import STAVE
from studio.audit.things.stretch import STRETCH
from studio.audit.things.tangent import TANGENT
from studio.audit.things.wheel import IDLER
from studio.audit.things.zones import ZONES

__all__ = ["KINDS", "check_kinds", "drawing_of", "pieces_of"]

KINDS: Final[Mapping[str, Kind]] = {
    "angle": ANGLE,
    "area": AREA,
    "arm": ARM,
    "axis_break": AXIS_BREAK,
    "bead": BEAD,
    "brace": BRACE,
    "bracket": BRACKET,
    "branch": BRANCH,
    "curve": CURVE,
    "decor": DECOR,
    "dial": DIAL,
    "dot": DOT,
    "gear": GEAR,
    "ghost_dial": GHOST_DIAL,
    "ground": GROUND,
    "half_square": HALF_SQUARE,
    "hub": HUB,
    "idler": IDLER,
    "inset": INSET,
    "legs": LEGS,
    "level": LEVEL,
    "levels": LEVELS,
    "log_bar": LOG_BAR,
    "mark": MARK,
    "path": PATH,
    "plate": PLATE,
    "plus": PLUS,
    "pointer": POINTER,
    "post": POST,
    "rack": RACK,
    "readout": READOUT,
    "ribbon": RIBBON,
    "round": ROUND,
    "ruler": RULER,
    "rungs": RUNGS,
    "sector": SECTOR,
    "sense": SENSE,
    "sign": SIGN,
    "slope": SLOPE,
    "slope_shade": SHADE,
    "spoke": SPOKE,
    "stack": STACK,
    "stave": STAVE,
    "stretch": STRETCH,
    "symbol": SYMBOL,
    "tangent": TANGENT,
    "tick": TICK,
    "tooth_push": TOOTH_PUSH,
    "words": WORDS,
    "zones": ZONES,
}


def check_kinds(ledger: Ledger, where: str) -> None:
    """Check that every thing of a ledger is of a kind that can be audited.

    Raises
    ------
    LedgerError
        Naming the first that is not.
    """
    for index, row in enumerate(ledger.shown):
        if row.kind not in KINDS:
            said = f"shown.{index}.kind: {row.kind!r} is none of {', '.join(KINDS)}"
            raise LedgerError(f"{where}: not a ledger: {said}")


def pieces_of(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """Return the outlines in pixels of a thing of any kind."""
    return KINDS[row.kind].pieces(row, sample, facts)


def drawing_of(row: ShownRow, sample: SampleRow, facts: Facts, shape: tuple[int, ...]) -> Drawing | None:
    """Return what a thing of any kind looks like on a frame of this shape; None where it draws nothing."""
    return KINDS[row.kind].drawing(row, sample, facts, shape)
