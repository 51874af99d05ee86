"""Audit a ribbon: how thick it is on both sides of its gate, along its whole length, and whether solid or hollow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from studio.audit.outlined import Numbers, Outlined, Shape

__all__ = ["RIBBON"]

Array = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 2))
_EASE: Final = np.linspace(0.0, 1.0, 25)


class Ribbon(Outlined):
    """A band about the line of its origin; at x = 0 its thickness changes from what comes in to what goes out."""

    roles = ("out", "into")

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return the wash of its hollow sides, then its ink."""
        sides = [side for side in (-1, 1) if drawn[self.roles[side > 0]] != 0]
        if len(sides) == 2 and drawn["out"] * drawn["into"] > 0:
            sides = [0]
        wash, ink = [_NOTHING], [_NOTHING]
        for side in sides:
            x, half = self._half(drawn, sizes, side)
            top, bottom = np.column_stack([x, half]), np.column_stack([x, -half])
            if drawn["into" if side > 0 else "out"] > 0:
                ink.append(_closed(top, bottom))
                continue
            rim = np.column_stack([np.zeros_like(x), np.minimum(sizes["rim"], 2 * half / 3)])
            wash.append(_closed(top, bottom))
            ink += [_closed(top, top - rim), _closed(bottom + rim, bottom)]
        return [Shape(np.concatenate(wash), body=True), Shape(np.concatenate(ink), body=True)]

    def _half(self, drawn: Numbers, sizes: Numbers, side: int) -> tuple[Array, Array]:
        """Return where a side lies, -1 left and 1 right of the gate (0: both), and half its thickness there."""
        out, into, turn = drawn["out"], drawn["into"], sizes["turn"]
        x = np.array([-sizes["left"], *(turn * (2 * _EASE - 1)), sizes["right"]])
        x = x[x * side >= 0]
        if out * into == 0:
            return x, np.abs(out + into) * _eased(np.abs(x) / turn) / 2
        signed = out + (into - out) * _eased((x + turn) / (2 * turn))
        if out * into > 0:
            return x, np.abs(signed) / 2
        own = abs(into if side > 0 else out)
        return x, np.maximum(np.abs(signed), min(sizes["neck"], own)) / 2


def _eased(share: Array) -> Array:
    share = np.clip(share, 0.0, 1.0)
    return np.asarray(share * share * (3 - 2 * share))


def _closed(one: Array, other: Array) -> Array:
    """Return the outline along one edge and back along the other, as straight cubic pieces."""
    corners = np.concatenate([one, other[::-1], one[:1]])
    steps = np.linspace(0.0, 1.0, 4)[None, :, None]
    return np.asarray((corners[:-1, None] * (1 - steps) + corners[1:, None] * steps).reshape(-1, 2))


RIBBON: Final = Ribbon()
