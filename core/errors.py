"""The border: the one error, and what every value passes on its way in and before it is kept.

Inside, a single number is a NumPy float64 scalar, which nobody can write to; anything larger is an array whose write
flag is off. Complex numbers are let through, because a complex-step check sends them.
"""

from cmath import isfinite
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]  # float64 (complex128 in a check), or the NumPy scalar of that type
Row = TypeVar("Row")
read_only = MappingProxyType


class CoreError(ValueError):
    """What was wrong, in one line that names the step, the function and the shapes."""


def refuse(fault: object, message: str, *about: object) -> None:
    """Raise CoreError if there is a fault; only then is `about`, if any, put into the {} of the message."""
    if fault:
        raise CoreError(message.format(*about) if about else message)


class Table(dict[str, Row]):
    """Rows by name. A name that is not there is answered with those that are, and with the nearest.

    Examples
    --------
    >>> Table({"tanh": 1, "sin": 2})["tahn"]
    Traceback (most recent call last):
    core.errors.CoreError: 'tahn' is none of tanh, sin; did you mean 'tanh'?
    """

    def __missing__(self, name: str) -> Row:
        hint = [f"; did you mean {close!r}?" for close in get_close_matches(str(name), self, n=1)] or ["."]
        raise CoreError(f"{name!r} is none of {', '.join(self)}{hint[0]}")


def as_array(value: Any, what: str) -> Array:
    """`value` as a read-only float64 copy that shares memory with nothing; `what` is its name in an error.

    ints and lists are converted here and nowhere else, so that no int32 can overflow later. What is empty, ragged, not
    numeric or not finite is refused.

    Examples
    --------
    >>> as_array([50000], "x") ** 2
    array([2.5e+09])
    """
    try:
        # float64 or complex128, and new; text and objects have no such sum, and a number needs none
        array: Any = np.float64(value) if isinstance(value, float | int) else np.add(value, np.float64(0), order="C")
        refuse(array.size == 0 or array.dtype.kind not in "fc", "it is empty, or something else than numbers")
        return seal(array, what)
    except (TypeError, ValueError, OverflowError) as fault:
        raise CoreError(f"{what} is not an array of finite numbers: {value!r:.60}") from fault


def seal(array: Array, what: str, *about: object) -> Array:
    """Freeze an array that is to be kept, and return it; an error if it is not finite. `what` is as in `refuse`.

    One dot product with itself tells, unless it overflows; only then is each entry asked. (`np.dot` would warn.)
    """
    if array.ndim:
        array.setflags(write=False)
    if not isfinite(np.vdot(array, array) if array.ndim else array) and not np.isfinite(array).all():
        refuse(True, what + " is not finite", *about)
    return array
