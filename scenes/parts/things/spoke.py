"""The spoke of a gear, which is the gradient, and the push at a tooth, which is the same at every one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.theme import HOLLOW, HUB, Theme
from scenes.parts.things.base import Paint, Source
from scenes.parts.things.outlined import Numbers
from scenes.parts.things.riding import Riding
from scenes.parts.things.shapes import arrow, disc, rectangle
from scenes.parts.things.strips import beam
from scenes.parts.things.wheel import Gear, Wheel

__all__ = ["DOWN", "Spoke", "ToothPush"]

Points = npt.NDArray[np.float64]
DOWN: Final = -math.pi / 2
_WIDTH: Final = 0.085  # of a spoke
_CLEAR: Final = 0.03  # round the hub, and round the push at a tooth, in the colour of the ground
_SHAFT, _HEAD, _DOT = 0.07, 0.2, 0.055  # of the push at a tooth: width, length of the head, radius of the dot
_NOTHING: Final = np.zeros((0, 3))
_CENTRE: Final = np.zeros(3)


class Spoke(Riding):
    """A gradient as a bar from the hub of its gear to the pitch circle: scale x |value| long, hollow if negative.

    It does not turn with its gear. Of a gradient of exactly 0 there is none: its gear is a free hub.
    """

    kind = "spoke"
    roles = ("length",)

    def __init__(self, gear: Gear, scale: Scale, *, theme: Theme, colour: str, direction: float = DOWN) -> None:
        fills = theme.mixed(colour, HOLLOW[1]), colour, theme.colour("background"), theme.colour("ink")
        sizes = {"direction": direction, "width": _WIDTH, "rim": HOLLOW[0]}
        super().__init__([(gear.source, scale)], wheel=gear, sizes=sizes, paints=[Paint(fill) for fill in fills])

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return the wash and the ink of the bar, and over its beginning what clears the hub, and the hub."""
        length, direction = drawn["length"], sizes["direction"]
        if length == 0.0:
            return [_NOTHING] * 4
        tip = np.array([math.cos(direction), math.sin(direction), 0.0]) * abs(length)
        bar = beam(_CENTRE, tip, sizes["width"], sizes["rim"], solid=length > 0)
        return [*bar, disc(_CENTRE, HUB + _CLEAR), disc(_CENTRE, HUB)]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return how far the bar reaches, negative where it is hollow."""
        wash, ink, *_ = shapes
        if not len(ink):
            return {"length": 0.0}
        (start, end) = (ink[0] + ink[11]) / 2, (ink[3] + ink[8]) / 2
        return {"length": float(np.linalg.norm(end - start)) * (-1.0 if len(wash) else 1.0)}


class ToothPush(Riding):
    """The push at a tooth: a dot where two wheels meet, and an arrow along the rim, scale x |push| long.

    It is the force on the wheel that it rides on, at the tooth towards the next one: up or down so that force times arm
    turns the wheel the way of the push on its shaft; an idler turns against its neighbours. What it says is its size.
    """

    kind = "tooth_push"
    roles = ("length",)

    def __init__(self, push: Quantity | Source, scale: Scale, *, wheel: Wheel, theme: Theme) -> None:
        ground, ink = theme.colour("background"), theme.colour("ink")
        arm, sense = math.cos(wheel.plan.ahead or 0.0), wheel.quantity.number * wheel.plan.share
        sizes = {"way": math.copysign(1.0, arm * sense)}
        super().__init__(
            [(push, scale)], wheel=wheel, ahead=True, sizes=sizes, paints=[Paint(ground), Paint(ink), Paint(ink)]
        )

    @classmethod
    def shapes(cls, drawn: Numbers, sizes: Numbers) -> Sequence[Points]:
        """Return what it clears of what lies under it, the arrow, and the dot."""
        length = drawn["length"]
        if not length > 0.0:
            return [_NOTHING] * 3
        tip = np.array([0.0, sizes["way"] * length, 0.0])
        shaft, head = arrow(_CENTRE, tip, width=_SHAFT, head=_HEAD, filled=True)
        size = min(_HEAD, length / 2) / _HEAD
        room = rectangle(_CENTRE, shaft[3] * [0.0, 1.0, 0.0], _SHAFT * size + 2 * _CLEAR)
        clear = [disc(_CENTRE, _DOT + _CLEAR), room[::-1]]  # round the same way, else there is a hole where they meet
        return [np.concatenate(clear), np.concatenate([shaft, head]), disc(_CENTRE, _DOT)]

    @classmethod
    def read(cls, shapes: Sequence[Points], sizes: Numbers) -> Numbers:
        """Return how far the arrow reaches."""
        ink = shapes[1]
        return {"length": float(sizes["way"] * ink[20, 1]) if len(ink) else 0.0}
