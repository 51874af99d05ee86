"""The core beside the arithmetic it cannot do without, and beside torch where torch is installed.

torch is no dependency, because its wheel is larger than all the rest together: add it by `pip install torch`.

- Matrix networks: forward and backward pass against the three raw matrix products of each layer (h W^T, delta^T h,
  delta W). What is above 1 is everything else: biases, functions, losses, and the check that every entry is finite.
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

from core import Layer, dense, elementwise, record, scale
from studio.bench.measure import Measure, ratio

TWO_LAYERS = (scale(1.2), elementwise("tanh"), scale(-0.8))
SMALL = (2, 4, 3, 1)
CHAIN = 500
"""Pairs of a weight and a sine: 1000 steps."""


def measures() -> Iterator[Measure]:
    """Every measure of the core, one after the other."""
    yield against_products("784-128-64-10, batch 1024", (784, 128, 64, 10), 1024, reach=1.20, limit=1.55)
    yield against_products("784-128-64-10, batch 64", (784, 128, 64, 10), 64, reach=1.45, limit=1.70)
    yield against_products("50 layers of 64, batch 64", (64,) * 51, 64, reach=1.9, limit=2.5)
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


def against_products(what: str, sizes: Sequence[int], batch: int, reach: float, limit: float) -> Measure:
    """Both passes through a ReLU network with softmax cross-entropy, against its raw matrix products."""
    rng = np.random.default_rng(1)
    net = network(sizes, "relu")
    x, labels = rng.normal(size=(batch, sizes[0])), rng.integers(0, sizes[-1], batch)

    def ours() -> object:
        return record(net, x, target=labels, loss="softmax_cross_entropy", reduction="mean")

    trace = record(net, x, target=labels, loss="softmax_cross_entropy", reduction="mean")
    products = [(layer.params["W"], trace.h[2 * i], trace.delta[2 * i + 1]) for i, layer in enumerate(net[::2])]

    def raw() -> None:
        for weights, h, _ in products:
            h @ weights.T
        for weights, h, delta in reversed(products):
            delta.T @ h
            delta @ weights

    return Measure(f"{what} / raw products", ratio(ours, raw), reach, limit)


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
