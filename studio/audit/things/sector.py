"""Audit wheels that are not round: what turns one is what it measures; the settings' function gives its outline."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from core import FUNCTIONS
from scenes.parts.film.ledger import ShownRow
from scenes.parts.gears.profile import DISC, DRIVEN, DRIVER, RING, profile_of
from scenes.parts.things.shapes import polygon, rectangle, spatial
from studio.audit.colours import Tint
from studio.audit.geometry import LIMIT, Space
from studio.audit.outlined import Numbers, Shape
from studio.audit.things.centred import Centred

__all__ = ["SECTOR"]

Array = npt.NDArray[np.float64]
_NOTHING: Final = Shape(np.zeros((0, 3)))
_DRAWN: Final = {"far", "size", "line"}  # sizes of the drawing; the others are those of the wheel
_RIM: Final = 0.028  # of a hollow ring, in frame units


class Sector(Centred):
    """One of a function gear's pair, or a part of a lug and stop."""

    tint = Tint(crossed=True)  # fine lines beside a ring of a strong colour
    roles, angles, unsigned, always = ("turn",), frozenset({"turn"}), frozenset({"turn"}), frozenset({"turn"})

    def unstated(self, space: Space, row: ShownRow) -> str:
        """Return what is wrong with its scale, its size or its outline by the settings, or nothing."""
        if wrong := super().unstated(space, row):
            return wrong
        if not space.states(row.scale):
            return f"no setting states its scale of {row.scale!r}"
        wheel = {name: size for name, size in row.sizes.items() if name not in _DRAWN}
        if space.clip.profiles().get(row.wheel or "") != wheel:
            return f"the settings know no such wheel {row.wheel!r}"
        if bool(row.sizes["far"]) != (wheel["part"] == DRIVEN):
            return "it stands at the hub of the other wheel"
        _, start, end = row.axes[0]
        off = abs(space.distance(start, end) - row.sizes["size"] * space.unit)
        return "" if off <= LIMIT else "it is not as large as its line of centres is long"

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return body, wash and rim of the ring, and the fine lines."""
        wheel, part, size = profile_of(sizes), sizes["part"], sizes["size"]
        angle = _angle(drawn["turn"], sizes)
        turn = size * np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
        body, band = (polygon(spatial(p @ turn)) if len(p) else np.zeros((0, 3)) for p in (wheel.body, wheel.band))
        ends = (spatial(line @ turn) for line in wheel.lines)
        lines = [rectangle(start, end, sizes["line"]) for start, end in ends]
        fine = Shape(np.concatenate(lines)) if lines else _NOTHING
        if part in (DISC, RING):
            solid = body if part == DISC else np.concatenate([body, band[::-1]])
            return [_NOTHING, _NOTHING, Shape(solid, body=True), fine]
        ring = Shape(band, stroke=_RIM) if wheel.hollow else Shape(band, body=True)
        wash = Shape(band, body=True, faint=True) if wheel.hollow else _NOTHING
        return [Shape(body, body=True, faint=True), wash, ring, fine]


def _angle(turn: float, sizes: Numbers) -> float:
    """Return by how many radians a wheel is turned, counter-clockwise, where k times its value is ``turn``."""
    if sizes["part"] in (DISC, RING):
        return turn
    if sizes["part"] == DRIVER:
        return turn - sizes["k"] * sizes["low"]
    first = float(list(FUNCTIONS.values())[int(sizes["function"])].value(np.float64(sizes["low"])))
    return -abs(turn - sizes["k"] * first)


SECTOR: Final = Sector()
