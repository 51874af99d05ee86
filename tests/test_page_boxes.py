from __future__ import annotations

from hypothesis import given
from page_cases import FRAME, Page, check, pages

from scenes.parts.page.fitting import Layout, RoomError, lay_out
from scenes.parts.page.needs import Region


def laid(page: Page, room: Region) -> Layout | RoomError:
    try:
        return lay_out(page.box, room)
    except RoomError as found:
        return found


@given(page=pages())
def test_nothing_overlaps_nothing_leaves_its_region_and_origins_align(page: Page) -> None:
    found = laid(page, FRAME)
    if isinstance(found, Layout):
        check(page, found, FRAME)
