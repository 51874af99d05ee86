"""How runs of learning end: told by their losses and what pushes are left, so that no word is ever false of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal

from pydantic import Field

from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.recipe import Run
from scenes.parts.settings.base import SceneWords, Text
from scenes.parts.settings.scalar_losses import CHANCES

__all__ = ["EndWords", "Ending", "ending", "lowest"]

Ending = Literal["ended", "arrives", "stuck", "flat", "flies_off", "no_lower", "crawls", "unsteady"]

ARRIVED: Final = 0.01
"""Of the first loss, as far as it can be lowered at all: with less it counts as arrived."""

FLAT: Final = 1e-3
"""Of the loss: what moves it by less in the later half of the steps, or if a weight moved by its size, is next to none.
"""


class EndWords(SceneWords):
    """How runs of learning end, in words; what counts them, and leads."""

    step: Text = Field(description="What is counted on an axis of steps.")
    leads: Text = Field(description="Before the lowest loss after one step.")
    log_scale: Text = Field(description="Behind the name of an axis whose numbers are powers of ten.")
    arrives: Text = Field(description="Beside a rate: the loss comes near the lowest that it can be, mostly 0.")
    crawls: Text = Field(description="Beside a rate: the loss falls step by step, and is not there yet.")
    unsteady: Text = Field(description="Beside a rate: the loss ends lower than it began, but rises now and then.")
    stuck: Text = Field(description="Beside a rate: the gradient of every weight is exactly 0.")
    flat: Text = Field(description="Beside a rate: the loss stays as it is, and next to nothing pushes a weight.")
    flies_off: Text = Field(description="Beside a rate: at last the loss rises step by step, each time by more.")
    no_lower: Text = Field(description="Beside a rate: the loss ends no lower than it began, but does not fly off.")
    ended: Text = Field(description="Beside a rate: the run left what is finite; after which step stands behind it.")


def lowest(run: Run) -> float:
    """Return the lowest that the loss of a run can be, whatever it answers: 0, unless a chance is wanted."""
    if run.recipe.steps[-1].does not in CHANCES:
        return 0.0
    target = number(run.input("t"))
    return -sum(chance * math.log(chance) for chance in (target, 1.0 - target) if chance > 0.0)


def ending(losses: Sequence[float], least: float, pushed: Sequence[tuple[float, float]]) -> Ending:
    """Return how a run ends that stayed finite.

    Parameters
    ----------
    losses
        The first, and that after each step, of which there are at least two.
    least
        The lowest that the loss can be.
    pushed
        Each weight at the end, and its gradient.

    Examples
    --------
    >>> pushed = [(1.0, 0.5)]
    >>> [ending(losses, 0.0, pushed) for losses in ([8.0, 4.0, 2.0, 1.0], [1.0, 2.0, 4.0, 8.0], [8.0, 2.0, 4.0, 3.0])]
    ['crawls', 'flies_off', 'unsteady']
    >>> [ending([8.0, last, last, last], 0.0, [(1.0, 1e-9)]) for last in (0.01, 4.0, 9.0)]
    ['arrives', 'flat', 'flat']
    """
    most = len(losses) - 1
    begun, last, late = losses[0], losses[-1], losses[min(most // 2, most - 2) :]
    by = [after - before for before, after in pairwise(late)]
    falls, rises = max(by) <= 0.0 and last < late[0], min(by) > 0.0
    near = ARRIVED * (begun - least)
    if last - least < near and not rises and (falls or late[-2] - least < near):
        return "arrives"
    if not any(gradient for _, gradient in pushed):
        return "stuck"
    pushes = [abs(gradient) * max(1.0, abs(weight)) for weight, gradient in pushed]
    if max(*pushes, max(late) - min(late)) <= FLAT * last:
        return "flat"
    if last >= begun:
        by = [after - before for before, after in pairwise(losses[-max(3, most // 3) :])]
        faster = by[0] > 0.0 and all(before < after for before, after in pairwise(by))
        return "flies_off" if faster and last > max(losses[:-1]) else "no_lower"
    return "crawls" if falls else "unsteady"
