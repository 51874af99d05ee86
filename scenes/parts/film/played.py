"""What an audit and the stage tell one another when a clip is played again without a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel, ConfigDict

from scenes.parts.film.ledger import BeatRow, Ledger, ShownRow

__all__ = ["Frames", "Played"]

_LARGEST: Final = 8192  # pixels
_FASTEST: Final = 240.0  # frames per second


@dataclass(frozen=True)
class Frames:
    """The frames of a film.

    Attributes
    ----------
    width, height
        In pixels.
    rate
        Frames per second.
    most
        How many it has; what would have more is broken off.
    plays
        The first and the last play that was rendered, where not all were.
    only
        The one beat that was rendered; nothing where all were.
    """

    width: int
    height: int
    rate: float
    most: int
    plays: tuple[int, int | None] | None = None
    only: str = ""

    @classmethod
    def of(cls, ledger: Ledger) -> Frames | None:
        """Return the frames that a ledger tells of; None where no film could have them."""
        film, plays = ledger.video, ledger.plays
        sizes = all(0 < size <= _LARGEST for size in (film.width, film.height))
        part = plays is not None or bool(ledger.only)
        if not (sizes and 0 < film.frame_rate <= _FASTEST and film.frames > 0 and part == ledger.partial):
            return None
        if plays is not None and not 0 <= plays[0] <= (plays[0] if plays[1] is None else plays[1]):
            return None
        return cls(film.width, film.height, film.frame_rate, film.frames, plays, ledger.only)


class Played(BaseModel):
    """What stands on the film of a clip: rows as a ledger has them."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)

    frames: int
    frame_height: float
    background: str
    beats: tuple[BeatRow, ...]
    shown: tuple[ShownRow, ...]
