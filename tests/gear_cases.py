"""Polygons for the tests of the gears: how far two of them overlap, measured without the code under test."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st
from numpy.typing import NDArray

from core import CoreError, Layer, elementwise, record, scale

Polygon = NDArray[np.float64]


def turned(outline: Polygon, angle: float, hub: tuple[float, float] = (0.0, 0.0)) -> Polygon:
    """The outline turned counter-clockwise about the origin, which then goes to the hub."""
    cos, sin = math.cos(angle), math.sin(angle)
    return outline @ np.array([[cos, sin], [-sin, cos]]) + np.asarray(hub)


def area(outline: Polygon) -> float:
    """Signed area, positive if counter-clockwise (shoelace)."""
    x, y = outline.T
    return float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)) / 2)


def crossings(outline: Polygon, heights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Where horizontal lines cross the outline: abscissae, and the line of each."""
    start, end = outline, np.roll(outline, -1, axis=0)
    line, edge = np.nonzero((start[:, 1] > heights[:, None]) != (end[:, 1] > heights[:, None]))
    (x0, y0), (x1, y1) = start[edge].T, end[edge].T
    return x0 + (heights[line] - y0) * (x1 - x0) / (y1 - y0), line


def overlap(one: Polygon, other: Polygon, lines: int = 1500) -> float:
    """Area that lies inside both polygons, by scan lines: even-odd, so the order of the points does not matter.

    The lines lie only where the boxes of both do; on each, the length inside both is summed.
    """
    low = np.maximum(one.min(axis=0), other.min(axis=0))
    high = np.minimum(one.max(axis=0), other.max(axis=0))
    if (low >= high).any():
        return 0.0
    step = (high[1] - low[1]) / lines
    heights = low[1] + step * (np.arange(lines) + 0.5)
    found = [crossings(near(outline, low, high), heights) for outline in (one, other)]
    x = np.concatenate([found[0][0], found[1][0]])
    line = np.concatenate([found[0][1], found[1][1]])
    which = np.repeat([0, 1], [len(found[0][0]), len(found[1][0])])
    order = np.lexsort((x, line))
    x, line, which = x[order], line[order], which[order]
    inside = [np.cumsum(which == side) % 2 == 1 for side in (0, 1)]
    both = (inside[0] & inside[1])[:-1] & (line[1:] == line[:-1])
    return float(np.sum(np.diff(x)[both]) * step)


def near(outline: Polygon, low: Polygon, high: Polygon) -> Polygon:
    """The outline without the edges that no scan line of the box can meet; their ends are drawn to the last kept."""
    keep = np.ones(len(outline), dtype=bool)
    for apart in (outline[:, 1] < low[1], outline[:, 1] > high[1]):
        keep &= ~(apart & np.roll(apart, 1) & np.roll(apart, -1))
    return outline[keep]


@dataclass(frozen=True)
class Chain:
    """Deltas and local derivatives of a scalar chain that the core recorded, the loss as the last stage."""

    deltas: tuple[float, ...]
    locals: tuple[float, ...]


def recorded(layers: list[Layer], x: float) -> Chain:
    """The chain of a network with half squared error against 0.5: x, ..., y, L."""
    trace = record(layers, x, target=0.5, loss="half_squared_error")
    slopes = [float(step.local.gain) for step in trace]
    return Chain((*map(float, trace.delta), 1.0), (*slopes, float(trace.delta[-1])))


def worked_example() -> Chain:
    """x = 1, w1 = 1.2, tanh, w2 = -0.8, target 0.5."""
    return recorded([scale(1.2), elementwise("tanh"), scale(-0.8)], 1.0)


weights = st.floats(0.3, 1.8) | st.floats(-1.8, -0.3)
steps = st.builds(scale, weights) | st.sampled_from(
    [elementwise(name) for name in ("tanh", "sigmoid", "relu", "sin", "cos", "softplus", "square", "gelu", "exp")]
)


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Random networks of one to eight steps whose gradients a picture can show."""
    layers = draw(st.lists(steps, min_size=1, max_size=8))
    try:
        chain = recorded(layers, draw(st.floats(-1.5, 1.5)))
    except CoreError:  # exp of exp of exp
        assume(False)
    assume(max(map(abs, chain.deltas)) < 50)
    return chain


def inside(points: Polygon, outline: Polygon) -> NDArray[np.bool_]:
    """Which points lie inside an outline, by the number of edges to their right (even-odd)."""
    x, y = points.T[:, :, None]
    (x0, y0), (x1, y1) = outline.T, np.roll(outline, -1, axis=0).T
    spans = (y0 > y) != (y1 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        right = x < x0 + (y - y0) * (x1 - x0) / (y1 - y0)
    return np.asarray(np.count_nonzero(spans & right, axis=1) % 2 == 1)


def crosses_itself(outline: Polygon) -> bool:
    """Whether two edges that are not neighbours cross."""
    start, along = outline, np.roll(outline, -1, axis=0) - outline
    apart = start[None] - start[:, None]  # [i, j]: from the start of i to that of j
    cross = along[:, None, 0] * along[None, :, 1] - along[:, None, 1] * along[None, :, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        on_i = (apart[..., 0] * along[None, :, 1] - apart[..., 1] * along[None, :, 0]) / cross
        on_j = (apart[..., 0] * along[:, None, 1] - apart[..., 1] * along[:, None, 0]) / cross
    met = (on_i > 0) & (on_i < 1) & (on_j > 0) & (on_j < 1)
    n = len(outline)
    between = np.abs(np.arange(n)[:, None] - np.arange(n))
    return bool(met[(between > 1) & (between < n - 1)].any())
