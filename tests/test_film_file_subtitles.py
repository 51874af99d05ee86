"""Subtitle files that players read, whatever a caption holds, and text files that are whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest
import srt
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.film.film_file import replace_text, srt_text, vtt_text

CAPTIONS = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1), max_size=6)


def test_srt_has_numbers_times_and_text() -> None:
    assert srt_text([(0.0, 1.5, "One."), (3661.25, 3662.0, "Two.")]) == (
        "1\n00:00:00,000 --> 00:00:01,500\nOne.\n\n2\n01:01:01,250 --> 01:01:02,000\nTwo.\n\n"
    )


def test_vtt_has_its_head_and_points_in_its_times() -> None:
    assert vtt_text([(0.0, 1.5, "One.")]).splitlines() == ["WEBVTT", "", "00:00:00.000 --> 00:00:01.500", "One."]


def test_a_blank_line_in_a_caption_does_not_end_it_early() -> None:
    assert "One.\nTwo." in vtt_text([(0.0, 1.5, "One.\n\n  \nTwo.")])
    assert "One.\nTwo." in srt_text([(0.0, 1.5, "One.\n\nTwo.")])


@given(CAPTIONS)
def test_every_caption_comes_back_from_srt(captions: list[str]) -> None:
    rows = [(float(i), i + 0.5, caption) for i, caption in enumerate(captions)]
    read = list(srt.parse(srt_text(rows)))
    assert [(s.start.total_seconds(), s.end.total_seconds()) for s in read] == [(a, b) for a, b, _ in rows]


@given(CAPTIONS)
def test_no_caption_can_forge_a_time_line_in_vtt(captions: list[str]) -> None:
    rows = [(float(i), i + 0.5, f"{caption} --> 00:00:09.000") for i, caption in enumerate(captions)]
    assert vtt_text(rows).count("-->") == len(rows)


def test_text_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "Clip.srt"
    replace_text(target, "erst")
    replace_text(target, "δ")
    assert target.read_text(encoding="utf-8") == "δ"
    assert [p.name for p in target.parent.iterdir()] == ["Clip.srt"]


def test_text_that_cannot_be_written_leaves_the_good_file(tmp_path: Path) -> None:
    target = tmp_path / "Clip.srt"
    replace_text(target, "good")
    with pytest.raises(UnicodeEncodeError):
        replace_text(target, "\ud800")
    assert target.read_text(encoding="utf-8") == "good"
    assert [p.name for p in tmp_path.iterdir()] == ["Clip.srt"]
