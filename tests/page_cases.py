"""Random pages for the tests of the layout, and what must be true of each."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations

from hypothesis import strategies as st

from scenes.parts.page.boxes import Box, Either, Leaf, Over, Pad, Slot, during
from scenes.parts.page.lines import SHARE, Column, Row, Table
from scenes.parts.page.needs import Form, Measure, Need, gap
from scenes.parts.page.places import Region
from scenes.parts.page.sheet import Layout
from scenes.parts.page.stations import Stations, between, on

FRAME = Region(-6.4, -3.0, 6.4, 2.5)


def lengths(low: float, high: float) -> st.SearchStrategy[float]:
    return st.integers(round(low * 100), round(high * 100)).map(lambda hundredths: hundredths / 100)


@dataclass
class Page:
    """A random page, with what is known of it: who may lie over whom, whose origins are on a line or evenly apart."""

    draw: st.DrawFn
    scaled: bool
    names: int = 0
    together: set[frozenset[str]] = field(default_factory=set)
    level: list[list[str]] = field(default_factory=list)
    plumb: list[list[str]] = field(default_factory=list)
    even: list[dict[float, str]] = field(default_factory=list)
    framed: list[tuple[str, list[str]]] = field(default_factory=list)
    box: Box = field(default_factory=lambda: Leaf("nothing", Form.fixed()))

    def of(self, strategy: st.SearchStrategy[float]) -> float:
        return self.draw(strategy)

    def count(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))

    def maybe(self, of: int = 2) -> bool:
        return self.count(1, of) == 1

    def anchor(self, count: int) -> int | None:
        return None if self.maybe() else self.count(0, count - 1)

    def gap(self) -> Need:
        least = self.of(lengths(0.0, 0.3))
        return gap(least, least + self.of(lengths(0.0, 0.5)))

    def name(self, kind: str) -> str:
        self.names += 1
        return f"{kind}{self.names}"

    def fixed(self, high: float = 0.6) -> Form:
        sides = [self.of(lengths(0.0, high)) for _ in range(4)]
        return Form.fixed(*sides)

    def leaf(self) -> Leaf:
        kind = self.draw(st.sampled_from(["text", "words", "plot", *["bar"] * self.scaled]))
        name, forms = self.name(kind), list[Form | Measure]()
        if kind == "text":
            forms = [self.fixed()]
        elif kind == "words":
            wide = self.of(lengths(0.5, 6.0))
            forms = [Form.fixed(0.0, wide / k, 0.3, 0.4 * (k - 1)) for k in range(1, self.count(2, 3) + 1)]
        elif kind == "bar":
            value = self.of(lengths(0.01, 2.0))
            forms = [lambda scales: Form.fixed(0.1, 0.1, value * scales["bars"], 0.0)]
        else:
            width, height = ((least := self.of(lengths(0.3, 1.5)), least + self.of(lengths(0.1, 2.0))) for _ in "xy")
            forms = [Form.stretch(width, height, (0.5, self.of(lengths(0.0, 1.0))))]
        return Leaf(name, *forms, like=f"all {kind}" if self.maybe(4) else "")

    def line(self, make: Callable[[], Box], boxes: list[Box] | None = None) -> Box:
        boxes = boxes or [make() for _ in range(self.count(1, 3))]
        upright = self.maybe()
        names = ("left", "centre", "right") if upright else ("top", "middle", "bottom")
        align = self.draw(st.sampled_from(["origin", "origin", *names]))
        assert align in {"origin", *SHARE}
        if align == "origin":
            (self.plumb if upright else self.level).append(leaves(boxes))
        kind = Column if upright else Row
        return kind(*boxes, gap=self.gap(), anchor=self.anchor(len(boxes)), align=align, equal=self.maybe(4))

    def table(self) -> Box:
        columns, rows = self.count(1, 3), self.count(1, 3)
        cells = [[self.leaf() if j == 0 or not self.maybe(4) else None for j in range(columns)] for _ in range(rows)]
        cells[0] = [cell or self.leaf() for cell in cells[0]]
        self.level.extend(leaves(row) for row in cells)
        self.plumb.extend(leaves(column) for column in zip(*cells, strict=True))
        return Table(*cells, gap=self.gap(), lines=self.gap())

    def stations(self) -> Box:
        count, axis = self.count(1, 4), self.count(0, 1)
        lines = [on(*(self.leaf() for _ in range(count)), levels=self.count(1, 3), gap=self.gap())]
        for _ in range(self.count(0, 2)):
            sparse = [self.leaf() if not self.maybe(3) else None for _ in range(count)]
            kind = self.draw(st.sampled_from([on, between]))
            if any(sparse):
                lines.append(kind(*sparse, levels=self.count(1, 2), gap=self.gap()))
        if axis == 0:
            self.even.append({p: b.name for line in lines for p, b in line.at.items() if isinstance(b, Leaf)})
        return Stations(
            *lines, gap=self.gap(), most=self.of(lengths(0.0, 3.0)), anchor=self.anchor(len(lines)), axis=axis
        )

    def over(self, make: Callable[[], Box]) -> Box:
        kind = self.draw(st.sampled_from(["over", "slot", "frame", "grow"]))
        boxes, before = list[Box](), self.names
        groups = list[list[str]]()
        for beat in "ab"[: 1 if kind in ("frame", "grow") else 2]:
            box = make()
            groups.append([n for n in inside(box)])
            boxes.append(during(box, self.name(beat)) if kind == "slot" else box)
        assert self.names > before
        if kind in ("over", "slot"):
            self.together |= {frozenset(pair) for pair in ((a, b) for a in groups[0] for b in groups[1])}
            return Slot(*boxes) if kind == "slot" else Over(*boxes)
        frame = self.name("frame") if kind == "frame" else ""
        if frame:
            self.framed.append((frame, groups[0]))
            self.together |= {frozenset((frame, name)) for name in groups[0]}
        return Pad(boxes[0], self.of(lengths(0.0, 0.3)), self.of(lengths(0.0, 0.3)), frame, grow=kind == "grow")

    def tree(self, depth: int) -> Box:
        kinds = ["leaf"] if depth == 0 else ["leaf", "line", "line", "line", "table", "stations", "either", "over"]
        kind = self.draw(st.sampled_from(kinds))
        make = lambda: self.tree(depth - 1)  # noqa: E731
        if kind == "leaf":
            return self.leaf()
        if kind == "line":
            return self.line(make)
        if kind == "either":
            return Either(make(), make(), cost=self.count(1, 2))
        return {"table": self.table, "stations": self.stations}[kind]() if kind != "over" else self.over(make)


def leaves(boxes: object) -> list[str]:
    return [box.name for box in boxes if isinstance(box, Leaf)]  # type: ignore[attr-defined]


def inside(box: Box) -> list[str]:
    """The names of all leaves in a box."""
    own = [box.name] if isinstance(box, Leaf) else []
    return own + [name for inner in box.inner() for name in inside(inner)]


@st.composite
def pages(draw: st.DrawFn, scaled: bool = False, depth: int = 3) -> Page:
    page = Page(draw, scaled)
    page.box = page.tree(draw(st.integers(1, depth)))
    return page


def check(page: Page, layout: Layout, room: Region) -> None:
    """What must be true of every layout."""
    places = layout.places
    for place in places.values():
        assert room.holds(place.region, 1e-6), f"{place} leaves {room}"
        assert min(place.left, place.right, place.up, place.down) >= -1e-9
    for one, other in combinations(places.values(), 2):
        if frozenset((one.name, other.name)) not in page.together:
            assert not one.region.meets(other.region, 1e-6), f"{one} lies over {other}"
    for names in page.level:
        assert_equal([places[name].y for name in names if name in places])
    for names in page.plumb:
        assert_equal([places[name].x for name in names if name in places])
    for stations in page.even:
        found = [(at, places[name].x) for at, name in stations.items() if name in places]
        pitches = [(x - found[0][1]) / (at - found[0][0]) for at, x in found if at != found[0][0]]
        assert_equal(pitches)
    for frame, names in page.framed:
        for name in names:
            if frame in places and name in places:
                assert places[frame].region.holds(places[name].region, 1e-6)


def assert_equal(values: list[float]) -> None:
    assert not values or max(values) - min(values) < 1e-6, values


def code_lines(source: str) -> int:
    """Lines with code on them: no docstring, no comment, no blank."""
    texts = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)]
    told = {line for n in texts for line in range(n.lineno, (n.end_lineno or n.lineno) + 1)}
    silent = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return len({line for t in tokens if t.type not in silent for line in range(t.start[0], t.end[0] + 1)} - told)
