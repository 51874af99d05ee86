"""What fades is a mixture of what was and what will be, and a lie while something fades is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from film_cases import Edit, Film, forged, retyped
from ledger_cases import example
from test_audit_still import FRAMES, HEIGHT, WIDTH, thing

from scenes.parts.film.ledger import Ledger
from studio.audit.decoding import pictures
from studio.audit.fades import Fades
from studio.audit.finding import Finding

Luma = npt.NDArray[np.uint8]
GROUND, INK = 40, 220
COMES = thing("readout", (100.0, 100.0, 180.0, 130.0), ("entering", 10, 19), ("resting", 20, 59))
GOES = thing("words", (400.0, 300.0, 600.0, 330.0), ("resting", 0, 29), ("leaving", 30, 39))
DOT = thing("dot", (600.0, 100.0, 700.0, 200.0), ("entering", 10, 19), ("resting", 20, 59))


def ledger(*shown: object) -> Ledger:
    facts = example().video.model_copy(update={"width": WIDTH, "height": HEIGHT, "frames": FRAMES})
    return example().model_copy(update={"video": facts, "shown": shown or (COMES, GOES, DOT)})


def share_of(index: int) -> tuple[float, float]:
    """How much of what comes and of what goes is there on a frame."""
    return float(np.clip((index - 9) / 11, 0, 1)), float(np.clip((40 - index) / 11, 0, 1))


def seen(paint: Callable[[int, Luma], None], told: Ledger | None = None) -> list[Finding]:
    """What is found on frames with a little noise, on which strokes come and go, and something is painted."""
    fades, noise = Fades(told or ledger(), True, (0, FRAMES - 1)), np.random.default_rng(1)
    for index in range(FRAMES):
        coming, going = share_of(index)
        luma = np.full((HEIGHT, WIDTH), GROUND, np.uint8)
        luma[105:125, 110:170:8] = luma[105:125, 111:170:8] = round(GROUND + (INK - GROUND) * coming)
        luma[305:325, 410:590:8] = luma[305:325, 411:590:8] = round(GROUND + (INK - GROUND) * going)
        paint(index, luma)
        fades.see(index, (luma + noise.integers(-8, 9, luma.shape)).astype(np.uint8))
    return fades.findings


def wrong(paint: Callable[[int, Luma], None], told: Ledger | None = None) -> list[tuple[int | None, str]]:
    return [(finding.frame, finding.what) for finding in seen(paint, told) if not finding.ok]


def test_letters_that_come_or_go_are_one_finding_each_and_right() -> None:
    findings = seen(lambda index, luma: None)
    assert [finding.what for finding in findings] == ["readout", "words"]
    assert all(finding.ok and finding.error < finding.limit / 2 for finding in findings)


@pytest.mark.parametrize("frame", [10, 14, 19])
def test_ink_where_none_will_be_is_wrong_on_a_single_frame(frame: int) -> None:
    def paint(index: int, luma: Luma) -> None:
        if index == frame:
            luma[108:122, 172:178] = 140

    assert wrong(paint) == [(frame, "readout")]


def test_strokes_that_are_missing_while_the_others_come_are_wrong() -> None:
    def paint(index: int, luma: Luma) -> None:
        if 13 <= index < 20:
            luma[105:125, 110:134] = GROUND

    ((frame, what),) = wrong(paint)
    assert what == "readout"
    assert frame == 19  # where most of the others is there


def test_what_flashes_up_as_it_goes_is_wrong() -> None:
    def paint(index: int, luma: Luma) -> None:
        if index == 33:
            luma[310:318, 500:520] = INK

    assert wrong(paint) == [(33, "words")]


def test_where_something_else_moves_over_letters_nothing_is_compared() -> None:
    over = thing("dot", (90.0, 90.0, 190.0, 140.0), ("resting", 0, 4), ("tracking", 5, 24), ("resting", 25, 59))

    def paint(index: int, luma: Luma) -> None:
        if index == 15:
            luma[108:122, 172:178] = 140

    assert wrong(paint, ledger(COMES, over)) == []
    assert wrong(paint, ledger(COMES, DOT)) == [(15, "readout")]


def test_where_something_arrives_as_the_last_letters_go_nothing_is_compared() -> None:
    spans = ("resting", 0, 29), ("travelling", 30, 39), ("resting", 40, 59)
    dial = thing("dial", (420.0, 290.0, 470.0, 340.0), *spans)

    def paint(index: int, luma: Luma) -> None:
        if index >= 40:
            luma[300:330, 430:460] = 200

    assert wrong(paint, ledger(GOES, dial)) == []
    assert wrong(paint) != []


def arriving(lie: int | None) -> list[tuple[int | None, str]]:
    """Letters that follow a sweep until frame 9 stand where it ends on frame 10 alone, on which they begin to go."""
    spans = ("tracking", 0, 9), ("leaving", 10, 19)
    swept = thing("readout", (200.0, 200.0, 280.0, 230.0), *spans)
    other = thing("readout", (198.0, 200.0, 282.0, 230.0), ("entering", 10, 19), ("resting", 20, 59))

    def paint(index: int, luma: Luma) -> None:
        gone = float(np.clip((index - 10) / 10, 0, 1))
        luma[205:225, 210 + min(index, 10) : 260 : 8] = round(GROUND + (INK - GROUND) * (1 - gone))
        luma[205:225, 214:270:8] = round(GROUND + (INK - GROUND) * gone)
        if index == lie:
            luma[205:225, 262:268] = INK

    return wrong(paint, ledger(swept, other))


def test_what_a_sweep_arrives_at_on_the_first_frame_of_a_fade_is_what_fades() -> None:
    assert arriving(lie=None) == []


@pytest.mark.parametrize(("lie", "found"), [(10, 11), (12, 12), (19, 19)])
def test_a_lie_where_a_sweep_arrives_and_behind_it_is_wrong(lie: int, found: int) -> None:
    assert arriving(lie) == [(found, "readout"), (found, "readout")]


def test_the_parts_of_a_film_see_each_fade_once() -> None:
    fades = [Fades(ledger(), True, frames) for frames in ((0, 15), (15, FRAMES - 1))]
    assert [each.until for each in fades] == [20, 40]


@pytest.mark.render
def test_a_number_that_lies_while_it_fades_in_is_named(network: Film, tmp_path: Path) -> None:
    row, rest = network.rest("readout", "readout of h")
    span = row.spans[row.spans.index(rest) - 1]
    assert span.state == "entering"
    middle = (span.first + span.last) // 2
    lie: dict[int, list[Edit]] = {middle: [retyped(network, row, rest.samples[0], "0.438")]}

    def found(video: Path) -> set[str]:
        fades = Fades(network.ledger, False, (0, network.ledger.video.frames - 1))
        for _ in pictures(video, set(), fades.see, span.last + 2):
            pass
        return {finding.what for finding in fades.findings if not finding.ok}

    assert found(forged(network, tmp_path / "lie.mp4", lie, until=span.last + 2)) == {"readout of h"}
    assert found(network.video) == set()
