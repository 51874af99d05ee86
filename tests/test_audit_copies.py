"""Honest copies are not doubted: encoded again, of another size or frame rate, in another container, brighter."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest
from box_cases import remuxed
from command_cases import STORYBOARD
from film_cases import Film, rendered

from studio.audit.command import audit
from studio.audit.report import Report

pytestmark = pytest.mark.render
Planes = npt.NDArray[np.uint8]
Change = Callable[[int, Planes], None]
RATE = 10  # of the films of these tests


def copied(
    film: Film, target: Path, *, crf: int = 20, height: int = 720, times: int = 1, change: Change = lambda *_: None
) -> Path:
    """Encode a film again, each of its frames so many times, its luma and chroma changed on the way."""
    rate, shown = Fraction(RATE * times), 0
    with av.open(str(film.video)) as given, av.open(str(target), "w") as made:
        webm = target.suffix == ".webm"
        options = {"cpu-used": "8", "deadline": "realtime"} if webm else {"preset": "veryfast"}
        stream = made.add_stream("libvpx-vp9" if webm else "libx264", rate=rate, options={"crf": str(crf), **options})
        stream.width, stream.height, stream.pix_fmt = round(height * 8 / 9) * 2, height, "yuv420p"
        for frame in given.decode(video=0):
            planes = frame.reformat(stream.width, height).to_ndarray()
            for _ in range(times):
                changed = planes.copy()
                change(shown, changed)
                out = av.VideoFrame.from_ndarray(changed, format="yuv420p")
                out.pts, out.time_base, shown = shown, 1 / rate, shown + 1
                made.mux(stream.encode(out))
        made.mux(stream.encode())
    return target


def brighter(_: int, planes: Planes) -> None:
    """Make the luma brighter by 3 percent."""
    luma = planes[: planes.shape[0] * 2 // 3]
    luma[:] = np.clip(np.rint(16 + (luma - 16.0) * 1.03), 0, 255)


def grey(_: int, planes: Planes) -> None:
    """Take the colours away."""
    planes[planes.shape[0] * 2 // 3 :] = 128


def moved(across: int, down: int) -> Change:
    """Return what moves a picture, as an editor does that turns it into red, green and blue first."""

    def change(_: int, planes: Planes) -> None:
        rgb = av.VideoFrame.from_ndarray(planes, format="yuv420p").to_ndarray(format="rgb24")
        rgb = np.roll(rgb, (down, across), axis=(0, 1))
        planes[:] = av.VideoFrame.from_ndarray(rgb, format="rgb24").to_ndarray(format="yuv420p")

    return change


def both(shown: int, planes: Planes) -> None:
    """Move a picture and take its colours away."""
    moved(1, -1)(shown, planes)
    grey(shown, planes)


COPIES: dict[str, Callable[[Film, Path], Path]] = {
    "crf 18": lambda film, folder: copied(film, folder / "18.mp4", crf=18),
    "crf 26": lambda film, folder: copied(film, folder / "26.mp4", crf=26),
    "crf 35": lambda film, folder: copied(film, folder / "35.mp4", crf=35),
    "360 lines": lambda film, folder: copied(film, folder / "360.mp4", height=360),
    "1080 lines": lambda film, folder: copied(film, folder / "1080.mp4", height=1080),
    "twice the frame rate": lambda film, folder: copied(film, folder / "60.mp4", times=2),
    "brighter": lambda film, folder: copied(film, folder / "bright.mp4", change=brighter),
    "grey": lambda film, folder: copied(film, folder / "grey.mp4", change=grey),
    "moved": lambda film, folder: copied(film, folder / "moved.mp4", change=moved(1, -1)),
    "grey and moved": lambda film, folder: copied(film, folder / "both.mp4", change=both),
    "webm": lambda film, folder: copied(film, folder / "copy.webm", crf=30),
    "mkv": lambda film, folder: remuxed(film.video, folder / "copy.mkv"),
    "mov": lambda film, folder: remuxed(film.video, folder / "copy.mov"),
}


def judged(film: Film, copy: Path) -> Report:
    return audit(copy, ledger=film.video.with_suffix(".ledger.json"))


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Film:
    """One beat of the network; of all beats of all scenes the proof takes its copies."""
    return rendered(tmp_path_factory.mktemp("part"), "two_layer_network", "TwoLayerNetwork", beat="push_on")


@pytest.mark.parametrize("kind", ["crf 26", "twice the frame rate"])
def test_an_honest_copy_is_not_doubted(part: Film, tmp_path: Path, kind: str) -> None:
    report = judged(part, COPIES[kind](part, tmp_path))
    assert report.failures == ()
    assert ("every frame stands in it 2 times" in report.notes) == (kind == "twice the frame rate")


def test_a_copy_without_colours_and_at_another_place_is_judged_by_its_light(part: Film, tmp_path: Path) -> None:
    report = judged(part, COPIES["grey and moved"](part, tmp_path))
    assert report.failures == ()
    assert {"its picture lies 1 px to the right and 1 px up", "it is grey"} < set(report.notes)
    assert "it is grey: nothing is said of its colours" in report.closing


def test_of_a_coarse_copy_what_noise_may_have_made_is_open_and_a_lie_is_wrong(part: Film, tmp_path: Path) -> None:
    honest = judged(part, COPIES["crf 35"](part, tmp_path))
    assert honest.failures == ()
    assert "it is coarse: what noise of " in honest.closing
    row = next(row for row in part.ledger.shown if row.kind == "readout" and row.spans[-1].state == "resting")
    left, top, right, bottom = map(round, row.spans[-1].samples[-1].box)

    def mirror(_: int, planes: Planes) -> None:
        planes[top:bottom, left:right] = planes[top:bottom, left:right][:, ::-1].copy()

    lie = judged(part, copied(part, tmp_path / "lie.mp4", crf=35, change=mirror))
    assert {"digits", "lettering"} <= {finding.check for finding in lie.failures}


@pytest.mark.proof
@pytest.mark.parametrize("change", [moved(2, 0), grey], ids=["moved", "grey"])
def test_what_happens_to_half_a_copy_is_named(network: Film, tmp_path: Path, change: Change) -> None:
    def half(shown: int, planes: Planes) -> None:
        if shown > network.ledger.video.frames // 2:
            change(shown, planes)

    assert judged(network, copied(network, tmp_path / "half.mp4", change=half)).failures


def test_a_lie_on_a_frame_that_a_copy_shows_once_more_is_named(part: Film, tmp_path: Path) -> None:
    (beat,) = part.ledger.beats
    at = (beat.hold + beat.last) // 2

    def flash(shown: int, planes: Planes) -> None:
        if shown == 2 * at + 1:
            planes[600:620, 100:140] = 200

    report = judged(part, copied(part, tmp_path / "flash.mp4", times=2, change=flash))
    assert {(finding.check, finding.frame) for finding in report.failures} == {("still", at)}


@pytest.mark.proof
def test_of_honest_copies_of_every_scene_none_is_doubted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tried, doubted = 0, []
    for clip, scene in STORYBOARD.items():
        folder = tmp_path / clip
        folder.mkdir()
        film = rendered(folder, scene, clip)
        for kind, made in COPIES.items():
            report, tried = judged(film, made(film, folder)), tried + 1
            doubted += [f"{clip}, {kind}: {report.failures[0].told}"] if report.failures else []
    with capsys.disabled():
        print(f"\n{len(doubted)} of {tried} honest copies doubted", *doubted, sep="\n")
    assert doubted == []
