"""A pace of 2 halves a clip, its motions as well as its rests."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenes.parts.stage.rehearsal import Notes, rehearse
from scenes.toy_chain import ToyChain


def frames(folder: Path, monkeypatch: pytest.MonkeyPatch, pace: float) -> int:
    """Return how many frames a clip has at a pace."""
    (folder / "own.yaml").write_text(f"pace: {pace}\nclips: {{ToyChain: }}\n", encoding="utf-8")
    monkeypatch.setenv("BACKGEAR_CONFIG", str(folder / "own.yaml"))
    ends: list[int] = []

    class Timed(ToyChain):
        def construct(self) -> None:
            super().construct()
            ends.append(self.writer.frames)

    rehearse("ToyChain", Notes(), stage=Timed)
    return ends[0]


def test_a_pace_of_2_halves_a_clip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, fast = (frames(tmp_path, monkeypatch, pace) for pace in (1.0, 2.0))
    assert fast / plain == pytest.approx(0.5, abs=0.02)
