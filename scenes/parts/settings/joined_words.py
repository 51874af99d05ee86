"""What is said beside a chain that others join, whatever its beats say."""

from __future__ import annotations

from pydantic import Field

from scenes.parts.settings.base import Text
from scenes.parts.settings.deep_chain import LongWords

__all__ = ["JoinedWords"]


class JoinedWords(LongWords):
    """The title, and what is said beside bars."""

    title: Text = Field(description="The title, small over every page.")
    half_turn: Text = Field(description="What half a turn of a dial stands for, right of the title.")
    hollow: Text = Field(description="What a hollow bar says, right of the title.")
    run: Text = Field(description="At the run of the first triangle that has room for it.")
    adding: Text = Field(description="What grey bars are: what each would be if it lost as much as the last.")
    multiplying: Text = Field(description="What bars are that have been multiplied.")
    tempting: Text = Field(description="At the grey bar beside the first one: where x was when it was so long.")
    found: Text = Field(description="At a chain: before how much a nudge of x moves its end.")
