"""Lay out pages: the scales that fit all of them, and the richest forms of each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from scenes.parts.page.boxes import Item
from scenes.parts.page.places import Region
from scenes.parts.page.rounds import round_index, round_number
from scenes.parts.page.sheet import Chosen, Layout, Sheet

MOST, LEAST = 1e12, 1e-12  # no scale of a frame lies beyond


@dataclass(frozen=True)
class Auto:
    """A scale to be found: the largest 1, 2, 5 x 10^k up to ``most`` with which all pages fit.

    Up to ``enough`` a larger scale counts more than richer forms, beyond that less; without it, always more.
    """

    most: float = MOST
    enough: float | None = None

    def index(self, lower: int = 0) -> int:
        """Return the index of the round number so many steps below what is enough."""
        return round_index(self.most if self.enough is None else min(self.most, self.enough)) - lower


def lay_out(page: Item, room: Region, scales: Mapping[str, float | Auto] | None = None) -> Layout:
    """Lay out one page: see `lay_out_all`."""
    return lay_out_all({"": page}, room, scales)[""]


def lay_out_all(
    pages: Mapping[str, Item], room: Region, scales: Mapping[str, float | Auto] | None = None
) -> dict[str, Layout]:
    """Lay out pages that share their scales, such as those of a clip and its variants, each in the whole room.

    Raises
    ------
    RoomError
        A page does not fit even in its poorest forms.
    ValueError
        A leaf has two places, or two things of one slot are shown in one beat.
    """
    sheets, wanted = [Sheet(name, page, room) for name, page in pages.items()], dict(scales or {})
    found = _scales(sheets, wanted)
    if found is None:
        smallest = {n: round_number(round_index(LEAST)) if isinstance(s, Auto) else s for n, s in wanted.items()}
        sheet = next(sheet for sheet in sheets if sheet.forms(smallest) is None)
        raise sheet.fault(smallest, _smaller(sheets, wanted))
    return {sheet.name: sheet.laid(forms, found[0]) for sheet, forms in zip(sheets, found[1], strict=True)}


def _smaller(sheets: Sequence[Sheet], wanted: Mapping[str, float | Auto]) -> dict[str, float]:
    """Return which typed scales would do if they were smaller, and how large each may then be."""
    typed = {name: scale for name, scale in wanted.items() if not isinstance(scale, Auto) and scale > LEAST}
    found = {name: _scales(sheets, {**wanted, name: Auto(most=scale)}) for name, scale in typed.items()}
    return {name: fit[0][name] for name, fit in found.items() if fit}


def _scales(
    sheets: Sequence[Sheet], wanted: Mapping[str, float | Auto]
) -> tuple[dict[str, float], list[Chosen]] | None:
    """Return the scales and the forms of the pages, None if nothing fits.

    All are lowered together from what is enough until the pages fit; with the forms that then are the richest, each in
    turn is raised as far as it goes.
    """
    autos = {name: scale for name, scale in wanted.items() if isinstance(scale, Auto)}
    span = max((auto.index() - round_index(LEAST) for auto in autos.values()), default=0)

    def at(lower: int) -> dict[str, float]:
        return {n: round_number(s.index(lower)) if isinstance(s, Auto) else s for n, s in wanted.items()}

    @cache
    def forms(lower: int) -> list[Chosen] | None:
        each = [sheet.forms(at(lower)) for sheet in sheets]
        return [form for form in each if form is not None] if None not in each else None

    lower = bisect_left(range(span + 1), True, key=lambda steps: forms(steps) is not None)
    scales, chosen = at(lower), forms(lower)
    if lower > span or chosen is None:
        return None
    for name, auto in autos.items():
        start = auto.index(lower)

        def too_large(index: int, name: str = name) -> bool:
            tried = {**scales, name: round_number(index)}
            return not all(sheet.fits(form, tried) for sheet, form in zip(sheets, chosen, strict=True))

        larger = range(start + 1, round_index(auto.most) + 1)
        scales[name] = round_number(start + bisect_left(larger, True, key=too_large))
    return scales, chosen
