"""What has been rehearsed is not rehearsed again, and nothing that goes wrong with one clip hides another's faults."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
from settings_cases import BASE, edited

from scenes.parts.errors import Refusal
from scenes.parts.settings import load
from studio import memory, rehearsals
from studio.rehearsals import Rehearsal, Rehearsals, faults_of
from studio.workers import Answer, Task, Workers


class Stand:
    """Workers who find what they are told to find, and note what they were asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.finds: dict[str, list[Refusal]] = {}
        self.dead: set[str] = set()
        self.digest: str | None = None
        monkeypatch.setattr(Workers, "run", lambda workers, tasks, tell: [self.answer(task, tell) for task in tasks])

    def answer(self, task: Task, tell: object) -> Answer:
        (clip,) = task.arguments
        self.asked.append(clip)
        if clip in self.dead:
            return Answer(task, failure="the process ended with exit code -9", details="out of memory")
        found = [asdict(refusal) for refusal in self.finds.get(clip, [])]
        return Answer(task, {"digest": self.digest or load().digest(clip), "refusals": found})


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Stand:
    return Stand(monkeypatch)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file, and a memory that is empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "config.yaml"
    monkeypatch.setenv("BACKGEAR_CONFIG", str(file))
    file.write_text(BASE, encoding="utf-8")
    return file


def rehearse(file: Path, *, anew: bool = False) -> list[Rehearsal]:
    settings = load(file)
    return Rehearsals(settings, file, 2, anew).of(list(settings.clips))


def codes(found: list[Rehearsal]) -> list[tuple[str, int, bool]]:
    return [(rehearsal.clip, rehearsal.code, rehearsal.fresh) for rehearsal in found]


def test_only_what_has_changed_is_rehearsed_again(file: Path, stand: Stand) -> None:
    assert codes(rehearse(file)) == [("Net", 0, True), ("Variant", 0, True), ("Chain", 0, True)]
    assert codes(rehearse(file)) == [("Net", 0, False), ("Variant", 0, False), ("Chain", 0, False)]
    file.write_text(edited(("sweep_seconds: 8", "sweep_seconds: 9")), encoding="utf-8")
    assert codes(rehearse(file)) == [("Net", 0, False), ("Variant", 0, False), ("Chain", 0, True)]
    assert stand.asked == ["Net", "Variant", "Chain", "Chain"]
    assert [fresh for *_, fresh in codes(rehearse(file, anew=True))] == [True] * 3


@pytest.mark.parametrize("room", ["core", "scenes"])
def test_when_the_sources_change_all_is_rehearsed_again(
    room: str, file: Path, stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearse(file)
    monkeypatch.setattr(rehearsals, "digest_of_sources", lambda name: "new" if name == room else "old")
    assert [rehearsal.fresh for rehearsal in rehearse(file)] == [True] * 3


def test_when_a_library_changes_all_is_rehearsed_again(
    file: Path, stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearse(file)
    monkeypatch.setattr(rehearsals, "versions", lambda: {"typst": "99"})
    assert [rehearsal.fresh for rehearsal in rehearse(file)] == [True] * 3


def test_a_fault_is_remembered_and_found_where_it_stands_now(file: Path, stand: Stand) -> None:
    stand.finds["Chain"] = [Refusal(2, ("clips", "Chain", "words", "title"), "too long", needle="tle")]
    stand.finds["Net"] = [Refusal(1, ("clips", "Net"), "frame 3: wrong"), Refusal(2, ("clips", "Net", "x"), "wide")]
    assert [str(fault) for fault in faults_of(rehearse(file), file)] == [
        f"{file}:6:3: clips.Net: frame 3: wrong",
        f"{file}:8:8: clips.Net.x: wide",
        f"{file}:27:25: clips.Chain.words.title: too long",
    ]
    file.write_text(f"# a line more\n{BASE}", encoding="utf-8")
    found = rehearse(file)
    assert codes(found) == [("Net", 2, False), ("Variant", 0, False), ("Chain", 2, False)]
    assert [fault.line for fault in faults_of(found, file)] == [7, 9, 28]


def test_a_worker_that_dies_is_a_fault_of_its_clip_alone_and_is_asked_again(file: Path, stand: Stand) -> None:
    stand.dead = {"Variant"}
    found = rehearse(file)
    assert codes(found) == [("Net", 0, True), ("Variant", 1, True), ("Chain", 0, True)]
    (fault,) = faults_of(found, file)
    assert (fault.line, fault.key) == (18, "clips.Variant")
    log = memory.folder() / "logs" / "Variant.log"
    assert fault.message.startswith("the rehearsal broke off: the process ended with exit code -9")
    assert str(log) in fault.message
    assert log.read_text() == "out of memory"
    stand.dead = set()
    assert codes(rehearse(file))[1] == ("Variant", 0, True)


def test_what_was_found_in_other_settings_is_not_remembered(file: Path, stand: Stand) -> None:
    stand.digest = "of a file that somebody saved in the meantime"
    rehearse(file)
    assert [rehearsal.fresh for rehearsal in rehearse(file)] == [True] * 3


@pytest.mark.parametrize("text", ["", "{", "7", '"x"', '{"a": 1}', "[1]", '[{"code": 2}]', '[{"key": [], "x": 1}]'])
def test_a_broken_memory_is_ignored(text: str, file: Path, stand: Stand) -> None:
    rehearse(file)
    for answer in (memory.folder() / "answers").iterdir():
        answer.write_text(text)
    assert [rehearsal.fresh for rehearsal in rehearse(file)] == [True] * 3
    assert [rehearsal.fresh for rehearsal in rehearse(file)] == [False] * 3


def test_without_a_place_to_remember_it_works_all_the_same(file: Path, stand: Stand) -> None:
    memory.folder().parent.write_text("no folder")
    stand.dead = {"Net"}
    found = rehearse(file)
    assert codes(found) == [("Net", 1, True), ("Variant", 0, True), ("Chain", 0, True)]
    assert faults_of(found, file)[0].message.endswith("exit code -9")
    assert [rehearsal.fresh for rehearsal in rehearse(file)] == [True] * 3


def test_a_memory_holds_nothing_half_written_and_forgets_the_oldest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(memory, "MOST", 3)
    monkeypatch.setattr(memory.os, "replace", lambda source, target: None)
    memory.remember("a", 1)
    assert memory.recall("a") is None
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(memory, "MOST", 3)
    for part in (memory.folder() / "answers").iterdir():
        part.unlink()
    for age, name in enumerate("abcde"):
        memory.remember(name, name)
        file = memory.folder() / "answers" / f"{name}.json"
        if file.exists():
            memory.os.utime(file, (age, age))
    assert [memory.recall(name) for name in "abcde"] == [None, None, "c", "d", "e"]


def test_real_workers_find_what_a_render_would(file: Path) -> None:
    file.write_text(edited(('"title": "title"', f'"title": "{"wide " * 40}"')), encoding="utf-8")
    settings = load(file)
    told: list[str] = []
    found = Rehearsals(settings, file, 2, told=lambda one: told.append(one.clip)).of(["Chain", "Net"])
    assert [(one.clip, one.code) for one in found] == [("Chain", 0), ("Net", 2)]
    assert sorted(told) == ["Chain", "Net"]
    assert [refusal.key for refusal in found[1].refusals] == [("clips", "Net", "words", "title")]
