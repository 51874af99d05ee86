"""The pixel half of an audit, tried on real renders: honest copies pass, and every planted lie is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from film_cases import (
    Edit,
    Film,
    Picture,
    erased,
    forged,
    lettering,
    painted,
    rendered,
    retyped,
    through,
    together,
    written,
    wrong,
)

from scenes.parts.film.ledger import SampleRow
from scenes.parts.things.shapes import disc
from studio.audit.decoding import pictures
from studio.audit.drawn import Piece
from studio.audit.frames import rgb_of
from studio.audit.glyphs import advance, slots_of
from studio.audit.limits import HONEST_WORST, REENCODED, STRICT, limits_for

pytestmark = pytest.mark.render


# -- honest ---------------------------------------------------------------------------------------------------------


def test_an_honest_film_shows_everything_that_it_claims(network: Film) -> None:
    findings = network.found()
    assert wrong(findings) == set()
    checked = {"digits", "lettering", "lengths", "directions", "signs", "positions", "colours", "contrast"}
    assert {finding.check for finding in findings} >= checked
    read_again = [finding for finding in findings if finding.check == "second reader"]
    often = len(read_again) / sum(finding.check == "digits" for finding in findings)
    assert 0.4 < often < 0.6  # once at rest, not twice
    passing = sum(finding.unsure for finding in read_again)  # on their way over something
    assert passing < 0.1 * len(read_again)


@pytest.mark.proof
def test_an_honest_sweep_shows_everything_that_it_claims(chain: Film) -> None:
    assert wrong(chain.found()) == set()


@pytest.mark.proof
@pytest.mark.parametrize(("crf", "height"), [(35, None), (23, 480)])
def test_an_honest_film_that_was_encoded_again_passes(
    network: Film, chain: Film, tmp_path: Path, crf: int, height: int | None
) -> None:
    for film in (network, chain):
        assert wrong(film.found(forged(film, tmp_path / f"{film.ledger.clip}.mp4", crf=crf, height=height))) == set()


# -- planted --------------------------------------------------------------------------------------------------------


def test_every_lie_in_a_number_is_named_and_nothing_else_is(network: Film, tmp_path: Path) -> None:
    lies = {
        ("y", 0): ("−0.667", "−0.697"),  # a digit changed
        ("dL_dw2", 0): ("−0.973", " 0.973"),  # a sign lost
        ("h", 0): ("0.834", "0.384"),  # two digits swapped
        ("L", 0): ("0.681", "0.6815"),  # a digit more
        ("z", 0): ("1.20", "1 20"),  # a point lost
    }
    plans, named = [], set()
    for (quantity, nth), (true, lie) in lies.items():
        row, span = network.rest("readout", f"readout of {quantity}", nth)
        sample = span.samples[0]
        assert sample.text == true
        plans.append(through(span, retyped(network, row, sample, lie)))
        named.add(f"readout of {quantity} {true!r}")
    findings = network.found_where(tmp_path / "forged.mp4", together(*plans))
    more = {"readout of L '0.681'"}
    for reader in ("digits", "second reader"):
        assert {what for check, what in wrong(findings) if check == reader} - more == named - more
    beside = {"the rest of the frame"}  # where the digit more stands, nothing is claimed
    assert {what for _, what in wrong(findings)} - more - beside == named - more
    said = {finding.what: finding.said for finding in findings if not finding.ok and finding.check == "digits"}
    assert said["readout of y '−0.667'"] == "it reads '−0.697', not '−0.667'"


def test_a_sign_before_a_number_is_named_though_a_bar_of_its_colour_is_beside_it(chain: Film, tmp_path: Path) -> None:
    row, span = chain.rest("readout", "readout of asked_s_h1")
    sample, height = span.samples[0], row.height or 1.0
    drawn = lettering(chain, row, sample)
    first = slots_of(sample.text or "", (drawn.points - np.array(drawn.origin)) / drawn.units, height)[0]
    sign = drawn.pixels(first.glyph("−", height) - np.array([advance("−", height), 0.0]))
    plan = through(span, written(sign, sample.colours[0]))
    said = {f.what: f.said for f in chain.found_where(tmp_path / "sign.mp4", plan) if f.check == "digits" and not f.ok}
    assert said == {f"{row.name} {sample.text!r}": f"it reads '−{sample.text}', not '{sample.text}'"}


def test_words_painted_over_are_named_and_nothing_else_is(network: Film, tmp_path: Path) -> None:
    row, span = network.rest("words", "words half_turn")
    over = erased(lettering(network, row, span.samples[0]).points, network.facts.ground)
    findings = network.found_where(tmp_path / "over.mp4", through(span, over))
    assert {what for _, what in wrong(findings)} == {f"words half_turn {span.samples[0].text!r}"}


@pytest.mark.proof
def test_shifted_colours_are_named(network: Film, tmp_path: Path) -> None:
    frames = range(network.ledger.video.frames)
    swapped = {i: [lambda rgb: rgb.__setitem__(..., rgb[..., ::-1].copy())] for i in frames}
    found = wrong(network.found(forged(network, tmp_path / "swapped.mp4", swapped)))
    assert {"colours", "thin colours"} <= {check for check, _ in found}


@pytest.mark.proof
def test_a_stale_segment_from_a_render_with_another_number_is_named(network: Film, tmp_path: Path) -> None:
    other = rendered(tmp_path, "two_layer_network", "TwoLayerNetwork", "w1: 1.2", "w1: 1.3")
    beat = next(beat for beat in network.ledger.beats if beat.name == "push_on")
    words = {"caption": beat.caption, "sentence": beat.sentence}  # which say the numbers
    assert beat in [replaced.model_copy(update=words) for replaced in other.ledger.beats]
    stale = {p.index: np.asarray(p.image()) for p in pictures(other.video, range(beat.first, beat.last + 1))}
    edits = {i: [lambda rgb, old=old: rgb.__setitem__(..., old)] for i, old in stale.items()}
    found = wrong(network.found(forged(network, tmp_path / "stale.mp4", edits)))
    named = {what.removeprefix("readout of ").split()[0] for check, what in found if check == "digits"}
    assert {"w1", "z", "h", "y"} <= named


@pytest.mark.proof
def test_two_frames_of_a_sweep_swapped_and_a_dot_moved_are_named(chain: Film, tmp_path: Path) -> None:
    span = next(s for row in chain.ledger.shown for s in row.spans if s.state == "tracking")
    one, other = span.first + 7, span.first + 8
    swap = {one: other, other: one}
    findings = chain.found(forged(chain, tmp_path / "swap.mp4", order=lambda i: swap.get(i, i)), every=1)
    frames = {finding.frame for finding in findings if not finding.ok and finding.check == "digits"}
    assert frames == {one, other}
    row, rest = next((r, s) for r in chain.ledger.shown if r.kind == "dot" for s in r.spans if s.state == "resting")
    moved = forged(chain, tmp_path / "dot.mp4", through(rest, _moved_dot(chain, rest.samples[0])))
    assert {("positions", row.name)} <= wrong(chain.found(moved))


def _moved_dot(film: Film, sample: SampleRow) -> Edit:
    centre, radius = np.array([*sample.ends[0], 0.0]), (sample.box[2] - sample.box[0]) / 2
    moved = Piece(disc(centre + np.array([0.0, -2.0, 0.0]), radius)[:, :2])
    clear = erased(np.array([centre[:2] - radius, centre[:2] + radius]), film.facts.ground)

    def edit(rgb: Picture) -> None:
        clear(rgb)
        painted([moved], sample.colours[0], rgb)

    return edit


# -- without a video --------------------------------------------------------------------------------------------------


def test_no_limit_exceeds_three_times_the_honest_worst_and_ours_is_never_wider() -> None:
    for name, wide in vars(REENCODED).items():
        assert getattr(STRICT, name) <= wide <= 3 * getattr(HONEST_WORST, name)
    assert limits_for(720, original=True) == STRICT
    assert limits_for(480, original=True) == limits_for(1080, original=False) == REENCODED


def test_a_frame_is_given_as_a_picture_of_the_films_size(network: Film) -> None:
    picture = next(pictures(network.video, {3})).image()
    assert picture.size == (1280, 720)
    corner = np.array(picture.getpixel((2, 2)), dtype=float)
    assert np.abs(corner - rgb_of(network.facts.ground)).max() <= 2
