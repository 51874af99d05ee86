"""Audit a ribbon: how thick it is on both sides of its gate, along its whole length, and whether solid or hollow."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.things.shapes import disc
from studio.audit.outlined import Numbers, Outlined, Shape

__all__ = ["RIBBON"]

Array = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 2))
_GATE, _RING = np.zeros(3), (0.12, 0.06)  # where a push of exactly 0 ends, and the radii of its ring, in frame units
_EASE: Final = np.linspace(0.0, 1.0, 25)
_BEYOND, _HIGH, _STROKE, _THINNEST = 0.2, 0.13, 0.05, 0.14  # of the chevrons on both sides of a gate, in frame units


class Ribbon(Outlined):
    """A band about the line of its origin; at x = 0 its thickness changes from what comes in to what goes out."""

    roles = ("out", "into")
    told = (0.5, 1.0)  # along its edge it changes at the gate alone
    hair = 0.5  # of pixels: on a wire of nearly its luma

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return the wash of its hollow sides, its ink, the ground in chevrons and round a zero, and its ring."""
        signs = [math.copysign(1.0, drawn[role]) if drawn[role] else 0.0 for role in self.roles]
        sides = [0] if signs[0] * signs[1] > 0 else [side for side, sign in zip((-1, 1), signs, strict=True) if sign]
        wash, ink = [_NOTHING], [_NOTHING]
        for side in sides:
            x, half = self._half(drawn, sizes, side)
            top, bottom = np.column_stack([x, half]), np.column_stack([x, -half])
            if signs[side > 0] > 0:
                ink.append(_closed(top, bottom))
                continue
            rim = np.column_stack([np.zeros_like(x), np.minimum(sizes["rim"], 2 * half / 3)])
            wash.append(_closed(top, bottom))
            ink += [_closed(top, top - rim), _closed(bottom + rim, bottom)]
        ring = [_NOTHING, _NOTHING] if all(signs) else [disc(_GATE, _RING[0])[:, :2], disc(_GATE, *_RING)[:, :2]]
        ground = [ring[0]]
        for side, role, reach in ((-1, "out", sizes["left"]), (1, "into", sizes["right"])):
            if abs(drawn[role]) >= _THINNEST and reach >= sizes["turn"] + 2 * _BEYOND:
                mark = _chevron(side * (sizes["turn"] + _BEYOND), min(_HIGH, abs(drawn[role]) / 4), sizes["way"])
                (ink if drawn[role] < 0 else ground).append(mark)
        return [
            Shape(p, body=True) for p in (np.concatenate(wash), np.concatenate(ink), np.concatenate(ground), ring[1])
        ]

    def _half(self, drawn: Numbers, sizes: Numbers, side: int) -> tuple[Array, Array]:
        """Return where a side lies, -1 left and 1 right of the gate (0: both), and half its thickness there."""
        out, into, turn = abs(drawn["out"]), abs(drawn["into"]), sizes["turn"]
        x = np.array([-sizes["left"], *(turn * (2 * _EASE - 1)), sizes["right"]])
        if 0.0 in (out, into):
            x = x[x * side >= 0]
            return x, (out + into) * _eased(np.abs(x) / turn) / 2
        share = _eased((x + turn) / (2 * turn))
        here = x * side >= 0
        return x[here], (out * (1 - share) + into * share)[here] / 2


def _chevron(at: float, half: float, way: float) -> Array:
    """Return the outline of a chevron about a place on the wire: its tip is where it goes, -1 left and 1 right."""
    edge = np.array([(at - way * half / 2, y) for y in (half, 0.0, -half)])
    edge[1, 0] += way * half
    return _closed(edge, edge - np.array([way * _STROKE, 0.0]))


def _eased(share: Array) -> Array:
    share = np.clip(share, 0.0, 1.0)
    return np.asarray(share * share * (3 - 2 * share))


def _closed(one: Array, other: Array) -> Array:
    """Return the outline along one edge and back along the other, as straight cubic pieces."""
    corners = np.concatenate([one, other[::-1], one[:1]])
    steps = np.linspace(0.0, 1.0, 4)[None, :, None]
    return np.asarray((corners[:-1, None] * (1 - steps) + corners[1:, None] * steps).reshape(-1, 2))


RIBBON: Final = Ribbon()
