"""A rehearsal stands on every rest as a render does, without drawing a frame, and names all that would end one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from stage_cases import config_with, dry_run
from test_stage_refuses import LIES

from scenes.parts.recipe.sweep import Sweep
from scenes.parts.settings import SettingsError, load
from scenes.parts.stage.motions import SweepTo
from scenes.parts.stage.rehearsal import Notes, refusals, rehearse
from scenes.parts.stage.stage import Stage
from scenes.parts.stage.writer import StagedWriter

Standing = list[tuple[str, list[npt.NDArray[np.float64]], tuple[str, ...]]]
SCENES = ["TwoLayerNetwork", "ChainRuleGears", "PushThroughGears", "FunctionGears", "FanOut", "ToyChain"]
SCENES += ["LearningStep", "LearningRates"]
TINY = 64, 36, 1


def board(clip: str, construct: Callable[[Stage], None]) -> type[Stage]:
    """A storyboard with another `construct`, that is placed by hand; ``clip`` is a clip of the settings."""
    assert clip in load().clips
    return type("Other", (Stage,), {"construct": construct})


def configured(monkeypatch: pytest.MonkeyPatch, folder: Path, clip: str | None = None, **changes: object) -> None:
    monkeypatch.setenv("BACKGEAR_CONFIG", str(config_with(folder, changes, clip)))


class Rests:
    """What stood on a stage at each rest."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[Standing] = []
        self.beats: list[object] = []
        real = Stage.rest

        def noted(stage: Stage, seconds: float) -> None:
            self.seen.append([(s.name, [p.points.copy() for p in s.submobjects], s.colours) for s in stage.standing])
            real(stage, seconds)
            self.beats = stage.beats

        monkeypatch.setattr(Stage, "rest", noted)


@pytest.mark.parametrize("clip", SCENES)
def test_everything_stands_at_every_rest_as_in_a_render(clip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rests = Rests(monkeypatch)
    dry_run(clip, frame_rate=1.0)
    drawn, beats = rests.seen, list(rests.beats)
    rests.seen = []
    rehearse(clip, Notes(), size=TINY)
    assert len(rests.seen) == len(drawn) >= 5
    for rehearsed, real in zip(rests.seen, drawn, strict=True):
        assert [(name, colours) for name, _, colours in rehearsed] == [(name, colours) for name, _, colours in real]
        for (name, ours, _), (_, theirs, _) in zip(rehearsed, real, strict=True):
            assert all(map(np.array_equal, ours, theirs)), name
    assert rests.beats == beats


def test_nothing_is_found_in_a_clip_that_is_right() -> None:
    assert refusals("ToyChain") == ()


def test_no_frame_is_drawn_unless_it_is_asked_for() -> None:
    notes = Notes()
    rehearse("FanOut", notes, size=TINY)
    assert (notes.holds, notes.faults) == ([], {})
    chosen = Notes()
    rehearse("FanOut", chosen, size=TINY, draw=[notes.beats[2]])
    (hold,) = chosen.holds
    assert (hold.number, hold.beat, hold.picture.shape) == (3, notes.beats[2], (36, 64, 3))


@pytest.mark.parametrize("clip", ["FanOut", "TwoLayerNetwork"])
def test_the_picture_of_a_hold_is_the_very_frame_that_a_render_writes(
    clip: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[npt.NDArray[np.uint8]] = []
    real = StagedWriter.write_frame

    def noted(writer: StagedWriter, pixels: npt.NDArray[np.uint8], *, repeat: int = 1) -> None:
        written.extend([pixels[..., :3].copy()] if repeat > 1 else [])
        real(writer, pixels, repeat=repeat)

    monkeypatch.setattr(StagedWriter, "write_frame", noted)
    dry_run(clip, size=(854, 480))
    notes = Notes()
    rehearse(clip, notes, draw=True)
    assert [hold.beat for hold in notes.holds] == notes.beats
    assert len(notes.holds) == len(written) >= 5
    for hold, frame in zip(notes.holds, written, strict=True):
        assert np.array_equal(hold.picture, frame), hold.beat
    assert len({frame.tobytes() for frame in written}) == len(written)


def test_everything_that_cannot_be_read_is_named_at_once_with_its_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def by_hand(stage: Stage) -> None:
        stage.open_with_title()
        with stage.beat("ask"):
            stage.add(stage.pen.symbol("h_y").at(0.0, 0.0))

    long = "Where a stage is flat, the signal dies, " * 4
    words = {"title": long, "ask": {"sentence": "What is left? " * 20}}
    configured(monkeypatch, tmp_path, "ToyChain", words=_merged("ToyChain", words))
    found = refusals("ToyChain", stage=board("ToyChain", by_hand))
    assert {refusal.code for refusal in found} == {2}
    assert [refusal.key for refusal in found if "past the margin" in refusal.message] == [
        ("clips", "ToyChain", "words", "title")
    ]
    assert ("clips", "ToyChain", "words", "ask", "sentence") in {refusal.key for refusal in found}
    assert len({refusal.message for refusal in found}) == len(found)


def _merged(clip: str, changes: dict[str, object]) -> dict[str, object]:
    words = load().resolved(clip)["clip"]["words"]
    return {**words, **{key: {**words[key], **new} if isinstance(new, dict) else new for key, new in changes.items()}}


def test_a_name_that_is_too_long_is_found_at_the_top_of_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    configured(monkeypatch, tmp_path, names={"tanh": "hyperbolic tangent, as engineers call it " * 3})
    assert ("names", "tanh") in {refusal.key for refusal in refusals("ToyChain")}


def test_what_does_not_fit_is_found_before_anything_is_built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    configured(monkeypatch, tmp_path, "TwoLayerNetwork", scale=1000.0)
    found = refusals("TwoLayerNetwork")
    assert [(refusal.code, refusal.key[:2]) for refusal in found] == [(2, ("clips", "TwoLayerNetwork"))] * len(found)
    assert "scale" in {refusal.key[-1] for refusal in found}


def stretched(stage: Stage) -> None:
    with stage.beat("ask"):
        stage.add(stage.pen.readout("x_low").scale(1.5))


def stretched_in_the_middle_of_a_sweep(stage: Stage) -> None:
    sweep = Sweep(-2.0, stage.clip.sweeps()["x"].quantities)
    number = stage.pen.live_readout(sweep["d_x"])
    honest = number.draw
    stage.add(number)

    def draw() -> None:
        honest()
        number.scale(1.5 if abs(sweep.x) < 0.5 else 1.0)

    number.draw = draw
    stage.play(SweepTo(sweep, 2.0, run_time=8.0))


@pytest.mark.parametrize("lie", [stretched, stretched_in_the_middle_of_a_sweep])
def test_a_lie_is_found_and_nothing_is_said_twice(lie: Callable[[Stage], None]) -> None:
    (found,) = refusals("ToyChain", stage=board("ToyChain", lie))
    assert (found.code, found.key, found.details) == (1, ("clips", "ToyChain"), "")
    assert re.match(r"frame \d+: readout of .*: its outline", found.message)


@pytest.mark.parametrize(("lie", "reason"), LIES, ids=[lie.__name__ for lie, _ in LIES])
def test_what_ends_a_render_is_found(lie: Callable[[Stage], None], reason: str) -> None:
    found = refusals("TwoLayerNetwork", stage=board("TwoLayerNetwork", lie))
    assert reason in found[-1].message
    assert (found[-1].code, found[-1].details) == (1, "")


def test_what_nobody_had_foreseen_is_one_line_and_keeps_what_was_found_before() -> None:
    def breaks(stage: Stage) -> None:
        with stage.beat("ask"):
            stage.add(stage.pen.words("title", height=0.4).at(-6.0, 30.0))
        raise ZeroDivisionError("of\nall things")

    above, broken = refusals("ToyChain", stage=board("ToyChain", breaks))
    assert above.key == ("clips", "ToyChain", "words", "title")
    assert broken.message == "drawing breaks off: ZeroDivisionError: of all things"
    assert broken.code == 1
    assert "Traceback" in broken.details


def test_a_clip_that_the_file_does_not_name_is_an_error() -> None:
    with pytest.raises(SettingsError, match="did you mean 'ToyChain'"):
        refusals("ToyChian")
