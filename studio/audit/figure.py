"""The base of the audits of what shows no number: outlines about an origin that follow from sizes alone.

The other half of `scenes.parts.things.figure`: the shapes are measured like those that follow from numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from studio.audit.drawn import Piece
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict, nan_as_inf
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.outlined import Numbers, Outlined, Shape, box_error
from studio.audit.synthesis import Synthesis, fitted_to

__all__ = ["Figure"]

Array = npt.NDArray[np.float64]


class Figure(Outlined):
    """Outlines that follow from sizes.

    Attributes
    ----------
    measured
        Which of its sizes are measured in the frames, beside its place and its shape.
    """

    valued = False
    measured: ClassVar[tuple[str, ...]] = ()

    def figure(self, sizes: Numbers) -> Sequence[Shape]:
        """Return a shape for each colour, in the order in which they are painted."""
        raise TypeError(f"{type(self).__name__} says no figure")

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return the figure: nothing in it follows from a number."""
        return self.figure(sizes)

    def unstated(self, space: Space, row: ShownRow) -> str:
        """Return what is wrong with what it claims to measure, which is nothing."""
        if row.scale is not None or row.numbers or row.axes:
            return "it claims to measure something, and its kind shows no number"
        return Kind.unstated(self, space, row)

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield whether it says where it is, and how far its box is from that of its outlines."""
        if len(sample.ends) != 1 or sample.shown is not None or sample.value is not None:
            yield math.inf, "it does not say where its origin is, or claims to show a number", sample
            return
        points = [space.pixels(shape.points, sample.ends[0]) for shape in self.figure(row.sizes) if len(shape.points)]
        yield nan_as_inf(box_error(points, sample)), "its outlines are not those that its sizes give", sample

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield place, shape and edges, and how much larger its sizes are drawn than they should be."""
        yield from super().check(glance)
        row, sample, facts = glance.row, glance.sample, glance.facts
        if not self.measured or not self.pieces(row, sample, facts):
            return
        origin, names = np.array(sample.ends[0]), self.measured

        def build(by: Array) -> list[tuple[Piece, str]]:
            sizes = {
                **row.sizes,
                **{name: row.sizes[name] + px / facts.unit for name, px in zip(names, by, strict=True)},
            }
            pieces = self._pieces({}, sizes, origin, facts)
            return [(p, c) for p, c in zip(pieces, sample.colours, strict=True) if len(p.points)]

        by = fitted_to(Synthesis.of(glance, build(np.zeros(len(names)))), build, len(names))
        limit = glance.limits.length if glance.resting else glance.limits.moving_length
        for name, off in zip(names, by, strict=True):
            said = f"its {name} is {off:+.2f} px larger than it says"
            yield glance.finding("lengths", abs(float(off)), limit, "px", said)
