"""Losses of a network with one output, and the fields that several scenes check in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final, TypeVar

from core.functions import LOSSES
from scenes.parts.settings.base import complaint
from scenes.parts.type.numbers import format_typed

__all__ = ["CHANCES", "LOSS_FORMULAS", "NEEDS_CLASSES", "SCALAR_LOSSES", "shrinking", "suits_loss"]

Steps = TypeVar("Steps", bound=tuple[float, ...])

NEEDS_CLASSES: Final[Mapping[str, str]] = {
    "softmax_cross_entropy": "it compares several outputs, one for each class, and this network has one"
}
"""Losses that are no use for one output, and why."""

SCALAR_LOSSES: Final = tuple(name for name in LOSSES if name not in NEEDS_CLASSES)

LOSS_FORMULAS: Final[Mapping[str, str]] = {
    "half_squared_error": "L = inline(1/2) (y - t)^2",
    "squared_error": "L = (y - t)^2",
    "absolute_error": "L = |y - t|",
    "binary_cross_entropy": "L = -t log y - (1 - t) log(1 - y)",
    "binary_cross_entropy_with_logits": "L = -t log sigma(y) - (1 - t) log(1 - sigma(y))",
}
"""How each loss is written, in Typst math."""

CHANCES: Final = ("binary_cross_entropy", "binary_cross_entropy_with_logits")
"""Losses whose target is a chance."""


def suits_loss(loss: str, target: float | None) -> str:
    """Return the loss, or complain that it does not take this target."""
    if loss in CHANCES and target is not None and not 0 <= target <= 1:
        raise complaint(f"'{loss}' needs a target from 0 to 1, and the target is {format_typed(target)}")
    return loss


def shrinking(steps: Steps) -> Steps:
    """Return steps that shrink, or complain."""
    if any(later >= earlier for earlier, later in pairwise(steps)):
        raise complaint("the steps must shrink, each smaller than the one before")
    return steps
