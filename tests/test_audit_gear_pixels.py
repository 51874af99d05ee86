"""Wheels, spokes, bent arrows and angles in the pixels of real films: honest ones pass, every planted lie is named."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from dial_cases import number_changed, of_the_other_sign
from film_cases import Film, Picture, filmed, forged, rendered, wrong, wrong_as_read
from gear_film_cases import (
    Forger,
    Lie,
    Lies,
    beside,
    flipped,
    hollow,
    larger,
    not_there,
    reheaded,
    turned,
    turned_at_rim,
    upside_down,
)

from scenes.chain_rule_gears import ChainRuleGears
from scenes.parts.stage.motions import Appear
from studio.audit.finding import Finding

pytestmark = pytest.mark.render
LAST = 15  # frames at the end of a film, on which nothing moves


@pytest.fixture(scope="session")
def push(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return rendered(tmp_path_factory.mktemp("push"), "push_through_gears", "PushThroughGears")


@pytest.fixture(scope="session")
def turn(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return rendered(tmp_path_factory.mktemp("turn"), "chain_rule_gears", "ChainRuleGears")


def lying(film: Film, target: Path, lies: Lies) -> list[Finding]:
    """What is found in a copy on whose frames some things are drawn otherwise than they rest."""
    return film.found(forged(film, target, Forger(film).plan(lies)))


def lying_there(film: Film, target: Path, lies: Lies) -> list[Finding]:
    """The same, but that nothing is asked of frames on which nothing was changed."""
    return film.found_where(target, Forger(film).plan(lies))


def checks_of(findings: Iterable[Finding], what: str) -> set[str]:
    return {check for check, named in wrong(findings) if named == what}


def dimmed(film: Film, kind: str, name: str) -> int:
    """Which of the rests of a wheel is the one out of focus: its ring has another colour there than in the first."""
    row, first = film.rest(kind, name)
    spans = [span for span in row.spans if span.state == "resting"]
    ((nth, _),) = ((i, s) for i, s in enumerate(spans) if s.samples[0].colours != first.samples[0].colours)
    return nth


def test_an_honest_train_shows_everything_that_it_claims(push: Film) -> None:
    findings = push.found(every=40)
    assert wrong(findings) == set()
    checked = {"hub angles", "radii", "shapes", "lengths", "signs", "positions", "edges"}
    for kind, wanted in {
        "gear of": {"hub angles", "radii", "shapes", "positions", "signs"},
        "idler of": {"hub angles", "radii", "shapes", "positions"},
        "spoke of": {"lengths", "signs", "shapes", "positions"},
        "stave of": {"lengths", "signs", "shapes", "positions"},
        "tooth_push of": {"lengths", "shapes", "positions"},
        "sense of": {"signs", "shapes", "positions"},
    }.items():
        assert {finding.check for finding in findings if finding.what.startswith(kind)} >= wanted, kind
    assert {finding.check for finding in findings} >= checked


def test_every_lie_in_a_train_is_named_and_nothing_else_is(push: Film, tmp_path: Path) -> None:
    lies: Lies = {
        ("gear", "gear of dL_dh"): turned(0.05),
        ("idler", "idler of dL_dx"): turned(6.0),
        ("gear", "gear of dL_dL"): larger(1.0),
        ("gear", "gear of dL_dz"): hollow,
        ("spoke", "spoke of dL_dy"): number_changed(1.5),
        ("spoke", "spoke of dL_dh"): of_the_other_sign,
        ("sense", "sense of dL_dy"): flipped,
        ("stave", "stave of dL_dh"): number_changed(1.5),
        ("stave", "stave of dL_dL"): of_the_other_sign,
        ("tooth_push", "tooth_push of dL_dL"): number_changed(1.5),
    }
    findings = lying_there(push, tmp_path / "lies.mp4", lies)
    assert "hub angles" in checks_of(findings, "gear of dL_dh")
    assert "signs" in checks_of(findings, "gear of dL_dz")
    assert "shapes" in checks_of(findings, "idler of dL_dx")
    assert "radii" in checks_of(findings, "gear of dL_dL")
    assert "lengths" in checks_of(findings, "spoke of dL_dy")
    assert "signs" in checks_of(findings, "spoke of dL_dh")
    assert {"signs", "shapes"} <= checks_of(findings, "sense of dL_dy")
    assert {"lengths", "edges"} & checks_of(findings, "stave of dL_dh")
    assert "signs" in checks_of(findings, "stave of dL_dL")
    assert {"lengths", "edges"} & checks_of(findings, "tooth_push of dL_dL")
    near = {
        "spoke of dL_dL",
        "sense of dL_dL",
        "sense of dL_dh",
        "spoke of dL_dz",
        "symbol of dL_dL",
        "readout of dL_dL '1'",
        "words not_most 'not the most'",  # as the number, under a bar drawn the other way
        "idler of dL_dz",  # out of focus between teeth of a lit gear that should be solid, and is hollow
        "the rest of the frame",
    }
    assert {what for _, what in wrong_as_read(findings)} - near == {name for _, name in lies}


@pytest.mark.parametrize(
    ("kind", "lie", "check"),
    [
        ("idler", turned(0.4), "hub angles"),
        pytest.param("idler", beside(1.0), "positions", marks=pytest.mark.proof),
        pytest.param("idler", larger(1.0), "radii", marks=pytest.mark.proof),
        pytest.param("idler", not_there, "shapes", marks=pytest.mark.proof),
        pytest.param("gear", hollow, "signs", marks=pytest.mark.proof),
    ],
)
def test_a_wheel_out_of_focus_that_is_drawn_otherwise_is_named(
    push: Film, tmp_path: Path, kind: str, lie: Lie, check: str
) -> None:
    name = f"{kind} of dL_dz"
    assert check in Forger(push).checks_of(kind, name, dimmed(push, kind, name), lie, tmp_path / "dim.mp4")


def test_a_push_that_is_drawn_the_other_way_is_named(push: Film, tmp_path: Path) -> None:
    findings = lying_there(push, tmp_path / "lies.mp4", {("tooth_push", "tooth_push of dL_dL"): upside_down})
    assert "shapes" in checks_of(findings, "tooth_push of dL_dL")


def test_every_lie_while_x_moves_is_named_and_nothing_else_is(push: Film, tmp_path: Path) -> None:
    lies: Lies = {
        ("gear", "gear of moving_dL_dh"): larger(1.0),
        ("idler", "idler of moving_dL_dx"): beside(1.0),
        ("spoke", "spoke of moving_dL_dy"): number_changed(5.0),
        ("spoke", "spoke of moving_dL_dh"): of_the_other_sign,
    }
    edits = Forger(push).plan(lies, ("resting", "tracking"))
    findings = push.found_where(tmp_path / "moving.mp4", edits)
    assert "radii" in checks_of(findings, "gear of moving_dL_dh")
    assert "positions" in checks_of(findings, "idler of moving_dL_dx")
    assert "lengths" in checks_of(findings, "spoke of moving_dL_dy")
    assert "signs" in checks_of(findings, "spoke of moving_dL_dh")
    touched = {"idler of moving_dL_dz", "gear of moving_dL_dz", "gear of moving_dL_dy"}  # a rim grown into theirs
    assert {what for _, what in wrong_as_read(findings)} - touched == {name for _, name in lies}


def test_what_is_painted_on_the_body_of_a_gear_is_named(push: Film, tmp_path: Path) -> None:
    last, row = push.ledger.video.frames - 1, next(r for r in push.ledger.shown if r.name == "gear of dL_dy")
    x, y = (round(part) for part in row.spans[-1].samples[0].ends[0])

    def edit(rgb: Picture) -> None:
        rgb[y - 4 : y + 6, x + 40 : x + 46] = 150

    found = push.found_where(tmp_path / "spot.mp4", {frame: [edit] for frame in range(last - LAST, last + 1)})
    assert wrong_as_read(found) == {("nothing else", "the rest of the frame")}


@pytest.mark.proof
@pytest.mark.parametrize(("crf", "height"), [(23, None), (35, None), (23, 480)])
def test_an_honest_train_that_was_encoded_again_passes(
    turn: Film, push: Film, tmp_path: Path, crf: int, height: int | None
) -> None:
    for film in (turn, push):
        assert wrong(film.found()) == set()
        assert wrong(film.found(forged(film, tmp_path / f"{film.ledger.clip}.mp4", crf=crf, height=height))) == set()


@pytest.mark.proof
def test_a_gear_and_an_angle_that_turned_otherwise_are_named_and_so_is_the_ratio(turn: Film, tmp_path: Path) -> None:
    lies: Lies = {("gear", "gear of dL_dh"): turned(0.3), ("angle", "angle of turn_y"): reheaded}
    findings = lying(turn, tmp_path / "lies.mp4", lies)
    assert "hub angles" in checks_of(findings, "gear of dL_dh")
    assert "ratios" in checks_of(findings, "gear of dL_dh") | checks_of(findings, "idler of dL_dz")
    assert "shapes" in checks_of(findings, "angle of turn_y")


class Tiny(ChainRuleGears):
    """The first gear of a train, too small for teeth, while x turns."""

    def construct(self) -> None:
        self.arrange()
        with self.beat("turn_x", least=1.0):
            self.play(Appear(*self.train.wheels))
            self.rotate(self.sweep, 0.9 * self.clip.turns[0], run_time=1.0)  # not onto the next dash


def test_the_dashes_round_a_tiny_gear_turn_with_it_and_a_lie_about_them_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.yaml"
    chain = "{x: -9.29, stages: [softplus, relu], weights: {}, loss: none}"
    own.write_text(f"clips:\n  ChainRuleGears: {chain}\n", encoding="utf-8")
    monkeypatch.setenv("BACKGEAR_CONFIG", str(own))
    film = filmed(type("ChainRuleGears", (Tiny,), {}), tmp_path, 480, 15.0)
    name = "gear of dL_dx"
    _, rest = film.rest("gear", name)
    assert rest.samples[0].turned is not None
    assert rest.samples[0].angle is None
    assert wrong(film.found(every=3)) == set()
    forger = Forger(film)
    assert "hub angles" in forger.checks_of("gear", name, 0, turned(70.0), tmp_path / "less.mp4")  # of 81
    assert {"shapes", "hub angles"} & forger.checks_of("gear", name, 0, turned(0.0), tmp_path / "still.mp4")


@pytest.mark.proof
def test_every_small_turn_of_every_wheel_is_caught(push: Film, tmp_path: Path) -> None:
    wheels = [(r.kind, r.name) for r in push.ledger.shown if r.kind in ("gear", "idler") and not r.follows]
    for pixels in (-0.075, 0.075):  # a tenth of a degree of a small wheel: in a copy it is known to 0.05 pixels
        lie = turned_at_rim(pixels, least=0.05)
        for some in (wheels[::2], wheels[1::2]):
            findings = lying_there(push, tmp_path / "lies.mp4", dict.fromkeys(some, lie))
            assert {what for check, what in wrong(findings) if check == "hub angles"} == {name for _, name in some}


@pytest.mark.proof
def test_frames_of_a_turn_that_changed_places_are_named(turn: Film, tmp_path: Path) -> None:
    row = next(row for row in turn.ledger.shown if row.name == "gear of dL_dx")
    span = next(span for span in row.spans if span.state == "tracking")
    middle = (span.first + span.last) // 2
    swap = {middle: middle + 1, middle + 1: middle}
    copy = forged(turn, tmp_path / "swap.mp4", order=lambda index: swap.get(index, index))
    found = turn.found(copy, every=1)
    wheels = {finding.frame for finding in found if not finding.ok and finding.what.startswith("gear of")}
    assert wheels == {middle, middle + 1}
