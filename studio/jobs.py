"""A job: one clip in one quality, the file that it becomes, and whether that file is there already and still right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from types import MappingProxyType
from typing import Final

from scenes.parts.film.film_file import FilmFileError, video_digest
from scenes.parts.film.finish import SUBTITLES
from scenes.parts.film.ledger import Ledger, LedgerError, digest_of_sources, read_ledger, versions
from scenes.parts.settings import Settings

__all__ = ["QUALITIES", "ROOT", "FolderError", "Job", "Quality", "folder_of", "is_current", "made"]

ROOT: Final = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Quality:
    """Size in pixels and frames per second, and the folder that manim gives them."""

    width: int
    height: int
    frame_rate: int

    @property
    def folder(self) -> str:
        """The folder's name.

        Examples
        --------
        >>> QUALITIES["l"].folder
        '480p15'
        """
        return f"{self.height}p{self.frame_rate}"


QUALITIES: Final[Mapping[str, Quality]] = MappingProxyType(
    {
        "l": Quality(854, 480, 15),
        "m": Quality(1280, 720, 30),
        "h": Quality(1920, 1080, 60),
        "p": Quality(2560, 1440, 60),
        "k": Quality(3840, 2160, 60),
    }
)
"""manim's own, by the letter of its ``-q``; here because importing manim takes half a second."""


@dataclass(frozen=True)
class Job:
    """One clip to be drawn.

    Parameters
    ----------
    quality
        A letter of :data:`QUALITIES`.
    media
        The folder that all films go to.
    beat
        The one beat that is drawn, into a film beside the whole one; nothing where all are.
    """

    clip: str
    scene: str
    quality: str
    media: Path
    beat: str = ""

    @property
    def name(self) -> str:
        """What it is called when one talks of it.

        Examples
        --------
        >>> Job("Net", "net", "l", Path("media"), "ask").name
        'Net:ask'
        """
        return f"{self.clip}:{self.beat}" if self.beat else self.clip

    @property
    def stem(self) -> str:
        """The name of its files, without what says which one is which."""
        return f"{self.clip}.{self.beat}" if self.beat else self.clip

    @property
    def folder(self) -> Path:
        """Where the film and what belongs to it go."""
        return self.media / "videos" / self.scene / QUALITIES[self.quality].folder

    @property
    def film(self) -> Path:
        """The finished film."""
        return self.folder / f"{self.stem}.mp4"

    @property
    def ledger(self) -> Path:
        """The film's ledger."""
        return self.folder / f"{self.stem}.ledger.json"

    def leftovers(self, process: int) -> list[Path]:
        """Return the hidden files and folders that a stopped process left beside the film."""
        return [path for path in self.folder.glob(f".{self.stem}.*") if f".{process}." in path.name]


def folder_of(media: Path, settings: Settings, theme: str | None) -> Path:
    """Return where films go: the media folder, but a folder of its own in it for a theme that is not the file's.

    Examples
    --------
    >>> folder_of(Path("media"), Settings(clips={}), "light").as_posix()
    'media/light'
    >>> folder_of(Path("media"), Settings(clips={}), "dark").as_posix()
    'media'
    """
    return media if theme in (None, settings.theme) else media / str(theme)


class FolderError(ValueError):
    """A folder that cannot be made: one line that names it."""


def made(folder: Path) -> Path:
    """Return the folder, which is there from now on and can be written to.

    Raises
    ------
    FolderError
        If it cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise FolderError(f"{folder}: nothing can be written there: {str(error.strerror).lower()}") from error


def is_current(job: Job, settings: Settings) -> bool:
    """Return whether the job's film is there, whole, and what drawing it again would give."""
    try:
        ledger = read_ledger(job.ledger)
        whole = _is_of(ledger, job, settings) and _has_subtitles(ledger, job, settings)
        return whole and video_digest(job.film) == ledger.video.digest
    except (LedgerError, FilmFileError):
        return False


def _has_subtitles(ledger: Ledger, job: Job, settings: Settings) -> bool:
    """Return whether subtitles are beside the film where they are wanted, and none where they are not."""
    wanted = settings.for_clip(job.clip).captions and any(beat.caption for beat in ledger.beats)
    return all(job.film.with_suffix(suffix).exists() == wanted for suffix in SUBTITLES)


def _is_of(ledger: Ledger, job: Job, settings: Settings) -> bool:
    quality = QUALITIES[job.quality]
    return (
        ledger.partial == bool(job.beat)
        and (not job.beat or [beat.name for beat in ledger.beats] == [job.beat])
        and (ledger.clip, ledger.scene) == (job.clip, job.scene)
        and (ledger.video.width, ledger.video.height) == (quality.width, quality.height)
        and ledger.video.frame_rate == quality.frame_rate
        and ledger.settings_digest == settings.digest(job.clip)
        and ledger.core_digest == digest_of_sources("core")
        and ledger.scenes_digest == digest_of_sources("scenes")
        and ledger.versions == dict(versions())
    )
