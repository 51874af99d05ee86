"""What a clip of any settings may show is within the bounds of its audit."""

from __future__ import annotations

import contextlib

import pytest
from ledger_cases import example

from scenes.parts.film.ledger import LedgerError
from scenes.parts.stage.paged import SENTENCES
from studio.audit.bounds import check_bounds
from studio.audit.colours import SIZES


@pytest.mark.parametrize(("name", "refused"), [("to", False), ("beyond", False), ("until", False), ("gap", True)])
def test_a_value_of_a_level_line_may_be_as_large_as_a_loss_and_a_length_not(name: str, refused: bool) -> None:
    ledger = example()
    row = ledger.shown[0].model_copy(update={"sizes": {name: 1151.76}})
    found = pytest.raises(LedgerError, match=rf"sizes\.{name}") if refused else contextlib.nullcontext()
    with found:
        check_bounds(ledger.model_copy(update={"shown": (row,)}), "it")


def test_a_sentence_may_have_the_smaller_letters_that_a_page_without_room_gives_it() -> None:
    assert min(SENTENCES) >= SIZES["beat"] > SIZES["title"]
