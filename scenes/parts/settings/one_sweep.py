"""Settings of the scene `one_sweep`: what all gradients of a long chain cost, and those of a network of layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, reduce
from itertools import pairwise
from operator import add
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from scenes.parts.measure import Scale
from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.quantity import Role, Row
from scenes.parts.recipe.terms import Constant, Term, Work
from scenes.parts.settings.base import BeatWords, ClipSettings, SceneWords, Text
from scenes.parts.settings.costs import Costs
from scenes.parts.settings.faults import Problem, listed

ONE: Final = Constant(1.0)
CHAINS: Final[Mapping[str, Role]] = {"long": "quiet", "one": "gradient", "net": "gradient"}
_TALLEST: Final = 3.0  # of all bars, in frame units


class Words(SceneWords):
    """Every word that the scene shows: labels first, then the beats in order."""

    title: Text = Field(description="The title, small over every beat.")
    slope: Text = Field(description="Over the first mark of the long row: what each of them is.")
    front_key: Text = Field(description="Under the bars of a long row: multiplied anew for each value.")
    back_key: Text = Field(description="Under the bar beside them: one sweep from the back.")
    sums: tuple[Text, Text] = Field(description="Under those: how they add up, before what that gives.")
    one_input: Text = Field(description="Beside a sum: what one input takes.")
    all_inputs: Text = Field(description="Beside a product: what all inputs take.")
    once: Text = Field(description="Beside a sum: what the sweep takes.")
    row_bar: Text = Field(description="Under the first bar at the end: the gain in the long row.")
    one_bar: Text = Field(description="Under the second one: the gain in the network if it had one input.")
    net_bar: Text = Field(description="Under the third one: the gain in the network.")
    most_bar: Text = Field(
        description="Under the last one: the gain's limit, and what one more input takes: one by one, in the sweep."
    )
    chain: BeatWords = Field(description="A long row of slopes: the question of the clip to the class.")
    front: BeatWords = Field(description="A bar for each slope: what is multiplied from there to the end.")
    back: BeatWords = Field(description="One bar beside all of them: one sweep from the back.")
    layers: BeatWords = Field(description="A network of layers.")
    wires: BeatWords = Field(description="Each wire is a slope: they are counted, bundle by bundle.")
    ask: BeatWords = Field(description="The question to the class, with a tempting wrong answer.")
    inputs: BeatWords = Field(description="One input at a time: the wires behind it, for every input again.")
    sweep: BeatWords = Field(description="From the back, every wire once.")
    claim: BeatWords = Field(description="The answer: the gain in the row, in the network for one input, and for all.")


class OneSweep(ClipSettings):
    """A clip of the scene `one_sweep`: multiplications of gradients one by one, and in one sweep from the back."""

    placeholders: ClassVar[tuple[str, ...]] = (
        *("long", "inputs", "widths", "deep", "each_input", "width_1", "gain_most"),
        *(f"gain_{chain}" for chain in CHAINS),
        *(f"{of}{way}_{chain}" for chain in CHAINS for of in ("", "sum_") for way in ("front", "back")),
    )

    scene: Literal["one_sweep"] = Field(description="The scene that draws this clip.")
    long: int = Field(default=50, ge=2, le=100, description="Slopes in the long row.")
    widths: tuple[Annotated[int, Field(ge=1, le=1000)], ...] = Field(
        default=(784, 128, 64, 10), min_length=3, max_length=4, description="Layers of the network, first to last."
    )
    words: Words = Field(
        description=f"All words on screen; these names in braces are filled in: {listed(placeholders)}."
    )

    @cached_property
    def costs(self) -> Costs:
        """What gradients cost: all of a long chain, and those of a network's inputs, one of them or all."""
        net = [self.given("widths", i) for i in range(len(self.widths))]
        return Costs({"long": ([ONE] * self.long, self.long), "one": ([ONE, *net[1:]], 1), "net": (net, 1)})

    @property
    def bundles(self) -> range:
        """The bundles of wires, from the inputs on; the last one goes to the loss."""
        return range(len(self.widths))

    def table(self) -> Mapping[str, Row]:
        """Return the quantities: the work, row by row and in all, and the wires of each bundle."""
        counted = self.costs.rows()
        given: dict[str, Term] = {"long": self.given("long"), "inputs": self.given("widths", 0)}
        given |= {f"row_{i}": Work("back", (ONE,) * (i + 1), 1) for i in range(1, self.long)}
        given |= {f"width_{i}": self.given("widths", i) for i in self.bundles} | {"loss": ONE}
        ends = [*(given[f"width_{i}"] for i in self.bundles), ONE]
        wires = [one * other for one, other in pairwise(ends)]
        given |= {f"wires_{i}": term for i, term in enumerate(wires)}
        given |= {"each_input": reduce(add, wires[1:]), "deep": Constant(float(len(wires))) * ONE}
        rows = {name: Row('"multiplications"', term, "ink", typed=True) for name, term in given.items()}
        rows["loss"] = replace(rows["loss"], symbol="L", role="loss")
        for chain, role in CHAINS.items():
            gain = counted[f"front_{chain}"].term / counted[f"back_{chain}"].term
            rows[f"gain_{chain}"] = Row('"gain"', gain, role, typed=chain == "long")
        most = given["each_input"] / given["width_1"]  # of each input more, one by one and in the sweep
        rows["gain_most"] = Row('"gain"', most, "quiet")
        return rows | counted

    def named(self) -> Mapping[str, str]:
        """Return what `{widths}` and sums stand for."""
        return {"widths": "–".join(map(str, self.widths)), **self.costs.sums()}

    def scales(self) -> Mapping[str, Scale]:
        """Return how tall bars are: those of the long chain, and those of the gain."""
        gain = max(number(self.table()[f"gain_{of}"].term) for of in ("long", "most"))
        return {"row": Scale("long", _TALLEST / (self.long - 1)), "gain": Scale("gain", _TALLEST / gain)}

    def fit(self, digits: int) -> list[Problem]:
        """Return nothing: whole numbers in these bounds can all be shown."""
        return []
