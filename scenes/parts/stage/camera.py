"""The stage's camera and renderer: the pixels of manim's own, with only what has changed drawn and converted anew.

Both are handed to manim as arguments of its constructors; nothing of manim is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from manim.camera.camera import Camera
from manim.renderer.cairo_renderer import CairoRenderer
from manim.utils.family import extract_mobject_family_members

from scenes.parts.errors import StageError
from scenes.parts.stage.camera_cairo import REACHABLE, View
from scenes.parts.stage.camera_picture import Picture
from scenes.parts.stage.camera_rects import Rect
from scenes.parts.stage.camera_sketch import is_plain
from scenes.parts.stage.writer import StagedWriter

__all__ = ["StageCamera", "StageRenderer"]

_CHECKED: Final = 16  # of so many frames of a play one is compared with all that stands, and the last


class StageCamera(Camera):  # type: ignore[misc]  # manim's classes are untyped for mypy
    """A camera that remembers what it shows; what is drawn with it in manim's own ways makes it forget."""

    def __init__(self, **kwargs: Any) -> None:
        self._forget()
        super().__init__(**kwargs)

    def _forget(self) -> None:
        self._picture: Picture | None = None
        self._place: tuple[float, ...] = ()

    def set_pixel_array(self, *args: Any, **kwargs: Any) -> None:
        """Set the picture."""
        self._forget()
        super().set_pixel_array(*args, **kwargs)

    def capture_mobjects(self, *args: Any, **kwargs: Any) -> None:
        """Draw things over the picture."""
        self._forget()
        super().capture_mobjects(*args, **kwargs)

    def show(self, pieces: Sequence[Any], moving: Sequence[Any] | None = None) -> None:
        """Show these pieces, each over the ones before it, and nothing else: what `reset` and `capture_mobjects` do.

        Parameters
        ----------
        pieces
            What stands on the stage, each with points of its own or none, without its family.
        moving
            Those that alone may have changed since the last call, which was for the same pieces; all, where not given.
        """
        known = self._known()
        if known and moving is not None and all(map(is_plain, moving)):
            known.follow(moving)
        elif REACHABLE and all(map(is_plain, pieces)):
            (known or self._begun()).show(pieces)
        else:
            self.reset()
            self.capture_mobjects([piece for piece in pieces if len(piece.points)], include_submobjects=False)

    def overlooked(self, pieces: Sequence[Any]) -> Any:
        """Return one of what should be shown that looks otherwise than it is drawn, or None."""
        known = self._known()
        return known.overlooked(pieces) if known else None

    def take_changes(self) -> list[Rect]:
        """Return the rectangles in which the picture has changed since the last call."""
        return self._picture.take_changes() if self._picture else [(0, 0, self.pixel_width, self.pixel_height)]

    def _known(self) -> Picture | None:
        """Return the picture, unless something else lies in the array than what it has shown last."""
        known = self._picture
        same = known and known.pixels is self.pixel_array and known.ground is self.background
        return known if same and self._place == self._stands() else None

    def _begun(self) -> Picture:
        """Return a picture on which nothing stands yet."""
        self._place = self._stands()
        self._picture = Picture(self.pixel_array, self.background, View(self), self.cairo_line_width_multiple)
        return self._picture

    def _stands(self) -> tuple[float, ...]:
        return (self.frame_width, self.frame_height, *self.frame_center)


class StageRenderer(CairoRenderer):  # type: ignore[misc]  # manim's classes are untyped for mypy
    """A renderer that shows the whole stage on every frame, and hands on what has changed since the frame before."""

    camera: StageCamera
    file_writer: StagedWriter

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(file_writer_class=StagedWriter, camera_class=StageCamera, **kwargs)
        self._pieces: list[Any] = []
        self._standing: list[Any] | None = None

    def save_static_frame_data(self, scene: Any, static_mobjects: Iterable[Any]) -> None:
        """Begin a play: what rests in it needs no picture of its own, the camera knows it."""
        self._standing = None

    def update_frame(
        self, scene: Any, mobjects: Any = None, include_submobjects: bool = True, ignore_skipping: bool = True
    ) -> None:
        """Show all that stands on the stage, whatever has become of it."""
        if self.skip_animations and not ignore_skipping:
            return
        self._standing = [*scene.mobjects, *scene.foreground_mobjects]
        self._pieces = extract_mobject_family_members(self._standing, use_z_index=self.camera.use_z_index)
        self.camera.show(self._pieces)

    def render(self, scene: Any, time: float, moving_mobjects: Sequence[Any] | None = None) -> None:
        """Show a frame of a play, and write it; a play that is skipped needs no frames."""
        if self.skip_animations:
            return
        if self._standing == [*scene.mobjects, *scene.foreground_mobjects]:
            self.camera.show(self._pieces, scene.moving_mobjects)
            self._check(scene, time)
        else:
            self.update_frame(scene)
        self._write(1)

    def _check(self, scene: Any, time: float) -> None:
        """Compare the picture now and then, and at the end of a play, with all that stands.

        Raises
        ------
        StageError
            If something changes that no motion names.
        """
        frame, rate = round(time * self.camera.frame_rate), self.camera.frame_rate
        if frame % _CHECKED and time + 1 / rate < scene.duration:
            return
        pieces = extract_mobject_family_members(self._standing, use_z_index=self.camera.use_z_index)
        if (piece := self.camera.overlooked(pieces)) is not None:
            thing = next((thing for thing in self._standing or () if piece in thing.get_family()), piece)
            raise StageError(
                f"{type(scene).__name__}: frame {self.file_writer.frames}: {thing.name}: it changes in a motion that "
                "does not name it: a motion's `shown` holds all that it changes"
            )

    def freeze_current_frame(self, duration: float) -> None:
        """Write the picture as it is for a while, in seconds."""
        self._write(int(duration / (1 / self.camera.frame_rate)))

    def _write(self, count: int) -> None:
        if not self.skip_animations:
            self.time += count / self.camera.frame_rate
            self.file_writer.write_picture(self.camera.pixel_array, self.camera.take_changes(), repeat=count)
