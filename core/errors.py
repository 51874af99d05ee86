"""The border: the one error, and what every value passes on its way in and before it is kept.

Inside, a single number is a NumPy float64 scalar, which nobody can write to; anything larger is an array whose write
flag is off. Complex numbers are let through, because a complex-step check sends them.
"""

from difflib import get_close_matches
from math import isfinite
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]  # float64 (complex128 in a check), or the NumPy scalar of that type
Number: Any = np.float64
read_only: Any = MappingProxyType


class CoreError(ValueError):
    """What was wrong, in one line that names the step, the function and the shapes."""

    def __init__(self, message: object) -> None:
        super().__init__(" ".join(str(message).split()))


def refuse(fault: object, message: str, *about: object) -> None:
    """Raise CoreError if there is a fault; only then is `about`, if any, put into the {} of the message."""
    if fault:
        raise CoreError(message.format(*about) if about else message)


ALSO = {"mse": "squared_error", "mae": "absolute_error", "bce": "binary_cross_entropy", "nll": "softmax_cross_entropy"}


class Table(dict[str, Any]):
    """Rows by name. A name that is not there is answered with those that are, and with the nearest.

    Examples
    --------
    >>> Table({"tanh": 1, "sin": 2})["tahn"]
    Traceback (most recent call last):
    core.errors.CoreError: 'tahn' is none of tanh, sin; did you mean 'tanh'?
    """

    def __missing__(self, name: str) -> Any:
        near = get_close_matches(ALSO.get(name.lower(), name), self, n=1)
        raise CoreError(f"{name!r} is none of {', '.join(self)}{f'; did you mean {near[0]!r}?' if near else '.'}")


def plain(value: Any) -> Array:
    """`value` as a float64 number or array, new and of no subclass (complex128 if it is complex); may be infinite."""
    # entry by entry, because NumPy would forget what is masked in a masked array that lies in a list
    a: Any = np.array([plain(v) for v in value] if isinstance(value, (list, tuple)) else value, order="C")
    refuse(np.ma.is_masked(value), "it is masked")
    refuse(not a.size or a.dtype.kind not in "biufc", "it is no numbers" if a.size else "it is empty")
    a = a if a.dtype.char in "dD" else a.astype(complex if a.dtype.kind == "c" else float)
    return a if a.ndim else a[()]  # type: ignore[no-any-return]


def as_array(value: Any, what: str) -> Array:
    """`value` as a read-only float64 copy that shares memory with nothing; `what` is its name in an error.

    ints and lists are converted here and nowhere else, so that no int32 can overflow later.

    Examples
    --------
    >>> as_array([50000], "x") ** 2
    array([2.5e+09])
    """
    try:
        return seal(Number(value) if isinstance(value, (float, int)) else plain(value), "it")
    except (TypeError, ValueError, OverflowError) as fault:
        raise CoreError(f"{what} is not an array of finite numbers: {value!r:.60} ({fault})") from fault


def positive(value: Any, what: str) -> Array:
    """`value` as one real number above 0; `what` is its name in an error.

    Examples
    --------
    >>> float(positive(0.1, "a rate"))
    0.1
    """
    odd = (a := as_array(value, what)).ndim or np.iscomplexobj(a) or not a > 0
    refuse(odd, "{} is one positive number, not {!r:.60}", what, value)
    return a


def seal(array: Array, what: str, *about: object) -> Array:
    """Freeze an array that is to be kept, and return it; an error if it is not finite. `what` is as in `refuse`.

    One dot product with itself tells, unless it overflows; only then is each entry asked. (`dot` would warn, were
    warnings not off wherever something is computed.)
    """
    if type(array) is not Number or not isfinite(array):
        array.setflags(False)  # type: ignore[call-arg]  # write=False, in half the time
        if not isfinite(abs((flat := array.ravel()).dot(flat))) and not np.isfinite(array).all():
            refuse(True, what + " is not finite", *about)
    return array
