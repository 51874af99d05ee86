"""A clip is a storyboard and a settings model: together so short that both are read at one sitting."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenes.parts import settings

MOST = 300
MODELS = Path(settings.__file__).parent
STORYBOARDS = sorted(path for path in MODELS.parents[1].glob("*.py") if path.stem != "__init__")


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("storyboard", STORYBOARDS, ids=[path.stem for path in STORYBOARDS])
def test_a_storyboard_and_its_settings_have_so_many_lines_at_most_together(storyboard: Path) -> None:
    assert lines(storyboard) + lines(MODELS / storyboard.name) <= MOST


def test_every_storyboard_is_counted() -> None:
    assert len(STORYBOARDS) >= 12
