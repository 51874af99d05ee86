"""The second reader: what it reads, what it cannot read, and how both are told."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from audit_cases import film
from film_cases import Film
from PIL import Image, ImageDraw, ImageFont

from studio.audit import second
from studio.audit.command import AuditOrder, run
from studio.audit.frames import Window
from studio.audit.report import Report
from studio.audit.second import Reader, Rgb, check_again, remembering, second_reader

pytestmark = pytest.mark.render


@pytest.fixture
def reader() -> Reader:
    found = second_reader()
    assert found is not None, "make test installs it"
    return found


@pytest.mark.parametrize("name", ["y", "h", "dL_dw2", "dL_dw1"])
def test_the_second_reader_reads_a_number_from_its_pixels_alone(network: Film, reader: Reader, name: str) -> None:
    (finding,) = check_again(network.glance("readout", f"readout of {name}"), reader)
    assert (finding.ok, finding.unsure, finding.error) == (True, False, 0.0)


@pytest.mark.parametrize(
    ("said", "off"), [("0.838", 1), ("0.843", 2), ("-0.834", 6), ("0.83", 1), ("(0.834)", 0), ("0.8 34", 0)]
)
def test_another_digit_or_sign_is_a_failure_and_brackets_or_gaps_are_not(network: Film, said: str, off: int) -> None:
    (finding,) = check_again(network.glance("readout", "readout of h"), lambda picture, place, contrast: said)
    assert (finding.error, finding.ok, finding.unsure) == (off, not off, False)
    assert bool(off) == ("the second reader reads" in finding.told)


@pytest.mark.parametrize("said", ["", "O.834", "one"])
def test_what_it_cannot_read_is_neither_right_nor_wrong_and_counted(network: Film, said: str) -> None:
    (finding,) = check_again(network.glance("readout", "readout of h"), lambda picture, place, contrast: said)
    assert (finding.ok, finding.unsure) == (True, True)
    report = Report(network.video, "TwoLayerNetwork", True, (), (finding, finding))
    assert report.summaries[0].verdict.plain == "ok, 2 not read"
    assert report.closing == "audited: 2 checks (2 of them could not be told), ok"
    assert report.plain()["checks"][0]["unsure"] == 2


def test_without_the_extra_the_audit_says_that_nobody_read_twice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    second_reader.cache_clear()
    monkeypatch.setattr(second, "find_spec", lambda name: None)
    try:
        assert run(AuditOrder([film("FanOut")])) in (0, 1)  # 90 lines are too few to be read
    finally:
        second_reader.cache_clear()
    said = capsys.readouterr().out
    assert "no second reader: it comes with the extra 'audit'" in said
    assert "│ second reader" not in said


def _written(digit: str, size: int, ink: int) -> Rgb:
    """Return a number with one digit of its own, on a dark ground."""
    image = Image.new("RGB", (4 * size, 2 * size), (28, 28, 28))
    ImageDraw.Draw(image).text((size // 2, size // 2), f"0.{digit}", fill=(ink,) * 3, font=ImageFont.load_default(size))
    return np.asarray(image)


@pytest.mark.parametrize(("size", "ink"), [(14, 200), (14, 90), (30, 200)])
def test_a_number_is_not_read_again_for_noise_but_for_any_other_digit(size: int, ink: int) -> None:
    asked: list[Rgb] = []
    rng, place = np.random.default_rng(size + ink), Window(0, 0, 4 * size, 2 * size)
    for one, other in permutations("0123456789", 2):
        read = remembering(lambda picture, place, contrast: str(asked.append(picture) or len(asked)))
        first = read(_written(one, size, ink), place, ink - 28.0)
        noise = rng.integers(0, max(1, (ink - 28) // 8), (2 * size, 4 * size, 3), dtype=np.uint8)
        assert read(_written(one, size, ink) + noise, place, ink - 28.0) == first
        assert read(_written(other, size, ink), place, ink - 28.0) != first, (one, other)


def test_a_faint_number_beside_something_bright_is_read_again_when_it_changes() -> None:
    asked: list[Rgb] = []
    read = remembering(lambda picture, place, contrast: str(asked.append(picture) or len(asked)))
    pictures = [_written(digit, 30, 60).copy() for digit in "38"]
    for picture in pictures:
        picture[:, :4] = 236  # a bar
    assert len({read(picture, Window(0, 0, 120, 60), 32.0) for picture in pictures}) == 2


def test_a_picture_smaller_than_a_patch_is_the_same_only_if_nothing_differs() -> None:
    asked: list[Rgb] = []
    read = remembering(lambda picture, place, contrast: str(asked.append(picture) or len(asked)))
    tiny, place = np.zeros((2, 9, 3), np.uint8), Window(0, 0, 9, 2)
    assert [read(picture, place, 200.0) for picture in (tiny, tiny.copy(), tiny + np.uint8(1))] == ["1", "1", "2"]
