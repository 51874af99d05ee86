"""Audit curves: every point of the drawn line against the numbers that it runs through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.things.shapes import polyline, spatial
from studio.audit.colours import Tint
from studio.audit.drawn import Facts, Piece, on_axis
from studio.audit.finding import Finding
from studio.audit.frames import Window
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.synthesis import faintness

__all__ = ["CURVE", "along", "offset"]

Array = npt.NDArray[np.float64]
_SPACING, _REACH, _FINE = 9.0, 6.0, 0.25  # pixels between measured points; how far across; how finely
_SAME: Final = 0.02  # pixels between an end and the first or last of the points


class Curve(Kind):
    """One quantity of a sweep against another."""

    axes, tint = (1, 2), Tint(any_width=True)

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return the line, as far as the sweep has come."""
        corners, width = _corners(row, sample, facts), (row.stroke or 0.0) * facts.unit
        return [Piece(polyline(spatial(corners))[:, :2], width)] if len(corners) > 1 else []

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield how far it runs beside its numbers."""
        if glance.sample.ends:
            yield _beside(glance)


def _corners(row: ShownRow, sample: SampleRow, facts: Facts) -> Array:
    """Return the points of a curve in pixels, shape (n, 2): those of the sweep, as far as it has come, and its ends.

    A curve that stands whole runs through its points in their order, whichever way they go.
    """
    across, up = facts.values(row.across), facts.values(row.quantity)
    if len(row.axes) != 2 or len(across) != len(up) or not len(up) or len(sample.ends) != 2:
        return np.zeros((0, 2))
    x, y = (on_axis(axis, values, facts) for axis, values in zip(row.axes, (across, up), strict=True))
    corners = np.stack([x[:, 0], y[:, 1]], axis=1)
    if np.abs(corners[[0, -1]] - np.array(sample.ends)).max() < _SAME:
        return corners
    (first, _), (last, _) = sorted(sample.ends)
    inside = corners[(corners[:, 0] > first) & (corners[:, 0] < last)]
    return np.concatenate([np.array(sorted(sample.ends))[:1], inside, np.array(sorted(sample.ends))[1:]])


def _beside(glance: Glance) -> Finding:
    corners = _corners(glance.row, glance.sample, glance.facts)
    if len(corners) < 2:
        return glance.finding(
            "positions", np.inf, glance.place_limit, "px", "the ledger does not say which numbers it runs through"
        )
    window = glance.window(corners, _REACH + 2)
    ink, hidden = glance.ink(window), glance.hidden(window)
    worst, width = 0.0, (glance.row.stroke or 0.0) * glance.facts.unit
    for at in along(corners):
        found = middle(*at, ink, hidden, window)
        if found is not None and abs(found) > glance.place_limit:
            found -= _bent(*at, corners, width)
        worst = max(worst, abs(found or 0.0))
    ground, colour = (glance.picture.colours.luma(each) for each in (glance.facts.ground, glance.colour))
    limit = glance.place_limit * faintness(abs(colour - ground))
    return glance.finding("positions", worst, limit, "px", f"it runs {worst:.2f} px beside its numbers")


def _bent(point: Array, across: Array, corners: Array, width: float) -> float:
    """Return where the middle of a line lies that bends sharply, or comes near itself, within reach across it."""
    steps = np.arange(-_REACH, _REACH + _FINE, _FINE)
    at, ahead = (point + steps[:, None] * across)[:, None], np.diff(corners, axis=0)
    long = np.maximum((ahead**2).sum(axis=1), np.finfo(float).tiny)
    share = ((at - corners[:-1]) * ahead).sum(axis=2) / long
    away = np.linalg.norm(at - corners[:-1] - np.clip(share, 0.0, 1.0)[..., None] * ahead, axis=2)
    away[share[:, 0] < 0, 0] = away[share[:, -1] > 1, -1] = np.inf  # its ends are cut off straight
    away = away.min(axis=1)
    ink = np.clip((width + 2) / 4 - away / 2, 0.0, 1.0)  # as soft as pixels and an encoder leave it
    return float((ink * steps).sum() / ink.sum())


def along(corners: Array) -> Iterator[tuple[Array, Array]]:
    """Yield points along a curve and the direction across it there, away from its ends."""
    steps = np.linalg.norm(np.diff(corners, axis=0), axis=1)
    reach = np.concatenate([[0.0], np.cumsum(steps)])
    for at in np.arange(_SPACING, reach[-1] - _SPACING, _SPACING):
        point, before, after = (
            np.array([np.interp(at + d, reach, corners[:, i]) for i in (0, 1)]) for d in (0.0, -2.0, 2.0)
        )
        along = (after - before) / (np.linalg.norm(after - before) or 1.0)
        yield point, np.array([-along[1], along[0]])


def offset(
    point: Array,
    across: Array,
    ink: Array,
    hidden: npt.NDArray[np.bool_],
    window: Window,
    least: float = 1.0,
    reach: float = _REACH,
) -> float | None:
    """Return how far across the middle of the ink lies, on either side; all else as :func:`middle`."""
    found = middle(point, across, ink, hidden, window, least, reach)
    return None if found is None else abs(found)


def middle(
    point: Array,
    across: Array,
    ink: Array,
    hidden: npt.NDArray[np.bool_],
    window: Window,
    least: float = 1.0,
    reach: float = _REACH,
) -> float | None:
    """Return how far across the middle of the ink lies; None where something else is drawn too.

    There is none where the line is not even ``least`` pixels wide. The farther ``reach`` is,
    the more an encoder's noise moves the middle.
    """
    steps = np.arange(-reach, reach + _FINE, _FINE)
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
    return float((profile * steps).sum()) * _FINE / total if total > least else np.inf


CURVE: Final = Curve()
