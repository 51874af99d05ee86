"""A stage with dials, gates and what lies about them, and films of it: two scales more than the clip states."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from math import pi
from pathlib import Path
from typing import Any, Final
from unittest import mock

import numpy as np
from film_cases import Film, filmed
from gear_film_cases import Lie
from stage_cases import storyboard_of

from scenes.parts.film.ledger import Ledger, SampleRow, ShownRow, parse_ledger
from scenes.parts.measure import Scale
from scenes.parts.page import Place
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.terms import Term
from scenes.parts.settings import load
from scenes.parts.settings.loader import _load
from scenes.parts.settings.override import THEME
from scenes.parts.settings.push_through_gears import PushThroughGears
from scenes.parts.stage.stage import Stage
from scenes.parts.things.base import Shown
from scenes.parts.things.part import Part
from studio.audit.drawn import Facts, Piece
from studio.audit.kinds import pieces_of

Construct = Callable[[Stage], None]
Plain = dict[str, Any]
CLIP: Final = "PushThroughGears"
DIAL, RIBBON = Scale("dial", pi / 2), Scale("ribbon", 0.74)


@contextmanager
def stated() -> Iterator[None]:
    """Let the clip state two scales and a range of y, and y and L follow x, on the stage and in the audit."""
    plain = PushThroughGears.scales

    def more(clip: PushThroughGears) -> Mapping[str, Scale]:
        return {**plain(clip), "dial": DIAL, "ribbon": RIBBON}

    def ranges(clip: PushThroughGears) -> Mapping[str, tuple[float, float]]:
        return {"y_range": (-1.0, 1.0)}

    def moving(clip: PushThroughGears, x: Term) -> Mapping[str, Row]:
        run = clip.run.but(x=x)
        more = {"moving_y": Row("y", run.value("y")), "moving_L": Row("L", run.value("L"), "loss")}
        return {**rows(clip, x), **more}

    rows = PushThroughGears._moving_rows
    changes = {"scales": more, "ranges": ranges, "_moving_rows": moving}
    _load.cache_clear()  # clips keep what they computed
    with mock.patch.multiple(PushThroughGears, **changes):
        yield
    _load.cache_clear()


def put(stage: Stage, part: Part, x: float, y: float) -> tuple[Shown, ...]:
    """A part where a page would put it."""
    part.put(Place(part.name, x, y, 1.0, 1.0, 1.0, 1.0), stage.pen.scales)
    return part.shown


def film_of(construct: Construct, folder: Path, lines: int, frame_rate: float, theme: str = "dark") -> Film:
    """The film of a clip with another `construct`, rendered in this process."""
    board = storyboard_of(load().clip(CLIP).scene)
    with stated(), mock.patch.dict(os.environ, {THEME: theme}):
        return filmed(type(CLIP, (board,), {"construct": construct}), folder, lines, frame_rate)


# -- lies -------------------------------------------------------------------------------------------------------------


def edited(ledger: Ledger, kind: str, edit: Callable[[Plain, Plain], object]) -> Ledger:
    """A ledger in which the row of the first thing of a kind, and its first sample, are changed."""
    plain = copy.deepcopy(ledger.model_dump(mode="json"))
    row = next(row for row in plain["shown"] if row["kind"] == kind)
    edit(row, next(sample for span in row["spans"] for sample in span["samples"]))
    return parse_ledger(json.dumps(plain), "a forged ledger")


def number_changed(by: float, role: int = 0, *, degrees: bool = False) -> Lie:
    """The outlines of a number that is larger than it claims, by so many pixels or degrees."""

    def lie(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        values = [value for value in (sample.value, *sample.values) if value]
        off = np.radians(by) if degrees else by / facts.unit
        scale = [row.scale or 1.0, *(number.scale for number in row.numbers)][role]
        values[role] = values[role].model_copy(update={"hex": (values[role].number + off / scale).hex()})
        return pieces_of(row, sample.model_copy(update={"value": values[0], "values": tuple(values[1:])}), facts)

    return lie


def of_the_other_sign(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """What the negative of its number would look like."""
    assert sample.value is not None
    other = sample.value.model_copy(update={"hex": (-sample.value.number).hex()})
    return pieces_of(row, sample.model_copy(update={"value": other}), facts)


def beside(pixels: float) -> Lie:
    """A thing to the right of its place."""
    step = np.array([pixels, 0.0])
    return lambda row, sample, facts: [
        Piece(p.points + step if len(p.points) else p.points, p.stroke) for p in pieces_of(row, sample, facts)
    ]


def sized(**changes: float) -> Lie:
    """The outlines of other sizes, in frame units."""
    return lambda row, sample, facts: pieces_of(
        row.model_copy(update={"sizes": {**row.sizes, **changes}}), sample, facts
    )
