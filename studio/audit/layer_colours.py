"""The colours of a thing whose pieces have one each: each piece alone, where nothing else lies over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from studio.audit.colours import Tint, check_colour
from studio.audit.finding import Finding
from studio.audit.frames import Window, grown
from studio.audit.glance import Glance, Mask
from studio.audit.layers import Drawing

__all__ = ["check_layer_colours"]

_SOFT: Final = 2
_OPEN: Final = 0.99  # of a pixel, over which nothing else lies


def check_layer_colours(glance: Glance, drawing: Drawing, tint: Tint) -> Iterator[Finding]:
    """Yield how far the colour of each piece is from the claimed one."""
    window, layers = drawing.window, drawing.layers
    covered = grown(glance.around(window).open_share < _OPEN, _SOFT)
    for layer in layers:
        others = [o.ink for o in layers if o is not layer and (o.colour > layer.colour or not o.body)]
        over = grown(np.sum(others, axis=0) > 0.01, _SOFT) if others else np.zeros(window.shape, dtype=bool)
        own, hidden = grown(layer.ink > 0.01, _SOFT), glance.hidden(window) | covered | over
        piece = replace(
            glance,
            sample=glance.sample.model_copy(update={"colours": (glance.sample.colours[layer.colour],)}),
            hidden=partial(_same, hidden),
            drawn=partial(_same, own),
        )
        found = list(check_colour(piece, window, layer.ink, tint))
        yield from (finding for finding in found if not layer.body or finding.check == "colours")


def _same(mask: Mask, window: Window) -> Mask:
    """Return a mask that was made for this window."""
    return mask
