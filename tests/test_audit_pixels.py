"""The pixel half of an audit, tried on real renders: honest copies pass, and every planted lie is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest
from command_cases import manim, quick_settings

from scenes.parts.film_file import ENCODER_OPTIONS
from scenes.parts.ledger import Ledger, SampleRow, ShownRow, SpanRow, read_ledger
from scenes.parts.shapes import disc
from studio.audit.digits import texts_of
from studio.audit.drawn import HEAD, SHAFT, Facts, Piece, arrow_pieces, ink_of
from studio.audit.finding import Finding
from studio.audit.frames import Window, frame_at, rgb_of
from studio.audit.glyphs import Text, advance, slots_of
from studio.audit.limits import HONEST_WORST, REENCODED, STRICT, limits_for
from studio.audit.pixels import checks

pytestmark = pytest.mark.render
Pixels = npt.NDArray[np.float64]
Picture = npt.NDArray[np.uint8]
Edit = Callable[[Picture], None]


@dataclass(frozen=True)
class Film:
    """A rendered clip and what its ledger says."""

    video: Path
    ledger: Ledger

    @property
    def facts(self) -> Facts:
        return Facts.of(self.ledger, self.ledger.video.height, self.ledger.video.width)

    def found(self, video: Path | None = None, every: int = 10) -> list[Finding]:
        """What the pixels of the film, or of a copy of it, show."""
        return list(checks(video or self.video, self.ledger, every, original=video is None))

    def rest(self, kind: str, name: str, nth: int = 0) -> tuple[ShownRow, SpanRow]:
        """The nth rest of the things of a kind and a name, and its row."""
        rows = [row for row in self.ledger.shown if row.kind == kind and row.name == name]
        return [(row, span) for row in rows for span in row.spans if span.state == "resting"][nth]


def rendered(folder: Path, scene: str, clip: str) -> Film:
    done = manim(folder, scene, "-r", "1280,720", "--fps", "10", clip, config=quick_settings(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    video = folder / f"media/videos/{scene}/720p10/{clip}.mp4"
    return Film(video, read_ledger(video.with_suffix(".ledger.json")))


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return rendered(tmp_path_factory.mktemp("network"), "two_layer_network", "TwoLayerNetwork")


@pytest.fixture(scope="session")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return rendered(tmp_path_factory.mktemp("chain"), "toy_chain", "ToyChain")


# -- forging --------------------------------------------------------------------------------------------------------


def forged(
    film: Film,
    target: Path,
    edits: Mapping[int, Iterable[Edit]] | None = None,
    *,
    crf: int = 20,
    height: int | None = None,
    order: Callable[[int], int] = lambda index: index,
) -> Path:
    """Encode a film again with some of its pixels changed, in another size or with its frames in another order."""
    given, rate = _decoded(film.video), Fraction(round(film.ledger.video.frame_rate))
    size = (given[0].width, given[0].height) if height is None else (round(height * 8 / 9) * 2, height)
    with av.open(str(target), "w") as container:
        options = {**ENCODER_OPTIONS, "crf": str(crf), "preset": "veryfast"}
        stream = container.add_stream("libx264", rate=rate, options=options)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for index in range(len(given)):
            frame = _edited(given[order(index)], list((edits or {}).get(order(index), ()))).reformat(*size)
            frame.pts, frame.time_base = index, 1 / rate
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return target


def _decoded(video: Path) -> list[av.VideoFrame]:
    with av.open(str(video)) as container:
        return list(container.decode(video=0))


def _edited(frame: av.VideoFrame, edits: list[Edit]) -> av.VideoFrame:
    if not edits:
        return frame
    rgb = frame.reformat(format="rgb24", src_colorspace="ITU601").to_ndarray()
    for edit in edits:
        edit(rgb)
    return av.VideoFrame.from_ndarray(rgb, format="rgb24").reformat(format="yuv420p", dst_colorspace="ITU601")


def through(span: SpanRow, *edits: Edit) -> dict[int, list[Edit]]:
    """The same edits on every frame of a rest."""
    return {frame: list(edits) for frame in range(span.first, span.last + 1)}


def together(*plans: Mapping[int, list[Edit]]) -> dict[int, list[Edit]]:
    """Several forgeries in one file."""
    frames = sorted({frame for plan in plans for frame in plan})
    return {frame: [edit for plan in plans for edit in plan.get(frame, [])] for frame in frames}


def painted(pieces: Iterable[Piece], colour: str, rgb: Picture) -> None:
    """Lay pieces over a picture, as the stage's camera would."""
    pieces = list(pieces)
    window = Window.around(np.concatenate([piece.points for piece in pieces])).within(rgb.shape[1], rgb.shape[0])
    ink = ink_of(pieces, window)[..., None]
    part = rgb[window.top : window.bottom, window.left : window.right]
    part[:] = np.rint(part * (1 - ink) + rgb_of(colour) * ink)


def erased(points: Pixels, ground: str) -> Edit:
    """Cover the box around some points with the background."""
    window = Window.around(points, 1.0)
    return lambda rgb: rgb.__setitem__(
        (slice(window.top, window.bottom), slice(window.left, window.right)), rgb_of(ground)
    )


def lettering(film: Film, row: ShownRow, sample: SampleRow) -> Text:
    return texts_of(row, sample, film.facts)[0]


def retyped(film: Film, row: ShownRow, sample: SampleRow, text: str) -> Edit:
    """Write other characters into the places of a number, in its own glyphs; blanks and what is longer included."""
    drawn, height, colour = lettering(film, row, sample), row.height or 1.0, sample.colours[0]
    outline = (drawn.points - np.array(drawn.origin)) / drawn.units
    slots = slots_of(sample.text or "", outline, height)
    edits: list[Edit] = []
    for slot, new in zip(slots, text.replace("^", ""), strict=False):
        if new != slot.character:
            edits.append(erased(drawn.pixels(slot.glyph(slot.character, height)), film.facts.ground))
    for slot, new in zip(slots, text.replace("^", ""), strict=False):
        if new not in (slot.character, " "):
            edits.append(written(drawn.pixels(slot.glyph(new, height)), colour))
    if len(text) > len(sample.text or ""):
        behind = slots[-1].shift + np.array([advance(slots[-1].character, height), 0.0])
        glyph = slots[-1].glyph(text[-1], height) - slots[-1].shift + behind
        edits.append(written(drawn.pixels(glyph), colour))
    return lambda rgb: [edit(rgb) for edit in edits] and None


def written(points: Pixels, colour: str) -> Edit:
    return lambda rgb: painted([Piece(points)], colour, rgb)


def redrawn(film: Film, sample: SampleRow, tip: Pixels, *, filled: bool) -> Edit:
    """Draw an arrow anew from its tail to another tip, or with another head."""
    (tail, old), facts, colour = [np.array(end) for end in sample.ends], film.facts, sample.colours[0]
    room = np.array([2.0, HEAD * facts.unit / 2 - 1])
    clear = erased(np.array([np.minimum(tail, old) - room, np.maximum(tail, old) + room]), facts.ground)
    pieces = arrow_pieces(tail, tip, facts, width=SHAFT * facts.unit, filled=filled)

    def edit(rgb: Picture) -> None:
        clear(rgb)
        painted(pieces, colour, rgb)

    return edit


def wrong(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    return {(finding.check, finding.what) for finding in findings if not finding.ok}


# -- honest ---------------------------------------------------------------------------------------------------------


def test_an_honest_film_shows_everything_that_it_claims(network: Film) -> None:
    findings = network.found()
    assert wrong(findings) == set()
    checked = {"digits", "lettering", "lengths", "directions", "strokes", "signs", "positions", "colours", "contrast"}
    assert {finding.check for finding in findings} >= checked


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
        ("y", 0): ("−0.6669", "−0.6699"),  # a digit changed
        ("w2", 0): ("−0.8", " 0.8"),  # a sign lost
        ("h", 0): ("0.8337", "0.3837"),  # two digits swapped
        ("L", 0): ("0.6809", "0.68095"),  # a digit more
        ("z", 0): ("1.200", "1 200"),  # a point lost
    }
    plans, named = [], set()
    for (quantity, nth), (true, lie) in lies.items():
        row, span = network.rest("readout", f"readout of {quantity}", nth)
        sample = span.samples[0]
        assert sample.text == true
        plans.append(through(span, retyped(network, row, sample, lie)))
        named.add(f"readout of {quantity} {true!r}")
    findings = network.found(forged(network, tmp_path / "forged.mp4", together(*plans)))
    assert {what for check, what in wrong(findings) if check == "digits"} == named
    assert {what for _, what in wrong(findings)} == named
    said = {finding.what: finding.said for finding in findings if not finding.ok and finding.check == "digits"}
    assert said["readout of y '−0.6669'"] == "it reads '−0.6699', not '−0.6669'"
    assert said["readout of L '0.6809'"] == "it reads '0.68095', not '0.6809'"


def test_every_lie_in_an_arrow_is_named_and_nothing_else_is(network: Film, tmp_path: Path) -> None:
    def tips(name: str) -> tuple[SpanRow, Pixels, Pixels]:
        _, span = network.rest("arrow", f"arrow of {name}")
        return span, *(np.array(end) for end in span.samples[0].ends)

    longer, tail, tip = tips("dL_dL")
    plans = [
        through(
            longer, redrawn(network, longer.samples[0], tip + (tip - tail) / np.linalg.norm(tip - tail), filled=True)
        )
    ]
    turned, tail, tip = tips("dL_dh")
    angle = np.radians(1.0)
    matrix = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    plans.append(through(turned, redrawn(network, turned.samples[0], tail + matrix @ (tip - tail), filled=True)))
    opened, _, tip = tips("dL_dz")
    plans.append(through(opened, redrawn(network, opened.samples[0], tip, filled=False)))
    found = wrong(network.found(forged(network, tmp_path / "forged.mp4", together(*plans))))
    assert ("lengths", "arrow of dL_dL") in found
    assert ("directions", "arrow of dL_dh") in found
    assert ("signs", "arrow of dL_dz") in found
    assert {what for _, what in found} == {"arrow of dL_dL", "arrow of dL_dh", "arrow of dL_dz"}


def test_words_painted_over_are_named_and_nothing_else_is(network: Film, tmp_path: Path) -> None:
    row, span = network.rest("words", "words incoming")
    over = erased(lettering(network, row, span.samples[0]).points, network.facts.ground)
    findings = network.found(forged(network, tmp_path / "over.mp4", through(span, over)))
    assert {what for _, what in wrong(findings)} == {"words incoming 'incoming'"}


@pytest.mark.proof
def test_shifted_colours_are_named(network: Film, tmp_path: Path) -> None:
    frames = range(network.ledger.video.frames)
    swapped = {i: [lambda rgb: rgb.__setitem__(..., rgb[..., ::-1].copy())] for i in frames}
    found = wrong(network.found(forged(network, tmp_path / "swapped.mp4", swapped)))
    assert {"colours", "thin colours"} <= {check for check, _ in found}


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
    picture = frame_at(network.video, 3)
    assert picture.size == (1280, 720)
    corner = np.array(picture.getpixel((2, 2)), dtype=float)
    assert np.abs(corner - rgb_of(network.facts.ground)).max() <= 2
