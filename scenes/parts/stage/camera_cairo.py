"""Cairo by whole outlines: pycairo takes one curve per call, the C library beneath it takes all of them in one.

The library is the very one that pycairo has loaded, so that both draw the same pixels.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, Structure, byref, c_double, c_int, c_void_p
from typing import Any, Final

import cairo
import numpy as np
import numpy.typing as npt

__all__ = ["REACHABLE", "Canvas", "Path", "Stroke", "View", "path_data"]

Points = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]
Colour = tuple[float, float, float, float]
Stroke = tuple[Colour, float]
"""A colour (red, green, blue, opacity; 0 to 1) and the width of a line along the outline, 0 where it is filled."""

_NEAR: Final = 1e-5  # of a coordinate: manim's points that differ by less are one


def _row(kind: int, length: int) -> Points:
    """Return the header of an element of a path as cairo lays it out: two ints in the room of two floats."""
    return np.array([(kind, length, 0.0)], dtype=[("kind", "=i4"), ("length", "=i4"), ("", "=f8")]).view(np.float64)


_MOVE, _CURVE, _CLOSE = _row(0, 2), _row(2, 4), _row(3, 1)


class _Path(Structure):
    _fields_ = (("status", c_int), ("data", c_void_p), ("count", c_int))


class _Matrix(Structure):
    _fields_ = tuple((name, c_double) for name in ("xx", "yx", "xy", "yy", "x0", "y0"))


_LIBRARY: Final = str(cairo._cairo.__file__)  # type: ignore[attr-defined]  # the compiled half of pycairo: what it needs is found through it
_HERE: Final = ctypes.PyDLL(_LIBRARY)
_ASIDE: Final = ctypes.CDLL(_LIBRARY)  # lets other threads run meanwhile


def _bound(library: ctypes.CDLL, name: str, *takes: Any, gives: Any = None) -> Any:
    if (function := getattr(library, f"cairo_{name}", None)) is None:
        return None
    function.argtypes, function.restype = takes, gives
    return function


_surface_for = _bound(_HERE, "image_surface_create_for_data", c_void_p, c_int, c_int, c_int, c_int, gives=c_void_p)
_destroy_surface = _bound(_HERE, "surface_destroy", c_void_p)
_create = _bound(_HERE, "create", c_void_p, gives=c_void_p)
_destroy = _bound(_HERE, "destroy", c_void_p)
_status = _bound(_HERE, "status", c_void_p, gives=c_int)
_set_matrix = _bound(_HERE, "set_matrix", c_void_p, POINTER(_Matrix))
_new_path = _bound(_HERE, "new_path", c_void_p)
_append_path = _bound(_HERE, "append_path", c_void_p, POINTER(_Path))
_set_colour = _bound(_HERE, "set_source_rgba", c_void_p, *[c_double] * 4)
_set_width = _bound(_HERE, "set_line_width", c_void_p, c_double)
_set_join = _bound(_HERE, "set_line_join", c_void_p, c_int)
_set_cap = _bound(_HERE, "set_line_cap", c_void_p, c_int)
_fill = _bound(_ASIDE, "fill_preserve", c_void_p)
_stroke = _bound(_ASIDE, "stroke_preserve", c_void_p)

REACHABLE: Final = None not in (_append_path, _stroke)
"""Whether the library beneath pycairo can be called: it cannot where it is built into it, as on Windows."""


def path_data(points: Points, tolerance: float) -> Points:
    """Return Bezier points, shape (4 k, 3), as the elements of a cairo path, two floats each: shape (n, 2).

    A part begins where a curve does not start where the one before it ended, and is closed where it ends in its
    beginning, both as manim's own camera decides it.

    Examples
    --------
    >>> one = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], dtype=float)
    >>> len(path_data(one, 1e-6)), len(path_data(np.concatenate([one, one + 5]), 1e-6))
    (6, 12)
    """
    curves = points[:, :2].reshape(-1, 4, 2)
    apart = curves[1:, 0] != curves[:-1, 3]
    breaks = np.flatnonzero(apart[:, 0] | apart[:, 1]) + 1  # column by column: much faster than `any` of each row
    if len(breaks):
        breaks = breaks[~_near(curves[breaks - 1, 3], curves[breaks, 0], tolerance)]
    begins, ends = np.array([0, *breaks]), np.array([*breaks, len(curves)])
    closed = _near(curves[begins, 0], curves[ends - 1, 3], tolerance).tolist()
    data = np.empty((4 * len(curves) + 2 * len(begins) + sum(closed), 2))
    row = 0
    for begin, end, closes in zip(begins.tolist(), ends.tolist(), closed, strict=True):
        data[row], data[row + 1] = _MOVE, curves[begin, 0]
        part = data[row + 2 : (row := row + 2 + 4 * (end - begin))]
        part[1:], part[::4] = points[4 * begin + 1 : 4 * end, :2], _CURVE
        if closes:
            data[row] = _CLOSE
            row += 1
    return data


def _near(one: Points, other: Points, tolerance: float) -> npt.NDArray[np.bool_]:
    near = np.abs(one - other) <= tolerance + _NEAR * np.abs(other)
    return np.asarray(near[:, 0] & near[:, 1])


class Path:
    """An outline as cairo takes it, made of Bezier points of shape (4 k, 3), with at least one curve.

    Attributes
    ----------
    is_one
        Whether it is all of one part.
    is_line
        Whether that part is open.
    """

    def __init__(self, points: Points, tolerance: float) -> None:
        self._data = path_data(points, tolerance)  # kept: cairo reads it where it lies
        self.struct = _Path(0, self._data.ctypes.data, len(self._data))
        self.is_line = len(self._data) == len(points) + 2
        self.is_one = len(self._data) <= len(points) + 3


class View:
    """The map from frame units to pixels: x to the right and y upwards become columns and rows."""

    def __init__(self, camera: Any) -> None:
        across, down = camera.pixel_width / camera.frame_width, camera.pixel_height / camera.frame_height
        x, y = camera.frame_center[0], camera.frame_center[1]
        self.width, self.height = camera.pixel_width, camera.pixel_height
        self.across, self.down = across, down
        self.left, self.top = camera.pixel_width / 2 - x * across, camera.pixel_height / 2 + y * down
        self.matrix = _Matrix(across, 0.0, 0.0, -down, self.left, self.top)


class Canvas:
    """What cairo draws on: an array of shape (height, width, 4), seen through a view."""

    def __init__(self, pixels: Pixels, view: View) -> None:
        self.pixels = pixels
        height, width = pixels.shape[:2]
        self._surface = _surface_for(pixels.ctypes.data, int(cairo.FORMAT_ARGB32), width, height, pixels.strides[0])
        self._context = _create(self._surface)
        _set_matrix(self._context, byref(view.matrix))

    def draw(self, path: Path, strokes: tuple[Stroke, ...], join: int, cap: int) -> None:
        """Fill and stroke an outline, in the order given."""
        context = self._context
        _new_path(context)
        _append_path(context, byref(path.struct))
        for (red, green, blue, opacity), width in strokes:
            _set_colour(context, blue, green, red, opacity)  # manim's arrays hold red where cairo's hold blue
            if width:
                _set_width(context, width)
                _set_join(context, join)
                _set_cap(context, cap)
                _stroke(context)
            else:
                _fill(context)

    def check(self) -> None:
        """Raise RuntimeError if cairo has refused something: after that it would draw nothing any more."""
        if status := _status(self._context):
            raise RuntimeError(f"cairo draws no more: status {status}")

    def __del__(self) -> None:
        _destroy(self._context)
        _destroy_surface(self._surface)
