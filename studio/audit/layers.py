"""One thing as it is drawn in a window of a frame: its pieces, each with its colour, and the pixels that they reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from studio.audit.drawn import Piece, ink_of
from studio.audit.frames import Window, grown

__all__ = ["Drawing", "Layer", "common", "drawing_of", "meet", "pooled", "within"]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
T = TypeVar("T", bound=np.generic)
_SOFT: Final = 2  # pixels beside a thing that its edge, or its chroma, may reach


@dataclass(frozen=True)
class Layer:
    """One piece of a thing as it is painted: how much of each pixel it covers, and which of the thing's colours it has.

    A body is flat, and what lies on it is measured against it: it is background, not ink. So is the bore of a hub.
    """

    ink: Array
    colour: int
    body: bool = False


@dataclass(frozen=True, eq=False)  # of arrays one cannot say whether they are the same
class Drawing:
    """A thing in its window.

    Attributes
    ----------
    ink
        How much of each pixel its pieces cover together, bodies not counted.
    soft
        The pixels that its ink reaches, soft edges included.
    certain
        Whether it can only be drawn so: broken lines may be aligned in several ways.
    layers
        Its pieces, in the order in which they are painted.
    """

    window: Window
    ink: Array
    soft: Mask
    certain: bool
    layers: tuple[Layer, ...]

    @cached_property
    def bodies(self) -> tuple[Layer, ...]:
        """Its bodies."""
        return tuple(layer for layer in self.layers if layer.body)

    @cached_property
    def edges(self) -> Mask:
        """The pixels at the edges of its bodies, where an encoder errs most."""
        mask = np.zeros(self.ink.shape, dtype=bool)
        for full in (body.ink > 0.5 for body in self.bodies):
            mask |= grown(full, 1) & grown(~full, 1)
        return mask


def drawing_of(
    pieces: Sequence[Piece], shape: tuple[int, ...], *, bodies: Sequence[bool] | None = None, certain: bool = True
) -> Drawing | None:
    """Return what pieces look like on a frame of this shape; None where they draw nothing.

    Parameters
    ----------
    bodies
        Whether each piece is a body, of a thing whose pieces have a colour each; None where all have one colour.
    certain
        Whether the thing can only be drawn so.
    """
    if not any(len(piece.points) for piece in pieces):
        return None
    points = np.concatenate([piece.points for piece in pieces])
    window = Window.around(points, max(piece.stroke for piece in pieces) / 2 + 2 * _SOFT).within(shape[1], shape[0])
    flat = [False] * len(pieces) if bodies is None else list(bodies)
    ink = ink_of([piece for piece, body in zip(pieces, flat, strict=True) if len(piece.points) and not body], window)
    layers = [Layer(ink, 0)] if bodies is None else _layers(pieces, flat, window)
    return Drawing(window, ink, grown(ink > 0.01, _SOFT), certain, tuple(layers))


def _layers(pieces: Sequence[Piece], flat: Sequence[bool], window: Window) -> list[Layer]:
    found = zip(pieces, flat, strict=True)
    return [Layer(ink_of([piece], window), i, body) for i, (piece, body) in enumerate(found) if len(piece.points)]


def within(plane: npt.NDArray[T], its: Window, window: Window) -> npt.NDArray[T]:
    """Return a plane that covers one window as another window sees it, 0 outside."""
    seen = np.zeros(window.shape, dtype=plane.dtype)
    seen[common(window, its)] = plane[common(its, window)]
    return seen


def common(window: Window, other: Window) -> tuple[slice, slice]:
    """Return the rows and columns of a window that another one has, too."""
    left, top = max(window.left, other.left), max(window.top, other.top)
    right, bottom = max(left, min(window.right, other.right)), max(top, min(window.bottom, other.bottom))
    return slice(top - window.top, bottom - window.top), slice(left - window.left, right - window.left)


def pooled(plane: npt.NDArray[T], size: int, add: np.ufunc) -> npt.NDArray[T]:
    """Return the sum, or what else ``add`` makes, of each square of so many pixels; added slice by slice, as is faster.

    Examples
    --------
    >>> pooled(np.arange(12).reshape(2, 6), 2, np.add).tolist()
    [[14, 22, 30]]
    """
    rows, columns = (length // size * size for length in plane.shape)
    flat = reduce(add, (plane[at:rows:size, :columns] for at in range(size)))
    return np.asarray(reduce(add, (flat[:, at::size] for at in range(size))))


def meet(one: Window, other: Window) -> bool:
    """Return whether two windows have a pixel in common."""
    beside = one.right <= other.left or other.right <= one.left
    return not beside and one.top < other.bottom and other.top < one.bottom
