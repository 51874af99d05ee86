"""Beats: the named stretches of a clip, and how long each must rest so that it can be read."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from scenes.parts.theme import HOLD_LEAST, HOLD_PER_NUMBER, HOLD_PER_WORD

__all__ = ["Beat", "hold_seconds", "whole_frames"]


@dataclass
class Beat:
    """A stretch of the clip with a name: a section, a chapter, a subtitle and a row of the ledger.

    Attributes
    ----------
    first, hold, last
        Frames: where it begins, where its closing rest begins, and its last one. Its still is the last.
    """

    name: str
    sentence: str
    caption: str
    first: int
    hold: int = 0
    last: int = 0


def hold_seconds(words: int, new_numbers: int, pace: float) -> float:
    """Return how long a rest must be for ``words`` words and ``new_numbers`` numbers to be read, in seconds.

    A pace of 2 halves it.

    Examples
    --------
    >>> hold_seconds(6, 1, 1.0)
    2.9
    """
    return round(max(HOLD_LEAST, HOLD_PER_WORD * words + HOLD_PER_NUMBER * new_numbers) / pace, 6)


def whole_frames(seconds: float, frame_rate: float) -> float:
    """Return a duration that manim cuts to exactly the whole number of frames that ``seconds`` needs.

    manim truncates ``seconds * frame_rate``, which loses a frame where the product is not exact; half a frame more is safe.

    Examples
    --------
    >>> int(whole_frames(1.2, 15.0) * 15.0)
    18
    """
    return (ceil(seconds * frame_rate - 1e-6) + 0.5) / frame_rate
