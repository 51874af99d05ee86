"""The border: what comes in is copied to float64 once, and what is kept cannot be written to.

Inside, a single number is a NumPy float64 scalar, which nobody can write to; anything larger is an array whose
write flag is off. Complex numbers are let through, because a complex-step check sends them.
"""

import cmath
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.errors import CoreError

Array: TypeAlias = NDArray[Any]  # float64 (complex128 in a check), or the NumPy scalar of that type
REAL = np.dtype(float)


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
    array: Array
    try:  # the one copy
        array = np.array(value, order="C")
    except ValueError as fault:  # a ragged list
        raise CoreError(f"{what} is not an array of numbers: {fault}") from fault
    if array.dtype.kind not in "biufc" or array.size == 0:
        raise CoreError(f"{what} is not an array of numbers: {value!r:.60}")
    if array.dtype != REAL:
        array = array.astype(complex if array.dtype.kind == "c" else float)
    array = array if array.ndim else array[()]
    seal([array], lambda _: f"{what} is not finite: {value!r:.60}")
    return array


def frozen(array: Array) -> Array:
    """Array with its write flag off (a NumPy scalar has none to turn off)."""
    if isinstance(array, np.ndarray):
        array.setflags(write=False)
    return array


def seal(arrays: Sequence[Array], complaint: Callable[[int], str]) -> None:
    """Freeze arrays, and raise CoreError(complaint(i)) if arrays[i] is the first that is not finite.

    One dot product of an array with itself tells, unless it overflows; only then is each entry asked.
    """
    for i, array in enumerate(arrays):
        if isinstance(array, np.ndarray):
            array.setflags(write=False)
            flat = array.ravel()
            if not cmath.isfinite(flat.dot(flat)) and not np.isfinite(flat).all():
                raise CoreError(complaint(i))
        elif not cmath.isfinite(array):  # type: ignore[unreachable]  # a NumPy scalar, typed as an array
            raise CoreError(complaint(i))
