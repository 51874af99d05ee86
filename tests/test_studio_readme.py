"""The README promises only what there is."""

from __future__ import annotations

import re
from pathlib import Path

from scenes.parts.settings import load
from studio.cli import backgear

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_shipped_clip_has_its_row_with_its_file() -> None:
    rows = re.findall(r"^\| (\w+) \| `(\w+)\.py` \| (.+) \|$", README, re.MULTILINE)
    shipped = load(ROOT / "config.yaml").clips
    assert {name: scene for name, scene, _ in rows} == {name: clip.scene for name, clip in shipped.items()}


def test_every_command_is_there_and_every_one_there_is_told() -> None:
    told = set(re.findall(r"`backgear (\w+) \[", README))
    assert told == set(backgear.commands)


def test_every_option_of_render_is_told() -> None:
    for parameter in backgear.commands["render"].params:
        options = [option for option in parameter.opts if option.startswith("-")]
        assert not options or any(f"`{option}" in README for option in options), options


def test_every_file_that_it_names_is_there() -> None:
    named = set(re.findall(r"`([\w./-]+\.(?:py|yaml|json))`", README)) - {"CLIP.ledger.json"}
    assert named
    missing = [name for name in named if not ((ROOT / name).exists() or (ROOT / "scenes" / name).exists())]
    assert missing == []


def test_every_folder_that_it_names_is_there() -> None:
    folders = re.findall(r"^    (\w+)/ {2,}", README, re.MULTILINE)
    assert {"core", "scenes", "studio", "tests"} <= set(folders)
    assert [name for name in folders if name != "media" and not (ROOT / name).is_dir()] == []


def test_the_fault_that_it_shows_is_what_the_settings_say(tmp_path: Path) -> None:
    from scenes.parts.settings import check

    file = tmp_path / "config.yaml"
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("activation: tanh", "activation: tahn", 1), encoding="utf-8")
    (said,) = (str(fault) for fault in check(file))
    shown = re.search(r"(config\.yaml:\d+:\d+: clips\.TwoLayerNetwork\.activation: .*), \.\.\.; (.*)", README)
    assert shown is not None
    assert re.search(re.escape(shown[1]) + r", .*; " + re.escape(shown[2]) + "$", said)
