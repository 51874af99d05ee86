"""In which widths words take one line, two, and so on: found by Typst in one go, without drawing any of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from scenes.parts.type.compiler import asked, plain
from scenes.parts.type.fonts import Style, isolated, rule
from scenes.parts.type.lines import ENDLESS, Flush, line_height, set_lines, tidy
from scenes.parts.type.typeset import reference_height

__all__ = ["narrowest_widths"]

_PITCH: Final = 0.01  # frame units by which a width may be larger than it must
_RULES: Final = """#set text(top-edge: {above}pt, bottom-edge: -{below}pt)
#set par(leading: 0pt, spacing: 0pt, linebreaks: "simple", justify: false)
#let words = {words}
#let count(room) = {{
  calc.round(measure(width: calc.max(room / {factor}, 0.1) * 1pt, words).height / {step}pt)
}}
#let narrowest(lines, widest) = {{
  let (low, high) = (widest / (2 * lines), widest)
  if count(low) <= lines {{ low = widest / (8 * lines) }}
  if count(low) <= lines {{ return none }}
  while high - low > {pitch} {{
    let middle = (low + high) / 2
    if count(middle) <= lines {{ high = middle }} else {{ low = middle }}
  }}
  if count(high) == lines {{ high }}
}}
#context {{
  let found = ({widest},)
  for lines in range({first} + 1, {first} + {most}) {{
    let width = narrowest(lines, found.last())
    if width == none {{ break }}
    found.push(width)
  }}
  [#metadata(found) <answer>]
}}"""


@lru_cache(maxsize=1024)
def narrowest_widths(
    text: str, height: float, most: int, *, style: Style, family: str, flush: Flush = "start"
) -> tuple[float, ...]:
    """Return the widths, in frame units, in which words take as few lines as they can, one more, and so on.

    Parameters
    ----------
    height
        Height of a capital H, in frame units.
    most
        How many widths are looked for; there are fewer where no width gives that many lines.
    flush
        Where the lines are to meet, so that they need not be drawn a second time; the widths are the same.

    Raises
    ------
    ValueError
        If no font has one of the letters.

    Examples
    --------
    >>> how = {"style": "words", "family": "Source Sans 3"}
    >>> one, two = narrowest_widths("One signal travels back", 0.3, 2, **how)
    >>> [len(set_lines("One signal travels back", 0.3, room, **how).lines) for room in (one, two, two - 0.02)]
    [1, 2, 3]
    """
    whole = set_lines(text, height, ENDLESS, style=style, family=family, flush=flush)
    if most == 1:
        return (whole.width,)
    above, below = line_height(text, style, family)
    source = _RULES.format(
        above=above,
        below=below,
        words=plain(isolated(tidy(text))),
        factor=height / reference_height(style, family),
        step=above + below,
        pitch=_PITCH,
        widest=whole.width,
        first=len(whole.lines),
        most=most,
    )
    (widths,) = asked(rule(text, style, family) + source)
    return tuple(map(float, widths))
