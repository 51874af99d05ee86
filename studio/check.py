"""`backgear check`: whether a settings file is right, and whether every clip of it can be drawn."""

from __future__ import annotations

import sys
from pathlib import Path

from scenes.parts.settings import load
from studio.progress import progress
from studio.rehearsals import Rehearsal, Rehearsals, faults_of

__all__ = ["check"]


def check(file: Path, at_once: int, *, anew: bool = False) -> int:
    """Rehearse the clips of a settings file, print what was found, and return the exit code.

    Returns
    -------
    int
        0 all right, 1 a clip would show something wrong, 2 the settings ask for what does not fit; the worst of all.

    Raises
    ------
    SettingsError
        If the file itself is wrong; then nothing is rehearsed.
    """
    settings = load(file, whole=False)
    with progress("clips rehearsed", len(settings.named), lines=False) as tell:
        rehearsals = Rehearsals(settings, file, at_once, anew, lambda rehearsal: tell(rehearsal.clip))
        found = rehearsals.of(settings.named)
    code = max((rehearsal.code for rehearsal in found), default=0)
    for fault in faults_of(found, file) if code else ():
        print(fault, file=sys.stderr)
    wrong = [rehearsal.clip for rehearsal in found if rehearsal.code]
    verdict = f"wrong: {', '.join(wrong)}" if wrong else f"all right: {', '.join(settings.named)}"
    print(f"{file}: {verdict} ({_how(found)})", file=sys.stderr if wrong else sys.stdout)
    return code


def _how(found: list[Rehearsal]) -> str:
    """Return how many were rehearsed; what is wrong in the file itself is not, nor was it.

    Examples
    --------
    >>> _how([Rehearsal("Net"), Rehearsal("Chain", fresh=False)])
    '1 rehearsed, 1 unchanged since it was'
    >>> from scenes.parts.settings.faults import Fault
    >>> _how([Rehearsal("Net", fresh=False, faults=(Fault("a.yaml", 1, 1, "clips.Net", "wrong"),))])
    '0 rehearsed'
    """
    fresh = sum(rehearsal.fresh for rehearsal in found)
    stood = sum(not rehearsal.faults for rehearsal in found) - fresh
    since = f"{stood} unchanged since {'it was' if stood == 1 else 'they were'}"
    return f"{fresh} rehearsed, {since}" if stood else f"{fresh} rehearsed"
