"""Settings of the scene `loss_swap`: one network, two losses, and how hard each pushes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Final, Literal, get_args

from pydantic import Field, ValidationInfo, field_validator

from core.errors import CoreError
from scenes.parts.measure import Scale
from scenes.parts.recipe.quantity import Row
from scenes.parts.recipe.recipe import Run
from scenes.parts.settings.base import BeatWords, OneOf, Positive, SceneWords, Swept, Text, complaint
from scenes.parts.settings.descent import Descent
from scenes.parts.settings.faults import Problem, listed
from scenes.parts.settings.judges import Judges
from scenes.parts.settings.logit import LOGIT_LOSS, Logit
from scenes.parts.settings.scalar_losses import NEEDS_CLASSES, SCALAR_LOSSES, suits_loss
from scenes.parts.settings.small_net import SmallNet
from scenes.parts.type.by_hand import ByHand

Part = Literal["kink", "hand", "learn", "chance"]
PARTS: Final[tuple[Part, ...]] = get_args(Part)
Loss = Annotated[str, OneOf(SCALAR_LOSSES, "A loss: how the answer is compared with the target.", NEEDS_CLASSES)]


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title: on the opening card, then small over every page.")
    error: Text = Field(description="Over the bar of the error.")
    first_push: Text = Field(description="Over the bar of the first loss's push.")
    second_push: Text = Field(description="Over the bar of the second loss's push.")
    nudged: Text = Field(description="Before how much a loss changes when the answer is nudged.")
    uphill: Text = Field(description="Beside the first arrow: which way it points, and which way learning goes.")
    tempting: Text = Field(description="Before what one might expect of a push.")
    quotient: Text = Field(description="Over the column of what one loss gives divided by what the other gives.")
    run: Text = Field(description="At the run of a triangle.")
    as_chance: Text = Field(description="Over how the curve makes a chance of the answer.")
    step: Text = Field(description="What is counted on an axis of steps.")
    pose_question: BeatWords = Field(description="The opening card: how hard does an error push?")
    show_chance: BeatWords = Field(description="The answer read as a chance; left out without a loss that reads it so.")
    meet_judges: BeatWords = Field(description="Both losses as curves over the answer.")
    read_slopes: BeatWords = Field(description="The slope of the first loss where the answer is: its push.")
    read_second: BeatWords = Field(description="That of the second.")
    ask: BeatWords = Field(description="The question to the class: the error grows, does every push grow?")
    compare_pushes: BeatWords = Field(description="The push of each loss where the answer has slid to.")
    choose_at_kink: BeatWords = Field(description="A kink has no slope; left out if no loss has one.")
    show_values: BeatWords = Field(description="The values, and how the slope of each gate follows from them.")
    begin_by_hand: BeatWords = Field(description="By hand: the first line is the loss's own.")
    derive: BeatWords = Field(description="What comes back to each value, line by line, for both losses.")
    derive_weights: BeatWords = Field(description="The gradients of the weights.")
    divide: BeatWords = Field(description="Every line differs by one factor; left out if a push is exactly 0.")
    learn: BeatWords = Field(description="Both learn, from the same start, at the same rate.")
    read_as_chance: BeatWords = Field(description="The push as a gap; left out without such a loss.")
    say_claim: BeatWords = Field(description="Both losses side by side: what each pushes by.")


class LossSwap(SmallNet):
    """A clip of the scene `loss_swap`: a small network, judged by two losses."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("activation", "first", "second", "kinked", "x", "target", "y", "miss", "slid_miss", "rate", "steps", "times"),
        *("below_push", "on_push", "above_push", *(f"{key}push_{i}" for key in ("", "slid_") for i in range(2))),
        *(f"{name}_{i}" for name in ("L", "then", "nudged", "off", "last_push") for i in range(2)),
        *("quotient", "p", "p_miss", "nudge", *(f"dL_d{name}_{i}" for name in ("x", "w1", "w2") for i in range(2))),
    )

    scene: Literal["loss_swap"] = Field(description="The scene that draws this clip.")
    losses: tuple[Loss, Loss] = Field(description="The two losses.")
    times: Positive = Field(default=2.0, description="How many times as wrong the answer is when it has slid.")
    parts: tuple[Part, ...] = Field(default=PARTS, description=f"What is told behind the pushes: {listed(PARTS)}.")
    rate: Positive = Field(default=0.5, description="Learning rate, the same for both losses.")
    steps: int = Field(default=20, ge=2, le=100, description="How many steps both learn.")
    claim_at: Literal["first", "last"] = Field(default="first", description="Which answer the last picture shows.")
    divide_hold: float = Field(default=3.0, ge=0, le=20, description="How long the quotients stand, or longer.")
    slide_seconds: float = Field(default=1.0, ge=0.5, le=20, description="How long the answer slides, in seconds.")
    learn_seconds: float = Field(default=1.8, ge=0.5, le=30, description="How long the steps take, in seconds.")
    words: Words = Field(description=f"All words on screen; names in braces are filled in: {listed(placeholders)}.")

    @field_validator("losses")
    @classmethod
    def _target_suits_losses(cls, losses: tuple[str, str], info: ValidationInfo) -> tuple[str, str]:
        for loss in losses:
            suits_loss(loss, info.data.get("target"))
        if losses[0] == losses[1]:
            raise complaint("two different losses are needed: they are compared")
        return losses

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The network with each of both losses."""
        return tuple(map(self.judged_by, self.losses))

    @cached_property
    def judges(self) -> Judges:
        """Both losses, over the answer; if that comes straight out of a function, over what goes into it."""
        return Judges(self.runs, self.nodes, "z" if self.w2 is None else "y", self.given("times"))

    @cached_property
    def logit(self) -> Logit | None:
        """The answer read as a chance, if a loss reads it so."""
        return next((Logit(run, self.nodes) for run in self.runs if run.recipe.steps[-1].does == LOGIT_LOSS), None)

    def tells(self, part: Part) -> bool:
        """Return whether a part is told: it is wanted, and there is something to tell."""
        there = {"kink": bool(self.judges.kinked), "chance": self.logit is not None}
        return part in self.parts and there.get(part, True)

    @cached_property
    def ways(self) -> tuple[Descent, ...]:
        """The steps that both learn."""
        return self.judges.learn(self.given("rate"), self.steps)

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: the chain and both losses, what they learn, and the answer as a chance."""
        rows = self.judges.rows() | self.judges.learned_rows(self.ways) | self.judges.follow_at_rest()
        typed = {"rate": "eta", "steps": "k", "times": "n"}
        rows |= {name: Row(symbol, self.given(name), "ink", typed=True) for name, symbol in typed.items()}
        return rows | self.dial_row(self.runs[0]) | (self.logit.rows() if self.logit else {})

    def by_hand(self) -> Iterable[ByHand]:
        """Return the sums of both losses, and of the chance."""
        return *self.judges.by_hand(), *(self.logit.by_hand() if self.logit else ())

    def named(self) -> Mapping[str, str]:
        """Return what `{activation}`, `{first}` and `{second}` stand for, and `{kinked}`, if a loss has a kink."""
        kinked = [("kinked", self.losses[i]) for i in self.judges.kinked]
        return {"activation": self.activation, "first": self.losses[0], "second": self.losses[1], **dict(kinked)}

    def sweeps(self) -> Mapping[str, Swept]:
        """Return the answer that slides, and the steps of learning."""
        longest = max(self.ways, key=lambda way: way.last)
        return {"answer": self.judges.sweep(), "step": longest.counted("now_step")}

    @cached_property
    def _ranges(self) -> Mapping[str, tuple[float, float]]:
        found = {**self.judges.ranges(), **self.judges.learned_ranges(self.ways)}
        return found | (self.logit.ranges() if self.logit else {})

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the ranges of all axes."""
        return self._ranges

    def scales(self) -> Mapping[str, Scale]:
        """Return how far a dial turns."""
        return self.dial_scale(self.runs[0])

    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit, as the base class says: a loss that cannot be drawn, a rate that goes nowhere."""
        try:
            learned = self.ways if self.tells("learn") else ()
            late = [*self.judges.problems(), *(p for way in learned for p in way.problem("rate"))]
            if not late:
                self.quantities(), self.ranges()
            return late
        except CoreError as error:
            return [Problem((), f"the network cannot be computed: {error}")]
