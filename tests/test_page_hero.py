"""TwoLayerNetwork's hero frame, laid out for wide numbers and for German, with letters of one width."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from scenes.parts.page import (
    LABEL,
    NEAR,
    SPRING,
    Auto,
    Box,
    Column,
    Form,
    Layout,
    Leaf,
    Over,
    Pad,
    Region,
    RoomError,
    Row,
    Stations,
    between,
    lay_out,
    lay_out_all,
    on,
)

FRAME = Region(-6.4, -3.0, 6.4, 3.74)
ENGLISH = {
    "head": "One signal travels back",
    "legend": "this thick: 1",
    "sentence": "A push of 1 travels back from L. Each gate multiplies it by its slope.",
}
GERMAN = {
    "head": "Ein einziges Signal läuft durch das ganze Netz zurück",
    "legend": "Strichbreite für Schub 1",
    "sentence": "Vom Verlust L läuft ein Schub der Größe 1 zurück, und jedes Tor nimmt ihn mit seiner Steigung mal.",
}
USUAL = {"x": "0.342", "z": "0.285", "h": "0.934", "y": "−1.17"}
WIDE = {"x": "−123.456", "z": "−0.000285012", "h": "−1.234567e−12", "y": "−123456"}
SLOPES = {"w1": "1.2", "tanh": "0.305", "w2": "−0.8", "loss": "−1.17"}
WIDE_SLOPES = {"w1": "−123.456", "tanh": "4.21e−10", "w2": "−0.8125", "loss": "−1234.5"}


def text(name: str, said: str, high: float, lines: int = 1, like: str = "") -> Leaf:
    """Letters are 0.6 of their height wide; of several lines each is about as long."""
    wide = [len(said) * high * 0.6 / n + (n > 1) * high for n in range(1, lines + 1)]
    forms = [Form.fixed(w / 2, w / 2, high * 1.3, high * (0.3 + 1.75 * n)) for n, w in enumerate(wide)]
    return Leaf(name, *forms, like=like)


def hero(words: dict[str, str], pushes: dict[str, str], slopes: dict[str, str]) -> Box:
    tags = {name: text(f"slope {name}", f"× {said}", 0.225) for name, said in slopes.items()}
    plates = [Pad(tag, 0.14, 0.12, f"plate {name}") for name, tag in tags.items()]
    deltas = {name: float(said.replace("−", "-")) for name, said in pushes.items()} | {"L": 1.0}
    dials = [
        Over(
            Leaf(f"dial {name}", Form.fixed(0.44, 0.44, 0.44, 0.44)),
            Leaf(f"ribbon {name}", lambda scales, d=delta: Form.fixed(*[0.0] * 2, *[scales["push"] * abs(d) / 2] * 2)),  # type: ignore[misc]
        )
        for name, delta in deltas.items()
    ]
    numbers = [text(f"push {name}", f"dL/d{name} = {said}", 0.225) for name, said in pushes.items()]
    plots = [Leaf(f"plot {name}", Form.stretch((1.4, 2.4), (1.4, 2.6))) for name in slopes]
    titles = [text(f"title {name}", f"slope of {name}", 0.185, 2, like="titles") for name in slopes]
    return Column(
        Row(text("head", words["head"], 0.185), SPRING, text("legend", words["legend"], 0.185)),
        text("sentence", words["sentence"], 0.285, lines=2),
        Pad(
            Stations(
                between(*plates),
                NEAR,
                on(*dials),
                LABEL,
                on(*numbers, levels=2),
                NEAR,
                between(*plots),
                LABEL,
                between(*titles),
                gap=NEAR,
            ),
            grow=True,
        ),
    )


CASES = {
    "usual": (ENGLISH, USUAL, SLOPES),
    "wide": (ENGLISH, WIDE, WIDE_SLOPES),
    "German": (GERMAN, USUAL, SLOPES),
    "German and wide": (GERMAN, WIDE, WIDE_SLOPES),
}


def laid(case: str) -> Layout:
    return lay_out(hero(*CASES[case]), FRAME, {"push": Auto(most=0.5)})


@pytest.mark.parametrize("case", CASES)
def test_everything_has_its_place_and_nothing_overlaps(case: str) -> None:
    page = laid(case)
    own = {name: place for name, place in page.places.items() if not name.startswith(("ribbon", "plate"))}
    assert all(FRAME.holds(place.region, 1e-6) for place in page.places.values())
    for one, other in combinations(own.values(), 2):
        assert not one.region.meets(other.region, 1e-6), (one, other)


@pytest.mark.parametrize("case", CASES)
def test_dials_stand_evenly_on_one_line_and_plots_straight_under_their_gates(case: str) -> None:
    page = laid(case)
    dials = [page[f"dial {name}"] for name in "xzhyL"]
    steps = [b.x - a.x for a, b in pairwise(dials)]
    assert steps == pytest.approx([steps[0]] * 4)
    assert [dial.y for dial in dials] == pytest.approx([dials[0].y] * 5)
    for i, gate in enumerate(SLOPES):
        assert page[f"plate {gate}"].x == pytest.approx(dials[i].x + steps[0] / 2)
        assert page[f"plot {gate}"].x == pytest.approx(page[f"plate {gate}"].x)
        assert page[f"plot {gate}"].left == pytest.approx(page["plot w1"].left)
        assert page[f"plot {gate}"].down >= 1.4
    for name in USUAL:
        assert page[f"push {name}"].x == pytest.approx(page[f"dial {name}"].x)


def test_the_usual_numbers_stand_on_one_line_and_wide_ones_are_staggered() -> None:
    levels = {case: {round(laid(case)[f"push {name}"].y, 6) for name in USUAL} for case in CASES}
    assert {case: len(ys) for case, ys in levels.items()} == {"usual": 1, "wide": 2, "German": 1, "German and wide": 2}


def test_a_short_sentence_stands_on_one_line_and_a_german_one_on_two() -> None:
    assert {case: laid(case)["sentence"].form for case in CASES} == {
        "usual": 0, "wide": 0, "German": 1, "German and wide": 1
    }  # fmt: skip


def test_the_ribbon_is_as_thick_as_fits_and_one_scale_holds_for_all_variants() -> None:
    pages = {case: hero(*words) for case, words in CASES.items()}
    assert laid("usual").scales["push"] == 0.5
    scales = {page.scales["push"] for page in lay_out_all(pages, FRAME, {"push": Auto(most=0.5)}).values()}
    assert scales == {min(laid(case).scales["push"] for case in CASES)}
    assert max(scales) < 1e-4


def test_a_sentence_that_is_too_long_is_refused_with_the_length_that_would_do() -> None:
    words = GERMAN | {"sentence": GERMAN["sentence"] * 2}
    with pytest.raises(RoomError, match=r"^sentence too wide by \d\.\d\d; sentence may be 12\.80$"):
        lay_out(hero(words, USUAL, SLOPES), FRAME, {"push": Auto(most=0.5)})


def test_a_typed_scale_that_is_too_large_is_refused_with_the_one_that_would_do() -> None:
    with pytest.raises(RoomError, match="push 1 would do") as caught:
        lay_out(hero(*CASES["usual"]), FRAME, {"push": 5.0})
    assert caught.value.direction == "high"
    assert caught.value.names[0].startswith(("ribbon", "plot"))
