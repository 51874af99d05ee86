"""Ink that nobody claims is found close by what is claimed and on it, in a copy that passes for the original."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from film_cases import Edit, Film, written

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.theme import PALETTES
from studio.audit.glyphs import Text, glyph, typeset_points
from studio.audit.looks import looks_at
from studio.audit.pixels import _moving

DOWN = np.array([90.0, -90.0])  # pixels per frame unit at 720 lines
COLOURS = PALETTES["dark"]
CHECK = "all there is"
SENTENCE = ""


@dataclass(frozen=True)
class Lie:
    """Something drawn at a thing: its outline in frame units, its left upper corner in pixels, and its colour."""

    kind: str
    name: str
    points: np.ndarray
    at: Callable[[tuple[float, float, float, float]], tuple[float, float]]
    role: str

    def edit(self, sample: SampleRow) -> Edit:
        left, top = self.at(sample.box)
        return written(Text.placed(self.points, (left, top, left, top), DOWN).points, COLOURS[self.role])


def raised(kind: str, name: str, digit: str, role: str) -> Lie:
    return Lie(kind, name, glyph(digit, 0.14), lambda box: (box[2] + 2, box[1] - 6), role)


def signed(kind: str, name: str, role: str) -> Lie:
    return Lie(kind, name, glyph("−", 0.16), lambda box: (box[0] - 14, (box[1] + box[3]) / 2), role)


def lettered(name: str, said: str, role: str) -> Lie:
    """Letters of six pixels in the middle of the first line of words; of any sentence, where none is named."""
    points = typeset_points(said, 0.07, "words")
    return Lie(
        "words", name, points, lambda box: ((box[0] + box[2]) / 2, min((box[1] + box[3]) / 2, box[1] + 12) - 3), role
    )


LIES = [
    raised("readout", "readout of y", "2", "ink"),
    raised("readout", "readout of h", "3", "quiet"),
    raised("symbol", "symbol of w1", "2", "gradient"),
    signed("symbol", "symbol of x", "ink"),
    signed("symbol", "symbol of h", "quiet"),
    signed("readout", "readout of L", "gradient"),
    lettered("title", "never", "background"),
    lettered(SENTENCE, "not", "background"),
    lettered(SENTENCE, "no", "gradient"),
]


def placed(film: Film) -> dict[int, tuple[Lie, SampleRow]]:
    """Every lie on a frame of its own, on which the thing rests and nothing comes or goes."""
    found: dict[int, tuple[Lie, SampleRow]] = {}
    looked_at, sentences = looks_at(film.ledger, 10).keys() - _moving(film.ledger), {b.name for b in film.ledger.beats}

    def told_of(lie: Lie, row: ShownRow) -> bool:
        return row.kind == lie.kind and (row.name.endswith(lie.name) if lie.name else row.key in sentences)

    def places(lie: Lie) -> list[tuple[int, SampleRow]]:
        rows = [row for row in film.ledger.shown if told_of(lie, row)]
        spans = [span for row in rows for span in row.spans if span.state == "resting"]
        frames = [(frame, span.samples[0]) for span in spans for frame in range(span.last, span.first + 6, -1)]
        return [each for each in frames if each[0] in looked_at]

    for lie, free in sorted(((lie, places(lie)) for lie in LIES), key=lambda each: len(each[1])):
        left = [each for each in free if each[0] not in found]
        assert left, f"{lie.kind} {lie.name}: it never rests on a frame that is looked at"
        frame, sample = left[0]
        found[frame] = lie, sample
    return found


@pytest.mark.render
def test_what_is_added_at_a_claimed_thing_is_found_on_the_frame_where_it_stands(network: Film, tmp_path: Path) -> None:
    lies = placed(network)
    plan = {frame: [lie.edit(sample)] for frame, (lie, sample) in lies.items()}
    findings = [f for f in network.found_where(tmp_path / "added.mp4", plan, original=True) if f.check == CHECK]
    assert {finding.frame for finding in findings} == set(lies)
    for finding in findings:
        lie, sample = lies[finding.frame or 0]
        assert not finding.ok, lie
        assert finding.box is not None
        assert sample.box[0] - 20 < finding.box[0] < sample.box[2] + 20, lie
        assert sample.box[1] - 20 < finding.box[1] < sample.box[3] + 20, lie
