"""`backgear stills`: a picture of every beat, a contact sheet of every clip and one of the film, without drawing it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenes.parts.errors import Refusal
from scenes.parts.settings import Settings, config_path, load
from scenes.parts.settings.override import in_theme, of_this_run
from studio.beats import beats_of
from studio.crew import environment
from studio.jobs import QUALITIES, ROOT, folder_of, made
from studio.progress import progress
from studio.rehearsals import Rehearsal, faults_of, rehearsal_of
from studio.render import shortest
from studio.workers import Answer, Task, Workers

if TYPE_CHECKING:
    from scenes.parts.stage.rehearsal import Hold

__all__ = ["StillsOrder", "in_worker", "stills"]


@dataclass(frozen=True)
class StillsOrder:
    """What is to be drawn.

    Parameters
    ----------
    clips
        Names of clips, or ``CLIP:BEAT`` for one beat; none means all clips.
    quality
        A letter of ``QUALITIES``: how many pixels.
    at_once
        How many clips at a time.
    theme
        Another theme than the settings file's; its pictures go to a folder of that name in ``media``.
    """

    clips: Sequence[str] = ()
    quality: str = "l"
    at_once: int = 1
    media: Path = ROOT / "media"
    theme: str | None = None


def stills(order: StillsOrder) -> int:
    """Draw the holds that are ordered, print where they are, and return the exit code.

    What cannot be read is drawn all the same, and said; a clip that would show something wrong leaves no picture.

    Returns
    -------
    int
        0 all drawn, 1 a clip would show something wrong, 2 the settings ask for what does not fit; the worst of all.

    Raises
    ------
    SettingsError
        If the settings file is wrong, or has no such clip or beat.
    FolderError
        If the media folder cannot be made.
    """
    settings = in_theme(load(whole=False), order.theme)
    wanted = beats_of(order.clips, settings)
    media, plain = order.media.absolute(), load(whole=False)
    sheets_in = made(folder_of(media, plain, order.theme) / "stills")
    folder = {
        clip: _folder(folder_of(media, plain.for_clip(clip), order.theme), settings, clip, order) for clip in wanted
    }
    tasks = [
        Task("studio.stills:in_worker", (clip, beats, order.quality, str(folder[clip])), kin=settings.clip(clip).scene)
        for clip, beats in wanted.items()
    ]
    workers = Workers(min(order.at_once, len(tasks)), environment(config_path(), settings.chosen_theme))
    with progress("clips drawn", len(tasks)) as tell:
        drawn = [_drawn(answer) for answer in workers.run(tasks, lambda answer: tell(_line(_drawn(answer))))]
    for one in drawn:
        _say_where(one)
    if sheets := [one.sheet for one in drawn if one.sheet and not order.clips]:
        print(f"all of them: {shortest(_film(sheets, settings.theme, sheets_in / 'film.png'))}")
    asked = {name.partition(":")[0] for name in order.clips or settings.named}
    wrong = [Rehearsal(clip, fresh=False, faults=faults) for clip, faults in settings.wrong.items() if clip in asked]
    found = [*wrong, *(one.rehearsal for one in drawn)]
    for fault in faults_of(found, config_path()):
        print(fault, file=sys.stderr)
    return max(rehearsal.code for rehearsal in found)


def _folder(media: Path, settings: Settings, clip: str, order: StillsOrder) -> Path:
    return made(media / "stills" / settings.clip(clip).scene / QUALITIES[order.quality].folder)


@dataclass(frozen=True)
class _Drawn:
    """What became of a clip: what was found, the pictures, and the contact sheet where there is one."""

    rehearsal: Rehearsal
    pictures: tuple[Path, ...] = ()
    sheet: Path | None = None


def in_worker(clip: str, beats: list[str], quality: str, folder: str) -> dict[str, Any]:
    """Draw the holds of a clip here, all of them when no beat is named; return what was found and what was written."""
    from PIL import Image

    from scenes.parts.stage.rehearsal import Notes, refusals
    from studio.sheets import Labelled, save, sheet_of

    pixels, notes, own = QUALITIES[quality], Notes(), Path(folder) / clip
    size = pixels.width, pixels.height, pixels.frame_rate
    found = refusals(clip, notes, size=size, draw=beats or True)
    if not found:
        found = tuple(_not_played(clip, beat, notes.beats) for beat in beats if beat not in notes.beats)
    shown = {} if any(refusal.code == 1 for refusal in found) else {_name(hold): hold.picture for hold in notes.holds}
    pictures = [Labelled(name, Image.fromarray(picture)) for name, picture in shown.items()]
    for picture in pictures:
        save(picture.picture, own / f"{picture.label}.png")
    sheet = "" if beats or not pictures else f"{own}.png"
    if sheet:
        _clear(own, set(shown))
        save(sheet_of(clip, pictures, of_this_run(load(whole=False)).for_clip(clip).theme), Path(sheet))
    return {
        "refusals": [asdict(one) for one in found],
        "pictures": [f"{own / name}.png" for name in shown],
        "sheet": sheet,
    }


def _not_played(clip: str, beat: str, played: Sequence[str]) -> Refusal:
    return Refusal(2, ("clips", clip), f"there is no {beat} in this clip, but {', '.join(played)}")


def _drawn(answer: Answer) -> _Drawn:
    rehearsal = rehearsal_of(answer)
    if answer.value is None:
        return _Drawn(rehearsal)
    pictures, sheet = answer.value["pictures"], answer.value["sheet"]
    return _Drawn(rehearsal, tuple(map(Path, pictures)), Path(sheet) if sheet else None)


def _line(drawn: _Drawn) -> str:
    return f"{drawn.rehearsal.clip} {'drawn' if drawn.pictures else 'refused'}"


def _say_where(drawn: _Drawn) -> None:
    """Print the contact sheet of a clip and its folder, or else every picture."""
    if drawn.sheet:
        folder = shortest(drawn.sheet.with_suffix(""))
        print(f"{drawn.rehearsal.clip}: {shortest(drawn.sheet)}, {len(drawn.pictures)} beats in {folder}")
    else:
        for picture in drawn.pictures:
            print(f"{drawn.rehearsal.clip}: {shortest(picture)}")


def _film(sheets: Sequence[Path], theme: str, target: Path) -> Path:
    """Draw the contact sheet of all clips, and return where it is."""
    from PIL import Image

    from studio.sheets import save, sheet_of_sheets

    save(sheet_of_sheets([Image.open(sheet) for sheet in sheets], theme), target)
    return target


def _name(hold: Hold) -> str:
    return f"{hold.number:02}-{hold.beat}"


def _clear(folder: Path, names: set[str]) -> None:
    """Remove pictures of beats that there are no longer."""
    for path in folder.glob("[0-9][0-9]-*.png"):
        if path.stem not in names:
            path.unlink()
