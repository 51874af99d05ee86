"""Comparison of everything that a clip shows with numbers of the core, worked out without what is under test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from fan_out_cases import fan_out_turned, fan_out_way, fan_out_wheel
from truth_cases import is_typed, moving_at, rolling_at, sector_angle, seeds_of, truth_of

from scenes.parts.gears.profile import profile_of
from scenes.parts.recipe.held import held
from scenes.parts.recipe.sweep import Live
from scenes.parts.stage.record import Entry, Sample
from scenes.parts.stage.stage import Stage
from scenes.parts.things.gear_marks import AngleScale, Sense
from scenes.parts.things.lettering import Words
from scenes.parts.things.outlined import Outlined
from scenes.parts.things.plot import Curve, Dot
from scenes.parts.things.rack import Rack
from scenes.parts.things.readout import Readout
from scenes.parts.things.rungs import Rungs
from scenes.parts.things.sector import Sector
from scenes.parts.things.spoke import Spoke
from scenes.parts.things.wheel import Idler, Wheel
from scenes.parts.type.numbers import format_live, format_resting, format_typed, raised

DECIMAL = re.compile(r"[+−]?\d+\.\d+(?:×10⁻?[⁰¹²³⁴-⁹]+)?")
"""A number in a sentence."""


def written(name: str, value: float, mode: str, stage: Stage) -> str:
    """What stands on screen for a number."""
    if mode == "live":
        return format_live(value, stage.settings.decimals)
    if mode == "full":
        return format_resting(value, 10)
    row = stage.quantities[name].row
    typed = is_typed(name) or name in seeds_of(stage.clip) or (name.startswith("local_") and row.typed)  # a weight
    digits = max(1, min(max(row.digits or stage.settings.digits, row.least), held(row.term)))
    return format_typed(value) if typed else format_resting(value, digits)


def samples(stage: Stage) -> Iterator[tuple[Entry, Sample]]:
    """Every moment that the stage claims something about."""
    for entry in stage.record.entries:
        yield from ((entry, sample) for span in entry.spans for sample in span.samples)


Inputs = dict[tuple[str, int], float]


def moving_inputs(stage: Stage) -> Inputs:
    """The input of each sweep on every frame of it, as its number was drawn, or as the gear of the input stood."""
    found: Inputs = {}
    for key, sweep in stage.clip.sweeps().items():
        for entry, sample in samples(stage):
            turn = entry.shown.turn.now.name if isinstance(entry.shown, Wheel) and entry.shown.turn else ""
            own = entry.name in (f"{kind} of {sweep.input}" for kind in ("readout", "dial", "brace", "sector"))
            value = sample.value if own else sample.turned
            if value is not None and (own or turn == sweep.input):
                assert found.setdefault((key, sample.frame), value) == value, entry.name
    return dict(sorted(found.items(), key=lambda item: item[0][1]))


def truth_at(stage: Stage, name: str, frame: int, inputs: Inputs, resting: dict[str, Any], follows: bool = True) -> Any:
    """What the core gives for a quantity on a frame; what follows no sweep shows the clip's own inputs."""
    if name in resting:
        return resting[name]
    key, sweep = next((key, sweep) for key, sweep in stage.clip.sweeps().items() if name in sweep.names)
    if not follows:
        return moving_at(stage.clip, key, stage.quantities[sweep.input].number)[name]
    at = (v for (k, f), v in reversed(inputs.items()) if k == key and f <= frame)
    return moving_at(stage.clip, key, next(at, 0.0))[name]


def check_moment(stage: Stage, entry: Entry, sample: Sample, truth: Any) -> None:
    """Compare one thing on one frame with the number that the core gives."""
    shown = entry.shown
    where = f"{entry.name} on frame {sample.frame}"
    if isinstance(shown, Curve | Rungs):
        np.testing.assert_allclose(shown.quantity.value, truth, rtol=1e-13, atol=1e-14)
        return
    exact = truth if shown.quantity.name in ("x", "w1", "w2") else pytest.approx(truth, rel=1e-13, abs=1e-15)
    if isinstance(shown, Readout):
        assert sample.reading.text == written(shown.quantity.name, truth, shown.mode, stage), where
        assert sample.value == exact, where
    elif isinstance(shown, Dot | Spoke | AngleScale):
        unit = shown.scale_used.per_unit if shown.scale_used else 1.0
        if isinstance(shown, Spoke) and sample.reading.value is None:
            assert 0 < abs(truth) * unit < 0.16, where  # its hub marks what is too small to be drawn
            return
        assert sample.reading.value == pytest.approx(truth, rel=1e-9, abs=1e-6 / unit), where
        assert sample.value == exact, where


def check_truth(stage: Stage) -> None:
    """Compare everything that a clip claims with the core."""
    resting, inputs = truth_of(stage.clip), moving_inputs(stage)
    for entry, sample in samples(stage):
        shown = entry.shown
        if isinstance(shown, Readout | Dot | Curve | Rungs | Spoke | AngleScale):
            name, follows = shown.quantity.name, isinstance(shown.source, Live)
            check_moment(stage, entry, sample, truth_at(stage, name, sample.frame, inputs, resting, follows))
        elif isinstance(shown, Outlined):
            for i, (source, scale) in enumerate(shown.numbers):
                truth = truth_at(stage, source.now.name, sample.frame, inputs, resting)
                check_outlined(f"{entry.name} on frame {sample.frame}", i, sample, truth, scale.per_unit)
            if isinstance(shown, Sector):
                check_sector(stage, shown, truth_at(stage, shown.quantity.name, sample.frame, inputs, resting))
        elif isinstance(shown, Wheel) and stage.clip.scene == "fan_out":
            check_fan_out(stage, shown, sample, truth_at(stage, "turn_x", sample.frame, inputs, resting))
        elif isinstance(shown, Wheel) and shown.follow:
            check_rolling(stage, shown, sample, truth_at(stage, "moving_x", sample.frame, inputs, resting))
        elif isinstance(shown, Wheel):
            turn = shown.turn.now.name if shown.turn else ""
            check_wheel(stage, shown, sample, truth_at(stage, turn, sample.frame, inputs, resting) if turn else 0.0)
        elif isinstance(shown, Sense):
            (x0, _), (x1, _) = sample.reading.ends
            assert (x0 > x1) == (resting[shown.quantity.name] > 0), entry.name
        elif isinstance(shown, Words):
            check_words(
                shown.text, "" if shown.key.startswith("names.") else stage.pen.template(shown.key), stage, resting
            )
    for beat in stage.beats:
        check_words(beat.caption, getattr(stage.clip.words, beat.name).caption, stage, resting)
        check_words(beat.sentence, getattr(stage.clip.words, beat.name).sentence, stage, resting)


def check_outlined(where: str, role: int, sample: Sample, truth: float, unit: float) -> None:
    """Compare one of the numbers that outlines stand for, and what is claimed of it, with the core."""
    read = (sample.reading.value, *sample.reading.values)[role]
    told = (sample.told.value, *sample.told.values)[role]
    assert read == pytest.approx(truth, rel=1e-9, abs=1e-6 / unit), where
    assert told == pytest.approx(truth, rel=1e-13, abs=1e-15), where


def check_wheel(stage: Stage, shown: Wheel, sample: Sample, turn: float) -> None:
    """Compare radius and angle of a wheel with the gradient of its node and with how far its value has turned."""
    gradient = abs(truth_of(stage.clip)[shown.quantity.name])
    scales = stage.clip.scales()
    radius = gradient * scales["scale"].per_unit
    angle = scales["turn_scale_deg"].per_unit * turn if "turn_scale_deg" in scales else 0.0
    if isinstance(shown, Idler):  # its rim runs with that of the gear before it, the other way
        idler = stage.clip.idler(stage.clip.slopes, stage.clip.deltas)
        radius, angle = idler, -angle * radius / idler
    where = f"{shown.plan.key} on frame {sample.frame}"
    if len(sample.reading.ends) == 2:
        assert np.hypot(*np.subtract(*sample.reading.ends)) == pytest.approx(radius, abs=1e-9), where
        assert sample.reading.angle == pytest.approx(angle, abs=1e-9), where
    else:
        assert shown.plan.pitch_radius == pytest.approx(radius, rel=1e-12), where


def check_rolling(stage: Stage, shown: Wheel, sample: Sample, x: float) -> None:
    """Compare place and radius of a wheel without teeth with the train at an x, laid out by hand."""
    hub, radius = rolling_at(stage.clip, x)[shown.plan.key]
    where = f"{shown.plan.key} on frame {sample.frame}"
    assert sample.followed == x, where
    across, up = np.subtract(sample.reading.ends[0], sample.reading.stands)
    assert (across, up) == pytest.approx((hub, 0.0), abs=1e-9), where
    if not isinstance(shown, Idler):
        assert sample.reading.value * stage.clip.scales()["scale"].per_unit == pytest.approx(radius, abs=1e-9), where


def check_fan_out(stage: Stage, shown: Wheel, sample: Sample, dx: float) -> None:
    """Compare radius, angle and place of a wheel with what turning x by ``dx`` does, worked out from the slopes."""
    clip, key, turns = stage.clip, shown.plan.key, fan_out_turned(stage.clip, dx)
    where = f"{key} on frame {sample.frame}"
    (x, y), *tip = sample.reading.ends
    if shown.follow:
        home, stands = stage.clip.trains.plan.travelling(0.0, 0.0)[key].centre, sample.reading.stands or (0.0, 0.0)
        home_x, home_y = np.add(home, stands)
        assert (x, y) == pytest.approx((home_x + fan_out_way(clip, key, turns), home_y), abs=1e-9), where
        assert sample.followed == dx, where
    if isinstance(shown, Rack):
        truth = turns[shown.plan.quantity.removeprefix("turn_")]
        assert sample.value == pytest.approx(truth, rel=1e-13, abs=1e-15), where
        assert sample.reading.value == pytest.approx(truth, abs=1e-9), where
        return
    radius, rim = fan_out_wheel(clip, key, turns)
    drawn = float(np.hypot(*np.subtract((x, y), tip[0])))
    assert drawn == pytest.approx(radius or shown.plan.pitch_radius, abs=1e-9), where
    assert sample.reading.angle * drawn == pytest.approx(rim, abs=1e-9), where


def check_sector(stage: Stage, shown: Sector, value: float) -> None:
    """Compare the angle by which a wheel that is not round turns for a number with one worked out by hand."""
    turned = profile_of(shown.profile).turned(shown.numbers[0][1].per_unit * value)
    assert turned == pytest.approx(sector_angle(stage.clip, shown.wheel, value), abs=1e-9), shown.wheel


def check_words(text: str, template: str, stage: Stage, resting: dict[str, Any]) -> None:
    """Compare the numbers in a text with what stands on screen for the names in its braces."""
    names = re.findall(r"(?<!\{)\{(\w+)\}", template)
    allowed = {raised(written(name, resting[name], "resting", stage)) for name in names if name in resting}
    assert set(DECIMAL.findall(text)) <= allowed, text
    assert not re.search(r"\{\w+\}", text), text


def check_spans(stage: Stage) -> None:
    """What is claimed covers every frame from entry on, without overlap, and claims nothing of what comes or goes."""
    frames, entries = stage.writer.frames, list(stage.record.entries)
    comes = ("travelling", "entering")  # the second where it finds no way that is free
    handed_on = {(entry.name, span.first) for entry in entries for span in entry.spans if span.state in comes}
    for entry in entries:
        for span in entry.spans:
            assert 0 <= span.first <= span.last < frames
            if span.state in ("tracking", "travelling"):
                assert [sample.frame for sample in span.samples] == list(range(span.first, span.last + 1)), entry.name
            elif span.state == "resting":
                assert [sample.frame for sample in span.samples] == [span.first], entry.name
            else:
                assert span.samples == [], entry.name
        for earlier, later in pairwise(entry.spans):
            gone = earlier.state == "leaving"
            assert later.state in comes if gone else later.first == earlier.last + 1, entry.name
        last = entry.spans[-1]
        left = last.state == "leaving" or (entry.name, last.last + 1) in handed_on
        assert left or last.last == frames - 1, f"{entry.name} is forgotten before the end"
