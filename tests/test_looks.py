"""Which frames of a rest are looked at: sharp ones on which nothing comes, goes or travels over the thing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from film_cases import Film
from ledger_cases import example

from scenes.parts.film.ledger import Ledger, SampleRow, ShownRow, SpanRow, State
from studio.audit.frames import Picture, Window
from studio.audit.glance import Around
from studio.audit.looks import SETTLING, looks_at
from studio.audit.things.dot import DOT

Box = tuple[float, float, float, float]
THERE: Box = (100.0, 100.0, 120.0, 120.0)
ASIDE: Box = (400.0, 100.0, 420.0, 120.0)


def shown(kind: str, *spans: tuple[State, int, int], box: Box = THERE) -> ShownRow:
    """A thing in some states, and where it stands in those that say so."""
    sample = [SampleRow(frame=first, box=box) for _, first, _ in spans]
    said = [
        (one,) if state in ("resting", "travelling") else () for one, (state, *_) in zip(sample, spans, strict=True)
    ]
    rows = [SpanRow(state=s, first=a, last=b, samples=has) for (s, a, b), has in zip(spans, said, strict=True)]
    return ShownRow(kind=kind, name=kind, spans=tuple(rows))


def looked(*rows: ShownRow, every: int = 10) -> list[int]:
    """The frames on which the first of some things is looked at."""
    ledger: Ledger = example(shown=rows)
    found = looks_at(ledger, every)
    return sorted(f for f, looks in found.items() for wanted, look in looks if wanted and look.index == 0)


GEAR = shown("gear", ("entering", 0, 9), ("resting", 10, 90))


@pytest.mark.parametrize(
    ("over", "frames"),
    [
        ([("entering", 12, 20), ("resting", 21, 90)], [21, 90]),  # not 11, which is not sharp yet
        ([("resting", 0, 12), ("leaving", 13, 30)], [31, 90]),
        ([("resting", 0, 80), ("leaving", 81, 95)], [16, 80]),
        ([("resting", 0, 50), ("travelling", 85, 95)], [16, 90]),  # it says of frame 85 alone where it is
        ([("entering", 0, 99), ("resting", 100, 110)], [16, 90]),  # never free: better that than not at all
        ([("resting", 0, 99)], [16, 90]),
    ],
)
def test_a_rest_is_looked_at_where_nothing_comes_or_goes_over_it(
    over: list[tuple[State, int, int]], frames: list[int]
) -> None:
    assert looked(GEAR, shown("spoke", *over)) == frames
    assert looked(GEAR, shown("spoke", *over, box=ASIDE)) == [10 + SETTLING, 90]


def test_letters_are_looked_at_from_their_first_frame_on_and_all_frames_if_all_are_asked_for() -> None:
    coming = shown("symbol", ("entering", 5, 12), ("resting", 13, 90))
    assert looked(shown("readout", ("resting", 10, 90)), coming) == [13, 90]
    assert looked(GEAR, coming, every=1) == [*range(13, 91)]


def test_what_an_encoder_has_had_no_time_to_draw_sharply_is_not_settled() -> None:
    short, letters = 2 * SETTLING - 1, shown("readout", ("entering", 0, 9), ("resting", 10, 90))
    brief = shown("symbol", ("resting", 10, 10 + short))
    found = {
        (look.row.kind, frame): look.settled
        for frame, looks in looks_at(example(shown=(letters, brief)), 1).items()
        for _, look in looks
    }
    assert [frame for (kind, frame), settled in found.items() if kind == "readout" and not settled] == [*range(10, 16)]
    assert not any(found["symbol", frame] for frame in range(10, 11 + short))


@pytest.mark.render
def test_of_a_dot_under_or_over_another_nobody_can_say_where_it_is(network: Film) -> None:
    row = next(row for row in network.ledger.shown if row.kind == "dot" and row.spans[1].state == "resting")
    glance = network.glance("dot", row.name)
    ground = glance.picture.colours.luma(glance.facts.ground)
    bare = replace(glance.picture, luma=np.full_like(glance.picture.luma, round(ground)))

    def is_right(picture: Picture, seen: float, below: float = ground) -> bool:
        def around(window: Window) -> Around:
            return Around(np.full(window.shape, below), np.full(window.shape, seen), np.full(window.shape, ground))

        (finding,) = DOT.check(replace(glance, picture=picture, around=around))
        return finding.ok

    assert is_right(bare, 0.3)
    assert not is_right(bare, 1.0)
    assert not is_right(bare, 0.5)
    like = glance.picture.colours.luma(glance.colour)
    assert is_right(bare, 1.0, like)
    assert not is_right(bare, 1.0, (like + ground) / 2)


@pytest.mark.parametrize(
    ("frames", "every", "wanted"),
    [
        (20, 1, [*range(20)]),
        (20, 10, [0, 10, 15]),  # nine are left, of which the middle one is looked at
        (15, 10, [0, 10]),
        (24, 30, [0, 12]),  # a sweep of less than a second at 30 frames a second is looked at on its way, too
        (24, 10**6, [0]),
    ],
)
def test_a_sweep_is_looked_at_each_so_many_frames_and_in_what_is_left(
    frames: int, every: int, wanted: list[int]
) -> None:
    samples = tuple(SampleRow(frame=at, box=THERE) for at in range(frames))
    span = SpanRow(state="tracking", first=0, last=frames - 1, samples=samples)
    assert looked(ShownRow(kind="gear", name="gear", spans=(span,)), every=every) == wanted
