"""The script behind `make film` and `make test`, with stand-ins for what it calls: nothing is installed here."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORDINARY = ("bash", "env", "dirname", "cat", "cksum", "sed", "rm", "mkdir")
GOOD_PYTHON = """case "$*" in
  --version) echo Python 3.12.0 ;;
  -) cat >/dev/null ;;
  "-m venv "*) mkdir -p "$3/bin"; echo "command = $0 -m venv $3" >"$3/pyvenv.cfg"; cp "$0" "$3/bin/python" ;;
  "-m pip install "*) [ -z "${PIP_REQUIRE_HASHES:-}" ] || exit 9 ;;
esac"""


class Machine:
    """A project folder and a PATH which holds only what a test puts there; every call is written to `calls`."""

    def __init__(self, folder: Path) -> None:
        self.project, self.path, self.log = folder / "project", folder / "bin", folder / "calls"
        (self.project / ".ci").mkdir(parents=True)
        self.path.mkdir()
        shutil.copy(ROOT / ".ci/set-up", self.project / ".ci/set-up")
        for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml"):
            (self.project / name).write_text(name, encoding="utf-8")
        for name in (*ORDINARY, "cp"):
            (self.path / name).symlink_to(str(shutil.which(name)))
        self.offer("uname", "echo Linux")
        self.offer("id", "echo 0")

    def offer(self, name: str, body: str = "") -> None:
        script = f'#!/usr/bin/env bash\necho "{name} $*" >>"{self.log}"\n{body}\n'
        (self.path / name).write_text(script, encoding="utf-8")
        (self.path / name).chmod(0o755)

    def offer_everything(self) -> None:
        self.offer("cc")
        self.offer("pkg-config")
        self.offer("python3.12", GOOD_PYTHON)

    def set_up(self, purpose: str = "film", **environment: str) -> subprocess.CompletedProcess[str]:
        self.log.write_text("", encoding="utf-8")
        command = [str(shutil.which("bash")), str(self.project / ".ci/set-up"), purpose]
        scope = {"PATH": str(self.path), "HOME": os.environ.get("HOME", "/"), **environment}
        return subprocess.run(command, capture_output=True, text=True, env=scope, check=False)

    @property
    def calls(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_complete_machine_gets_the_lock_with_hashes_and_then_the_project(machine: Machine) -> None:
    machine.offer_everything()
    assert machine.set_up().returncode == 0
    installs = [call for call in machine.calls if " -m pip install " in call]
    assert ["--require-hashes -r requirements.txt" in call for call in installs] == [True, False]
    assert installs[1].endswith("--no-deps --no-build-isolation -e .")


def test_the_second_run_calls_nothing(machine: Machine) -> None:
    machine.offer_everything()
    machine.set_up()
    again = machine.set_up()
    assert (again.returncode, again.stdout, again.stderr, machine.calls) == (0, "", "", [])


def test_what_tests_need_holds_what_films_need(machine: Machine) -> None:
    machine.offer_everything()
    machine.set_up("test")
    assert machine.set_up("film").stdout == ""
    assert machine.calls == []


@pytest.mark.parametrize("changed", ["requirements.txt", "pyproject.toml"])
def test_a_changed_lock_or_project_is_installed_again_in_the_same_environment(machine: Machine, changed: str) -> None:
    machine.offer_everything()
    machine.set_up()
    (machine.project / changed).write_text("changed", encoding="utf-8")
    assert machine.set_up().returncode == 0
    assert any("--require-hashes" in call for call in machine.calls)
    assert not any("-m venv" in call for call in machine.calls)


def test_a_moved_project_gets_an_environment_of_its_own(machine: Machine, tmp_path: Path) -> None:
    machine.offer_everything()
    machine.set_up()
    machine.project = machine.project.rename(tmp_path / "moved")
    assert machine.set_up().returncode == 0
    assert any(call.endswith(f"-m venv {tmp_path}/moved/.venv") for call in machine.calls)


def test_a_failed_installation_is_not_taken_for_a_finished_one(machine: Machine) -> None:
    machine.offer_everything()
    machine.offer("python3.12", GOOD_PYTHON.replace("[ -z", "exit 7; [ -z"))
    assert machine.set_up().returncode == 7
    machine.offer_everything()
    shutil.copy(machine.path / "python3.12", machine.project / ".venv/bin/python")
    assert "ready" in machine.set_up().stdout
    assert any("--require-hashes" in call for call in machine.calls)


def test_hashes_demanded_by_the_environment_do_not_break_the_builds(machine: Machine) -> None:
    machine.offer_everything()
    assert machine.set_up(PIP_REQUIRE_HASHES="1").returncode == 0


def test_missing_headers_come_through_apt_without_questions(machine: Machine) -> None:
    machine.offer_everything()
    installed = machine.path / "installed"
    machine.offer("pkg-config", f'[ -e "{installed}" ]')
    body = f'[ "$DEBIAN_FRONTEND" = noninteractive ] && case "$*" in *install*) : >"{installed}" ;; esac'
    machine.offer("apt-get", body)
    assert machine.set_up().returncode == 0
    asked = [call for call in machine.calls if call.startswith("apt-get")]
    assert [call.split()[-1] for call in asked] == ["update", "libpango1.0-dev"]


def test_what_apt_cannot_mend_ends_in_one_line(machine: Machine) -> None:
    machine.offer("cc")
    machine.offer("pkg-config")
    machine.offer("python3", "exit 1")
    machine.offer("apt-get")
    run = machine.set_up()
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert "Python 3.11, 3.12 or 3.13" in run.stderr


def test_an_ordinary_user_is_asked_through_sudo(machine: Machine) -> None:
    machine.offer_everything()
    machine.offer("id", "echo 1000")
    machine.offer("pkg-config", "exit 1")
    machine.offer("apt-get")
    assert "ask an administrator for 'apt-get install python3-venv" in machine.set_up().stderr
    machine.offer("sudo", '"$@"')
    machine.set_up()
    assert sum(call.startswith("sudo env DEBIAN_FRONTEND") for call in machine.calls) == 2


@pytest.mark.parametrize(("system", "advice"), [("Darwin", "brew install"), ("Linux", "your package manager")])
def test_without_apt_one_line_says_what_to_install(machine: Machine, system: str, advice: str) -> None:
    machine.offer("uname", f"echo {system}")
    run = machine.set_up()
    assert run.returncode == 1
    assert advice in run.stderr
    assert run.stderr.count("\n") == 1
