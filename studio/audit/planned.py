"""What a clip's settings plan: its wheels and the ranges of its axes, of which a ledger holds only the names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from core.errors import CoreError
from scenes.parts.film.ledger import Ledger, SampleRow, ShownRow
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.settings import ClipSettings
from scenes.parts.settings.base import Swept
from studio.audit.custody import settings_of

__all__ = ["PlannedWheels", "ranges_of_ledger", "wheels_of_ledger"]


@dataclass(frozen=True)
class PlannedWheels:
    """The wheels of a clip as its settings plan them, anew for every input that they follow.

    Attributes
    ----------
    still
        Those that stay in place, by name.
    swept
        The inputs that the clip moves; wheels may follow one.
    """

    still: Mapping[str, WheelPlan]
    swept: tuple[Swept, ...] = ()
    _known: dict[tuple[str, float], Mapping[str, WheelPlan]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, clip: ClipSettings) -> PlannedWheels:
        """Return the wheels of a clip; none where they cannot be computed or do not fit a frame."""
        try:
            return cls(clip.wheels(), tuple(clip.sweeps().values()))
        except (CoreError, ValueError):
            return cls({})

    def plan(self, row: ShownRow, sample: SampleRow) -> WheelPlan | None:
        """Return the wheel that a thing is or stands on, as planned for its sample; None if there is no such wheel."""
        if row.follows is None:
            return self.still.get(row.wheel or "")
        swept = next((swept for swept in self.swept if swept.input == row.follows), None)
        if swept is None or sample.followed is None:
            return None
        key = (row.follows, sample.followed.number)
        if key not in self._known:  # every wheel of a train asks on every frame
            self._known[key] = _wheels(swept, sample.followed.number)
        return self._known[key].get(row.wheel or "")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All names, neighbours next to each other."""
        return (*self.still, *(key for swept in self.swept for key in swept.wheels(swept.low)))

    def place(self, key: str) -> int:
        """Return where a wheel stands among all: neighbours have places next to each other."""
        return self.names.index(key)


def _wheels(swept: Swept, x: float) -> Mapping[str, WheelPlan]:
    """Return the wheels at an input; none where they cannot be computed or do not fit a frame."""
    try:
        return swept.wheels(x)
    except (CoreError, ValueError):
        return {}


def ranges_of_ledger(ledger: Ledger) -> Mapping[str, tuple[float, float]]:
    """Return the ranges of the axes by their key; none where the ledger's settings cannot be used."""
    settings, _ = settings_of(ledger)
    return settings.clip(ledger.clip).ranges() if settings else {}


def wheels_of_ledger(ledger: Ledger) -> PlannedWheels:
    """Return the wheels of a ledger's clip; none where its settings cannot be used."""
    settings, _ = settings_of(ledger)
    return PlannedWheels.of(settings.clip(ledger.clip)) if settings else PlannedWheels({})
