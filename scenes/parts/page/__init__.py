"""Where things stand: found, not typed. Pure numbers, in frame units; imports nothing of ours.

A thing says how far it reaches from its *origin* (baseline, decimal point, hub, tail), in each of its *forms*, the
richest first: anything with a ``name`` and ``forms`` will do, see `Part`. A storyboard says with boxes what stands
beside, above, under and inside what. `lay_out` finds the richest forms and the largest scales with which all of the
page fits, and returns a frozen `Layout`: for each name a `Place`. What fits in no form is a `RoomError`.

| box | what it does |
|---|---|
| `Row`, `Column` | side by side, origins on one line; under one another; a gap may stand between two things |
| `Table` | origins under one another and on lines: decimal points |
| `Stations` of `on`, `between`, `along` | evenly along a line: a network, a train, bars; a line may be staggered |
| `Near` | on a line, each as near its own place as the others let it: what stands under the gears of a train |
| `Turns`, `Rather`, `Stack` | lines of stations in one place at different times; one of several; under one another |
| `amid` | one thing amid all stations |
| `Hung` | a thing whose origin is on its upper edge |
| `Over` | one origin for several things: a dial and the ribbon through it |
| `Slot`, `during` | one place at different times; what stands in one page keeps its place from beat to beat |
| `Either`, `here_or_there` | one of several boxes, the richest first; a thing in one of two places |
| `Pad` | room around a thing, a frame around it, or a share of what is left over |
| `beside` | a thing at another's side |

A page is the union of what its beats show and is laid out once. Only gaps and what stretches (plots) share room; texts
have forms instead: one line, two, three. Needs may follow from scales by name; ``Auto`` scales are found. Labels beside
points of what is drawn come last, with `place_labels`.

The frame of TwoLayerNetwork on which the push flows back, with letters of one width: plates above, dials at the
stations, numbers and plots under them, and a ribbon that is ``push`` units thick per 1.

>>> from scenes.parts.page import *
>>> def text(name, said, high=0.225, lines=1):
...     words = len(said) * high * 0.6
...     return Leaf(name, *(Form.fixed(words / n / 2, words / n / 2, high, (n - 1) * high * 2) for n in (1, 2)[:lines]))
>>> def dial(name):
...     return Leaf(name, Form.fixed(0.44, 0.44, 0.44, 0.44))
>>> def ribbon(name, delta):
...     return Leaf(name, lambda scales: Form.fixed(0.0, 0.0, *2 * (scales["push"] * abs(delta) / 2,)))
>>> def plot(name):
...     return Leaf(name, Form.stretch((1.4, 2.4), (1.4, 2.6)))
>>> pushes = {"x": 0.342, "z": 0.285, "h": 0.934, "y": -1.167, "L": 1.0}
>>> gates = {"w1": "× 1.2", "tanh": "× 0.305", "w2": "× −0.8", "loss": "× −1.17"}
>>> hero = Column(
...     Row(text("head", "One signal travels back", 0.185), SPRING, text("legend", "1 = this thick", 0.185)),
...     text("sentence", "A push of 1 travels back from L. Each gate multiplies it by its slope.", 0.285, lines=2),
...     Pad(grow=True, item=Stations(
...         between(*(Pad(text(name, said), 0.14, 0.12, name=f"plate of {name}") for name, said in gates.items())),
...         on(*(Over(dial(name), ribbon(f"ribbon at {name}", push)) for name, push in pushes.items())),
...         LABEL, on(*(text(f"push {name}", f"dL/d{name} = {push}") for name, push in pushes.items()), levels=2),
...         NEAR, between(*(plot(f"plot of {name}") for name in gates)),
...     )),
... )
>>> page = lay_out(hero, Region(-6.4, -3.0, 6.4, 3.74), {"push": Auto(most=1.0)})
>>> print(page.scales["push"], page.poorer)
1.0 0
>>> for name in ("sentence", "x", "z", "L", "plate of w1", "plot of w1", "push x", "push z"):
...     print(f"{name:11} x {page[name].x:+.2f}  y {page[name].y:+.2f}  form {page[name].form}")
sentence    x +0.00  y +2.67  form 0
x           x -5.52  y +0.42  form 0
z           x -2.73  y +0.42  form 0
L           x +5.66  y +0.42  form 0
plate of w1 x -4.12  y +1.73  form 0
plot of w1  x -4.12  y -0.90  form 0
push x      x -5.52  y -0.50  form 0
push z      x -2.73  y -0.50  form 0

A line on which all is too wide says what the trouble is, and the longest text that would do:

>>> lay_out(Row(text("name", "rate"), text("sentence", "It said that, and it should have said this.")),
...         Region(-2.0, -1.0, 2.0, 1.0))
Traceback (most recent call last):
    ...
scenes.parts.page.sheet.RoomError: sentence and name too wide by 2.60; sentence may be 3.21
"""

from scenes.parts.page.boxes import Box, Either, Leaf, Over, Pad, Part, Slot, during, here_or_there, parts_in
from scenes.parts.page.fitting import Auto, lay_out, lay_out_all
from scenes.parts.page.hung import Hung
from scenes.parts.page.labels import Label, place_labels
from scenes.parts.page.lines import Column, Row, Table, beside
from scenes.parts.page.near import Near
from scenes.parts.page.needs import (
    GROUP,
    LABEL,
    LINES,
    LOOSE,
    NEAR,
    ROWS,
    SPRING,
    TOUCH,
    Form,
    Measure,
    Need,
    around,
    gap,
)
from scenes.parts.page.places import Place, Region
from scenes.parts.page.rather import Rather
from scenes.parts.page.rounds import decades, round_index, round_number, ticks
from scenes.parts.page.sheet import Layout, RoomError
from scenes.parts.page.stations import Line, Stack, Stations, Turns, along, amid, between, on

__all__ = [
    "GROUP",
    "LABEL",
    "LINES",
    "LOOSE",
    "NEAR",
    "ROWS",
    "SPRING",
    "TOUCH",
    "Auto",
    "Box",
    "Column",
    "Either",
    "Form",
    "Hung",
    "Label",
    "Layout",
    "Leaf",
    "Line",
    "Measure",
    "Near",
    "Need",
    "Over",
    "Pad",
    "Part",
    "Place",
    "Rather",
    "Region",
    "RoomError",
    "Row",
    "Slot",
    "Stack",
    "Stations",
    "Table",
    "Turns",
    "along",
    "amid",
    "around",
    "beside",
    "between",
    "decades",
    "during",
    "gap",
    "here_or_there",
    "lay_out",
    "lay_out_all",
    "on",
    "parts_in",
    "place_labels",
    "round_index",
    "round_number",
    "ticks",
]
