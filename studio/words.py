"""`backgear words`: a file with every text of some clips, to be translated; later, what is missing in it or new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import click

from scenes.parts.settings import Settings, config_path
from scenes.parts.settings.faults import Fault, KeyPath, Problem, SettingsError, dotted
from scenes.parts.settings.layers import keys_of
from scenes.parts.settings.loader import without_files_of_words
from scenes.parts.settings.words import word_problems
from scenes.parts.settings.words_file import WordsFile
from studio.jobs import FolderError
from studio.wordlist import FROM, Wanted, at, wanted_in, written

__all__ = ["WordsOrder", "words"]

HEAD: Final = (
    "All words of these clips. Translate what stands in quotes: first as it is said now (from:), then yours.",
    "Names in braces are filled in with numbers or names, and stay as they are; they may stand elsewhere in a text.",
    "To use it, say words: and the name of this file, on top of a settings file or in a clip; backgear check says what",
    "does not fit, and backgear words -w and the name of this file what is missing, changed, wrong or no longer used.",
)


@dataclass(frozen=True)
class WordsOrder:
    """What is wanted.

    Parameters
    ----------
    clips
        Names of clips; none means all.
    known
        A file of words that is there already.
    target
        Where the file goes; without it, it is printed, or of a known one what is missing.
    force
        Whether a file that is there is replaced.
    """

    clips: Sequence[str] = ()
    known: Path | None = None
    target: Path | None = None
    force: bool = False


def words(order: WordsOrder) -> int:
    """Write a file of words, or say what a known one lacks, and return the exit code.

    Returns
    -------
    int
        0 all right, 1 the known file lacks something, what it was made from has changed, or a text cannot be filled in.

    Raises
    ------
    SettingsError
        If the settings file or the file of words is wrong, or there is no such clip.
    FolderError
        If the file cannot be written, or is there already.
    """
    settings = without_files_of_words(config_path())
    clips = list(dict.fromkeys(order.clips)) or [name for name in settings.named if name not in settings.wrong]
    wanted = wanted_in(settings, clips)
    known = _read(order.known) if order.known else None
    if known:  # the names of what no clip has now stay: a clip of one's own may have it
        more = {str(name): settings.display_name(str(name)) for name in known.names if name not in wanted.names}
        wanted = replace(wanted, names={**wanted.names, **more})
    if order.target:
        _write(order.target, written(wanted, known, HEAD), order.force)
    elif not known:
        click.echo(written(wanted, None, HEAD), nl=False)
    if known is None:
        return 0
    found = [*_lacks(wanted, known), *_wrong(settings, clips, known)]
    unused = list(_unused(wanted, known, [] if order.clips else settings.named))
    for line in (*found, *unused):
        click.echo(line)
    number = sum(len(texts) for texts in wanted.texts.values()) + len(wanted.names)
    same = sum(known.words(clip) != {} and at(known.words(clip), key) == text for clip, key, text in _texts(wanted))
    told = f"{len(found)} missing, changed or wrong, {same} as they were, {len(unused)} no longer used"
    click.echo(f"{known.name}: {number} texts wanted, {told}")
    return 1 if found else 0


def _read(path: Path) -> WordsFile:
    file = WordsFile.read(path)
    if file.faults:
        raise SettingsError(file.faults)
    return file


def _write(target: Path, text: str, force: bool) -> None:
    if target.exists() and not force:
        raise FolderError(f"{target}: this file is there already, and is left as it is; --force replaces it")
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FolderError(f"{target}: it cannot be written: {str(error.strerror).lower()}") from error
    click.echo(f"{target}: written")


def _texts(wanted: Wanted) -> Iterator[tuple[str, Any, Any]]:
    """Yield clip, key and text of everything that is wanted."""
    for clip, texts in wanted.texts.items():
        yield from ((clip, key, text) for key, text in texts.items())


def _lacks(wanted: Wanted, known: WordsFile) -> Iterator[Fault]:
    """Yield what a file lacks, and what was made from a text that is another one now."""
    for name, called in wanted.names.items():
        path: KeyPath = ("names", name)
        yield from _compared(known, path, known.names.get(name), called)
    for clip, texts in wanted.texts.items():
        for key, text in texts.items():
            own, path = at(known.words(clip), key), ("clips", clip, "words", *key)
            if isinstance(text, str):
                yield from _compared(known, path, own, text)
            elif not isinstance(own, tuple) or len(own) != len(text):
                yield from _compared(known, path, None, " / ".join(text))
            else:
                for i, (mine, line) in enumerate(zip(own, text, strict=True)):
                    yield from _compared(known, (*path, i), mine, line)


def _wrong(settings: Settings, clips: Sequence[str], known: WordsFile) -> Iterator[Fault]:
    """Yield what is wrong in the texts of a file: names in braces that their clip does not have, and typed numbers."""
    for name in clips:
        clip = settings.clip(name)
        for problem in word_problems(type(clip), known.words(name), typed_numbers=clip.allow_typed_numbers):
            yield known.document.fault(problem.below(("clips", name)))


def _compared(known: WordsFile, path: KeyPath, own: Any, text: str) -> Iterator[Fault]:
    said = " ".join(text.split())
    if own is None:
        yield Fault(known.name, 0, 0, dotted(path), f"missing: {said}")
    elif (before := _from(known, path)) is not None and before != said:
        where = known.document.values[path]
        yield Fault(known.name, where.line, where.column, dotted(path), f"changed, it is now: {said}")


def _from(known: WordsFile, path: KeyPath) -> str | None:
    """Return the text that a text of the file was made from: it stands in the comments above it."""
    place = known.document.keys.get(path) or known.document.values[path]
    lines = known.document.text.splitlines()[: place.line - 1]
    while lines and lines[-1].lstrip().startswith("#"):
        line = lines.pop().strip()
        if line.startswith(FROM):
            return line.removeprefix(FROM).strip()
    return None


def _unused(wanted: Wanted, known: WordsFile, named: Sequence[str]) -> Iterator[Fault]:
    """Yield what nobody needs: texts of the clips that those do not have, and clips that are not there."""
    for clip in known.clips:
        path: KeyPath = ("clips", clip)
        if named and clip not in named:
            yield known.document.fault(Problem(path, "no longer used: there is no such clip", at_key=True))
        for key in keys_of(known.words(clip)) if clip in wanted.about else ():
            if key[:1] not in wanted.about[clip] or (len(key) > 1 and (key[0], "caption") not in wanted.about[clip]):
                yield known.document.fault(Problem((*path, "words", *key), "no longer used", at_key=True))
