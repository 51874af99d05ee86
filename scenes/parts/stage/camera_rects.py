"""Rectangles of whole pixels: which meet, and which are better put together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

__all__ = ["Rect", "around", "holds", "joined", "meet"]

Rect = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are outside."""

_WORTH: Final = 14_000  # pixels that cost as much as one more rectangle


def around(a: Rect, b: Rect) -> Rect:
    """Return the smallest rectangle that holds both."""
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def holds(a: Rect, b: Rect) -> bool:
    """Return whether all of ``b`` lies in ``a``."""
    return a[0] <= b[0] and a[1] <= b[1] and b[2] <= a[2] and b[3] <= a[3]


def meet(a: Rect, b: Rect) -> bool:
    """Return whether two rectangles have a pixel in common."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def joined(rects: Iterable[Rect]) -> list[Rect]:
    """Return rectangles that hold the same pixels, those put together that are dearer apart.

    Examples
    --------
    >>> joined([(0, 0, 100, 100), (120, 0, 200, 100), (900, 0, 1000, 100)])
    [(0, 0, 200, 100), (900, 0, 1000, 100)]
    """
    found: list[tuple[int, int, int, int, int]] = []
    for left, top, right, bottom in rects:
        area = (right - left) * (bottom - top)
        index = 0
        while index < len(found):  # written out: it runs for every rectangle of every frame
            x0, y0, x1, y1, other = found[index]
            x0, y0 = x0 if x0 < left else left, y0 if y0 < top else top
            x1, y1 = x1 if x1 > right else right, y1 if y1 > bottom else bottom
            together = (x1 - x0) * (y1 - y0)
            if together > area + other + _WORTH:
                index += 1
                continue
            left, top, right, bottom, area = x0, y0, x1, y1, together
            del found[index]
            index = 0
        found.append((left, top, right, bottom, area))
    return [rect[:4] for rect in found]
