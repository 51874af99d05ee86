"""Films with ribbons, slopes and areas: honest ones pass, every planted lie is found, in the ledger or the frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from audit_cases import wrong as wrong_claims
from dial_cases import Plain, edited, number_changed, of_the_other_sign, sized
from film_cases import Film, forged, wrong
from gear_film_cases import Forger, Lie
from push_cases import curve_film, scaled, train_film

from scenes.parts.film.ledger import SampleRow, ShownRow
from studio.audit.drawn import Facts, Piece
from studio.audit.kinds import pieces_of
from studio.audit.limits import STRICT

MAKERS: dict[str, Callable[..., Film]] = {"train": train_film, "curve": curve_film}


@pytest.fixture(autouse=True)
def scales() -> Iterator[None]:
    with scaled():
        yield


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Film]:
    return {name: made(tmp_path_factory.mktemp(name), 720, 30.0) for name, made in MAKERS.items()}


# -- honest films -----------------------------------------------------------------------------------------------------


@pytest.mark.render
@pytest.mark.parametrize("name", MAKERS)
def test_honest_films_are_right(films: dict[str, Film], name: str) -> None:
    findings = films[name].found(every=5)
    assert wrong(findings) == set()
    assert wrong_claims(films[name].ledger) == []
    assert {"lengths", "positions", "shapes", "signs", "edges"} <= {f.check for f in findings if "ribbon" in f.what}


@pytest.mark.render
@pytest.mark.parametrize("name", MAKERS)
def test_honest_films_are_right_in_a_light_draft(tmp_path: Path, name: str) -> None:
    assert wrong(MAKERS[name](tmp_path, 480, 15.0, "light").found(every=3)) == set()


@pytest.mark.render
def test_of_a_short_tangent_the_angle_is_known_as_well_as_its_farther_end(films: dict[str, Film]) -> None:
    """A run of 1 may be a few pixels: a hundredth of a pixel beside it is no turn that a frame can show."""
    film = films["curve"]
    (found,) = {f.limit for f in film.found(every=5) if f.what == "slope of square_in" and f.check == "directions"}
    assert np.radians(found) * 0.3 * film.facts.unit == pytest.approx(STRICT.length)


@pytest.mark.proof
@pytest.mark.parametrize(("name", "theme"), [("curve", "light"), ("train", "dark")])
def test_honest_films_are_right_in_full_size(tmp_path: Path, name: str, theme: str) -> None:
    assert wrong(MAKERS[name](tmp_path, 1080, 60.0, theme).found(every=12)) == set()


@pytest.mark.render
def test_an_honest_film_is_right_in_a_copy(films: dict[str, Film], tmp_path: Path) -> None:
    film = films["curve"]
    assert wrong(film.found(forged(film, tmp_path / "again.mp4", crf=30))) == set()


# -- lies in the ledger -----------------------------------------------------------------------------------------------


CLAIMS: dict[str, tuple[str, str, Callable[[Plain, Plain], object]]] = {
    "a ribbon of another thickness": ("train", "ribbon", lambda row, sample: sample.update(shown=0.3)),
    "a ribbon of another thickness behind": ("train", "ribbon", lambda row, sample: sample.update(reads=[0.9])),
    "a longer ribbon": ("train", "ribbon", lambda row, sample: row["sizes"].update(left=1.41)),
    "a ribbon of another scale": ("train", "ribbon", lambda row, sample: row["numbers"][0].update(scale=0.75)),
    "a ribbon somewhere else": ("train", "ribbon", lambda row, sample: sample.update(ends=[[100.0, 100.0]])),
    "an area of another width": ("train", "area", lambda row, sample: sample.update(shown=0.99)),
    "an area of another height": ("train", "area", lambda row, sample: sample.update(reads=[0.3])),
    "an area with another gap": ("train", "area", lambda row, sample: row["sizes"].update(gap=0.06)),
    "a slope of another rise": ("curve", "slope", lambda row, sample: sample.update(shown=1.0)),
    "a slope over another run": ("curve", "slope", lambda row, sample: row["sizes"].update(run=1.2)),
    "a slope without its axes": ("curve", "slope", lambda row, sample: row.update(axes=[])),
    "a slope at another point": ("curve", "slope", lambda row, sample: row.update(across="h_x")),
    "a shade over another run": ("curve", "slope_shade", lambda row, sample: row["sizes"].update(run=1.2)),
}


@pytest.mark.render
@pytest.mark.parametrize("lie", CLAIMS)
def test_a_ledger_that_lies_is_wrong(films: dict[str, Film], lie: str) -> None:
    name, kind, edit = CLAIMS[lie]
    found = wrong_claims(edited(films[name].ledger, kind, edit))
    assert ("geometry", kind) in {(finding.check, finding.what.split()[0]) for finding in found}


# -- lies in the frames -----------------------------------------------------------------------------------------------


def solid(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
    """A hollow thing filled with its ink."""
    body, ink, *others = pieces_of(row, sample, facts)
    assert len(body.points)
    return [body, Piece(np.concatenate([body.points, ink.points])), *others]


def wider(pixels: float) -> Lie:
    """An area that reaches farther to the right than its own bar."""

    def lie(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        body, ink, *bars = pieces_of(row, sample, facts)
        middle = sample.ends[0][0] + 5.0
        grown = [points + np.where(points[:, :1] > middle, [pixels, 0.0], 0.0) for points in (body.points, ink.points)]
        return [*map(Piece, grown), *bars]

    return lie


def tipped(degrees: float) -> Lie:
    """A slope whose tangent is turned about its point."""
    turn = np.radians(degrees)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])

    def lie(row: ShownRow, sample: SampleRow, facts: Facts) -> list[Piece]:
        level, tangent, *bar = pieces_of(row, sample, facts)
        point = np.array(sample.ends[0])
        return [level, Piece((tangent.points - point) @ matrix.T + point), *bar]

    return lie


LIES: dict[str, dict[str, tuple[Lie, str]]] = {
    "train": {
        "ribbon of dL_dz": (number_changed(1.0, role=1), "lengths"),
        "ribbon of dL_dh": (of_the_other_sign, "signs"),
        "area of x": (wider(1.0), "sides"),
        "area of h": (solid, "signs"),
        "area of moving_dL_dh": (number_changed(1.0, role=1), "lengths"),
        "ribbon of moving_dL_dx": (solid, "shapes"),
    },
    "curve": {
        "ribbon of square_out": (number_changed(2.0), "edges"),
        "ribbon of d_x": (number_changed(-1.0), "lengths"),
        "slope of tanh_slope": (number_changed(1.0), "lengths"),
        "slope of d_h1": (tipped(1.0), "directions"),
        "slope of square_in": (tipped(1.0), "directions"),
    },
    "again": {
        "slope of d_h1": (of_the_other_sign, "signs"),
        "slope_shade of tanh_slope": (of_the_other_sign, "signs"),
        "ribbon of square_out": (sized(turn=0.3), "edges"),
    },
}
NEAR = {
    "train": {"dial of h", "gate of local_2", "readout of local_3 '−1.167'"},
    "curve": {"slope_shade of d_h1", "slope_shade of tanh_slope"},
    "again": {"slope_shade of d_h1", "slope of tanh_slope", "curve of along_h2"},
}
"""What lies over or under a lie, or right beside it."""


@pytest.mark.render
@pytest.mark.parametrize("name", LIES)
def test_lies_in_the_frames_are_found_and_nothing_else_is(films: dict[str, Film], tmp_path: Path, name: str) -> None:
    film, planted = films["curve" if name == "again" else name], LIES[name]
    plan = Forger(film).plan({(what.split()[0], what): lie for what, (lie, _) in planted.items()})
    found = wrong(film.found_where(tmp_path / "lies.mp4", plan))
    missed = {(check, what) for what, (_, check) in planted.items()} - found
    assert not missed, found
    others = {what for check, what in found if not what.startswith("words") and check != "still"}
    assert others <= {*planted, *NEAR[name], "the rest of the frame"}, found
