"""Fan-out: where a value is used more than once, its gradients add.

A graph is a list of nodes in the order of computing. The values that enter a node are added, then its layer
acts on the sum:

    value[node] = layer.forward(sum of value[source] over its inputs)

The derivative of a sum by each summand is 1, so the push on a node goes back along every edge into it as the same
*contribution*, local.vjp(delta), and the delta of a value is the sum of the contributions of all edges that leave it.
A residual block is a node with two inputs. A shared weight is one layer object used in several nodes.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Unpack

import numpy as np

from core.errors import Array, as_array, read_only, refuse, seal
from core.layers import Layer
from core.trace import Forward, Goal, flow_back, forward_pass, gradients, stage


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
    grads : mapping of node name to parameter gradients
    contribution : mapping of (source, into) to array
        The push that comes back along each edge; delta[source] is the sum over the edges that leave it.
    loss : array
    """

    nodes: tuple[Node, ...]
    loss: Array
    value: Mapping[str, Array]
    delta: Mapping[str, Array]
    contribution: Mapping[tuple[str, str], Array]
    grads: Mapping[str, Mapping[str, Array]]

    def shared_gradient(self, layer: Layer, parameter: str) -> Array:
        """Gradient of a parameter of this very layer object: the sum over all nodes that use it."""
        found = [self.grads[node.name][parameter] for node in self.nodes if node.layer is layer and layer.params]
        refuse(not found, "no node of this graph uses that layer ({}) with a parameter {!r}", layer.name, parameter)
        return seal(sum(found[1:], +found[0]), parameter)


@np.errstate(all="ignore")
def record_graph(nodes: Sequence[Node], inputs: Mapping[str, object], **goal: Unpack[Goal]) -> GraphTrace:
    """Both passes over a graph whose output is its last node.

    Parameters
    ----------
    nodes : sequence of Node
        In the order of computing: a node may use the inputs and the nodes before it.
    inputs : mapping of name to number or array
    goal
        target, loss and reduction, as for `core.trace.record`.

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
    refuse(not nodes, "a graph has at least one node")
    value, parts = {name: as_array(x, name) for name, x in inputs.items()}, dict[str, Forward]()
    every = [*nodes, Node("L", stage([node.layer for node in nodes], **goal), (nodes[-1].name,))]
    sweep = not any(node.layer.mixes for node in every)
    for node in every:
        known = [value[name] for name in node.inputs if name in value]
        fits = len(set(node.inputs)) == len(known) and len({h.shape for h in known}) == 1 and node.name not in value
        refuse(not fits, "node {!r} needs a new name, and inputs before it, of one shape: {}", node.name, node.inputs)
        parts[node.name] = forward_pass([node.layer._replace(name=f"{node.name}: {node.layer.name}")], sum(known))
        value[node.name] = parts[node.name].h[-1]
    delta = {name: seal(0 * v + (name == "L"), "delta") for name, v in value.items()}
    grads, share = dict[str, Mapping[str, Array]](), dict[tuple[str, str], Array]()
    for node in reversed(every):
        part = parts[node.name]
        back, push = flow_back(part.layers, part.local, delta[node.name])
        grads[node.name] = gradients(0, part.layers[0], part.h[0], push, sweep)
        for source in node.inputs:
            share[source, node.name] = seal(+back, "contribution")
            delta[source] = seal(delta[source] + back, "delta")
    return GraphTrace(tuple(nodes), value["L"], read_only(value), read_only(delta), read_only(share), read_only(grads))
