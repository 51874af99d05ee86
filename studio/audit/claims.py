"""What a ledger claims of each thing that was shown: when, with which value, written how, drawn how long and where.

Nothing is looked at here, only recomputed: whether the frames show what is claimed is the pixels' half of the audit.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from core.errors import CoreError
from scenes.parts.film.ledger import Ledger, QuantityRow, SampleRow, ShownRow, SpanRow, Value
from scenes.parts.recipe.quantity import Quantities, Row
from scenes.parts.settings import ClipSettings, Settings
from scenes.parts.type.numbers import parse_shown, unit_of
from studio.audit.engine import Engine
from studio.audit.finding import Finding
from studio.audit.geometry import LIMIT, Space, riding_error
from studio.audit.kinds import KINDS
from studio.audit.known import Known, mpf
from studio.audit.recompute import CORE_ULP, REFERENCE, core_error, engine_of
from studio.audit.script import Script, check_beats
from studio.audit.trains import check_trains

__all__ = ["check_claims"]

LAST_PLACE: Final = 1.0  # of a number at rest, that what it says may be off: rounded, and the last of its digits held

Verdict = tuple[float, str, SampleRow]
Claim = tuple[SampleRow, Value | None]


def check_claims(ledger: Ledger, settings: Settings, clip: ClipSettings) -> Iterator[Finding]:
    """Yield findings on the beats and on every thing that the ledger says was shown."""
    script = Script.of(settings, ledger.clip)
    if script is None:
        return  # `check_quantities` has said so
    yield from check_beats(ledger, script)
    claims = Claims(ledger, clip, script, engine_of(ledger, clip.quantities()))
    yield from claims.check_sweep()
    for row in ledger.shown:
        yield from claims.check(row)
    yield from check_trains(ledger, claims.space.wheels)


@dataclass
class Claims:
    """A ledger with everything that its claims are compared with."""

    ledger: Ledger
    clip: ClipSettings
    script: Script
    engine: Engine
    rows: Mapping[str, QuantityRow] = field(init=False)
    xs: dict[tuple[str, int], float] = field(init=False, default_factory=dict)
    _live: dict[tuple[str, float], Quantities] = field(init=False, default_factory=dict)
    _tables: dict[tuple[str, float], Mapping[str, Row]] = field(init=False, default_factory=dict)
    _known: dict[tuple[float, str], Known] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.rows = {row.name: row for row in self.ledger.quantities}
        self.space = Space(self.ledger, self.clip, self.value_at)
        self.sweeps = self.clip.sweeps()
        self.moving = {name: key for key, sweep in self.sweeps.items() for name in sweep.names}
        self.inputs = {sweep.input: key for key, sweep in self.sweeps.items()}

    def check_sweep(self) -> Iterator[Finding]:
        """Yield whether every frame of a sweep has one input, inside its range, that moves one way."""
        for row in (row for row in self.ledger.shown if _mover(row) in self.inputs and self.is_live(row)):
            key = self.inputs[_mover(row) or ""]
            placed = ((span, sample) for span in row.spans for sample in span.samples)
            faults = [fault for span, sample in placed for fault in self._placed(key, span, sample)]
            faults += [_turning(span) for span in row.spans if span.state == "tracking" and _turning(span)]
            said = f"{row.name}: {faults[0]}" if faults else ""
            error = math.inf if faults else 0.0
            yield Finding("sweep", row.name, None, None, error, 0.0, "", not faults, said)

    def _placed(self, key: str, span: SpanRow, sample: SampleRow) -> Iterator[str]:
        """Note a sweep's input for the frames of a sample, and yield what is wrong with it."""
        found = _moved(sample)
        if found is None:
            return
        x, sweep = found.number, self.sweeps[key]
        if not sweep.low <= x <= sweep.high:
            yield f"x is {x!r} on frame {sample.frame}, outside its range"
        last = min(span.last, self.ledger.video.frames)
        for frame in range(max(span.first, 0), last + 1) if span.state == "resting" else [sample.frame]:
            if self.xs.setdefault((key, frame), x) != x:
                yield f"on frame {frame} x is both {self.xs[key, frame]!r} and {x!r}"

    def input_at(self, name: str | None, frame: int) -> float | None:
        """Return the input that a moving quantity follows on a frame; None if it follows none, or none is shown."""
        return self.xs.get((self.moving.get(name or "", ""), frame))

    def is_live(self, row: ShownRow) -> bool:
        """Return whether a sweep moves a thing, or has moved it before it came.

        Of part of a clip the ledger may not hold the sweep itself.
        """
        if any(span.state == "tracking" for span in row.spans):
            return True
        may_be = _mover(row) in self.moving and KINDS[row.kind].valued
        return may_be and (self.ledger.partial or self._has_moved(row))

    def _has_moved(self, row: ShownRow) -> bool:
        """Return whether a thing claims another value than its quantity has where the clip begins."""
        begins = self.value_at(_mover(row) or "", 0, False)
        claimed = (_moved(sample) for span in row.spans for sample in span.samples)
        return any(value is not None and value.number != begins for value in claimed)

    def check(self, row: ShownRow) -> Iterator[Finding]:
        """Yield findings on one thing."""
        yield self._timeline(row)
        if row.quantity is not None and row.quantity not in self.rows:
            yield _finding("values", row, 0.0, "", [(math.inf, f"there is no quantity {row.quantity!r}", _none(row))])
            return
        live, kind = self.is_live(row), KINDS[row.kind]
        for span in (span for span in row.spans if span.samples):
            if row.turn is not None:
                yield from self._live_values(row, row.turn, [(sample, sample.turned) for sample in span.samples])
            if row.follows is not None:
                yield from self._live_values(row, row.follows, [(sample, sample.followed) for sample in span.samples])
            for name, claimed in _claimed(row, span) if kind.valued else ():
                yield from self._values(row, name, claimed, live)
            if kind.lettered:
                yield _finding("texts", row, 0.0, "", list(self._texts(row, span, live)))
                yield from self._held(row, span, live)
                yield from self._riding(row, span)
            else:
                yield _finding("geometry", row, LIMIT, "px", list(self._verdicts(row, span, live)))

    def _timeline(self, row: ShownRow) -> Finding:
        """Return whether the spans follow one another inside the file, with the samples that each state has."""
        last, said, lettered = -1, "", KINDS[row.kind].lettered
        for span in row.spans:
            if not last < span.first <= span.last < self.ledger.video.frames:
                said = f"frames {span.first} to {span.last} overlap, or lie outside the file"
                break
            frames = [sample.frame for sample in span.samples]
            each = list(range(span.first, span.last + 1))
            wanted = {"tracking": each, "travelling": each, "resting": [span.first]}.get(span.state, [])
            if frames != wanted:
                said = f"frames {span.first} to {span.last} ({span.state}) do not have the samples that they should"
                break
            if any(s.size != 1.0 and (span.state != "travelling" or not lettered) for s in span.samples):
                said = f"frames {span.first} to {span.last} ({span.state}) have another size than that of its kind"
                break
            last = span.last
        ok = not said
        told = f"{row.name}: {said}" if said else ""
        return Finding("timeline", row.name, None, None, 0.0 if ok else math.inf, 0.0, "", ok, told)

    def value_at(self, name: str, frame: int, live: bool) -> float | None:
        """Return what a quantity is on a frame: the core's value at that frame's x, or the one value that it has."""
        live = live and name in self.moving
        if live and (x := self.input_at(name, frame)) is not None:
            found = self._at(self.moving[name], x)
            return found[name].number if name in found else None
        row = self.rows.get(name)
        if row is None or len(row.values) != 1 or (live and not self.ledger.partial):
            return None
        return row.values[0].number

    def _at(self, key: str, x: float) -> Quantities:
        if (key, x) not in self._live:
            try:
                self._live[key, x] = Quantities.read(self._table(key, x))
            except CoreError:
                self._live[key, x] = Quantities({})
        return self._live[key, x]

    def _table(self, key: str, x: float) -> Mapping[str, Row]:
        """Return what follows the input of a sweep there: made once, as many things follow one input."""
        if (key, x) not in self._tables:
            self._tables[key, x] = self.sweeps[key].table(x)
        return self._tables[key, x]

    def _values(self, row: ShownRow, name: str, claimed: Sequence[Claim], live: bool) -> Iterator[Finding]:
        """Yield how far claimed values of one quantity are from what it is, whether a sweep moves it or not."""
        if live and name in self.moving:
            yield from self._live_values(row, name, claimed)
        else:
            yield _finding("values", row, 0.0, "", [self._value(name, *claim, False) for claim in claimed])

    def _live_values(self, row: ShownRow, name: str, claimed: Sequence[Claim]) -> Iterator[Finding]:
        """Yield how far the claimed values of what a sweep moves are from the core's, and from the reference's."""
        yield _finding("live values", row, CORE_ULP, "ulp", [self._value(name, *claim, True) for claim in claimed])
        if name in self.moving:
            placed = ((claim, self.input_at(name, claim[0].frame)) for claim in claimed)
            against = [self._by_reference(name, *claim, x) for claim, x in placed if x is not None]
            yield _finding("live reference", row, REFERENCE, "", against)

    def _value(self, name: str, sample: SampleRow, value: Value | None, live: bool) -> Verdict:
        """Compare a claimed value: with the core at that frame's x, or with the ledger's own (checked) quantity."""
        expected = self.value_at(name, sample.frame, live)
        if value is None or expected is None:
            return math.inf, f"nothing says what {name} is on frame {sample.frame}", sample
        error = core_error(value.number, expected) if live else abs(value.number - expected)
        return error, f"it claims {value.repr} on frame {sample.frame}, and {expected!r} is right", sample

    def _by_reference(self, name: str, sample: SampleRow, value: Value | None, x: float) -> Verdict:
        try:
            if (x, name) not in self._known:
                term = self._table(self.moving[name], x)[name].term
                (self._known[x, name],) = self.engine.known(term)
        except (LookupError, ArithmeticError, ValueError):
            return math.inf, f"the reference has no value for {name} on frame {sample.frame}", sample
        number = value.number if value else math.nan
        said = f"it claims {number!r} on frame {sample.frame}, where the reference gives another value"
        return self._known[x, name].error(number), said, sample

    def _verdicts(self, row: ShownRow, span: SpanRow, live: bool) -> Iterator[Verdict]:
        """Yield by how many pixels a thing is off in each sample, and what that means."""
        kind = KINDS[row.kind]
        if said := kind.unstated(self.space, row):
            yield math.inf, said, span.samples[0]
            return
        for sample in span.samples:
            yield from kind.verdicts(self.space, row, sample, live)

    def _riding(self, row: ShownRow, span: SpanRow) -> Iterator[Finding]:
        """Yield whether a name keeps over the hub of its wheel: as far beside it on every frame as on the first."""
        if row.wheel is not None:
            yield _finding("geometry", row, LIMIT, "px", [riding_error(self.space, row, s) for s in span.samples])
            beside = [
                (s, [a - b for a, b in zip(s.box, (*s.ends[0], *s.ends[0]), strict=True)])
                for s in span.samples
                if s.ends
            ]
            said = "it does not keep beside the hub of its wheel"
            off = [(max(abs(a - b) for a, b in zip(box, beside[0][1], strict=True)), said, s) for s, box in beside]
            yield _finding("geometry", row, LIMIT, "px", off)

    def _held(self, row: ShownRow, span: SpanRow, live: bool) -> Iterator[Finding]:
        """Yield whether what a number at rest says is off from the reference by more than one of its last place.

        What cancels so that no digit holds is not asked: that there is next to none is all that it says.
        """
        named = self.clip.quantities().get(row.quantity or "")
        if live or named is None or named.row.typed or named.is_rounding or span.state != "resting":
            return
        sample, said = span.samples[0], "it says {}, and the reference gives {}"
        try:
            (known,) = self.engine.known(named.row.term)
            shown = parse_shown(sample.text or "")
        except (LookupError, ArithmeticError, ValueError):
            return  # that there is no such number, or no such text, is said already
        digits = named.row.significant(self.script.settings.digits)
        off = float(abs(mpf(str(shown)) - known.value) / mpf(str(unit_of(shown, digits))))
        if sample.text == "0":  # said of nothing but what is 0, or smaller than all that float64 has every digit of
            off = math.inf if known.size >= sys.float_info.min else 0.0
        told = said.format(sample.text, f"{float(known.value)!r}")
        yield _finding("digits that hold", row, 0.0, "", [(max(0.0, off - LAST_PLACE), told, sample)])

    def _texts(self, row: ShownRow, span: SpanRow, live: bool) -> Iterator[Verdict]:
        for sample in span.samples:
            said = KINDS[row.kind].text_fault(self.script, row, sample, live)
            yield (math.inf if said else 0.0), said, sample


def _claimed(row: ShownRow, span: SpanRow) -> Iterator[tuple[str, list[Claim]]]:
    """Yield every quantity that a thing shows, its own first, with what its samples claim of it."""
    yield row.quantity or "", [(sample, sample.value) for sample in span.samples]
    for at, number in enumerate(row.numbers):
        yield number.quantity, [(s, s.values[at] if at < len(s.values) else None) for s in span.samples]


def _mover(row: ShownRow) -> str | None:
    """Return the quantity that moves a thing: what turns a wheel, else its own."""
    return row.quantity if row.turn is None else row.turn


def _moved(sample: SampleRow) -> Value | None:
    """Return what the quantity that moves a thing is claimed to be."""
    return sample.value if sample.turned is None else sample.turned


def _turning(span: SpanRow) -> str:
    """Return what is wrong with an x that goes back and forth in one sweep, or nothing."""
    xs = [value.number for sample in span.samples if (value := _moved(sample))]
    one_way = xs in (sorted(xs), sorted(xs, reverse=True))
    return "" if one_way else f"x goes back and forth between frames {span.first} and {span.last}"


def _none(row: ShownRow) -> SampleRow:
    """Return any sample of a thing, to mark its place."""
    found = next((sample for span in row.spans for sample in span.samples), None)
    return found or SampleRow(frame=0, box=(0.0, 0.0, 0.0, 0.0))


def _finding(check: str, row: ShownRow, limit: float, unit: str, verdicts: Iterable[Verdict]) -> Finding:
    """Return the worst of the verdicts on a thing; a NaN is the worst of all."""
    worst = max(verdicts, key=lambda verdict: math.inf if math.isnan(verdict[0]) else verdict[0], default=None)
    if worst is None:
        return Finding(check, row.name, None, None, 0.0, limit, unit, True, "")
    error, said, sample = worst
    ok = error <= limit
    return Finding(
        check, row.name, sample.frame, sample.box, error, limit, unit, ok, "" if ok else f"{row.name}: {said}"
    )
