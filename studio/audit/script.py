"""What a ledger may say was written: the clip's words with their braces filled, its beats, and numbers in their forms.

One formatter writes every number; this is where an audit asks it again. What an audit typesets comes from here and
never from a ledger: words of the checked settings, symbols of the clip's own table, numbers that our formatter wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final

from core.errors import CoreError
from scenes.parts.film.ledger import Ledger, SampleRow, ShownRow
from scenes.parts.recipe.quantity import Quantities, Row
from scenes.parts.settings import ClipSettings, SceneWords, Settings, Template, fill, names_in, templates
from scenes.parts.type.numbers import (
    FULL_DIGITS,
    MINUS,
    TIMES_TEN,
    Formatter,
    format_live,
    format_resting,
    format_tick,
    format_typed,
)
from studio.audit.finding import Finding

__all__ = ["Script", "check_beats"]

_SIGNS: Final = ("times", "div", "=", "approx", "+", "-", "<", ">", "arrow.r")
_LONGEST_QUOTE: Final = 80  # characters of what a ledger says that are worth repeating


@dataclass(frozen=True)
class Script:
    """Everything that a clip may write.

    Attributes
    ----------
    quantities
        The clip's quantities, computed anew: what names in braces stand for.
    """

    settings: Settings
    clip: ClipSettings
    quantities: Quantities

    @classmethod
    def of(cls, settings: Settings | None, clip: str) -> Script | None:
        """Return what a clip may write; None where its settings cannot be used, or computed."""
        try:
            found = settings.clip(clip) if settings else None
            return cls(settings, found, found.quantities(settings.digits)) if settings and found else None
        except (CoreError, LookupError, ArithmeticError):
            return None

    def words(self, key: str) -> tuple[str, ...]:
        """Return every text that the words at ``key`` may become, braces filled; several where a local name may vary.

        Raises
        ------
        LookupError
            The clip has no such words.
        """
        place, _, name = key.partition(".")
        if place == "names" and name in self.clip.named().values():
            return (self.settings.display_name(name),)
        return self._filled(self._templates[key].sentence, key)

    def caption(self, beat: str) -> str:
        """Return the subtitle of a beat, braces filled.

        Raises
        ------
        LookupError
            The clip has no such beat.
        """
        caption = self._templates[beat].caption
        if caption is None:
            raise LookupError(beat)
        return self._filled(caption, beat)[0]

    def number(self, row: Row, value: float, *, live: bool) -> tuple[str, ...]:
        """Return the texts that a readout of ``value`` may show: at rest in the clip's digits, in full, or as live."""
        swept = format_live(value, self.settings.decimals)
        if live:
            return (swept,)
        rest = format_typed(value) if row.typed else format_resting(value, row.significant(self.settings.digits))
        return rest, format_resting(value, FULL_DIGITS), swept

    def fault(self, row: ShownRow, sample: SampleRow, *, live: bool) -> str:
        """Return what is wrong with the text that a sample claims, or nothing."""
        try:
            self.source(row, sample, live=live)
        except ValueError as error:
            return str(error)
        return ""

    def source(self, row: ShownRow, sample: SampleRow, *, live: bool | None = None) -> str:
        """Return what is typeset for lettering: our own text that the claimed one is equal to.

        Parameters
        ----------
        live
            Whether a sweep moves it; None where it does not matter here.

        Raises
        ------
        ValueError
            The claim is none of the texts that the clip may write; the message says which one it may.
        """
        if row.kind == "readout":
            return self._number_source(row, sample, live)
        if row.kind in ("tick", "level"):
            return _tick_source(row, sample)
        if row.kind == "words":
            allowed = self._words_of(row.key or "")
        else:
            allowed = (self._symbol(row.quantity),) if row.kind == "symbol" else _SIGNS
        if sample.text not in allowed or sample.script != sample.text:
            raise ValueError(f"it claims to show {_quoted(sample.text)}, the settings say {allowed[0]!r}")
        return allowed[allowed.index(sample.text)]

    def _number_source(self, row: ShownRow, sample: SampleRow, live: bool | None) -> str:
        named = self._rows.get(row.quantity or "")
        if named is None or sample.value is None:
            raise ValueError("it shows a number of no quantity")
        ways = (False, True) if live is None else (live,)
        allowed = [text for way in ways for text in self.number(named, sample.value.number, live=way)]
        if sample.text not in allowed:
            said = f"it claims to show {_quoted(sample.text)}, and {sample.value.repr} is written {allowed[0]!r}"
            raise ValueError(said)
        forms = _forms(allowed[allowed.index(sample.text)], named.symbol)
        if sample.script not in forms:
            raise ValueError(f"{_quoted(sample.script)} was typeset, which does not show {sample.text!r}")
        return forms[forms.index(sample.script)]

    def _words_of(self, key: str) -> tuple[str, ...]:
        try:
            return self.words(key)
        except LookupError:
            raise ValueError(f"the settings have no words called {_quoted(key)}") from None

    def _symbol(self, quantity: str | None) -> str:
        named = self._rows.get(quantity or "")
        return named.symbol if named else ""

    @cached_property
    def _rows(self) -> Mapping[str, Row]:
        """How each quantity is written, by the clip's own table."""
        return {name: quantity.row for name, quantity in self.quantities.items()}

    @cached_property
    def _templates(self) -> Mapping[str, Template]:
        words = getattr(self.clip, "words", None)
        return templates(words) if isinstance(words, SceneWords) else {}

    def _names(self) -> Mapping[str, str]:
        return {key: self.settings.display_name(name) for key, name in self.clip.named().items()}

    def _filled(self, text: str, key: str) -> tuple[str, ...]:
        names, rest = self._names(), Formatter(self.settings.digits, self.settings.decimals)
        local = getattr(type(getattr(self.clip, "words", None)), "local_names", {}).get(key.split(".")[0], ())
        wanted = list(dict.fromkeys(names_in(text)))
        choices = [
            (rest.text(self.quantities[n]),)
            if n in self.quantities
            else tuple(names.values())
            if n in local
            else (names[n],)
            for n in wanted
        ]
        return tuple(fill(text, dict(zip(wanted, choice, strict=True))) for choice in product(*choices))


def check_beats(ledger: Ledger, script: Script) -> Iterator[Finding]:
    """Yield for each beat whether it lies in the file, after the one before, with the settings' own words."""
    before = -1
    for beat in ledger.beats:
        orderly = before < beat.first <= beat.hold <= beat.last < ledger.video.frames
        said = "" if orderly else f"frames {beat.first} to {beat.last} (hold {beat.hold}) are not its own"
        before = beat.last
        try:
            if beat.sentence not in script.words(beat.name) or beat.caption != script.caption(beat.name):
                said = f"sentence or caption are not the settings' own: {beat.sentence!r}"
        except LookupError:
            said = "the settings have no such beat"
        if not _stands(ledger, beat.name, beat.hold, beat.last):
            said = said or "its sentence does not stand while it holds"
        error = float("inf") if said else 0.0
        told = f"beat {beat.name}: {said}" if said else ""
        yield Finding("beats", f"beat {beat.name}", beat.hold if said else None, None, error, 0.0, "", not said, told)


def _stands(ledger: Ledger, key: str, first: int, last: int) -> bool:
    spans = [span for row in ledger.shown if row.kind == "words" and row.key == key for span in row.spans]
    return any(span.state == "resting" and span.first <= first and span.last >= last for span in spans)


def _forms(text: str, symbol: str) -> tuple[str, ...]:
    """Return the Typst math in which a number may stand: alone, after its symbol, as factor or operand."""
    mantissa, times, power = text.replace(MINUS, "-").partition(TIMES_TEN)
    number = f"{mantissa} times 10^({power})" if times else mantissa
    wrapped = f"({number})" if number.startswith("-") else number
    return number, f"{symbol} = {number}", f"{symbol} approx {number}", f"times {wrapped}", wrapped


def _tick_source(row: ShownRow, sample: SampleRow) -> str:
    """Return the Typst math of the number at a tick, or of the power of ten that it says."""
    at = sample.value.number if sample.value else 0.0
    text = format_resting(10.0**at, 1) if row.sizes.get("power") else format_tick(at)
    source = _forms(text, "")[0]
    if sample.value is None or sample.text != text or sample.script != source:
        raise ValueError(f"it claims to show {_quoted(sample.text)}, and the tick is {text!r}")
    return source


def _quoted(text: str | None) -> str:
    """Return what a ledger says, so short that a line can hold it."""
    return repr(text if text is None or len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}...")
