"""Why a clip does not render. The stage turns each into one line on stderr and an exit code."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LayoutError", "Refusal", "StageError"]


class StageError(RuntimeError):
    """A scene would show something that the core did not compute, or that nobody could check: exit code 1."""


class LayoutError(ValueError):
    """What the settings ask for cannot be laid out on a frame, such as a sentence that is too long: exit code 2.

    Parameters
    ----------
    key
        The setting to change, as the message names it: ``words.title``, ``names.relu``, ``digits``, ``scale``; empty
        where it is none.
    """

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True)
class Refusal:
    """Something that would end the render of a clip, as plain data that outlasts the process that found it.

    Attributes
    ----------
    code
        The exit code: 2 when the settings ask for what does not fit, 1 when something wrong would be shown.
    key
        The setting that it concerns, from the top of the file: ``("clips", "ToyChain", "words", "title")``.
    message
        What is wrong, on one line.
    needle, earlier, at_key
        Which place of the setting is meant, as in a ``Problem`` of the settings.
    details
        Where Python broke off, when nobody had foreseen it.
    """

    code: int
    key: tuple[str | int, ...]
    message: str
    needle: str = ""
    earlier: int = 0
    at_key: bool = False
    details: str = ""
