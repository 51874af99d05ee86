"""A manim scene on which nothing can stand that the core did not compute, proven frame by frame.

Every frame of a tracking thing and the first frame of every rest are compared with the quantities; a difference ends
the render.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

from manim import config
from manim.animation.animation import Wait
from manim.scene.scene import Scene

from scenes.parts.errors import LayoutError, StageError
from scenes.parts.film.film_file import ENCODER_OPTIONS
from scenes.parts.film.ledger import State, digest_of_sources
from scenes.parts.recipe.quantity import Quantities
from scenes.parts.recipe.sweep import Live, Sweep
from scenes.parts.settings import Settings, SettingsError, load
from scenes.parts.settings.override import of_this_run
from scenes.parts.stage.camera import StageRenderer
from scenes.parts.stage.guard import Guard
from scenes.parts.stage.looked import Looked
from scenes.parts.stage.motions import Motion, SweepTo
from scenes.parts.stage.record import Pixels, Record, Sample
from scenes.parts.stage.travel import Travel
from scenes.parts.stage.writer import StagedWriter
from scenes.parts.theme import FRAME_HEIGHT, FRAME_WIDTH, Theme
from scenes.parts.things.base import Bound, Shown
from scenes.parts.things.lettering import Lettering
from scenes.parts.things.pen import Pen
from scenes.parts.type.numbers import Formatter

__all__ = ["ProvenScene"]

config.disable_caching = True  # a cached play runs no frames, so nothing would be checked; and it serves old numbers
config.notify_outdated_version = False


class ProvenScene(Scene):  # type: ignore[misc]  # manim's classes are untyped for mypy
    """What a clip's settings give, and motions of it, each frame of which is compared with the quantities.

    Parameters
    ----------
    given
        The settings to use instead of the settings file's.
    renderer
        What shows and counts the frames; the stage's own by default.

    Raises
    ------
    SettingsError
        If the settings file is wrong, or has no such clip, or the clip does not fit on a frame.
    """

    def __init__(self, given: Settings | None = None, renderer: StageRenderer | None = None, **kwargs: Any) -> None:
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
        self._tracking: list[Shown] = []
        self._travelling: list[Shown] = []
        self._samples: dict[int, list[Sample]] = {}
        self._looked = Looked()
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
        return self.guard.shown(self.mobjects)

    def add(self, *mobjects: Any) -> Self:
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

    def _refuse(self, faults: Iterable[LayoutError]) -> None:
        """Refuse what has no way to its place."""
        for fault in faults:
            raise fault

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
