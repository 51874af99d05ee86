"""Every quantity of a ledger, recomputed from the settings: with the core, and with the independent reference.

Nothing is taken over from the ledger but the settings and, for the reference, the rounded x of a sweep.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from core.errors import CoreError
from scenes.parts.film.ledger import Ledger, QuantityRow, digest_of_sources, versions
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.settings import ClipSettings
from studio.audit.finding import Finding
from studio.audit.reference import Known, Reference

__all__ = ["CORE_ULP", "REFERENCE", "check_quantities", "core_error", "reference_of"]

CORE_ULP = 4.0
"""Units in the last place by which a value may differ from the core's own recomputation (on another machine)."""

REFERENCE = 1e-12
"""How far a value may be from the reference, relative to its size (see `reference` on differences)."""

_DIFFERENCES = (".rise", ".numeric", ".gap")


def check_quantities(ledger: Ledger, clip: ClipSettings, reference: Reference | None) -> Iterator[Finding]:
    """Yield a finding for each quantity and each way of recomputing it, and for each one missing or added."""
    try:
        expected = clip.quantities()
    except (CoreError, LookupError, ArithmeticError) as error:
        yield _wrong("core", "quantities", CORE_ULP, "ulp", f"the settings in the ledger cannot be computed: {error}")
        return
    rows = {row.name: row for row in ledger.quantities}
    same = ledger.core_digest == digest_of_sources("core") and ledger.versions == dict(versions())
    yield from _missing_or_added(expected, [row.name for row in ledger.quantities])
    for name in (name for name in expected if name in rows):
        row = rows[name]
        yield _identity(row, expected[name])
        knowns = _knowns(row, reference)
        yield _by_core(row, expected[name], None if same else knowns)
        yield _by_reference(row, knowns)


def reference_of(ledger: Ledger) -> Reference | None:
    """Return the reference for a ledger's clip, or None where there is none for its scene."""
    claimed = {row.path: [value.number for value in row.values] for row in ledger.quantities}
    try:
        return Reference(ledger.settings["clip"], claimed)
    except LookupError:
        return None


def core_error(number: float, expected: float, scale: float = 0.0) -> float:
    """Return by how many units in the last place a number differs from what the core gives.

    Parameters
    ----------
    scale
        Size of the numbers that a difference was taken from: its last place is theirs.

    Examples
    --------
    >>> core_error(1.0, 1.0), core_error(1.0 + 2**-51, 1.0), core_error(1e-300, 0.0) > 1e9
    (0.0, 2.0, True)
    """
    if number == expected:
        return 0.0
    return abs(number - expected) / float(np.spacing(max(abs(expected), scale)))


def _missing_or_added(expected: Mapping[str, Quantity], names: list[str]) -> Iterator[Finding]:
    wrong = [f"{name} is missing" for name in expected if name not in names]
    wrong += [f"{name} stands there, which the clip does not have" for name in names if name not in expected]
    wrong += [f"{name} stands there twice" for name in sorted({n for n in names if names.count(n) > 1})]
    if not wrong:
        yield Finding("quantities", f"{len(names)} quantities", None, None, 0.0, 0.0, "", True, "")
    for said in wrong:
        yield _wrong("quantities", said.split()[0], 0.0, "", f"quantity {said}")


def _identity(row: QuantityRow, expected: Quantity) -> Finding:
    told, right = (row.symbol, row.path, row.typed), (expected.row.symbol, expected.row.path, expected.row.typed)
    if told == right and len(row.values) == _array(expected).size:
        return Finding("quantities", row.name, None, None, 0.0, 0.0, "", True, "")
    return _wrong("quantities", row.name, 0.0, "", f"{row.name}: symbol, path or number of values is not the clip's")


def _knowns(row: QuantityRow, reference: Reference | None) -> tuple[Known, ...] | None:
    try:
        return reference.known(row.path) if reference else None
    except (LookupError, ArithmeticError, ValueError):
        return None


def _by_core(row: QuantityRow, expected: Quantity, knowns: tuple[Known, ...] | None) -> Finding:
    """Compare with the core; of another core or other versions, a difference only to the last place of its scale."""
    differs = row.path.endswith(_DIFFERENCES) and knowns
    scales = [float(known.scale) for known in knowns] if differs and knowns else [0.0] * len(row.values)
    triples = zip((value.number for value in row.values), _array(expected).tolist(), scales, strict=False)
    error = max((core_error(*triple) for triple in triples), default=math.inf)
    said = f"{row.name}: the ledger says {_first(row)}, the core gives {_array(expected)[0]!r}"
    if len(row.values) > 1:
        said = f"{row.name}: the ledger's values are not those that the core gives along the sweep"
    ok = error <= CORE_ULP
    return Finding("core", row.name, None, None, error, CORE_ULP, "ulp", ok, "" if ok else said)


def _by_reference(row: QuantityRow, knowns: tuple[Known, ...] | None) -> Finding:
    if knowns is None:
        said = f"{row.name}: the independent reference has no value for it ({row.path})"
        return _wrong("reference", row.name, REFERENCE, "", said)
    pairs = zip(knowns, row.values, strict=False)
    error = max((known.error(value.number) for known, value in pairs), default=math.inf)
    said = f"{row.name}: the ledger says {_first(row)}, the reference gives {float(knowns[0].value)!r}"
    ok = error <= REFERENCE
    return Finding("reference", row.name, None, None, error, REFERENCE, "", ok, "" if ok else said)


def _array(quantity: Quantity) -> npt.NDArray[np.float64]:
    return np.atleast_1d(np.asarray(quantity.value))


def _first(row: QuantityRow) -> str:
    return row.values[0].repr if len(row.values) == 1 else "other values along the sweep"


def _wrong(check: str, what: str, limit: float, unit: str, said: str) -> Finding:
    return Finding(check, what, None, None, math.inf, limit, unit, False, said)
