"""A piece of a train drawn larger: gears too small for teeth as discs of their true radii, in a scale of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.page import LABEL as LABEL_GAP
from scenes.parts.page import Form, Place
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import EDGE_LINE, HOLLOW, LABEL, Theme
from scenes.parts.things.base import Paint, Shown
from scenes.parts.things.decor import Decor
from scenes.parts.things.letters import room_of
from scenes.parts.things.outlined import Numbers, Outlined
from scenes.parts.things.part import Part
from scenes.parts.things.pen import Pen
from scenes.parts.things.shapes import disc
from scenes.parts.things.strips import plate

__all__ = ["SMALLEST", "Inset", "inset", "kept_of"]

Points = npt.NDArray[np.float64]
SMALLEST, LARGEST = 0.04, 0.5  # radii that an inset shows
_MOST: Final = 3  # discs in one
_GAP, _PAD, _CORNER = 0.3, 0.18, 0.1  # between discs; round them; of the frame
_NOTHING: Final = np.zeros((0, 3))


class Inset(Outlined):
    """A disc whose radius is scale x |gradient|, solid for plus, hollow for minus."""

    kind = "inset"
    roles: ClassVar[tuple[str, ...]] = ("radius",)

    def __init__(self, source: Quantity, scale: Scale, *, origin: tuple[float, float], theme: Theme) -> None:
        colour = theme.colour("gradient")
        paints = [Paint(theme.mixed(colour, HOLLOW[1])), Paint(colour)]
        super().__init__([(source, scale)], origin=origin, sizes={"rim": HOLLOW[0]}, paints=paints)

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return wash and ink."""
        radius, centre = abs(drawn["radius"]), np.zeros(3)
        if drawn["radius"] > 0:
            return [_NOTHING, disc(centre, radius)]
        rim = min(sizes["rim"], radius / 2)
        return [disc(centre, radius), disc(centre, radius, radius - rim)] if radius else [_NOTHING, _NOTHING]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return the radius, negative where it is hollow."""
        wash, ink = shapes
        return {"radius": float(np.ptp(ink[:, 0])) / 2 * (-1.0 if len(wash) else 1.0) if len(ink) else 0.0}


def kept_of(pen: Pen, names: Sequence[str], scale: str) -> list[str]:
    """Return which of some gradients, in their order, an inset shows: those that its scale makes fit, largest first."""
    unit = pen.scales[scale]
    fitting = [n for n in names if SMALLEST <= unit.length(pen.quantities[n].number) <= LARGEST]
    shown = sorted(fitting, key=lambda n: -abs(pen.quantities[n].number))[:_MOST]
    return [n for n in names if n in shown]


def inset(pen: Pen, names: Sequence[str], scale: str, words: str) -> Part | None:
    """Return the gears of some gradients, drawn larger in a frame: those that a scale makes fit, the largest first.

    Parameters
    ----------
    names
        Gradients, first to last.
    words
        Key of the words over it that say how much larger.
    """
    unit, kept = pen.scales[scale], kept_of(pen, names, scale)
    if not kept:
        return None
    radii = [unit.length(pen.quantities[n].number) for n in kept]
    labels = [pen.symbol(n, height=LABEL) for n in kept]
    rooms = [max(r, room_of(label).across.least / 2) for r, label in zip(radii, labels, strict=True)]
    at = np.cumsum([0.0, *(a + b + _GAP for a, b in pairwise(rooms))])
    at = at - (at[0] - rooms[0] + at[-1] + rooms[-1]) / 2
    said = pen.words(words, height=LABEL, colour="quiet", align="centre")
    half = max(float(at[-1]) + rooms[-1], room_of(said).across.least / 2) + _PAD
    high, gap = max(radii), LABEL_GAP.before + LABEL_GAP.after + LABEL
    up, down = high + _PAD, high + gap + _PAD + 0.3 * LABEL

    def draw(place: Place, scales: Mapping[str, Scale]) -> tuple[Shown, ...]:
        frame = plate(2 * half, up + down, _CORNER)
        inner = plate(2 * half - EDGE_LINE, up + down - EDGE_LINE, _CORNER - EDGE_LINE / 2)[::-1]
        middle = np.array([place.x, place.y + (up - down) / 2, 0.0])
        box = Decor([Paint(pen.theme.colour("grid"))], [np.concatenate([frame, inner]) + middle])
        spots = [(place.x + float(x), place.y) for x in at]
        discs = [
            Inset(pen.quantities[n], scales[scale], origin=s, theme=pen.theme) for n, s in zip(kept, spots, strict=True)
        ]
        for label, (x, y) in zip(labels, spots, strict=True):
            label.at(x, y - high - gap)
        said.at(place.x, place.y + up + LABEL_GAP.least)
        return (box, said, *discs, *labels)

    return Part(f"inset {scale}", Form.fixed(half, half, up + LABEL_GAP.least + 1.3 * LABEL, down), draw=draw)
