"""The clip is played again: a lie on which film and ledger agree differs from what the stage shows."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import av
import pytest
from audit_cases import Edit, Plain, film, forged, honest, sample, value
from command_cases import ROOT, manim, quick_settings
from test_audit_custody import digest

import studio.audit.command as module
from scenes.parts.film.film_file import FilmFileError, finish_mp4
from scenes.parts.film.finish import chapters_of
from scenes.parts.film.ledger import LedgerError, ledger_text, parse_ledger, read_ledger
from scenes.parts.film.played import Frames, Played
from studio.again import Replay
from studio.audit.beside import check_beside
from studio.audit.bounds import check_bounds
from studio.audit.command import AuditOrder, audit, run
from studio.audit.custody import found as located
from studio.audit.custody import settings_of
from studio.audit.finding import Finding
from studio.audit.provisos import provisos
from studio.audit.reenact import MOST_TOLD, another_version, check_reenacted
from studio.workers import Answer, Workers

pytestmark = pytest.mark.render
NET, CHAIN = "TwoLayerNetwork", "ToyChain"


@cache
def played(clip: str) -> Played:
    """What the stage shows of the settings in the ledger of a clip's film."""
    ledger = honest(clip)
    frames = Frames.of(ledger)
    assert frames is not None
    with Replay(ledger, frames) as replay:
        found = replay.played()
    assert isinstance(found, Played), found
    return found


def found(clip: str, edit: Edit) -> list[str]:
    """What the re-enactment says of a ledger in which something is changed."""
    return [finding.said for finding in check_reenacted(forged(clip, edit), played(clip)) if not finding.ok]


def rows(plain: Plain, kind: str, of: str = "") -> list[Plain]:
    """The rows of a kind, or of those that show a quantity or say a key."""
    return [row for row in plain["shown"] if row["kind"] == kind and (not of or of in (row["quantity"], row["key"]))]


def standing(row: Plain) -> Plain:
    """The first rest of a thing."""
    return next(span for span in row["spans"] if span["state"] == "resting")  # type: ignore[no-any-return]


# -- honest ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("clip", [NET, CHAIN])
def test_an_honest_film_shows_what_its_clip_shows_when_it_is_played_again(clip: str) -> None:
    (finding,) = check_reenacted(honest(clip), played(clip))
    assert finding.ok
    assert (honest(clip).beats, honest(clip).shown) == (played(clip).beats, played(clip).shown)


def test_a_part_of_a_clip_in_another_theme_and_shape_is_played_again_as_that_part(tmp_path: Path) -> None:
    settings = quick_settings(tmp_path)
    text = settings.read_text(encoding="utf-8").replace("theme: dark", "theme: light")
    settings.write_text(text, encoding="utf-8")
    size = ("--resolution", "120,90", "--frame_rate", "7.5", "-n", "3,12")
    done = manim(tmp_path, "two_layer_network", *size, NET, config=settings)
    assert done.returncode == 0, done.stderr
    video = next(tmp_path.glob(f"media/videos/*/*/{NET}*.mp4"))  # beside the whole film
    ledger = read_ledger(video.with_suffix(".ledger.json"))
    assert (ledger.partial, ledger.plays, ledger.settings["theme"]) == (True, (3, 12), "light")
    frames = Frames.of(ledger)
    assert frames is not None
    with Replay(ledger, frames) as replay:
        (finding,) = check_reenacted(ledger, replay.played())
    assert finding.ok
    whole = replace(frames, plays=None)
    with Replay(ledger, whole) as replay:
        (finding,) = check_reenacted(ledger, replay.played())
    assert f"it would have more than {frames.most} frames" in finding.said


def test_the_last_digits_of_another_machine_are_no_lie() -> None:
    def edit(plain: Plain) -> None:
        claimed = sample(plain, "readout", "y")
        claimed["box"][0] += 0.001
        claimed["value"] = value(float(claimed["value"]["repr"]) * (1 + 2**-52))

    assert found(NET, edit) == []


# -- forged: film and ledger together --------------------------------------------------------------------------------


def swap_two_numbers(plain: Plain) -> None:
    one, other = (standing(rows(plain, "readout", name)[0])["samples"][0] for name in ("dL_dw1", "dL_dw2"))
    one["box"], other["box"] = other["box"], one["box"]


def turn_an_axis(plain: Plain) -> None:
    row = next(row for row in plain["shown"] if row["axes"])
    row["axes"][0] = [row["axes"][0][0], row["axes"][0][2], row["axes"][0][1]]


def turn_an_arrow(plain: Plain) -> None:
    claimed = standing(rows(plain, "ribbon", "dL_dy")[0])["samples"][0]
    claimed["ends"] = claimed["ends"][::-1] if len(claimed["ends"]) > 1 else [[10.0, 10.0]]
    claimed["shown"] = -(claimed["shown"] or 1.0)


def add_instead_of_multiplying(plain: Plain) -> None:
    for row in rows(plain, "sign"):
        for span in row["spans"]:
            for claimed in span["samples"]:
                claimed["text"] = claimed["text"].replace("times", "+")


def say_smaller_for_larger(plain: Plain) -> None:
    texts = [each for row in rows(plain, "words") for span in row["spans"] for each in span["samples"]]
    lies = [claimed for claimed in texts if "larger" in claimed["text"]]
    assert lies, "no sentence says which is larger"
    for claimed in lies:
        claimed["text"] = claimed["text"].replace("larger", "smaller")


def declare_a_number_decor(plain: Plain) -> None:
    plain["shown"].append({**rows(plain, "decor")[0], "spans": rows(plain, "readout", "y")[0]["spans"][:1]})


def let_a_number_enter_for_ever(plain: Plain) -> None:
    row = rows(plain, "readout", "L")[0]
    first, last = row["spans"][0]["first"], row["spans"][-1]["last"]
    row["spans"] = [{"state": "entering", "first": first, "last": last, "samples": []}]


def leave_a_row_out(plain: Plain) -> None:
    plain["shown"].remove(rows(plain, "sign")[3])


def say_a_key_of_pythons_own(plain: Plain) -> None:
    row = rows(plain, "words", "title")[0]
    row["key"] = row["name"] = "__class__.__basicsize__"


def colour_a_number(plain: Plain) -> None:
    sample(plain, "readout", "dL_dw1")["colours"] = ["#00FF00"]


def lay_one_thing_over_another(plain: Plain) -> None:
    plain["shown"][0], plain["shown"][9] = plain["shown"][9], plain["shown"][0]


def rename_a_quantity(plain: Plain) -> None:
    rows(plain, "symbol", "z")[0]["quantity"] = "y"


def stretch_a_scale(plain: Plain) -> None:
    rows(plain, "ribbon")[0]["scale"] *= 1.25


def make_a_rest_longer(plain: Plain) -> None:
    plain["beats"][0]["hold"] -= 1


def show_nothing(plain: Plain) -> None:
    plain["shown"] = []


def change_the_ground(plain: Plain) -> None:
    plain["video"]["background"] = "#000011"


FORGED: dict[str, tuple[Edit, str]] = {
    "two numbers change places": (swap_two_numbers, "readout of dL_dw1: on frame"),
    "an axis upside down": (turn_an_axis, "axes: the film says"),
    "an arrow the other way": (turn_an_arrow, "ribbon of dL_dy: on frame"),
    "a sum for a product": (add_instead_of_multiplying, "text: the film says '+', re-enacted it is 'times'"),
    "smaller for larger": (say_smaller_for_larger, "smaller"),
    "a number as decor": (declare_a_number_decor, "decor: it stands on no honest film"),
    "entering for ever": (let_a_number_enter_for_ever, "readout of L: state: the film says 'entering from frame"),
    "a row left out": (leave_a_row_out, "sign: the ledger has no row of it"),
    "a key of Python's own": (say_a_key_of_pythons_own, "__class__.__basicsize__: it stands on no honest film"),
    "another colour": (colour_a_number, "colours: the film says ('#00FF00',), re-enacted it is"),
    "another order": (lay_one_thing_over_another, "it lies over or under other things"),
    "another quantity": (rename_a_quantity, "symbol of z: it stands on no honest film"),
    "another scale": (stretch_a_scale, "scale: the film says"),
    "a beat that holds longer": (make_a_rest_longer, "hold: the film says"),
    "an empty ledger": (show_nothing, "the ledger has no row of it"),
    "another ground": (change_the_ground, "background: the film says '#000011'"),
}


@pytest.mark.parametrize(("edit", "said"), FORGED.values(), ids=FORGED)
def test_what_film_and_ledger_agree_on_is_found_and_named(edit: Edit, said: str) -> None:
    told = found(NET, edit)
    assert any(said in line for line in told), told
    assert len(told) <= MOST_TOLD + 1
    assert all(len(line) < 300 and line.isprintable() for line in told)


def test_a_place_is_compared_to_a_thousandth_of_a_pixel_and_a_value_to_four_last_places() -> None:
    def move(plain: Plain) -> None:
        sample(plain, "readout", "y")["box"][0] += 0.0021

    def bend(plain: Plain) -> None:
        claimed = sample(plain, "readout", "y")
        claimed["value"] = value(float(claimed["value"]["repr"]) * (1 + 2**-49))

    assert "box: the film says" in found(NET, move)[0]
    assert "value: the film says" in found(NET, bend)[0]


def test_one_row_left_out_is_one_line_although_twenty_others_have_its_name() -> None:
    assert len(found(NET, leave_a_row_out)) == 1


def test_every_row_changed_is_ten_lines_and_a_count() -> None:
    def edit(plain: Plain) -> None:
        for row in plain["shown"]:
            row["stroke"] = 17.0

    told = found(NET, edit)
    assert len(told) == MOST_TOLD + 1
    assert told[-1] == f"and {len(honest(NET).shown) - MOST_TOLD} more differences"


# -- the command -----------------------------------------------------------------------------------------------------


def with_ledger(folder: Path, clip: str, edit: Edit) -> Path:
    """A film that holds a forged ledger, and the ledger beside it."""
    ledger, target = forged(clip, edit), folder / f"{clip}.mp4"
    text = ledger_text(ledger)
    with (
        av.open(str(film(clip))) as given,
        av.open(str(target), "w", options={"movflags": "use_metadata_tags"}) as made,
    ):
        made.metadata.update({"title": str(ledger.settings["clip"]["words"]["title"]), "backgear_ledger": text})
        stream = made.add_stream_from_template(given.streams.video[0])
        for packet in given.demux(given.streams.video[0]):
            if packet.dts is not None:
                packet.stream = stream
                made.mux(packet)
    target.with_suffix(".ledger.json").write_text(text, encoding="utf-8")
    return target


@pytest.fixture
def no_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Frames on which all is right: what is to be found is found without them."""

    def checks(*_: Any, **__: Any) -> Iterator[Finding]:
        yield Finding("digits", "readout of y", 12, None, 0.2, 0.6, "", True, "")

    monkeypatch.setattr(module, "checks", checks)


def let(answer: Played | str) -> Callable[..., Replay]:
    """A stand-in for the process that plays the clip again."""

    class Known(Replay):
        def __init__(self, *_: Any) -> None:
            pass

        def __exit__(self, *_: Any) -> None:
            pass

        def played(self) -> Played | str:
            return answer

    return Known


def test_an_honest_film_is_re_enacted_and_the_verdict_needs_no_proviso(no_pixels: None) -> None:
    report = audit(film(NET), again=Replay)
    assert report.ok
    assert [finding.what for finding in report.findings if finding.check == "re-enacted"]
    assert report.closing.endswith(", ok")


def test_a_film_whose_ledger_lies_as_it_does_fails(no_pixels: None, tmp_path: Path) -> None:
    video = with_ledger(tmp_path, NET, let_a_number_enter_for_ever)
    assert "re-enacted" in {failure.check for failure in audit(video, again=let(played(NET))).failures}
    assert "re-enacted" not in {failure.check for failure in audit(video).failures}


def test_without_a_stage_the_verdict_says_that_nothing_was_re_enacted(no_pixels: None) -> None:
    assert audit(film(NET)).closing.endswith("ok (not re-enacted: nobody asked for it)")


@pytest.mark.parametrize("field", ["core_digest", "scenes_digest"])
def test_another_version_is_said_and_judged_as_before(field: str, no_pixels: None, tmp_path: Path) -> None:
    video = with_ledger(tmp_path, NET, lambda plain: plain.update({field: "0" * 64}))
    report = audit(video, again=let("it must not be played"))
    assert report.ok
    room = field.removesuffix("_digest")
    assert report.closing.endswith(f"ok (not re-enacted: made with another version of the {room})")


def test_another_typesetter_is_another_version_and_another_numpy_is_none() -> None:
    assert another_version(forged(NET, lambda plain: plain["versions"].update(numpy="9.9"))) == ""
    assert "typst" in another_version(forged(NET, lambda plain: plain["versions"].update(typst="9.9")))


def test_settings_with_which_there_is_no_such_film_are_a_finding(no_pixels: None) -> None:
    report = audit(film(NET), again=let("the layout does not fit"))
    (failure,) = report.failures
    assert failure.said == "with these settings there is no such film: the layout does not fit"


def test_a_process_that_ends_is_a_finding_and_no_crash(monkeypatch: pytest.MonkeyPatch, no_pixels: None) -> None:
    answer = {"failure": "the process ended with exit code -24"}
    monkeypatch.setattr(Workers, "one", lambda workers, task: Answer(task, **answer))
    (failure,) = audit(film(NET), again=Replay).failures
    assert "takes more time or memory" in failure.said


def test_a_clip_that_never_ends_is_ended() -> None:
    code = "import studio.again as again; again._SECONDS = 1; again._bound(0)\nwhile True: pass"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, timeout=60)
    assert done.returncode < 0


def test_a_clip_that_takes_all_memory_is_ended() -> None:
    code = "import studio.again as again; again._bound(0); bytearray(1 << 40)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, timeout=60, capture_output=True)
    assert b"MemoryError" in done.stderr


# -- what a ledger may hold --------------------------------------------------------------------------------------------

STRANGE = {
    "no width": {"width": 0},
    "a huge width": {"width": 10**9},
    "a height below nothing": {"height": -90},
    "no frames": {"frames": 0},
    "a million frames a second": {"frame_rate": 1e6},
}


@pytest.mark.parametrize("facts", STRANGE.values(), ids=STRANGE)
def test_frames_that_no_film_has_are_not_played(facts: dict[str, Any]) -> None:
    assert Frames.of(forged(NET, lambda plain: plain["video"].update(facts))) is None


@pytest.mark.parametrize("plays", [[-1, 3], [5, 2], [0, 3]], ids=["before the first", "backwards", "of a whole clip"])
def test_plays_that_nobody_can_ask_for_are_not_played(plays: list[int]) -> None:
    assert Frames.of(forged(NET, lambda plain: plain.update(plays=plays))) is None


@pytest.mark.parametrize("key", ["width", "frames", "frame_rate"])
@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "-Infinity"])
def test_a_number_that_is_none_is_no_ledger(key: str, number: str) -> None:
    plain = json.loads(ledger_text(honest(NET)))
    plain["video"][key] = "HERE"
    text = json.dumps(plain).replace('"HERE"', number)
    with pytest.raises(LedgerError, match=key):
        parse_ledger(text, "a ledger")


def test_settings_are_checked_again_where_they_are_played() -> None:
    ledger = forged(NET, lambda plain: plain["settings"].update(pace=1e9))
    frames = Frames.of(ledger)
    assert frames is not None
    with Replay(ledger, frames) as replay:
        said = str(replay.played())
    assert "ValidationError" in said
    assert "pace" in said


def far(plain: Plain) -> None:
    sample(plain, "readout", "y")["box"] = [0.0, 0.0, 1e300, 1e300]


def endless_dashes(plain: Plain) -> None:
    plain["shown"][0]["sizes"] = {"dashes": 1e9}


def no_height(plain: Plain) -> None:
    rows(plain, "readout")[0]["height"] = 0.0


def thirty_lines(plain: Plain) -> None:
    sample(plain, "words", "title")["script"] = "word\n" * 30


def five_thousand_rows(plain: Plain) -> None:
    plain["shown"] = (plain["shown"] * 20)[:5000]


def a_long_text(plain: Plain) -> None:
    sample(plain, "words", "title")["text"] = "w" * 100_000


def a_long_name(plain: Plain) -> None:
    plain["shown"][0]["name"] = "w" * 100_000


def too_many_points(plain: Plain) -> None:
    sample(plain, "readout", "y")["ends"] = [[1.0, 1.0]] * 100_000


def no_size(plain: Plain) -> None:
    plain["video"]["height"] = 0


HOSTILE = {
    "a box of 1e300": (far, "it lies farther off than any frame reaches"),
    "a billion dashes": (endless_dashes, "sizes.dashes"),
    "letters of no height": (no_height, "height: letters of 0.0"),
    "thirty lines": (thirty_lines, "it says more than any text"),
    "five thousand rows": (five_thousand_rows, "it has 5000 things"),
    "a text that never ends": (a_long_text, "it says more than any text"),
    "a name that never ends": (a_long_name, "a name is longer than any"),
    "very many points": (too_many_points, "it has more parts than any thing"),
    "a film of no height": (no_size, "no film has such a size"),
}


@pytest.mark.parametrize(("edit", "said"), HOSTILE.values(), ids=HOSTILE)
def test_what_no_clip_can_show_is_one_line_and_nothing_is_computed_from_it(
    edit: Edit, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "strange.ledger.json"
    file.write_text(ledger_text(forged(NET, edit)), encoding="utf-8")
    with pytest.raises(LedgerError, match="no ledger of a clip") as caught:
        located(film(NET), file)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300 + len(str(file))


@pytest.mark.parametrize("clip", [NET, CHAIN])
def test_an_honest_ledger_is_within_the_bounds(clip: str) -> None:
    check_bounds(honest(clip), "here")


def test_a_pipe_and_a_device_are_no_films_and_no_ledgers(tmp_path: Path) -> None:
    pipe, endless = tmp_path / "pipe.mp4", tmp_path / "endless.mp4"
    os.mkfifo(pipe)
    endless.symlink_to("/dev/zero")
    for strange in (pipe, endless):
        with pytest.raises(FilmFileError, match="no file that can be read"):
            located(strange)
        with pytest.raises(LedgerError, match="no file that can be read"):
            located(film(NET), strange)


def test_a_file_of_half_a_gigabyte_is_no_ledger(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(500 << 20)
    with pytest.raises(LedgerError, match="a file of 524288000 bytes is no ledger"):
        located(film(NET), large)


def test_nothing_that_a_ledger_says_reaches_the_terminal_raw(
    no_pixels: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def edit(plain: Plain) -> None:
        rows(plain, "readout", "y")[0]["name"] = "\x1b[2J\x1b]0;all right\x07"

    video = with_ledger(tmp_path, NET, edit)
    assert run(AuditOrder([video], pictures=tmp_path), again=let(played(NET))) == 1
    said = capsys.readouterr().out
    assert "\\x1b[2J" in said
    assert "\x1b" not in said
    assert "\x07" not in said


# -- beside the frames -----------------------------------------------------------------------------------------------


def beside(video: Path) -> list[str]:
    return [finding.said for finding in check_beside(video, honest(NET)) if not finding.ok]


@pytest.mark.parametrize("suffix", [".srt", ".vtt"])
def test_subtitles_that_say_something_else_are_a_finding(suffix: str, tmp_path: Path) -> None:
    for file in film(NET).parent.glob(f"{NET}.*"):
        shutil.copy(file, tmp_path)
    video = tmp_path / f"{NET}.mp4"
    assert beside(video) == []
    subtitles = video.with_suffix(suffix)
    first = honest(NET).beats[0].caption
    subtitles.write_text(subtitles.read_text(encoding="utf-8").replace(first, "It said 7."), encoding="utf-8")
    (said,) = beside(video)
    assert said.startswith(f"{NET}{suffix}: line ")
    assert "'It said 7.'" in said


def test_chapters_and_a_title_that_say_something_else_are_findings(tmp_path: Path) -> None:
    def edit(plain: Plain) -> None:
        plain["settings"]["clip"]["words"]["title"] = plain["beats"][1]["sentence"] = "The push is 7"

    bare = with_ledger(tmp_path, NET, edit)
    chaptered = tmp_path / "chaptered.mp4"
    ledger = forged(NET, edit)
    finish_mp4(bare, chaptered, chapters=chapters_of(ledger), tags={"title": "The push is 7"})
    assert [said.split(": ", 1)[1].split(" says ")[0] for said in beside(chaptered)] == ["line 2", "line 1"]
    late = [replace(chapter, start=chapter.start + 0.4) for chapter in chapters_of(honest(NET))]
    finish_mp4(bare, chaptered, chapters=late, tags={})
    assert beside(chaptered) == ["chaptered.mp4: a chapter is 0.400 s off"]


# -- the lecturer's own ---------------------------------------------------------------------------------------------


def own(**changes: Any) -> list[str]:
    def edit(plain: Plain) -> None:
        plain["settings"]["clip"].update(changes.pop("clip", {}))
        plain["settings"].update(changes)
        plain["settings_digest"] = digest(plain["settings"])

    settings, findings = settings_of(forged(NET, edit))
    assert settings is not None, findings
    return list(provisos(settings, NET))


def test_words_names_and_typed_numbers_of_ones_own_are_said_with_the_verdict() -> None:
    words = honest(NET).settings["clip"]["words"]
    assert own() == []
    assert own(clip={"words": {**words, "title": "Two signals"}}) == ["the lecturer's own words: title"]
    assert own(clip={"allow_typed_numbers": True})[0].startswith("the lecturer's own numbers")
    assert own(names={**honest(NET).settings["names"], "cube": "cube", "square": "square"}) == []
    assert own(names={**honest(NET).settings["names"], "tanh": "ReLU"}) == [
        "the lecturer's own names: tanh is called 'ReLU'"
    ]
