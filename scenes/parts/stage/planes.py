"""From pixels to what a film stores: planes of brightness and of two colour differences, changed in parts.

The conversion is swscale's, with the settings of manim's encoder: a plane has the same bytes as one that was made at
once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import av
import numpy as np
import numpy.typing as npt
from av.video.reformatter import VideoReformatter

from scenes.parts.stage.camera_rects import Rect

__all__ = ["FORMAT", "Patch", "Planes", "planes_of"]

Plane = npt.NDArray[np.uint8]
FORMAT = "yuv420p"
"""One value of each colour difference for two by two pixels."""
_REACH = 2  # rows up and down that the colours of two rows depend on


@dataclass(frozen=True)
class Patch:
    """A part of the three planes, and where its left top corner stands, in pixels: both even."""

    left: int
    top: int
    planes: tuple[Plane, ...]

    def lay(self, planes: Iterable[Plane]) -> None:
        """Write the part into whole planes."""
        for target, part, step in zip(planes, self.planes, (1, 2, 2), strict=True):
            (height, width), left, top = part.shape, self.left // step, self.top // step
            target[top : top + height, left : left + width] = part


class Planes:
    """The three planes of a picture of even width and height."""

    def __init__(self, width: int, height: int) -> None:
        shapes = ((height, width), *((height // 2, width // 2),) * 2)
        self._planes = tuple(np.zeros(shape, dtype=np.uint8) for shape in shapes)
        self._converter = VideoReformatter()

    def take(self, pixels: Plane, rects: Iterable[Rect]) -> list[Patch]:
        """Take over some rectangles of a picture, and return what has changed.

        Parameters
        ----------
        pixels
            Shape (height, width, 4): red, green, blue, opacity.
        """
        patches = [self._converted(pixels, rect) for rect in rects]
        for patch in patches:
            patch.lay(self._planes)
        return patches

    def whole(self) -> Patch:
        """Return all of it, as it stands now."""
        return Patch(0, 0, tuple(plane.copy() for plane in self._planes))

    def _converted(self, pixels: Plane, rect: Rect) -> Patch:
        """Convert a rectangle, with the rows whose colours depend on it and those that their colours depend on."""
        height = pixels.shape[0]
        left, right = rect[0] & ~1, rect[2] + 1 & ~1
        top, bottom = max(0, (rect[1] & ~1) - _REACH), min(height, (rect[3] + 1 & ~1) + _REACH)
        above, below = max(0, top - _REACH), min(height, bottom + _REACH)
        frame = av.VideoFrame.from_numpy_buffer(pixels[above:below, left:right], format="rgba")
        made = planes_of(self._converter.reformat(frame, format=FORMAT, threads=1))
        rows = [((top - above) // step, (bottom - above) // step) for step in (1, 2, 2)]
        return Patch(left, top, tuple(plane[a:b] for plane, (a, b) in zip(made, rows, strict=True)))


def planes_of(frame: av.VideoFrame) -> tuple[Plane, ...]:
    """Return the planes of a frame as arrays that share its memory."""
    return tuple(
        np.frombuffer(memoryview(plane), dtype=np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]
        for plane in frame.planes
    )
