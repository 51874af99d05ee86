"""The base of audits of what rides on a wheel: it stands on the hub, or where the wheel meets the next one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scenes.parts.film.ledger import SampleRow, ShownRow
from studio.audit.colours import Tint
from studio.audit.geometry import Space, Verdict, riding_error
from studio.audit.outlined import Outlined

__all__ = ["Riding"]


class Riding(Outlined):
    """Outlines about a point of a wheel.

    Attributes
    ----------
    ahead
        Whether that is where the wheel meets the next one.
    """

    tint = Tint(crossed=True)
    smears = False
    ahead: ClassVar[bool] = False

    def verdicts(self, space: Space, row: ShownRow, sample: SampleRow, live: bool) -> Iterator[Verdict]:
        """Yield how far numbers, outlines and place are from what the numbers and the wheel give."""
        yield from super().verdicts(space, row, sample, live)
        yield riding_error(space, row, sample, ahead=self.ahead)
