"""Beats: the named stretches of a clip, and how long each must rest so that it can be read."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from scenes.parts.theme import HOLD_LEAST, HOLD_PER_NUMBER, HOLD_PER_WORD, HOLD_SPOKEN
from scenes.parts.type.fonts import count_words

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


def reading_seconds(sentence: str, caption: str, new_numbers: int) -> float:
    """Return how long a beat takes to read and to say, in seconds at pace 1.

    The sentence on screen is read with the numbers that were not seen before, while its caption is said: 180 words a
    minute at most.

    Examples
    --------
    >>> reading_seconds("Each gate multiplies by its slope.", "", 1)
    2.6
    >>> reading_seconds("Each gate multiplies by its slope.", "What comes back is multiplied by the slope, here.", 0)
    3.0
    """
    read = HOLD_PER_WORD * count_words(sentence) + HOLD_PER_NUMBER * new_numbers
    return round(max(read, HOLD_SPOKEN * count_words(caption)), 6)


def hold_seconds(reading: float, spent: float, pace: float, least: float = HOLD_LEAST) -> float:
    """Return how long the rest at the end of a beat must be, in seconds.

    What comes one by one is read while it comes, so the time already spent in the beat counts; a pace of 2 halves all.

    Examples
    --------
    >>> hold_seconds(4.0, 1.5, 1.0), hold_seconds(4.0, 9.0, 1.0), hold_seconds(4.0, 1.5, 2.0, least=6)
    (2.5, 2.0, 3.0)
    """
    return round(max(least, reading - spent * pace) / pace, 6)


def whole_frames(seconds: float, frame_rate: float) -> float:
    """Return a duration that manim cuts to exactly the whole number of frames that ``seconds`` needs.

    manim truncates ``seconds * frame_rate``, which loses a frame where the product is not exact: half a frame is added.

    Examples
    --------
    >>> int(whole_frames(1.2, 15.0) * 15.0)
    18
    """
    return (ceil(seconds * frame_rate - 1e-6) + 0.5) / frame_rate
