"""A stage whose places are found, not typed: a storyboard arranges parts on pages, and the pages lay them out.

A page has a running head and, under it, the sentence of each of its beats; the rest is the storyboard's. All pages are
laid out before the first frame. What does not fit even in its poorest form is refused, with what is too large.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from scenes.parts.errors import LayoutError
from scenes.parts.page import SPRING, Column, Layout, Pad, Region, RoomError, Row, Slot, during, lay_out_all
from scenes.parts.page.boxes import Item
from scenes.parts.stage.motions import Appear, Vanish
from scenes.parts.stage.stage import Stage
from scenes.parts.theme import LABEL, SAY
from scenes.parts.things.letters import words
from scenes.parts.things.part import Part

__all__ = ["PagedStage"]

REGION: Final = Region(-6.4, -3.0, 6.4, 3.78)


class PagedStage(Stage):
    """A clip that is told on pages."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._parts: dict[str, Part] = {}
        self._sentences: dict[str, Part] = {}
        self._head: Part | None = None

    def part(self, made: Part) -> Part:
        """Keep a part, so that a layout can give it its place; it is found again by its name."""
        return self._parts.setdefault(made.name, made)

    def __getitem__(self, name: str) -> Part:
        """Return a part by its name."""
        return self._parts[name]

    def lay_out(self, pages: Mapping[str, tuple[Sequence[str], Item]], legend: Item | None = None) -> None:
        """Lay out all pages of the clip: of each the beats that it shows, and what stands under their sentences.

        Raises
        ------
        LayoutError
            If something has no room, with its name and the room that it would have.
        """
        title = self.pen.says("title")
        self._head = self.part(words(self.pen, "title", height=LABEL, colour="quiet", most=1, called=f"head {title!r}"))
        framed = {name: self._framed(beats, body, legend) for name, (beats, body) in pages.items()}
        try:
            scales = {name: scale.per_unit for name, scale in self.clip.scales().items()}
            layouts = lay_out_all(framed, REGION, scales)
        except RoomError as error:
            keys = (f"words.{name.removeprefix('words ')}" for name in error.names if name.startswith("words "))
            raise LayoutError(str(error), next(keys, "")) from error
        for layout in layouts.values():
            self._place(layout)

    def _framed(self, beats: Sequence[str], body: Item, legend: Item | None) -> Item:
        sentences = {beat: self.part(words(self.pen, beat, height=SAY, align="centre", most=2)) for beat in beats}
        self._sentences |= sentences
        assert self._head is not None
        top = Row(self._head, SPRING, *([legend] if legend else []))
        said = Slot(*(during(sentence, beat) for beat, sentence in sentences.items()))
        return Column(top, said, Pad(body, grow=True))

    def _place(self, layout: Layout) -> None:
        for name, place in layout.places.items():
            if name in self._parts:
                self._parts[name].put(place, self.clip.scales())

    def _say(self, name: str) -> None:
        """Replace the sentence on screen."""
        (new,) = self._sentences[name].shown
        if leaving := [*self._leaving, *([self.sentence] if self.sentence and self.sentence is not new else [])]:
            self.play(Vanish(*leaving))
        self.play(Appear(new))
        self.sentence, self._leaving = new, []
