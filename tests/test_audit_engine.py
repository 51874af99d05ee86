"""The second engine: against published digits, other derivations, and the core it must not share code with."""

from __future__ import annotations

import ast
import math
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import mpmath
import numpy as np
import pytest
from engine_cases import LOSSES as PLAIN_LOSSES
from engine_cases import NUMBERS, WORKED, chains, graphs, nets, readings, run_of, shares, stated, worked
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.checks import complex_step, nudge
from core.errors import CoreError
from core.layers import elementwise, scale
from scenes.parts.recipe.by_core import evaluate, weights_after
from scenes.parts.recipe.nudge import Nudge
from scenes.parts.recipe.recipe import Recipe, Run, Step
from scenes.parts.recipe.terms import Along, Constant, Grid, Moving, Point, Term
from scenes.parts.recipe.written import Written
from scenes.parts.settings import load
from studio.audit import engine, exact, known, passed, steps
from studio.audit.engine import Engine
from studio.audit.exact import FUNCTIONS, LOSSES
from studio.audit.known import MP, Known
from studio.audit.recompute import REFERENCE

MODULES = (known, exact, steps, passed, engine)
CONTAINER = {"ndarray", "empty", "stack", "asarray", "float64", "ravel", "reshape", "frompyfunc", "errstate", "isnan"}
numbers = st.floats(-30, 30).filter(lambda x: x == 0 or abs(x) > 1e-50)  # beside what is smaller a complex step is long
KINKED = ("relu", "leaky_relu", "abs")
ABOVE = ("log", "sqrt", "reciprocal")
SMOOTH = [name for name in FUNCTIONS if name not in KINKED]
PUBLISHED = {
    worked().value("h"): 0.8336546070121552,
    worked().value("y"): -0.6669236856097243,
    worked().grad("w1"): 0.2847480465272111,
    worked().grad("w2"): -0.9728113065401505,
    worked().delta("x"): 0.3416976558326533,
}


def one(term: Term) -> Known:
    """The one number that a term is."""
    (found,) = Engine({}).known(term)
    return found


def through(name: str, x: float) -> Run:
    """A function alone."""
    return run_of(Recipe((Step("y", name, ("x",)),)), x=x)


def worst(term: Term, values: Sequence[float] | None = None, second: Engine | None = None) -> float:
    """The worst error of numbers, the core's own if none are given, as the second engine sees it."""
    found = np.ravel(evaluate(term) if values is None else values).tolist()
    return max(known.error(value) for known, value in zip((second or Engine({})).known(term), found, strict=True))


# ---------------------------------------------------------------------------------------------- no code is shared


def test_it_shares_no_code_with_the_core() -> None:
    allowed = {"scenes.parts.recipe.recipe", "scenes.parts.recipe.terms", *(module.__name__ for module in MODULES)}
    for module in MODULES:
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
        names += [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        foreign = {name for name in names if name.split(".")[0] not in sys.stdlib_module_names} - allowed
        assert foreign <= {"mpmath", "numpy", "numpy.typing"}, module


def test_none_of_its_modules_loads_the_core(tmp_path: Path) -> None:
    code = "import studio.audit.engine, sys; print([name for name in sys.modules if name.split('.')[0] == 'core'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_numpy_holds_its_numbers_and_computes_none(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "np"}
    assert used <= CONTAINER


# ---------------------------------------------------------------------------------------------- digits


@pytest.mark.parametrize("term", PUBLISHED, ids=str)
def test_the_published_digits_of_the_worked_example_are_met(term: Term) -> None:
    assert mpmath.almosteq(one(term).value, PUBLISHED[term], rel_eps=1e-15)


@pytest.mark.parametrize("term", PUBLISHED, ids=str)
@pytest.mark.parametrize("lie", [1 + 1e-9, 1 - 1e-11, -1.0, 2.0, 0.0])
def test_a_number_a_billionth_beside_them_is_found(term: Term, lie: float) -> None:
    assert one(term).error(PUBLISHED[term]) < 1e-15
    assert one(term).error(PUBLISHED[term] * lie) > REFERENCE


def test_two_weights_that_change_places_are_found_in_every_reading_that_they_concern() -> None:
    exchanged = worked().but(w1=stated("w1", NUMBERS["w2"]), w2=stated("w2", NUMBERS["w1"]))
    pairs = dict(zip(readings(worked()), readings(exchanged), strict=True))
    kept = {str(term) for term, other in pairs.items() if worst(term, evaluate(other)) < REFERENCE}
    assert kept == {"delta of L"}


def test_it_computes_with_fifty_digits() -> None:
    with mpmath.workdps(60):
        assert abs(mpmath.tanh(mpmath.mpf(1.2)) - mpmath.mpf(one(worked().value("h")).value)) < mpmath.mpf(10) ** -49


# ---------------------------------------------------------------------------------------------- functions and losses


@pytest.mark.parametrize("name", SMOOTH)
@given(x=numbers)
def test_a_slope_is_the_difference_quotient_of_its_value(name: str, x: float) -> None:
    row = FUNCTIONS[name]
    with MP.workdps(120):
        at = MP.mpf(abs(x) + 1e-3 if name in ABOVE else x)
        assert MP.almosteq(MP.diff(row.value, at), row.slope(at), rel_eps=MP.mpf(10) ** -30, abs_eps=MP.mpf(10) ** -40)


@pytest.mark.parametrize("name", SMOOTH)
@given(x=numbers, off=st.floats(1e-6, 1))
def test_a_bend_is_the_difference_quotient_of_its_slope(name: str, x: float, off: float) -> None:
    row, at = FUNCTIONS[name], MP.mpf(abs(x) + 1e-3 if name in ABOVE else x)
    told = row.bend(*(abs(float(number)) for number in (at, row.value(at), row.slope(at))), off)
    assert told == pytest.approx(abs(float(MP.diff(row.slope, at))) * off, rel=1e-5, abs=1e-13)


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "gelu"])
@given(x=numbers)
def test_a_slope_is_what_the_complex_step_finds(name: str, x: float) -> None:
    at = abs(x) + 1e-3 if name in (*ABOVE, "cube") else x  # at 0 the step's own cube is its slope
    assert one(through(name, at).slope("y")).error(float(complex_step(elementwise(name).forward, at))) < REFERENCE


@pytest.mark.parametrize(("name", "slope"), [("relu", 0), ("abs", 0), ("leaky_relu", 0.01)])
def test_a_kink_has_the_published_slope_and_no_other(name: str, slope: float) -> None:
    known = one(through(name, 0.0).slope("y"))
    assert known.error(slope) < 1e-15
    assert known.error(1.0) > 0.5


def test_a_kink_that_is_met_without_rounding_has_its_slope_and_one_met_but_for_rounding_has_either() -> None:
    kink = Recipe((Step("z", "scale", ("x",), ("w", "b")), Step("y", "relu", ("z",))))
    sure = one(run_of(kink, x=1.5, w=2.0, b=-3.0).slope("y"))
    unsure = one(run_of(kink, x=0.3, w=0.1, b=-0.03).slope("y"))
    assert sure.error(0.0) < REFERENCE < sure.error(1.0)
    assert max(unsure.error(0.0), unsure.error(1.0)) < REFERENCE < unsure.error(10.0)


def test_an_output_on_its_target_has_no_slope() -> None:
    run = run_of(Recipe.chain(("identity",), "xy", loss="absolute_error"), x=0.5, t=0.5)
    assert one(run.slope("L")).error(0.0) == 0
    assert one(run.slope("L")).error(1.0) > 0.5


@pytest.mark.parametrize(("u", "slopes"), [(2.0, (0.0, 1.0)), (1.0, (0.5, 0.5)), (-1.0, (1.0, 0.0))])
def test_at_a_tie_the_larger_of_two_has_half_a_slope_by_each(u: float, slopes: tuple[float, float]) -> None:
    run = run_of(Recipe((Step("y", "maximum", ("x", "u")),)), x=1.0, u=u)
    for source, slope in zip("xu", slopes, strict=True):
        assert one(run.slope("y", by=source)).value == slope
        assert one(run.slope("y", by=source)).error(1 - slope) > REFERENCE or slope == 0.5


@pytest.mark.parametrize("does", ["product", "quotient", "maximum", "add"])
@given(x=st.floats(0.1, 3), u=st.floats(0.1, 3))
def test_the_slopes_of_a_join_are_its_difference_quotients(does: str, x: float, u: float) -> None:
    joins = {"product": lambda a, b: a * b, "quotient": lambda a, b: a / b, "maximum": max, "add": lambda a, b: a + b}
    run = run_of(Recipe((Step("y", does, ("x", "u")),)), x=x, u=u)
    assert one(run.value("y")).value == joins[does](MP.mpf(x), MP.mpf(u))
    if x != u or does != "maximum":
        for source, order in (("x", (1, 0)), ("u", (0, 1))):
            found = MP.diff(joins[does], (MP.mpf(x), MP.mpf(u)), order)
            assert abs(one(run.slope("y", by=source)).value - found) < 1e-15


@pytest.mark.parametrize("loss", PLAIN_LOSSES)
@given(y=st.floats(0.01, 0.99), t=shares)
def test_the_slope_of_a_loss_and_how_it_bends_are_difference_quotients(loss: str, y: float, t: float) -> None:
    at, goal = MP.mpf(y), MP.mpf(t)

    def told(i: int, y: object, t: object) -> object:
        return MP.fsum(part[i] for part in LOSSES[loss](y, t))

    if abs(y - t) > 1e-3 and 0 < t < 1:
        for i, slope in ((0, 1), (1, 2)):
            assert MP.almosteq(MP.diff(lambda y, i=i: told(i, y, goal), at), told(slope, at, goal), 1e-15, 1e-20)
        for i, by in ((0, 3), (1, 4)):
            most = MP.fsum(abs(part[by]) for part in LOSSES[loss](at, goal))
            assert abs(MP.diff(lambda t, i=i: told(i, at, t), goal)) <= most * (1 + MP.mpf(10) ** -20)


@given(row=st.lists(st.floats(-200, 200), min_size=1, max_size=4))
@example(row=[200.0, 0.0, -100.0])
def test_a_softmax_keeps_its_digits_in_the_tails(row: list[float]) -> None:
    run = run_of(Recipe((Step("L", "softmax_cross_entropy", ("y", "t")),)), y=row, t=0.0)
    with MP.workdps(250):
        powers = [MP.exp(MP.mpf(y)) for y in row]
        p = powers[0] / MP.fsum(powers)
        loss, slope = -MP.log(p), p - 1
    for found, right in ((one(run.value("L")), loss), (Engine({}).known(run.slope("L"))[0], slope)):
        assert abs(found.value - right) <= abs(right) * MP.mpf(10) ** -45


# ---------------------------------------------------------------------------------------------- against the core


def agree(run: Run) -> None:
    """Compare everything that can be read of a run, unless the core refuses it."""
    second = Engine({})
    try:
        expected = [(term, evaluate(term)) for term in readings(run)]
    except CoreError:
        return
    for term, value in expected:
        assert worst(term, value, second) < REFERENCE, term


@given(run=chains())
def test_a_chain_is_what_the_core_says_to_its_last_digits(run: Run) -> None:
    agree(run)


@given(run=graphs())
def test_a_graph_is_what_the_core_says_to_its_last_digits(run: Run) -> None:
    agree(run)


@settings(max_examples=60)
@given(run=nets())
def test_a_net_of_matrices_is_what_the_core_says_to_its_last_digits(run: Run) -> None:
    agree(run)


@pytest.mark.parametrize("weight", ["w1", "w2", "x"])
@pytest.mark.parametrize("step", [0.1, 1e-4])
@pytest.mark.parametrize(
    ("ours", "theirs"), [("rise", "rise"), ("across", "run"), ("slope", "numeric"), ("gap", "gap")]
)
def test_a_nudge_is_what_the_core_says(weight: str, step: float, ours: str, theirs: str) -> None:
    run, places = worked(), {"w1": (0, "w"), "w2": (2, "w"), "x": (None, "x")}
    nudged = (
        Nudge.of(run, weight, stated("step", step))
        if weight != "x"
        else Nudge(stated("step", step), *(run.but(x=x).value("L") for x in _beside(step)), run.delta("x"))
    )
    layers, (layer, parameter) = [scale(1.2), elementwise("tanh"), scale(-0.8)], places[weight]
    goal = {"target": 0.5, "loss": "half_squared_error"}
    found = nudge(layers, 1.0, layer=layer, parameter=parameter, step=step, **goal)
    assert one(getattr(nudged, ours)).error(getattr(found, theirs)) < REFERENCE


def _beside(step: float) -> tuple[Term, Term]:
    return stated("x", 1.0) - stated("step", step), stated("x", 1.0) + stated("step", step)


# ---------------------------------------------------------------------------------------------- scales


def test_a_gap_is_as_good_as_the_slopes_it_is_between_and_no_better() -> None:
    known = one(Nudge.of(worked(), "w1", stated("nudge", 1e-4)).gap)
    gap = float(known.value)
    assert abs(gap) < 1e-8
    assert known.error(gap + 1e-12) < REFERENCE
    assert known.error(gap + 1e-10) > REFERENCE


def test_where_nothing_was_rounded_only_zero_is_zero() -> None:
    closed = one(through("relu", -1.0).value("y"))
    assert closed.error(0.0) == 0
    assert closed.error(1e-300) == math.inf


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_never_right(number: float) -> None:
    assert not one(worked().value("y")).error(number) <= REFERENCE


def test_what_is_too_small_for_float64_is_0_there_and_the_side_of_a_kink_that_it_lies_on_unknown() -> None:
    run = run_of(Recipe((Step("z", "product", ("x", "x")), Step("y", "relu", ("z",)))), x=1e-200)
    agree(run)
    assert one(run.value("y")).error(0.0) < REFERENCE < one(run.value("y")).error(1e-300)


@pytest.mark.parametrize(
    ("name", "x"), [("log", 0.0), ("log", -1.0), ("sqrt", -1.0), ("sqrt", 0.0), ("reciprocal", 0.0), ("exp", 1e3)]
)
def test_what_has_no_value_is_an_error(name: str, x: float) -> None:
    with pytest.raises(ArithmeticError):
        one(through(name, x).value("y"))


def test_a_quotient_of_what_is_0_but_for_rounding_is_an_error() -> None:
    rest = stated("a", 0.1) + stated("b", 0.2) - stated("c", 0.3)
    assert one(rest).error(float(evaluate(rest))) < REFERENCE
    with pytest.raises(ZeroDivisionError, match="rounding"):
        one(stated("a", 1.0) / rest)


# ---------------------------------------------------------------------------------------------- terms


def test_the_inputs_of_a_sweep_that_are_off_its_grid_are_found() -> None:
    grid = Grid(stated("low", -2.0), stated("high", 2.0), 401)
    assert worst(grid) < REFERENCE
    assert worst(Point(grid, 7)) < REFERENCE
    claimed = evaluate(grid).tolist()
    claimed[200] += 1e-9
    assert worst(grid, claimed, Engine({grid: claimed})) > REFERENCE


def test_a_grid_of_one_point_is_where_it_begins() -> None:
    grid = Grid(Constant(0.0), Constant(0.0), 1)  # of steps when the first leaves what is finite
    assert worst(grid) == worst(Point(grid, 0)) == 0.0
    assert worst(grid, [1.0], Engine({grid: [1.0]})) > REFERENCE


def test_the_rounded_points_go_into_a_run_because_the_core_was_given_them() -> None:
    grid = Grid(stated("low", -0.7), stated("high", 1.1), 7)
    rounded = evaluate(grid).tolist()
    run, point = run_of(Recipe.chain(("identity",), "xy"), x=0.0).but(x=grid), Point(grid, 5)
    for given_too in ({grid: rounded}, {point: [rounded[5]], grid: rounded}):
        second = Engine(given_too)
        assert [float(known.value) for known in second.known(run.value("y"))] == rounded
        assert second.known(run.but(x=point).value("y"))[0].value == rounded[5]
        assert second.known(run.but(x=point + Constant(0.0)).value("y"))[0].value == rounded[5]
    moved = Engine({grid: [x + 1e-6 for x in rounded]})
    assert moved.known(run.value("y"))[5].value == rounded[5] + 1e-6
    assert moved.known(grid)[5].error(rounded[5]) < REFERENCE
    assert Engine({point: [7.0]}).known(run.but(x=point).value("y"))[0].value == 7.0


def test_a_number_that_stands_among_those_of_a_grid_stands_there_once() -> None:
    grid = Grid(stated("low", -1.0), stated("high", 1.0), 4, also=(0.0, 1.0))
    assert len(Engine({}).known(grid)) == len(evaluate(grid)) == 5
    assert worst(grid) < REFERENCE
    beside = Grid(stated("low", -0.1), stated("high", 0.2), 4, also=(0.0,))  # the core's point is 1.4e-17
    assert len(evaluate(beside)) == 5
    assert len(Engine({}).known(beside)) == 4
    assert worst(beside, None, Engine({beside: evaluate(beside).tolist()})) < REFERENCE


def test_numbers_side_by_side_come_one_after_the_other() -> None:
    pair = Along((worked().value("h"), abs(worked().value("y"))))
    assert [float(known.value) for known in Engine({}).known(pair)] == [0.8336546070121552, 0.6669236856097243]
    matrix = stated("m", [[1, 2], [3, 4]])
    assert [float(known.value) for known in Engine({}).known(matrix * Along((matrix, matrix)))] == [1, 4, 9, 16] * 2


def test_the_input_of_a_sweep_is_what_it_is_on_that_frame() -> None:
    assert one(worked().but(x=Moving("x", 0.25)).value("x")).value == 0.25


@pytest.mark.parametrize(
    "term",
    [
        worked().value("q"),
        worked().delta("w1"),
        worked().delta("t"),
        worked().grad("x"),
        worked().slope("t"),
        worked().slope("z", by="h"),
        worked().share("x", "h"),
        worked().weight("x"),
        run_of(Recipe((Step("y", "product", ("x", "x")),)), x=1.0).slope("y", by="x"),
        run_of(Recipe((Step("y", "tanh", ("x", "u")),)), x=1.0, u=2.0).slope("y"),
        run_of(Recipe((Step("y", "softmax", ("x",)), Step("z", "dense", ("y",), ("w",)))), x=[1, 2], w=[[1, 1]]).slope(
            "y"
        ),
        run_of(Recipe((Step("y", "nothing", ("x",)),)), x=1.0).value("y"),
        run_of(Recipe((Step("y", "tanh", ("u",)),)), x=1.0).value("y"),
        run_of(Recipe((Step("x", "tanh", ("x",)),)), x=1.0).delta("x"),
        Run.of(WORKED).value("x"),
    ],
    ids=str,
)
def test_a_reading_that_leads_nowhere_is_an_error(term: Term) -> None:
    with pytest.raises(LookupError):
        Engine({}).known(term)


BATCH = {"x": [[1.0, 2.0], [3.0, 4.0]], "w": [[1.0, 1.0]]}
DENSE = (Step("y", "dense", ("x",), ("w",)),)


@pytest.mark.parametrize(
    ("steps", "inputs"),
    [
        ((*DENSE, Step("L", "squared_error", ("y", "t"))), BATCH | {"t": [1.0, 2.0]}),
        ((*DENSE, Step("L", "softmax_cross_entropy", ("y", "t"))), BATCH | {"t": [0.0, 1.0]}),
        ((*DENSE, Step("L", "softmax_cross_entropy", ("y", "t"))), BATCH | {"t": [[[0.0]]]}),
        (DENSE, BATCH | {"w": [[1.0]]}),
        (DENSE, BATCH | {"w": [[1.0, 1.0], [2.0, 2.0]]}),
        ((Step("y", "dense", ("x",), ("w", "b")),), BATCH | {"b": [1.0, 2.0]}),
        ((Step("y", "softmax", ("x",)),), {"x": 1.0}),
        ((Step("y", "add", ("x", "u")),), {"x": [1.0, 2.0], "u": 1.0}),
    ],
    ids=lambda one: "; ".join(map(str, one)) if isinstance(one, tuple) else "",
)
def test_shapes_that_do_not_fit_are_an_error_and_nothing_is_broadcast(
    steps: tuple[Step, ...], inputs: dict[str, list[float]]
) -> None:
    with pytest.raises(ValueError, match=r"shape|number|label"):
        Engine({}).known(run_of(Recipe(steps), **inputs).value("y"))


def test_a_sweep_has_no_mean() -> None:
    chain = Recipe((Step("L", "squared_error", ("x", "t")),), "mean")
    assert one(run_of(chain, x=3.0, t=1.0).value("L")).value == 4
    with pytest.raises(ValueError, match="no mean"):
        Engine({}).known(run_of(chain, x=[3.0, 2.0], t=[1.0, 1.0]).value("L"))


# ---------------------------------------------------------------------------------------------- the shipped clips


@pytest.mark.parametrize("name", load().clips)
def test_every_quantity_of_every_shipped_clip_is_what_the_core_says(name: str) -> None:
    quantities = load().clip(name).quantities()
    claimed = {quantity.row.term: np.ravel(quantity.value).tolist() for quantity in quantities.values()}
    descents = Written.of({str(i): term for i, term in enumerate(claimed)})[0].descents
    learned = {
        (run, rate): [weights_after(run, rate, step) for step in range(steps + 1)]
        for (run, rate), steps in descents.items()
    }
    second = Engine(claimed, learned)
    for term, values in claimed.items():
        assert worst(term, values, second) < REFERENCE, term


@pytest.mark.parametrize("name", [name for name in load().clips if load().clip(name).sweeps()])
@given(share=st.floats(0, 1))
def test_every_quantity_that_a_sweep_moves_is_what_the_core_says(name: str, share: float) -> None:
    second = Engine({})
    for sweep in load().clip(name).sweeps().values():
        x = sweep.low + share * (sweep.high - sweep.low)
        for quantity in sweep.quantities(x).values():
            assert worst(quantity.row.term, None, second) < REFERENCE, (str(quantity.row.term), x)
