"""Fan-out: where a value is used more than once, its gradients add.

A graph is a list of nodes in the order of computing. The values that enter a node are added, then its layer
acts on the sum:

    value[node] = layer.forward(sum of value[source] over its inputs)

The derivative of a sum by each summand is 1, so the push on a node goes back along every edge into it as the same
*contribution*, local.vjp(delta), and the delta of a value is the sum of the contributions of all edges that leave it.
A residual block is a node with two inputs. A shared weight is one layer object used in several nodes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from core.arrays import Array, as_array, frozen, seal
from core.errors import CoreError
from core.layers import Layer, LocalMap
from core.trace import Forward, backward_pass, forward_pass, measured, quiet


class Node(NamedTuple):
    """A layer that acts on the sum of the values named in `inputs`."""

    name: str
    layer: Layer
    inputs: tuple[str, ...]


class GraphTrace(NamedTuple):
    """Everything the two passes over a graph computed, by node name; read-only.

    Attributes
    ----------
    nodes : tuple of Node
    value, delta : mapping of name to array
        For every input and every node. What leads nowhere has delta 0.
    local, grads : mapping of node name to LocalMap, to parameter gradients
    contribution : mapping of (source, into) to array
        The push that comes back along each edge; delta[source] is the sum over the edges that leave it.
    loss : array
    """

    nodes: tuple[Node, ...]
    loss: Array
    value: Mapping[str, Array]
    local: Mapping[str, LocalMap]
    delta: Mapping[str, Array]
    contribution: Mapping[tuple[str, str], Array]
    grads: Mapping[str, Mapping[str, Array]]

    def shared_gradient(self, layer: Layer, parameter: str) -> Array:
        """Gradient of a parameter of this very layer object: the sum over all nodes that use it."""
        found = [self.grads[node.name][parameter] for node in self.nodes if node.layer is layer and layer.params]
        if not found:
            raise CoreError(f"no node of this graph uses that layer ({layer.name}) with a parameter {parameter!r}")
        return frozen(np.sum(found, axis=0))


@quiet
def record_graph(
    nodes: Sequence[Node], inputs: Mapping[str, object], *, target: object = None, loss: Any = None
) -> GraphTrace:
    """Both passes over a graph whose output is its last node.

    Parameters
    ----------
    nodes : sequence of Node
        In the order of computing: a node may use the inputs and the nodes before it.
    inputs : mapping of name to number or array
    target, loss
        As for `core.trace.record`.

    Raises
    ------
    CoreError
        Naming the node, for an unknown or repeated name, shapes that cannot be added, and all that `record` refuses.

    Examples
    --------
    A residual block, y = x + x^2 at 3, so that dy/dx = 1 + 6:

    >>> from core import elementwise
    >>> block = [Node("f", elementwise("square"), ("x",)), Node("y", elementwise("identity"), ("x", "f"))]
    >>> trace = record_graph(block, {"x": 3})
    >>> [float(trace.contribution["x", into]) for into in ("y", "f")]
    [1.0, 6.0]
    >>> float(trace.delta["x"])
    7.0
    """
    value, parts = {name: as_array(x, name) for name, x in inputs.items()}, dict[str, Forward]()
    if not nodes:
        raise CoreError("a graph has at least one node")
    for node in nodes:
        parts[node.name] = passed_forward(node, value)
        value[node.name] = parts[node.name].h[-1]
    whole = replace(parts[nodes[-1].name], sweep=all(part.sweep for part in parts.values()))
    total, slope, sweep = measured(whole, target, loss, "sum")

    delta = {name: 0 * v for name, v in value.items()} | {nodes[-1].name: slope}
    grads, contribution = dict[str, Mapping[str, Array]](), dict[tuple[str, str], Array]()
    for node in reversed(nodes):
        back = backward_pass(replace(parts[node.name], sweep=sweep), delta[node.name])
        grads[node.name] = back.grads[0]
        for source in node.inputs:
            contribution[source, node.name] = frozen(+back.delta[0])
            delta[source] = frozen(delta[source] + back.delta[0])
    seal([*delta.values()], lambda i: f"delta of {list(delta)[i]!r} is not finite")
    local = {name: part.local[0] for name, part in parts.items()}
    plain: list[Any] = [MappingProxyType(table) for table in (value, local, delta, contribution, grads)]
    return GraphTrace(tuple(nodes), total, *plain)


def passed_forward(node: Node, value: Mapping[str, Array]) -> Forward:
    """One-step trace of a node, on the sum of what enters it."""
    unknown = [name for name in node.inputs if name not in value]
    if node.name in value or not node.inputs or unknown or len(set(node.inputs)) < len(node.inputs):
        raise CoreError(f"node {node.name!r} needs a new name and inputs that came before, each once: {node.inputs}")
    shapes = {value[name].shape for name in node.inputs}
    if len(shapes) > 1:
        raise CoreError(f"node {node.name!r} cannot add values of the shapes {sorted(shapes)}")
    try:
        return forward_pass([node.layer], sum(value[name] for name in node.inputs))
    except CoreError as fault:
        raise CoreError(f"node {node.name!r}: {fault}") from fault
