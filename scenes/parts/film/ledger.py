"""The ledger of a clip: what was shown, when, where and of which value, so that the video file alone can be audited.

One JSON per clip, beside the video and inside it. Every value stands twice: as ``repr`` for people and in hex, exactly.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

__all__ = [
    "BeatRow",
    "LearnedRow",
    "Ledger",
    "LedgerError",
    "NumberRow",
    "OutlineRow",
    "QuantityRow",
    "RunRow",
    "SampleRow",
    "ShownRow",
    "SpanRow",
    "Value",
    "VideoFacts",
    "digest_of_sources",
    "json_schema",
    "ledger_text",
    "parse_ledger",
    "read_ledger",
    "schema_text",
    "versions",
]

FORMAT: Final = 2
_ROOT: Final = Path(__file__).resolve().parents[3]
_FONTS: Final = ("fontpkg-source-sans-3", "manimgx-fonts", "manimgx-fonts-cjk")
_RECORDED: Final = ("backgear", "manim", "numpy", "typst", *_FONTS, "av", "pydantic")

State = Literal["entering", "resting", "tracking", "travelling", "leaving"]
Plain = Any  # a term as `scenes.parts.recipe.written` writes it: nested lists of names and numbers
Pixel = tuple[float, float]
Box = tuple[float, float, float, float]


class LedgerError(ValueError):
    """A ledger that cannot be used: one line that says where and why."""


class _Model(BaseModel):
    # "constants": else pydantic writes null for a NaN among the settings, and says nothing
    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False, ser_json_inf_nan="constants"
    )


class Value(_Model):
    """A float64, exactly."""

    repr: str = Field(description="The shortest decimal that gives this number.")
    hex: str = Field(description="The number in hexadecimal, exactly.")

    @classmethod
    def of(cls, number: float) -> Value:
        """Return the value of a finite number.

        Raises
        ------
        LedgerError
            If the number is not finite.

        Examples
        --------
        >>> Value.of(0.5)
        Value(repr='0.5', hex='0x1.0000000000000p-1')
        """
        number = float(number)  # repr of a NumPy scalar is another text
        if not math.isfinite(number):
            raise LedgerError(f"{number!r} cannot stand in a ledger")
        return cls(repr=repr(number), hex=number.hex())

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        try:
            number = float.fromhex(self.hex)
        except OverflowError:
            number = math.inf
        if repr(number) != self.repr or not math.isfinite(number):
            raise ValueError(f"{self.repr} and {self.hex} are not the same finite number")
        return self

    @property
    def number(self) -> float:
        """The number."""
        return float.fromhex(self.hex)


class VideoFacts(_Model):
    """The video that the ledger belongs to."""

    file: str = Field(description="Name of the file as it was rendered.")
    digest: str = Field(description="SHA-256 over the encoded video packets in order, in hex.")
    frame_rate: float
    width: int
    height: int
    frames: int
    background: str
    frame_height: float = Field(default=8.0, description="Height of a frame in frame units.")


class BeatRow(_Model):
    """A stretch of the clip; its still is any frame from ``hold`` to ``last``."""

    name: str
    sentence: str
    caption: str
    first: int
    hold: int = Field(description="First frame of the rest at the end.")
    last: int


class QuantityRow(_Model):
    """A quantity of the clip, and the term that gives it."""

    name: str
    symbol: str = Field(description="Typst math.")
    term: Plain = Field(description='Nested lists, such as ["-", ["value", "L", 1], ["value", "L", 0]].')
    typed: bool
    values: tuple[Value, ...] = Field(description="One value, or one per point of a sweep.")


class RunRow(_Model):
    """A recipe with what goes in; a reading among the terms names its run by its place in the list."""

    recipe: int = Field(description="The place of its recipe in the list.")
    inputs: dict[str, Plain] = Field(description="A term for everything that goes in, weights too.")
    learned: tuple[int, Plain] | None = Field(default=None, description="Steps of descent taken first, and their rate.")


class LearnedRow(_Model):
    """Every weight of a run after each step of learning, from which an audit takes the next step anew."""

    run: int = Field(description="The place of the run, as it was before it learned.")
    rate: Plain = Field(description="A term.")
    steps: tuple[dict[str, tuple[Value, ...]], ...] = Field(
        description="Weights by name, row by row; the first untaught."
    )


class SampleRow(_Model):
    """How a thing stood on one frame."""

    frame: int
    text: str | None = Field(default=None, description="The characters, as a reader would type them.")
    script: str | None = Field(default=None, description="What was typeset.")
    value: Value | None = Field(default=None, description="What the core says.")
    shown: float | None = Field(default=None, description="What the drawn geometry says.")
    values: tuple[Value, ...] = Field(default=(), description="What the core says of the further numbers of its row.")
    reads: tuple[float, ...] = Field(default=(), description="What the drawn geometry says of those.")
    box: Box = Field(description="Left, top, right, bottom in pixels.")
    ends: tuple[Pixel, ...] = Field(default=(), description="The measured points in pixels.")
    turned: Value | None = Field(default=None, description="The quantity that turns a wheel, as the core says.")
    followed: Value | None = Field(default=None, description="The input that place and size of a wheel follow.")
    angle: float | None = Field(default=None, description="Radians from rest as drawn, counter-clockwise positive.")
    stands: Pixel | None = Field(
        default=None, description="Where the origin of the train stands of which the wheel is, in pixels."
    )
    size: float = Field(default=1.0, description="Of lettering on its way: how large it is, over how large it rests.")
    colours: tuple[str, ...] = ()


class SpanRow(_Model):
    """Frames in one state. Resting has one sample, tracking and travelling one per frame, the others none."""

    state: State
    first: int
    last: int
    samples: tuple[SampleRow, ...]


class NumberRow(_Model):
    """A further quantity that outlines follow from, beside the one that they are named after."""

    role: str = Field(description="What it is in the drawing, such as width.")
    quantity: str
    scale: float = Field(description="Frame units, or radians, per unit of the quantity.")


class OutlineRow(_Model):
    """One outline of decor."""

    points: tuple[Pixel, ...] = Field(description="Cubic Bezier points in pixels, four to a curve.")
    stroke: float = Field(default=0.0, description="Width of the line, in frame units; 0 where it is filled.")


class ShownRow(_Model):
    """One thing that stood on the stage, with every span of it."""

    kind: str = Field(description="A kind of thing: a row of the table in scenes/parts/things/kinds.py.")
    name: str
    quantity: str | None = None
    across: str | None = Field(
        default=None, description="The quantity on the other axis of a dot, a curve or a tangent."
    )
    key: str | None = Field(default=None, description="The key of words in the settings.")
    through: str | None = Field(
        default=None, description="Of a tangent: the quantity on its own axis at the point that it passes through."
    )
    wheel: str | None = Field(
        default=None, description="The wheel that it is or stands on, as the settings of the clip call it."
    )
    turn: str | None = Field(default=None, description="The quantity that turns a wheel.")
    follows: str | None = Field(default=None, description="The input that place and size of the wheel follow.")
    scale: float | None = Field(default=None, description="Frame units per unit of the quantity.")
    numbers: tuple[NumberRow, ...] = Field(default=(), description="Further quantities that its outlines follow from.")
    sizes: dict[str, float] = Field(
        default={}, description="Lengths in frame units and angles in radians that the layout chose, by name."
    )
    height: float | None = Field(default=None, description="Height of a digit or a capital, in frame units.")
    style: str | None = None
    stroke: float | None = Field(default=None, description="Width of a curve, in frame units.")
    outlines: tuple[OutlineRow, ...] = Field(default=(), description="Of decor: it shows nothing and stays in place.")
    axes: tuple[tuple[str, Pixel, Pixel], ...] = Field(default=(), description="Settings key and both ends in pixels.")
    spans: tuple[SpanRow, ...]


class Ledger(_Model):
    """Everything that a clip claims."""

    format: Literal[2] = 2
    clip: str
    scene: str
    partial: bool = Field(description="Only some of the clip was rendered.")
    plays: tuple[int, int | None] | None = Field(
        default=None, description="The first and the last play that was rendered, where not all were."
    )
    only: str = Field(default="", description="The one beat that was rendered, where not all were.")
    typed_numbers: bool = Field(description="The words may hold numbers that nobody computed.")
    video: VideoFacts
    settings: dict[str, Any]
    settings_digest: str
    core_digest: str
    scenes_digest: str
    versions: dict[str, str]
    recipes: tuple[str, ...] = Field(description="What is computed, in words: steps in their order.")
    runs: tuple[RunRow, ...]
    learned: tuple[LearnedRow, ...] = ()
    beats: tuple[BeatRow, ...]
    quantities: tuple[QuantityRow, ...]
    shown: tuple[ShownRow, ...]


def ledger_text(ledger: Ledger) -> str:
    """Return the ledger as JSON: what says nothing is left out, one line, the same text for the same ledger.

    Raises
    ------
    LedgerError
        If the settings in it hold a number that is not finite.
    """
    plain = ledger.model_dump(mode="json", exclude_defaults=True) | {"format": FORMAT}
    try:
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=True)
    except ValueError as error:
        raise LedgerError(f"{ledger.clip}: a number that is not finite cannot stand in a ledger") from error


def parse_ledger(text: str, where: str) -> Ledger:
    """Return the ledger that ``text`` holds.

    Raises
    ------
    LedgerError
        One line, beginning with ``where``.
    """
    try:
        return Ledger.model_validate_json(text)
    except ValidationError as error:
        if made := _of_another_format(text):
            raise LedgerError(f"{where}: {made}") from error
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise LedgerError(f"{where}: not a ledger: {place + ': ' if place else ''}{first['msg']}") from error


def _of_another_format(text: str) -> str:
    """Say of a ledger in another format which version of Backgear can audit it; nothing of anything else."""
    try:
        plain = json.loads(text)
        number, version_made = int(plain["format"]), str(plain["versions"]["backgear"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    if number == FORMAT:
        return ""
    said = f"a ledger of format {number}, made by Backgear {version_made:.20}; this one reads format {FORMAT}"
    return f"{said}: audit it with Backgear {version_made:.20}"


def read_ledger(path: Path) -> Ledger:
    """Return the ledger in a file.

    Raises
    ------
    LedgerError
        If there is no such file, or it is no ledger: one line that names it.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "this is not text"
        raise LedgerError(f"{path}: cannot be read: {reason}") from error
    return parse_ledger(text, str(path))


def json_schema() -> dict[str, Any]:
    """Return the JSON schema of the ledger."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Ledger.model_json_schema()}


@cache
def digest_of_sources(room: str) -> str:
    """Return the SHA-256, in hex, over the Python sources of a room (``core`` or ``scenes``), names included."""
    digest = hashlib.sha256()
    for path in sorted((_ROOT / room).rglob("*.py")):
        digest.update(f"{path.relative_to(_ROOT).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def versions() -> Mapping[str, str]:
    """Return the versions of everything that decides what a frame looks like."""
    return {"python": python_version(), **{name: version(name) for name in _RECORDED}}


def schema_text() -> str:
    """Return the schema as the text of `ledger.schema.json`."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
