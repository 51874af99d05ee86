"""The check that the lettering of a frame is sound: inside its margins, and nothing that is read lies over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import LayoutError
from scenes.parts.theme import CAPTION_BAND, EDGE_MARGIN, FRAME_HEIGHT, FRAME_WIDTH, TOP_MARGIN
from scenes.parts.things.base import Shown
from scenes.parts.things.lettering import Lettering, Words
from scenes.parts.type.fonts import script_of
from scenes.parts.type.lines import extent

__all__ = ["Box", "check_layout", "layout_faults", "overlap", "way_fault"]

_SLACK = 0.02  # frame units that outlines may overlap by, half a pixel at 480p
_OVERHANG = 0.1  # of a capital's height: a j at the margin reaches into it, and an accent on a capital does
_SHORTEST = 1e-9  # an edge of no length points nowhere
Box = tuple[float, float, float, float]
Points = npt.NDArray[np.float64]


def check_layout(things: Iterable[Shown]) -> None:
    """Check the lettering among ``things`` as it rests.

    Raises
    ------
    LayoutError
        Naming what reaches past the margin, into the captions' band, over another text, or under an arrow, a bar or a
        dot.
    """
    for fault in layout_faults(things):
        raise fault


def layout_faults(things: Iterable[Shown]) -> Iterator[LayoutError]:
    """Yield everything that is wrong with the lettering among ``things`` as it rests."""
    things = list(things)
    boxes = [(thing, box) for thing in things if isinstance(thing, Lettering) and (box := _box(thing))]
    for thing, box in boxes:
        yield from _off_frame(thing, box)
    for (one, a), (other, b) in combinations(boxes, 2):
        if _boxes_overlap(a, b):
            yield _fault(f"{_named(one)} lies over {_named(other)}", one, other)
    shapes = [(thing, box) for thing in things if thing.measures and (box := _box(thing))]
    for (shape, its), (thing, box) in product(shapes, boxes):
        if _boxes_overlap(its, box) and _crosses(shape, box):
            yield _fault(f"{shape.name} lies over {_named(thing)}", thing, shape)


def way_fault(thing: Lettering, boxes: Points, others: Sequence[tuple[Lettering, Points]]) -> LayoutError | None:
    """Return what is wrong where a text travels over the first of others that it meets.

    Parameters
    ----------
    boxes
        What it fills at some moments, shape (moments, 4): left, bottom, right and top.
    others
        Texts, and what each fills at the same moments.
    """
    theirs = np.array([its for _, its in others]).reshape(-1, *boxes.shape)
    over = (boxes[:, :2] < theirs[..., 2:] - _SLACK) & (theirs[..., :2] < boxes[:, 2:] - _SLACK)
    met = np.any(np.all(over, axis=2), axis=1)
    if not met.any():
        return None
    other, _ = others[int(met.argmax())]
    return _fault(f"{_named(thing)} has no way to its place but over {_named(other)}", other, thing)


def overlap(one: Lettering, other: Lettering) -> bool:
    """Return whether two pieces of lettering would lie over one another."""
    a, b = _box(one), _box(other)
    return a is not None and b is not None and _boxes_overlap(a, b)


def _boxes_overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] - _SLACK and b[0] < a[2] - _SLACK and a[1] < b[3] - _SLACK and b[1] < a[3] - _SLACK


def _box(thing: Shown) -> Box | None:
    return extent(np.concatenate([piece.points for piece in thing.submobjects]))


def _crosses(shape: Shown, box: Box) -> bool:
    """Return whether a part of a shape, which is convex but for teeth, reaches into a box by more than the slack."""
    left, bottom, right, top = box[0] + _SLACK, box[1] + _SLACK, box[2] - _SLACK, box[3] - _SLACK
    corners = np.array([[left, bottom], [right, bottom], [right, top], [left, top]])
    return any(_meet(points[:, :2], corners) for points in shape.bodies() if len(points))


def _meet(one: Points, other: Points) -> bool:
    """Return whether two convex outlines meet: no line along an edge of either keeps them apart, nor an upright one."""
    if not ((one.min(axis=0) < other.max(axis=0)) & (other.min(axis=0) < one.max(axis=0))).all():
        return False  # the boxes round them are apart, as most are, and an outline with teeth has very many edges
    edges = np.concatenate([np.diff(points, axis=0, append=points[:1]) for points in (one, other)])
    across = np.stack([-edges[:, 1], edges[:, 0]])[:, np.hypot(*edges.T) > _SHORTEST]
    a, b = one @ across, other @ across
    return bool(((a.min(axis=0) < b.max(axis=0)) & (b.min(axis=0) < a.max(axis=0))).all())


def _off_frame(thing: Lettering, box: Box) -> Iterator[LayoutError]:
    side = FRAME_WIDTH / 2 - EDGE_MARGIN + _SLACK + _OVERHANG * thing.height_of_type
    over = max(-side - box[0], box[2] - side)
    if over > 0:
        yield _fault(f"{_named(thing)} reaches {over:.2f} units past the margin", thing)
    accents = script_of(thing.text).above - 1 if isinstance(thing, Words) else 0.0
    top = FRAME_HEIGHT / 2 - TOP_MARGIN + _SLACK + accents * thing.height_of_type
    if box[3] > top or box[1] < CAPTION_BAND - FRAME_HEIGHT / 2 - _SLACK:
        yield _fault(f"{_named(thing)} leaves the part of the frame that is kept for it", thing)


def _named(thing: Lettering) -> str:
    return f"{thing.name} ({thing.text!r})"


def _fault(wrong: str, *things: Shown) -> LayoutError:
    """Return what is wrong with what a lecturer can do about it, by the keys of the settings."""
    found = dict.fromkeys(thing.remedy for thing in things if thing.remedy)
    remedies = sorted(found, key=lambda remedy: (remedy.turn, remedy.told if remedy.turn == 1 else ""))
    said = "; or ".join(remedy.told for remedy in remedies) or "choose other functions or losses"
    return LayoutError(f"{wrong}: {said}", remedies[0].key if remedies else "")
