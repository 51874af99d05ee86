"""A window of a frame with everything in it but one thing, and what it would show with that thing drawn somehow.

What lies under the thing and over it is painted as the ledger says, so that a spoke on a rim, or a rim under a spoke,
hides nothing. Only pixels of which nobody can say what they show are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from studio.audit.drawn import Piece, ink_of
from studio.audit.finding import Finding
from studio.audit.frames import Window, grown
from studio.audit.glance import Around, Glance, Mask
from studio.audit.glyphs import raster

__all__ = [
    "LEAST_LOUD",
    "NOT_THERE",
    "Build",
    "Synthesis",
    "faintness",
    "fitted_to",
    "hairline_finding",
    "place_finding",
    "shape_finding",
]

Array = npt.NDArray[np.float64]
Ink = tuple[npt.NDArray[np.uint8], float]
"""How much of each pixel something covers, in steps of 1/255, row by row, and its luma."""
Build = Callable[[Array], Sequence[tuple[Piece, str]]]
_BUSY: Final = 8.0  # an edge of full contrast, a slope of a half, counts a fifth
_CALM: Final = 0.6  # weight of a pixel without an edge in it
_BESIDE: Final = 3  # pixels beside a thing that belong to its look
_STEP: Final = 0.25  # pixels: about the slope of a soft edge
_FAINT: Final = 72.0  # of luma
_LEAST_UNLIKE: Final = 8.0  # of luma: two drawings that differ by less in every pixel, an encoder's noise makes alike
LEAST_LOUD: Final = 24.0  # of luma: what changes no pixel by as much, an encoder's noise hides
NOT_THERE: Final = 0.8  # of its own ink: where nothing is at all, all of it is missing
_FARTHEST: Final = 2.0  # pixels that one step may change anything by
_ROUNDS: Final = 5
_LEAST_INK: Final = 20.0  # pixels full of ink that nothing covers
_LEAST_CALM: Final = 4.0  # pixels full of ink away from all edges of others
_LEAST_TOLD: Final = 4.0  # pixels full of ink where neither the like of a thing lies over it nor it over that
_LEAST_SEEN: Final = 0.15  # of a thing: under another of its own outline only its soft edges are
_STILL: Final = 0.003  # pixels: a step that changes nothing any more
_WRONG: Final = "this is not what is drawn there"
_STIFFNESS: Final = 0.5  # pixels of edge: a number that hardly any pixel depends on stays as it was claimed


@dataclass(frozen=True)
class Synthesis:
    """One thing in its window; pixels are told as shares of the contrast of its strongest colour.

    Attributes
    ----------
    seen
        The luma of the window.
    free
        The pixels that count.
    contrast
        How far the thing's strongest colour is from the background, in luma.
    """

    window: Window
    seen: Array
    free: Mask
    around: Around
    luma: Callable[[str], float]
    contrast: float

    @classmethod
    def of(cls, glance: Glance, pieces: Sequence[tuple[Piece, str]], margin: float = 4.0) -> Synthesis:
        """Return the window round some pieces, each with its colour."""
        points = np.concatenate([piece.points for piece, _ in pieces])
        window = glance.window(points, max(piece.stroke for piece, _ in pieces) / 2 + margin)
        luma = glance.picture.colours.luma
        contrast = max(abs(luma(colour) - luma(glance.facts.ground)) for _, colour in pieces)
        seen = window.of(glance.picture.luma)
        return cls(window, seen, ~glance.unsure(window), glance.around(window), luma, max(contrast, 1.0))

    def drawn(self, pieces: Sequence[tuple[Piece, str]]) -> Array:
        """Return the luma that the window shows with these pieces in it, one over the other."""
        below = self.around.below
        for piece, colour in pieces:
            if len(piece.points):
                ink = ink_of([piece], self.window)
                below = below + ink * (self.luma(colour) - below)
        return below * self.around.open_share + self.around.above

    def rest(self, pieces: Sequence[tuple[Piece, str]]) -> Array:
        """Return how far the pixels that count are from what these pieces would give, in shares of the contrast.

        Pixels at edges of other things count less: there an encoder errs most.
        """
        return self.pixels.rest(self.inks(pieces))

    def inks(self, pieces: Sequence[tuple[Piece, str]]) -> list[Ink]:
        """Return what these pieces cover of the window, and how bright each is."""
        found = [(raster(p.points, self.window, p.stroke, straight=p.straight), c) for p, c in pieces if len(p.points)]
        return [(ink.reshape(-1), self.luma(colour)) for ink, colour in found]

    @cached_property
    def pixels(self) -> Pixels:
        """The pixels that count."""
        return Pixels(self, np.flatnonzero(self.free))

    @cached_property
    def bare(self) -> Array:
        """The luma that the window shows without the thing."""
        return self.drawn([])

    @cached_property
    def weight(self) -> Array:
        """How much each pixel counts, 0 to 1."""
        busy = np.hypot(*np.gradient(self.bare)) / self.contrast
        return np.asarray(1 / (1 + _BUSY * busy))

    def shows(self, pieces: Sequence[Piece]) -> bool:
        """Return whether enough of these pieces is seen, past all that lies over them, to tell where they are."""
        ink = ink_of(pieces, self.window)
        return float((ink * self.around.open_share)[self.free].sum()) >= max(_LEAST_INK, _LEAST_SEEN * float(ink.sum()))

    def misfit(self, pieces: Sequence[tuple[Piece, str]], *, calm: bool = False, among: bool = False) -> float:
        """Return how far the pixels on and beside these pieces are from them, as a share of their own ink.

        ``calm`` leaves out the edges of other things: beside a faint thing what is left of them is louder than it.
        ``among`` its like a thing is told only where it changes the picture: where one of the same shape and colour
        lies over it, or under it, an encoder's noise is louder than the soft edges that are left.
        """
        drawn = self.drawn(pieces)
        own = (drawn - self.bare) / self.contrast
        told = np.abs(own) >= min(LEAST_LOUD / self.contrast, 0.5) if among else np.abs(own) > 0.01
        near = self.free & grown(told, _BESIDE)
        if calm:
            near &= ~grown(self.weight < _CALM, 1)
        ink = float((own[near] ** 2).sum())
        if calm and ink < _LEAST_CALM:
            return 0.0  # a small faint thing, nearly all of it beside the edges of others: nothing tells anything of it
        if among and ink < min(_LEAST_TOLD, float((self._alone(pieces) ** 2).sum())):
            return 0.0  # all of it lies on its like, or under it: with it and without it the picture is the same
        return float(np.sqrt((((self.seen - drawn)[near] / self.contrast) ** 2).sum() / ink)) if ink else np.inf

    def worst_misfit(self, pieces: Sequence[tuple[Piece, str]]) -> float:
        """Return the same of the one of some equal pieces that is farthest off: among many, one elsewhere is little.

        Of what hardly shows past all that lies over it, nothing is told.
        """
        drawn = self.drawn(pieces)
        off, own = (((plane - drawn) / self.contrast * self.weight) ** 2 for plane in (self.seen, self.bare))
        nears = (self.free & grown(ink_of([piece], self.window) > 0.01, _BESIDE) for piece, _ in pieces)
        shares = (np.sqrt(off[near].sum() / ink) for near in nears if (ink := float(own[near].sum())) >= _LEAST_CALM)
        return float(max(shares, default=0.0))

    def _alone(self, pieces: Sequence[tuple[Piece, str]]) -> Array:
        """Return how much of each pixel that counts these pieces would cover if nothing lay over them or under."""
        return ink_of([piece for piece, _ in pieces], self.window)[self.free]

    def loudness(self, pieces: Sequence[tuple[Piece, str]]) -> float:
        """Return by how much luma these pieces change the pixel that they change most: little where they are thin."""
        return float(np.abs(self.drawn(pieces) - self.bare)[self.free].max(initial=0.0))

    def contrast_of(self, pieces: Sequence[tuple[Piece, str]]) -> float:
        """Return by how much luma these pieces change what they cover, as a root mean square: little on their like."""
        ink = float((ink_of([piece for piece, _ in pieces], self.window) * self.around.open_share)[self.free].sum())
        off = (self.drawn(pieces) - self.bare)[self.free]
        return float(np.sqrt((off**2).sum() / ink)) if ink else 0.0

    def likeness(self, pieces: Sequence[tuple[Piece, str]], rival: Sequence[tuple[Piece, str]]) -> float:
        """Return how much farther the pixels are from these pieces than from a rival, where both can be told apart."""
        drawn, other = self.drawn(pieces), self.drawn(rival)
        unlike = np.abs(drawn - other)
        if unlike[self.free].max(initial=0.0) < _LEAST_UNLIKE:
            return 0.0
        differ = self.free & (unlike > 0.05 * self.contrast)
        here, there = (float(((self.seen - each)[differ] ** 2).sum()) for each in (drawn, other))
        return float(np.sqrt(here / there)) if there else 0.0 if not here else np.inf


@dataclass(frozen=True)
class Pixels:
    """Some pixels of a scene, by their numbers ``at`` in it, row by row."""

    scene: Synthesis
    at: npt.NDArray[np.intp]

    def rest(self, inks: Sequence[Ink]) -> Array:
        """Return how far each is from what these inks would give, times its weight, in shares of the contrast."""
        below, open_share, bare, weight = self._planes
        drawn = below
        for ink, luma in inks:
            drawn = drawn + ink[self.at] * ((luma - drawn) / 255.0)
        return np.asarray((bare - open_share * drawn) * weight)

    def touched_by(self, inks: Iterable[Ink]) -> Pixels:
        """Return those that one of these inks reaches: no other changes with them."""
        reached = np.zeros(self.scene.free.size, dtype=np.uint8)
        for ink, _ in inks:
            reached |= ink
        return Pixels(self.scene, self.at[reached[self.at] > 0])

    @cached_property
    def _planes(self) -> tuple[Array, Array, Array, Array]:
        """What lies below, how much is open, what is seen less what lies above, and the weights."""
        scene, around = self.scene, self.scene.around
        planes = around.below, around.open_share, scene.seen - around.above, scene.weight / scene.contrast
        below, open_share, bare, weight = (plane.reshape(-1)[self.at].astype(np.float64) for plane in planes)
        return below, open_share, bare, weight


def fitted_to(scene: Synthesis, build: Build, count: int, told: Sequence[float] = ()) -> Array:
    """Return the ``count`` changes, in pixels, with which what ``build`` draws is nearest to the frame.

    Found by Gauss and Newton from no change on. The slopes are taken once: the claim is near, or it is a lie. What
    pixels tell badly, as the first of them are ``told``, 0 to 1, stays nearer to the claim. A step that leads astray,
    as slopes do of a sliver whose sides are the same line, is not taken for an answer.
    """
    at, sides = np.zeros(count), [[scene.inks(build(by * _STEP * e)) for by in (-1, 1)] for e in np.eye(count)]
    claimed = scene.inks(build(at))
    pixels = scene.pixels.touched_by(chain(claimed, *chain.from_iterable(sides)))
    rest = pixels.rest(claimed)
    matrix = np.stack([(pixels.rest(less) - pixels.rest(more)) / (2 * _STEP) for less, more in sides], axis=1)
    best, least = at, float(rest @ rest)
    stiffness = _STIFFNESS / np.array([*told, *[1.0] * (count - len(told))]) ** 2
    normal = matrix.T @ matrix + np.diag(stiffness)
    for _ in range(_ROUNDS):
        step = np.clip(np.linalg.solve(normal, matrix.T @ rest), -_FARTHEST, _FARTHEST)
        at = at + step
        if np.abs(step).max() < _STILL:
            break
        rest = pixels.rest(scene.inks(build(at)))
        if (now := float(rest @ rest)) < least:
            best, least = at, now
    return at if np.abs(at - best).max() < _STILL else best


def place_finding(glance: Glance, by: Array, more: float = 1.0) -> Finding:
    """Return how far a thing is from its place, by the fitted pixels right and down; it may be so many times as far."""
    away = float(np.hypot(*by[:2]))
    limit = glance.place_limit * more
    return glance.finding("positions", away, limit, "px", f"it is {away:.2f} px away from its place")


def faintness(contrast: float) -> float:
    """Return how many times fainter a thing out of focus is than one that an encoder draws well, 1 for all others.

    An encoder errs as much on what is fainter, so as many times as much of that is not what it should be.
    """
    return max(1.0, _FAINT / max(contrast, 1.0))


def shape_finding(glance: Glance, misfit: float, limit: float | None = None, contrast: float = _FAINT) -> Finding:
    """Return how much of a thing is not what it should be; another limit holds for what is thin, or faint, at rest."""
    limit = (limit or glance.limits.lettering) if glance.resting else glance.limits.moving
    limit = max(limit, min(limit * faintness(contrast), NOT_THERE))
    if contrast < LEAST_LOUD:
        return glance.finding("shapes", 0.0, limit, "", "it can hardly be told from what it lies on")
    return glance.finding("shapes", misfit, limit, "", _WRONG)


def hairline_finding(glance: Glance, misfit: float, contrast: float) -> Finding:
    """Return how much of a hairline is not what it should be: an encoder may err on it by more than all its ink."""
    limit = max(glance.limits.lettering * faintness(contrast), NOT_THERE)
    return glance.finding("shapes", misfit, limit, "", _WRONG)
