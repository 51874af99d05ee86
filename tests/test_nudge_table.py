"""What a nudge finds, a step worked out, code with its numbers, and sizes as bars on one baseline."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from lecturer_cases import told_of
from quantity_cases import ink
from stage_cases import dry_run
from truth_cases import changed, settings_in_use

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Place, parts_in
from scenes.parts.recipe.sweep import Sweep
from scenes.parts.stage.stage import Stage
from scenes.parts.things.decor import Decor
from scenes.parts.things.legs import Legs
from scenes.parts.things.lettering import Sign, Symbol, Words
from scenes.parts.things.letters import words
from scenes.parts.things.listing import Listing
from scenes.parts.things.nudge_table import NudgeTable
from scenes.parts.things.part import Part
from scenes.parts.things.pillars import pillars
from scenes.parts.things.plot import Dot
from scenes.parts.things.readout import Readout
from scenes.parts.things.secant import secant
from scenes.parts.things.stave import Stave
from scenes.parts.things.step_line import StepLine
from scenes.parts.things.step_table import FirstStep
from scenes.parts.things.tangent import Tangent
from scenes.parts.type.numbers import FULL_DIGITS, parse_shown


def put(part: Part, scales: dict[str, Scale]) -> Form:
    """Place a part with the room that it needs at least."""
    form = part.forms[0]
    assert isinstance(form, Form)
    across, upright = form
    part.put(Place(part.name, 1.0, 0.5, across.before, across.after, upright.before, upright.after), scales)
    return form


def test_a_nudge_is_two_dots_on_the_loss_with_run_rise_and_the_gradient_between_them() -> None:
    def check(stage: Stage) -> None:
        part = secant(stage.pen, "w1")
        (across, upright) = put(part, {})
        (legs,) = (one for one in part.shown if isinstance(one, Legs))
        (tangent,) = (one for one in part.shown if isinstance(one, Tangent))
        ends = [one.across[0].now.number for one in part.shown if isinstance(one, Dot) and one.across]
        assert ends == pytest.approx([1.1, 1.3])
        assert (legs.reading().value, *legs.reading().values) == pytest.approx((0.0570553, 0.2), rel=1e-5)
        assert tangent.reading().value == pytest.approx(0.2847480465)
        points = np.concatenate([ink(one)[:, :2] for one in part.shown if not isinstance(one, Readout)])
        assert (points.min(axis=0) >= [1.0 - across.before - 0.08, 0.5 - upright.after - 0.05]).all()
        assert (points.max(axis=0) <= [1.0 + across.after + 0.08, 0.5 + 0.05]).all()

    dry_run("TwoLayerNetwork", check)


@pytest.mark.parametrize("changes", [{}, {"w1": 1.23456}, {"activation": "log", "w1": 0.1001, "rate": 0.01}])
def test_the_floor_of_a_nudge_has_the_name_of_its_weight_at_its_right_end(changes: dict[str, object]) -> None:
    def check(stage: Stage) -> None:
        part = secant(stage.pen, "w1")
        across, _ = put(part, {})
        floor, named, *rest = part.shown
        assert isinstance(named, Symbol)
        name, low, right = ink(named), float(ink(floor)[:, 1].mean()), float(ink(floor)[:, 0].max())
        assert 0.0 < name[:, 0].min() - right < 0.2
        assert name[:, 0].max() <= 1.0 + across.after + 0.01
        assert name[:, 1].min() - 0.05 < low < name[:, 1].max()
        under = (ink(one) for one in rest if isinstance(one, Readout) and one.quantity.name.startswith("at_"))
        assert all(one[:, 1].max() < name[:, 1].min() or one[:, 0].max() + 0.03 < name[:, 0].min() for one in under)

    with settings_in_use(changed("TwoLayerNetwork", changes)):
        dry_run("TwoLayerNetwork", check)


def test_a_rise_of_nothing_leaves_no_triangle_under_its_curve() -> None:
    def check(stage: Stage) -> None:
        part = secant(stage.pen, "w2")
        put(part, {})
        assert not [one for one in part.shown if isinstance(one, Legs)]

    dry_run("TwoLayerReluClosed", check)


@pytest.mark.parametrize(("changes", "is_close"), [({}, False), ({"x": 0.02}, True)])
def test_losses_at_both_ends_stand_at_their_dots_or_as_near_as_they_may(
    changes: dict[str, object], is_close: bool
) -> None:
    def check(stage: Stage) -> None:
        part = secant(stage.pen, "w1")
        put(part, {})
        dots = [float(ink(one)[:, 1].mean()) for one in part.shown if isinstance(one, Dot)]
        texts = [one for one in part.shown if isinstance(one, Readout) and one.align == "right"]
        middles = [float(ink(one)[:, 1].mean()) for one in texts]
        assert np.argsort(middles).tolist() == np.argsort(dots).tolist()
        assert np.ptp(middles) >= 0.3 - 1e-3, "they would touch"
        assert (np.ptp(middles) == pytest.approx(np.ptp(dots), abs=0.02)) != is_close
        assert ink(texts[0])[:, 0].max() < min(ink(one)[:, 0].min() for one in part.shown if isinstance(one, Dot))

    with settings_in_use(changed("TwoLayerNetwork", changes)):
        dry_run("TwoLayerNetwork", check)


def test_a_loss_that_stays_has_one_name_and_lies_high_over_the_floor() -> None:
    def check(stage: Stage) -> None:
        part = secant(stage.pen, "w2")
        put(part, {})
        losses = [one for one in part.shown if isinstance(one, Readout) and one.align == "right"]
        dots = [one for one in part.shown if isinstance(one, Dot)]
        assert [one.text for one in losses] == ["0.125"]
        low, high = stage.clip.ranges()["nudge_w2_y"]
        assert (dots[0].quantity.number - low) / (high - low) == pytest.approx(0.7)

    dry_run("TwoLayerReluClosed", check)


def test_losses_have_the_places_of_their_rise_where_they_leave_it_and_a_gradient_the_digits_of_its_slope() -> None:
    def check(stage: Stage) -> None:
        known, text = stage.quantities, stage.pen.formatter.text
        for weight, told in (
            ("w1", ["0.707311", "0.650255", "0.05706", "0.2853", "0.2847"]),  # 0.70731 - 0.65026 is no 0.05706
            ("w2", ["0.5870", "0.7816", "−0.1946", "−0.973", "−0.973"]),
        ):
            named = (f"{of}_{weight}_0" for of in ("above", "below", "rise", "nudged", "predicted"))
            assert [text(known[name]) for name in named] == told

    dry_run("TwoLayerNetwork", check)


@pytest.mark.parametrize(
    ("changes", "form"),
    [
        ({"activation": "sin"}, "equation"),
        ({"w1": 0.9, "w2": 500.0, "loss": "squared_error"}, "equation"),  # from 1e5 on, with a power of ten
        ({"x": -1.09, "w1": -1.13, "w2": -0.03, "activation": "sigmoid"}, "equation"),  # half of a last digit
        ({"w1": 8.5}, "about"),  # no ten digits tell both losses so far apart
    ],
)
def test_losses_beside_a_nudge_leave_its_rise_as_it_is_shown_or_stand_behind_nearly(
    changes: dict[str, object], form: str
) -> None:
    def check(stage: Stage) -> None:
        for weight in ("w1", "w2"):
            part = secant(stage.pen, weight)
            put(part, {})
            losses = [one for one in part.shown if isinstance(one, Readout) and one.align == "right"]
            below, above = (parse_shown(one.text) for one in losses)
            rise = stage.quantities[f"rise_{weight}_0"]
            shown = parse_shown(stage.pen.formatter.text(rise))
            leaves = (above - below).quantize(shown) == shown
            assert {one.form for one in losses} == {"equation" if leaves else "about"}
            assert leaves or (weight, form) == ("w1", "about")
            assert max(len(parse_shown(one.text).as_tuple().digits) for one in losses) <= FULL_DIGITS

    with settings_in_use(changed("TwoLayerNetwork", changes)):
        dry_run("TwoLayerNetwork", check)


def test_a_nudge_is_told_in_digits_that_close_its_ends_in_as_many_as_tell_them_apart() -> None:
    def check(stage: Stage) -> None:
        known, text = stage.quantities, stage.pen.formatter.text
        named = ("nudged_w1_0", "dL_dw1", "gap_w1_0", "rise_w1_0", "run_w1_0", "at_below_w1")
        told = ["0.2853", "0.285", "5×10^−4", "0.05706", "0.2", "1.1"]
        assert [text(known[name]) for name in named] == told

    dry_run("TwoLayerNetwork", check)


@pytest.mark.parametrize(("weight", "said", "equals"), [("w1", "gap_w1_0", "approx"), ("w2", "rounding", "=")])
def test_a_gap_that_the_digits_shown_do_not_leave_stands_behind_nearly(weight: str, said: str, equals: str) -> None:
    def check(stage: Stage) -> None:
        *_, sign, found = NudgeTable(stage.pen, stage.clip.nudging, weight).gap
        assert [one.sign for one in drawn(sign) if isinstance(one, Sign)] == [equals]
        assert found.name.startswith((said, f"number {said}"))

    dry_run("TwoLayerNetwork", check)


@pytest.mark.parametrize(
    ("changes", "equals"), [({}, "approx"), ({"activation": "identity", "w1": 1.0, "w2": 1.0, "target": 0.0}, "=")]
)
def test_a_first_step_bears_equals_only_where_its_own_digits_close(changes: dict[str, object], equals: str) -> None:
    def check(stage: Stage) -> None:
        first = FirstStep(stage.pen, ("w1", "w2"))
        for part in parts_in(first.box):
            put(part, {})  # type: ignore[arg-type]
        assert [one.sign for one in first.ended if isinstance(one, Sign)] == [equals] * 2
        said = [one.script() for one in [*first.given, *first.begun, *first.ended] if isinstance(one, Readout)]
        assert len(said) == 8, "of each weight: from, rate, gradient, to"

    with settings_in_use(changed("LearningRates", changes)):
        dry_run("LearningRates", check)


@pytest.mark.parametrize(("decimals", "equals"), [(2, "="), (3, "approx"), (6, "approx")])
def test_a_step_is_worked_out_with_equals_only_where_the_digits_shown_close(decimals: int, equals: str) -> None:
    def check(stage: Stage) -> None:
        stage.pen.formatter = type(stage.pen.formatter)(3, decimals)
        step = stage.clip.sweeps()["step"]
        sweep = Sweep(step.low, step.quantities)
        rate, now = (sweep[f"now_{name}"] for name in ("rate", "w1"))
        line = StepLine(stage.pen, "w1", "dL_dw1", (rate, (0.0, 0.5)), (now, (1.2, 1.0576259767)))
        for part in parts_in(line.box):
            put(part, {})  # type: ignore[arg-type]
        signs = [one.sign for one in line.shown if isinstance(one, Sign)]
        assert signs == ["-", "times", equals]
        assert [one.text for one in line.shown if isinstance(one, Readout)][:3:2] == ["1.2", "0.285"]

    dry_run("TwoLayerNetwork", check)


def test_where_a_size_is_zero_its_name_keeps_clear_of_the_ring() -> None:
    def check(stage: Stage) -> None:
        part = pillars(stage.pen, ("size_w1", "size_dL_dw1"), called="bars")
        put(part, {"bar": stage.pen.scales["bar"]})
        *_, bar, _, name = part.shown
        assert isinstance(bar, Stave)
        assert bar.reading().value == 0.0
        assert ink(bar)[:, 1].min() - ink(name)[:, 1].max() > 0.05

    dry_run("TwoLayerReluClosed", check)


def test_a_bar_too_low_to_be_seen_has_a_dashed_ring_and_words_that_say_so() -> None:
    numbers = {"x": 150.0, "w1": -20.0, "w2": 45.0, "target": 100000.0, "activation": "identity"}
    with settings_in_use(changed("TwoLayerNetwork", numbers)):
        stage: Any = dry_run("TwoLayerNetwork")
    small, large = stage.sizes
    rings = [one for one in small.shown if isinstance(one, Decor) and one.submobjects[0].paint.stroke]
    bars = [one for one in small.shown if isinstance(one, Stave)]
    assert [ring.get_center() for ring in rings] == [pytest.approx(bar.origin, abs=1e-3) for bar in bars]
    assert not any(isinstance(one, Decor) and one.submobjects[0].paint.stroke for one in large.shown)
    assert [shown.text for part in stage.low_key for shown in part.shown] == [stage.clip.words.too_low]


def test_bars_that_are_seen_have_no_dashed_ring_nor_has_exactly_0() -> None:
    for clip in ("TwoLayerNetwork", "TwoLayerReluClosed"):
        stage: Any = dry_run(clip)
        assert not stage.low_key
        assert not any(isinstance(s, Decor) and s.submobjects[0].paint.stroke for p in stage.sizes for s in p.shown)


def test_words_may_be_asked_to_stand_on_so_many_lines_at_least() -> None:
    def check(stage: Stage) -> None:
        (one, *_), two, three, four = (words(stage.pen, "half_turn", least=n).forms for n in (1, 2, 3, 4))
        assert [len(forms) for forms in (two, three, four)] == [2, 1, 1]
        widths = [form.across.least for form in (one, *two) if isinstance(form, Form)]
        assert widths == sorted(widths, reverse=True)
        assert len(set(widths)) == 3
        assert four == three == two[1:]

    dry_run("TwoLayerNetwork", check)


def test_code_runs_down_each_column_and_every_line_has_its_number() -> None:
    def check(stage: Stage) -> None:
        listing = Listing(stage.pen, ([("code.0", "z")], [("code.2", "dL_dy"), ("code.3", "dL_dw2")]), "named")
        for part in parts_in(listing.box):
            put(part, {})  # type: ignore[arg-type]
        made = [one for _, (one,) in listing.lines]
        assert [one.text for one in made if isinstance(one, Readout)] == ["1.20", "−1.167", "−0.973"]
        assert [line[0].words for line, _ in listing.lines if isinstance(line[0], Words)] == [
            stage.clip.words.code[i] for i in (0, 2, 3)
        ]

    dry_run("TwoLayerNetwork", check)


def drawn(part: Part) -> tuple[object, ...]:
    """What is drawn of a part that is placed somewhere."""
    put(part, {})
    return part.shown


def test_bars_stand_on_one_baseline_in_one_scale_with_their_numbers_over_them() -> None:
    def check(stage: Stage) -> None:
        scale, names = stage.pen.scales["bar"], ("size_w1", "size_dL_dw1")
        part = pillars(stage.pen, names, like=("size_w2",), called="bars")
        across, upright = put(part, {"bar": scale})
        bars = [one for one in part.shown if isinstance(one, Stave)]
        assert [bar.reading().value for bar in bars] == pytest.approx([1.2, 0.2847480465])
        assert len({float(bar.origin[1]) for bar in bars}) == 1
        numbers = [one for one in part.shown if isinstance(one, Readout)]
        for bar, number in zip(bars, numbers, strict=True):
            assert 0.0 < ink(number)[:, 1].min() - ink(bar)[:, 1].max() < 0.2
        points = np.concatenate([ink(one)[:, :2] for one in part.shown])
        assert (points.min(axis=0) >= [1.0 - across.before - 0.01, 0.5 - upright.after - 0.01]).all()
        assert (points.max(axis=0) <= [1.0 + across.after + 0.01, 0.5 + 0.01]).all()

    dry_run("TwoLayerNetwork", check)


@pytest.mark.parametrize(
    "clip",
    [
        {"activation": "identity", "w1": 0.5, "w2": 1, "target": 0.5},  # both sides differ by rounding alone
        {"activation": "square", "x": 3, "w1": 0.5, "w2": -1.1, "target": -2.475},  # and here by how they bend
    ],
)
def test_what_a_nudge_finds_of_an_answer_that_is_right_is_told(clip: dict[str, Any]) -> None:
    assert told_of({"scene": "two_layer_network", **clip}) == []
