"""A small ledger for the tests, with one of everything."""

from __future__ import annotations

from scenes.parts.film.ledger import (
    BeatRow,
    Ledger,
    QuantityRow,
    RunRow,
    SampleRow,
    ShownRow,
    SpanRow,
    Value,
    VideoFacts,
)

DIGEST = "0" * 64


def example(**changes: object) -> Ledger:
    """A ledger with one of everything."""
    delta = Value.of(-1.1669236856097243)
    sample = SampleRow(
        frame=7, text="−1.167", value=delta, shown=-1.1669, box=(1.0, 2.0, 3.5, 4.0), colours=("#E69F00",)
    )
    shown = ShownRow(
        kind="readout",
        name="readout of dL_dy",
        quantity="dL_dy",
        spans=(
            SpanRow(state="entering", first=0, last=6, samples=()),
            SpanRow(state="resting", first=7, last=29, samples=(sample,)),
        ),
    )
    rows: dict[str, object] = {
        "clip": "ToyChain",
        "scene": "toy_chain",
        "partial": False,
        "typed_numbers": False,
        "video": VideoFacts(
            file="ToyChain.mp4", digest=DIGEST, frame_rate=15.0, width=854, height=480, frames=30, background="#111111"
        ),
        "settings": {"digits": 4, "clip": {"x": 1.0}},
        "settings_digest": DIGEST,
        "core_digest": DIGEST,
        "scenes_digest": DIGEST,
        "versions": {"numpy": "2.4.6"},
        "recipes": ("y = tanh(x); L = half_squared_error(y, t)",),
        "runs": (RunRow(recipe=0, inputs={"x": ["given", "x"], "t": ["given", "target"]}),),
        "beats": (BeatRow(name="ask", sentence="Which way?", caption="", first=0, hold=7, last=29),),
        "quantities": (
            QuantityRow(
                name="dL_dy", symbol="(partial L)/(partial y)", term=["delta", "y", 0], typed=False, values=(delta,)
            ),
        ),
        "shown": (shown,),
    }
    return Ledger.model_validate(rows | changes)
