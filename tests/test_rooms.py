"""Three rooms, arrows one way: the core knows numpy alone, the stage nothing of the workshop, and files no surprise."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Set
from functools import cache
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
    "scenes.parts.page",
    "scenes.parts.recipe",
]

_LOW = {"core", "errors", "measure"}
ARROWS: dict[str, set[str]] = {
    "core": set(),
    # scenes/parts: what each folder, and each file beside them, may import of the others
    "errors": set(),
    "theme": set(),
    "measure": set(),
    "page": set(),
    "gears": {*_LOW},
    "recipe": {*_LOW},
    "type": {*_LOW, "recipe", "theme"},
    "plans": {*_LOW, "gears"},
    "film": {*_LOW, "recipe"},
    "settings": {*_LOW, "gears", "plans", "recipe", "theme", "type"},
    "things": {*_LOW, "film", "gears", "page", "plans", "recipe", "settings", "theme", "type"},
    "stage": {*_LOW, "film", "page", "recipe", "settings", "theme", "things", "type"},
    "storyboards": {*_LOW, "page", "recipe", "stage", "theme", "things"},
    # the workshop
    "audit": {*_LOW, "film", "gears", "plans", "recipe", "settings", "theme", "things", "type"},
    "studio": {*_LOW, "audit", "film", "recipe", "settings", "stage", "theme", "type"},
    "bench": {*_LOW, "audit", "recipe", "settings", "stage", "storyboards", "studio", "things"},
}
"""The arrows between the rooms; a room that is not here has none."""


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


@cache
def imports_in(path: Path) -> list[ast.Import | ast.ImportFrom]:
    """Every import of a file, wherever in it."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file."""
    for node in imports_in(path):
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


def test_importing_the_storyboards_reads_no_settings(tmp_path: Path) -> None:
    code = "\n".join(f"import scenes.{path.stem}" for path in STORYBOARDS)
    run_fresh(code, tmp_path, BACKGEAR_CONFIG=str(tmp_path / "nowhere.yaml"))


def test_every_package_is_listed_where_an_install_finds_it() -> None:
    folders = {path.parent for room in ("core", "scenes", "studio") for path in (ROOT / room).rglob("*.py")}
    assert not [folder for folder in folders if not (folder / "__init__.py").exists()]


# -- the arrows -------------------------------------------------------------------------------------------------------


def room_of(module: str) -> str:
    """The room of a module, such as things for scenes.parts.things.base."""
    top, *rest = module.split(".")
    if top == "scenes":
        return rest[1] if len(rest) > 1 else "storyboards"
    return rest[0] if top == "studio" and rest and rest[0] in ("audit", "bench") else top


def graph() -> dict[str, set[str]]:
    """What every module of ours imports of ours, also where only types are checked or inside a function."""
    files = {name: file_of(name) for room in ("core", "scenes", "studio") for name in modules_of(room)}
    return {name: set(imported(path, files.keys())) - {name} for name, path in files.items()}


def file_of(module: str) -> Path:
    """The file of a module, or of a package."""
    path = ROOT / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def imported(path: Path, ours: Set[str]) -> Iterator[str]:
    """The modules of ours that a file imports; of what it takes out of a package, the module if it is one."""
    for node in imports_in(path):
        if isinstance(node, ast.Import):
            yield from ours & {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from ours & (inner if inner <= ours else {*inner, str(node.module)})


def circle(arrows: Mapping[str, set[str]]) -> list[str]:
    """What stays of a graph when all from which nothing leads on is taken away, again and again: its circles."""
    left = {name: set(others) for name, others in arrows.items()}
    while done := {name for name, others in left.items() if not others & left.keys()}:
        left = {name: others for name, others in left.items() if name not in done}
    return sorted(left)


def test_imports_follow_the_arrows_between_the_rooms() -> None:
    found = {(room_of(name), room_of(other)) for name, others in graph().items() for other in others}
    assert len(found) > 60
    assert sorted(f"{a} -> {b}" for a, b in found if a != b and b not in ARROWS.get(a, ())) == []


def test_the_arrows_lead_one_way() -> None:
    assert circle(ARROWS) == []
    assert circle(ARROWS | {"core": {"stage"}}) != []


def test_no_modules_import_one_another_in_a_circle() -> None:
    assert circle(graph()) == []


def test_the_base_of_a_page_imports_nothing_of_ours_and_settings_never_hear_of_it() -> None:
    assert ARROWS["page"] == set()
    assert not [room for room in ("settings", "recipe", "type", "film") if "page" in ARROWS[room]]
