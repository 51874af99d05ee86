"""A kind of thing is two files and a row: one table says what may stand on the stage, one how it is audited."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ledger_cases import example

from scenes.parts.film.ledger import LedgerError
from scenes.parts.things.kinds import KINDS
from studio.audit.kinds import KINDS as AUDITED
from studio.audit.kinds import check_kinds

ROOT = Path(__file__).resolve().parents[1]
WITHOUT = {"scenes/parts/things", "studio/audit/things"}


def test_everything_that_may_stand_on_the_stage_is_audited_and_nothing_else() -> None:
    assert {thing.kind for thing in KINDS} == set(AUDITED)


def test_both_tables_are_sorted_so_that_two_new_rows_seldom_meet() -> None:
    assert [thing.__name__ for thing in KINDS] == sorted(thing.__name__ for thing in KINDS)
    assert list(AUDITED) == sorted(AUDITED)


def test_a_ledger_with_a_thing_of_no_known_kind_is_refused() -> None:
    strange = example().model_copy(update={"shown": (example().shown[0].model_copy(update={"kind": "hologram"}),)})
    check_kinds(example(), "here")
    with pytest.raises(LedgerError, match=r"^here: not a ledger: shown\.0\.kind: 'hologram' is none of angle, "):
        check_kinds(strange, "here")


def test_no_file_but_a_kinds_own_asks_which_kind_a_thing_is() -> None:
    chains = re.compile(r"\bkind (?:==|!=|in|not in) ")
    rooms = [path for room in ("scenes/parts", "studio/audit") for path in (ROOT / room).rglob("*.py")]
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in rooms
        if path.parent.relative_to(ROOT).as_posix() not in WITHOUT
        and any("row.kind" in line or "shown.kind" in line for line in lines_with(chains, path))
    }
    assert asking == {"studio/audit/kinds.py", "studio/audit/script.py"}, "the first refuses unknown ones"


def lines_with(pattern: re.Pattern[str], path: Path) -> list[str]:
    """The lines of a file in which a pattern stands."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if pattern.search(line)]
