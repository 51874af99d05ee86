"""Fan-out: where a value is used more than once, its gradients add.

A graph is a list of nodes in the order of computing. The values that enter a node are joined into one, as a rule by
adding them, and its layer acts on what they make:

    value[node] = layer.forward(join of value[source] over its inputs)

An input that enters a node is an *edge*. Its local map is that of the layer, times the slope of the join by this input:
1 for a sum, the other factor for a product. So the push on a node goes back along each edge as `local.vjp(delta)`, the
*share* of that edge, and the delta of a value is the sum of the shares of all edges that leave it. A residual block is
a node with two inputs. A shared weight is one layer object used in several nodes. A value may enter a node twice.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any, NamedTuple, Unpack

import numpy as np

from core.errors import Array, Table, as_array, read_only, refuse, seal
from core.layers import Diagonal, Layer, LocalMap, Matrix
from core.trace import Forward, Goal, flow_back, forward_pass, gradients, stage


class Join(NamedTuple):
    """How values become one: value(*h), and slopes(*h), its derivative by each of them, None where that is 1."""

    value: Callable[..., Array]
    slopes: Callable[..., tuple[Any, ...]]


def ahead(a: Array, b: Array) -> Any:
    """Slope of max(a, b) by a: 1 where a is larger, 0 where b is, 1/2 at a tie; the real parts decide."""
    return 0.5 + 0.5 * np.sign(a.real - b.real)


JOINS = read_only(
    Table(
        sum=Join(lambda *h: sum(h), lambda *h: (None,) * len(h)),
        product=Join(lambda a, b: a * b, lambda a, b: (b, a)),
        quotient=Join(lambda a, b: a / b, lambda a, b: (1 / b, -a / b / b)),
        maximum=Join(lambda a, b: a * ahead(a, b) + b * ahead(b, a), lambda a, b: (ahead(a, b), ahead(b, a))),
    )
)
"""Every join by name. A sum takes any number of values, the others take two."""


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
        found = [self.grads[name][parameter] for name in users]
        return seal(sum(found[1:], +found[0]), parameter)


NONE: Mapping[str, object] = read_only({})


@np.errstate(all="ignore")
def record_graph(
    nodes: Sequence[Node], inputs: Mapping[str, object], constants: Mapping[str, object] = NONE, **goal: Unpack[Goal]
) -> GraphTrace:
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
    refuse(not nodes, "a graph has at least one node")
    value = Table({name: as_array(x, name) for name, x in (*inputs.items(), *constants.items())})
    refuse(len(value) < len(inputs) + len(constants), "an input and a constant have the same name")
    every = [*nodes, Node("L", stage([node.layer for node in nodes], **goal), (nodes[-1].name,))]
    sweep, passed, maps = not any(node.layer.mixes for node in every), dict[str, Forward](), dict[str, list[LocalMap]]()
    for node in every:
        h, slopes = joined(node, value, constants)
        passed[node.name] = part = forward_pass([node.layer._replace(name=f"{node.name}: {node.layer.name}")], h)
        maps[node.name] = [along(part.local[0], slope, node.name) for slope in slopes]
        value[node.name] = part.h[1]
    delta = Table({name: seal(0 * v + (name == "L"), "delta") for name, v in value.items() if name not in constants})
    grads, edges, between = Table[Mapping[str, Array]](), Table[tuple[Edge, ...]](), dict[tuple[str, str], Array]()
    for node in reversed(every):
        layers, push = passed[node.name].layers, delta[node.name]
        grads[node.name] = gradients(0, layers[0], passed[node.name].h[0], push, sweep)
        shares = [flow_back(layers, [local], push)[0] for local in maps[node.name]]
        edges[node.name] = tuple(map(Edge, node.inputs, maps[node.name], shares))
        for source, share in zip(node.inputs, shares, strict=True):
            if source not in constants:
                between[source, node.name] = seal(between.get((source, node.name), 0) + share, "contribution")
                delta[source] = seal(delta[source] + share, "delta")
    told = (read_only(value), read_only(delta), read_only(between), read_only(grads), read_only(edges))
    return GraphTrace(tuple(nodes), value["L"], *told)


def joined(node: Node, value: Mapping[str, Array], constants: Container[str]) -> tuple[Array, tuple[Any, ...]]:
    """Join the inputs of a node: the value that its layer acts on, and the slope of this join by each input."""
    name, inputs, row = node.name, node.inputs, JOINS[str(node.join)]
    refuse(isinstance(inputs, str), "node {!r} takes a tuple of names, such as ({!r},), and not a text", name, inputs)
    h = [value[source] for source in inputs if source in value]
    shapes = {v.shape for source, v in zip(inputs, h, strict=False) if v.ndim or source not in constants}
    fits = name not in value and 0 < len(h) == len(inputs) and len(shapes) < 2
    refuse(not fits, "node {!r} needs a new name, and inputs before it, of one shape: {}", name, inputs)
    refuse(node.join != "sum" and len(h) != 2, "node {!r}: a {} has two inputs, not {}", name, node.join, inputs)
    return seal(row.value(*h), "node {!r}: the {} of its inputs", name, node.join), row.slopes(*h)


def along(local: LocalMap, slope: Any, name: str) -> LocalMap:
    """Local map of an edge: the layer's, behind the slope of the join, which is None where it is 1."""
    if slope is None:
        return local
    if isinstance(local, Diagonal):
        return Diagonal(seal(local.gain * slope, "node {!r}: slope", name))
    return Matrix(seal(local.matrix * (slope[..., None, :] if slope.ndim else slope), "node {!r}: slope", name))
