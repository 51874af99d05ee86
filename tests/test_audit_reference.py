"""The independent reference: against published digits, other derivations, and the core it must not share code with."""

from __future__ import annotations

import ast
import math
from pathlib import Path
from types import ModuleType

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checks import complex_step, nudge
from core.layers import elementwise, scale
from core.trace import record
from scenes.parts.settings import load
from studio.audit import fan_out_paths, function_paths, passes, paths, reference, train_paths
from studio.audit.recompute import REFERENCE
from studio.audit.reference import FUNCTIONS, LOSSES, MP, STEEPEST, Reference, exact, recorded

MODULES = (passes, paths, train_paths, function_paths, fan_out_paths, reference)
numbers = st.floats(-30, 30).filter(lambda x: x == 0 or abs(x) > 1e-100)  # a complex step squares what is smaller to 0
targets = st.floats(0.01, 0.99)
SMOOTH = [name for name in FUNCTIONS if name not in ("relu", "leaky_relu", "abs")]
PUBLISHED = {
    "trace.h[2]": 0.8336546070121552,
    "trace.h[3]": -0.6669236856097243,
    "trace.grads[0]['w']": 0.2847480465272111,
    "trace.grads[2]['w']": -0.9728113065401505,
    "trace.delta[0]": 0.3416976558326533,
}
NETWORK = {
    **{"scene": "two_layer_network", "x": 1.0, "w1": 1.2, "w2": -0.8, "target": 0.5, "activation": "tanh"},
    **{"loss": "half_squared_error", "nudges": [0.1], "nudge": 1e-4},
}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_it_shares_no_code_with_the_core(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    foreign = set(names) - {module.__name__ for module in MODULES}
    assert {name.split(".")[0] for name in foreign}.isdisjoint({"core", "scenes", "studio", "numpy"})


@pytest.mark.parametrize("path", PUBLISHED)
def test_the_published_digits_of_the_worked_example_are_met(path: str) -> None:
    (known,) = Reference(NETWORK, {}).known(path)
    assert float(known.value) == pytest.approx(PUBLISHED[path], rel=1e-15)
    assert mpmath.almosteq(known.value, PUBLISHED[path], rel_eps=1e-15)


def test_it_computes_with_fifty_digits() -> None:
    (known,) = Reference(NETWORK, {}).known("trace.h[2]")
    with mpmath.workdps(60):
        assert abs(mpmath.tanh(mpmath.mpf(1.2)) - mpmath.mpf(known.value)) < mpmath.mpf(10) ** -49


@pytest.mark.parametrize("name", SMOOTH)
@given(x=numbers)
def test_a_slope_is_the_difference_quotient_of_its_value(name: str, x: float) -> None:
    value, slope = FUNCTIONS[name]
    with MP.workdps(120):
        at = MP.mpf(x)
        assert MP.almosteq(MP.diff(value, at), slope(at), rel_eps=MP.mpf(10) ** -30, abs_eps=MP.mpf(10) ** -40)


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "gelu"])
@given(x=numbers)
def test_a_slope_is_what_the_complex_step_finds(name: str, x: float) -> None:
    numeric = float(complex_step(elementwise(name).forward, x))
    known = recorded([(name, None)], exact(x)).local[0]
    assert known.error(numeric) < 1e-12


@pytest.mark.parametrize(("name", "slope"), [("relu", 0), ("abs", 0), ("leaky_relu", 0.01)])
def test_a_kink_has_the_published_slope_and_no_other(name: str, slope: float) -> None:
    known = recorded([(name, None)], exact(0.0)).local[0]
    assert known.error(slope) < 1e-15
    assert known.error(1.0) > 0.5


@given(
    names=st.lists(st.sampled_from(sorted(FUNCTIONS)), min_size=1, max_size=3),
    x=st.floats(-3, 3),
    w=st.floats(-2, 2),
)
def test_a_chain_is_what_the_core_says_to_its_last_digits(names: list[str], x: float, w: float) -> None:
    links = [("scale", MP.mpf(w)), *((name, None) for name in names)]
    with np.errstate(over="ignore"):
        try:
            trace = record([scale(w), *map(elementwise, names)], x)
        except ValueError:
            return
    mine = recorded(links, exact(x))
    for known, number in zip((*mine.h, *mine.delta), (*trace.h, *trace.delta), strict=True):
        assert known.error(float(number)) < REFERENCE


@pytest.mark.parametrize("loss", [name for name in LOSSES if name != "output"])
@given(y=targets, t=targets)
def test_a_loss_and_its_slope_are_what_the_core_says(loss: str, y: float, t: float) -> None:
    trace = record([elementwise("identity")], y, target=t, loss=loss)
    mine = recorded([("identity", None)], exact(y), loss, t)
    assert mine.loss.error(float(trace.loss)) < REFERENCE
    assert mine.delta[1].error(float(trace.delta[1])) < REFERENCE


def test_an_output_on_its_target_has_no_slope() -> None:
    assert recorded([("identity", None)], exact(0.5), "absolute_error", 0.5).delta[1].value == 0


@pytest.mark.parametrize("attribute", ["step", "rise", "run", "numeric", "gap"])
@pytest.mark.parametrize("step", [0, 1])
def test_a_nudge_is_what_the_core_says(attribute: str, step: int) -> None:
    (known,) = Reference(NETWORK, {}).known(f"nudged['w1'][{step}].{attribute}")
    layers = [scale(1.2), elementwise("tanh"), scale(-0.8)]
    goal = {"target": 0.5, "loss": "half_squared_error"}
    found = nudge(layers, 1.0, layer=0, parameter="w", step=(0.1, 1e-4)[step], **goal)
    assert known.error(getattr(found, attribute)) < REFERENCE


def test_a_gap_is_as_good_as_the_slopes_it_is_between_and_no_better() -> None:
    (known,) = Reference(NETWORK, {}).known("nudged['w1'][1].gap")
    gap = float(known.value)
    assert abs(gap) < 1e-8
    assert known.error(gap + 1e-12) < REFERENCE
    assert known.error(gap + 1e-10) > REFERENCE


def test_where_nothing_was_rounded_only_zero_is_zero() -> None:
    closed = recorded([("relu", None)], exact(-1.0))
    assert closed.h[1].error(0.0) == 0
    assert closed.h[1].error(1e-300) == math.inf


def test_an_input_of_a_sweep_that_is_off_its_grid_is_found() -> None:
    chain = {"scene": "toy_chain", "functions": ["tanh"], "x_range": [-2, 2]}
    claimed = {"sweep.h[0]": list(np.linspace(-2, 2, 401)), "flat[0].h[0]": [0.001]}
    reference = Reference(chain, claimed)
    knowns = reference.known("sweep.h[0]")
    assert max(k.error(x) for k, x in zip(knowns, claimed["sweep.h[0]"], strict=True)) < REFERENCE
    assert reference.known("flat[0].h[0]")[0].error(0.001) > 1e-4


@pytest.mark.parametrize("path", ["settings.magnification", "trace.seed", "trace.loss", "settings.w1"])
def test_every_source_can_be_followed(path: str) -> None:
    assert len(Reference(NETWORK, {}).known(path)) == 1


@pytest.mark.parametrize("path", ["trace.nothing", "elsewhere.h[0]", "sweep.h[1]", "settings.nothing"])
def test_a_path_that_leads_nowhere_is_an_error(path: str) -> None:
    with pytest.raises(LookupError):
        Reference(NETWORK, {}).known(path)


def test_a_scene_without_a_reference_is_an_error() -> None:
    with pytest.raises(LookupError, match="another_scene"):
        Reference({"scene": "another_scene"}, {})


@pytest.mark.parametrize("name", load().clips)
def test_every_quantity_of_every_shipped_clip_is_what_the_core_says(name: str) -> None:
    quantities = load().clip(name).quantities()
    claimed = {q.row.path: np.atleast_1d(q.value).tolist() for q in quantities.values()}
    reference = Reference(load().resolved(name)["clip"], claimed)
    for path, values in claimed.items():
        for known, number in zip(reference.known(path), values, strict=True):
            assert known.error(number) < REFERENCE, path


GEARS = {
    **{"scene": "chain_rule_gears", "x": 1.0, "weights": {"w1": 1.2, "w2": -0.8}, "stages": ["w1", "tanh", "w2"]},
    **{"target": 0.5, "loss": "half_squared_error", "turns": [0.1, 0.01], "back_turn": 0.01},
}


@pytest.mark.parametrize("name", [name for name in load().clips if load().clip(name).sweeps()])
@given(share=st.floats(0, 1))
def test_every_quantity_that_a_sweep_moves_is_what_the_core_says(name: str, share: float) -> None:
    reference = Reference(load().resolved(name)["clip"], {})
    for sweep in load().clip(name).sweeps().values():
        x = sweep.low + share * (sweep.high - sweep.low)
        for quantity in sweep.quantities(x).values():
            known = reference.at(x, quantity.row.path)
            assert known.error(quantity.number) < REFERENCE, (quantity.row.path, x)


@pytest.mark.parametrize("clip", [GEARS, GEARS | {"loss": "none"}], ids=["loss", "no loss"])
def test_a_train_turns_by_the_slope_of_each_mesh_and_no_turn_turns_nothing(clip: dict[str, object]) -> None:
    reference = Reference(clip, {})
    nodes = 4 + (clip["loss"] != "none")
    slope = float(reference.at(1.0, f"move.turns[{nodes - 1}]").value)
    assert slope == pytest.approx(PUBLISHED["trace.delta[0]"] if nodes == 5 else 1.2 * -0.8 * (1 - math.tanh(1.2) ** 2))
    assert [reference.known(f"move.{part}")[0].value for part in ("predicted", "recomputed", "gap")] == [0, 0, 0]
    with pytest.raises(LookupError):
        reference.at(1.0, f"move.turns[{nodes}]")


@pytest.mark.parametrize(
    ("path", "published"),
    [("moved[0].recomputed", 0.03128), ("moved[1].recomputed", 0.003387), ("settings.back_x", 0.02926566)],
)
def test_the_published_numbers_of_the_turns_are_met(path: str, published: float) -> None:
    assert float(Reference(GEARS, {}).known(path)[0].value) == pytest.approx(published, rel=2e-4)


@pytest.mark.parametrize("path", ["elsewhere.turns[0]", "pair.turns[2]", "move.nothing", "trace.h[1]"])
def test_what_no_sweep_moves_has_no_live_reference(path: str) -> None:
    with pytest.raises(LookupError):
        Reference(GEARS, {}).at(0.1, path)


@pytest.mark.parametrize(("first", "second"), [("identity", "tanh"), ("sin", "cos"), ("square", "gelu")])
@given(x=st.floats(-2, 2))
def test_two_ways_have_the_derivative_of_their_sum_by_difference_quotient(first: str, second: str, x: float) -> None:
    known = Reference({"scene": "fan_out", "x": x, "functions": [first, second], "turn": 0.1}, {})
    summed = MP.diff(lambda at: FUNCTIONS[first][0](at) + FUNCTIONS[second][0](at), MP.mpf(x))
    assert abs(known.known("graph.delta['x']")[0].value - summed) < 1e-20
    assert known.known("graph.delta['u']")[0].value == known.known("graph.delta['v']")[0].value == 1
    assert known.at(0.05, "move.y").value == pytest.approx(summed * MP.mpf(0.05))
    with pytest.raises(LookupError):
        known.at(0.05, "move.w")


@pytest.mark.parametrize("name", STEEPEST)
def test_no_slope_is_larger_than_the_one_that_is_said_to_be_the_largest(name: str) -> None:
    slopes = [abs(FUNCTIONS[name][1](MP.mpf(x) / 64)) for x in range(-256, 257)]
    assert max(slopes) <= STEEPEST[name]
    assert float(max(slopes)) == pytest.approx(float(STEEPEST[name]), rel=1e-3)
