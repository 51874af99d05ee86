"""How one kind of thing is audited: what its ledger's rows must say, what it looks like, how it is measured in pixels.

A kind is an object of a class derived from :class:`Kind`, in a file of its own in `things`; its row in the table
`kinds` is all that the rest of the audit knows of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from scenes.parts.film.ledger import SampleRow, ShownRow
from studio.audit.colours import PLAIN, Tint, check_colour
from studio.audit.drawn import Facts, Piece
from studio.audit.finding import Finding
from studio.audit.geometry import Space, Verdict
from studio.audit.glance import Glance
from studio.audit.layer_colours import check_layer_colours
from studio.audit.layers import Drawing, drawing_of
from studio.audit.script import Script

__all__ = ["Kind"]


class Kind:
    """What the audit asks of every kind; the mathematics half first, then the pixel half.

    Attributes
    ----------
    valued
        Whether its samples claim the value of its quantity.
    lettered
        Whether it is read as text: it is looked at from its first frame on, and has to be legible.
    scaled
        Whether it measures by a scale, which a setting must state.
    axes
        On how many axes it is drawn, at least and at most.
    looked_at
        Whether its pixels are looked at; decor is only in the way of other things.
    layered
        Whether each of its pieces has a colour of its own, in the order in which they are painted.
    smears
        Whether an encoder leaves traces where it was, because a sweep moves whole areas of it.
    carried
        Whether it may come from elsewhere, past anything on its way, and not only grow where it belongs.
    comes_from
        The kinds of things that it may set out from, straight to where it belongs.
    tint
        What must be known to tell its colour.
    """

    valued: ClassVar[bool] = False
    lettered: ClassVar[bool] = False
    scaled: ClassVar[bool] = False
    axes: ClassVar[tuple[int, int]] = (0, 2)
    looked_at: ClassVar[bool] = True
    layered: ClassVar[bool] = False
    smears: ClassVar[bool] = False
    carried: ClassVar[bool] = False
    comes_from: ClassVar[frozenset[str]] = frozenset()
    tint: ClassVar[Tint] = PLAIN

    # -- what the ledger says ---------------------------------------------------------------------------------------

    def unstated(self, space: Space, row: ShownRow) -> str:
        """Return what is wrong with the scale or the axes that a thing claims, or nothing."""
        if self.scaled and not space.states(row.scale):
            return f"no setting states its scale of {row.scale!r}"
        wrong = [key for key, *_ in row.axes if key not in space.clip.ranges()]
        if wrong:
            return f"no setting states the range of its axis {wrong[0]!r}"
        least, most = self.axes
        if len(row.axes) < least:
            return "it does not name its two axes" if least == 2 else "it names no axis"
        return "it names more axes than it has" if len(row.axes) > most else ""

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield by how many pixels a sample's claimed place or length is not what its numbers give."""
        yield from ()

    def text_fault(self, script: Script, row: ShownRow, sample: SampleRow, live: bool) -> str:
        """Return what is wrong with the text that a sample claims, or nothing; asked of what is lettered."""
        return ""

    # -- what the pixels show ---------------------------------------------------------------------------------------

    def pieces(self, row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        """Return its outlines in pixels as the ledger's numbers give them: one to a colour where it is layered."""
        raise TypeError(f"{type(self).__name__} says no pieces")

    def is_certain(self, row: ShownRow, sample: SampleRow, facts: Facts) -> bool:
        """Return whether it can only be drawn as :meth:`pieces` says."""
        return True

    def bodies(self, row: ShownRow, sample: SampleRow, facts: Facts) -> Sequence[bool]:
        """Return of each colour of a layered thing whether its piece is a body: flat, and other things lie on it."""
        return [False] * len(sample.colours)

    def drawing(self, row: ShownRow, sample: SampleRow, facts: Facts, shape: tuple[int, ...]) -> Drawing | None:
        """Return what a thing looks like on a frame of this shape; None where it draws nothing."""
        pieces = self.pieces(row, sample, facts)
        if not self.layered:
            return drawing_of(pieces, shape, certain=self.is_certain(row, sample, facts))
        if len(pieces) != len(sample.colours):
            return None
        return drawing_of(pieces, shape, bodies=self.bodies(row, sample, facts))

    def check(self, glance: Glance) -> Iterator[Finding]:
        """Yield what the pixels show of a thing: its characters, its lengths, angles and place, its shape."""
        yield from ()

    def check_again(self, glance: Glance) -> Iterator[Finding]:
        """Yield what a second reader sees, on the last frame of a rest or any of a sweep."""
        yield from ()

    def check_colours(self, glance: Glance, drawing: Drawing) -> Iterator[Finding]:
        """Yield how far its colours are from the claimed ones."""
        if self.layered:
            yield from check_layer_colours(glance, drawing, self.tint)
        elif drawing.certain:
            yield from check_colour(glance, drawing.window, drawing.ink, self.tint)
