"""What a nudge finds: the graph of its largest step, digits that close, and sizes as bars on one baseline."""

from __future__ import annotations

import numpy as np
import pytest
from quantity_cases import ink
from stage_cases import dry_run

from scenes.parts.measure import Scale
from scenes.parts.page import Form, Place
from scenes.parts.stage.stage import Stage
from scenes.parts.things.legs import Legs
from scenes.parts.things.lettering import Sign
from scenes.parts.things.nudge_table import NudgeTable
from scenes.parts.things.part import Part
from scenes.parts.things.pillars import pillars
from scenes.parts.things.plot import Dot
from scenes.parts.things.readout import Readout
from scenes.parts.things.secant import secant
from scenes.parts.things.stave import Stave
from scenes.parts.things.tangent import Tangent


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


def test_a_rise_of_nothing_leaves_no_triangle_under_its_curve() -> None:
    def check(stage: Stage) -> None:
        part = secant(stage.pen, "w2")
        put(part, {})
        assert not [one for one in part.shown if isinstance(one, Legs)]

    dry_run("TwoLayerReluClosed", check)


def test_slope_less_gradient_is_the_gap_digit_by_digit() -> None:
    def check(stage: Stage) -> None:
        known, text = stage.quantities, stage.pen.formatter.text
        named = [known[name] for name in ("nudged_w1_0", "predicted_w1", "gap_w1_0", "rise_w1_0", "run_w1_0")]
        assert [text(each) for each in named] == ["0.28528", "0.28475", "5.3×10^−4", "0.057055", "0.2"]
        assert stage.pen.formatter.leaves(named[2], named[0], named[1])
        assert not stage.pen.formatter.leaves(named[2], named[0], known["dL_dw1"]), "0.28528 less 0.285 is another gap"
        assert [text(known[name]) for name in ("nudged_w2_0", "predicted_w2")] == ["−0.9728"] * 2

    dry_run("TwoLayerNetwork", check)


def test_a_gap_that_the_digits_shown_do_not_leave_stands_behind_nearly() -> None:
    def check(stage: Stage) -> None:
        stage.pen.formatter = type(stage.pen.formatter)(8, 3)
        table = NudgeTable(stage.pen, stage.clip.nudging, "w1")
        signs = [shown for part in table.gaps[0] if part.name == "equals w1 0" for shown in drawn(part)]
        assert [sign.sign for sign in signs if isinstance(sign, Sign)] == ["approx"]

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
