"""Functions join a chain one by one: each multiplies every push by its slope, and long chains show what that makes."""

from __future__ import annotations

from scenes.parts.page import Line, Slot
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.joining import JoiningStage
from scenes.parts.stage.motions import Appear
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import MOVE
from scenes.parts.things.deep_charts import DeepCharts
from scenes.parts.things.part import shown_of

FIRST, JOIN, TURN = ("show_chain", "read_slopes", "push_back"), ("ask", "join", "compare"), ("ask_turn", "turn")
SWEEP, CLAIM = ("ask_flat", "sweep"), "say_claim"
GATES, READ, *LONG = "name_gates", "read_gates", "draw_first", "draw_long", "draw_log"


class ExtendedChain(JoiningStage):
    """Each new function multiplies the push at every value before it.

    Bars of a push of 1; functions join; x moves; two long chains. The last part that a clip tells gives the answer.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.open_chain()
        self.join_each()
        self.move_x()
        self.draw_long()
        self.say_claim()

    def arrange(self) -> None:
        """Lay out the chain with all that joins it, what is told under it in turn, and the page of long chains."""
        self.build()
        joins, log = self.joined.joins, self.clip.axis == "log"
        self.long = DeepCharts(self.pen, self.clip.long, asked=log)
        first = [beat for beat in FIRST if self.graphs or beat != FIRST[1]]
        told = [*first, *(JOIN if joins else ()), *(TURN if joins[1:] else ()), *(SWEEP if self.moves else ())]
        end = [] if self.clip.is_told("long chains") else [CLAIM]
        page = self.stations(*self.bars_and_graphs(), *self.told_beside())
        pages = {"chain": self.framed(page, *told, *end, corner=self.corners(*told, *end))}
        if not end:
            then = LONG[2:] if log else []
            if gates := self.long.gates:
                pages["gates"] = self.framed(gates, GATES, READ)
            pages["long"] = self.framed(self.long.box(LONG[:2], then, CLAIM), *LONG[:2], *then, CLAIM)
        self.put(self.lay_out(pages))

    @property
    def moves(self) -> bool:
        """Whether x moves: that is told, and at first something comes back to it."""
        return bool(self.clip.is_told("x") and self.clip.chain.moves)

    def corners(self, *beats: str) -> Slot:
        """Return what is said at the end of the head's line: how dials turn or, where bars hang, what these are."""
        chain = self.clip.chain
        late = {**dict.fromkeys((*JOIN[1:], TURN[0]), 1), TURN[1]: 2, CLAIM: len(self.joined.joins)}
        hangs = {beat: chain.hangs(late.get(beat, 0)) for beat in (FIRST[2], *JOIN, *TURN, CLAIM) if beat in beats}
        hangs |= dict.fromkeys(SWEEP, chain.deepest_on_its_way > 0.0)
        return self.legends({beat: hangs.get(beat, False) for beat in beats})

    def told_beside(self) -> list[Line]:
        """Return the bars that adding would give, the first as it is elsewhere, and at the end what a nudge finds."""
        joined = list(self.guessed()) if self.joined.joins else []
        joined += [self.keys(("multiplying", "gradient"), ("adding", "quiet"))] if joined and self.few else []
        joined += self.tempted("tempting") if self.few and self.moves else []
        return [*joined, *([self.nudged("found")] if self.few and self.clip.tells == "joins" else [])]

    # -- the beats ----------------------------------------------------------------------------------------------------

    def open_chain(self) -> None:
        """Show the chain and the question, read its slopes, and let a push of 1 come back."""
        with self.beat(FIRST[0]):
            self.show_chain(*self.say_aside(FIRST[0]))
        if self.graphs:
            with self.beat(FIRST[1]):
                self.read_slopes()
            self.leave(*shown_of(*self.graphs[: len(self.clip.stages)]))
        with self.beat(FIRST[2]):
            self.push_back(*self.say_aside(FIRST[2]))

    def join_each(self) -> None:
        """Ask what a function that joins will do, and let it join; after the first, set adding beside multiplying."""
        for i, (ask, join, *beside) in enumerate((JOIN, TURN)[: len(self.joined.joins)]):
            self.wonder(ask, *self.waiting(i), *self.say_aside(ask))
            with self.beat(join):
                self.join(i, *self.say_aside(join))
            if beside:
                self.leave(*self.graph_of_join(i))
                with self.beat(*beside):
                    self.compare()
            elif self.moves:
                self.part_with_second()

    def move_x(self) -> None:
        """Ask where the first bar will be nearest to 0, and move x over its whole range."""
        if not self.moves:
            return
        low, high = self.clip.x_range
        self.wonder(SWEEP[0], *self.start_moving(), *self.say_aside(SWEEP[0]))
        with self.beat(SWEEP[1]):
            for end, seconds in ((high, MOVE), (low, self.clip.sweep_seconds)):
                self.move(end, seconds)
                self.stand_at_end(end)
            self.move(self.quantities["stop"].number, self.clip.join_seconds)
            self.show_flat()

    def draw_long(self) -> None:
        """Draw a long chain on an axis as it is, another with a question, and then both on one of powers of ten."""
        if not self.clip.is_told("long chains"):
            return
        self.keep_only()
        (first, second), asked = self.long.linear, self.clip.axis == "log"
        row, alone = self.long.placed[0], self.long.alone
        if row and alone:
            self.read_gates(alone, self.long.graphs, GATES, READ)
        with self.beat(LONG[0]):
            if row and alone:
                self.play(Travel(*row.shown, from_=alone.shown, run_time=0.5))
            self.draw(first, heads=[] if row else self.long.heads[0])
            self.tip(self.long.lone)
        with self.asking(LONG[1]) if asked else self.beat(LONG[1]):
            self.draw(second, heads=self.long.heads[1], alike=self.long.alike, bars=not asked)
        if asked:
            with self.beat(LONG[2]):
                self.change_axes(second, self.long)

    def say_claim(self) -> None:
        """Say what one more function does, and find first pushes a second time, by a nudge."""
        deep = self.clip.is_told("long chains")
        found = self.long.found if deep else shown_of(*self.found)
        with self.beat(CLAIM):
            told = [self.reading(*self.long.log)] if deep else [[motion] for motion in self.say_aside(CLAIM)]
            for motions in filter(None, [*told, [Appear(*found)] if found else []]):
                self.play(*motions)


__getattr__, __dir__ = offer_clips(ExtendedChain)
