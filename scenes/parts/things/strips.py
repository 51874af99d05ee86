"""Outlines of strips, pure arrays: bent round a centre, with round ends, dashed; and of a plate with round corners."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scenes.parts.things.shapes import arc, polyline, rectangle

__all__ = ["beam", "bow", "dashes", "plate", "rod"]

Points = npt.NDArray[np.float64]
_ORIGIN = np.zeros(3)


def bow(radius: float, width: float, start: float, end: float) -> Points:
    """Return the outline of a strip bent about the origin, from one angle to another, in radians.

    Its first points lie on its outer edge, of which the angles can be read.

    Examples
    --------
    >>> strip = bow(1.0, 0.2, 0.0, np.pi / 2)
    >>> float(np.linalg.norm(strip, axis=1).min().round(6)), float(strip[:, 0].max().round(6))
    (0.9, 1.1)
    """
    outer, inner = (arc(_ORIGIN, r, start, end) for r in (radius + width / 2, radius - width / 2))
    back = inner[::-1]
    return np.concatenate([outer, polyline([outer[-1], back[0]]), back, polyline([back[-1], outer[0]])])


def rod(start: Points, end: Points, width: float) -> Points:
    """Return the outline of a bar with round ends that reaches from ``start`` to ``end``, its round ends included.

    Examples
    --------
    >>> float(rod(np.zeros(3), np.array([1.0, 0.0, 0.0]), 0.2)[:, 0].max().round(9))
    1.0
    """
    along = (end - start) / (np.linalg.norm(end - start) or 1.0)
    turn, side = float(np.arctan2(along[1], along[0])), np.array([-along[1], along[0], 0.0]) * width / 2
    a, b = start + along * width / 2, end - along * width / 2
    quarters = [turn + (1 - q) * np.pi / 2 for q in range(5)]  # a curve ends at each tip, where a bar ends exactly
    bows = [arc(c, width / 2, q, r) for c, q, r in zip((b, b, a, a), quarters, quarters[1:], strict=False)]
    return np.concatenate([*bows[:2], polyline([b - side, a - side]), *bows[2:], polyline([a + side, b + side])])


def plate(width: float, height: float, corner: float) -> Points:
    """Return the outline of a rectangle about the origin whose corners are quarter circles.

    Examples
    --------
    >>> outline = plate(2.0, 1.0, 0.1)
    >>> outline.min(axis=0).round(9).tolist(), outline.max(axis=0).round(9).tolist()
    ([-1.0, -0.5, 0.0], [1.0, 0.5, 0.0])
    """
    x, y = width / 2 - corner, height / 2 - corner
    corners = [(x, y), (-x, y), (-x, -y), (x, -y)]
    bows = [arc(np.array([*c, 0.0]), corner, q * np.pi / 2, (q + 1) * np.pi / 2) for q, c in enumerate(corners)]
    sides = [polyline([bows[i][-1], bows[(i + 1) % 4][0]]) for i in range(4)]
    return np.concatenate([part for pair in zip(bows, sides, strict=True) for part in pair])


def dashes(start: Points, end: Points, width: float, dash: float, gap: float) -> Points:
    """Return the outlines of dashes along a line, one at each end: the gaps are stretched a little for that.

    Examples
    --------
    >>> line = dashes(np.zeros(3), np.array([1.0, 0.0, 0.0]), 0.01, 0.06, 0.05)
    >>> len(line) // 16, float(line[:, 0].max())
    (9, 1.0)
    """
    length = float(np.linalg.norm(end - start))
    count = max(1, int((length + gap) // (dash + gap)))
    along, long = (end - start) / (length or 1.0), dash if count > 1 else length  # what has no room for two is one
    feet = np.linspace(0.0, length - long, count)
    return np.concatenate([rectangle(start + along * at, start + along * (at + long), width) for at in feet])


def beam(start: Points, end: Points, width: float, rim: float, *, solid: bool) -> tuple[Points, Points]:
    """Return wash and ink of a bar from ``start`` to ``end``: all of it ink, or a wash in a rim of ink where hollow.

    Examples
    --------
    >>> wash, ink = beam(np.zeros(3), np.array([1.0, 0.0, 0.0]), 0.2, 0.03, solid=True)
    >>> len(wash), float(ink[:, 0].max())
    (0, 1.0)
    """
    whole = rectangle(start, end, width)
    if solid:
        return np.zeros((0, 3)), whole
    length = float(np.linalg.norm(end - start)) or 1.0
    inset = (end - start) / length * min(rim, length / 3)
    inner = rectangle(start + inset, end - inset, width - 2 * min(rim, width / 3))
    return whole, np.concatenate([whole, inner[::-1]])
