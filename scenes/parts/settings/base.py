"""What every settings model shares: strictness, frozen mappings, and the types that a lecturer fills in."""

from __future__ import annotations

import math
import re
import unicodedata
from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Tag,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from core.errors import CoreError
from scenes.parts.measure import Scale
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.recipe.quantity import Quantities, Row
from scenes.parts.recipe.terms import Moving, Term, given
from scenes.parts.settings.faults import Problem, listed, not_one_of, quoted
from scenes.parts.settings.letters import strange as unseen_in
from scenes.parts.type.by_hand import ByHand, closed
from scenes.parts.type.letters import missing, told

LONGEST_TEXT = 400
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")

Item = TypeVar("Item")


class Model(BaseModel):
    """A block of settings: no unknown key, no conversion from one type to another, nothing that is not finite."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


def complaint(text: str) -> PydanticCustomError:
    """Return an error whose message is the text itself."""
    return PydanticCustomError("plain", "{text}", {"text": text})


@dataclass(frozen=True)
class OneOf:
    """Says of a text that it is one of the names: `Annotated[str, OneOf(names, "what it is")]`.

    The names come from the core's own tables at run time, so a function added there is allowed here at once.
    `refused` gives reasons for names that are known but no use here.
    """

    names: tuple[str, ...]
    what: str
    refused: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, name: str) -> str:
        """Return the name, or complain."""
        if name in self.refused:
            fitting = [one for one in self.names if one not in self.refused]
            raise complaint(f"'{name}' is no use here: {self.refused[name]}; use one of {listed(fitting)}")
        if name not in self.names:
            raise complaint(not_one_of(name, self.names))
        return name

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check the text after pydantic has found it to be one."""
        return core_schema.no_info_after_validator_function(self, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Tell editors the names."""
        return {"type": "string", "enum": list(self.names), "description": self.what}


def _colour(text: str) -> str:
    if not _COLOUR.fullmatch(text):
        raise complaint(f"{quoted(text)} is no colour; write six hexadecimal digits in quotes, like '#E69F00'")
    return text.upper()


def _written(value: object) -> object:
    """Refuse a role that is named but left empty, as an unquoted colour leaves it."""
    if value is None:
        raise complaint("nothing is written here: a colour must be quoted, like '#E69F00', because # begins a comment")
    return value


def _printable(text: str) -> str:
    """Refuse what cannot be drawn or seen, or would break a subtitle file: control characters, half characters."""
    strange = next((c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn")), "")
    if strange:
        raise complaint(f"the character U+{ord(strange):04X} cannot be drawn")
    if unseen := unseen_in(text):
        raise complaint(unseen)
    if len(text) > LONGEST_TEXT:
        raise complaint(f"a text of {len(text)} characters; at most {LONGEST_TEXT} are allowed")
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise complaint("a text is needed here")
    return text


def _drawable(text: str) -> str:
    """Refuse a letter that no font has: it would be drawn as an empty box."""
    if strange := next(iter(missing(text)), ""):
        raise complaint(told(strange))
    return text


def _increasing(pair: tuple[float, float]) -> tuple[float, float]:
    if not pair[0] < pair[1]:
        raise complaint(f"the first number must be the smaller one; found {pair[0]!r} and {pair[1]!r}")
    if not math.isfinite(pair[1] - pair[0]):
        raise complaint(f"from {pair[0]!r} to {pair[1]!r} is wider than a computer can hold; at most 1.8e308 is")
    return pair


def read_only(items: Mapping[str, Item]) -> Mapping[str, Item]:
    """Return a read-only copy of the mapping."""
    return MappingProxyType(dict(items))


_COLOUR_SCHEMA = {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$", "examples": ["#E69F00"]}

Colour = Annotated[str, AfterValidator(_colour)]
Role = Annotated[Colour | None, BeforeValidator(_written), WithJsonSchema(_COLOUR_SCHEMA)]
"""A colour, or None when the file does not name the role at all."""

Caption = Annotated[str, AfterValidator(_printable)]
Text = Annotated[str, AfterValidator(_printable), AfterValidator(_not_blank), AfterValidator(_drawable)]
Interval = Annotated[tuple[float, float], AfterValidator(_increasing)]
Positive = Annotated[float, Field(gt=0)]
_AUTO_OR_NUMBER = Discriminator(lambda value: "[auto]" if isinstance(value, str) and value.isalpha() else "[number]")
FitScale = Annotated[Annotated[Literal["auto"], Tag("[auto]")] | Annotated[Positive, Tag("[number]")], _AUTO_OR_NUMBER]
"""A scale, or auto: the largest with which all fits."""
FitStep = Annotated[
    Annotated[Literal["auto"], Tag("[auto]")] | Annotated[float, Field(gt=0, le=1), Tag("[number]")], _AUTO_OR_NUMBER
]
"""A small step, or auto: one that confirms what it is to confirm."""


class BeatWords(Model):
    """The words of one beat."""

    sentence: Text = Field(description="The sentence on screen during this beat.")
    caption: Caption = Field(default="", description="The subtitle for this beat (srt, vtt); never drawn.")


class SceneWords(Model):
    """All words of one scene: a text for each label, a `BeatWords` for each beat, in the order of the beats."""

    local_names: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    @classmethod
    def beats(cls) -> tuple[str, ...]:
        """Return the names of the beats, in order."""
        return tuple(name for name, info in cls.model_fields.items() if info.annotation is BeatWords)


@dataclass(frozen=True)
class Swept:
    """An input that a scene moves, and the quantities that follow it.

    Attributes
    ----------
    input
        Name of the quantity that is the input itself; it must be on screen while it moves.
    low, high
        Between which ends it may move.
    follow
        What follows it, a row each, the input among them, for a term that stands for the input; no name stands in two
        sweeps of a clip.
    wheels
        The wheels whose place or size follows the input, by name, as they stand at an input; not in the clip's own.
    """

    input: str
    low: float
    high: float
    follow: Callable[[Term], Mapping[str, Row]]
    wheels: Callable[[float], Mapping[str, WheelPlan]] = field(default=lambda _: {})

    def table(self, at: float) -> Mapping[str, Row]:
        """Return what follows the input, at one input."""
        return self.follow(Moving(self.input, at))

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of what follows the input."""
        return frozenset(self.table(self.low))

    def quantities(self, at: float) -> Quantities:
        """Return what follows the input, at one input, computed anew."""
        return Quantities.read(self.table(at))


class ClipSettings(Model):
    """What every clip says, whatever its scene."""

    placeholders: ClassVar[tuple[str, ...]] = ()
    belongs: ClassVar[Mapping[str, str]] = {}
    """Keys that are of use only together with another one: a clip that says that one itself does not inherit them."""

    scene: str = Field(description="The scene that draws this clip: the name of a file in scenes/.")
    allow_typed_numbers: bool = Field(
        default=False,
        description="Allow decimal numbers typed in the words; nobody checks those, and the ledger records it.",
    )
    ask_hold: float = Field(
        default=4.0, ge=0, le=60, description="How long a question stands at least before its answer, in seconds."
    )

    @abstractmethod
    def table(self) -> Mapping[str, Row]:
        """Return the clip's quantities, a row each: how it is written, and the term that gives it."""

    def given(self, *key: str | int) -> Term:
        """Return a number of these settings."""
        return given(self, *key)

    def by_hand(self) -> Iterable[ByHand]:
        """Return the sums that a viewer can do over with the digits on screen."""
        return ()

    def quantities(self, digits: int | None = None) -> Quantities:
        """Return every quantity of the clip at its own inputs; they are computed once.

        Parameters
        ----------
        digits
            Significant digits of a number at rest: then each has as many as lets what is printed close.
        """
        return self._quantities if digits is None else closed(self._quantities, self.by_hand(), digits)

    @cached_property
    def _quantities(self) -> Quantities:
        return Quantities.read(self.table())

    @property
    def instead(self) -> Mapping[str, str]:
        """Beats that come in place of others, by the names of these, where the others' words would not be true."""
        return {}

    def sweeps(self) -> Mapping[str, Swept]:
        """Return the inputs that the scene moves, by name."""
        return {}

    def scales(self) -> Mapping[str, Scale]:
        """Return the stated scales by name: how long one unit is drawn, or by how many radians it turns."""
        return {}

    def wheels(self) -> Mapping[str, WheelPlan]:
        """Return the wheels that the scene may show and that stay in place, by name."""
        return {}

    def profiles(self) -> Mapping[str, Mapping[str, float]]:
        """Return the numbers that the outline of each wheel that is not round follows from, by the wheel's name."""
        return {}

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Return the stated ranges of axes, by their key."""
        return {}

    def named(self) -> Mapping[str, str]:
        """Return which function or loss each such name in braces stands for."""
        return {}

    @abstractmethod
    def fit(self, digits: int) -> list[Problem]:
        """Return what would not fit on screen or could not be shown truthfully, with the value that would do.

        Parameters
        ----------
        digits
            Significant digits of a number at rest, from the common settings.

        Returns
        -------
        list
            Problems whose keys are relative to the clip, `("scale",)`; empty when all fits.
        """

    def faults(self, digits: int) -> list[Problem]:
        """Return what would not fit; of a clip that fits, what of it cannot be computed, as no part of it has seen."""
        if problems := self.fit(digits):
            return problems
        try:
            self.quantities()
        except CoreError as error:
            return [Problem((), f"it cannot be computed: {error}")]
        return []
