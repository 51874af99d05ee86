"""Every quantity of a ledger, recomputed from the settings: with the core, and with the audit's own engine.

Nothing is taken over from the ledger but the settings and, for that engine, the rounded numbers that the core was
given: the points of a grid, and the weights that every step of learning starts from.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from core.errors import CoreError
from scenes.parts.film.computed import computed_rows
from scenes.parts.film.ledger import LearnedRow, Ledger, QuantityRow, digest_of_sources, versions
from scenes.parts.recipe.quantity import Quantities, Quantity
from scenes.parts.recipe.recipe import Read, Run
from scenes.parts.recipe.terms import Along, Op, Term
from scenes.parts.recipe.written import Written
from scenes.parts.settings import ClipSettings
from studio.audit.engine import Engine, Learned, check_learning
from studio.audit.finding import Finding
from studio.audit.known import Known

__all__ = ["CORE_ULP", "REFERENCE", "check_quantities", "core_error", "engine_of", "recipes_of"]

CORE_ULP = 4.0
"""Units in the last place by which a value may differ from the core's own recomputation (on another machine)."""

REFERENCE = 1e-12
"""How far a value may be from the reference, relative to its size (see `reference` on differences)."""


def check_quantities(ledger: Ledger, clip: ClipSettings) -> Iterator[Finding]:
    """Yield a finding for each quantity and each way of recomputing it, and for each one missing or added."""
    try:
        expected = clip.quantities()
        plain = computed_rows(expected)
    except (CoreError, LookupError, ArithmeticError) as error:
        yield _wrong("core", "quantities", CORE_ULP, "ulp", f"the settings in the ledger cannot be computed: {error}")
        return
    rows, wanted = {row.name: row for row in ledger.quantities}, {row.name: row for row in plain["quantities"]}
    same = ledger.core_digest == digest_of_sources("core") and ledger.versions == dict(versions())
    engine = engine_of(ledger, expected)
    yield _recipe(ledger, plain)
    yield from _learning(ledger, expected)
    yield from _missing_or_added(expected, [row.name for row in ledger.quantities])
    for name in (name for name in expected if name in rows):
        row, term = rows[name], expected[name].row.term
        yield _identity(row, wanted[name])
        knowns = _knowns(engine, term)
        differs = knowns is not None and not same and _is_difference(term)
        yield _by_core(row, expected[name], knowns if differs else None)
        yield _by_engine(row, knowns)


def recipes_of(clip: ClipSettings) -> list[str]:
    """Return what a clip computes, in words; nothing where it cannot be computed."""
    try:
        return Written.of({name: row.term for name, row in clip.table().items()})[0].recipes
    except (CoreError, LookupError, ArithmeticError):
        return []


def engine_of(ledger: Ledger, quantities: Quantities) -> Engine:
    """Return the audit's engine, given the rounded numbers that the ledger claims for the inputs of runs."""
    claimed: dict[Term, list[float]] = {}
    for row in (row for row in ledger.quantities if row.name in quantities):
        term, numbers = quantities[row.name].row.term, [value.number for value in row.values]
        claimed[term] = numbers
        if isinstance(term, Read) and term.what == "value" and term.of in dict(term.run.inputs):
            claimed[term.run.input(str(term.of))] = numbers
    return Engine(claimed, _learned(ledger, quantities))


def _learned(ledger: Ledger, quantities: Quantities) -> Learned:
    """Return what the ledger claims of every weight that learns: before the first step, and after each."""
    return {
        descent: [{name: [value.number for value in values] for name, values in step.items()} for step in row.steps]
        for descent, row in zip(_descents(quantities), ledger.learned, strict=False)
    }


def _descents(quantities: Quantities) -> Mapping[tuple[Run, Term], int]:
    """Return every run that learns, before it has learned, its rate, and how many steps it takes."""
    return Written.of({name: quantity.row.term for name, quantity in quantities.items()})[0].descents


def _learning(ledger: Ledger, quantities: Quantities) -> Iterator[Finding]:
    """Take every step of learning anew, each from the weights that the ledger claims before it."""
    claims = _learned(ledger, quantities)
    for (run, rate), steps in _descents(quantities).items():
        errors = check_learning(run.after(steps, rate), claims.get((run, rate), []))
        error = max(errors)
        ok = error <= REFERENCE
        said = "" if ok else f"step {errors.index(error)} of learning is not taken from the weights before it"
        yield Finding("learning", str(run.recipe), None, None, error, REFERENCE, "", ok, said)


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


def _recipe(ledger: Ledger, plain: Mapping[str, Any]) -> Finding:
    """Compare the recipes, in words, and the runs with those that the settings and this code give."""
    for claimed, right in zip(ledger.recipes, plain["recipes"], strict=False):
        if claimed != right:
            return _wrong("recipe", "recipe", 0.0, "", f"the ledger computes {claimed!r}, the clip {right!r}")
    told = {"recipes": ledger.recipes, "runs": ledger.runs, "steps of learning": _how(ledger.learned)}
    right = {"recipes": plain["recipes"], "runs": plain["runs"], "steps of learning": _how(plain["learned"])}
    if wrong := next((key for key in told if told[key] != right[key]), ""):
        return _wrong("recipe", "recipe", 0.0, "", f"the {wrong} of the ledger are not those of the clip")
    return Finding("recipe", "; ".join(ledger.recipes), None, None, 0.0, 0.0, "", True, "")


def _how(learned: tuple[LearnedRow, ...]) -> list[tuple[int, Any, int]]:
    """Return which run learns, at which rate and in how many steps; the weights themselves are computed anew."""
    return [(row.run, row.rate, len(row.steps)) for row in learned]


def _identity(row: QuantityRow, right: QuantityRow) -> Finding:
    same = (row.symbol, row.term, row.typed) == (right.symbol, right.term, right.typed)
    if same and len(row.values) == len(right.values):
        return Finding("quantities", row.name, None, None, 0.0, 0.0, "", True, "")
    return _wrong("quantities", row.name, 0.0, "", f"{row.name}: symbol, term or number of values is not the clip's")


def _knowns(engine: Engine, term: Term) -> tuple[Known, ...] | None:
    try:
        return engine.known(term)
    except (LookupError, ArithmeticError, ValueError):
        return None


def _is_difference(term: Term) -> bool:
    """Return whether numbers are taken from one another in a term, so that its last places are theirs."""
    if isinstance(term, Op):
        return term.sign == "-" or _is_difference(term.left) or _is_difference(term.right)
    return isinstance(term, Along) and any(map(_is_difference, term.terms))


def _by_core(row: QuantityRow, expected: Quantity, knowns: tuple[Known, ...] | None) -> Finding:
    """Compare with the core; of another core or other versions, a difference only to the last place of its scale."""
    scales = [float(known.scale) for known in knowns] if knowns else [0.0] * len(row.values)
    triples = zip((value.number for value in row.values), _array(expected).tolist(), scales, strict=False)
    error = max((core_error(*triple) for triple in triples), default=math.inf)
    said = f"{row.name}: the ledger says {_first(row)}, the core gives {_array(expected)[0]!r}"
    if len(row.values) > 1:
        said = f"{row.name}: the ledger's values are not those that the core gives along the sweep"
    ok = error <= CORE_ULP
    return Finding("core", row.name, None, None, error, CORE_ULP, "ulp", ok, "" if ok else said)


def _by_engine(row: QuantityRow, knowns: tuple[Known, ...] | None) -> Finding:
    if knowns is None:
        return _wrong("reference", row.name, REFERENCE, "", f"{row.name}: the reference has no value for it")
    pairs = zip(knowns, row.values, strict=False)
    error = max((known.error(value.number) for known, value in pairs), default=math.inf)
    said = f"{row.name}: the ledger says {_first(row)}, the reference gives {float(knowns[0].value)!r}"
    ok = error <= REFERENCE
    return Finding("reference", row.name, None, None, error, REFERENCE, "", ok, "" if ok else said)


def _array(quantity: Quantity) -> npt.NDArray[np.float64]:
    return np.asarray(quantity.value).ravel()


def _first(row: QuantityRow) -> str:
    return row.values[0].repr if len(row.values) == 1 else "other values along the sweep"


def _wrong(check: str, what: str, limit: float, unit: str, said: str) -> Finding:
    return Finding(check, what, None, None, math.inf, limit, unit, False, said)
