"""The literal `manim` command, from another folder, with nothing in the environment that would help it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import yaml
from stage_cases import ROOT
from truth_cases import plain_settings

MANIM = str(Path(sys.executable).with_name("manim"))
STORYBOARD = {
    "TwoLayerNetwork": "two_layer_network",
    "ToyChain": "toy_chain",
    "ChainRuleGears": "chain_rule_gears",
    "PushThroughGears": "push_through_gears",
    "FunctionGears": "function_gears",
    "FanOut": "fan_out",
    "FanOutGears": "fan_out",
    "ChainOfInfluence": "chain_of_influence",
    "OneSweep": "one_sweep",
    "FanOutCancel": "fan_out",
    "ActivationSwap": "activation_swap",
}


def environment(folder: Path, config: Path | None) -> dict[str, str]:
    """What a command sees: no PYTHONPATH, and the settings that it is pointed at."""
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "BACKGEAR_CONFIG")}
    return kept | {"HOME": str(folder), **({"BACKGEAR_CONFIG": str(config)} if config else {})}


def command(scene: str, *arguments: str) -> list[str]:
    """The command line for a scene's storyboard."""
    return [
        MANIM,
        "-ql",
        "--progress_bar",
        "none",
        *arguments[:-1],
        str(ROOT / "scenes" / f"{scene}.py"),
        *arguments[-1:],
    ]


def manim(folder: Path, scene: str, *arguments: str, config: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder with nothing to read from; the last argument is the clip, or one more option."""
    return subprocess.run(
        command(scene, *arguments),
        cwd=folder,
        env=environment(folder, config),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def quick_settings(folder: Path, **changes: object) -> Path:
    """Write settings with a short clip of each scene, some of the chain's keys changed, and return the file."""
    plain = plain_settings()
    chain = {"sweep_seconds": 8.0, "ask_hold": 0.0, **changes}  # at pace 4
    plain["clips"] = {name: plain["clips"][name] | {"ask_hold": 0.0} for name in STORYBOARD}
    plain["clips"]["ToyChain"] |= chain
    plain["clips"]["ChainRuleGears"]["turn_seconds"] = plain["clips"]["PushThroughGears"]["move_seconds"] = 4.0
    plain["clips"]["FunctionGears"]["sweep_seconds"] = 12.0
    plain["clips"]["FanOut"]["turn_seconds"] = plain["clips"]["ChainOfInfluence"]["step_seconds"] = 4.0
    file = folder / "lesson.yaml"
    file.write_text(yaml.safe_dump({**plain, "pace": 4.0}, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file
