"""What was shown, when and where: kept while the stage plays, for the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from scenes.parts.film.ledger import SampleRow, ShownRow, SpanRow, State, Value
from scenes.parts.theme import FRAME_HEIGHT, FRAME_WIDTH
from scenes.parts.things.answers import Reading, Told
from scenes.parts.things.base import Shown

__all__ = ["Entry", "Pixels", "Record", "Sample", "Span"]

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Pixels:
    """The map from frame units to pixels of the rendered file.

    manim keeps the frame's width and lets its height follow the pixels, so that at 854 x 480 it is 7.994, not 8.
    """

    width: int
    height: int
    frame_width: float = FRAME_WIDTH
    frame_height: float = FRAME_HEIGHT

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel position of a point, from the top left corner.

        Examples
        --------
        >>> Pixels(1920, 1080).point(0.0, 0.0)
        (960.0, 540.0)
        """
        px = (x / self.frame_width + 0.5) * self.width
        py = (0.5 - y / self.frame_height) * self.height
        return round(px, 3), round(py, 3)


class Sample(NamedTuple):
    """A thing as it stood on one frame."""

    frame: int
    reading: Reading
    told: Told
    box: Box
    colours: tuple[str, ...]
    size: float = 1.0

    @property
    def value(self) -> float | None:
        """The number of its own quantity, as the core says."""
        return self.told.value

    @property
    def turned(self) -> float | None:
        """The number that turns a wheel."""
        return self.told.turned

    @property
    def followed(self) -> float | None:
        """The number that place and size of a wheel follow."""
        return self.told.followed

    def row(self, pixels: Pixels) -> SampleRow:
        """Return the sample as it stands in the ledger."""
        reading, told = self.reading, self.told
        return SampleRow(
            frame=self.frame,
            text=reading.text,
            script=told.script,
            value=_exact(told.value),
            shown=reading.value,
            values=tuple(Value.of(number) for number in told.values),
            reads=reading.values,
            box=self.box,
            ends=tuple(pixels.point(x, y) for x, y in reading.ends),
            turned=_exact(told.turned),
            followed=_exact(told.followed),
            angle=reading.angle,
            stands=pixels.point(*reading.stands) if reading.stands else None,
            size=self.size,
            colours=self.colours,
        )


@dataclass
class Span:
    """Frames through which a thing stayed in one state; one that moves has a sample per frame, a resting span one."""

    state: State
    first: int
    last: int
    samples: list[Sample] = field(default_factory=list)

    def row(self, pixels: Pixels) -> SpanRow:
        """Return the span as it stands in the ledger."""
        samples = tuple(sample.row(pixels) for sample in self.samples)
        return SpanRow(state=self.state, first=self.first, last=self.last, samples=samples)


@dataclass
class Entry:
    """Everything that one thing showed during the clip."""

    shown: Shown
    name: str
    spans: list[Span] = field(default_factory=list)

    def row(self, pixels: Pixels) -> ShownRow:
        """Return the thing as it stands in the ledger: its class says which fields it has."""
        spans = tuple(span.row(pixels) for span in self.spans)
        return ShownRow(kind=self.shown.kind, name=self.name, **self.shown.fields(pixels.point), spans=spans)


class Record:
    """All entries of a clip, in the order in which they came on stage."""

    def __init__(self, pixels: Pixels) -> None:
        self.pixels = pixels
        self._entries: dict[int, Entry] = {}
        self._under: list[tuple[int, int]] = []  # of what came under others: itself, and each of them

    @property
    def entries(self) -> Iterable[Entry]:
        """What was shown."""
        return self._entries.values()

    def note(self, shown: Shown, state: State, first: int, last: int, samples: list[Sample]) -> None:
        """Note that ``shown`` was in ``state`` from frame ``first`` to ``last``; nothing is noted for no frames."""
        if last < first:
            return
        entry = self._entries.setdefault(id(shown), Entry(shown, shown.name))
        previous = entry.spans[-1] if entry.spans else None
        if previous and previous.state == state and previous.last == first - 1 and _continues(previous, samples):
            previous.last = last
            previous.samples += samples if state in ("tracking", "travelling") else []
        else:
            entry.spans.append(Span(state, first, last, samples))

    def came_under(self, things: Iterable[Shown], others: Sequence[Shown]) -> None:
        """Remember what came onto the stage under others: so it lay as long as it stood."""
        self._under += [(id(thing), id(other)) for thing in things for other in others]

    def order(self, things: Iterable[Shown]) -> None:
        """Let things come in this order, in the places that they have: so they lie one over the other now.

        What has left keeps its place, and with it what it lay over and under; what it had come under stays over it,
        wherever that is now. Of what came on no frame, as where frames are skipped, nothing is known.
        """
        standing = {id(shown): self._entries[id(shown)] for shown in things if id(shown) in self._entries}
        turn = iter(standing.items())
        order = [next(turn)[0] if key in standing else key for key in self._entries]
        for below, above in self._under:
            has_left = below in self._entries and below not in standing and above in standing
            if has_left and (at := order.index(above)) < order.index(below):
                order.remove(below)
                order.insert(at, below)
        self._entries = {key: self._entries[key] for key in order}

    def sample(self, shown: Shown, frame: int) -> Sample:
        """Return how a thing stands now."""
        return Sample(frame, shown.reading(), shown.told(), self.box(shown), shown.colours, shown.size)

    def rows(self) -> tuple[ShownRow, ...]:
        """Return everything that was shown, as it stands in the ledger."""
        return tuple(entry.row(self.pixels) for entry in self.entries)

    def box(self, shown: Shown) -> Box:
        """Return the pixel box (left, top, right, bottom) of what is drawn, control points included."""
        drawn = [piece.points for piece in shown.submobjects if len(piece.points)]
        if not drawn:
            return (0.0, 0.0, 0.0, 0.0)
        points = drawn[0] if len(drawn) == 1 else np.concatenate(drawn)
        x, y = points[:, 0], points[:, 1]
        left, bottom = self.pixels.point(float(x.min()), float(y.min()))
        right, top = self.pixels.point(float(x.max()), float(y.max()))
        return (left, top, right, bottom)


def _exact(number: float | None) -> Value | None:
    return None if number is None else Value.of(number)


def _continues(previous: Span, samples: list[Sample]) -> bool:
    """Return whether a span of the same state goes on unchanged."""
    if previous.state != "resting":
        return True
    before, now = previous.samples[-1], samples[0]
    return (before.box, before.reading, before.colours) == (now.box, now.reading, now.colours)
