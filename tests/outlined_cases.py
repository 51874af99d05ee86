"""Three kinds of thing on the base for outlines, each with its audit, and a stage that shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import numpy as np
import numpy.typing as npt
from film_cases import Film, filmed

import scenes.parts.stage.guard as guard
import studio.audit.kinds as audited
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.motions import Appear, SweepTo
from scenes.parts.stage.stage import Stage
from scenes.parts.things.base import Paint
from scenes.parts.things.outlined import Numbers, Outlined, Spot
from scenes.parts.things.shapes import arc, polygon, polyline, rectangle
from studio.audit.kind import Kind
from studio.audit.outlined import Outlined as AuditedOutlined
from studio.audit.outlined import Shape

Points = npt.NDArray[np.float64]
NOTHING = np.zeros((0, 3))
UP, RIGHT = np.array([0.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0])


class Slab(Outlined):
    """A rectangle from the origin: to the right for plus, up for plus."""

    kind = "slab"
    roles = ("width", "height")

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        w, h = RIGHT * drawn["width"], UP * drawn["height"]
        return [polygon([0 * w, w, w + h, h])]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        width, height, _ = shapes[0][8]  # the third corner
        return {"width": width, "height": height}


class Beam(Outlined):
    """A band to the right of the origin, so thick as its number says: solid for plus, hollow for minus."""

    kind = "beam"
    roles = ("thickness",)

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        band, edge = rectangle(np.zeros(3), RIGHT * sizes["length"], abs(drawn["thickness"])), sizes["edge"]
        rim = rectangle(RIGHT * edge, RIGHT * (sizes["length"] - edge), abs(drawn["thickness"]) - 2 * edge)
        solid = drawn["thickness"] > 0
        return [NOTHING if solid else band, band if solid else np.concatenate([band, rim[::-1]])]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        wash, ink = shapes
        return {"thickness": np.ptp(ink[:16, 1]) * (-1.0 if len(wash) else 1.0)}


class Needle(Outlined):
    """A bow from twelve o'clock, clockwise for plus."""

    kind = "needle"
    roles = ("turn",)

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        return [bow(drawn["turn"], sizes)]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        start, end = (shapes[0][i] for i in (0, len(shapes[0]) // 2 - 5))
        return {"turn": float(np.arctan2(end[0], end[1]) - np.arctan2(start[0], start[1]))}


def bow(turn: float, sizes: Numbers) -> Points:
    top, radius, half = np.pi / 2, sizes["radius"], sizes["ring"] / 2
    outer, inner = (arc(np.zeros(3), r, top, top - turn) for r in (radius + half, radius - half))
    inner = inner[::-1]
    return np.concatenate([outer, polyline([outer[-1], inner[0]]), inner, polyline([inner[-1], outer[0]])])


class AuditedSlab(AuditedOutlined):
    roles = Slab.roles

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        w, h = drawn["width"], drawn["height"]
        return [Shape(polyline(np.array([[0, 0, 0], [w, 0, 0], [w, h, 0], [0, h, 0], [0, 0, 0]])), body=True)]


class AuditedBeam(AuditedOutlined):
    roles = Beam.roles

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        wash, ink = Beam.shapes(drawn, sizes)
        return [Shape(wash, body=True), Shape(ink)]


class AuditedNeedle(AuditedOutlined):
    roles, angles = Needle.roles, frozenset(Needle.roles)

    def shapes(self, drawn: Numbers, sizes: Numbers) -> Sequence[Shape]:
        return [Shape(bow(drawn["turn"], sizes))]


NEW = {"slab": (Slab, AuditedSlab()), "beam": (Beam, AuditedBeam()), "needle": (Needle, AuditedNeedle())}


@contextmanager
def known() -> Iterator[None]:
    """Add the three kinds to both tables for a while."""
    things = {thing for thing, _ in NEW.values()}
    objects: dict[str, Kind] = {name: kind for name, (_, kind) in NEW.items()}
    with mock.patch.object(guard, "KINDS", guard.KINDS | things), mock.patch.dict(audited.KINDS, objects):
        yield


# -- a stage that shows them ------------------------------------------------------------------------------------------


def on_a_train(stage: Stage) -> None:
    """Slabs, beams and bows of fixed numbers, of both signs; then x moves, and three of them with it."""
    scale, sweep = stage.pen.scales["scale"], Sweep(0.0, stage.clip.sweeps()["x"].quantities)
    given, amber, blue = stage.quantities, Paint("#FEB251"), Paint("#199DFF")
    hollow = [Paint("#34291B"), amber]
    long, ring = {"length": 3.0, "edge": 0.028}, {"radius": 0.9, "ring": 0.14}
    fixed = [
        Slab([(given["h"], scale), (given["dL_dy"], scale)], origin=(-5.0, 1.0), paints=[amber]),
        Beam([(given["dL_dh"], scale)], origin=(-1.5, 0.5), sizes=long, paints=hollow),
        Beam([(given["dL_dy"], scale)], origin=(-1.5, -1.0), sizes=long, paints=hollow),
        Needle([(given["dL_dy"], scale)], origin=(4.0, 1.0), sizes=ring, paints=[blue]),
    ]
    live = [
        Slab([(sweep["moving_dL_dh"], scale), (given["x"], scale)], origin=(-5.0, -2.0), paints=[amber]),
        Beam([(sweep["moving_dL_dx"], scale)], origin=(-2.0, -2.4), sizes=long, paints=hollow),
        Needle([(sweep["moving_dL_dy"], scale)], origin=(4.0, -1.5), sizes=ring, paints=[blue]),
    ]
    stage.open_with_title()
    with stage.beat("ask", least=1.0):
        stage.play(Appear(*fixed))
    with stage.beat("move_x", least=1.0):
        stage.play(Appear(*live, stage.pen.live_readout(sweep["moving_x"]).at(5.0, 0.0)))
        stage.play(SweepTo(sweep, 1.0, run_time=2.0))


def on_a_plot(stage: Stage) -> None:
    """A slab that goes along a curve, as wide as x and as high as what comes back there, on the plot's own axes."""
    sweep = Sweep(-2.0, stage.clip.sweeps()["x"].quantities)
    x = stage.pen.axis("x_range", ((-4.0, 0.0), (4.0, 0.0)))
    y = stage.pen.axis("h1_y", ((0.0, -2.4), (0.0, 1.0)))
    spot = Spot((sweep["h_x"], x), (sweep["h_h1"], y))
    slab = Slab(
        [(sweep["d_h1"], x.scale), (stage.quantities["stop_0_y"], y.scale)], origin=spot, paints=[Paint("#FEB251")]
    )
    stage.open_with_title()
    with stage.beat("sweep_forward", least=1.0):
        stage.play(Appear(slab, stage.pen.live_readout(sweep["h_x"]).at(5.5, -2.0)))
        stage.play(SweepTo(sweep, 2.0, run_time=2.0))


STAGES = {"PushThroughGears": on_a_train, "ToyChain": on_a_plot}


def film_of(clip: str, folder: Path, lines: int, frame_rate: float) -> Film:
    """The film of a clip with another `construct`, rendered in this process."""
    with known():
        return filmed(type(clip, (Stage,), {"construct": STAGES[clip]}), folder, lines, frame_rate)
