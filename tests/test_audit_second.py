"""The second reader: what it reads, what it cannot read, and how both are told."""

from __future__ import annotations

import pytest
from audit_cases import film
from film_cases import Film

from studio.audit import second
from studio.audit.command import AuditOrder, run
from studio.audit.report import Report
from studio.audit.second import Reader, check_again, second_reader

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
    (finding,) = check_again(network.glance("readout", "readout of h"), lambda picture: said)
    assert (finding.error, finding.ok, finding.unsure) == (off, not off, False)
    assert bool(off) == ("the second reader reads" in finding.told)


@pytest.mark.parametrize("said", ["", "O.834", "one"])
def test_what_it_cannot_read_is_neither_right_nor_wrong_and_counted(network: Film, said: str) -> None:
    (finding,) = check_again(network.glance("readout", "readout of h"), lambda picture: said)
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
        assert run(AuditOrder([film("ToyChain")])) in (0, 1)  # 90 lines are too few to be read
    finally:
        second_reader.cache_clear()
    said = capsys.readouterr().out
    assert "no second reader: it comes with the extra 'audit'" in said
    assert "│ second reader" not in said
