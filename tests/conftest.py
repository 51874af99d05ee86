"""What several tests need: short videos, and a media folder that is not the real one."""

from __future__ import annotations

import gc
import os
import signal
from pathlib import Path

import av
import hypothesis
import numpy as np
import pytest
from film_cases import Film, shared
from shared_cases import share

from scenes.parts.film.film_file import ENCODER_OPTIONS

# the same cases every time, no time limit on a busy machine; `pytest --hypothesis-profile=search` looks further
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("steady")

# a shell that starts the tests in the background lets them, and all that they start, ignore Ctrl-C
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

LONGEST = (
    *("test_other_settings", "test_camera", "test_audit_gear_pixels", "test_paths_and_maps", "test_stage_any_settings"),
    *("test_stage_truth", "test_extended_chain", "test_studio_every", "test_audit_strangers", "test_render_files"),
    *("test_audit_fan_out", "test_audit_pixels", "test_rehearsal", "test_any_script", "test_zones", "test_push_films"),
)
"""Files that take minutes each; begun first, none of them is still running when all others are done."""


def pytest_configure(config: pytest.Config) -> None:
    """Let files be handed to the processes in our order; pytest-xdist would begin with those of the most tests."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first."""
    order = {name: i for i, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(order)))


def pytest_collection_finish() -> None:
    """Keep what is imported by now out of every later search for garbage: it is most of what there is, and it stays."""
    gc.collect()
    gc.freeze()


COLOURS = ((17, 17, 17), (230, 159, 0), (86, 180, 233), (213, 94, 0))


def encode(path: Path, *, frames: int = 30, rate: int = 15, options: dict[str, str] | None = None) -> Path:
    """Write an mp4 of 64 by 36 pixels, tagged as the stage tags its own; its last blocks of colour move."""
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=rate, options=dict(ENCODER_OPTIONS) | (options or {}))
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for index in range(frames):
            picture = np.zeros((36, 64, 3), dtype=np.uint8)
            picture[:] = COLOURS[index * len(COLOURS) // frames]
            for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return path


@pytest.fixture
def raw_video(tmp_path: Path) -> Path:
    """A video as manim leaves it: 30 frames at 15 per second, index last, no tags."""
    return encode(tmp_path / "raw.mp4")


@pytest.fixture(scope="session", autouse=True)
def one_place_for_all(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What several processes need is drawn by one of them: their folders stand side by side in one."""
    own = tmp_path_factory.getbasetemp()
    share((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared")


@pytest.fixture(scope="session")
def network() -> Film:
    """The film of the network, 720p."""
    return shared("two_layer_network", "TwoLayerNetwork")


@pytest.fixture(scope="session")
def chain() -> Film:
    """The film of the chain, 720p."""
    return shared("toy_chain", "ToyChain")


@pytest.fixture(autouse=True)
def the_shipped_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has pointed BACKGEAR_CONFIG at a lesson of their own still tests the one that ships."""
    monkeypatch.delenv("BACKGEAR_CONFIG", raising=False)


@pytest.fixture(autouse=True)
def a_cache_of_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the tests remember is not what the user remembers; they share it, as whatever is the same stays the same."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
