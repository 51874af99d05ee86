"""Why a clip does not render. The stage turns each into one line on stderr and an exit code."""

from __future__ import annotations

__all__ = ["LayoutError", "StageError"]


class StageError(RuntimeError):
    """A scene would show something that the core did not compute, or that nobody could check: exit code 1."""


class LayoutError(ValueError):
    """What the settings ask for cannot be laid out on a frame, such as a sentence that is too long: exit code 2."""
