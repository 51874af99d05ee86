"""The pen for what is read: words, symbols, signs and numbers, with the clip's own quantities and colours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from manim.mobject.geometry.polygram import Rectangle

from scenes.parts.errors import LayoutError
from scenes.parts.measure import Scale
from scenes.parts.plans.wheel_plan import WheelPlan
from scenes.parts.recipe.quantity import Quantities, Quantity, Role
from scenes.parts.settings import fill, names_in, templates
from scenes.parts.theme import EDGE_MARGIN, FRAME_HEIGHT, FRAME_WIDTH, NUMBER, Theme
from scenes.parts.things.base import Source
from scenes.parts.things.decor import Decor, decor
from scenes.parts.things.lettering import Align, Operator, Sign, Symbol, Words
from scenes.parts.things.readout import Form, Readout
from scenes.parts.type.numbers import Formatter, Mode
from scenes.parts.type.typeset import Style

__all__ = ["LetterPen", "Shade"]

Shade = Role | Literal["auto"]
_EDGE: Final = FRAME_WIDTH / 2 - EDGE_MARGIN
_PAUSE: Final = (  # of the mark that says so: its size, the middle of its right bar across, and its middle upright
    (1.0, _EDGE - 0.17, FRAME_HEIGHT / 2 - EDGE_MARGIN - 0.35),
    (0.4, _EDGE - 0.04, FRAME_HEIGHT / 2 - EDGE_MARGIN - 0.31),
)


class LetterPen:
    """Everything a clip's settings say about drawing, and the lettering that follows from it.

    Parameters
    ----------
    clip
        The clip's settings.
    quantities
        The clip's quantities at its own inputs; what words in braces stand for.
    names
        What ``{activation}`` and ``{loss}`` stand for.
    """

    def __init__(
        self, clip: Any, quantities: Quantities, theme: Theme, formatter: Formatter, names: Mapping[str, str]
    ) -> None:
        self.clip, self.quantities, self.theme, self.names = clip, quantities, theme, names
        self.formatter = formatter
        self.scales: Mapping[str, Scale] = clip.scales()
        self.wheels: Mapping[str, WheelPlan] = clip.wheels()
        self.profiles = dict(clip.profiles())
        self.swept = tuple(clip.sweeps().values())
        self._written: list[tuple[Words, str]] = []

    def template(self, key: str) -> str:
        """Return the words of the settings at a key; of a beat, its sentence."""
        return templates(self.clip.words)[key].sentence

    def says(self, key: str, local: Mapping[str, str] | None = None) -> str:
        """Return the words at a key, with what stands in braces filled in.

        Parameters
        ----------
        local
            What a name in braces stands for in these words alone: the name of a quantity, or one of ``names``.
        """
        return self._filled(self.template(key), local or {})

    def caption(self, key: str) -> str:
        """Return the subtitle of a beat, with what stands in braces filled in."""
        return self._filled(getattr(self.clip.words, key).caption, {})

    def _filled(self, text: str, local: Mapping[str, str]) -> str:
        return fill(text, {name: self._shown(local.get(name, name)) for name in names_in(text)})

    def _shown(self, name: str) -> str:
        return self.names[name] if name in self.names else self.formatter.text(self._certain(name))

    def _certain(self, name: str) -> Quantity:
        """Return a quantity that may be shown at rest: of a gradient a digit holds, or it is 0.

        What two that cancel leave, such as a gap, is shown with one digit: that there is next to none is what it says.
        """
        quantity = self.quantities[name]
        if why := quantity.no_digit_holds:
            raise LayoutError(why)
        return quantity

    def wrote(self, words: Words) -> bool:
        """Return whether these words came from this pen: a storyboard cannot type any."""
        return any(words is one and words.words == text for one, text in self._written)

    def words(
        self,
        key: str,
        *,
        height: float = NUMBER,
        colour: Role = "ink",
        style: Style = "words",
        align: Align = "left",
        max_width: float | None = None,
        local: Mapping[str, str] | None = None,
    ) -> Words:
        """Return the words of the settings at ``key``, such as ``title``, ``pose_question`` or ``code.2``."""
        return self._words(key, self.says(key, local), height, colour, style, align, max_width)

    def name(
        self,
        key: str,
        *,
        height: float = NUMBER,
        colour: Role = "ink",
        align: Align = "centre",
        max_width: float | None = None,
    ) -> Words:
        """Return what a function or a loss of the settings is called on screen; ``key`` is one of ``names``."""
        return self._words(
            f"names.{self.clip.named()[key]}", self.names[key], height, colour, "words", align, max_width
        )

    def _words(
        self, key: str, text: str, height: float, colour: Role, style: Style, align: Align, max_width: float | None
    ) -> Words:
        shade, family = self.theme.colour(colour), self.theme.family
        words = Words(
            key, text, height=height, colour=shade, style=style, align=align, family=family, max_width=max_width
        )
        self._written.append((words, text))
        return words

    def sign(self, sign: Operator, *, height: float = NUMBER, colour: Role = "ink") -> Sign:
        """Return a sign between two numbers."""
        return Sign(sign, height=height, colour=self.theme.colour(colour))

    def pause_mark(self, *, small: bool = False) -> Decor:
        """Return the two bars that say: stop the video here and think; ``small`` ones leave room for a sentence."""
        size, right, middle = _PAUSE[small]
        shape = {"width": 0.18 * size, "height": 0.7 * size, "stroke_width": 0, "fill_opacity": 1}
        bars = [Rectangle(**shape, color=self.theme.colour("ink")) for _ in range(2)]
        return decor(*(bar.move_to([right - by * size, middle, 0]) for bar, by in zip(bars, (0.38, 0.0), strict=True)))

    def symbol(self, name: str, *, height: float = NUMBER, colour: Shade = "auto", align: Align = "centre") -> Symbol:
        """Return the symbol of a quantity, in the colour of its meaning unless another is asked for."""
        return Symbol(
            self.quantities[name], height=height, colour=self.colour_of(self.quantities[name], colour), align=align
        )

    def readout(
        self,
        name: str,
        *,
        height: float = NUMBER,
        colour: Shade = "auto",
        form: Form = "number",
        align: Align = "centre",
        full: bool = False,
        as_swept: bool = False,
    ) -> Readout:
        """Return the value of a quantity at rest; ``as_swept``: written as a sweep writes it, so that both agree."""
        quantity = self.quantities[name] if as_swept else self._certain(name)
        shade = self.colour_of(quantity, colour)
        mode: Mode = "full" if full else "live" if as_swept else "resting"
        return Readout(quantity, self.formatter, height=height, colour=shade, mode=mode, form=form, align=align)

    def equals(self, product: str, *factors: str, over: int = 1) -> Form:
        """Return how a product is written after its symbol: with = where what is shown of the factors gives it, or ≈.

        Parameters
        ----------
        over
            A whole number by which it is divided.
        """
        product_of, *known = (self.quantities[each] for each in (product, *factors))
        return "equation" if self.formatter.multiplies(product_of, known, over) else "about"

    def live_readout(
        self,
        source: Source,
        *,
        height: float = NUMBER,
        colour: Shade = "auto",
        align: Align = "point",
        form: Form = "number",
        is_alone: bool = False,
    ) -> Readout:
        """Return the value of a quantity that a sweep moves, anchored at its decimal point if nothing else is said."""
        shade = self.colour_of(source.now, colour)
        how: dict[str, Any] = {"height": height, "colour": shade, "align": align, "is_alone": is_alone}
        return Readout(source, self.formatter, mode="live", form=form, **how)

    def source(self, source: str | Quantity | Source) -> Quantity | Source:
        """Return a source, or the quantity of that name."""
        return self.quantities[source] if isinstance(source, str) else source

    def colour_of(self, quantity: Quantity, shade: Shade = "auto") -> str:
        """Return the colour of a meaning; that of a quantity's own where none is named."""
        return self.theme.colour(quantity.row.role if shade == "auto" else shade)
