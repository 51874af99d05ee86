"""Layers, and the local linear maps that stand for them at a point.

A layer is three pure functions, `forward`, `local` and `gradients`, and holds no state but its parameters. They are
copied and frozen once, when the layer is made; a trace refers to them and never copies them again.

A local map J takes a small change in h_in to the change in h_out. There are two ways through it:

- `jvp(v)` = J v, forward: how far does the output turn when the input turns by v?
- `vjp(delta)` = delta J, backward: which push on the input does a push delta on the output amount to?

A delta is a *row*. Both act on the last axis and carry any axes in front along, so that one line serves a vector, a
batch whose rows are samples, and a stack of rows that builds a Jacobian.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from core.errors import Array, Number, as_array, read_only, refuse, seal
from core.functions import FUNCTIONS, Function, log_softmax, row_of

# mypy: disable-error-code="no-any-return"
# NumPy declares that its ufuncs return Any.


class Diagonal(NamedTuple):
    """Every entry on its own: J = diag(gain), its own transpose.

    Attributes
    ----------
    gain : array, shape of h_in
        Turns out per turn in: the derivative at each entry, sign kept.
    """

    gain: Array

    def vjp(self, delta: Array) -> Array:
        """Multiply a row from the left, delta J = delta * gain."""
        return delta * self.gain

    def jvp(self, v: Array) -> Array:
        """Multiply a column from the right, J v = gain * v."""
        return self.gain * v

    def behind(self, slope: Any, what: str) -> "Diagonal":
        """J diag(slope): what comes of it behind a step of this slope."""
        return Diagonal(seal(self.gain * slope, what))

    @property
    def matrix(self) -> Array:
        """J[..., i, j] = dh_out_i/dh_in_j; (1, 1) where h is a single number."""
        gain = np.atleast_1d(self.gain)
        return seal(np.where(np.eye(gain.shape[-1], dtype=bool), gain[..., None], 0.0), "J")


class Matrix(NamedTuple):
    """Entries mix.

    Attributes
    ----------
    matrix : array, shape (n_out, n_in), or (samples, n_out, n_in) if it differs from sample to sample
        J[..., i, j] = dh_out_i/dh_in_j.
    """

    matrix: Array

    def vjp(self, delta: Array) -> Array:
        """Multiply a row from the left, delta J."""
        return delta.dot(self.matrix) if self.matrix.ndim == 2 else np.einsum("...i,...ij->...j", delta, self.matrix)

    def jvp(self, v: Array) -> Array:
        """Multiply a column from the right, J v."""
        return np.einsum("...ij,...j->...i", self.matrix, v)

    def behind(self, slope: Any, what: str) -> "Matrix":
        """J diag(slope): what comes of it behind a step of this slope."""
        return Matrix(seal(self.matrix * (slope[..., None, :] if np.ndim(slope) else slope), what))

    @property
    def gain(self) -> Array:
        """Largest singular value of J, the most by which J lengthens a change: never negative, one per J."""
        return seal(np.linalg.norm(self.matrix, ord=2, axis=(-2, -1)), "gain")


LocalMap: TypeAlias = Diagonal | Matrix
new: Any = tuple.__new__  # new(Diagonal, (gain,)) is Diagonal(gain), in half the time


class Layer(NamedTuple):
    """One step of a network: h_out = forward(h_in).

    Attributes
    ----------
    name : str
        What error messages and scenes call it.
    forward : callable
        forward(h_in): the output, a new array, since a trace keeps and freezes it: no buffer of a layer's own.
    local : callable
        local(h_in, h_out): the local map at h_in, where h_out is what `forward` made of it.
    gradients : callable
        gradients(h_in, delta_out): the gradient of each parameter, the push behind the layer times the value in front
        of it. A parameter that serves every entry (the weight of a scale) gets one contribution per entry, in the shape
        of h_in; `core.trace` keeps them apart in a sweep and sums them in a network.
    params : mapping of str to array
        Parameters by name, read-only.
    rebuilt : callable
        rebuilt(**params): the layer made anew from parameters of the same names; see `with_params`.
    mixes : bool
        False if every entry of h is treated on its own, so that an array of entries is as many separate experiments.
        True if the last axis of h is one sample's vector.
    """

    name: str
    forward: Callable[[Array], Array]
    local: Callable[[Array, Array], LocalMap]
    gradients: Callable[[Array, Array], dict[str, Array]] = lambda h_in, delta_out: {}
    params: Mapping[str, Array] = read_only({})
    rebuilt: "Callable[..., Layer]" = lambda: NotImplemented
    mixes: bool = False

    def with_params(self, params: Mapping[str, object]) -> "Layer":
        """Layer like this one but for these parameters, the others as they were; itself, if it has none."""
        return self.rebuilt(**{**self.params, **params}) if self.params else self


def scale(w: object, b: object = None) -> Layer:
    """h_out = w h_in, or w h_in + b. Parameters "w" and, if it is given, "b": one number each.

    Examples
    --------
    >>> float(scale(1.2).forward(np.float64(2)))
    2.4
    >>> float(scale(1.2, b=0.5).forward(np.float64(2)))
    2.9
    """
    own = read_only({"w": as_array(w, "w")} | ({} if b is None else {"b": as_array(b, "b")}))
    refuse(any(p.ndim for p in own.values()), "a scale takes single numbers, not {!r:.60} and {!r:.60}", w, b)
    weight, bias, turn = own["w"], own.get("b"), Diagonal(own["w"])

    def local(h_in: Array, h_out: Array) -> LocalMap:
        return turn if type(h_in) is Number else Diagonal(seal(np.zeros(h_in.shape) + weight, "slope"))

    forward = (lambda h: h * weight) if bias is None else (lambda h: h * weight + bias)
    slopes = (lambda h, delta: {"w": delta * h}) if bias is None else (lambda h, delta: {"w": delta * h, "b": +delta})
    return Layer("scale", forward, local, slopes, own, scale)


def elementwise(f: str | Function) -> Layer:
    """h_out = f(h_in) entry by entry, for a function by name or a `Function` of your own."""
    slope = (row := row_of(FUNCTIONS, f)).derivative
    return Layer(row.name, row.value, lambda h_in, h_out: new(Diagonal, (seal(slope(h_in), "slope"),)))


def dense(W: object, b: object = None) -> Layer:
    """z = W h + b; a batch has its samples as rows, so that Z = H W^T + b.

    Parameters
    ----------
    W : array, shape (n_out, n_in)
        Parameter "W".
    b : array, shape (n_out,)
        Parameter "b"; zeros if not given.

    Raises
    ------
    CoreError
        If the two shapes do not fit, and later if h does not.

    Examples
    --------
    >>> dense([[1, 2], [3, 4]], [10, 20]).forward(np.array([1.0, 1.0]))
    array([13., 27.])
    """
    weights = as_array(W, "W")
    bias = as_array(np.zeros(weights.shape[:1]) if b is None else b, "b")
    fits = weights.ndim == 2 and bias.shape == weights.shape[:1]
    refuse(not fits, "dense takes W (n_out, n_in) and b (n_out,), not {} and {}", weights.shape, bias.shape)
    # of a type that holds z, so that b, complex in a check, can be added to it in place
    columns, turn = np.ascontiguousarray(weights.T, np.result_type(weights, bias)), Matrix(weights)

    def forward(h: Array) -> Array:
        odd = h.ndim not in (1, 2) or h.shape[-1] != len(columns)
        refuse(odd, "W has shape {0.shape}, so h must be ({1},) or (samples, {1})", weights, len(columns))
        return np.add(z := h.dot(columns), bias, z)

    def gradients(h_in: Array, delta_out: Array) -> dict[str, Array]:
        if h_in.ndim == 1:
            return {"W": delta_out[:, None] * h_in, "b": +delta_out}
        return {"W": delta_out.T.dot(h_in), "b": np.add.reduce(delta_out, axis=0)}

    return Layer("dense", forward, lambda *_: turn, gradients, read_only({"W": weights, "b": bias}), dense, mixes=True)


def softmax() -> Layer:
    """p_k = exp(y_k) / sum_j exp(y_j). To train, give the logits to softmax_cross_entropy instead."""

    def local(h_in: Array, p: Array) -> LocalMap:
        return Matrix(seal(Diagonal(p).matrix - p[..., :, None] * p[..., None, :], "J"))

    return Layer("softmax", lambda h: np.exp(log_softmax(h)), local, mixes=True)
