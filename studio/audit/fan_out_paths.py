"""What the paths of the scene `fan_out` mean: two functions of one x, their sum, and what comes back along each way."""

from __future__ import annotations

import re
from collections.abc import Mapping

from studio.audit.passes import Known, Link, Pass, exact, mpf, recorded
from studio.audit.paths import Route, ScenePaths

__all__ = ["FanOutPaths"]

_WAYS = ("u", "v")


class FanOutPaths(ScenePaths):
    """The scene `fan_out`: y = f(x) + g(x), so that dy/dx = f'(x) + g'(x); x is turned, and all with it."""

    def links(self) -> list[Link]:
        """Return the first way."""
        return [(self.clip["functions"][0], None)]

    def ways(self, x: Known) -> tuple[Pass, Pass]:
        """Return both functions at an x."""
        one, other = (recorded([(name, None)], x) for name in self.clip["functions"])
        return one, other

    def routes(self) -> Mapping[str, Route]:
        """Return the stated numbers, both passes of the graph, each way and edge, and the turn."""
        return {
            r"settings\.(x|turn)": lambda name: (exact(self.clip[name]),),
            r"graph\.value\['([uvy])'\]": lambda name: (self.values(exact(self.clip["x"]))[name],),
            r"graph\.delta\['([xuvy])'\]": lambda name: (self.deltas()[name],),
            r"ways\[([01])\]\.local\[0\]\.gain": lambda i: (self.slopes[int(i)],),
            r"edges\.([uv])": lambda name: (self.slopes[_WAYS.index(name)],),
            r"moved\.(\w+)": lambda part: (self.moved(self.clip["turn"], part),),
            r"move\.(\w+)": lambda part: (self.moved(0.0, part),),
        }

    def at(self, x: float, path: str) -> Known:
        """Return what stands at a path of ``move`` when x is turned by ``x``."""
        found = re.fullmatch(r"move\.(\w+)", path)
        return self.moved(x, found[1]) if found else super().at(x, path)

    @property
    def slopes(self) -> tuple[Known, ...]:
        """The local derivative of each way; y passes a push on whole, so it is also what comes back along it."""
        return tuple(way.local[0] for way in self.ways(exact(self.clip["x"])))

    def values(self, x: Known) -> dict[str, Known]:
        """Return u, v and y at an x."""
        u, v = (way.h[-1] for way in self.ways(x))
        return {"u": u, "v": v, "y": u + v}

    def deltas(self) -> dict[str, Known]:
        """Return dy/dx, and dy/du = dy/dv = dy/dy = 1."""
        one, other = self.slopes
        return {"x": one + other, **dict.fromkeys("uvy", exact(1.0))}

    def moved(self, dx: float, part: str) -> Known:
        """Return what turning x does, to first order and computed again; a difference keeps the scale of its parts.

        Raises
        ------
        LookupError
            There is no such part.
        """
        u, v = (slope * exact(dx) for slope in self.slopes)
        parts = {"x": exact(dx), "u": u, "v": v, "y": u + v, "apart": v - u}
        if part in ("recomputed", "gap"):
            x = mpf(self.clip["x"])
            there = Known(x + mpf(dx), abs(x) + abs(mpf(dx)))
            parts["recomputed"] = self.values(there)["y"] - self.values(exact(self.clip["x"]))["y"]
            parts["gap"] = parts["recomputed"] - parts["y"]
        if part not in parts:
            raise LookupError(f"the reference knows no {part} of a turn")
        return parts[part]
