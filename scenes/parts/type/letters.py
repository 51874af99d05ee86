"""Drawings of Typst, and which letters no font here has: those are refused by their names, wherever they stand.

Typst draws a box for what has no glyph and says nothing of it, so its box is looked for among the glyphs.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import typst

from scenes.parts.type.compiler import plain, svg_of
from scenes.parts.type.fonts import WORD_FAMILIES, Style, rule
from scenes.parts.type.svg import Drawing, read_svg

__all__ = ["drawn", "missing", "told"]

_PAGE = "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
_SURE = range(0x20, 0x7F)  # what every font has, so that most texts ask nothing
_NOBODYS = "\U0010fffd"  # the last private character, which no font has


def drawn(body: str, text: str, style: Style, family: str) -> Drawing:
    """Return what Typst draws for our own markup ``body``, in the fonts of a text that it shows.

    Raises
    ------
    ValueError
        If Typst cannot read it, or no font has one of its letters.
    """
    drawing = _read(body, text, style, family)
    if style != "math" and _box(style, family) in {piece.glyph for piece in drawing.pieces}:
        raise ValueError(f"cannot typeset {text!r}: {told(next(iter(missing(text)), text[:1]))}")
    return drawing


def missing(text: str) -> tuple[str, ...]:
    """Return the letters of a text for which there is no glyph, each once, in order; new lines are none.

    Examples
    --------
    >>> missing("Ö, Ж, 中, ש and 𓀀")
    ('𓀀',)
    """
    letters = dict.fromkeys(letter for letter in text if ord(letter) not in _SURE and letter != "\n")
    unknown = " ".join(letters)
    if not unknown or _has_all(unknown):
        return ()
    return tuple(letter for letter in letters if not _has_all(letter))


def told(letter: str) -> str:
    """Return one line that says which letter has no glyph.

    Examples
    --------
    >>> told("𓀀")
    "no font here has a glyph for '𓀀', U+13000 EGYPTIAN HIEROGLYPH A001"
    """
    name = unicodedata.name(letter, "a letter without a name")
    return f"no font here has a glyph for {letter!r}, U+{ord(letter):04X} {name}"


def _read(body: str, text: str, style: Style, family: str) -> Drawing:
    try:
        return read_svg(svg_of(_PAGE + rule(text, style, family) + body))
    except typst.TypstError as error:
        raise ValueError(f"cannot typeset {text!r}: {error.message}") from error


@cache
def _box(style: Style, family: str) -> str:
    """Return the id of the glyph that stands for a letter which no font has."""
    return _read(f"#text({plain(_NOBODYS)})", _NOBODYS, style, family).pieces[0].glyph


@cache
def _has_all(letters: str) -> bool:
    """Return whether each of these letters has a glyph in some font: which one is chosen does not change that."""
    pieces = _read(f"#text({plain(letters)})", letters, "words", WORD_FAMILIES[0]).pieces
    return _box("words", WORD_FAMILIES[0]) not in {piece.glyph for piece in pieces}
