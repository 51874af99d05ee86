"""A quantity is read from the core by a path; there is no other way to make one, and nobody can change it."""

from __future__ import annotations

import copy
import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import elementwise, record, scale
from scenes.parts.errors import StageError
from scenes.parts.recipe.quantity import Quantities, Quantity, Row
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.settings import load

LAYERS = (scale(1.2), elementwise("tanh"), scale(-0.8))
TRACE = record(LAYERS, 1.0, target=0.5, loss="half_squared_error")


def read(path: str) -> Quantity:
    """The quantity at a path of the worked example."""
    return Quantities.read({"q": Row("q", path)}, {"trace": TRACE})["q"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("trace.h[0]", TRACE.h[0]),
        ("trace.h[3]", TRACE.h[3]),
        ("trace.delta[0]", TRACE.delta[0]),
        ("trace.local[1].gain", TRACE.local[1].gain),
        ("trace.grads[0]['w']", TRACE.grads[0]["w"]),
        ("trace.grads[2]['w']", TRACE.grads[2]["w"]),
        ("trace.loss", TRACE.loss),
    ],
)
def test_a_path_leads_to_the_very_number_of_the_trace(path: str, value: float) -> None:
    number = read(path).number
    assert type(number) is float
    assert number.hex() == float(value).hex()


@pytest.mark.parametrize(
    ("path", "piece"),
    [
        ("trace.h[9]", "9"),
        ("trace.nothing", "nothing"),
        ("trace.grads[0]['v']", "v"),
        ("trace.grads[1]['w']", "w"),
        ("trail.h[0]", "trail"),
        ("trace.loss.h", "h"),
    ],
)
def test_a_path_that_leads_nowhere_is_named_with_the_place_where_it_stops(path: str, piece: str) -> None:
    with pytest.raises(LookupError, match="leads nowhere") as caught:
        read(path)
    assert path in str(caught.value)
    assert str(caught.value).endswith(repr(piece))


@pytest.mark.parametrize(
    "path", ["", "trace.h[-1]", "trace.h[x]", "trace..h", "trace.h(0)", "trace h[0]", "trace.h[0] * 2", "2.0"]
)
def test_a_path_that_is_no_path_is_refused_and_never_half_followed(path: str) -> None:
    with pytest.raises(LookupError, match="is none"):
        read(path)


@given(value=st.floats(allow_nan=False))
def test_no_quantity_can_be_made_from_a_number(value: float) -> None:
    with pytest.raises(StageError, match="cannot be made from a number"):
        Quantity("y", Row("y", "trace.h[3]"), value)


def test_no_quantity_can_be_changed_or_copied_with_another_number() -> None:
    y = read("trace.h[3]")
    with pytest.raises(dataclasses.FrozenInstanceError):
        y.value = 0.5  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        y.row.symbol = "z"  # type: ignore[misc]


def test_a_deep_copy_is_the_same_object_so_that_an_animation_cannot_part_from_its_source() -> None:
    y = read("trace.h[3]")
    sweep = Sweep(1.0, lambda x: Quantities.read({"y": Row("y", "trace.h[3]")}, {"trace": record(LAYERS, x)}))
    live = sweep["y"]
    assert copy.deepcopy(y) is y
    assert copy.deepcopy(sweep) is sweep
    assert copy.deepcopy([live])[0] is live


def test_a_sweep_is_a_read_only_array_that_shares_no_memory_with_the_trace() -> None:
    trace = record(LAYERS, np.linspace(-2, 2, 5))
    q = Quantities.read({"y": Row("y", "trace.h[3]")}, {"trace": trace})["y"]
    assert isinstance(q.value, np.ndarray)
    np.testing.assert_array_equal(q.value, trace.h[3])
    assert not np.shares_memory(q.value, np.asarray(trace.h[3]))
    with pytest.raises(ValueError, match="read-only"):
        q.value[0] = 1.0
    with pytest.raises(TypeError, match="sweep of 5 values"):
        _ = q.number


def test_the_table_of_quantities_cannot_be_written_to() -> None:
    quantities = Quantities.read({"y": Row("y", "trace.h[3]")}, {"trace": TRACE})
    with pytest.raises(TypeError):
        quantities["y"] = read("trace.h[0]")  # type: ignore[index]
    with pytest.raises(KeyError):
        quantities["nothing"]


@given(x=st.floats(-50, 50))
def test_what_a_sweep_gives_is_what_the_core_gives_for_that_input(x: float) -> None:
    table = {"y": Row("y", "trace.h[3]"), "d": Row("d", "trace.delta[0]")}
    sweep = Sweep(0.0, lambda at: Quantities.read(table, {"trace": record(LAYERS, at)}))
    y, d = sweep["y"], sweep["d"]
    sweep.x = x
    fresh = record(LAYERS, x)
    assert y.now.number.hex() == float(fresh.h[3]).hex()
    assert d.now.number.hex() == float(fresh.delta[0]).hex()


@pytest.mark.parametrize("clip", list(load().clips))
def test_every_path_of_every_clip_leads_to_finite_numbers(clip: str) -> None:
    settings = load().clip(clip)
    quantities = settings.quantities()
    assert set(quantities) == set(settings.table())
    assert all(np.all(np.isfinite(q.value)) for q in quantities.values())
