"""The core beside the arithmetic it cannot do without, and beside torch where torch is installed.

torch is no dependency, because its wheel is larger than all the rest together: add it by `pip install torch`.

- Matrix networks: forward and backward pass against the same arithmetic written out in NumPy, every array kept that a
  trace holds. What is above 1 is what the core adds: maps, names, checks that every entry is finite. Beside it stands
  the ratio to the three raw matrix products of each layer alone (h W^T, delta^T h, delta W). Of that no bar is made:
  how much of the time products take depends on the processor (of 50 layers of 64 a half, where they are fast).
- Small networks and a chain: against torch eager doing the same passes, with the gradient of every weight and of x.
- A sweep: 1000 values of x at once, against the same arithmetic written out in NumPy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

import numpy as np

from core import Array, Layer, Trace, dense, elementwise, record, scale
from studio.bench.measure import Measure, ratio

TWO_LAYERS = (scale(1.2), elementwise("tanh"), scale(-0.8))
SMALL = (2, 4, 3, 1)
CHAIN = 500
"""Pairs of a weight and a sine: 1000 steps."""


def measures() -> Iterator[Measure]:
    """Every measure of the core, one after the other."""
    yield against_arithmetic("784-128-64-10, batch 1024", (784, 128, 64, 10), 1024, reach=1.10, limit=1.30)
    yield against_arithmetic("784-128-64-10, batch 64", (784, 128, 64, 10), 64, reach=1.20, limit=1.40)
    yield against_arithmetic("50 layers of 64, batch 64", (64,) * 51, 64, reach=1.20, limit=1.50)
    yield sweep_against_arithmetic()
    if find_spec("torch"):
        yield from against_torch()
    else:
        print(
            "torch is not here: add it to this environment with `pip install torch` (its CPU build will do) to compare"
        )


def network(sizes: Sequence[int], function: str, seed: int = 0) -> list[Layer]:
    """Dense layers of these sizes, with a function between them."""
    rng = np.random.default_rng(seed)
    shapes = [(n_out, n_in) for n_in, n_out in pairwise(sizes)]
    layers = [dense(rng.normal(size=s) * np.sqrt(2 / s[1]), rng.normal(size=s[0])) for s in shapes]
    return [step for layer in layers for step in (layer, elementwise(function))][:-1]


def against_arithmetic(what: str, sizes: Sequence[int], batch: int, reach: float, limit: float) -> Measure:
    """Both passes through a ReLU network with softmax cross-entropy, against the same written out, and its products."""
    rng = np.random.default_rng(1)
    net = network(sizes, "relu")
    x, labels = rng.normal(size=(batch, sizes[0])), rng.integers(0, sizes[-1], batch)

    def ours() -> Trace:
        return record(net, x, target=labels, loss="softmax_cross_entropy", reduction="mean")

    trace = ours()
    products = [(layer.params["W"], trace.h[2 * i], trace.delta[2 * i + 1]) for i, layer in enumerate(net[::2])]

    def raw() -> None:
        for weights, h, _ in products:
            h @ weights.T
        for weights, h, delta in reversed(products):
            delta.T @ h
            delta @ weights

    found = ratio(ours, lambda: written_out(net, x, labels))
    note = f"({ratio(ours, raw):.2f} x its products alone)"
    return Measure(f"{what} / its arithmetic", found, reach, limit, note=note)


def written_out(net: Sequence[Layer], x: Array, labels: Array) -> tuple[Array, list[Array], list[Array]]:
    """Both passes of a ReLU network with the mean of softmax cross-entropy: what no implementation can do without.

    Every array is kept that a trace holds: to write into cold memory costs more than to add.

    Returns
    -------
    tuple
        The loss, every delta from the output back, the gradients of weights and biases from the last layer back.
    """
    h, local, deltas, grads, samples = [x.copy()], [], [], [], np.arange(len(x))
    for layer in net:
        if layer.params:
            h.append(h[-1] @ layer.params["W"].T)
            h[-1] += layer.params["b"]
            local.append(layer.params["W"])
        else:
            local.append((h[-1] > 0).astype(float))
            h.append(np.maximum(h[-1], 0.0))
    p = np.exp(h[-1] - h[-1].max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    loss = -np.log(p[samples, labels]).mean()
    p[samples, labels] -= 1
    deltas.append(p / len(x))
    for layer, h_in, slope in zip(reversed(net), h[-2::-1], reversed(local), strict=True):
        if layer.params:
            grads += [deltas[-1].T @ h_in, deltas[-1].sum(axis=0)]
        deltas.append(deltas[-1] @ slope if layer.params else deltas[-1] * slope)
    return loss, deltas, grads


def sweep_against_arithmetic() -> Measure:
    """Time a thousand x at once through the two-layer network, against its arithmetic and nothing else."""
    x, target, w1, w2 = np.linspace(-2, 2, 1000), np.full(1000, 0.5), 1.2, -0.8

    def raw() -> object:
        z = x * w1
        h = np.tanh(z)
        y = h * w2
        dy = y - target
        e = np.exp(-2 * abs(z))
        dh = dy * w2
        dz = dh * (4 * e / (1 + e) ** 2)
        return 0.5 * (y - target) ** 2, dy * h, dz * x, dz * w1

    ours = ratio(lambda: record(TWO_LAYERS, x, target=target, loss="half_squared_error"), raw)
    return Measure("sweep of 1000 x / its arithmetic", ours, reach=3.75, limit=4.5)


def against_torch() -> Iterator[Measure]:
    """Time the small cases in torch eager, float64, one thread."""
    torch: Any = import_module("torch")
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    cases = (
        ("two-layer scalar net", 5.0, 4.0, _two_layers(torch)),
        ("2-4-3-1 net, one sample", 2.5, 2.0, _small_net(torch)),
        ("chain of 1000 steps", 8.0, 6.0, _chain(torch)),
    )
    for what, reach, limit, (theirs, ours) in cases:
        found = ratio(theirs, ours)
        yield Measure(f"torch {torch.__version__} / {what}", found, reach, limit, higher_is_better=True)


Pair = tuple[Callable[[], object], Callable[[], object]]


def _two_layers(torch: Any) -> Pair:
    x, w1, w2 = (torch.tensor(v, requires_grad=True) for v in (1.0, 1.2, -0.8))
    target = torch.tensor(0.5)

    def theirs() -> object:
        loss = 0.5 * (torch.tanh(x * w1) * w2 - target) ** 2
        return torch.autograd.grad(loss, (x, w1, w2))

    return theirs, lambda: record(TWO_LAYERS, 1.0, target=0.5, loss="half_squared_error")


def _small_net(torch: Any) -> Pair:
    net = network(SMALL, "tanh")
    x, target = np.array([0.3, -0.7]), np.array([0.5])
    weights = [
        torch.tensor(np.array(layer.params[name]), requires_grad=True) for layer in net[::2] for name in ("W", "b")
    ]
    x_, target_ = torch.tensor(x, requires_grad=True), torch.tensor(target)

    def theirs() -> object:
        h = x_
        for i in range(0, len(weights), 2):
            h = torch.nn.functional.linear(torch.tanh(h) if i else h, weights[i], weights[i + 1])
        return torch.autograd.grad((0.5 * (h - target_) ** 2).sum(), (x_, *weights))

    return theirs, lambda: record(net, x, target=target, loss="half_squared_error")


def _chain(torch: Any) -> Pair:
    layers = [step for _ in range(CHAIN) for step in (scale(1.2), elementwise("sin"))]
    x = torch.tensor(1.0, requires_grad=True)
    weights = [torch.tensor(1.2, requires_grad=True) for _ in range(CHAIN)]

    def theirs() -> object:
        h = x
        for w in weights:
            h = torch.sin(h * w)
        return torch.autograd.grad(h, (x, *weights))

    return theirs, lambda: record(layers, 1.0)
