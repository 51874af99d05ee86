"""Words in lines: where they are broken, and how far apart the baselines stand."""

from __future__ import annotations

from typing import Final

from scenes.parts.type.typeset import Style, typeset

__all__ = ["LINE", "broken"]

LINE: Final = 1.75
"""Distance of baselines, in heights of a capital."""


def broken(text: str, height: float, style: Style, family: str, room: float) -> tuple[str, ...]:
    """Return the words in lines that are not wider than ``room`` (in frame units), each as full as it can be.

    A word that alone is wider stands on a line of its own.

    Examples
    --------
    >>> broken("one two three", 0.3, "words", "Source Sans 3", 2.0)
    ('one two', 'three')
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or typeset(longer, height, style, family).width <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)
