"""Numbers of any size for outlines, and whether both sides, the stage and the audit, say the same outlines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from studio.audit.outlined import Shape

Points = npt.NDArray[np.float64]

lengths = st.one_of(
    st.just(0.0),
    st.floats(-3.0, 3.0, allow_subnormal=False).filter(lambda v: v == 0.0 or abs(v) > 1e-150),
    st.integers(-140, 9).flatmap(lambda k: st.sampled_from((-(10.0**k), 10.0**k))),
)
"""What may be drawn for a number, in frame units: nothing, usual, tiny and huge, of both signs."""


def same(shapes: Sequence[Points], audited: Sequence[Shape]) -> bool:
    """Whether each outline has the same corners on both sides, wherever it begins and whichever way it runs round."""
    return len(shapes) == len(audited) and all(
        _alike(one[:, :2], other.points[:, :2]) for one, other in zip(shapes, audited, strict=True)
    )


def _alike(one: Points, other: Points) -> bool:
    if not (len(one) and len(other)):
        return len(one) == len(other)
    gaps = np.abs(one[:, None] - other[None]).max(axis=2)
    reach = 1e-9 * max(1.0, float(np.abs(one).max()))
    return bool(gaps.min(axis=0).max() <= reach and gaps.min(axis=1).max() <= reach)


def whole(shapes: Sequence[Points]) -> bool:
    """Whether all points are numbers."""
    return all(bool(np.isfinite(points).all()) for points in shapes)
