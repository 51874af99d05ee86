"""A decoded frame, its colours and windows of it.

The luma plane is what geometry is read from, because the encoder keeps it at full resolution; colours need all three.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PIL import Image

__all__ = [
    "PATCH",
    "SINGLE",
    "UNALTERED",
    "Altered",
    "Colours",
    "Picture",
    "Signed",
    "Window",
    "grown",
    "patch_sums",
    "rgb_of",
    "shrunk",
]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]
Signed = npt.NDArray[np.int16]
PATCH: Final = 3
"""Pixels across and down of a patch, of which a stroke fills enough, and over which an encoder's errors even out."""
SINGLE: Final[Any] = np.float32
"""What planes are computed in: to 1e-5 of a step of luma, and three times as fast."""


@dataclass(frozen=True)
class Colours:
    """How a video turns red, green and blue into luma and chroma: BT.601 unless the file says BT.709.

    Attributes
    ----------
    grey
        Whether it holds no colours: all that is said of them is then said of their luma.
    """

    red: float = 0.299
    blue: float = 0.114
    full: bool = False
    grey: bool = False

    def luma(self, colour: str) -> float:
        """Return the luma, 0 to 255, of a colour ``#RRGGBB``.

        Examples
        --------
        >>> Colours().luma("#FFFFFF"), Colours().luma("#000000")
        (235.0, 16.0)
        """
        return self.planes(colour)[0]

    @lru_cache(maxsize=256)  # noqa: B019  # a film has one, and as many colours as its palette
    def planes(self, colour: str) -> tuple[float, float, float]:
        """Return luma, blue and red chroma, 0 to 255, of a colour ``#RRGGBB``.

        Examples
        --------
        >>> [round(plane, 6) for plane in Colours().planes("#808080")]
        [125.929412, 128.0, 128.0]
        """
        weights = np.array([self.red, 1 - self.red - self.blue, self.blue])
        rgb = rgb_of(colour)
        grey, rgb = float(weights @ rgb) / 255, rgb / 255
        rgb = np.full(3, grey) if self.grey else rgb
        blue, red = ((rgb[i] - grey) / (2 * (1 - part)) for i, part in ((2, self.blue), (0, self.red)))
        low, span, chroma = (0.0, 255.0, 255.0) if self.full else (16.0, 219.0, 224.0)
        return low + span * grey, 128 + chroma * float(blue), 128 + chroma * float(red)

    def shown(self, colour: str) -> Array:
        """Return red, green and blue, 0 to 255, that the video has for a colour ``#RRGGBB``.

        Examples
        --------
        >>> Colours().shown("#FF8000").tolist(), Colours(grey=True).shown("#808080").round(6).tolist()
        ([255.0, 128.0, 0.0], [128.0, 128.0, 128.0])
        """
        y, u, v = np.array(self.planes(colour))[:, None]
        return self.rgb(y, u, v)[0] if self.grey else rgb_of(colour)

    def rgb(self, y: Array, u: Array, v: Array) -> Array:
        """Return red, green and blue, shape (..., 3), 0 to 255 and not clipped."""
        low, span, chroma = (0.0, 255.0, 255.0) if self.full else (16.0, 219.0, 224.0)
        grey, cb, cr = (y - low) / span, (u - 128) / chroma, (v - 128) / chroma
        red, blue = grey + 2 * (1 - self.red) * cr, grey + 2 * (1 - self.blue) * cb
        green = (grey - self.red * red - self.blue * blue) / (1 - self.red - self.blue)
        return np.asarray(255 * np.stack([red, green, blue], axis=-1))


_CLEAR: Final = 2.5  # of 255: noise with which all limits of copies hold
_COARSEST: Final = 3.0  # times a limit: what is beyond that is wrong, however coarse a copy is


@dataclass(frozen=True)
class Altered:
    """What was done to all frames of a copy.

    Attributes
    ----------
    across, down
        By how many pixels they were moved to the right and down.
    grey
        Whether their colours were taken away.
    noise
        Of 255: by how much what is drawn is off on a frame that rests, the root of the mean square; an encoder leaves 2
        with crf 18, 4 with crf 26 and 8 with crf 35.
    """

    across: int = 0
    down: int = 0
    grey: bool = False
    noise: float = field(default=0.0, compare=False)

    @property
    def coarse(self) -> float:
        """How many times as noisy a copy is as one for which the limits hold, 1 to 3.

        Examples
        --------
        >>> Altered(noise=2.4).coarse, Altered(noise=5.0).coarse, Altered(noise=30.0).coarse
        (1.0, 2.0, 3.0)
        """
        return min(_COARSEST, max(1.0, self.noise / _CLEAR))

    def leeway(self, unit: str) -> float:
        """Return how many times its limit a look at a copy may be off and be neither right nor wrong.

        Of a share of ink, or of light, noise makes less than of a place; of how far a small wheel is turned, where
        hundredths of a pixel count, it makes more in any copy.

        Examples
        --------
        >>> noisy, clear = Altered(noise=5.0), Altered(noise=2.4)
        >>> noisy.leeway("px"), clear.leeway("px"), clear.leeway("deg"), UNALTERED.leeway("deg")
        (2.0, 1.0, 2.0, 1.0)
        """
        if not self.noise:
            return 1.0
        return {"px": self.coarse, "deg": 2 * self.coarse}.get(unit, math.sqrt(self.coarse))

    def luma(self, plane: Bytes) -> Bytes:
        """Return a plane at its place again; what was moved out of the frame is taken for what lies next to it."""
        return _moved_by(plane, -self.across, -self.down)

    def chroma(self, plane: Bytes) -> Bytes:
        """Return a plane of half the size at its place again."""
        steps = {(x // 2, y // 2) for x in _both(-self.across) for y in _both(-self.down)}
        moved = [_moved_by(plane, *step).astype(np.uint16) for step in sorted(steps)]
        return np.asarray(sum(moved[1:], moved[0]) // len(moved), dtype=np.uint8)

    @property
    def told(self) -> tuple[str, ...]:
        """What is worth knowing of it.

        Examples
        --------
        >>> Altered(1, -2).told, Altered(grey=True).told, Altered().told
        (('its picture lies 1 px to the right and 2 px up',), ('it is grey',), ())
        """
        ways = (self.across, "to the right", "to the left"), (self.down, "down", "up")
        moved = [f"{abs(by)} px {far if by > 0 else near}" for by, far, near in ways if by]
        return (
            *((f"its picture lies {' and '.join(moved)}",) if moved else ()),
            *(("it is grey",) if self.grey else ()),
        )

    @property
    def doubts(self) -> tuple[str, ...]:
        """What a verdict does not cover."""
        coarse = f"it is coarse: what noise of {self.noise:.1f} of 255 may have made is neither right nor wrong"
        return (
            *(("it is grey: nothing is said of its colours",) if self.grey else ()),
            *((coarse,) if self.coarse > 1 else ()),
        )


def _both(odd: int) -> tuple[int, ...]:
    """Return the even numbers beside an odd one, an even one alone."""
    return (odd - 1, odd + 1) if odd % 2 else (odd,)


def _moved_by(plane: Bytes, across: int, down: int) -> Bytes:
    if not across and not down:
        return plane
    rows, columns = (np.clip(np.arange(n) - by, 0, n - 1) for n, by in zip(plane.shape, (down, across), strict=True))
    return np.asarray(plane[rows][:, columns])


UNALTERED: Final = Altered()


@dataclass(frozen=True)
class Picture:
    """One decoded frame.

    Attributes
    ----------
    luma
        Shape (height, width).
    blue, red
        Chroma of half the size both ways.
    """

    index: int
    luma: Bytes
    blue: Bytes
    red: Bytes
    colours: Colours

    def rgb(self, left: int, top: int, right: int, bottom: int) -> Array:
        """Return the colours in a box, shape (bottom - top, right - left, 3), 0 to 255."""
        luma = self.luma[top:bottom, left:right].astype(SINGLE)
        return self.colours.rgb(
            luma, *(self._doubled(plane, left, top, right, bottom) for plane in (self.blue, self.red))
        )

    def thumbnail(self) -> Array:
        """Return the colours of every eighth pixel both ways, shape (n, 3)."""
        planes = (self.luma[::8, ::8], self.blue[::4, ::4], self.red[::4, ::4])
        y, u, v = (plane.ravel().astype(float) for plane in planes)
        return self.colours.rgb(y, u, v)

    @staticmethod
    def _doubled(plane: Bytes, left: int, top: int, right: int, bottom: int) -> Array:
        """Return a chroma plane at full size, between two columns and two rows of the picture."""
        part = plane[top // 2 : (bottom + 1) // 2, left // 2 : (right + 1) // 2].astype(SINGLE)
        whole = part.repeat(2, axis=0).repeat(2, axis=1)
        return whole[top % 2 : top % 2 + bottom - top, left % 2 : left % 2 + right - left]

    def image(self) -> Image.Image:
        """Return the whole frame as a picture."""
        height, width = self.luma.shape
        return Image.fromarray(np.clip(np.rint(self.rgb(0, 0, width, height)), 0, 255).astype(np.uint8), "RGB")


@dataclass(frozen=True)
class Window:
    """A box of whole pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def around(cls, points: Array, margin: float = 2.0) -> Window:
        """Return the smallest window that holds ``points``, shape (n, 2), and a margin."""
        low, high = np.floor(points.min(axis=0) - margin), np.ceil(points.max(axis=0) + margin)
        return cls(int(low[0]), int(low[1]), int(high[0]), int(high[1]))

    def within(self, width: int, height: int) -> Window:
        """Return the part of the window that lies on a frame."""
        left, top = min(max(self.left, 0), width), min(max(self.top, 0), height)
        return Window(left, top, max(left, min(self.right, width)), max(top, min(self.bottom, height)))

    def of(self, plane: npt.NDArray[np.uint8]) -> Array:
        """Return the window's part of a plane, shape (height, width)."""
        return np.asarray(plane[self.top : self.bottom, self.left : self.right], dtype=SINGLE)

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        return self.bottom - self.top, self.right - self.left


def rgb_of(colour: str) -> Array:
    """Return red, green and blue, 0 to 255, of ``#RRGGBB``.

    Examples
    --------
    >>> rgb_of("#FF8000").tolist()
    [255.0, 128.0, 0.0]
    """
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float64)


def grown(mask: Mask, reach: int) -> Mask:
    """Return a mask that reaches further by some pixels, in rows and in columns.

    Examples
    --------
    >>> grown(np.eye(1, 5, 2, dtype=bool), 1).astype(int).tolist()
    [[0, 1, 1, 1, 0]]
    """
    down = mask.copy()
    for step in range(1, reach + 1):
        down[step:] |= mask[:-step]
        down[:-step] |= mask[step:]
    found = down.copy()
    for step in range(1, reach + 1):
        found[:, step:] |= down[:, :-step]
        found[:, :-step] |= down[:, step:]
    return found


def shrunk(mask: Mask, reach: int) -> Mask:
    """Return the part of a mask that is farther than some pixels from everything outside it."""
    return np.asarray(~grown(~mask, reach))


def patch_sums(plane: Signed) -> Signed:
    """Return the sum of every square patch, shape (height - 2, width - 2, ...).

    Examples
    --------
    >>> patch_sums(np.ones((3, 4), dtype=np.int16)).tolist()
    [[9, 9]]
    """
    rows = plane[:-2] + plane[1:-1] + plane[2:]
    return np.asarray(rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:])
