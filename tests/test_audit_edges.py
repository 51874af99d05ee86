"""Edges that are measured along their length: what is told of them, and what an encoder leaves beside other things."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from scenes.parts.things.shapes import rectangle
from studio.audit.drawn import Piece
from studio.audit.edges import worst_edge
from studio.audit.synthesis import Synthesis

Array = npt.NDArray[np.float64]
GROUND, BAND, STEM = 20.0, 140.0, 240.0
TOP, BOTTOM = 20, 40  # rows of the band


def planes(shift: int = 0) -> tuple[Array, Array]:
    """Return a window with a stem alone, and with a band before it whose lower edge lies so many pixels lower."""
    bare = np.full((60, 120), GROUND)
    bare[:, 58:61] = STEM
    seen = bare.copy()
    seen[TOP : BOTTOM + shift] = BAND
    return bare, seen


def worst(seen: Array) -> float:
    bare, drawn = planes()
    window, free = SimpleNamespace(left=0, top=0), np.ones(bare.shape, dtype=bool)
    scene = SimpleNamespace(
        window=window, seen=seen, bare=bare, free=free, contrast=BAND - GROUND, drawn=lambda _: drawn
    )
    middle = (TOP + BOTTOM) / 2
    ends = np.array([2.0, middle, 0.0]), np.array([118.0, middle, 0.0])
    band = Piece(rectangle(*ends, BOTTOM - TOP)[:, :2])
    found = worst_edge(cast(Synthesis, cast(Any, scene)), [(band, "")])
    assert found is not None
    return found


def test_an_edge_one_pixel_lower_is_told_to_the_tenth() -> None:
    assert worst(planes()[1]) == 0.0
    assert abs(worst(planes(1)[1]) - 1.0) < 0.1


def test_what_an_encoder_leaves_beside_another_thing_is_not_taken_for_the_edge() -> None:
    seen = planes()[1]
    seen[BOTTOM : BOTTOM + 4, 61] += 50.0
    assert worst(seen) == 0.0
