"""Audit rungs: each stands on its axis where its number does, and is as long as it says."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.things.shapes import rectangle, spatial
from studio.audit.drawn import Facts, Piece, on_axis
from studio.audit.edges import worst_edge
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict, nan_as_inf
from studio.audit.glance import Glance
from studio.audit.kind import Kind
from studio.audit.synthesis import Synthesis, fitted_to, place_finding, shape_finding

__all__ = ["RUNGS"]

Array = npt.NDArray[np.float64]
_ALONE: Final = 0.6  # of its own ink that one of them may differ by; one that is elsewhere lacks nearly all of it


class Rungs(Kind):
    """A short line across an axis at each number of a quantity."""

    axes, layered, carried = (1, 1), True, True

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far each line is from where its number stands, and whether there is one for each."""
        numbers = next((q.values for q in space.ledger.quantities if q.name == row.quantity), ())
        if len(numbers) != len(sample.ends) or len(numbers) != len(sample.colours):
            yield math.inf, "it has not one line for each of its numbers", sample
            return
        for value, end in zip(numbers, sample.ends, strict=True):
            said = f"a line of it does not stand at {value.repr}"
            yield nan_as_inf(space.off(row.axes[0], value.number, end)), said, sample

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return the lines where their numbers put them."""
        return _lines(row, facts) if len(row.axes) == 1 and {"half", "width"} <= set(row.sizes) else []

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield how far all of them are beside their places, what else is there, and the worst edge of one."""
        lines = self.pieces(glance.row, glance.sample, glance.facts)
        if len(lines) != len(glance.sample.colours) or not lines:
            yield glance.finding("shapes", np.inf, glance.limits.lettering, "", "it has not the pieces of its kind")
            return

        def build(by: Array) -> list[tuple[Piece, str]]:
            moved = (Piece(line.points + by, straight=True) for line in lines)
            return list(zip(moved, glance.sample.colours, strict=True))

        scene = Synthesis.of(glance, build(np.zeros(2)))
        by = fitted_to(scene, build, 2)
        yield place_finding(glance, by)
        yield shape_finding(glance, scene.misfit(build(by)))
        if glance.resting:
            yield shape_finding(glance, scene.worst_misfit(build(by)), _ALONE)
        if (worst := worst_edge(scene, build(np.zeros(2)))) is not None:
            limit = glance.limits.edge if glance.resting else glance.limits.moving_edge
            yield glance.finding("edges", worst, limit, "px", f"an edge of it lies {worst:.2f} px beside its place")


def _lines(row: ShownRow, facts: Facts) -> list[Piece]:
    feet = on_axis(row.axes[0], facts.values(row.quantity), facts)
    (_, start, end), half, width = row.axes[0], row.sizes["half"] * facts.unit, row.sizes["width"] * facts.unit
    along = np.array(end) - np.array(start)
    across = half * np.array([-along[1], along[0]]) / np.linalg.norm(along)
    return [
        Piece(rectangle(spatial(foot - across), spatial(foot + across), width)[:, :2], straight=True) for foot in feet
    ]


RUNGS: Final = Rungs()
