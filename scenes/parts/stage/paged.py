"""A stage whose places are found, not typed: a storyboard arranges parts on pages, and the pages lay them out.

A page has a running head and, under it, the sentence of each of its beats; the rest is the storyboard's. All pages are
laid out before the first frame. What does not fit even in its poorest form is refused, with what is too large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from typing import Any, Final

from scenes.parts.errors import LayoutError, StageError
from scenes.parts.page import LABEL as LABEL_GAP
from scenes.parts.page import (
    LOOSE,
    SPRING,
    Column,
    Form,
    Layout,
    Leaf,
    Pad,
    Place,
    Region,
    RoomError,
    Row,
    Slot,
    during,
    lay_out_all,
    parts_in,
)
from scenes.parts.page.boxes import Box, Item
from scenes.parts.page.needs import Need
from scenes.parts.stage.motions import Appear, Dim, Motion, Unfold, Vanish
from scenes.parts.stage.stage import Stage
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import LABEL, SAY, VALUE
from scenes.parts.things.base import Shown
from scenes.parts.things.graph import Layers
from scenes.parts.things.lettering import Align, Lettering
from scenes.parts.things.letters import words
from scenes.parts.things.part import Part, shown_of

__all__ = ["SENTENCES", "PagedStage"]

REGION: Final = Region(-6.4, -3.0, 6.4, 3.78)
WIDE: Final = REGION.right - REGION.left
SENTENCES: Final = (SAY, VALUE)  # of sentences: the first with which all has room
_MARK: Final = 0.4  # where a question is asked, the pause mark stands in the corner


class PagedStage(Stage):
    """A clip that is told on pages."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._parts: dict[str, Part] = {}
        self._sentences: dict[str, Part] = {}
        self._letters = SENTENCES[0]
        self._turning: list[Motion] = []

    def part(self, made: Part) -> Part:
        """Keep a part, so that a layout can give it its place; it is found again by its name."""
        return self._parts.setdefault(made.name, made)

    def __getitem__(self, name: str) -> Part:
        """Return a part by its name."""
        return self._parts[name]

    def lay_out(self, pages: Mapping[str, Item]) -> dict[str, Place]:
        """Lay out all pages of the clip, draw every part where it has its place, and return where all stand.

        Raises
        ------
        LayoutError
            If something has no room, with its name and the room that it would have.
        """
        stated = self.clip.scales()
        for part in (found for page in pages.values() for found in parts_in(page) if isinstance(found, Part)):
            if self.part(part) is not part:
                raise StageError(f"{part.name}: two parts of the clip have this name")
        layouts = self._laid_out(pages, {name: scale.per_unit for name, scale in stated.items()})
        places = {name: place for layout in layouts.values() for name, place in layout.places.items()}
        for name, part in self._parts.items():
            if name in places:
                part.put(places[name], stated)
        return places

    def _laid_out(self, pages: Mapping[str, Item], scales: Mapping[str, float]) -> Mapping[str, Layout]:
        """Return the layouts; where something has no room, sentences have smaller letters."""
        for self._letters in SENTENCES:
            try:
                return lay_out_all(pages, REGION, scales)
            except RoomError as error:
                fault = error
        told = {name: value for name, value in fault.would.items() if name in type(self.clip).model_fields}
        fault = RoomError(fault.page, fault.direction, fault.over, fault.room, told)  # only what can be typed
        firsts = (name.split() for name in fault.names if name.startswith(("words ", "names.")))
        keys = [f"words.{first[1]}" if first[0] == "words" else first[0] for first in firsts] + list(told)
        if keys:
            raise LayoutError(f"{fault}{self._short_enough(fault)}", keys[0]) from fault
        several = next((key for key, value in self.clip if isinstance(value, tuple) and len(value) > 2), "")
        fewer = f", or fewer {several}" if several else ""
        raise LayoutError(f"{fault}; other numbers{fewer}, take less room", several) from fault

    def _short_enough(self, fault: RoomError) -> str:
        """Return how long the words may be that are too wide: what is too large first, if that is words."""
        name = next(iter(fault.names), "")
        part, room = self._parts.get(name), fault.room.get(name, 0.0)
        fits = part.shortened(room) if part and part.shortened and fault.direction == "wide" and room else ""
        return f"; so long would do: {fits!r}" if fits else ""

    def framed(self, body: Item, *beats: str, corner: Item | None = None) -> Box:
        """Return a page: the running head, a legend at its end, the sentences of its beats, and what it shows."""
        others = self.clip.instead.values()
        said = Slot(*(during(self.sentence_of(beat), beat) for beat in beats if beat not in others))
        legend = corner or self.legend
        mark = Leaf(f"corner of {beats[0]}", Form.fixed(left=_MARK))
        ends: list[Item | Need] = [legend, LABEL_GAP] if legend else []
        return Column(Row(self.head, SPRING, *ends, mark), LABEL_GAP, said, LOOSE, Pad(body, grow=True))

    @property
    def legend(self) -> Part | None:
        """What says how much a mark of every page stands for, such as half a turn of a dial: right of the head."""
        return None

    @cached_property
    def head(self) -> Part:
        """The title, small and quiet over every page."""
        return self.part(words(self.pen, "title", height=LABEL, colour="quiet", style="bold", most=1))

    def sentence_of(self, beat: str, *, align: Align = "centre") -> Part:
        """Return the sentence of a beat, or of the one that comes in its place, as a part of a page."""
        told = self.told_as(beat)

        @cache
        def made(high: float) -> Part:
            return words(self.pen, told, height=high, align=align, most=2, within=WIDE)

        def draw(place: Place, _: object) -> Sequence[Shown]:
            chosen = made(self._letters)
            chosen.put(place, {})
            return chosen.shown

        def shortened(width: float) -> str:
            least = made(SENTENCES[-1]).shortened
            return least(width) if least else ""

        said = Part(made(SAY).name, lambda _: made(self._letters).form, draw=draw, shortened=shortened)
        self._sentences[beat] = self._sentences[told] = self.part(said)
        return self._sentences[told]

    def _say(self, name: str) -> None:
        """Replace the sentence on screen."""
        if name not in self._sentences:  # of a beat on no page
            super()._say(name)
            return
        (new,) = self._sentences[name].shown
        standing = {id(shown) for shown in self.standing}  # what never came would flash up as it went
        leaving = [shown for shown in self._leaving if id(shown) in standing]
        leaving += [self.sentence] if self.sentence and self.sentence is not new else []
        if turning := [*([Vanish(*leaving)] if leaving else []), *self._turning]:
            self.play(*turning)
        self.play(Appear(new))
        self.sentence, self._leaving, self._turning = new, [], []

    def keep_only(self, *kept: Part | Shown) -> None:
        """Let everything leave when the next beat begins, but the running head and what is kept."""
        stays = [*self.head.shown, *shown_of(*kept)]
        self.leave(*(shown for shown in self.standing if shown not in stays))

    def tell_part(self, told: bool, *beats: Callable[[], None]) -> None:
        """Tell some beats, if the clip tells this part."""
        for beat in beats if told else ():
            beat()

    def unlit(self, *shown: Shown, back: bool = False) -> Dim:
        """Return the motion that takes things out of focus, or back into it."""
        return Dim(*shown, theme=self.theme, back=back)

    def wonder(self, beat: str, *motions: Motion) -> None:
        """Ask the class a question, and leave it time to think; what it needs to answer comes with it, and stays."""
        mark = self.pause_mark()
        with self.beat(beat, least=self.clip.ask_hold):
            self.play(Appear(mark), *motions)
        self.leave(mark)

    @contextmanager
    def asking(self, beat: str) -> Iterator[None]:
        """Ask the class a question: show within it what it needs; then the mark comes, and time to think."""
        with self.beat(beat, least=self.clip.ask_hold):
            yield
            self.play(Appear(mark := self.pause_mark()))
        self.leave(mark)

    def pause_mark(self) -> Shown:
        """Return the small mark, between the running head and the end of a long sentence."""
        return self.pen.pause_mark(small=True)

    @staticmethod
    def opened(graph: Layers) -> list[Motion]:
        """Return how the triangle of a graph opens."""
        shades = [Unfold(shade, under=[graph.curve, graph.dot]) for shade in graph.shade]
        return [*shades, Unfold(graph.rise, under=[graph.dot])]

    def coming(self, thing: Shown, from_: Shown, *, copy: bool = False) -> list[Motion]:
        """Return how a text comes to its place: from where it is read off, or, where no way is free, at once."""
        thing.draw()
        travel = Travel(thing, from_=from_, copy=copy)
        texts = [s for s in self.standing if isinstance(s, Lettering) and s not in (thing, *travel.gone)]
        if next(iter(travel.find_ways(self.standing, texts)), None) is None:
            return [travel]
        return [Appear(thing), *([Vanish(*travel.gone)] if travel.gone else [])]

    def say(self, told: Sequence[Shown], from_: Shown) -> None:
        """Let words appear one by one, and the number at their end come from where it is read off."""
        for shown in told:
            self.play(*(self.coming(shown, from_) if shown is told[-1] else [Appear(shown)]))

    def gather(self, terms: Sequence[Sequence[Shown]], numbers: Sequence[Shown]) -> None:
        """Let the terms of a sum come from where their numbers stand, one by one, as far as there are any."""
        for (*signs, term), said in zip(filter(None, terms), numbers, strict=False):
            self.play(Appear(*signs), Travel(term, from_=said, copy=True))

    def turn(self, *motions: Motion) -> None:
        """Let what stays go to its place on the next page when the next beat begins, while the rest leaves."""
        self._turning += motions
