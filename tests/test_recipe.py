"""Recipes, runs, terms: said once, in words that people can check, evaluated by the core bit for bit, written whole."""

from __future__ import annotations

import json
import math
import re
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from engine_cases import Lesson, chains, graphs, nets, readings, run_of, stated, worked
from hypothesis import given, settings
from hypothesis import strategies as st

from core.checks import nudge
from core.errors import CoreError
from core.functions import FUNCTIONS, LOSSES
from core.layers import elementwise, scale
from core.trace import record
from scenes.parts.errors import StageError
from scenes.parts.recipe import terms
from scenes.parts.recipe.by_core import evaluate, is_computable, number
from scenes.parts.recipe.nudge import Nudge
from scenes.parts.recipe.recipe import JOINS, Read, Recipe, Run, Step
from scenes.parts.recipe.terms import Along, Constant, Given, Grid, Moving, Op, Point, Term, Work
from scenes.parts.recipe.written import Written
from scenes.parts.settings import load

# ---------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step("z", "scale", ("x",), ("w",)), "z = w * x"),
        (Step("z", "scale", ("x",), ("w", "b")), "z = w * x + b"),
        (Step("z", "scale", ("u", "v"), ("w", "b")), "z = w * (u + v) + b"),
        (Step("z", "dense", ("x",), ("W",)), "z = W x"),
        (Step("z", "dense", ("x",), ("W", "b")), "z = W x + b"),
        (Step("z", "dense", ("u", "v"), ("W",)), "z = W (u + v)"),
        (Step("p", "softmax", ("y",)), "p = softmax(y)"),
        (Step("h", "tanh", ("z",)), "h = tanh(z)"),
        (Step("y", "add", ("u", "v")), "y = u + v"),
        (Step("y", "product", ("u", "v")), "y = u * v"),
        (Step("y", "quotient", ("u", "v")), "y = u / v"),
        (Step("y", "maximum", ("u", "v")), "y = maximum(u, v)"),
        (Step("L", "absolute_error", ("y", "t")), "L = absolute_error(y, t)"),
    ],
    ids=str,
)
def test_a_step_says_what_it_does_and_with_what(step: Step, words: str) -> None:
    assert str(step) == words


STEP = re.compile(
    r"(?P<node>\w+) = (?:(?P<w>\w+)(?P<by> \* | )(?P<into>\w+|\(.+?\))(?: \+ (?P<b>\w+))?|(?P<does>\w+)\((?P<of>.+)\)"
    r"|(?P<left>\w+)(?P<sign> [+/*] )(?P<right>\w+))"
)


def understood(words: str, weights: tuple[str, ...]) -> Recipe:
    """The recipe that a reader understands who knows which names are weights."""
    steps = []
    for told in words.split("; "):
        found = STEP.fullmatch(told)
        assert found, told
        part = found.groupdict()
        if part["w"] in weights:
            does, takes = "scale" if part["by"] == " * " else "dense", tuple(part["into"].strip("()").split(" + "))
            steps.append(Step(part["node"], does, takes, tuple(name for name in (part["w"], part["b"]) if name)))
        elif part["does"]:
            steps.append(Step(part["node"], part["does"], tuple(part["of"].split(", "))))
        else:
            left, sign, right = (part["left"] or part["w"], part["sign"] or part["by"], part["right"] or part["into"])
            does = next(name for name, written in JOINS.items() if written == sign)
            steps.append(Step(part["node"], does, (left, right)))
    return Recipe(tuple(steps))


@pytest.mark.parametrize("runs", [chains(), graphs(), nets()], ids=["chains", "graphs", "nets"])
@given(data=st.data())
def test_the_words_of_a_recipe_say_all_of_it(runs: st.SearchStrategy[Run], data: st.DataObject) -> None:
    recipe = data.draw(runs).recipe
    assert understood(str(recipe), recipe.weights) == Recipe(recipe.steps)


def test_a_recipe_knows_its_nodes_its_weights_and_who_holds_them() -> None:
    recipe = Recipe((Step("z", "scale", ("x",), ("w",)), Step("h", "tanh", ("z",)), Step("y", "scale", ("h",), ("w",))))
    assert (recipe.nodes, recipe.weights) == (("z", "h", "y"), ("w",))
    assert recipe.holders("w") == (recipe.steps[0], recipe.steps[2])
    assert recipe.step("h") == recipe.steps[1]
    assert recipe.leads("x", "y")
    assert not recipe.leads("y", "x")
    for wrong in (recipe.holders, recipe.step):
        with pytest.raises(LookupError, match="nothing"):
            wrong("nothing")


def test_a_value_turns_by_what_comes_along_all_ways_and_where_there_is_none_not_at_all() -> None:
    fan = Recipe((Step("u", "tanh", ("x",)), Step("v", "sin", ("x",)), Step("y", "add", ("u", "v"))))
    run = Run.of(fan, x=stated("x", 0.7))
    turned = number(run.turned(Constant(1.0), "y"))
    assert turned == pytest.approx(number(run.delta("x")), rel=1e-15)
    assert turned == pytest.approx(number(run.turned(Constant(1.0), "u")) + number(run.turned(Constant(1.0), "v")))
    with pytest.raises(LookupError, match="no way from u to v"):
        run.turned(Constant(1.0), "v", start="u")


def test_a_run_says_in_which_way_it_is_not_the_clips_own() -> None:
    run = worked()
    other = run.but(w1=run.input("w1") + stated("step", 0.1)).after(3, stated("rate", 0.2))
    assert (run.told, other.told) == ("", " for w1 = (w1 + step) after 3 steps at rate")
    assert str(other.slope("h")) == f"slope of h{other.told}"
    assert str(other.share("z", "h") / Constant(2.0)) == f"(share of h by z{other.told} / 2)"
    assert other.after(0, Constant(1.0)) == run.but(w1=run.input("w1") + stated("step", 0.1))


def test_runs_with_the_same_numbers_are_the_same_run_however_they_came_about() -> None:
    run = worked()
    again = run.but(x=Constant(7.0)).but(x=run.input("x"))
    assert again == run
    assert hash(again) == hash(run)
    assert run.but(x=Constant(7.0)) != run != run.after(1, Constant(0.1))


def test_a_turn_is_the_product_of_the_slopes_on_the_way() -> None:
    run = worked()
    assert number(run.turned(Constant(1.0), "y")) == pytest.approx(number(run.delta("x") / run.delta("y")), rel=1e-15)
    assert number(run.turned(Constant(0.5), "y", start="z")) == pytest.approx(
        0.5 * number(run.delta("z") / run.delta("y"))
    )


# ---------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize("value", [1.2, (1.0, 2.0), True])
def test_a_number_that_is_not_of_the_settings_makes_no_term(value: Any) -> None:
    with pytest.raises(StageError, match="does not come from the settings"):
        Given(("w1",), value)
    with pytest.raises(StageError, match="does not come from the settings"):
        Given(("w1",), value, object())


@pytest.mark.parametrize("settings", [{"w1": 1.2}, [1.2], 1.2, np.array([1.2]), np.float64(1.2)], ids=repr)
def test_what_is_no_settings_gives_no_number(settings: object) -> None:
    with pytest.raises(StageError, match="is no settings"):
        terms.given(settings, "w1")


@pytest.mark.parametrize("value", ["1.2", True, None, [1.0, "2"], [[1.0], [False]], {"a": 1.0}])
def test_settings_that_are_no_number_give_none(value: object) -> None:
    with pytest.raises(StageError, match=r"lesson\.key: .+ is no number"):
        terms.given(Lesson({"lesson": {"key": value}}), "lesson", "key")


def test_a_number_of_the_settings_says_where_it_stands() -> None:
    clip = load().clip("TwoLayerNetwork")
    assert str(terms.given(clip, "nudges", 0)) == "nudges[0]"
    assert number(terms.given(clip, "w1")) == 1.2
    assert evaluate(stated("m", [[1, 2], [3, 4]])).tolist() == [[1.0, 2.0], [3.0, 4.0]]
    for wrong in (("nothing",), ("nudges", 9)):
        with pytest.raises((LookupError, AttributeError)):
            terms.given(clip, *wrong)


@pytest.mark.parametrize("zero", [-0.0, 0.0, 0])
def test_a_minus_zero_of_the_settings_or_of_a_sweep_is_a_zero(zero: float) -> None:
    for term in (terms.given(Lesson({"a": zero}), "a"), Moving("a", zero)):
        assert (number(term).hex(), type(term.value)) == ("0x0.0p+0", float)
    assert not np.signbit(evaluate(stated("a", [[-0.0, 1.0]]))).any()


def test_where_a_sweep_stands_is_a_plain_float_and_is_said_as_one() -> None:
    for two in (2, 2.0, np.float64(2.0)):
        term = Moving("x", two)
        assert type(term.value) is float
        assert str(term) == "x at 2.0"
        assert json.dumps(Written().term(term)) == '["moving", "x", 2.0]'


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (stated("a", 3.0) + Constant(1.0), 4.0),
        (stated("a", 3.0) - Constant(1.0), 2.0),
        (stated("a", 3.0) * Constant(2.0), 6.0),
        (stated("a", 3.0) / Constant(2.0), 1.5),
        (abs(stated("a", -3.0)), 3.0),
        (Moving("x", -0.0), 0.0),
        (Point(Grid(Constant(0.0), Constant(1.0), 3), 1), 0.5),
    ],
    ids=str,
)
def test_a_term_that_is_one_number_has_it(term: Term, value: float) -> None:
    assert number(term).hex() == value.hex()


def test_a_grid_is_even_and_holds_what_stands_among_it_once() -> None:
    grid = Grid(Constant(-1.0), Constant(1.0), 3, also=(0.25, 0.0))
    assert evaluate(grid).tolist() == [-1.0, 0.0, 0.25, 1.0]
    assert evaluate(Along((Constant(1.0), Constant(2.0)))).tolist() == [1.0, 2.0]
    with pytest.raises(TypeError):
        number(grid)


def test_a_grid_a_point_of_it_and_numbers_side_by_side_say_in_words_what_they_are() -> None:
    low, high = stated("low", -1.0), stated("high", 1.0)
    assert str(Grid(low, high, 5)) == "5 points from low to high"
    assert str(Point(Grid(low, high, 5, also=(0.1, 0.25)), 2)) == "point 2 of 5 points from low to high and 0.1, 0.25"
    assert str(Along((low, Constant(0.5), high))) == "low, ..., high"


# ---------------------------------------------------------------------------------------------- the first engine


@given(
    names=st.lists(st.sampled_from(sorted(FUNCTIONS)), min_size=1, max_size=5),
    x=st.floats(-3, 3),
    w=st.floats(-2, 2),
    loss=st.sampled_from([None, *(name for name in LOSSES if name != "softmax_cross_entropy")]),
)
def test_a_chain_has_the_very_bits_of_the_cores_own_record(
    names: list[str], x: float, w: float, loss: str | None
) -> None:
    nodes = ["x", *(f"h{i}" for i in range(len(names) + 1))]
    run = run_of(Recipe.chain(("w", *names), nodes, ("w",), loss), x=x, w=w, **({"t": 0.5} if loss else {}))
    goal: dict[str, Any] = {"target": 0.5, "loss": loss} if loss else {}
    try:
        trace = record([scale(w + 0.0), *map(elementwise, names)], x + 0.0, **goal)  # a minus zero is a zero
    except CoreError:
        with pytest.raises(CoreError):
            evaluate(run.value("L"))
        return
    pairs = [(run.value(node), value) for node, value in zip(nodes, trace.h, strict=True)]
    pairs += [(run.delta(node), delta) for node, delta in zip(nodes, trace.delta, strict=True)]
    pairs += [(run.slope(node), local.gain) for node, local in zip(nodes[1:], trace.local, strict=True)]
    pairs += [(run.grad("w"), trace.grads[0]["w"]), (run.value("L"), trace.loss), (run.delta("L"), trace.seed)]
    for term, expected in pairs:
        assert (evaluate(term) + 0.0).tobytes() == (np.asarray(expected) + 0.0).tobytes(), term


@given(x=st.floats(-2, 2), w=st.floats(-2, 2), step=st.floats(1e-6, 1))
def test_a_nudge_has_the_very_bits_of_the_cores_own(x: float, w: float, step: float) -> None:
    run = worked().but(x=stated("x", x), w1=stated("w1", w))
    ours = Nudge.of(run, "w1", stated("step", step))
    theirs = nudge(
        *([scale(w + 0.0), elementwise("tanh"), scale(-0.8)], x + 0.0),
        **{"layer": 0, "parameter": "w", "step": step, "target": 0.5, "loss": "half_squared_error"},
    )
    pairs = [(ours.low, theirs.loss_minus), (ours.high, theirs.loss_plus), (ours.rise, theirs.rise)]
    pairs += [(ours.across, theirs.run), (ours.slope, theirs.numeric), (ours.gap, theirs.gap)]
    for term, expected in pairs:
        assert number(term).hex() == float(expected).hex(), term


def test_what_the_engine_gives_is_a_float64_array_of_no_axes_for_one_number_whatever_is_asked() -> None:
    run, one = worked(), Constant(1.0)
    asked = [*readings(run), run.value("x"), one, Moving("x", 2), stated("a", 3), one + one, abs(one)]
    asked += [Point(Grid(one, Constant(2.0), 3), 1), Work("back", (one, one), 2)]
    for term in asked:
        found = evaluate(term)
        assert type(found) is np.ndarray, term
        assert (found.dtype, found.shape) == (np.float64, ()), term
    assert evaluate(Along((one, one))).dtype == evaluate(Grid(one, Constant(2.0), 3)).dtype == np.float64


def test_one_target_serves_every_x_of_a_sweep_and_is_one_label_where_values_mix() -> None:
    xs = [0.5, -1.0, 2.0]
    sweep = run_of(Recipe.chain(("tanh",), "xy", (), "squared_error"), x=xs, t=0.25)
    assert evaluate(sweep.value("L")) == pytest.approx([(math.tanh(x) - 0.25) ** 2 for x in xs], rel=1e-14)
    for does, f in (("identity", float), ("sin", math.sin)):
        steps = Step("z", "dense", ("x",), ("W",)), Step("y", does, ("z",))
        chosen = Recipe((*steps, Step("L", "softmax_cross_entropy", ("y", "t"))))
        label = run_of(chosen, x=xs, W=np.eye(3), t=2)
        exact = -math.log(math.exp(f(2.0)) / sum(math.exp(f(x)) for x in xs))
        assert number(label.value("L")) == pytest.approx(exact, rel=1e-14)


@pytest.mark.parametrize("w", [3.0, -0.5])
def test_learning_moves_every_weight_against_its_own_gradient_step_after_step(w: float) -> None:
    run = run_of(Recipe.chain(("v", "w"), "xhy", ("v", "w"), "half_squared_error"), x=2.0, v=0.5, w=w, t=1.0)
    rate, exact = Fraction(1, 8), [(Fraction("0.5"), Fraction(w))]
    for _ in range(4):
        v, u = exact[-1]
        push = 2 * v * u - 1
        exact.append((v - rate * push * 2 * u, u - rate * push * 2 * v))
    for steps in (4, 0, 2, 1, 3):  # in any order: what was there before is asked for again
        later = run.after(steps, stated("rate", 0.125))
        assert number(later.weight("v")) == pytest.approx(float(exact[steps][0]), rel=1e-14)
        assert number(later.weight("w")) == pytest.approx(float(exact[steps][1]), rel=1e-14)
        assert number(later.value("y")) == pytest.approx(float(2 * exact[steps][0] * exact[steps][1]), rel=1e-14)
        assert number(later.value("x")) == 2.0


def test_what_the_core_refuses_is_refused() -> None:
    with pytest.raises(CoreError, match="exp"):
        evaluate(run_of(Recipe.chain(("exp",), "xy"), x=1e3).value("y"))
    with pytest.raises(TypeError, match="no term"):
        evaluate(1.0)  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------- written


def read_again(book: Written, runs: list[Run], given: dict[tuple[Any, ...], Given], plain: Any) -> Term:
    """The term that a written one stands for, by whoever has the settings and the recipes."""
    if isinstance(plain, float | int):
        return Constant(plain)
    head, *rest = plain

    def inner(one: Any) -> Term:
        return read_again(book, runs, given, one)

    match head:
        case "given":
            return given[tuple(rest)]
        case "moving":
            return Moving(*rest)
        case "grid":
            return Grid(inner(rest[0]), inner(rest[1]), rest[2], tuple(rest[3:]))
        case "point":
            grid = inner(rest[1])
            assert isinstance(grid, Grid)
            return Point(grid, rest[0])
        case "along":
            return Along(tuple(map(inner, rest)))
        case "abs":
            return abs(inner(rest[0]))
        case "+" | "-" | "*" | "/":
            return Op(head, *map(inner, rest))
    of = rest[0] if len(rest) == 2 else (rest[0], rest[1])
    row, run = book.runs[rest[-1]], runs[rest[-1]]
    inputs = tuple((name, inner(one)) for name, one in row["inputs"].items())
    learned = (row["learned"][0], inner(row["learned"][1])) if "learned" in row else None
    return Read(Run(understood(book.recipes[row["recipe"]], run.recipe.weights), inputs, learned), head, of)


GRID = Grid(stated("low", -1.0), stated("high", 1.0), 5, also=(0.1,))
TERMS: dict[str, Term] = {
    "gap": Nudge.of(worked(), "w1", stated("step", 0.1)).gap,
    "sweep": worked().but(x=GRID).value("h"),
    "point": abs(worked().but(x=Point(GRID, 2)).slope("h", by="z")),
    "moving": worked().but(x=Moving("x", 0.3)).share("z", "h") / Constant(3.0),
    "learning": Along(tuple(worked().after(step, stated("rate", 0.1)).weight("w1") for step in range(3))),
}


@pytest.mark.parametrize("name", TERMS)
def test_what_is_written_says_all_of_a_term_and_survives_a_file(name: str) -> None:
    book = Written()
    plain = json.loads(json.dumps(book.term(TERMS[name])))
    runs = list(book._places)
    numbers = {one.key: one for one in (*dict(worked().inputs).values(), GRID.low, GRID.high) if isinstance(one, Given)}
    numbers |= {("step",): stated("step", 0.1), ("rate",): stated("rate", 0.1)}
    assert read_again(book, runs, numbers, plain) == TERMS[name]


def test_every_run_and_every_recipe_is_written_once() -> None:
    book, plain = Written.of({**TERMS, **{f"{name} again": term for name, term in TERMS.items()}})
    assert book.recipes == ["z = w1 * x; h = tanh(z); y = w2 * h; L = half_squared_error(y, t)"]
    assert len(book.runs) == len({json.dumps(row) for row in book.runs}) == 8
    assert all(plain[name] == plain[f"{name} again"] for name in TERMS)


def test_a_descent_is_written_with_where_it_starts_and_how_far_it_goes() -> None:
    run, rate = worked(), stated("rate", 0.1)
    book = Written()
    book.term(run.after(2, rate).value("L") - run.after(7, rate).value("L"))
    assert book.descents == {(run, rate): 7}
    assert [row.get("learned") for row in book.runs] == [None, [2, ["given", "rate"]], [7, ["given", "rate"]]]


def test_the_mean_over_samples_is_said_and_makes_another_recipe() -> None:
    book, summed = Written(), worked()
    mean = Run(Recipe(summed.recipe.steps, "mean"), summed.inputs)
    book.term(summed.value("L") - mean.value("L"))
    assert book.recipes == [str(summed.recipe), f"{summed.recipe}; mean over samples"]


@settings(max_examples=30)
@given(run=graphs())
def test_no_two_readings_of_a_run_are_written_alike(run: Run) -> None:
    book, told = Written(), [str(term) for term in dict.fromkeys(readings(run))]
    assert len(set(told)) == len(told)
    assert len({json.dumps(book.term(term)) for term in readings(run)}) == len(told)


def test_two_weights_that_change_places_are_another_recipe_in_words_and_as_data() -> None:
    recipe = worked().recipe
    swapped = {"w1": "w2", "w2": "w1"}
    steps = tuple(Step(s.node, s.does, s.takes, tuple(swapped[w] for w in s.weights)) for s in recipe.steps)
    other, book = Run(Recipe(steps), worked().inputs), Written()
    assert str(other.recipe) != str(recipe)
    assert book.term(worked().value("y")) != book.term(other.value("y"))
    assert number(other.value("y")) != number(worked().value("y"))


def test_whether_the_core_can_compute_a_term_is_told_without_an_error() -> None:
    for x, there in ((1.0, True), (1e3, False)):
        assert is_computable(run_of(Recipe.chain(("exp",), "xy"), x=x).value("y")) is there


def test_a_step_that_mixes_entries_or_takes_several_values_has_no_slope_of_its_own() -> None:
    mixing = run_of(Recipe((Step("z", "dense", ("x",), ("W",)),)), x=[1.0], W=[[2.0]])
    with pytest.raises(LookupError, match=r"z = W x mixes entries: it has a Jacobian, and no slope"):
        evaluate(mixing.slope("z"))
    twice = run_of(Recipe((Step("y", "product", ("u", "v")), Step("z", "add", ("y", "y")))), u=2.0, v=3.0)
    assert (number(twice.slope("y", by="u")), number(twice.slope("y", by="v"))) == (3.0, 2.0)
    for slope in (twice.slope("y"), twice.slope("z"), twice.slope("z", by="y"), twice.slope("z", by="u")):
        with pytest.raises(LookupError, match="has several slopes"):
            evaluate(slope)


def test_what_is_no_term_is_not_written() -> None:
    with pytest.raises(TypeError, match="no term"):
        Written().term(1.0)  # type: ignore[arg-type]
