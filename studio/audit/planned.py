"""What a clip's settings plan: its wheels and the ranges of its axes, of which a ledger holds only the names."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import CoreError
from scenes.parts.ledger import Ledger
from scenes.parts.settings import ClipSettings
from scenes.parts.wheel_plan import WheelPlan
from studio.audit.custody import settings_of

__all__ = ["ranges_of_ledger", "wheels_of", "wheels_of_ledger"]


def wheels_of(clip: ClipSettings) -> Mapping[str, WheelPlan]:
    """Return the wheels by name; none where they cannot be computed or do not fit a frame."""
    try:
        return clip.wheels()
    except (CoreError, ValueError):
        return {}


def ranges_of_ledger(ledger: Ledger) -> Mapping[str, tuple[float, float]]:
    """Return the ranges of the axes by their key; none where the ledger's settings cannot be used."""
    settings, _ = settings_of(ledger)
    return settings.clip(ledger.clip).ranges() if settings else {}


def wheels_of_ledger(ledger: Ledger) -> Mapping[str, WheelPlan]:
    """Return the wheels of a ledger's clip; none where its settings cannot be used."""
    settings, _ = settings_of(ledger)
    return wheels_of(settings.clip(ledger.clip)) if settings else {}
