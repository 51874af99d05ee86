"""A clip told in beats: a sentence each, what it plays, and a frozen rest long enough to read what is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from manim import config
from manim.animation.animation import Wait

from scenes.parts.errors import LayoutError
from scenes.parts.settings.override import beat_of_this_run
from scenes.parts.stage.beat import Beat, hold_seconds, reading_seconds, whole_frames
from scenes.parts.stage.motions import Appear, Vanish
from scenes.parts.stage.overlaps import check_layout
from scenes.parts.stage.proven import ProvenScene
from scenes.parts.theme import EDGE_MARGIN, FRAME_HEIGHT, FRAME_WIDTH, HOLD_LEAST, SENTENCE, TITLE
from scenes.parts.things.base import Shown
from scenes.parts.things.lettering import Words

__all__ = ["LEFT_EDGE", "TITLE_LINE", "ToldScene"]

LEFT_EDGE = EDGE_MARGIN - FRAME_WIDTH / 2
TITLE_LINE = FRAME_HEIGHT / 2 - EDGE_MARGIN - TITLE - 0.06
SENTENCE_LINE = TITLE_LINE - 0.75


class ToldScene(ProvenScene):
    """Beats, with the words that the clip's settings give them.

    Parameters
    ----------
    only
        The one beat to show; what this run was asked for by default, nothing for all.
    **kwargs
        As of :class:`~scenes.parts.stage.proven.ProvenScene`.
    """

    def __init__(self, *, only: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.beats: list[Beat] = []
        self.title: Words | None = None
        self.sentence: Words | None = None
        self._only = self.told_as(beat_of_this_run() if only is None else only)
        self._told: list[str] = []
        self._leaving: list[Shown] = []

    def told_as(self, beat: str) -> str:
        """Return the beat that comes in place of one, as the clip's numbers are; itself, if none does."""
        instead: Mapping[str, str] = self.clip.instead
        return instead.get(beat, beat)

    def open_with_title(self) -> None:
        """Put the clip's title on the stage, for good."""
        self.title = self.pen.words("title", height=TITLE, style="bold").at(LEFT_EDGE, TITLE_LINE)
        self.add(self.title)

    @contextmanager
    def beat(self, name: str, *, least: float = HOLD_LEAST) -> Iterator[None]:
        """Play a beat: its sentence, what the block plays, then a frozen rest long enough to read what is new.

        Parameters
        ----------
        name
            The key of its words; also its section, its chapter and its row in the ledger, unless another comes instead.
        least
            How long the rest is at least, in seconds at pace 1; longer where there is more to read or to say.
        """
        name = self.told_as(name)
        self.next_section(name, skip_animations=self._only not in ("", name))
        self._told.append(name)
        beat = Beat(name, self.pen.says(name), self.pen.caption(name), self.writer.frames)
        self._reading = 0
        self._say(name)
        yield
        beat.hold = self.writer.frames
        spent = (beat.hold - beat.first) / config.frame_rate
        reading = reading_seconds(beat.sentence, beat.caption, self._reading)
        self.rest(hold_seconds(reading, spent, self.settings.pace, least))
        beat.last = self.writer.frames - 1
        if not self.renderer.skip_animations or not self._only:
            self.beats.append(beat)

    def ask(self, name: str, *given: Shown) -> None:
        """Ask the class a question and leave it time to think, under the pause mark, with what it needs to answer."""
        mark = self.pause_mark()
        with self.beat(name, least=self.clip.ask_hold):
            self.play(Appear(mark, *given))
        self.leave(mark, *given)

    def pause_mark(self) -> Shown:
        """Return the mark under which a question stands."""
        return self.pen.pause_mark()

    def leave(self, *shown: Shown) -> None:
        """Let things go off the stage when the next beat begins, together with the sentence."""
        self._leaving += [s for s in shown if s is not self.sentence]

    def rest(self, seconds: float) -> None:
        """Hold the frame still; what is lettered on it must be readable now."""
        self._look()
        self.play(Wait(run_time=whole_frames(seconds, config.frame_rate), frozen_frame=True))

    def _look(self) -> None:
        """Refuse what could not be read on the frame as it is now."""
        check_layout(self.standing)

    def _say(self, name: str) -> None:
        """Replace the sentence on screen."""
        width = FRAME_WIDTH - 2 * EDGE_MARGIN
        new = self.pen.words(name, height=SENTENCE, max_width=width).at(LEFT_EDGE, SENTENCE_LINE)
        if leaving := [*self._leaving, *([self.sentence] if self.sentence else [])]:
            self.play(Vanish(*leaving))
        self.play(Appear(new))
        self.sentence, self._leaving = new, []

    def tear_down(self) -> None:
        """End the clip; where one beat alone is drawn, it has come."""
        if self._only and self._only not in self._told:
            raise LayoutError(f"there is no {self._only} in this clip, but {', '.join(self._told)}", "words")
