"""The set-up files: everything pinned with hashes, no address anywhere, every folder packed, targets explained."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from setuptools import find_packages

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.txt", "requirements-dev.txt")
TARGETS = {"film", "every", "test", "proof", "check", "bench", "schemas", "lock", "clean"}
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def entries(lock: str) -> dict[str, tuple[Requirement, list[str]]]:
    """The packages of a lock: canonical name -> requirement with its marker, and its hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, tuple[Requirement, list[str]]] = {}
    for line in text.splitlines():
        requirement = Requirement(line.split(" --hash=")[0].strip())
        found[canonicalize_name(requirement.name)] = (requirement, HASH.findall(line))
    return found


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_of_a_lock_is_one_exact_version_with_hashes(lock: str) -> None:
    assert entries(lock)
    for requirement, hashes in entries(lock).values():
        assert [part.operator for part in requirement.specifier] == ["=="], requirement
        assert hashes, requirement
        assert len(hashes) == len(set(hashes)), requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_nothing_but_packages_and_hashes(lock: str) -> None:
    line = re.compile(r"([a-z0-9-]+==[^\s;]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?)")
    strange = [text for text in (ROOT / lock).read_text(encoding="utf-8").splitlines() if not line.fullmatch(text)]
    assert strange == []


@pytest.mark.parametrize("name", [*LOCKS, "pyproject.toml", "Makefile", ".ci/run", ".ci/set-up"])
def test_no_set_up_file_names_an_address_or_an_index(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert re.search(r"^\s*(-i|-f|--(extra-)?index-url|--find-links|--trusted-host)\b", text, re.MULTILINE) is None


def test_the_lock_pins_what_the_project_and_its_build_need() -> None:
    needed = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"]
    assert names(needed) <= set(entries("requirements.txt"))
    for text in needed:
        wanted = Requirement(text)
        pinned = next(iter(entries("requirements.txt")[canonicalize_name(wanted.name)][0].specifier))
        assert wanted.specifier.contains(pinned.version), text


def test_the_lock_for_tests_is_the_lock_for_films_and_the_tools() -> None:
    film, test = entries("requirements.txt"), entries("requirements-dev.txt")
    tools = PROJECT["dependency-groups"]["dev"] + PROJECT["project"]["optional-dependencies"]["audit"]
    assert names(tools) <= set(test)
    assert {name: test.get(name) for name in film} == film


def test_the_lock_holds_for_every_python_that_the_project_admits() -> None:
    assert PROJECT["project"]["requires-python"] == ">=3.11,<3.14"
    marker = entries("requirements.txt")["audioop-lts"][0].marker
    assert marker is not None
    assert [marker.evaluate({"python_full_version": version}) for version in ("3.11.0", "3.12.9", "3.13.0")] == [
        False,
        False,
        True,
    ]


def test_the_packages_are_exactly_the_folders_with_python_in_them() -> None:
    find = PROJECT["tool"]["setuptools"]["packages"]["find"]
    packed = set(find_packages(str(ROOT), include=find["include"]))
    folders = {path.parent for room in ("core", "scenes", "studio") for path in (ROOT / room).rglob("*.py")}
    assert packed == {".".join(folder.relative_to(ROOT).parts) for folder in folders}


@pytest.mark.skipif(shutil.which("make") is None, reason="this machine has no make")
def test_make_alone_lists_every_target_with_its_purpose() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    rows = dict(re.findall(r"^make ([a-z-]+) +(\S.*)$", listed, re.MULTILINE))
    assert set(rows) == TARGETS | {"help"}
    assert len(set(rows.values())) == len(rows)


def test_the_proof_can_be_started_from_any_folder() -> None:
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
    assert (ROOT / ".ci/set-up").stat().st_mode & 0o111
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")
