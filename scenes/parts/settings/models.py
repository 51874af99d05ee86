"""The settings as a whole, and the table of scenes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, PlainSerializer, PrivateAttr, SerializeAsAny

from core.functions import FUNCTIONS, LOSSES
from scenes.parts.settings.activation_swap import ActivationSwap
from scenes.parts.settings.base import ClipSettings, Model, OneOf, Role, Text, read_only
from scenes.parts.settings.chain_of_influence import ChainOfInfluence
from scenes.parts.settings.chain_rule_gears import ChainRuleGears
from scenes.parts.settings.extended_chain import ExtendedChain
from scenes.parts.settings.fan_out import FanOut
from scenes.parts.settings.faults import Fault, Problem, SettingsError, not_one_of
from scenes.parts.settings.function_gears import FunctionGears
from scenes.parts.settings.layers import Layers
from scenes.parts.settings.learning_step import LearningStep
from scenes.parts.settings.loss_swap import LossSwap
from scenes.parts.settings.one_sweep import OneSweep
from scenes.parts.settings.places import Places
from scenes.parts.settings.push_through_gears import PushThroughGears
from scenes.parts.settings.toy_chain import ToyChain
from scenes.parts.settings.two_layer_network import TwoLayerNetwork
from scenes.parts.settings.yaml12 import Document
from scenes.parts.type.fonts import WORD_FAMILIES

SCENES: Mapping[str, type[ClipSettings]] = MappingProxyType(
    {
        "two_layer_network": TwoLayerNetwork,
        "chain_of_influence": ChainOfInfluence,
        "one_sweep": OneSweep,
        "chain_rule_gears": ChainRuleGears,
        "push_through_gears": PushThroughGears,
        "function_gears": FunctionGears,
        "fan_out": FanOut,
        "toy_chain": ToyChain,
        "extended_chain": ExtendedChain,
        "learning_step": LearningStep,
        "loss_swap": LossSwap,
        "activation_swap": ActivationSwap,
    }
)
"""The model of every scene, by the name of its file in `scenes/`."""

Named = Annotated[str, OneOf((*FUNCTIONS, *LOSSES), "A function or a loss.")]
WordFont = Annotated[str, OneOf(WORD_FAMILIES, "The typeface of words in Latin, Greek or Cyrillic letters.")]
Names = Annotated[Mapping[Named, Text], AfterValidator(read_only), PlainSerializer(dict)]
Clips = Annotated[Mapping[str, SerializeAsAny[ClipSettings]], AfterValidator(read_only), PlainSerializer(dict)]


class Palette(Model):
    """Colours that replace the theme's own, by meaning; a role that is not named keeps the theme's colour."""

    background: Role = Field(default=None, description="Behind everything.")
    ink: Role = Field(default=None, description="Text and outlines.")
    quiet: Role = Field(default=None, description="Axes, frames, what is not in focus.")
    body: Role = Field(default=None, description="The bodies of gears.")
    grid: Role = Field(default=None, description="Rings of dials, lines of axes.")
    edge: Role = Field(default=None, description="Lines that join things.")
    value: Role = Field(default=None, description="Values going forward.")
    gradient: Role = Field(default=None, description="Gradients: what flows back.")
    weight: Role = Field(default=None, description="Weights.")
    loss: Role = Field(default=None, description="The loss.")
    negative: Role = Field(default=None, description="Negative cells of a table, always with a minus mark.")


class Fonts(Model):
    """Typefaces; mathematics is always set in New Computer Modern Math."""

    words: WordFont = "Source Sans 3"


class Settings(Model):
    """Everything in a settings file, checked and frozen.

    A palette's colours, the digits and so on hold for every clip that does not say otherwise; `clips` holds the clips
    with what they inherit.
    """

    theme: Literal["dark", "light"] = Field(default="dark", description="Light on dark, or dark on light.")
    palette: Palette = Field(default=Palette(), description="Colours that replace the theme's own, by meaning.")
    digits: int = Field(default=4, ge=2, le=6, description="Significant digits of a number at rest.")
    decimals: int = Field(default=3, ge=1, le=6, description="Decimals of a number while it changes.")
    pace: float = Field(default=1.0, ge=0.25, le=4, description="Speed: 2 is twice as fast, 0.5 half as fast.")
    captions: bool = Field(default=True, description="Write subtitle files (srt, vtt) beside the clips.")
    fonts: Fonts = Field(default=Fonts(), description="Typefaces.")
    names: Names = Field(
        default_factory=lambda: MappingProxyType({}), description="How functions and losses are called on screen."
    )
    words: str | None = Field(
        default=None,
        exclude=True,
        description="A file with all words and names in another language, beside this file or the shipped one.",
    )
    clips: Clips = Field(description="The clips, each under the name that manim is given.")
    _places: Places | None = PrivateAttr(default=None)
    _wrong: Mapping[str, tuple[Fault, ...]] = PrivateAttr(default_factory=dict)
    _common: Mapping[str, Settings] = PrivateAttr(default_factory=dict)
    _chosen: str = PrivateAttr(default="")

    @property
    def wrong(self) -> Mapping[str, tuple[Fault, ...]]:
        """What is wrong with the clips that are not among `clips`, by their names."""
        return self._wrong

    @property
    def named(self) -> tuple[str, ...]:
        """The names of all clips, those that are wrong included, in the order of the file."""
        given = self._places.document.value["clips"] if self._places else self.clips
        return tuple(given)

    def clip(self, name: str) -> ClipSettings:
        """Return the settings of a clip.

        Raises
        ------
        SettingsError
            There is no clip of that name, or something is wrong with it.
        """
        if name in self.wrong:
            raise SettingsError(self.wrong[name])
        if name not in self.clips:
            raise SettingsError([self.fault(Problem(("clips",), not_one_of(name, list(self.named))))])
        return self.clips[name]

    @property
    def chosen_theme(self) -> str:
        """The theme that a command chose for all clips, or nothing."""
        return self._chosen

    def in_theme(self, theme: str) -> Settings:
        """Return the settings with a theme that holds for every clip, whatever it says."""
        changed = self.model_copy(update={"theme": theme})
        changed._chosen = theme
        return changed

    def for_clip(self, name: str) -> Settings:
        """Return the settings as they hold for a clip: what may stand on top is as the clip says it.

        Examples
        --------
        >>> Settings(clips={}, digits=3).for_clip("Any").digits
        3
        """
        if name not in self._common:
            return self
        held = {key: getattr(self._common[name], key) for key in COMMON}
        return self.model_copy(update={**held, **({"theme": self.theme} if self._chosen else {})})

    @property
    def layers(self) -> Mapping[str, Layers]:
        """Where the words of each clip come from."""
        return self._places.layers if self._places else {}

    def says(self, key: tuple[str | int, ...]) -> bool:
        """Return whether the settings file itself has a value at this path."""
        return self._places is not None and self._places.stands(key)

    def clips_of(self, scene: str) -> tuple[str, ...]:
        """Return the names of a scene's clips, in the order of the file."""
        return tuple(name for name, clip in self.clips.items() if clip.scene == scene)

    def display_name(self, name: str) -> str:
        """Return what a function or a loss is called on screen, or several with commas between them.

        Examples
        --------
        >>> Settings(clips={}, names={"relu": "ReLU"}).display_name("relu")
        'ReLU'
        >>> Settings(clips={}).display_name("leaky_relu")
        'leaky relu'
        """
        return ", ".join(self.names.get(each, each.replace("_", " ")) for each in name.split(", "))

    def fit(self, name: str) -> tuple[Fault, ...]:
        """Return what would not fit in a clip, each with its place in the file; empty when all fits."""
        problems = self.clip(name).faults(self.for_clip(name).digits)
        return tuple(self.fault(problem.below(("clips", name))) for problem in problems)

    def resolved(self, name: str) -> dict[str, Any]:
        """Return everything that a clip depends on, as plain dicts, lists, texts and numbers."""
        clip = self.clip(name)
        common = self.for_clip(name).model_dump(mode="json", exclude={"clips"})
        return {**common, "clip": {"name": name, **clip.model_dump(mode="json")}}

    def digest(self, name: str) -> str:
        """Return the SHA-256 of the resolved settings as JSON with sorted keys and floats by `repr`, in hex."""
        text = json.dumps(self.resolved(name), sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def fault(self, problem: Problem) -> Fault:
        """Return a problem, its key from the top of the file, with its place."""
        places = self._places or Places(Document("config.yaml", "", {}, {}, {}))
        return places.fault(problem)


COMMON: Mapping[str, str] = MappingProxyType(
    {key: about.description or "" for key, about in Settings.model_fields.items() if key not in ("words", "clips")}
)
"""The keys that may stand in a clip as well as on top, and what each is."""
