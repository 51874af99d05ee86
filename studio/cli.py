"""The `backgear` command. What it needs is imported only when it is needed, so that a check takes no time."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

import click
import cloup

__all__ = ["main"]

QUALITY_HELP = "draft 480p15 (l), 720p30 (m), 1080p60 (h), 1440p60 (p) or 2160p60 (k)."
THEMES = ["dark", "light"]
THEME_HELP = "Another theme than the settings file's; what is drawn goes to a folder of that name."
SET_HELP = "Draw variants of the clips named, without a file: one for every value, each with those of other keys."
JOBS_HELP = "How many at a time; as many as there are processors."


@cloup.group(invoke_without_command=True)
@cloup.version_option(package_name="backgear")
@cloup.pass_context
def backgear(context: click.Context) -> None:
    """Draw the clips of a settings file, and check it.

    Exit codes: 0 done; 1 a clip would have shown something wrong; 2 the input is wrong, which one line says.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@backgear.command()
@cloup.argument("file", required=False, type=cloup.Path(path_type=Path), help="config.yaml, when none is named.")
@cloup.option("-j", "--jobs", type=cloup.IntRange(1, 64), help=JOBS_HELP)
@cloup.option("--force", is_flag=True, help="Rehearse again what has not changed since it was rehearsed.")
def check(file: Path | None, jobs: int | None, force: bool) -> int:
    """Say whether a settings file is right, and of each fault where it is.

    Every clip is rehearsed, several at a time, so that what this calls right can be drawn.
    """
    from scenes.parts.settings import config_path
    from studio.check import check as rehearse
    from studio.together import processors

    return rehearse(file or config_path(), jobs or processors(), anew=force)


@backgear.command()
@cloup.argument("clips", nargs=-1, metavar="[CLIP[:BEAT]]...", help="All of the settings file, when none is named.")
@cloup.option("-q", "--quality", type=cloup.Choice(list("lmhpk")), default="l", show_default=True, help=QUALITY_HELP)
@cloup.option("-j", "--jobs", type=cloup.IntRange(1, 64), help=JOBS_HELP)
@cloup.option("--force", is_flag=True, help="Draw again what is drawn already.")
@cloup.option(
    "--media", type=cloup.Path(path_type=Path, file_okay=False), help="Where the films go; the project's media."
)
@cloup.option("--audit", is_flag=True, help="Audit every film as soon as it is there, in one line for each.")
@cloup.option("--theme", type=cloup.Choice(THEMES), help=THEME_HELP)
@cloup.option("--set", "changes", multiple=True, metavar="KEY=VALUE[,VALUE]...", help=SET_HELP)
@cloup.option("--gif", is_flag=True, help="Make a GIF of every film, too, of less than 5 MB.")
@cloup.option("--list", "listed", is_flag=True, help="Say what clips there are, or what may be set in those named.")
def render(
    clips: Sequence[str],
    quality: str,
    jobs: int | None,
    force: bool,
    media: Path | None,
    audit: bool,
    theme: str | None,
    changes: Sequence[str],
    gif: bool,
    listed: bool,
) -> int:
    """Draw clips or single beats of them, several at a time.

    What is drawn already and would come out the same is left as it is.
    """
    from studio.jobs import ROOT
    from studio.render import Order
    from studio.render import render as draw
    from studio.together import processors

    if listed:
        from studio.listing import listing

        click.echo(listing(clips))
        return 0
    return draw(Order(clips, quality, jobs or processors(), force, media or ROOT / "media", audit, theme, changes, gif))


@backgear.command()
@cloup.argument("clips", nargs=-1, metavar="[CLIP[:BEAT]]...", help="All of the settings file, when none is named.")
@cloup.option("-q", "--quality", type=cloup.Choice(list("lmhpk")), default="l", show_default=True, help=QUALITY_HELP)
@cloup.option("-j", "--jobs", type=cloup.IntRange(1, 64), help=JOBS_HELP)
@cloup.option("--theme", type=cloup.Choice(THEMES), help=THEME_HELP)
@cloup.option(
    "--media", type=cloup.Path(path_type=Path, file_okay=False), help="Where the pictures go; the project's media."
)
def stills(clips: Sequence[str], quality: str, jobs: int | None, theme: str | None, media: Path | None) -> int:
    """Draw a picture of every beat, as it is held, and contact sheets: of a clip, and of all of them."""
    from studio.jobs import ROOT
    from studio.stills import StillsOrder
    from studio.stills import stills as draw
    from studio.together import processors

    return draw(StillsOrder(clips, quality, jobs or processors(), media or ROOT / "media", theme))


@backgear.command()
@cloup.argument("clips", nargs=-1, metavar="[CLIP]...", help="All of the settings file, when none is named.")
@cloup.option(
    "-o", "--output", "target", type=cloup.Path(path_type=Path), help="The file to write; else it is printed."
)
@cloup.option("-w", "--with", "known", type=cloup.Path(path_type=Path), help="A translation: say what it lacks.")
@cloup.option("--force", is_flag=True, help="Replace the file that is to be written.")
def words(clips: Sequence[str], target: Path | None, known: Path | None, force: bool) -> int:
    """Write a file with every text of clips, to be translated, or say what a translation lacks.

    With both -w and -o the translation is written anew: what it has stays, and what is missing stands there as it is.
    """
    from studio.words import WordsOrder
    from studio.words import words as run

    return run(WordsOrder(clips, known, target, force))


@backgear.command()
@cloup.argument("clips", nargs=-1, metavar="[CLIP]...", help="All of the settings file, when none is named.")
@cloup.option("-q", "--quality", "qualities", multiple=True, type=cloup.Choice(list("lmhpk")), help="l, m and h.")
@cloup.option("--theme", "themes", multiple=True, type=cloup.Choice(THEMES), help="Both.")
@cloup.option("-j", "--jobs", type=cloup.IntRange(1, 64), help=JOBS_HELP)
@cloup.option(
    "--media", type=cloup.Path(path_type=Path, file_okay=False), help="Where the films go; the project's media."
)
def every(
    clips: Sequence[str], qualities: Sequence[str], themes: Sequence[str], jobs: int | None, media: Path | None
) -> int:
    """Draw and audit every clip in several qualities and both themes, and print a table; go on where it was stopped."""
    from studio.every import EveryOrder
    from studio.every import every as draw
    from studio.jobs import ROOT
    from studio.together import processors

    wanted = qualities or ("l", "m", "h"), themes or THEMES
    return draw(EveryOrder(clips, *wanted, jobs or processors(), media or ROOT / "media"))


@backgear.command()
@cloup.argument(
    "videos", nargs=-1, required=True, metavar="VIDEO...", type=cloup.Path(path_type=Path), help="mp4, webm or mov."
)
@cloup.option("--ledger", type=cloup.Path(path_type=Path), help="Of one video; else the one beside or inside it.")
@cloup.option("--every", type=cloup.IntRange(1), help="Look at each so many frames of a sweep; one a second otherwise.")
@cloup.option("--json", "report", metavar="FILE", help="Write the report as JSON; - is the standard output.")
@cloup.option(
    "--save-failures", "pictures", type=cloup.Path(path_type=Path, file_okay=False), help="For marked pictures."
)
def audit(
    videos: Sequence[Path], ledger: Path | None, every: int | None, report: str | None, pictures: Path | None
) -> int:
    """Say whether videos show what the mathematics gives: recompute their ledgers, read the pixels, compare."""
    from studio.again import Replay
    from studio.aside import Aside
    from studio.audit.command import AuditOrder, run
    from studio.together import processors

    if ledger and len(videos) > 1:
        raise click.UsageError("a ledger belongs to one video: name one, or leave out --ledger")
    return run(AuditOrder(videos, ledger, every, report, pictures), Aside if processors() > 1 else None, Replay)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and leave with its exit code; whatever is wrong with the input is one line on stderr."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a letter of a path shows its number
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = backgear.main(args=arguments, prog_name="backgear", standalone_mode=False)
    except click.ClickException as error:
        _leave(f"backgear: {' '.join(error.format_message().split())}", 2)
    except click.Abort:
        _leave("backgear: stopped; what was finished stays", 130)
    except ValueError as error:
        _leave(_told(error), 2)
    sys.exit(code if isinstance(code, int) else 0)


def _told(error: ValueError) -> str:
    """Return what is said of an input that is wrong; whatever else went wrong is raised again."""
    from scenes.parts.settings import SettingsError
    from studio.jobs import FolderError

    if isinstance(error, FolderError):
        return f"backgear: {error}"
    if isinstance(error, SettingsError):
        return str(error)
    raise error


def _leave(message: str, code: int) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(code)
