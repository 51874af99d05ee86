"""The bench's own counting: the frames of a film are encoded again, all of them, beside the render that wrote them."""

from __future__ import annotations

import av
import pytest

from scenes.parts.settings import SCENES, load
from scenes.toy_chain import ToyChain
from studio.bench import film


def test_every_scene_has_a_row_its_first_clip() -> None:
    clips = film.first_clips()
    assert sorted(clip.__module__ for clip in clips) == sorted(f"scenes.{scene}" for scene in SCENES)
    named = list(load().clips.items())
    assert [clip.__name__ for clip in clips] == [
        name for i, (name, clip) in enumerate(named) if clip.scene not in {other.scene for _, other in named[:i]}
    ]


@pytest.mark.render
def test_the_bench_encodes_every_frame_of_a_film_again(monkeypatch: pytest.MonkeyPatch) -> None:
    again: list[int] = []

    class Counted(film._Again):
        def encode(self) -> float:
            spent = super().encode()
            with av.open(str(self.target)) as container:
                again.append(sum(1 for _ in container.decode(video=0)))
            return spent

    monkeypatch.setattr(film, "_Again", Counted)
    cost = film.cost_of_film(ToyChain, 64, 36, 2.0)
    assert sum(again) == 2 * cost.frames > 100
