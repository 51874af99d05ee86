"""What was done to the whole of a copy: moved by a few pixels, or its colours taken away. It is undone before the look.

Told from one frame, on which much rests, against the same frame painted from what the ledger claims. Where only some
frames are moved, or grey, the others stand where nobody claims them: the checks say so.
"""

from __future__ import annotations

import math
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np

from scenes.parts.film.film_file import FilmFileError
from scenes.parts.film.ledger import Ledger
from studio.audit.canvas import Canvas
from studio.audit.custody import Custody
from studio.audit.decoding import pictures
from studio.audit.drawn import Facts
from studio.audit.frames import UNALTERED, Altered, Picture, Signed, Window, grown
from studio.audit.looks import Looks, looks_at

__all__ = ["altered_in"]

_FARTHEST: Final = 3  # pixels
_BARE: Final = 128  # a chroma that colours nothing
_NOISE: Final = 3  # of an encoder, in such a plane
_EDGE: Final = 2  # pixels beside what is drawn
_EVERY: Final = 10**9  # frames of a sweep that are not wanted here


def altered_in(custody: Custody) -> Altered:
    """Return what was done to the whole of a copy; nothing where that cannot be told.

    Raises
    ------
    FilmFileError
        If the file is no video.
    """
    if custody.original:
        return UNALTERED
    try:
        return _altered(custody.video, custody.ledger, custody.repeats)
    except FilmFileError:
        raise
    except (LookupError, ArithmeticError, ValueError):
        return UNALTERED  # a ledger so strange that its frames cannot be painted; whoever looks at them says so


def _altered(video: Path, ledger: Ledger, repeats: int) -> Altered:
    looks = looks_at(ledger, _EVERY)
    frame = max(looks, key=lambda frame: (_resting(looks, frame), -frame))
    most = ledger.video.width, ledger.video.height
    picture = next(pictures(video, [frame], repeats=repeats, most=most))
    grey = max(int(np.abs(plane.astype(int) - _BARE).max()) for plane in (picture.blue, picture.red)) <= _NOISE
    across, down, noise = _moved(picture, ledger, looks)
    return Altered(across, down, grey, noise)


def _resting(looks: Looks, frame: int) -> int:
    """Return how many things rest on a frame; none where something moves."""
    on_it = [look for _, look in looks[frame]]
    return len(on_it) if all(look.resting for look in on_it) else 0


def _moved(picture: Picture, ledger: Ledger, looks: Looks) -> tuple[int, int, float]:
    """Return by how many pixels a frame lies right of and below what the ledger claims, and how noisy it is."""
    height, width = picture.luma.shape
    canvas, scale = Canvas(), (width / ledger.video.width, height / ledger.video.height)
    on_it = [look.scaled(scale) for _, look in looks[picture.index]]
    canvas.lay(picture, on_it, Facts.of(ledger, height, width))
    n = _FARTHEST
    inside = slice(n, height - n), slice(n, width - n)
    least, most = (plane[inside] for plane in canvas.painted())
    sure = ~canvas.unsure(None, Window(0, 0, width, height))[inside]

    def off(across: int, down: int) -> Signed:
        seen = picture.luma[n + down : height - n + down, n + across : width - n + across]
        return np.abs(seen.astype(np.int16) - np.clip(seen, least, most))

    def misfit(by: tuple[int, ...]) -> tuple[float, int]:
        return float(off(*by).mean(where=sure)), sum(map(abs, by))

    across, down = min(product(range(-n, n + 1), repeat=2), key=misfit)
    drawn = sure & grown(canvas.claimed, _EDGE)[inside]
    squares = off(across, down).astype(np.float64)[drawn] ** 2
    return across, down, math.sqrt(squares.mean()) if squares.size else 0.0
