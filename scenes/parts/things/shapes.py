"""Outlines of drawn things as cubic Bezier points, pure arrays: every end stands exactly where it is said to stand.

Shafts and open heads are filled outlines, not strokes: a stroke has caps and mitres that reach past its ends, so that
an arrow drawn with one would be longer than the number it stands for.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

__all__ = [
    "arc",
    "arc_arrow",
    "arrow",
    "clipped",
    "dashed_circle",
    "disc",
    "polygon",
    "polyline",
    "rectangle",
    "sector",
    "spatial",
    "within",
]

Points = npt.NDArray[np.float64]
_FAR, _NEAR = 1e6, 1e-12  # frame units
_THIRDS = np.linspace(0.0, 1.0, 4)[None, :, None]
_REST = 1 - _THIRDS
_HERE, _NEXT = slice(-1), slice(1, None)  # the beginnings of pieces, and their ends
_KAPPA = 4 / 3 * np.tan(np.pi / 8)  # a cubic Bezier with these handles is a quarter circle to 0.03 %


def spatial(points: Points) -> Points:
    """Return points of the plane, shape (..., 2), with a third coordinate of 0, as manim wants them."""
    return np.concatenate([points, np.zeros((*points.shape[:-1], 1))], axis=-1)


def polyline(corners: npt.ArrayLike) -> Points:
    """Return the points of straight lines through ``corners``, shape (n, 3), as (4 (n - 1), 3).

    Examples
    --------
    >>> polyline([[0, 0, 0], [3, 0, 0]])[:, 0].tolist()
    [0.0, 1.0, 2.0, 3.0]
    """
    c = np.asarray(corners, dtype=np.float64)
    return np.asarray((c[:-1, None] * _REST + c[1:, None] * _THIRDS).reshape(-1, 3))


def clipped(corners: Points, low: Points, high: Points) -> Points:
    """Return the straight lines through ``corners``, shape (n, 3), as far as they lie in a box, as (4 k, 3).

    Examples
    --------
    >>> across = clipped(np.array([[-1.0, 1, 0], [3, 1, 0]]), np.zeros(3), np.array([2.0, 2, 0]))
    >>> across[[0, -1], 0].tolist()
    [0.0, 2.0]
    """
    ways = np.diff(corners, axis=0)
    far = np.abs(ways).max(axis=1, keepdims=True, initial=0.0)
    ways *= _FAR / np.maximum(far, _FAR)  # of what ends too far away to reckon with
    starts = corners[:-1]
    first, last = within(starts, ways, low, high)
    ends = np.stack([starts + first[:, None] * ways, starts + last[:, None] * ways], axis=1)[first < last]
    return np.asarray((ends[:, :1] * _REST + ends[:, 1:] * _THIRDS).reshape(-1, 3))


def within(starts: Points, ways: Points, low: Points, high: Points) -> tuple[Points, Points]:
    """Return from which share of each way to which it lies in a box of the plane; the first is less where it does.

    Examples
    --------
    >>> first, last = within(np.array([[-1.0, 1, 0]]), np.array([[4.0, 0, 0]]), np.zeros(3), np.array([2.0, 2, 0]))
    >>> first.tolist(), last.tolist()
    ([0.25], [0.75])
    """
    at, by = starts[:, :2], ways[:, :2]
    still, inside = np.abs(by) < _NEAR, (low[:2] <= at) & (at <= high[:2])
    slope = np.where(still, 1.0, by)
    one, other = (low[:2] - at) / slope, (high[:2] - at) / slope
    first, last = np.where(still, 0.0, np.minimum(one, other)), np.where(still, inside, np.maximum(one, other))
    return first.max(axis=1, initial=0.0), last.min(axis=1, initial=1.0)


def polygon(corners: npt.ArrayLike) -> Points:
    """Return the closed outline through ``corners``, shape (n, 3)."""
    c = np.asarray(corners, dtype=np.float64)
    return polyline(np.concatenate([c, c[:1]]))


def rectangle(start: Points, end: Points, width: float) -> Points:
    """Return the outline of a straight bar of constant width from ``start`` to ``end``."""
    side = _normal(end - start) * width / 2
    return polygon([start + side, end + side, end - side, start - side])


def disc(centre: Points, radius: float, hole: float = 0.0) -> Points:
    """Return the outline of a disc, or of a ring when ``hole`` (a radius) is not 0.

    Examples
    --------
    >>> float(disc(np.zeros(3), 0.5)[:, 0].max())
    0.5
    """
    outer = _circle(centre, radius)
    return np.concatenate([outer, _circle(centre, hole)[::-1]]) if hole else outer


def arrow(tail: Points, tip: Points, *, width: float, head: float, filled: bool) -> tuple[Points, Points]:
    """Return the outlines of shaft and head of an arrow that reaches from ``tail`` exactly to ``tip``.

    The head keeps its size until the arrow is shorter than two heads; then head and shaft shrink together.

    Parameters
    ----------
    tail, tip
        Ends, shape (3,). They may coincide: both outlines are then a point.
    width
        Width of the shaft.
    head
        Length of the head; it is as wide as it is long.
    filled
        A filled head, or an open one (the outline of a triangle).

    Examples
    --------
    >>> shaft, tip = arrow(np.zeros(3), np.array([1.0, 0, 0]), width=0.1, head=0.25, filled=True)
    >>> float(shaft[:, 0].max()), float(tip[:, 0].max())
    (0.75, 1.0)
    """
    length = float(np.linalg.norm(tip - tail))
    if length == 0.0:
        return polygon([tail] * 4), polygon([tail] * 3)
    along = (tip - tail) / length
    size = min(head, length / 2)
    neck = tip - along * size
    thickness = width * size / head
    return rectangle(tail, neck, thickness), _head(neck, along, size, None if filled else thickness * 0.5)


def arc(centre: Points, radius: float, start: float, end: float) -> Points:
    """Return the points of an arc from one angle to another, in radians, counter-clockwise where ``end`` is larger.

    Examples
    --------
    >>> arc(np.zeros(3), 1.0, 0.0, np.pi / 2)[[0, -1]].round(6).tolist()
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    """
    count = max(1, int(np.ceil(abs(end - start) / (np.pi / 8))))  # cubic Beziers of 22.5 degrees are circles to 1e-7
    edges = np.arange(count + 1) * ((end - start) / count) + start
    edges[-1] = end
    kappa = 4 / 3 * np.tan((end - start) / count / 4)
    on = np.array([np.cos(edges), np.sin(edges)])
    along = np.array([-on[1], on[0]]) * kappa
    pieces = np.zeros((count, 4, 3))
    for i, (there, at) in enumerate(((on, _HERE), (on + along, _HERE), (on - along, _NEXT), (on, _NEXT))):
        pieces[:, i, :2] = there[:, at].T
    return np.asarray(pieces.reshape(-1, 3) * radius + centre)


def sector(centre: Points, inner: float, radius: float, start: float, end: float) -> Points:
    """Return the outline of a slice of a ring between two angles, the outer bow first; the inner one is as long."""
    bow, back = arc(centre, radius, start, end), arc(centre, inner, end, start)
    return np.concatenate([bow, polyline([bow[-1], back[0]]), back, polyline([back[-1], bow[0]])])


def dashed_circle(centre: Points, radius: float, dashes: int) -> Points:
    """Return the points of a circle of dashes, as long as the gaps between them."""
    step = 2 * np.pi / dashes
    return np.concatenate([arc(centre, radius, i * step, (i + 0.5) * step) for i in range(dashes)])


def arc_arrow(
    centre: Points, radius: float, start: float, end: float, *, width: float, head: float, filled: bool
) -> tuple[Points, Points]:
    """Return the outlines of shaft and head of an arrow bent round a centre, whose tip stands at the angle ``end``."""
    way = 1.0 if end > start else -1.0
    neck = end - way * head / radius
    outer, inner = arc(centre, radius + width / 2, start, neck), arc(centre, radius - width / 2, neck, start)
    shaft = np.concatenate([outer, polyline([outer[-1], inner[0]]), inner, polyline([inner[-1], outer[0]])])
    foot = centre + radius * np.array([np.cos(neck), np.sin(neck), 0.0])
    along = way * np.array([-np.sin(neck), np.cos(neck), 0.0])
    return shaft, _head(foot, along, head, None if filled else width * 0.5)


def _head(neck: Points, along: Points, size: float, rim: float | None) -> Points:
    side = _normal(along) * size / 2
    outer = np.array([neck + side, neck + along * size, neck - side])
    if rim is None:
        return polygon(outer)
    edges = np.linalg.norm(outer - np.roll(outer, -1, axis=0), axis=1)
    radius = size * size / edges.sum()  # of the inscribed circle: 2 area / perimeter, area = size^2 / 2
    centre = (np.roll(edges, -1)[:, None] * outer).sum(axis=0) / edges.sum()
    inner = centre + (outer - centre) * max(0.0, 1 - rim / radius)
    return np.concatenate([polygon(outer), polygon(inner[::-1])])


def _normal(along: Points) -> Points:
    length = math.sqrt(along.dot(along))
    return np.array([-along[1], along[0], 0.0]) / (length or 1.0)


def _quarters() -> Points:
    """Return the points of a circle of radius 1, from the right end on, counter-clockwise."""
    quarter = np.array([[1.0, 0.0, 0.0], [1.0, _KAPPA, 0.0], [_KAPPA, 1.0, 0.0], [0.0, 1.0, 0.0]])
    turns = [np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]]) for c, s in ((1, 0), (0, 1), (-1, 0), (0, -1))]
    return np.concatenate([quarter @ turn for turn in turns])


_ROUND = _quarters()


def _circle(centre: Points, radius: float) -> Points:
    return _ROUND * radius + centre
