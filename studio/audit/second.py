"""The second reader: a neural network that knows nothing of our glyphs, and reads each number once more.

It is there when the extra `audit` is installed. Its weights lie in the wheel of rapidocr, so nothing is fetched when it
runs. It sees a number cut out of the frame and says characters, with no idea of what should stand there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from studio.audit.digits import number_of
from studio.audit.finding import Finding
from studio.audit.frames import PATCH, Window, patch_sums
from studio.audit.glance import Glance
from studio.audit.glyphs import coverage

__all__ = ["Reader", "Rgb", "check_again", "remembering", "second_reader", "second_reader_name"]

Rgb = npt.NDArray[np.uint8]
Reader = Callable[[Rgb, Window, float], str]
"""Takes a picture, shape (height, width, 3), red first, the place of the frame that it was cut out of, and by how much
luma what it shall read differs from the ground.

Returns what it reads, nothing if it is not sure.
"""

_INK: Final = 0.1  # of a pixel
_MARGINS: Final = (0.35, 0.15, 0.6)  # of the height of a digit: what a reader of lines expects around them, and others
_SAME: Final = str.maketrans(dict.fromkeys("-‐‑‒–—―一ー", "−") | {"x": "×", "*": "×"})
"""What looks like our minus or times: whether a dash is long is nothing that a reader of print could know."""
_THREADS: Final = "EngineConfig.onnxruntime.{}_op_num_threads"
_OPTIONS: Final = {
    "Global.use_det": False,
    "Global.use_cls": False,
    "Global.log_level": "critical",
    # one thread: several spin while they wait, and take three times the processor's time on a busy machine
    _THREADS.format("intra"): 1,
    _THREADS.format("inter"): 1,
    "Rec.rec_img_shape": [3, 48, 96],  # a number is short: a line that is filled up to 320 takes twice as long
}
_ALIKE: Final = 0.15  # of its contrast; digits 9 pixels high differ by 0.26 and more
_REMEMBERED: Final = 512  # pictures
_CHARACTERS: Final = frozenset("0123456789.−+×")


@cache
def second_reader() -> Reader | None:
    """Return the second reader, or None where it is not installed."""
    if not all(find_spec(name) for name in ("rapidocr", "onnxruntime")):
        return None
    from rapidocr import RapidOCR

    engine: Any = RapidOCR(params=_OPTIONS)

    def read(picture: Rgb, place: Window, contrast: float) -> str:
        found = engine(np.ascontiguousarray(picture[..., ::-1]))
        return "".join(found.txts or ())

    return remembering(read)


def remembering(reader: Reader) -> Reader:
    """Return a reader that does not read again what looks as it did in the same place, but for an encoder's noise.

    What was read is kept, not what was seen since: nothing can change bit by bit.
    """
    known: defaultdict[Window, list[tuple[Rgb, str]]] = defaultdict(list)

    def read(picture: Rgb, place: Window, contrast: float) -> str:
        for seen, said in known[place]:
            if _is_alike(seen, picture, contrast):
                return said
        if sum(map(len, known.values())) >= _REMEMBERED:
            known.clear()
        known[place].append((picture, reader(picture, place, contrast)))
        return known[place][-1][1]

    return read


def _is_alike(one: Rgb, other: Rgb, contrast: float) -> bool:
    """Return whether no patch of two pictures differs by as much as a stroke more, or less, would make it."""
    if one.shape != other.shape:
        return False
    sums = np.abs(patch_sums(one.astype(np.int16) - other))
    if not sums.size:
        return bool((one == other).all())  # smaller than a patch
    return bool(sums.max() / PATCH**2 <= _ALIKE * contrast)


def second_reader_name() -> str | None:
    """Return what the second reader is called, or None where there is none."""
    return f"second reader: rapidocr {version('rapidocr')}" if second_reader() else None


def check_again(glance: Glance, reader: Reader) -> Iterator[Finding]:
    """Yield whether the second reader reads the number that is claimed; nothing if the text set does not hold it.

    The error is the number of characters that differ. What it cannot read as a number is neither right nor wrong, nor
    is what it reads otherwise when it is cut out with more around it, or with less.
    """
    wanted, points = plain(glance.sample.text or ""), number_of(glance)
    if not len(points):
        return  # the first reader says so
    window = _around(glance, points, _MARGINS[0])
    if glance.travelling and not glance.free(window)[coverage(points, window) > _INK].all():
        yield replace(glance.finding("second reader", 0.0, 0.0), unsure=True)  # on its way past something
        return
    seen = ""
    for margin in _MARGINS:  # most numbers are read once, and right
        before, seen = seen, _read(glance, _around(glance, points, margin), reader)
        if seen == wanted or not _is_number(seen) or (before and seen != before):
            break
    if seen != wanted and (not _is_number(seen) or seen != before):
        yield replace(glance.finding("second reader", 0.0, 0.0), unsure=True)
        return
    error = sum(a != b for a, b in zip(seen, wanted, strict=False)) + abs(len(seen) - len(wanted))
    yield glance.finding("second reader", error, 0.0, "", f"the second reader reads {seen!r}, not {wanted!r}")


def _around(glance: Glance, points: npt.NDArray[np.float64], margin: float) -> Window:
    """Return a window round a number with a margin of so many heights."""
    return glance.window(points, margin * (glance.row.height or 1.0) * glance.facts.unit)


def _read(glance: Glance, window: Window, reader: Reader) -> str:
    rgb = glance.picture.rgb(window.left, window.top, window.right, window.bottom)
    luma = glance.picture.colours.luma
    contrast = abs(luma(glance.colour) - luma(glance.facts.ground))
    return plain(reader(np.clip(np.rint(rgb), 0, 255).astype(np.uint8), window, contrast))


def _is_number(seen: str) -> bool:
    return bool(seen) and not set(seen) - _CHARACTERS


def plain(text: str) -> str:
    """Return the characters of a number as any reader may say them: on one line, without brackets around it.

    Examples
    --------
    >>> plain("(-5.29 x 10-4)") == plain("−5.29×10^−4")
    True
    """
    return "".join(text.split()).translate(_SAME).replace("^", "").strip("()")
