"""The bench compares the core with arithmetic that gives the same numbers: else it would compare with nothing."""

from __future__ import annotations

import numpy as np

from core import record
from studio.bench.core import network, written_out


def test_what_is_written_out_is_what_the_core_computes() -> None:
    rng = np.random.default_rng(3)
    net, x, labels = network((5, 7, 6, 4), "relu"), rng.normal(size=(9, 5)), rng.integers(0, 4, 9)
    trace = record(net, x, target=labels, loss="softmax_cross_entropy", reduction="mean")
    loss, deltas, grads = written_out(net, x, labels)
    assert np.isclose(loss, trace.loss, rtol=1e-14)
    for ours, written in zip(reversed(trace.delta), deltas, strict=True):
        np.testing.assert_allclose(written, ours, rtol=1e-12, atol=1e-16)
    wanted = [of_it[name] for of_it in reversed(trace.grads) for name in of_it]
    for ours, written in zip(wanted, grads, strict=True):
        np.testing.assert_allclose(written, ours, rtol=1e-12, atol=1e-16)
