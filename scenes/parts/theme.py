"""The look of every clip, in one place: colours by meaning, sizes, space and time.

Lengths are frame units on a frame 8 units high, times are seconds. The two palettes are LOOK.md's: found by search for
the largest smallest distance between any two colours, in normal sight and simulated colour-blindness.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

__all__ = [
    "BAND",
    "CAPTION_BAND",
    "CARD",
    "CODE",
    "CURVE",
    "DASHES",
    "DIM",
    "DIM_LINE",
    "EDGE_LINE",
    "EDGE_MARGIN",
    "FINE",
    "FORMULA",
    "FRAME_HEIGHT",
    "FRAME_WIDTH",
    "HAIR",
    "HOLD_LEAST",
    "HOLD_PER_NUMBER",
    "HOLD_PER_WORD",
    "HOLD_SPOKEN",
    "HOLLOW",
    "HUB",
    "LABEL",
    "LINE",
    "MARK_WIDTH",
    "MOVE",
    "NAME",
    "NUMBER",
    "PALETTES",
    "POST",
    "QUICK",
    "RIBBON",
    "RIM",
    "RING",
    "SAY",
    "SENSE_HEAD",
    "SENSE_WIDTH",
    "SENTENCE",
    "SHAFT",
    "SPECK",
    "STROKES_PER_UNIT",
    "TITLE",
    "TOP_MARGIN",
    "VALUE",
    "Theme",
]

FRAME_WIDTH: Final = 128 / 9
FRAME_HEIGHT: Final = 8.0
EDGE_MARGIN: Final = 0.4
TOP_MARGIN: Final = 0.2
CAPTION_BAND: Final = 1.0  # the lowest eighth: captions lie there

CARD: Final = 0.42  # heights of a capital H or a digit 8, in clips that stand on a page; nothing is smaller than CODE
FORMULA: Final = 0.36
SAY: Final = 0.285  # a sentence
NAME: Final = 0.27  # what a value is called
VALUE: Final = 0.225  # a number
LABEL: Final = 0.185
CODE: Final = 0.18

HAIR: Final = 0.014  # widths of lines in frame units: leaders
FINE: Final = 0.02  # axes
CURVE: Final = 0.04
POST: Final = 0.05
EDGE_LINE: Final = 0.032
RIBBON: Final = 0.46  # half the stretch on which its thickness changes at a gate
HOLLOW: Final = (0.028, 0.16)  # width of the outline of what is negative, and opacity of its body

TITLE: Final = 0.5  # the same heights in clips that are placed by hand
SENTENCE: Final = 0.36
NUMBER: Final = 0.32  # height of a digit 8

STROKES_PER_UNIT: Final = 100.0  # stroke widths are manim's: so many are one frame unit
LINE: Final = 3.0
SHAFT: Final = 0.085  # width of an arrow's shaft
SPECK: Final = 0.05  # radius of the dot that marks what is too short to be drawn
RING: Final = (0.12, 0.06)  # radii of the mark of exactly zero
RIM: Final = 2.5  # stroke of a gear's outline
HUB: Final = 0.075  # radius
BAND: Final = (0.12, 0.22, 0.1, 1.6)  # of a gear's ring: width under the root, and share of the radius at most; a dot
# up to that radius has no bore, and from there on a bore that grows so fast
DASHES: Final = 12  # of the ring round what is too small to be drawn
SENSE_WIDTH: Final = 0.055  # of the bent arrow on a gear
SENSE_HEAD: Final = 0.19  # length of its head
MARK_WIDTH: Final = 0.06  # of the mark on a gear that shows how far it turned
DIM: Final = 0.22  # share of its colour that a shape out of focus keeps; the rest is ground: overlaps do not show
DIM_LINE: Final = 0.4  # the same of a thin line that is measured: a curve
THIN: Final = 0.06  # frame units: what is drawn thinner is not dimmed, or keeps as much of its colour as a thin line

QUICK: Final = 0.5
MOVE: Final = 0.8
HOLD_PER_WORD: Final = 0.35
HOLD_PER_NUMBER: Final = 0.5
HOLD_LEAST: Final = 2.0  # after the last change
HOLD_SPOKEN: Final = 1 / 3  # a word of a caption, which is said aloud or read as a subtitle

PALETTES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "dark": MappingProxyType(
            {
                "background": "#111418",
                "ink": "#F2F4F5",
                "quiet": "#90999F",
                "body": "#1D232A",
                "grid": "#333C46",
                "edge": "#6B7682",
                "value": "#199DFF",
                "gradient": "#FEB251",
                "weight": "#47D8C3",
                "loss": "#FF5A60",
                "negative": "#B79CFF",
            }
        ),
        "light": MappingProxyType(
            {
                "background": "#FFFFFF",
                "ink": "#15191D",
                "quiet": "#6F7584",
                "body": "#EEF1F4",
                "grid": "#D3D9DF",
                "edge": "#8A949E",
                "value": "#1550BD",
                "gradient": "#AC6401",
                "weight": "#204F4D",
                "loss": "#910016",
                "negative": "#5B3DB8",
            }
        ),
    }
)


@dataclass(frozen=True)
class Theme:
    """The palette and the word font that a clip is drawn with.

    Examples
    --------
    >>> Theme.of("dark", {}, "Source Sans 3").colour("gradient")
    '#FEB251'
    """

    name: str
    palette: Mapping[str, str]
    family: str

    @classmethod
    def of(cls, name: str, overrides: Mapping[str, str], family: str) -> Theme:
        """Return the theme ``name`` with some of its colours replaced."""
        return cls(name, MappingProxyType({**PALETTES[name], **overrides}), family)

    def colour(self, role: str) -> str:
        """Return the ``#RRGGBB`` colour of a meaning, such as ``gradient``."""
        return self.palette[role]

    def mixed(self, colour: str, share: float) -> str:
        """Return a colour of which a share is left in the ground.

        Examples
        --------
        >>> Theme.of("light", {}, "Source Sans 3").mixed("#000000", 0.2)
        '#CCCCCC'
        """
        parts = [int(c[i : i + 2], 16) for c in (colour, self.palette["background"]) for i in (1, 3, 5)]
        return "#" + "".join(f"{round(g + (c - g) * share):02X}" for c, g in zip(parts[:3], parts[3:], strict=True))
