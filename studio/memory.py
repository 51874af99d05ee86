"""What need not be found out again: small answers by the digest of all that they depend on, in the user's cache.

Nothing depends on it: what cannot be read is as if it were not there, and what cannot be written is not written.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from scenes.parts.film.film_file import replace_text

__all__ = ["digest_of", "folder", "recall", "remember"]

MOST: Final = 1000  # answers that are kept


def folder() -> Path:
    """Return where answers are kept: `backgear` in the user's folder of caches, or in that of XDG_CACHE_HOME."""
    home = Path(os.path.expanduser("~"))
    usual = {"darwin": home / "Library" / "Caches", "win32": home / "AppData" / "Local"}
    named = os.environ.get("XDG_CACHE_HOME") or usual.get(sys.platform, home / ".cache")
    return Path(named) / "backgear"


def digest_of(*parts: Any) -> str:
    """Return the SHA-256, in hex, of values that JSON can hold.

    Examples
    --------
    >>> digest_of("tanh", {"numpy": "2.0"})[:8]
    '7443e825'
    """
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def recall(digest: str) -> Any:
    """Return what was remembered under a digest, or None."""
    try:
        return json.loads(_file(digest).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def remember(digest: str, answer: Any) -> None:
    """Keep an answer, whole or not at all; of very many the oldest are forgotten."""
    file = _file(digest)
    with suppress(OSError):
        replace_text(file, json.dumps(answer))
        _forget(file.parent)


def _file(digest: str) -> Path:
    return folder() / "answers" / f"{digest}.json"


def _forget(answers: Path) -> None:
    files = sorted(answers.iterdir(), key=lambda path: path.stat().st_mtime)
    for old in files[: max(0, len(files) - MOST)]:
        old.unlink(missing_ok=True)
