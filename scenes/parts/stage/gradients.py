"""A stage for a network whose gradients are known already: all that flows back at once, and an area for each weight."""

from __future__ import annotations

from functools import cached_property

from scenes.parts.page import Line, between
from scenes.parts.stage.motions import Appear, Unfold
from scenes.parts.stage.network import NetworkStage
from scenes.parts.stage.travel import Travel
from scenes.parts.things.area import area
from scenes.parts.things.base import Shown
from scenes.parts.things.letters import words
from scenes.parts.things.part import Part, shown_of

__all__ = ["GradientStage"]


class GradientStage(NetworkStage):
    """A clip that begins where backpropagation ends."""

    @cached_property
    def half_turn(self) -> Part:
        """What half a turn of every dial stands for."""
        return self.part(words(self.pen, "half_turn", colour="quiet", align="right", most=1))

    @cached_property
    def areas(self) -> dict[int, Part]:
        """The area of each weight's gradient, by its gate: what went in, times what comes back."""
        nodes, weights = self.network.nodes, self.network.weights
        gates = [(i, w) for i, w in enumerate(self.slopes) if w in weights]
        return {i: self.part(area(self.pen, f"dL_d{w}", nodes[i], f"dL_d{nodes[i + 1]}")) for i, w in gates}

    def areas_line(self) -> Line:
        """Return the areas under the gates of their weights."""
        return between(*(self.areas.get(i) for i in range(len(self.slopes))))

    @property
    def products(self) -> list[Shown]:
        """The gradients of the weights, as they stand at their areas."""
        return [part.shown[-1] for part in self.areas.values()]

    def show_gradients(self) -> None:
        """Let all that flows back come at once, and at each weight what went in times what comes back."""
        others = [part.shown[:-1] for part in self.areas.values()]
        self.play(Appear(*self.half_turn.shown), Unfold(*shown_of(*self.chain.dials[0][1:])))
        self.flow_again()
        self.play(Unfold(*(shown for each in others for shown in each)))
        self.play(Travel(*self.products, from_=[each[1] for each in others]))
