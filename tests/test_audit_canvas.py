"""What the audit draws once and keeps is kept for what looks the same, and for nothing else."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from audit_cases import honest

from scenes.parts.film.ledger import Value
from studio.audit.canvas import Canvas, Look
from studio.audit.drawn import Facts
from studio.audit.frames import Colours


def test_a_thing_of_which_one_number_alone_changes_is_drawn_anew() -> None:
    """The box of a ribbon, and what goes out of it, may stay as they are while what comes into it changes."""
    ledger = honest("TwoLayerNetwork")
    ribbons = [row for row in ledger.shown if row.kind == "ribbon" and any(span.samples for span in row.spans)]
    facts, canvas = Facts.of(ledger, 360, 640), Canvas()
    picture: Any = SimpleNamespace(luma=np.zeros((360, 640), dtype=np.uint8), colours=Colours())
    for index, row in enumerate(ribbons):
        sample = next(span.samples[0] for span in row.spans if span.samples)
        (into,) = sample.values
        thin = Value(repr=repr(into.number / 8), hex=(into.number / 8).hex())
        inks = []
        for each in (sample, sample.model_copy(update={"values": (thin,)}), sample):
            look = Look(index, row, each, resting=False, settled=False, last=False).scaled((0.5, 0.5))
            canvas.lay(picture, [look], facts)
            inks.append(canvas.claimed.copy())
        assert not np.array_equal(inks[0], inks[1])
        assert np.array_equal(inks[0], inks[2])
    assert ribbons
