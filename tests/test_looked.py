"""What rests unchanged is looked at once; what was changed in any way since is looked at again, and its lie found."""

from collections.abc import Callable

import pytest
from stage_cases import dry_run, refusal

from scenes.parts.stage.motions import Appear, Vanish
from scenes.parts.stage.stage import Stage
from scenes.parts.things.base import as_source
from scenes.parts.things.readout import Readout


def written_over(number: Readout, stage: Stage) -> None:
    number.submobjects[0].points[:, 0] *= 1.01


def painted_over(number: Readout, stage: Stage) -> None:
    number.submobjects[0].fill_rgbas[:, 0] = 0.5


def painted_away(number: Readout, stage: Stage) -> None:
    number.submobjects[0].fill_rgbas[:, 3] = 0.0


def said_to_be_grown(number: Readout, stage: Stage) -> None:
    number.size = 1.5


def bound_to_another(number: Readout, stage: Stage) -> None:
    number.source = as_source(stage.quantities["h"])


@pytest.mark.parametrize("lie", [written_over, painted_over, painted_away, said_to_be_grown, bound_to_another])
def test_a_lie_told_after_a_thing_was_found_right_is_found(lie: Callable[[Readout, Stage], None]) -> None:
    def told_late(stage: Stage) -> None:
        number = stage.pen.readout("y").at(2, 1)
        stage.play(Appear(number))
        stage.rest(1.0)
        stage.rest(1.0)
        lie(number, stage)
        stage.rest(1.0)

    code, said = refusal("TwoLayerNetwork", told_late)
    assert code == 1
    assert "readout of" in said


def test_what_rests_is_looked_at_once_and_every_rest_has_its_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []
    real = Readout.fault
    monkeypatch.setattr(Readout, "fault", lambda number: looks.append(number.name) or real(number))

    def calm(stage: Stage) -> None:
        number, other = stage.pen.readout("y").at(2, 1), stage.pen.readout("h").at(-2, 1)
        stage.play(Appear(number))
        stage.rest(1.0)
        stage.play(Appear(other))
        stage.play(Vanish(other))
        stage.rest(1.0)

    stage = dry_run("TwoLayerNetwork", calm)
    assert looks.count("readout of y") == 1
    (entry,) = (entry for entry in stage.record.entries if entry.name == "readout of y")
    resting = [span for span in entry.spans if span.state == "resting"]
    assert [sample.frame for span in resting for sample in span.samples] == [span.first for span in resting]
    assert sum(span.last - span.first + 1 for span in resting) >= 4
