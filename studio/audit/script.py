"""What a ledger may say was written: the clip's words with their braces filled, its beats, and numbers in their forms.

One formatter writes every number; this is where an audit asks it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from scenes.parts.film.ledger import Ledger, QuantityRow, SampleRow, ShownRow
from scenes.parts.recipe.quantity import Quantities
from scenes.parts.settings import ClipSettings, Settings, fill, names_in
from scenes.parts.type.numbers import (
    FULL_DIGITS,
    MINUS,
    TIMES_TEN,
    Formatter,
    format_live,
    format_resting,
    format_typed,
)
from studio.audit.finding import Finding

__all__ = ["Script", "check_beats", "written_fault"]


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
        found = self._template(key)
        return self._filled(str(getattr(found, "sentence", found)), key)

    def caption(self, beat: str) -> str:
        """Return the subtitle of a beat, braces filled."""
        return self._filled(self._template(beat).caption, beat)[0]

    def number(self, row: QuantityRow, value: float, *, live: bool) -> tuple[str, ...]:
        """Return the texts that a readout of ``value`` may show: at rest in the clip's digits or in full."""
        if live:
            return (format_live(value, self.settings.decimals),)
        rest = format_typed(value) if row.typed else format_resting(value, self.settings.digits)
        return rest, format_resting(value, FULL_DIGITS)

    def words_fault(self, row: ShownRow, sample: SampleRow) -> str:
        """Return what is wrong with words that a sample claims: the settings say others at their key."""
        try:
            return written_fault(sample, self.words(row.key or ""))
        except LookupError:
            return f"the settings have no words called {row.key!r}"

    def number_fault(self, sample: SampleRow, named: QuantityRow | None, live: bool) -> str:
        """Return what is wrong with a number that a sample claims: its value is written otherwise."""
        if named is None or sample.value is None:
            return "it shows a number of no quantity"
        allowed = self.number(named, sample.value.number, live=live)
        if sample.text not in allowed:
            return f"it claims to show {sample.text!r}, and {sample.value.repr} is written {allowed[0]!r}"
        if sample.script not in _forms(sample.text, named.symbol):
            return f"{sample.script!r} was typeset, which does not show {sample.text!r}"
        return ""

    def _names(self) -> Mapping[str, str]:
        return {key: self.settings.display_name(name) for key, name in self.clip.named().items()}

    def _template(self, key: str) -> Any:
        found: Any = getattr(self.clip, "words", None)
        try:
            for part in key.split("."):
                found = found[int(part)] if part.isdigit() else getattr(found, part)
        except AttributeError as error:
            raise LookupError(key) from error
        return found

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


def written_fault(sample: SampleRow, allowed: Sequence[str]) -> str:
    """Return what is wrong with a text that is typeset as it is read, or nothing."""
    if sample.text not in allowed or sample.script != sample.text:
        return f"it claims to show {sample.text!r}, the settings say {allowed[0]!r}"
    return ""


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
        except (LookupError, AttributeError):
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
    """Return the Typst math in which a number may stand: alone, after its symbol, as a factor or an operand."""
    mantissa, times, power = text.replace(MINUS, "-").partition(TIMES_TEN)
    number = f"{mantissa} times 10^({power})" if times else mantissa
    wrapped = f"({number})" if number.startswith("-") else number
    return number, f"{symbol} = {number}", f"times {wrapped}", wrapped
