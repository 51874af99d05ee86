"""Quantities: the only numbers that a scene may show, each read from a core result by a path, never typed.

A scene's table says, row by row, what a quantity is called and where in the core's results it stands
(``trace.delta[1]``); :meth:`Quantities.read` reads them all. There is no other way to make one: a storyboard that tries
to make a quantity out of a literal gets an error, and an audit can follow the same path again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from scenes.parts.errors import StageError

__all__ = ["Quantities", "Quantity", "Role", "Row"]

Role = Literal["ink", "quiet", "body", "value", "gradient", "weight", "loss"]
_STEP = re.compile(r"\.?([A-Za-z_]\w*)|\[(\d+)\]|\['([^']+)'\]")
_KEY: Final = object()


@dataclass(frozen=True)
class Row:
    """One row of a scene's table of quantities.

    Attributes
    ----------
    symbol
        How it is written, in Typst math.
    path
        Where it stands: the name of a source, then attributes, indices and keys, as in ``trace.grads[0]['w']``.
    role
        The meaning that gives it its colour.
    typed
        An input of the lesson: shown as the lecturer typed it, not rounded.
    """

    symbol: str
    path: str
    role: Role = "value"
    typed: bool = False


@dataclass(frozen=True)
class Quantity:
    """A named value of the core, with the symbol it is written with. Made by :class:`Quantities` alone.

    Attributes
    ----------
    value
        A float, or a read-only float64 array for the quantity along a sweep.
    """

    name: str
    row: Row
    value: float | npt.NDArray[np.float64]
    key: object = None

    def __post_init__(self) -> None:
        if self.key is not _KEY:
            raise StageError(
                f"quantity {self.name!r}: a quantity is read from a trace, it cannot be made from a number"
            )

    def __deepcopy__(self, memo: dict[int, Any]) -> Quantity:
        return self

    @property
    def number(self) -> float:
        """The value as a float.

        Raises
        ------
        TypeError
            If the quantity is a whole sweep.
        """
        if isinstance(self.value, float):
            return self.value
        raise TypeError(f"quantity {self.name!r} is a sweep of {self.value.size} values, not one number")


class Quantities(Mapping[str, Quantity]):
    """All quantities of a clip at one setting of its inputs, by name.

    Examples
    --------
    >>> from core import record, scale
    >>> q = Quantities.read({"y": Row("y", "trace.h[1]")}, {"trace": record([scale(3.0)], 2.0)})
    >>> q["y"].number
    6.0
    """

    def __init__(self, rows: Mapping[str, Quantity]) -> None:
        self._rows = MappingProxyType(dict(rows))

    @classmethod
    def read(cls, table: Mapping[str, Row], sources: Mapping[str, object]) -> Quantities:
        """Read every row of ``table`` from ``sources`` (results of the core, and the settings as ``settings``).

        Raises
        ------
        LookupError
            If a path leads nowhere.
        StageError
            If a source is neither a result of the core nor settings.
        """
        for name, source in sources.items():
            _check_source(name, source)
        return cls({name: Quantity(name, row, _value(row.path, sources), _KEY) for name, row in table.items()})

    def __getitem__(self, name: str) -> Quantity:
        """Return the quantity called ``name``."""
        return self._rows[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._rows)


def _check_source(name: str, source: object) -> None:
    """Refuse a source that nobody computed: a number, or a container of numbers, typed in a storyboard."""
    if isinstance(source, Mapping | list | tuple) and type(source).__module__ == "builtins":
        for inner in source.values() if isinstance(source, Mapping) else source:
            _check_source(name, inner)
    elif not type(source).__module__.startswith(("core.", "scenes.parts.settings.")):
        raise StageError(f"source {name!r}: {source!r:.60} is neither a result of the core nor settings")


def _value(path: str, sources: Mapping[str, object]) -> float | npt.NDArray[np.float64]:
    found: Any = sources
    if not path or "".join(step.group() for step in _STEP.finditer(path)) != path:
        raise LookupError(f"quantity path {path!r} is none: after a name, attributes, [index] and ['key']")
    for attribute, index, key in _STEP.findall(path):
        try:
            found = found[attribute] if found is sources else _follow(found, attribute, index, key)
        except (KeyError, IndexError, AttributeError) as error:
            raise LookupError(f"quantity path {path!r} leads nowhere at {attribute or index or key!r}") from error
    array = np.array(found, dtype=np.float64)
    if array.ndim == 0:
        return float(array)
    array.flags.writeable = False
    return array


def _follow(found: Any, attribute: str, index: str, key: str) -> Any:
    if attribute:
        return getattr(found, attribute)
    return found[int(index)] if index else found[key]
