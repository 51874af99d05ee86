"""Three rooms, arrows one way: the core knows numpy alone, the stage nothing of the workshop, and files no surprise."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STORYBOARDS = sorted(p for p in (ROOT / "scenes").glob("*.py") if p.name != "__init__.py")
NEVER_MANIM = [
    "scenes.parts.settings",
    "scenes.parts.type",
    "scenes.parts.film.ledger",
    "scenes.parts.film.film_file",
    "scenes.parts.gears",
]


def modules_of(room: str) -> list[str]:
    """The names of all modules of a room."""
    paths = (path.relative_to(ROOT).with_suffix("") for path in sorted((ROOT / room).rglob("*.py")))
    return [".".join(path.parts).removesuffix(".__init__") for path in paths if path.name != "__main__"]


def run_fresh(code: str, folder: Path, **environment: str) -> str:
    """What a new interpreter prints that stands in another folder and has no PYTHONPATH."""
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "BACKGEAR_CONFIG")}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=folder, env=kept | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def loaded_by(modules: list[str], folder: Path) -> set[str]:
    """The top-level packages that a new interpreter has after these imports and had not before."""
    code = (
        "import sys; before = set(sys.modules)\n"
        f"import {', '.join(modules)}\n"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    )
    return set(run_fresh(code, folder).split()) - set(sys.stdlib_module_names)


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import does not work in a file that manim renders"
            assert node.names[0].name != "*", f"{path}: a star import brings names that nobody sees"
            yield str(node.module)


def packages_of(room: str) -> set[str]:
    """The top-level packages that the files of a room import, without the standard library."""
    names = {name.partition(".")[0] for path in (ROOT / room).rglob("*.py") for name in imports_of(path)}
    return names - set(sys.stdlib_module_names)


def test_the_core_loads_numpy_and_nothing_else(tmp_path: Path) -> None:
    assert loaded_by(modules_of("core"), tmp_path) == {"core", "numpy"}


def test_no_file_of_the_core_names_anything_but_numpy() -> None:
    assert packages_of("core") == {"core", "numpy"}


@pytest.mark.parametrize("module", NEVER_MANIM)
def test_what_the_workshop_needs_too_loads_no_manim(module: str, tmp_path: Path) -> None:
    inner = [name for name in modules_of("scenes") if name == module or name.startswith(f"{module}.")]
    loaded = loaded_by(inner, tmp_path)
    assert "scenes" in loaded
    assert not loaded & {"manim", "studio"}


def test_no_file_of_the_stage_imports_the_workshop() -> None:
    assert "studio" not in packages_of("scenes")


def test_manim_is_imported_by_the_stage_and_by_what_measures_it_alone() -> None:
    assert "manim" in packages_of("scenes")
    assert "manim" not in packages_of("core")
    workshop = [path for path in (ROOT / "studio").rglob("*.py") if path.parent.name != "bench"]
    assert [path.name for path in workshop if "manim" in {name.partition(".")[0] for name in imports_of(path)}] == []


def test_the_command_loads_nothing_heavy_before_it_knows_what_to_do(tmp_path: Path) -> None:
    assert not loaded_by(["studio.cli"], tmp_path) & {"manim", "numpy", "pydantic", "av", "scenes", "core"}


def test_there_are_storyboards_and_each_has_its_settings() -> None:
    from scenes.parts.settings import SCENES

    assert {path.stem for path in STORYBOARDS} == set(SCENES)


@pytest.mark.parametrize("path", STORYBOARDS, ids=lambda path: path.stem)
def test_a_storyboard_holds_one_class_called_as_its_file_and_says_what_it_claims(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    assert [c.name for c in classes] == ["".join(part.title() for part in path.stem.split("_"))]
    assert ast.get_docstring(classes[0]) or ast.get_docstring(tree)
    assert ast.unparse(tree.body[-1]) == f"__getattr__, __dir__ = offer_clips({classes[0].name})"


@pytest.mark.parametrize("path", STORYBOARDS, ids=lambda path: path.stem)
def test_construct_reads_as_a_table_of_contents(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    construct = next(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == "construct")
    beats = [s for s in construct.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    assert beats
    for beat in beats:
        assert isinstance(beat, ast.Expr), ast.unparse(beat)
        assert isinstance(beat.value, ast.Call), ast.unparse(beat)
        assert ast.unparse(beat.value.func).startswith("self."), ast.unparse(beat)


@pytest.mark.parametrize("path", STORYBOARDS, ids=lambda path: path.stem)
def test_a_storyboard_is_called_as_nothing_in_the_standard_library(path: Path) -> None:
    assert path.stem not in sys.stdlib_module_names


@pytest.mark.parametrize("path", STORYBOARDS, ids=lambda path: path.stem)
def test_importing_a_storyboard_reads_no_settings(path: Path, tmp_path: Path) -> None:
    run_fresh(f"import scenes.{path.stem}", tmp_path, BACKGEAR_CONFIG=str(tmp_path / "nowhere.yaml"))


def test_every_package_is_listed_where_an_install_finds_it() -> None:
    folders = {path.parent for room in ("core", "scenes", "studio") for path in (ROOT / room).rglob("*.py")}
    assert not [folder for folder in folders if not (folder / "__init__.py").exists()]
