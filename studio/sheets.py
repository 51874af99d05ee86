"""Contact sheets: many pictures on one, each with its name below it. Pillow alone, no manim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from scenes.parts.film.film_file import replacing
from scenes.parts.theme import PALETTES

__all__ = ["Labelled", "save", "sheet_of", "sheet_of_sheets"]

ACROSS: Final = 3  # pictures of a beat beside each other
WIDTH: Final = 480  # pixels of a picture on a sheet
GAP: Final = 12
LINE: Final = 30  # a line of lettering
TYPE: Final = 18


@dataclass(frozen=True)
class Labelled:
    """A picture and its name."""

    label: str
    picture: Image.Image


def sheet_of(title: str, pictures: Sequence[Labelled], theme: str) -> Image.Image:
    """Return a sheet with the pictures, as many in a row as always, under its title."""
    height = max((WIDTH * p.picture.height // p.picture.width for p in pictures), default=0)
    across, down = WIDTH + GAP, height + LINE + GAP
    size = GAP + ACROSS * across, LINE + GAP + ceil(len(pictures) / ACROSS) * down
    sheet, draw = _empty(size, theme)
    _write(draw, (GAP, GAP // 2), title, theme)
    for index, one in enumerate(pictures):
        x, y = GAP + index % ACROSS * across, LINE + GAP + index // ACROSS * down
        sheet.paste(one.picture.resize((WIDTH, height), Image.Resampling.LANCZOS), (x, y))
        _write(draw, (x, y + height + GAP // 3), one.label, theme)
    return sheet


def sheet_of_sheets(sheets: Sequence[Image.Image], theme: str) -> Image.Image:
    """Return all sheets at half their size, in as many columns as make the whole about square, top to bottom."""
    halves = [sheet.reduce(2) for sheet in sheets]
    area = sum(half.width * half.height for half in halves)
    columns = min(len(halves), max(1, round(area**0.5 / halves[0].width)))
    heights, places = [0] * columns, []
    for half in halves:
        column = heights.index(min(heights))
        places.append((column * half.width, heights[column]))
        heights[column] += half.height
    whole, _ = _empty((columns * halves[0].width, max(heights)), theme)
    for half, place in zip(halves, places, strict=True):
        whole.paste(half, place)
    return whole


def save(picture: Image.Image, target: Path) -> None:
    """Write a picture as PNG; ``target`` is only replaced when all of it is written."""
    with replacing(target) as part:
        picture.save(part, format="PNG")


def _empty(size: tuple[int, int], theme: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    sheet = Image.new("RGB", size, PALETTES[theme]["body"])
    return sheet, ImageDraw.Draw(sheet)


def _write(draw: ImageDraw.ImageDraw, place: tuple[int, int], text: str, theme: str) -> None:
    draw.text(place, text, fill=PALETTES[theme]["ink"], font=ImageFont.load_default(TYPE))
