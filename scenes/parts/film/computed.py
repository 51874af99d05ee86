"""What a ledger says of what is computed: recipes in words, runs, learning, and every quantity with its term."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from scenes.parts.film.ledger import LearnedRow, QuantityRow, RunRow, Value
from scenes.parts.recipe.by_core import weights_after
from scenes.parts.recipe.quantity import Quantity
from scenes.parts.recipe.written import Written

__all__ = ["computed_rows"]


def computed_rows(quantities: Mapping[str, Quantity]) -> dict[str, Any]:
    """Return the fields of a ledger that follow from the quantities alone."""
    written, terms = Written.of({name: quantity.row.term for name, quantity in quantities.items()})
    learned = [
        LearnedRow(
            run=written.run(run),
            rate=written.term(rate),
            steps=tuple(_weights(weights_after(run, rate, step)) for step in range(steps + 1)),
        )
        for (run, rate), steps in written.descents.items()
    ]
    rows = [_quantity_row(quantity, terms[name]) for name, quantity in quantities.items()]
    runs = tuple(
        RunRow(**{**row, "learned": tuple(row["learned"]) if "learned" in row else None}) for row in written.runs
    )
    return {"recipes": tuple(written.recipes), "runs": runs, "learned": tuple(learned), "quantities": tuple(rows)}


def _weights(step: Mapping[str, npt.NDArray[np.float64]]) -> dict[str, tuple[Value, ...]]:
    return {name: tuple(map(Value.of, array.ravel().tolist())) for name, array in step.items()}


def _quantity_row(quantity: Quantity, term: Any) -> QuantityRow:
    values = tuple(map(Value.of, np.asarray(quantity.value).ravel().tolist()))
    row = quantity.row
    return QuantityRow(name=quantity.name, symbol=row.symbol, term=term, typed=row.typed, values=values)
