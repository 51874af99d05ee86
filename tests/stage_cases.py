"""Clips built without video, for tests: a dry run of a tiny frame at few frames per second runs the whole stage."""

import contextlib
import io
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from manim import config, tempconfig

from scenes.parts.settings import load
from scenes.parts.stage.stage import Stage

ROOT = Path(__file__).resolve().parents[1]


def storyboard_of(scene: str) -> type[Stage]:
    """Return the one class of a storyboard's file."""
    board: type[Stage] = getattr(import_module(f"scenes.{scene}"), scene.title().replace("_", ""))
    return board


def dry_run(
    clip: str,
    construct: Callable[[Stage], None] | None = None,
    frame_rate: float = 2.0,
    size: tuple[int, int] = (64, 36),
) -> Stage:
    """Run a clip of the settings in use, or another `construct` on its stage, and return the stage."""
    width, height = size
    body = {"construct": construct} if construct else {}
    storyboard = type(clip, (storyboard_of(load().clip(clip).scene),), body)
    tiny = {"dry_run": True, "pixel_width": width, "pixel_height": height, "progress_bar": "none"}
    with tempconfig({**tiny, "frame_rate": frame_rate, "verbosity": "ERROR", "format": None, "write_all": False}):
        config.frame_width, config.frame_height = 128 / 9, 8.0
        stage = storyboard()
        stage.render()
    return stage


def refusal(clip: str, construct: Callable[[Stage], None]) -> tuple[int, str]:
    """Return the exit code and the line with which a stage refuses."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said), pytest.raises(SystemExit) as stopped:
        dry_run(clip, construct)
    return int(stopped.value.code or 0), said.getvalue()


def config_with(tmp_path: Path, changes: dict[str, object], clip: str | None = None) -> Path:
    """Write the shipped settings with some keys changed, of one clip or of the whole, and return the file."""
    plain = yaml.safe_load((ROOT / "config.yaml").read_text().replace("1e-4", "0.0001"))
    (plain["clips"][clip] if clip else plain).update(changes)
    file = tmp_path / "config.yaml"
    file.write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False))
    return file
