"""What several rates of learning make of the same weights: a map for each, and the loss over the steps of all."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.page import LABEL, LOOSE, Column, Slot, Table, during
from scenes.parts.recipe.sweep import Live
from scenes.parts.theme import LABEL as SMALL
from scenes.parts.theme import VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.letters import number, words
from scenes.parts.things.part import shown_of
from scenes.parts.things.path import STROKE
from scenes.parts.things.pen import Pen
from scenes.parts.things.plane import Sizes
from scenes.parts.things.readout import Form
from scenes.parts.things.step_map import WayMap
from scenes.parts.things.step_plane import StepPlane, clock

__all__ = ["RateMaps", "loss_curve", "loss_race"]


_MAP, _CURVE = Sizes((1.1, 2.8), (1.1, 2.8), (3, 3)), Sizes((1.6, 5.2), (1.6, 3.8))
_LOGS = Sizes((3.0, 8.5), (2.4, 4.0), (5, 8))
_BOLD, _PALE = (1.0, 0.055), (0.55, STROKE)
"""Of a path's colour so much, and how wide it is: of the best one, and of the others."""


class RateMaps:
    """Maps side by side, and the steps that all have come to; the quantities are those of `settings.descent.Race`.

    Parameters
    ----------
    weights
        Both weights, the one across first.
    ends
        Of each rate the key of how it ends.
    step
        The step as a sweep moves it, and the key of what is counted.
    """

    def __init__(self, pen: Pen, weights: tuple[str, str], ends: Sequence[str], step: tuple[Live, str]) -> None:
        self._maps = [self._map(pen, weights, i, step[0], len(ends) - 1) for i in range(len(ends))]
        forms: tuple[Form, Form] = ("equation", "number")
        self._ones = [number(pen, f"one_L_{i}", form=forms) for i in range(len(ends))]
        self._ends = [words(pen, key, align="centre", most=2, called=f"end {i}") for i, key in enumerate(ends)]
        self._lasts = [number(pen, f"last_L_{i}", form=forms) for i in range(len(ends))]
        self._clock = clock(pen, "steps", *step, wide=(3.0, 8.0))

    def _map(self, pen: Pen, weights: tuple[str, str], i: int, step: Live, last: int) -> WayMap:
        x, y = weights
        title = pen.readout(f"rate_{i}", height=SMALL, form="equation")
        return WayMap.of(
            pen,
            "far",
            _MAP,
            f"far {i}",
            title=title,
            way=(f"{x}_{i}", f"{y}_{i}"),
            step=step,
            heights=5,
            begins=weights,
            outer=(i == 0, i == last),
        )

    def box(self, asked: str, answered: str) -> Column:
        """Return all of them: under each in one beat the loss after one step, in another how it ends, and with what."""
        pairs = zip(self._ones, self._lasts, strict=True)
        losses = [Slot(during(first, asked), during(last, answered)) for first, last in pairs]
        maps = [each.part for each in self._maps]
        return Column(Table(maps, losses, self._ends, gap=LOOSE, lines=LABEL), self._clock)

    @property
    def begun(self) -> list[Shown]:
        """The maps, where all begin, and the steps."""
        return shown_of(*(each.part for each in self._maps), self._clock)

    @property
    def ones(self) -> list[Shown]:
        """The losses after one step."""
        return shown_of(*self._ones)

    @property
    def ends(self) -> list[Shown]:
        """How each ends, and with which loss."""
        return shown_of(*self._ends, *self._lasts)


def loss_curve(pen: Pen, key: str, step: Live, then: str, name: str) -> StepPlane:
    """Return the loss over the steps at one rate, as far as a sweep of them has come; at its end stands ``then``.

    Parameters
    ----------
    key
        With which the names of the quantities along the steps end, and their ranges begin.
    then, name
        The loss after the last step; the key of what is counted.
    """
    keys, paths, marks = (f"{key}_steps", f"{key}_loss"), [(f"loss_{key}", f"step_{key}")], [(then, f"lasts_{key}")]
    made = StepPlane(pen, "curve", keys, (name, "L"), _CURVE, paths=paths, step=step, marks=marks, mark="loss")
    made.ends = [[pen.readout(then, height=VALUE, form="equation", align="left")]]
    return made


def loss_race(pen: Pen, ends: Sequence[str], step: str, leads: str, scaled: str) -> StepPlane:
    """Return the loss over the steps at each rate, on an axis of powers of ten; at each end stand rate and loss.

    The best one at the end is bold, the others are pale; the best one after a step is marked.

    Parameters
    ----------
    step, leads, scaled
        The keys of what is counted, of what is said of the best one after one step, and of the axis of powers.
    """
    shown = [i for i in range(len(ends)) if f"log_{i}" in pen.quantities]  # of exactly 0 there is no power
    paths, lines = [(f"log_{i}", f"counted_{i}") for i in shown], list[list[Lettering]]()
    for i in shown:
        rate = pen.readout(f"rate_{i}", height=VALUE, form="equation", align="left")
        loss = pen.readout(f"last_L_{i}", height=VALUE, align="left")
        lines.append([rate, loss, pen.words(ends[i], height=SMALL, colour="quiet")])
    keys, known = ("steps", "decades"), pen.quantities
    best = min(shown, key=lambda i: known[f"last_L_{i}"].number, default=0)
    looks = [_BOLD if i == best else _PALE for i in shown]
    marks = [("first_log", "first_step")] if "first_log" in known else []
    said: list[Lettering] = [pen.readout("first_best", height=SMALL, align="left")]
    said += [pen.words(leads, height=SMALL), pen.readout("first_best_L", height=SMALL, align="left")]
    how = {"paths": paths, "ends": lines, "looks": looks, "marks": marks, "tells": [said] * len(marks)}
    aside = [pen.words(scaled, height=SMALL, colour="quiet", align="left")]
    return StepPlane(pen, "losses", keys, (step, "L"), _LOGS, powers=True, behind=aside, **how)  # type: ignore[arg-type]
