"""Lettering as parts of a page: numbers, symbols and words that say how much room they need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np

from scenes.parts.page import Form, Need, Place
from scenes.parts.recipe.quantity import Role
from scenes.parts.theme import LABEL, NAME, VALUE
from scenes.parts.things.base import Shown, Source
from scenes.parts.things.letter_pen import LetterPen, Shade
from scenes.parts.things.lettering import FLUSH, Align, Lettering, Operator
from scenes.parts.things.part import Part
from scenes.parts.things.readout import Form as Written
from scenes.parts.type.lines import How, extent, longest, set_lines
from scenes.parts.type.numbers import with_longest
from scenes.parts.type.typeset import Style
from scenes.parts.type.widths import narrowest_widths

__all__ = ["live", "name_of", "number", "room_of", "sign", "symbol", "words"]

LOWEST = 0.3  # of the height of a letter: room that every line keeps under it, so that no tail moves a neighbour
_SIDE = 1e-6
_AROUND = 0.09  # from a sign of equality to what stands at its sides


def room_of(piece: Lettering) -> Form:
    """Return what a piece of lettering on one line needs about the point that is placed."""
    height, low = piece.height_of_type, LOWEST * piece.height_of_type
    ink = extent(np.concatenate([p.points for p in piece.submobjects]) - piece.offset)
    if not ink:
        return Form.fixed(up=height, down=low)
    left, bottom, right, top = ink
    return Form.fixed(max(0.0, -left), max(0.0, right), max(height, top), max(low, -bottom))


def _fixed(name: str, piece: Lettering) -> Part:
    def draw(place: Place, _: object) -> Sequence[Shown]:
        return [piece.at(place.x, place.y)]

    return Part(name, room_of(piece), draw=draw)


def number(
    pen: LetterPen,
    name: str,
    *,
    height: float | tuple[float, ...] = VALUE,
    form: Written | tuple[Written, ...] = "number",
    align: Align = "centre",
    full: bool = False,
    as_swept: bool = False,
    colour: Shade = "auto",
    aside: float = 0.0,
    called: str = "",
) -> Part:
    """Return the value of a quantity at rest; ``called`` is the name of the part where a page has the number twice.

    It stands ``aside`` of its place, to the right; ``as_swept``: with the decimals of one that a sweep moves. Several
    forms are tried in their order: with its symbol, say, or alone where there is less room; then the last of them in
    other heights.
    """
    forms: tuple[Written, ...] = (form,) if isinstance(form, str) else form
    tall, *lower = height if isinstance(height, tuple) else (height,)
    made = partial(pen.readout, name, align=align, full=full, as_swept=as_swept, colour=colour)
    pieces = [made(form=each, height=tall) for each in forms] + [made(form=forms[-1], height=each) for each in lower]

    def draw(place: Place, _: object) -> Sequence[Shown]:
        return [pieces[place.form].at(place.x + aside, place.y)]

    def room(piece: Lettering) -> Form:
        (before, after, *_), upright = room_of(piece)
        return Form(Need(max(0.0, before - aside), max(0.0, after + aside)), upright)

    return Part(called or f"number {name}", *map(room, pieces), draw=draw)


def live(
    pen: LetterPen,
    source: Source,
    moments: Iterable[float],
    *,
    height: float = VALUE,
    symbol: str = "",
    align: Align = "point",
    called: str = "",
) -> Part:
    """Return a number that a sweep moves, with the room of its widest moment.

    Its decimal point stays where it is, so that without a sign it stands about the origin; or its left or right end,
    or its middle.

    Parameters
    ----------
    moments
        The values that it takes on its way; the widest of them, written out, says how much room is kept.
    symbol
        A quantity whose symbol stands before it, with a sign of equality.
    """
    piece, moments = pen.live_readout(source, height=height, align=align, is_alone=True), with_longest(moments)
    bare = [max(side) for side in zip(*(piece.sides_of(abs(value)) for value in moments), strict=True)]
    point = (bare[0] - bare[1]) / 2 if align == "point" else 0.0  # from the origin
    sides = [(left - point, right + point) for left, right in map(piece.sides_of, moments)]
    if align in ("left", "right"):
        sides = [((0.0, left + right), (left + right, 0.0))[align == "right"] for left, right in sides]
    elif align == "centre":
        sides = [((left + right) / 2,) * 2 for left, right in sides]
    low, top = room_of(piece).upright.after, max(height, *map(piece.top_of, moments))
    widest = Form(Need(*(max(side) for side in zip(*sides, strict=True))), Need(top, low))
    left = widest.across.before
    before: list[Lettering] = []
    if symbol:
        sign, name = pen.sign("=", height=height), pen.symbol(symbol, height=height, align="right")
        before, half = [sign, name], room_of(sign).across.least / 2
        reach = left + 2 * (_AROUND + half) + room_of(name).across.least
        widest = Form(widest.across._replace(before=reach), Form.widest(widest, *map(room_of, before)).upright)

    def draw(place: Place, _: object) -> Sequence[Shown]:
        if before:
            sign.at(place.x - left - _AROUND - half, place.y)
            name.at(place.x - left - 2 * (_AROUND + half), place.y)
        return [*before, piece.at(place.x + point, place.y)]

    return Part(called or f"number {source.now.name}", widest, draw=draw)


def symbol(
    pen: LetterPen,
    name: str,
    *,
    height: float | tuple[float, ...] = NAME,
    colour: Shade = "auto",
    align: Align = "centre",
    called: str = "",
) -> Part:
    """Return the symbol of a quantity; of several heights the first is taken for which there is room."""
    heights = height if isinstance(height, tuple) else (height,)
    pieces = [pen.symbol(name, height=each, colour=colour, align=align) for each in heights]

    def draw(place: Place, _: object) -> Sequence[Shown]:
        return [pieces[place.form].at(place.x, place.y)]

    return Part(called or f"symbol {name}", *map(room_of, pieces), draw=draw)


def sign(pen: LetterPen, of: Operator, *, height: float = VALUE, colour: Role = "ink", called: str = "") -> Part:
    """Return a sign of arithmetic; ``called`` is the name of the part where a page has it twice."""
    return _fixed(called or f"sign {of}", pen.sign(of, height=height, colour=colour))


def name_of(pen: LetterPen, key: str, *, colour: Role = "quiet", align: Align = "centre", called: str = "") -> Part:
    """Return what a function or a loss is called on screen, small; ``key`` is one of the clip's names."""
    return _fixed(called or f"name {key}", pen.name(key, height=LABEL, colour=colour, align=align))


def words(
    pen: LetterPen,
    key: str,
    *,
    height: float = LABEL,
    colour: Role = "ink",
    style: Style = "words",
    align: Align = "left",
    most: int = 3,
    within: float | None = None,
    least: int = 1,
    local: dict[str, str] | None = None,
    called: str = "",
) -> Part:
    """Return the words of the settings at a key, on one line or, where there is less room, on up to ``most``.

    Parameters
    ----------
    within
        The width that they have for themselves, where nothing else stands in their line: it decides.
    least
        On so many lines at least, if they have as many words.
    """
    text = pen.says(key, local)
    how: How = {"style": style, "family": pen.theme.family, "flush": FLUSH[align]}
    widths = narrowest_widths(text, height, 1, **how)
    if within is None or widths[0] > within:
        widths = narrowest_widths(text, height, most, **how)
    if within is not None:
        widths = tuple(width for width in widths if width <= within)[:1] or widths[-1:]
    widths = widths[least - 1 :] or widths[-1:]

    made = partial(pen.words, key, height=height, colour=colour, style=style, align=align, local=local)

    def draw(place: Place, _: object) -> Sequence[Shown]:
        return [made(max_width=widths[place.form] + _SIDE).at(place.x, place.y)]

    def form(width: float) -> Form:
        block = set_lines(text, height, width + _SIDE, **how)
        left, _, right, _ = block.ink or (0.0, 0.0, block.width, 0.0)
        wide, over = max(block.width, right), max(0.0, -left)
        share = {"left": 0.0, "centre": 0.5, "right": 1.0, "point": 0.0}[align]
        return Form.fixed(
            share * wide + over, (1 - share) * wide, block.above, block.below + block.step * (len(block.lines) - 1)
        )

    def shortened(width: float) -> str:
        return longest(text, height, width, most, **how)

    return Part(called or f"words {key}", *map(form, widths), draw=draw, shortened=shortened)
