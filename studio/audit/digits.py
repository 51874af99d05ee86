"""Read what is lettered on a frame: every character of a number against all that could stand there, words whole.

A character is the glyph whose synthesis is nearest to the pixels. The error of a number is its worst character's
distance from the claimed glyph over its distance from the best other one: above 1 another character stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, get_args

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.type.lines import Flush, set_lines
from scenes.parts.type.typeset import Style
from studio.audit.drawn import Facts
from studio.audit.finding import Finding
from studio.audit.frames import SINGLE, Window
from studio.audit.glance import Glance
from studio.audit.glyphs import Slot, Text, advance, coverage, glyph, letters, number_points, slots_of, typeset_points
from studio.audit.layers import common

__all__ = ["check_lettering", "number_of", "texts_of"]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Points = npt.NDArray[np.float64]
_BLANK = " "
_RIVALS = ("0123456789 ", "−+= ", "×+− ", ". ")
_FITS = 1e-3  # frame units by which a text may miss its recorded box, which is rounded to 0.001 px
_LEAST_SEEN = 0.5  # share of a letter that nothing else may lie over
_PLAIN = frozenset("0123456789.−+")
_HEIGHTS: Final = (0.01, 8.0)  # frame units: what a frame has room for
_STYLES: Final = {style: style for style in get_args(Style)}
_FLUSH: Final[tuple[Flush, ...]] = ("start", "centre", "right")
_SECOND = 0.8  # of a capital's height: what a second line adds at least
_BEARING = 0.5  # of a capital's height: by how much less or more than its advance a line's ink may reach
_BESIDE = 2.0  # heights: so far from a number a sign or a digit more would stand
_EMPTY = 0.1  # of a character's ink, squared: with less a quarter of its way is not gone, wherever it stands
_NARROWER = 1e-5  # frame units: by less no two ways to break words differ


def check_lettering(glance: Glance) -> Iterator[Finding]:
    """Yield what the lettering of a thing shows: its characters if it is a number, and the whole of it."""
    check = "words" if glance.sample.value is None else "digits"
    try:
        texts = texts_of(glance.row, glance.sample, glance.facts)
    except ValueError as error:
        yield glance.finding(check, np.inf, 0.0, said=str(error))
        return
    if not texts:
        yield glance.finding(check, np.inf, 0.0, "px", "its text does not fill the box that the ledger gives")
        return
    if check == "digits":
        yield _read(glance, texts[0])
    yield min((_whole(glance, text) for text in texts), key=lambda finding: finding.error)


def number_of(glance: Glance) -> Points:
    """Return the outline in pixels of a readout's number, without the symbol or the brackets around it."""
    try:
        text = texts_of(glance.row, glance.sample, glance.facts)[0]
    except (ValueError, IndexError):
        return np.zeros((0, 2))
    slots = _slots(glance, text)
    return text.points[slots[0].first : slots[-1].last] if slots else np.zeros((0, 2))


def texts_of(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Text]:
    """Return the outline of a text where it stands: none if it would not fill its box, several if lines may be aligned.

    What is set is what the settings and the formatter write, see `Script.source`; the ledger only chooses among it.

    Raises
    ------
    ValueError
        If the ledger claims a text that the clip may not write, or a size or style that no lettering has.
    """
    if facts.script is None:
        raise ValueError("the settings in the ledger do not say what the clip writes")
    source, (height, style) = facts.script.source(row, sample), _type_of(row, sample.size)
    left, top, right, bottom = sample.box
    number = None if sample.value is None else sample.text
    key = (source, number, height, style, facts.family)
    units = facts.units * sample.size
    found = _points(*key, round((right - left) / units[0], 4), round((top - bottom) / units[1], 4))
    return [Text.placed(points, sample.box, units) for points in found]


def _type_of(row: ShownRow, size: float) -> tuple[float, Style]:
    """Return height and style of lettering, looked up among those that there are."""
    height, style = row.height or 1.0, _STYLES.get(row.style or "math")
    if not (_HEIGHTS[0] <= height <= _HEIGHTS[1] and _HEIGHTS[0] <= size * height <= _HEIGHTS[1]):
        raise ValueError(f"lettering is {_HEIGHTS[0]} to {_HEIGHTS[1]} units high, not {height!r}")
    if style is None or (row.key is not None) != (style != "math"):
        raise ValueError("its style is none that such lettering has")
    return height, style


@lru_cache(maxsize=8192)
def _points(
    script: str, number: str | None, height: float, style: Style, family: str, wide: float, high: float
) -> list[Points]:
    """Return the outlines of a script that are so large: as a line, digit by digit or broken into lines."""
    size = np.array([wide, high])
    fits = (p for p in _settings_of(script, number, height, style, family, size) if len(p))
    return [p for p in fits if np.abs(np.ptp(p, axis=0) - size).max() <= _FITS]


def _settings_of(
    script: str, number: str | None, height: float, style: Style, family: str, size: Array
) -> Iterator[Points]:
    line = typeset_points(script, height, style, family)
    yield line
    if number and not set(number) - _PLAIN:
        times, wrapped = "×" * script.startswith("times "), script.removeprefix("times ").startswith("(")
        yield number_points(f"{times}({number})" if wrapped else f"{times}{number}", height)
    if style != "math" and len(line) and float(size[1]) > float(np.ptp(line[:, 1])) + _SECOND * height:
        for flush in _FLUSH:
            yield from _breaks(script, height, style, family, float(size[0]), flush)


def _breaks(script: str, height: float, style: Style, family: str, wide: float, flush: Flush) -> Iterator[Points]:
    """Yield the ways to break words into lines about so wide, the widest first.

    What stands in each line follows from the width of the widest, so that no other width need be tried; where that is a
    word wider than its room, from that of the widest line that can still be broken.
    """
    room, sticks_out = wide + _BEARING * height, False
    while room > (0.0 if sticks_out else max(wide - _BEARING * height, 0.0)):
        block = set_lines(script, height, room, style=style, family=family, flush=flush)
        yield block.points[:, :2]
        sticks_out = block.width >= room
        inks = (float(np.ptp(line.points[:, 0])) for line in block.lines if len(line.points))
        broken = max((ink for ink in inks if ink < room - _NARROWER), default=0.0)
        room = broken if sticks_out else block.width - _NARROWER


def _whole(glance: Glance, text: Text) -> Finding:
    """Compare every letter with its synthesis; the error is the worst letter's."""
    window = glance.window(text.points)
    expected, seen = coverage(text.points, window), glance.ink(window)
    free = glance.free(window)
    unseen = 0.0 if glance.travelling else np.inf
    each = ((glance.window(piece), window, expected, seen, free) for piece in letters(text.points))
    worst = max(_letter_error(*parts, unseen) for parts in each)
    said = "what is drawn there is not this text, or not all of it can be seen"
    limits = glance.limits
    limit = limits.lettering if glance.resting else limits.passing if glance.travelling else limits.moving
    return glance.finding("lettering", worst, limit, "", said)


def _letter_error(part: Window, whole: Window, expected: Array, seen: Array, free: Mask, unseen: float) -> float:
    rows = slice(part.top - whole.top, part.bottom - whole.top)
    columns = slice(part.left - whole.left, part.right - whole.left)
    wanted, weight = expected[rows, columns], free[rows, columns]
    ink = float((wanted**2).sum())
    if _share_of(wanted, weight) < _LEAST_SEEN:
        return unseen
    return float(np.sqrt((((seen[rows, columns] - wanted) ** 2)[weight]).sum() / ink))


def _share_of(ink: Array, free: Mask) -> float:
    """Return how much of some ink lies on free pixels, 0 to 1."""
    return float((ink[free] ** 2).sum() / ((ink**2).sum() or 1.0))


def _read(glance: Glance, text: Text) -> Finding:
    """Read a number character by character."""
    wanted, slots = glance.sample.text or "", _slots(glance, text)
    if not slots:
        return glance.finding("digits", np.inf, glance.limits.rival, "", f"the text set does not hold {wanted!r}")
    ground = _Ground(glance, glance.window(text.points, _BESIDE * (glance.row.height or 1.0) * glance.facts.unit))
    readings = [_nearest(ground, text, slot, _rivals_of(slot.character)) for slot in slots]
    before, behind = _stray(ground, text, slots)
    seen = before[0].strip() + "".join(best for best, _ in readings) + behind[0].strip()
    error = max(ratio for _, ratio in (*readings, *(odd for odd in (before, behind) if odd[0] != _BLANK)))
    said = f"it reads {_with_power(seen, wanted)!r}, not {wanted!r}"
    limit = glance.limits.rival if glance.resting else glance.limits.moving_rival
    return glance.finding("digits", error, limit, "", said)


def _slots(glance: Glance, text: Text) -> list[Slot]:
    outline = (text.points - np.array(text.origin)) / text.units
    return slots_of(glance.sample.text or "", outline, glance.row.height or 1.0)


@lru_cache
def _least_ink(rivals: str, height: float, unit: float) -> float:
    """Return the sum of the squares of a rival's ink, of the one that has least."""
    shapes = (glyph(c, height) * unit for c in rivals if c != _BLANK)
    return min(float((coverage(shape, Window.around(shape)) ** 2).sum()) for shape in shapes)


def _rivals_of(character: str) -> str:
    return next((group for group in _RIVALS if character in group), character + _BLANK)


def _with_power(seen: str, wanted: str) -> str:
    """Return the characters with the mark of a power where the wanted text has it."""
    at = wanted.find("^")
    return seen if at < 0 or len(seen) != len(wanted) - 1 else f"{seen[:at]}^{seen[at:]}"


class _Ground:
    """The pixels round a number: how much ink each seems to hold, and on which the number can be told."""

    def __init__(self, glance: Glance, window: Window) -> None:
        self.glance, self.window = glance, window
        self._seen, self._free = glance.ink(window), glance.free(window)

    def part(self, window: Window) -> tuple[Array, Mask]:
        """Return the same of a part of them."""
        own = common(self.window, window)
        return self._seen[own], self._free[own]


def _stray(ground: _Ground, text: Text, slots: list[Slot]) -> tuple[tuple[str, float], tuple[str, float]]:
    """Return what stands before a number which has no sign, and behind it, each as :func:`_nearest` returns it."""
    first, last, height = slots[0], slots[-1], ground.glance.row.height or 1.0
    before = behind = (_BLANK, 0.0)
    if first.character not in "−+":
        shift = first.shift - np.array([advance("−", height), 0.0])
        before = _nearest(ground, text, Slot(_BLANK, False, shift, 0, 0), " −+")
    if not last.raised:
        shift = last.shift + np.array([advance(last.character, height), 0.0])
        behind = _nearest(ground, text, Slot(_BLANK, False, shift, 0, 0), " .0123456789")
    return before, behind


def _nearest(ground: _Ground, text: Text, slot: Slot, rivals: str) -> tuple[str, float]:
    """Return the character nearest to the pixels, and the claimed one's distance over that of the best other."""
    glance, height = ground.glance, ground.glance.row.height or 1.0
    shapes = {c: text.pixels(slot.glyph(c, height)) for c in rivals if c != _BLANK}
    window = glance.window(np.concatenate(list(shapes.values())), 1.0)
    seen, free = ground.part(window)
    rest = np.concatenate([text.points[: slot.first], text.points[slot.last :]])
    around = coverage(rest, window) if len(rest) else np.zeros(window.shape, SINGLE)
    if slot.character == _BLANK:
        if free.all() and float(((seen - around) ** 2).sum()) < _EMPTY * _least_ink(rivals, height, glance.facts.unit):
            return _BLANK, 0.0  # every other one would be farther from the pixels
        free = free & glance.told(window)  # on a body of its own colour, a bar beside it, nothing would be a sign
    if glance.travelling and any(_share_of(coverage(p, window), free) < _LEAST_SEEN for p in shapes.values()):
        return slot.character, 0.0  # on its way past something; it is read where it is seen
    drawn = {c: np.maximum(around, coverage(p, window)) for c, p in shapes.items()} | (
        {_BLANK: around} if _BLANK in rivals else {}
    )
    far = {c: float(np.sqrt((((seen - d) ** 2)[free]).sum())) for c, d in drawn.items()}
    other = min(v for c, v in far.items() if c != slot.character)
    return min(far, key=lambda c: (far[c], c != slot.character)), far[slot.character] / (other or 1e-9)
