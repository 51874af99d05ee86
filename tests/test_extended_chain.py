"""ExtendedChain: the storyboard's digits, what joins multiplies, what is left out, and what is refused."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stage_cases import dry_run
from test_settings_gears import faults
from truth_cases import changed, settings_in_use

from core.layers import elementwise
from core.trace import record
from scenes.parts.recipe.by_core import number
from scenes.parts.settings import load
from scenes.parts.settings.extended_chain import ExtendedChain
from scenes.parts.stage.stage import Stage
from scenes.parts.stage.travel import Travel
from scenes.parts.things.depth_chart import DepthChart
from scenes.parts.things.log_bar import LogBar
from scenes.parts.things.stave import Stave

CLIP = "ExtendedChain"
PUBLISHED = {
    **{"h1": 0.7616, "h2": 0.5800, "h3": 0.5800},
    **{"local_h1": 0.4200, "local_h2": 1.523, "local_h3": 1.0, "local_h4": 0.8364, "local_h5": -0.5210},
    **{"push_0_x": 0.6397, "push_0_h1": 1.523, "push_0_h2": 1.0, "push_0_h3": 1.0},
    **{"push_1_x": 0.5351, "push_1_h1": 1.274, "push_1_h2": 0.8364, "push_1_h3": 0.8364, "push_1_h4": 1.0},
    **{"push_2_x": -0.2788, "push_2_h1": -0.6638, "push_2_h2": -0.4358, "push_2_h3": -0.4358, "push_2_h4": -0.5210},
    **{"push_2_h5": 1.0, "stop": 0.0, "left": 0.0},
    **{"first_push_x": 0.0793, "second_push_x": 3.875e-7},
}
"""As the storyboard has them, to four digits or three."""

SWEPT = {0.6046: 0.7328, -0.6046: -0.7328, 2.0: 0.0815, -2.0: -0.0815, 0.0: 0.0}
"""The push at x while x moves."""


WEIGHTED = {
    **{"weights": {"w1": 1.2, "w2": -2.0}, "first_x": 1.0, "second_x": 1.0},
    **{"first": ["tanh", "w2", "leaky_relu", "sigmoid"], "second": ["tanh", "w2", "relu", "sigmoid"]},
}
"""Long chains with a weight, one of them closed."""


def weighted(construct: Any = None, **changes: Any) -> Any:
    with settings_in_use(changed("ExtendedChainClosed", WEIGHTED | changes)):
        return dry_run("ExtendedChainClosed", construct, frame_rate=1.0 if construct is None else 5.0)


def clip(**changes: Any) -> ExtendedChain:
    with settings_in_use(changed(CLIP, {"tells": "all"} | changes)):
        found = load().clip(CLIP)
    assert isinstance(found, ExtendedChain)
    return found


@cache
def shipped() -> ExtendedChain:
    return clip()


@cache
def stage() -> Stage:
    """All parts of the clip."""
    with settings_in_use(changed(CLIP, {"tells": "all"})):
        return dry_run(CLIP, frame_rate=2.0)


def told(**changes: Any) -> list[str]:
    """The beats of a clip with other settings."""
    with settings_in_use(changed(CLIP, {"tells": "all"} | changes)):
        return [beat.name for beat in dry_run(CLIP, frame_rate=1.0).beats]


# -- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_digits_come_out(name: str) -> None:
    wanted = PUBLISHED[name]
    assert shipped().quantities()[name].number == pytest.approx(wanted, rel=6e-4, abs=1e-12)


@pytest.mark.parametrize("x", SWEPT)
def test_the_first_push_follows_x_as_published(x: float) -> None:
    found = shipped().sweeps()["x"].quantities(x)
    assert found["back_x"].number == pytest.approx(SWEPT[x], abs=6e-5)
    if x == 0.0:
        assert [found[f"back_{n}"].number for n in ("x", "h1", "h2", "h3", "h4")] == [0.0, 0.0, 1.0, 1.0, 1.0]


NAMES = ("identity", "square", "tanh", "sigmoid", "relu", "softplus", "sin", "cos", "gelu", "leaky_relu")


@given(
    stages=st.lists(st.sampled_from(NAMES), min_size=1, max_size=10),
    joins=st.lists(st.sampled_from(NAMES), max_size=2),
    x=st.floats(-2.0, 2.0),
)
@settings(max_examples=10, deadline=None)
def test_what_joins_multiplies_every_push_by_its_slope(stages: list[str], joins: list[str], x: float) -> None:
    made = clip(stages=stages, joins=joins, x=x)
    trace = record([elementwise(name) for name in (*stages, *joins)], x)
    slopes = [float(np.asarray(local.gain)) for local in trace.local]
    for joined in range(len(joins) + 1):
        end = len(stages) + joined
        found = list(made.chain.deltas(joined).values())
        wanted = [float(np.prod(slopes[i:end])) for i in range(end + 1)]
        assert found == pytest.approx(wanted, rel=1e-12, abs=1e-300)
        if joined:
            before, rows = made.chain.deltas(joined - 1), made.sweeps()[f"join_{joined}"].quantities
            for factor, pushes in ((1.0, before), (slopes[end - 1], made.chain.deltas(joined))):
                for node in before:
                    assert rows(factor)[f"bar_{joined}_{node}"].number == pytest.approx(pushes[node], rel=1e-12)


@pytest.mark.parametrize("key", ["first", "second"])
def test_a_nudge_moves_the_end_of_a_long_chain_by_its_first_push(key: str) -> None:
    found = shipped().quantities()
    moved = found[f"{key}_push_x"].number * found["step"].number
    assert found[f"{key}_found"].number == pytest.approx(moved, rel=1e-5)


def test_every_bar_fits_and_the_largest_is_high_enough_to_be_seen() -> None:
    for changes in ({}, {"stages": ["w"], "weights": {"w": 1e4}}, {"x": 0.0}, {"stages": ["sigmoid"] * 9}):
        chain = clip(**changes).chain
        ways = list(chain.ways())
        tall = chain.scale * (max(high for _, high in ways) - min(0.0, *(low for low, _ in ways)))
        assert 1.0 < tall <= 2.87 + 1e-9


@pytest.mark.parametrize("name", ["ExtendedChain", "ExtendedChainClosed", "ExtendedChainDeep"])
def test_bars_are_as_high_as_a_plot_and_leave_every_value_its_room_under_its_dial(name: str) -> None:
    made: Any = dry_run(name, frame_rate=1.0)
    chain, count = made.clip.chain, len(made.clip.stages)
    assert chain.scale * max(chain.deltas(0).values()) >= 1.4
    told = count + (len(chain.joins) if made.clip.is_told("joins") else 0)
    assert len(made.values) == told + 1
    assert all(value.part.shown for value in made.values)
    assert all(name.part.shown for name in made.named)
    with settings_in_use(changed(CLIP, {"stages": ["sin"] * 10, "joins": []})):
        assert dry_run(CLIP, frame_rate=1.0).clip.chain.scale >= 1.2  # type: ignore[attr-defined]


def test_every_bar_of_adding_stands_nearer_its_value_than_the_gate_behind_it() -> None:
    closed: Any = dry_run("ExtendedChainClosed", frame_rate=1.0)
    bars, guesses = closed.rests[1].bars, closed.guess.bars
    for bar, guess, other in zip(bars[:-1], guesses, bars[1:], strict=True):
        apart, step = guess.origin[0] - bar.origin[0], other.origin[0] - bar.origin[0]
        assert 0.4 < apart < step / 4
    for said, guess in zip(closed.guess.said, guesses, strict=True):
        assert abs(float(said.get_center()[0] - guess.origin[0])) < 0.2


def test_a_bar_of_adding_that_hangs_is_clear_of_the_number_of_a_low_one_that_stands() -> None:
    low = {"x": -1.0, "weights": {"w1": 1.2, "w2": 0.8}, "stages": ["w1", "tanh", "w2"], "joins": ["leaky_relu"]}
    with settings_in_use(changed(CLIP, low)):
        made: Any = dry_run(CLIP, frame_rate=1.0)
    for said, guess in zip(made.rests[1].said, made.guess.bars, strict=False):
        assert said.get_right()[0] < guess.get_left()[0]


# -- what is drawn ----------------------------------------------------------------------------------------------------


def test_the_beats_come_in_their_order_and_what_is_not_there_is_left_out() -> None:
    named, instead = ["name_gates", "read_gates"], ["ask_any", "compare_alike", "sweep_left"]
    every = [beat for beat in type(shipped().words).beats() if beat not in named + instead]
    assert [beat.name for beat in stage().beats] == every
    joined, second = {"ask", "join", "compare"}, {"ask_turn", "turn"}
    assert told(joins=[]) == [beat for beat in every if beat not in joined | second]
    assert told(joins=["sin"], axis="linear") == [b for b in every if b not in second | {"draw_log"}]
    moving, long = {"ask_flat", "sweep"}, ["draw_first", "draw_long", "draw_log"]
    same = {"ask": "ask_any", "compare": "compare_alike"}
    assert told(joins=["relu"])[:6] == [same.get(beat, beat) for beat in every][:6]
    assert told(tells="joins") == [beat for beat in every if beat not in moving | {*long}]
    assert told(tells="joins and long chains") == [beat for beat in every if beat not in moving]
    assert told(tells="x and long chains") == [beat for beat in every if beat not in joined | second]
    gates, sines = [*named, *long], {"tells": "x and long chains", "first_x": 1.0}
    few, many = ["tanh", "relu", "sin"], ["tanh", "leaky_relu", "softplus", "sigmoid"] * 3
    assert [beat for beat in told(**sines, first=few) if beat in gates] == gates
    assert [beat for beat in told(**sines, first=many) if beat in gates] == long


@pytest.mark.parametrize(("name", "over"), [("ExtendedChainClosed", False), (CLIP, True)])
def test_what_bars_were_before_stays_out_of_focus_unless_numbers_need_its_room(name: str, over: bool) -> None:
    seen = list[tuple[bool, bool]]()

    def construct(stage: Any) -> None:
        stage.arrange()

        def looking(then: Any) -> Any:
            def looked(*given: Any) -> None:
                old = stage.rests[0].bars
                seen.append((all(bar in stage.standing for bar in old), all(bar.dimmed for bar in old)))
                then(*given)

            return looked

        stage.open_chain()
        stage.leave, stage.settle = looking(stage.leave), looking(stage.settle)
        stage.join_each()

    with settings_in_use(changed(name, {"joins": ["sin" if over else "relu"]})):
        made: Any = dry_run(name, construct, frame_rate=5.0)
    assert made.guess.is_over is over
    assert seen == [(True, False), (True, True), (True, True), (not over, True)]


def test_of_one_function_many_times_the_tangent_at_its_last_gate_is_seen() -> None:
    for name, last in (("ExtendedChainClosed", "h6"), ("ExtendedChainDeep", "h10")):
        made: Any = dry_run(name, frame_rate=1.0)
        (graph,) = made.long.lone
        assert graph.rise.quantity is made.quantities[f"first_slope_{last}"]
        assert any(shown.text == f"{graph.rise.quantity.number:.3f}" for shown in graph.axes if hasattr(shown, "text"))
    assert not weighted().long.lone


@pytest.mark.parametrize("joins", [[], ["sin"], ["sin", "cos"]])
def test_a_clip_that_ends_with_the_bars_finds_the_first_of_them_a_second_time(joins: list[str]) -> None:
    with settings_in_use(changed(CLIP, {"joins": joins})):
        ended = dry_run(CLIP, frame_rate=1.0)
    found = ended.quantities["found"].number
    assert found == pytest.approx(ended.quantities[f"push_{len(joins)}_x"].number * 0.001, rel=1e-5)
    assert ended.found[1].shown[0] in ended.standing  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["ExtendedChain", "ExtendedChainClosed", "ExtendedChainDeep"])
def test_a_clip_at_pace_one_takes_no_longer_than_a_class_listens(name: str) -> None:
    beats = dry_run(name, frame_rate=15.0).beats
    assert 25.0 < (beats[-1].last + 1) / 15.0 <= 75.0
    assert any(beat.name.startswith("ask") for beat in beats)


def test_bars_too_low_to_be_seen_are_said_to_be_so_and_only_those() -> None:
    charts: list[DepthChart] = stage().long.linear  # type: ignore[attr-defined]
    sines, sigmoids = ([s.height_of_type for s in chart.marks if hasattr(s, "words")] for chart in charts)
    assert (len(sines), len(sigmoids)) == (0, 1)
    low = [bar for bar in charts[1].bars if abs(bar.told().value or 0.0) * bar.unit < 0.012]  # type: ignore[attr-defined]
    (words,) = (s for s in charts[1].marks if hasattr(s, "words"))
    assert len(low) == 7
    middle = float(low[0].get_left()[0] + low[-1].get_right()[0]) / 2
    assert float(words.get_center()[0]) == pytest.approx(middle, abs=0.05)


def test_words_at_bars_too_low_to_be_seen_stand_right_under_their_dashes_and_over_all_names() -> None:
    numbered = weighted(axis="linear").long.linear
    for chart in (weighted().long.linear[0], numbered[0]):
        dashes, words = chart.marks
        assert [bar.get_center()[0] for bar in chart.bars[:3]] == pytest.approx(
            np.linspace(dashes.get_left()[0] + 0.15, dashes.get_right()[0] - 0.15, 3), abs=1e-6
        )
        assert words.get_center()[0] == pytest.approx(dashes.get_center()[0], abs=0.05)
        assert 0.05 < dashes.get_bottom()[1] - words.get_top()[1] < 0.15
        assert all(words.get_bottom()[1] - name.get_top()[1] > 0.05 for name in chart.ends)


def test_the_slopes_of_a_short_chain_stand_under_its_functions_and_make_its_first_push() -> None:
    closed = weighted()
    for key, numbers in (("first", ["0.420", "−2", "0.0100", "0.250"]), ("second", ["0.420", "−2", "0"])):
        heads = closed.long.heads[key == "second"]
        factors = [s for s in heads if getattr(s, "form", "") == "factor"]
        assert [each.text for each in factors][: len(numbers)] == numbers
        made = float(np.prod([each.quantity.number for each in factors[:4]]))
        assert made == pytest.approx(closed.quantities[f"{key}_push_x"].number, rel=1e-12, abs=0.0)
        values = [s for s in heads if getattr(s, "form", "") in ("number", "equation")]
        assert [each.text for each in values][:3] == ["1", "0.762", "−1.52"]
        out = values[4].quantity.number
        assert closed.quantities[f"{key}_slope_h4"].number == pytest.approx(out * (1.0 - out), rel=1e-12)
    long = {"first": ["tanh", "leaky_relu", "softplus", "sigmoid", "tanh", "leaky_relu", "softplus", "sigmoid"]}
    first, second = weighted(**long).long.heads
    heads = [*first, *second]
    assert not any(getattr(s, "form", "") == "factor" for s in heads)
    assert any("slope sizes" in getattr(s, "text", "") for s in heads)


@pytest.mark.parametrize("second", [["tanh"], ["sin", "exp"], ["tanh", "w2", "relu", "sigmoid"]])
def test_every_gate_of_a_short_chain_stands_over_the_gap_between_its_bars(second: list[str]) -> None:
    long = weighted(second=second).long
    for heads, linear, log in zip(long.heads, long.linear, long.log, strict=True):
        slopes = [shown for shown in heads if getattr(shown, "form", "") == "factor"]
        for bars in (linear.bars, log.bars):
            gaps = [(one.get_right()[0], other.get_left()[0]) for one, other in pairwise(bars)]
            assert len(slopes) in (0, len(gaps))
            for slope, (start, end) in zip(slopes, gaps, strict=bool(slopes)):
                assert start < slope.get_center()[0] < end


def test_slopes_of_a_short_chain_are_read_off_graphs_under_its_gates() -> None:
    closed = weighted()
    graphs = closed.long.graphs
    alone = closed.long.alone
    factors = [s for s in alone.slopes if s.quantity.row.role == "ink"]
    assert [graph.rise.quantity for graph in graphs] == [factor.quantity for factor in factors]
    over = [name for name in alone.names if name.text in ("tanh", "leaky ReLU", "sigmoid")]
    foot = min(slope.get_bottom()[1] for slope in alone.slopes)
    for graph, name in zip(graphs, over, strict=True):
        lines = np.concatenate([each.submobjects[0].points[:, 0] for each in (graph.curve, *graph.axes)])
        assert (lines.min() + lines.max()) / 2 == pytest.approx(name.get_center()[0], abs=0.05)
        assert graph.curve.get_top()[1] < foot
        assert not {graph.curve, graph.rise} & set(closed.standing)
    for first in (["tanh", "sin", "relu", "sigmoid"], ["w2"], ["sin", "sin"]):
        assert not weighted(first=first).long.graphs


def test_a_weight_and_each_curve_stand_as_soon_as_they_make_a_value_and_slopes_come_off_the_tangents() -> None:
    seen, read = list[tuple[list[str], list[bool]]](), dict[str, bool]()

    def construct(stage: Any) -> None:
        stage.arrange()
        tip, coming = stage.tip, stage.coming

        def tipped(graphs: Any) -> None:
            slopes = [slope.text for slope in stage.long.alone.slopes if slope in stage.standing]
            seen.append((slopes, [graph.curve in stage.standing for graph in graphs]))
            tip(graphs)

        def came(thing: Any, from_: Any, **how: Any) -> Any:
            read[thing.text] = from_.quantity is thing.quantity
            assert thing in stage.long.alone.slopes
            return coming(thing, from_, **how)

        stage.tip, stage.coming = tipped, came
        stage.read_gates(stage.long.alone, stage.long.graphs, "name_gates", "read_gates")

    weighted(construct)
    assert seen == [(["−2"], [True, True, True])]
    assert read == dict.fromkeys(("0.420", "0.0100", "0.250"), True)


def test_the_second_long_chain_comes_a_beat_later_and_what_it_shares_with_the_first_as_a_copy() -> None:
    copied, seen = list[str](), list[list[bool]]()

    def construct(stage: Any) -> None:
        stage.arrange()
        play, draw = stage.play, stage.draw

        def watched(*motions: Any, **how: Any) -> None:
            travels = [m for m in motions if isinstance(m, Travel) and len(m.shown) > 1 and not m.gone]
            copied.extend(s.text for m in travels for s in m.shown)
            play(*motions, **how)

        def drawn(*charts: Any, **how: Any) -> None:
            draw(*charts, **how)
            standing = stage.standing
            seen.append([all(s in standing for s in (*head, *chart.bars)) for head, chart in stage.pairs])

        stage.pairs = list(zip(stage.long.heads, stage.long.linear, strict=True))
        stage.play, stage.draw = watched, drawn
        stage.draw_long()

    weighted(construct)
    assert seen == [[True, False], [True, False], [True, True], [False, False]]  # the bars come after the question
    assert copied == ["1", "0.762", "−1.52", "tanh", "0.420", "w_2", "−2", "sigmoid"]


def test_of_two_chains_the_gates_that_are_alike_step_back_when_the_second_has_come() -> None:
    closed = weighted()
    dimmed = [shown.text for heads in closed.long.heads for shown in heads if shown.dimmed]
    assert dimmed == 2 * ["1", "0.762", "−1.52", "tanh", "0.420", "w_2", "−2", "sigmoid", "0.250"]
    for second in (["tanh", "w2", "leaky_relu", "sigmoid"], ["tanh", "w2", "relu"]):
        assert not weighted(second=second).long.alike


@pytest.mark.parametrize("axis", ["log", "linear"])
@pytest.mark.parametrize("name", ["ExtendedChainClosed", "ExtendedChainDeep"])
def test_what_comes_back_to_the_first_value_is_an_equation_under_its_name(name: str, axis: str) -> None:
    with settings_in_use(changed(name, {"axis": axis})):
        long = dry_run(name, frame_rate=1.0).long  # type: ignore[attr-defined]
    charts: list[DepthChart] = long.log if axis == "log" else long.linear
    for chart in charts:
        said, bar = chart.first, chart.bars[0]
        assert said
        assert said.form == "equation"
        assert said.quantity.row.symbol == f"partial h_{len(chart.nodes) - 1}\\/partial x"
        assert float(said.get_left()[0]) == pytest.approx(float(bar.origin[0]) - 0.15, abs=0.02)
        assert all(0.05 < name.get_bottom()[1] - said.get_top()[1] < 0.4 for name in chart.ends)
    assert len({round(float(chart.first.offset[1]), 9) for chart in charts if chart.first}) == 1


def test_the_dashes_over_what_is_too_small_to_draw_cross_no_number_and_one_gate_is_no_plural() -> None:
    stages = ["sigmoid", "square", "sqrt", "leaky_relu", "exp", "cube", "exp", "cos", "sin", "sigmoid"]
    second = {"second": stages, "second_x": -8.5, "weights": {"w1": 4.7}, "stages": ["square"], "joins": []}
    told = {"first": ["w1"], "first_x": 0.13, "x": 7.4, "tells": "joins and long chains", "axis": "linear"}
    with settings_in_use(changed(CLIP, {**second, **told})):
        drawn = dry_run(CLIP, frame_rate=1.0)
    for chart in drawn.long.linear:  # type: ignore[attr-defined]
        (dashes,) = (mark for mark in chart.marks if not hasattr(mark, "words"))
        assert dashes.get_bottom()[1] > chart.first.get_top()[1]
        assert min(name.get_bottom()[1] for name in chart.ends) > chart.first.get_top()[1]
    said = [shown.text for heads in drawn.long.heads for shown in heads]  # type: ignore[attr-defined]
    assert "gates: 1, x = 0.13" in said


def test_the_first_bar_leaves_its_shadow_at_the_end_where_x_does_not_stop() -> None:
    found, back = shipped().quantities(), shipped().sweeps()["x"].quantities
    assert (found["stop"].number, found["tempting_x"].number) == (0.0, 1.5)
    assert found["tempting"].number == back(1.5)["back_x"].number != 0.0
    shadow, moving = stage().ghost.bars[0], stage().moving.bars[0]  # type: ignore[attr-defined]
    assert shadow.get_right()[0] < moving.get_left()[0]
    other = clip(stages=["cos"], joins=[], x_range=[0.0, np.pi]).quantities()
    assert (other["stop"].number, other["tempting_x"].number) == (0.0, np.pi)
    assert clip(x_range=[-1.5, 0.0]).quantities()["tempting_x"].number == -1.5


@pytest.mark.parametrize(
    ("stages", "closed"),
    [
        (["tanh", "relu", "sin"], "relu"),
        (["relu", "w"], "w"),
        (["relu", "tanh", "exp"], "relu"),
        (["sin", "cos"], None),
    ],
)
def test_the_gate_that_lets_nothing_through_is_named(stages: list[str], closed: str | None) -> None:
    made = clip(second=stages, second_x=-0.5, weights={"w": 0.0})
    assert made.named().get("second_closed") == closed
    assert made.named()["second_gates"] == ", ".join(stages).replace("w", "w = 0")


def test_what_is_exactly_zero_stands_as_a_ring_beyond_the_broken_place() -> None:
    own = {"tells": "all", "second": ["sin", "relu", "sigmoid", "cos"], "second_x": -1.0}
    with settings_in_use(changed(CLIP, own)):
        chart: DepthChart = dry_run(CLIP, frame_rate=1.0).long.log[1]  # type: ignore[attr-defined]
    kinds = [type(bar) for bar in chart.bars]
    assert kinds == [Stave, Stave, LogBar, LogBar, LogBar]
    bottom = min(float(bar.get_bottom()[1]) for bar in chart.bars[2:])
    for ring in chart.bars[:2]:
        assert ring.told().value == 0.0
        assert float(ring.get_top()[1]) < bottom


def test_all_bars_of_both_charts_are_on_one_scale() -> None:
    for charts in (stage().long.linear, stage().long.log):  # type: ignore[attr-defined]
        units = {bar.unit for chart in charts for bar in chart.bars}
        assert len(units) == 1


def test_a_minus_turns_all_bars_round_and_their_legend_says_so() -> None:
    bars = stage().turning[1].bars  # type: ignore[attr-defined]
    assert all(bar.told().value < 0.0 and len(bar.submobjects[0].points) for bar in bars)
    assert number(shipped().chain.whole.slope("h5")) < 0.0


# -- what is refused --------------------------------------------------------------------------------------------------


_THROUGH_ZERO = {"stages": ["reciprocal"], "x_range": [-1.0, 2.3]}


def test_where_x_would_move_is_asked_for_only_if_it_does() -> None:
    assert not faults(CLIP, {**_THROUGH_ZERO, "tells": "joins"})


@pytest.mark.parametrize(
    ("changes", "key", "said"),
    [
        ({"stages": []}, "stages", "at least 1 are needed"),
        ({"stages": ["tanh"] * 13}, "stages", "at most 12 are allowed"),
        ({"stages": ["tanh"] * 11}, "joins", "11 stages and 2 that join are more than 12"),
        ({"joins": ["sin"] * 3}, "joins", "at most 2 are allowed"),
        ({"stages": ["tan"]}, "stages", "'tan' is not one of"),
        ({"weights": {"w1": 2.0}, "stages": ["w1"], "joins": ["w1"]}, "joins", "is a stage twice"),
        ({"first": ["w"]}, "first", "'w' is not one of"),
        ({"x_range": [1, 1]}, "x_range", "the first number must be the smaller one"),
        ({**_THROUGH_ZERO, "tells": "all"}, "x_range", "x goes through 0 while x moves"),
        ({"stages": ["log"], "x": -1.0}, "stages", "the chain cannot be computed"),
        ({"axis": "square"}, "axis", "is not one of"),
        ({"tells": "sweep"}, "tells", "is not one of"),
        ({"step": 0.0}, "step", "must be more than 0"),
    ],
)
def test_what_cannot_be_is_one_line_with_its_key(changes: dict[str, Any], key: str, said: str) -> None:
    found = faults(CLIP, changes)
    assert any(f"clips.{CLIP}.{key}" in line and said in line for line in found), found


@pytest.mark.parametrize("x", [9.55, -7.0, 4.2])
def test_the_way_of_x_begins_where_x_is_even_outside_its_range(x: float) -> None:
    found = clip(x=x, stages=["relu", "square", "softplus"], joins=["square"], x_range=[3.9, 4.5])
    swept, chain = found.sweeps()["x"], found.chain
    assert (swept.low, swept.high) == (min(x, 3.9), max(x, 4.5))
    assert 3.9 <= number(chain.stop) <= 4.5
    along = chain.moments["at_x"]
    assert (along.min(), along.max()) == (swept.low, swept.high)
