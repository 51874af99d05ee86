"""What the paths of each scene's ledger mean: where its values stand in a chain that the reference has passed.

Each scene is a table from a pattern of paths to what gives the values there.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from studio.audit.passes import MP, Known, Link, Pass, exact, mpf, recorded

__all__ = ["NetworkPaths", "Route", "ScenePaths", "SweptChainPaths", "within"]

Route = Callable[..., tuple[Known, ...]]

_SWEEP_POINTS: Final = 401
_WEIGHTS: Final = {"w1": 0, "w2": 2}


class ScenePaths(ABC):
    """What stands at each path of a clip of one scene.

    Parameters
    ----------
    clip
        The clip's settings.
    claimed
        The values that the ledger gives for a path.
    """

    def __init__(self, clip: Mapping[str, Any], claimed: Mapping[str, Sequence[float]]) -> None:
        self.clip, self.claimed = clip, claimed

    @abstractmethod
    def links(self) -> list[Link]:
        """Return the chain."""

    def routes(self) -> Mapping[str, Route]:
        """Return patterns of paths, and what gives the values there; it is called with the pattern's groups."""
        return {r"settings\.(\w+)(?:\[(\d+)\])?": self.setting, r"trace\.(.+)": self.traced}

    def known(self, path: str) -> tuple[Known, ...]:
        """Return what stands at a path.

        Raises
        ------
        LookupError
            No route leads there.
        """
        for pattern, route in self.routes().items():
            if found := re.fullmatch(pattern, path):
                return route(*found.groups())
        raise LookupError(f"the reference knows no {path}")

    def at(self, x: float, path: str) -> Known:
        """Return what stands at a path that a live sweep moves, for an input of that sweep.

        Raises
        ------
        LookupError
            No sweep moves what stands there.
        """
        raise LookupError(f"no sweep moves {path}")

    def goal(self) -> tuple[str, float]:
        """Return loss and target; with no loss the output itself."""
        loss = self.clip.get("loss", "none")
        return ("output", 0.0) if loss == "none" else (loss, self.clip["target"])

    def passed(self, x: Known) -> Pass:
        """Return the pass of the chain from an input on."""
        return recorded(self.links(), x, *self.goal())

    @cached_property
    def trace(self) -> Pass:
        """The pass at the clip's own input."""
        return self.passed(exact(self.clip["x"]))

    def setting(self, name: str, index: str | None) -> tuple[Known, ...]:
        """Return a setting, or one of a list of them."""
        found = self.clip[name]
        return (exact(found[int(index)] if index else found),)

    def traced(self, rest: str) -> tuple[Known, ...]:
        """Return a value of the recorded pass."""
        return (within(self.trace, rest),)


def within(one: Pass, rest: str) -> Known:
    """Return a value of a pass, named as in the project's traces.

    Raises
    ------
    LookupError
        A pass holds no such value.
    """
    if rest in ("loss", "seed"):
        return one.loss if rest == "loss" else one.seed
    found = re.fullmatch(r"(h|delta)\[(\d+)\]|(local)\[(\d+)\]\.gain|(grads)\[(\d+)\]\['w'\]", rest)
    if not found:
        raise LookupError(f"the reference knows no {rest} of a pass")
    name, index = (part for part in found.groups() if part is not None)
    held: tuple[Known, ...] = getattr(one, name)
    return held[int(index)]


class NetworkPaths(ScenePaths):
    """The scene `two_layer_network`: weight, function, weight, and nudges of each weight."""

    def links(self) -> list[Link]:
        """Return the two weights and the function between them."""
        clip = self.clip
        return [("scale", mpf(clip["w1"])), (clip["activation"], None), ("scale", mpf(clip["w2"]))]

    def routes(self) -> Mapping[str, Route]:
        """Return what every scene has, and the nudges."""
        return {**super().routes(), r"nudged\['(w[12])'\]\[(\d+)\]\.(\w+)": self.nudged}

    def setting(self, name: str, index: str | None) -> tuple[Known, ...]:
        """Return a setting; ``magnification`` is what draws a nudge half a unit wide."""
        if name != "magnification":
            return super().setting(name, index)
        value = mpf(1) / 2 / mpf(self.clip["nudge"])
        return (Known(value, value),)

    def nudged(self, weight: str, index: str, part: str) -> tuple[Known, ...]:
        """Return what nudging a weight gives; a difference has the scale of what it was taken from."""
        step, links = mpf((*self.clip["nudges"], self.clip["nudge"])[int(index)]), self.links()
        place, x = _WEIGHTS[weight], exact(self.clip["x"])
        slope = self.trace.grads[place]
        low, high = (
            recorded([*links[:place], ("scale", links[place][1] + s), *links[place + 1 :]], x, *self.goal()).loss
            for s in (-step, step)
        )
        rise, run = high - low, Known(2 * step, 2 * step)
        numeric = Known(rise.value / run.value, rise.scale / run.value)
        gap = numeric - slope
        parts = {"step": Known(step, step), "rise": rise, "run": run, "numeric": numeric, "analytic": slope, "gap": gap}
        return (parts[part],)


class SweptChainPaths(ScenePaths):
    """The scene `toy_chain`: functions alone, their input swept through a range."""

    def links(self) -> list[Link]:
        """Return the functions."""
        return [(name, None) for name in self.clip["functions"]]

    def routes(self) -> Mapping[str, Route]:
        """Return what every scene has, the sweep, and the flat places; the x of both first."""
        return {
            r"(sweep|flat\[\d+\])\.h\[0\]": self.grid,
            r"(sweep|flat\[\d+\])\.(.+)": self.swept,
            **super().routes(),
        }

    @cached_property
    def trace(self) -> Pass:
        """The pass at the beginning of the range."""
        return self.passed(exact(self.clip["x_range"][0]))

    def at(self, x: float, path: str) -> Known:
        """Return what stands at a path of ``trace`` when the input is ``x``."""
        return within(self.passed(exact(x)), path.removeprefix("trace."))

    def swept(self, source: str, rest: str) -> tuple[Known, ...]:
        """Return a value at every point of the sweep, or at a flat place."""
        return tuple(within(one, rest) for one in self._recorded(source))

    @cached_property
    def _passes(self) -> dict[str, tuple[Pass, ...]]:
        return {}

    def _recorded(self, source: str) -> tuple[Pass, ...]:
        if source not in self._passes:
            self._passes[source] = tuple(self.passed(exact(x)) for x in self.claimed[f"{source}.h[0]"])
        return self._passes[source]

    def grid(self, source: str) -> tuple[Known, ...]:
        """Return the points of the sweep that the claimed x should be; the nearest one for a single x."""
        return tuple(self._point(source, *at) for at in enumerate(self.claimed[f"{source}.h[0]"]))

    def _point(self, source: str, index: int, x: float) -> Known:
        low, high = (mpf(end) for end in self.clip["x_range"])
        step = (high - low) / (_SWEEP_POINTS - 1)
        place = index if source == "sweep" else min(max(MP.nint((x - low) / step), 0), _SWEEP_POINTS - 1)
        return Known(low + place * step, max(abs(low), abs(high)))
