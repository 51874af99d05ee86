"""Words that every train of gears may need: what rings mean, and what is drawn larger."""

from __future__ import annotations

from pydantic import Field

from scenes.parts.settings.base import SceneWords, Text

__all__ = ["WheelWords"]


class WheelWords(SceneWords):
    """What wheels mean that are no plain gears."""

    idler: Text = Field(description="What the grey wheels are for.")
    small: Text = Field(description="What a dashed ring means: too small to be drawn.")
    free: Text = Field(description="What the bold ring at a gear means: exactly 0.")
    tenfold: Text = Field(description="Says that a piece of the train is drawn ten times as large.")
    hundredfold: Text = Field(description="Says that a piece of the train is drawn a hundred times as large.")
