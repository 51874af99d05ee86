"""Travel: what goes to its place keeps its digits: on the stage, in the ledger and in the frames."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from audit_cases import wrong as wrong_claims
from dial_cases import DIAL, beside, film_of, put, stated
from film_cases import Film, forged, retyped, together, wrong
from gear_film_cases import Forger
from quantity_cases import quantity
from stage_cases import dry_run, refusal

from scenes.parts.film.ledger import Ledger, ShownRow, SpanRow, parse_ledger
from scenes.parts.stage.motions import Appear, Unfold, Vanish
from scenes.parts.stage.stage import Stage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import CARD, LABEL, NAME, VALUE
from scenes.parts.things.area import area
from scenes.parts.things.dial import Dial, dial
from scenes.parts.things.part import Part
from scenes.parts.things.readout import Readout

CLIP = "PushThroughGears"
Plain = dict[str, Any]


@pytest.fixture(autouse=True)
def scales() -> Iterator[None]:
    with stated():
        yield


def number(stage: Stage, name: str, x: float, y: float, **how: Any) -> Readout:
    return stage.pen.readout(name, height=how.pop("height", VALUE), **how).at(x, y)


def spans(rows: tuple[ShownRow, ...], state: str) -> list[tuple[ShownRow, SpanRow]]:
    return [(row, span) for row in rows for span in row.spans if span.state == state]


# -- on the stage -----------------------------------------------------------------------------------------------------


def test_a_number_sets_out_with_its_digits_on_the_digits_that_it_comes_from() -> None:
    def check(stage: Stage) -> None:
        old = number(stage, "y", -3.0, 0.0, form="equation", height=NAME)
        new = number(stage, "y", 3.0, 1.0)
        stage.play(Appear(old))
        travel = Travel(new, from_=old)
        list(travel.find_ways(stage.standing, []))
        way = travel.ways[id(new)]
        size, offset = way.at(0.0)
        assert size == pytest.approx(NAME / VALUE)
        right = old.get_right()[0]
        digits = size * new.submobjects[0].points - size * new.offset + offset
        assert digits[:, 0].max() == pytest.approx(right)
        assert way.at(1.0)[0] == 1.0
        assert way.at(1.0)[1] == pytest.approx(new.offset)

    dry_run(CLIP, check)


def test_the_ledger_says_text_value_place_and_size_of_every_frame_of_a_travel() -> None:
    def travels(stage: Stage) -> None:
        old, new = number(stage, "y", -3.0, 0.0, height=CARD), number(stage, "y", 3.0, 1.0)
        stage.play(Appear(old))
        stage.play(Travel(new, from_=old))
        assert old not in stage.standing

    stage = dry_run(CLIP, travels, frame_rate=10.0)
    ((row, span),) = spans(stage.record.rows(), "travelling")
    assert [sample.frame for sample in span.samples] == list(range(span.first, span.last + 1))
    assert {sample.text for sample in span.samples} == {stage.pen.formatter.text(stage.quantities["y"])}
    assert {sample.value.number for sample in span.samples if sample.value} == {stage.quantities["y"].number}
    sizes, lefts = [s.size for s in span.samples], [s.box[0] for s in span.samples]
    assert sizes[0] == pytest.approx(CARD / VALUE)
    assert sizes == sorted(sizes, reverse=True)
    assert lefts == sorted(lefts)
    assert row.height == VALUE


def test_a_copy_leaves_what_it_comes_from_and_so_does_what_leaves_a_dial() -> None:
    def check(stage: Stage) -> None:
        old, part = number(stage, "y", -3.0, 0.0), dial(stage.pen, "z")
        face = put(stage, part, 0.0, -2.0)
        stage.play(Appear(old, *face))
        stage.play(Travel(number(stage, "y", 3.0, 1.0), from_=old, copy=True))
        stage.play(Travel(number(stage, "z", 3.0, 0.0), from_=face[0]))
        assert {old, *face} <= set(stage.standing)

    dry_run(CLIP, check)


def test_what_stays_moves_as_far_as_two_places_lie_apart() -> None:
    def check(stage: Stage) -> None:
        here, there = dial(stage.pen, "z"), dial(stage.pen, "h")
        shown = put(stage, here, -4.0, 1.0)
        put(stage, there, -1.0, -1.0)
        stage.play(Appear(*shown))
        stage.play(Travel(*shown, along=(here, there)))
        assert shown[0].offset == pytest.approx([3.0, -2.0, 0.0])
        assert all(one.fault() is None for one in shown)

    dry_run(CLIP, check)


def test_a_way_bends_round_a_text_and_two_that_set_out_together_keep_apart() -> None:
    def check(stage: Stage) -> None:
        old, wall = number(stage, "y", -3.0, 0.0), number(stage, "L", 0.0, 0.0)
        stage.play(Appear(old, wall))
        travel = Travel(number(stage, "y", 3.0, 0.0), from_=old)
        stage.play(travel)
        (way,) = travel.ways.values()
        assert way.aside != (0.0, 0.0)
        up, down = number(stage, "z", -3.0, 2.0), number(stage, "h", 3.0, 2.0)
        stage.play(Appear(up, down))
        crossing = Travel(number(stage, "z", 3.0, 2.0), number(stage, "h", -3.0, 2.0), from_=[up, down])
        stage.play(crossing)
        assert sum(way.aside != (0.0, 0.0) for way in crossing.ways.values()) == 1

    dry_run(CLIP, check)


def test_where_no_way_is_free_a_number_fades_in_at_its_place() -> None:
    def check(stage: Stage) -> None:
        old = number(stage, "y", -3.0, 0.0)
        wall = [number(stage, "L", 0.0, 0.2 * i - 5.0) for i in range(50)]
        stage.play(Appear(old, *wall))
        new = number(stage, "y", 3.0, 0.0)
        stage.play(Travel(new, from_=old))
        assert [span.state for entry in stage.record.entries if entry.shown is new for span in entry.spans] == [
            "entering"
        ]
        assert new in stage.standing
        assert old not in stage.standing

    dry_run(CLIP, check)


def test_what_stays_has_to_have_a_way_or_the_text_across_it_is_named() -> None:
    def check(stage: Stage) -> None:
        here, there = dial(stage.pen, "z"), dial(stage.pen, "h")
        shown = put(stage, here, -4.0, 0.0)
        put(stage, there, 4.0, 0.0)
        stage.play(Appear(*shown, *(number(stage, "L", 0.0, 0.2 * i - 5.0) for i in range(50))))
        stage.play(Travel(*shown, along=(here, there)))

    code, said = refusal(CLIP, check)
    assert code == 2
    assert "symbol of z" in said
    assert "has no way to its place but over readout of L" in said


def test_a_text_that_leaves_meanwhile_is_in_nobodys_way() -> None:
    def check(stage: Stage) -> None:
        old, wall = number(stage, "y", -3.0, 0.0), number(stage, "L", 0.0, 0.0)
        stage.play(Appear(old, wall))
        travel = Travel(number(stage, "y", 3.0, 0.0), from_=old)
        stage.play(Vanish(wall), travel)
        assert [way.aside for way in travel.ways.values()] == [(0.0, 0.0)]

    dry_run(CLIP, check)


# -- refused ----------------------------------------------------------------------------------------------------------


def from_another_number(stage: Stage) -> None:
    old = number(stage, "z", -3.0, 0.0)
    stage.play(Appear(old))
    stage.play(Travel(number(stage, "y", 3.0, 0.0), from_=old))


def from_other_digits(stage: Stage) -> None:
    old = number(stage, "y", -3.0, 0.0, full=True)
    stage.play(Appear(old))
    stage.play(Travel(number(stage, "y", 3.0, 0.0), from_=old))


def from_nowhere(stage: Stage) -> None:
    stage.play(Travel(number(stage, "y", 3.0, 0.0), from_=number(stage, "y", -3.0, 0.0)))


def from_a_dial_to_a_dial_of_another_value(stage: Stage) -> None:
    one, other = (put(stage, dial(stage.pen, name), x, 0.0)[0] for name, x in (("z", -3.0), ("h", 3.0)))
    stage.play(Appear(one))
    stage.play(Travel(other, from_=one))


def with_no_place_to_come_from(stage: Stage) -> None:
    stage.play(Travel(number(stage, "y", 3.0, 0.0)))


def two_from_three(stage: Stage) -> None:
    olds = [number(stage, "y", x, 0.0) for x in (-4.0, -2.0, 0.0)]
    stage.play(Appear(*olds))
    stage.play(Travel(number(stage, "y", 3.0, 0.0), number(stage, "y", 5.0, 0.0), from_=olds))


def number_that_changes_while_it_travels(stage: Stage) -> None:
    class Swindle(Travel):
        def show(self, shown: Any, share: float) -> None:
            super().show(shown, share)
            if share > 0.5:
                shown.submobjects[0].points = shown.submobjects[0].points * [1.0, 1.1, 1.0]

    old = number(stage, "y", -3.0, 0.0)
    stage.play(Appear(old))
    stage.play(Swindle(number(stage, "y", 3.0, 0.0), from_=old))


def number_that_stays_larger_than_it_says(stage: Stage) -> None:
    shown = number(stage, "y", 3.0, 0.0)
    stage.play(Appear(shown))
    shown.stand(1.2, shown.offset)
    stage.play(Appear(number(stage, "z", 0.0, 0.0)))


def dial_that_grows_on_its_way(stage: Stage) -> None:
    class Swindle(Travel):
        def show(self, shown: Any, share: float) -> None:
            shown.stand(1.0 + share / 2, shown.offset)

    here, there = dial(stage.pen, "z"), dial(stage.pen, "h")
    shown = put(stage, here, -4.0, 1.0)
    put(stage, there, -1.0, -1.0)
    stage.play(Appear(*shown))
    stage.play(Swindle(*shown[:1], along=(here, there)))


REFUSED = {
    from_another_number: "readout of z cannot travel to readout of y: they do not show the same",
    from_other_digits: "cannot travel to readout of y",
    from_nowhere: "nothing can come from readout of y, which does not stand on the stage",
    from_a_dial_to_a_dial_of_another_value: "they do not show the same",
    with_no_place_to_come_from: "1 things cannot come from 0",
    two_from_three: "2 things cannot come from 3",
    number_that_changes_while_it_travels: "its outline is not the one that its value gives",
    number_that_stays_larger_than_it_says: "it is not as large as it was built, and not on its way",
    dial_that_grows_on_its_way: "dial of z",
}


@pytest.mark.parametrize("lie", REFUSED, ids=lambda lie: lie.__name__)
def test_a_lie_in_a_storyboard_ends_the_render(lie: Callable[[Stage], None]) -> None:
    code, said = refusal(CLIP, lie)
    assert code == 1
    assert REFUSED[lie] in said


# -- films ------------------------------------------------------------------------------------------------------------


def board(stage: Stage) -> None:
    """A title that shrinks to a head, a number out of a dial, one that goes on, a dial that moves."""
    pen = stage.pen
    big = pen.words("title", height=CARD, style="bold").at(-3.0, 1.0)
    head = pen.words("title", height=LABEL, style="bold", colour="quiet").at(-6.0, 3.4)
    here, there = dial(pen, "z"), Part("there", *dial(pen, "z").forms, draw=lambda *_: ())
    face = put(stage, here, -5.0, -1.5)
    put(stage, there, -3.0, -2.0)
    first, second = number(stage, "z", -2.0, 0.0), number(stage, "z", 4.0, -1.0, height=NAME)
    stage.play(Appear(big, *face))
    stage.play(Travel(head, from_=big))
    stage.play(Travel(first, from_=face[0]))
    stage.play(Travel(second, from_=first, copy=True), Travel(*face, along=(here, there)))
    with stage.beat("ask", least=1.4):
        pass


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return film_of(board, tmp_path_factory.mktemp("travel"), 720, 10.0)


@pytest.mark.render
def test_an_honest_travel_is_measured_on_its_way(film: Film) -> None:
    findings = film.found()
    assert wrong(findings) == set()
    assert wrong_claims(film.ledger) == []
    frames = {f for _, span in spans(film.ledger.shown, "travelling") for f in range(span.first, span.last + 1)}
    looked = {(f.check, f.what.split()[0]) for f in findings if f.frame in frames}
    assert {("digits", "readout"), ("lettering", "words"), ("angles", "dial")} <= looked


@pytest.mark.render
@pytest.mark.parametrize(("lines", "rate", "theme"), [(480, 15.0, "light"), (1080, 30.0, "dark")])
def test_an_honest_travel_passes_in_other_sizes(lines: int, rate: float, theme: str, tmp_path: Path) -> None:
    assert wrong(film_of(board, tmp_path, lines, rate, theme).found()) == set()


def changed(ledger: Ledger, kind: str, edit: Callable[[Plain], object]) -> Ledger:
    """A ledger in which the samples of the last travel of a kind are changed."""
    plain = copy.deepcopy(ledger.model_dump(mode="json"))
    travels = [s for row in plain["shown"] if row["kind"] == kind for s in row["spans"] if s["state"] == "travelling"]
    for sample in travels[-1]["samples"]:
        edit(sample)
    return parse_ledger(json.dumps(plain), "a forged ledger")


def other_text(sample: Plain) -> None:
    sample["text"] = sample["script"] = "1.21"


def other_value(sample: Plain) -> None:
    sample["value"] = {"repr": "1.25", "hex": (1.25).hex()}


def moved_box(sample: Plain) -> None:
    sample["box"] = [sample["box"][0], sample["box"][1] + 3, sample["box"][2], sample["box"][3] + 3]


def moved_end(sample: Plain) -> None:
    sample["ends"] = [[x, y + 3] for x, y in sample["ends"]]


@pytest.mark.render
@pytest.mark.parametrize(("edit", "check"), [(other_text, "texts"), (other_value, "values")])
def test_a_ledger_whose_number_changes_on_its_way_is_wrong(
    film: Film, edit: Callable[[Plain], None], check: str
) -> None:
    assert check in {finding.check for finding in wrong_claims(changed(film.ledger, "readout", edit))}


@pytest.mark.render
def test_a_ledger_in_which_something_rests_at_another_size_or_travels_without_places_is_wrong(film: Film) -> None:
    plain = film.ledger.model_dump(mode="json")
    for state, lie in (("resting", "size"), ("travelling", "samples")):
        forgery = copy.deepcopy(plain)
        row = next(row for row in forgery["shown"] if row["name"] == "readout of z")
        span = next(span for span in row["spans"] if span["state"] == state)
        if lie == "size":
            span["samples"][0]["size"] = 1.1
        else:
            del span["samples"][3]
        assert {f.check for f in wrong_claims(parse_ledger(json.dumps(forgery), "forged"))} == {"timeline"}


@pytest.mark.render
@pytest.mark.parametrize(("kind", "edit"), [("readout", moved_box), ("words", moved_box), ("dial", moved_end)])
def test_a_ledger_whose_path_is_moved_is_wrong_in_the_pixels(
    film: Film, kind: str, edit: Callable[[Plain], None]
) -> None:
    found = wrong(Film(film.video, changed(film.ledger, kind, edit)).found())
    assert kind in {what.split()[0] for _, what in found}


@pytest.mark.render
def test_a_number_that_stands_elsewhere_or_reads_otherwise_on_its_way_is_named(film: Film, tmp_path: Path) -> None:
    row, span = next((r, s) for r, s in reversed(spans(film.ledger.shown, "travelling")) if r.kind == "readout")
    lies = [(s, retyped(film, row, s, "1.60")) for s in span.samples[3:]]
    assert span.samples[0].text == "1.20"
    plan = {sample.frame: [edit] for sample, edit in lies}
    found = film.found(forged(film, tmp_path / "typed.mp4", plan))
    assert ("digits", "readout of z '1.20'") in wrong(found)
    frames = Forger(film)._edit
    shifted = together({s.frame: [frames(s.frame, row, beside(4.0))] for s in span.samples[3:]})
    assert ("lettering", "readout of z '1.20'") in wrong(film.found(forged(film, tmp_path / "aside.mp4", shifted)))


# -- coming to stand --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [1.2, -0.4, 1e-200, 0.0])
def test_a_dial_turns_from_nothing_to_its_value_where_it_stands(value: float) -> None:
    def check(stage: Stage) -> None:
        shown = Dial([(quantity(value), DIAL)], origin=(1.0, 2.0), theme=stage.theme, colour="#FFFFFF")
        shown.shift(np.array([0.5, -1.0, 0.0]))
        motion = Unfold(shown)
        motion.begin()
        turns = []
        for alpha in (0.25, 0.5, 0.75, 1.0):
            motion.interpolate(alpha)
            turns.append(abs(shown.reading().value or 0.0))
        assert turns == sorted(turns)
        assert turns[1] <= abs(value) * 0.6
        assert shown.fault() is None
        assert shown.offset == pytest.approx([0.5, -1.0, 0.0])

    dry_run(CLIP, check)


def test_letters_that_unfold_fade_in_and_a_number_comes_out_of_its_dial_under_the_name() -> None:
    def check(stage: Stage) -> None:
        face, name = put(stage, dial(stage.pen, "z"), 1.0, 2.0)
        assert name.mouth[1] > face.mouth[1] + NAME / 2
        stage.play(Unfold(face, name))
        assert [span.state for entry in stage.record.entries for span in entry.spans] == ["entering"] * 2
        assert all(piece.shown == 1.0 for piece in name.submobjects)

    dry_run(CLIP, check)


@pytest.mark.render
def test_a_number_that_comes_out_of_an_area_of_its_own_colour_is_read_beside_it(tmp_path: Path) -> None:
    def passes(stage: Stage) -> None:
        part = area(stage.pen, "dL_dw1", "x", "dL_dz", scale="ribbon")
        square, sides, value, back, product = put(stage, part, 0.0, 0.0)
        stage.play(Appear(square, sides, value, back))
        stage.play(Travel(product, from_=sides))
        with stage.beat("ask", least=1.4):
            pass

    assert wrong(film_of(passes, tmp_path, 720, 20.0).found(every=2)) == set()
