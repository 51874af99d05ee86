"""Typst as a pure function: a source in, outlines out; no file, no package, no network, no code but our own.

What is set may come from a stranger: an audit sets the words of settings that it found inside a film. So words are
plain strings, mathematics is refused where it could hold code, and the compiler is given a place with nothing in it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst

from scenes.parts.type.fonts import FOLDERS

__all__ = ["LONGEST", "asked", "mathematics", "plain", "svg_of"]

LONGEST: Final = 4000
"""Most characters that are set at once: a text of the settings is a tenth of this."""

_NOWHERE: Final = Path(__file__).resolve()  # a file: nothing lies below it, on any system
_NO_LIBRARY: Final = "#let std = none\n"  # in mathematics `std.eval` would run any code
_ALONE: Final = Lock()  # a compiler serves one thread at a time


def mathematics(source: str) -> str:
    """Return markup that shows Typst math, without any way to code: no ``#``, no ``$``, no standard library.

    Raises
    ------
    ValueError
        The source could leave mathematics, or is too long.

    Examples
    --------
    >>> mathematics("w_1 + 2")
    '$display(w_1 + 2)$'
    """
    if strange := next((sign for sign in "#$" if sign in source), ""):
        raise ValueError(f"cannot typeset {_short(source)}: mathematics holds no {strange}")
    return f"$display({_bounded(source)})$"


def plain(text: str) -> str:
    r"""Return a Typst string that holds the text as it is, whatever stands in it.

    Raises
    ------
    ValueError
        The text is too long.

    Examples
    --------
    >>> print(plain('#read("x")'), plain("a\\b"))
    "#read(\"x\")" "a\\b"
    """
    escaped = _bounded(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def svg_of(source: str) -> bytes:
    """Return what Typst makes of a source.

    Raises
    ------
    typst.TypstError
        Typst cannot read it, or it asks for anything outside itself.
    """
    with _ALONE:
        found = _compiler().compile((_NO_LIBRARY + source).encode(), format="svg")
    if not isinstance(found, bytes):
        raise ValueError("what is typeset fills one page")
    return found


def asked(source: str) -> list[Any]:
    """Return the values that a source gives as ``#metadata(value) <answer>``, in their order.

    Raises
    ------
    RuntimeError
        Typst cannot read it, or it asks for anything outside itself.

    Examples
    --------
    >>> asked("#metadata((1 / 4, 2)) <answer>")
    [[0.25, 2]]
    """
    with _ALONE:
        found: list[Any] = json.loads(_new_compiler(source).query("<answer>", field="value"))
    return found


@cache
def _compiler() -> typst.Compiler:
    """Return the compiler that draws."""
    return _new_compiler("")


def _new_compiler(source: str) -> typst.Compiler:
    """Return a compiler of a source: its root is no folder, so that it finds no file and no package."""
    nowhere = _NOWHERE / "nothing"
    return typst.Compiler(
        (_NO_LIBRARY + source).encode(),
        root=_NOWHERE,
        font_paths=_fonts(),
        package_path=nowhere,
        package_cache_path=nowhere,
    )


@cache
def _fonts() -> typst.Fonts:
    folders = [str(folder) for folder in FOLDERS]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


def _bounded(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"cannot typeset {_short(text)}: {len(text)} characters, and {LONGEST} is the most")
    return text


def _short(text: str) -> str:
    return repr(text if len(text) <= LONGEST else text[:40] + "...")
