"""What a `one_sweep` should show: counted here by going through every product, not by a formula of the scene."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

TYPED = {
    *("long", "inputs", "loss", "each_input", "deep", "gain_long"),
    *(f"{way}_{of}" for way in ("front", "back") for of in ("long", "one", "net")),
}
"""What is shown as it was typed, or counted."""


def sweep_truth(clip: Any) -> dict[str, float]:
    """Every number of it, by name."""
    rows = [sum(1 for _ in range(start + 1, clip.long)) for start in range(clip.long - 1)]
    wires = [one * other for one, other in pairwise((*clip.widths, 1))]
    truth = {"long": clip.long, "inputs": clip.widths[0], "loss": 1, "deep": len(wires)}
    truth |= {f"row_{row}": row for row in rows}
    truth |= {f"width_{i}": width for i, width in enumerate(clip.widths)}
    truth |= {f"wires_{i}": count for i, count in enumerate(wires)}
    truth |= {"front_long": sum(rows), "back_long": rows[0], "each_input": sum(wires[1:])}
    truth |= {"front_one": sum(wires[1:]), "back_one": clip.widths[1] + sum(wires[1:-1])}
    truth |= {"front_net": clip.widths[0] * sum(wires[1:]), "back_net": sum(wires[:-1])}
    found = {name: float(number) for name, number in truth.items()}
    found |= {f"gain_{of}": found[f"front_{of}"] / found[f"back_{of}"] for of in ("long", "one", "net")}
    return found | {"gain_most": found["each_input"] / clip.widths[1]}
