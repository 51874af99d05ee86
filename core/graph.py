"""Fan-out: where a value is used more than once, its gradients add.

A graph is a list of nodes in the order of computing. The values that enter a node are joined into one, as a rule by
adding them, and its layer acts on what they make:

    value[node] = layer.forward(join of value[source] over its inputs)

An input that enters a node is an *edge*. Its local map is that of the layer, times the slope of the join by this input:
1 for a sum, the other factor for a product. So the push on a node goes back along each edge as `local.vjp(delta)`, the
*share* of that edge, and the delta of a value is the sum of the shares of all edges that leave it. A residual block is
a node with two inputs. A shared weight is one layer object used in several nodes. A value may enter a node twice.
"""

from collections.abc import Container, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, Unpack

import numpy as np

from core.errors import Array, Number, Table, as_array, read_only, refuse, seal
from core.layers import Layer, LocalMap
from core.trace import Forward, Goal, flow_back, forward_pass, gradients, stage


def ahead(a: Array, b: Array) -> Any:
    """Slope of max(a, b) by a: 1 where a is larger, 0 where b is, 1/2 at a tie; the real parts decide."""
    return 0.5 + 0.5 * np.sign(a.real - b.real)


# fmt: off
JOINS: Mapping[str, tuple[Any, Any]] = read_only(Table(
    sum=(lambda *h: sum(h), lambda *h: (1,) * len(h)),
    product=(lambda a, b: a * b, lambda a, b: (b, a)),
    quotient=(lambda a, b: a / b, lambda a, b: (1 / b, -a / b / b)),
    maximum=(lambda a, b: a * ahead(a, b) + b * ahead(b, a), lambda a, b: (ahead(a, b), ahead(b, a)))))
# fmt: on
"""How values become one: what comes out, and its slope by each of them. A sum takes any number, the others take two."""


class Node(NamedTuple):
    """A layer that acts on the values named in `inputs`, joined by one of JOINS.

    Examples
    --------
    >>> from core import elementwise
    >>> trace = record_graph([Node("y", elementwise("identity"), ("a", "b"), join="product")], {"a": 3, "b": 5})
    >>> [(edge.source, float(edge.local.gain), float(edge.share)) for edge in trace.edges["y"]]
    [('a', 5.0, 5.0), ('b', 3.0, 3.0)]
    """

    name: str
    layer: Layer
    inputs: tuple[str, ...]
    join: str = "sum"


class Edge(NamedTuple):
    """One use of a value by a node: share = local.vjp(delta of the node).

    Attributes
    ----------
    source : str
        The input, the node or the constant that is used.
    local : LocalMap
        From small changes of the source to those of the node, along this edge alone; `local.gain` is the slope.
    share : array
        The push that comes back along this edge, in the shape of the node's inputs.
    """

    source: str
    local: LocalMap
    share: Array


class GraphTrace(NamedTuple):
    """Everything the two passes over a graph computed, by node name; read-only.

    Attributes
    ----------
    nodes : tuple of Node
    value : mapping of name to array
        For every input, constant and node, and for "L".
    delta : mapping of name to array
        For every input and node, and for "L". What leads nowhere has delta 0. A constant has none.
    grads : mapping of node name to parameter gradients
    contribution : mapping of (source, into) to array
        What comes back from one node to a value: the share of the edge between them, or the sum if there are several.
    edges : mapping of node name to tuple of Edge
        One for each input of the node, in their order, those of constants too; ``edges["L"]`` holds the loss's own.
    loss : array
    """

    nodes: tuple[Node, ...]
    loss: Array
    value: Mapping[str, Array]
    delta: Mapping[str, Array]
    contribution: Mapping[tuple[str, str], Array]
    grads: Mapping[str, Mapping[str, Array]]
    edges: Mapping[str, tuple[Edge, ...]]

    def shared_gradient(self, layer: Layer, parameter: str) -> Array:
        """Gradient of a parameter of this very layer object: the sum over all nodes that use it."""
        users = [node.name for node in self.nodes if node.layer is layer and parameter in layer.params]
        refuse(not users, "no node of this graph uses that layer ({}) with a parameter {!r}", layer.name, parameter)
        return seal(sum([self.grads[name][parameter] for name in users], Number(0)), parameter)


Values: TypeAlias = Mapping[str, object]
NONE: Values = read_only({})


@np.errstate(all="ignore")
def record_graph(nodes: Sequence[Node], inputs: Values, constants: Values = NONE, **goal: Unpack[Goal]) -> GraphTrace:
    """Both passes over a graph whose output is its last node.

    Parameters
    ----------
    nodes : sequence of Node
        In the order of computing: a node may use the inputs, the constants and the nodes before it.
    inputs : mapping of name to number or array
    constants : mapping of name to number or array
        Values that nothing is asked of: they get no delta. A single number serves inputs of any shape.
    goal
        target, loss and reduction, as for `core.trace.record`.

    Raises
    ------
    CoreError
        Naming the node, for an unknown or repeated name, shapes that cannot be joined, a quotient by 0, and all that
        `record` refuses.

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
    refuse(not nodes or set(inputs) & set(constants), "a graph has nodes, and no input that is a constant, too")
    value = Table({name: as_array(x, name) for name, x in (*inputs.items(), *constants.items())})
    every = [*nodes, Node("L", stage([node.layer for node in nodes], **goal), (nodes[-1].name,))]
    sweep, steps = not every[-1].layer.mixes, list[tuple[str, Forward, list[tuple[str, LocalMap]]]]()
    for node in every:
        h, ways = joined(node, value, constants)
        part = forward_pass([node.layer._replace(name=f"{node.name}: {node.layer.name}")], h)
        steps.append((node.name, part, [(s, part.local[0].behind(k, f"node {node.name!r}: slope")) for s, k in ways]))
        value[node.name] = part.h[1]
    delta = Table({name: seal(0 * v + (name == "L"), "delta") for name, v in value.items() if name not in constants})
    grads, edges, between = Table(), Table(), dict[tuple[str, str], Array]()
    for name, part, ways in reversed(steps):
        grads[name] = gradients(0, part.layers[0], part.h[0], delta[name], sweep)
        edges[name] = tuple(Edge(source, J, flow_back(part.layers, [J], delta[name])[0]) for source, J in ways)
        for source, _, share in edges[name]:
            if source not in constants:
                between[source, name] = seal(between.get((source, name), 0) + share, "contribution")
                delta[source] = seal(delta[source] + share, "delta")
    return GraphTrace(tuple(nodes), value["L"], *map(read_only, (value, delta, between, grads, edges)))


def joined(node: Node, value: Mapping[str, Array], constants: Container[str]) -> tuple[Array, list[Any]]:
    """Join the inputs of a node: the value that its layer acts on, and each input with the slope of this join by it."""
    name, takes, (join, slopes) = node.name, node.inputs, JOINS[str(node.join)]
    h = [value[source] for source in takes if source in value]
    shapes = {v.shape for source, v in zip(takes, h, strict=False) if v.ndim or source not in constants}
    known = isinstance(takes, (tuple, list)) and name not in value and 0 < len(h) == len(takes) and len(shapes) < 2
    told = "node {!r} needs a new name, and a tuple of inputs before it, of one shape, two but for a sum, not {!r}"
    refuse(not known or (len(h) != 2 and node.join != "sum"), told, name, takes)
    return seal(join(*h), "node {!r}: the {} of its inputs", name, node.join), list(zip(takes, slopes(*h), strict=True))
