"""Frames of trains of gears painted anew, with some of their wheels or marks drawn otherwise than their ledger says."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from film_cases import Edit, Film, Picture, Pixels, together, wrong

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.plans.wheel_plan import WheelPlan
from studio.audit.drawn import Facts, Piece, ink_of
from studio.audit.frames import Window, rgb_of
from studio.audit.kinds import KINDS, drawing_of
from studio.audit.kinds import pieces_of as geared_pieces
from studio.audit.layers import Drawing, within
from studio.audit.things.wheel import Pose, Wheel

Lie = Callable[[ShownRow, SampleRow, Facts], list[Piece]]
Lies = dict[tuple[str, str], Lie]


class Forger:
    """Changes frames of a film so that some things on them are drawn otherwise, and all else as it was.

    What is added is the difference between two frames painted as the ledger says, with the lie and without, so that
    everything that lies over or under a thing stays over or under it.
    """

    def __init__(self, film: Film) -> None:
        self.film, self.facts = film, film.facts
        self.shape = film.ledger.video.height, film.ledger.video.width
        self._drawings: dict[int, Drawing | None] = {}
        self._changes: dict[tuple[int, ...], tuple[Window, Pixels]] = {}

    def plan(self, lies: Lies, states: Sequence[str] = ("resting",)) -> dict[int, list[Edit]]:
        """Edits of every frame on which one of the things is in such a state; kinds and names say which."""
        plans = []
        for (kind, name), lie in lies.items():
            row, _ = self.film.rest(kind, name)
            spans = [span for span in row.spans if span.state in states]
            frames = (frame for span in spans for frame in range(span.first, span.last + 1))
            plans.append({frame: [self._edit(frame, row, lie)] for frame in frames})
        return together(*plans)

    def checks_of(self, kind: str, name: str, nth: int, lie: Lie, target: Path) -> set[str]:
        """Which checks name a thing that lies in one of its rests; only the ends of rests are looked at."""
        row, span = self.film.rest(kind, name, nth)
        plan = {frame: [self._edit(frame, row, lie)] for frame in range(span.first, span.last + 1)}
        return {check for check, what in wrong(self.film.found_where(target, plan)) if what == name}

    def _edit(self, frame: int, row: ShownRow, lie: Lie) -> Edit:
        on_it = list(self._standing(frame))
        key = (id(row), *(id(sample) for _, sample in on_it))
        if key not in self._changes:
            self._changes[key] = self._change(on_it, row, lie)
        w, change = self._changes[key]

        def edit(rgb: Picture) -> None:
            part = rgb[w.top : w.bottom, w.left : w.right]
            part[:] = np.clip(np.rint(part + change), 0, 255)

        return edit

    def _standing(self, frame: int) -> Iterator[tuple[ShownRow, SampleRow]]:
        """Everything that rests or tracks on a frame, in the order of the ledger."""
        for row in self.film.ledger.shown:
            for span in row.spans:
                if span.first <= frame <= span.last and span.samples:
                    yield row, span.samples[frame - span.first if span.state in ("tracking", "travelling") else 0]

    def _change(self, on_it: list[tuple[ShownRow, SampleRow]], lying: ShownRow, lie: Lie) -> tuple[Window, Pixels]:
        sample = next(sample for row, sample in on_it if row is lying)
        pieces = coloured(lying, lie(lying, sample, self.facts), sample)
        points = [piece.points for piece, _ in pieces] + [np.array(sample.box).reshape(2, 2)]
        window = Window.around(np.concatenate(points), 4.0).within(self.shape[1], self.shape[0])
        honest = np.ones((*window.shape, 1)) * rgb_of(self.facts.ground)
        false = honest  # until the lie, both are one
        for row, seen in on_it:
            layers = list(self._layers(row, seen, window))
            if row is lying:
                false = honest.copy()
                paint(false, [(ink_of([p], window), rgb_of(c)) for p, c in pieces])
            elif false is not honest:
                paint(false, layers)
            paint(honest, layers)
        return window, false - honest

    def _layers(self, row: ShownRow, sample: SampleRow, window: Window) -> Iterator[tuple[Pixels, Pixels]]:
        if id(sample) not in self._drawings:
            self._drawings[id(sample)] = drawing_of(row, sample, self.facts, self.shape)
        drawing = self._drawings[id(sample)]
        for layer in drawing.layers if drawing else ():
            yield within(layer.ink, drawing.window, window), rgb_of(sample.colours[layer.colour])


def paint(canvas: Pixels, layers: Sequence[tuple[Pixels, Pixels]]) -> None:
    """Lay one thing over a picture: how much it covers, and its colour."""
    for ink, colour in layers:
        down, across = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        if len(down):  # most of what stands on a frame stands elsewhere
            where = slice(down[0], down[-1] + 1), slice(across[0], across[-1] + 1)
            canvas[where] += ink[where][..., None] * (colour - canvas[where])


def coloured(row: ShownRow, pieces: Sequence[Piece], sample: SampleRow) -> list[tuple[Piece, str]]:
    """Each piece with its colour: a wheel has one for each, a mark one for all; a slice of no turn has no piece."""
    if not pieces:
        return []
    colours = sample.colours if KINDS[row.kind].layered else [sample.colours[0]] * len(pieces)
    return [(piece, colour) for piece, colour in zip(pieces, colours, strict=True) if len(piece.points)]


# -- lies -------------------------------------------------------------------------------------------------------------


def turned(degrees: float) -> Lie:
    """A wheel turned farther than it claims."""
    return lambda row, sample, facts: geared_pieces(
        row, sample.model_copy(update={"angle": (sample.angle or 0.0) + float(np.radians(degrees))}), facts
    )


def turned_at_rim(pixels: float, least: float) -> Lie:
    """A wheel turned so that its pitch circle moves by so many pixels, but by so many degrees at least."""

    def lie(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        size = planned(row, sample, facts).pitch_radius * facts.unit
        return turned(math.copysign(max(abs(math.degrees(pixels / size)), least), pixels))(row, sample, facts)

    return lie


def aside(right: float, down: float = 0.0) -> Lie:
    """A wheel or a rack beside its place, by so many pixels."""

    def lie(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        ends = tuple((x + right, y + down) for x, y in sample.ends)
        return geared_pieces(row, sample.model_copy(update={"ends": ends}), facts)

    return lie


def gone_the_other_way(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """A rack as far on the other side of its start as it says that it is on this one."""
    way = (sample.value.number if sample.value else 0.0) * (row.scale or 0.0) * facts.unit_across
    return aside(-2 * way)(row, sample, facts)


def larger(pixels: float) -> Lie:
    """A wheel with a larger radius than its value gives."""

    def lie(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        hub, size = np.array(sample.ends[0]), planned(row, sample, facts).pitch_radius * facts.unit
        *round_it, middle = geared_pieces(row, sample, facts)
        grown = [hub + (piece.points - hub) * (1 + pixels / size) for piece in round_it]
        return [Piece(points, piece.stroke) for points, piece in zip(grown, round_it, strict=True)] + [middle]

    return lie


def not_there(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """A wheel that is not drawn at all."""
    return [Piece(piece.points[:0]) for piece in geared_pieces(row, sample, facts)]


def beside(pixels: float) -> Lie:
    """A thing that stands to the right of its place."""
    return lambda row, sample, facts: [
        Piece(piece.points + np.array([pixels, 0.0]), piece.stroke) for piece in geared_pieces(row, sample, facts)
    ]


def planned(row: ShownRow, sample: SampleRow, facts: Facts) -> WheelPlan:
    """The wheel as it is planned."""
    plan = facts.wheels.plan(row, sample)
    assert plan is not None
    return plan


def hollow(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """A solid ring drawn as a hollow one, or the other way round."""
    plan = planned(row, sample, facts)
    kind = KINDS[row.kind]
    assert isinstance(kind, Wheel)
    return kind.posed(plan, Pose(np.array(sample.ends[0]), sample.angle or 0.0), facts, hollow=not plan.hollow)


def flipped(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """A bent arrow that points the other way, with the same head."""
    assert sample.stands is not None
    middle = planned(row, sample, facts).centre[0] * facts.unit_across + sample.stands[0]
    return [
        Piece(np.stack([2 * middle - piece.points[:, 0], piece.points[:, 1]], axis=1))
        for piece in geared_pieces(row, sample, facts)
    ]


def reheaded(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """An angle of the other sign: a slice on the other side."""
    assert sample.value is not None
    other = sample.value.model_copy(update={"hex": (-sample.value.number).hex()})
    return geared_pieces(row, sample.model_copy(update={"value": other}), facts)


def upside_down(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """A thing mirrored at the level of its origin."""
    level = sample.ends[0][1]
    pieces = geared_pieces(row, sample, facts)
    return [Piece(piece.points * [1.0, -1.0] + [0.0, 2 * level], piece.stroke) for piece in pieces]
