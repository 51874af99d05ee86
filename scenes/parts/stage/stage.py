"""The stage: a manim scene on which nothing can stand that the core did not compute, proven frame by frame.

A storyboard subclasses :class:`Stage`. It makes everything that it shows with ``self.pen``, from the clip's quantities,
scales and words, and plays motions inside beats. Every frame of a tracking thing and the first frame of every rest are
compared with the quantities; a difference ends the render.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any, NoReturn

from manim import config, logger
from manim.animation.animation import Wait
from manim.scene.scene import Scene
from manim.utils.file_ops import open_media_file

from core import CoreError
from scenes.parts.errors import LayoutError, StageError
from scenes.parts.film.film_file import ENCODER_OPTIONS
from scenes.parts.film.finish import Rendered, finish
from scenes.parts.film.gif import GifError
from scenes.parts.film.ledger import BeatRow, State, digest_of_sources
from scenes.parts.recipe.quantity import Quantities
from scenes.parts.recipe.sweep import Live, Sweep
from scenes.parts.settings import Settings, SettingsError, load
from scenes.parts.settings.override import beat_of_this_run, of_this_run
from scenes.parts.stage.beat import Beat, hold_seconds, reading_seconds, whole_frames
from scenes.parts.stage.camera import StageRenderer
from scenes.parts.stage.guard import Guard
from scenes.parts.stage.looked import Looked
from scenes.parts.stage.motions import Appear, Motion, SweepTo, Vanish
from scenes.parts.stage.overlaps import check_layout
from scenes.parts.stage.record import Pixels, Record, Sample
from scenes.parts.stage.travel import Travel
from scenes.parts.stage.writer import StagedWriter, go_on, plays_asked, stoppable
from scenes.parts.theme import EDGE_MARGIN, FRAME_HEIGHT, FRAME_WIDTH, HOLD_LEAST, SENTENCE, TITLE, Theme
from scenes.parts.things.base import Bound, Shown
from scenes.parts.things.lettering import Lettering, Words
from scenes.parts.things.pen import Pen
from scenes.parts.type.numbers import Formatter

__all__ = ["Stage"]

config.disable_caching = True  # a cached play runs no frames, so nothing would be checked; and it serves old numbers
config.notify_outdated_version = False

LEFT_EDGE = EDGE_MARGIN - FRAME_WIDTH / 2
TITLE_LINE = FRAME_HEIGHT / 2 - EDGE_MARGIN - TITLE - 0.06
SENTENCE_LINE = TITLE_LINE - 0.75


class Stage(Scene):  # type: ignore[misc]  # manim's classes are untyped for mypy
    """A clip: its settings are those that the settings file gives under the name of the class.

    Parameters
    ----------
    given
        The settings to use instead of the settings file's.
    renderer
        What shows and counts the frames; the stage's own by default.
    only
        The one beat to show; what this run was asked for by default, nothing for all.

    Raises
    ------
    SettingsError
        If the settings file is wrong, or has no such clip, or the clip does not fit on a frame.
    """

    session_spec: Any  # manim's, set by its constructor

    def __init__(
        self,
        given: Settings | None = None,
        renderer: StageRenderer | None = None,
        only: str | None = None,
        **kwargs: Any,
    ) -> None:
        settings, name = given or of_this_run(load(whole=False)), type(self).__name__
        self.clip: Any = settings.clip(name)
        self.settings = settings.for_clip(name)
        if faults := settings.fit(name):
            raise SettingsError(faults)
        self.digests = {room: digest_of_sources(room) for room in ("core", "scenes")}  # before, not after, the render
        _set_output()
        theme = self.settings.theme, self.settings.palette.model_dump(exclude_none=True), self.settings.fonts.words
        self.theme = Theme.of(*theme)
        self.pen = self._pen()
        self.guard = Guard(self.pen, tuple(self.clip.scales().values()), dict(self.clip.ranges()))
        super().__init__(renderer=renderer or StageRenderer(), **kwargs)
        self.camera.background_color = self.theme.colour("background")
        self.writer: StagedWriter = self.renderer.file_writer
        self._frame = self.camera.frame_width, self.camera.frame_height
        self.record = Record(Pixels(self.camera.pixel_width, self.camera.pixel_height, *self._frame))
        self.beats: list[Beat] = []
        self._only = beat_of_this_run() if only is None else only
        self._told: list[str] = []
        self._tracking: list[Shown] = []
        self._travelling: list[Shown] = []
        self._samples: dict[int, list[Sample]] = {}
        self._looked = Looked()
        self.title: Words | None = None
        self.sentence: Words | None = None
        self._leaving: list[Shown] = []
        self._lifted = False
        self._reading = 0
        self._seen: set[tuple[str, str]] = set()

    def _pen(self) -> Pen:
        names = {key: self.settings.display_name(value) for key, value in self.clip.named().items()}
        formatter = Formatter(self.settings.digits, self.settings.decimals)
        return Pen(self.clip, self.clip.quantities(self.settings.digits), self.theme, formatter, names)

    @property
    def quantities(self) -> Quantities:
        """The quantities at the clip's own inputs."""
        return self.pen.quantities

    @property
    def standing(self) -> list[Shown]:
        """Everything on the stage."""
        return [mobject for mobject in self.mobjects if isinstance(mobject, Shown)]

    # -- the way onto the stage ---------------------------------------------------------------------------------------

    def add(self, *mobjects: Any) -> Stage:
        """Put things on the stage that are bound or decor.

        Raises
        ------
        StageError
            If one is neither.
        """
        self.guard.admit(mobjects)
        self._reading += sum(self._is_new(m) for m in mobjects)
        super().add(*mobjects)
        return self

    def lift(self, *shown: Shown, over: Sequence[Shown] = ()) -> None:
        """Put things that stand already over all others; what enters in the same play then runs under them."""
        super().add(*shown)
        self.record.came_under(over, shown)
        self._lifted = True

    def play(self, *motions: Any, **kwargs: Any) -> None:
        """Play motions together, checking every frame of what tracks or travels and the first frame of what rests.

        Raises
        ------
        StageError
            If a motion is not the stage's own, or something enters while the sweep that it follows moves, or something
            shows what its quantity does not say.
        """
        self.guard.admit_motions(motions)
        self.guard.admit(self.mobjects)
        if (self.camera.frame_width, self.camera.frame_height) != self._frame:
            raise StageError(
                f"{type(self).__name__}: the camera may not zoom: every length on the frame has a stated scale"
            )
        own = sorted((m for m in motions if isinstance(m, Motion)), key=lambda m: m.state == "leaving")
        for motion in own:
            motion.settle()
        states = {id(shown): motion.state for motion in own for shown in motion.shown}  # what goes, goes, dimmed or not
        self._tracking = self._followers([m.sweep for m in motions if isinstance(m, SweepTo)], states)
        travels = [motion for motion in motions if isinstance(motion, Travel)]
        self._find_ways(travels, states)
        states |= {id(shown): "entering" for travel in travels for shown in travel.fading}
        self._travelling = [s for travel in travels for s in travel.shown if states[id(s)] == "travelling"]
        self._tracking += self._travelling
        self._samples = {id(shown): [] for shown in self._tracking}
        gone = [shown for travel in travels for shown in travel.gone]
        first, before = self.writer.frames, [shown for shown in self.standing if shown not in gone]
        resting = [s for s in before if id(s) not in states and s not in self._tracking]
        rest_samples = self._verified(resting)
        self._run(*motions, **kwargs)
        for shown in self._tracking:
            shown.draw()
        entered = [s for s in self.standing if s not in before]
        self._note(first, resting, rest_samples, [*before, *entered], states)
        if self._lifted:
            self.record.order(self.standing)
        self._lifted = False
        self._tracking, self._travelling = [], []

    def _find_ways(self, travels: Sequence[Travel], states: Mapping[int, State]) -> None:
        """Let what travels find its way past every text that stays or comes."""
        moving = {key for key, state in states.items() if state in ("leaving", "travelling")}
        moving |= {id(shown) for travel in travels for shown in travel.gone}
        texts = [s for s in self.standing if isinstance(s, Lettering) and id(s) not in moving]
        for travel in travels:
            self._refuse(travel.find_ways(self.standing, texts))

    def _run(self, *motions: Any, **kwargs: Any) -> None:
        """Let motions run, frame by frame; a rehearsal does without the frames."""
        super().play(*motions, **kwargs)

    def compile_animations(self, *motions: Any, **kwargs: Any) -> list[Any]:
        """Return the motions of a play, as fast as the settings want them; rests have their length already."""
        made: list[Any] = super().compile_animations(*motions, **kwargs)
        for motion in made if self.settings.pace != 1.0 else ():
            if not isinstance(motion, Wait):
                motion.run_time /= self.settings.pace
        return made

    def update_mobjects(self, dt: float) -> None:
        """Do nothing: the guard admits nothing that has an updater."""

    def update_to_time(self, t: float) -> None:
        """Move everything to time ``t`` of this play, and check what tracks before the frame is drawn."""
        super().update_to_time(t)
        for shown in self._tracking:
            if shown not in self._travelling:
                shown.draw()
            self._check(shown)
            self._samples[id(shown)].append(self._sampled(shown))

    def add_mobjects_from_animations(self, animations: Sequence[Any]) -> None:
        """Do nothing: a motion lets onto the stage itself what it shows."""

    def get_restructured_mobject_list(self, mobjects: Iterable[Any], to_remove: Iterable[Any]) -> list[Any]:
        """Return what is left: what is shown stands there by itself, in no group that would have to be searched."""
        mobjects, gone = list(mobjects), set(to_remove)
        if all(isinstance(mobject, Shown) for mobject in mobjects):
            return [mobject for mobject in mobjects if mobject not in gone]
        left: list[Any] = super().get_restructured_mobject_list(mobjects, gone)
        return left

    def get_moving_mobjects(self, *animations: Any) -> list[Any]:
        """Return what may change from frame to frame: what moves or tracks; the camera knows what lies over it."""
        return [*(shown for a in animations if isinstance(a, Motion) for shown in a.shown), *self._tracking]

    def _followers(self, sweeps: Iterable[Sweep], states: Mapping[int, State]) -> list[Bound]:
        moved = {id(sweep) for sweep in sweeps}
        live = [s for s in self.standing if isinstance(s, Bound) and any(id(w) in moved for w in _sweeps(s))]
        if late := next((s for s in live if id(s) in states), None):
            raise StageError(f"{late.name}: it cannot enter or leave while the sweep that it follows moves")
        return live

    def _verified(self, resting: Iterable[Shown]) -> dict[int, Sample]:
        samples = {}
        for shown in resting:
            sample = self._looked.recall(shown, self.writer.frames)
            if sample is None:
                self._check(shown)
                sample = self._sampled(shown)
                self._looked.remember(shown, sample)
            samples[id(shown)] = sample
        return samples

    def _sampled(self, shown: Shown) -> Sample:
        return self.record.sample(shown, self.writer.frames)

    def _check(self, shown: Shown) -> None:
        wrong = type(shown).fault(shown)
        if not wrong and shown.size != 1.0 and not (isinstance(shown, Lettering) and shown in self._travelling):
            wrong = "it is not as large as it was built, and not on its way"
        if wrong:
            raise StageError(f"{type(self).__name__}: frame {self.writer.frames}: {shown.name}: {wrong}")

    def _note(
        self,
        first: int,
        resting: list[Shown],
        samples: dict[int, Sample],
        present: list[Shown],
        states: Mapping[int, State],
    ) -> None:
        last = self.writer.frames - 1
        for shown in present:
            if id(shown) in samples:
                self.record.note(shown, "resting", first, last, [samples[id(shown)]])
            elif id(shown) in self._samples:
                state = states.get(id(shown), "tracking")
                self.record.note(shown, state, first, last, self._samples[id(shown)])
            else:
                self.record.note(shown, states.get(id(shown), "entering"), first, last, [])

    def _is_new(self, mobject: Any) -> bool:
        """Return whether this is a number that the viewer has not read yet."""
        if not isinstance(mobject, Bound) or not mobject.to_read:
            return False
        if (fact := (mobject.quantity.name, mobject.to_read)) in self._seen:
            return False
        self._seen.add(fact)
        return True

    # -- beats --------------------------------------------------------------------------------------------------------

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
            The key of its words; also its section, its chapter and its row in the ledger.
        least
            How long the rest is at least, in seconds at pace 1; longer where there is more to read or to say.
        """
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

    def _refuse(self, faults: Iterable[LayoutError]) -> None:
        """Refuse what has no way to its place."""
        for fault in faults:
            raise fault

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

    # -- the edge -----------------------------------------------------------------------------------------------------

    def render(self, preview: bool = False) -> bool:
        """Render, prove, and finish the files; at the command line's edge every error becomes one line."""
        presentation = self.session_spec.presentation
        opened = replace(presentation, open_after_render=False, show_in_file_browser=False)
        self.session_spec = replace(self.session_spec, presentation=opened)
        try:
            with stoppable():
                rerun = bool(super().render(False))
                self._finish()
        except (SettingsError, LayoutError, CoreError, GifError) as error:
            _stop(f"{type(self).__name__}: {error}", 2)
        except StageError as error:
            _stop(str(error), 1)
        except OSError as error:
            where = error.filename or (self.writer.final and self.writer.final.parent)
            _stop(f"{type(self).__name__}: {where}: nothing can be written there: {str(error.strerror).lower()}", 2)
        finally:
            self.writer.clear()
        if preview or presentation.open_after_render or presentation.show_in_file_browser:
            wanted = {"preview": preview or presentation.open_after_render}
            self._open(show_in_file_browser=presentation.show_in_file_browser, **wanted)
        return rerun

    def _open(self, **how: bool) -> None:
        """Open the finished file, in a program of the computer; where there is none, the file is good all the same."""
        try:
            open_media_file(self.writer, **how)
        except (OSError, CalledProcessError) as error:
            where = getattr(self.writer, "final_file_path", None)
            print(f"{type(self).__name__}: nothing here can open {where}, which is finished ({error})", file=sys.stderr)

    def _finish(self) -> None:
        """Put the finished files in place; a dry run and a still have none."""
        go_on()
        final, file = self.writer.final, self.writer.output_plan.primary_artifact
        if final is None or file is None or not file.exists():
            return
        finish(self.rendered(file, final))
        self.writer.final_file_path = final
        logger.info("%s: every number bound; video and ledger ready at '%s'", type(self).__name__, final)

    def rendered(self, file: Path, final: Path) -> Rendered:
        """Return what was rendered into ``file``, for the finished files at ``final``."""
        clip = type(self).__name__
        return Rendered(
            file=file,
            final=final,
            clip=clip,
            scene=self.clip.scene,
            plays=plays_asked(),
            only=self._only,
            typed_numbers=self.clip.allow_typed_numbers,
            settings=self.settings.resolved(clip),
            settings_digest=self.settings.digest(clip),
            digests=self.digests,
            captions=self.settings.captions,
            frame_rate=float(config.frame_rate),
            frame_height=float(self.camera.frame_height),
            background=self.theme.colour("background"),
            beats=self.beat_rows(),
            quantities=self.quantities,
            shown=self.record.rows(),
        )

    def beat_rows(self) -> tuple[BeatRow, ...]:
        """Return the beats so far, as they stand in the ledger."""
        return tuple(BeatRow(**vars(beat)) for beat in self.beats)


def _sweeps(shown: Bound) -> Iterator[Sweep]:
    for source in shown.sources:
        if isinstance(source, Live):
            yield source.sweep


def _set_output() -> None:
    """Tell manim how to tag the colours of an mp4, the only container that takes it, and how large a frame is."""
    config.frame_height, config.frame_width = FRAME_HEIGHT, FRAME_WIDTH  # whatever a manim.cfg says
    wanted = str(getattr(config.format, "value", config.format) or "auto")
    tagged = wanted in ("mp4", "auto") and not config.transparent
    config.video_encoder_options = dict(ENCODER_OPTIONS) if tagged else {}


def _stop(message: str, code: int) -> NoReturn:
    print(message, file=sys.stderr)
    raise SystemExit(code)
