"""What a ledger claims of each thing that was shown: when, with which value, written how, drawn how long and where.

Nothing is looked at here, only recomputed: whether the frames show what is claimed is the pixels' half of the audit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from core.errors import CoreError
from scenes.parts.ledger import Ledger, QuantityRow, SampleRow, ShownRow, SpanRow
from scenes.parts.quantity import Quantities
from scenes.parts.settings import ClipSettings, Settings
from studio.audit.finding import Finding
from studio.audit.geometry import LIMIT, Drawing
from studio.audit.recompute import CORE_ULP, REFERENCE, core_error
from studio.audit.reference import Known, Reference
from studio.audit.script import Script, check_beats

__all__ = ["check_claims"]

VALUED: Final = ("readout", "arrow", "bar", "dot")
LETTERED: Final = ("readout", "words", "symbol", "sign")

Verdict = tuple[float, str, SampleRow]


def check_claims(
    ledger: Ledger, settings: Settings, clip: ClipSettings, reference: Reference | None
) -> Iterator[Finding]:
    """Yield findings on the beats and on every thing that the ledger says was shown."""
    try:
        script = Script(settings, clip, clip.quantities())
    except (CoreError, LookupError, ArithmeticError):
        return  # `check_quantities` has said so
    yield from check_beats(ledger, script)
    claims = Claims(ledger, clip, script, reference)
    yield from claims.check_sweep()
    for row in ledger.shown:
        yield from claims.check(row)


@dataclass
class Claims:
    """A ledger with everything that its claims are compared with."""

    ledger: Ledger
    clip: ClipSettings
    script: Script
    reference: Reference | None
    rows: Mapping[str, QuantityRow] = field(init=False)
    xs: dict[tuple[str, int], float] = field(init=False, default_factory=dict)
    _live: dict[tuple[str, float], Quantities] = field(init=False, default_factory=dict)
    _known: dict[tuple[float, str], Known] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.rows = {row.name: row for row in self.ledger.quantities}
        self.drawing = Drawing(self.ledger, self.clip, self.value_at)
        self.sweeps = self.clip.sweeps()
        self.moving = {name: key for key, sweep in self.sweeps.items() for name in sweep.table}
        self.inputs = {sweep.input: key for key, sweep in self.sweeps.items()}

    def check_sweep(self) -> Iterator[Finding]:
        """Yield whether every frame of a sweep has one input, inside its range, that moves one way."""
        for row in (row for row in self.ledger.shown if row.quantity in self.inputs and self.is_live(row)):
            key = self.inputs[row.quantity or ""]
            placed = ((span, sample) for span in row.spans for sample in span.samples)
            faults = [fault for span, sample in placed for fault in self._placed(key, span, sample)]
            faults += [_turning(span) for span in row.spans if span.state == "tracking" and _turning(span)]
            said = f"{row.name}: {faults[0]}" if faults else ""
            error = math.inf if faults else 0.0
            yield Finding("sweep", row.name, None, None, error, 0.0, "", not faults, said)

    def _placed(self, key: str, span: SpanRow, sample: SampleRow) -> Iterator[str]:
        """Note a sweep's input for the frames of a sample, and yield what is wrong with it."""
        if sample.value is None:
            return
        x, sweep = sample.value.number, self.sweeps[key]
        if not sweep.low <= x <= sweep.high:
            yield f"x is {x!r} on frame {sample.frame}, outside its range"
        last = min(span.last, self.ledger.video.frames)
        for frame in [sample.frame] if span.state == "tracking" else range(max(span.first, 0), last + 1):
            if self.xs.setdefault((key, frame), x) != x:
                yield f"on frame {frame} x is both {self.xs[key, frame]!r} and {x!r}"

    def input_at(self, name: str | None, frame: int) -> float | None:
        """Return the input that a moving quantity follows on a frame; None if it follows none, or none is shown."""
        return self.xs.get((self.moving.get(name or "", ""), frame))

    def is_live(self, row: ShownRow) -> bool:
        """Return whether a sweep moves a thing; of part of a clip the ledger may not hold the sweep itself."""
        tracks = any(span.state == "tracking" for span in row.spans)
        return tracks or (self.ledger.partial and row.quantity in self.moving and row.kind != "symbol")

    def check(self, row: ShownRow) -> Iterator[Finding]:
        """Yield findings on one thing."""
        yield self._timeline(row)
        if row.quantity is not None and row.quantity not in self.rows:
            yield _finding("values", row, 0.0, "", [(math.inf, f"there is no quantity {row.quantity!r}", _none(row))])
            return
        live = self.is_live(row)
        for span in (span for span in row.spans if span.samples):
            if row.kind in VALUED:
                yield from self._values(row, span, live)
            if row.kind in LETTERED:
                yield _finding("texts", row, 0.0, "", list(self._texts(row, span, live)))
            else:
                yield _finding("geometry", row, LIMIT, "px", list(self.drawing.verdicts(row, span, live)))

    def _timeline(self, row: ShownRow) -> Finding:
        """Return whether the spans follow one another inside the file, with the samples that each state has."""
        last, said = -1, ""
        for span in row.spans:
            if not last < span.first <= span.last < self.ledger.video.frames:
                said = f"frames {span.first} to {span.last} overlap, or lie outside the file"
                break
            frames = [sample.frame for sample in span.samples]
            wanted = {"tracking": list(range(span.first, span.last + 1)), "resting": [span.first]}.get(span.state, [])
            if frames != wanted:
                said = f"frames {span.first} to {span.last} ({span.state}) do not have the samples that they should"
                break
            last = span.last
        ok = not said
        told = f"{row.name}: {said}" if said else ""
        return Finding("timeline", row.name, None, None, 0.0 if ok else math.inf, 0.0, "", ok, told)

    def value_at(self, name: str, frame: int, live: bool) -> float | None:
        """Return what a quantity is on a frame: the core's value at that frame's x, or the one value that it has."""
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
                self._live[key, x] = self.sweeps[key].quantities(x)
            except CoreError:
                self._live[key, x] = Quantities({})
        return self._live[key, x]

    def _values(self, row: ShownRow, span: SpanRow, live: bool) -> Iterator[Finding]:
        check = "live values" if live else "values"
        limit, unit = (CORE_ULP, "ulp") if live else (0.0, "")
        yield _finding(check, row, limit, unit, [self._value(row, sample, live) for sample in span.samples])
        if live and self.reference and row.quantity in self.moving:
            placed = ((sample, self.input_at(row.quantity, sample.frame)) for sample in span.samples)
            against = [self._by_reference(row, sample, x) for sample, x in placed if x is not None]
            yield _finding("live reference", row, REFERENCE, "", against)

    def _value(self, row: ShownRow, sample: SampleRow, live: bool) -> Verdict:
        """Compare a claimed value: with the core at that frame's x, or with the ledger's own (checked) quantity."""
        expected = self.value_at(row.quantity or "", sample.frame, live)
        if sample.value is None or expected is None:
            return math.inf, f"nothing says what {row.quantity} is on frame {sample.frame}", sample
        number = sample.value.number
        error = core_error(number, expected) if live else abs(number - expected)
        return error, f"it claims {sample.value.repr} on frame {sample.frame}, and {expected!r} is right", sample

    def _by_reference(self, row: ShownRow, sample: SampleRow, x: float) -> Verdict:
        path = self.rows[row.quantity or ""].path
        try:
            if self.reference and (x, path) not in self._known:
                self._known[x, path] = self.reference.at(x, path)
        except (LookupError, ArithmeticError, ValueError):
            return math.inf, f"the independent reference has no value for {path}", sample
        number = sample.value.number if sample.value else math.nan
        said = f"it claims {number!r} on frame {sample.frame}, where the reference gives another value"
        return self._known[x, path].error(number), said, sample

    def _texts(self, row: ShownRow, span: SpanRow, live: bool) -> Iterator[Verdict]:
        named = self.rows.get(row.quantity or "")
        for sample in span.samples:
            said = self.script.fault(row, sample, named, live=live)
            yield (math.inf if said else 0.0), said, sample


def _turning(span: SpanRow) -> str:
    """Return what is wrong with an x that goes back and forth in one sweep, or nothing."""
    xs = [sample.value.number for sample in span.samples if sample.value]
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
