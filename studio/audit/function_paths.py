"""What the paths of the scene `function_gears` mean: functions alone, each with its graph and its pair of gears."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from studio.audit.passes import Known, Link, Pass, exact, mpf, recorded
from studio.audit.paths import Route, ScenePaths, within

__all__ = ["FunctionPaths"]

_GRAPH_POINTS: Final = 401


class FunctionPaths(ScenePaths):
    """The scene `function_gears`: the x of each piece is swept; a contact follows from the slope there."""

    def links(self) -> list[Link]:
        """Return the first function."""
        return self.piece_links("0")

    def piece_links(self, i: str) -> list[Link]:
        """Return the function of a piece."""
        return [(self.piece(i)["function"], None)]

    def piece(self, i: str) -> Mapping[str, Any]:
        """Return the settings of a piece."""
        found: Mapping[str, Any] = self.clip["pieces"][int(i)]
        return found

    def routes(self) -> Mapping[str, Route]:
        """Return the stated numbers, the graphs, every piece at the beginning of its range, and the round gears."""
        return {
            r"settings\.pieces\[(\d+)\]\.(\w+)\[(\d)\]": lambda i, key, end: (exact(self.piece(i)[key][int(end)]),),
            r"settings\.(circles_at)": lambda name: (exact(self.clip[name]),),
            r"plotted\[(\d+)\]\.([xh])": self.plotted,
            r"(trace|contact)_(\d+)\.(.+)": lambda kind, i, rest: (
                self.standing(kind, i, rest, self.piece(i)["x_range"][0]),
            ),
            r"circle_trace\.(.+)": lambda rest: (self.standing("trace", "0", rest, self.clip["circles_at"]),),
            r"circle\.(near|far)": lambda rest: (self.standing("contact", "0", rest, self.clip["circles_at"]),),
        }

    def at(self, x: float, path: str) -> Known:
        """Return what stands at a path of a piece when its input is ``x``."""
        source, _, rest = path.partition(".")
        kind, _, i = source.partition("_")
        return self.standing(kind, i, rest, x)

    def standing(self, kind: str, i: str, rest: str, x: float) -> Known:
        """Return a value of the pass through a piece, or how far from a hub its gears touch.

        Raises
        ------
        LookupError
            There is no such value.
        """
        one = recorded(self.piece_links(i), exact(x))
        if kind == "trace":
            return within(one, rest)
        if kind != "contact" or rest not in ("near", "far"):
            raise LookupError(f"the reference knows no {rest} of {kind}")
        return self.touched(one, rest)

    def touched(self, one: Pass, hub: str) -> Known:
        """Return r1 = C i / (1 + i) or r2 = C / (1 + i), with i the magnitude of the slope."""
        ratio, apart = one.local[0], mpf(self.clip["centre_distance"])
        i = abs(ratio.value)
        value = apart * (i if hub == "near" else 1) / (1 + i)
        return Known(value, value + apart * ratio.scale / (1 + i) ** 2)

    def plotted(self, i: str, axis: str) -> tuple[Known, ...]:
        """Return a graph: evenly spaced x, and 0 where a graph passes it; h at the x that the ledger claims."""
        claimed = self.claimed[f"plotted[{i}].x"]
        if axis == "h":
            return tuple(within(recorded(self.piece_links(i), exact(x)), "h[1]") for x in claimed)
        low, high = (mpf(end) for end in self.piece(i)["graph_x"])
        grid = [low + (high - low) * step / (_GRAPH_POINTS - 1) for step in range(_GRAPH_POINTS)]
        size = max(abs(low), abs(high))
        added = [mpf(0)] if low < 0 < high and not any(abs(x) < size * mpf(10) ** -15 for x in grid) else []
        return tuple(Known(x, size) for x in sorted([*grid, *added]))
