"""What was added to a frame where the ledger claims nothing is found, however small; bare ground is let through."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from film_cases import Edit, Film, painted, together, written, wrong_as_read

from scenes.parts.film.ledger import BeatRow
from scenes.parts.theme import PALETTES, SHAFT
from scenes.parts.things.shapes import arrow
from studio.audit.drawn import Piece
from studio.audit.frames import Colours, Picture
from studio.audit.glyphs import Text, glyph, typeset_points
from studio.audit.strays import check_strays

COLOURS = PALETTES["dark"]
DOWN = np.array([90.0, -90.0])  # pixels per frame unit at 720 lines
GROUND = "#111418"


def beat(film: Film, name: str) -> BeatRow:
    return next(beat for beat in film.ledger.beats if beat.name == name)


def at(x: float, y: float) -> tuple[float, float]:
    """The pixel of a point in frame units."""
    return 640 + x * DOWN[0], 360 + y * DOWN[1]


def letters(points: np.ndarray, x: float, y: float, role: str) -> Edit:
    left, top = at(x, y)
    return written(Text.placed(points, (left, top, left, top), DOWN).points, COLOURS[role])


def pushed(x: float, y: float) -> Edit:
    tail, tip = (np.array([*at(end, y), 0.0]) for end in (x, x - 0.6))
    pieces = [Piece(part[:, :2]) for part in arrow(tail, tip, width=SHAFT * 90, head=0.26 * 90, filled=True)]
    return lambda rgb: painted(pieces, COLOURS["gradient"], rgb)


def dot(x: float, y: float, size: float) -> Edit:
    (left, top), (right, bottom) = at(x, y), at(x + size, y - size)
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom], [left, top]])
    steps = np.linspace(0.0, 1.0, 4)[None, :, None]
    lines = (corners[:-1, None] * (1 - steps) + corners[1:, None] * steps).reshape(-1, 2)
    return lambda rgb: painted([Piece(lines)], COLOURS["quiet"], rgb)


@pytest.mark.render
def test_whatever_is_added_on_bare_ground_is_named_and_nothing_else_is(network: Film, tmp_path: Path) -> None:
    added = {
        "pose_question": letters(glyph("7", 0.32), 0.0, -2.3, "quiet"),
        "push_forward": letters(glyph("−", 0.32), 2.0, -1.5, "ink"),
        "measure_loss": letters(typeset_points("wrong", 0.32, "words"), -1.0, -2.2, "quiet"),
        "ask": dot(-6.0, -2.6, 0.08),
        "flow_backward": pushed(6.4, -1.75),
        "collect_weight_gradients": letters(glyph("1", 0.32), 6.0, -2.5, "gradient"),
        "confirm_by_nudging": letters(glyph("+", 0.22), -6.0, -2.4, "quiet"),
    }
    plans = [{f: [edit] for f in range(beat(network, n).hold, beat(network, n).last + 1)} for n, edit in added.items()]
    findings = network.found_where(tmp_path / "added.mp4", together(*plans))
    assert wrong_as_read(findings) == {("nothing else", "the rest of the frame")}
    seen = {f.frame for f in findings if not f.ok}
    beats = {b.name for b in network.ledger.beats for frame in seen if frame is not None and b.hold <= frame <= b.last}
    assert beats == set(added)


def picture(luma: int, blue: int, red: int) -> Picture:
    """A bare frame of 360 lines with 4 by 4 pixels of another colour in its middle."""
    y, u, v = Colours().planes(GROUND)
    planes = [np.full((360 // n, 640 // n), round(value), np.uint8) for n, value in ((1, y), (2, u), (2, v))]
    planes[0][180:184, 320:324] = luma
    for plane, value in zip(planes[1:], (blue, red), strict=True):
        plane[90:92, 160:162] = value
    return Picture(0, *planes, Colours())


@pytest.mark.parametrize(("luma", "blue", "red"), [(235, 128, 128), (34, 240, 128), (34, 128, 240)])
def test_sixteen_pixels_of_another_brightness_or_another_hue_are_seen(luma: int, blue: int, red: int) -> None:
    nothing = np.zeros((360, 640), dtype=bool)
    finding = check_strays(picture(luma, blue, red), nothing, GROUND, 4.0)
    assert not finding.ok
    assert finding.box is not None
    left, top, right, bottom = finding.box
    assert left <= 320 <= 324 <= right
    assert top <= 180 <= 184 <= bottom


def test_bare_ground_and_what_is_claimed_are_let_through() -> None:
    claimed = np.zeros((360, 640), dtype=bool)
    assert check_strays(picture(34, 129, 127), claimed, GROUND, 4.0).ok
    claimed[178:186, 318:326] = True
    assert check_strays(picture(235, 128, 128), claimed, GROUND, 4.0).ok
