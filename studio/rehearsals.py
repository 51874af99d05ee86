"""Every clip tried before it is drawn, several at a time, and not again while nothing changes that it depends on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from scenes.parts.errors import Refusal
from scenes.parts.film.ledger import digest_of_sources, versions
from scenes.parts.settings import Settings, load
from scenes.parts.settings.faults import Fault, Problem
from studio import memory
from studio.crew import environment
from studio.workers import Answer, Task, Workers

__all__ = ["Rehearsal", "Rehearsals", "faults_of", "in_worker", "rehearsal_of"]


@dataclass(frozen=True)
class Rehearsal:
    """What a clip's rehearsal has found.

    Attributes
    ----------
    fresh
        Whether the clip was rehearsed now; else nothing has changed since it was.
    faults
        What is wrong with its settings; then it was not rehearsed.
    """

    clip: str
    refusals: tuple[Refusal, ...] = ()
    fresh: bool = True
    faults: tuple[Fault, ...] = ()

    @property
    def code(self) -> int:
        """The worst exit code of all that was found, 0 when the clip can be drawn."""
        return max([refusal.code for refusal in self.refusals] + [2] * bool(self.faults), default=0)


@dataclass(frozen=True)
class Rehearsals:
    """Rehearses clips of a settings file.

    Parameters
    ----------
    file
        The settings file.
    at_once
        How many at a time.
    anew
        Whether what has not changed is rehearsed again.
    """

    settings: Settings
    file: Path
    at_once: int
    anew: bool = False
    told: Callable[[Rehearsal], None] = field(default=lambda _: None)

    def of(self, clips: Sequence[str]) -> list[Rehearsal]:
        """Return what was found in each of the clips, in their order; ``told`` hears of each as soon as it is known."""
        wrong = self.settings.wrong
        found = {clip: Rehearsal(clip, fresh=False, faults=wrong[clip]) for clip in clips if clip in wrong}
        left = () if self.anew else [clip for clip in clips if clip not in wrong]
        found |= {clip: known for clip in left if (known := self._known(clip))}
        for known in found.values():
            self.told(known)
        if due := [clip for clip in clips if clip not in found]:
            workers = Workers(min(self.at_once, len(due)), environment(self.file, self.settings.chosen_theme))
            tasks = [Task("studio.rehearsals:in_worker", (clip,), self.settings.clip(clip).scene) for clip in due]
            answers = workers.run(tasks, lambda answer: self.told(rehearsal_of(answer)))
            found.update({clip: self._learnt(answer) for clip, answer in zip(due, answers, strict=True)})
        return [found[clip] for clip in clips]

    def _known(self, clip: str) -> Rehearsal | None:
        plain = memory.recall(self._digest(clip))
        try:
            return None if plain is None else Rehearsal(clip, _refusals(plain), fresh=False)
        except (TypeError, KeyError):
            return None  # somebody else's file

    def _learnt(self, answer: Answer) -> Rehearsal:
        """Return what a worker has found; it is remembered, unless something broke or the file changed meanwhile."""
        rehearsal = rehearsal_of(answer)
        whole = not any(refusal.details for refusal in rehearsal.refusals)
        if whole and answer.value and answer.value["digest"] == self.settings.digest(rehearsal.clip):
            memory.remember(self._digest(rehearsal.clip), answer.value["refusals"])
        return rehearsal

    def _digest(self, clip: str) -> str:
        return memory.digest_of("rehearsal", self.settings.digest(clip), *self._program)

    @cached_property
    def _program(self) -> tuple[Any, ...]:
        """What is the same for every clip: the sources of what computes and draws, and the libraries."""
        return [digest_of_sources(room) for room in ("core", "scenes")], dict(versions())


def in_worker(clip: str) -> dict[str, Any]:
    """Rehearse a clip of the settings in use, here; return what was found as plain data, and of which settings."""
    from scenes.parts.settings.override import of_this_run
    from scenes.parts.stage.rehearsal import refusals

    return {
        "digest": of_this_run(load(whole=False)).digest(clip),
        "refusals": [asdict(refusal) for refusal in refusals(clip)],
    }


def faults_of(rehearsals: Sequence[Rehearsal], file: Path) -> list[Fault]:
    """Return everything that was found with its place in the settings file or its file of words, in their order."""
    settings = load(file, whole=False)
    found = [refusal for rehearsal in rehearsals for refusal in rehearsal.refusals]
    faults = [fault for rehearsal in rehearsals for fault in rehearsal.faults]
    faults = list(dict.fromkeys(faults))  # a clip that inherits from a wrong one has its faults
    faults += [settings.fault(Problem(r.key, _told(r), r.needle, r.earlier, r.at_key)) for r in found]
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.column))


def rehearsal_of(answer: Answer) -> Rehearsal:
    """Return what a worker has found; the task's first argument is the clip, and its value holds the ``refusals``."""
    clip = answer.task.arguments[0]
    if answer.value is None:
        message = f"the rehearsal broke off: {answer.failure}"
        return Rehearsal(clip, (Refusal(1, ("clips", clip), message, details=answer.details or answer.failure),))
    return Rehearsal(clip, _refusals(answer.value["refusals"]))


def _refusals(plain: list[dict[str, Any]]) -> tuple[Refusal, ...]:
    return tuple(Refusal(**{**refusal, "key": tuple(refusal["key"])}) for refusal in plain)


def _told(refusal: Refusal) -> str:
    """Return the message; where nobody had foreseen what happened, all that is known of it goes into a file."""
    if not refusal.details:
        return refusal.message
    log = memory.folder() / "logs" / f"{refusal.key[-1]}.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(refusal.details, encoding="utf-8")
    except OSError:
        return refusal.message
    return f"{refusal.message} (all that is known of it is in {log})"
