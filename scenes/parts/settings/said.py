"""How much room words will take on a page, before their numbers are known: as much as they may need at most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from scenes.parts.settings.base import BeatWords, SceneWords
from scenes.parts.settings.words import fill, names_in
from scenes.parts.theme import SAY
from scenes.parts.type.fonts import WORD_FAMILIES
from scenes.parts.type.lines import Block, set_lines

__all__ = ["highest", "over_a_line", "widest"]

WIDE: Final = 12.8  # a sentence, at most

_NUMBER: Final = "\u22120.000000"  # as wide as most numbers are


def highest(texts: Iterable[str], height: float, room: float) -> float:
    """Return how high the highest of some texts is, in the family that makes it highest, 0 for none.

    Parameters
    ----------
    height
        Of a capital H, in frame units.
    room
        The width that each has.

    Examples
    --------
    >>> one, two = (highest(["One signal travels back"], 0.3, room) for room in (6.0, 3.0))
    >>> round(two / one)
    2
    """
    return max((block.height for text in texts for block in _set(text, height, room)), default=0.0)


def over_a_line(words: SceneWords) -> float:
    """Return how much higher than a line of low letters the highest sentence of a clip is: of two lines, or others."""
    said = (beat.sentence for _, beat in words if isinstance(beat, BeatWords))
    return max(0.0, highest(said, SAY, WIDE) - highest(["x"], SAY, WIDE))


def widest(texts: Iterable[str], height: float) -> float:
    """Return how wide the widest of some texts is on one line, in the family that makes it widest, 0 for none.

    Examples
    --------
    >>> widest(["half", "half of {y}"], 0.2) > widest(["half of 0.12"], 0.2)
    True
    """
    return max((block.width for text in texts for block in _set(text, height, 1e3)), default=0.0)


def _set(text: str, height: float, room: float) -> list[Block]:
    said = fill(text, dict.fromkeys(names_in(text), _NUMBER))
    return [set_lines(said, height, room, family=family) for family in WORD_FAMILIES]
