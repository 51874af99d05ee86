"""The independent reference: every value of a ledger again, at 50 digits, sharing no code with the core.

How a value is reached is read from its path in the ledger, such as ``trace.delta[1]``; what the paths of a scene mean
is said once for each scene, in the table `SCENES`. The mathematics is in `passes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from studio.audit.fan_out_paths import FanOutPaths
from studio.audit.function_paths import FunctionPaths
from studio.audit.passes import FUNCTIONS, LOSSES, MP, STEEPEST, Known, Pass, exact, recorded
from studio.audit.paths import NetworkPaths, ScenePaths, SweptChainPaths
from studio.audit.train_paths import PushedTrainPaths, TurnedTrainPaths

__all__ = ["FUNCTIONS", "LOSSES", "MP", "SCENES", "STEEPEST", "Known", "Pass", "Reference", "exact", "recorded"]

SCENES: Final[Mapping[str, type[ScenePaths]]] = {
    "two_layer_network": NetworkPaths,
    "toy_chain": SweptChainPaths,
    "chain_rule_gears": TurnedTrainPaths,
    "push_through_gears": PushedTrainPaths,
    "function_gears": FunctionPaths,
    "fan_out": FanOutPaths,
}
"""What the paths of each scene mean."""


class Reference:
    """What each path of a clip's ledger should hold.

    Parameters
    ----------
    clip
        The clip's settings, as plain as they stand in the ledger.
    claimed
        The values that the ledger gives for a path. Only the x of a sweep is taken from it, because a rounded x is what
        the core was given; that x is compared too.

    Raises
    ------
    LookupError
        There is no reference for this scene.
    """

    def __init__(self, clip: Mapping[str, Any], claimed: Mapping[str, Sequence[float]]) -> None:
        if clip["scene"] not in SCENES:
            raise LookupError(f"there is no independent reference for the scene {clip['scene']!r}")
        self._paths = SCENES[clip["scene"]](clip, claimed)

    def known(self, path: str) -> tuple[Known, ...]:
        """Return what stands at ``path``: one value, or one for each point of the sweep.

        Raises
        ------
        LookupError
            The path leads to nothing that the reference knows.
        """
        return self._paths.known(path)

    def at(self, x: float, path: str) -> Known:
        """Return what stands at a path that a live sweep moves, when the input of that sweep is ``x``.

        Raises
        ------
        LookupError
            No sweep moves what stands there.
        """
        return self._paths.at(x, path)
