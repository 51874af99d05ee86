"""The border: what comes in is copied to float64 once, and what is kept cannot be written to.

Inside, a single number is a NumPy float64 scalar, which nobody can write to; anything larger is an array whose
write flag is off. Complex numbers are let through, because a complex-step check sends them.
"""

import cmath
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.errors import CoreError

Array: TypeAlias = NDArray[Any]  # float64 (complex128 in a check), or the NumPy scalar of that type


def as_array(value: object, what: str) -> Array:
    """`value` as a read-only float64 copy that shares memory with nothing.

    Parameters
    ----------
    value : number, list or array
        ints and lists are converted here and nowhere else, so that no int32 can overflow later.
    what : str
        Its name in the error message.

    Raises
    ------
    CoreError
        If it is empty, ragged, not numeric, or not finite.

    Examples
    --------
    >>> as_array([50000], "x") ** 2
    array([2.5e+09])
    """
    try:
        given = np.array(value)
    except ValueError as fault:  # a ragged list
        raise CoreError(f"{what} is not an array of numbers: {fault}") from fault
    if given.dtype.kind not in "biufc" or given.size == 0:
        raise CoreError(f"{what} is not an array of numbers: {value!r:.60}")
    array = np.array(given, dtype=complex if given.dtype.kind == "c" else float, order="C")[()]
    if not is_finite(array):
        raise CoreError(f"{what} is not finite: {value!r:.60}")
    return frozen(array)


def frozen(array: Array) -> Array:
    """The same array with its write flag off (a NumPy scalar has none to turn off)."""
    if isinstance(array, np.ndarray):
        array.setflags(write=False)
    return array


def is_finite(array: Array) -> bool:
    """Whether every entry is finite: one dot product tells, unless it overflows itself; then each entry is asked."""
    if array.ndim == 0:
        return cmath.isfinite(array)  # type: ignore[arg-type]  # a 0-d array converts to one number
    return cmath.isfinite(np.vdot(array, array)) or bool(np.isfinite(array).all())
