"""Local linear maps: what a layer does to small changes, at the point where the trace stands.

A map J takes a small change in h_in to the change in h_out. There are two ways through it:

- `jvp(v)` = J v, forward: how far does the output turn when the input turns by v?
- `vjp(delta)` = delta J, backward: which push on the input does a push delta on the output amount to?

A delta is a *row*. Both act on the last axis and carry any axes in front along, so that the same line serves a vector,
a batch whose rows are samples, and a stack of rows that builds a Jacobian.
"""

# mypy: disable-error-code="no-any-return"
# NumPy declares that its ufuncs return Any.

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.arrays import Array, frozen


class LocalMap:
    """A local derivative, as a linear map from changes of h_in to changes of h_out."""

    __slots__ = ()

    def vjp(self, delta: Array) -> Array:
        """delta J: gradient at the input from the gradient at the output."""
        raise NotImplementedError

    def jvp(self, v: Array) -> Array:
        """J v: change of the output for the change v of the input, to first order."""
        raise NotImplementedError

    @property
    def matrix(self) -> Array:
        """J[..., i, j] = dh_out_i / dh_in_j, shape (..., n_out, n_in); (1, 1) where h is a single number."""
        raise NotImplementedError

    @property
    def gain(self) -> Array:
        """Turns out per turn in.

        Entry by entry (scale, elementwise functions) it is the derivative, its sign kept, in the shape of h_in.
        Where entries mix (dense, softmax, a composition with one of these) it is the largest singular value of
        J, the most by which J can lengthen a change: never negative, one number per sample.
        """
        return largest_stretch(self.matrix)

    @property
    def mixes(self) -> bool:
        """Whether an entry of h_out depends on several entries of h_in."""
        return True


def largest_stretch(J: Array) -> Array:
    """Largest singular value of J, or of each J in a stack."""
    return frozen(np.linalg.norm(J, ord=2, axis=(-2, -1)))


@dataclass(frozen=True, eq=False, slots=True)
class Diagonal(LocalMap):
    """Every entry on its own: J = diag(d), with d in the shape of h_in. Its own transpose."""

    d: Array

    def vjp(self, delta: Array) -> Array:
        """delta * d."""
        return delta * self.d

    def jvp(self, v: Array) -> Array:
        """d * v."""
        return self.d * v

    @property
    def matrix(self) -> Array:
        """diag(d)."""
        d = np.atleast_1d(self.d)
        return frozen(np.where(np.eye(d.shape[-1], dtype=bool), d[..., None], 0.0))

    @property
    def gain(self) -> Array:
        """d."""
        return self.d

    @property
    def mixes(self) -> bool:
        """No: each entry is on its own."""
        return False


@dataclass(frozen=True, eq=False, slots=True)
class Linear(LocalMap):
    """J = W, the same for every sample."""

    W: Array

    def vjp(self, delta: Array) -> Array:
        """delta W."""
        return delta.dot(self.W)

    def jvp(self, v: Array) -> Array:
        """v W^T, that is W v for each row v."""
        return v.dot(self.W.T)

    @property
    def matrix(self) -> Array:
        """W."""
        return self.W


@dataclass(frozen=True, eq=False, slots=True)
class SoftmaxMap(LocalMap):
    """J = diag(p) - p p^T for the softmax output p, one per sample. Its own transpose."""

    p: Array

    def vjp(self, delta: Array) -> Array:
        """p * (delta - sum(delta * p))."""
        return self.p * (delta - np.sum(delta * self.p, axis=-1, keepdims=True))

    def jvp(self, v: Array) -> Array:
        """J is symmetric: J v is v J."""
        return self.vjp(v)

    @property
    def matrix(self) -> Array:
        """diag(p) - p p^T."""
        return frozen(Diagonal(self.p).matrix - self.p[..., :, None] * self.p[..., None, :])


@dataclass(frozen=True, eq=False, slots=True)
class Train(LocalMap):
    """Several maps one after the other that act as one, J = J_n ... J_1: a gear train."""

    maps: tuple[LocalMap, ...]

    def vjp(self, delta: Array) -> Array:
        """delta J_n ... J_1, from the left: a row times a matrix at each step, never a matrix times a matrix."""
        return flow_back(self.maps, delta)[0]

    def jvp(self, v: Array) -> Array:
        """J_n ... J_1 v, from the right."""
        for step in self.maps:
            v = step.jvp(v)
        return v

    @property
    def matrix(self) -> Array:
        """J_n ... J_1, multiplied from the output back."""
        J = self.maps[-1].matrix
        for step in self.maps[-2::-1]:
            J = J @ step.matrix
        return frozen(J)

    @property
    def gain(self) -> Array:
        """Product of the derivatives if no map mixes entries, else the largest singular value of J."""
        if self.mixes:
            return largest_stretch(self.matrix)
        return frozen(np.prod([step.gain for step in self.maps], axis=0))

    @property
    def mixes(self) -> bool:
        """Whether any of the maps does."""
        return any(step.mixes for step in self.maps)


def flow_back(local: Sequence[LocalMap], delta: Array) -> list[Array]:
    """Backpropagation: every delta, first to last, from the one behind the last map.

    delta_l = delta_{l+1} J_l. This is the only place where it is written, for a scalar, a sweep, a batch, a Jacobian.
    """
    deltas = [delta]
    for l in reversed(range(len(local))):  # noqa: E741 - l is the layer's index in every book on this
        delta = local[l].vjp(delta)
        deltas.append(delta)
    return deltas[::-1]
