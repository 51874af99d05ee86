"""What the pages of the scene `two_layer_network` say close to what it is about, whatever the settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stage_cases import config_with, dry_run

from scenes.parts.things.part import shown_of
from scenes.parts.things.readout import Readout


@pytest.fixture
def arranged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """What returns the stage of a clip with settings of one's own, all of its parts where they stand."""

    def made(clip: str, **changes: object) -> Any:
        monkeypatch.setenv("BACKGEAR_CONFIG", str(config_with(tmp_path, changes, clip)))
        return dry_run(clip, lambda stage: stage.arrange())  # type: ignore[attr-defined]

    return made


@pytest.mark.parametrize(
    ("clip", "changes", "lines", "steps"),
    [
        ("TwoLayerNetwork", {}, 1, [["−0.5", "0.285", "−0.142"], ["−0.5", "−0.973", "0.486"]]),
        ("TwoLayerReluClosed", {}, 1, [["−0.5", "0", "0"]] * 2),
        (
            *("TwoLayerNetwork", {"rate": 0.512345678901234}, 2),
            [["−0.512345678901234", "0.285", "−0.146"], ["−0.512345678901234", "−0.973", "0.498"]],
        ),
    ],
    ids=["as they come", "none", "on two lines"],
)
def test_each_step_is_written_as_what_it_is(
    clip: str, changes: dict[str, object], lines: int, steps: list[list[str]], arranged: Callable[..., Any]
) -> None:
    stage = arranged(clip, **changes)
    assert [[one.text for one in shown_of(*step.parts) if isinstance(one, Readout)] for step in stage.steps] == steps
    assert [len({one.place.y for one in step.parts}) for step in stage.steps] == [lines] * 2
