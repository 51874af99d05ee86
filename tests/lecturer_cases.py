"""Settings as a lecturer would type them, drawn by chance: other numbers, functions, losses, stages and languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from truth_cases import settings_in_use
from word_cases import SENTENCES, TITLES

from core.functions import FUNCTIONS
from scenes.parts.settings import SettingsError
from scenes.parts.settings.models import SCENES
from scenes.parts.settings.scalar_losses import SCALAR_LOSSES
from scenes.parts.stage.rehearsal import refusals

Changes = dict[str, Any]

TEN: Final = ("en", "de", "es", "fr", "el", "ru", "ar", "hi", "zh", "ja")
"""The languages; in English all words are the shipped ones."""

WEIGHT, INPUT, MOST_STAGES = 5.0, 10.0, 10
CLIP: Final = "Mine"
NAMES: Final = tuple(FUNCTIONS)
CHANCES: Final = ("binary_cross_entropy", "binary_cross_entropy_with_logits")

_REASONS: Final = (
    r"is not defined at",  # outside of its domain
    r"where the \w+ is not defined",  # the same on the way of x
    r"it cannot be computed there",  # the same of a whole range
    r"a probability must lie between 0 and 1",
    r"cannot be computed near",  # too near to the end of its domain
    r"cannot be computed from",  # a chance is wanted, and the answer is none on its way
    r"cannot be computed after a step of",
    r"is not finite",
    r"the first step leaves what can be computed",
    r"the gradient of both weights is 0",  # no step leads anywhere
    r"the loss cannot be computed around all places where",  # the same on the map that they span
    r"is so small that .*; nor would a rate of 1 do",  # too small for a computer
    r"nor does any other step: the loss (is too flat there, or too steep|has a kink at)",
)
MATHEMATICS: Final = re.compile("|".join(_REASONS))
"""What a refusal says whose reason is in the mathematics: outside of a domain, too large or small for a computer."""


def typed(chance: Random, most: float) -> float:
    """Return a number between -most and most with one or two decimals."""
    return round(chance.uniform(-most, most), chance.choice((1, 2)))


def judged(chance: Random) -> Changes:
    """Return a loss and a target that suits it."""
    loss = chance.choice(SCALAR_LOSSES)
    return {"loss": loss, "target": aim(chance, loss)}


def aim(chance: Random, *losses: str) -> float:
    """Return a target that suits the losses."""
    if set(losses) & set(CHANCES):
        return chance.choice((0.0, 1.0, round(chance.random(), 1)))
    return typed(chance, WEIGHT)


def apart(chance: Random) -> list[float]:
    """Return a range of inputs, the smaller end first."""
    low, high = sorted((typed(chance, INPUT), typed(chance, INPUT)))
    return [low, high] if low < high else apart(chance)


def network(chance: Random) -> Changes:
    """Return x, two weights, a function, and a loss."""
    numbers = {"x": typed(chance, INPUT), "w1": typed(chance, WEIGHT), "w2": typed(chance, WEIGHT)}
    return {**numbers, "activation": chance.choice(NAMES), **judged(chance)}


def stages(chance: Random, weights: tuple[str, ...], many: int) -> list[str]:
    """Return stages, about one in four of which are weights."""
    return [chance.choice(weights if chance.random() < 0.25 else NAMES) for _ in range(many)]


def weighted(chance: Random) -> Changes:
    """Return an input and two or three weights."""
    weights = {f"w{i + 1}": typed(chance, WEIGHT) for i in range(chance.choice((2, 3)))}
    return {"x": typed(chance, INPUT), "weights": weights}


def train(chance: Random) -> Changes:
    """Return a chain with or without a loss."""
    found = weighted(chance)
    found["stages"] = once(stages(chance, tuple(found["weights"]), chance.randint(1, MOST_STAGES)), found["weights"])
    found["weights"] = {name: w for name, w in found["weights"].items() if name in found["stages"]}
    return {**found, **chance.choice((judged(chance), {"loss": "none"}))}


def once(chain: list[str], weights: Mapping[str, float]) -> list[str]:
    """Return a chain in which each weight stands at most once; where it would again, there is a function."""
    seen, found = set[str](), list[str]()
    for stage in chain:
        found.append("tanh" if stage in seen else stage)
        seen |= {stage} & set(weights)
    return found


def extended(chance: Random) -> Changes:
    """Return a chain that others join, and two long ones."""
    found = weighted(chance)
    weights = tuple(found["weights"])
    chain = once(stages(chance, weights, chance.randint(1, MOST_STAGES)), found["weights"])
    joins = chance.randint(0, min(2, len(chain) - 1))
    long = {
        key: once(stages(chance, weights, chance.randint(1, MOST_STAGES)), found["weights"])
        for key in ("first", "second")
    }
    used = {*chain, *long["first"], *long["second"]}
    found["weights"] = {name: w for name, w in found["weights"].items() if name in used}
    found |= {f"{key}_x": typed(chance, INPUT) for key in long}
    tells = chance.choice(("all", "joins", "joins and long chains", "x and long chains"))
    split = len(chain) - joins
    axis = chance.choice(("linear", "log"))
    return {
        **found,
        **long,
        "stages": chain[:split],
        "joins": chain[split:],
        "x_range": apart(chance),
        "tells": tells,
        "axis": axis,
    }


def pieces(chance: Random) -> Changes:
    """Return one to four functions with where x runs."""
    many = chance.randint(1, 4)
    return {"pieces": [{"function": chance.choice(NAMES), "x_range": apart(chance)} for _ in range(many)]}


def ways(chance: Random) -> Changes:
    """Return two ways with or without weights."""
    weights = [[typed(chance, WEIGHT), typed(chance, WEIGHT)], None]
    return {
        "x": typed(chance, INPUT),
        "functions": [chance.choice(NAMES), chance.choice(NAMES)],
        "weights": chance.choice(weights),
        "told": chance.choice(("pushes", "pushes", "gears")),
    }


def swept(chance: Random) -> Changes:
    """Return one to ten functions and where x runs."""
    return {
        "functions": [chance.choice(NAMES) for _ in range(chance.randint(1, MOST_STAGES))],
        "x_range": apart(chance),
    }


def swapped(chance: Random) -> Changes:
    """Return a network and the functions that are compared in it."""
    plain = {key: value for key, value in network(chance).items() if key != "activation"}
    functions = chance.sample(NAMES, chance.randint(2, 6))
    tells = chance.choice(("slopes", "pushes"))
    other = typed(chance, INPUT)
    other += other == plain["x"]  # nobody goes to where x is
    return {**plain, "other_x": other, "activations": functions, "tells": tells}


def learning(chance: Random) -> Changes:
    """Return a network, the rate of its step, and rates that are compared."""
    rates = sorted(chance.sample((0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0), chance.randint(1, 4)))
    return {
        **network(chance),
        "rate": chance.choice((0.01, 0.05, 0.1, 0.5)),
        "rates": rates,
        "tells": chance.choice(("step", "rates")),
    }


def two_losses(chance: Random) -> Changes:
    """Return a small network and the two losses that judge it."""
    losses = chance.sample(SCALAR_LOSSES, 2)
    plain = {key: value for key, value in network(chance).items() if key not in ("loss", "target")}
    plain["w2"] = chance.choice((plain["w2"], plain["w2"], None))
    b = chance.choice((typed(chance, WEIGHT), None))
    return {**plain, "b": b, "losses": losses, "target": aim(chance, *losses)}


def counted(chance: Random) -> Changes:
    """Return a row of slopes and the widths of layers."""
    return {"long": chance.randint(2, 100), "widths": [chance.randint(1, 1000) for _ in range(chance.choice((3, 4)))]}


DRAWS: Final[Mapping[str, Callable[[Random], Changes]]] = {
    "two_layer_network": network,
    "chain_of_influence": network,
    "one_sweep": counted,
    "chain_rule_gears": train,
    "push_through_gears": lambda chance: {**train(chance), "move_to": typed(chance, INPUT)},
    "function_gears": pieces,
    "fan_out": ways,
    "toy_chain": swept,
    "extended_chain": extended,
    "learning_step": learning,
    "loss_swap": two_losses,
    "activation_swap": swapped,
}
"""By the name of each scene what is drawn for it."""


def said(scene: str, language: str) -> Changes:
    """Return the words of a clip in a language: its title, and the same sentence on every beat."""
    if language == "en":
        return {}
    words = SCENES[scene].model_fields["words"].annotation
    beats = {beat: {"sentence": SENTENCES[language]} for beat in words.beats()}
    return {"words": {"title": TITLES[language], **beats}, "allow_typed_numbers": True}


def drawn(scene: str, seed: int) -> Changes:
    """Return what the clip of one's own says, the same for the same seed."""
    chance = Random(f"{scene} {seed}")
    return {"scene": scene, **DRAWS[scene](chance), **said(scene, chance.choice(TEN))}


def told_of(clip: Changes) -> list[str]:
    """Rehearse the one clip of a settings file of one's own; return all that it is refused for."""
    with settings_in_use({"clips": {CLIP: clip}}):
        try:
            return [refusal.message for refusal in refusals(CLIP)]
        except SettingsError as error:
            return [fault.message for fault in error.faults]


@dataclass
class Count:
    """What became of the settings that were drawn.

    Attributes
    ----------
    accepted, computed
        How many were accepted, and how many are refused for a reason in the mathematics.
    others
        What each of the others was refused for, by its seed.
    """

    accepted: int = 0
    computed: int = 0
    others: dict[int, list[str]] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """How many are accepted, of those that can be computed."""
        return self.accepted / ((self.accepted + len(self.others)) or 1)

    def told(self, scene: str) -> str:
        """Return it in a line."""
        drawn = self.accepted + self.computed + len(self.others)
        return (
            f"{scene}: {drawn} drawn, {self.accepted} accepted, {self.computed} mathematics, {len(self.others)} other"
        )


def counted_for(scene: str, seeds: range, enough: int) -> Count:
    """Rehearse what is drawn for a scene with each seed, until enough can be computed; return what became of it."""
    count = Count()
    for seed in seeds:
        if count.accepted + len(count.others) == enough:
            break
        told = told_of(drawn(scene, seed))
        if not told:
            count.accepted += 1
        elif all(map(MATHEMATICS.search, told)):
            count.computed += 1
        else:
            count.others[seed] = told
    return count
