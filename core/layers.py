"""Layers: three pure functions each, `forward`, `local` and `gradients`.

A layer holds no state but its parameters, which are copied and frozen once, when it is made; a trace then refers to
them and never copies them again. `scale`, `elementwise`, `dense`, `softmax` and `compose` make layers.
"""

# mypy: disable-error-code="no-any-return"
# NumPy declares that its ufuncs return Any.

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

import numpy as np

from core.arrays import Array, as_array, frozen
from core.errors import CoreError
from core.functions import Function, function
from core.maps import Diagonal, Linear, LocalMap, SoftmaxMap, Train, flow_back

NONE: Mapping[str, Array] = MappingProxyType({})
"""The parameters, or gradients, of a layer that has none."""


@dataclass(frozen=True, eq=False)
class Layer:
    """One step of a network: h_out = forward(h_in).

    Attributes
    ----------
    name : str
        What error messages and scenes call it.
    params : mapping of str to array
        Parameters by name, read-only.
    mixes : bool
        False if every entry of h is treated on its own, so that an array of entries is as many separate experiments.
        True if the last axis of h is one sample's vector.
    """

    name: str
    params: Mapping[str, Array] = field(default_factory=lambda: NONE)
    mixes: bool = False

    def forward(self, h: Array) -> Array:
        """Output, a new array."""
        raise NotImplementedError

    def local(self, h_in: Array, h_out: Array) -> LocalMap:
        """Local derivative dh_out/dh_in at h_in; h_out is what `forward` made of it."""
        raise NotImplementedError

    def gradients(self, h_in: Array, delta_out: Array) -> dict[str, Array]:
        """Gradient of each parameter: the push behind the layer times the value in front of it.

        A parameter that serves every entry (the weight of a scale) gets one contribution per entry, in the
        shape of h_in. `core.trace` keeps them apart in a sweep and sums them in a network.
        """
        return {}

    def with_params(self, params: Mapping[str, object]) -> "Layer":
        """Layer like this one, with other parameters of the same names and shapes.

        Raises
        ------
        CoreError
            If a name or a shape differs.
        """
        new = parameters(**params)
        if {k: p.shape for k, p in new.items()} != {k: p.shape for k, p in self.params.items()}:
            raise CoreError(f"{self.name} has parameters {shapes(self.params)}, not {shapes(new)}")
        return replace(self, params=new)


def parameters(**values: object) -> Mapping[str, Array]:
    """Parameters by name, each copied, checked and frozen once."""
    return MappingProxyType({name: as_array(value, name) for name, value in values.items()})


def shapes(params: Mapping[str, Array]) -> str:
    """Names and shapes for an error message."""
    return ", ".join(f"{name} {p.shape}" for name, p in params.items()) or "none"


@dataclass(frozen=True, eq=False)
class Scale(Layer):
    """h_out = w h_in, with one weight w."""

    def forward(self, h: Array) -> Array:
        """w h."""
        return h * self.params["w"]

    @cached_property
    def turn(self) -> LocalMap:
        """The map for a single number, which is always the same."""
        return Diagonal(self.params["w"])

    def local(self, h_in: Array, h_out: Array) -> LocalMap:
        """diag(w)."""
        return Diagonal(frozen(np.full_like(h_in, self.params["w"]))) if h_in.ndim else self.turn

    def gradients(self, h_in: Array, delta_out: Array) -> dict[str, Array]:
        """dL/dw = delta_out * h_in, one contribution per entry."""
        return {"w": delta_out * h_in}


@dataclass(frozen=True, eq=False, kw_only=True)
class Elementwise(Layer):
    """h_out = f(h_in), entry by entry."""

    function: Function

    def forward(self, h: Array) -> Array:
        """f(h)."""
        return self.function.value(h)

    def local(self, h_in: Array, h_out: Array) -> LocalMap:
        """diag(f'(h_in))."""
        return Diagonal(frozen(self.function.derivative(h_in)))


@dataclass(frozen=True, eq=False)
class Dense(Layer):
    """z = W h + b; a batch has its samples as rows, so that Z = H W^T + b."""

    def forward(self, h: Array) -> Array:
        """H W^T + b, for a vector or for rows."""
        W = self.params["W"]
        if h.ndim not in (1, 2) or h.shape[-1] != W.shape[1]:
            raise CoreError(f"W has shape {W.shape}, so h must be ({W.shape[1]},) or (samples, {W.shape[1]})")
        z = h.dot(W.T)
        z += self.params["b"]
        return z

    def local(self, h_in: Array, h_out: Array) -> LocalMap:
        """W."""
        return Linear(self.params["W"])

    def gradients(self, h_in: Array, delta_out: Array) -> dict[str, Array]:
        """dL/dW = delta_out^T h_in and dL/db = delta_out, summed over the samples."""
        n_out, n_in = self.params["W"].shape
        rows = delta_out.reshape(-1, n_out)
        b = np.add.reduce(rows, axis=0) if delta_out.ndim == 2 else +delta_out
        return {"W": rows.T.dot(h_in.reshape(-1, n_in)), "b": b}


@dataclass(frozen=True, eq=False)
class Softmax(Layer):
    """p_k = exp(y_k) / sum_j exp(y_j) over the last axis."""

    def forward(self, h: Array) -> Array:
        """p."""
        if h.ndim not in (1, 2):
            raise CoreError("softmax takes a vector, or a batch whose rows are samples")
        e = np.exp(h - np.max(h.real, axis=-1, keepdims=True))
        return e / np.sum(e, axis=-1, keepdims=True)

    def local(self, h_in: Array, h_out: Array) -> LocalMap:
        """diag(p) - p p^T."""
        return SoftmaxMap(h_out)


@dataclass(frozen=True, eq=False, kw_only=True)
class Compose(Layer):
    """Several layers that act as one. It keeps no inner value: what it needs, it computes again."""

    layers: tuple[Layer, ...]

    def forward(self, h: Array) -> Array:
        """Output of the last layer."""
        return self._nodes(h)[-1]

    def local(self, h_in: Array, h_out: Array) -> LocalMap:
        """Train of the inner maps."""
        return self._train(self._nodes(h_in))

    def gradients(self, h_in: Array, delta_out: Array) -> dict[str, Array]:
        """Gradients of the inner layers, found by an inner trace."""
        nodes = self._nodes(h_in)
        deltas = flow_back(self._train(nodes).maps, delta_out)
        inner = [layer.gradients(h, d) for layer, h, d in zip(self.layers, nodes, deltas[1:], strict=False)]
        return {f"{i}.{name}": gradient for i, found in enumerate(inner) for name, gradient in found.items()}

    def with_params(self, params: Mapping[str, object]) -> Layer:
        """Compose the inner layers anew."""
        if params.keys() != self.params.keys():
            raise CoreError(f"{self.name} has parameters {', '.join(self.params)}, not {', '.join(params)}")
        return compose(
            *(
                layer.with_params({name: params[f"{i}.{name}"] for name in layer.params})
                for i, layer in enumerate(self.layers)
            )
        )

    def _nodes(self, h: Array) -> list[Array]:
        nodes = [h]
        for layer in self.layers:
            nodes.append(layer.forward(nodes[-1]))
        return nodes

    def _train(self, nodes: list[Array]) -> Train:
        pairs = zip(self.layers, nodes, nodes[1:], strict=False)
        return Train(tuple(layer.local(h_in, h_out) for layer, h_in, h_out in pairs))


def scale(w: object) -> Layer:
    """h_out = w h_in. Parameter "w", one number.

    Examples
    --------
    >>> float(scale(1.2).forward(np.float64(2)))
    2.4
    """
    params = parameters(w=w)
    if params["w"].ndim:
        raise CoreError(f"scale has one weight, not an array of shape {params['w'].shape}")
    return Scale("scale", params)


def elementwise(f: str | Function) -> Layer:
    """h_out = f(h_in) entry by entry, for a function by name or a `Function` of your own."""
    row = function(f) if isinstance(f, str) else f
    return Elementwise(row.name, function=row)


def dense(W: object, b: object | None = None) -> Layer:
    """z = W h + b. Parameters "W" of shape (n_out, n_in) and "b" of shape (n_out,), zeros if not given.

    Raises
    ------
    CoreError
        If the two shapes do not fit.

    Examples
    --------
    >>> dense([[1, 2], [3, 4]], [10, 20]).forward(np.array([1.0, 1.0]))
    array([13., 27.])
    """
    params = parameters(W=W, b=np.zeros(len(np.atleast_1d(np.asarray(W)))) if b is None else b)
    if params["W"].ndim != 2 or params["b"].shape != params["W"].shape[:1]:
        raise CoreError(f"dense takes W (n_out, n_in) and b (n_out,), not {shapes(params)}")
    return Dense("dense", params, mixes=True)


def softmax() -> Layer:
    """p = exp(y) / sum exp(y). To train, give the logits to softmax_cross_entropy instead."""
    return Softmax("softmax", mixes=True)


def compose(*layers: Layer) -> Layer:
    """Layers that act as one gear. Parameters are named by position: "0.w", "2.W".

    Examples
    --------
    >>> gear = compose(scale(3), elementwise("square"))
    >>> float(gear.local(np.float64(2), np.float64(36)).gain)
    36.0
    """
    if not layers:
        raise CoreError("compose takes at least one layer")
    params = {f"{i}.{name}": p for i, layer in enumerate(layers) for name, p in layer.params.items()}
    name = " then ".join(layer.name for layer in layers)
    return Compose(name, MappingProxyType(params), any(layer.mixes for layer in layers), layers=layers)
