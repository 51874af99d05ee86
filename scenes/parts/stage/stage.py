"""The stage: where a clip is told, and whence its film and its ledger come.

A storyboard subclasses :class:`Stage`. It makes everything that it shows with ``self.pen``, from the clip's quantities,
scales and words, and plays motions inside beats.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any, NoReturn

from manim import config, logger
from manim.utils.file_ops import open_media_file

from core import CoreError
from scenes.parts.errors import LayoutError, StageError
from scenes.parts.film.finish import Rendered, finish
from scenes.parts.film.gif import GifError
from scenes.parts.film.ledger import BeatRow
from scenes.parts.settings import SettingsError
from scenes.parts.stage.told import ToldScene
from scenes.parts.stage.writer import go_on, plays_asked, stoppable

__all__ = ["Stage"]


class Stage(ToldScene):
    """A clip: its settings are those that the settings file gives under the name of the class."""

    session_spec: Any  # manim's, set by its constructor

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


def _stop(message: str, code: int) -> NoReturn:
    print(message, file=sys.stderr)
    raise SystemExit(code)
