"""A real film of each scene, tiny and quickly told, and ledgers forged from theirs."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import av
from command_cases import STORYBOARD, manim, quick_settings
from shared_cases import once

from scenes.parts.film.ledger import Ledger, Value, parse_ledger, read_ledger
from studio.audit.claims import check_claims
from studio.audit.custody import settings_of
from studio.audit.finding import Finding
from studio.audit.recompute import check_quantities

Plain = dict[str, Any]
Edit = Callable[[Plain], None]


@cache
def film(clip: str) -> Path:
    """The film of a clip at 160 by 90 pixels and 5 frames per second."""

    def draw(folder: Path) -> None:
        size = ("--resolution", "160,90", "--frame_rate", "5")
        done = manim(folder, STORYBOARD[clip], *size, clip, config=quick_settings(folder))
        assert done.returncode == 0, done.stdout + done.stderr

    return next(once(f"90p-{clip}", draw).glob(f"media/videos/*/*/{clip}.mp4"))


def honest(clip: str) -> Ledger:
    """The ledger of a clip's film."""
    return read_ledger(film(clip).with_suffix(".ledger.json"))


def forged(clip: str, edit: Edit) -> Ledger:
    """The ledger of a clip's film, with something in it changed."""
    plain = copy.deepcopy(honest(clip).model_dump(mode="json"))
    edit(plain)
    return parse_ledger(json.dumps(plain), "a forged ledger")


def wrong(ledger: Ledger) -> list[Finding]:
    """What is wrong in a ledger, without a look at any frame."""
    settings, findings = settings_of(ledger)
    if settings is not None:
        clip = settings.clip(ledger.clip)
        findings += check_quantities(ledger, clip)
        findings += check_claims(ledger, settings, clip)
    return [finding for finding in findings if not finding.ok]


def told(ledger: Ledger) -> dict[str, str]:
    """What is said of it, by check; the first of each."""
    said: dict[str, str] = {}
    for finding in wrong(ledger):
        said.setdefault(finding.check, finding.told)
    return said


def value(number: float) -> Plain:
    """A value as it stands in a ledger: repr and hex agree."""
    return Value.of(number).model_dump()


def quantity(plain: Plain, name: str) -> Plain:
    """The row of a quantity."""
    return next(row for row in plain["quantities"] if row["name"] == name)


def check_both_engines_name(clip: str, name: str, lie: float) -> None:
    """Compare a quantity that lies in the ledger of a clip with the core, and with the second engine."""

    def edit(plain: Plain) -> None:
        quantity(plain, name)["values"][0] = value(lie)

    said = told(forged(clip, edit))
    assert said["core"].startswith(f"{name}: the ledger says {lie!r}")
    assert said["reference"].startswith(f"{name}: the ledger says {lie!r}")


def sample(plain: Plain, kind: str, of: str, state: str = "resting") -> Plain:
    """The first sample, in a state, of a thing that shows a quantity (or, for words, a key)."""
    rows = (row for row in plain["shown"] if row["kind"] == kind and of in (row["quantity"], row["key"]))
    spans = (span for row in rows for span in row["spans"] if span["state"] == state and span["samples"])
    found: Plain = next(spans)["samples"][0]
    return found


def encoded_again(source: Path, target: Path, *, drop: int | None = None) -> Path:
    """Write a film again, at a lower quality, without its tags and perhaps without one frame."""
    with av.open(str(source)) as given, av.open(str(target), "w") as made:
        stream = given.streams.video[0]
        out = made.add_stream("libx264", rate=stream.average_rate, options={"crf": "35"})
        out.width, out.height, out.pix_fmt = stream.width, stream.height, "yuv420p"
        kept = (frame for index, frame in enumerate(given.decode(stream)) if index != drop)
        for index, frame in enumerate(kept):
            frame.pts, frame.time_base = index, 1 / stream.average_rate
            made.mux(out.encode(frame))
        made.mux(out.encode())
    return target
