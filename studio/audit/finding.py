"""What an audit finds: one line per thing that was looked at, right or wrong."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Finding"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    check
        The check, such as ``digits``: a row of the table.
    what
        One line that names the thing.
    frame
        The frame it was seen on; None where none was looked at.
    box
        Left, top, right, bottom of its place in pixels of the frame.
    error, limit
        How far off it is and how far it may be, both in ``unit``.
    unit
        ``''``, ``px``, ``ulp``, ``deg`` or ``/255``.
    ok
        Whether it is right.
    said
        What is wrong, in plain words; nothing where all is well.
    unsure
        Whether it could not be told: neither right nor wrong, and counted apart.
    """

    check: str
    what: str
    frame: int | None
    box: tuple[float, float, float, float] | None
    error: float
    limit: float
    unit: str
    ok: bool
    said: str
    unsure: bool = False

    @property
    def told(self) -> str:
        """What is wrong, with the name of the thing before it."""
        return self.said if self.what in self.said or not self.said else f"{self.what}: {self.said}"
