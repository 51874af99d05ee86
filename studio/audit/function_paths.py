"""What the paths of the scene `function_gears` mean: functions, their graphs, and where their gears touch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from studio.audit.passes import MP, Known, Link, Pass, exact, mpf, recorded
from studio.audit.paths import Route, ScenePaths, within

__all__ = ["FunctionPaths"]

_GRAPH_POINTS: Final = 401


class FunctionPaths(ScenePaths):
    """Pieces, a function each, moved one after the other from the beginning of its range."""

    def links(self) -> list[Link]:
        """Return the function of the first piece."""
        return [(self._piece(0)["function"], None)]

    def routes(self) -> Mapping[str, Route]:
        """Return the pieces, each as its x moves and along its graph, and the two round gears."""
        return {
            r"settings\.pieces\[(\d+)\]\.(\w+)\[(\d+)\]": lambda i, key, j: (exact(self._piece(i)[key][int(j)]),),
            r"settings\.(\w+)(?:\[(\d+)\])?": self.setting,
            r"plotted\[(\d+)\]\.x": self.grid,
            r"plotted\[(\d+)\]\.h": self.graph,
            r"circle_trace\.(.+)": lambda rest: (within(self._passed(0, self.clip["circles_at"]), rest),),
            r"circle\.(near|far)": lambda side: (self._radius(0, self.clip["circles_at"], side),),
            r"((?:trace|contact)_(\d+)\..+)": lambda path, i: (self.at(self._piece(i)["x_range"][0], path),),
        }

    def at(self, x: float, path: str) -> Known:
        """Return what stands at a path of ``trace_i`` or ``contact_i`` when the x of piece i is ``x``."""
        source, _, rest = path.partition(".")
        name, _, i = source.partition("_")
        if name == "trace":
            return within(self._passed(i, x), rest)
        if name == "contact" and rest in ("near", "far"):
            return self._radius(i, x, rest)
        return super().at(x, path)

    def grid(self, i: str) -> tuple[Known, ...]:
        """Return the points of a graph that the claimed x should be: evenly spaced, and 0."""
        low, high = (mpf(end) for end in self._piece(i)["graph_x"])
        step, scale = (high - low) / (_GRAPH_POINTS - 1), max(abs(low), abs(high))
        claimed = self.claimed[f"plotted[{i}].x"]
        return tuple(exact(0.0) if x == 0 else Known(low + MP.nint((x - low) / step) * step, scale) for x in claimed)

    def graph(self, i: str) -> tuple[Known, ...]:
        """Return the function at every claimed point of its graph."""
        return tuple(self._passed(i, x).h[1] for x in self.claimed[f"plotted[{i}].x"])

    def _piece(self, i: int | str) -> dict[str, Any]:
        piece: dict[str, Any] = self.clip["pieces"][int(i)]
        return piece

    def _passed(self, i: int | str, x: float) -> Pass:
        return recorded([(self._piece(i)["function"], None)], exact(x))

    def _radius(self, i: int | str, x: float, side: str) -> Known:
        """Return how far from one hub two gears touch: both add up to the distance, and their ratio is the slope."""
        slope = self._passed(i, x).local[0]
        apart, turns = mpf(self.clip["centre_distance"]), abs(slope.value)
        value = apart * (turns if side == "near" else 1) / (1 + turns)
        return Known(value, value + apart * slope.scale / (1 + turns) ** 2)
