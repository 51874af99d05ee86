"""Measure what stands for a number by its place: dots, curves, and the axes from which both are read."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from scenes.parts.things.shapes import disc
from studio.audit.drawn import Piece, axis_pieces, curve_corners, ink_of, on_axis
from studio.audit.finding import Finding
from studio.audit.fit import nearest
from studio.audit.frames import Window
from studio.audit.glance import Glance
from studio.audit.lengths import Line, fitted, misfit

__all__ = ["check_position"]

Array = npt.NDArray[np.float64]
_DIMMED = 0.4  # LOOK.md: a shape out of focus
_NO_DOT = 0.8  # distance from its synthesis, as a share of its ink
_SPACING, _REACH, _FINE = 9.0, 6.0, 0.25  # pixels between measured points of a curve; how far across; how finely


def check_position(glance: Glance) -> Iterator[Finding]:
    """Yield how far a dot, a curve or an axis is from where its numbers put it."""
    if glance.row.kind == "axis":
        yield _axis(glance)
    elif glance.row.kind == "dot":
        yield _dot(glance)
    elif glance.sample.ends:
        yield _curve(glance)


def _axis(glance: Glance) -> Finding:
    key, start, end = glance.row.axes[0]
    claimed = Line(np.array(start), np.array(end), 0.025 * glance.facts.unit)
    pieces = axis_pieces(claimed.start, claimed.end, glance.facts, key, claimed.width)
    strength = min((1.0, _DIMMED), key=lambda share: misfit(glance, pieces, share))
    if misfit(glance, pieces, strength) > 1.0:
        return glance.finding("positions", np.inf, glance.place_limit, "px", "there is no such axis")
    found = fitted(
        glance, claimed, lambda line: axis_pieces(line.start, line.end, glance.facts, key, line.width), strength
    )
    away = max(np.linalg.norm(found.start - claimed.start), np.linalg.norm(found.end - claimed.end))
    return glance.finding("positions", float(away), glance.place_limit, "px", f"it is {away:.2f} px away")


def _dot(glance: Glance) -> Finding:
    place, limit = _place(glance), glance.place_limit
    if place is None:
        return glance.finding("positions", np.inf, limit, "px", "the ledger does not say by which numbers it stands")
    radius = (glance.sample.box[2] - glance.sample.box[0]) / 2
    window = glance.window(np.array([place - radius, place + radius]), 3.0)

    def ink(by: Array) -> Array:
        return ink_of([Piece(disc(np.array([*place + by, 0.0]), radius)[:, :2])], window)

    seen, around, everywhere = glance.ink(window), glance.around(window), np.ones(window.shape, dtype=bool)
    found = nearest(lambda by: glance.composed(ink(by), around, window), seen, everywhere, 2)
    rest = seen - glance.composed(ink(found), around, window)
    if np.sqrt((rest**2).sum() / (ink(found) ** 2).sum()) > _NO_DOT:
        return glance.finding("positions", np.inf, limit, "px", "there is no such dot")
    away = float(np.hypot(*found))
    return glance.finding("positions", away, limit, "px", f"it is {away:.2f} px away from where its numbers put it")


def _place(glance: Glance) -> Array | None:
    """Return where the dot's own number, and the one across, put it."""
    row, value = glance.row, glance.sample.value
    across = glance.now.get(row.across or "")
    if value is None or not row.axes or (len(row.axes) == 2 and across is None):
        return None
    own = on_axis(row.axes[0], np.array([value.number]), glance.facts)[0]
    if len(row.axes) == 1:
        return np.asarray(own)
    return np.array([on_axis(row.axes[1], np.array([across]), glance.facts)[0][0], own[1]])


def _curve(glance: Glance) -> Finding:
    corners = curve_corners(glance.row, glance.sample, glance.facts)
    if len(corners) < 2:
        return glance.finding(
            "positions", np.inf, glance.place_limit, "px", "the ledger does not say which numbers it runs through"
        )
    window = glance.window(corners, _REACH + 2)
    ink, hidden = glance.ink(window), glance.hidden(window)
    offsets = [found for point in _along(corners) if (found := _offset(*point, ink, hidden, window)) is not None]
    worst = max(offsets, default=0.0)
    return glance.finding("positions", worst, glance.place_limit, "px", f"it runs {worst:.2f} px beside its numbers")


def _along(corners: Array) -> Iterator[tuple[Array, Array]]:
    """Yield points along a curve and the direction across it there, away from its ends."""
    steps = np.linalg.norm(np.diff(corners, axis=0), axis=1)
    reach = np.concatenate([[0.0], np.cumsum(steps)])
    for at in np.arange(_SPACING, reach[-1] - _SPACING, _SPACING):
        point, before, after = (
            np.array([np.interp(at + d, reach, corners[:, i]) for i in (0, 1)]) for d in (0.0, -2.0, 2.0)
        )
        along = (after - before) / (np.linalg.norm(after - before) or 1.0)
        yield point, np.array([-along[1], along[0]])


def _offset(point: Array, across: Array, ink: Array, hidden: npt.NDArray[np.bool_], window: Window) -> float | None:
    """Return how far across the middle of the ink lies; None where something else is drawn too."""
    steps = np.arange(-_REACH, _REACH + _FINE, _FINE)
    at = point + steps[:, None] * across - np.array([window.left, window.top]) - 0.5
    whole = np.floor(at).astype(int)
    if (whole < 0).any() or (whole[:, 0] + 1 >= ink.shape[1]).any() or (whole[:, 1] + 1 >= ink.shape[0]).any():
        return None
    if hidden[whole[:, 1], whole[:, 0]].any():
        return None
    part, (x, y) = at - whole, whole.T
    top = ink[y, x] * (1 - part[:, 0]) + ink[y, x + 1] * part[:, 0]
    bottom = ink[y + 1, x] * (1 - part[:, 0]) + ink[y + 1, x + 1] * part[:, 0]
    profile = np.clip(top * (1 - part[:, 1]) + bottom * part[:, 1], 0.0, None)
    total = float(profile.sum()) * _FINE
    return abs(float((profile * steps).sum()) * _FINE / total) if total > 1.0 else np.inf
