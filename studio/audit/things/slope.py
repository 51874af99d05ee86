"""Audit the slope at a point: its bar on the side of its sign, the tangent through the point, and the shade."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import ShownRow
from studio.audit.drawn import Piece
from studio.audit.finding import Finding
from studio.audit.geometry import Space
from studio.audit.glance import Glance
from studio.audit.limits import SHORT
from studio.audit.outlined import Numbers, Outlined, Shape, of_axis
from studio.audit.synthesis import Synthesis, fitted_to

__all__ = ["LEGS", "SHADE", "SLOPE"]

Array = npt.NDArray[np.float64]
_NOTHING: Final = np.zeros((0, 2))
_STARTS: Final = tuple(range(-6, 7, 2))  # pixels at its foot: farther beside its place a thin line fits nowhere


class _Run(Outlined):
    """What has a run of 1 on its axis of x, to the left of the origin, and a rise on its axis of y."""

    roles: ClassVar[tuple[str, ...]] = ("rise",)

    def unstated(self, space: Space, row: ShownRow) -> str:
        """Return what is wrong with its axes, its scale or its run."""
        if wrong := super().unstated(space, row):
            return wrong
        if len(row.axes) != 2 or not of_axis(space, row.axes[1], row.scale):
            return "its rise is not measured on its axis of y"
        return "" if of_axis(space, row.axes[0], row.sizes.get("run")) else "its run is not 1 on its axis of x"


class Shade(_Run):
    """A triangle with its right angle straight under the origin, or over it."""

    least = 6.0  # a lower one lies under the tangent and the curve, nearly all of it

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return the triangle."""
        run, rise = sizes["run"], drawn["rise"]
        return [Shape(_closed([(-run, -rise), (0.0, -rise), (0.0, 0.0)]) if rise else _NOTHING, body=True, faint=True)]

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield what the base says; so faint an area is smeared in a sweep, where the curve moves over it."""
        yield from (found for found in super().check(glance) if glance.resting or found.check != "shapes")


class Slope(_Run):
    """The upright side of the triangle is a bar, its level side a line, and the third goes on as a tangent."""

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return run, tangent, the body of a hollow bar, and the bar's ink."""
        run, rise, bar = sizes["run"], drawn["rise"], sizes["bar"]
        level = Shape(_bar((-run, -rise), (0.0, -rise), sizes["tangent"]))
        tangent = Shape(_tangent(rise, sizes))
        if rise == 0:
            return [level, tangent, Shape(_NOTHING), Shape(_NOTHING)]
        whole = _bar((0.0, -rise), (0.0, 0.0), bar)
        if rise > 0:
            return [level, tangent, Shape(_NOTHING), Shape(whole, body=True)]
        rim = min(sizes["rim"], bar / 3, -rise / 3)
        inner = _bar((0.0, -rise - rim), (0.0, rim), bar - 2 * rim)
        return [level, tangent, Shape(whole, body=True), Shape(np.concatenate([whole, inner[::-1]]))]

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield what the base says, and by how much the tangent is turned."""
        yield from super().check(glance)
        row, sample, facts = glance.row, glance.sample, glance.facts
        pieces = self.pieces(row, sample, facts)
        if len(pieces) != len(sample.colours):
            return
        sizes = {**row.sizes, **self.drawn(row, sample)}
        rise = sizes["rise"]
        reach = max(math.hypot(sizes["run"], rise), sizes["beyond"]) * facts.unit  # of its farther end

        def build(by: Array) -> list[tuple[Piece, str]]:
            turned = facts.placed(_tangent(rise, sizes, float(by[0]) / reach), np.array(sample.ends[0]))
            made = [pieces[0], Piece(turned), *pieces[2:]]
            return [(piece, colour) for piece, colour in zip(made, sample.colours, strict=True) if len(piece.points)]

        scene = Synthesis.of(glance, build(np.zeros(1)))
        if not scene.shows([Piece(facts.placed(_tangent(rise, sizes, 0.0), np.array(sample.ends[0])))]):
            return  # it lies under a curve that it touches all along
        start = min(_STARTS, key=lambda by: float((scene.rest(build(np.array([by]))) ** 2).sum()))
        found = start + float(fitted_to(scene, lambda by: build(by + start), 1)[0])
        off, limits = math.degrees(found / reach), glance.limits
        least = limits.direction if reach >= SHORT else limits.short_direction
        limit = max(least, math.degrees(limits.length / reach))  # of a short one the angle is known less well
        said = f"its tangent is turned by {off:+.2f} degrees"
        yield glance.finding("directions", abs(off), limit, "deg", said)


class Legs(Slope):
    """A triangle of which the level side is measured, too."""

    roles, unsigned, carried = ("rise", "run"), frozenset({"run"}), True

    def unstated(self, space: Space, row: ShownRow) -> str:
        """Return what is wrong with its axes or its scales."""
        if wrong := Outlined.unstated(self, space, row):
            return wrong
        scales = row.numbers[0].scale, row.scale
        fits = len(row.axes) == 2 and all(map(of_axis, (space, space), row.axes, scales))
        return "" if fits else "its sides are not measured on its two axes"

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        """Return run, tangent, the body of a hollow rise, and the ink of the rise."""
        return super().shapes(drawn, {**sizes, "run": drawn["run"]})


def _tangent(rise: float, sizes: Numbers, turn: float = 0.0) -> Array:
    """Return the line through the origin, turned by so many radians about it."""
    angle, length = math.atan2(rise, sizes["run"]) + turn, math.hypot(sizes["run"], rise)
    way = np.array([math.cos(angle), math.sin(angle)])
    (x0, y0), (x1, y1) = (-length * way).tolist(), (sizes["beyond"] * way).tolist()
    return _bar((x0, y0), (x1, y1), sizes["tangent"])


def _closed(corners: Sequence[tuple[float, float]]) -> Array:
    ends = np.array([*corners, corners[0]])
    steps = np.linspace(0.0, 1.0, 4)[None, :, None]
    return np.asarray((ends[:-1, None] * (1 - steps) + ends[1:, None] * steps).reshape(-1, 2))


def _bar(start: tuple[float, float], end: tuple[float, float], width: float) -> Array:
    """Return a straight bar of a width between two points."""
    (x0, y0), (x1, y1) = start, end
    length = math.hypot(x1 - x0, y1 - y0)
    dx, dy = -(y1 - y0) / length * width / 2, (x1 - x0) / length * width / 2
    return _closed([(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)])


LEGS: Final = Legs()
SHADE: Final = Shade()
SLOPE: Final = Slope()
