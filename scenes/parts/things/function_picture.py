"""One function with its wheels, its graph and its numbers: a page, and what each beat lets onto it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from scenes.parts.errors import StageError
from scenes.parts.page import GROUP, LABEL, NEAR, Box, Column, Either, Row, Slot, during
from scenes.parts.page.boxes import Item
from scenes.parts.recipe.quantity import Role
from scenes.parts.recipe.sweep import Live, Sweep
from scenes.parts.settings.function_piece import CHORDS
from scenes.parts.theme import LABEL as LETTERS
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.function_pair import FunctionPair
from scenes.parts.things.legs import Legs
from scenes.parts.things.lettering import Lettering, Operator
from scenes.parts.things.letters import live, number, sign, symbol, words
from scenes.parts.things.live_graph import LiveGraph
from scenes.parts.things.part import Part, shown_of
from scenes.parts.things.pen import Pen
from scenes.parts.things.plot import Dot
from scenes.parts.things.readout import Form
from scenes.parts.things.sector import Sector

__all__ = ["FunctionPicture"]

_MOMENTS: Final = 33  # of the way of x, by which the widest number is found
_SIDES: Final = ("rise", "run")
_NARROW: Final = {"per_turn": 1.5}  # of what stands beside a fraction, which has two lines, too
_RATIO: Final = 1.25  # of a graph alone, width by height


class FunctionPicture:
    """A function of the clip.

    Parameters
    ----------
    keep
        What keeps a part so that a layout can give it its place.
    i
        Which function.
    called
        What stands before the names of its parts, where a clip has it twice.
    under
        Key of the words under the bars of its arms.
    """

    def __init__(self, pen: Pen, keep: Callable[[Part], Part], i: int, called: str = "", under: str = "axles") -> None:
        swept, piece = pen.clip.sweeps()[f"piece_{i}"], pen.clip.shown[i]
        self.pen, self.keep, self.i, self.found, self.called = pen, keep, i, piece.found, called
        self.sweep, self.low, self.high = Sweep(swept.low, swept.quantities), swept.low, swept.high
        self._moments = [swept.quantities(x) for x in np.linspace(swept.low, swept.high, _MOMENTS).tolist()]
        self.rest, self.is_alone = piece.rest, piece.found.picture == "graph"
        self.graph = LiveGraph(pen, i, self.sweep, _RATIO if self.is_alone else None)
        self.pair = None if self.is_alone else FunctionPair(pen, piece.function, piece.found, i, self.sweep, under)

    def page(self, parting: Sequence[str] = ()) -> Box:
        """Return wheels and graph side by side, and the numbers under the graph.

        Parameters
        ----------
        parting
            The beats in which it is said what a slope is, and that in which the slope of round gears stands there.
        """
        piece = self.pen.clip.shown[self.i]
        x, h, local = (self.sweep[f"{name}_{self.i}"] for name in ("x", "h", "local"))
        self.values = [self._equation(x), self._equation(h)]
        arms, rule = ([name] if f"{name}_{self.i}" in self.pen.quantities else [] for name in ("arms", "rule"))
        self.ratio = self._equation(local, *arms)
        self.limit = [self._words("part")] if piece.found.turns != piece.x_range else []
        self.rule: list[Part] = []
        for name in (f"{each}_{self.i}" for each in rule):
            so = sign(self.pen, "approx" if arms else "=", called=f"equals {name} so")
            told = self._equation(self.sweep[name])  # beside a limit there is room for the rule alone
            self.rule += [self._kept(so), *(told[:1] if self.limit else told)]
        self.per = [self._words("per_turn")] if self.is_first else []
        self.rounds, first = [], list[Item](self.per)
        if parting:
            self.rounds = [self._words("circles", "loss"), self._kept(number(self.pen, "circle_local"))]
            beside = during(Column(*self.rounds, gap=LABEL), parting[-1])
            first = [Slot(during(self.per[0], *parting[:-1]), beside)]
        values = Row(*(Row(*each, gap=LABEL) for each in self.values), gap=GROUP)
        under = Column(*(Row(*each, gap=LABEL) for each in (self.ratio, self.rule) if each), gap=LABEL, align="left")
        slope = Either(Row(*self.ratio, *self.rule, gap=LABEL), under)
        lines = values, Row(*first, slope, *self.limit, gap=NEAR, align="middle")
        beside = Column(self._kept(self.graph.part), NEAR, Column(*lines, gap=LABEL))
        return Row(*([self._kept(self.pair.part)] if self.pair else []), beside, gap=GROUP, align="middle")

    @property
    def is_first(self) -> bool:
        """Whether it is the function that is told first, and last: then it is said what a slope is."""
        return self.i == 0

    def _kept(self, part: Part) -> Part:
        part.name = f"{self.called}{part.name}"
        return self.keep(part)

    def _words(self, key: str, colour: Role = "quiet") -> Part:
        called, within = f"words {key} of {self.i}", _NARROW.get(key)
        return self._kept(words(self.pen, key, colour=colour, within=within, called=called))

    def _equation(self, source: Live, *also: str) -> list[Part]:
        """Return symbol = number, live; with what else it is between them."""
        names = [source.name, *(f"{name}_{self.i}" for name in also)]
        found: list[Part] = []
        for name in names:
            colour = self.sweep[name].now.row.role
            found.append(symbol(self.pen, name, height=VALUE, called=f"symbol {name}"))
            of: Operator = "=" if name == source.name else "approx"  # arms as shown may miss their ratio by a digit
            found.append(sign(self.pen, of, colour=colour, called=f"equals {name}"))
        ends = [moment[source.name].number for moment in self._moments]
        found.append(live(self.pen, source, ends, align="left", called=f"live {source.name}"))
        return [self._kept(part) for part in found]

    # -- what the beats show ------------------------------------------------------------------------------------------

    @property
    def geared(self) -> FunctionPair:
        """Its pair of gears.

        Raises
        ------
        StageError
            If it has none.
        """
        if self.pair is None:
            raise StageError(f"function {self.i} has no wheels")
        return self.pair

    @property
    def wheels(self) -> Sequence[Sector]:
        """Its wheels, that of x first."""
        return self.pair.wheels if self.pair else ()

    @property
    def hubs(self) -> Sequence[Shown]:
        """The hubs of its gears, over their arms."""
        return self.pair.top if self.pair else ()

    @property
    def standing(self) -> list[Shown]:
        """Wheels and graph, without what comes later."""
        return shown_of(*(each.part for each in (self.graph, self.pair) if each))

    @property
    def numbers(self) -> list[Shown]:
        """x and h."""
        return shown_of(*(part for value in self.values for part in value))

    def everything(self) -> Sequence[Shown]:
        """Return all of a function that is met later: with the point, the triangle and the arms already in place."""
        gears = self.pair if self.found.picture == "gears" else None
        arms, bars = (gears.arms(), gears.bars()) if gears else ((), (None, None, []))
        rungs = self.graph.rungs() if gears else ()
        drawn = [shown for shown in self.standing if shown not in self.hubs]
        riding = [*rungs, *bars[:2], *bars[2], self.graph.dot(), self.legs()]
        shown = [*drawn, *arms[:2], *self.hubs, *arms[2:], *riding, *self.numbers]
        shown += shown_of(*self.ratio, *self.rule, *self.per, *self.limit)
        return [each for each in shown if each is not None]

    def legs(self) -> Legs:
        """Return the triangle under the tangent, which stays on the graph wherever x goes."""
        names = [f"{name}_{self.i}" for name in ("x", "h", "local")]
        x, h, slope = zip(*([moment[name].number for name in names] for moment in self._moments), strict=True)
        return self.graph.legs(*zip(x, h, slope, strict=True))

    # -- triangles that stay, with their numbers ----------------------------------------------------------------------

    def chords(self, *others: Shown) -> tuple[list[Legs], list[Lettering]]:
        """Return two equal turns of x with the turns of h, as triangles under the curve, and their numbers."""
        drawn = [self.graph.triangle(name, beyond=0.0) for name in CHORDS]
        rises = [(f"{name}_rise", legs, "rise") for name, legs in zip(CHORDS, drawn, strict=True)]
        return drawn, self._tags((f"{CHORDS[0]}_run", drawn[0], "run"), *rises, off=others)  # both runs are equal

    def ghost(self) -> list[Shown]:
        """Return the triangle where round gears fit, and both slopes, if there is room for them with their name.

        They are its own, and that at the end of the turn; a bare number beside a triangle would be read as its rise.
        """
        names = ["circle", "end"]
        drawn = [self.graph.triangle(name) for name in names]
        slopes = [(f"{n}_slope", legs, "tangent") for n, legs in zip(names, drawn, strict=True)]
        return [drawn[0], *self._tags(*slopes, form="equation")]

    def missed(self, wrong: Dot, right: Dot, line: Shown) -> list[Lettering]:
        """Return where round gears turn h at the end, and where the true ones do, each beside its point."""
        tags: list[Lettering] = []
        for name, dot in (("line_end", wrong), ("end_h", right)):
            made = self.pen.readout(name, height=LETTERS, align="left")
            tags += self.graph.at_point(made, dot, wrong, right, line, *tags)
        return tags

    def leg_names(self) -> list[Lettering]:
        """Return the names of both arms beside the legs that they are, outside the triangle, where x is now."""
        legs, names = self.legs(), (f"near_{self.i}", f"far_{self.i}")
        made = [self.pen.symbol(name, height=LETTERS, align="left") for name in names]
        tags = ((letters, legs, side) for letters, side in zip(made, _SIDES, strict=True))
        return self.graph.beside(*tags, outside=True)

    def _tags(
        self, *wanted: tuple[str, Legs, str], form: Form = "number", off: Sequence[Shown] = ()
    ) -> list[Lettering]:
        """Return numbers beside sides of triangles, if there is room for all of them."""
        how: dict[str, Any] = {"height": LETTERS, "form": form, "align": "left"}
        return self.graph.beside(*((self.pen.readout(name, **how), legs, side) for name, legs, side in wanted), off=off)
