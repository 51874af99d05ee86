"""The worked example with the scales of its dials, ribbons and areas, and the quantities that its clips share."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import suppress

from pydantic import Field
from pydantic_core import PydanticCustomError

from core.errors import CoreError
from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.held import held
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.terms import Constant
from scenes.parts.settings.base import FitScale, SceneWords, Text
from scenes.parts.settings.faults import Problem
from scenes.parts.settings.fitting import round_below
from scenes.parts.settings.graphs import law_of, slope_formula
from scenes.parts.settings.scalar_losses import LOSS_FORMULAS, suits_loss
from scenes.parts.settings.two_layers import WEIGHTS, TwoLayers

__all__ = ["WEIGHTS", "FlowWords", "TwoWeights"]

_NUMBERS = ("target", "x", *WEIGHTS)
_AREAS = (("x", "z"), ("h", "y"))  # what went in at each weight, and where its push comes back from
_WIDEST = {"area": 1.4, "small_area": 1.0, "least_area": 0.75}  # the longest side of an area: the less room, the less


class FlowWords(SceneWords):
    """What is said where a push flows back to weights."""

    push: Text = Field(description="What the bracket beside L says: how thick a push of 1 is.")
    square: Text = Field(description="Beside an area: how large the dashed square is.")


class TwoWeights(TwoLayers):
    """A clip of the worked example in which nothing but its weights moves."""

    scale: FitScale = Field(
        default="auto", description="How thick a push of 1 is, in units of a frame 8 high; auto: as thick as fits."
    )

    def network_rows(self) -> dict[str, Row]:
        """Return the quantities of the network, its target, its loss, and what half a turn of a dial stands for.

        The symbol of ``law_h`` is how h follows, that of ``rule_h`` how its slope does, where a short line says it.
        """
        rows = self.network.rows(graphs=False)
        rows["target"] = Row("t", self.run.input("t"), "ink", typed=True)
        rows["half_turn"] = Row("pi", self.network.half_turn() * Constant(1.0), "quiet", typed=True)
        for node in self.nodes[1:]:
            if formula := slope_formula(self.run, node):
                rows[f"rule_{node}"] = Row(formula, self.run.slope(node), "ink")
        laws = [law_of(self.run, node) for node in self.nodes[1:-1]]
        rows |= {
            f"law_{node}": Row(law, self.run.value(node)) for node, law in zip(self.nodes[1:-1], laws, strict=True)
        }
        return rows | {"loss_formula": Row(LOSS_FORMULAS[self.loss], self.run.value("L"), "loss")}

    def no_step(self, digits: int) -> Iterator[Problem]:
        """Yield that neither weight has a gradient, so that no step can be told, and which other number would do."""
        if self._has_gradient:
            return
        but = " but for rounding" if any(number(self.run.grad(w)) for w in WEIGHTS) else ""
        told = f"the gradient of both weights is 0{but}, so that there is no step to take"
        key, instead = next(self._instead(digits), ("", 0.0))
        now = f"with {getattr(self, key)!r} {told}; {instead!r} would do" if key else told
        yield Problem((key,) if key else (), now)

    @property
    def _has_gradient(self) -> bool:
        """Whether a weight has a gradient of which a digit holds."""
        gradients = [self.run.grad(w) for w in WEIGHTS]
        return any(number(each) != 0.0 and held(each) > 0 for each in gradients)

    def _instead(self, digits: int) -> Iterator[tuple[str, float]]:
        """Yield each key of which another number alone gives a weight a gradient, and a clip that fits."""
        known = {name: getattr(self, name) for name in type(self).model_fields}
        for key in _NUMBERS:
            now = known[key]
            for other in (float(f"{each:.12g}") for each in (now + 1.0, -now, 1.0 - now, now / 2.0, now - 1.0)):
                made = type(self).model_construct(**{**known, key: other})
                with suppress(CoreError, PydanticCustomError):
                    suits_loss(self.loss, made.target)
                    if made._has_gradient and not made.fit(digits):
                        yield key, other

    def scales(self) -> Mapping[str, Scale]:
        """Return how thick a push of 1 is, how far a dial turns, and how long the sides of areas are."""
        run = self.run
        sides = [abs(number(term)) for value, push in _AREAS for term in (run.value(value), run.delta(push))]
        return {
            "ribbon": Scale("scale", self.network.ribbon(self.scale)),
            "dial": Scale("half_turn", math.pi / number(self.network.half_turn())),
            **{name: Scale(name, round_below(most / max(1.0, *sides), 2)) for name, most in _WIDEST.items()},
        }
