"""The re-enactment: a ledger compared, row by row, with what the stage shows when it plays the clip once more.

Of the ledger only its settings are believed, and the size, rate and number of its frames, which the video has too. So a
lie on which film and ledger agree is found: no honest film has it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import islice, zip_longest
from typing import Any, Final, Protocol

from scenes.parts.film.ledger import BeatRow, Ledger, ShownRow, digest_of_sources, versions
from scenes.parts.film.played import Frames, Played
from studio.audit.finding import Finding
from studio.audit.recompute import CORE_ULP, core_error

__all__ = ["CHECK", "Again", "Playing", "another_version", "check_reenacted", "frames_fault"]

CHECK: Final = "re-enacted"
PLACE: Final = 1e-3
"""By how many pixels a place may differ: as they are rounded in a ledger."""
MOST_TOLD: Final = 10

_DRAWN: Final = 1e-9  # share of itself by which a drawn length or angle may differ: another machine's last digits
_ROUNDING: Final = 1e-6  # pixels: the difference of two rounded places is not exactly theirs
_LONGEST: Final = 60  # characters of a value that are told
_PLACES: Final = frozenset({"box", "ends", "stands", "points", "axes"})
_PICTURES: Final = ("manim", "typst", "fontpkg-source-sans-3", "manimgx-fonts", "manimgx-fonts-cjk")


class Playing(Protocol):
    """A clip that is being played again elsewhere."""

    def played(self) -> Played | str:
        """Wait for what stands on its film; why it cannot be played, where it cannot."""


Again = Callable[[Ledger, Frames], AbstractContextManager[Playing]]
"""Begins to play the clip of a ledger again, with its settings, for so many frames."""


def another_version(ledger: Ledger) -> str:
    """Return what has changed since a film was made, so that it cannot be played again as it was; else nothing."""
    made = {"core": ledger.core_digest, "scenes": ledger.scenes_digest}
    changed = [f"the {room}" for room, digest in made.items() if digest != digest_of_sources(room)]
    here = versions()
    changed += [name for name in _PICTURES if ledger.versions.get(name) != here[name]]
    return f"made with another version of {' and '.join(changed)}" if changed else ""


def frames_fault(ledger: Ledger) -> Finding:
    """Return the finding on a ledger that tells of frames that no film has."""
    return _wrong("frames", "its size, rate, number of frames or plays are those of no film")


def check_reenacted(ledger: Ledger, played: Played | str) -> Iterator[Finding]:
    """Yield where a ledger differs from what the stage shows, some ten lines at most, or that it does not.

    Parameters
    ----------
    played
        What stands on the film, or why the clip cannot be played.
    """
    if isinstance(played, str):
        yield _wrong(ledger.clip, f"with these settings there is no such film: {played}")
        return
    found = [*_film(ledger, played), *_beats(ledger.beats, played.beats), *_rows(ledger.shown, played.shown)]
    yield from islice(found, MOST_TOLD)
    if len(found) > MOST_TOLD:
        yield _wrong(ledger.clip, f"and {len(found) - MOST_TOLD} more differences")
    if not found:
        told = f"{len(ledger.shown)} things in {len(ledger.beats)} beats"
        yield Finding(CHECK, told, None, None, 0.0, PLACE, "px", True, "")


def _film(ledger: Ledger, played: Played) -> Iterator[Finding]:
    """Yield in what the frames themselves differ."""
    pairs = {
        "frames": (ledger.video.frames, played.frames),
        "frame height": (ledger.video.frame_height, played.frame_height),
        "background": (ledger.video.background, played.background),
    }
    for what, pair in pairs.items():
        if pair[0] != pair[1]:
            yield _wrong(what, _told(what, *pair))


def _beats(film: Sequence[BeatRow], again: Sequence[BeatRow]) -> Iterator[Finding]:
    """Yield in which beats a film differs from another."""
    for claimed, right in zip_longest(film, again):
        if claimed is None or right is None:
            name = (claimed or right).name
            yield _wrong(f"beat {name}", _told("beats", len(film), len(again)))
            return
        if claimed != right:
            yield _wrong(f"beat {right.name}", _difference(claimed.model_dump(), right.model_dump()))


def _rows(film: Sequence[ShownRow], again: Sequence[ShownRow]) -> Iterator[Finding]:
    """Yield what is missing, what was added, what lies over what, and in what a thing differs from itself."""
    if film == again:
        return
    claimed, right = (_unlike(rows, others) for rows, others in ((film, again), (again, film)))
    partners: dict[Hashable, list[ShownRow]] = {}
    for row in reversed(right):
        partners.setdefault(_key(row), []).append(row)
    for row in claimed:
        others = partners.get(_key(row), [])
        yield from _row(row, others.pop()) if others else [_stray(row, "it stands on no honest film")]
    for row in (row for others in partners.values() for row in reversed(others)):
        yield _stray(row, "the ledger has no row of it")
    pairs = ((row, other) for row, other in zip(film, again, strict=False) if _key(row) != _key(other))
    if len(film) == len(again) and (moved := next(pairs, None)):
        yield _stray(
            moved[0], f"it lies over or under other things than it should: here stands {_short(moved[1].name)}"
        )
    elif not claimed and not right:
        yield _stray(film[0], "things of one name lie otherwise over one another")


def _unlike(rows: Sequence[ShownRow], others: Sequence[ShownRow]) -> list[ShownRow]:
    """Return the rows that are in every way like none of the others, each of which is like one alone."""
    left = Counter(row.model_dump_json() for row in others)
    left.subtract(texts := [row.model_dump_json() for row in rows])
    found = []
    for row, text in zip(reversed(rows), reversed(texts), strict=True):
        if left[text] < 0:
            left[text] += 1
            found.append(row)
    return found[::-1]


def _key(row: ShownRow) -> Hashable:
    return row.kind, row.name, row.quantity, row.key


def _stray(row: ShownRow, said: str) -> Finding:
    at = row.spans[0].first if row.spans else None
    since = "" if at is None else f" (from frame {at})"
    return _wrong(row.name, f"{_short(row.name)}: {said}{since}")


def _row(film: ShownRow, again: ShownRow) -> Iterator[Finding]:
    """Yield the first difference of a thing: its states and frames, its samples, then what it is."""
    states, wanted = ([(span.state, span.first, span.last) for span in row.spans] for row in (film, again))
    for claimed, right in zip_longest(states, wanted):
        if claimed != right:
            yield _wrong(film.name, f"{_short(film.name)}: {_told('state', _state(claimed), _state(right))}")
            return
    for span, other in zip(film.spans, again.spans, strict=True):
        for sample, right in zip_longest(span.samples, other.samples):
            one, two = ({} if each is None else each.model_dump() for each in (sample, right))
            if said := _difference(one, two):
                box, frame = (sample or right).box, (sample or right).frame
                told = f"{_short(film.name)}: on frame {frame} {said}"
                yield Finding(CHECK, film.name, frame, box, math.inf, PLACE, "px", False, told)
                return
    if said := _difference(film.model_dump(exclude={"spans"}), again.model_dump(exclude={"spans"})):
        yield _wrong(film.name, f"{_short(film.name)}: {said}")


def _state(span: tuple[str, int, int] | None) -> str:
    return "none" if span is None else f"{span[0]} from frame {span[1]} to {span[2]}"


def _difference(film: Mapping[str, Any], again: Mapping[str, Any]) -> str:
    """Return in which field one differs from the other, and how; nothing where they are the same."""
    for field in again or film:
        claimed, right = film.get(field), again.get(field)
        if not _same(field, claimed, right):
            return _told(field, claimed, right)
    return ""


def _same(field: str, claimed: Any, right: Any) -> bool:
    """Compare exactly, but for places, which are rounded, and numbers whose last digits are a machine's."""
    if claimed == right:
        return True
    if type(claimed) is not type(right):
        return False
    if isinstance(right, float):
        return bool(abs(claimed - right) <= (PLACE + _ROUNDING if field in _PLACES else _DRAWN * abs(right)))
    if isinstance(right, Mapping):
        if set(right) == {"repr", "hex"}:
            return core_error(float(claimed["repr"]), float(right["repr"])) <= CORE_ULP
        return claimed.keys() == right.keys() and all(
            _same(key if key in _PLACES else field, claimed[key], right[key]) for key in right
        )
    if isinstance(right, tuple | list):
        return len(claimed) == len(right) and all(map(_same, [field] * len(right), claimed, right))
    return False


def _told(field: str, claimed: Any, right: Any) -> str:
    said = f"{field}: the film says {_value(claimed)}, re-enacted it is {_value(right)}"
    return said if _value(claimed) != _value(right) else f"{field}: the film says otherwise than the re-enactment"


def _value(value: Any) -> str:
    """Return a value in a few characters, all of them printable."""
    plain = value["repr"] if isinstance(value, Mapping) and set(value) == {"repr", "hex"} else repr(value)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"


def _wrong(what: str, said: str) -> Finding:
    return Finding(CHECK, _short(what), None, None, math.inf, PLACE, "px", False, said)
