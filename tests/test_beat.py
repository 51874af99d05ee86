"""A beat rests long enough to be read, in whole frames, whatever the pace and the frame rate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.stage.beat import hold_seconds, reading_seconds, whole_frames
from scenes.parts.theme import HOLD_LEAST
from scenes.parts.type.fonts import count_words

paces = st.floats(0.25, 4)
rates = st.sampled_from([1.0, 2.0, 12.5, 15.0, 23.976, 24.0, 25.0, 29.97, 30.0, 50.0, 59.94, 60.0, 120.0])


def manims_frames(run_time: float, rate: float) -> int:
    """How many frames manim writes for a wait: it cuts what is left over."""
    return int(run_time * rate)


@given(words=st.integers(0, 40), said=st.integers(0, 40), numbers=st.integers(0, 10))
def test_more_to_read_takes_longer_and_nothing_takes_no_time(words: int, said: int, numbers: int) -> None:
    sentence, caption = "word " * words, "word " * said
    assert reading_seconds("", "", 0) == 0.0
    assert reading_seconds(sentence + "word", "", numbers) > reading_seconds(sentence, "", numbers)
    assert reading_seconds(sentence, "", numbers + 1) > reading_seconds(sentence, "", numbers)
    assert reading_seconds(sentence, caption, numbers) >= max(reading_seconds(sentence, "", numbers), said / 3 - 1e-6)


@pytest.mark.parametrize(("text", "words"), [("逆伝播です", 2.0), ("คำสอน", 2.0), ("Was zurückkommt", 2), ("", 0)])
def test_without_spaces_two_and_a_half_characters_are_a_word(text: str, words: float) -> None:
    assert count_words(text) == words


@given(reading=st.floats(0, 60), spent=st.floats(0, 60), pace=paces)
def test_a_rest_fills_up_the_reading_time_and_is_never_shorter_than_the_least(
    reading: float, spent: float, pace: float
) -> None:
    rest = hold_seconds(reading, spent, pace)
    assert rest >= HOLD_LEAST / pace - 1e-6
    assert rest * pace + spent * pace >= reading - 1e-5


@given(reading=st.floats(0, 60), spent=st.floats(0, 60))
def test_at_twice_the_pace_a_beat_that_took_half_the_time_rests_half_as_long(reading: float, spent: float) -> None:
    assert hold_seconds(reading, spent / 2, 2.0) == pytest.approx(hold_seconds(reading, spent, 1.0) / 2, abs=1e-5)


@given(frames=st.integers(1, 20_000), rate=rates)
def test_a_whole_number_of_frames_is_written_as_that_many(frames: int, rate: float) -> None:
    assert manims_frames(whole_frames(frames / rate, rate), rate) == frames


@given(seconds=st.floats(0, 300), rate=rates)
def test_no_rest_is_cut_short_and_none_is_a_frame_too_long(seconds: float, rate: float) -> None:
    frames = manims_frames(whole_frames(seconds, rate), rate)
    assert frames >= seconds * rate - 1e-5
    assert frames < seconds * rate + 1
