"""Which fonts words are set in, whatever the script: only those of pinned packages, in one order on every machine.

Latin, Greek and Cyrillic come from the family that the settings choose, every other script from its Noto Sans. Which
form a Chinese character has, and where a line of Thai may break, follows from the script of the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal

import fontpkg_source_sans_3
import manimgx_fonts
import manimgx_fonts_cjk

__all__ = [
    "CODE_FAMILY",
    "FOLDERS",
    "WORD_FAMILIES",
    "Script",
    "Style",
    "families",
    "isolated",
    "rule",
    "script_of",
]

Style = Literal["math", "words", "bold", "code"]

WORD_FAMILIES: Final = ("Noto Sans", "Source Sans 3")
"""The families that a lecturer may choose for words."""

CODE_FAMILY: Final = "DejaVu Sans Mono"

FOLDERS: Final = (
    Path(fontpkg_source_sans_3.__file__).parent / "files",
    Path(manimgx_fonts.__file__).parent,
    Path(manimgx_fonts_cjk.__file__).parent,
)

_OTHER_SCRIPTS: Final[tuple[str, ...]] = (
    *("Arabic", "Hebrew", "Devanagari", "Thai", "Armenian", "Bengali", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi"),
    *("Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Symbols"),
)
_LAST: Final = (*(f"Noto Sans {script}" for script in _OTHER_SCRIPTS), "Noto Emoji", "New Computer Modern Math")
_CHINESE: Final = "Noto Sans CJK SC"

_LOW: Final = (1.35, 0.4)
_TALL: Final = (1.55, 0.65)  # marks above marks, and below
_POWER: Final = r"\u00d710[\u207b\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+"
_NUMBER: Final = re.compile(rf"((?<!\w)[-+\u2212])?\d+([.,]\d+)*({_POWER})?%?")
_RIGHT_TO_LEFT: Final = ("R", "AL")
_LANGUAGES: Final = {  # by the first word of a letter's Unicode name; the first one that a text holds decides
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CJK": "zh",
    "ARABIC": "ar",
    "HEBREW": "he",
    "DEVANAGARI": "hi",
    "THAI": "th",
    "LAO": "lo",
    "KHMER": "km",
    "MYANMAR": "my",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "SINHALA": "si",
    "ORIYA": "or",
}
_LOW_LANGUAGES: Final = ("ja", "ko", "zh", "he")
_UNSPACED: Final = ("ja", "zh", "th", "lo", "km", "my")
_WORD: Final = 2.5  # characters, where words stand without spaces


@dataclass(frozen=True)
class Script:
    """What the script of a text asks for.

    Attributes
    ----------
    language
        Its code, such as ``ja``; ``en`` stands for every language in Latin, Greek or Cyrillic letters.
    right_to_left
        Whether it begins at the right.
    above, below
        How far a line reaches over and under its baseline, in heights of a capital: the same for every text of a
        script, so that accents never move a baseline.
    """

    language: str
    right_to_left: bool
    above: float
    below: float

    @property
    def step(self) -> float:
        """Distance of baselines, in heights of a capital."""
        return self.above + self.below


@lru_cache(maxsize=4096)
def script_of(text: str) -> Script:
    """Return what a text's script asks for: that of its letters, read off their Unicode names.

    Examples
    --------
    >>> script_of("Über").language, script_of("逆伝播です").language, script_of("反向传播").language
    ('en', 'ja', 'zh')
    >>> script_of("0.5 × שלום").right_to_left
    True
    """
    names = {unicodedata.name(character, "").partition(" ")[0].partition("-")[0] for character in text}
    language = next((code for name, code in _LANGUAGES.items() if name in names), "en")
    low = language == "en" or language in _LOW_LANGUAGES
    strong = (unicodedata.bidirectional(character) for character in text)
    first = next((kind for kind in strong if kind in ("L", *_RIGHT_TO_LEFT)), "L")
    return Script(language, first in _RIGHT_TO_LEFT, *(_LOW if low else _TALL))


def count_words(text: str) -> float:
    """Return how many words a text has to a reader; where no spaces part them, 2.5 characters are one.

    Examples
    --------
    >>> count_words("One step, then."), count_words("反向传播")
    (3, 1.6)
    """
    words = text.split()
    return sum(map(len, words)) / _WORD if script_of(text).language in _UNSPACED else len(words)


def isolated(text: str) -> str:
    r"""Return the text with its numbers kept together where it runs from right to left: else a minus goes behind.

    Examples
    --------
    >>> isolated("ערך −0.8") == "ערך \u2066−0.8\u2069", isolated("value −0.8")
    (True, 'value −0.8')
    """
    return _NUMBER.sub("\u2066\\g<0>\u2069", text) if script_of(text).right_to_left else text


@cache
def families(style: Style, family: str, language: str) -> tuple[str, ...]:
    """Return the families to look for a glyph in, one after the other.

    Raises
    ------
    ValueError
        There is no such family for words.

    Examples
    --------
    >>> families("words", "Source Sans 3", "ja")[:3]
    ('Source Sans 3', 'Noto Sans', 'Noto Sans CJK JP')
    """
    if family not in WORD_FAMILIES:
        raise ValueError(f"words are set in {' or '.join(WORD_FAMILIES)}, not in {family!r:.60}")
    east = {"ja": "Noto Sans CJK JP", "ko": "Noto Sans CJK KR"}.get(language, _CHINESE)
    first = (CODE_FAMILY,) if style == "code" else ()
    others = tuple(other for other in WORD_FAMILIES if other != family)
    return *first, family, *others, east, *_LAST, CODE_FAMILY


def rule(text: str, style: Style, family: str) -> str:
    """Return the Typst rule that sets a text in its fonts, 10 points high, in its language and direction."""
    script = script_of(text)
    listed = ", ".join(f'"{name}"' for name in families(style, family, script.language))
    direction = "rtl" if script.right_to_left else "ltr"
    weight = "semibold" if style == "bold" else "regular"
    return (
        f'#set text(size: 10pt, font: ({listed}), weight: "{weight}", fallback: {str(style == "math").lower()}, '
        f'lang: "{script.language}", dir: {direction}, hyphenate: false)\n'
    )
