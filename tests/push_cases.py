"""Stages with what shows a push, and their films: a train with ribbons and areas, and a curve with its slope."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import pi
from pathlib import Path
from typing import Final
from unittest import mock

from dial_cases import film_of as dial_film_of
from dial_cases import put, stated
from film_cases import Film, filmed

from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.recipe.terms import Moving
from scenes.parts.settings.override import THEME
from scenes.parts.settings.push_through_gears import PushThroughGears
from scenes.parts.settings.toy_chain import ToyChain
from scenes.parts.stage.motions import Appear, SweepTo
from scenes.parts.stage.stage import Stage
from scenes.parts.theme import HOLLOW, LABEL
from scenes.parts.things.area import Area, area
from scenes.parts.things.base import Paint, Shown, Source
from scenes.parts.things.dial import dial
from scenes.parts.things.gate import gate
from scenes.parts.things.outlined import Spot
from scenes.parts.things.ribbon import Ribbon
from scenes.parts.things.slope import Slope, SlopeShade

SCALES: Final = {"dial": Scale("dial", pi / 2), "ribbon": Scale("ribbon", 0.4)}
AREA: Final = Scale("area", 1.4)
HALF: Final = 1.4  # from a dial to a gate, in frame units


@contextmanager
def scaled() -> Iterator[None]:
    """Let the settings of both clips state what is measured with and at, for the stage and for the audit."""
    toy, train, plain, table = ToyChain.scales, PushThroughGears.scales, ToyChain.ranges, ToyChain.table

    def of_toy(clip: ToyChain) -> Mapping[str, Scale]:
        return {**toy(clip), **SCALES}

    def ranges(clip: ToyChain) -> Mapping[str, tuple[float, float]]:
        return {**plain(clip), "wide": (-2.0, 2.0)}

    def rows(clip: ToyChain) -> Mapping[str, Row]:
        """What is at two flat places of the chain: where its tanh is flat, and where its square is."""
        at, zero = clip.chain.at(clip.given("x_range", 0)), clip.chain.at(Moving("x", 0.0))
        more = {"tanh_h": at.value("h1"), "tanh_y": at.value("y"), "tanh_slope": at.delta("h1")}
        more |= {"square_in": zero.delta("h2"), "square_slope": zero.slope("h2"), "square_out": zero.delta("h1")}
        more |= {f"along_{node}": clip.along.value(node) for node in ("h1", "h2")}
        return {**table(clip), **{name: Row(name[-1], term) for name, term in more.items()}}

    def of_train(clip: PushThroughGears) -> Mapping[str, Scale]:
        return {**train(clip), "area": AREA}

    toys = mock.patch.multiple(ToyChain, scales=of_toy, ranges=ranges, table=rows)
    with toys, mock.patch.object(PushThroughGears, "scales", of_train), stated():
        yield


def ribbon(stage: Stage, out: Source, into: Source, x: float, y: float) -> Ribbon:
    """A ribbon from dial to dial, with its gate in the middle."""
    scale, colour = stage.pen.scales["ribbon"], stage.theme.colour("gradient")
    return Ribbon(out, into, scale, origin=(x, y), left=HALF, right=HALF, theme=stage.theme, colour=colour)


def train(stage: Stage) -> None:
    """Two plates over ribbons that lie under dials, and areas; then x moves, and two things with it."""
    given, pen = stage.pen.quantities, stage.pen
    sweep = Sweep(1.0, stage.clip.sweeps()["x"].quantities)
    names, gates = "zhy", [-5.0 + HALF, -5.0 + 3 * HALF]
    posts = [put(stage, gate(pen, f"local_{i + 1}"), x, 1.7) for i, x in enumerate(gates)]
    ends = [(given[f"dL_d{a}"], given[f"dL_d{b}"]) for a, b in ("zh", "hy")]
    pushes = [ribbon(stage, out, into, x, 0.8) for (out, into), x in zip(ends, gates, strict=True)]
    dials = [put(stage, dial(pen, name), -5.0 + 2 * HALF * i, 0.8) for i, name in enumerate(names)]
    areas = [*put(stage, area(pen, "dL_dw1", "x", "dL_dz", scale="area"), -5.2, -0.04)]
    areas += put(stage, area(pen, "dL_dw2", "h", "dL_dy", scale="area"), -1.8, -0.04)
    areas.append(pen.readout("dL_dw1", height=LABEL, colour="body").at(-5.2, -0.85))
    areas.append(pen.readout("local_3", height=LABEL).at(-1.8, -1.4))
    live: list[Shown] = [ribbon(stage, sweep["moving_dL_dx"], sweep["moving_dL_dy"], 4.5, 0.8)]
    paints = [Paint(c) for c in _pairs(stage, "gradient", "value", "gradient", "gradient")]
    sizes = {"gap": 0.05, "aside": 0.05, "side": 0.09, "rim": HOLLOW[0]}
    sides = [(sweep[f"moving_dL_d{name}"], pen.scales["area"]) for name in "hy"]
    live.append(Area(sides, origin=(3.8, -0.55), sizes=sizes, paints=paints))
    stage.open_with_title()
    with stage.beat("ask", least=1.0):
        stage.play(Appear(*_flat(posts), *pushes, *_flat(dials), *areas))
    with stage.beat("move_x", least=1.0):
        stage.play(Appear(*live, pen.live_readout(sweep["moving_x"]).at(6.2, 2.0)))
        stage.play(SweepTo(sweep, 0.0, run_time=1.0))


def curve(stage: Stage) -> None:
    """Slopes on a curve, one falling; then x moves through 0, and with it the other slope and a ribbon."""
    pen, sweep = stage.pen, Sweep(1.2, stage.clip.sweeps()["x"].quantities)
    across = pen.axis("wide", ((-6.6, 0.0), (-1.4, 0.0)))
    up = pen.axis("wide", ((0.0, -3.2), (0.0, 2.0)))
    across2 = pen.axis("wide", ((1.0, 0.0), (4.2, 0.0)))
    up2 = pen.axis("wide", ((0.0, -2.6), (0.0, 0.9)))
    across3, up3 = pen.axis("wide", ((5.6, 0.0), (5.84, 0.0))), pen.axis("wide", ((0.0, -2.6), (0.0, -2.36)))
    spot = Spot((sweep["h_h1"], across), (sweep["h_h2"], up))
    still = Spot((pen.quantities["tanh_h"], across2), (pen.quantities["tanh_y"], up2))
    small = Spot((pen.quantities["tanh_h"], across3), (pen.quantities["tanh_y"], up3))
    ink = stage.theme.colour("ink")
    shades = [
        SlopeShade(sweep["d_h1"], spot=spot, theme=stage.theme, colour=ink),
        SlopeShade(pen.quantities["tanh_slope"], spot=still, theme=stage.theme, colour=ink),
    ]
    lines = [pen.curve("along_h2", up, "along_h1", across), pen.curve("along_h2", up2, "along_h1", across2)]
    slopes = [
        Slope(sweep["d_h1"], spot=spot, theme=stage.theme, colour=ink),
        Slope(pen.quantities["tanh_slope"], spot=still, theme=stage.theme, colour=ink),
        Slope(pen.quantities["square_in"], spot=small, theme=stage.theme, colour=ink),
    ]
    push = ribbon(stage, sweep["d_x"], sweep["d_h2"], -4.0, -2.2)
    zero = ribbon(stage, pen.quantities["square_out"], pen.quantities["square_in"], 5.5, -1.0)
    post = put(stage, gate(pen, "square_slope"), 5.5, -0.1)
    stage.open_with_title()
    with stage.beat("show_functions", least=1.0):
        stage.play(Appear(*shades, *lines, *slopes, *post, push, zero, pen.live_readout(sweep["h_x"]).at(5.8, 1.4)))
    with stage.beat("draw_curve", least=1.0):
        stage.play(SweepTo(sweep, -0.8, run_time=1.0))


def _pairs(stage: Stage, *roles: str) -> Iterator[str]:
    for role in roles:
        colour = stage.theme.colour(role)
        yield from (stage.theme.mixed(colour, HOLLOW[1]), colour)


def _flat(groups: list[tuple[Shown, ...]]) -> list[Shown]:
    return [shown for group in groups for shown in group]


def train_film(folder: Path, lines: int, frame_rate: float, theme: str = "dark") -> Film:
    """The film of the train."""
    with scaled():
        return dial_film_of(train, folder, lines, frame_rate, theme)


def curve_film(folder: Path, lines: int, frame_rate: float, theme: str = "dark") -> Film:
    """The film of the curve."""
    with scaled(), mock.patch.dict(os.environ, {THEME: theme}):
        return filmed(type("ToyChain", (Stage,), {"construct": curve}), folder, lines, frame_rate)
