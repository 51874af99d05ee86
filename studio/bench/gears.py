"""What teeth cost: rolling gears against the same frames with plain circles in their place."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
from manim import tempconfig

from scenes.chain_rule_gears import ChainRuleGears
from scenes.parts.stage.motions import Appear, SweepTo
from scenes.parts.things.pen import Pen
from studio.bench.measure import Measure
from studio.bench.stage import render_settings

__all__ = ["measures"]

ROUNDS = 5
REACH, LIMIT = 1.3, 1.5
SIZE = (1920, 1080, 60.0)
SECONDS = 1.5
_ROUND = np.linspace(0.0, 2 * np.pi, 24, endpoint=False)


class Rolling(ChainRuleGears):
    """The train of the clip, rolling for a while."""

    def construct(self) -> None:
        """Roll the whole train."""
        self.arrange()
        with self.beat("turn_x", least=0.0):
            self.play(Appear(*self.train.wheels, run_time=0.1))
            self.play(SweepTo(self.sweep, self.clip.turns[0], run_time=SECONDS))


class Round(Rolling):
    """The same with circles instead of teeth, on the same stage, checked in the same way."""

    def _pen(self) -> Pen:
        pen = super()._pen()
        circle = np.stack([np.cos(_ROUND), np.sin(_ROUND)], axis=1)
        pen.wheels = {k: replace(plan, outline=circle * plan.pitch_radius) for k, plan in pen.wheels.items()}
        return pen


Rolling.__name__ = Round.__name__ = ChainRuleGears.__name__  # their settings are those of the clip


def measures() -> Iterator[Measure]:
    """Measure a whole render of rolling gears against one of rolling circles, at 1080p60."""
    found = [_spent(Rolling) / _spent(Round) for _ in range(ROUNDS)]
    yield Measure("rolling gears / plain circles, 1080p60", median(found), REACH, LIMIT)


def _spent(clip: type[ChainRuleGears]) -> float:
    """Return the processor seconds of a render."""
    with TemporaryDirectory() as folder, tempconfig(render_settings(Path(folder), *SIZE)):
        begin = time.process_time()
        clip().render()
        return time.process_time() - begin
