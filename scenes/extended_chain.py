"""Functions join a chain one by one: each multiplies every push by its slope, and long chains show what that makes."""

from __future__ import annotations

from scenes.parts.page import GROUP, LABEL, ROWS, Column, Row, Slot, Stack, during, on
from scenes.parts.page.boxes import Box, Item
from scenes.parts.stage.clips import offer_clips
from scenes.parts.stage.joined import JoinedStage
from scenes.parts.stage.motions import Appear, Dim, Unfold
from scenes.parts.stage.travel import Travel
from scenes.parts.theme import MOVE, NAME
from scenes.parts.things.depth_chart import DepthChart
from scenes.parts.things.letters import number, words
from scenes.parts.things.part import shown_of
from scenes.parts.things.swept_curves import SweptCurves

FIRST, JOIN, TURN = ("show_chain", "read_slopes", "push_back"), ("ask", "join", "compare"), "turn"
SWEEP, LONG = ("ask_flat", "sweep"), ("draw_long", "draw_log", "say_claim")


class ExtendedChain(JoinedStage):
    """Each new function multiplies the push at every value before it.

    A few functions in a row, and the question; each gate's slope; a push of 1 comes back, a bar under each value; a
    question to the class; a function joins, its slope goes from 1 to what it is, and all bars follow; adding beside
    multiplying, with numbers; a second one turns all bars round; another question; x moves, and where one gate is flat
    nothing gets past it; two long chains on an axis as it is, and on one of powers of ten; the answer.
    """

    def construct(self) -> None:
        """Tell the lesson."""
        self.arrange()
        self.open_chain()
        if self.clip.joins:
            self.join_first()
            self.compare()
        if self.clip.joins[1:]:
            self.join_second()
        self.move_x()
        self.draw_long()
        self.draw_log()
        self.say_claim()

    # -- where things stand -------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Lay out the chain with all that joins it, what is told under it in turn, and the page of long chains."""
        joins = self.clip.joins
        self.build()
        told = [*FIRST, *(JOIN if joins else ()), *([TURN] if joins[1:] else []), *SWEEP]
        lines = [*self.bars_and_graphs(), *(self.rows() if joins else [])]
        self.curve = SweptCurves(self.pen, self.sweep["at_x"], [self.sweep["back_x"]], None, [])
        page = self.stations(*lines, *self.beside_sweep(self.curve.part))
        pages = {"chain": self.framed(page, *told, corner=self.legends(*told)), "long": self.long_chains()}
        self.put(self.lay_out(pages))

    def legends(self, *beats: str) -> Item:
        """Return what half a turn of a dial stands for, and then what a hollow bar is."""
        self.keys = [words(self.pen, key, colour="quiet", align="right", most=1) for key in ("half_turn", "hollow")]
        later = [beat for beat in beats if beat in (TURN, *SWEEP)]
        return Slot(*(during(n, *b) for n, b in zip(self.keys, ([b for b in beats if b not in later], later))))

    def rows(self) -> list[Stack]:
        """Return the bars as they were, beside those that are, and two rows: adding, and multiplying."""
        self.before = self.beside(0)
        nodes = self.joined.nodes_of(0)
        keys = {"adding": "guess", "multiplying": "push_1"}
        self.table = [
            [*(number(self.pen, f"{name}_{n}", called=f"{key} {n}") for n in nodes), words(self.pen, key, align="centre", most=2)]
            for key, name in keys.items()
        ]
        first, second = (on(*row) for row in self.table)
        return [Stack(*self.before.lines()), Stack(self.foot(1), LABEL, first, ROWS, second)]

    def long_chains(self) -> Box:
        """Return the page of long chains: both on each axis, and what a nudge of x finds."""
        pen, pairs = self.pen, [(chain.key, chain.nodes) for chain in self.clip.long]
        broken = any(chain.zeros for chain in self.clip.long)
        how = {"linear": {"log": False, "says": "linear", "small": "small"}, "decades": {"log": True, "says": "log", "broken": broken}}
        self.charts = {axis: [DepthChart(pen, *pair, axis, **more) for pair in pairs] for axis, more in how.items()}
        self.heads = [words(pen, key, height=NAME, align="left", most=2) for key, _ in pairs]
        self.found = [[words(pen, "found", called=f"found {key}"), number(pen, f"{key}_found")] for key, _ in pairs]
        last = "decades" if self.clip.axis == "log" else "linear"
        shown = {"linear": LONG[:1], "decades": LONG[1:]} if last == "decades" else {"linear": LONG}
        beats = [beat for beat in LONG if beat != LONG[1] or last == "decades"]
        sides = [
            Column(
                head,
                LABEL,
                Slot(*(during(self.charts[axis][i].part, *when) for axis, when in shown.items())),
                LABEL,
                during(Row(*self.found[i]), LONG[2]),
                align="left",
            )
            for i, head in enumerate(self.heads)
        ]
        return self.framed(Row(*sides, gap=GROUP, align="bottom"), *beats)

    # -- the beats ----------------------------------------------------------------------------------------------------

    def open_chain(self) -> None:
        """Show the chain, read its slopes, and let a push of 1 come back."""
        with self.beat(FIRST[0]):
            self.show_chain(*self.keys[0].shown)
        with self.beat(FIRST[1]):
            self.read_slopes()
        self.leave(*shown_of(*self.graphs[: len(self.clip.stages)]))
        with self.beat(FIRST[2]):
            self.push_back()

    def join_first(self) -> None:
        """Ask what a function that joins will do, and let it join."""
        self.wonder(JOIN[0], *self.waiting(0))
        with self.beat(JOIN[1]):
            self.join(0)
        self.leave(*self.graph_of_join(0))

    def compare(self) -> None:
        """Set what bars would be if each lost as much beside what they are."""
        guessed, true = self.table
        with self.beat(JOIN[2]):
            self.settle(0)
            self.play(Appear(*self.before.bars))
            self.play(Dim(*self.before.bars, theme=self.theme))
            self.play(Appear(*shown_of(*guessed)))
            self.play(Appear(*shown_of(true[-1])), Travel(*shown_of(*true[:-1]), from_=self.rests[1].said[:-1], copy=True))
        self.leave(*self.before.bars, *shown_of(*guessed, *true), *self.keys[0].shown)

    def join_second(self) -> None:
        """Let a second function join."""
        with self.beat(TURN):
            self.play(*self.waiting(1), Appear(*self.keys[1].shown))
            self.join(1)
        self.part_with_second()

    def move_x(self) -> None:
        """Ask where the first bar will be 0, and move x over its whole range."""
        low, high = self.clip.x_range
        self.wonder(SWEEP[0], *self.start_moving())
        with self.beat(SWEEP[1]):
            self.move(high, MOVE)
            if self.curve.part.place:
                self.play(Appear(*self.curve.part.shown))
            self.move(low, self.clip.sweep_seconds)
            self.curve.let_go()
            self.move(self.quantities["stop"].number, self.clip.join_seconds)
        self.keep_only()

    def draw_long(self) -> None:
        """Draw two long chains on an axis as it is, from the end on."""
        with self.beat(LONG[0]):
            self.play(Appear(*shown_of(*self.heads)))
            self.draw(self.charts["linear"])

    def draw_log(self) -> None:
        """Draw them on an axis of powers of ten."""
        if self.clip.axis == "log":
            self.leave(*(shown for chart in self.charts["linear"] for shown in chart.part.shown))
            with self.beat(LONG[1]):
                self.draw(self.charts["decades"])

    def draw(self, charts: list[DepthChart]) -> None:
        """Draw charts: the axis, the bars from the end on, then the first number."""
        for chart in charts:
            self.play(Appear(*chart.frame, *chart.ends))
            self.play(Unfold(*reversed(chart.bars), lag=0.3, run_time=2 * MOVE))
            self.play(Travel(chart.first, from_=chart.bars[0]), *([Appear(*chart.marks)] if chart.marks else []))

    def say_claim(self) -> None:
        """Say what one more function does, and find both first pushes a second time, by a nudge."""
        with self.beat(LONG[2]):
            self.play(Appear(*shown_of(*(part for pair in self.found for part in pair))))


__getattr__, __dir__ = offer_clips(ExtendedChain)
