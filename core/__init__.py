"""Backpropagation, small enough to read in one sitting. Imports NumPy and the standard library, nothing else.

Why
---
A network is a chain of steps, h[l + 1] = f_l(h[l]), and then a loss L. To learn, one wants dL/dparameter for every
parameter. The chain rule gives each as a product of local derivatives, and most factors are shared. Multiplied from the
back, each product is needed once: delta[l] = delta[l + 1] * local[l], with delta[l] = dL/dh[l].

The smallest code
-----------------
That line is `delta = local[l].vjp(delta)` in `core.trace.flow_back`. `vjp` (vector-Jacobian product) means: a row of
pushes times the local linear map. It is the same line for one number, for a sweep over many x, for a batch through
matrices, for a Jacobian.

A run of it
-----------
>>> from core import record, scale, elementwise
>>> network = [scale(1.2), elementwise("tanh"), scale(-0.8)]
>>> trace = record(network, 1, target=0.5, loss="half_squared_error")
>>> for step in reversed(tuple(trace)):
...     print(f"{step.delta_out:+.4f} through {step.layer.name:5} {step.local.gain:+.4f} gives {step.delta_in:+.4f}")
-1.1669 through scale -0.8000 gives +0.9335
+0.9335 through tanh  +0.3050 gives +0.2847
+0.2847 through scale +1.2000 gives +0.3417
>>> print(f"y {trace.h[3]:.4f}, L {trace.loss:.4f}, dL/dw1 {trace.grads[0]['w']:.4f}, dL/dw2 {trace.grads[2]['w']:.4f}")
y -0.6669, L 0.6809, dL/dw1 0.2847, dL/dw2 -0.9728

How to read it
--------------
`functions` (two tables, functions and losses: a value beside its derivative), `layers` (three pure functions each, and
their local linear maps), `trace` (one pass forward, one back, and what it is for: the opposite push, a little, again),
`graph` (where a value is used twice, gradients add), `checks` (how one knows). `errors` is the border: what comes in is
copied to float64 once, and what does not fit is refused in one line.
"""

# fmt: off
from core.checks import Nudge, central_difference, complex_step, gradient_check, nudge, step_curve
from core.errors import Array, CoreError
from core.functions import FUNCTIONS, LOSSES, Function
from core.graph import JOINS, Edge, GraphTrace, Node, record_graph
from core.layers import Layer, LocalMap, dense, elementwise, scale, softmax
from core.trace import Forward, Step, Trace, backward_pass, compose, descent_step, forward_pass, record, train

__all__ = ["FUNCTIONS", "JOINS", "LOSSES", "Array", "CoreError", "Edge", "Forward", "Function", "GraphTrace", "Layer",
    "LocalMap", "Node", "Nudge", "Step", "Trace", "backward_pass", "central_difference", "complex_step", "compose",
    "dense", "descent_step", "elementwise", "forward_pass", "gradient_check", "nudge", "record", "record_graph",
    "scale", "softmax", "step_curve", "train"]
