"""What nobody moves stands still on every frame: of an honest film, and of one that changes for a frame or slowly."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from audit_cases import film, honest
from ledger_cases import example

from scenes.parts.film.ledger import Ledger, SampleRow, ShownRow, SpanRow
from studio.audit.decoding import pictures
from studio.audit.finding import Finding
from studio.audit.still import Stills

Luma = npt.NDArray[np.uint8]
HEIGHT, WIDTH, FRAMES = 480, 854, 60


def thing(kind: str, box: tuple[float, float, float, float], *spans: tuple[str, int, int]) -> ShownRow:
    """A thing that stands in a box, with a sample in each of its rests."""

    def span(state: str, first: int, last: int) -> SpanRow:
        each = {"resting": [first], "tracking": range(first, last + 1)}.get(state, [])
        return SpanRow(state=state, first=first, last=last, samples=tuple(SampleRow(frame=f, box=box) for f in each))

    return ShownRow(kind=kind, name=kind, spans=tuple(span(*each) for each in spans))


NUMBER = thing("readout", (100.0, 100.0, 180.0, 130.0), ("entering", 0, 9), ("resting", 10, 59))
WORDS = thing("words", (400.0, 300.0, 600.0, 330.0), ("resting", 0, 29), ("leaving", 30, 39))
DOT = thing("dot", (600.0, 100.0, 700.0, 200.0), ("resting", 0, 39), ("tracking", 40, 59))


def ledger() -> Ledger:
    """A film on which a number enters, words leave, and a dot follows a sweep."""
    facts = example().video.model_copy(update={"width": WIDTH, "height": HEIGHT, "frames": FRAMES})
    return example().model_copy(update={"video": facts, "shown": (NUMBER, WORDS, DOT)})


def seen(paint: Callable[[int, Luma], None], original: bool = True) -> list[Finding]:
    """What is found on grey frames with a little noise, on which something is painted."""
    stills, noise = Stills(ledger(), original, (0, FRAMES - 1)), np.random.default_rng(1)
    for index in range(FRAMES):
        luma = (80 + noise.integers(-12, 13, size=(HEIGHT, WIDTH))).astype(np.uint8)
        paint(index, luma)
        stills.see(index, luma)
    return stills.findings


def wrong(paint: Callable[[int, Luma], None]) -> list[tuple[int | None, str]]:
    return [(finding.frame, finding.what) for finding in seen(paint) if not finding.ok]


def test_every_stretch_of_an_honest_film_is_one_finding_and_right() -> None:
    findings = seen(lambda index, luma: None)
    assert [finding.what for finding in findings] == [
        "frames 0 to 9",
        "frames 10 to 29",
        "frames 30 to 39",
        "frames 40 to 59",
    ]
    assert all(finding.ok and finding.error < finding.limit == 44.0 for finding in findings)


@pytest.mark.parametrize("frame", [5, 17, 29, 35, 45, 58])
def test_six_pixels_that_change_for_one_frame_are_named_with_their_place(frame: int) -> None:
    def paint(index: int, luma: Luma) -> None:
        if index == frame:
            luma[220:226, 300:306] = 200

    finding, *back = (finding for finding in seen(paint) if not finding.ok)
    assert [finding.frame for finding in back] == ([frame + 1] if frame == 29 else [])  # a new stretch
    assert finding.frame == frame
    assert finding.box is not None
    left, top, right, bottom = finding.box
    assert (left <= 300, top <= 220, right >= 304, bottom >= 224) == (True,) * 4
    assert (right - left, bottom - top) <= (12.0, 12.0)
    assert finding.said.endswith("something changes here that nobody moves")


def test_a_number_that_is_another_between_the_frames_that_are_read_is_named() -> None:
    def paint(index: int, luma: Luma) -> None:
        if 13 <= index <= 26:
            luma[105:125, 110:120] = 220

    assert wrong(paint) == [(13, "frames 10 to 29")]


def test_what_changes_little_by_little_is_named() -> None:
    def paint(index: int, luma: Luma) -> None:
        luma[105:125, 110:120] = 80 + 6 * max(0, min(index - 12, 29 - index))

    assert [what for _, what in wrong(paint)] == ["frames 10 to 29"]


def test_what_enters_leaves_or_follows_a_sweep_may_change_where_it_is() -> None:
    def paint(index: int, luma: Luma) -> None:
        if index < 10:
            luma[100:130, 100:180] = 8 * index
        if 30 <= index < 40:
            luma[300:330, 400:600] = 8 * index % 256
        if index >= 40:
            luma[110:120, 600 + 4 * (index - 40) :][:, :10] = 250

    assert wrong(paint) == []


def test_while_one_thing_moves_the_others_stand() -> None:
    def paint(index: int, luma: Luma) -> None:
        if 44 <= index <= 50:
            luma[105:125, 110:120] = 220

    assert wrong(paint) == [(44, "frames 40 to 59")]


def test_what_goes_without_a_motion_goes_where_it_was_and_nothing_else_does() -> None:
    def paint(index: int, luma: Luma) -> None:
        if index >= 30:
            luma[305:325, 410:590] = 10
            luma[400:410, 410:420] = 200

    assert wrong(paint) == [(30, "frames 30 to 39")]


def test_a_copy_of_lower_quality_is_judged_with_more_patience() -> None:
    assert {finding.limit for finding in seen(lambda index, luma: None, original=False)} == {44.0}


def test_parts_of_a_film_watch_every_frame_between_them() -> None:
    first, second = (Stills(ledger(), True, frames) for frames in ((0, 20), (20, FRAMES - 1)))
    for index in range(FRAMES):
        luma = np.full((HEIGHT, WIDTH), 80, np.uint8)
        luma[220:226, 300:306] = 200 if index == 21 else 80
        for stills in (first, second):
            stills.see(index, luma)
    assert all(finding.ok for finding in first.findings)
    assert [finding.frame for finding in second.findings if not finding.ok] == [21]


@pytest.mark.render
def test_an_honest_film_stands_still_wherever_nothing_moves() -> None:
    ledger = honest("TwoLayerNetwork")
    stills = Stills(ledger, True, (0, ledger.video.frames - 1))
    assert list(pictures(film("TwoLayerNetwork"), (), stills.see, stills.last)) == []
    assert len(stills.findings) > 100
    assert [finding for finding in stills.findings if not finding.ok] == []
